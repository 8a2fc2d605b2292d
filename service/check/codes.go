package check

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/budget"
)

// codeHalf is a half of a table with codes in its rows.
type codeHalf struct {
	grid *Grid
	side int
	kind model.CatalogueKind
}

// codeRules are the ties of K03 and what it says of codes and their names.
func codeRules(b *book) {
	for _, half := range b.codeHalves() {
		b.hierarchy(half)
	}
	b.codeNames()
	b.shallowFunctions()
	b.shallowEconomic()
}

func (b *book) codeHalves() (halves []codeHalf) {
	for _, g := range b.order {
		switch g.Def.Rows.Kind {
		case budget.FunctionRows:
			halves = append(halves, codeHalf{g, 0, model.FunctionalCatalogue})
		case budget.RevenueRows:
			halves = append(halves, codeHalf{g, 0, model.RevenueCatalogue})
		case budget.TwoCodeRows:
			halves = append(halves, codeHalf{g, 0, model.RevenueCatalogue}, codeHalf{g, 1, model.FunctionalCatalogue})
		}
	}
	return halves
}

// children gives for every code of the half the places of those right below it,
// and under the total's key those without a parent. A path may skip a level.
func (h codeHalf) children() map[string][]int {
	present := map[string]bool{}
	for i := range h.grid.Lines {
		present[h.grid.Lines[i].Keys[h.side]] = true
	}
	children := map[string][]int{}
	for i := range h.grid.Lines {
		code := h.grid.Lines[i].Keys[h.side]
		if code == "" || code == budget.TotalKey {
			continue
		}
		children[parentOf(code, present)] = append(children[parentOf(code, present)], i)
	}
	return children
}

// parentOf is the longest beginning of a code that is there itself, else the total.
func parentOf(code string, present map[string]bool) string {
	for n := len(code) - 1; n > 0; n-- {
		if present[code[:n]] {
			return code[:n]
		}
	}
	return budget.TotalKey
}

// hierarchy states in every column: parent = sum of children.
func (b *book) hierarchy(h codeHalf) {
	children := h.children()
	for line := range h.grid.Lines {
		code := h.grid.Lines[line].Keys[h.side]
		below := children[code]
		if below == nil {
			continue
		}
		for _, c := range h.grid.figureColumns(h.side) {
			var parts []term
			for _, child := range below {
				parts = append(parts, h.grid.at(child, c))
			}
			t := b.equal("上级科目 = 下级科目之和", h.grid.at(line, c), parts...)
			t.group = string(h.kind) + code
		}
	}
}

// codeNames compares the name beside each code with the package's or the year's,
// and where neither has one, with the other tables'. A code gives one finding.
func (b *book) codeNames() {
	seen := map[string]string{} // kind and code → name first met
	done := map[string]bool{}
	for _, n := range b.namedCodes() {
		want, known := b.in.Names.Name(n.kind, n.code)
		id := string(n.kind) + n.code
		if _, met := seen[id]; !met {
			seen[id] = n.name
		}
		if !known {
			want = seen[id]
		}
		if done[id] || n.name != "" && n.name == want {
			continue
		}
		done[id] = true
		b.wrongName(n, want)
	}
}

// namedCode is a code with the name that stands beside it in a table.
type namedCode struct {
	codeHalf
	code, name string
}

func (b *book) namedCodes() (codes []namedCode) {
	for _, h := range b.codeHalves() {
		for i := range h.grid.Lines {
			if line := &h.grid.Lines[i]; line.Keys[h.side] != "" && line.Keys[h.side] != budget.TotalKey {
				codes = append(codes, namedCode{h, line.Keys[h.side], line.Names[h.side]})
			}
		}
	}
	for _, g := range b.order {
		for i := range g.Lines {
			if line := &g.Lines[i]; g.Def.Rows.Kind == budget.BalanceRows && isClass(g, i) {
				_, name, _ := strings.Cut(line.Names[1], "、")
				codes = append(codes, namedCode{codeHalf{g, 1, model.FunctionalCatalogue}, line.Keys[1], name})
			}
		}
	}
	return codes
}

func (b *book) wrongName(n namedCode, want string) {
	f := b.rule.finding(Fail, "")
	f.Unit, f.Table, f.Row, f.Column = b.in.Unit, n.grid.Def.Key, n.code, n.nameHeading()
	f.Want, f.Got, f.Text = want, n.name, n.name
	f.Message = fmt.Sprintf("《%s》科目 %s 的名称写作“%s”，应为“%s”；请按本年度科目目录或数据包的名称改正。", n.grid.Title, n.code, n.name, want)
	if n.name == "" {
		f.Message = fmt.Sprintf("《%s》科目 %s 没有名称；请在数据包的 functions 或本年度科目目录中补上名称。", n.grid.Title, n.code)
	}
	b.found = append(b.found, f)
}

func (h codeHalf) nameHeading() string {
	for _, c := range h.grid.Def.Columns {
		if c.Kind == budget.NameColumn && c.Side == h.side {
			return c.Heading
		}
	}
	return ""
}

// shallowFunctions warns of money on a code that the catalogue or the package
// divides further, while the table has nothing below it.
func (b *book) shallowFunctions() {
	if !b.has(expenditure) {
		return
	}
	g := b.grids[expenditure]
	divided := b.divided(model.FunctionalCatalogue)
	children := codeHalf{g, 0, model.FunctionalCatalogue}.children()
	column := g.Def.Column("total")
	for i := range g.Lines {
		code, amount := g.Lines[i].Keys[0], g.Lines[i].Figures[column]
		if !divided[code] || children[code] != nil || amount == 0 {
			continue
		}
		f := b.shallow(code, amount, "功能分类", "项级")
		f.Table, f.Row, f.Column = expenditure, code, g.Def.Columns[column].Heading
		f.Got = amount.Wan()
		b.found = append(b.found, f)
	}
}

// shallowEconomic warns of money on a 类 of the economic classification.
func (b *book) shallowEconomic() {
	divided := b.divided(model.DepartmentEconomicCatalogue)
	direct := map[string]model.Money{}
	for i := range b.in.Sums {
		f := &b.in.Sums[i]
		if f.Measure == model.MeasureEconomic && f.Amount != 0 && divided[f.DepartmentEconomicCode] {
			direct[f.DepartmentEconomicCode] += f.Amount
		}
	}
	var codes []string
	for code := range direct {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		f := b.shallow(code, direct[code], "部门预算支出经济分类", "款级")
		f.Text, f.Got = code, direct[code].Yuan()
		b.found = append(b.found, f)
	}
}

func (b *book) shallow(code string, amount model.Money, list, level string) Finding {
	f := b.rule.finding(Fail, fmt.Sprintf("%s科目 %s 直接列支 %s 元，而该科目还有下级科目；请改列到%s科目。", list, code, amount.Yuan(), level))
	f.Severity, f.Unit = Warning, b.in.Unit
	return f
}

// divided gives the codes that have children in the package or the catalogue.
func (b *book) divided(kind model.CatalogueKind) map[string]bool {
	parents := map[string]bool{}
	for _, lexicon := range []budget.Lexicon{b.in.Names.Own, b.in.Names.Catalogue} {
		for code := range lexicon[kind] {
			for n := 3; n < len(code); n++ {
				parents[code[:n]] = true
			}
		}
	}
	return parents
}
