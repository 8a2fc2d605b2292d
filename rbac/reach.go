package rbac

import (
	"slices"

	"biaochi/model"
)

// Reach is the units at which somebody may do an action. The zero Reach is none.
type Reach struct {
	Everywhere bool     // what belongs to no unit too
	Below      []string // paths of units that are in it with all below them
	Exactly    []string // paths of units that are in it alone
}

// Covers tells whether the unit with the path is in the reach.
func (r Reach) Covers(path string) bool {
	return r.CoversBelow(path) || path != "" && slices.Contains(r.Exactly, path)
}

// CoversBelow tells whether the unit with the path and all below it are in the reach.
func (r Reach) CoversBelow(path string) bool {
	within := func(root string) bool { return path != "" && model.Within(path, root) }
	return r.Everywhere || slices.ContainsFunc(r.Below, within)
}

// Reach gives all units at which somebody with these assignments may do the action:
// those for which Decide allows it. Lists, exports and reports narrow to it.
func (e *Enforcer) Reach(assignments []Assignment, action Action) (all Reach) {
	if _, ok := declared[action.Name]; !ok || Separate(rolesOf(assignments)) != nil {
		return Reach{}
	}
	for _, a := range assignments {
		if a.DeputyFor != "" && action.Name == DeputyName.Name {
			continue // a deputy does not name another
		}
		for _, g := range a.grants() {
			if !e.May(g.role, action) {
				continue
			}
			all = all.and(g.reach)
			if action.Regional && !g.role.Installation() {
				all = all.and(a.region())
			}
		}
	}
	return all
}

func (r Reach) and(more Reach) Reach {
	return Reach{
		Everywhere: r.Everywhere || more.Everywhere,
		Below:      append(r.Below, more.Below...), Exactly: append(r.Exactly, more.Exactly...),
	}
}
