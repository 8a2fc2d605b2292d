package check

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// repeatedInForm is F17.
func repeatedInForm(p *probe) {
	p.repeatedNames()
	p.repeatedTexts()
}

func (p *probe) repeatedNames() {
	type key struct {
		annual bool
		name   string
	}
	first := map[key]seat{}
	for _, s := range seats(p.project.Form) {
		k := key{s.annual, bare(s.target.Name)}
		if k.name == "" {
			continue
		}
		p.checked++
		earlier, met := first[k]
		if !met {
			first[k] = s
			continue
		}
		p.failName(s, Finding{Want: earlier.target.Name, Got: s.target.Name},
			"与第 %d 行的“%s”重复；请合并，或改为能区分的名称。", earlier.row+1, earlier.target.Name)
	}
}

// repeatedTexts compares the texts of the form with each other. What a project is
// based on may also safeguard it, and the goals of a one-year project are the same.
func (p *probe) repeatedTexts() {
	first := map[string]textField{}
	for _, f := range textFields {
		text := strings.TrimSpace(f.of(p.project.Form))
		if f.key == "basis" || runes(text) < p.settings().SameTextLength {
			continue
		}
		p.checked++
		earlier, met := first[text]
		if !met {
			first[text] = f
			continue
		}
		if earlier.key == "longTermGoal" && f.key == "annualGoal" && p.oneYear() {
			continue
		}
		p.fail(Finding{
			Field: "form." + f.key, Text: text, Got: text,
			Message: fmt.Sprintf("%s的“%s”与“%s”内容相同，都是“%s”；请按各栏要求分别填写。", p.about(), f.label, earlier.label, text),
		})
	}
}

// copiedFromOthers is F18: long texts that are the same as another project's of the
// unit. Projects may share what they are based on.
func copiedFromOthers(p *probe) {
	for _, f := range textFields {
		text := strings.TrimSpace(f.of(p.project.Form))
		if f.key == "basis" || runes(text) < p.settings().CopiedTextLength {
			continue
		}
		p.checked++
		if other := p.sameText(f, text); other != nil {
			p.fail(Finding{
				Field: "form." + f.key, Text: text, Got: text,
				Message: fmt.Sprintf("%s的“%s”与项目“%s”（%s）完全相同，都是“%s”；请按本项目的情况填写。", p.about(), f.label, other.Name, other.Code, text),
			})
		}
	}
}

// sameText finds another project of the unit with this text in the same field.
func (p *probe) sameText(f textField, text string) *model.ProjectContent {
	for i := range p.unit.Projects {
		other := &p.unit.Projects[i]
		if other.Code != p.project.Code && other.Form != nil && strings.TrimSpace(f.of(other.Form)) == text {
			return other
		}
	}
	return nil
}
