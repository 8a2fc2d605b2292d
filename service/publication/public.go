package publication

import (
	"context"
	"slices"
	"sync"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/disclosure"
)

// PublicUnit is a unit with what it has published.
type PublicUnit struct {
	Unit       model.BudgetUnit
	Department model.BudgetUnit // the competent department, possibly the unit itself
	// Newest are the newest published versions, a year and kind each, the latest year
	// first.
	Newest []model.Publication
}

// Public lists the units that have published something, by path. Whoever asks may
// see it.
func (s *Service) Public(ctx context.Context) ([]PublicUnit, error) {
	var list []PublicUnit
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		published, err := tx.Publications(store.Everything(), store.PublicationFilter{Published: true})
		if err != nil {
			return err
		}
		units, err := tx.Units(store.Everything(), store.UnitFilter{})
		list = publicUnits(units, published)
		return err
	})
	return list, err
}

func publicUnits(units []model.BudgetUnit, published []model.Publication) (list []PublicUnit) {
	newest := map[model.ID][]model.Publication{}
	for _, p := range published { // by number within a year and kind: a later one takes the place
		own := newest[p.UnitID]
		if n := len(own); n > 0 && own[n-1].Year == p.Year && own[n-1].Whole == p.Whole {
			own[n-1] = p
			continue
		}
		newest[p.UnitID] = append(own, p)
	}
	byPath := map[string]model.BudgetUnit{}
	for _, u := range units {
		byPath[u.Path] = u
	}
	for _, u := range units {
		if own := newest[u.ID]; len(own) > 0 {
			slices.Reverse(own)
			list = append(list, PublicUnit{Unit: u, Department: byPath[departmentPath(u.Path)], Newest: own})
		}
	}
	return list
}

// PublicQuery names a published version.
type PublicQuery struct {
	Region string
	Unit   string
	Year   int
	Whole  bool
	Number int // 0: the newest
}

// Issue is a published version with all that citizens may see of it.
type Issue struct {
	Unit        model.BudgetUnit
	Publication model.Publication
	Versions    []model.Publication // all published ones of the same subject, by number
	Files       []model.PublicationFile
	Bundle      *disclosure.Bundle
}

// Issue gives a published version. Whoever asks may see it.
// Errors: NotFound "publication.notFound".
func (s *Service) Issue(ctx context.Context, q PublicQuery) (*Issue, error) {
	issue := &Issue{}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		if err := issue.find(tx, q); err != nil {
			return err
		}
		var err error
		if issue.Files, err = tx.PublicationFiles(issue.Publication.ID); err != nil {
			return err
		}
		issue.Bundle, err = s.bundles.get(issue.Publication.ID, tx.Bundle)
		return err
	})
	return issue, err
}

// maxBundles is how many decoded bundles are kept: readers of one day look at few.
const maxBundles = 32

// bundleCache keeps bundles of published versions decoded; these never change. It is
// safe for concurrent use.
type bundleCache struct {
	mu    sync.Mutex
	kept  map[model.ID]*disclosure.Bundle
	order []model.ID // oldest first
}

func (c *bundleCache) get(id model.ID, read func(model.ID) ([]byte, error)) (*disclosure.Bundle, error) {
	c.mu.Lock()
	b := c.kept[id]
	c.mu.Unlock()
	if b != nil {
		return b, nil
	}
	encoded, err := read(id)
	if err != nil {
		return nil, err
	}
	if b, err = disclosure.DecodeBundle(encoded); err == nil {
		c.put(id, b)
	}
	return b, err
}

func (c *bundleCache) put(id model.ID, b *disclosure.Bundle) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[model.ID]*disclosure.Bundle{}
	}
	if c.kept[id] == nil {
		c.order = append(c.order, id)
	}
	c.kept[id] = b
	if len(c.order) > maxBundles {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
}

func (i *Issue) find(tx *store.Tx, q PublicQuery) (err error) {
	nothing := model.Fail(model.NotFound, "publication.notFound", "没有这份已公开的文档，请从公开目录重新选择")
	i.Unit, err = tx.UnitByCode(store.Everything(), q.Region, q.Unit)
	if model.CodeOf(err) == model.NotFound {
		return nothing
	}
	if err != nil {
		return err
	}
	i.Versions, err = tx.Publications(store.Everything(), store.PublicationFilter{UnitID: i.Unit.ID, Year: q.Year, Whole: &q.Whole, Published: true})
	if err != nil {
		return err
	}
	for _, v := range i.Versions {
		if q.Number == 0 || v.Number == q.Number {
			i.Publication = v
		}
	}
	if i.Publication.ID == 0 || q.Year == 0 {
		return nothing
	}
	return nil
}

// Superseded tells that a later version took this one's place.
func (i *Issue) Superseded() bool { return i.Publication.ID != i.Versions[len(i.Versions)-1].ID }

// PublicFile gives a file of a published version.
// Errors: NotFound "publication.notFound", "publication.file".
func (s *Service) PublicFile(ctx context.Context, q PublicQuery, name string) (model.PublicationFile, error) {
	var file model.PublicationFile
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		var issue Issue
		if err := issue.find(tx, q); err != nil {
			return err
		}
		var err error
		file, err = tx.PublicationFile(issue.Publication.ID, name)
		return err
	})
	return file, err
}
