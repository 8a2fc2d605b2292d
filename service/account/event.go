package account

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// What the log calls the acts of this package.
const (
	eventLogin   = "account.login"
	eventLogout  = "account.logout"
	eventLock    = "account.lock"
	eventChange  = "account.password"
	eventReset   = "account.reset"
	eventCreate  = "account.create"
	eventUpdate  = "account.update"
	eventDisable = "account.disable"
	eventEnable  = "account.enable"
	eventGrant   = "role.grant"
	eventRevoke  = "role.revoke"
	eventOffice  = "office.assign"
	eventRemove  = "office.remove"
	eventName    = "deputy.name"
	eventEnd     = "deputy.end"
)

// anonymous acts where nobody is logged in.
const anonymous = "anonymous"

// detail is what the log keeps beyond who, when, what and why. It never holds a
// password, a token, or what somebody typed as a login that is no account: people
// type their password there.
type detail struct {
	Account     string     `json:"account,omitempty"` // login of whom it is about
	AccountID   model.ID   `json:"accountId,omitempty"`
	Address     string     `json:"address,omitempty"`
	Role        string     `json:"role,omitempty"`
	Place       string     `json:"place,omitempty"` // path
	Departments []string   `json:"departments,omitempty"`
	Deputy      string     `json:"deputy,omitempty"`
	From        *time.Time `json:"from,omitempty"`
	Until       *time.Time `json:"until,omitempty"`
	Fields      []string   `json:"fields,omitempty"`  // what was changed
	Refused     string     `json:"refused,omitempty"` // reason key of a refused attempt
}

func appendEvent(tx *store.Tx, actor, action, reason string, d detail) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return tx.AppendEvent(&model.Event{Actor: actor, Action: action, Reason: reason, Detail: string(text)})
}

// act is one change by somebody: its name for the log, why, and what it is about.
type act struct {
	actor  Identity
	name   string
	reason string
	detail detail
}

// change runs an act that touches rights or accounts: one transaction, in turn with
// all others of its kind, with one event. The actor is read anew inside, so that a
// right taken back a moment ago is no right. A refusal leaves an event as well.
func (s *Service) change(ctx context.Context, a act, fn func(tx *store.Tx, a *act) error) error {
	a.detail.Address = a.actor.Session.Address
	var now act
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		now = a // an attempt that is repeated starts afresh
		if err := tx.BumpRights(); err != nil {
			return err
		}
		if err := s.renew(tx, &now.actor); err != nil {
			return err
		}
		if err := fn(tx, &now); err != nil {
			return err
		}
		return appendEvent(tx, now.actor.Actor(), now.name, now.reason, now.detail)
	})
	if !model.IsRefusal(err) {
		return err
	}
	if failed := s.logRefusal(ctx, now, err); failed != nil {
		return failed
	}
	return err
}

// renew brings an actor's account and roles up to date.
func (s *Service) renew(tx *store.Tx, actor *Identity) error {
	if actor.operator != "" {
		return nil
	}
	p, err := s.loadPerson(tx, actor.Account.ID)
	if err != nil {
		return err
	}
	if p.account.Disabled {
		return disabled()
	}
	*actor = s.identify(p, actor.Session, s.now())
	return nil
}

func (s *Service) logRefusal(ctx context.Context, a act, refusal error) error {
	var e *model.Error
	errors.As(refusal, &e)
	a.detail.Refused = e.Reason
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return appendEvent(tx, a.actor.Actor(), a.name, a.reason, a.detail)
	})
}

// needReason refuses an act without a reason.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return model.Fail(model.Invalid, "reason.missing", "请写明事由，它会记入操作记录")
	}
	return nil
}
