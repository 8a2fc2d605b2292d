package tracking

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"biaochi/model"
)

// Item is something a unit has to do in a stage: a filing, a sheet, a disclosure.
type Item struct {
	Key      string // stable: what it is, "filing:123"
	UnitPath string
	Stage    Stage
	// Returns counts how often it came back to whoever has to do it; each time it is a
	// task anew.
	Returns int
	// Since is the day it came to them last, "" for the opening of its stage.
	Since model.Date
	Done  bool // nothing is left to do for them now
}

// Task is an item that is open, with its deadline (待办).
type Task struct {
	Item
	Opens model.Date
	Due   model.Date
	// Days are those left to the deadline, negative when it is past.
	Days  int
	Late  bool
	Moves int
}

// Tasks lists what is open on a day, the most urgent first: items whose stage has a
// deadline and has opened.
func (c Calendar) Tasks(items []Item, on model.Date) []Task {
	var open []Task
	for _, item := range items {
		if task, ok := c.task(item, on); ok {
			open = append(open, task)
		}
	}
	slices.SortFunc(open, func(a, b Task) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Key, b.Key)) })
	return open
}

func (c Calendar) task(item Item, on model.Date) (Task, bool) {
	d, ok := c.DeadlineOf(item.Stage, item.UnitPath)
	if !ok || item.Done || d.Opens > on {
		return Task{}, false
	}
	days := DaysBetween(on, d.Due)
	return Task{Item: item, Opens: max(d.Opens, item.Since), Due: d.Due, Days: days, Late: days < 0, Moves: d.Moves}, true
}

// Reminder is a notice that somebody is owed now.
type Reminder struct {
	// Key says what the notice is about, once for all: the item, the time it came
	// back, the move of its date, the step. Whoever stores it first may send it.
	Key  string
	Step string // "opened", or the day of the plan: "-7", "+0", "+1"
	Task Task
}

// Reminders gives what is to be sent on a day, computed from dates and states alone.
// Of a task it is one notice at most: that of the last step that has begun, unless
// it was sent. Steps that passed while nothing ran are not made up for, since the
// later one says more. A return and a moved date begin anew.
func (c Calendar) Reminders(items []Item, on model.Date, sent func(key string) bool) []Reminder {
	var due []Reminder
	for _, task := range c.Tasks(items, on) {
		r := Reminder{Task: task, Step: c.stepOf(task)}
		r.Key = fmt.Sprintf("%s|%s|%d|%d|%s|%s", task.Stage, task.Key, task.Returns, task.Moves, task.Due, r.Step)
		if !sent(r.Key) {
			due = append(due, r)
		}
	}
	return due
}

// stepOf is the last step that has begun; steps before the task opened aren't.
func (c Calendar) stepOf(t Task) string {
	step, last := "opened", math.MinInt
	if t.Opens != "" {
		last = DaysBetween(t.Due, t.Opens)
	}
	for _, day := range c.Clocks.ReminderSteps {
		if day > last && day <= -t.Days {
			step, last = fmt.Sprintf("%+d", day), day
		}
	}
	return step
}
