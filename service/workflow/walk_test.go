package workflow

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"biaochi/model"
)

var declaredStates = []model.State{model.Draft, model.InReview, model.Passed, model.Approved, model.Blocked, model.Withdrawn}

// walk takes a record through random acts of random people.
type walk struct {
	t      *testing.T
	r      *rand.Rand
	actors []Actor
	in     Situation
	events []Event
}

// TestRandomWalks: whatever people try, in whatever order, the record never stands
// where no state is declared, never passes without 优 or 良, never becomes approved
// without having passed, never is passed on by somebody who prepared it, and every
// act leaves exactly one event, accepted or refused. The walks together come to
// every state, so that the properties are no idle ones.
func TestRandomWalks(t *testing.T) {
	const walks, acts = 60, 200
	var actors []Actor
	for _, name := range slices.Sorted(maps.Keys(people)) {
		actors = append(actors, who(name, unit1))
	}
	seen := map[Position]bool{}
	for seed := range uint64(walks) {
		w := walk{t: t, r: rand.New(rand.NewPCG(seed, 7)), actors: actors, in: situations(t, model.FilingRecord)["草稿"]}
		for range acts {
			w.step()
			seen[w.in.Position()] = true
		}
		if len(w.events) != acts {
			t.Fatalf("seed %d: %d events for %d acts", seed, len(w.events), acts)
		}
	}
	for _, p := range []Position{InDraft, ReviewedUnit, ReviewedDept, ReviewedFin, Negotiated, HasPassed, IsApproved, IsBlocked, IsWithdrawn} {
		if !seen[p] {
			t.Errorf("no walk came to %s", p)
		}
	}
}

func (w *walk) step() {
	act := w.act()
	before := w.in
	out, err := Next(before, act)
	w.events = append(w.events, out.Event)
	w.checkEvent(before, act, out, err)
	if err != nil {
		return
	}
	w.checkOutcome(before, act, out)
	w.in = out.Next
	w.in.InSecondRound = w.r.IntN(3) == 0
	w.in.Errors = max(0, w.r.IntN(6)-4)
}

// act picks anything by anybody, but often what gets a record on: otherwise no walk
// would come far.
func (w *walk) act() Act {
	act := Act{
		Action: pick(w.r, Actions), Actor: pick(w.r, w.actors), Reason: pick(w.r, []string{"", "理由"}),
		Grade: pick(w.r, []Grade{"", "", "", Excellent, Good, Fair, Poor, "?"}),
	}
	if w.r.IntN(10) == 0 {
		act.Actor.ID = "li" // who prepared it, with whatever seats
	}
	if w.r.IntN(3) == 0 {
		return act
	}
	act.Action = pick(w.r, []Action{Submit, Pass, Pass, Pass, Approve, Adjust, EditAgreed, Consent, Block, Reopen, Save, Return})
	act.Reason, act.Grade = "理由", ""
	if w.in.present().MayGrade && act.Action == Pass {
		act.Grade = pick(w.r, []Grade{Excellent, Good})
	}
	for _, actor := range w.actors {
		if Explain(w.in, actor, act.Action) == nil {
			act.Actor = actor
			break
		}
	}
	return act
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (w *walk) checkEvent(before Situation, act Act, out Outcome, err error) {
	w.t.Helper()
	e := out.Event
	if e.Actor != act.Actor.ID || e.Action != act.Action.Named(before.Kind) || e.From != before.State {
		w.t.Fatalf("the event %+v is not of %s by %s", e, act.Action, act.Actor.ID)
	}
	if (err != nil) != (e.Detail.Refused != "") || err != nil && e.To != before.State {
		w.t.Fatalf("the event %+v does not tell of %v", e, err)
	}
	if err != nil && model.CodeOf(err) == model.Internal {
		w.t.Fatalf("%s: %v", act.Action, err)
	}
}

func (w *walk) checkOutcome(before Situation, act Act, out Outcome) {
	w.t.Helper()
	if !slices.Contains(declaredStates, out.State) || !slices.Contains(declaredStates, out.Next.State) {
		w.t.Fatalf("%s leads to the undeclared state %q", act.Action, out.State)
	}
	if out.Next.State == model.InReview && (out.Next.Step < 0 || out.Next.Step >= len(out.Next.Steps)) {
		w.t.Fatalf("%s leads to step %d", act.Action, out.Next.Step)
	}
	if out.State == model.Passed && before.State == model.InReview && out.Grade != Excellent && out.Grade != Good {
		w.t.Fatalf("passed with grade %q", out.Grade)
	}
	if out.InForce && before.State != model.Passed {
		w.t.Fatalf("in force out of %s", before.State)
	}
	if (act.Action == Pass || act.Action == Approve) && slices.Contains(before.PreparedBy, act.Actor.ID) {
		w.t.Fatalf("%s of one's own work by %s", act.Action, act.Actor.ID)
	}
	if before.State == model.Approved && !(out.NewVersion && out.Left == model.Approved) {
		w.t.Fatalf("%s touched an approved version", act.Action)
	}
}
