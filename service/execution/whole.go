package execution

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
	"biaochi/service/indicator"
	"biaochi/service/tracking"
)

// Whole is the evaluation of a unit's whole-unit target (整体支出绩效自评), computed from
// the self-evaluations of its projects and of those below: added up first, scored then.
type Whole struct {
	Unit       model.BudgetUnit
	Record     model.Record
	Execution  tracking.ExecutionScore // of all projects; basic expenditure isn't paid by project
	Rows       []WholeRow
	Unassigned tracking.Points
	Total      tracking.Points
	GradeName  string
	Complete   bool // every indicator with a target was scored
	Projects   int  // approved ones
	Evaluated  int  // of them, those whose self-evaluation was handed in
}

// WholeRow is an indicator of the whole-unit target with what it is made of.
type WholeRow struct {
	Level1, Level2, Name string
	Level1Name           string
	Level2Name           string
	Target               string
	Actual               string // rolled up, "" where it can't be
	Score                tracking.RowScore
	Parts                []WholePart
	measured             tracking.Measured
	weight, key          string
}

// WholePart is one project's share in an indicator.
type WholePart struct {
	RecordID model.ID
	Unit     string // name
	Project  string // code
	Target   string
	Actual   string // "" where the self-evaluation wasn't handed in
	Money    model.Money
}

// WholeEvaluation computes the evaluation of a unit's whole-unit target. An indicator is
// that of projects which have one of the same second level and name.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing" where the person doesn't
// see all units below; Conflict "whole.notApproved".
func (s *Service) WholeEvaluation(ctx context.Context, p Person, unitID model.ID, year int) (out Whole, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := s.unitFor(tx, p, unitID, rbac.EvaluationRead)
		if err != nil {
			return err
		}
		if below, err := tx.HasUnitsBelow(store.Everything(), unit.Path); err != nil {
			return err
		} else if below {
			if err := s.rights.CheckBelow(p.Assignments, rbac.EvaluationRead, unit.Path); err != nil {
				return err
			}
		}
		w := wholeWork{tx: tx, year: year, out: Whole{Unit: unit}}
		err = w.compute()
		out = w.out
		return err
	})
	return out, err
}

// wholeWork is one such evaluation in the making.
type wholeWork struct {
	tx    *store.Tx
	year  int
	rules tracking.ScoreRules
	tree  indicator.Tree
	out   Whole
}

func (w *wholeWork) compute() error {
	for _, step := range []func() error{w.open, w.gather, w.execution} {
		if err := step(); err != nil {
			return err
		}
	}
	w.score()
	return nil
}

// open reads the approved target and the rules.
func (w *wholeWork) open() error {
	_, rules, err := calendar.Of(w.tx, w.out.Unit.RegionCode, w.year, "")
	if err != nil {
		return err
	}
	w.rules = rules.Scoring
	record, ok, err := w.tx.RecordOf(store.Everything(), model.TargetRecord, w.out.Unit.ID, w.year, "")
	if err != nil {
		return err
	}
	if !ok || record.InForceID == 0 {
		return model.Fail(model.Conflict, "whole.notApproved", "%s %d 年的整体支出绩效目标还没有批复，不能评价", w.out.Unit.Name, w.year)
	}
	w.out.Record = record
	year, err := w.tx.Year(w.out.Unit.RegionCode, w.year)
	if err != nil {
		return err
	}
	w.tree, _ = indicator.FindTree(year.TreeKey)
	contents, err := w.tx.TargetContents([]model.ID{record.InForceID})
	if err != nil || contents[record.InForceID] == nil {
		return err
	}
	for _, row := range contents[record.InForceID].Indicators {
		if row.Annual != nil && (row.Annual.Name != "" || row.Annual.Value != "") {
			w.out.Rows = append(w.out.Rows, w.row(row))
		}
	}
	return nil
}

func (w *wholeWork) row(of model.Indicator) WholeRow {
	row := WholeRow{Level1: of.Level1, Level2: of.Level2, Name: of.Annual.Name, Target: of.Annual.Value, weight: of.Annual.Weight.Number()}
	row.key = sameIndicator(of.Level2, of.Annual.Name)
	row.measured = tracking.Measured{Target: indicator.Parse(of.Annual.Value, w.year), Year: w.year, Cost: tracking.IsCost(of.Level1, of.Level2)}
	level1, _ := w.tree.Level1(of.Level1)
	row.Level1Name = level1.Name
	for _, child := range level1.Children {
		if child.Key == of.Level2 {
			row.Level2Name = child.Name
		}
	}
	return row
}

func sameIndicator(level2, name string) string {
	return level2 + "/" + strings.Join(strings.Fields(name), "")
}

// gather finds the projects' shares in each indicator.
func (w *wholeWork) gather() error {
	units := map[string]string{}
	list, err := w.tx.Units(store.Everything(), store.UnitFilter{Under: w.out.Unit.Path})
	if err != nil {
		return err
	}
	for _, u := range list {
		units[u.Path] = u.Name
	}
	sheets, err := w.tx.HandedInEvaluations(w.year, w.out.Unit.Path)
	if err != nil {
		return err
	}
	var filings []store.ApprovedTarget
	var versions []model.ID
	for filing, err := range w.tx.ApprovedTargets(store.Branch{Path: w.out.Unit.Path}, w.year, model.FilingRecord) {
		if err != nil {
			return err
		}
		filings, versions = append(filings, filing), append(versions, filing.VersionID)
	}
	contents, err := w.tx.ProjectContents(versions)
	if err != nil {
		return err
	}
	for _, filing := range filings {
		content := contents[filing.VersionID]
		if content == nil {
			continue
		}
		said, err := w.said(sheets[filing.RecordID])
		if err != nil {
			return err
		}
		w.share(filing, units[filing.UnitPath], content, said)
	}
	return nil
}

// said reads what a project's self-evaluation says, and counts the project.
func (w *wholeWork) said(sheet model.TrackingSheet) (map[string][]Said, error) {
	w.out.Projects++
	if sheet.ID == 0 {
		return nil, nil
	}
	w.out.Evaluated++
	var content Content
	if err := json.Unmarshal([]byte(sheet.Content), &content); err != nil {
		return nil, err
	}
	said := map[string][]Said{}
	for _, one := range content.Said {
		said[one.key()] = append(said[one.key()], one)
	}
	return said, nil
}

func (w *wholeWork) share(filing store.ApprovedTarget, unit string, content *model.ProjectContent, said map[string][]Said) {
	var money model.Money
	for _, line := range content.Budget {
		money += line.Amount
	}
	for _, t := range targetsOf(content, said) {
		for i := range w.out.Rows {
			if row := &w.out.Rows[i]; row.key == sameIndicator(t.Level2, t.Name) && t.Value != "" {
				row.Parts = append(row.Parts, WholePart{
					RecordID: filing.RecordID, Unit: unit, Project: filing.ProjectCode, Target: t.Value, Actual: t.Actual, Money: money,
				})
			}
		}
	}
}

// execution adds the budgets and payments of all projects up.
func (w *wholeWork) execution() error {
	var budget, paid model.Money
	q := store.BoardQuery{Year: w.year, Branches: []store.Branch{{Path: w.out.Unit.Path}}, On: "9999-12-31", Current: true}
	for sum, err := range w.tx.BoardBudgets(q) {
		if err != nil {
			return err
		}
		budget += sum.Amount
	}
	for sum, err := range w.tx.BoardPayments(q) {
		if err != nil {
			return err
		}
		paid += sum.Amount
	}
	w.out.Execution = w.rules.Execution(budget, paid)
	return nil
}

// score adds up and then scores; what can't be added up says why.
func (w *wholeWork) score() {
	rows := make([]tracking.Row, len(w.out.Rows))
	for i, row := range w.out.Rows {
		rows[i] = tracking.Row{Level1: row.Level1, Level2: row.Level2, Name: row.Name, Target: row.measured.Target, Weight: row.weight}
	}
	points, left := w.rules.Distribute(w.tree, rows)
	w.out.Unassigned, w.out.Total, w.out.Complete = left, w.out.Execution.Score, w.out.Execution.Rate != ""
	for i := range w.out.Rows {
		row := &w.out.Rows[i]
		row.Score = tracking.RowScore{Points: points[i]}
		if c, why := w.rollUp(row); why != "" {
			row.Score.Why = why
			w.out.Complete = w.out.Complete && row.measured.Target.Kind == indicator.Empty
		} else {
			row.Actual = c.Written(w.year)
			row.Score = w.rules.ScoreComparison(c, rows[i], points[i])
		}
		w.out.Total += row.Score.Score
	}
	w.out.GradeName = w.rules.GradeOf(w.out.Total).Name
}

// rollUp gives what the parts came to against the whole's own target.
func (w *wholeWork) rollUp(row *WholeRow) (c tracking.Comparison, why string) {
	if len(row.Parts) == 0 {
		return c, "所属项目中没有同名的指标，须另行评定"
	}
	if row.measured.Target.Kind == indicator.Grade {
		return c, "定性指标不能由项目汇总，须另行评定"
	}
	parts, missing := make([]tracking.Part, len(row.Parts)), 0
	for i, p := range row.Parts {
		if strings.TrimSpace(p.Actual) == "" {
			missing++
		}
		parts[i] = tracking.Part{Unit: p.Unit + " " + p.Project, Money: p.Money, Measured: tracking.Measured{
			Target: indicator.Parse(p.Target, w.year), Actual: p.Actual, Year: w.year, Cost: row.measured.Cost,
		}}
	}
	if missing > 0 {
		return c, fmt.Sprintf("有 %d 个项目还没有提交自评或没有填写实际完成值", missing)
	}
	whole, why := w.rules.RollUp(parts)
	if why != "" {
		return c, why
	}
	return w.rules.Against(row.measured, whole)
}
