package filing

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/directory"
	"biaochi/service/workflow"
)

// actor gives the person as the workflow sees them from a unit.
func actor(p rbac.Person, unitPath string) workflow.Actor {
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

// readAction is the right to see records of a kind.
func readAction(kind model.RecordKind) rbac.Action {
	action, _ := rbac.ActionByName(string(kind) + ".read")
	return action
}

// ScopeOf gives the units at which a person may do an action.
func (s *Service) ScopeOf(p rbac.Person, action rbac.Action) store.Scope {
	return directory.ScopeOf(s.rights.Reach(p.Assignments, action))
}

// scopes gives for each kind of record the units whose records a person may see;
// of the one kind alone where it isn't "".
func (s *Service) scopes(p rbac.Person, kind model.RecordKind) map[model.RecordKind]store.Scope {
	scopes := map[model.RecordKind]store.Scope{}
	for _, k := range Kinds {
		if kind == "" || kind == k {
			scopes[k] = s.ScopeOf(p, readAction(k))
		}
	}
	return scopes
}

// sees tells whether the person may see records of the kind in the unit.
func (s *Service) sees(p rbac.Person, kind model.RecordKind, unitPath string) bool {
	return slices.Contains(Kinds, kind) && s.rights.Decide(p.Assignments, readAction(kind), unitPath).Allowed
}

// may asks for the right to a named action at a unit.
// Errors: Forbidden "right.missing" with rbac's sentence.
func (s *Service) may(p rbac.Person, action, unitPath string) error {
	named, ok := rbac.ActionByName(action)
	if !ok {
		named = rbac.Action{Name: action, ZH: action} // which Decide refuses
	}
	return s.rights.Check(p.Assignments, named, unitPath)
}
