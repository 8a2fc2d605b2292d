package disclosure

import (
	"iter"

	"biaochi/model"
	"biaochi/service/render"
)

// services prints the 政府购买服务指导性目录 where there is one.
func (b *builder) services() {
	list := b.c.serviceCatalogue()
	if len(list) == 0 {
		return
	}
	b.put(&render.Table{
		Key: "purchasedServices", Name: "政府购买服务指导性目录", Tab: "购买服务目录", Title: "政府购买服务指导性目录", Inline: true,
		Head: [][]render.HeadCell{{{Text: "代码"}, {Text: "一级目录"}, {Text: "二级目录"}, {Text: "三级目录"}}},
		Columns: []render.Column{
			{Heading: "代码", Code: true, Width: .13}, {Heading: "一级目录", Width: .29},
			{Heading: "二级目录", Width: .29}, {Heading: "三级目录", Width: .29},
		},
		Rows: serviceRows(list),
	})
}

func serviceRows(list []model.PurchasedService) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, s := range list {
			row := render.Row{Cells: []render.Cell{{Text: s.Code}, {Text: s.Level1}, {Text: s.Level2}, {Text: s.Level3}}}
			if !yield(row, nil) {
				return
			}
		}
	}
}
