package api_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
)

// What somebody may do with the records of four units, in this order: 701001, 701,
// which is above it, 702, and 801 in another region. y: the right is there. n: it is
// not. -: for them the record or the unit isn't there.
type verdicts map[string]string

var ofUnits = []string{"701001", "701", "702", "801"}

func table(rows string) verdicts {
	v := verdicts{}
	fields := strings.Fields(rows)
	for i := 0; i+1 < len(fields); i += 2 {
		v[fields[i]] = fields[i+1]
	}
	return v
}

// The people: preparers of 701001, 701, 702 and 801; reviewers of 701001, 701, 702 and
// 801; the offices for business, performance and the leading one; the bureau; the
// publisher of 701; administrator, security administrator and auditor.
var (
	readers   = table("jb y--- bjb -y-- tjb --y- xjb ---y dw y--- bm yy-- tbm --y- lx ---y yw yy-- jx yyy- ys yyy- cz yyy- gb yy-- gl nnnn aq nnnn sj nnnn")
	preparers = table("jb y--- bjb -y-- tjb --y- xjb ---y dw nnnn bm nnnn tbm nnnn lx nnnn yw nnnn jx nnnn ys nnnn cz nnnn gb nnnn gl nnnn aq nnnn sj nnnn")
	reviewers = table("jb nnnn bjb nnnn tjb nnnn xjb nnnn dw y--- bm yy-- tbm --y- lx ---y yw yy-- jx yyy- ys nnnn cz yyy- gb nnnn gl nnnn aq nnnn sj nnnn")
	financial = table("jb nnnn bjb nnnn tjb nnnn xjb nnnn dw nnnn bm nnnn tbm nnnn lx nnnn yw yy-- jx yyy- ys nnnn cz yyy- gb nnnn gl nnnn aq nnnn sj nnnn")
	withdraws = table("jb y--- bjb -y-- tjb --y- xjb ---y dw y--- bm yy-- tbm --y- lx ---y yw yy-- jx yyy- ys nnnn cz yyy- gb nnnn gl nnnn aq nnnn sj nnnn")
	// The bureau gives a 批复 to departments, a department to the units below.
	byBureau     = table("jb nnnn bjb nnnn tjb nnnn xjb nnnn dw nnnn bm nnnn tbm nnnn lx nnnn yw nnnn jx nnnn ys nyy- cz nyy- gb nnnn gl nnnn aq nnnn sj nnnn")
	byDepartment = table("jb nnnn bjb nnnn tjb nnnn xjb nnnn dw nnnn bm yn-- tbm --n- lx ---n yw nnnn jx nnnn ys nnnn cz nnnn gb nnnn gl nnnn aq nnnn sj nnnn")
	// What is common to a region.
	regional = table("jb yyy- bjb yyy- tjb yyy- xjb ---y dw yyy- bm yyy- tbm yyy- lx ---y yw yyy- jx yyy- ys yyy- cz yyy- gb yyy- gl nnnn aq nnnn sj nnnn")
	// Drafts wait for whoever prepares them.
	waiting = table("jb y--- bjb -y-- tjb --y- xjb ---y dw ---- bm ---- tbm ---- lx ---- yw ---- jx ---- ys ---- cz ---- gb ---- gl ---- aq ---- sj ----")
)

// except gives a table with other rows for some people.
func (v verdicts) except(rows string) verdicts {
	out := maps.Clone(v)
	maps.Copy(out, table(rows))
	return out
}

// all gives everybody the same, but for some.
func all(cells, rows string) verdicts {
	v := verdicts{}
	for who := range readers {
		v[who] = cells
	}
	return v.except(rows)
}

// probe asks for a route as somebody, about one of the units, and gives the verdict.
type probe struct {
	want verdicts
	ask  func(p *person, unit string) byte
}

// hall is the county with a draft of each kind in each unit.
type hall struct {
	*county
	records map[string]map[string]ref // by path of the kind and unit
}

func newHall(t *testing.T) *hall { return hallAt(t, "sqlite:"+t.TempDir()+"/x.db") }

func eachHall(t *testing.T, test func(t *testing.T, h *hall)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, hallAt(t, url)) })
}

func hallAt(t *testing.T, url string) *hall {
	t.Helper()
	h := &hall{newCounty(t, url), map[string]map[string]ref{"/corrections": {}, "/attachments": {}, "/library": {}, "/projects": {}}}
	for path, content := range map[string]func(string) string{
		"/filings": func(code string) string { return `{"code":"P` + code + `","name":"项目` + code + `"}` },
		"/sheets":  func(string) string { return `{}` },
		"/targets": func(string) string { return `{}` },
	} {
		h.records[path] = map[string]ref{}
		for who, unit := range map[string]string{"jb": "701001", "bjb": "701", "tjb": "702", "xjb": "801"} {
			h.records[path][unit] = h.people[who].begin(path, unit, content(unit))
		}
	}
	h.must(h.store.InTx(t.Context(), func(tx *store.Tx) error {
		for _, unit := range ofUnits {
			if err := tx.AddApproval(&model.Approval{UnitID: h.units[unit].ID, Year: 2024, Number: "批" + unit + "号"}); err != nil {
				return err
			}
		}
		return nil
	}))
	h.furnish()
	return h
}

// verdict reads an answer to a request about one record or unit.
func verdict(p *person, a answer) byte {
	p.Helper()
	switch {
	case a.status >= 500:
		p.Errorf("%s: %s", p.login, a.raw)
	case a.status == 404:
		return '-'
	case a.status == 403 && a.body["reason"] == "right.missing":
		return 'n'
	}
	return 'y'
}

// one asks about one record; the tag is of no version, so that nothing is changed.
func (h *hall) one(method, kind, below, body string) func(*person, string) byte {
	return func(p *person, unit string) byte {
		var sent any
		if body != "" {
			sent = strings.ReplaceAll(body, "UNIT", unit)
		}
		return verdict(p, p.send(method, h.records[kind][unit].path+below, sent, "If-Match", `"999"`))
	}
}

// many asks a batch about one record.
func (h *hall) many(path string) func(*person, string) byte {
	return func(p *person, unit string) byte {
		id := h.records["/"+strings.Split(path, "/")[1]][unit].path
		id = id[strings.LastIndex(id, "/")+1:]
		a := p.send("POST", path, `{"records":[{"id":"`+id+`","lock":999}]}`)
		if a.status != 200 {
			return verdict(p, a)
		}
		problem := a.body["results"].([]any)[0].(map[string]any)["problem"].(map[string]any)
		return verdict(p, answer{status: int(problem["status"].(float64)), body: problem})
	}
}

// listed asks a list whether it shows what belongs to a unit.
func (h *hall) listed(path string) func(*person, string) byte {
	return func(p *person, unit string) byte {
		a := p.send("GET", path, nil)
		shows := strings.Contains(a.raw, `"code":"`+unit+`"`) || strings.Contains(a.raw, unit+",")
		if found := verdict(p, a); found != 'y' || shows {
			return found
		}
		return '-'
	}
}

// about asks for something of a unit; ID and REGION in the path are the unit's.
func (h *hall) about(method, path string, body string) func(*person, string) byte {
	return func(p *person, unit string) byte {
		u := h.units[unit]
		fill := strings.NewReplacer("ID", u.ID.String(), "REGION", u.RegionCode)
		var sent any
		if body != "" {
			sent = fill.Replace(body)
		}
		return verdict(p, p.send(method, fill.Replace(path), sent, "If-Match", `"999"`))
	}
}

// gate asks a route that belongs to no unit whether its guard opens.
func (h *hall) gate(method, path, body string) func(*person, string) byte {
	return func(p *person, _ string) byte {
		var sent any
		if body != "" {
			sent = body
		}
		if a := p.send(method, path, sent, "If-Match", `"999"`); a.status != 404 {
			return verdict(p, a)
		}
		return 'y' // what isn't there was looked for
	}
}

// recordProbes are those of one kind of record.
func (h *hall) recordProbes(kind, one, many, content string) map[string]probe {
	probes := map[string]probe{
		"list" + many:      {readers, h.listed(kind)},
		"export" + many:    {readers, h.listed(kind + "/export")},
		"get" + one:        {readers, h.one("GET", kind, "", "")},
		"historyOf" + one:  {readers, h.one("GET", kind, "/history", "")},
		"versionOf" + one:  {readers, h.one("GET", kind, "/versions/1", "")},
		"compare" + one:    {readers, h.one("GET", kind, "/differences?from=1&to=1", "")},
		"effectOf" + one:   {readers, h.one("GET", kind, "/effect", "")},
		"create" + one:     {preparers, h.about("POST", kind, `{"unitId":"ID","year":2025,"content":{"code":"N","name":"新"}}`)},
		"save" + one:       {preparers, h.one("PUT", kind, "", `{"content":`+content+`}`)},
		"editAgreed" + one: {reviewers, h.one("POST", kind, "/editAgreed", `{"content":`+content+`}`)},
		"withdraw" + one:   {withdraws, h.one("POST", kind, "/withdraw", `{"reason":"试"}`)},
		"withdraw" + many:  {withdraws, h.many(kind + "/batch/withdraw")},
	}
	if one != "Filing" {
		probes["create"+one] = probe{preparers, h.about("POST", kind, `{"unitId":"ID","year":2025,"content":{}}`)}
	}
	for verb, want := range map[string]verdicts{
		"submit": preparers, "recall": preparers, "consent": preparers, "decline": preparers, "adjust": preparers,
		"pass": reviewers, "return": reviewers, "block": financial, "reopen": financial,
	} {
		probes[verb+one] = probe{want, h.one("POST", kind, "/"+verb, `{}`)}
		if verb != "consent" && verb != "decline" {
			probes[verb+many] = probe{want, h.many(kind + "/batch/" + verb)}
		}
	}
	return probes
}

// probes lists every route.
func (h *hall) probes() map[string]probe {
	const year = "/units/ID/years/2024"
	paper := `{"unitId":"ID","year":2024,"number":"1号","date":"2024-02-01"}`
	nobody := func(rows string) verdicts { return all("nnnn", rows) }
	everybody := all("yyyy", "")
	inside := all("yyyy", "gl nnnn aq nnnn sj nnnn")
	probes := map[string]probe{
		"listTables":       {readers, h.about("GET", year+"/tables", "")},
		"showFundFlow":     {readers, h.about("GET", year+"/fund-flow", "")},
		"getTable":         {readers, h.about("GET", year+"/tables/income", "")},
		"openFigure":       {readers, h.about("GET", year+"/tables/incomeAndExpenditure/figure?row=grand&column=income", "")},
		"listFindings":     {readers, h.about("GET", year+"/findings", "")},
		"listTasks":        {waiting, h.listed("/tasks?size=200")},
		"listApprovals":    {readers, h.listed("/approvals")},
		"waitingApproval":  {readers, h.about("GET", "/approvals/waiting?unit=ID&year=2024", "")},
		"giveApproval":     {byBureau, h.about("POST", "/approvals", paper)},
		"giveUnitApproval": {byDepartment, h.about("POST", "/approvals/units", paper)},
		"pendingApprovals": {nobody("ys yyyy cz yyyy"), h.gate("GET", "/approvals/pending?year=2024", "")},

		"listUnits":          {regional.except("gl yyyy aq yyyy sj yyyy"), h.listed("/units?size=200")},
		"getUnit":            {regional.except("gl yyyy aq yyyy sj yyyy"), h.about("GET", "/units/ID", "")},
		"listYears":          {regional, h.years},
		"getMapping":         {regional, h.about("GET", "/mapping?unit=ID&year=2024", "")},
		"getReviewTemplate":  {regional, h.about("GET", "/review-template?region=REGION&year=2024", "")},
		"listCodes":          {inside, h.gate("GET", "/catalogues/functional?year=2024", "")},
		"getIndicatorTree":   {inside, h.gate("GET", "/indicator-trees/2015", "")},
		"readIndicatorValue": {inside, h.gate("GET", "/indicator-values?text=%E2%89%A595%25&year=2024", "")},

		"listAuditEvents": {nobody("sj yyyy"), h.gate("GET", "/audit-events", "")},
		"listAccounts":    {nobody("gl yyyy aq yyyy"), h.gate("GET", "/accounts", "")},
		"createAccount":   {nobody("gl yyyy"), h.gate("POST", "/accounts", `{"login":"jb","name":"某"}`)},
		"updateAccount":   {nobody("gl yyyy"), h.gate("PUT", "/accounts/1", `{"name":"某"}`)},
		"disableAccount":  {nobody("gl yyyy"), h.gate("POST", "/accounts/1/disabled", `{"disabled":true,"reason":"试"}`)},
		"resetPassword":   {nobody("gl yyyy"), h.gate("POST", "/accounts/1/password-reset", `{"reason":"试"}`)},
		"grantRole":       {nobody("aq yyyy"), h.gate("POST", "/accounts/1/roles", `{"role":"preparer","reason":"试"}`)},
		"revokeRole":      {nobody("aq yyyy"), h.gate("POST", "/roles/1/revoked", `{"reason":"试"}`)},

		"describe": {everybody, h.gate("GET", "/openapi.json", "")},
		"whoAmI":   {everybody, h.gate("GET", "/session", "")},
		"whyMay":   {everybody, h.gate("GET", "/session/why?action=filing.read", "")},
		// Bodies that can't be: the guard let them through, and nobody is logged out.
		"logIn":          {everybody, h.gate("POST", "/session", `{}`)},
		"logOut":         {everybody, h.gate("DELETE", "/session", `{}`)},
		"changePassword": {everybody, h.gate("POST", "/session/password", `{}`)},
	}
	maps.Copy(probes, h.recordProbes("/filings", "Filing", "Filings", `{"code":"PUNIT","name":"改名"}`))
	maps.Copy(probes, h.recordProbes("/sheets", "Sheet", "Sheets", `{"assets":{"vehicles":3}}`))
	maps.Copy(probes, h.recordProbes("/targets", "Target", "Targets", `{"annualGoal":"改"}`))
	for _, more := range []map[string]probe{h.disclosureProbes(), h.fileProbes(), h.trackingProbes(), h.libraryProbes(), h.deskProbes(), h.projectProbes()} {
		maps.Copy(probes, more)
	}
	return probes
}

// years asks whether the years of the unit's region are listed.
func (h *hall) years(p *person, unit string) byte {
	a := p.send("GET", "/years", nil)
	if found := verdict(p, a); found != 'y' || strings.Contains(a.raw, `"region":"`+h.units[unit].RegionCode+`"`) {
		return found
	}
	return '-'
}

// TestRights asserts every route × every seat × units of one's own, below it, beside
// it and abroad; a route without a probe fails, and so does one with a mere guard
// where a stranger would learn more.
func TestRights(t *testing.T) {
	h := newHall(t)
	probes := h.probes()
	for _, route := range h.api.Table().Routes() {
		probe, ok := probes[route.ID]
		if !ok {
			t.Errorf("%s %s (%s) has no probe here", route.Method, route.Path, route.ID)
			continue
		}
		delete(probes, route.ID)
		for _, who := range slices.Sorted(maps.Keys(probe.want)) {
			var got []byte
			for _, unit := range ofUnits {
				got = append(got, probe.ask(h.people[who], unit))
			}
			if string(got) != probe.want[who] {
				t.Errorf("%s as %s: got %s, want %s", route.ID, who, got, probe.want[who])
			}
		}
		if route.Action.Name != "public" {
			stranger := &person{county: h.county}
			if a := stranger.send(route.Method, strings.NewReplacer("{", "", "}", "").Replace(route.Path), nil); a.status != 401 {
				t.Errorf("%s without a session: %d %s", route.ID, a.status, a.raw)
			}
		}
	}
	for id := range probes {
		t.Errorf("there is no route %s", id)
	}
	h.nothingChanged()
}

// nothingChanged makes sure that asking changed no record.
func (h *hall) nothingChanged() {
	h.Helper()
	for _, kind := range []string{"/filings", "/sheets", "/targets"} {
		a := h.people["cz"].want(200, "GET", kind+"?year=2024", nil)
		var page struct {
			Items []struct{ Lock int }
		}
		h.must(json.Unmarshal([]byte(a.raw), &page))
		for _, item := range page.Items {
			if item.Lock != 1 {
				h.Errorf("%s was changed: %s", kind, a.raw)
			}
		}
	}
}
