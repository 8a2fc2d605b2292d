package api_test

import (
	"testing"

	"biaochi/rbac"
)

// Whoever is logged in reads the names behind logins, in the order asked for; what is no
// account is left out.
func TestPeopleHaveNames(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "702")
	w.desk("head", rbac.Reviewer, "701")
	found := clerk.expect(clerk.do("GET", "/people?login=head&login=cli:root&login=clerk", nil), 200)
	if want := `{"items":[{"login":"head","name":"某head"},{"login":"clerk","name":"某clerk"}]}`; found.raw != want {
		t.Errorf("got %s, want %s", found.raw, want)
	}
	clerk.expect(clerk.do("GET", "/people", nil), 422)
}
