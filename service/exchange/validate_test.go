package exchange_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/catalogue"
	"biaochi/service/exchange"
)

// baseline gives the catalogues that hold for every year without its own list.
func baseline(t testing.TB) exchange.Codes {
	t.Helper()
	entries, _, err := catalogue.Baseline()
	if err != nil {
		t.Fatal(err)
	}
	names := map[model.CatalogueKind]map[string]string{}
	for _, e := range entries {
		if names[e.Kind] == nil {
			names[e.Kind] = map[string]string{}
		}
		names[e.Kind][e.Code] = e.Name
	}
	look := func(kind model.CatalogueKind) exchange.Lookup {
		return func(code string) (string, bool) {
			name, ok := names[kind][code]
			return name, ok
		}
	}
	return exchange.Codes{
		Functional:         look(model.FunctionalCatalogue),
		DepartmentEconomic: look(model.DepartmentEconomicCatalogue),
		GovernmentEconomic: look(model.GovernmentEconomicCatalogue),
		Revenue:            look(model.RevenueCatalogue),
	}
}

func TestValidateAcceptsTheRichPackage(t *testing.T) {
	if got := decode(t, rich(t)).Validate(baseline(t)); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestValidateRefuses(t *testing.T) {
	cases := []struct {
		name, old, new string
		path, message  string
	}{
		{"parent is the unit", `"parentCode": "705"`, `"parentCode": "705003"`, "$.unit.parentCode", "就是本单位代码"},
		{"function unknown", `"functionCode": "20799"`, `"functionCode": "20788"`, "$.projects[2].functionCode", "“20788” 不在该年度目录中，本包也未给出名称"},
		{"function of six digits", `"functionCode": "20799"`, `"functionCode": "207990"`, "$.projects[2].functionCode", "三、五或七位数字"},
		{"function with letters", `"functionCode": "20799"`, `"functionCode": "2079A"`, "$.projects[2].functionCode", "三、五或七位数字"},
		{"function with wide digits", `"functionCode": "20799"`, `"functionCode": "２０７"`, "$.projects[2].functionCode", "三、五或七位数字"},
		{"named function malformed", `"code": "20799"`, `"code": "2079"`, "$.functions[3].code", "三、五或七位数字"},
		{"named function without parent", `"code": "20701"`, `"code": "29901"`, "$.functions[1].code", "上级 “299”"},
		{"department code unknown", `"departmentEconomicCode": "31002"`, `"departmentEconomicCode": "31088"`, "$.projects[0].economicLines[1].departmentEconomicCode", "departmentEconomicName"},
		{"department code of seven digits", `"departmentEconomicCode": "31002"`, `"departmentEconomicCode": "3100201"`, "$.projects[0].economicLines[1].departmentEconomicCode", "三或五位数字"},
		{"department code without parent", `"departmentEconomicCode": "30213"`, `"departmentEconomicCode": "39801"`, "$.projects[0].economicLines[0].departmentEconomicCode", "上级 “398”"},
		{"government code unknown", `"governmentEconomicCode": "50502",
   "fundKind": "unitFunds"`, `"governmentEconomicCode": "50588","fundKind": "unitFunds"`, "$.basicLines[3].governmentEconomicCode", "governmentEconomicName"},
		{"revenue code unknown", `"code": "10304"`, `"code": "10388"`, "$.revenues[1].codes[1].code", "写明该编码的 name"},
		{"revenue path broken", `"code": "10304"`, `"code": "11001"`, "$.revenues[1].codes[1].code", "以上一级 “103” 开头"},
		{"revenue path standing still", `"code": "10304"`, `"code": "103"`, "$.revenues[1].codes[1].code", "并比它长"},
		{"revenue code without parent", `{
     "code": "103"
    },
    {
     "code": "10304"
    }`, `{"code": "99901", "name": "自定收入"}`, "$.revenues[1].codes[0].code", "上级 “999”"},
		{"project twice", `"code": "705003-03"`, `"code": "705003-01"`, "$.projects[2].code", "$.projects[0].code 与 $.projects[2].code"},
		{"budget row twice", `"source": "carryOver",
     "amount": "15000.00"`, `"amount": "15000.00"`, "$.projects[0].budget[2]", "$.projects[0].budget[0] 与 $.projects[0].budget[2]"},
		{"economic line twice", `"departmentEconomicCode": "31002",
     "fundKind": "governmentFund"`, `"departmentEconomicCode": "30213","fundKind": "generalPublicBudget"`, "$.projects[0].economicLines[1]", "$.projects[0].economicLines[0]"},
		{"basic line twice", `"source": "carryOver",
   "costKind"`, `"costKind"`, "$.basicLines[2]", "$.basicLines[1] 与 $.basicLines[2]"},
		{"service not in the catalogue", `"serviceCode": "B1104"`, `"serviceCode": "B1199"`, "$.basicLines[1].procurement[1].serviceCode", "$.purchasedServices"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, with(t, c.old, c.new)).Validate(baseline(t))
			if len(got) != 1 || got[0].Path != c.path || !strings.Contains(got[0].Message, c.message) {
				t.Errorf("got %v, want %s %s", got, c.path, c.message)
			}
		})
	}
}

// What a checker can say about a well-formed record is a finding, not a refusal.
func TestValidateLeavesJudgementToTheChecks(t *testing.T) {
	cases := []struct{ name, old, new string }{
		{"economic pair outside the mapping", `"governmentEconomicCode": "50501"`, `"governmentEconomicCode": "50901"`},
		{"procurement above the line", `"amount": "12000.00"`, `"amount": "999999.00"`},
		{"form and budget disagree", `"total": "420000.05"`, `"total": "1.00"`},
		{"name that differs from the catalogue", `"departmentEconomicName": "办公费"`, `"departmentEconomicName": "办公经费"`},
		{"function named twice", `"code": "20799",
   "name": "地方文化支出"`, `"code": "207","name": "文化"}, {"code": "20799","name": "地方文化支出"`},
		{"revenue without codes", `"codes": [
    {
     "code": "103"
    },
    {
     "code": "10304"
    }
   ],`, ``},
		{"revenue path that skips a level", `{
     "code": "10301",
     "name": "政府性基金收入"
    },`, ``},
		{"same line of another source", `"amount": "0.01"`, `"amount": "54000.37"`},
		{"indicator twice", `"name": "借阅人次"`, `"name": "图书完好率"`},
		{"service listed twice", `"code": "B11"`, `"code": "B"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := decode(t, with(t, c.old, c.new)).Validate(baseline(t)); len(got) > 0 {
				t.Errorf("refused: %v", got)
			}
		})
	}
}

// A code named on one line is known on all, in basic lines and projects alike.
func TestValidateTakesNamesFromThePackage(t *testing.T) {
	named := with(t, `"departmentEconomicCode": "30101",
   "departmentEconomicName": "基本工资"`, `"departmentEconomicCode": "30188","departmentEconomicName": "地方补贴"`)
	named = strings.Replace(named, `"departmentEconomicCode": "31002"`, `"departmentEconomicCode": "30188"`, 1)
	if got := decode(t, named).Validate(baseline(t)); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

// Without any catalogue everything must be named in the package itself.
func TestValidateWithoutCatalogues(t *testing.T) {
	got := decode(t, rich(t)).Validate(exchange.Codes{})
	if len(got) == 0 || got[0].Path != "$.revenues[1].codes[1].code" {
		t.Errorf("got %v", got)
	}
}
