package disclosure

import (
	"cmp"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/render"
)

// Content is all that a document is made from.
type Content struct {
	Outline    *Outline
	Year       int
	Department bool // over all units of the department
	Unit       budget.Unit
	Tables     []render.Table // laid out, in the order of the set
	Sums       []model.Fact   // what the tables were made from
	Names      budget.Names
	Units      []UnitYear // in the order of their paths
	// Shifts are what the change of the total is made of, project by project; nil
	// where last year's records are not to be had.
	Shifts []Shift
	// Mark is on every page of what isn't published, "" once it is.
	Mark string
}

// UnitYear is what one unit of the document has of the year, in the state that the
// tables are of.
type UnitYear struct {
	Unit       budget.Unit
	Department budget.Unit            // its competent department, possibly itself
	Sheet      *model.SheetContent    // nil where none counts
	Projects   []model.ProjectContent // in the order of the records
	Prior      PriorFigures           // last year, from its own records or as entered
}

// facts are what the unit's records count as.
func (u *UnitYear) facts(year int) (facts []model.Fact) {
	owner := budget.Owner{Year: year, Path: u.Unit.Path, Kind: u.Unit.Kind}
	if u.Sheet != nil {
		facts = budget.SheetFacts(owner, u.Sheet, model.RecordVersion{})
	}
	for i := range u.Projects {
		facts = append(facts, budget.ProjectFacts(owner, &u.Projects[i], model.RecordVersion{})...)
	}
	return facts
}

// PriorFigures are last year's, by the name that the outline's figures have; a name
// that is missing leaves the change out of the text.
type PriorFigures map[string]model.Money

// Names of the figures that last year is compared in.
const (
	totalFigure   = "total"
	threePublic   = "threePublic"
	agencyFigure  = "agencyOperating"
	generalFigure = "generalPublicBudget"
)

// threePublicItems are the figures that “三公”经费 is the sum of, in print order.
var threePublicItems = []string{"overseas", "reception", "vehicleOperation", "vehiclePurchase"}

// PriorOf gives the figures that a sheet states of last year.
func PriorOf(p *model.PriorYear) PriorFigures {
	figures := PriorFigures{}
	if p == nil {
		return figures
	}
	for name, amount := range map[string]*model.Money{
		totalFigure: p.Total, generalFigure: p.ByFundKind.GeneralPublicBudget, agencyFigure: p.AgencyOperating,
		"overseas": p.ThreePublic.Overseas, "reception": p.ThreePublic.Reception,
		"vehicleOperation": p.ThreePublic.VehicleOperation, "vehiclePurchase": p.ThreePublic.VehiclePurchase,
	} {
		if amount != nil {
			figures[name] = *amount
		}
	}
	figures.addThreePublic()
	return figures
}

// PriorFromFacts computes the figures from last year's own records.
func (o *Outline) PriorFromFacts(facts []model.Fact) PriorFigures {
	figures := PriorFigures{}
	for _, name := range append([]string{totalFigure, generalFigure, agencyFigure}, threePublicItems...) {
		figures[name] = sumOf(facts, o.Figures[name].Where)
	}
	figures.addThreePublic()
	return figures
}

func (p PriorFigures) addThreePublic() {
	var sum model.Money
	for _, item := range threePublicItems {
		amount, known := p[item]
		if !known {
			return
		}
		sum += amount
	}
	p[threePublic] = sum
}

// prior adds last year's figures of the units; a figure that one of them lacks is
// lacking in the sum.
func (c *Content) prior() PriorFigures {
	total := PriorFigures{}
	if len(c.Units) == 0 {
		return total
	}
	for name := range c.Units[0].Prior {
		known := true
		for i := range c.Units {
			amount, ok := c.Units[i].Prior[name]
			total[name], known = total[name]+amount, known && ok
		}
		if !known {
			delete(total, name)
		}
	}
	return total
}

// Shift is how much a project, or all basic expenditure, has more or less than
// last year.
type Shift struct {
	Name  string
	Delta model.Money
}

// mostShifts is how many shifts a text names; the rest is put together.
const mostShifts = 8

// Attribute compares two years project by project: budget facts go in, the shifts
// that add up to the change of the total come out, the largest first. name gives a
// project's name by unit path and code.
func Attribute(now, before []model.Fact, name func(unit, project string) string) []Shift {
	type key struct{ unit, project string }
	deltas := map[key]model.Money{}
	var basic model.Money
	add := func(facts []model.Fact, sign model.Money) {
		for i := range facts {
			switch f := &facts[i]; {
			case f.Measure != model.MeasureBudget:
			case f.Expenditure == model.BasicExpenditure:
				basic += sign * f.Amount
			default:
				deltas[key{f.UnitPath, f.ProjectCode}] += sign * f.Amount
			}
		}
	}
	add(now, 1)
	add(before, -1)
	var shifts []Shift
	for k, delta := range deltas {
		if delta != 0 {
			shifts = append(shifts, Shift{"“" + name(k.unit, k.project) + "”项目", delta})
		}
	}
	if basic != 0 {
		shifts = append(shifts, Shift{"基本支出", basic})
	}
	slices.SortFunc(shifts, func(a, b Shift) int {
		return cmp.Or(cmp.Compare(size(b.Delta), size(a.Delta)), cmp.Compare(a.Name, b.Name))
	})
	return gather(shifts)
}

func gather(shifts []Shift) []Shift {
	if len(shifts) <= mostShifts {
		return shifts
	}
	rest := Shift{Name: "其余各项合计"}
	for _, s := range shifts[mostShifts-1:] {
		rest.Delta += s.Delta
	}
	return append(shifts[:mostShifts-1:mostShifts-1], rest)
}

func size(m model.Money) model.Money { return max(m, -m) }

func sumOf(facts []model.Fact, where model.Predicate) (sum model.Money) {
	for i := range facts {
		if where.Match(&facts[i]) {
			sum += facts[i].Amount
		}
	}
	return sum
}

// own is the sheet of the unit that publishes; nil where it has none.
func (c *Content) own() *model.SheetContent {
	for i := range c.Units {
		if c.Units[i].Unit.Path == c.Unit.Path {
			return c.Units[i].Sheet
		}
	}
	return nil
}

// serviceCatalogue is the 政府购买服务指导性目录 of all units, each entry once, by code.
func (c *Content) serviceCatalogue() (list []model.PurchasedService) {
	for i := range c.Units {
		if c.Units[i].Sheet != nil {
			list = append(list, c.Units[i].Sheet.PurchasedServices...)
		}
	}
	if len(c.Units) < 2 {
		return list // as its sheet lists it
	}
	slices.SortStableFunc(list, func(a, b model.PurchasedService) int { return cmp.Compare(a.Code, b.Code) })
	return slices.CompactFunc(list, func(a, b model.PurchasedService) bool { return a.Code == b.Code })
}

// assets puts together what the units hold. A number that one of them lacks is
// lacking; texts stand under the units' names where there are several.
func (c *Content) assets() model.Assets {
	var all []model.Assets
	var names []string
	for i := range c.Units {
		if sheet := c.Units[i].Sheet; sheet != nil {
			all, names = append(all, sheet.Assets), append(names, c.Units[i].Unit.Name)
		}
	}
	switch len(all) {
	case 0:
		return model.Assets{}
	case 1:
		return all[0]
	}
	text := func(of func(model.Assets) string) string { return together(all, names, of) }
	return model.Assets{
		Vehicles:     vehicles(all),
		VehiclesNote: text(func(a model.Assets) string { return a.VehiclesNote }),
		Buildings:    text(func(a model.Assets) string { return a.Buildings }),
		Other:        text(func(a model.Assets) string { return a.Other }),
	}
}

func vehicles(all []model.Assets) *int {
	sum := 0
	for _, a := range all {
		if a.Vehicles == nil {
			return nil
		}
		sum += *a.Vehicles
	}
	return &sum
}

// together joins the units' texts, one text alone where all say the same.
func together(all []model.Assets, names []string, of func(model.Assets) string) string {
	var texts []string
	same := true
	for i, a := range all {
		text := clause(of(a))
		same = same && text == clause(of(all[0]))
		if text != "" {
			texts = append(texts, names[i]+"："+text)
		}
	}
	if same {
		return clause(of(all[0]))
	}
	return strings.Join(texts, "；")
}

// form is a project's form with its place in the document.
type form struct {
	No      int
	Unit    *UnitYear
	Project *model.ProjectContent
}

// forms lists the projects with a form: unit after unit, in the order that the
// unit gave its published forms.
func (c *Content) forms() (list []form) {
	for i := range c.Units {
		var own []form
		for j := range c.Units[i].Projects {
			if p := &c.Units[i].Projects[j]; p.Form != nil {
				own = append(own, form{Unit: &c.Units[i], Project: p})
			}
		}
		slices.SortStableFunc(own, func(a, b form) int { return cmp.Compare(place(a.Project), place(b.Project)) })
		list = append(list, own...)
	}
	for i := range list {
		list[i].No = i + 1
	}
	return list
}

// place is a project's place among the published forms; those without come last.
func place(p *model.ProjectContent) int {
	if p.AppendixNo == nil {
		return 1 << 30
	}
	return *p.AppendixNo
}
