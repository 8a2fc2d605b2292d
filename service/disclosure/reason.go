package disclosure

import (
	"cmp"
	"slices"
	"strings"

	"biaochi/model"
)

// explanationOf gives what a sheet says under a name, "" where it says nothing.
func explanationOf(sheet *model.SheetContent, name string) string {
	if sheet == nil {
		return ""
	}
	e := sheet.Explanations
	return strings.TrimSpace(map[string]string{
		"totalChange": e.TotalChange, "generalPublicBudgetChange": e.GeneralPublicBudgetChange,
		"threePublicChange": e.ThreePublicChange, "agencyOperating": e.AgencyOperating,
	}[name])
}

// reasonOf is an explanation, else the one of the total change.
func reasonOf(sheet *model.SheetContent, name string) string {
	return cmp.Or(explanationOf(sheet, name), explanationOf(sheet, "totalChange"))
}

// mostReasons is how many units' reasons a department gives.
const mostReasons = 3

// reason says why a figure is what it is against last year: for a unit its own
// words, for a department the words of those units that moved it most in the
// direction that it took, since what moved one unit may not have moved the whole.
func (c *Content) reason(figure, explanation string, amount model.Money) string {
	before, known := c.prior()[figure]
	if !c.Department || len(c.Units) < 2 || !known {
		return reasonOf(c.own(), explanation)
	}
	type moved struct {
		text string
		size model.Money
	}
	var units []moved
	where := c.Outline.Figures[figure].Where
	for i := range c.Units {
		u := &c.Units[i]
		delta := sumOf(u.facts(c.Year), where) - u.Prior[figure]
		text := clause(reasonOf(u.Sheet, explanation))
		if text != "" && delta.WanFen() != 0 && (delta > 0) == (amount > before) {
			units = append(units, moved{u.Unit.Name + "：" + text, size(delta)})
		}
	}
	if units == nil {
		return reasonOf(c.own(), explanation)
	}
	slices.SortStableFunc(units, func(a, b moved) int { return cmp.Compare(b.size, a.size) })
	var texts []string
	for _, m := range units[:min(len(units), mostReasons)] {
		texts = append(texts, m.text)
	}
	return strings.Join(texts, "；")
}
