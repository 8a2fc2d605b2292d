package check_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/check"
)

// filingFindings runs the rules over filings alone on the records of a case.
func filingFindings(t testing.TB, r *records) (found []check.Finding) {
	t.Helper()
	in := r.input(t)
	for _, unit := range r.units {
		for _, f := range check.RunRecords(in, unit) {
			if strings.HasPrefix(f.Rule, "F") && f.Project != "" {
				found = append(found, f)
			}
		}
	}
	return found
}

// The demonstration's filings of 2024 give nothing to say at all.
func TestDemoFilingsAreSound(t *testing.T) {
	for _, f := range filingFindings(t, demo(t)) {
		t.Errorf("%s %s %s：%s", f.Rule, f.Severity, f.Project, f.Message)
	}
}

// referenceErrors are the errors in the published case of 2023, each read and found
// to be one: values that repeat names or name people, blank halves, dates and cost
// totals of other years, a figure dropped, two units for one indicator.
var referenceErrors = []string{
	"F01 602008 form.annualGoal", "F01 602009 form.annualGoal", "F01 602009 form.indicators[1].longTerm.value",
	"F01 602010 form.annualGoal", "F01 602011 form.annualGoal",
	"F04 602008 form.indicators", "F04 602009 form.indicators", "F04 602010 form.indicators", "F04 602011 form.indicators",
	"F06 602007 form.indicators[0].annual.value 公岗人员",
	"F06 602009 form.indicators[0].longTerm.value 2023年劳务派遣人员",
	"F06 602012 form.indicators[0].longTerm.value 三村符合条件的人员",
	"F06 602012 form.indicators[0].annual.value 三村符合条件的人员",
	"F06 602012 form.indicators[5].longTerm.value 维护社会稳定,让拆迁村民老有所养",
	"F06 602012 form.indicators[5].annual.value 维护社会稳定,让拆迁村民老有所养",
	"F06 602013 form.indicators[0].longTerm.value 开发区劳务派遣人员",
	"F06 602013 form.indicators[0].annual.value 开发区劳务派遣人员",
	"F06 602014 form.indicators[0].longTerm.value 公安分局辅警",
	"F06 602014 form.indicators[0].annual.value 公安分局辅警",
	"F06 602016 form.indicators[8].annual.value 工作人员",
	"F10 602005 form.indicators[3].longTerm.value ≤20万元",
	"F10 602012 form.indicators[3].longTerm.value ≤1952000元",
	"F10 602012 form.indicators[3].annual.value ≤1952000元",
	"F10 602013 form.indicators[3].longTerm.value ≤30988466元",
	"F10 602014 form.indicators[3].longTerm.value ≤6369514元",
	"F12 602001 form.indicators[2].longTerm.value 2021年底前完成",
	"F12 602002 form.indicators[2].longTerm.value 2021年",
	"F12 602005 form.indicators[2].longTerm.value 2022年",
	"F12 602006 form.indicators[3].longTerm.value 2022年",
	"F12 602007 form.indicators[2].longTerm.value 2022年",
	"F13 602006 form.indicators[1].annual.value ≥2次",
}

// referenceWarnings counts the warnings by rule.
var referenceWarnings = map[string]int{"F08": 17, "F09": 7, "F14": 5, "F15": 2, "F17": 14, "F18": 4, "F19": 14, "F20": 6}

func TestReferenceFilings(t *testing.T) {
	var errors []string
	warnings, unknown := map[string]int{}, 0
	for _, f := range filingFindings(t, reference(t)) {
		switch {
		case f.Outcome == check.InsufficientData:
			unknown++
		case f.Severity == check.Warning:
			warnings[f.Rule]++
		default:
			errors = append(errors, strings.TrimSpace(f.Rule+" "+f.Project+" "+f.Field+" "+f.Text))
		}
	}
	if slices.Sort(errors); !slices.Equal(errors, sorted(referenceErrors)) {
		t.Errorf("得到：\n%s\n应为：\n%s", strings.Join(errors, "\n"), strings.Join(referenceErrors, "\n"))
	}
	if !maps.Equal(warnings, referenceWarnings) {
		t.Errorf("警告 %v，应为 %v", warnings, referenceWarnings)
	}
	if unknown != 4 { // four cost totals beside no money
		t.Errorf("%d 处数据不足，应为 4 处", unknown)
	}
}

// corpus gives the values of real forms and the made ones.
func corpus(t testing.TB) (texts []string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "indicator", "testdata", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Forms, Made []struct{ Text string } }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, c := range slices.Concat(file.Forms, file.Made) {
		texts = append(texts, c.Text)
	}
	return texts
}

// Every value stands in every row of the tree, as value and as name, without harm.
// Of those of real forms only what names people is called unmeasurable.
func TestCorpusOfValues(t *testing.T) {
	all := readFilingCases(t)
	unmeasured := map[string]bool{}
	for _, text := range corpus(t) {
		unit := all.unit(t, filingCase{})
		p := &unit.Projects[0]
		for i := range p.Form.Indicators {
			p.Form.Indicators[i].LongTerm = &model.Target{Name: "指标" + strconv.Itoa(i), Value: text}
			p.Form.Indicators[i].Annual = &model.Target{Name: text, Value: "≥" + strconv.Itoa(i) + "次"}
		}
		for _, f := range check.RunProject(all.input(filingCase{}), unit, p) {
			if f.Rule == "F06" && f.Text == text {
				unmeasured[text] = true
			}
		}
	}
	want := map[string]bool{"三村符合条件的人员": true, "2023年劳务派遣人员": true}
	if !maps.Equal(unmeasured, want) {
		t.Errorf("不能衡量的值：%v", unmeasured)
	}
}

// A form may be anything: no rule stumbles over blanks or odd texts.
func FuzzFiling(f *testing.F) {
	for _, seed := range []string{"", "〔", "13812345678", "二〇二二年", "≤0元", "（", "%", "\xff", "x13812345678X"} {
		f.Add(seed, 3, "output", "cost")
	}
	f.Fuzz(func(t *testing.T, text string, years int, level1, level2 string) {
		target := &model.Target{Name: text, Value: text, Explanation: text}
		p := model.ProjectContent{Code: "1", Name: text, Form: &model.Form{
			PeriodYears: &years, Overview: text, Plan: text, FiledAt: model.CivilTime(text),
			Indicators: []model.Indicator{{Level1: level1, Level2: level2, LongTerm: target, Annual: target}, {}, {Annual: &model.Target{Value: text}}},
		}}
		check.RunProject(check.Input{Year: 2024}, check.UnitRecords{}, &p)
	})
}
