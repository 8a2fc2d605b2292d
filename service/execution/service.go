package execution

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Person is who acts, with what they hold at this moment.
type Person struct {
	Login       string // what events and records know them by
	Assignments []rbac.Assignment
	operator    bool
}

// Operator is whoever runs the program on its own machine: the command line may do
// everything.
func Operator(login string) Person { return Person{Login: login, operator: true} }

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store  *store.Store
	rights *rbac.Enforcer
	now    func() time.Time
	rounds rounds
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, rights *rbac.Enforcer, now func() time.Time) *Service {
	return &Service{store: s, rights: rights, now: func() time.Time { return now().UTC().Truncate(time.Millisecond) }}
}

// today is the civil day in Beijing.
func (s *Service) today() model.Date {
	return model.Date(s.now().In(model.Beijing).Format(time.DateOnly))
}

// may asks for the right to an action at a unit.
// Errors: Forbidden "right.missing" with rbac's sentence.
func (s *Service) may(p Person, action rbac.Action, unitPath string) error {
	if p.operator {
		return nil
	}
	if d := s.rights.Decide(p.Assignments, action, unitPath); !d.Allowed {
		return model.Fail(model.Forbidden, "right.missing", "%s", d.Why)
	}
	return nil
}

// mayBelow asks for a right at a unit and all below it.
func (s *Service) mayBelow(p Person, action rbac.Action, unitPath string) error {
	if err := s.may(p, action, unitPath); err != nil {
		return err
	}
	return s.may(p, action, unitPath+anyUnit)
}

// anyUnit stands for whatever unit lies below a path: no code holds a tilde.
const anyUnit = "~/"

// write runs fn in one transaction and appends its event, whose rest fn fills in.
// Where fn refuses, nothing is kept but an event that says so.
func (s *Service) write(ctx context.Context, event model.Event, fn func(tx *store.Tx, e *model.Event) error) error {
	var e model.Event
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		e = event
		if err := fn(tx, &e); err != nil {
			return err
		}
		return tx.AppendEvent(&e)
	})
	var refused *model.Error
	if !errors.As(err, &refused) || refused.Code == model.Internal || strings.HasPrefix(refused.Reason, "store.") {
		return err
	}
	e.Detail = detail(map[string]any{"refused": refused.Reason})
	if failed := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.AppendEvent(&e) }); failed != nil {
		return failed
	}
	return err
}

// detail writes what an event keeps beyond who, when, what and why.
func detail(of any) string {
	text, err := json.Marshal(of)
	if err != nil {
		panic(err) // a type of this package that can't be written
	}
	return string(text)
}
