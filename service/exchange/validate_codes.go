package exchange

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
)

// codeBook is what a package may refer to: the year's catalogues, what the
// package itself names, and its rows of the purchased-service catalogue.
type codeBook struct {
	functional, department, government, revenue codeList
	services                                    map[string]bool
}

// codeList is one catalogue with the codes that a package adds to it.
type codeList struct {
	title   string
	lengths []int
	levels  string // the lengths in words
	remedy  string // how a package names a code
	look    Lookup
	named   map[string]bool
}

func newCodeBook(p *Package, c Codes) codeBook {
	book := codeBook{
		functional: codeList{"功能分类编码", []int{3, 5, 7}, "三、五或七位", "在 $.functions 中写明编码和名称", c.Functional, map[string]bool{}},
		department: codeList{"部门预算支出经济分类编码", []int{3, 5}, "三或五位", "在该行写明 departmentEconomicName", c.DepartmentEconomic, map[string]bool{}},
		government: codeList{"政府预算支出经济分类编码", []int{3, 5}, "三或五位", "在该行写明 governmentEconomicName", c.GovernmentEconomic, map[string]bool{}},
		revenue:    codeList{"收入科目编码", []int{3, 5, 7}, "三、五或七位", "在 codes 中写明该编码的 name", c.Revenue, map[string]bool{}},
		services:   map[string]bool{},
	}
	for _, f := range p.Functions {
		book.functional.name(f.Code, f.Name)
	}
	for _, line := range p.Revenues {
		for _, step := range line.Codes {
			book.revenue.name(step.Code, step.Name)
		}
	}
	for _, line := range p.BasicLines {
		book.department.name(line.DepartmentEconomicCode, line.DepartmentEconomicName)
		book.government.name(line.GovernmentEconomicCode, line.GovernmentEconomicName)
	}
	for i := range p.Projects {
		book.nameEconomic(p.Projects[i].EconomicLines)
	}
	for _, s := range p.PurchasedServices {
		book.services[s.Code] = true
	}
	return book
}

func (b *codeBook) nameEconomic(lines []model.EconomicLine) {
	for _, line := range lines {
		b.department.name(line.DepartmentEconomicCode, line.DepartmentEconomicName)
	}
}

// name takes a code that the package names; a blank name names nothing.
func (l *codeList) name(code, name string) {
	if strings.TrimSpace(name) != "" {
		l.named[code] = true
	}
}

// knows tells whether the catalogue or the package has a code.
func (l *codeList) knows(code string) bool {
	if l.named[code] {
		return true
	}
	if l.look == nil {
		return false
	}
	_, ok := l.look(code)
	return ok
}

// problem says what is wrong with a code itself, "" where nothing is.
func (l *codeList) problem(code string) string {
	switch {
	case code == "":
		return "" // reading refuses it where it is required
	case !onlyDigits(code) || !slices.Contains(l.lengths, len(code)):
		return fmt.Sprintf("%s “%s” 应为%s数字", l.title, quoted(code), l.levels)
	case !l.knows(code):
		return fmt.Sprintf("%s “%s” 不在该年度目录中，本包也未给出名称；请改正，或%s", l.title, code, l.remedy)
	}
	return ""
}

// orphan says that a code above a known one isn't known, without which a table
// has no row for the sum; "" where all are.
func (l *codeList) orphan(code string) string {
	for _, n := range l.lengths {
		if n < len(code) && !l.knows(code[:n]) {
			return fmt.Sprintf("%s “%s” 的上级 “%s” 不在该年度目录中，本包也未给出名称；请改正，或%s", l.title, code, code[:n], l.remedy)
		}
	}
	return ""
}
