package exchange

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// Lookup finds a code in one catalogue of the package's year; ok is false where
// the catalogue doesn't have it. A nil Lookup is an empty catalogue.
type Lookup func(code string) (name string, ok bool)

// Codes are the catalogues of the package's year (收支分类科目).
type Codes struct {
	Functional         Lookup
	DepartmentEconomic Lookup
	GovernmentEconomic Lookup
	Revenue            Lookup
}

// Validate says what a well-formed package holds that can't be a record: unknown
// codes, the same line twice, broken references. It never looks at sums, names or
// targets, which are for service/check to judge.
func (p *Package) Validate(c Codes) []model.Problem {
	v := &validator{p: p, codes: newCodeBook(p, c)}
	v.unit()
	v.functions()
	v.revenues()
	v.basicLines()
	v.projects()
	return v.problems
}

// validator collects the problems of one package, in the order of its file.
type validator struct {
	p        *Package
	codes    codeBook
	problems []model.Problem
}

func (v *validator) add(path, format string, args ...any) {
	v.problems = append(v.problems, model.Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (v *validator) unit() {
	if v.p.Unit.ParentCode != "" && v.p.Unit.ParentCode == v.p.Unit.Code {
		v.add("$.unit.parentCode", "主管部门代码 “%s” 就是本单位代码；本单位即主管部门时请删去此键", quoted(v.p.Unit.ParentCode))
	}
}

func (v *validator) functions() {
	for i, f := range v.p.Functions {
		v.code(fmt.Sprintf("$.functions[%d].code", i), &v.codes.functional, f.Code)
	}
}

func (v *validator) revenues() {
	for i, line := range v.p.Revenues {
		before := ""
		for j, step := range line.Codes {
			path := fmt.Sprintf("$.revenues[%d].codes[%d].code", i, j)
			if v.code(path, &v.codes.revenue, step.Code) {
				v.step(path, before, step.Code)
			}
			before = step.Code
		}
	}
}

// step reports a revenue code that can't follow the one before on its path.
func (v *validator) step(path, before, code string) {
	if len(code) <= len(before) || !strings.HasPrefix(code, before) {
		v.add(path, "收入科目应按类、款、项逐级细化：“%s” 应以上一级 “%s” 开头并比它长", code, quoted(before))
	}
}

func (v *validator) basicLines() {
	type key struct {
		function, department, government string
		fund                             model.FundKind
		source                           model.Source
		cost                             model.CostKind
	}
	first := places[key]{}
	for i, line := range v.p.BasicLines {
		path := fmt.Sprintf("$.basicLines[%d]", i)
		first.check(v, path, "功能分类、两个经济分类、资金性质、资金年度和经费类别都", key{
			line.FunctionCode, line.DepartmentEconomicCode, line.GovernmentEconomicCode,
			line.FundKind, orCurrent(line.Source), line.CostKind,
		})
		v.function(path, line.FunctionCode)
		v.code(path+".departmentEconomicCode", &v.codes.department, line.DepartmentEconomicCode)
		v.code(path+".governmentEconomicCode", &v.codes.government, line.GovernmentEconomicCode)
		v.procurement(path, line.Procurement)
	}
}

func (v *validator) projects() {
	first := places[string]{}
	for i := range v.p.Projects {
		project := &v.p.Projects[i]
		path := fmt.Sprintf("$.projects[%d]", i)
		first.check(v, path+".code", "项目代码", project.Code)
		v.function(path, project.FunctionCode)
		v.budget(path, project.Budget)
		v.economicLines(path, project.EconomicLines)
	}
}

func (v *validator) budget(project string, rows []model.BudgetRow) {
	type key struct {
		fund   model.FundKind
		source model.Source
	}
	first := places[key]{}
	for i, row := range rows {
		path := fmt.Sprintf("%s.budget[%d]", project, i)
		first.check(v, path, "资金性质和资金年度都", key{row.FundKind, orCurrent(row.Source)})
	}
}

func (v *validator) economicLines(project string, lines []model.EconomicLine) {
	type key struct {
		code string
		fund model.FundKind
	}
	first := places[key]{}
	for i, line := range lines {
		path := fmt.Sprintf("%s.economicLines[%d]", project, i)
		first.check(v, path, "经济分类和资金性质都", key{line.DepartmentEconomicCode, line.FundKind})
		v.code(path+".departmentEconomicCode", &v.codes.department, line.DepartmentEconomicCode)
		v.procurement(path, line.Procurement)
	}
}

func (v *validator) procurement(line string, rows []model.ProcurementLine) {
	for i, row := range rows {
		if row.ServiceCode != "" && !v.codes.services[row.ServiceCode] {
			v.add(fmt.Sprintf("%s.procurement[%d].serviceCode", line, i),
				"政府购买服务目录编码 “%s” 不在 $.purchasedServices 中，请补入目录或改正编码", quoted(row.ServiceCode))
		}
	}
}

// function checks the functional code of a line or project. One that the package
// names was checked there, so that one missing parent isn't told for every line.
func (v *validator) function(path, code string) {
	if !v.codes.functional.named[code] {
		v.code(path+".functionCode", &v.codes.functional, code)
	}
}

// code reports what is wrong with a code and tells whether nothing is.
func (v *validator) code(path string, list *codeList, code string) bool {
	problem := list.problem(code)
	if problem == "" {
		problem = list.orphan(code)
	}
	if problem != "" {
		v.add(path, "%s", problem)
	}
	return problem == ""
}

// places remembers where a key stood first.
type places[K comparable] map[K]string

// check reports a key that stood before, naming both places.
func (first places[K]) check(v *validator, path, what string, key K) {
	if earlier, twice := first[key]; twice {
		v.add(path, "重复：%s与 %s 相同（%s 与 %s），请合并或删去一处", what, earlier, earlier, path)
		return
	}
	first[key] = path
}

func orCurrent(s model.Source) model.Source {
	if s == "" {
		return model.CurrentYear
	}
	return s
}
