package reminder

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/setting"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
)

// thing is an item of the calendar with whom it concerns and what it is called.
type thing struct {
	tracking.Item
	what   string // as people know it: 单位701 “设备更新”绩效目标
	stage  string // what the stage is called, where its own name says too little
	unit   model.ID
	record model.ID // 0 where it is about none
	who    func(s seats, t thing) []model.Account
}

// correcting is the stage of corrections, whose dates are each order's own.
const correcting tracking.Stage = "correction"

// text says what is due and when; the day it is said stands with the notice.
func (t thing) text(task tracking.Task, year int) string {
	var when string
	switch {
	case task.Days > 0:
		when = fmt.Sprintf("截止日期 %s，还有 %d 天", task.Due, task.Days)
	case task.Days == 0:
		when = fmt.Sprintf("截止日期 %s，就是今天", task.Due)
	default:
		when = fmt.Sprintf("截止日期 %s，已逾期 %d 天", task.Due, -task.Days)
	}
	return fmt.Sprintf("%d 年度%s待办理（%s）：%s。", year, t.what, cmp.Or(t.stage, task.Stage.Name()), when)
}

// records are the filings, sheets and targets that wait for their preparers in 一上 or
// 二上, or for a reviewer at a step that has a date.
func (g *gathering) records() error {
	var open []thing
	for _, state := range []model.State{model.Draft, model.InReview} {
		filter := store.FilingFilter{Under: model.RegionPath(g.region), Year: g.year, State: state}
		rows, _, err := g.tx.FilingList(store.Everything(), filter)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if t := g.record(row); g.open(t.Item) {
				open = append(open, t)
			}
		}
	}
	ids := make([]model.ID, len(open)) // what moved them is asked for what is open alone
	for i, t := range open {
		ids[i] = t.record
	}
	moved, err := g.tx.LastTransitions(ids)
	if err != nil {
		return err
	}
	for _, t := range open {
		last := moved[t.record]
		if t.Episode = int64(last.ID); !last.At.IsZero() {
			t.Since = model.Date(last.At.In(model.Beijing).Format(time.DateOnly))
		}
		g.things = append(g.things, t)
	}
	return nil
}

// open tells whether an item's stage has a date and has begun.
func (g *gathering) open(item tracking.Item) bool {
	return len(g.calendar.Tasks([]tracking.Item{item}, g.today)) > 0
}

var kindNames = map[model.RecordKind]string{model.FilingRecord: "绩效目标", model.SheetRecord: "基本支出表", model.TargetRecord: "整体支出绩效目标"}

func (g *gathering) record(row store.ListedFiling) thing {
	stage, role := tracking.FirstRequest, row.TurnRole
	switch {
	case row.State == model.InReview:
		stage = tracking.ReviewStage(row.StepKey)
	case g.issued:
		stage = tracking.SecondRequest
	}
	called := ""
	if row.State == model.InReview {
		called = cmp.Or(row.TurnName, "审核")
	}
	if row.State == model.Draft && role == "" {
		role = string(workflow.Preparer) // it came in by a package
	}
	t := thing{
		Item: tracking.Item{Key: "record:" + row.ID.String(), UnitPath: row.UnitPath, Stage: stage},
		what: row.UnitName + kindNames[row.Kind], stage: called, unit: row.UnitID, record: row.ID, who: whose(role, row.TurnPath, row.TurnOffice),
	}
	if row.Name != "" {
		t.what = fmt.Sprintf("%s“%s”%s", row.UnitName, row.Name, kindNames[row.Kind])
	}
	return t
}

// round notes whether control figures were issued, which begins 二上.
func (g *gathering) round() error {
	sheets, err := g.tx.ControlSheets(g.year, model.RegionPath(g.region))
	g.issued = slices.ContainsFunc(sheets, func(sheet model.ControlSheet) bool { return sheet.IssuedOn != "" })
	return err
}

var sheetNames = map[model.SheetKind]string{model.MonitoringSheet: "监控表", model.EvaluationSheet: "自评表", model.WholeSheet: "整体支出自评表"}

// sheets are those of monitoring and self-evaluation that nobody handed in.
func (g *gathering) sheets() error {
	owed, err := execution.OwedSheets(g.tx, store.Branch{Path: model.RegionPath(g.region)}, g.year, g.rules.Monitoring)
	if err != nil {
		return err
	}
	owed = slices.DeleteFunc(owed, func(sheet execution.SheetTask) bool { // names are asked for what is open alone
		return !g.open(sheet.Item)
	})
	var versions []model.ID
	for _, sheet := range owed {
		versions = append(versions, sheet.VersionID)
	}
	names, err := g.tx.ProjectNames(versions)
	if err != nil {
		return err
	}
	for _, sheet := range owed {
		unit := g.units[sheet.UnitPath]
		what := unit.Name + sheetNames[sheet.Key.Kind]
		if name := names[sheet.VersionID]; name != "" {
			what = fmt.Sprintf("%s“%s”%s", unit.Name, name, sheetNames[sheet.Key.Kind])
		}
		g.things = append(g.things, thing{
			Item: sheet.Item, what: what, unit: unit.ID, record: sheet.Key.RecordID,
			who: whose(string(workflow.Preparer), "", ""),
		})
	}
	return nil
}

// named reads what units are called.
func (g *gathering) named() error {
	list, err := g.tx.Units(store.Everything(), store.UnitFilter{Region: g.region})
	g.units = make(map[string]model.BudgetUnit, len(list))
	for _, u := range list {
		g.units[u.Path] = u
	}
	return err
}

// clocks are the disclosures, and the 批复 that departments owe their units.
func (g *gathering) clocks() error {
	list, err := setting.UnitClocks(g.tx, store.Everything(), g.region, g.year, g.today)
	for _, c := range list {
		t := thing{
			Item: tracking.Item{Key: "unit:" + c.Unit.ID.String(), UnitPath: c.Unit.Path, Stage: c.Stage, Done: c.DoneOn != ""},
			what: c.Unit.Name + "预算公开", unit: c.Unit.ID,
			who: func(s seats, t thing) []model.Account { return s.nearest(rbac.Publisher, t.UnitPath) },
		}
		if c.Stage == tracking.UnitReply {
			t.what = "对" + c.Unit.Name + "的预算批复"
			t.who = func(s seats, t thing) []model.Account { return s.in(rbac.Reviewer, tracking.DepartmentOf(t.UnitPath)) }
		}
		g.things = append(g.things, t)
	}
	return err
}

// corrections are the orders that wait for the unit's answer.
func (g *gathering) corrections() error {
	list, err := g.tx.OpenCorrections(g.year, model.RegionPath(g.region))
	for _, c := range list {
		unit := g.units[c.UnitPath]
		g.things = append(g.things, thing{
			Item: tracking.Item{
				Key: "correction:" + c.ID.String(), UnitPath: c.UnitPath, Stage: correcting, Episode: int64(c.Returns),
				Own: &tracking.Deadline{Stage: correcting, UnitPath: c.UnitPath, Opens: c.OrderedOn, Due: c.Due},
			},
			what: unit.Name + "整改通知", stage: "整改", unit: unit.ID, record: c.RecordID, who: whose(string(workflow.Preparer), "", ""),
		})
	}
	return err
}

// bureau is what the bureau owes all departments together: control figures, and 批复.
func (g *gathering) bureau() error {
	root := model.RegionPath(g.region)
	units, err := g.tx.UnitsWithRecords(store.Everything(), root, g.year)
	if err != nil {
		return err
	}
	given, err := g.tx.ApprovalsGiven(g.year, root)
	if err != nil || len(units) == 0 {
		return err
	}
	replied := map[string]bool{}
	for _, a := range given {
		replied[a.UnitPath] = true
	}
	all := true
	for _, u := range units {
		all = all && replied[tracking.DepartmentOf(u.Path)]
	}
	leaders := func(s seats, _ thing) []model.Account { return s.leaders(g.region) }
	g.things = append(g.things,
		thing{Item: tracking.Item{Key: "region:" + g.region, UnitPath: root, Stage: tracking.FirstReply, Done: g.issued}, what: "控制数下达", who: leaders},
		thing{Item: tracking.Item{Key: "region:" + g.region, UnitPath: root, Stage: tracking.SecondReply, Done: all}, what: "部门预算批复", who: leaders},
	)
	return nil
}
