package execution

import (
	"context"
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/indicator"
	"biaochi/service/tracking"
)

// View is a sheet as people see it: what was approved, what was said, and what it
// comes to.
type View struct {
	Sheet    model.TrackingSheet
	Unit     model.BudgetUnit
	Project  string // code
	Name     string
	Goal     string     // 年度目标 as approved
	AsOf     model.Date // the last day that counts
	Deadline tracking.Deadline
	Content  Content
	Lines    []Line
	Money    []MoneyLine
	// Spending is the light of the money; for an evaluation that of the whole year.
	Spending   tracking.Status
	Evaluation *tracking.Evaluation // nil for monitoring
	Bands      []tracking.Band      // in which targets of words are judged
	Owed       []model.Problem      // what keeps the sheet from being handed in
	// Allowed are acts that the person may do now: save, submit, confirm, return, and
	// order about the project of a monitoring sheet.
	Allowed []string
}

// Line is one indicator of a sheet.
type Line struct {
	Said
	Level1Name string
	Level2Name string
	Target     string        // as approved
	Words      string        // how the target was understood
	Judged     bool          // the target is words: a band is chosen
	Falls      tracking.Path // how the target falls due: as said, or as it suggests
	target     model.Target
	Status     *tracking.Status   // of monitoring
	Score      *tracking.RowScore // of an evaluation
	Owed       []tracking.Owing
}

// MoneyLine is a row of the money at the head of a sheet.
type MoneyLine struct {
	Key      string // total, fiscal, other, carryOver
	Name     string
	Initial  model.Money  // 年初预算数
	Adjusted model.Money  // 调整后预算数, 全年预算数 (A)
	Executed *model.Money // nil where payments don't tell
	Rate     string       // 执行率, "" without a budget
	Forecast *model.Money // 全年预计执行数
}

// Sheet gives a sheet, also one that nobody began yet.
// Errors: NotFound "record.notFound", "window.notFound"; Conflict "sheet.notApproved".
func (s *Service) Sheet(ctx context.Context, p Person, key SheetKey) (view View, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w, err := s.open(tx, p, key)
		if err != nil {
			return err
		}
		view, err = w.view()
		return err
	})
	return view, err
}

// targets are the annual indicators of the approved target that have a name or a
// value, with what was said of them.
func (w *sheetWork) targets() []Line {
	said := map[string][]Said{} // of one name there may be several, in their order
	for _, one := range w.said.Said {
		said[one.key()] = append(said[one.key()], one)
	}
	var lines []Line
	for _, row := range w.promised.indicators {
		if row.Annual == nil || row.Annual.Name == "" && row.Annual.Value == "" {
			continue
		}
		line := Line{Said: Said{Level1: row.Level1, Level2: row.Level2, Name: row.Annual.Name}, Target: row.Annual.Value, target: *row.Annual}
		if key := line.key(); len(said[key]) > 0 {
			line.Said, said[key] = said[key][0], said[key][1:]
		}
		level1, _ := w.tree.Level1(row.Level1)
		line.Level1Name = level1.Name
		for _, child := range level1.Children {
			if child.Key == row.Level2 {
				line.Level2Name = child.Name
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *sheetWork) view() (View, error) {
	v := View{
		Sheet: w.sheet, Unit: w.unit, Project: w.record.ProjectCode, Name: w.promised.name, Goal: w.promised.goal, Content: w.said,
		AsOf: w.window.LastDay(w.record.Year), Deadline: w.deadline(), Lines: w.targets(), Bands: w.rules.Scoring.Bands, Owed: []model.Problem{}, Allowed: w.allowed(),
	}
	total, err := w.money(&v)
	if err != nil {
		return v, err
	}
	v.Spending = w.rules.Monitoring.Spending(total.Adjusted, *total.Executed, tracking.Path{Kind: tracking.Even}, w.record.Year, v.AsOf)
	if w.key.Kind.Evaluates() {
		w.evaluate(&v, total)
	} else {
		w.watch(&v)
		v.Owed = append(v.Owed, v.wrongForecasts()...)
	}
	for i, line := range v.Lines {
		for _, owed := range line.Owed {
			v.Owed = append(v.Owed, model.Problem{Path: fmt.Sprintf("$.lines[%d].%s", i, owed.Key), Message: line.Name + "：" + owed.Message})
		}
	}
	return v, nil
}

// wrongForecasts finds forecasts of money for the year that are less than what is paid
// already, and a total that isn't the sum of its parts.
func (v *View) wrongForecasts() (wrong []model.Problem) {
	parts, said := model.Money(0), 0
	for i, line := range v.Money {
		if line.Forecast == nil {
			continue
		}
		if i > 0 {
			parts, said = parts+*line.Forecast, said+1
		}
		if *line.Forecast < *line.Executed {
			wrong = append(wrong, model.Problem{Path: fmt.Sprintf("$.money[%d].forecast", i), Message: line.Name + "：全年预计执行数少于已经执行的 " + line.Executed.Yuan() + " 元"})
		}
	}
	if total := v.Money[0].Forecast; total != nil && said == 2 && *total != parts {
		wrong = append(wrong, model.Problem{Path: "$.money[0].forecast", Message: "年度资金总额的全年预计执行数应为财政拨款与其他资金之和 " + parts.Yuan() + " 元"})
	}
	return wrong
}

// watch gives every indicator its light, and finds what is owed.
func (w *sheetWork) watch(v *View) {
	for i := range v.Lines {
		line := &v.Lines[i]
		watched := tracking.Watched{Band: line.Band, Measured: tracking.Measured{
			Target: indicator.Parse(line.Target, w.record.Year), Actual: line.Actual, Year: w.record.Year, Cost: tracking.IsCost(line.Level1, line.Level2),
		}}
		if watched.Target.Kind == indicator.Empty {
			continue
		}
		line.Words, line.Judged = watched.Target.Words(), watched.Target.Kind == indicator.Grade
		if watched.Path = tracking.DefaultPath(watched.Target, w.record.Year); line.Path != nil {
			watched.Path = *line.Path
		}
		line.Falls = watched.Path
		status := w.rules.Monitoring.Watch(watched, w.rules.Scoring, v.AsOf)
		line.Status = &status
		line.Owed = w.rules.Monitoring.Owed(watched, status, line.Statement, w.rules.Scoring)
	}
}

// evaluate scores the sheet from end to end.
func (w *sheetWork) evaluate(v *View, total MoneyLine) {
	rows := make([]tracking.Row, len(v.Lines))
	for i, line := range v.Lines {
		rows[i] = tracking.Row{
			Level1: line.Level1, Level2: line.Level2, Name: line.Name, Target: indicator.Parse(line.Target, w.record.Year),
			Weight: line.target.Weight.Number(), Actual: line.Actual, Band: line.Band, Share: line.Share, Cause: line.Cause, TooLow: line.TooLow,
		}
		v.Lines[i].Words, v.Lines[i].Judged = rows[i].Target.Words(), rows[i].Target.Kind == indicator.Grade
	}
	e := w.rules.Scoring.Evaluate(w.tree, rows, total.Adjusted, *total.Executed, w.record.Year)
	for i := range v.Lines {
		v.Lines[i].Score, v.Lines[i].Owed = &e.Rows[i], e.Rows[i].Owed
	}
	v.Evaluation = &e
}

// note keeps in the sheet what boards and lists ask of it.
func (v *View) note(sheet *model.TrackingSheet) {
	sheet.Lights, sheet.MoneyLight = model.LightCounts{}, string(v.Spending.Light)
	for _, line := range v.Lines {
		if line.Status == nil {
			continue
		}
		switch line.Status.Light {
		case tracking.Red:
			sheet.Lights.Red++
		case tracking.Yellow:
			sheet.Lights.Yellow++
		case tracking.Green:
			sheet.Lights.Green++
		case tracking.NotDue:
			sheet.Lights.NotDue++
		default:
			sheet.Lights.NoData++
		}
	}
	if v.Evaluation != nil {
		sheet.Score, sheet.Grade = int64(v.Evaluation.Total), v.Evaluation.Grade
	}
}

// money fills in the rows of money and gives the first, the total: the adjusted
// budget with carry-over, and what was paid up to the sheet's last day; of a sheet that
// was handed in, as they stood then. Carry-over is in the total and stands apart as
// well; payments don't tell it from this year's.
func (w *sheetWork) money(v *View) (total MoneyLine, err error) {
	lines := []MoneyLine{{Key: "total", Name: "年度资金总额"}, {Key: "fiscal", Name: "其中：财政拨款"}, {Key: "other", Name: "其他资金"}, {Key: "carryOver", Name: "上年结转"}}
	for i := range lines[:3] {
		lines[i].Executed = new(model.Money)
		if forecast, ok := w.said.Forecasts[lines[i].Key]; ok {
			lines[i].Forecast = &forecast
		}
	}
	if w.sheet.State != model.SheetDraft && w.said.Money != nil {
		w.recall(lines)
	} else if err := w.count(lines, v.AsOf); err != nil {
		return total, err
	}
	for i := range lines[:3] {
		lines[i].Rate = tracking.Rate(*lines[i].Executed, lines[i].Adjusted)
	}
	v.Money = lines
	return lines[0], nil
}

// recall fills in the money of a sheet that was handed in.
func (w *sheetWork) recall(lines []MoneyLine) {
	for i := range lines {
		kept := w.said.Money[lines[i].Key]
		lines[i].Initial, lines[i].Adjusted = model.Money(kept.Initial), model.Money(kept.Adjusted)
		if lines[i].Executed != nil {
			*lines[i].Executed = model.Money(kept.Executed)
		}
	}
}

// count fills in the money as budgets and payments up to a day have it.
func (w *sheetWork) count(lines []MoneyLine, asOf model.Date) error {
	for state, cell := range map[model.TableState]func(*MoneyLine) *model.Money{
		model.StateInitial:  func(l *MoneyLine) *model.Money { return &l.Initial },
		model.StateAdjusted: func(l *MoneyLine) *model.Money { return &l.Adjusted },
	} {
		budget, err := w.budget(state)
		if err != nil {
			return err
		}
		for _, part := range budget {
			*cell(&lines[0]) += part.Amount
			*cell(&lines[lineOf(part.FundKind)]) += part.Amount
			if part.Source == model.CarryOver {
				*cell(&lines[3]) += part.Amount
			}
		}
	}
	q := store.PaymentQuery{Year: w.record.Year, UnitPath: w.unit.Path, Project: w.record.ProjectCode, Below: w.key.Kind == model.WholeSheet, Until: asOf}
	for paid, err := range w.tx.PaidByProject(q) {
		if err != nil {
			return err
		}
		*lines[0].Executed += paid.Amount
		*lines[lineOf(paid.FundKind)].Executed += paid.Amount
	}
	return nil
}

// budget is that of the project, or of all projects of the whole unit.
func (w *sheetWork) budget(state model.TableState) ([]model.Fact, error) {
	if w.key.Kind == model.WholeSheet {
		return w.tx.ProjectBudgets(w.record.Year, w.unit.Path, state)
	}
	return w.tx.ProjectBudget(w.record.Year, w.unit.Path, w.record.ProjectCode, state)
}

// lineOf is the row of money that a fund kind belongs to.
func lineOf(kind model.FundKind) int {
	for _, fiscal := range model.FiscalKinds {
		if kind == fiscal {
			return 1
		}
	}
	return 2
}
