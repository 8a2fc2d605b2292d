package account

import (
	"context"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Deputation is a deputy with both names.
type Deputation struct {
	model.Deputy
	Principal, PrincipalName string // login and name of the reviewer
	DeputyLogin, DeputyName  string
}

// NameDeputy lets somebody act in the actor's place as a reviewer for a time. The
// reviewer's own act. Seats are lent once: who is away can't be a deputy, a deputy
// can't name another, and nobody has two at a time.
// Errors: Forbidden "right.missing"; Invalid "reason.missing", "deputy.self",
// "deputy.time"; NotFound; Conflict "deputy.twice", "deputy.chain",
// "role.separation", "account.disabled".
func (s *Service) NameDeputy(ctx context.Context, actor Identity, deputyID model.ID, from, until time.Time, reason string) (id model.ID, err error) {
	from, until = from.UTC().Truncate(time.Millisecond), until.UTC().Truncate(time.Millisecond)
	if now := s.now(); from.Before(now) { // nobody acted before they were named
		from = now
	}
	about := detail{Account: actor.Actor(), From: &from, Until: &until}
	err = s.change(ctx, act{actor: actor, name: eventName, reason: reason, detail: about}, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.DeputyName); err != nil {
			return err
		}
		if a.actor.operator != "" {
			return model.Fail(model.Forbidden, "right.missing", "代理审核人须由审核人本人指定")
		}
		p, err := s.loadPerson(tx, deputyID)
		if err != nil {
			return err
		}
		a.detail.Deputy = p.account.Login
		if err := s.fitsDeputy(tx, a, p, from, until); err != nil {
			return err
		}
		deputy := model.Deputy{AccountID: a.actor.Account.ID, DeputyID: deputyID, From: from, Until: until,
			Reason: a.reason, NamedBy: a.actor.Actor(), NamedAt: s.now()}
		if err := tx.AddDeputy(&deputy); err != nil {
			return err
		}
		id = deputy.ID
		if s.settings.DeputyNamed == nil {
			return nil
		}
		return s.settings.DeputyNamed(tx, deputy, a.actor.Account)
	})
	return id, err
}

// fitsDeputy refuses a person or a time that can't be.
func (s *Service) fitsDeputy(tx *store.Tx, a *act, p person, from, until time.Time) error {
	if err := needReason(a.reason); err != nil {
		return err
	}
	if p.account.Disabled {
		return model.Fail(model.Conflict, "account.disabled", "账号 %s 已停用，不能代理；请另选一位", p.account.Login)
	}
	if days := int(s.settings.MaxDeputy.Hours() / 24); !until.After(s.now()) || until.Sub(from) > s.settings.MaxDeputy {
		return model.Fail(model.Invalid, "deputy.time", "代理的结束时间须在将来，一次最长 %d 天", days)
	}
	if err := rbac.Separate(append(p.roles(), rbac.Reviewer)); err != nil {
		return err
	}
	others, err := s.deputations(tx, store.DeputyFilter{After: s.now()})
	if err != nil {
		return err
	}
	var known []workflow.Deputation
	for _, o := range others {
		known = append(known, workflow.Deputation{Principal: o.Principal, Deputy: o.DeputyLogin, From: o.From, Until: o.Until})
	}
	return workflow.Deputation{Principal: a.actor.Actor(), Deputy: p.account.Login, From: from, Until: until}.Check(known)
}

// EndDeputy ends a deputy's time now. The act of the reviewer who named them, or of
// the security administrator.
// Errors: Forbidden "right.missing"; NotFound "deputy.notFound"; Conflict
// "deputy.over".
func (s *Service) EndDeputy(ctx context.Context, actor Identity, deputyID model.ID, reason string) error {
	return s.change(ctx, act{actor: actor, name: eventEnd, reason: reason}, func(tx *store.Tx, a *act) error {
		found, err := s.deputations(tx, store.DeputyFilter{ID: deputyID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return model.Fail(model.NotFound, "deputy.notFound", "这项代理已不存在，请刷新后再看")
		}
		d := found[0]
		own := a.actor.operator == "" && d.AccountID == a.actor.Account.ID && a.actor.Ready() == nil
		if !own {
			if err := s.may(a.actor, rbac.RoleAssign); err != nil {
				return err
			}
		}
		a.detail.Account, a.detail.Deputy = d.Principal, d.DeputyLogin
		if !d.Until.After(s.now()) {
			return model.Fail(model.Conflict, "deputy.over", "这项代理已经结束")
		}
		return tx.EndDeputy(d.ID, s.now())
	})
}

// Deputies lists the deputies whose time isn't over, in which the actor is one of
// the two; all of them for a security administrator.
func (s *Service) Deputies(ctx context.Context, actor Identity) (list []Deputation, err error) {
	if err := actor.Ready(); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list, err = s.deputations(tx, store.DeputyFilter{After: s.now()})
		return err
	})
	if s.may(actor, rbac.RoleRead) != nil {
		me := actor.Account.ID
		list = slices.DeleteFunc(list, func(d Deputation) bool { return d.AccountID != me && d.DeputyID != me })
	}
	return list, err
}

// Candidate is somebody who can be asked to be a deputy.
type Candidate struct {
	ID          model.ID
	Login, Name string
}

// maxCandidates is enough to pick from; more letters narrow the list.
const maxCandidates = 50

// Candidates lists who can be a deputy, by a part of login or name: accounts in use
// without a duty of the installation, and not the actor. For reviewers.
// Errors: Forbidden "right.missing".
func (s *Service) Candidates(ctx context.Context, actor Identity, text string) (list []Candidate, err error) {
	if err := s.may(actor, rbac.DeputyName); err != nil {
		return nil, err
	}
	inUse := false
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list = nil
		accounts, _, err := tx.Accounts(store.AccountFilter{Text: FoldLogin(text), Disabled: &inUse, Limit: maxCandidates})
		if err != nil {
			return err
		}
		ids := make([]model.ID, len(accounts))
		for i, a := range accounts {
			ids[i] = a.ID
		}
		held, err := loadHeld(tx, ids)
		for _, a := range accounts {
			duty := slices.ContainsFunc(held[a.ID], func(h Held) bool { return h.Role.Installation() })
			if !duty && a.ID != actor.Account.ID {
				list = append(list, Candidate{a.ID, a.Login, a.Name})
			}
		}
		return err
	})
	return list, err
}

func (s *Service) deputations(tx *store.Tx, filter store.DeputyFilter) ([]Deputation, error) {
	deputies, err := tx.Deputies(filter)
	if err != nil {
		return nil, err
	}
	var ids []model.ID
	for _, d := range deputies {
		ids = append(ids, d.AccountID, d.DeputyID)
	}
	accounts, err := tx.AccountsByID(ids)
	list := make([]Deputation, len(deputies))
	for i, d := range deputies {
		from, to := accounts[d.AccountID], accounts[d.DeputyID]
		list[i] = Deputation{Deputy: d, Principal: from.Login, PrincipalName: from.Name, DeputyLogin: to.Login, DeputyName: to.Name}
	}
	return list, err
}
