package check

import (
	"biaochi/model"
	"biaochi/service/budget"
)

// Keys of the set's tables that the rules name.
const (
	incomeAndExpenditure      = "incomeAndExpenditure"      // 收支总表
	income                    = "income"                    // 收入总表
	expenditure               = "expenditure"               // 支出总表
	fiscalAppropriation       = "fiscalAppropriation"       // 财政拨款收支总表
	generalPublicBudget       = "generalPublicBudget"       // 一般公共预算支出表
	basicByEconomicCode       = "basicByEconomicCode"       // 基本支出分经济科目表
	governmentFundIncome      = "governmentFundIncome"      // 政府性基金收入表
	governmentFundExpenditure = "governmentFundExpenditure" // 政府性基金支出表
	stateCapital              = "stateCapital"              // 国有资本经营预算表
	threePublic               = "threePublic"               // “三公”经费表
	agencyOperating           = "agencyOperating"           // 机关运行经费表
	projects                  = "projects"                  // 项目支出表（本年预算）
	projectsCarryOver         = "projectsCarryOver"         // 项目支出表（上年结转）
)

// nonFiscalKinds are the fund kinds outside 财政拨款.
var nonFiscalKinds = []model.FundKind{model.FiscalSpecialAccount, model.UnitFunds}

// incomeAndExpenditureTies are those of K01.
func incomeAndExpenditureTies(b *book) {
	if b.has(incomeAndExpenditure) {
		b.balance(incomeAndExpenditure)
	}
}

// balance states what ties within a table of income against expenditure.
func (b *book) balance(table string) {
	g := b.grids[table]
	in := func(row string) term { return b.cell(table, row, "income") }
	b.equal("收入总计 = 支出总计", in("grand"), b.cell(table, "grand", "total"))
	b.equal("收入总计 = 本年收入合计 + 上年结转", in("grand"), in("current"), in("carryOver"))
	var items []term
	for _, item := range g.Def.Rows.Items {
		items = append(items, in(item.Key))
	}
	b.equal("本年收入合计 = 各项收入之和", in("current"), items...)
	if parts := b.carryOverParts(table); parts != nil {
		b.equal("上年结转 = 各项结转之和", in("carryOver"), parts...)
	}
	b.balanceExpenditure(g)
}

// carryOverParts are the foot rows that split the carry-over by fund kind, in the
// tables that have them.
func (b *book) carryOverParts(table string) (parts []term) {
	for _, kind := range model.FiscalKinds {
		if b.grids[table].line(0, "carryOver."+string(kind)) >= 0 {
			parts = append(parts, b.cell(table, "carryOver."+string(kind), "income"))
		}
	}
	return parts
}

func (b *book) balanceExpenditure(g *Grid) {
	columns := g.figureColumns(1)
	for line := range g.Lines {
		if g.Lines[line].Keys[1] != "" {
			b.rowSum(g, line, columns)
		}
	}
	for _, c := range columns {
		var classes []term
		for line := range g.Lines {
			if isClass(g, line) {
				classes = append(classes, g.at(line, c))
			}
		}
		b.equal("本年支出合计 = 各类支出之和", g.cell("current", c), classes...)
		b.equal("支出总计 = 本年支出合计 + 年终结转", g.cell("grand", c), g.cell("current", c), g.cell("carryOver", c))
	}
}

// isClass tells whether the right half of a line is a 类 rather than a foot row.
func isClass(g *Grid, line int) bool {
	key := g.Lines[line].Keys[1]
	for i := range g.Def.Rows.Foot {
		if g.Def.Rows.Foot[i].Key == key {
			return false
		}
	}
	return key != ""
}

// rowSum states that the first of the columns is the sum of the others, where
// there are others.
func (b *book) rowSum(g *Grid, line int, columns []int) {
	if len(columns) < 2 {
		return
	}
	say := g.Def.Columns[columns[0]].Heading + " ="
	var parts []term
	for i, c := range columns[1:] {
		if i > 0 {
			say += " +"
		}
		say += " " + g.Def.Columns[c].Heading
		parts = append(parts, g.at(line, c))
	}
	b.equal(say, g.at(line, columns[0]), parts...)
}

// incomeTies are those of K02.
func incomeTies(b *book) {
	if !b.has(income, incomeAndExpenditure) {
		return
	}
	g := b.grids[income]
	var columns []int // 合计 and the five fund columns; the carry-over stands apart
	for _, c := range g.figureColumns(0) {
		if g.Def.Columns[c].Key != "carryOver" {
			columns = append(columns, c)
		}
	}
	for line := range g.Lines {
		b.rowSum(g, line, columns)
	}
	total := func(column string) term { return b.cell(income, budget.TotalKey, column) }
	name := b.name(income)
	b.equal(b.name(incomeAndExpenditure)+"收入总计 = "+name+"合计 + 上年结转",
		b.cell(incomeAndExpenditure, "grand", "income"), total("total"), total("carryOver")).at = total("total").ref
	b.equal(name+"合计 = "+b.name(incomeAndExpenditure)+"本年收入合计", total("total"), b.cell(incomeAndExpenditure, "current", "income"))
	b.equal(name+"上年结转 = "+b.name(incomeAndExpenditure)+"上年结转", total("carryOver"), b.cell(incomeAndExpenditure, "carryOver", "income"))
	for _, kind := range model.FundKinds {
		b.equal(name+"各资金合计 = "+b.name(incomeAndExpenditure)+"该资金收入",
			total(string(kind)), b.cell(incomeAndExpenditure, string(kind), "income"))
	}
}

// expenditureTies are those of K04; every table by 基本支出 and 项目支出 has the
// same sum in its rows.
func expenditureTies(b *book) {
	for _, table := range []string{expenditure, generalPublicBudget, governmentFundExpenditure, stateCapital} {
		if b.has(table) {
			b.basicAndProject(b.grids[table])
		}
	}
	if b.has(expenditure, incomeAndExpenditure) {
		b.expenditureTotals()
	}
	if !b.has(expenditure, income) {
		return
	}
	for _, code := range b.codesOf(expenditure, income) {
		b.equal(b.name(expenditure)+"合计 = "+b.name(income)+"合计 + 上年结转", b.cell(expenditure, code, "total"),
			b.cell(income, code, "total"), b.cell(income, code, "carryOver"))
	}
}

func (b *book) basicAndProject(g *Grid) {
	columns := []int{g.Def.Column("total"), g.Def.Column("basic"), g.Def.Column("project")}
	side := g.Def.Columns[columns[0]].Side
	for line := range g.Lines {
		if g.Lines[line].Keys[side] != "" {
			b.rowSum(g, line, columns)
		}
	}
}

func (b *book) expenditureTotals() {
	name, totals := b.name(expenditure), b.name(incomeAndExpenditure)
	b.equal(name+"合计 = "+totals+"支出总计",
		b.cell(expenditure, budget.TotalKey, "total"), b.cell(incomeAndExpenditure, "grand", "total"))
	g := b.grids[incomeAndExpenditure]
	for line := range g.Lines {
		if isClass(g, line) {
			b.equal(name+"类级合计 = "+totals+"同类支出合计",
				b.cell(expenditure, g.Lines[line].Keys[1], "total"), g.at(line, g.Def.Column("total")))
		}
	}
}

// codesOf gives the row keys of two tables, each once, in their order.
func (b *book) codesOf(tables ...string) (codes []string) {
	seen := map[string]bool{}
	for _, table := range tables {
		for i := range b.grids[table].Lines {
			if code := b.grids[table].Lines[i].Keys[0]; !seen[code] {
				seen[code] = true
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// fiscalTies are those of K05.
func fiscalTies(b *book) {
	if !b.has(fiscalAppropriation) {
		return
	}
	b.balance(fiscalAppropriation)
	if !b.has(incomeAndExpenditure, income) {
		return
	}
	for _, kind := range model.FiscalKinds {
		b.equal(b.name(fiscalAppropriation)+model.Chinese(kind)+" = "+b.name(incomeAndExpenditure)+model.Chinese(kind),
			b.cell(fiscalAppropriation, string(kind), "income"), b.cell(incomeAndExpenditure, string(kind), "income"))
	}
	grand := b.cell(fiscalAppropriation, "grand", "total")
	parts := []term{grand, b.carryOverOutside()}
	for _, kind := range nonFiscalKinds {
		parts = append(parts, b.cell(income, budget.TotalKey, string(kind)))
	}
	b.equal(b.name(incomeAndExpenditure)+"支出总计 = "+b.name(fiscalAppropriation)+"支出总计 + 财政专户管理资金和单位资金安排的支出",
		b.cell(incomeAndExpenditure, "grand", "total"), parts...).at = grand.ref
}

// carryOverOutside is the carry-over of the two non-fiscal kinds, which no table
// shows: from the sums, else what the two balances leave.
func (b *book) carryOverOutside() term {
	if sum, ok := b.sum(model.Predicate{Measure: model.MeasureBudget, Source: model.CarryOver, FundKinds: nonFiscalKinds}); ok {
		return constant(sum)
	}
	all := b.cell(incomeAndExpenditure, "carryOver", "income")
	return constant(all.amount - b.cell(fiscalAppropriation, "carryOver", "income").amount)
}

// fiscalDetailTies are those of K06.
func fiscalDetailTies(b *book) {
	if !b.has(fiscalAppropriation) {
		return
	}
	details := map[model.FundKind]string{
		model.GeneralPublicBudget: generalPublicBudget,
		model.GovernmentFund:      governmentFundExpenditure,
		model.StateCapital:        stateCapital,
	}
	for _, kind := range model.FiscalKinds {
		if table := details[kind]; b.has(table) {
			detail := b.cell(table, budget.TotalKey, "total")
			b.equal(b.name(fiscalAppropriation)+model.Chinese(kind)+"支出总计 = "+b.name(table)+"合计 + 该资金上年结转",
				b.cell(fiscalAppropriation, "grand", string(kind)), detail,
				b.cell(fiscalAppropriation, "carryOver."+string(kind), "income")).at = detail.ref
		}
	}
}
