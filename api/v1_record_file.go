package api

import (
	"context"
	"io"
	"strconv"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/render/csvfile"
	"biaochi/service/workflow"
)

const csvType = "text/csv; charset=utf-8"

var exportHead = []string{"单位编码", "单位名称", "年度", "项目代码", "项目名称", "金额（元）", "上年金额（元）", "状态", "轮到", "等级", "办理时间", "办理人"}

type exportReq struct{ recordsFilter }

// export writes the shown list, all pages of it, as a file for a spreadsheet.
func (r records[C]) export(ctx context.Context, q *exportReq, _ rest.Upload) (*struct{}, *rest.Download, error) {
	items, total, err := r.service.ListAll(ctx, personOf(ctx), q.query())
	if err != nil {
		return nil, nil, err
	}
	if int(total) > len(items) {
		return nil, nil, model.Fail(model.Invalid, "export.tooMany", "共 %d 份，一次最多导出 %d 份；请按单位、年度或状态缩小范围", total, len(items))
	}
	return nil, &rest.Download{MediaType: csvType, Name: r.zh + "清单.csv", Write: func(w io.Writer) error {
		return csvfile.WriteList(w, exportHead, func(yield func([]string) bool) {
			for _, item := range items {
				if !yield(exportRow(item)) {
					return
				}
			}
		})
	}}, nil
}

func exportRow(i filing.Item) []string {
	last, moved := "", ""
	if i.LastYear != nil {
		last = i.LastYear.Yuan()
	}
	if i.MovedAt != nil {
		moved = i.MovedAt.In(model.Beijing).Format(time.DateTime)
	}
	return []string{
		i.UnitCode, i.UnitName, strconv.Itoa(i.Year), i.ProjectCode, i.Name, i.Amount.Yuan(), last, i.State.Word(), i.Turn.Name,
		workflow.Grade(i.Grade).ZH(), moved, i.MovedBy,
	}
}
