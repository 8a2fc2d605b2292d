// Package setting owns what an installation and a year are set up with: units,
// regions, years and code lists. It must not know filings beyond whether there are
// any, nor how settings are shown.
package setting

import (
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store  *store.Store
	rights *rbac.Enforcer
	now    func() time.Time
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, rights *rbac.Enforcer, now func() time.Time) *Service {
	return &Service{store: s, rights: rights, now: now}
}

// today is the civil day in Beijing.
func (s *Service) today() model.Date {
	return model.Date(s.now().In(model.Beijing).Format(time.DateOnly))
}
