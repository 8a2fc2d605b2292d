package api

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// publicIssue is the first page of a published version.
func (s *Server) publicIssue(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		tables, err := i.Bundle.Tables()
		if err != nil {
			return err
		}
		headline, err := i.Bundle.Headline()
		if err != nil {
			return err
		}
		view := web.PublicIssue{
			Frame: issueFrame(c, p, i, ""), PublicHead: publicHead(p, i, "overview"), Meta: issueMeta(i), Hash: i.Publication.ContentHash,
			Release: p.address(nil, "files", disclosure.ReleaseFile), Schema: schemaPath + bundleSchema, Downloads: issueDownloads(p, i), Versions: issueVersions(p, i),
		}
		if view.Evaluations, err = s.issueEvaluations(c.Request.Context(), p, i); err != nil {
			return err
		}
		for _, g := range headline {
			view.Headline = append(view.Headline, web.Headline{Label: g.Name, Amount: g.Amount.Wan()})
		}
		for _, t := range tables {
			total, err := t.Total()
			if err != nil {
				return err
			}
			view.Tables = append(view.Tables, web.TableItem{
				Number: t.Def.Number, Title: t.Title, Href: p.address(nil, "tables", t.Def.Key), Empty: t.Empty, Total: total.Wan(),
			})
		}
		s.render(c, web.PagePublicIssue, view)
		return nil
	})
}

func issueMeta(i *publication.Issue) []web.Meta {
	one, standing := i.Publication, "有效"
	if i.Superseded() {
		standing = "已被更正"
	}
	meta := []web.Meta{
		{Label: "索引号", Value: fmt.Sprintf("%s-%s-%d-%s%02d", i.Unit.RegionCode, i.Unit.Code, one.Year, map[bool]string{true: "B", false: "D"}[one.Whole], one.Number)},
		{Label: "发布机构", Value: i.Unit.Name},
		{Label: "发布日期", Value: publishedOn(one)},
		{Label: "成文日期", Value: disclosure.LongDate(one.SignDate)},
		{Label: "效力", Value: standing},
	}
	if a := i.Bundle.Approval; a != nil {
		meta = append(meta, web.Meta{Label: "批复文号", Value: a.Number}, web.Meta{Label: "批复日期", Value: disclosure.LongDate(a.Date)})
	}
	return meta
}

// downloadWords say what each format is for.
var downloadWords = []struct{ format, text, detail string }{
	{"html", "全文（网页）", "可直接阅读和打印"}, {"pdf", "全文（PDF）", "含目录和页码"}, {"docx", "全文（Word）", ""},
	{"xlsx", "表格（Excel）", "每张表一页"},
}

func issueDownloads(p stand, i *publication.Issue) []web.Download {
	var list []web.Download
	for _, word := range downloadWords {
		for _, f := range i.Files {
			if f.Format == word.format {
				list = append(list, web.Download{Text: word.text, Detail: word.detail, Href: p.address(nil, "files", f.Name)})
			}
		}
	}
	return append(list, web.Download{Text: "公开数据包（JSON）", Detail: "开放数据：全部金额、项目和文档", Href: p.address(nil, "files", disclosure.ReleaseFile)})
}

func issueVersions(p stand, i *publication.Issue) (list []web.PublicVersion) {
	for n := len(i.Versions) - 1; n >= 0; n-- {
		v := i.Versions[n]
		one := web.PublicVersion{
			Link:        web.Link{Text: fmt.Sprintf("第%d版", v.Number), Href: p.of(v.Number).address(nil), Current: v.ID == i.Publication.ID},
			PublishedOn: publishedOn(v), Reason: v.Reason,
		}
		if v.Number > 1 {
			one.Difference = web.Link{Text: "与上一版的不同", Href: p.of(v.Number).address(nil, "difference")}
		}
		list = append(list, one)
	}
	return list
}

func (s *Server) publicTable(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		tables, err := i.Bundle.Tables()
		if err != nil {
			return err
		}
		view := web.PublicTable{PublicHead: publicHead(p, i, "tables")}
		for _, t := range tables {
			current := t.Def.Key == c.Param("table")
			view.Numbers = append(view.Numbers, web.TableTab{
				Number: t.Def.Number, Name: t.Def.File, Href: p.address(nil, "tables", t.Def.Key), Current: current, Empty: t.Empty,
			})
			if !current {
				continue
			}
			view.Frame = issueFrame(c, p, i, fmt.Sprintf("表%d", t.Def.Number))
			view.Sheet = disclosure.Layout(t, p.figures(t))
			view.Sheet.Note = i.Bundle.Note(t.Def.Key)
			view.Downloads = []web.Download{
				{Text: "本表 CSV", Href: p.address(nil, "files", t.Def.Stem()+".csv")},
				{Text: "本表 JSON", Href: p.address(nil, "files", t.Def.Stem()+".json"), Detail: "开放数据，含精确到分的金额"},
			}
		}
		if view.Sheet.Key == "" {
			return model.Fail(model.NotFound, "table.notFound", "没有名为 %s 的公开表", c.Param("table"))
		}
		s.render(c, web.PagePublicTable, view)
		return nil
	})
}

// figures links every figure of a table to what it is made of.
func (p stand) figures(t *budget.Table) func(budget.Row, int) string {
	return func(row budget.Row, column int) string {
		def := t.Def.Columns[column]
		return p.figure(t.Def.Key, row.Keys[def.Side], def.Key)
	}
}

func (s *Server) publicFigure(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		o, err := i.Bundle.Open(c.Query("table"), c.Query("row"), c.Query("column"))
		if err != nil {
			return err
		}
		def := o.Table.Def.Columns[o.Column]
		view := web.PublicFigure{
			Frame: issueFrame(c, p, i, "数字来源"), PublicHead: publicHead(p, i, "tables"),
			Table: web.Link{Text: o.Table.Title, Href: p.address(nil, "tables", o.Table.Def.Key) + "#" + disclosure.Anchor(o.Table.Def.Key, def.Side, o.Row.Keys[def.Side])},
			Row:   o.Table.RowLabel(o.Row, def.Side), Column: def.Heading,
			Exact: o.Cell.Amount.Yuan(), Shown: o.Cell.Shown(), Words: predicateWords(o.Figure),
		}
		for _, f := range o.Facts {
			view.Facts = append(view.Facts, publicFact(p, i.Bundle, f))
		}
		s.render(c, web.PagePublicFigure, view)
		return nil
	})
}

func publicFact(p stand, b *disclosure.Bundle, f model.Fact) web.PublicFact {
	out := web.PublicFact{
		Unit: b.UnitName(f.UnitPath), Kind: model.Chinese(f.Expenditure), FundKind: model.Chinese(f.FundKind), Source: model.Chinese(f.Source),
		Function: b.CodeName(model.FunctionalCatalogue, f.FunctionCode), Economic: b.CodeName(model.DepartmentEconomicCatalogue, f.DepartmentEconomicCode),
		Name: web.Link{Text: model.Chinese(f.CostKind)}, Amount: f.Amount.Yuan(),
	}
	switch {
	case f.Measure == model.MeasureRevenue:
		out.Kind, out.Name.Text = "收入", b.CodeName(model.RevenueCatalogue, f.ItemCode)
	case f.ProjectCode != "":
		out.Name = web.Link{Text: b.ProjectName(f.UnitPath, f.ProjectCode), Href: p.address(nil, "projects") + "#" + cardAnchor(b, f.UnitPath, f.ProjectCode)}
	}
	return out
}

// cardAnchor is the place of a project's card: by its place in the bundle, since codes
// of two units may be alike.
func cardAnchor(b *disclosure.Bundle, unit, code string) string {
	for i := range b.Projects {
		if b.Projects[i].Unit == unit && b.Projects[i].Code == code {
			return fmt.Sprintf("project-%d", i+1)
		}
	}
	return ""
}

func (s *Server) publicProjects(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		view := web.PublicProjects{Frame: issueFrame(c, p, i, "项目"), PublicHead: publicHead(p, i, "projects")}
		results, err := s.books.ProjectResults(c.Request.Context(), i.Unit.Path, i.Publication.Year)
		if err != nil {
			return err
		}
		var sum model.Money
		for n := range i.Bundle.Projects {
			card, cost := projectCard(i.Bundle, n)
			if r, ok := results[[2]string{i.Bundle.Projects[n].Unit, i.Bundle.Projects[n].Code}]; ok {
				card.Result = &web.ProjectResult{Rate: r.Rate, Executed: r.Executed.Wan(), Budget: r.Budget.Wan(), Score: r.Score, Grade: r.Grade}
			}
			view.Projects, sum = append(view.Projects, card), sum+cost
		}
		view.Total = sum.Wan()
		s.render(c, web.PagePublicProjects, view)
		return nil
	})
}

func projectCard(b *disclosure.Bundle, n int) (web.ProjectCard, model.Money) {
	project := &b.Projects[n]
	cost, kinds := b.Cost(project)
	card := web.ProjectCard{
		Anchor: fmt.Sprintf("project-%d", n+1), Code: project.Code, Name: project.Name, Amount: cost.Wan(), Goal: project.Goal,
		Function: b.CodeName(model.FunctionalCatalogue, project.Function),
	}
	if len(b.Units) > 1 {
		card.Unit = b.UnitName(project.Unit)
	}
	for _, g := range kinds {
		card.Funds = append(card.Funds, g.Name+" "+g.Amount.Wan()+" 万元")
	}
	if r := project.Result; r != nil {
		card.Result = &web.ProjectResult{Rate: r.Rate, Executed: r.Executed.Wan(), Budget: r.Budget.Wan(), Score: r.Score, Grade: r.Grade}
	}
	for _, row := range project.Indicators {
		card.Targets = append(card.Targets, web.Meta{Label: row.Name, Value: row.Value})
	}
	return card, cost
}

// publicDifference shows what a correction changed against the version before it.
func (s *Server) publicDifference(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		if i.Publication.Number < 2 {
			return model.Fail(model.NotFound, "publication.first", "这是第一次公开，没有更早的版本可以对比")
		}
		before, err := s.books.Issue(c.Request.Context(), p.of(i.Publication.Number-1).PublicQuery)
		if err != nil {
			return err
		}
		changes, err := disclosure.Compare(before.Bundle.Document, i.Bundle.Document)
		if err != nil {
			return err
		}
		changes = append(changes, disclosure.CompareResults(before.Bundle, i.Bundle)...)
		view := web.PublicDifference{
			Frame: issueFrame(c, p, i, "更正对比"), PublicHead: publicHead(p, i, ""), Reason: i.Publication.Reason,
			Before: fmt.Sprintf("第%d版", before.Publication.Number), After: fmt.Sprintf("第%d版", i.Publication.Number),
		}
		for _, change := range changes {
			view.Changes = append(view.Changes, web.PublicChange{Where: change.Place, Before: change.Before, After: change.After})
		}
		s.render(c, web.PagePublicDifference, view)
		return nil
	})
}
