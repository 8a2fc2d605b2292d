package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
)

// managedPrefix begins the names of figures over projects with a form:
// managedUnitFunds is spelt managed.unitFunds.
const managedPrefix = "managed."

// figures computes what sentences state, each once, from exact sums.
type figures struct {
	c       *Content
	prior   PriorFigures
	managed map[string]model.Money
	known   map[string]model.Money
}

func newFigures(c *Content) *figures {
	f := &figures{c: c, prior: c.prior(), known: map[string]model.Money{}, managed: map[string]model.Money{}}
	for i := range c.Units {
		for j := range c.Units[i].Projects {
			if p := &c.Units[i].Projects[j]; p.Form != nil {
				f.manage(p)
			}
		}
	}
	for i := range c.Sums {
		if fact := &c.Sums[i]; purchased(fact) {
			f.known["services"] += fact.Amount
		}
	}
	return f
}

// manage counts a project's money among that under performance management.
func (f *figures) manage(p *model.ProjectContent) {
	for _, row := range p.Budget {
		if row.Source == model.CarryOver {
			f.managed["managedCarryOver"] += row.Amount
			continue
		}
		f.managed["managed"] += row.Amount
		f.managed[managedPrefix+string(row.FundKind)] += row.Amount
	}
}

// value gives a figure by name.
func (f *figures) value(name string) (model.Money, error) {
	if strings.HasPrefix(name, "managed") {
		return f.managed[name], nil
	}
	if amount, ok := f.known[name]; ok {
		return amount, nil
	}
	def, ok := f.c.Outline.Figures[name]
	if !ok {
		return 0, fmt.Errorf("no figure %q in the outline", name)
	}
	f.known[name] = sumOf(f.c.Sums, def.Where)
	return f.known[name], nil
}

// label is how findings call a figure.
func (f *figures) label(name string) string {
	if kind, ok := strings.CutPrefix(name, managedPrefix); ok {
		return "纳入绩效管理的" + model.Chinese(model.FundKind(kind))
	}
	return cmp.Or(f.c.Outline.Figures[name].Label, map[string]string{
		"managed": "纳入绩效管理的资金", "managedCarryOver": "纳入绩效管理的上年结转", "services": "政府购买服务预算",
	}[name])
}

// classes splits a figure by 类 of the functional classification, in code order,
// without those that print as nothing.
func (f *figures) classes(name string) ([]Group, error) {
	def, ok := f.c.Outline.Figures[name]
	if !ok {
		return nil, fmt.Errorf("no figure %q in the outline", name)
	}
	sums := map[string]model.Money{}
	for i := range f.c.Sums {
		if fact := &f.c.Sums[i]; def.Where.Match(fact) && len(fact.FunctionCode) >= 3 {
			sums[fact.FunctionCode[:3]] += fact.Amount
		}
	}
	return groups(sums, func(code string) string {
		name, _ := f.c.Names.Name(model.FunctionalCatalogue, code)
		return cmp.Or(name, code)
	}), nil
}

func groups(sums map[string]model.Money, name func(code string) string) (list []Group) {
	for code, amount := range sums {
		if amount.WanFen() != 0 {
			list = append(list, Group{code, name(code), amount})
		}
	}
	slices.SortFunc(list, func(a, b Group) int { return cmp.Compare(a.Code, b.Code) })
	return list
}

// economicNames are the names of the economic codes with money in a figure.
func (f *figures) economicNames(name string) ([]string, error) {
	def, ok := f.c.Outline.Figures[name]
	if !ok {
		return nil, fmt.Errorf("no figure %q in the outline", name)
	}
	var codes []string
	for i := range f.c.Sums {
		if fact := &f.c.Sums[i]; fact.Amount != 0 && fact.DepartmentEconomicCode != "" && def.Where.Match(fact) {
			codes = append(codes, fact.DepartmentEconomicCode)
		}
	}
	slices.Sort(codes)
	var names []string
	for _, code := range slices.Compact(codes) {
		name, _ := f.c.Names.Name(model.DepartmentEconomicCatalogue, code)
		names = append(names, cmp.Or(name, code))
	}
	return names, nil
}

// purchased tells 政府购买服务: procurement with an entry of the service catalogue.
func purchased(f *model.Fact) bool { return f.Measure == model.MeasureProcurement && f.ItemCode != "" }

// services are the purchased services by entry of the catalogue.
func (f *figures) services() []Group {
	sums := map[string]model.Money{}
	for i := range f.c.Sums {
		if fact := &f.c.Sums[i]; purchased(fact) {
			sums[fact.ItemCode] += fact.Amount
		}
	}
	names := map[string]string{}
	for _, s := range f.c.serviceCatalogue() {
		names[s.Code] = cmp.Or(s.Level3, s.Level2, s.Level1)
	}
	return groups(sums, func(code string) string { return cmp.Or(names[code], code) })
}

// hasAgency tells whether any unit of the document is of a kind that has
// 机关运行经费.
func (f *figures) hasAgency() bool {
	kinds := f.c.Outline.Figures[agencyFigure].Where.UnitKinds
	return slices.ContainsFunc(f.c.Units, func(u UnitYear) bool { return slices.Contains(kinds, u.Unit.Kind) })
}
