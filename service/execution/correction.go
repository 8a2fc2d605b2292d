package execution

import (
	"context"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
)

// CorrectionOrder is an order to put something right about a project.
type CorrectionOrder struct {
	RecordID    model.ID
	What        string
	Responsible string
	Due         model.Date
}

// OrderCorrection gives an order (下达整改通知).
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; Invalid
// "correction.order".
func (s *Service) OrderCorrection(ctx context.Context, p Person, o CorrectionOrder) (v CorrectionView, err error) {
	event := model.Event{Actor: p.Login, Action: rbac.MonitoringOrder.Name, Reason: o.What}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		record, unit, err := s.filing(tx, p, o.RecordID)
		if err != nil {
			return err
		}
		e.UnitID, e.Year, e.RecordID = unit.ID, record.Year, record.ID
		if err := s.rights.Check(p.Assignments, rbac.MonitoringOrder, unit.Path); err != nil {
			return err
		}
		_, fault := time.Parse(time.DateOnly, string(o.Due))
		if strings.TrimSpace(o.What) == "" || strings.TrimSpace(o.Responsible) == "" || fault != nil || o.Due < s.today() {
			return model.Fail(model.Invalid, "correction.order", "整改通知须写明整改内容、责任人和不早于今天的期限")
		}
		c := model.Correction{
			RecordID: record.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: record.Year, What: strings.TrimSpace(o.What),
			Responsible: strings.TrimSpace(o.Responsible), Due: o.Due, State: model.CorrectionOrdered, OrderedOn: s.today(), OrderedBy: p.Login,
		}
		v, err = s.keepCorrection(tx, p, &c, e)
		return err
	})
	return v, err
}

// filing reads a filing that the person may see the monitoring of.
// Errors: NotFound "record.notFound".
func (s *Service) filing(tx *store.Tx, p Person, id model.ID) (record model.Record, unit model.BudgetUnit, err error) {
	if record, err = tx.RecordByID(store.Everything(), id); err != nil {
		return record, unit, err
	}
	if unit, err = tx.UnitByID(store.Everything(), record.UnitID); err != nil {
		return record, unit, err
	}
	if record.Kind != model.FilingRecord || s.rights.Check(p.Assignments, rbac.MonitoringRead, unit.Path) != nil {
		return record, unit, model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的项目申报，请刷新后重新选择", id)
	}
	return record, unit, nil
}

func (s *Service) keepCorrection(tx *store.Tx, p Person, c *model.Correction, e *journal.Entry) (v CorrectionView, err error) {
	if err := tx.SaveCorrection(c); err != nil {
		return v, err
	}
	e.ToState = model.State(c.State)
	e.Note("correction", c.ID)
	e.Note("due", c.Due)
	e.Note("lock", c.Version)
	list, _, err := tx.CorrectionList(store.Everything(), store.CorrectionFilter{RecordID: c.RecordID})
	if err != nil {
		return v, err
	}
	views, err := s.correctionViews(tx, p, list)
	for _, one := range views {
		if one.ID == c.ID {
			v = one
		}
	}
	return v, err
}

func noCorrection(id model.ID) error {
	return model.Fail(model.NotFound, "correction.notFound", "没有标识为 %s 的整改通知，请刷新后重新选择", id)
}

// ReplyCorrection says what was done about an order, with evidence: a text, files that
// were attached before, or both.
// Errors: NotFound "correction.notFound"; Forbidden "right.missing"; Conflict
// "correction.state", "correction.changed"; Invalid "correction.reply",
// "correction.evidence".
func (s *Service) ReplyCorrection(ctx context.Context, p Person, id model.ID, lock int, reply, evidence string) (CorrectionView, error) {
	return s.onCorrection(ctx, p, id, lock, rbac.MonitoringReply, reply, func(tx *store.Tx, c *model.Correction) error {
		switch {
		case c.State != model.CorrectionOrdered:
			return model.Fail(model.Conflict, "correction.state", "这份整改通知不在整改中，不能答复，请刷新")
		case strings.TrimSpace(reply) == "":
			return model.Fail(model.Invalid, "correction.reply", "答复须写明整改情况")
		}
		if err := hasEvidence(tx, c, evidence); err != nil {
			return err
		}
		c.State, c.Reply, c.Evidence = model.CorrectionReplied, strings.TrimSpace(reply), strings.TrimSpace(evidence)
		return nil
	})
}

// hasEvidence refuses a reply with neither a text nor a file as evidence.
// Errors: Invalid "correction.evidence" with Fields.
func hasEvidence(tx *store.Tx, c *model.Correction, evidence string) error {
	if strings.TrimSpace(evidence) != "" {
		return nil
	}
	files, err := tx.CorrectionFiles([]model.ID{c.RecordID})
	if err != nil || len(files[c.ID.String()]) > 0 {
		return err
	}
	refusal := model.Fail(model.Invalid, "correction.evidence", "答复须有佐证材料：请上传文件，或写明材料名称和存放之处")
	refusal.Fields = []model.Problem{{Path: "$.evidence", Message: "没有上传文件的，请写明材料名称和存放之处"}}
	return refusal
}

// RecheckCorrection closes an order, or sends it back with what is still wrong.
// Errors: as ReplyCorrection's; Invalid "reason.missing" for a return without one.
func (s *Service) RecheckCorrection(ctx context.Context, p Person, id model.ID, lock int, done bool, opinion string) (CorrectionView, error) {
	return s.onCorrection(ctx, p, id, lock, rbac.MonitoringClose, opinion, func(_ *store.Tx, c *model.Correction) error {
		if c.State != model.CorrectionReplied {
			return model.Fail(model.Conflict, "correction.state", "这份整改通知还没有答复，不能复核，请刷新")
		}
		c.Opinion = strings.TrimSpace(opinion)
		if done {
			c.State, c.ClosedOn = model.CorrectionClosed, s.today()
			return nil
		}
		c.State, c.Returns = model.CorrectionOrdered, c.Returns+1
		return journal.NeedReason(opinion)
	})
}

func (s *Service) onCorrection(ctx context.Context, p Person, id model.ID, lock int, action rbac.Action, reason string, do func(tx *store.Tx, c *model.Correction) error) (v CorrectionView, err error) {
	event := model.Event{Actor: p.Login, Action: action.Name, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		c, err := tx.LockCorrection(id) // so that no file comes or goes meanwhile
		if err != nil {
			return err
		}
		if s.rights.Check(p.Assignments, rbac.MonitoringRead, c.UnitPath) != nil {
			return noCorrection(id)
		}
		e.UnitID, e.Year, e.RecordID, e.FromState, e.ToState = c.UnitID, c.Year, c.RecordID, model.State(c.State), model.State(c.State)
		if err := s.rights.Check(p.Assignments, action, c.UnitPath); err != nil {
			return err
		}
		if lock != c.Version {
			return model.Fail(model.Conflict, "correction.changed", "这份整改通知刚被别人修改，请刷新后再办")
		}
		if err := do(tx, &c); err != nil {
			return err
		}
		v, err = s.keepCorrection(tx, p, &c, e)
		return err
	})
	return v, err
}
