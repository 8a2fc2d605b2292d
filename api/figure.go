package api

import (
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// figure opens one figure: what it is made of.
func (s *Server) figure(c *gin.Context) {
	s.book(c, func(p place, b *publication.Book) error {
		l, err := b.Lineage(c.Param("table"), c.Query("row"), c.Query("column"))
		if err != nil {
			return err
		}
		t, column := l.Table, l.Table.Def.Columns[l.Column]
		view := web.Lineage{
			Frame: frame(c, "数字来源", homeCrumb(p), unitCrumb(p, b), web.Link{Text: t.Def.Label, Href: p.table(t.Def.Key)}, web.Link{Text: "数字来源"}),
			Head:  head(p, b, func(p place) string { return p.figure(t.Def.Key, l.Row.Keys[column.Side], column.Key) }),
			Table: web.Link{Text: t.Title, Href: p.table(t.Def.Key) + "#" + disclosure.Anchor(t.Def.Key, column.Side, l.Row.Keys[column.Side])},
			Row:   t.RowLabel(l.Row, column.Side), Column: column.Heading,
			Exact: l.Cell.Amount.Yuan(), Shown: l.Cell.Shown(), Words: predicateWords(l.Figure), Count: l.Count,
		}
		for _, line := range l.Lines {
			view.Facts = append(view.Facts, lineageFact(b, line))
		}
		if l.Count > len(l.Lines) {
			view.Note = fmt.Sprintf("共 %d 笔，这里列出前 %d 笔；合计为全部 %d 笔之和。", l.Count, len(l.Lines), l.Count)
		}
		s.render(c, web.PageLineage, view)
		return nil
	})
}

// predicateWords say in words what counts into a figure.
func predicateWords(w model.Predicate) []string {
	var words []string
	add := func(word string) {
		if word != "" {
			words = append(words, word)
		}
	}
	if w.Measure == model.MeasureRevenue {
		add("收入明细")
	}
	if w.Measure == model.MeasureEconomic {
		add("经济分类明细")
	}
	add(model.Chinese(w.Source))
	add(model.Chinese(w.Expenditure))
	add(model.Chinese(w.CostKind))
	for _, kind := range w.FundKinds {
		add(model.Chinese(kind))
	}
	for _, kind := range w.UnitKinds {
		add(model.Chinese(kind))
	}
	if w.Function != "" {
		add("功能分类 " + w.Function)
	}
	if len(w.Economic) > 0 {
		add("部门经济分类 " + strings.Join(w.Economic, "、"))
	}
	if w.Government != "" {
		add("政府经济分类 " + w.Government)
	}
	if w.Item != "" {
		add("收入分类 " + w.Item)
	}
	return words
}

func lineageFact(b *publication.Book, line publication.Line) web.LineageFact {
	f := line.Fact
	out := web.LineageFact{
		Kind: model.Chinese(f.Expenditure), Code: f.ProjectCode, Name: line.Project,
		Function: named(b, model.FunctionalCatalogue, f.FunctionCode),
		Economic: named(b, model.DepartmentEconomicCatalogue, f.DepartmentEconomicCode),
		FundKind: model.Chinese(f.FundKind), Source: model.Chinese(f.Source), Amount: f.Amount.Yuan(),
		Version: line.Version.Number, State: line.Version.State.Word(),
	}
	if f.CostKind != "" {
		out.Name = model.Chinese(f.CostKind)
	}
	if f.Measure == model.MeasureRevenue {
		out.Kind, out.Name = "收入", named(b, model.RevenueCatalogue, f.ItemCode)
	}
	if b.Department {
		out.Unit = line.Unit.Name
	}
	if line.Approval != nil {
		out.Approval, out.ApprovalDate = line.Approval.Number, string(line.Approval.Date)
		if out.Approval == "" {
			out.Approval = "未注明文号"
		}
	}
	return out
}

func named(b *publication.Book, kind model.CatalogueKind, code string) string {
	name, _ := b.Names.Name(kind, code)
	return strings.TrimSpace(code + " " + name)
}
