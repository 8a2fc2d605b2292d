package execution

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
)

// PaymentEntry is a payment that a person enters, or one that takes another back.
type PaymentEntry struct {
	UnitID    model.ID
	Year      int
	Project   string
	FundKind  model.FundKind
	PaidOn    model.Date
	Amount    model.Money // negative: money that came back, which needs a note
	Reference string
	Note      string
}

// EnterPayment keeps one payment by the rules of an import.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; Invalid
// "payments.refused" with the faults in Fields; Conflict "payment.duplicate".
func (s *Service) EnterPayment(ctx context.Context, p Person, in PaymentEntry) (kept model.Payment, notes []model.Problem, err error) {
	event := model.Event{Actor: p.Login, Action: rbac.PaymentsSave.Name, Year: in.Year, Reason: in.Note}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		unit, err := s.unitFor(tx, p, in.UnitID, rbac.PaymentsRead)
		if err != nil {
			return err
		}
		e.UnitID = unit.ID
		if err := s.rights.Check(p.Assignments, rbac.PaymentsSave, unit.Path); err != nil {
			return err
		}
		im := importing{Service: s, tx: tx, person: p, action: rbac.PaymentsSave, today: s.today(),
			in: PaymentImport{Region: unit.RegionCode, Year: in.Year}}
		if err := im.begin(); err != nil {
			return err
		}
		im.read(in, unit)
		if err := im.settleOne(); err != nil {
			return err
		}
		kept, notes = im.list[0].Payment, im.result.Notes
		e.Note("payment", kept.ID)
		e.Note("amount", Fen(kept.Amount))
		e.Note("project", kept.ProjectCode)
		e.Note("reference", kept.Reference)
		return nil
	})
	return kept, notes, err
}

// read takes what somebody entered as the one row of no file.
func (im *importing) read(in PaymentEntry, unit model.BudgetUnit) {
	row := paid{unit: unit.Code, Payment: model.Payment{
		Year: in.Year, ProjectCode: strings.TrimSpace(in.Project), FundKind: in.FundKind, PaidOn: in.PaidOn, Amount: in.Amount,
		Reference: strings.TrimSpace(in.Reference), Note: strings.TrimSpace(in.Note), CreatedBy: im.person.Login,
	}}
	day, why := readDate(string(in.PaidOn))
	if why == "" {
		why = wrongDate(day, in.Year, im.today)
	}
	if why != "" {
		im.bad(row, "paidOn", "%s", why)
	}
	if in.Amount == 0 || in.Amount > model.MaxAmount || -in.Amount > model.MaxAmount {
		im.bad(row, "amount", "金额为零或超出上限")
	}
	if in.Amount < 0 && row.Note == "" {
		im.bad(row, "note", "退回须说明原因")
	}
	wrongTexts(row.Payment, func(field, format string, args ...any) { im.bad(row, field, format, args...) })
	im.list = []paid{row}
}

// settleOne is settle for a payment that belongs to no batch.
func (im *importing) settleOne() error {
	for _, step := range []func() error{im.locate, im.dropDuplicates, im.weigh, im.refuseOne} {
		if err := step(); err != nil {
			return err
		}
	}
	if len(im.list) == 0 {
		return model.Fail(model.Conflict, "payment.duplicate", "这笔支付已经登记过，没有重复登记")
	}
	im.list[0].ID = im.store.NextID()
	return im.tx.AddPayments([]model.Payment{im.list[0].Payment})
}

// refuseOne is refuse for a payment that belongs to no file.
// Errors: Invalid "payments.refused".
func (im *importing) refuseOne() error {
	if len(im.faults) == 0 {
		return nil
	}
	err := model.Fail(model.Invalid, "payments.refused", "这笔支付没有登记，请按逐条说明改正")
	err.Fields = im.faults
	return err
}

// unitFor finds a unit that the person may see with the action.
// Errors: NotFound "unit.notFound", also where it is out of reach.
func (s *Service) unitFor(tx *store.Tx, p Person, id model.ID, see rbac.Action) (model.BudgetUnit, error) {
	unit, err := tx.UnitByID(store.Everything(), id)
	if err != nil {
		return unit, err
	}
	if s.rights.Check(p.Assignments, see, unit.Path) != nil {
		return model.BudgetUnit{}, model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", id)
	}
	return unit, nil
}

// PaymentList asks for payments of a unit's year.
type PaymentList struct {
	UnitID  model.ID
	Year    int
	Project string     // "" for all
	Below   bool       // with the units below
	From    model.Date // "" for all
	Until   model.Date // "" for all
	Flag    string     // what stood out about them; "" for all
	Page    int        // from 1
	Size    int        // 50 where 0, at most 200
}

// PaymentPage is a part of a list; Total and Amount are over all that was asked for.
type PaymentPage struct {
	Items  []model.Payment
	Total  int
	Amount model.Money
	Page   int
	Size   int
}

// Payments lists payments, the newest first.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing" where the person doesn't
// see all units below.
func (s *Service) Payments(ctx context.Context, p Person, q PaymentList) (page PaymentPage, err error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page.Page, page.Size = max(1, q.Page), min(q.Size, 200)
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := s.unitFor(tx, p, q.UnitID, rbac.PaymentsRead)
		if err != nil {
			return err
		}
		if q.Below {
			if err := s.rights.CheckBelow(p.Assignments, rbac.PaymentsRead, unit.Path); err != nil {
				return err
			}
		}
		query := store.PaymentQuery{Year: q.Year, UnitPath: unit.Path, Below: q.Below, Project: q.Project, From: q.From, Until: q.Until, Flag: q.Flag}
		page.Items, page.Total, page.Amount, err = tx.Payments(query, page.Size, (page.Page-1)*page.Size)
		return err
	})
	return page, err
}
