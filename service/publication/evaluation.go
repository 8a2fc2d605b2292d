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
	Results  []EvaluationResult    `json:"results"`
	Document render.Document       `json:"document"`
}

// EvaluationResult is how far a project came in the year (绩效自评结果).
type EvaluationResult struct {
	Code        string      `json:"code"`
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
	Projects  []EvaluationStand         // of all approved targets
	Confirmed int                       // evaluations that a release would have now
	Open      int                       // approved targets whose evaluation isn't confirmed
	Allowed   bool                      // to publish now
}

// EvaluationStand is how far the self-evaluation of an approved target is.
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
	tx        *store.Tx
	year      int
	template  *form.Template
	confirmed []form.Sheet
	EvaluationStanding
}

func (e *Evaluations) open(tx *store.Tx, p rbac.Person, unitID model.ID, year int) (*releasing, error) {
	w := &releasing{Evaluations: e, tx: tx, year: year}
	q := execution.UnitSheets{UnitID: unitID, Year: year, Kind: model.EvaluationSheet}
	unit, template, sheets, err := e.sheets.FormsOf(tx, p, q)
	if err != nil {
		return nil, err
	}
	w.Unit, w.template = unit, template
	for _, s := range sheets {
		w.Projects = append(w.Projects, standOf(s))
		if s.State == model.SheetConfirmed {
			w.confirmed = append(w.confirmed, s)
		}
	}
	w.Confirmed, w.Open = len(w.confirmed), len(sheets)-len(w.confirmed)
	all, err := tx.EvaluationReleases(store.Subtrees(unit.Path), year)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.UnitID != unit.ID {
			continue
		}
		files, err := tx.PublicationFiles(r.ID)
		if err != nil {
			return nil, err
		}
		w.Releases, w.Files = append(w.Releases, r), append(w.Files, files)
	}
	w.Allowed = w.Confirmed > 0 && e.rights.Check(p.Assignments, rbac.EvaluationPublish, unit.Path) == nil
	return w, nil
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
	if w.Confirmed == 0 {
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
	for i := range w.confirmed {
		for _, row := range w.template.One(&w.confirmed[i]).Blocks[0].(render.Grid).Rows {
			for _, c := range row {
				if check.HasPersonalData(c.Text) {
					places = append(places, model.Problem{Path: "$." + w.confirmed[i].Code, Message: "项目“" + w.confirmed[i].Name + "”的自评表写有手机、身份证或银行卡号码"})
				}
			}
		}
	}
	if places == nil {
		return nil
	}
	err := model.Fail(model.Invalid, "evaluation.personal", "自评表中有 %d 处个人信息，请退回单位删去后再公开", len(places))
	err.Fields = places
	return err
}

// bundle is all that a release says, of what is confirmed at this moment.
func (w *releasing) bundle(r *model.EvaluationRelease) *EvaluationBundle {
	b := &EvaluationBundle{
		Format: EvaluationFormat, Unit: disclosure.BundleUnit{Path: w.Unit.Path, Code: w.Unit.Code, Name: w.Unit.Name, Kind: w.Unit.Kind},
		Year: w.year, Number: r.Number, Reason: r.Reason, Document: w.template.Whole(w.Unit.Name, w.year, w.confirmed),
	}
	for _, s := range w.confirmed {
		total := s.Money["total"]
		b.Results = append(b.Results, EvaluationResult{
			Code: s.Code, Name: s.Name, Budget: total.Adjusted, Executed: *total.Executed, Rate: total.Rate,
			Score: s.Evaluation.Total.String(), Grade: s.Evaluation.GradeName, ConfirmedOn: s.ConfirmedOn,
		})
	}
	return b
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
		files = append(files, fileOf(w.template.File+"."+format.Name, format.Name, out.Bytes()))
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
