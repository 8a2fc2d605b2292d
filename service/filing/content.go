package filing

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/exchange"
)

// Content is what a version holds: a project's year, a unit's sheet or its
// whole-unit target (整体支出绩效目标), one of them alone.
type Content struct {
	Project *model.ProjectContent `json:"project,omitempty"`
	Sheet   *model.SheetContent   `json:"sheet,omitempty"`
	Target  *model.TargetContent  `json:"target,omitempty"`
}

func (c Content) kind() model.RecordKind {
	switch {
	case c.Project != nil && c.Sheet == nil && c.Target == nil:
		return model.FilingRecord
	case c.Sheet != nil && c.Project == nil && c.Target == nil:
		return model.SheetRecord
	case c.Target != nil && c.Project == nil && c.Sheet == nil:
		return model.TargetRecord
	}
	return ""
}

func (c Content) code() string {
	if c.Project == nil {
		return ""
	}
	return c.Project.Code
}

// hash is the key by which equal contents are known, the one that packages use.
func (c Content) hash() string {
	switch c.kind() {
	case model.FilingRecord:
		return exchange.HashProject(c.Project)
	case model.TargetRecord:
		return exchange.HashTarget(c.Target)
	}
	return exchange.HashSheet(c.Sheet)
}

func (c Content) save(tx *store.Tx, versionID model.ID) error {
	switch c.kind() {
	case model.FilingRecord:
		return tx.SaveProjectContent(versionID, c.Project)
	case model.TargetRecord:
		return tx.SaveTargetContent(versionID, c.Target)
	}
	return tx.SaveSheetContent(versionID, c.Sheet)
}

// facts are what the tables count; a target counts in none.
func (c Content) facts(owner budget.Owner, v model.RecordVersion) []model.Fact {
	switch c.kind() {
	case model.FilingRecord:
		return budget.ProjectFacts(owner, c.Project, v)
	case model.SheetRecord:
		return budget.SheetFacts(owner, c.Sheet, v)
	}
	return nil
}

// loadContent reads what a version holds.
func loadContent(tx *store.Tx, kind model.RecordKind, versionID model.ID) (c Content, err error) {
	switch kind {
	case model.SheetRecord:
		c.Sheet, err = tx.SheetContent(versionID)
		return c, err
	case model.TargetRecord:
		found, err := tx.TargetContents([]model.ID{versionID})
		c.Target = found[versionID]
		return c, err
	}
	found, err := tx.ProjectContents([]model.ID{versionID})
	c.Project = found[versionID]
	return c, err
}

// Copy gives a content that shares nothing with this one.
// Errors: what can't be written and read again, such as a negative amount.
func (c Content) Copy() (own Content, err error) {
	text, err := json.Marshal(c)
	if err != nil {
		return own, err
	}
	return own, json.Unmarshal(text, &own)
}

// received gives a content as it is kept: a copy of its own, codes without blanks
// around them, a blank source for this year's money, the sheet's head as the unit's.
// Errors: Invalid "filing.content" where it can't be kept at all; what is only
// incomplete or wrong is for the checks.
func (c Content) received(unit model.BudgetUnit) (Content, error) {
	own, err := c.Copy()
	if err != nil { // a negative amount, for one
		return c, &model.Error{Code: model.Invalid, Reason: "filing.content", Message: "内容无法保存：" + err.Error(), Err: err}
	}
	var f faults
	switch own.kind() {
	case model.FilingRecord:
		f.project(own.Project)
	case model.SheetRecord:
		f.sheet(own.Sheet, unit)
	case model.TargetRecord:
		f.target(own.Target)
	default:
		f.add("$", noContent)
	}
	return own, f.err()
}

const noContent = "请填写项目申报、基本支出表、整体支出绩效目标其中之一"

// faults collects what can't be kept, all of it at once.
type faults struct{ found []model.Problem }

func (f *faults) add(path, format string, args ...any) {
	f.found = append(f.found, model.Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (f *faults) err() error {
	if f.found == nil {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "filing.content", Fields: f.found,
		Message: fmt.Sprintf("有 %d 处内容无法保存：%s", len(f.found), f.found[0].Message)}
}

func (f *faults) amount(path string, m model.Money) {
	if m < 0 || m > model.MaxAmount {
		f.add(path, "金额应在 0 至 %s 元之间", model.MaxAmount.Yuan())
	}
}

// amounts passes over what is left blank.
func (f *faults) amounts(path string, given ...*model.Money) {
	for _, m := range given {
		if m != nil {
			f.amount(path, *m)
		}
	}
}

// oneOf accepts a blank: a draft may be incomplete.
func oneOf[T ~string](f *faults, path string, value T, among []T) {
	if value != "" && !slices.Contains(among, value) {
		f.add(path, "没有“%s”这个选项", string(value))
	}
}

func trim(texts ...*string) {
	for _, text := range texts {
		*text = strings.TrimSpace(*text)
	}
}

func source(s *model.Source) {
	if *s == "" {
		*s = model.CurrentYear
	}
}

func (f *faults) project(p *model.ProjectContent) {
	trim(&p.Code, &p.Name, &p.FunctionCode)
	if p.Code == "" {
		f.add("$.code", "请填写项目代码")
	}
	if p.Name == "" {
		f.add("$.name", "请填写项目名称")
	}
	oneOf(f, "$.category", p.Category, model.Categories)
	oneOf(f, "$.nature", p.Nature, model.Natures)
	for i := range p.Budget {
		row, path := &p.Budget[i], fmt.Sprintf("$.budget[%d].", i)
		source(&row.Source)
		oneOf(f, path+"fundKind", row.FundKind, model.FundKinds)
		oneOf(f, path+"source", row.Source, model.Sources)
		f.amount(path+"amount", row.Amount)
	}
	for i := range p.EconomicLines {
		line, path := &p.EconomicLines[i], fmt.Sprintf("$.economicLines[%d].", i)
		trim(&line.DepartmentEconomicCode)
		oneOf(f, path+"fundKind", line.FundKind, model.FundKinds)
		f.amount(path+"amount", line.Amount)
		f.procurement(path, line.Procurement)
	}
	if p.Form != nil {
		f.form(p.Form, p.Name)
	}
}

func (f *faults) form(form *model.Form, name string) {
	if trim(&form.Name); form.Name == name {
		form.Name = ""
	}
	f.amounts("$.form.longTermFunds", append(form.LongTermFunds.Rows(), form.LongTermFunds.Total)...)
	f.amounts("$.form.annualFunds", append(form.AnnualFunds.Rows(), form.AnnualFunds.Total)...)
	trimLevels(form.Indicators)
}

func (f *faults) target(t *model.TargetContent) {
	for i := range t.Tasks {
		task := &t.Tasks[i]
		trim(&task.Name)
		f.amounts(fmt.Sprintf("$.tasks[%d]", i), task.Total, task.Fiscal, task.Other)
	}
	f.amounts("$.annualFunds", append(t.AnnualFunds.Rows(), t.AnnualFunds.Total)...)
	f.amounts("$.basic", t.Basic)
	f.amounts("$.project", t.Project)
	trimLevels(t.Indicators)
}

func trimLevels(indicators []model.Indicator) {
	for i := range indicators {
		trim(&indicators[i].Level1, &indicators[i].Level2)
	}
}

func (f *faults) procurement(path string, rows []model.ProcurementLine) {
	for i := range rows {
		place := fmt.Sprintf("%sprocurement[%d].", path, i)
		trim(&rows[i].ServiceCode)
		oneOf(f, place+"kind", rows[i].Kind, model.ProcurementKinds)
		f.amount(place+"amount", rows[i].Amount)
	}
}

func (f *faults) sheet(s *model.SheetContent, unit model.BudgetUnit) {
	s.Unit.Code, s.Unit.Kind, s.Unit.ParentCode = unit.Code, unit.Kind, unit.ParentCode
	if trim(&s.Unit.Name); s.Unit.Name == "" {
		s.Unit.Name = unit.Name
	}
	for i := range s.BasicLines {
		line, path := &s.BasicLines[i], fmt.Sprintf("$.basicLines[%d].", i)
		source(&line.Source)
		trim(&line.FunctionCode, &line.DepartmentEconomicCode, &line.GovernmentEconomicCode)
		oneOf(f, path+"fundKind", line.FundKind, model.FundKinds)
		oneOf(f, path+"source", line.Source, model.Sources)
		oneOf(f, path+"costKind", line.CostKind, []model.CostKind{model.Personnel, model.Public})
		f.amount(path+"amount", line.Amount)
		f.procurement(path, line.Procurement)
	}
	for i := range s.Revenues {
		path := fmt.Sprintf("$.revenues[%d].", i)
		oneOf(f, path+"fundKind", s.Revenues[i].FundKind, model.FundKinds)
		f.amount(path+"amount", s.Revenues[i].Amount)
		for j := range s.Revenues[i].Codes {
			trim(&s.Revenues[i].Codes[j].Code)
		}
	}
}
