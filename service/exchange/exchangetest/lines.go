package exchangetest

import (
	"slices"

	"biaochi/model"
	"biaochi/service/exchange"
)

// basicLines draws lines with different keys; the first five are of the five fund
// kinds, every seventh or so is last year's money.
func (d *draw) basicLines() []model.BasicLine {
	var lines []model.BasicLine
	for len(lines) < d.o.BasicLines {
		line := d.basicLine(len(lines))
		if !slices.ContainsFunc(lines, func(l model.BasicLine) bool { return sameKey(l, line) }) {
			line.Procurement = d.procurement(line.DepartmentEconomicCode, line.Amount)
			lines = append(lines, line)
		}
	}
	return lines
}

func sameKey(a, b model.BasicLine) bool {
	return a.FunctionCode == b.FunctionCode && a.DepartmentEconomicCode == b.DepartmentEconomicCode &&
		a.GovernmentEconomicCode == b.GovernmentEconomicCode && a.FundKind == b.FundKind &&
		a.Source == b.Source && a.CostKind == b.CostKind
}

func (d *draw) basicLine(i int) model.BasicLine {
	line := model.BasicLine{
		FundKind: d.fundKind(i), Source: model.CurrentYear, CostKind: pick(d.Rand, model.CostKinds), Amount: d.amount(),
	}
	if i >= len(model.FundKinds) && d.chance(15) {
		line.Source = model.CarryOver
	}
	line.FunctionCode = d.function(line.FundKind)
	codes := publicCodes
	if line.CostKind == model.Personnel {
		codes = personnelCodes
	}
	line.DepartmentEconomicCode = pick(d.Rand, codes)
	line.GovernmentEconomicCode = loadBaseline().mapping[d.o.Kind][line.DepartmentEconomicCode]
	if d.chance(50) {
		line.DepartmentEconomicName = nameOf(model.DepartmentEconomicCatalogue, line.DepartmentEconomicCode)
		line.GovernmentEconomicName = nameOf(model.GovernmentEconomicCatalogue, line.GovernmentEconomicCode)
	}
	return line
}

// fundKind takes the five kinds in turn and then mostly general public budget.
func (d *draw) fundKind(i int) model.FundKind {
	switch {
	case i < len(model.FundKinds):
		return model.FundKinds[i]
	case d.chance(60):
		return model.GeneralPublicBudget
	}
	return pick(d.Rand, model.FundKinds)
}

// procurement draws what is bought out of a line for goods and services, at most
// a row a kind and never more than the line.
func (d *draw) procurement(economicCode string, line model.Money) []model.ProcurementLine {
	if code := economicCode[:3]; code != "302" && code != "310" || d.chance(60) {
		return nil
	}
	var rows []model.ProcurementLine
	for _, kind := range model.ProcurementKinds {
		amount := d.part(line)
		if amount == 0 || d.chance(40) {
			continue
		}
		line -= amount
		row := model.ProcurementLine{Kind: kind, Amount: amount}
		if kind == model.Services && d.chance(70) {
			row.ServiceCode = pick(d.Rand, serviceRows[2:]).Code
			d.services[row.ServiceCode] = true
		}
		rows = append(rows, row)
	}
	return rows
}

// revenues states for every kind but the general public budget what the
// current-year budget spends, in one line or two.
func (d *draw) revenues(p *exchange.Package) []model.RevenueLine {
	var lines []model.RevenueLine
	for _, kind := range model.FundKinds[1:] {
		left := currentYear(p, kind)
		paths := revenuePaths[kind]
		for i := 0; left > 0; i++ {
			line := model.RevenueLine{FundKind: kind, Amount: left}
			if i+1 < len(paths) && d.chance(50) {
				line.Amount = 1 + d.part(left-1)
			}
			if i < len(paths) {
				line.Codes = d.path(paths[i])
			}
			left -= line.Amount
			lines = append(lines, line)
		}
	}
	return lines
}

func (d *draw) path(codes []string) []model.RevenueCode {
	named := d.chance(50)
	var path []model.RevenueCode
	for _, code := range codes {
		step := model.RevenueCode{Code: code}
		if named {
			step.Name = nameOf(model.RevenueCatalogue, code)
		}
		path = append(path, step)
	}
	return path
}

// currentYear adds this year's money of a kind, basic and project.
func currentYear(p *exchange.Package, kind model.FundKind) (sum model.Money) {
	for _, line := range p.BasicLines {
		if line.FundKind == kind && line.Source == model.CurrentYear {
			sum += line.Amount
		}
	}
	for _, project := range p.Projects {
		for _, row := range project.Budget {
			if row.FundKind == kind && row.Source == model.CurrentYear {
				sum += row.Amount
			}
		}
	}
	return sum
}
