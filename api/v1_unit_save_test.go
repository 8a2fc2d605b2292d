package api_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
)

// The administrator keeps the tree of units; nobody else does, and a unit that has
// records stays where it is.
func TestUnitsAreKept(t *testing.T) {
	w := newTown(t)
	admin, security, head := w.desk("adm", rbac.Admin, ""), w.desk("sec", rbac.Security, ""), w.desk("head", rbac.Reviewer, "701")
	made := map[string]any{"region": model.DefaultRegionCode, "code": "701009", "name": "新站", "kind": "publicInstitution", "parentCode": "701"}
	for _, other := range []*desk{security, head} {
		other.expect(other.do("POST", "/units", made), 403)
		other.expect(other.do("PUT", "/units/"+w.id("701"), map[string]any{"name": "甲", "reason": "试"}, "If-Match", `"1"`), 403)
	}
	unit := admin.expect(admin.do("POST", "/units", made), 201)
	admin.expect(admin.do("POST", "/units", made), 409)
	path := "/units/" + unit.body["id"].(string)
	moved := map[string]any{"name": "新站", "kind": "publicInstitution", "parentCode": "702", "reason": "划转"}
	admin.expect(admin.do("PUT", path, moved), 428)
	admin.expect(admin.do("PUT", path, moved, "If-Match", `"7"`), 409)
	if a := admin.expect(admin.do("PUT", path, moved, "If-Match", `"1"`), 200); a.body["parentCode"] != "702" || a.header.Get("ETag") != `"2"` {
		t.Errorf("moved %s", a.raw)
	}
	w.file("701001", "A")
	moved["parentCode"] = ""
	refused := admin.expect(admin.do("PUT", "/units/"+w.id("701001"), map[string]any{"name": "中心", "parentCode": "702", "reason": "划转"}, "If-Match", `"1"`), 409)
	if refused.body["reason"] != "unit.hasRecords" || !strings.Contains(refused.raw, "1 份") {
		t.Errorf("refusal %s", refused.raw)
	}
	admin.expect(admin.do("PUT", "/units/"+w.id("701"), map[string]any{"name": "局", "parentCode": "701001", "reason": "试"}, "If-Match", `"1"`), 409)
	admin.expect(admin.do("PUT", "/units/"+w.id("701001"), map[string]any{"name": "更名中心", "parentCode": "701", "reason": "更名"}, "If-Match", `"1"`), 200)
}

func TestHostileUnits(t *testing.T) {
	w := newTown(t)
	admin := w.desk("adm", rbac.Admin, "")
	for name, body := range map[string]map[string]any{
		"slash": {"code": "7/1", "name": "甲"}, "blank": {"code": "7 1", "name": "甲"}, "no name": {"code": "9", "name": " "},
		"kind": {"code": "9", "name": "甲", "kind": "bank"}, "no parent": {"code": "9", "name": "甲", "parentCode": "999"},
		"control": {"code": "9", "name": "甲\u0001"},
	} {
		body["region"] = model.DefaultRegionCode
		if a := admin.do("POST", "/units", body); a.status != 422 {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	admin.expect(admin.do("POST", "/units", map[string]any{"region": "999999999", "code": "9", "name": "甲"}), 404)
	admin.expect(admin.do("PUT", "/units/999", map[string]any{"name": "甲", "reason": "试"}, "If-Match", `"1"`), 404)
	own := map[string]any{"name": "甲", "parentCode": "702", "reason": "试"} // under itself
	admin.expect(admin.do("PUT", "/units/"+w.id("702"), own, "If-Match", `"1"`), 422)
}

// file begins a project of a unit as its preparer would.
func (w *town) file(unit, code string) filing.Answer {
	w.Helper()
	who := rbac.Person{Login: "clerk", Assignments: []rbac.Assignment{{Role: rbac.Preparer, Place: rbac.Unit, UnitPath: w.units[unit].Path}}}
	a, err := w.filings().Create(w.Context(), who, filing.NewRecord{
		UnitID: w.units[unit].ID, Year: 2024, Content: filing.Content{Project: &model.ProjectContent{Code: code, Name: "项目" + code}},
	})
	w.must(err)
	return a
}
