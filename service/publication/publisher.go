package publication

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
)

// Publisher is a unit that publishes its year, or a department that publishes that
// of all its units.
type Publisher struct {
	Query Query
	Name  string
}

// Title is how lists call it: 701 示例局（部门）.
func (p Publisher) Title() string {
	if p.Query.Department {
		return p.Query.Unit + " " + p.Name + "（部门）"
	}
	return p.Query.Unit + " " + p.Name
}

// Folder is a name for its files that no other has.
func (p Publisher) Folder() string {
	if p.Query.Department {
		return p.Query.Unit + "-部门"
	}
	return p.Query.Unit
}

// Publishers lists everybody in the query's region who has records of its year: a
// department over its units before itself alone, each before its units. Errors:
// Invalid where the region is not named and there are several.
func (s *Service) Publishers(ctx context.Context, q Query) ([]Publisher, error) {
	var list []Publisher
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		region, err := tx.OnlyRegion(q.Region)
		if err != nil {
			return err
		}
		q.Region = region.Code
		units, err := tx.UnitsOfYear(store.FactQuery{Scope: q.Scope, Year: q.Year, State: q.State, Root: model.RegionPath(region.Code), Below: true})
		if err != nil {
			return err
		}
		list, err = publishersOf(tx, q, units)
		return err
	})
	return list, err
}

func publishersOf(tx *store.Tx, q Query, units []store.NamedUnit) ([]Publisher, error) {
	known, err := tx.Units(q.Scope, store.UnitFilter{Region: q.Region})
	if err != nil {
		return nil, err
	}
	var list []Publisher
	department := ""
	for i, u := range units {
		if path := departmentPath(u.Path); path != department {
			department = path
			if several(units[i:], path) {
				list = append(list, departmentOf(q, known, path))
			}
		}
		own := q
		own.Unit = u.Code
		list = append(list, Publisher{own, u.Name})
	}
	return list, nil
}

// several tells whether a department has units with records beside itself.
func several(units []store.NamedUnit, department string) bool {
	return slices.ContainsFunc(units, func(u store.NamedUnit) bool {
		return u.Path != department && model.Within(u.Path, department)
	})
}

func departmentOf(q Query, known []model.BudgetUnit, path string) Publisher {
	q.Department = true
	for _, u := range known {
		if u.Path == path {
			q.Unit = u.Code
			return Publisher{q, u.Name}
		}
	}
	q.Unit = departmentCode(path)
	return Publisher{q, q.Unit}
}
