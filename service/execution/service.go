package execution

import (
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Person is who acts.
type Person = rbac.Person

// Operator is whoever runs the program on its own machine: the command line acts
// with the rights of the bureau of the region.
func Operator(login, region string) Person {
	bureau := rbac.Assignment{Role: rbac.Reviewer, Place: rbac.Root, UnitPath: model.RegionPath(region)}
	return Person{Login: login, Assignments: []rbac.Assignment{bureau}}
}

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
