package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// targetCases are testdata/target.json, which says how to read them.
type targetCases struct {
	Year  int
	Sound json.RawMessage
	Cases []filingCase
}

func readTargetCases() (all targetCases, err error) {
	raw, err := os.ReadFile(filepath.Join("testdata", "target.json"))
	if err != nil {
		return all, err
	}
	return all, json.Unmarshal(raw, &all)
}

// unit is one whose budget of the year is 1000000.00 yuan and 50000.00 carried over.
func (all targetCases) unit(t testing.TB, c filingCase) check.UnitRecords {
	t.Helper()
	u := check.UnitRecords{Unit: budget.Unit{Path: "000000000/901/", Code: "901", Name: "示例局", Kind: model.Administrative}}
	u.Target = editTarget(t, all.Sound, c.Set)
	if c.Other["budget"] == "none" {
		return u
	}
	u.Sheet = &model.SheetContent{BasicLines: []model.BasicLine{
		basic("2010101", "30101", "50101", model.Personnel, 70_000_000),
		carried(basic("2010101", "30201", "50201", model.Public, 5_000_000)),
	}}
	u.Projects = []model.ProjectContent{{
		Code: "901009", Name: "业务保障", FunctionCode: "2010102", Nature: model.OneOff, Form: soundForm(30_000_000),
		Budget: []model.BudgetRow{{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: 30_000_000}},
	}}
	return u
}

func editTarget(t testing.TB, raw []byte, edits map[string]any) *model.TargetContent {
	t.Helper()
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	for path, value := range edits {
		tree = edit(t, tree, strings.Split(pathPart.ReplaceAllString(path, ".$1"), "."), value)
	}
	edited, err := json.Marshal(tree)
	target := new(model.TargetContent)
	if err == nil {
		err = json.Unmarshal(edited, target)
	}
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func (all targetCases) input() check.Input {
	return check.Input{Year: all.Year, Unit: "901", Filings: true}
}

func TestTargetCases(t *testing.T) {
	all, err := readTargetCases()
	if err != nil {
		t.Fatal(err)
	}
	spoken := map[string]bool{}
	for _, c := range all.Cases {
		t.Run(c.Rule+" "+c.Name, func(t *testing.T) {
			unit := all.unit(t, c)
			var got []string
			for _, f := range check.RunTarget(all.input(), unit, unit.Target) {
				if f.Rule == c.Rule {
					got = append(got, said(f))
				} else if f.Outcome == check.Fail && !slices.Contains(c.Also, f.Rule) {
					t.Errorf("%s 也报告：%s", f.Rule, f.Message)
				}
				if f.Unit != "901" || f.Project != "" || f.Field == "" || strings.HasPrefix(f.Field, "form") || !strings.HasSuffix(f.Message, "。") ||
					!strings.Contains(f.Message, "整体支出绩效目标") {
					t.Errorf("%+v", f)
				}
				if compares := f.Want != "" && strings.HasPrefix(f.Rule, "U"); compares && !(strings.Contains(f.Message, f.Want) && strings.Contains(f.Message, f.Got)) {
					t.Errorf("没有写明两个值：%+v", f)
				}
			}
			if slices.Sort(got); !slices.Equal(got, sorted(c.Expect)) {
				t.Errorf("得到：\n%s\n应为：\n%s", strings.Join(got, "\n"), strings.Join(c.Expect, "\n"))
			}
			spoken[c.Rule] = spoken[c.Rule] || len(c.Expect) > 0
		})
	}
	for _, id := range strings.Fields("U01 U02 U03 U04 U05 F01 F03 F04 F05 F06 F07 F08 F09 F11 F12 F13 F15 F16 F17 F19 F20 F21 F22") {
		if !spoken[id] {
			t.Errorf("%s 没有不通过的案例", id)
		}
	}
}

// TestTargetsAreCheckedWithTheirUnit: with the whole unit, the same findings name
// their place in the package; where filings aren't asked for, none comes.
func TestTargetsAreCheckedWithTheirUnit(t *testing.T) {
	all, err := readTargetCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all.Cases {
		unit := all.unit(t, c)
		var alone, whole []string
		for _, f := range check.RunTarget(all.input(), unit, unit.Target) {
			alone = append(alone, f.Rule+" wholeUnitTarget."+f.Field+" "+f.Message)
		}
		for _, f := range check.RunRecords(all.input(), unit) {
			if strings.HasPrefix(f.Field, "wholeUnitTarget.") {
				whole = append(whole, f.Rule+" "+f.Field+" "+f.Message)
			}
		}
		if !slices.Equal(alone, whole) {
			t.Errorf("%s：%q，%q", c.Name, alone, whole)
		}
		in := all.input()
		in.Filings = false
		for _, f := range check.RunRecords(in, unit) {
			if strings.HasPrefix(f.Field, "wholeUnitTarget.") {
				t.Errorf("%s：%+v", c.Name, f)
			}
		}
	}
}

// The cases of U01–U05 run with those of the other catalogues.
func init() {
	all, err := readTargetCases()
	if err != nil {
		return // TestTargetCases says so
	}
	for _, c := range all.Cases {
		pair := cases[c.Rule]
		run := func(t testing.TB) (r check.Report) {
			r.Add(check.RunRecords(all.input(), all.unit(t, c)))
			r.Close()
			return r
		}
		switch c.Catalogue {
		case "passing":
			pair.pass = run
		case "failing":
			pair.fail = run
		default:
			continue
		}
		cases[c.Rule] = pair
	}
}
