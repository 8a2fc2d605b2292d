package publication_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
	"biaochi/service/workflow"
)

// desk is a unit with an approved budget and the desk that publishes it.
type desk struct {
	*publication.Desk
	*testing.T
	store   *store.Store
	books   *publication.Service
	subject publication.Subject
	unit    model.BudgetUnit
	pack    *exchange.Package
}

func newDesk(t *testing.T, url string) *desk {
	t.Helper()
	s := openStore(t, url)
	p := exchangetest.Random(seeded(5), exchangetest.Options{UnitCode: "805", Year: 2026, Projects: 3})
	p.Approval = &model.ApprovalRef{Number: "示财预〔2026〕1号", Date: "2026-02-10"}
	bringIn(t, s, p)
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	books := publication.NewService(s, "")
	d := &desk{T: t, store: s, books: books, Desk: publication.NewDesk(books, rights, clock()), pack: p}
	err = s.Read(t.Context(), func(tx *store.Tx) (err error) {
		d.unit, err = tx.FindUnit(store.Everything(), "", "805")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.subject = publication.Subject{UnitID: d.unit.ID, Year: 2026}
	return d
}

func (d *desk) holder(role rbac.Role) rbac.Person {
	return rbac.Person{Login: string(role), Assignments: []rbac.Assignment{{Role: role, Place: rbac.Department, UnitPath: d.unit.Path}}}
}

// step does a step as the publisher, under the lock of the moment.
func (d *desk) step(action workflow.LadderAction) (publication.Standing, error) {
	d.Helper()
	publisher := d.holder(rbac.Publisher)
	now, err := d.Standing(d.Context(), publisher, d.subject)
	if err != nil {
		d.Fatal(err)
	}
	lock := 0
	if now.Newest != nil {
		lock = now.Newest.Version
	}
	return d.Take(d.Context(), publisher, d.subject, publication.Step{
		Action: action, Lock: lock, Date: "2026-02-20", Name: "负责人", Reason: "单位说明有误",
	})
}

func (d *desk) climb(actions ...workflow.LadderAction) publication.Standing {
	d.Helper()
	var standing publication.Standing
	for _, action := range actions {
		var err error
		if standing, err = d.step(action); err != nil {
			d.Fatalf("%s: %v", action, err)
		}
	}
	return standing
}

// out publishes the unit's disclosure, errors of its checks or not.
func (d *desk) out() publication.Standing {
	d.Helper()
	if checked := d.climb(workflow.Assemble, workflow.Check); checked.Newest.Errors > 0 {
		d.climb(workflow.Override)
	}
	return d.climb(workflow.Secrecy, workflow.Sign, workflow.Publish)
}

func refused(t *testing.T, err error, reason string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Reason != reason {
		t.Fatalf("got %v, want %s", err, reason)
	}
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, newDesk(t, url)) })
}

// From the first assembly to what citizens get, with its clock, its files and a
// proof that holds.
func TestADisclosureGoesOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		_, err := d.step(workflow.Publish)
		refused(t, err, "disclosure.stage")
		standing := d.out()
		p := standing.Newest
		if p.Stage != model.StagePublished || p.DueDate != "2026-03-02" || p.Seal == "" || !slices.Equal(standing.Allowed, []workflow.LadderAction{workflow.Correct}) {
			t.Errorf("got %+v, allowed %v", p, standing.Allowed)
		}
		issue, err := d.books.Issue(t.Context(), publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026})
		if err != nil {
			t.Fatal(err)
		}
		if len(issue.Files) < 20 || issue.Superseded() {
			t.Errorf("%d files", len(issue.Files))
		}
		d.provesItself(issue)
		proof, err := d.books.ProveAll(t.Context())
		if err != nil || !proof.OK() {
			t.Errorf("%+v %v", proof, err)
		}
	})
}

// provesItself proves the release, every file beside it, and tells changed ones.
func (d *desk) provesItself(issue *publication.Issue) {
	d.Helper()
	query := publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026}
	release, err := d.books.PublicFile(d.Context(), query, disclosure.ReleaseFile)
	if err != nil {
		d.Fatal(err)
	}
	proof, bundle, err := publication.Prove(release.Content, "")
	if err != nil {
		d.Fatal(err)
	}
	for _, f := range issue.Files {
		if f.Name == disclosure.ReleaseFile {
			continue
		}
		whole, err := d.books.PublicFile(d.Context(), query, f.Name)
		if err != nil {
			d.Fatal(err)
		}
		if err := proof.File(bundle, f.Name, whole.Content); err != nil {
			d.Fatal(err)
		}
	}
	if !proof.OK() {
		d.Errorf("%+v", proof.Steps)
	}
	if err := proof.File(bundle, issue.Files[0].Name, []byte("changed")); err != nil || proof.OK() {
		d.Errorf("a changed file passes: %v", err)
	}
	// One digit of one amount.
	forged := strings.Replace(string(release.Content), `"amount":"`, `"amount":"1`, 1)
	proof, _, err = publication.Prove([]byte(forged), "")
	if err != nil || proof.OK() {
		d.Errorf("a forged release passes: %v", err)
	}
}

// What changed after assembly keeps the document in until it is assembled anew.
func TestAStaleDocumentStaysIn(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		checked := d.climb(workflow.Assemble, workflow.Check)
		if checked.Newest.Errors > 0 {
			d.climb(workflow.Override)
		}
		d.climb(workflow.Secrecy, workflow.Sign)
		added := *d.pack
		added.Projects = append(slices.Clone(added.Projects), lateProject())
		bringIn(t, d.store, &added) // under the same 批复, so it joins 年初
		_, err := d.step(workflow.Publish)
		refused(t, err, "disclosure.stale")
		d.out()
	})
}

// A correction is the next version: the first stays as it was.
func TestACorrection(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		first := *d.out().Newest
		d.climb(workflow.Correct, workflow.Check)
		if now, _ := d.Standing(t.Context(), d.holder(rbac.Publisher), d.subject); now.Newest.Errors > 0 {
			d.climb(workflow.Override)
		}
		second := d.climb(workflow.Secrecy, workflow.Sign, workflow.Publish)
		if second.Newest.Number != 2 || second.Newest.Reason != "单位说明有误" || second.Newest.Previous != first.Seal {
			t.Errorf("got %+v", second.Newest)
		}
		old, err := d.books.Issue(t.Context(), publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026, Number: 1})
		if err != nil || !old.Superseded() || old.Publication.Seal != first.Seal {
			t.Errorf("%+v %v", old, err)
		}
	})
}

// Nobody who may not, from elsewhere, or under an old lock.
func TestWhoMayNotPublish(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for _, role := range []rbac.Role{rbac.Preparer, rbac.Reviewer} {
			_, err := d.Take(t.Context(), d.holder(role), d.subject, publication.Step{Action: workflow.Assemble})
			refused(t, err, "right.missing")
		}
		foreign := d.holder(rbac.Publisher)
		foreign.Assignments[0].UnitPath = d.unit.RegionCode + "/999/"
		_, err := d.Standing(t.Context(), foreign, d.subject)
		refused(t, err, "unit.notFound")
		d.climb(workflow.Assemble)
		_, err = d.Take(t.Context(), d.holder(rbac.Publisher), d.subject, publication.Step{Action: workflow.Check, Lock: 99})
		refused(t, err, "publication.changed")
	})
}

// Two documents that go out at the same moment both do, one after the other.
func TestPublishingAtTheSameTime(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		p := exchangetest.Random(seeded(6), exchangetest.Options{UnitCode: "806", Year: 2026, Projects: 2})
		p.Approval = &model.ApprovalRef{Number: "示财预〔2026〕2号", Date: "2026-02-10"}
		bringIn(t, d.store, p)
		other := *d
		if err := d.store.Read(t.Context(), func(tx *store.Tx) (err error) {
			other.unit, err = tx.FindUnit(store.Everything(), "", "806")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		other.subject.UnitID = other.unit.ID
		for _, one := range []*desk{d, &other} {
			if checked := one.climb(workflow.Assemble, workflow.Check); checked.Newest.Errors > 0 {
				one.climb(workflow.Override)
			}
			one.climb(workflow.Secrecy, workflow.Sign)
		}
		failed := make(chan error, 2)
		for _, one := range []*desk{d, &other} {
			go func() {
				_, err := one.step(workflow.Publish)
				failed <- err
			}()
		}
		for range 2 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if proof, err := d.books.ProveAll(t.Context()); err != nil || !proof.OK() {
			t.Errorf("%+v %v", proof, err)
		}
	})
}

// A step that was refused stands in the log with its reason, and nothing else does.
func TestRefusedStepsAreLogged(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		_, err := d.step(workflow.Sign)
		refused(t, err, "disclosure.stage")
		var events []model.Event
		if err := d.store.Read(t.Context(), func(tx *store.Tx) (err error) {
			events, err = tx.Events(store.Everything(), store.EventFilter{Action: rbac.DisclosureSign.Name})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(events) != 1 || events[0].UnitID != d.unit.ID || !strings.Contains(events[0].Detail, `"refused":"disclosure.stage"`) {
			t.Errorf("got %+v", events)
		}
	})
}

// What is checked is what goes out: an adjustment that was approved since, with a
// mistake of its own, says nothing of 年初.
func TestChecksReadWhatGoesOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		before := d.climb(workflow.Assemble, workflow.Check).Newest.Errors
		worse := *d.pack
		worse.Projects = slices.Clone(worse.Projects)
		worse.Projects[0].Form = nil // K14, and whatever a form must say
		worse.Approval = &model.ApprovalRef{Number: "示财预〔2026〕8号", Date: "2026-08-01"}
		bringIn(t, d.store, &worse)
		if after := d.climb(workflow.Assemble, workflow.Check).Newest.Errors; after != before {
			t.Errorf("%d errors, and %d after an adjustment", before, after)
		}
	})
}

// Whatever somebody does to a published version in the database shows.
func TestTamperingShows(t *testing.T) {
	for name, statement := range map[string]string{
		"the content":      "UPDATE publication_bundles SET content = '{}'",
		"a file":           "UPDATE publication_files SET content = 'x' WHERE format = 'csv'",
		"a file's hash":    "UPDATE publication_files SET content = 'x', hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'",
		"a file removed":   "DELETE FROM publication_files WHERE format = 'json'",
		"the date":         "UPDATE publications SET sign_date = '2026-01-01'",
		"the whole":        "DELETE FROM publications",
		"the log":          "DELETE FROM events WHERE action = 'disclosure.publish'",
		"taken back":       "UPDATE publications SET stage = 'signed'",
		"the chain's end":  "UPDATE publication_chains SET seal = 'x'",
		"hash and content": "UPDATE publications SET content_hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'",
	} {
		t.Run(name, func(t *testing.T) {
			url := "sqlite:" + t.TempDir() + "/x.db"
			d := newDesk(t, url)
			d.out()
			tamper(t, url, statement)
			proof, err := d.books.ProveAll(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if proof.OK() {
				t.Errorf("nothing shows: %+v", proof.Steps)
			}
		})
	}
}

// keepSheet keeps a tracking sheet of a project, as the use cases of execution do.
func (d *desk) keepSheet(code string, sheet model.TrackingSheet) {
	d.Helper()
	err := d.store.InTx(d.Context(), func(tx *store.Tx) error {
		record, _, err := tx.RecordOf(store.Everything(), model.FilingRecord, d.unit.ID, 2026, code)
		if err != nil {
			return err
		}
		sheet.RecordID, sheet.VersionID, sheet.UnitID, sheet.UnitPath, sheet.Year = record.ID, record.InForceID, d.unit.ID, d.unit.Path, 2026
		sheet.Content = "{}"
		return tx.SaveTrackingSheet(&sheet)
	})
	if err != nil {
		d.Fatal(err)
	}
}

// How far a project came goes out with a version, once its self-evaluation was
// confirmed: monitoring, drafts and payments by themselves don't.
func TestConfirmedResultsGoOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		codes := []string{d.pack.Projects[0].Code, d.pack.Projects[1].Code, d.pack.Projects[2].Code}
		err := d.store.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddPayments([]model.Payment{
				{RegionCode: d.unit.RegionCode, UnitID: d.unit.ID, UnitPath: d.unit.Path, Year: 2026, ProjectCode: codes[0], FundKind: model.GeneralPublicBudget, PaidOn: "2026-12-31", Amount: 123_45, Reference: "A"},
				{RegionCode: d.unit.RegionCode, UnitID: d.unit.ID, UnitPath: d.unit.Path, Year: 2026, ProjectCode: codes[0], FundKind: model.GeneralPublicBudget, PaidOn: "2027-01-04", Amount: 1, Reference: "B"},
				{RegionCode: d.unit.RegionCode, UnitID: d.unit.ID, UnitPath: d.unit.Path, Year: 2026, ProjectCode: codes[1], FundKind: model.GeneralPublicBudget, PaidOn: "2026-06-30", Amount: 1, Reference: "C"},
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		d.keepSheet(codes[1], model.TrackingSheet{Kind: model.MonitoringSheet, WindowKey: "1-7", State: model.SheetConfirmed})
		d.keepSheet(codes[2], model.TrackingSheet{Kind: model.EvaluationSheet, State: model.SheetSubmitted, Score: 8000})
		d.out()
		results := func() (list []*disclosure.BundleResult) {
			issue, err := d.books.Issue(t.Context(), publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026})
			if err != nil {
				t.Fatal(err)
			}
			for _, code := range codes {
				i := slices.IndexFunc(issue.Bundle.Projects, func(p disclosure.BundleProject) bool { return p.Code == code })
				list = append(list, issue.Bundle.Projects[i].Result)
			}
			return list
		}
		if before := results(); before[0] != nil || before[1] != nil || before[2] != nil {
			t.Errorf("before any was confirmed: %+v", before)
		}
		d.keepSheet(codes[0], model.TrackingSheet{Kind: model.EvaluationSheet, State: model.SheetConfirmed, Score: 9250, ConfirmedOn: "2027-02-01"})
		if again := results(); again[0] != nil {
			t.Errorf("it is out before a version that says so: %+v", again[0])
		}
		d.climb(workflow.Correct)
		if checked := d.climb(workflow.Check); checked.Newest.Errors > 0 {
			d.climb(workflow.Override)
		}
		d.climb(workflow.Secrecy, workflow.Sign, workflow.Publish)
		got := results()
		if got[1] != nil || got[2] != nil {
			t.Errorf("what nobody confirmed is out: %+v", got)
		}
		want := disclosure.BundleResult{Budget: projectMoney(&d.pack.Projects[0]), Executed: 123_45, Score: "92.50", Grade: "优", ConfirmedOn: "2027-02-01"}
		want.Rate = got[0].Rate
		if *got[0] != want || !strings.HasSuffix(want.Rate, "%") {
			t.Errorf("got %+v, want %+v", *got[0], want)
		}
	})
}

func projectMoney(p *model.ProjectContent) (sum model.Money) {
	for _, row := range p.Budget {
		sum += row.Amount
	}
	return sum
}

// unfunded is the code of a project whose form says nothing of its money.
const unfunded = "UNFUNDED"

func withoutFunds(p model.ProjectContent) model.ProjectContent {
	form := *p.Form
	form.LongTermFunds, form.AnnualFunds = model.FormFunds{}, model.FormFunds{}
	p.Code, p.Name, p.Form, p.AppendixNo = unfunded, "没有填资金的项目", &form, nil
	return p
}

// What the checks found stands by place in the order of the document; it is told of
// the records that the version was made from alone.
func TestFindingsByPlace(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		reader := d.holder(rbac.Preparer)
		_, err := d.Findings(t.Context(), reader, d.subject)
		refused(t, err, "disclosure.none")
		standing, err := d.Standing(t.Context(), reader, d.subject)
		if err != nil || !strings.Contains(standing.WhyNot, "下一步是“生成公开文档”。不可以：") {
			t.Errorf("a reader is told %q %v", standing.WhyNot, err)
		}
		added := *d.pack
		added.Projects = append(slices.Clone(added.Projects), withoutFunds(d.pack.Projects[0]))
		bringIn(t, d.store, &added)
		standing = d.climb(workflow.Assemble, workflow.Check)
		if standing.WhyNot != "" {
			t.Errorf("a publisher is told %q", standing.WhyNot)
		}
		found, err := d.Findings(t.Context(), reader, d.subject)
		if err != nil || !strings.HasSuffix(found.File, ".html") {
			t.Fatal(found.File, err)
		}
		failures, ofForms := 0, 0
		for i, place := range found.Places {
			if place.Anchor == "" && i < len(found.Places)-1 {
				t.Errorf("%q stands before places of the document", place.Name)
			}
			for _, f := range place.Findings {
				if f.Outcome == check.Fail && f.Severity != check.Info {
					failures++
				}
				if f.Project == unfunded && strings.HasPrefix(place.Anchor, check.FormAnchor) {
					ofForms++
				}
			}
		}
		if ofForms == 0 {
			t.Error("what is wrong with a project's form doesn't lead to it")
		}
		if want := standing.Newest.Errors + standing.Newest.Warnings; failures != want {
			t.Errorf("%d findings in places, %d counted", failures, want)
		}
		added.Projects = append(slices.Clone(added.Projects), lateProject())
		bringIn(t, d.store, &added)
		_, err = d.Findings(t.Context(), reader, d.subject)
		refused(t, err, "disclosure.moved")
	})
}
