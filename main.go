// Command biaochi is 标尺, a performance-target management system (预算绩效目标管理)
// for public budgets.
package main

import (
	"os"

	"biaochi/cmd"
)

func main() { os.Exit(cmd.Main(os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)) }
