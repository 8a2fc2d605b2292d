package api

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// unitsPath is the page that puts the units of a year side by side.
const unitsPath = publicRoot + "units"

func unitsAddress(year int, whole, large bool) string {
	values := url.Values{"year": {strconv.Itoa(year)}, "scope": {scopeNames[whole]}}
	if large {
		values.Set("text", "large")
	}
	return unitsPath + "?" + values.Encode()
}

// documentWord names a document by whom it covers.
func documentWord(whole bool) string {
	if whole {
		return "部门预算"
	}
	return "单位预算"
}

// entry is a published version with the unit that it is of.
type entry struct {
	unit publication.PublicUnit
	one  model.Publication
}

// publicUnits shows the headline figures of everybody who published in a year.
func (s *Server) publicUnits(c *gin.Context) {
	list, err := s.books.Public(c.Request.Context())
	if err != nil {
		s.fail(c, err)
		return
	}
	entries := entriesOf(list)
	year, whole := chosen(c, entries)
	view := web.PublicUnits{Frame: publicFrame(c, "各单位主要数字", web.Link{Text: "各单位主要数字"})}
	view.Years, view.Scopes = unitSwitches(entries, year, whole, view.LargeText)
	shown := slices.DeleteFunc(entries, func(e entry) bool { return e.one.Year != year || e.one.Whole != whole })
	if len(shown) > 0 {
		view.Subject = fmt.Sprintf("%d年%s", year, documentWord(whole))
	}
	if view.Compared, err = s.compared(c, shown, view.LargeText); err != nil {
		s.fail(c, err)
		return
	}
	s.render(c, web.PagePublicUnits, view)
}

func entriesOf(list []publication.PublicUnit) (entries []entry) {
	for _, u := range list {
		for _, one := range u.Newest {
			entries = append(entries, entry{u, one})
		}
	}
	return entries
}

// chosen are the year and kind of document that the address names, else the latest
// year's, departments first.
func chosen(c *gin.Context, entries []entry) (year int, whole bool) {
	for _, e := range entries {
		year = max(year, e.one.Year)
	}
	year = number(c.Query("year"), year)
	if scope := c.Query("scope"); scope != "" {
		return year, scope == scopeNames[true]
	}
	return year, slices.ContainsFunc(entries, func(e entry) bool { return e.one.Year == year && e.one.Whole })
}

// unitSwitches lead to the other years, latest first, and to the other kind of
// document.
func unitSwitches(entries []entry, year int, whole, large bool) (years, scopes []web.Link) {
	var all []int
	for _, e := range entries {
		all = append(all, e.one.Year)
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(b, a) })
	for _, y := range slices.Compact(all) {
		years = append(years, web.Link{Text: fmt.Sprintf("%d年", y), Href: unitsAddress(y, whole, large), Current: y == year})
	}
	for _, w := range []bool{true, false} {
		scopes = append(scopes, web.Link{Text: documentWord(w), Href: unitsAddress(year, w, large), Current: w == whole})
	}
	return years, scopes
}

// compared puts headline figures side by side. Sets of tables may name other figures:
// one that a version doesn't have stays empty.
func (s *Server) compared(c *gin.Context, shown []entry, large bool) (web.Compared, error) {
	published := make([]model.Publication, len(shown))
	for i := range shown {
		published[i] = shown[i].one
	}
	figures, err := s.books.Headlines(c.Request.Context(), published)
	if err != nil {
		return web.Compared{}, err
	}
	var table web.Compared
	codes := headlineCodes(figures, &table.Labels)
	for i, e := range shown {
		p := stand{publication.PublicQuery{Region: e.unit.Unit.RegionCode, Unit: e.unit.Unit.Code, Year: e.one.Year, Whole: e.one.Whole}, large}
		row := web.ComparedRow{Name: web.Link{Text: e.unit.Unit.Name, Href: p.address(nil)}}
		for _, code := range codes {
			text := ""
			if amount, ok := headlineFigure(figures[i], code); ok {
				text = amount.Wan()
			}
			row.Amounts = append(row.Amounts, text)
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

// headlineCodes are the figures that any of the versions has, with their labels.
func headlineCodes(figures [][]disclosure.Group, labels *[]string) (codes []string) {
	for _, list := range figures {
		for _, g := range list {
			if !slices.Contains(codes, g.Code) {
				codes = append(codes, g.Code)
				*labels = append(*labels, g.Name)
			}
		}
	}
	return codes
}

func headlineFigure(list []disclosure.Group, code string) (model.Money, bool) {
	i := slices.IndexFunc(list, func(g disclosure.Group) bool { return g.Code == code })
	if i < 0 {
		return 0, false
	}
	return list[i].Amount, true
}

// publicYears shows the headline figures of one unit over the years.
func (s *Server) publicYears(c *gin.Context) {
	s.publicPage(c, func(p stand, i *publication.Issue) error {
		list, err := s.books.Public(c.Request.Context())
		if err != nil {
			return err
		}
		own := entriesOf(list)
		own = slices.DeleteFunc(own, func(e entry) bool { return e.one.UnitID != i.Unit.ID || e.one.Whole != p.Whole })
		view := web.PublicYears{Frame: issueFrame(c, p, i, "历年对比"), PublicHead: publicHead(p, i, "years")}
		for _, e := range own {
			view.Years = append(view.Years, web.Link{Text: fmt.Sprintf("%d年", e.one.Year), Href: p.in(e.one.Year).address(nil)})
		}
		if view.Rows, err = s.yearRows(c, own); err != nil {
			return err
		}
		s.render(c, web.PagePublicYears, view)
		return nil
	})
}

// in is the newest version of another year.
func (p stand) in(year int) stand { p.Year, p.Number = year, 0; return p }

// yearRows are a row a figure, the latest year first, with the change between the two
// latest where these follow each other: as the shown figures have it.
func (s *Server) yearRows(c *gin.Context, own []entry) ([]web.YearRow, error) {
	published := make([]model.Publication, len(own))
	for i := range own {
		published[i] = own[i].one
	}
	figures, err := s.books.Headlines(c.Request.Context(), published)
	if err != nil {
		return nil, err
	}
	var labels []string
	var rows []web.YearRow
	for n, code := range headlineCodes(figures, &labels) {
		row := web.YearRow{Label: labels[n]}
		var amounts []model.Money
		for i := range own {
			amount, ok := headlineFigure(figures[i], code)
			amounts = append(amounts, amount)
			text := ""
			if ok {
				text = amount.Wan()
			}
			row.Amounts = append(row.Amounts, text)
		}
		if len(own) > 1 && own[0].one.Year == own[1].one.Year+1 && row.Amounts[0] != "" && row.Amounts[1] != "" {
			row.Change, row.Rate = change(amounts[0], amounts[1])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// change gives the difference of two figures as they are shown, in 万元 and in per
// cent, "" where the earlier shows nothing.
func change(now, before model.Money) (amount, rate string) {
	shown := model.Money(now.WanFen() - before.WanFen())
	if hundredths, ok := model.PercentFen(shown, model.Money(before.WanFen())); ok {
		rate = model.Money(hundredths).Yuan() + "%"
	}
	return shown.Yuan(), rate
}
