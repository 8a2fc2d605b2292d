package account

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// person is an account with all it holds or will hold: what is read once and then
// kept until rights or account change.
type person struct {
	account  model.Account
	own      []Held
	lent     []lent
	rights   int64 // version of all rights it was read under
	loadedAt time.Time
}

// lent is what a reviewer's deputy holds for a time.
type lent struct {
	deputy model.Deputy
	held   []Held
}

// held are the roles at an instant.
func (p person) held(at time.Time) []Held {
	held := slices.Clone(p.own)
	for _, l := range p.lent {
		if !at.Before(l.deputy.From) && at.Before(l.deputy.Until) {
			held = append(held, l.held...)
		}
	}
	return held
}

// roles are those that must not clash (三员分立): the own ones, and a reviewer's where
// the person is or will be somebody's deputy.
func (p person) roles() []rbac.Role {
	var roles []rbac.Role
	for _, h := range p.own {
		roles = append(roles, h.Role)
	}
	if len(p.lent) > 0 {
		roles = append(roles, rbac.Reviewer)
	}
	return roles
}

// loadPerson reads a person as the transaction sees them.
func (s *Service) loadPerson(tx *store.Tx, id model.ID) (person, error) {
	p := person{loadedAt: s.now()}
	var err error
	if p.account, err = tx.Account(id); err != nil {
		return p, err
	}
	if p.rights, err = tx.RightsVersion(); err != nil {
		return p, err
	}
	deputies, err := tx.Deputies(store.DeputyFilter{DeputyID: id, After: p.loadedAt})
	if err != nil {
		return p, err
	}
	ids := []model.ID{id}
	for _, d := range deputies {
		ids = append(ids, d.AccountID)
	}
	held, err := loadHeld(tx, ids)
	if err != nil {
		return p, err
	}
	p.own = held[id]
	p.lent, err = lend(tx, deputies, held, ids)
	return p, err
}

// lend gives deputies what their reviewers hold in their own right as reviewers, and
// nothing of those whose account is disabled.
func lend(tx *store.Tx, deputies []model.Deputy, held map[model.ID][]Held, ids []model.ID) ([]lent, error) {
	if len(deputies) == 0 {
		return nil, nil
	}
	accounts, err := tx.AccountsByID(ids)
	if err != nil {
		return nil, err
	}
	var all []lent
	for _, d := range deputies {
		l := lent{deputy: d}
		principal := accounts[d.AccountID]
		for _, h := range held[d.AccountID] {
			if h.Role == rbac.Reviewer && !principal.Disabled {
				h.DeputyFor, h.Principal, h.Until = principal.Login, principal.Name, d.Until
				l.held = append(l.held, h)
			}
		}
		all = append(all, l)
	}
	return all, nil
}

// loadHeld reads the own roles of accounts.
func loadHeld(tx *store.Tx, accountIDs []model.ID) (map[model.ID][]Held, error) {
	roles, err := tx.RoleAssignments(store.Everything(), store.RoleFilter{AccountIDs: accountIDs})
	if err != nil {
		return nil, err
	}
	var offices []model.ID
	for _, r := range roles {
		if r.IsOffice {
			offices = append(offices, r.UnitID)
		}
	}
	departments, err := tx.OfficeDepartments(offices)
	if err != nil {
		return nil, err
	}
	held := map[model.ID][]Held{}
	for _, r := range roles {
		held[r.AccountID] = append(held[r.AccountID], seat(r, departments[r.UnitID]))
	}
	return held, nil
}

// seat turns an assignment as kept into one that rbac decides on. One whose unit is
// gone has no path, and by rbac no right.
func seat(r store.SeatedRole, departments []model.BudgetUnit) Held {
	h := Held{
		Assignment: rbac.Assignment{Role: rbac.Role(r.Role), UnitPath: r.UnitPath},
		ID:         r.ID, At: At{UnitID: r.UnitID, RegionCode: r.RegionCode}, UnitCode: r.UnitCode, UnitName: r.UnitName,
	}
	switch {
	case h.Role.Installation():
	case r.UnitID == 0:
		h.Place, h.UnitPath = rbac.Root, model.RegionPath(r.RegionCode)
	case r.IsOffice:
		h.Place, h.Office, h.Leads = rbac.Office, r.Duty, r.Leads
		if r.OwnRecords {
			h.Departments = append(h.Departments, rbac.RegionOf(r.UnitPath))
		}
		for _, d := range departments {
			h.Departments = append(h.Departments, d.Path)
		}
	default:
		h.Place = placeOf(r.UnitPath)
	}
	return h
}

// placeOf tells the kind of an ordinary unit by its depth.
func placeOf(path string) rbac.Place {
	switch strings.Count(path, "/") {
	case 1:
		return rbac.Root
	case 2:
		return rbac.Department
	}
	return rbac.Unit
}

// identify says who a person is at an instant.
func (s *Service) identify(p person, session model.Session, at time.Time) Identity {
	session.TokenHash, p.account.PasswordHash = "", ""
	id := Identity{Account: p.account, Session: session, MustChange: s.mustChange(p.account, at)}
	if id.MustChange == "" {
		id.Held = p.held(at)
	}
	return id
}

// mustChange says why a password must be changed; "" where it need not. That of a
// demo account is published anyway.
func (s *Service) mustChange(a model.Account, at time.Time) string {
	maxAge := s.settings.Policy.MaxAge
	switch {
	case a.Demo:
		return ""
	case a.MustChange:
		return "这是他人代设的初始密码"
	case at.Sub(a.PasswordAt) >= maxAge:
		return fmt.Sprintf("密码已使用超过 %d 天", int(maxAge.Hours()/24))
	}
	return ""
}

// people keeps what was read of persons.
type people struct {
	mu   sync.Mutex
	byID map[model.ID]person
}

const (
	// keepPerson heals what no version tells of: a unit that moved or was renamed.
	keepPerson = time.Minute
	maxPeople  = 10_000
)

// get gives a person that was read under these versions and not long ago.
func (c *people) get(live store.LiveSession, at time.Time) (person, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.byID[live.AccountID]
	fresh := ok && p.rights == live.RightsVersion && p.account.Version == live.AccountVersion &&
		at.Sub(p.loadedAt) < keepPerson && !at.Before(p.loadedAt)
	return p, fresh
}

func (c *people) put(p person) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byID) >= maxPeople {
		clear(c.byID)
	}
	c.byID[p.account.ID] = p
}
