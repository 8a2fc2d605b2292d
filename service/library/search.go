package library

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Query narrows a search; an empty field asks for nothing.
type Query struct {
	Region   string // "" where the person has the right in one alone
	Level1   string
	Level2   string
	Function string // functional code: the nearest first, common indicators last
	Text     string // words, each of which must be found
	Common   *bool
	Disabled bool // the disabled entries in the place of those that are offered
	Limit    int  // 20 where 0, at most 200
	Offset   int
}

// Search lists a page of entries, the likeliest first, and counts all that are found.
// Errors: Forbidden "right.missing"; Invalid "library.region", "library.function".
func (s *Service) Search(ctx context.Context, p rbac.Person, q Query) (list []Entry, total int64, err error) {
	if q.Region, err = s.regionFor(p, rbac.LibraryRead, q.Region); err != nil {
		return nil, 0, err
	}
	if q.Function != "" && !functionPattern.MatchString(q.Function) {
		return nil, 0, model.Fail(model.Invalid, "library.function", "功能分类“%s”应为 3、5 或 7 位数字", q.Function)
	}
	const usual, most = 20, 200
	if q.Limit <= 0 {
		q.Limit = usual
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		entries, count, err := tx.SearchLibrary(store.LibraryFilter{
			Region: q.Region, Level1: q.Level1, Level2: q.Level2, Function: q.Function, Common: q.Common, Disabled: q.Disabled,
			Words: strings.Fields(strings.ToLower(q.Text)), NameKey: model.IndicatorKey(q.Text), Limit: min(q.Limit, most), Offset: q.Offset,
		})
		if err != nil {
			return err
		}
		total = count
		list, err = whole(tx, entries)
		return err
	})
	return list, total, err
}

// Get gives an entry, merged and disabled ones too.
// Errors: NotFound "library.notFound", also for who may not read the library.
func (s *Service) Get(ctx context.Context, p rbac.Person, id model.ID) (found Entry, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		entry, err := s.find(tx, p, id)
		if err != nil {
			return err
		}
		found, err = wholeOne(tx, entry)
		return err
	})
	return found, err
}
