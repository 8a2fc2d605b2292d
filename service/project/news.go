package project

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/workflow"
)

// News is an accepted act in the library, for whoever tells people of it.
type News struct {
	Event      model.Event
	Act        workflow.ProjectAct // "" for a pre-evaluation
	Project    Item                // as it now is, with what the actor may do
	ProposedBy string              // before the act
	// Waits gives what the project now waits for of a person that it didn't before.
	Waits func(rbac.Person) []TaskKind
}

// announce tells of an act in its transaction. The event gets its identifier here, so
// that what is told can name it.
func (s *Service) announce(tx *store.Tx, e *journal.Entry, act workflow.ProjectAct, before, after Item) error {
	if s.tell == nil {
		return nil
	}
	moved, err := tx.LastTransitions([]model.ID{before.ID})
	if err != nil {
		return err
	}
	last := moved[before.ID]
	now := last
	if e.FromState != e.ToState {
		now = e.Event
	}
	e.ID = s.store.NextID()
	return s.tell(tx, News{Event: e.Event, Act: act, Project: after, ProposedBy: before.ProposedBy, Waits: func(p rbac.Person) []TaskKind {
		were := s.waits(p, before, e.Year, last)
		return slices.DeleteFunc(s.waits(p, after, e.Year, now), func(k TaskKind) bool { return slices.Contains(were, k) })
	}})
}
