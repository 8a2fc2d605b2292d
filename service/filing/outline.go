package filing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/service/indicator"
)

// outline gives a content in the terms of Differences; that of an empty content is
// empty.
func (c Content) outline() outline {
	if c.Sheet != nil {
		return outlineSheet(c.Sheet)
	}
	if c.Project != nil {
		return outlineProject(c.Project)
	}
	if c.Target != nil {
		return outlineTarget(c.Target)
	}
	return outline{}
}

func outlineProject(p *model.ProjectContent) outline {
	form := p.Form
	if form == nil {
		form = &model.Form{}
	}
	o := outline{fields: []field{
		{"$.code", "项目代码", p.Code}, {"$.name", "项目名称", p.Name}, {"$.functionCode", "功能分类", p.FunctionCode},
		{"$.category", "项目类别", model.Chinese(p.Category)}, {"$.nature", "项目属性", model.Chinese(p.Nature)},
		{"$.appendixNo", "公开附表序号", number(p.AppendixNo)},
	}}
	o.fields = append(o.fields, formFields(form)...)
	o.lists = []list{
		{"$.budget", "项目预算", rowsOf(p.Budget, budgetRow)},
		{"$.economicLines", "经济分类明细", rowsOf(p.EconomicLines, economicRow)},
		{"$.form.indicators", "绩效指标", rowsOf(form.Indicators, indicatorRow)},
	}
	return o
}

func rowsOf[T any](items []T, of func(*T) row) []row {
	rows := make([]row, len(items))
	for i := range items {
		rows[i] = of(&items[i])
	}
	return rows
}

// named puts what a row is about into one name; blanks are left out.
func named(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "·")
}

func formFields(f *model.Form) []field {
	fields := []field{
		{"$.form.name", "表上的项目名称", f.Name},
		{"$.form.periodYears", "项目期年数", number(f.PeriodYears)}, {"$.form.periodStart", "项目期开始年度", number(f.PeriodStart)},
	}
	fields = append(fields, fundFields("$.form.longTermFunds.", "实施期资金", f.LongTermFunds)...)
	fields = append(fields, fundFields("$.form.annualFunds.", "年度资金", f.AnnualFunds)...)
	return append(fields,
		field{"$.form.overview", "项目概况", f.Overview}, field{"$.form.basis", "立项依据", f.Basis},
		field{"$.form.necessity", "项目设立必要性", f.Necessity}, field{"$.form.safeguards", "保证项目实施的制度、措施", f.Safeguards},
		field{"$.form.plan", "项目实施计划", f.Plan}, field{"$.form.longTermGoal", "实施期目标", f.LongTermGoal},
		field{"$.form.annualGoal", "年度目标", f.AnnualGoal}, field{"$.form.responsible", "负责人", f.Responsible},
		field{"$.form.handler", "经办人", f.Handler}, field{"$.form.phone", "联系电话", f.Phone},
		field{"$.form.filedAt", "填报日期", string(f.FiledAt)})
}

func fundFields(path, label string, f model.FormFunds) []field {
	return []field{
		{path + "total", label + "总额", yuan(f.Total)}, {path + "central", label + "中央", yuan(f.Central)},
		{path + "provincial", label + "省级", yuan(f.Provincial)}, {path + "municipalCounty", label + "市县(区)", yuan(f.MunicipalCounty)},
		{path + "selfRaised", label + "单位自筹", yuan(f.SelfRaised)}, {path + "other", label + "其他", yuan(f.Other)},
	}
}

func budgetRow(r *model.BudgetRow) row {
	name := named(model.Chinese(r.FundKind), model.Chinese(r.Source))
	return row{key: string(r.FundKind) + "/" + string(r.Source), name: name, fields: []field{
		{".fundKind", "资金性质", model.Chinese(r.FundKind)}, {".source", "资金来源", model.Chinese(r.Source)}, {".amount", "金额", r.Amount.Yuan()},
	}}
}

func economicRow(l *model.EconomicLine) row {
	r := row{
		key:  l.DepartmentEconomicCode + "/" + string(l.FundKind),
		name: named(l.DepartmentEconomicCode, model.Chinese(l.FundKind)),
		fields: []field{
			{".departmentEconomicCode", "部门经济分类", l.DepartmentEconomicCode}, {".departmentEconomicName", "部门经济分类名称", l.DepartmentEconomicName},
			{".fundKind", "资金性质", model.Chinese(l.FundKind)}, {".amount", "金额", l.Amount.Yuan()},
		},
	}
	r.fields = append(r.fields, procurementFields(l.Procurement)...)
	return r
}

// procurementFields are the parts of a line as fields: they have no row of their own.
func procurementFields(lines []model.ProcurementLine) []field {
	var fields []field
	for i, l := range lines {
		label := "政府采购" + model.Chinese(l.Kind)
		if l.ServiceCode != "" {
			label += "（" + l.ServiceCode + "）"
		}
		fields = append(fields, field{fmt.Sprintf(".procurement[%d].amount", i), label, l.Amount.Yuan()})
	}
	return fields
}

// indicatorRow is known by levels and name; renamed, by its levels.
func indicatorRow(r *model.Indicator) row {
	longTerm, annual := target(r.LongTerm), target(r.Annual)
	name := annual.Name
	if name == "" {
		name = longTerm.Name
	}
	group := r.Level1 + "/" + r.Level2
	fields := []field{{".level1", "一级指标", levelName(r.Level1, "")}, {".level2", "二级指标", levelName(r.Level1, r.Level2)}}
	fields = append(fields, targetFields(".longTerm", "实施期", longTerm)...)
	fields = append(fields, targetFields(".annual", "年度", annual)...)
	if name == "" {
		name = levelName(r.Level1, r.Level2)
	}
	return row{key: group + "/" + name, group: group, name: name, fields: fields}
}

func target(t *model.Target) model.Target {
	if t == nil {
		return model.Target{}
	}
	return *t
}

func targetFields(path, label string, t model.Target) []field {
	return []field{
		{path + ".name", label + "指标名称", t.Name}, {path + ".value", label + "指标值", t.Value},
		{path + ".weight", label + "权重", t.Weight.Number()}, {path + ".explanation", label + "指标解释", t.Explanation},
		{path + ".basis", label + "设定依据", t.Basis}, {path + ".source", label + "数据来源", t.Source},
		{path + ".evidence", label + "佐证资料", t.Evidence}, {path + ".scoring", label + "评分标准", t.Scoring},
	}
}

// levelNames are the Chinese words of all trees by "level1/level2"; later trees win.
var levelNames = func() map[string]string {
	names := map[string]string{}
	for _, tree := range indicator.Trees() {
		for _, l1 := range tree.Levels {
			names[l1.Key+"/"] = l1.Name
			for _, l2 := range l1.Children {
				names[l1.Key+"/"+l2.Key] = l2.Name
			}
		}
	}
	return names
}()

func levelName(level1, level2 string) string {
	if name, ok := levelNames[level1+"/"+level2]; ok {
		return name
	}
	if level2 == "" {
		return level1
	}
	return level2
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func yuan(m *model.Money) string {
	if m == nil {
		return ""
	}
	return m.Yuan()
}
