package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/exchange"
)

func (a *app) importCommand() *cobra.Command {
	opts := exchange.ImportOptions{Actor: operator()}
	c := &cobra.Command{
		Use:   "import [--approved --reason 理由] 文件…",
		Short: "导入数据包（biaochi.package/v1）；“-” 为标准输入",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, files []string) error {
			packages, err := a.readPackages(files)
			if err != nil {
				return err
			}
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				return a.importAll(ctx, exchange.NewService(s, a.now), files, packages, opts)
			})
		},
	}
	c.Flags().BoolVar(&opts.Approved, "approved", false, "以已批复状态导入（旧系统的记录）")
	c.Flags().StringVar(&opts.Reason, "reason", "", "以已批复状态导入的理由")
	c.Flags().StringVar(&opts.Region, "region", "", "财政区划编码（库中有多个区划时）")
	return c
}

// readPackages reads every file before anything is imported, so that one broken
// file of many leaves the data untouched.
func (a *app) readPackages(files []string) ([]*exchange.Package, error) {
	var packages []*exchange.Package
	var faults []error
	for _, file := range files {
		p, err := a.readPackage(file)
		if err != nil {
			faults = append(faults, a.refused(file, err))
		}
		packages = append(packages, p)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return packages, nil
}

func (a *app) readPackage(file string) (*exchange.Package, error) {
	if file == "-" {
		return exchange.Decode(a.stdin)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return exchange.Decode(f)
}

// refused prints why a file was refused, with all its faults.
func (a *app) refused(file string, err error) error {
	fmt.Fprintf(a.stderr, "%s：\n", file)
	if a.report(err) == exitFailed || model.CodeOf(err) == model.Invalid || model.CodeOf(err) == model.Conflict {
		return errFailed
	}
	return err
}

// progressStep is after how many projects a long import says how far it is.
const progressStep = 500

func (a *app) progress(done, total int) {
	if done%progressStep == 0 && done < total {
		fmt.Fprintf(a.stderr, "  已处理 %d / %d 个项目\n", done, total)
	}
}

func (a *app) importAll(ctx context.Context, service *exchange.Service, files []string, packages []*exchange.Package, opts exchange.ImportOptions) error {
	opts.Progress = a.progress
	for i, p := range packages {
		if len(packages) > 1 {
			fmt.Fprintf(a.stderr, "[%d/%d] %s\n", i+1, len(packages), files[i])
		}
		result, err := service.Import(ctx, p, opts)
		if err != nil {
			return a.refused(files[i], err)
		}
		fmt.Fprint(a.stdout, result.Text())
	}
	return nil
}

func (a *app) exportCommand() *cobra.Command {
	var q exchange.ExportQuery
	var out string
	c := &cobra.Command{
		Use:   "export --unit 编码 --year 年度 --out 文件",
		Short: "导出一个单位一年的数据包；“-” 为标准输出",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				q.Scope = store.Everything()
				data, err := exchange.NewService(s, a.now).Export(ctx, q)
				if err != nil {
					return err
				}
				return a.writeOut(out, data)
			})
		},
	}
	c.Flags().StringVar(&q.Unit, "unit", "", "单位编码")
	c.Flags().IntVar(&q.Year, "year", 0, "预算年度")
	c.Flags().StringVar(&q.Region, "region", "", "财政区划编码（库中有多个区划时）")
	c.Flags().BoolVar(&q.Full, "full", false, "连同状态、版本、操作历史，以及控制数、支付、监控、整改与评价")
	c.Flags().StringVar(&out, "out", "", "输出文件，“-” 为标准输出")
	require(c, "unit", "year", "out")
	return c
}

// require marks flags without which the command can't run.
func require(c *cobra.Command, names ...string) {
	for _, name := range names {
		if err := c.MarkFlagRequired(name); err != nil {
			panic(err) // a flag that was not declared: a fault of the program
		}
	}
}

// writeOut writes a whole file through a temporary one beside it, so that a crash
// leaves the old file or the new one, never half of one.
func (a *app) writeOut(out string, data []byte) error {
	if out == "-" {
		_, err := a.stdout.Write(data)
		return err
	}
	return writeFile(out, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
