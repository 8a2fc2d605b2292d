package filing

import (
	"encoding/json"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// work is one transaction under way, about one record at a time.
type work struct {
	*Service
	tx       *store.Tx
	person   rbac.Person
	at       time.Time
	unit     model.BudgetUnit
	year     int
	record   model.Record
	versions []model.RecordVersion // by number
	current  int                   // index of the version that the situation is about
	position model.RecordPosition
	in       workflow.Situation
	refusal  workflow.Event // what the workflow said of a refused act
}

// version is the one that the situation is about; the zero one before there is any.
func (w *work) version() model.RecordVersion {
	if w.current < 0 || w.current >= len(w.versions) {
		return model.RecordVersion{}
	}
	return w.versions[w.current]
}

// load reads a record that the person may see, and where it stands.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (w *work) load(id model.ID) error {
	record, err := w.tx.RecordByID(store.Everything(), id)
	if err != nil {
		return err
	}
	unit, err := w.tx.UnitByID(store.Everything(), record.UnitID)
	if err != nil {
		return err
	}
	if err := w.open(record, unit); err != nil {
		return err
	}
	if w.kind != "" && w.kind != record.Kind || !w.sees(w.person, record.Kind, unit.Path) {
		return model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的申报记录，请刷新后重新选择", id)
	}
	return nil
}

// open is load for a record at hand.
func (w *work) open(record model.Record, unit model.BudgetUnit) error {
	versions, err := w.tx.Versions(record.ID)
	if err != nil {
		return err
	}
	kept, ok, err := w.tx.Position(record.ID)
	if err != nil {
		return err
	}
	return w.stand(record, unit, versions, kept, ok)
}

// stand is open for a record that is read already, with its position where it has one.
func (w *work) stand(record model.Record, unit model.BudgetUnit, versions []model.RecordVersion, kept model.RecordPosition, ok bool) (err error) {
	w.record, w.unit, w.year, w.versions = record, unit, record.Year, versions
	w.current = workflow.Current(workflow.VersionedOf(versions))
	w.position = placed(kept, ok, versions, w.current)
	w.in, err = w.situation()
	return err
}

// placed gives where the record stands. A version that came in by a package stands
// where its state says, prepared by whoever brought it in.
func placed(kept model.RecordPosition, ok bool, versions []model.RecordVersion, current int) model.RecordPosition {
	v := versions[current]
	if ok && kept.VersionID == v.ID && kept.State == v.State {
		return kept
	}
	p := model.RecordPosition{
		RecordID: v.RecordID, VersionID: v.ID, State: v.State, PreparedBy: kept.PreparedBy, MovedAt: v.CreatedAt, MovedBy: v.CreatedBy,
	}
	if !slices.Contains(p.PreparedBy, v.CreatedBy) {
		p.PreparedBy = append(slices.Clone(p.PreparedBy), v.CreatedBy)
	}
	if v.State == model.Draft {
		p.UnderState = under(versions[:current])
	}
	return p
}

// under is the state of the newest version that stands, "" where none does.
func under(versions []model.RecordVersion) model.State {
	for _, v := range slices.Backward(versions) {
		if v.State == model.Passed || v.State == model.Approved {
			return v.State
		}
	}
	return ""
}

func (w *work) situation() (workflow.Situation, error) {
	p := &w.position
	in := workflow.Situation{
		Kind: w.record.Kind, UnitPath: w.unit.Path, State: p.State, Step: p.Step, Negotiating: p.EditContent != "",
		PreparedBy: p.PreparedBy, ActedBy: p.ActedBy, BlockedAt: p.BlockedAt, Sealed: p.Sealed, Under: p.UnderState,
	}
	var err error
	if in.InSecondRound, err = w.settings.SecondRound(w.tx, w.unit.RegionCode, w.record.Year); err != nil || p.Steps == "" {
		return in, err
	}
	return in, json.Unmarshal([]byte(p.Steps), &in.Steps)
}

// place turns what the workflow made of the record into its position.
func (w *work) place(out workflow.Outcome) (model.RecordPosition, error) {
	next := out.Next
	steps, err := json.Marshal(next.Steps)
	p := w.position
	p.RecordID, p.State, p.Steps, p.Step = w.record.ID, next.State, string(steps), next.Step
	p.PreparedBy, p.ActedBy, p.BlockedAt = next.PreparedBy, next.ActedBy, next.BlockedAt
	p.Sealed, p.UnderState = next.Sealed, next.Under
	p.TurnRole, p.TurnName, p.TurnPath, p.TurnOffice = string(out.Turn.Role), out.Turn.Name, out.Turn.Path, out.Turn.Office
	p.StepKey = ""
	if next.State == model.InReview {
		p.StepKey = next.Steps[next.Step].Key
	}
	if !next.Negotiating {
		p.EditContent, p.EditedBy = "", ""
	}
	if out.Grade != "" {
		p.Grade = string(out.Grade)
	}
	p.MovedAt, p.MovedBy = w.at, w.person.Login
	return p, err
}

func turnOf(p model.RecordPosition) workflow.Turn {
	return workflow.Turn{Role: workflow.Role(p.TurnRole), Name: p.TurnName, Path: p.TurnPath, Office: p.TurnOffice}
}

func (w *work) content() (Content, error) {
	return loadContent(w.tx, w.record.Kind, w.version().ID)
}
