package execution

import (
	"context"
	"encoding/json"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/tracking"
)

// carryYears is over how many years a project is looked back on, its own included.
const carryYears = 5

// Carry is a filing beside what its project came to in the years before (上年结果), and
// how its targets moved with the money (棘轮).
type Carry struct {
	Record model.Record
	Name   string
	Tree   indicator.Tree
	Years  []PastResult // oldest first, the filing's own last
	Rows   []tracking.RatchetRow
	Counts map[tracking.Move]int
}

// PastResult is a project in one year.
type PastResult struct {
	Year     int
	RecordID model.ID
	Approved bool
	// Budget is 全年预算数 as adjusted, with carry-over; of a filing that isn't approved
	// what it asks for.
	Budget model.Money
	Paid   model.Money
	Rate   string // 执行率, "" without an approved budget
	// Evaluated is how far the self-evaluation is, "" where nobody began; Score and
	// grade are there once it was handed in.
	Evaluated model.SheetState
	Score     tracking.Points
	Grade     string
	GradeName string
	targets   []tracking.PastTarget
}

// LastYear gives a filing beside the years before: their results, and the moves of its
// targets. Years without the project are left out.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) LastYear(ctx context.Context, p Person, recordID model.ID) (c Carry, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := carrying{Service: s, tx: tx}
		if err := w.open(p, recordID); err != nil {
			return err
		}
		c, err = w.carry()
		return err
	})
	return c, err
}

// carrying is one look back.
type carrying struct {
	*Service
	tx     *store.Tx
	record model.Record
	unit   model.BudgetUnit
	rules  tracking.ScoreRules
}

func (w *carrying) open(p Person, id model.ID) (err error) {
	if w.record, err = w.tx.RecordByID(store.Everything(), id); err != nil {
		return err
	}
	if w.unit, err = w.tx.UnitByID(store.Everything(), w.record.UnitID); err != nil {
		return err
	}
	if w.record.Kind != model.FilingRecord || w.rights.Check(p.Assignments, rbac.FilingRead, w.unit.Path) != nil {
		return model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的项目申报，请刷新后重新选择", id)
	}
	region, err := w.tx.Region(w.unit.RegionCode)
	if err != nil {
		return err
	}
	rules, err := tracking.RulesFor(region.SetKey, w.record.Year)
	w.rules = rules.Scoring
	return err
}

func (w *carrying) carry() (c Carry, err error) {
	c = Carry{Record: w.record, Counts: map[tracking.Move]int{}}
	year, err := w.tx.Year(w.unit.RegionCode, w.record.Year)
	if err != nil {
		return c, err
	}
	c.Tree, _ = indicator.FindTree(year.TreeKey)
	var past []tracking.PastYear
	for y := w.record.Year - carryYears + 1; y <= w.record.Year; y++ {
		record, ok, err := w.tx.RecordOf(store.Everything(), model.FilingRecord, w.unit.ID, y, w.record.ProjectCode)
		if err != nil {
			return c, err
		}
		if !ok {
			continue
		}
		result, name, err := w.result(record)
		if err != nil {
			return c, err
		}
		c.Name, c.Years = name, append(c.Years, result)
		past = append(past, tracking.PastYear{Year: y, Money: result.Budget, Targets: result.targets})
	}
	c.Rows = w.rules.Ratchet(past)
	for _, row := range c.Rows {
		c.Counts[row.Move]++
	}
	return c, nil
}

// result reads what a project came to in a year.
func (w *carrying) result(record model.Record) (r PastResult, name string, err error) {
	r = PastResult{Year: record.Year, RecordID: record.ID, Approved: record.InForceID != 0}
	version := record.CurrentID()
	if record.ID == w.record.ID {
		version = record.NewestID
	}
	contents, err := w.tx.ProjectContents([]model.ID{version})
	if err != nil {
		return r, "", err
	}
	content := contents[version]
	if content == nil {
		return r, "", model.Fail(model.Internal, "version.notFound", "项目 %s %d 年的内容不在库中", record.ProjectCode, record.Year)
	}
	said, err := w.evaluated(record, &r)
	if err != nil {
		return r, "", err
	}
	r.targets = targetsOf(content, said)
	return r, content.Name, w.money(&r, content)
}

// evaluated reads the self-evaluation, and what it says of each indicator, in order.
func (w *carrying) evaluated(record model.Record, r *PastResult) (map[string][]Said, error) {
	sheet, ok, err := w.tx.TrackingSheetOf(record.ID, model.EvaluationSheet, "")
	if err != nil || !ok {
		return nil, err
	}
	r.Evaluated = sheet.State
	if sheet.State == model.SheetDraft {
		return nil, nil
	}
	r.Score, r.Grade = tracking.Points(sheet.Score), sheet.Grade
	r.GradeName = w.rules.GradeOf(r.Score).Name
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

func targetsOf(content *model.ProjectContent, said map[string][]Said) (list []tracking.PastTarget) {
	if content.Form == nil {
		return nil
	}
	for _, row := range content.Form.Indicators {
		if row.Annual == nil {
			continue
		}
		t := tracking.PastTarget{Level1: row.Level1, Level2: row.Level2, Name: row.Annual.Name, Value: row.Annual.Value}
		if key := (Said{Level1: t.Level1, Level2: t.Level2, Name: t.Name}).key(); len(said[key]) > 0 {
			t.Actual, said[key] = said[key][0].Actual, said[key][1:]
		}
		list = append(list, t)
	}
	return list
}

func (w *carrying) money(r *PastResult, content *model.ProjectContent) error {
	if !r.Approved {
		for _, row := range content.Budget {
			r.Budget += row.Amount
		}
		return nil
	}
	lines, err := w.tx.ProjectBudget(r.Year, w.unit.Path, w.record.ProjectCode, model.StateAdjusted)
	if err != nil {
		return err
	}
	for _, line := range lines {
		r.Budget += line.Amount
	}
	for paid, err := range w.tx.PaidByProject(store.PaymentQuery{Year: r.Year, UnitPath: w.unit.Path, Project: w.record.ProjectCode}) {
		if err != nil {
			return err
		}
		r.Paid += paid.Amount
	}
	r.Rate = tracking.Rate(r.Paid, r.Budget)
	return nil
}
