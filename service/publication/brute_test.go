package publication_test

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/exchange"
)

// brute computes the tables of the Shanxi set from packages by the words of the
// specification alone: plain loops, no predicates, no database, no shared code
// but the types. It is slow and simple on purpose.
type brute struct {
	packages []*exchange.Package // the published unit first, then those below it by code
	unit     string              // name of the published unit
	names    func(kind model.CatalogueKind, code string) string
	classes  []string // the thirty 类 of the catalogue
}

// amount is one row of money, flattened.
type amount struct {
	function, dept, gov string
	fund                model.FundKind
	carry, project      bool
	cost                model.CostKind
	fen                 int64
}

func (b *brute) budget() (all []amount) {
	for _, p := range b.packages {
		for _, l := range p.BasicLines {
			all = append(all, amount{l.FunctionCode, l.DepartmentEconomicCode, l.GovernmentEconomicCode, l.FundKind, l.Source == model.CarryOver, false, l.CostKind, int64(l.Amount)})
		}
		for _, q := range p.Projects {
			for _, r := range q.Budget {
				all = append(all, amount{function: q.FunctionCode, fund: r.FundKind, carry: r.Source == model.CarryOver, project: true, fen: int64(r.Amount)})
			}
		}
	}
	return all
}

func sum(all []amount, keep func(amount) bool) (s int64) {
	for _, a := range all {
		if keep(a) {
			s += a.fen
		}
	}
	return s
}

// wan shows 分 as 万元 with two decimals, half away from zero, nothing for 0.00.
func wan(fen int64) string {
	n := (fen + 5000) / 10000
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

var numerals = strings.Split("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三 二十四 二十五 二十六 二十七 二十八 二十九 三十 三十一 三十二 三十三 三十四 三十五", " ")

var fundNames = []string{"一、一般公共预算", "二、政府性基金预算", "三、国有资本经营预算", "四、财政专户管理资金", "五、单位资金"}

func fiscal(k model.FundKind) bool {
	return k == model.GeneralPublicBudget || k == model.GovernmentFund || k == model.StateCapital
}

// codesOf lists the codes of money with all parents, in order.
func codesOf(all []amount, keep func(amount) bool) []string {
	set := map[string]bool{}
	for _, a := range all {
		if a.fen != 0 && keep(a) {
			for _, n := range []int{3, 5, 7} {
				if len(a.function) >= n {
					set[a.function[:n]] = true
				}
			}
		}
	}
	var codes []string
	for c := range set {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return codes
}

func under(code string) func(amount) bool {
	return func(a amount) bool { return strings.HasPrefix(a.function, code) }
}

func (b *brute) function(code string) string { return b.names(model.FunctionalCatalogue, code) }

func (b *brute) allClasses(all []amount) []string {
	classes := slices.Clone(b.classes)
	for _, a := range all {
		classes = append(classes, a.function[:3])
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

func (b *brute) tables() map[string][][]string {
	return map[string][][]string{
		"incomeAndExpenditure":      b.t1(),
		"income":                    b.t2(),
		"expenditure":               b.byFunction(func(amount) bool { return true }, func(amount) bool { return true }),
		"fiscalAppropriation":       b.t4(),
		"generalPublicBudget":       b.byFunction(func(amount) bool { return true }, currentOf(model.GeneralPublicBudget)),
		"basicByEconomicCode":       b.t6(),
		"governmentFundIncome":      b.t7(),
		"governmentFundExpenditure": b.byFunction(currentOf(model.GovernmentFund), currentOf(model.GovernmentFund)),
		"stateCapital":              b.t9(),
		"threePublic":               b.t10(),
		"agencyOperating":           b.t11(),
		"projects":                  b.projects(false),
		"projectsCarryOver":         b.projects(true),
	}
}

func currentOf(kind model.FundKind) func(amount) bool {
	return func(a amount) bool { return a.fund == kind && !a.carry }
}

func (b *brute) t1() (rows [][]string) {
	all := b.budget()
	for i, class := range b.allClasses(all) {
		left := []string{"", ""}
		if i < 5 {
			left = []string{fundNames[i], wan(sum(all, currentOf(model.FundKinds[i])))}
		}
		in := under(class)
		rows = append(rows, append(left, numerals[i]+"、"+b.function(class), wan(sum(all, in)),
			wan(sum(all, func(a amount) bool { return in(a) && !a.carry })),
			wan(sum(all, func(a amount) bool { return in(a) && a.carry }))))
	}
	total := wan(sum(all, func(amount) bool { return true }))
	current := wan(sum(all, func(a amount) bool { return !a.carry }))
	carry := wan(sum(all, func(a amount) bool { return a.carry }))
	return append(rows,
		[]string{"本年收入合计", current, "本年支出合计", total, current, carry},
		[]string{"上年结转", carry, "年终结转", "", "", ""},
		[]string{"收入总计", total, "支出总计", total, current, carry})
}

func (b *brute) t2() [][]string {
	all := b.budget()
	line := func(code, name string) []string {
		row := []string{code, name, wan(sum(all, func(a amount) bool { return under(code)(a) && !a.carry }))}
		for _, kind := range model.FundKinds {
			row = append(row, wan(sum(all, func(a amount) bool { return under(code)(a) && !a.carry && a.fund == kind })))
		}
		return append(row, wan(sum(all, func(a amount) bool { return under(code)(a) && a.carry })))
	}
	rows := [][]string{line("", "合计")}
	for _, code := range codesOf(all, func(amount) bool { return true }) {
		rows = append(rows, line(code, b.function(code)))
	}
	return rows
}

// byFunction is the shape of tables 3, 5 and 8.
func (b *brute) byFunction(listed, counted func(amount) bool) [][]string {
	all := b.budget()
	line := func(code, name string) []string {
		in := func(a amount) bool { return under(code)(a) && counted(a) }
		return []string{code, name, wan(sum(all, in)),
			wan(sum(all, func(a amount) bool { return in(a) && !a.project })),
			wan(sum(all, func(a amount) bool { return in(a) && a.project }))}
	}
	rows := [][]string{line("", "合计")}
	for _, code := range codesOf(all, listed) {
		rows = append(rows, line(code, b.function(code)))
	}
	return rows
}

func (b *brute) t4() (rows [][]string) {
	var all []amount
	for _, a := range b.budget() {
		if fiscal(a.fund) {
			all = append(all, a)
		}
	}
	right := func(in func(amount) bool) []string {
		cells := []string{wan(sum(all, in))}
		for _, kind := range model.FundKinds[:3] {
			cells = append(cells, wan(sum(all, func(a amount) bool { return in(a) && a.fund == kind })))
		}
		return cells
	}
	for i, class := range b.allClasses(all) {
		left := []string{"", ""}
		if i < 3 {
			left = []string{fundNames[i], wan(sum(all, currentOf(model.FundKinds[i])))}
		}
		rows = append(rows, append(append(left, numerals[i]+"、"+b.function(class)), right(under(class))...))
	}
	every := func(amount) bool { return true }
	carry := func(a amount) bool { return a.carry }
	rows = append(rows, append([]string{"本年收入合计", wan(sum(all, func(a amount) bool { return !a.carry })), "本年支出合计"}, right(every)...),
		[]string{"上年财政拨款结转", wan(sum(all, carry)), "年终结转", "", "", "", ""})
	for i, kind := range model.FundKinds[:3] {
		rows = append(rows, []string{fundNames[i], wan(sum(all, func(a amount) bool { return a.carry && a.fund == kind })), "", "", "", "", ""})
	}
	return append(rows, append([]string{"收入总计", wan(sum(all, every)), "支出总计"}, right(every)...))
}

func (b *brute) t6() [][]string {
	var all []amount
	pairs := map[string][2]string{}
	for _, a := range b.budget() {
		if !a.project && !a.carry && a.fund == model.GeneralPublicBudget && a.fen != 0 {
			all = append(all, a)
			pairs[a.dept+" "+a.gov] = [2]string{a.dept, a.gov}
		}
	}
	line := func(dept, gov string, in func(amount) bool) []string {
		return []string{dept, gov, wan(sum(all, in)),
			wan(sum(all, func(a amount) bool { return in(a) && a.cost == model.Personnel })),
			wan(sum(all, func(a amount) bool { return in(a) && a.cost == model.Public }))}
	}
	rows := [][]string{line("合计", "", func(amount) bool { return true })}
	var keys []string
	for k := range pairs {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	class := ""
	for _, k := range keys {
		dept, gov := pairs[k][0], pairs[k][1]
		if dept[:3] != class {
			class = dept[:3]
			rows = append(rows, line(b.names(model.DepartmentEconomicCatalogue, class), "", func(a amount) bool { return a.dept[:3] == class }))
		}
		rows = append(rows, line(b.names(model.DepartmentEconomicCatalogue, dept), b.names(model.GovernmentEconomicCatalogue, gov),
			func(a amount) bool { return a.dept == dept && a.gov == gov }))
	}
	return rows
}

// revenueOf adds revenue of a fund kind by every beginning of its code.
func (b *brute) revenueOf(kind model.FundKind) (total int64, codes []string, byCode map[string]int64) {
	byCode = map[string]int64{}
	for _, p := range b.packages {
		for _, r := range p.Revenues {
			if r.FundKind != kind {
				continue
			}
			total += int64(r.Amount)
			if len(r.Codes) == 0 || r.Amount == 0 {
				continue
			}
			leaf := r.Codes[len(r.Codes)-1].Code
			for _, n := range []int{3, 5, 7} {
				if len(leaf) >= n {
					byCode[leaf[:n]] += int64(r.Amount)
				}
			}
		}
	}
	for c := range byCode {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return total, codes, byCode
}

func (b *brute) t7() [][]string {
	total, codes, byCode := b.revenueOf(model.GovernmentFund)
	rows := [][]string{{"", "合计", wan(total)}}
	for _, c := range codes {
		rows = append(rows, []string{c, b.names(model.RevenueCatalogue, c), wan(byCode[c])})
	}
	return rows
}

func (b *brute) t9() [][]string {
	total, codes, byCode := b.revenueOf(model.StateCapital)
	left := [][]string{{"", "合计", wan(total)}}
	for _, c := range codes {
		left = append(left, []string{c, b.names(model.RevenueCatalogue, c), wan(byCode[c])})
	}
	right := b.byFunction(currentOf(model.StateCapital), currentOf(model.StateCapital))
	var rows [][]string
	for i := range max(len(left), len(right)) {
		row := make([]string, 0, 8)
		row = append(row, at(left, i, 3)...)
		rows = append(rows, append(row, at(right, i, 5)...))
	}
	return rows
}

func at(rows [][]string, i, width int) []string {
	if i < len(rows) {
		return rows[i]
	}
	return make([]string, width)
}

func (b *brute) t10() [][]string {
	line := func(name string, codes ...string) []string {
		var by [3]int64
		add := func(code string, fund model.FundKind, fen model.Money) {
			if i := slices.Index(model.FundKinds[:3], fund); i >= 0 && slices.Contains(codes, code) {
				by[i] += int64(fen)
			}
		}
		for _, p := range b.packages {
			for _, l := range p.BasicLines {
				if l.Source != model.CarryOver {
					add(l.DepartmentEconomicCode, l.FundKind, l.Amount)
				}
			}
			for _, q := range p.Projects {
				for _, l := range q.EconomicLines {
					add(l.DepartmentEconomicCode, l.FundKind, l.Amount)
				}
			}
		}
		return []string{name, wan(by[0] + by[1] + by[2]), wan(by[0]), wan(by[1]), wan(by[2])}
	}
	return [][]string{
		line("因公出国（境）费", "30212"), line("公务接待费", "30217"),
		line("公务用车购置及运行费", "31013", "30913", "30231"),
		line("①公务用车购置费", "31013", "30913"), line("②公务用车运行维护费", "30231"),
		line("合计", "30212", "30217", "31013", "30913", "30231"),
	}
}

func (b *brute) t11() [][]string {
	var rows [][]string
	var all [3]int64
	for _, p := range b.packages {
		if p.Unit.Kind == model.PublicInstitution {
			continue
		}
		var by [3]int64
		for _, l := range p.BasicLines {
			if i := slices.Index(model.FundKinds[:3], l.FundKind); i >= 0 && l.CostKind == model.Public && l.Source != model.CarryOver {
				by[i] += int64(l.Amount)
				all[i] += int64(l.Amount)
			}
		}
		rows = append(rows, []string{p.Unit.Name, wan(by[0] + by[1] + by[2]), wan(by[0]), wan(by[1]), wan(by[2])})
	}
	return append([][]string{{"部门合计", wan(all[0] + all[1] + all[2]), wan(all[0]), wan(all[1]), wan(all[2])}}, rows...)
}

// projects is table 12, or 13 for carry-over.
func (b *brute) projects(carry bool) (rows [][]string) {
	kinds := model.FundKinds
	if carry {
		kinds = model.FundKinds[:3]
	}
	for _, p := range b.packages {
		unit := make([]int64, len(kinds))
		var below [][]string
		projects := slices.Clone(p.Projects)
		slices.SortFunc(projects, func(x, y model.ProjectContent) int { return strings.Compare(x.Code, y.Code) })
		for _, q := range projects {
			by := make([]int64, len(kinds))
			for _, r := range q.Budget {
				if i := slices.Index(kinds, r.FundKind); i >= 0 && (r.Source == model.CarryOver) == carry {
					by[i] += int64(r.Amount)
					unit[i] += int64(r.Amount)
				}
			}
			if total(by) != 0 {
				below = append(below, moneyRow(q.Name, by))
			}
		}
		if !carry || total(unit) != 0 {
			rows = append(append(rows, moneyRow(p.Unit.Name, unit)), below...)
		}
	}
	return rows
}

func total(by []int64) (s int64) {
	for _, v := range by {
		s += v
	}
	return s
}

func moneyRow(name string, by []int64) []string {
	row := []string{name, wan(total(by))}
	for _, v := range by {
		row = append(row, wan(v))
	}
	return row
}
