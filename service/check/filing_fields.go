package check

import (
	"fmt"
	"time"

	"biaochi/model"
)

// formField is a field of the form that a template can make mandatory.
type formField struct {
	path, label string
	blank       func(*model.ProjectContent) bool
}

var formFields = knownFields()

func knownFields() map[string]formField {
	fields := map[string]formField{
		"name": {"form.name", "项目名称", func(p *model.ProjectContent) bool { return blank(p.Name) && blank(p.Form.Name) }},
		"periodYears": {"form.periodYears", "项目期", func(p *model.ProjectContent) bool {
			return p.Form.PeriodYears == nil || *p.Form.PeriodYears < 1
		}},
		"longTermFunds": {"form.longTermFunds.total", "实施期资金", func(p *model.ProjectContent) bool { return noMoney(p.Form.LongTermFunds) }},
		"annualFunds":   {"form.annualFunds.total", "年度资金", func(p *model.ProjectContent) bool { return noMoney(p.Form.AnnualFunds) }},
		"responsible":   {"form.responsible", "负责人", func(p *model.ProjectContent) bool { return blank(p.Form.Responsible) }},
		"handler":       {"form.handler", "经办人", func(p *model.ProjectContent) bool { return blank(p.Form.Handler) }},
		"phone":         {"form.phone", "联系电话", func(p *model.ProjectContent) bool { return blank(p.Form.Phone) }},
		"filedAt":       {"form.filedAt", "填报日期", func(p *model.ProjectContent) bool { return p.Form.FiledAt == "" }},
	}
	for _, f := range textFields {
		fields[f.key] = formField{"form." + f.key, f.label, func(p *model.ProjectContent) bool { return blank(f.of(p.Form)) }}
	}
	return fields
}

func noMoney(f model.FormFunds) bool {
	_, ok := f.Amount()
	return !ok
}

// mandatoryFields is F01.
func mandatoryFields(p *probe) {
	for _, key := range p.settings().Mandatory {
		p.checked++
		if f := formFields[key]; f.blank(p.project) {
			p.fail(Finding{Field: f.path, Message: fmt.Sprintf("%s的申报表没有填写“%s”；请补填。", p.about(), f.label)})
		}
	}
	p.valuesFilledIn()
}

// valuesFilledIn: a value wherever an indicator has a name.
func (p *probe) valuesFilledIn() {
	for _, s := range seats(p.project.Form) {
		if blank(s.target.Name) {
			continue // F19
		}
		p.checked++
		if blank(s.target.Value) {
			p.failSeat(s, "value", s.target.Value, Finding{Message: "没有填写指标值；请补填可以衡量的指标值。"})
		}
	}
}

// filedInTime is F20: a form filed before the year in which the budget is drawn up
// is an old one.
func filedInTime(p *probe) {
	at, ok := p.project.Form.FiledAt.Time()
	if !ok {
		return
	}
	p.checked++
	earliest := time.Date(p.in.Year-1, time.January, 1, 0, 0, 0, 0, model.Beijing)
	if !at.Before(earliest) {
		return
	}
	filed := string(p.project.Form.FiledAt)
	p.fail(Finding{
		Field: "form.filedAt", Text: filed, Got: filed, Want: earliest.Format(time.DateOnly),
		Message: fmt.Sprintf("%s的填报日期 %s 早于 %s，可能沿用了以前年度的申报表；请核对内容后重新填报。", p.about(), filed, earliest.Format(time.DateOnly)),
	})
}
