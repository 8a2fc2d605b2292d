// Package project owns the project library (项目库): who brings a project in, who
// orders projects by priority, what a pre-evaluation came to, and how projects end. It
// must not know what a filing's checks look for, nor how a library is shown.
package project

import (
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/filing"
	"biaochi/service/preevaluation"
	"biaochi/service/workflow"
)

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store   *store.Store
	rights  *rbac.Enforcer
	filings *filing.Service
	now     func() time.Time
	tell    func(tx *store.Tx, n News) error
}

// NewService works on a store; the clock should be the store's. The filings say
// whether a project has a proper target; tell hears of every act in its transaction,
// nil: nobody does.
func NewService(s *store.Store, rights *rbac.Enforcer, filings *filing.Service, now func() time.Time, tell func(tx *store.Tx, n News) error) *Service {
	return &Service{
		store: s, rights: rights, filings: filings, tell: tell,
		now: func() time.Time { return now().UTC().Truncate(time.Millisecond) },
	}
}

// today is the civil day in Beijing.
func (s *Service) today() model.Date {
	return model.Date(s.now().In(model.Beijing).Format(time.DateOnly))
}

// Item is a project as a year sees it, with what the person may do about it.
type Item struct {
	store.ListedProject
	Owes    bool        // a pre-evaluation (事前绩效评估), whether it has one or not
	Money   model.Money // that says so
	Allowed []string    // workflow.ProjectAct, and rank, order, evaluate
}

// The acts that don't move a project.
const (
	RankAct     = "rank"     // in the department's order
	OrderAct    = "order"    // in that of 财政项目库
	EvaluateAct = "evaluate" // record a pre-evaluation
)

func factsOf(p store.ListedProject, year int) workflow.ProjectFacts {
	live := p.FilingState != model.Withdrawn && p.FilingState != model.Blocked
	return workflow.ProjectFacts{
		Year: year, Stage: p.Stage, EndedFrom: p.EndedFrom, Filed: p.RecordYear == year && live,
		ApprovedIn: p.ApprovedIn, CarriedMoneyOnly: p.CarriedMoneyOnly, LastYear: p.LastYear,
	}
}

// lifeOf is factsOf of as much as a list reads of every project.
func lifeOf(p store.ProjectSummary, year int) workflow.ProjectFacts {
	return workflow.ProjectFacts{
		Year: year, Stage: p.Stage, EndedFrom: p.EndedFrom, Filed: p.Filed,
		ApprovedIn: p.ApprovedIn, CarriedMoneyOnly: p.CarriedMoneyOnly, LastYear: p.LastYear,
	}
}

func (s *Service) may(p rbac.Person, action rbac.Action, path string) bool {
	return s.rights.Check(p.Assignments, action, path) == nil
}

// allowed are the acts that state and right together let the person do. Whether the
// target is proper, the act itself finds out.
func (s *Service) allowed(p rbac.Person, row store.ListedProject) []string {
	acts := []string{}
	for _, act := range workflow.ProjectActs {
		if _, err := workflow.NextStage(row.Project, row.State, act, p.Login, "—"); err != nil {
			continue
		}
		if action, ok := rbac.ActionByName(act.Action()); ok && s.may(p, action, row.UnitPath) {
			acts = append(acts, string(act))
		}
	}
	if row.State != model.ProjectEnded && s.may(p, rbac.ProjectEvaluate, row.UnitPath) {
		acts = append(acts, EvaluateAct)
	}
	if workflow.Ranked(row.State, false) && s.may(p, rbac.ProjectRank, row.UnitPath) {
		acts = append(acts, RankAct)
	}
	if workflow.Ranked(row.State, true) && s.may(p, rbac.ProjectOrder, model.RegionPath(row.RegionCode)) {
		acts = append(acts, OrderAct)
	}
	return acts
}

// items adds to the rows of one region what the person may do, and which of them owe a
// pre-evaluation, in a fixed number of queries.
func (s *Service) items(tx *store.Tx, p rbac.Person, region string, year int, rows []store.ListedProject) ([]Item, error) {
	rule, err := ruleOf(tx, region, year)
	if err != nil {
		return nil, err
	}
	var contents map[model.ID]*model.ProjectContent
	if rule.Level != model.PreEvaluationOff {
		ids := make([]model.ID, len(rows))
		for i, row := range rows {
			ids[i] = row.VersionID
		}
		if contents, err = tx.ProjectContents(ids); err != nil {
			return nil, err
		}
	}
	items := make([]Item, len(rows))
	for i, row := range rows {
		row.State = factsOf(row, year).State()
		items[i] = Item{ListedProject: row, Allowed: s.allowed(p, row)}
		if content := contents[row.VersionID]; content != nil {
			items[i].Money, items[i].Owes = check.OwesPreEvaluation(rule, year, row.ApprovedBefore, content)
		}
	}
	return items, nil
}

func ruleOf(tx *store.Tx, code string, year int) (rule model.PreEvaluationRule, err error) {
	region, err := tx.Region(code)
	if err != nil {
		return rule, err
	}
	return preevaluation.Rule(tx, region, year)
}
