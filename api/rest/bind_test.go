package rest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever comes in, the answer is a verdict: no panic, no 5xx; and what is taken
// is JSON in UTF-8 that the standard library reads too.
func FuzzBind(f *testing.F) {
	f.Add(goodBody, "page=1&sort=-name", `"0"`)
	f.Add(`{"name":null}`, "kind=unitFunds", `W/"1"`)
	f.Add(`{"rows":[{"indicators":[{"limit":"1"}]}]}`, "text=%ff", "")
	f.Add(`{"a":{"b":[1,2,{"c":"\ud800\""}]},"year":1e-9}`, "%zz", "*")
	s := newSample(f)
	f.Fuzz(func(t *testing.T, body, query, tag string) {
		r := request("PUT", "/api/filings/5", body, "If-Match", tag)
		r.URL.RawQuery = query
		if p := s.Verdict(r); p == nil {
			if !json.Valid([]byte(body)) || !utf8.ValidString(body) {
				t.Errorf("taken: %q", body)
			}
		} else if p.Status >= 500 {
			t.Errorf("%q %q %q: %+v", body, query, tag, p)
		}
		list := request("GET", "/api/filings", "")
		list.URL.RawQuery = query
		if p := s.Verdict(list); p != nil && p.Status >= 500 {
			t.Errorf("%q: %+v", query, p)
		}
	})
}

// The binder reads the same values as encoding/json does.
func TestBinderReadsAsTheStandardLibrary(t *testing.T) {
	s := newSample(t)
	escaped := change("乡村道路养护", `a\"b\\c\/d\u4e2d\ud83d\ude00\n`)
	for _, text := range []string{goodBody, escaped, change(`"year":2026`, ` "year" : 2026 `)} {
		s.shelf.version = 0
		if w := s.put(text); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		var want filingIn
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(s.shelf.stored[len(s.shelf.stored)-1])
		if b, _ := json.Marshal(want); !bytes.Equal(a, b) {
			t.Errorf("got  %s\nwant %s", a, b)
		}
	}
}

func BenchmarkSmallPut(b *testing.B) {
	s := newSample(b)
	b.ReportAllocs()
	for b.Loop() {
		s.shelf.version, s.shelf.stored = 0, nil
		if w := s.put(goodBody); w.Code != 200 {
			b.Fatal(w.Body)
		}
	}
}

// A form of a hundred rows with two indicators each.
func BenchmarkLargeVerdict(b *testing.B) {
	s := newSample(b)
	row := `{"level1":"产出指标","indicators":[{"name":"里程","operator":"≥","limit":"12.5","weight":10.5,"tags":["甲","乙"]}]}`
	body := strings.Replace(goodBody, row, row+strings.Repeat(","+row, 19), 1)
	body = strings.ReplaceAll(body, `"tags":["甲","乙"]}]`, `"tags":["甲","乙"]}`+strings.Repeat(`,{"name":"里程","operator":"≥","limit":"12.5","weight":10.5,"tags":["甲","乙"]}`, 9)+"]")
	if p := s.Verdict(request("PUT", "/api/filings/5", body, "If-Match", `"0"`)); p != nil {
		b.Fatalf("%+v", p)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		s.Verdict(request("PUT", "/api/filings/5", body, "If-Match", `"0"`))
	}
}

func BenchmarkStandardDecode(b *testing.B) {
	for b.Loop() {
		var v filingIn
		if err := json.Unmarshal([]byte(goodBody), &v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSpec(b *testing.B) {
	s := newSample(b)
	for b.Loop() {
		if _, err := s.Spec("标尺", "1"); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleAPI_Verdict() {
	s := newSample(&testing.T{})
	r := httptest.NewRequest("GET", "/api/filings?page=0&sort=age", nil)
	for _, e := range s.Verdict(r).Errors {
		fmt.Println(e.Pointer, e.Detail)
	}
	// Output:
	// /page 页码不能小于1
	// /sort 排序只能按这些排列（名称前加“-”为倒序）：year、name
}
