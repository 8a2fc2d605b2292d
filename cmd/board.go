package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/render"
	"biaochi/service/render/csvfile"
	"biaochi/service/render/xlsx"
)

// boardFormats are the ways in which a board is written.
var boardFormats = map[string]func(io.Writer, execution.Board) error{
	"json": func(w io.Writer, b execution.Board) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(b)
	},
	"csv": func(w io.Writer, b execution.Board) error { return csvfile.Write(w, b.Table()) },
	"xlsx": func(w io.Writer, b execution.Board) error {
		return xlsx.Write(w, xlsx.Book{Title: b.Table().Title, Tables: []render.Table{b.Table()}})
	},
}

// allRows is more than a region has departments, or a unit projects.
const allRows = 1_000_000

func (a *app) boardCommand() *cobra.Command {
	q := execution.BoardQuery{Size: allRows}
	var unit, format, out string
	c := &cobra.Command{
		Use:   "board --year 年度 --format json|csv|xlsx [--on 日期] [--unit 编码 [--projects]] [--out 文件]",
		Short: "绩效看板：预算执行、预警、逾期与整改，截至某一天",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			write, ok := boardFormats[format]
			if !ok {
				return fmt.Errorf("--format 的值 %q 不对，可用的值是 json、csv、xlsx", format)
			}
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				b, err := a.board(ctx, s, q, unit)
				if err != nil {
					return err
				}
				if out == "-" {
					return write(a.stdout, b)
				}
				return writeFile(out, func(w io.Writer) error { return write(w, b) })
			})
		},
	}
	c.Flags().IntVar(&q.Year, "year", 0, "预算年度")
	c.Flags().StringVar(&q.Region, "region", "", "财政区划编码（库中有多个区划时）")
	c.Flags().StringVar((*string)(&q.On), "on", "", "截至日期，如 2023-07-31（默认今天）")
	c.Flags().StringVar(&unit, "unit", "", "单位编码：看该单位之下")
	c.Flags().BoolVar(&q.ByProject, "projects", false, "与 --unit 一起：看该单位本级的项目")
	c.Flags().StringVar(&format, "format", "json", "json、csv 或 xlsx")
	c.Flags().StringVar(&out, "out", "-", "输出文件，“-” 为标准输出")
	require(c, "year")
	return c
}

func (a *app) board(ctx context.Context, s *store.Store, q execution.BoardQuery, unit string) (execution.Board, error) {
	rights, err := rbac.New()
	if err != nil {
		return execution.Board{}, err
	}
	err = s.Read(ctx, func(tx *store.Tx) error {
		if unit != "" {
			found, err := tx.FindUnit(store.Everything(), q.Region, unit)
			q.UnitID, q.Region = found.ID, found.RegionCode
			return err
		}
		region, err := tx.OnlyRegion(q.Region)
		q.Region = region.Code
		return err
	})
	if err != nil {
		return execution.Board{}, err
	}
	return execution.NewService(s, rights, a.now).Board(ctx, execution.Operator(operator(), q.Region), q)
}
