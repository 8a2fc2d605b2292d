package library

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Create enters an indicator into the library of a region, which may be "" where the
// person has the right in one alone.
// Errors: Forbidden "right.missing"; Invalid "library.region", "library.fields";
// Conflict "library.duplicate".
func (s *Service) Create(ctx context.Context, p rbac.Person, region string, f Fields) (made Entry, err error) {
	if region, err = s.regionFor(p, rbac.LibrarySave, region); err != nil {
		return made, err
	}
	f = f.tidy()
	if err := f.check(); err != nil {
		return made, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Region(region); err != nil {
			return err
		}
		entry, err := s.add(tx, p, region, f)
		if err != nil {
			return err
		}
		if made, err = wholeOne(tx, entry); err != nil {
			return err
		}
		return s.log(tx, p, eventCreate, "", detail{Region: region, IndicatorID: entry.ID, Name: entry.Name})
	})
	return made, err
}

func (s *Service) add(tx *store.Tx, p rbac.Person, region string, f Fields) (model.LibraryIndicator, error) {
	entry := model.LibraryIndicator{RegionCode: region, Origin: model.LibraryEntered, CreatedBy: p.Login, UpdatedBy: p.Login}
	f.put(&entry)
	if err := tx.AddLibraryIndicator(&entry); err != nil {
		return entry, err
	}
	return entry, tx.SetLibraryFunctions(entry.ID, f.Functions)
}

// Edit changes an entry as the person saw it, by its version. What is there already
// changes nothing and leaves no event.
// Errors: NotFound "library.notFound"; Forbidden "right.missing"; Invalid
// "library.fields"; Conflict "library.changed", "library.merged",
// "library.duplicate".
func (s *Service) Edit(ctx context.Context, p rbac.Person, id model.ID, lock int, f Fields) (Entry, error) {
	f = f.tidy()
	if err := f.check(); err != nil {
		return Entry{}, err
	}
	return s.write(ctx, p, id, lock, func(tx *store.Tx, entry *model.LibraryIndicator) error {
		changes, err := s.change(tx, entry, f)
		if err != nil || changes == nil {
			return err
		}
		return s.log(tx, p, eventEdit, "", detail{Region: entry.RegionCode, IndicatorID: id, Name: entry.Name, Changes: changes})
	})
}

// change gives an entry other fields and tells in what they differ; nil where in
// nothing.
func (s *Service) change(tx *store.Tx, entry *model.LibraryIndicator, f Fields) ([]Change, error) {
	functions, err := tx.LibraryFunctions([]model.ID{entry.ID})
	if err != nil {
		return nil, err
	}
	before := fieldsOf(*entry, functions[entry.ID])
	changes := before.changes(&f)
	if changes == nil {
		return nil, nil
	}
	f.put(entry)
	if err := tx.UpdateLibraryIndicator(entry); err != nil {
		return nil, err
	}
	return changes, tx.SetLibraryFunctions(entry.ID, f.Functions)
}

// SetDisabled takes an entry out of what is offered (停用), or back in.
// Errors: NotFound "library.notFound"; Forbidden "right.missing"; Invalid
// "reason.missing"; Conflict "library.changed", "library.merged".
func (s *Service) SetDisabled(ctx context.Context, p rbac.Person, id model.ID, lock int, disabled bool, reason string) (Entry, error) {
	if err := needReason(reason); err != nil {
		return Entry{}, err
	}
	return s.write(ctx, p, id, lock, func(tx *store.Tx, entry *model.LibraryIndicator) error {
		if entry.Disabled == disabled {
			return nil
		}
		entry.Disabled = disabled
		if err := tx.UpdateLibraryIndicator(entry); err != nil {
			return err
		}
		action := eventEnable
		if disabled {
			action = eventDisable
		}
		return s.log(tx, p, action, reason, detail{Region: entry.RegionCode, IndicatorID: id, Name: entry.Name})
	})
}

// Merge puts an entry together with another one of the same second level, which
// takes over its uses and functional codes; from then on filings that use its name
// count for the other. It gives the other one.
// Errors: NotFound "library.notFound"; Forbidden "right.missing"; Invalid
// "reason.missing", "library.into"; Conflict "library.changed", "library.merged".
func (s *Service) Merge(ctx context.Context, p rbac.Person, id model.ID, lock int, into model.ID, reason string) (Entry, error) {
	if err := needReason(reason); err != nil {
		return Entry{}, err
	}
	var merged Entry
	_, err := s.write(ctx, p, id, lock, func(tx *store.Tx, entry *model.LibraryIndicator) error {
		other, err := s.find(tx, p, into)
		if err != nil {
			return err
		}
		if other.ID == entry.ID || other.RegionCode != entry.RegionCode || other.Level2 != entry.Level2 || other.MergedInto != 0 || other.Disabled {
			return model.Fail(model.Invalid, "library.into", "只能并入同一地区、同一二级指标下另一个在用的指标，“%s”不是", other.Name)
		}
		entry.MergedInto, entry.Disabled = into, true
		if err := tx.UpdateLibraryIndicator(entry); err != nil {
			return err
		}
		if err := tx.MergeLibrary(id, into); err != nil {
			return err
		}
		if other, err = tx.LibraryIndicator(into); err != nil {
			return err
		}
		if merged, err = wholeOne(tx, other); err != nil {
			return err
		}
		return s.log(tx, p, eventMerge, reason, detail{Region: entry.RegionCode, IndicatorID: id, Name: entry.Name, Into: into})
	})
	return merged, err
}

// needReason refuses an act without a reason.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return model.Fail(model.Invalid, "reason.missing", "请写明事由，它会记入操作记录")
	}
	return nil
}
