package filing

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Person is who acts, with what they hold at this moment; deputies (代理审核) hold
// assignments that name the reviewer in whose place they act.
type Person struct {
	Login       string // what events and records know them by
	Name        string
	Assignments []rbac.Assignment
}

// actor gives the person as the workflow sees them from a unit.
func (p Person) actor(unitPath string) workflow.Actor {
	actor := workflow.Actor{ID: p.Login}
	for _, s := range rbac.Holding(p.Assignments, unitPath) {
		actor.Seats = append(actor.Seats, workflow.Seat{
			Role: workflow.Role(s.Role), Place: workflow.Place(s.Place), UnitPath: s.UnitPath, Office: s.Office, DeputyFor: s.DeputyFor,
		})
	}
	return actor
}

// Kinds are the kinds of record that have a content here.
var Kinds = []model.RecordKind{model.FilingRecord, model.SheetRecord, model.TargetRecord}

// readActions are the rights to see records of a kind, of every kind where it is "".
func readActions(kind model.RecordKind) []rbac.Action {
	var actions []rbac.Action
	for _, k := range Kinds {
		if a, ok := rbac.ActionByName(string(k) + ".read"); ok && (kind == "" || kind == k) {
			actions = append(actions, a)
		}
	}
	return actions
}

// reach gives the units whose records a person may see: the subtrees of the scope,
// and single units beside them. Decide has the last word on one record.
func (s *Service) reach(p Person, kind model.RecordKind) (scope store.Scope, exactly []string) {
	var below []string
	actions := readActions(kind)
	for _, a := range p.Assignments {
		for _, role := range a.Roles() {
			if role.Installation() || len(actions) == 0 || !s.mayAll(role, actions) {
				continue
			}
			all, single := reachOf(a, role)
			below, exactly = append(below, all...), append(exactly, single...)
		}
	}
	return store.Subtrees(below...), exactly
}

func (s *Service) mayAll(role rbac.Role, actions []rbac.Action) bool {
	return !slices.ContainsFunc(actions, func(a rbac.Action) bool { return !s.rights.May(role, a) })
}

// reachOf is rbac's Covers turned into paths: what it lets through for a role.
func reachOf(a rbac.Assignment, role rbac.Role) (below, exactly []string) {
	switch {
	case role == rbac.Leader:
		return []string{rbac.RegionOf(a.UnitPath)}, nil
	case role == rbac.Preparer:
		return nil, []string{a.UnitPath}
	case a.Place != rbac.Office:
		return []string{a.UnitPath}, nil
	}
	for _, d := range a.Departments {
		if d == rbac.RegionOf(d) {
			exactly = append(exactly, d) // the bureau's own records, not the region
		} else {
			below = append(below, d)
		}
	}
	return below, exactly
}

// sees tells whether the person may see records of the kind in the unit.
func (s *Service) sees(p Person, kind model.RecordKind, unitPath string) bool {
	for _, a := range readActions(kind) {
		if s.rights.Decide(p.Assignments, a, unitPath).Allowed {
			return true
		}
	}
	return false
}

// may asks for the right to a named action at a unit.
// Errors: Forbidden "right.missing" with rbac's sentence.
func (s *Service) may(p Person, action, unitPath string) error {
	named, ok := rbac.ActionByName(action)
	if !ok {
		named = rbac.Action{Name: action, ZH: action} // which Decide refuses
	}
	if d := s.rights.Decide(p.Assignments, named, unitPath); !d.Allowed {
		return model.Fail(model.Forbidden, "right.missing", "%s", d.Why)
	}
	return nil
}
