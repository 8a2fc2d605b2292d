// Package setting owns what an installation and a year are set up with: units,
// regions, years and code lists. It must not know filings beyond whether there are
// any, nor how settings are shown.
package setting

import (
	"biaochi/model/store"
	"biaochi/rbac"
)

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store  *store.Store
	rights *rbac.Enforcer
}

// NewService works on a store.
func NewService(s *store.Store, rights *rbac.Enforcer) *Service {
	return &Service{store: s, rights: rights}
}
