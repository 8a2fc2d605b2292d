package execution

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/journal"
)

// sheetMove is one row of a sheet's small workflow.
type sheetMove struct {
	verb string
	from []model.SheetState
	to   model.SheetState
}

// sheetMoves are the workflow of tracking sheets; rights and what is owed come on top.
var sheetMoves = []sheetMove{
	{"submit", []model.SheetState{model.SheetDraft}, model.SheetSubmitted},
	{"confirm", []model.SheetState{model.SheetSubmitted}, model.SheetConfirmed},
	{"return", []model.SheetState{model.SheetSubmitted, model.SheetConfirmed}, model.SheetDraft},
}

// SheetOrder is an act on a sheet: submit, confirm or return.
type SheetOrder struct {
	Key    SheetKey
	Verb   string
	Lock   int
	Reason string // of a return
	// TooLow are places of lines, from 0, whose targets the reviewer finds clearly too
	// low; of confirming an evaluation alone.
	TooLow []int
}

// ActOnSheet carries out an order. Handing in asks that nothing is owed; nobody
// confirms what they prepared themselves.
// Errors: those of opening; Forbidden "right.missing", "sheet.own"; Conflict
// "sheet.state", "sheet.changed"; Invalid "sheet.owed" with Fields,
// "reason.missing", "sheet.verb".
func (s *Service) ActOnSheet(ctx context.Context, p Person, o SheetOrder) (View, error) {
	i := slices.IndexFunc(sheetMoves, func(m sheetMove) bool { return m.verb == o.Verb })
	if i < 0 {
		return View{}, model.Fail(model.Invalid, "sheet.verb", "没有“%s”这项操作", o.Verb)
	}
	move := sheetMoves[i]
	return s.onSheet(ctx, p, o.Key, o.Verb, o.Reason, func(w *sheetWork) error {
		if o.Lock != w.sheet.Version || w.sheet.Version == 0 {
			return model.Fail(model.Conflict, "sheet.changed", "这张表刚被别人修改或还没有保存，请刷新后再办")
		}
		if err := w.can(move); err != nil {
			return err
		}
		return w.move(move, o)
	})
}

// can tells whether the state and the person let a move happen.
// Errors: Conflict "sheet.state"; Forbidden "sheet.own".
func (w *sheetWork) can(move sheetMove) error {
	switch {
	case w.sheet.Version == 0 || !slices.Contains(move.from, w.sheet.State):
		return model.Fail(model.Conflict, "sheet.state", "这张表现在的状态不能办理这项操作，请刷新")
	case move.verb == "confirm":
		return w.mayConfirm()
	}
	return nil
}

// mayConfirm refuses whoever filled the sheet in.
// Errors: Forbidden "sheet.own".
func (w *sheetWork) mayConfirm() error {
	if slices.Contains(w.sheet.PreparedBy, w.person.Login) {
		return model.Fail(model.Forbidden, "sheet.own", "不能确认自己填报的表，请由其他审核人确认")
	}
	return nil
}

func (w *sheetWork) move(move sheetMove, o SheetOrder) error {
	switch move.verb {
	case "submit":
		if err := w.handIn(); err != nil {
			return err
		}
		w.sheet.SubmittedOn = w.today()
	case "confirm":
		if err := w.findTooLow(o.TooLow); err != nil {
			return err
		}
		w.sheet.ConfirmedOn = w.today()
	case "return":
		if err := journal.NeedReason(o.Reason); err != nil {
			return err
		}
		w.sheet.Returns++
		w.sheet.SubmittedOn, w.sheet.ConfirmedOn, w.said.Money = "", "", nil
	}
	w.sheet.State = move.to
	return nil
}

// handIn refuses a sheet with holes, and keeps its money as it stands.
// Errors: Invalid "sheet.owed" with Fields.
func (w *sheetWork) handIn() error {
	view, err := w.view()
	if err != nil {
		return err
	}
	if len(view.Owed) > 0 {
		refusal := model.Fail(model.Invalid, "sheet.owed", "还有 %d 处没有填写完整，请补齐后提交", len(view.Owed))
		refusal.Fields = view.Owed
		return refusal
	}
	w.said.Money = map[string]HandedIn{}
	for _, line := range view.Money {
		kept := HandedIn{Initial: Fen(line.Initial), Adjusted: Fen(line.Adjusted)}
		if line.Executed != nil {
			kept.Executed = Fen(*line.Executed)
		}
		w.said.Money[line.Key] = kept
	}
	return nil
}

// findTooLow notes the reviewer's findings.
// Errors: Invalid "sheet.tooLow".
func (w *sheetWork) findTooLow(places []int) error {
	if len(places) > 0 && !w.key.Kind.Evaluates() {
		return model.Fail(model.Invalid, "sheet.tooLow", "只有确认自评表时才认定指标值偏低")
	}
	lines := w.targets()
	for _, place := range places {
		if place < 0 || place >= len(lines) {
			return model.Fail(model.Invalid, "sheet.tooLow", "没有第 %d 行指标，请刷新后重新选择", place+1)
		}
		key := lines[place].key()
		for i := range w.said.Said {
			if w.said.Said[i].key() == key {
				w.said.Said[i].TooLow = true
			}
		}
	}
	return nil
}

// allowed lists what the person may do with the sheet now.
func (w *sheetWork) allowed() []string {
	allowed := []string{}
	if w.sheet.State == model.SheetDraft && w.today() >= w.deadline().Opens && w.rights.Check(w.person.Assignments, w.action("save"), w.unit.Path) == nil {
		allowed = append(allowed, "save")
	}
	for _, move := range sheetMoves {
		if w.can(move) == nil && w.rights.Check(w.person.Assignments, w.action(move.verb), w.unit.Path) == nil {
			allowed = append(allowed, move.verb)
		}
	}
	if w.key.Kind == model.MonitoringSheet && w.rights.Check(w.person.Assignments, rbac.MonitoringOrder, w.unit.Path) == nil {
		allowed = append(allowed, "order")
	}
	return allowed
}
