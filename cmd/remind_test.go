package cmd

import (
	"strings"
	"testing"
)

// A database without an open year reminds nobody, however often it is asked.
func TestRemind(t *testing.T) {
	url := loaded(t)
	for range 2 {
		exit, out, stderr := run(t, "", "remind", "--database", url)
		if exit != 0 || !strings.Contains(out, "已发出提醒 0 条") {
			t.Fatalf("exit %d, %s %s", exit, out, stderr)
		}
	}
}
