// Package search owns what a few letters find: units, and projects with their filings
// of each year, in the reach of whoever looks. It must not know how they are kept.
package search

import (
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/directory"
	"biaochi/service/filing"
)

// Service is the use case over those of filing and of the directory. It is safe for
// concurrent use.
type Service struct {
	filings *filing.Service
	lookups *directory.Service
}

// NewService searches what both of them show.
func NewService(filings *filing.Service, lookups *directory.Service) *Service {
	return &Service{filings.Of(model.FilingRecord), lookups}
}

// How much is shown of each; more letters narrow it.
const (
	maxUnits    = 20
	maxProjects = 20
	maxFilings  = 200
)

// Found is what was found, with how much there is of it in all.
type Found struct {
	Units    []model.BudgetUnit
	Projects []Project
	AllUnits int64
	// AllFilings counts the filings of all projects found.
	AllFilings int64
}

// Project is a project with its filings, the latest year first.
type Project struct {
	Code, Name string // the name as in the latest year
	Unit       model.BudgetUnit
	Filings    []filing.Item
}

// Find looks for a part of a name or code in the units and filings that the person
// may see; nothing is found by no letters.
func (s *Service) Find(ctx context.Context, p rbac.Person, text string) (Found, error) {
	var found Found
	if text = strings.TrimSpace(text); text == "" {
		return found, nil
	}
	var err error
	q := directory.UnitQuery{Action: rbac.UnitRead, Text: text, Limit: maxUnits}
	if found.Units, found.AllUnits, err = s.lookups.Units(ctx, p.Assignments, q); err != nil {
		return found, err
	}
	page, err := s.filings.List(ctx, p, filing.Query{Text: text, Sort: store.ByProject, Size: maxFilings})
	if err != nil {
		return found, err
	}
	found.Projects, found.AllFilings = projectsOf(page.Items), page.Total
	return found, nil
}

// projectsOf puts the filings of a project together.
func projectsOf(items []filing.Item) []Project {
	var projects []Project
	for _, item := range items {
		i := slices.IndexFunc(projects, func(p Project) bool { return p.Unit.ID == item.UnitID && p.Code == item.ProjectCode })
		if i < 0 {
			i = len(projects)
			projects = append(projects, Project{Code: item.ProjectCode, Unit: model.BudgetUnit{
				ID: item.UnitID, Code: item.UnitCode, Name: item.UnitName, Kind: item.UnitKind, Path: item.UnitPath,
			}})
		}
		projects[i].Filings = append(projects[i].Filings, item)
	}
	for i := range projects {
		slices.SortStableFunc(projects[i].Filings, func(a, b filing.Item) int { return b.Year - a.Year })
		projects[i].Name = projects[i].Filings[0].Name
	}
	return projects[:min(len(projects), maxProjects)]
}
