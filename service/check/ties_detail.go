package check

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/budget"
)

// basicTies are those of K07.
func basicTies(b *book) {
	if !b.has(basicByEconomicCode) {
		return
	}
	g := b.grids[basicByEconomicCode]
	columns := g.figureColumns(0)
	for line := range g.Lines {
		b.rowSum(g, line, columns)
	}
	for _, c := range columns {
		b.economicClasses(g, c)
	}
	if b.has(generalPublicBudget) {
		b.equal(b.name(basicByEconomicCode)+"合计 = "+b.name(generalPublicBudget)+"基本支出合计",
			b.cell(basicByEconomicCode, budget.TotalKey, "total"), b.cell(generalPublicBudget, budget.TotalKey, "basic"))
	}
}

// economicClasses states in one column: total = 类 rows, 类 row = its items, which
// follow it.
func (b *book) economicClasses(g *Grid, column int) {
	var classes, items []term
	class := term{}
	closeClass := func() {
		if class.cell() {
			b.equal("类级科目 = 所列经济科目之和", class, items...)
		}
		items = nil
	}
	for line := range g.Lines {
		switch g.Lines[line].Kind {
		case budget.GroupRow:
			closeClass()
			class = g.at(line, column)
			classes = append(classes, class)
		case budget.ItemRow:
			items = append(items, g.at(line, column))
		}
	}
	closeClass()
	b.equal("合计 = 各类经济科目之和", g.cell(budget.TotalKey, column), classes...)
}

// fundIncomeTies are those of K08: income by revenue code against what is spent.
func fundIncomeTies(b *book) {
	if !b.has(incomeAndExpenditure) {
		return
	}
	used := false
	if b.has(governmentFundIncome, governmentFundExpenditure) {
		used = b.incomeCovers(model.GovernmentFund, b.cell(governmentFundIncome, budget.TotalKey, "amount"),
			b.cell(governmentFundExpenditure, budget.TotalKey, "total"))
	}
	// A set may print what is spent alone.
	if b.has(stateCapital) && b.grids[stateCapital].Def.Column("income") >= 0 {
		used = b.incomeCovers(model.StateCapital, b.cell(stateCapital, budget.TotalKey, "income"),
			b.cell(stateCapital, budget.TotalKey, "total")) || used
	}
	if !used {
		b.notApplicable("本单位没有政府性基金和国有资本经营预算的收入与支出。")
	}
}

// incomeCovers states the ties of one fund kind; false where it has no money.
func (b *book) incomeCovers(kind model.FundKind, revenue, spending term) bool {
	arranged := b.cell(incomeAndExpenditure, string(kind), "income")
	if revenue.amount == 0 && spending.amount == 0 && arranged.amount == 0 {
		return false
	}
	totals := b.name(incomeAndExpenditure) + model.Chinese(kind)
	b.equal(model.Chinese(kind)+"收入明细合计 = "+totals, revenue, arranged)
	b.state(model.Chinese(kind)+"本年支出合计 ≤ "+totals, atMost, spending, []term{arranged})
	return true
}

// threePublicItems are the rows of the “三公” table that stand for economic codes.
var threePublicItems = []string{"overseas", "reception", "vehiclePurchase", "vehicleOperation"}

// threePublicTies are those of K09.
func threePublicTies(b *book) {
	if !b.has(threePublic) {
		return
	}
	g := b.grids[threePublic]
	columns := g.figureColumns(0)
	for line := range g.Lines {
		b.rowSum(g, line, columns)
	}
	for _, c := range columns {
		b.equal("公务用车购置及运行费 = 购置费 + 运行维护费",
			g.cell("vehicles", c), g.cell("vehiclePurchase", c), g.cell("vehicleOperation", c))
		b.equal("合计 = 因公出国（境）费 + 公务接待费 + 公务用车购置及运行费",
			g.cell(budget.TotalKey, c), g.cell("overseas", c), g.cell("reception", c), g.cell("vehicles", c))
	}
	for _, row := range threePublicItems {
		b.threePublicItem(g, row)
	}
}

// threePublicItem ties one item to the same codes in the table of basic
// expenditure; the difference is project money, line by line.
func (b *book) threePublicItem(g *Grid, row string) {
	codes := economicCodes(g.Def, row)
	for _, kind := range model.FiscalKinds {
		if g.Def.Column(string(kind)) < 0 {
			continue
		}
		where := model.Predicate{
			Measure: model.MeasureEconomic, Source: model.CurrentYear,
			FundKinds: []model.FundKind{kind}, Economic: codes,
		}
		var parts []term
		if kind == model.GeneralPublicBudget && b.has(basicByEconomicCode) {
			parts = b.basicItems(codes)
			where.Expenditure = model.ProjectExpenditure
		}
		item := b.cell(threePublic, row, string(kind))
		if detail, ok := b.sum(where); ok {
			b.equal(strings.Join(codes, "、")+" 的基本支出 + 项目支出经济科目明细", item, append(parts, constant(detail))...)
		} else if parts != nil {
			b.state("不少于"+b.name(basicByEconomicCode)+"的同一科目", atLeast, item, parts)
		}
	}
}

func economicCodes(def *budget.TableDef, row string) []string {
	i := slices.IndexFunc(def.Rows.Items, func(item budget.ItemDef) bool { return item.Key == row })
	if i < 0 {
		return nil
	}
	return def.Rows.Items[i].Where.Economic
}

// basicItems are the totals of the rows of these department codes in the table of
// basic expenditure.
func (b *book) basicItems(codes []string) (items []term) {
	g := b.grids[basicByEconomicCode]
	for line := range g.Lines {
		department, _, isPair := strings.Cut(g.Lines[line].Keys[0], "/")
		if isPair && slices.Contains(codes, department) {
			items = append(items, g.at(line, g.Def.Column("total")))
		}
	}
	return items
}

// agencyKinds are the kinds of unit that have 机关运行经费.
var agencyKinds = []model.UnitKind{model.Administrative, model.CivilServiceManaged}

// agencyTies are those of K10.
func agencyTies(b *book) {
	if !b.has(agencyOperating) {
		return
	}
	g := b.grids[agencyOperating]
	columns := g.figureColumns(0)
	for line := range g.Lines {
		b.rowSum(g, line, columns)
	}
	for _, c := range columns {
		var units []term
		for line := range g.Lines {
			if g.Lines[line].Kind != budget.TotalRow {
				units = append(units, g.at(line, c))
			}
		}
		if total := g.cell(budget.TotalKey, c); units != nil {
			b.equal("部门合计 = 各单位之和", total, units...)
		}
	}
	b.agencySource()
}

// agencySource ties the totals to the public cost of the units that the table is
// about.
func (b *book) agencySource() {
	if !b.applies() {
		b.notApplicable("没有行政单位或参公事业单位的经费，不填列机关运行经费。")
	}
	for _, kind := range model.FiscalKinds {
		if cost, ok := b.publicCost(kind); ok {
			b.equal("行政单位和参公事业单位的公用经费合计", b.cell(agencyOperating, budget.TotalKey, string(kind)), cost)
		} else if kind == model.GeneralPublicBudget {
			b.insufficient("没有分单位性质的公用经费数据，无法核对机关运行经费。")
		}
	}
}

// publicCost is the public cost of those units: from the sums; without them only
// where the table of basic expenditure is of such units alone.
func (b *book) publicCost(kind model.FundKind) (term, bool) {
	sum, ok := b.sum(model.Predicate{
		Measure: model.MeasureBudget, Source: model.CurrentYear, Expenditure: model.BasicExpenditure,
		CostKind: model.Public, UnitKinds: agencyKinds, FundKinds: []model.FundKind{kind},
	})
	others := slices.ContainsFunc(b.in.Units, func(u UnitRecords) bool { return !slices.Contains(agencyKinds, u.Kind) })
	switch {
	case ok || !b.applies():
		return constant(sum), true
	case kind == model.GeneralPublicBudget && b.has(basicByEconomicCode) && len(b.in.Units) > 0 && !others:
		return b.cell(basicByEconomicCode, budget.TotalKey, "public"), true
	}
	return term{}, false
}

// applies tells whether any unit in scope has 机关运行经费: by the records or the
// sums, and only without both by the rows of the table.
func (b *book) applies() bool {
	if len(b.in.Units) == 0 && b.in.Sums == nil {
		return len(b.grids[agencyOperating].Lines) > 1
	}
	return slices.ContainsFunc(b.in.Units, func(u UnitRecords) bool { return slices.Contains(agencyKinds, u.Kind) }) ||
		slices.ContainsFunc(b.in.Sums, func(f model.Fact) bool { return slices.Contains(agencyKinds, f.UnitKind) })
}
