package api_test

import (
	"strings"
	"testing"
	"time"

	"biaochi/rbac"
)

// The security administrator says what an office looks after; nobody else does, and
// nobody over what they didn't see.
func TestOffices(t *testing.T) {
	w := newTown(t)
	security, admin, head := w.desk("sec", rbac.Security, ""), w.desk("adm", rbac.Admin, ""), w.desk("head", rbac.Reviewer, "701")
	body := map[string]any{
		"duty": "business", "leads": true, "ownRecords": false, "departments": []string{w.id("701")}, "reason": "分工",
	}
	path := "/offices/" + w.id("YW")
	for _, other := range []*desk{admin, head} {
		other.expect(other.do("GET", "/offices", nil), 403)
		other.expect(other.do("PUT", path, body, "If-Match", `"0"`), 403)
		other.expect(other.do("POST", path+"/removed", map[string]any{"reason": "撤"}, "If-Match", `"1"`), 403)
	}
	security.expect(security.do("PUT", path, body), 428)
	security.expect(security.do("PUT", path, body, "If-Match", `"0"`), 204)
	security.expect(security.do("PUT", path, body, "If-Match", `"0"`), 409)
	list := security.expect(security.do("GET", "/offices", nil), 200)
	if !strings.Contains(list.raw, `"duty":"business"`) || !strings.Contains(list.raw, `"code":"701"`) {
		t.Errorf("offices %s", list.raw)
	}
	// A unit below a department is no office, and no department either.
	security.expect(security.do("PUT", "/offices/"+w.id("701001"), body, "If-Match", `"0"`), 422)
	body["departments"] = []string{w.id("701001")}
	security.expect(security.do("PUT", path, body, "If-Match", `"1"`), 422)
	security.expect(security.do("PUT", "/offices/999", body, "If-Match", `"0"`), 404)
	security.expect(security.do("POST", path+"/removed", map[string]any{"reason": "撤"}, "If-Match", `"1"`), 204)
}

// Roles are listed for the security administrator, an account for both keepers.
func TestRolesAndAccountsAreListed(t *testing.T) {
	w := newTown(t)
	security, admin, head := w.desk("sec", rbac.Security, ""), w.desk("adm", rbac.Admin, ""), w.desk("head", rbac.Reviewer, "701")
	list := security.expect(security.do("GET", "/roles?unit="+w.id("701"), nil), 200)
	if !strings.Contains(list.raw, `"login":"head"`) || strings.Contains(list.raw, `"login":"adm"`) {
		t.Errorf("roles %s", list.raw)
	}
	admin.expect(admin.do("GET", "/roles", nil), 403)
	found := admin.expect(admin.do("GET", "/accounts/"+head.id, nil), 200)
	if found.header.Get("ETag") == "" || !strings.Contains(found.raw, `"role":"reviewer"`) || strings.Contains(strings.ToLower(found.raw), "hash") {
		t.Errorf("account %s", found.raw)
	}
	admin.expect(admin.do("GET", "/accounts/999", nil), 404)
	head.expect(head.do("GET", "/accounts/"+admin.id, nil), 403)
}

// A reviewer names a deputy, who acts at once and no longer than told.
func TestDeputies(t *testing.T) {
	w := newTown(t)
	head, clerk, other := w.desk("head", rbac.Reviewer, "701"), w.desk("clerk", rbac.Preparer, "702"), w.desk("oth", rbac.Reviewer, "702")
	found := head.expect(head.do("GET", "/deputies/candidates?text=cle", nil), 200)
	if !strings.Contains(found.raw, clerk.id) {
		t.Errorf("candidates %s", found.raw)
	}
	clerk.expect(clerk.do("GET", "/deputies/candidates", nil), 403)
	now := time.Now()
	body := map[string]any{"deputy": clerk.id, "from": now, "until": now.Add(48 * time.Hour), "reason": "出差"}
	clerk.expect(clerk.do("POST", "/deputies", body), 403)
	made := head.expect(head.do("POST", "/deputies", body), 201)
	head.expect(head.do("POST", "/deputies", body), 409)
	body["deputy"] = head.id
	other.expect(other.do("POST", "/deputies", body), 409) // who is away can't be one
	if seen := clerk.do("GET", "/deputies", nil); !strings.Contains(seen.raw, `"login":"head"`) {
		t.Errorf("deputies %s", seen.raw)
	}
	if seen := other.do("GET", "/deputies", nil); seen.raw != `{"items":[]}` {
		t.Errorf("a stranger sees %s", seen.raw)
	}
	end := "/deputies/" + made.body["id"].(string) + "/ended"
	other.expect(other.do("POST", end, map[string]any{"reason": "试"}), 403)
	head.expect(head.do("POST", end, map[string]any{"reason": "已返岗"}), 204)
	head.expect(head.do("POST", end, map[string]any{"reason": "已返岗"}), 409)
	head.expect(head.do("POST", "/deputies/999/ended", map[string]any{"reason": "试"}), 404)
}
