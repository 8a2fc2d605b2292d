package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// filingCases are testdata/filing.json, which says how to read them.
type filingCases struct {
	Year             int             `json:"year"`
	Sound, Neighbour json.RawMessage // a filing without fault, another of the same unit
	Cases            []filingCase    `json:"cases"`
}

type filingCase struct {
	Rule, Name string
	Catalogue  string         // passing, failing: the case that the catalogue describes
	Year       int            // 0: the file's
	Set        map[string]any // edits of the sound filing
	Other      map[string]any // edits of its neighbour
	Expect     []string       // "severity field text"
	Also       []string       // rules that may speak as well
	// PreEvaluation is what the region asks for, and what was before the year.
	PreEvaluation *struct {
		model.PreEvaluationRule
		check.ProjectPast
	}
}

func readFilingCases(t testing.TB) *filingCases {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "filing.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all filingCases
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return &all
}

// unit gives the unit of a case: the edited filing and its neighbour.
func (all *filingCases) unit(t testing.TB, c filingCase) check.UnitRecords {
	t.Helper()
	unit := check.UnitRecords{
		Unit:     budget.Unit{Path: "000000000/901/", Code: "901", Name: "示例局", Kind: model.Administrative},
		Projects: []model.ProjectContent{filing(t, all.Sound, c.Set), filing(t, all.Neighbour, c.Other)},
	}
	if p := c.PreEvaluation; p != nil {
		unit.PreEvaluations = &check.PreEvaluations{Rule: p.PreEvaluationRule, Past: map[string]check.ProjectPast{"901011": p.ProjectPast}}
	}
	return unit
}

func (all *filingCases) input(c filingCase) check.Input {
	if c.Year == 0 {
		c.Year = all.Year
	}
	return check.Input{Year: c.Year, Unit: "901", Filings: true}
}

func (all *filingCases) report(t testing.TB, c filingCase) (r check.Report) {
	t.Helper()
	r.Add(check.RunRecords(all.input(c), all.unit(t, c)))
	r.Close()
	return r
}

// filing edits a filing by paths such as form.indicators[3].annual.value.
func filing(t testing.TB, raw []byte, edits map[string]any) (p model.ProjectContent) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	for path, value := range edits {
		tree = edit(t, tree, strings.Split(pathPart.ReplaceAllString(path, ".$1"), "."), value)
	}
	edited, err := json.Marshal(tree)
	if err == nil {
		err = json.Unmarshal(edited, &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var pathPart = regexp.MustCompile(`\[([\d+]+)\]`)

func edit(t testing.TB, tree any, path []string, value any) any {
	t.Helper()
	if len(path) == 0 {
		return value
	}
	switch node := tree.(type) {
	case []any:
		if path[0] == "+" {
			return append(node, value)
		}
		i, err := strconv.Atoi(path[0])
		if err != nil {
			t.Fatal(err)
		}
		node[i] = edit(t, node[i], path[1:], value)
	case map[string]any:
		node[path[0]] = edit(t, node[path[0]], path[1:], value)
	default:
		t.Fatalf("没有 %s", strings.Join(path, "."))
	}
	return tree
}

// said writes a finding as the cases do.
func said(f check.Finding) string {
	word := string(f.Severity)
	if f.Outcome != check.Fail {
		word = string(f.Outcome)
	}
	return strings.TrimSpace(word + " " + f.Field + " " + f.Text)
}

func TestFilingCases(t *testing.T) {
	all := readFilingCases(t)
	for _, c := range all.Cases {
		t.Run(c.Rule+" "+c.Name, func(t *testing.T) {
			unit := all.unit(t, c)
			var got []string
			for _, f := range check.RunProject(all.input(c), unit, &unit.Projects[0]) {
				if f.Rule == c.Rule {
					got = append(got, said(f))
				} else if f.Outcome == check.Fail && !slices.Contains(c.Also, f.Rule) {
					t.Errorf("%s 也报告：%s", f.Rule, f.Message)
				}
			}
			if slices.Sort(got); !slices.Equal(got, sorted(c.Expect)) {
				t.Errorf("得到：\n%s\n应为：\n%s", strings.Join(got, "\n"), strings.Join(c.Expect, "\n"))
			}
		})
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// The two cases of each entry run with those of the other catalogues.
func init() {
	raw, err := os.ReadFile(filepath.Join("testdata", "filing.json"))
	var all filingCases
	if err != nil || json.Unmarshal(raw, &all) != nil {
		return // TestFilingCases says so
	}
	for _, c := range all.Cases {
		pair := cases[c.Rule]
		run := func(t testing.TB) check.Report { return all.report(t, c) }
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

func TestEveryFilingRuleHasSeveralCases(t *testing.T) {
	passing, failing := map[string]int{}, map[string]int{}
	for _, c := range readFilingCases(t).Cases {
		if len(c.Expect) == 0 {
			passing[c.Rule]++
		} else {
			failing[c.Rule]++
		}
	}
	for i := 1; i <= 23; i++ {
		id := "F" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		if _, ok := check.Find(id); !ok {
			t.Errorf("没有 %s 这条规则", id)
		}
		if passing[id] == 0 || failing[id] == 0 || passing[id]+failing[id] < 3 {
			t.Errorf("%s 有 %d 个通过和 %d 个不通过的案例", id, passing[id], failing[id])
		}
	}
}

// A finding names its project, its field and, of an indicator, the name; a message
// is whole sentences and quotes both values that it compares.
func TestFilingFindingsAreComplete(t *testing.T) {
	all := readFilingCases(t)
	for _, c := range all.Cases {
		unit := all.unit(t, c)
		for _, f := range check.RunProject(all.input(c), unit, &unit.Projects[0]) {
			if f.Unit != "901" || f.Project != "901011" || !strings.HasPrefix(f.Field, "form") || !strings.HasSuffix(f.Message, "。") {
				t.Errorf("%s：%+v", c.Name, f)
			}
			if strings.Contains(f.Field, ".annual.") && f.Indicator == "" && f.Rule != "F19" {
				t.Errorf("%s 没有指标名称：%+v", c.Name, f)
			}
			if compares := f.Rule == "F02" || f.Rule == "F03" || f.Rule == "F13" || f.Rule == "F14"; compares && f.Outcome == check.Fail &&
				(!strings.Contains(f.Message, f.Want) || !strings.Contains(f.Message, f.Got)) {
				t.Errorf("%s 没有写明两个值：%+v", c.Name, f)
			}
		}
	}
}

func TestCostSlipsAreNamed(t *testing.T) {
	all := readFilingCases(t)
	for value, says := range map[string]string{
		"≤1万元": "漏写了一位", "≤100万元": "多写了一位", "≤100000万元": "把元写成了万元", "≤10元": "把万元写成了元", "≤30万元": "填错了栏", "≤4万元": "40.0%；",
	} {
		unit := all.unit(t, filingCase{Set: map[string]any{"form.indicators[3].annual.value": value}})
		found := check.RunProject(all.input(filingCase{}), unit, &unit.Projects[0])
		if len(found) != 1 || !strings.Contains(found[0].Message, says) {
			t.Errorf("%s：%+v", value, found)
		}
	}
}

// The message of a personal number hides its middle; whoever reads the report need
// not see it.
func TestPersonalNumbersAreMasked(t *testing.T) {
	all := readFilingCases(t)
	unit := all.unit(t, filingCase{Set: map[string]any{"form.plan": "联系13812345678。"}})
	found := check.RunProject(all.input(filingCase{}), unit, &unit.Projects[0])
	if len(found) != 1 || strings.Contains(found[0].Message, "13812345678") || !strings.Contains(found[0].Message, "138****5678") {
		t.Errorf("得到 %+v", found)
	}
}

// Ten times the projects should cost ten times the time: a check that compares each
// with each shows here.
func BenchmarkFilingChecks(b *testing.B) {
	all := readFilingCases(b)
	for _, projects := range []int{30, 300} {
		unit := all.unit(b, filingCase{})
		for len(unit.Projects) < projects {
			unit.Projects = append(unit.Projects, longForm(filing(b, all.Sound, nil), len(unit.Projects)))
		}
		b.Run(strconv.Itoa(projects)+"个项目", func(b *testing.B) {
			for b.Loop() {
				check.RunRecords(all.input(filingCase{}), unit)
			}
		})
	}
}

// longForm gives a project a code and twenty indicators of its own.
func longForm(p model.ProjectContent, number int) model.ProjectContent {
	n := strconv.Itoa(number)
	p.Code = "9011" + n
	for i := 0; len(p.Form.Indicators) < 20; i++ {
		target := &model.Target{Name: "服务次数" + strconv.Itoa(i), Value: "≥" + n + strconv.Itoa(i) + "次"}
		p.Form.Indicators = append(p.Form.Indicators, model.Indicator{Level1: "output", Level2: "quantity", LongTerm: target, Annual: target})
	}
	return p
}
