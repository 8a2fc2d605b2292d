package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/exchange"
	"biaochi/service/preevaluation"
)

// Finding is what the checks say of a content, with what the preparer said to it.
type Finding struct {
	check.Finding
	// Key tells a warning from others; an answer names it.
	Key    string `json:"key,omitempty"`
	Answer string `json:"answer,omitempty"`
}

// Explanation is a preparer's answer to a warning, in a few words.
type Explanation struct {
	Key    string `json:"key"`
	Answer string `json:"answer"`
}

// keyOf names a warning by what it is about: other words in the place make it a new
// one that needs an answer of its own.
func keyOf(f check.Finding) string {
	parts := []string{f.Rule, f.Field, f.Indicator, f.Text, f.Table, f.Row, f.Column, f.Want, f.Got}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// findings runs the checks over a content: what fails or lacks data, with the
// answers that were kept.
func (w *work) findings(c Content) ([]Finding, error) {
	found, err := w.runChecks(c)
	if err != nil {
		return nil, err
	}
	answers, err := w.tx.WarningAnswers(w.record.ID)
	if err != nil {
		return nil, err
	}
	findings := []Finding{}
	for _, f := range found {
		if f.Outcome != check.Fail && f.Outcome != check.InsufficientData {
			continue
		}
		finding := Finding{Finding: f}
		if isWarning(f) {
			finding.Key = keyOf(f)
			finding.Answer = answers[finding.Key].Answer
		}
		findings = append(findings, finding)
	}
	return findings, nil
}

func isWarning(f check.Finding) bool { return f.Outcome == check.Fail && f.Severity == check.Warning }
func isError(f check.Finding) bool   { return f.Outcome == check.Fail && f.Severity == check.Error }

func (w *work) runChecks(c Content) ([]check.Finding, error) {
	region, err := w.tx.Region(w.unit.RegionCode)
	if err != nil {
		return nil, err
	}
	set, err := budget.LoadSet(region.SetKey)
	if err != nil {
		return nil, err
	}
	in := check.Input{Year: w.record.Year, Unit: w.unit.Code, Set: set, Filings: true}
	if in.Mappings, err = w.tx.Mappings(w.record.Year); err != nil {
		return nil, err
	}
	if in.Names, err = w.namesOf(c); err != nil {
		return nil, err
	}
	if c.Sheet != nil {
		return runOn(in, w.unit, c, around{}), nil
	}
	owed, err := preevaluation.Of(w.tx, region, w.record.Year, []model.ID{w.unit.ID})
	if err != nil {
		return nil, err
	}
	beside := around{preEvaluations: owed[w.unit.ID]}
	if beside.projects, err = w.otherProjects(); err != nil {
		return nil, err
	}
	beside.sheet, err = w.ownSheet()
	return runOn(in, w.unit, c, beside), err
}

// around is what a unit has beside the content that is checked: its other projects,
// its sheet where it has one, and what its projects owe of pre-evaluations.
type around struct {
	projects       []model.ProjectContent
	sheet          *model.SheetContent
	preEvaluations *check.PreEvaluations
}

// runOn runs the checks of a unit's content.
func runOn(in check.Input, unit model.BudgetUnit, c Content, beside around) []check.Finding {
	records := check.UnitRecords{Unit: budget.Unit{Path: unit.Path, Code: unit.Code, Name: unit.Name, Kind: unit.Kind}}
	if c.Sheet != nil {
		records.Sheet = c.Sheet
		return check.RunRecords(in, records)
	}
	records.Projects, records.PreEvaluations = beside.projects, beside.preEvaluations
	if c.Target != nil {
		records.Sheet = beside.sheet
		return check.RunTarget(in, records, c.Target)
	}
	project := withBlankForm(c.Project)
	records.Projects = append([]model.ProjectContent{*project}, beside.projects...)
	return check.RunProject(in, records, project)
}

// withBlankForm gives a project that is filed without a word on its form a blank form,
// so that the checks say what is to be filled in: without a target nothing asks for
// money (财预〔2015〕88号). What lives on last year's money alone needs none, as in K14.
func withBlankForm(project *model.ProjectContent) *model.ProjectContent {
	carried := len(project.Budget) > 0
	for _, row := range project.Budget {
		carried = carried && row.Source == model.CarryOver
	}
	if project.Form != nil || carried {
		return project
	}
	filed := *project
	filed.Form = &model.Form{}
	return &filed
}

// namesOf reads the catalogue's names of the codes that a content names itself.
func (w *work) namesOf(c Content) (budget.Names, error) {
	return catalogueNames(w.tx, w.record.Year, codesOf(c))
}

// codesOf are the codes of a content that it names itself, by list.
func codesOf(c Content) map[model.CatalogueKind][]string {
	used := map[model.CatalogueKind][]string{}
	switch {
	case c.Sheet != nil:
		own := budget.Lexicon{}
		own.AddSheet(c.Sheet)
		for kind, names := range own {
			used[kind] = slices.Sorted(maps.Keys(names))
		}
	case c.Project != nil:
		for _, line := range c.Project.EconomicLines {
			used[model.DepartmentEconomicCatalogue] = append(used[model.DepartmentEconomicCatalogue], line.DepartmentEconomicCode)
		}
	}
	return used
}

func catalogueNames(tx *store.Tx, year int, used map[model.CatalogueKind][]string) (budget.Names, error) {
	names := budget.Names{Own: budget.Lexicon{}, Catalogue: budget.Lexicon{}}
	found, err := tx.CatalogueNames(year, used)
	for _, n := range found {
		names.Catalogue.Add(n.Kind, n.Code, n.Name)
	}
	return names, err
}

// otherProjects are the unit's projects of the year without the one at hand.
func (w *work) otherProjects() ([]model.ProjectContent, error) {
	records, err := w.tx.Records(store.Everything(), store.RecordFilter{
		UnitIDs: []model.ID{w.unit.ID}, Year: w.record.Year, Kind: model.FilingRecord,
	})
	if err != nil {
		return nil, err
	}
	var ids []model.ID
	for _, r := range records {
		if r.ID != w.record.ID {
			ids = append(ids, r.CurrentID())
		}
	}
	contents, err := w.tx.ProjectContents(ids)
	var projects []model.ProjectContent
	for _, id := range ids {
		if p := contents[id]; p != nil {
			projects = append(projects, *p)
		}
	}
	return projects, err
}

// badCodes finds codes that the year's catalogues don't have, lines that stand twice
// and broken references: what a draft may hold and a submission may not.
func (w *work) badCodes(c Content) ([]model.Problem, error) {
	if c.Target != nil {
		return nil, nil // it has no codes
	}
	sheet, projects := c.Sheet, []model.ProjectContent(nil)
	if c.Project != nil {
		var err error
		if sheet, err = w.sheet(); err != nil {
			return nil, err
		}
		projects = []model.ProjectContent{*c.Project}
	}
	codes, err := exchange.LoadCodes(w.tx, w.record.Year)
	if err != nil {
		return nil, err
	}
	problems := exchange.New(w.record.Year, sheet, projects).Validate(codes)
	if c.Sheet != nil {
		return problems, nil
	}
	var own []model.Problem
	for _, p := range problems {
		if rest, mine := strings.CutPrefix(p.Path, "$.projects[0]"); mine {
			own = append(own, model.Problem{Path: "$" + rest, Message: p.Message})
		}
	}
	return own, nil
}

// sheet is the unit's sheet of the year, for what a project refers to in it; an
// empty one where there is none.
func (w *work) sheet() (*model.SheetContent, error) {
	own, err := w.ownSheet()
	if own == nil {
		own = &model.SheetContent{Unit: model.UnitHeader{Code: w.unit.Code}}
	}
	return own, err
}

// ownSheet is the unit's sheet of the year, in force or else the newest; nil where
// there is none.
func (w *work) ownSheet() (*model.SheetContent, error) {
	record, ok, err := w.tx.RecordOf(store.Everything(), model.SheetRecord, w.unit.ID, w.record.Year, "")
	if err != nil || !ok {
		return nil, err
	}
	return w.tx.SheetContent(record.CurrentID())
}

// answersTo notes answers to warnings that there are; an unknown key is passed over,
// since its warning is gone.
func (w *work) answersTo(findings []Finding, given []Explanation) (kept []model.WarningAnswer) {
	for i := range findings {
		f := &findings[i]
		answer := answerTo(f.Key, given)
		if f.Key == "" || answer == "" {
			continue
		}
		f.Answer = answer
		kept = append(kept, model.WarningAnswer{
			RecordID: w.record.ID, FindingKey: f.Key, Rule: f.Rule, Field: f.Field, Indicator: f.Indicator,
			Written: f.Text, Answer: f.Answer, At: w.at, Actor: w.person.Login,
		})
	}
	return kept
}

func answerTo(key string, given []Explanation) string {
	i := slices.IndexFunc(given, func(e Explanation) bool { return e.Key == key })
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(given[i].Answer)
}

// judge tells the workflow what the checks found in what is about to be submitted.
func (w *work) judge(given []Explanation) ([]Finding, []model.Problem, error) {
	content, err := w.content()
	if err != nil {
		return nil, nil, err
	}
	findings, err := w.findings(content)
	if err != nil {
		return nil, nil, err
	}
	problems, err := w.badCodes(content)
	if err != nil {
		return nil, nil, err
	}
	w.in.Errors = len(problems)
	for i := range findings {
		f := &findings[i]
		open := isWarning(f.Finding) && f.Answer == "" && answerTo(f.Key, given) == ""
		switch {
		case isError(f.Finding):
			w.in.Errors++
		case open:
			w.in.OpenWarnings++
		default:
			continue
		}
		problems = append(problems, model.Problem{Path: "$." + f.Field, Message: fmt.Sprintf("%s：%s", f.Rule, f.Message)})
	}
	return findings, problems, nil
}
