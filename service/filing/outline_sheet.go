package filing

import (
	"fmt"
	"strings"

	"biaochi/model"
)

func outlineSheet(s *model.SheetContent) outline {
	prior := s.PriorYear
	if prior == nil {
		prior = &model.PriorYear{}
	}
	o := outline{fields: headFields(s)}
	o.fields = append(o.fields, priorFields(prior, s.PriorYear != nil)...)
	o.fields = append(o.fields,
		field{"$.explanations.totalChange", "收支增减变化说明", s.Explanations.TotalChange},
		field{"$.explanations.generalPublicBudgetChange", "一般公共预算增减变化说明", s.Explanations.GeneralPublicBudgetChange},
		field{"$.explanations.threePublicChange", "“三公”经费增减变化说明", s.Explanations.ThreePublicChange},
		field{"$.explanations.agencyOperating", "机关运行经费说明", s.Explanations.AgencyOperating},
		field{"$.assets.vehicles", "车辆数", number(s.Assets.Vehicles)}, field{"$.assets.vehiclesNote", "车辆说明", s.Assets.VehiclesNote},
		field{"$.assets.buildings", "房屋", s.Assets.Buildings}, field{"$.assets.other", "其他资产", s.Assets.Other})
	o.lists = []list{
		{"$.functions", "功能分类名称", rowsOf(s.Functions, functionRow)},
		{"$.revenues", "收入明细", rowsOf(s.Revenues, revenueRow)},
		{"$.basicLines", "基本支出", rowsOf(s.BasicLines, basicRow)},
		{"$.purchasedServices", "政府购买服务目录", rowsOf(s.PurchasedServices, serviceRow)},
	}
	return o
}

func headFields(s *model.SheetContent) []field {
	approval := s.Approval
	if approval == nil {
		approval = &model.ApprovalRef{}
	}
	u := &s.Unit
	return []field{
		{"$.unit.code", "单位代码", u.Code}, {"$.unit.name", "单位名称", u.Name}, {"$.unit.kind", "单位性质", model.Chinese(u.Kind)},
		{"$.unit.parentCode", "主管部门代码", u.ParentCode}, {"$.unit.regionCode", "区划代码", u.RegionCode},
		{"$.unit.shortName", "单位简称", u.ShortName}, {"$.unit.regionName", "区划名称", u.RegionName},
		{"$.unit.duties", "单位职责", u.Duties}, {"$.unit.organization", "机构设置", strings.Join(u.Organization, "\n")},
		{"$.approval.number", "批复文号", approval.Number}, {"$.approval.date", "批复日期", string(approval.Date)},
	}
}

func priorFields(p *model.PriorYear, given bool) []field {
	year := ""
	if given {
		year = fmt.Sprint(p.Year)
	}
	const label, path = "上年", "$.priorYear."
	return []field{
		{path + "year", label + "年度", year}, {path + "total", label + "总额", yuan(p.Total)},
		{path + "byFundKind.generalPublicBudget", label + "一般公共预算", yuan(p.ByFundKind.GeneralPublicBudget)},
		{path + "byFundKind.governmentFund", label + "政府性基金预算", yuan(p.ByFundKind.GovernmentFund)},
		{path + "byFundKind.stateCapital", label + "国有资本经营预算", yuan(p.ByFundKind.StateCapital)},
		{path + "byFundKind.fiscalSpecialAccount", label + "财政专户管理资金", yuan(p.ByFundKind.FiscalSpecialAccount)},
		{path + "byFundKind.unitFunds", label + "单位资金", yuan(p.ByFundKind.UnitFunds)},
		{path + "threePublic.overseas", label + "因公出国（境）费", yuan(p.ThreePublic.Overseas)},
		{path + "threePublic.reception", label + "公务接待费", yuan(p.ThreePublic.Reception)},
		{path + "threePublic.vehiclePurchase", label + "公务用车购置费", yuan(p.ThreePublic.VehiclePurchase)},
		{path + "threePublic.vehicleOperation", label + "公务用车运行维护费", yuan(p.ThreePublic.VehicleOperation)},
		{path + "agencyOperating", label + "机关运行经费", yuan(p.AgencyOperating)},
	}
}

func functionRow(f *model.FunctionName) row {
	return row{key: f.Code, name: f.Code, fields: []field{{".code", "功能分类", f.Code}, {".name", "名称", f.Name}}}
}

func revenueRow(r *model.RevenueLine) row {
	var codes, names []string
	for _, c := range r.Codes {
		codes, names = append(codes, c.Code), append(names, c.Name)
	}
	path := strings.Join(codes, "/")
	return row{
		key: string(r.FundKind) + "/" + path, name: named(model.Chinese(r.FundKind), path),
		fields: []field{
			{".fundKind", "资金性质", model.Chinese(r.FundKind)}, {".codes", "收入分类", path},
			{".codes.name", "收入分类名称", strings.Trim(strings.Join(names, "/"), "/")}, {".amount", "金额", r.Amount.Yuan()},
		},
	}
}

func basicRow(l *model.BasicLine) row {
	code := strings.Join([]string{l.FunctionCode, l.DepartmentEconomicCode, l.GovernmentEconomicCode}, "/")
	cost := model.Chinese(l.CostKind)
	r := row{
		key:  strings.Join([]string{code, string(l.FundKind), string(l.Source), string(l.CostKind)}, "/"),
		name: named(code, model.Chinese(l.FundKind), model.Chinese(l.Source), cost),
		fields: []field{
			{".functionCode", "功能分类", l.FunctionCode},
			{".departmentEconomicCode", "部门经济分类", l.DepartmentEconomicCode}, {".departmentEconomicName", "部门经济分类名称", l.DepartmentEconomicName},
			{".governmentEconomicCode", "政府经济分类", l.GovernmentEconomicCode}, {".governmentEconomicName", "政府经济分类名称", l.GovernmentEconomicName},
			{".fundKind", "资金性质", model.Chinese(l.FundKind)}, {".source", "资金来源", model.Chinese(l.Source)},
			{".costKind", "经费类别", cost}, {".amount", "金额", l.Amount.Yuan()},
		},
	}
	r.fields = append(r.fields, procurementFields(l.Procurement)...)
	return r
}

func serviceRow(s *model.PurchasedService) row {
	return row{key: s.Code, name: s.Code, fields: []field{
		{".code", "目录编码", s.Code}, {".level1", "一级目录", s.Level1}, {".level2", "二级目录", s.Level2}, {".level3", "三级目录", s.Level3},
	}}
}
