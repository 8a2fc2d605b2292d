package api

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/publication"
	"biaochi/service/render"
	"biaochi/web"
)

// rowsOnPage bounds the rows of a table that one page shows.
const rowsOnPage = 1000

// table shows one table in its printed shape, with the findings about it.
func (s *Server) table(c *gin.Context) {
	s.book(c, func(p place, b *publication.Book) error {
		i, err := tableIndex(b, c.Param("table"))
		if err != nil {
			return err
		}
		report, err := b.CheckTables()
		if err != nil {
			return err
		}
		t := b.Tables[i]
		sheet, err := b.Layout(t, p.figures(t))
		if err != nil {
			return err
		}
		view := web.Table{
			Frame: frame(c, t.Title, homeCrumb(p), unitCrumb(p, b), web.Link{Text: t.Def.Label}),
			Head:  head(p, b, func(p place) string { return p.table(t.Def.Key) }), Checked: true, Tabs: tabs(p, b, i, report), Sheet: sheet,
			Downloads: tableDownloads(p, b, t),
		}
		if view.Pages, view.PageNote, err = paginate(c, p, t, &view.Sheet); err != nil {
			return err
		}
		for _, f := range report.Failures() {
			if f.Table == t.Def.Key {
				view.Findings = append(view.Findings, finding(p, b, f))
			}
		}
		view.Previous, view.Next = neighbour(p, b, i-1), neighbour(p, b, i+1)
		s.render(c, web.PageTable, view)
		return nil
	})
}

func tableIndex(b *publication.Book, key string) (int, error) {
	for i, t := range b.Tables {
		if t.Def.Key == key {
			return i, nil
		}
	}
	return 0, model.Fail(model.NotFound, "table.notFound", "没有名为 %s 的公开表", key)
}

// figures links every figure of a table to what it is made of.
func (p place) figures(t *budget.Table) func(budget.Row, int) string {
	return func(row budget.Row, column int) string {
		c := t.Def.Columns[column]
		return p.figure(t.Def.Key, row.Keys[c.Side], c.Key)
	}
}

func tabs(p place, b *publication.Book, current int, r check.Report) []web.TableTab {
	counts := countByTable(r)
	list := make([]web.TableTab, len(b.Tables))
	for i, t := range b.Tables {
		n := counts[t.Def.Key]
		list[i] = web.TableTab{
			Number: t.Def.Number, Name: t.Def.File, Href: p.table(t.Def.Key), Current: i == current,
			Empty: t.Empty, Errors: n[0], Warnings: n[1],
		}
	}
	return list
}

func neighbour(p place, b *publication.Book, i int) web.Link {
	if i < 0 || i >= len(b.Tables) {
		return web.Link{}
	}
	t := b.Tables[i]
	return web.Link{Text: fmt.Sprintf("表%d %s", t.Def.Number, t.Def.File), Href: p.table(t.Def.Key)}
}

// paginate cuts a long table to the page asked for; short tables stay whole.
func paginate(c *gin.Context, p place, t *budget.Table, sheet *render.Table) ([]web.Link, string, error) {
	rows := 0
	for _, err := range t.Rows() {
		if err != nil {
			return nil, "", err
		}
		rows++
	}
	if rows <= rowsOnPage {
		return nil, "", nil
	}
	last := (rows + rowsOnPage - 1) / rowsOnPage
	page := min(max(number(c.Query("page"), 1), 1), last)
	from, to := (page-1)*rowsOnPage, min(page*rowsOnPage, rows)
	all := sheet.Rows
	sheet.Rows = func(yield func(render.Row, error) bool) {
		i := 0
		for row, err := range all {
			if err != nil || i >= from {
				if !yield(row, err) {
					return
				}
			}
			if i++; i >= to {
				return
			}
		}
	}
	note := fmt.Sprintf("本表共 %d 行，这里是第 %d 至 %d 行；完整的表请下载。", rows, from+1, to)
	return pageLinks(page, last, func(n int) string {
		return p.address(url.Values{"page": {strconv.Itoa(n)}}, "tables", t.Def.Key)
	}), note, nil
}

// pageLinks offers the first and last page and those around the present one.
func pageLinks(page, last int, href func(int) string) []web.Link {
	var links []web.Link
	for n := 1; n <= last; n++ {
		if n == 1 || n == last || n >= page-2 && n <= page+2 {
			links = append(links, web.Link{Text: strconv.Itoa(n), Href: href(n), Current: n == page})
		}
	}
	return links
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}

func tableDownloads(p place, b *publication.Book, t *budget.Table) []web.Download {
	return append([]web.Download{
		{Text: "本表 CSV", Href: p.file(t.Def.Stem() + ".csv")},
		{Text: "本表 JSON", Href: p.file(t.Def.Stem() + ".json"), Detail: "开放数据，含精确到分的金额"},
	}, bookDownloads(p, b)...)
}
