package publication_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/publication"
)

// evaluations are the use cases over the desk's store, on a day after its year.
func (d *desk) evaluations() *publication.Evaluations {
	d.Helper()
	rights, err := rbac.New()
	if err != nil {
		d.Fatal(err)
	}
	now := func() time.Time { return time.Date(2027, 2, 10, 4, 0, 0, 0, time.UTC) }
	return publication.NewEvaluations(publication.NewDesk(d.books, rights, now), execution.NewService(d.store, rights, now))
}

// keepEvaluation keeps a confirmed self-evaluation of a project, as the use cases of
// execution would once a reviewer confirmed it.
func (d *desk) keepEvaluation(code, content string) {
	d.Helper()
	d.keepEvaluationOf(model.EvaluationSheet, code, content)
}

// keepEvaluationOf is keepEvaluation of either kind; a whole unit's has no code.
func (d *desk) keepEvaluationOf(kind model.SheetKind, code, content string) {
	d.Helper()
	err := d.store.InTx(d.Context(), func(tx *store.Tx) error {
		record, _, err := tx.RecordOf(store.Everything(), kind.Target(), d.unit.ID, 2026, code)
		if err != nil {
			return err
		}
		sheet, ok, err := tx.TrackingSheetOf(record.ID, kind, "")
		if err != nil {
			return err
		}
		if !ok {
			sheet = model.TrackingSheet{RecordID: record.ID, VersionID: record.InForceID, UnitID: d.unit.ID, UnitPath: d.unit.Path, Year: 2026, Kind: kind}
		}
		sheet.State, sheet.ConfirmedOn, sheet.Content = model.SheetConfirmed, "2027-02-09", content
		return tx.SaveTrackingSheet(&sheet)
	})
	if err != nil {
		d.Fatal(err)
	}
}

// What reviewers confirmed goes out by the publisher's act alone, in every format, and
// is sealed into the chain of the unit's documents.
func TestSelfEvaluationsGoOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		evaluations := d.evaluations()
		publisher, preparer := d.holder(rbac.Publisher), d.holder(rbac.Preparer)
		d.out()
		order := publication.EvaluationOrder{UnitID: d.unit.ID, Year: 2026}
		_, err := evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "evaluation.none")
		codes := []string{d.pack.Projects[0].Code, d.pack.Projects[1].Code}
		d.keepEvaluation(codes[0], `{"goalResult":"全部完成"}`)
		_, err = evaluations.Publish(t.Context(), preparer, order)
		refused(t, err, "right.missing")
		d.keepEvaluation(codes[1], `{"goalResult":"联系人电话13812345678"}`)
		_, err = evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "evaluation.personal")
		d.keepEvaluation(codes[1], `{"goalResult":"基本完成"}`)

		if public, err := d.books.ProjectResults(t.Context(), d.unit.Path, 2026); err != nil || len(public) != 0 {
			t.Errorf("confirmed alone is public: %v %v", public, err)
		}
		now, err := evaluations.Publish(t.Context(), publisher, order)
		if err != nil || now.Confirmed != 2 || now.Open != 1 || !now.Allowed || len(now.Releases) != 1 || now.Releases[0].Projects != 2 || len(now.Files) != 1 || len(now.Files[0]) == 0 || len(now.Projects) != 3 || now.Projects[0].RecordID == 0 || now.Projects[0].Grade == "" {
			t.Fatalf("%+v %v", now, err)
		}
		public, err := d.books.ProjectResults(t.Context(), d.unit.Path, 2026)
		result := public[[2]string{d.unit.Path, codes[0]}]
		if err != nil || len(public) != 2 || result.Score == "" || result.Grade == "" || result.ConfirmedOn != "2027-02-09" || result.Budget == 0 {
			t.Errorf("%+v %v", public, err)
		}
		_, err = evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "evaluation.released")
		order.Number = 1
		_, err = evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "reason.missing")
		order.Reason = "补充一个项目"
		_, err = evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "evaluation.unchanged")
		d.keepEvaluation(codes[0], `{"goalResult":"全部完成，另有结余"}`)
		if now, err = evaluations.Publish(t.Context(), publisher, order); err != nil || len(now.Releases) != 2 || now.Releases[1].Previous != now.Releases[0].Seal {
			t.Fatalf("%+v %v", now, err)
		}
		d.filesOfEvaluations()
		if proof, err := d.books.ProveAll(t.Context()); err != nil || !proof.OK() {
			t.Errorf("%+v %v", proof, err)
		}
	})
}

// A whole unit's evaluation goes out beside those of its projects, or alone.
func TestWholeEvaluationGoesOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		evaluations, publisher := d.evaluations(), d.holder(rbac.Publisher)
		promised := *d.pack
		promised.WholeUnitTarget = &model.TargetContent{AnnualGoal: "完成全年任务", Indicators: []model.Indicator{
			{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "培训次数", Value: "≥3次"}},
		}}
		bringIn(t, d.store, &promised)
		if now, err := evaluations.Standing(t.Context(), publisher, d.unit.ID, 2026); err != nil || now.Whole == nil || now.Whole.State != "" || now.Allowed {
			t.Fatalf("before: %+v %v", now, err)
		}
		d.keepEvaluationOf(model.WholeSheet, "", `{"goalResult":"联系13812345678","said":[{"level1":"output","level2":"quantity","name":"培训次数","actual":"3次"}]}`)
		order := publication.EvaluationOrder{UnitID: d.unit.ID, Year: 2026}
		_, err := evaluations.Publish(t.Context(), publisher, order)
		refused(t, err, "evaluation.personal")
		if e := new(model.Error); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Path != "$.whole" {
			t.Errorf("%v", err)
		}
		d.keepEvaluationOf(model.WholeSheet, "", `{"goalResult":"全年任务已完成","said":[{"level1":"output","level2":"quantity","name":"培训次数","actual":"3次"}]}`)
		now, err := evaluations.Publish(t.Context(), publisher, order)
		if err != nil || now.Whole.Score == "" || now.Confirmed != 0 || now.Releases[0].Projects != 0 {
			t.Fatalf("%+v %v", now, err)
		}
		d.pageHas(1, "2026年度整体支出绩效自评表", "全年任务已完成", "培训次数")
		d.keepEvaluation(d.pack.Projects[0].Code, `{"goalResult":"培训已办完"}`)
		order.Number, order.Reason = 1, "补充项目"
		if now, err = evaluations.Publish(t.Context(), publisher, order); err != nil || now.Confirmed != 1 {
			t.Fatalf("%+v %v", now, err)
		}
		d.pageHas(2, "2026年度绩效自评表", "整体支出自评结果", "自评结果汇总", "全年任务已完成", "培训已办完", "附表1", "附表2")
		public, err := d.books.PublicEvaluations(t.Context(), d.unit.Path, 2026)
		if err != nil || len(public) != 1 || public[0].Whole == nil || public[0].Whole.Code != "805" || public[0].Whole.Grade == "" || len(public[0].Results) != 1 {
			t.Errorf("%+v %v", public, err)
		}
		if proof, err := d.books.ProveAll(t.Context()); err != nil || !proof.OK() {
			t.Errorf("%+v %v", proof, err)
		}
	})
}

// pageHas tells that a release's page says something.
func (d *desk) pageHas(number int, parts ...string) {
	d.Helper()
	q := publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026, Number: number}
	page, err := d.books.PublicEvaluationFile(d.Context(), q, "绩效自评表.html")
	for _, part := range parts {
		if err != nil || !strings.Contains(string(page.Content), part) {
			d.Errorf("release %d lacks %q: %v", number, part, err)
		}
	}
}

// filesOfEvaluations looks into what citizens get.
func (d *desk) filesOfEvaluations() {
	d.Helper()
	q := publication.PublicQuery{Region: d.unit.RegionCode, Unit: "805", Year: 2026}
	for name, begins := range map[string]string{"绩效自评表.pdf": "%PDF", "绩效自评表.docx": "PK", "绩效自评表.xlsx": "PK", "绩效自评表.html": "<!DOCTYPE", publication.EvaluationFile: `{"format":"biaochi.evaluation/v1"`} {
		file, err := d.books.PublicEvaluationFile(d.Context(), q, name)
		if err != nil || !bytes.HasPrefix(file.Content, []byte(begins)) {
			d.Errorf("%s: %v", name, err)
		}
	}
	page, err := d.books.PublicEvaluationFile(d.Context(), q, "绩效自评表.html")
	text := string(page.Content)
	if err != nil || !strings.Contains(text, "另有结余") || !strings.Contains(text, "2027年2月10日") || strings.Contains(text, "未确认") || strings.Contains(text, "<script") {
		d.Errorf("the page lacks what it should say: %v", err)
	}
	q.Number = 1
	if first, err := d.books.PublicEvaluationFile(d.Context(), q, "绩效自评表.html"); err != nil || strings.Contains(string(first.Content), "另有结余") {
		d.Errorf("the first release changed: %v", err)
	}
	q.Year = 2025
	_, err = d.books.PublicEvaluationFile(d.Context(), q, "绩效自评表.html")
	refused(d.T, err, "publication.notFound")
}

// Whoever changes a release in the database, or takes one out, shows.
func TestTamperedEvaluationsShow(t *testing.T) {
	for _, statement := range []string{
		"UPDATE evaluation_releases SET projects = 7", "UPDATE publication_files SET content = 'x' WHERE format = 'pdf'",
		"UPDATE publication_bundles SET content = '{}'", "DELETE FROM evaluation_releases", "DELETE FROM events WHERE action = 'evaluation.publish'",
	} {
		url := "sqlite:" + t.TempDir() + "/test.db"
		d := newDesk(t, url)
		evaluations := d.evaluations()
		d.keepEvaluation(d.pack.Projects[0].Code, `{}`)
		if _, err := evaluations.Publish(t.Context(), d.holder(rbac.Publisher), publication.EvaluationOrder{UnitID: d.unit.ID, Year: 2026}); err != nil {
			t.Fatal(err)
		}
		if proof, err := d.books.ProveAll(t.Context()); err != nil || !proof.OK() {
			t.Fatalf("before: %+v %v", proof, err)
		}
		tamper(t, url, statement)
		if proof, err := d.books.ProveAll(t.Context()); err != nil || proof.OK() {
			t.Errorf("%s shows nowhere: %v", statement, err)
		}
	}
}
