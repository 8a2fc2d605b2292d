// Package form owns how monitoring sheets (绩效运行监控表) and self-evaluations (绩效自评表)
// are laid out in print: the forms as data by region and year, and what of a sheet
// stands where. It must not know how sheets are kept, nor which formats there are.
package form

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/tracking"
)

// Sheet is a tracking sheet as it is printed.
type Sheet struct {
	RecordID   model.ID // of the project's filing, where it is from one
	Kind       model.SheetKind
	Year       int
	Window     string // months of a monitoring sheet: 1-7
	Name       string // of the project
	Code       string
	Department string // code and name
	Unit       string
	Goal       string // as approved
	GoalResult string
	Money      map[string]Money // by line: total, fiscal, other, carryOver
	Lines      []Line
	// Evaluation is what a self-evaluation came to; nil for monitoring.
	Evaluation *tracking.Evaluation
	State      model.SheetState // "" where nobody began it
	// SubmittedOn and ConfirmedOn are "" before.
	SubmittedOn, ConfirmedOn model.Date
}

// Money is a line of the money.
type Money struct {
	Initial, Adjusted model.Money
	Executed          *model.Money // nil where payments don't tell
	Rate              string
	Forecast          *model.Money
}

// Line is an indicator of a sheet.
type Line struct {
	Level1, Level2 string // as printed
	Name           string
	Target         string
	Actual         string
	tracking.Statement
	Score *tracking.RowScore // of a self-evaluation
}

// confirmed tells whether the sheet is what a reviewer confirmed.
func (s *Sheet) confirmed() bool { return s.State == model.SheetConfirmed }

var stateWords = map[model.SheetState]string{
	"": "未填报", model.SheetDraft: "填报中", model.SheetSubmitted: "待确认", model.SheetConfirmed: "已确认",
}

// sheetFields are what a form can print of a sheet.
var sheetFields = map[string]func(s *Sheet) string{
	"name":        func(s *Sheet) string { return s.Name },
	"department":  func(s *Sheet) string { return s.Department },
	"unit":        func(s *Sheet) string { return s.Unit },
	"goal":        func(s *Sheet) string { return s.Goal },
	"goalResult":  func(s *Sheet) string { return s.GoalResult },
	"fullPoints":  func(s *Sheet) string { return "100" },
	"total":       func(s *Sheet) string { return s.of(func(e *tracking.Evaluation) string { return e.Total.String() }) },
	"gradeName":   func(s *Sheet) string { return s.of(func(e *tracking.Evaluation) string { return e.GradeName }) },
	"submittedOn": func(s *Sheet) string { return string(s.SubmittedOn) },
	"confirmedOn": func(s *Sheet) string { return string(s.ConfirmedOn) },
	"state":       func(s *Sheet) string { return stateWords[s.State] },
	"adjusted":    func(s *Sheet) string { return s.Money["total"].Adjusted.Wan() },
	"executed":    func(s *Sheet) string { return wan(s.Money["total"].Executed) },
	"rate":        func(s *Sheet) string { return s.Money["total"].Rate },
}

// of gives something of the evaluation, nothing where nobody began it.
func (s *Sheet) of(what func(e *tracking.Evaluation) string) string {
	if s.Evaluation == nil || s.State == "" {
		return ""
	}
	return what(s.Evaluation)
}

// moneyLine is a line of the money as the form has it.
type moneyLine struct {
	*Sheet
	key, text string
}

// unscored stands where a line of the money has no points of its own.
const unscored = "—"

func (m moneyLine) scored(points func(e tracking.ExecutionScore) string) string {
	if m.key != "total" {
		return unscored
	}
	return m.of(func(e *tracking.Evaluation) string { return points(e.Execution) })
}

var moneyFields = map[string]func(m moneyLine) string{
	"line":     func(m moneyLine) string { return m.text },
	"initial":  func(m moneyLine) string { return m.Money[m.key].Initial.Wan() },
	"adjusted": func(m moneyLine) string { return m.Money[m.key].Adjusted.Wan() },
	"executed": func(m moneyLine) string { return wan(m.Money[m.key].Executed) },
	"rate":     func(m moneyLine) string { return m.Money[m.key].Rate },
	"forecast": func(m moneyLine) string { return wan(m.Money[m.key].Forecast) },
	"points": func(m moneyLine) string {
		return m.scored(func(e tracking.ExecutionScore) string { return e.Points.String() })
	},
	"score": func(m moneyLine) string {
		return m.scored(func(e tracking.ExecutionScore) string { return e.Score.String() })
	},
}

func wan(amount *model.Money) string {
	if amount == nil {
		return ""
	}
	return amount.Wan()
}

var lineFields = map[string]func(l *Line) string{
	"level1":   func(l *Line) string { return l.Level1 },
	"level2":   func(l *Line) string { return l.Level2 },
	"name":     func(l *Line) string { return l.Name },
	"target":   func(l *Line) string { return l.Target },
	"actual":   func(l *Line) string { return l.Actual },
	"cause":    func(l *Line) string { return l.Cause },
	"forecast": func(l *Line) string { return l.Forecast },
	"remark":   func(l *Line) string { return l.Remark },
	"points": func(l *Line) string {
		if l.Score == nil {
			return ""
		}
		return l.Score.Points.String()
	},
	"score": func(l *Line) string {
		if l.Score == nil {
			return ""
		}
		return l.Score.Score.String()
	},
}

// lineField prints a field of an indicator; what can be ticked is a field with a dot.
func lineField(field string) (func(l *Line) string, bool) {
	group, key, ticked := strings.Cut(field, ".")
	switch {
	case !ticked:
		print, ok := lineFields[field]
		return print, ok
	case group == "causes" && slices.Contains(tracking.Causes, tracking.Cause(key)):
		return func(l *Line) string { return tick(slices.Contains(l.Causes, tracking.Cause(key))) }, true
	case group == "likelihood" && slices.Contains(tracking.Likelihoods, tracking.Likelihood(key)):
		return func(l *Line) string { return tick(l.Likelihood == tracking.Likelihood(key)) }, true
	}
	return nil, false
}

func tick(yes bool) string {
	if yes {
		return "√"
	}
	return ""
}
