package check

import (
	"fmt"
	"regexp"
	"strings"

	"biaochi/service/render"
)

// noPersonalNumbers is D03. The message hides the middle of a number, since it is
// read by more people than the document will be.
func noPersonalNumbers(r *reader) {
	for _, t := range r.everyText() {
		if t.text == "" {
			continue
		}
		r.checked++
		for _, n := range personalNumbers(t.text) {
			r.fail(Finding{Anchor: t.anchor, Text: masked(n.digits), Message: fmt.Sprintf("%s写有%s %s；请遮盖或删去。", longNumber.ReplaceAllString(t.where, "…"), n.kind, masked(n.digits))})
		}
	}
}

// longNumber is one that may be a person's, or the beginning of one.
var longNumber = regexp.MustCompile(`\d{7,}`)

// personsByRule is D04: who answers for a form is named as the set says.
func personsByRule(r *reader) {
	for _, block := range r.Document.Blocks {
		g, ok := block.(render.Grid)
		if !ok {
			continue
		}
		for _, row := range g.Rows {
			for i := 1; i < len(row); i++ {
				if row[i-1].Label && namesPerson(row[i-1].Text) && !row[i].Label {
					r.person(g, strings.TrimRight(row[i-1].Text, ":："), row[i].Text)
				}
			}
		}
	}
}

func namesPerson(label string) bool {
	return containsAny(label, []string{"负责人", "经办人", "填表人", "联系人"})
}

func (r *reader) person(g render.Grid, label, name string) {
	r.checked++
	f := Finding{Anchor: g.Anchor, Field: label}
	switch {
	case name == "" || r.Persons == PersonsShown:
		return
	case r.Persons == PersonsOmitted:
		f.Message = fmt.Sprintf("%s写有%s姓名，按本地区模板不公开；请删去。", g.Entry, label)
	case strings.HasSuffix(name, "某"):
		return
	default:
		f.Message = fmt.Sprintf("%s写有%s的全名，按本地区模板只公开姓氏；请改正。", g.Entry, label)
	}
	r.fail(f)
}
