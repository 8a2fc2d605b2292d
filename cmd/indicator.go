package cmd

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"biaochi/model"
	"biaochi/service/indicator"
)

func (a *app) indicatorCommand() *cobra.Command {
	c := &cobra.Command{Use: "indicator", Short: "指标值", Args: cobra.NoArgs}
	c.AddCommand(a.indicatorParseCommand())
	return c
}

func (a *app) indicatorParseCommand() *cobra.Command {
	var year int
	c := &cobra.Command{
		Use:   "parse [--year 年度]",
		Short: "从标准输入逐行读指标值，逐行输出含义（JSON）",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return a.parseIndicators(year) },
	}
	c.Flags().IntVar(&year, "year", 0, "预算年度（默认今年）：值中未写年份时按它理解")
	return c
}

// maxValueLine bounds one value; a longer line is no value but a wrong file.
const maxValueLine = 1 << 20

func (a *app) parseIndicators(year int) error {
	if year == 0 {
		year = a.now().In(model.Beijing).Year()
	}
	out := bufio.NewWriter(a.stdout)
	lines := bufio.NewScanner(a.stdin)
	lines.Buffer(nil, maxValueLine)
	for lines.Scan() {
		value := indicator.Parse(strings.TrimSuffix(lines.Text(), "\r"), year)
		if _, err := fmt.Fprintln(out, strings.TrimSuffix(string(value.JSON()), "\n")); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("读标准输入：%w", err)
	}
	return out.Flush()
}
