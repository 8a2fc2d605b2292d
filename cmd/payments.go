package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
)

func (a *app) paymentsCommand() *cobra.Command {
	c := &cobra.Command{Use: "payments", Short: "支付数据"}
	c.AddCommand(a.paymentsImportCommand())
	return c
}

func (a *app) paymentsImportCommand() *cobra.Command {
	var in execution.PaymentImport
	var pairs []string
	c := &cobra.Command{
		Use:   "import --year 年度 [--preview] [--column 字段=列名] 文件",
		Short: "导入支付数据（CSV 或 XLSX）；有一处错误就一笔也不导入",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, files []string) (err error) {
			if in.Columns, err = execution.Mapping(pairs); err != nil {
				return err
			}
			if in.File, err = a.readPaymentFile(files[0]); err != nil {
				return err
			}
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				return a.importPayments(ctx, s, in)
			})
		},
	}
	c.Flags().IntVar(&in.Year, "year", 0, "预算年度")
	c.Flags().StringVar(&in.Region, "region", "", "财政区划编码（库中有多个区划时）")
	c.Flags().BoolVar(&in.Preview, "preview", false, "只看结果，不导入")
	c.Flags().StringArrayVar(&pairs, "column", nil, "列名对应，如 支付凭证号=单据号；导入成功后记住")
	require(c, "year")
	return c
}

func (a *app) readPaymentFile(path string) (file execution.PaymentFile, err error) {
	file.Name = filepath.Base(path)
	if path == "-" {
		file.Name = "标准输入"
		file.Data, err = io.ReadAll(a.stdin)
		return file, err
	}
	if file.Data, err = os.ReadFile(path); err != nil {
		return file, &model.Error{Code: model.NotFound, Reason: "file.unreadable", Message: "读不出文件 " + path + "，请核对路径和读取权限", Err: err}
	}
	return file, nil
}

func (a *app) importPayments(ctx context.Context, s *store.Store, in execution.PaymentImport) error {
	rights, err := rbac.New()
	if err != nil {
		return err
	}
	err = s.Read(ctx, func(tx *store.Tx) error {
		region, err := tx.OnlyRegion(in.Region)
		in.Region = region.Code
		return err
	})
	if err != nil {
		return err
	}
	result, err := execution.NewService(s, rights, a.now).ImportPayments(ctx, execution.Operator(operator(), in.Region), in)
	if err != nil {
		return a.refused(in.File.Name, err)
	}
	if result.FaultCount > 0 {
		refused := model.Fail(model.Invalid, "payments.refused", "预览，未导入：有 %d 处错误", result.FaultCount)
		refused.Fields = result.Faults
		return a.refused(in.File.Name, refused)
	}
	for _, note := range result.Notes {
		fmt.Fprintf(a.stderr, "提醒：%s\n", note.Message)
	}
	verb := "已导入"
	if result.Preview {
		verb = "预览，未导入：可导入"
	}
	fmt.Fprintf(a.stdout, "%s %d 笔，合计 %s 元；重复 %d 笔，不重复计入\n", verb, result.Added, model.Money(result.Amount).Yuan(), result.Duplicates)
	return nil
}
