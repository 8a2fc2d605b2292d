package cmd

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/check"
	"biaochi/service/publication"
	"biaochi/web"
)

// tableFlags declares the flags that name a unit's year and the state of tables.
func tableFlags(c *cobra.Command, q *publication.Query) {
	c.Flags().StringVar(&q.Unit, "unit", "", "单位编码")
	c.Flags().IntVar(&q.Year, "year", 0, "预算年度")
	c.Flags().StringVar(&q.Region, "region", "", "财政区划编码（库中有多个区划时）")
	c.Flags().BoolVar(&q.Department, "department", false, "按部门汇总：本级及所属各单位")
	c.Flags().StringVar((*string)(&q.State), "state", "", "initial 年初预算、draft 预算草案、adjusted 变动后预算（默认 initial，尚无批复时为 draft）")
	require(c, "year")
}

func checkState(state model.TableState) error {
	if state != "" && !slices.Contains(model.TableStates, state) {
		return fmt.Errorf("--state 的值 %q 不对，可用的值是 initial、draft、adjusted", state)
	}
	return nil
}

// sayState tells on standard error which state is shown where nobody chose one.
func (a *app) sayState(b *publication.Book) {
	if b.Fallback {
		fmt.Fprintf(a.stderr, "提示：%s %d 年尚无已批复的记录，按预算草案（draft）处理\n", b.Name, b.Year)
	}
}

func (a *app) checkCommand() *cobra.Command {
	var q publication.Query
	var all bool
	var format string
	c := &cobra.Command{
		Use:   "check --unit 编码 --year 年度 --format text|json",
		Short: "校验勾稽关系与填报内容；退出码 0 无错误，1 有错误，2 未能运行",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkState(q.State); err != nil {
				return err
			}
			if format != "text" && format != "json" {
				return fmt.Errorf("--format 的值 %q 不对，可用的值是 text、json", format)
			}
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				q.Scope = store.Everything()
				return a.check(ctx, publication.NewService(s, web.Stylesheet()), q, all, format)
			})
		},
	}
	tableFlags(c, &q)
	require(c, "unit")
	c.Flags().BoolVar(&q.Filings, "filings", false, "连同申报内容的校验（F01–F23，整体支出绩效目标 U01–U05）")
	c.Flags().BoolVar(&q.Document, "document", false, "连同公开文本的校验（R22–R30、D01–D05）")
	c.Flags().BoolVar(&all, "all", false, "连同通过、不适用和数据不足的结果")
	c.Flags().StringVar(&format, "format", "text", "text 或 json")
	return c
}

func (a *app) check(ctx context.Context, service *publication.Service, q publication.Query, all bool, format string) error {
	var report check.Report
	err := service.View(ctx, q, func(b *publication.Book) (err error) {
		a.sayState(b)
		report, err = b.Check()
		return err
	})
	if err != nil {
		return err
	}
	write := report.WriteText
	if format == "json" {
		write = report.WriteJSON
	}
	if err := write(a.stdout, all); err != nil {
		return err
	}
	if report.Errors() > 0 {
		return errFailed
	}
	return nil
}
