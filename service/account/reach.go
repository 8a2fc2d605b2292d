package account

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Reaching lists the accounts in use whose roles at this moment may reach the unit at
// the path, deputies among them: those of the unit, of the units above, of the
// region's offices and root. Whether a role really does, rbac and the workflow say.
func (s *Service) Reaching(tx *store.Tx, unitPath string) ([]Listed, error) {
	return s.holding(tx, store.RoleFilter{Reaching: unitPath})
}

// Seated lists the accounts in use that have a role at this moment, deputies among
// them.
func (s *Service) Seated(tx *store.Tx) ([]Listed, error) { return s.holding(tx, store.RoleFilter{}) }

func (s *Service) holding(tx *store.Tx, filter store.RoleFilter) ([]Listed, error) {
	roles, err := tx.RoleAssignments(store.Everything(), filter)
	if err != nil {
		return nil, err
	}
	ids := map[model.ID]bool{}
	for _, r := range roles {
		ids[r.AccountID] = true
	}
	now := s.now()
	all, err := tx.Deputies(store.DeputyFilter{After: now})
	if err != nil {
		return nil, err
	}
	lending := map[model.ID][]model.Deputy{}
	for _, d := range all {
		if ids[d.AccountID] && !now.Before(d.From) {
			lending[d.DeputyID] = append(lending[d.DeputyID], d)
		}
	}
	for id := range lending {
		ids[id] = true
	}
	return s.listWith(tx, ids, lending)
}

func (s *Service) listWith(tx *store.Tx, ids map[model.ID]bool, lending map[model.ID][]model.Deputy) ([]Listed, error) {
	var sorted []model.ID
	for id := range ids {
		sorted = append(sorted, id)
	}
	slices.Sort(sorted)
	accounts, err := tx.AccountsByID(sorted)
	if err != nil {
		return nil, err
	}
	held, err := loadHeld(tx, sorted)
	if err != nil {
		return nil, err
	}
	var list []Listed
	for _, id := range sorted {
		a := accounts[id]
		if a.ID == 0 || a.Disabled {
			continue
		}
		a.PasswordHash = ""
		listed := Listed{a, held[id]}
		lent, err := lend(tx, lending[id], held, sorted)
		if err != nil {
			return nil, err
		}
		for _, l := range lent {
			listed.Held = append(slices.Clone(listed.Held), l.held...)
		}
		list = append(list, listed)
	}
	return list, nil
}

// Assignments are what rbac decides on.
func (l Listed) Assignments() []rbac.Assignment { return Identity{Held: l.Held}.Assignments() }
