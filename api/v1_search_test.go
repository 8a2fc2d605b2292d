package api_test

import (
	"net/url"
	"strings"
	"testing"

	"biaochi/rbac"
)

// One finds what one may see, by parts of names and codes, and nothing else.
func TestSearchStaysInReach(t *testing.T) {
	w := newTown(t)
	w.file("701001", "A1")
	w.file("701002", "A2")
	for _, c := range []struct {
		login  string
		role   rbac.Role
		place  string
		sees   []string
		hidden []string
	}{
		{"clerk", rbac.Preparer, "701001", []string{`"code":"A1"`}, []string{`"code":"A2"`}},
		{"dept", rbac.Reviewer, "701", []string{`"code":"A1"`, `"code":"A2"`}, nil},
		{"sister", rbac.Preparer, "701002", []string{`"code":"A2"`}, []string{`"code":"A1"`}},
		{"foreign", rbac.Reviewer, "702", nil, []string{`"code":"A1"`, `"code":"A2"`}},
		{"adm", rbac.Admin, "", nil, []string{`"code":"A1"`, `"code":"A2"`}},
	} {
		d := w.desk(c.login, c.role, c.place)
		got := d.expect(d.do("GET", "/search?text="+url.QueryEscape("项目a"), nil), 200)
		for _, part := range c.sees {
			if !strings.Contains(got.raw, part) {
				t.Errorf("%s doesn't see %s: %s", c.login, part, got.raw)
			}
		}
		for _, part := range c.hidden {
			if strings.Contains(got.raw, part) {
				t.Errorf("%s sees %s", c.login, part)
			}
		}
	}
	admin := w.desk("adm2", rbac.Admin, "")
	if units := admin.do("GET", "/search?text=701001", nil); units.body["allUnits"] != 1.0 {
		t.Errorf("units %s", units.raw)
	}
	for _, hostile := range []string{"%", "_", "!", "'; DROP TABLE records; --", "\\"} {
		if a := admin.do("GET", "/search?text="+url.QueryEscape(hostile), nil); a.status != 200 || a.body["allUnits"] != 0.0 {
			t.Errorf("%q: %d %s", hostile, a.status, a.raw)
		}
	}
	admin.expect(admin.do("GET", "/search", nil), 422)
	anonymous := desk{office: w.office}
	anonymous.expect(anonymous.do("GET", "/search?text=a", nil), 401)
}
