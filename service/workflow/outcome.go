package workflow

import (
	"slices"

	"biaochi/model"
)

// Turn says whose move is next; the zero Turn: nobody's.
type Turn struct {
	Role   Role   `json:"role,omitempty"`
	Name   string `json:"name,omitempty"`   // 经办人, 业务股 …
	Path   string `json:"path,omitempty"`   // the unit whose people act; "" for the bureau's offices
	Office string `json:"office,omitempty"` // the duty of the office
}

// Event is the entry of the append-only log for one act, accepted or refused.
type Event struct {
	Actor  string
	Action string // named action: "filing.pass"
	From   model.State
	To     model.State
	Reason string
	Detail Detail
}

// Detail is what the log keeps beyond who, when, what and why; JSON in the event.
type Detail struct {
	Step      string   `json:"step,omitempty"`     // key of the step acted at
	NextStep  string   `json:"nextStep,omitempty"` // key of the step it went to
	Grade     Grade    `json:"grade,omitempty"`
	Remarks   []Remark `json:"remarks,omitempty"`
	DeputyFor string   `json:"deputyFor,omitempty"` // the actor sat in this person's place
	Refused   string   `json:"refused,omitempty"`   // reason key of a refused attempt
}

// TurnOf tells whose move it is in a situation.
func TurnOf(in Situation) Turn {
	switch position := in.Position(); position {
	case InDraft, Negotiated:
		return Turn{Role: Preparer, Name: roleNames[Preparer], Path: in.UnitPath}
	case HasPassed:
		return Turn{Role: Leader, Name: roleNames[Leader]}
	case IsApproved, IsBlocked, IsWithdrawn:
		return Turn{}
	}
	step := in.present()
	return Turn{Role: Reviewer, Name: step.Name, Path: step.Path, Office: step.Office}
}

func apply(in Situation, act Act, row Row, seat Seat) Outcome {
	out := Outcome{Next: in, Grade: gradeOf(in, act)}
	out.Next.move(row.Move, in, act, seat)
	out.NewVersion = row.Move == ToNewDraft || row.Move == TakeEdit || row.Move == Stay && in.Sealed
	if out.NewVersion {
		out.Left = left(in.State)
	}
	out.State, out.Step = out.Next.State, out.Next.Step
	if row.Move == ToGone {
		out.State = model.Withdrawn // of the version; the record falls back on what stands under it
	}
	out.InForce = row.Move == ToApproved
	out.AfterInitial = out.InForce && in.InitialFrozen
	out.Retires = out.Next.State == model.Passed && in.State == model.InReview && in.Under == model.Passed
	if out.Retires {
		out.Next.Under = ""
	}
	out.Turn = TurnOf(out.Next)
	out.Event = event(in, act, seat, out)
	return out
}

// left is the state of a version that a newer one replaces: what stood stays, what
// was under review is a draft of the past.
func left(state model.State) model.State {
	if state == model.InReview {
		return model.Draft
	}
	return state
}

// move changes s, a copy of in, by one move.
func (s *Situation) move(m Move, in Situation, act Act, seat Seat) {
	reviewing := in.State == model.InReview && act.Action != Recall && act.Action != Consent && act.Action != Decline
	if reviewing {
		s.ActedBy = with(in.ActedBy, act.Actor.ID)
	}
	switch m {
	case Stay:
		s.Sealed, s.PreparedBy = false, with(in.PreparedBy, act.Actor.ID)
	case ToFirst:
		s.State, s.Step, s.ActedBy = model.InReview, 0, nil
		s.PreparedBy = with(in.PreparedBy, act.Actor.ID)
	case ToNext:
		s.advance()
	case ToDraft:
		s.toDraft(in.Sealed || act.Action != Recall)
	case ToNewDraft:
		s.toDraft(false)
		s.Under, s.PreparedBy = in.State, with(in.PreparedBy, act.Actor.ID)
	case Negotiate:
		s.Negotiating = true
	case TakeEdit, DropEdit:
		s.Negotiating = false
	case ToApproved:
		s.State, s.Under, s.InitialFrozen = model.Approved, "", true
	case ToBlocked:
		s.State, s.BlockedAt = model.Blocked, seat.UnitPath
	case ToGone:
		s.gone()
	}
}

func (s *Situation) advance() {
	if s.last() {
		s.State, s.Step = model.Passed, 0
		return
	}
	s.Step++
}

func (s *Situation) toDraft(sealed bool) {
	s.State, s.Step, s.Negotiating, s.ActedBy, s.BlockedAt, s.Sealed = model.Draft, 0, false, nil, "", sealed
}

// gone leaves what stood under the withdrawn version, where anything did.
func (s *Situation) gone() {
	s.State, s.Under, s.Sealed, s.ActedBy = s.Under, "", false, nil
	if s.State == "" {
		s.State = model.Withdrawn
	}
}

// gradeOf is the grade that an act records: a return from a step that grades is
// 中, a block is 差, said or not.
func gradeOf(in Situation, act Act) Grade {
	switch {
	case act.Action == Block:
		return Poor
	case act.Action == Return && in.present().MayGrade:
		return Fair
	case act.Action == Pass:
		return act.Grade
	}
	return ""
}

func event(in Situation, act Act, seat Seat, out Outcome) Event {
	e := blankEvent(in, act, seat)
	e.To = out.State
	e.Detail.NextStep = out.Next.present().Key
	e.Detail.Grade = out.Grade
	return e
}

// refused is the event of an attempt that came to nothing; it is logged too.
func refused(in Situation, act Act, seat Seat, err error) Event {
	e := blankEvent(in, act, seat)
	e.To = in.State
	e.Detail.Grade = act.Grade
	e.Detail.Refused = reasonOf(err)
	return e
}

func blankEvent(in Situation, act Act, seat Seat) Event {
	return Event{
		Actor: act.Actor.ID, Action: act.Action.Named(in.Kind), From: in.State, Reason: act.Reason,
		Detail: Detail{Step: in.present().Key, Remarks: act.Remarks, DeputyFor: seat.DeputyFor},
	}
}

// with appends a name to a copy of the list, once.
func with(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(slices.Clone(names), name)
}
