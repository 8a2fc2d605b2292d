package rest_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biaochi/api/rest"
)

func problemIn(t *testing.T, w *httptest.ResponseRecorder) rest.Problem {
	t.Helper()
	var p rest.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if w.Header().Get("Content-Type") != rest.ProblemType || p.Status != w.Code || p.Title == "" || p.Detail == "" || p.Reason == "" || p.RequestID != "R1" || p.Instance == "" {
		t.Errorf("no whole problem: %+v", p)
	}
	return p
}

// change replaces one piece of the good body.
func change(from, to string) string {
	if !strings.Contains(goodBody, from) {
		panic(from)
	}
	return strings.Replace(goodBody, from, to, 1)
}

// Hostile bodies get a clear 4xx, and nothing is stored.
func TestHostileBodies(t *testing.T) {
	name := `"name":"乡村道路养护"`
	for what, c := range map[string]struct {
		body   string
		status int
		reason string
		at     string // pointer and code of one fault
	}{
		"10 MB of text":            {change("乡村道路养护", strings.Repeat("长", 10<<20/3)), 413, "request.tooLarge", ""},
		"text too long":            {change("乡村道路养护", strings.Repeat("长", 101)), 422, "request.invalid", "/name max"},
		"invalid UTF-8":            {change("乡村", "\xff\xfe"), 400, "request.encoding", ""},
		"GBK":                      {change("乡村", "\xcf\xe7\xb4\xe5"), 400, "request.encoding", ""},
		"byte order mark":          {"\xef\xbb\xbf" + goodBody, 400, "request.malformed", ""},
		"NUL":                      {change("乡村", `\u0000`), 422, "request.invalid", "/name text"},
		"half a surrogate":         {change("乡村", `\ud800`), 422, "request.invalid", "/name text"},
		"vertical tab":             {change("乡村", `\u000b`), 422, "request.invalid", "/name text"},
		"truncated":                {goodBody[:100], 400, "request.malformed", ""},
		"two values":               {goodBody + goodBody, 400, "request.malformed", ""},
		"trailing comma":           {change(`"even":2,`, `"even":2,,`), 400, "request.malformed", ""},
		"comment":                  {"/* */" + goodBody, 400, "request.malformed", ""},
		"single quotes":            {"{'name':'x'}", 400, "request.malformed", ""},
		"NaN":                      {change("10.5", "NaN"), 400, "request.malformed", ""},
		"20000 brackets":           {strings.Repeat("[", 20000) + strings.Repeat("]", 20000), 400, "request.malformed", ""},
		"9000 brackets":            {change(`"seen":"2026-01-31T08:00:00+08:00"`, `"seen":`+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)), 422, "request.invalid", "/seen format"},
		"blank":                    {"   ", 400, "request.malformed", ""},
		"null":                     {"null", 422, "request.invalid", " null"},
		"a list":                   {"[]", 422, "request.invalid", " type"},
		"a number":                 {"1", 422, "request.invalid", " type"},
		"wrong type":               {change(`"year":2026`, `"year":"2026"`), 422, "request.invalid", "/year type"},
		"number for text":          {change(name, `"name":1`), 422, "request.invalid", "/name type"},
		"text for flag":            {change(`"key":true`, `"key":"true"`), 422, "request.invalid", "/key type"},
		"number for flag":          {change(`"key":true`, `"key":1`), 422, "request.invalid", "/key type"},
		"half a number":            {change(`"year":2026`, `"year":2026.5`), 422, "request.invalid", "/year type"},
		"huge number":              {change(`"year":2026`, `"year":1e999`), 422, "request.invalid", "/year type"},
		"number of endless digits": {change(`"year":2026`, `"year":1e-999999999`), 422, "request.invalid", "/year type"},
		"beyond int32":             {change(`"even":2`, `"even":2147483648`), 422, "request.invalid", "/even range"},
		"unknown member":           {change(`"year":2026`, `"year":2026,"state":"approved"`), 422, "request.invalid", "/state unknown"},
		"the path's id":            {change(`"year":2026`, `"year":2026,"id":"9"`), 422, "request.invalid", "/id unknown"},
		"proto":                    {change(`"year":2026`, `"year":2026,"__proto__":{"x":1}`), 422, "request.invalid", "/__proto__ unknown"},
		"slashes in names":         {change(`"year":2026`, `"year":2026,"a/b~c":1`), 422, "request.invalid", "/a~1b~0c unknown"},
		"wrong case":               {change(`"year":2026`, `"Year":2026`), 422, "request.invalid", "/Year unknown"},
		"twice":                    {change(`"year":2026`, `"year":2026,"year":2027`), 422, "request.invalid", "/year repeated"},
		"twice, escaped":           {change(`"year":2026`, `"year":2026,"\u0079ear":2027`), 422, "request.invalid", "/year repeated"},
		"null for text":            {change(name, `"name":null`), 422, "request.invalid", "/name null"},
		"missing":                  {change(name+",", ""), 422, "request.invalid", "/name required"},
		"empty":                    {change("乡村道路养护", ""), 422, "request.invalid", "/name required"},
		"bad enumeration":          {change("generalPublicBudget", "private"), 422, "request.invalid", "/kind enum"},
		"deep enumeration":         {change(`"operator":"≥"`, `"operator":">"`), 422, "request.invalid", "/rows/0/indicators/0/operator enum"},
		"bad money":                {change(`"100.00"`, `"100.001"`), 422, "request.invalid", "/funds/0/amount format"},
		"money as number":          {change(`"100.00"`, `100.00`), 422, "request.invalid", "/funds/0/amount type"},
		"negative money":           {change(`"100.00"`, `"-100.00"`), 422, "request.invalid", "/funds/0/amount format"},
		"bad date":                 {change(`"2026-12-31"`, `"2026-02-30"`), 422, "request.invalid", "/ends format"},
		"bad ID":                   {change(`"1200"`, `"0"`), 422, "request.invalid", "/project format"},
		"too many rows":            {change(`"tags":["甲","乙"]`, `"tags":["甲","乙","丙","丁"]`), 422, "request.invalid", "/rows/0/indicators/0/tags max"},
		"a million rows":           {change(`"rows":[`, `"rows":[`+strings.Repeat(`{},`, 100_000)), 422, "request.invalid", "/rows/3/level1 required"},
		"repeated item":            {change(`["甲","乙"]`, `["甲","甲"]`), 422, "request.invalid", "/rows/0/indicators/0/tags unique"},
		"cross-field":              {change(`"limit":"12.5",`, ""), 422, "request.invalid", "/rows/0/indicators/0/limit required_unless"},
	} {
		s := newSample(t)
		w := s.put(c.body)
		p := problemIn(t, w)
		if w.Code != c.status || p.Reason != c.reason {
			t.Errorf("%s: %d %s, want %d %s", what, w.Code, p.Reason, c.status, c.reason)
		}
		found := slices.ContainsFunc(p.Errors, func(e rest.FieldProblem) bool { return e.Pointer+" "+e.Code == c.at })
		if c.at != "" && !found {
			t.Errorf("%s: no fault %q in %+v", what, c.at, p.Errors)
		}
		if len(s.shelf.stored) != 0 || w.Body.Len() > 40_000 {
			t.Errorf("%s: stored, or an answer of %d bytes", what, w.Body.Len())
		}
		for _, e := range p.Errors {
			asChinese(t, e.Detail)
		}
	}
}

// Formulas and scripts are texts like others: kept as they are, escaped on the way
// out.
func TestFormulasAndScriptsAreTexts(t *testing.T) {
	s := newSample(t)
	for _, text := range []string{"=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "'; DROP TABLE filings;--", "{{7*7}}", "第一行\n第二行\t表格"} {
		s.shelf.version = 0
		quoted, _ := json.Marshal(text)
		w := s.put(change(`"乡村道路养护"`, string(quoted)))
		if w.Code != 200 || s.shelf.stored[len(s.shelf.stored)-1].Name != text {
			t.Errorf("%q: %d %s", text, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "<") || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
			t.Errorf("%q goes out as %s", text, w.Body)
		}
	}
}

func TestHostileHeads(t *testing.T) {
	s := newSample(t)
	good := []string{"If-Match", `"0"`}
	for what, c := range map[string]struct {
		method, path, body string
		head               []string
		status             int
		at                 string
	}{
		"form":              {"PUT", "/api/filings/5", "a=b", append(good, "Content-Type", "application/x-www-form-urlencoded"), 415, ""},
		"text":              {"PUT", "/api/filings/5", goodBody, append(good, "Content-Type", "text/plain"), 415, ""},
		"no type":           {"PUT", "/api/filings/5", goodBody, append(good, "Content-Type", ""), 415, ""},
		"other charset":     {"PUT", "/api/filings/5", goodBody, append(good, "Content-Type", "application/json; charset=gbk"), 415, ""},
		"compressed":        {"PUT", "/api/filings/5", goodBody, append(good, "Content-Encoding", "gzip"), 415, ""},
		"no body":           {"PUT", "/api/filings/5", "", append(good, "Content-Type", "application/json"), 400, ""},
		"body of none":      {"POST", "/api/filings/5/submit", "{}", nil, 400, ""},
		"body with GET":     {"GET", "/api/filings", "{}", nil, 400, ""},
		"bad id":            {"GET", "/api/filings/abc", "", nil, 422, "path /id format"},
		"zero id":           {"GET", "/api/filings/0", "", nil, 422, "path /id format"},
		"huge id":           {"GET", "/api/filings/99999999999999999999", "", nil, 422, "path /id format"},
		"NUL in path":       {"GET", "/api/filings/%00", "", nil, 422, "path /id text"},
		"bad percent":       {"GET", "/api/filings?text=%zz", "", nil, 400, ""},
		"bad UTF-8":         {"GET", "/api/filings?text=%ff", "", nil, 422, "query /text text"},
		"unknown query":     {"GET", "/api/filings?texts=1", "", nil, 422, "query /texts unknown"},
		"repeated query":    {"GET", "/api/filings?text=a&text=b", "", nil, 422, "query /text repeated"},
		"empty query":       {"GET", "/api/filings?text=", "", nil, 422, "query /text empty"},
		"page zero":         {"GET", "/api/filings?page=0", "", nil, 422, "query /page min"},
		"page word":         {"GET", "/api/filings?page=x", "", nil, 422, "query /page type"},
		"page of 1 million": {"GET", "/api/filings?size=1000000", "", nil, 422, "query /size max"},
		"unknown order":     {"GET", "/api/filings?sort=password", "", nil, 422, "query /sort sort"},
		"two signs":         {"GET", "/api/filings?sort=--name", "", nil, 422, "query /sort sort"},
		"bad kind":          {"GET", "/api/filings?kind=unitFunds&kind=x", "", nil, 422, "query /kind enum"},
		"many kinds":        {"GET", "/api/filings?" + strings.Repeat("kind=unitFunds&", 9), "", nil, 422, "query /kind max"},
		"bad region":        {"GET", "/api/filings?region=33", "", nil, 422, "query /region region"},
		"bad flag":          {"GET", "/api/filings?key=1", "", nil, 422, "query /key type"},
		"short key":         {"PUT", "/api/filings/5", goodBody, append(good, "Idempotency-Key", "short"), 422, "header /Idempotency-Key format"},
		"weak tag":          {"PUT", "/api/filings/5", goodBody, []string{"If-Match", `W/"0"`}, 422, "header /If-Match format"},
		"any tag":           {"PUT", "/api/filings/5", goodBody, []string{"If-Match", `*`}, 422, "header /If-Match format"},
		"no route":          {"GET", "/api/nothing", "", nil, 404, ""},
		"other method":      {"DELETE", "/api/filings/5", "", nil, 405, ""},
		"made up method":    {"BREW", "/api/filings", "", nil, 405, ""},
	} {
		w := s.ask(c.method, c.path, c.body, c.head...)
		p := problemIn(t, w)
		found := slices.ContainsFunc(p.Errors, func(e rest.FieldProblem) bool { return e.In+" "+e.Pointer+" "+e.Code == c.at })
		if w.Code != c.status || c.at != "" && !found {
			t.Errorf("%s: %d %+v, want %d %s", what, w.Code, p, c.status, c.at)
		}
		if w.Code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s: no Allow", what)
		}
	}
	if len(s.shelf.stored) != 0 {
		t.Error("something was stored")
	}
}

// All that is wrong comes back at once, whatever part of the request it is in.
func TestAllFaultsAtOnce(t *testing.T) {
	s := newSample(t)
	body := `{"name":"x","kind":"none","year":"1","count":null,"extra":1,"begins":"2026-13-01","project":"1",
	"funds":[{"source":"乡镇","amount":"1.234"}],"rows":[{"level1":"","indicators":[]}]}`
	w := s.ask("PUT", "/api/filings/x?debug=1", body, "If-Match", "0", "Idempotency-Key", "1")
	p := problemIn(t, w)
	var got []string
	for _, e := range p.Errors {
		got = append(got, e.In+" "+e.Pointer+" "+e.Code)
		asChinese(t, e.Detail)
	}
	want := []string{
		"query /debug unknown", "path /id format", "header /If-Match format", "header /Idempotency-Key format",
		"body /kind enum", "body /year type", "body /count null", "body /extra unknown", "body /begins format",
		"body /funds/0/amount format", "body /name min", "body /funds/0/source oneof", "body /rows/0/level1 required",
		"body /rows/0/indicators min",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if w.Code != 422 || !strings.Contains(p.Detail, "14 处") || p.Type != "/problems/request-invalid" {
		t.Errorf("%d %+v", w.Code, p)
	}
	if e := p.Errors[10]; e.Detail != "项目名称至少2个字" || e.Param != "2" {
		t.Errorf("got %+v", e)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	var many strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&many, `"x%d":1,`, i)
	}
	p := problemIn(t, newSample(t).put("{"+many.String()+goodBody[1:]))
	if len(p.Errors) != 100 || !strings.Contains(p.Detail, "20000 处") {
		t.Errorf("%d faults: %s", len(p.Errors), p.Detail)
	}
}

// Words of Latin letters that a message may hold: values people have to write.
var permitted = regexp.MustCompile(`“[^”]*”|true|false|（[A-Za-z]+）|2026-[0-9T:+-]+|http://|https://|zhang@example.gov.cn|[0-9.]+`)

func asChinese(t *testing.T, detail string) {
	t.Helper()
	if regexp.MustCompile(`[A-Za-z%]`).MatchString(permitted.ReplaceAllString(detail, "")) || detail == "" {
		t.Errorf("not Chinese: %q", detail)
	}
}

// Every rule that a tag can name has a Chinese message for each kind of value it
// can stand at.
func TestMessagesAreChinese(t *testing.T) {
	type all struct {
		A string   `json:"a" binding:"required,max=1,min=1"`
		B *string  `json:"b" binding:"omitempty,len=2"`
		C *int     `json:"c" binding:"omitempty,gt=1,lt=9"`
		D *int     `json:"d" binding:"omitempty,gte=1,lte=9"`
		E []int    `json:"e" binding:"required,min=2,max=3,unique"`
		F *string  `json:"f" binding:"omitempty,oneof=甲 '乙 丙'"`
		G *string  `json:"g" binding:"omitempty,datetime=2006-01-02"`
		H *string  `json:"h" binding:"omitempty,email"`
		I *string  `json:"i" binding:"omitempty,url,max=200"`
		J *string  `json:"j" binding:"omitempty,uuid"`
		K *string  `json:"k" binding:"required_if=A x,omitempty,max=1"`
		L *string  `json:"l" binding:"required_with=A,omitempty,max=1"`
		M *string  `json:"m" binding:"required_without=B,omitempty,max=1"`
		N *string  `json:"n" binding:"excluded_with=A,omitempty,max=9"`
		O *string  `json:"o" binding:"omitempty,region"`
		P []string `json:"p" binding:"omitempty,len=2,dive,required,max=1"`
		Q *float64 `json:"q" binding:"omitempty,max=5"`
	}
	s := newSample(t)
	rest.Handle(s.API, rest.Op{ID: "all", Method: "POST", Path: "/all", Summary: "全部", Action: publicAction}, nothing[body[all]])
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, text := range []string{
		`{"a":"xx","b":"x","c":1,"d":0,"e":[1],"f":"x","g":"x","h":"x","i":"x","j":"x","m":"xx","n":"x","o":"x","p":["",""],"q":6}`,
		`{"a":"x","c":9,"d":10,"e":[1,1],"p":["x"],"q":"x"}`,
		`{"a":"","e":[1,2,3,4],"p":["xx","x"]}`,
	} {
		for _, e := range problemIn(t, s.ask("POST", "/api/all", text)).Errors {
			asChinese(t, e.Detail)
			codes[e.Code] = true
		}
	}
	for _, tag := range []string{"required", "min", "max", "len", "gt", "lt", "gte", "lte", "unique", "oneof", "datetime", "email", "url", "uuid", "required_if", "required_with", "required_without", "excluded_with", "region"} {
		if !codes[tag] {
			t.Errorf("%s was not broken", tag)
		}
	}
}
