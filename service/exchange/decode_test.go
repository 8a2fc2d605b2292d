package exchange_test

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/exchange"
)

// rich is a small package that uses every key of the format.
func rich(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/rich.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// minimal is the least that is a package.
const minimal = `{"format":"biaochi.package/v1","year":2025,"unit":{"code":"705","name":"示例局","kind":"administrative"}}`

// with gives the rich package with one passage replaced.
func with(t testing.TB, old, new string) string {
	t.Helper()
	text := rich(t)
	if !strings.Contains(text, old) {
		t.Fatalf("testdata/rich.json doesn't have %q", old)
	}
	return strings.Replace(text, old, new, 1)
}

func decode(t testing.TB, text string) *exchange.Package {
	t.Helper()
	p, err := exchange.Decode(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v %v", err, problems(t, err))
	}
	return p
}

// problems gives the faults of a refused package.
func problems(t testing.TB, err error) []model.Problem {
	t.Helper()
	var failure *model.Error
	if !errors.As(err, &failure) || failure.Code != model.Invalid || failure.Reason != "package.invalid" {
		t.Fatalf("got error %v, want package.invalid", err)
	}
	return failure.Fields
}

func TestDecodeRefuses(t *testing.T) {
	cases := []struct {
		name, old, new string
		path, message  string
	}{
		{"other format", `biaochi.package/v1`, `biaochi.package/v9`, "$.format", "不支持的数据包格式 “biaochi.package/v9”"},
		{"format missing", `"format": "biaochi.package/v1",`, ``, "$.format", "缺少必填"},
		{"year as text", `"year": 2025`, `"year": "2025"`, "$.year", "不加引号"},
		{"year with decimals", `"year": 2025`, `"year": 2025.5`, "$.year", "整数"},
		{"year too early", `"year": 2025`, `"year": 1999`, "$.year", "2000 到 2100"},
		{"year huge", `"year": 2025`, `"year": 1e999`, "$.year", "整数"},
		{"year null", `"year": 2025`, `"year": null`, "$.year", "缺少必填"},
		{"unit missing", `"unit": {`, `"explanations2": {`, "$.unit", "缺少必填的“预算单位”"},
		{"unit code blank", `"code": "705003"`, `"code": ""`, "$.unit.code", "缺少必填"},
		{"unit name of blanks", `"name": "示例区图书馆"`, `"name": " 　"`, "$.unit.name", "缺少必填"},
		{"unit name with NUL", `"name": "示例区图书馆"`, `"name": "示例\u0000馆"`, "$.unit.name", "U+0000"},
		{"unit name too long", `示例区图书馆`, strings.Repeat("馆", 501), "$.unit.name", "最长 500"},
		{"unit kind unknown", `publicInstitution`, `enterprise`, "$.unit.kind", "publicInstitution（事业单位）"},
		{"code with blank", `"code": "705003"`, `"code": "705 003"`, "$.unit.code", "U+0020"},
		{"code with wide blank", `"code": "705003"`, `"code": "705　003"`, "$.unit.code", "U+3000"},
		{"code with slash", `"code": "705003"`, `"code": "705/003"`, "$.unit.code", "“/”"},
		{"code with zero-width space", `"code": "705003"`, "\"code\": \"705\u200b003\"", "$.unit.code", "U+200B"},
		{"code too long", `"code": "705003"`, `"code": "` + strings.Repeat("7", 65) + `"`, "$.unit.code", "最长 64"},
		{"region not nine digits", `"regionCode": "000000000"`, `"regionCode": "14070000"`, "$.unit.regionCode", "九位数字"},
		{"text with escape character", `文献收藏与借阅`, `文献\u001b收藏`, "$.unit.duties", "U+001B"},
		{"text too long", `文献收藏与借阅`, strings.Repeat("长", 20_000), "$.unit.duties", "最长 20000"},
		{"half a surrogate pair", `文献收藏与借阅`, `\ud83d`, "$.unit.duties", "不成对"},
		{"list with a blank item", `"办公室",`, `"",`, "$.unit.organization[0]", "空项"},
		{"list instead of text", `"图书馆",`, `["图书馆"],`, "$.unit.shortName", "应为带引号的字符串；这里是列表"},
		{"text instead of list", `"organization": [
   "办公室",
   "采编部",
   "借阅部"
  ]`, `"organization": "办公室"`, "$.unit.organization", "应为列表"},
		{"list in a list", `"办公室",`, `["办公室"],`, "$.unit.organization[0]", "应为带引号的字符串"},
		{"unknown key", `"shortName"`, `"nickname"`, "$.unit.nickname", "没有 “nickname” 这个键"},
		{"wrong case", `"shortName"`, `"shortname"`, "$.unit.shortname", "应写成 “shortName”"},
		{"key twice", `"shortName": "图书馆",`, `"shortName": "图书馆","shortName": "馆",`, "$.unit.shortName", "重复出现"},
		{"key with odd characters", `"shortName"`, `"short name"`, `$.unit["short name"]`, "没有"},
		{"amount as number", `"120000.05"`, `120000.05`, "$.revenues[0].amount", "金额应为字符串"},
		{"amount negative", `"120000.05"`, `"-1.00"`, "$.revenues[0].amount", "金额不能为负"},
		{"amount over-precise", `"120000.05"`, `"1.005"`, "$.revenues[0].amount", "两位小数"},
		{"amount too large", `"120000.05"`, `"1000000000000.00"`, "$.revenues[0].amount", "超出上限"},
		{"amount with separators", `"120000.05"`, `"120,000.05"`, "$.revenues[0].amount", "这里是 “120,000.05”"},
		{"amount missing", `"amount": "120000.05"`, `"amount": null`, "$.revenues[0].amount", "缺少必填"},
		{"fund kind missing", `"fundKind": "governmentFund",`, ``, "$.revenues[0].fundKind", "generalPublicBudget（一般公共预算）"},
		{"optional amount malformed", `"total": "1402000.00"`, `"total": "140万"`, "$.priorYear.total", "金额应写成"},
		{"optional amount as number", `"total": "1402000.00"`, `"total": 1402000`, "$.priorYear.total", "金额应为字符串"},
		{"source unknown", `"carryOver"`, `"lastYear"`, "$.basicLines[2].source", "carryOver（上年结转）"},
		{"procurement kind missing", `"kind": "goods",`, ``, "$.basicLines[1].procurement[0].kind", "缺少必填"},
		{"project function missing", `"name": "社区阅读服务点",
   "functionCode": "2070104",`, `"name": "社区阅读服务点",`, "$.projects[0].functionCode", "缺少必填"},
		{"project name with line end", `"name": "社区阅读服务点"`, `"name": "社区\n阅读"`, "$.projects[0].name", "U+000A"},
		{"appendix number negative", `"appendixNo": 1`, `"appendixNo": -1`, "$.projects[0].appendixNo", "0 到 99999"},
		{"form as list", `"form": {}`, `"form": []`, "$.projects[1].form", "应为对象 {…}；这里是列表"},
		{"level 1 unknown", `"level1": "output"`, `"level1": "outputs"`, "$.projects[0].form.indicators[0].level1", "output（产出指标）"},
		{"level 2 elsewhere", `"level2": "economicCost"`, `"level2": "social"`, "$.projects[0].form.indicators[5].level2", "economicCost、socialCost、ecologicalCost"},
		{"level 2 missing", `"level2": "quality",`, ``, "$.projects[0].form.indicators[1].level2", "缺少必填"},
		{"weight with unit", `"weight": 20`, `"weight": "20分"`, "$.projects[0].form.indicators[0].longTerm.weight", "权重应为"},
		{"filing time with zone", `2024-11-06T17:51:42`, `2024-11-06T17:51:42Z`, "$.projects[0].form.filedAt", "最长 19"},
		{"filing time malformed", `2024-11-06T17:51:42`, `2024/11/06`, "$.projects[0].form.filedAt", "不带时区"},
		{"task amount as number", `"fiscal": "1490000.00"`, `"fiscal": 1490000`, "$.wholeUnitTarget.tasks[0].fiscal", "金额应为字符串"},
		{"unknown key of a task", `"content": "开展`, `"contents": "开展`, "$.wholeUnitTarget.tasks[0].contents", "年度主要任务没有 “contents” 这个键"},
		{"target amount negative", `"basic": "1200000.00"`, `"basic": "-1.00"`, "$.wholeUnitTarget.basic", "金额不能为负"},
		{"level 2 of a target elsewhere", `"level2": "quantity",
    "longTerm": {
     "name": "开放天数"`, `"level2": "social","longTerm": {"name": "开放天数"`, "$.wholeUnitTarget.indicators[0].level2", "quantity"},
		{"task as text", `{
    "name": "日常运行"
   }`, `"日常运行"`, "$.wholeUnitTarget.tasks[1]", "应为对象 {…}"},
		{"day that doesn't exist", `"date": "2025-01-20"
 },`, `"date": "2025-02-30"},`, "$.approval.date", "2023-01-06"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := exchange.Decode(strings.NewReader(with(t, c.old, c.new)))
			for _, p := range problems(t, err) {
				if p.Path == c.path {
					if !strings.Contains(p.Message, c.message) {
						t.Errorf("%s: message %q lacks %q", p.Path, p.Message, c.message)
					}
					return
				}
			}
			t.Errorf("no problem at %s, got %v", c.path, problems(t, err))
		})
	}
}

// One fault is told once, without others that only follow from it.
func TestDecodeTellsEachFaultOnce(t *testing.T) {
	for _, c := range [][2]string{
		{`"code": "705003"`, `"Code": "705003"`},
		{`"code": "705003"`, `"code": "705003","code": 5`},
		{`"level1": "cost"`, `"level1": "costs"`},
		{`"120000.05"`, `[{"a":[1,{"b":null}]}]`},
	} {
		_, err := exchange.Decode(strings.NewReader(with(t, c[0], c[1])))
		if got := problems(t, err); len(got) != 1 {
			t.Errorf("%s: got %d problems: %v", c[1], len(got), got)
		}
	}
}

func TestDecodeTellsAllFaultsInFileOrder(t *testing.T) {
	text := `{"format":"biaochi.package/v1","year":"x","unit":{"code":"a b","kind":"k","extra":[1,{"a":2}]},
	  "projects":[{"code":"1","name":"甲","functionCode":"207","budget":[{"fundKind":"unitFunds","amount":1}]},null]}`
	_, err := exchange.Decode(strings.NewReader(text))
	var paths []string
	for _, p := range problems(t, err) {
		paths = append(paths, p.Path)
	}
	want := []string{"$.year", "$.unit.code", "$.unit.kind", "$.unit.extra", "$.unit.name",
		"$.projects[0].budget[0].amount", "$.projects[1]"}
	if !reflect.DeepEqual(paths, want) {
		t.Errorf("got %v, want %v", paths, want)
	}
	if !strings.Contains(err.Error(), "7 处错误") {
		t.Errorf("message %q doesn't count", err)
	}
}

func TestDecodeRefusesFiles(t *testing.T) {
	cases := []struct{ name, text, message string }{
		{"empty", "", "文件是空的"},
		{"blank", " \n\t", "文件是空的"},
		{"cut off", minimal[:60], "文件不完整：JSON 在第 1 行第 61 列中断"},
		{"cut inside a character", minimal[:strings.Index(minimal, "示")+1], "最后一个字符被截断"},
		{"not JSON", "{\n \"year\": 2025,\n}", "第 3 行第 1 列"},
		{"comment", "{ // 说明\n}", "第 1 行第 3 列"},
		{"trailing data", minimal + "\n{}", "多余内容（第 2 行第 1 列）"},
		{"GBK", "{\"unit\": \"\xca\xbe\xc0\xfd\"}", "不是 UTF-8 编码"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "不是 UTF-8 编码"},
		{"list", "[]", "应为对象"},
		{"null", "null", "没有数据包"},
		{"text", `"x"`, "应为对象"},
		{"number", `1`, "应为对象"},
		{"depth", strings.Repeat("[", 100_000), "嵌套超过 64 层"},
		{"depth of objects", strings.Repeat(`{"a":`, 100_000), "嵌套超过 64 层"},
		{"too large", strings.Repeat(" ", exchange.MaxSize+1), "超过 64 MiB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := exchange.Decode(strings.NewReader(c.text))
			got := problems(t, err)
			if len(got) != 1 || got[0].Path != "$" || !strings.Contains(got[0].Message, c.message) {
				t.Errorf("got %v, want $ %s", got, c.message)
			}
		})
	}
}

func TestDecodeStopsAtAThousandFaults(t *testing.T) {
	_, err := exchange.Decode(strings.NewReader(strings.Replace(minimal, "{", `{"projects":[`+strings.Repeat("{},", 5000)+"{}],", 1)))
	got := problems(t, err)
	if len(got) != 1001 || !strings.Contains(got[1000].Message, "只列出前 1000 处") {
		t.Errorf("got %d problems, the last %v", len(got), got[len(got)-1])
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("cable pulled") }

func TestDecodeOfABrokenReaderIsInternal(t *testing.T) {
	if _, err := exchange.Decode(brokenReader{}); model.CodeOf(err) != model.Internal {
		t.Errorf("got %v, want internal", err)
	}
}

func TestDecodeReadsBlanksAlike(t *testing.T) {
	optional := []string{"functions", "revenues", "basicLines", "projects", "priorYear", "explanations",
		"assets", "purchasedServices", "approval", "history"}
	want := decode(t, minimal)
	for _, key := range optional {
		for _, blank := range []string{`null`, `""`} {
			got := decode(t, strings.Replace(minimal, "{", `{"`+key+`":`+blank+`,`, 1))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s isn't blank: %+v", key, blank, got)
			}
		}
	}
	empty := `{"functions":[],"revenues":[],"priorYear":{"byFundKind":{}},"explanations":{},"assets":{"vehicles":null},"approval":{"date":""},`
	if got := decode(t, strings.Replace(minimal, "{", empty, 1)); !reflect.DeepEqual(got, want) {
		t.Errorf("empty lists and objects aren't blank: %+v", got)
	}
}

func TestDecodeNormalises(t *testing.T) {
	p := decode(t, "\ufeff"+rich(t))
	if p.BasicLines[0].Source != model.CurrentYear || p.Projects[0].Budget[0].Source != model.CurrentYear {
		t.Error("a blank source isn't currentYear")
	}
	if p.Projects[1].Form == nil || p.Projects[2].Form != nil {
		t.Error("an empty form is a form, an absent one isn't")
	}
	if got := p.Projects[0].Form.Name; got != "社区阅读服务点建设" {
		t.Errorf("form name %q", got)
	}
	same := decode(t, with(t, "社区阅读服务点建设", "社区阅读服务点"))
	if got := same.Projects[0].Form.Name; got != "" {
		t.Errorf("a form name that repeats the project's stays: %q", got)
	}
	blank := decode(t, with(t, `"level2": "cost"`, `"level2": "cost", "longTerm": {}, "annual": {"name": "", "value": null}`))
	if row := blank.Projects[0].Form.Indicators[3]; row.LongTerm != nil || row.Annual != nil {
		t.Errorf("an all-blank target counts: %+v", row)
	}
}

func TestDecodeKeepsTextsAsWritten(t *testing.T) {
	p := decode(t, with(t, `"≥95%"`, `" ≥９５％\t\n(\u8bd5) \ud83d\ude00 "`))
	if got := p.Projects[0].Form.Indicators[1].Annual.Value; got != " ≥９５％\t\n(试) 😀 " {
		t.Errorf("got %q", got)
	}
	if got := p.Unit.Duties; got != "文献收藏与借阅；\n阅读推广 <全民阅读> & 讲座" {
		t.Errorf("got %q", got)
	}
	if first, second := p.Projects[0].Form.Indicators[0].LongTerm.Weight, p.Projects[0].Form.Indicators[0].Annual.Weight; first != "20" || second != `"20"` {
		t.Errorf("weights %s %s", first, second)
	}
}

func TestDecodeDoesNotLookIntoHistory(t *testing.T) {
	p := decode(t, strings.Replace(minimal, "{", `{"history": {"b": 1, "a": [null], "a": "<"} ,`, 1))
	if got := string(p.History); got != `{"b":1,"a":[null],"a":"<"}` {
		t.Errorf("got %s", got)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(rich(f)))
	f.Add([]byte(minimal))
	f.Add([]byte(`{"format":1,"unit":{"code":"\ud800"},"projects":[{"form":{"indicators":[null,{"annual":{"weight":1e5}}]}}]}`))
	f.Add([]byte("\ufeff{\"year\":[]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := exchange.Decode(strings.NewReader(string(data)))
		if err != nil {
			if len(problems(t, err)) == 0 {
				t.Error("refused without a problem")
			}
			return
		}
		p.Validate(exchange.Codes{})
		stable(t, p)
	})
}

func BenchmarkDecode(b *testing.B) {
	text := rich(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := exchange.Decode(strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
