package api

import (
	"github.com/gin-gonic/gin"

	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// findings lists what the checks said, narrowed by outcome or rule.
func (s *Server) findings(c *gin.Context) {
	s.book(c, func(p place, b *publication.Book) error {
		report, err := b.Check()
		if err != nil {
			return err
		}
		outcome, rule := web.Outcome(c.Query("outcome")), c.Query("rule")
		view := web.Findings{
			Frame: frame(c, "检查结果", homeCrumb(p), unitCrumb(p, b), web.Link{Text: "检查结果"}),
			Head:  head(p, b, place.findings), Checked: true, Filters: filters(p, report, outcome, rule),
		}
		for _, f := range worstFirst(report.Findings) {
			if (outcome == "" || outcomeOf(f) == outcome) && (rule == "" || f.Rule == rule) {
				view.Findings = append(view.Findings, finding(p, b, f))
			}
		}
		s.render(c, web.PageFindings, view)
		return nil
	})
}

func filters(p place, r check.Report, current web.Outcome, rule string) []web.Filter {
	all := web.Filter{Link: web.Link{Text: "全部", Href: p.findings(), Current: current == "" && rule == ""}, Count: len(r.Findings)}
	list := []web.Filter{all}
	for _, n := range summary(p, r).Counts {
		list = append(list, web.Filter{
			Link:    web.Link{Text: n.Outcome.Word(), Href: n.Href, Current: n.Outcome == current},
			Outcome: n.Outcome, Count: n.Count,
		})
	}
	return list
}

// finding shows a finding with the way to the place it is about.
func finding(p place, b *publication.Book, f check.Finding) web.Finding {
	out := web.Finding{Rule: f.Rule, Title: f.Title, Outcome: outcomeOf(f), Message: f.Message}
	if f.Table != "" {
		out.Places = append(out.Places, tablePlace(p, b, f))
	}
	for _, text := range []string{f.Unit, f.Project, f.Indicator} {
		if text != "" && f.Table == "" {
			out.Places = append(out.Places, web.Link{Text: text})
		}
	}
	return out
}

func tablePlace(p place, b *publication.Book, f check.Finding) web.Link {
	link := web.Link{Text: f.Table, Href: p.table(f.Table)}
	if i, err := tableIndex(b, f.Table); err == nil {
		link.Text = b.Tables[i].Def.Label
	}
	if f.Row != "" {
		link.Text += " " + f.Row
		link.Href += "#" + disclosure.Anchor(f.Table, 0, f.Row)
	}
	if f.Column != "" {
		link.Text += " " + f.Column
	}
	return link
}
