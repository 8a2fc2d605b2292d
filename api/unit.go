package api

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/publication"
	"biaochi/web"
)

// unit shows a unit's year: its tables and what the checks found.
func (s *Server) unit(c *gin.Context) {
	s.book(c, func(p place, b *publication.Book) error {
		report, err := b.Check()
		if err != nil {
			return err
		}
		view := web.Unit{
			Frame:   frame(c, fmt.Sprintf("%s %d年预算", b.Name, b.Year), homeCrumb(p), web.Link{Text: b.Name}),
			Head:    head(p, b, place.overview),
			Facts:   unitFacts(b),
			Summary: summary(p, report),
		}
		counts := countByTable(report)
		for _, t := range b.Tables {
			item, err := tableItem(p, t, counts)
			if err != nil {
				return err
			}
			view.Tables = append(view.Tables, item)
		}
		view.Downloads = bookDownloads(p, b)
		s.render(c, web.PageUnit, view)
		return nil
	})
}

// book opens the tables that a request's address names and lets fn show them.
func (s *Server) book(c *gin.Context, fn func(place, *publication.Book) error) {
	p, err := placeOf(c)
	if err == nil {
		err = s.books.View(c.Request.Context(), p.query(s.scopeOf(c)), func(b *publication.Book) error { return fn(p, b) })
	}
	if err != nil {
		s.fail(c, err)
	}
}

func homeCrumb(p place) web.Link { return web.Link{Text: "单位与年度", Href: p.home()} }

func unitCrumb(p place, b *publication.Book) web.Link {
	return web.Link{Text: fmt.Sprintf("%s %d年", b.Name, b.Year), Href: p.overview()}
}

// head makes the switches of state and scope; address gives this page's own in
// another place.
func head(p place, b *publication.Book, address func(place) string) web.Head {
	h := web.Head{
		UnitCode: b.Unit.Code, UnitName: b.Name, Year: b.Year,
		State: model.Chinese(b.State), Scope: scopeWord(b.Department),
	}
	for _, state := range []model.TableState{model.StateDraft, model.StateInitial, model.StateAdjusted} {
		h.States = append(h.States, web.Link{
			Text: model.Chinese(state), Href: address(p.in(state)), Current: state == b.State,
		})
	}
	// A switch that can't be offered is left out; the page itself stands.
	if below, err := b.HasUnits(); err == nil && below {
		for _, department := range []bool{false, true} {
			h.Scopes = append(h.Scopes, web.Link{
				Text: scopeWord(department), Href: address(p.over(department)), Current: department == b.Department,
			})
		}
	}
	return h
}

func scopeWord(department bool) string {
	if department {
		return "本部门"
	}
	return "本单位"
}

func unitFacts(b *publication.Book) []web.Fact {
	facts := []web.Fact{
		{Label: "单位编码", Value: b.Unit.Code},
		{Label: "单位性质", Value: model.Chinese(b.Kind)},
		{Label: "财政区划", Value: b.Region.Code + " " + b.Region.Name},
		{Label: "公开表套", Value: b.Set.Name},
	}
	if b.Department {
		facts = append(facts, web.Fact{Label: "汇总单位", Value: fmt.Sprintf("%d 个", len(b.Units))})
	}
	if b.Fallback {
		facts = append(facts, web.Fact{Label: "说明", Value: "尚无已批复的记录，按预算草案显示"})
	}
	return facts
}

// tableItem is a table's line in the list; its total is the first figure of its
// last total row, or of its first row where it has none.
func tableItem(p place, t *budget.Table, counts map[string][2]int) (web.TableItem, error) {
	item := web.TableItem{
		Number: t.Def.Number, Title: t.Title, Href: p.table(t.Def.Key), Empty: t.Empty,
		Errors: counts[t.Def.Key][0], Warnings: counts[t.Def.Key][1],
	}
	total, err := t.Total()
	item.Total = total.Wan()
	return item, err
}

// countByTable counts errors and warnings by the table they are about.
func countByTable(r check.Report) map[string][2]int {
	counts := map[string][2]int{}
	for _, f := range r.Failures() {
		n := counts[f.Table]
		switch f.Severity {
		case check.Error:
			n[0]++
		case check.Warning:
			n[1]++
		}
		counts[f.Table] = n
	}
	return counts
}

// outcomeOf is how a finding shows: what fails by its severity, a tail as
// something to know, everything else by its outcome.
func outcomeOf(f check.Finding) web.Outcome {
	tail := f.Outcome == check.Pass && f.Severity == check.Info && f.Table != ""
	if f.Outcome == check.Fail || tail {
		return web.Outcome(f.Severity)
	}
	return web.Outcome(f.Outcome)
}

var outcomeOrder = []web.Outcome{web.OutcomeError, web.OutcomeWarning, web.OutcomeInfo, web.OutcomeInsufficient, web.OutcomePass, web.OutcomeNotApplicable}

func summary(p place, r check.Report) web.Summary {
	s := web.Summary{Checked: true, Href: p.findings()}
	counts := map[web.Outcome]int{}
	for _, f := range r.Findings {
		counts[outcomeOf(f)]++
	}
	for _, o := range outcomeOrder {
		if counts[o] > 0 {
			s.Counts = append(s.Counts, web.OutcomeCount{Outcome: o, Count: counts[o], Href: p.outcome(string(o))})
		}
	}
	s.Rules = ruleCounts(p, r.Failures())
	return s
}

func ruleCounts(p place, failures []check.Finding) []web.RuleCount {
	var rules []web.RuleCount
	for _, f := range failures {
		o := outcomeOf(f)
		i := slices.IndexFunc(rules, func(r web.RuleCount) bool { return r.Rule == f.Rule && r.Outcome == o })
		if i < 0 {
			rules = append(rules, web.RuleCount{Rule: f.Rule, Title: f.Title, Outcome: o, Href: p.rule(f.Rule)})
			i = len(rules) - 1
		}
		rules[i].Count++
	}
	slices.SortStableFunc(rules, func(a, b web.RuleCount) int {
		return cmp.Compare(weight(a.Outcome), weight(b.Outcome))
	})
	return rules
}

func bookDownloads(p place, b *publication.Book) []web.Download {
	var downloads []web.Download
	for _, f := range []struct {
		format, text, detail string
		file                 int // of those that the format makes
	}{
		{"html", "公开文本（网页）", "说明、各表、图和附表，草稿", 1}, {"pdf", "公开文本 PDF", "带目录和书签，草稿", 0},
		{"docx", "公开文本 Word", "可编辑，草稿", 0}, {"xlsx", "公开文本 Excel", "每张表、每张附表一页，草稿", 1},
		{"xlsx", "Excel 工作簿", "全部公开表，每表一页", 0}, {"html", "打印版网页", "全部公开表，可直接打印", 0},
	} {
		format, _ := publication.FormatOf(f.format)
		downloads = append(downloads, web.Download{Text: f.text, Detail: f.detail, Href: p.file(format.Files(b)[f.file].Name)})
	}
	return downloads
}
