package publication

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/execution"
	"biaochi/service/journal"
	"biaochi/service/render"
	"biaochi/service/render/formats"
	"biaochi/service/tracking/form"
)

// EvaluationFormat is what the key “format” of an evaluation's bundle says.
const EvaluationFormat = "biaochi.evaluation/v1"

// EvaluationFile is the name of the bundle among the files of a release.
const EvaluationFile = "绩效自评数据包.json"

// EvaluationBundle is all that a release of self-evaluations is made of: the results,
// and the document as it was laid out.
type EvaluationBundle struct {
	Format   string                `json:"format"`
	Unit     disclosure.BundleUnit `json:"unit"`
	Year     int                   `json:"year"`
	Number   int                   `json:"number"`
	Reason   string                `json:"reason,omitempty"`
	Whole    *EvaluationResult     `json:"whole,omitempty"` // of the whole unit (整体支出)
	Results  []EvaluationResult    `json:"results"`         // of its projects
	Document render.Document       `json:"document"`
}

// EvaluationResult is how far a project or a whole unit came in the year (绩效自评结果).
type EvaluationResult struct {
	Code        string      `json:"code"` // of the project or the unit
	Name        string      `json:"name"`
	Budget      model.Money `json:"budget"`         // 全年预算数, carry-over included
	Executed    model.Money `json:"executed"`       // 全年执行数
	Rate        string      `json:"rate,omitempty"` // 执行率: 89.97%
	Score       string      `json:"score"`          // of 100: 92.50
	Grade       string      `json:"grade"`          // 优
	ConfirmedOn model.Date  `json:"confirmedOn"`
}

// Evaluations is the use cases by which confirmed self-evaluations go out. It is safe
// for concurrent use.
type Evaluations struct {
	*Desk
	sheets *execution.Service
}

// NewEvaluations works beside a desk.
func NewEvaluations(d *Desk, sheets *execution.Service) *Evaluations { return &Evaluations{d, sheets} }

// EvaluationStanding is how far the publishing of a unit's self-evaluations is.
type EvaluationStanding struct {
	Unit      model.BudgetUnit
	Releases  []model.EvaluationRelease // by number
	Files     [][]model.PublicationFile // of each release, by name, without content
	Whole     *EvaluationStand          // of the whole unit; nil without an approved target
	Projects  []EvaluationStand         // of all approved targets
	Confirmed int                       // projects' evaluations that a release would have now
	Open      int                       // projects with an approved target whose evaluation isn't confirmed
	Allowed   bool                      // to publish now
}

// EvaluationStand is how far the self-evaluation of an approved target is, of a project
// or of the whole unit, which has no code.
type EvaluationStand struct {
	RecordID model.ID
	Code     string
	Name     string
	State    model.SheetState // "" where nobody began
	// Score, Grade and ConfirmedOn are "" until it is confirmed.
	Score       string
	Grade       string
	ConfirmedOn model.Date
}

func standOf(s form.Sheet) EvaluationStand {
	stand := EvaluationStand{RecordID: s.RecordID, Code: s.Code, Name: s.Name, State: s.State}
	if s.State == model.SheetConfirmed {
		stand.Score, stand.Grade, stand.ConfirmedOn = s.Evaluation.Total.String(), s.Evaluation.GradeName, s.ConfirmedOn
	}
	return stand
}

// Standing tells how far it is.
// Errors: NotFound "unit.notFound", also where it is out of reach.
func (e *Evaluations) Standing(ctx context.Context, p rbac.Person, unitID model.ID, year int) (standing EvaluationStanding, err error) {
	err = e.books.store.Read(ctx, func(tx *store.Tx) error {
		w, err := e.open(tx, p, unitID, year)
		if err == nil {
			standing = w.EvaluationStanding
		}
		return err
	})
	return standing, err
}

// EvaluationOrder is somebody's will to publish.
type EvaluationOrder struct {
	UnitID model.ID
	Year   int
	Number int    // of the newest release as the person saw it, 0 before the first
	Reason string // of all but the first
}

// Publish puts the confirmed self-evaluations of a unit's year out, sealed in the chain
// of all that was published.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; Conflict
// "evaluation.released" where somebody was faster, "evaluation.none" where none is
// confirmed, "evaluation.unchanged" where all of it is out; Invalid "reason.missing",
// "evaluation.personal" with every place in Fields.
func (e *Evaluations) Publish(ctx context.Context, p rbac.Person, o EvaluationOrder) (standing EvaluationStanding, err error) {
	o.Reason = strings.TrimSpace(o.Reason)
	event := model.Event{Actor: p.Login, Action: rbac.EvaluationPublish.Name, Year: o.Year, Reason: o.Reason}
	err = journal.Write(ctx, e.books.store, event, func(tx *store.Tx, entry *journal.Entry) error {
		w, err := e.open(tx, p, o.UnitID, o.Year)
		if err != nil {
			return err
		}
		entry.At, entry.UnitID = e.now(), w.Unit.ID
		if err := e.rights.Check(p.Assignments, rbac.EvaluationPublish, w.Unit.Path); err != nil {
			return err
		}
		release, err := w.publish(o, entry.At, p.Login)
		if err != nil {
			return err
		}
		for key, value := range map[string]any{
			"publicationId": release.ID, "number": release.Number, "contentHash": release.ContentHash, "projects": release.Projects, sealKey: release.Seal,
		} {
			entry.Note(key, value)
		}
		if w, err = e.open(tx, p, o.UnitID, o.Year); err == nil {
			standing = w.EvaluationStanding
		}
		return err
	})
	return standing, err
}

// releasing is the publishing of one unit's year under way.
type releasing struct {
	*Evaluations
	tx     *store.Tx
	year   int
	whole  form.Part // the whole unit's sheet, where it is confirmed
	single form.Part // the projects' that are confirmed
	EvaluationStanding
}

func (e *Evaluations) open(tx *store.Tx, p rbac.Person, unitID model.ID, year int) (*releasing, error) {
	w := &releasing{Evaluations: e, tx: tx, year: year}
	for _, read := range []func() error{
		func() error { return w.ofProjects(p, unitID) }, func() error { return w.ofWhole(p, unitID) }, w.released,
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	w.Allowed = len(w.parts()) > 0 && e.rights.Check(p.Assignments, rbac.EvaluationPublish, w.Unit.Path) == nil
	return w, nil
}

// confirmedOf gives the sheets that were confirmed, with where all of them stand.
func (w *releasing) confirmedOf(p rbac.Person, unitID model.ID, kind model.SheetKind) (part form.Part, stands []EvaluationStand, err error) {
	q := execution.UnitSheets{UnitID: unitID, Year: w.year, Kind: kind}
	unit, template, sheets, err := w.sheets.FormsOf(w.tx, p, q)
	if err != nil {
		return part, nil, err
	}
	w.Unit, part.Template = unit, template
	for _, s := range sheets {
		stands = append(stands, standOf(s))
		if s.State == model.SheetConfirmed {
			part.Sheets = append(part.Sheets, s)
		}
	}
	return part, stands, nil
}

func (w *releasing) ofProjects(p rbac.Person, unitID model.ID) (err error) {
	w.single, w.Projects, err = w.confirmedOf(p, unitID, model.EvaluationSheet)
	w.Confirmed, w.Open = len(w.single.Sheets), len(w.Projects)-len(w.single.Sheets)
	return err
}

func (w *releasing) ofWhole(p rbac.Person, unitID model.ID) error {
	part, stands, err := w.confirmedOf(p, unitID, model.WholeSheet)
	if w.whole = part; len(stands) > 0 {
		w.Whole = &stands[0] // a unit's year has one
	}
	return err
}

// released reads what went out before.
func (w *releasing) released() error {
	all, err := w.tx.EvaluationReleases(store.Subtrees(w.Unit.Path), w.year)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.UnitID != w.Unit.ID {
			continue
		}
		files, err := w.tx.PublicationFiles(r.ID)
		if err != nil {
			return err
		}
		w.Releases, w.Files = append(w.Releases, r), append(w.Files, files)
	}
	return nil
}

// parts are the forms that go out, that of the whole unit first.
func (w *releasing) parts() (parts []form.Part) {
	for _, part := range []form.Part{w.whole, w.single} {
		if len(part.Sheets) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

func (w *releasing) publish(o EvaluationOrder, at time.Time, login string) (*model.EvaluationRelease, error) {
	if err := w.mayGoOut(o); err != nil {
		return nil, err
	}
	release := &model.EvaluationRelease{
		ID: w.books.store.NextID(), UnitID: w.Unit.ID, Year: w.year, Number: o.Number + 1, Reason: o.Reason, Projects: w.Confirmed,
		PublishedAt: at, PublishedBy: login,
	}
	bundle := w.bundle(release)
	content, err := bundle.encode()
	if err != nil {
		return nil, err
	}
	release.ContentHash = hashOf(content)
	files, err := w.files(release, bundle, content)
	if err != nil {
		return nil, err
	}
	if release.Previous, err = w.tx.LockChain(); err != nil {
		return nil, err
	}
	if release.Seal, err = sealEvaluation(*release, files); err != nil {
		return nil, err
	}
	if err := w.tx.AddEvaluationRelease(release, content, files); err != nil {
		return nil, err
	}
	return release, w.tx.MoveChain(release.Previous, release.Seal)
}

func (w *releasing) mayGoOut(o EvaluationOrder) error {
	if len(w.Releases) != o.Number {
		return model.Fail(model.Conflict, "evaluation.released", "自评结果刚被别人公开，请刷新后再试")
	}
	if len(w.parts()) == 0 {
		return model.Fail(model.Conflict, "evaluation.none", "%s %d 年度还没有已确认的自评，不能公开", w.Unit.Name, w.year)
	}
	if err := w.personal(); err != nil || o.Number == 0 {
		return err
	}
	if err := journal.NeedReason(o.Reason); err != nil {
		return err
	}
	last := w.Releases[o.Number-1]
	now, err := w.bundle(&last).encode()
	if err == nil && hashOf(now) == last.ContentHash {
		return model.Fail(model.Conflict, "evaluation.unchanged", "第 %d 次公开以后自评结果没有变化，不需要再次公开", last.Number)
	}
	return err
}

// personal refuses texts with mobile, identity or bank card numbers of people.
func (w *releasing) personal() error {
	var places []model.Problem
	for _, part := range w.parts() {
		for i := range part.Sheets {
			places = append(places, personalIn(part.Template, &part.Sheets[i])...)
		}
	}
	if places == nil {
		return nil
	}
	err := model.Fail(model.Invalid, "evaluation.personal", "自评表中有 %d 处个人信息，请退回单位删去后再公开", len(places))
	err.Fields = places
	return err
}

// personalIn finds the cells of a form with personal data.
func personalIn(template *form.Template, s *form.Sheet) (places []model.Problem) {
	path, of := "$."+s.Code, "项目“"+s.Name+"”"
	if s.Kind == model.WholeSheet {
		path, of = "$.whole", s.Unit+"整体支出"
	}
	for _, row := range template.One(s).Blocks[0].(render.Grid).Rows {
		for _, c := range row {
			if check.HasPersonalData(c.Text) {
				places = append(places, model.Problem{Path: path, Message: of + "的自评表写有手机、身份证或银行卡号码"})
			}
		}
	}
	return places
}

// bundle is all that a release says, of what is confirmed at this moment.
func (w *releasing) bundle(r *model.EvaluationRelease) *EvaluationBundle {
	b := &EvaluationBundle{
		Format: EvaluationFormat, Unit: disclosure.BundleUnit{Path: w.Unit.Path, Code: w.Unit.Code, Name: w.Unit.Name, Kind: w.Unit.Kind},
		Year: w.year, Number: r.Number, Reason: r.Reason, Results: []EvaluationResult{},
		Document: form.Report(w.Unit.Name, w.year, w.title(), w.parts()),
	}
	for _, s := range w.whole.Sheets {
		result := resultOf(s)
		result.Code, b.Whole = w.Unit.Code, &result
	}
	for _, s := range w.single.Sheets {
		b.Results = append(b.Results, resultOf(s))
	}
	return b
}

// title is that of the only form, or what both are called together.
func (w *releasing) title() string {
	if parts := w.parts(); len(parts) == 1 {
		return parts[0].Template.Title
	}
	return w.single.Template.File
}

func resultOf(s form.Sheet) EvaluationResult {
	total := s.Money["total"]
	return EvaluationResult{
		Code: s.Code, Name: s.Name, Budget: total.Adjusted, Executed: *total.Executed, Rate: total.Rate,
		Score: s.Evaluation.Total.String(), Grade: s.Evaluation.GradeName, ConfirmedOn: s.ConfirmedOn,
	}
}

func (b *EvaluationBundle) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(b)
	return out.Bytes(), err
}

// files are the document in every format and the bundle, by name.
func (w *releasing) files(r *model.EvaluationRelease, b *EvaluationBundle, content []byte) ([]model.PublicationFile, error) {
	d := b.Document
	d.Imprint = []string{
		"公开日期：" + disclosure.LongDate(model.Date(r.PublishedAt.In(model.Beijing).Format(time.DateOnly))),
		"内容校验码：" + r.ContentHash[:16],
	}
	files := []model.PublicationFile{fileOf(EvaluationFile, "json", content)}
	document := formats.NewManuscript(d, w.books.style)
	for _, format := range formats.All() {
		var out bytes.Buffer
		if err := format.Write(&out, document); err != nil {
			return nil, err
		}
		files = append(files, fileOf(w.single.Template.File+"."+format.Name, format.Name, out.Bytes()))
	}
	for i := range files {
		files[i].PublicationID = r.ID
	}
	slices.SortFunc(files, func(a, b model.PublicationFile) int { return cmp.Compare(a.Name, b.Name) })
	return files, nil
}

// sealEvaluation is seal of a release.
func sealEvaluation(r model.EvaluationRelease, files []model.PublicationFile) (string, error) {
	r.Seal = ""
	return sealOf(struct {
		model.EvaluationRelease
		Files []sealedFile
	}{r, sealedFiles(files)})
}
