package reminder

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/workflow"
)

// seats finds people by where they sit.
type seats struct {
	at      map[seat][]account.Listed
	offices []account.Listed // reviewers of the bureau, its root among them
}

type seat struct {
	role rbac.Role
	path string
}

func seatsOf(people []account.Listed) seats {
	s := seats{at: map[seat][]account.Listed{}}
	for _, p := range people {
		bureau := false
		for _, a := range p.Assignments() {
			bureau = bureau || a.Role == rbac.Reviewer && (a.Place == rbac.Root || a.Place == rbac.Office)
			key := seat{a.Role, a.UnitPath}
			if !slices.ContainsFunc(s.at[key], func(l account.Listed) bool { return l.ID == p.ID }) {
				s.at[key] = append(s.at[key], p)
			}
		}
		if bureau {
			s.offices = append(s.offices, p)
		}
	}
	return s
}

// in gives whoever has a role in a unit itself.
func (s seats) in(role rbac.Role, path string) []model.Account {
	return accounts(s.at[seat{role, path}])
}

// nearest gives whoever has a role in a unit, or else in the nearest unit above.
func (s seats) nearest(role rbac.Role, path string) []model.Account {
	for strings.Count(path, "/") > 1 {
		if found := s.in(role, path); len(found) > 0 {
			return found
		}
		path = path[:strings.LastIndex(strings.TrimSuffix(path, "/"), "/")+1]
	}
	return s.in(role, path)
}

// office gives the reviewers of the bureau whose turn a step with a duty is for a unit:
// those of the offices, or where there are none those at its root.
func (s seats) office(duty, unitPath string) []model.Account {
	sits := func(place rbac.Place) func(account.Listed) bool {
		return func(p account.Listed) bool {
			return slices.ContainsFunc(p.Assignments(), func(a rbac.Assignment) bool {
				return a.Role == rbac.Reviewer && a.Place == place && a.Covers(unitPath) && (duty == "" || a.Office == "" || a.Office == duty)
			})
		}
	}
	for _, place := range []rbac.Place{rbac.Office, rbac.Root} {
		if found := filter(s.offices, sits(place)); len(found) > 0 {
			return accounts(found)
		}
	}
	return nil
}

// leaders gives those who answer for a region: of its leading office, or where it has
// none those at its root.
func (s seats) leaders(region string) []model.Account {
	root := model.RegionPath(region)
	leads := func(p account.Listed) bool {
		return slices.ContainsFunc(p.Assignments(), func(a rbac.Assignment) bool {
			return a.Role == rbac.Reviewer && a.Leads && model.Within(a.UnitPath, root)
		})
	}
	if found := filter(s.offices, leads); len(found) > 0 {
		return accounts(found)
	}
	return s.in(rbac.Reviewer, root)
}

func filter(people []account.Listed, keep func(account.Listed) bool) (kept []account.Listed) {
	for _, p := range people {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

func accounts(people []account.Listed) []model.Account {
	list := make([]model.Account, len(people))
	for i, p := range people {
		list[i] = p.Account
	}
	return list
}

// whose gives whoever has to move a record: its preparers, the reviewers of the unit
// at whose step it stands, or those of the bureau.
func whose(turnRole, turnPath, turnOffice string) func(s seats, t thing) []model.Account {
	return func(s seats, t thing) []model.Account {
		switch {
		case turnRole == string(workflow.Preparer):
			return s.in(rbac.Preparer, t.UnitPath)
		case turnPath != "":
			return s.nearest(rbac.Reviewer, turnPath)
		}
		return s.office(turnOffice, t.UnitPath)
	}
}
