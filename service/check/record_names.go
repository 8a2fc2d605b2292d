package check

import (
	"fmt"

	"biaochi/model"
)

// writtenName is a name that a package gives to a code, with the field it stands in.
type writtenName struct {
	kind              model.CatalogueKind
	code, name, field string
}

// sheetNamesOf gives every name of a sheet, in the order of the package.
func sheetNamesOf(s *model.SheetContent) (names []writtenName) {
	add := func(kind model.CatalogueKind, code, name, field string, places ...any) {
		if name != "" {
			names = append(names, writtenName{kind, code, name, fmt.Sprintf(field, places...)})
		}
	}
	for i, f := range s.Functions {
		add(model.FunctionalCatalogue, f.Code, f.Name, "functions[%d].name", i)
	}
	for i, r := range s.Revenues {
		for j, c := range r.Codes {
			add(model.RevenueCatalogue, c.Code, c.Name, "revenues[%d].codes[%d].name", i, j)
		}
	}
	for i := range s.BasicLines {
		l := &s.BasicLines[i]
		add(model.DepartmentEconomicCatalogue, l.DepartmentEconomicCode, l.DepartmentEconomicName, "basicLines[%d].departmentEconomicName", i)
		add(model.GovernmentEconomicCatalogue, l.GovernmentEconomicCode, l.GovernmentEconomicName, "basicLines[%d].governmentEconomicName", i)
	}
	return names
}

// namedOnce is K03 over a sheet: a code has one name in a package. The names of
// functions[] are there to be printed, so two of them are an error.
func namedOnce(p *probe) {
	first := map[[2]string]string{}
	for _, n := range sheetNamesOf(p.unit.Sheet) {
		p.checked++
		id := [2]string{string(n.kind), n.code}
		name, twice := first[id]
		if !twice {
			first[id] = n.name
			continue
		}
		if name == n.name {
			continue
		}
		severity := Warning
		if n.kind == model.FunctionalCatalogue {
			severity = Error
		}
		p.fail(Finding{
			Severity: severity, Field: n.field, Text: n.name, Want: name, Got: n.name,
			Message: fmt.Sprintf("科目 %s 在数据包中有两个名称：“%s”和“%s”；请只保留一个。", n.code, name, n.name),
		})
	}
}

// sheetNames is E03 over a sheet: names of codes against the year's catalogue.
func sheetNames(p *probe) {
	for _, n := range sheetNamesOf(p.unit.Sheet) {
		p.name(n)
	}
}

// projectNames is E03 over a project's economic lines.
func projectNames(p *probe) {
	for i := range p.project.EconomicLines {
		l := &p.project.EconomicLines[i]
		p.name(writtenName{
			model.DepartmentEconomicCatalogue, l.DepartmentEconomicCode, l.DepartmentEconomicName,
			fmt.Sprintf("economicLines[%d].departmentEconomicName", i),
		})
	}
}

// name compares a written name with the catalogue's; the package's name is the one
// that tables print, so a difference is worth knowing and no error.
func (p *probe) name(n writtenName) {
	want, known := p.in.Names.Catalogue[n.kind][n.code]
	if !known || n.name == "" {
		return
	}
	p.checked++
	if n.name != want {
		p.fail(Finding{
			Field: n.field, Want: want, Got: n.name, Text: n.name,
			Message: fmt.Sprintf("科目 %s 的名称写作“%s”，本年度目录为“%s”；公开表采用前者，请确认无误。", n.code, n.name, want),
		})
	}
}
