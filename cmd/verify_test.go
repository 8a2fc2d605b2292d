package cmd

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/publication"
	"biaochi/service/workflow"
	"biaochi/web"
)

// What was assembled agrees with its bundle and says that it is a draft; one changed
// figure shows.
func TestVerifyADraft(t *testing.T) {
	url, dir := loaded(t), t.TempDir()
	if exit, _, stderr := run(t, "", "assemble", "--database", url, "--unit", "602", "--year", "2023", "--format", "csv,json,pdf", "--out", dir); exit != 0 {
		t.Fatal(stderr)
	}
	pdf, csv := filepath.Join(dir, "602-2023-预算公开.pdf"), filepath.Join(dir, "03-预算支出总表.csv")
	exit, out, stderr := run(t, "", "verify", pdf, csv)
	if exit != 1 || strings.Count(out, "逐字节相同") != 2 || !strings.Contains(out, "未公开的草案") {
		t.Errorf("exit %d\n%s%s", exit, out, stderr)
	}
	content, err := os.ReadFile(csv)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(csv, []byte(strings.Replace(string(content), "8", "9", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit, out, _ := run(t, "", "verify", csv); exit != 1 || !strings.Contains(out, "结论：不一致") {
		t.Errorf("exit %d\n%s", exit, out)
	}
	if exit, _, stderr := run(t, "", "verify", filepath.Join(dir, "none.pdf")); exit != 2 || stderr == "" {
		t.Errorf("exit %d %s", exit, stderr)
	}
}

// A published page is proved over HTTP, and the database by itself.
func TestVerifyWhatWasPublished(t *testing.T) {
	url := loaded(t)
	if exit, out, _ := run(t, "", "verify", "--database", url); exit != 0 || !strings.Contains(out, "共 0 个公开版本") {
		t.Errorf("an empty chain: exit %d\n%s", exit, out)
	}
	s, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	publishUnit(t, s, rights)
	handler, err := api.New(s, account.NewService(s, rights, time.Now, account.Settings{}), rights)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	exit, out, stderr := run(t, "", "verify", server.URL+"/public/000000000/701001/2024/unit")
	if exit != 0 || strings.Count(out, "逐字节相同") != 30 || !strings.Contains(out, "结论：一致") {
		t.Errorf("exit %d\n%s%s", exit, out, stderr)
	}
	if exit, out, _ := run(t, "", "verify", "--database", url); exit != 0 || !strings.Contains(out, "共 1 个公开版本") {
		t.Errorf("exit %d\n%s", exit, out)
	}
}

// publishUnit takes the demo unit's document up the ladder.
func publishUnit(t *testing.T, s *store.Store, rights *rbac.Enforcer) {
	t.Helper()
	var unit model.BudgetUnit
	if err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		unit, err = tx.FindUnit(store.Everything(), "", "701001")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	desk := publication.NewDesk(publication.NewService(s, web.Stylesheet()), rights, time.Now)
	who := rbac.Person{Login: "gk", Assignments: []rbac.Assignment{{Role: rbac.Publisher, Place: rbac.Unit, UnitPath: unit.Path}}}
	subject, lock := publication.Subject{UnitID: unit.ID, Year: 2024}, 0
	for _, action := range []workflow.LadderAction{workflow.Assemble, workflow.Check, workflow.Override, workflow.Secrecy, workflow.Sign, workflow.Publish} {
		standing, err := desk.Take(context.Background(), who, subject, publication.Step{Action: action, Lock: lock, Date: "2024-02-20", Name: "某", Reason: "试"})
		if model.ReasonOf(err) == "disclosure.noErrors" {
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", action, err)
		}
		lock = standing.Newest.Version
	}
}
