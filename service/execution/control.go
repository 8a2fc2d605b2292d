package execution

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/tracking"
)

// ControlView is a unit's control figures beside what it asks for with all below it.
type ControlView struct {
	Sheet   model.ControlSheet
	Unit    model.BudgetUnit
	Margins []tracking.Margin // against the issued figures; none before
	Over    bool
}

// Control gives a unit's control figures. Figures in preparation are shown to those
// alone who prepare them.
// Errors: NotFound "unit.notFound".
func (s *Service) Control(ctx context.Context, p Person, unitID model.ID, year int) (v ControlView, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Unit, err = s.unitFor(tx, p, unitID, rbac.ControlRead); err != nil {
			return err
		}
		v, err = s.controlView(tx, p, v.Unit, year)
		return err
	})
	return v, err
}

func (s *Service) controlView(tx *store.Tx, p Person, unit model.BudgetUnit, year int) (v ControlView, err error) {
	v = ControlView{Unit: unit, Margins: []tracking.Margin{}}
	if v.Sheet, _, err = tx.ControlSheet(unit.ID, year); err != nil {
		return v, err
	}
	s.veil(p, &v)
	if v.Sheet.IssuedOn == "" {
		return v, nil
	}
	asked, err := tx.AskedBudgets(year, unit.Path, store.AskedNewest)
	v.Margins = tracking.Margins(within(unit.Path, asked), v.Sheet.Issued)
	v.Over = tracking.OverControl(v.Margins)
	return v, err
}

// within adds up what is asked for at and below a path, by fund kind.
func within(path string, asked []store.ProjectAmount) map[model.FundKind]model.Money {
	sums := map[model.FundKind]model.Money{}
	for _, a := range asked {
		if model.Within(a.UnitPath, path) {
			sums[a.FundKind] += a.Amount
		}
	}
	return sums
}

// SaveControl keeps figures in preparation, all of a unit's at once; they hold once
// they are issued. lock is the sheet's version that the person saw, 0 for none.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; Conflict
// "control.changed"; Invalid "control.figures".
func (s *Service) SaveControl(ctx context.Context, p Person, unitID model.ID, year, lock int, figures map[model.FundKind]model.Money) (ControlView, error) {
	return s.onControl(ctx, p, unitID, year, lock, rbac.ControlSave, "", func(sheet *model.ControlSheet) error {
		for kind, amount := range figures {
			if !slices.Contains(model.FundKinds, kind) || amount < 0 || amount > model.MaxAmount {
				return model.Fail(model.Invalid, "control.figures", "%s的控制数 %s 元不对：资金性质应在规定之内，金额不能为负或超出上限", model.Chinese(kind), amount.Yuan())
			}
		}
		sheet.Figures = figures
		return nil
	})
}

// IssueControl makes the prepared figures hold (下达控制数), in place of those before.
// Errors: as SaveControl's; Invalid "control.none" where none are prepared.
func (s *Service) IssueControl(ctx context.Context, p Person, unitID model.ID, year, lock int, reason string) (ControlView, error) {
	defer s.rounds.forget()
	return s.onControl(ctx, p, unitID, year, lock, rbac.ControlIssue, reason, func(sheet *model.ControlSheet) error {
		if len(sheet.Figures) == 0 {
			return model.Fail(model.Invalid, "control.none", "还没有编制控制数，请先填写并保存")
		}
		sheet.Issued, sheet.IssuedOn = sheet.Figures, s.today()
		return nil
	})
}

func (s *Service) onControl(ctx context.Context, p Person, unitID model.ID, year, lock int, action rbac.Action, reason string, do func(*model.ControlSheet) error) (v ControlView, err error) {
	event := model.Event{Actor: p.Login, Action: action.Name, Year: year, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		unit, err := s.unitFor(tx, p, unitID, rbac.ControlRead)
		if err != nil {
			return err
		}
		e.UnitID = unit.ID
		if err := s.rights.Check(p.Assignments, action, unit.Path); err != nil {
			return err
		}
		sheet, _, err := tx.ControlSheet(unit.ID, year)
		if err != nil {
			return err
		}
		if lock != sheet.Version {
			return model.Fail(model.Conflict, "control.changed", "控制数刚被别人修改，请刷新后再改")
		}
		if err := do(&sheet); err != nil {
			return err
		}
		sheet.UnitPath, sheet.ChangedAt, sheet.ChangedBy = unit.Path, s.now(), p.Login
		if err := tx.SaveControlSheet(&sheet); err != nil {
			return err
		}
		e.Note("figures", sheet.Figures)
		e.Note("issued", sheet.Issued)
		e.Note("lock", sheet.Version)
		v, err = s.controlView(tx, p, unit, year)
		return err
	})
	return v, err
}

// OverControl tells whether what passed the review in a unit with all below it goes
// beyond the control figures of any unit among them. It serves filing.Settings.
func (s *Service) OverControl(tx *store.Tx, unit model.BudgetUnit, year int) (bool, error) {
	sheets, err := tx.ControlSheets(year, unit.Path)
	if err != nil || len(sheets) == 0 {
		return false, err
	}
	asked, err := tx.AskedBudgets(year, unit.Path, store.AskedPassed)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(sheets, func(sheet model.ControlSheet) bool {
		return sheet.IssuedOn != "" && tracking.OverControl(tracking.Margins(within(sheet.UnitPath, asked), sheet.Issued))
	}), nil
}
