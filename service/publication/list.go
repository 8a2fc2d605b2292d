package publication

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
)

// ListedUnit is a unit with the years it has records of.
type ListedUnit struct {
	Unit       model.BudgetUnit
	Department model.BudgetUnit // the competent department, possibly the unit itself
	Years      []ListedYear     // oldest first
}

// ListedYear is a year of a unit.
type ListedYear struct {
	Year   int
	States []model.TableState // those in which anything counts
	Total  model.Money        // all budget money of the first state that is shown
}

// Units lists the units in scope that have records, by path.
func (s *Service) Units(ctx context.Context, scope store.Scope) ([]ListedUnit, error) {
	var list []ListedUnit
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		// Departments head the list by name, whether or not they are in scope.
		units, err := tx.Units(store.Everything(), store.UnitFilter{})
		if err != nil {
			return err
		}
		years, err := tx.UnitYears(scope)
		if err != nil {
			return err
		}
		list, err = listUnits(tx, scope, units, years)
		return err
	})
	return list, err
}

func listUnits(tx *store.Tx, scope store.Scope, units []model.BudgetUnit, years []store.UnitYear) ([]ListedUnit, error) {
	byID := map[model.ID]model.BudgetUnit{}
	byPath := map[string]model.BudgetUnit{}
	for _, u := range units {
		byID[u.ID], byPath[u.Path] = u, u
	}
	var list []ListedUnit
	for _, y := range years {
		unit := byID[y.UnitID]
		if n := len(list); n == 0 || list[n-1].Unit.ID != unit.ID {
			list = append(list, ListedUnit{Unit: unit, Department: byPath[departmentPath(unit.Path)]})
		}
		listed, err := listYear(tx, scope, unit, y)
		if err != nil {
			return nil, err
		}
		last := &list[len(list)-1]
		last.Years = append(last.Years, listed)
	}
	return list, nil
}

// departmentPath is the path of the competent department above a unit: region and
// first code.
func departmentPath(path string) string {
	parts := strings.SplitN(path, "/", 3)
	if len(parts) < 3 {
		return path
	}
	return parts[0] + "/" + parts[1] + "/"
}

func listYear(tx *store.Tx, scope store.Scope, unit model.BudgetUnit, y store.UnitYear) (ListedYear, error) {
	listed := ListedYear{Year: y.Year}
	for _, s := range []struct {
		state model.TableState
		count int
	}{{model.StateInitial, y.Initial}, {model.StateAdjusted, y.Adjusted}, {model.StateDraft, y.Draft}} {
		if s.count > 0 {
			listed.States = append(listed.States, s.state)
		}
	}
	if len(listed.States) == 0 {
		return listed, nil
	}
	q := store.FactQuery{Scope: scope, Year: y.Year, State: listed.States[0], Root: unit.Path}
	for f, err := range tx.SumFactsByUnit(q, model.Predicate{Measure: model.MeasureBudget}) {
		if err != nil {
			return listed, err
		}
		listed.Total += f.Amount
	}
	return listed, nil
}
