package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// What follows from an approved target, in the order of a year: whoever has it adds and
// takes away evidence, whoever examines it adds, and afterwards nobody does either.
func TestEvidenceByStateAndRole(t *testing.T) {
	w := newTreasury(t)
	// The order of the columns.
	people := []string{"管理", "发布", "他经办", "他部门", "经办", "单位审核", "部门审核", "财政"}
	said := `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"7次","forecast":"12次","likelihood":"certain"}]}`
	scored := `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"12次"}]}`
	const monitoring, evaluation, correction = "/filings/{r701001}/monitoring/1-7", "/filings/{r701001}/evaluation", "/corrections/{correction}"
	const department, finance = "/filings/{r701001}/assessments/department", "/filings/{r701001}/assessments/finance"
	for _, step := range []struct {
		at, list, add, remove string // status by column; of an add and a removal
		who, act, body, tag   string // what comes after
	}{
		{monitoring, "403 403 404 404 200 200 200 200", "403 403 404 404 201 409 409 409", "403 403 404 404 204 403 403 403", "经办", "PUT " + monitoring, said, "0"},
		{monitoring, "403 403 404 404 200 200 200 200", "403 403 404 404 201 409 409 409", "403 403 404 404 204 403 403 403", "经办", "POST " + monitoring + "/submitted", `{}`, "1"},
		{monitoring, "403 403 404 404 200 200 200 200", "403 403 404 404 409 201 201 201", "403 403 404 404 409 403 403 403", "单位审核", "POST " + monitoring + "/confirmed", `{}`, "2"},
		{monitoring, "403 403 404 404 200 200 200 200", "403 403 404 404 409 409 409 409", "403 403 404 404 409 403 403 403", "财政", "POST /filings/{r701001}/corrections", `{"what":"落后","responsible":"中心","due":"2099-09-30"}`, ""},
		{correction, "403 403 404 404 200 200 200 200", "403 403 404 404 201 403 403 409", "403 403 404 404 204 403 403 403", "经办", "POST " + correction + "/replied", `{"reply":"已补"}`, "1"},
		{correction, "403 403 404 404 200 200 200 200", "403 403 404 404 409 403 403 201", "403 403 404 404 409 403 403 403", "财政", "POST " + correction + "/rechecked", `{"done":true}`, "2"},
		{correction, "403 403 404 404 200 200 200 200", "403 403 404 404 409 403 403 409", "403 403 404 404 409 403 403 403", "", "", "", ""},
		{department, "403 404 404 404 404 404 200 404", "403 403 404 404 403 403 409 403", "", "经办", "PUT " + evaluation, scored, "0"},
		{evaluation, "403 200 404 404 200 200 200 200", "403 403 404 404 201 409 409 409", "403 403 404 404 204 403 403 403", "经办", "POST " + evaluation + "/submitted", `{}`, "1"},
		{evaluation, "403 200 404 404 200 200 200 200", "403 403 404 404 409 201 201 201", "", "部门审核", "POST " + evaluation + "/confirmed", `{}`, "2"},
		{department, "403 404 404 404 404 404 200 404", "403 403 404 404 403 403 201 403", "403 403 404 404 403 403 204 403", "部门审核", "PUT " + department, `{"rows":[]}`, "0"},
		{department, "403 404 404 404 404 404 200 404", "403 403 404 404 403 403 201 403", "", "部门审核", "POST " + department + "/issued", `{"reason":"评完"}`, "1"},
		{department, "403 200 404 404 200 200 200 200", "403 403 404 404 403 403 409 403", "403 403 404 404 403 403 409 403", "", "", "", ""},
		{finance, "403 404 404 404 404 404 404 200", "403 403 404 404 403 403 403 201", "403 403 404 404 403 403 403 204", "", "", "", ""},
	} {
		path := step.at + "/attachments"
		w.statuses(people, path, step.list, func(who string) int { return w.ask(who, "GET", path, "", "").status })
		w.statuses(people, path, step.add, func(who string) int { return w.attach(who, step.at).status })
		w.statuses(people, path, step.remove, func(who string) int {
			return w.ask(who, "POST", "/attachments/"+w.ids["{file}"]+"/removed", `{}`, "").status
		})
		if step.act == "" {
			continue
		}
		if strings.HasSuffix(step.act, "/replied") {
			if got := w.ask(step.who, "POST", correction+"/replied", `{"reply":"已补","evidence":"　"}`, "1"); got.body["reason"] != "correction.evidence" {
				t.Errorf("a reply after all evidence was removed: %s", got.raw)
			}
			w.desks[step.who].expect(w.attach(step.who, correction), 201)
		}
		method, act, _ := strings.Cut(step.act, " ")
		got := w.ask(step.who, method, act, step.body, step.tag)
		if got.status >= 300 {
			t.Fatalf("%s by %s: %s", step.act, step.who, got.raw)
		}
		if id, ok := got.body["id"].(string); ok && strings.HasSuffix(act, "/corrections") {
			w.ids["{correction}"] = id
		}
	}
	w.evidenceShows()
}

// statuses holds what everybody is answered; "" asks nobody.
func (w *treasury) statuses(people []string, what, want string, ask func(who string) int) {
	w.Helper()
	for i, status := range strings.Fields(want) {
		if got := ask(people[i]); fmt.Sprint(got) != status {
			w.Errorf("%s as %s: %d, want %s", what, people[i], got, status)
		}
	}
}

// attach uploads a file that nobody uploaded before, and keeps its identifier.
func (w *treasury) attach(who, at string) answer {
	w.Helper()
	w.files++
	content := fmt.Appendf(nil, "%%PDF-1.7\n%d", w.files)
	got := w.desks[who].send("POST", w.fill(at)+"/attachments?name=a.pdf", content, "Content-Type", "application/octet-stream")
	if id, ok := got.body["id"].(string); ok {
		w.ids["{file}"] = id
	}
	return got
}

// evidenceShows looks at what is left to see: what there is on the order, what came and
// went in the histories, and nothing on the filing itself.
func (w *treasury) evidenceShows() {
	w.Helper()
	for path, want := range map[string][]string{
		"/filings/{r701001}/corrections":            {`"files":[{"id"`, `"removedAt":null`},
		"/corrections/{correction}/attachments":     {`"removedBy":"p0"`, `"actions":[]`},
		"/filings/{r701001}/monitoring/1-7/history": {"上传附件“a.pdf”", "移除附件“a.pdf”", "当时的状态不能增减附件"},
		"/filings/{r701001}/history":                {"上传附件（监控表）", "移除附件（整改通知）", "上传附件（部门评价）"},
		"/records/{r701001}/attachments":            {`"items":[]`},
	} {
		got := w.ask("经办", "GET", path, "", "")
		for _, part := range want {
			if got.status != 200 || !strings.Contains(got.raw, part) {
				w.Errorf("%s: no %s in %d %s", path, part, got.status, got.raw)
			}
		}
	}
	for _, hidden := range []string{"整改通知", "评价"} {
		if got := w.ask("经办", "GET", "/filings/{r701001}/monitoring/1-7/history", "", ""); strings.Contains(got.raw, hidden) {
			w.Errorf("the history of a sheet tells of %s: %s", hidden, got.raw)
		}
	}
}
