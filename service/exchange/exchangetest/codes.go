package exchangetest

import (
	"maps"
	"slices"
	"sync"

	"biaochi/model"
	"biaochi/model/catalogue"
)

// Functional codes by the fund that pays them; all stand in the baseline.
var (
	generalFunctions = []string{"2010301", "2010302", "2050204", "2070104", "2080101", "2080505", "2101101", "2101102", "2210201", "21999"}
	fundFunctions    = []string{"2120802", "2120803", "2121301", "2296004"}
	capitalFunctions = []string{"2239999"}
)

// functionsOf lists the functional codes that money of a kind can go to.
func functionsOf(kind model.FundKind) []string {
	switch kind {
	case model.GovernmentFund:
		return fundFunctions
	case model.StateCapital:
		return capitalFunctions
	}
	return generalFunctions
}

// Department economic codes by what they pay; each has a government code for
// every kind of unit in the baseline.
var (
	personnelCodes = []string{"30101", "30102", "30103", "30108", "30110", "30112", "30113", "30199", "30302", "30305"}
	publicCodes    = []string{"30201", "30202", "30205", "30206", "30207", "30211", "30213", "30215", "30216", "30217", "30226", "30228", "30231", "30299", "31002"}
	projectCodes   = []string{"30201", "30202", "30213", "30215", "30216", "30217", "30226", "30227", "30231", "30299", "30305", "31002", "31003", "31007"}
)

// revenuePaths lists paths 类/款/项 for coded revenue of a kind.
var revenuePaths = map[model.FundKind][][]string{
	model.GovernmentFund:       {{"103", "10301", "1030148"}, {"103", "10301", "1030155"}, {"103", "10301", "1030156"}},
	model.StateCapital:         {{"103", "10306"}},
	model.FiscalSpecialAccount: {{"103", "10304"}},
}

// serviceRows is an excerpt of a purchased-service catalogue.
var serviceRows = []model.PurchasedService{
	{Code: "B", Level1: "政府履职辅助性服务"},
	{Code: "B11", Level2: "后勤服务"},
	{Code: "B1101", Level3: "维修保养服务"},
	{Code: "B1102", Level3: "物业管理服务"},
	{Code: "B1104", Level3: "印刷和出版服务"},
}

// baseline is the catalogue that comes with the program.
type baseline struct {
	names   map[model.CatalogueKind]map[string]string
	mapping map[model.UnitKind]map[string]string // department to government code
}

var loadBaseline = sync.OnceValue(func() baseline {
	entries, mappings, err := catalogue.Baseline()
	if err != nil {
		panic(err) // embedded with the program
	}
	b := baseline{map[model.CatalogueKind]map[string]string{}, map[model.UnitKind]map[string]string{}}
	for _, e := range entries {
		put(b.names, e.Kind, e.Code, e.Name)
	}
	for _, m := range mappings {
		put(b.mapping, m.UnitKind, m.DepartmentCode, m.GovernmentCode)
	}
	return b
})

func put[K comparable](into map[K]map[string]string, key K, code, value string) {
	if into[key] == nil {
		into[key] = map[string]string{}
	}
	into[key][code] = value
}

func nameOf(kind model.CatalogueKind, code string) string { return loadBaseline().names[kind][code] }

// functionNames names the functional codes in use and those above them.
func (d *draw) functionNames() []model.FunctionName {
	codes := map[string]bool{}
	for code := range d.functions {
		for _, n := range []int{3, 5, 7} {
			codes[code[:min(n, len(code))]] = true
		}
	}
	var names []model.FunctionName
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		names = append(names, model.FunctionName{Code: code, Name: nameOf(model.FunctionalCatalogue, code)})
	}
	return names
}

// function draws a functional code for money of a kind and remembers it.
func (d *draw) function(kind model.FundKind) string {
	code := pick(d.Rand, functionsOf(kind))
	d.functions[code] = true
	return code
}

func (d *draw) purchasedServices() []model.PurchasedService {
	if len(d.services) == 0 {
		return nil
	}
	return slices.Clone(serviceRows)
}
