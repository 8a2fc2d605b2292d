package intake

import (
	"fmt"
	"regexp"
	"slices"

	"biaochi/model"
	"biaochi/service/filing"
)

// projects makes a project of each row; cells left blank leave what is there.
func (b *builder) projects() error {
	rows := map[string]int{} // by code
	var failed error
	b.eachRow(func(row *Row) {
		column := b.column("code")
		row.Code, row.Name = b.text(row.Number, column), b.text(row.Number, b.column("name"))
		if other, twice := rows[row.Code]; twice && row.Code != "" {
			b.fault(row, column, "项目代码 %s 与第 %d 行重复", row.Code, other)
			b.alsoRefuse(other, column, row)
			return
		}
		rows[row.Code] = row.Number
		before := b.records[row.Code]
		after, err := before.content.Copy()
		if err != nil {
			failed = err
			return
		}
		if after.Project == nil {
			after.Project = &model.ProjectContent{Code: row.Code}
		}
		b.fields(row, func(key, text, raw string) error { return b.putProject(after.Project, key, text, raw) })
		if len(row.Faults) > 0 {
			return
		}
		if row.Becomes, row.Differences = b.bring(before, after); row.Becomes == New {
			blank := filing.Content{Project: &model.ProjectContent{Code: row.Code}}
			row.Differences = filing.Differences(blank, after)
		}
		if row.Becomes == Changed && before.state != model.Draft {
			b.fault(row, column, "项目 %s %s", row.Code, locked(before.state))
		}
	})
	return failed
}

// inexact is a long code that Excel took for a number.
var inexact = regexp.MustCompile(`^[0-9.]+E[+][0-9]+$`)

// alsoRefuse refuses the row that a later one repeats.
func (b *builder) alsoRefuse(number, column int, row *Row) {
	for i := range b.preview.Rows {
		if r := &b.preview.Rows[i]; r.Number == number {
			b.fault(r, column, "与第 %d 行重复", row.Number)
			r.Becomes = Refused
		}
	}
}

// funds are the fields that are money of a fund kind and source.
var funds = map[string]model.BudgetRow{
	"generalPublicBudget":  {FundKind: model.GeneralPublicBudget, Source: model.CurrentYear},
	"governmentFund":       {FundKind: model.GovernmentFund, Source: model.CurrentYear},
	"stateCapital":         {FundKind: model.StateCapital, Source: model.CurrentYear},
	"fiscalSpecialAccount": {FundKind: model.FiscalSpecialAccount, Source: model.CurrentYear},
	"unitFunds":            {FundKind: model.UnitFunds, Source: model.CurrentYear},
	"carryOver":            {FundKind: model.GeneralPublicBudget, Source: model.CarryOver},
}

func (b *builder) putProject(p *model.ProjectContent, key, text, raw string) (err error) {
	if fund, ok := funds[key]; ok {
		return b.putFund(p, fund, raw)
	}
	switch key {
	case "code":
		if inexact.MatchString(text) {
			return fmt.Errorf("“%s”被 Excel 变成了科学计数，末位已丢失；请把这一列设为文本，重新填写", text)
		}
		p.Code = text
	case "name":
		p.Name = text
	case "functionCode":
		p.FunctionCode, err = code(text)
	case "category":
		p.Category, err = choice(text, model.Categories)
	case "nature":
		p.Nature, err = choice(text, model.Natures)
	default:
		return putForm(p, key, text)
	}
	return err
}

// putFund sets the money of a fund kind; nothing is left as a row of zero.
func (b *builder) putFund(p *model.ProjectContent, fund model.BudgetRow, raw string) error {
	amount, err := b.plan.Unit.amount(raw)
	if err != nil || amount == nil {
		return err
	}
	same := func(r model.BudgetRow) bool { return r.FundKind == fund.FundKind && r.Source == fund.Source }
	fund.Amount = *amount
	switch i := slices.IndexFunc(p.Budget, same); {
	case i >= 0 && fund.Amount == 0:
		p.Budget = slices.DeleteFunc(p.Budget, same)
	case i >= 0:
		p.Budget[i].Amount = fund.Amount
	case fund.Amount != 0:
		p.Budget = append(p.Budget, fund)
	}
	return nil
}

func putForm(p *model.ProjectContent, key, text string) (err error) {
	if p.Form == nil {
		p.Form = &model.Form{}
	}
	f := p.Form
	if key == "periodYears" {
		f.PeriodYears, err = years(text)
		return err
	}
	texts := map[string]*string{
		"overview": &f.Overview, "basis": &f.Basis, "necessity": &f.Necessity, "safeguards": &f.Safeguards, "plan": &f.Plan,
		"longTermGoal": &f.LongTermGoal, "annualGoal": &f.AnnualGoal, "responsible": &f.Responsible, "handler": &f.Handler, "phone": &f.Phone,
	}
	*texts[key] = text
	return nil
}
