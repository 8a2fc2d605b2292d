package library

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store  *store.Store
	rights *rbac.Enforcer
}

// NewService works on a store, whose clock gives every time.
func NewService(s *store.Store, rights *rbac.Enforcer) *Service {
	return &Service{store: s, rights: rights}
}

// Entry is an indicator of the library with what belongs to it.
type Entry struct {
	model.LibraryIndicator
	Functions []string             // functional codes that it fits
	Values    []store.LibraryValue // that approved filings gave, the commonest first
}

// mostValues is how many of an entry's values a reader gets.
const mostValues = 10

// regionFor finds the region whose library the person means: the one they name, else
// the only one where they have the action.
// Errors: Forbidden "right.missing"; Invalid "library.region" where there are several.
func (s *Service) regionFor(p rbac.Person, action rbac.Action, code string) (string, error) {
	if code != "" {
		return code, s.may(p, action, code)
	}
	var regions []string
	for _, a := range p.Assignments {
		root := rbac.RegionOf(a.UnitPath)
		if root != "" && !slices.Contains(regions, root) && s.rights.Decide(p.Assignments, action, root).Allowed {
			regions = append(regions, root)
		}
	}
	switch len(regions) {
	case 0:
		return "", s.rights.CheckAnywhere(p.Assignments, action)
	case 1:
		return regions[0][:len(regions[0])-1], nil
	}
	return "", model.Fail(model.Invalid, "library.region", "您在多个财政区划有权限，请指明是哪一个的指标库")
}

// may asks for the right to an action on a region's library.
// Errors: Forbidden "right.missing".
func (s *Service) may(p rbac.Person, action rbac.Action, region string) error {
	return s.rights.Check(p.Assignments, action, model.RegionPath(region))
}

// Allowed are the actions that the person may take on an entry.
func (s *Service) Allowed(p rbac.Person, e Entry) []rbac.Action {
	if e.MergedInto != 0 || s.may(p, rbac.LibrarySave, e.RegionCode) != nil {
		return []rbac.Action{}
	}
	return []rbac.Action{rbac.LibrarySave}
}

// find gives an entry of a library that the person may read; to others it isn't
// there.
func (s *Service) find(tx *store.Tx, p rbac.Person, id model.ID) (model.LibraryIndicator, error) {
	entry, err := tx.LibraryIndicator(id)
	if err != nil {
		return entry, err
	}
	if s.may(p, rbac.LibraryRead, entry.RegionCode) != nil {
		return entry, model.Fail(model.NotFound, "library.notFound", "指标库中没有标识为 %s 的指标，请刷新后重新选择", id)
	}
	return entry, nil
}

// whole adds to entries what belongs to them.
func whole(tx *store.Tx, entries []model.LibraryIndicator) ([]Entry, error) {
	ids := make([]model.ID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	functions, err := tx.LibraryFunctions(ids)
	if err != nil {
		return nil, err
	}
	values, err := tx.LibraryValues(ids)
	all := make([]Entry, len(entries))
	for i, e := range entries {
		known := values[e.ID]
		all[i] = Entry{e, functions[e.ID], known[:min(len(known), mostValues)]}
	}
	return all, err
}

func wholeOne(tx *store.Tx, entry model.LibraryIndicator) (Entry, error) {
	all, err := whole(tx, []model.LibraryIndicator{entry})
	if err != nil {
		return Entry{}, err
	}
	return all[0], nil
}

// What the log calls the acts of this package.
const (
	eventCreate  = "library.create"
	eventEdit    = "library.edit"
	eventMerge   = "library.merge"
	eventDisable = "library.disable"
	eventEnable  = "library.enable"
	eventImport  = "library.import"
)

// detail is what the log keeps beyond who, when, what and why.
type detail struct {
	Region      string   `json:"region"`
	IndicatorID model.ID `json:"indicatorId,omitzero"`
	Name        string   `json:"name,omitempty"`
	Into        model.ID `json:"into,omitzero"`
	Changes     []Change `json:"changes,omitempty"`
	Created     int      `json:"created,omitempty"` // of an import
	Changed     int      `json:"changed,omitempty"`
}

// Change is a field that an edit changed.
type Change struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (s *Service) log(tx *store.Tx, p rbac.Person, action, reason string, d detail) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return tx.AppendEvent(&model.Event{Actor: p.Login, Action: action, Reason: reason, Detail: string(text)})
}

// write runs an act on an entry that the person may keep, as they saw it, in one
// transaction.
// Errors: NotFound "library.notFound"; Forbidden "right.missing"; Conflict
// "library.changed", "library.merged"; those of fn.
func (s *Service) write(ctx context.Context, p rbac.Person, id model.ID, lock int, fn func(tx *store.Tx, entry *model.LibraryIndicator) error) (made Entry, err error) {
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		entry, err := s.find(tx, p, id)
		if err != nil {
			return err
		}
		switch err := s.may(p, rbac.LibrarySave, entry.RegionCode); {
		case err != nil:
			return err
		case entry.MergedInto != 0:
			return model.Fail(model.Conflict, "library.merged", "指标“%s”已并入其他指标，不能再维护", entry.Name)
		case entry.Version != lock:
			return model.Fail(model.Conflict, "library.changed", "指标“%s”刚被别人修改，请刷新后再改", entry.Name)
		}
		entry.UpdatedAt, entry.UpdatedBy = time.Time{}, p.Login
		if err := fn(tx, &entry); err != nil {
			return err
		}
		made, err = wholeOne(tx, entry)
		return err
	})
	return made, err
}
