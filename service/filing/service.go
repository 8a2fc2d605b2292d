package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Settings are what the year's settings say and this package doesn't keep. What is
// nil says no.
type Settings struct {
	// SecondRound tells whether a region's year is in 二上; it reads through the
	// transaction, since a second connection may not be to be had.
	SecondRound func(tx *store.Tx, region string, year int) (bool, error)
	// OverControl tells whether a unit with all below it asks for more than its
	// 控制数; it may read through the transaction.
	OverControl func(tx *store.Tx, unit model.BudgetUnit, year int) (bool, error)
	// Deadline tells until when a unit's record of a year should leave a step, ""
	// for a draft; ok is false where the year's settings say nothing.
	Deadline func(tx *store.Tx, unit model.BudgetUnit, year int, step string) (at time.Time, ok bool, err error)
	// Chain gives the chain of steps; workflow.ChainFor where nil.
	Chain func(set string, year int, round workflow.Round) (workflow.Chain, error)
	// Tell is told of every accepted act, in its transaction and after its event; nil
	// where nobody wants to know.
	Tell func(tx *store.Tx, n News) error
}

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store    *store.Store
	rights   *rbac.Enforcer
	now      func() time.Time
	settings Settings
	kind     model.RecordKind // "" for every kind
}

// Of gives the use cases for one kind of record: those of another aren't there.
func (s *Service) Of(kind model.RecordKind) *Service {
	of := *s
	of.kind = kind
	return &of
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, rights *rbac.Enforcer, now func() time.Time, settings Settings) *Service {
	if settings.SecondRound == nil {
		settings.SecondRound = func(*store.Tx, string, int) (bool, error) { return false, nil }
	}
	if settings.OverControl == nil {
		settings.OverControl = func(*store.Tx, model.BudgetUnit, int) (bool, error) { return false, nil }
	}
	if settings.Deadline == nil {
		settings.Deadline = func(*store.Tx, model.BudgetUnit, int, string) (at time.Time, ok bool, err error) {
			return at, false, nil
		}
	}
	if settings.Chain == nil {
		settings.Chain = workflow.ChainFor
	}
	return &Service{
		store: s, rights: rights, settings: settings,
		now: func() time.Time { return now().UTC().Truncate(time.Millisecond) },
	}
}

// request is one write that somebody asks for.
type request struct {
	person rbac.Person
	action string          // named action, for the log of a refusal
	verb   workflow.Action // in the place of action where the kind of record isn't known yet
	reason string
	key    string // idempotency key, "" for none
	body   any    // all that the request says; its hash tells the same from another
	lock   int    // the record's lock that the person saw; 0 where there is none
	mine   *Content
}

// maxKey is what the column holds.
const maxKey = 128

// run does a request in one transaction: all of it or nothing. The same key with
// the same body gives the first answer again and does nothing. A refusal is logged
// in a transaction of its own, since the first one is gone.
// Errors: Invalid "request.key"; Conflict "request.repeated" for a key used for
// another request; *ChangedError where somebody else was faster; those of fn.
func run[T any](ctx context.Context, s *Service, r request, fn func(w *work) (T, error)) (T, error) {
	var answer, none T
	if len(r.key) > maxKey {
		return none, model.Fail(model.Invalid, "request.key", "请求标识过长，最多 %d 个字符", maxKey)
	}
	hash, err := hashOf(r)
	if err != nil {
		return none, err
	}
	var w *work
	err = s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		w = &work{Service: s, tx: tx, person: r.person, at: s.now()}
		answer, err = once(w, r, hash, fn)
		return err
	})
	switch {
	case err == nil:
		return answer, nil
	case model.ReasonOf(err) == "request.repeated":
		return answered[T](ctx, s, r, hash, err)
	}
	if failed := s.logRefusal(ctx, r, w, err); failed != nil {
		return none, failed
	}
	return none, s.explain(ctx, r, w, err)
}

// once claims the key before anything is read, so that a second request with the
// same key waits for the first and sees what it did.
func once[T any](w *work, r request, hash string, fn func(w *work) (T, error)) (answer T, err error) {
	if r.key == "" {
		return fn(w)
	}
	key := model.IdempotencyKey{Actor: r.person.Login, RequestKey: r.key, RequestHash: hash, CreatedAt: w.at}
	if err := w.tx.ClaimKey(&key); err != nil {
		return answer, err
	}
	if answer, err = fn(w); err != nil {
		return answer, err
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return answer, err
	}
	key.Answer = string(text)
	return answer, w.tx.SetAnswer(key)
}

// answered gives the answer to a request that came before.
func answered[T any](ctx context.Context, s *Service, r request, hash string, refusal error) (answer T, err error) {
	var key model.IdempotencyKey
	var found bool
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		key, found, err = tx.Answered(r.person.Login, r.key)
		return err
	})
	if err != nil {
		return answer, err
	}
	if !found || key.RequestHash != hash {
		return answer, refusal
	}
	return answer, json.Unmarshal([]byte(key.Answer), &answer)
}

func hashOf(r request) (string, error) {
	text, err := json.Marshal(r.body)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(r.action+string(r.verb)+"\n"), text...))
	return hex.EncodeToString(sum[:]), nil
}

// logRefusal appends the event of an attempt that came to nothing, where it was
// about something that is there.
func (s *Service) logRefusal(ctx context.Context, r request, w *work, err error) error {
	if !model.IsRefusal(err) || w.unit.ID == 0 {
		return nil
	}
	action := r.action
	switch {
	case w.refusal.Action != "":
		action = w.refusal.Action
	case action == "":
		action = r.verb.Named(w.record.Kind)
	}
	detail := EventDetail{Detail: w.refusal.Detail}
	detail.Refused = model.ReasonOf(err)
	state := w.in.State
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return appendEvent(tx, model.Event{
			At: w.at, Actor: r.person.Login, Action: action, UnitID: w.unit.ID, Year: w.year,
			RecordID: w.record.ID, VersionID: w.version().ID, FromState: state, ToState: state, Reason: r.reason,
		}, detail)
	})
}

// EventDetail is what the log keeps of an act beyond who, when, what and why.
type EventDetail struct {
	workflow.Detail
	Lock        int          `json:"lock,omitempty"` // the record's after the act
	Differences []Difference `json:"differences,omitempty"`
	ApprovalID  model.ID     `json:"approvalId,omitzero"`
	Records     int          `json:"records,omitempty"` // that a 批复 took
	From        model.ID     `json:"from,omitzero"`     // the filing that this one goes on from
	// Of an attachment: its name, and what it backs up where that isn't the record.
	Name    string        `json:"name,omitempty"`
	Purpose model.Purpose `json:"purpose,omitempty"`
}

// keepEvent appends the event of an accepted act and tells of it.
func (w *work) keepEvent(event model.Event, detail EventDetail) error {
	event.ID = w.store.NextID()
	if err := appendEvent(w.tx, event, detail); err != nil {
		return err
	}
	return w.tell(event, detail)
}

func (w *work) tell(event model.Event, detail EventDetail) error {
	if w.settings.Tell == nil {
		return nil
	}
	news, err := w.news(event, detail)
	if err != nil {
		return err
	}
	return w.settings.Tell(w.tx, news)
}

func appendEvent(tx *store.Tx, event model.Event, detail EventDetail) error {
	event, err := withDetail(event, detail)
	if err != nil {
		return err
	}
	return tx.AppendEvent(&event)
}

func withDetail(event model.Event, detail EventDetail) (model.Event, error) {
	text, err := json.Marshal(detail)
	event.Detail = string(text)
	return event, err
}
