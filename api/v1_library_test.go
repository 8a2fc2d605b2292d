package api_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/account"
)

// newDesks is a server on a database with a unit and the demo accounts; people log in
// by what they are: "bureau", "preparer".
func newDesks(t *testing.T) func(who string) *desk {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	err = s.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnit(&model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: "701", Name: "示例局", Path: model.DefaultRegionCode + "/701/"})
	})
	if err != nil {
		t.Fatal(err)
	}
	accounts, enforcer := accountsOf(t, s)
	const password = "Yardstick-2026"
	if _, err := accounts.EnsureDemo(t.Context(), account.Operator("test"), password); err != nil {
		t.Fatal(err)
	}
	server, err := api.New(s, accounts, enforcer)
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(server)
	t.Cleanup(func() {
		served.Close()
		_ = s.Close()
	})
	return func(who string) *desk {
		d := &desk{office: office{T: t, Server: served}}
		d.expect(d.logIn("demo-"+who, password), 201)
		return d
	}
}

const libraryBody = `{"level1":"output","level2":"quantity","name":"举办培训期数","unit":"期","operator":">=","usual":["≥12期"],"functions":["2050803"]}`

func (d *desk) post(path, mediaType, body string, headers ...string) answer {
	return d.sent("POST", path, mediaType, body, headers...)
}

// sent is do for a body that is no JSON of ours.
func (d *desk) sent(method, path, mediaType, body string, headers ...string) answer {
	d.Helper()
	request, err := http.NewRequestWithContext(d.Context(), method, d.URL+"/api"+path, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	request.Header.Set("Content-Type", mediaType)
	request.Header.Set("Cookie", d.cookie)
	request.Header.Set("X-CSRF-Token", d.csrf)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := d.Client().Do(request)
	if err != nil {
		d.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		d.Fatal(err)
	}
	return answer{status: response.StatusCode, header: response.Header, raw: string(raw)}
}

// The library over HTTP: entered, found, changed, merged, taken out, each with the
// tag of what was seen; unknown things are not found.
func TestLibrary(t *testing.T) {
	desks := newDesks(t)
	bureau, preparer := desks("bureau"), desks("preparer")
	const list = "/library/indicators"
	made := bureau.expect(bureau.post(list, "application/json", libraryBody), 201)
	bureau.expect(bureau.post(list, "application/json", libraryBody), 409)
	bureau.expect(bureau.post(list, "application/json", strings.Replace(libraryBody, ">=", "≠", 1)), 422)
	found := preparer.expect(preparer.do("GET", list+"?function=2050899&text=培训", nil), 200)
	items := found.body["items"].([]any)
	if len(items) != 1 || strings.Contains(found.raw, "library.save") {
		t.Fatalf("got %s", found.raw)
	}
	id := items[0].(map[string]any)["id"].(string)
	one := bureau.expect(bureau.do("GET", list+"/"+id, nil), 200)
	if !strings.Contains(one.raw, "library.save") || one.header.Get("ETag") != made.header.Get("ETag") {
		t.Errorf("got %s %s, made %s", one.raw, one.header.Get("ETag"), made.header.Get("ETag"))
	}
	preparer.expect(preparer.do("GET", list+"/1", nil), 404)
	preparer.expect(preparer.do("GET", list+"?function=20508x", nil), 422)

	put := func(d *desk, tag string, name string) answer {
		return d.sent("PUT", list+"/"+id, "application/json", strings.Replace(libraryBody, "举办培训期数", name, 1), "If-Match", tag)
	}
	preparer.expect(put(preparer, one.header.Get("ETag"), "培训期数"), 403)
	bureau.expect(bureau.sent("PUT", list+"/"+id, "application/json", libraryBody), 428)
	changed := bureau.expect(put(bureau, one.header.Get("ETag"), "培训期数"), 200)
	bureau.expect(put(bureau, one.header.Get("ETag"), "办班期数"), 409)

	other := bureau.expect(bureau.post(list, "application/json", libraryBody), 201)
	otherID := strings.Split(other.raw, `"`)[3]
	merge := func(into string) answer {
		return bureau.post(list+"/"+id+"/merged", "application/json", `{"into":"`+into+`","reason":"同义"}`, "If-Match", changed.header.Get("ETag"))
	}
	bureau.expect(merge("1"), 404)
	bureau.expect(merge(id), 422)
	merged := bureau.expect(merge(otherID), 200)
	bureau.expect(bureau.post(list+"/"+otherID+"/disabled", "application/json", `{"disabled":true,"reason":"停用"}`, "If-Match", merged.header.Get("ETag")), 200)
	gone := bureau.expect(bureau.do("GET", list+"/"+id, nil), 200)
	if gone.body["mergedInto"] != otherID || len(gone.body["actions"].([]any)) != 0 {
		t.Errorf("got %s", gone.raw)
	}
}

// The file goes out to the bureau alone, comes in again, and is refused with the
// place of every fault.
func TestLibraryFile(t *testing.T) {
	desks := newDesks(t)
	bureau, preparer := desks("bureau"), desks("preparer")
	bureau.expect(bureau.post("/library/indicators", "application/json", libraryBody), 201)
	preparer.expect(preparer.do("GET", "/library/export", nil), 403)
	out := bureau.expect(bureau.do("GET", "/library/export", nil), 200)
	if !strings.Contains(out.raw, "产出指标,数量指标,举办培训期数,期,≥,≥12期") {
		t.Errorf("got %s", out.raw)
	}
	in := bureau.expect(bureau.post("/library/import", "text/csv", out.raw), 200)
	if !strings.Contains(in.raw, `"unchanged":1`) {
		t.Errorf("got %s", in.raw)
	}
	seen := bureau.expect(bureau.post("/library/import/preview", "text/csv", "一级指标,二级指标,指标名称,计量单位\n产出指标,数量指标,举办培训期数,次\n产出指标,数量指标,印发手册,册\n"), 200)
	for _, want := range []string{`"created":1,"changed":1,"unchanged":0`, `"fate":"changed","changes":[{"label":"计量单位","before":"期","after":"次"}]`, `"fate":"new","changes":[{"label":"计量单位","before":"","after":"册"}]`} {
		if !strings.Contains(seen.raw, want) {
			t.Errorf("got %s, want %s", seen.raw, want)
		}
	}
	if again := bureau.expect(bureau.do("GET", "/library/export", nil), 200); again.raw != out.raw {
		t.Errorf("a preview changed the library: %s", again.raw)
	}
	bad := bureau.expect(bureau.post("/library/import/preview", "text/csv", "一级指标,二级指标,指标名称\n产出指标,数量指标,\n"), 422)
	if !strings.Contains(bad.raw, "第 2 行：请填写指标名称") {
		t.Errorf("got %s", bad.raw)
	}
	bad = bureau.expect(bureau.post("/library/import", "text/csv", "一级指标,二级指标,指标名称\n产出指标,数量指标,\n"), 422)
	if !strings.Contains(bad.raw, "第 2 行：请填写指标名称") {
		t.Errorf("got %s", bad.raw)
	}
	bureau.expect(bureau.post("/library/import", "application/json", "{}"), 415)
	bureau.expect(bureau.post("/library/import", "text/csv", strings.Repeat("x", 9<<20)), 413)
	preparer.expect(preparer.post("/library/import", "text/csv", out.raw), 403)
}

// Every route of the library × every kind of account.
func TestLibraryRights(t *testing.T) {
	desks := newDesks(t)
	for who, may := range map[string]struct{ read, keep bool }{
		"preparer": {read: true}, "head": {read: true}, "reviewer": {read: true}, "business": {read: true}, "performance": {read: true},
		"publisher": {read: true}, "bureau": {true, true}, "admin": {}, "security": {}, "auditor": {},
	} {
		d := desks(who)
		for _, path := range []string{"/library/indicators", "/library/indicators/1"} {
			if got := d.do("GET", path, nil).status; (got != 403) != may.read {
				t.Errorf("%s reads %s: %d", who, path, got)
			}
		}
		for _, a := range []answer{
			d.post("/library/indicators", "application/json", "{}"), d.sent("PUT", "/library/indicators/1", "application/json", "{}"),
			d.post("/library/indicators/1/disabled", "application/json", "{}"), d.post("/library/indicators/1/merged", "application/json", "{}"),
			d.post("/library/import", "text/csv", ""), d.do("GET", "/library/export", nil),
		} {
			if (a.status != 403) != may.keep || !slices.Contains([]int{200, 403, 422, 428}, a.status) {
				t.Errorf("%s keeps: %d %s", who, a.status, a.raw)
			}
		}
	}
}
