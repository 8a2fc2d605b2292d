package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"biaochi/model"
)

// fillTime gives a time now where it is missing, in the precision we keep.
func (tx *Tx) fillTime(at *time.Time) {
	if at.IsZero() {
		*at = tx.now()
	}
	*at = milliseconds(*at)
}

// AddApproval adds a 批复; a missing identifier and time are filled in.
func (tx *Tx) AddApproval(approval *model.Approval) error {
	tx.nextID(&approval.ID)
	tx.fillTime(&approval.CreatedAt)
	return tx.fail(tx.db.Create(approval).Error)
}

// Approvals lists the approvals of units in a year, oldest first; of every unit in
// scope where none is named, of every year where it is 0.
func (tx *Tx) Approvals(scope Scope, unitIDs []model.ID, year int) ([]model.Approval, error) {
	var approvals []model.Approval
	query := func() *gorm.DB {
		query := tx.inScope(scope, "approvals")
		if year != 0 {
			query = query.Where("year = ?", year)
		}
		return query
	}
	err := eachChunk(unitIDs, query, func(query *gorm.DB) error {
		var some []model.Approval
		err := query.Find(&some).Error
		approvals = append(approvals, some...)
		return err
	})
	for i := range approvals {
		approvals[i].CreatedAt = approvals[i].CreatedAt.UTC()
	}
	slices.SortFunc(approvals, func(a, b model.Approval) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return approvals, tx.fail(err)
}

// AppendEvent adds an entry to the log; a missing identifier and time are filled
// in. Nothing changes or removes an entry.
func (tx *Tx) AppendEvent(event *model.Event) error {
	tx.nextID(&event.ID)
	tx.fillTime(&event.At)
	return tx.fail(tx.db.Create(event).Error)
}

// EventFilter narrows Events; an empty field asks for nothing.
type EventFilter struct {
	UnitIDs  []model.ID // none: every unit in scope
	Year     int
	RecordID model.ID
	Action   string
}

// Events lists log entries in scope, newest last. Entries that concern no unit
// are seen by Everything alone.
func (tx *Tx) Events(scope Scope, filter EventFilter) ([]model.Event, error) {
	var events []model.Event
	err := eachChunk(filter.UnitIDs, func() *gorm.DB { return tx.eventQuery(scope, filter) }, func(query *gorm.DB) error {
		var some []model.Event
		err := query.Find(&some).Error
		events = append(events, some...)
		return err
	})
	for i := range events {
		events[i].At = events[i].At.UTC()
	}
	slices.SortFunc(events, func(a, b model.Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return events, tx.fail(err)
}

func (tx *Tx) eventQuery(scope Scope, filter EventFilter) *gorm.DB {
	query := tx.db
	if !scope.all {
		query = tx.inScope(scope, "events")
	}
	if filter.Year != 0 {
		query = query.Where("year = ?", filter.Year)
	}
	if filter.RecordID != 0 {
		query = query.Where("record_id = ?", filter.RecordID)
	}
	if filter.Action != "" {
		query = query.Where("action = ?", filter.Action)
	}
	return query
}

// EventQuery narrows and pages the log of all units; an empty field asks for nothing.
type EventQuery struct {
	UnitID   model.ID
	RecordID model.ID
	Year     int
	Actor    string
	Action   string // whole, or its beginning up to and with a dot: "filing."
	From     time.Time
	Until    time.Time // not included
	Refused  *bool
	// Limit 0: all.
	Limit, Offset int
}

// EventPage lists entries of the whole log, newest first, and counts all that the
// query lets through. What belongs to one unit is Events' to list, in a scope.
func (tx *Tx) EventPage(q EventQuery) (events []model.Event, total int64, err error) {
	query := q.narrow(tx.db.Model(&model.Event{})).Session(&gorm.Session{})
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	if q.Limit > 0 {
		query = query.Limit(q.Limit).Offset(q.Offset)
	}
	err = query.Order("id DESC").Find(&events).Error
	for i := range events {
		events[i].At = events[i].At.UTC()
	}
	return events, total, tx.fail(err)
}

func (q EventQuery) narrow(query *gorm.DB) *gorm.DB {
	if q.UnitID != 0 {
		query = query.Where("unit_id = ?", q.UnitID)
	}
	if q.RecordID != 0 {
		query = query.Where("record_id = ?", q.RecordID)
	}
	if q.Year != 0 {
		query = query.Where("year = ?", q.Year)
	}
	if q.Actor != "" {
		query = query.Where("actor = ?", q.Actor)
	}
	if strings.HasSuffix(q.Action, ".") {
		sql, args := prefixed("action", q.Action)
		query = query.Where(sql, args...)
	} else if q.Action != "" {
		query = query.Where("action = ?", q.Action)
	}
	if !q.From.IsZero() {
		query = query.Where("at >= ?", milliseconds(q.From))
	}
	if !q.Until.IsZero() {
		query = query.Where("at < ?", milliseconds(q.Until))
	}
	const refused = `detail LIKE '%"refused":"%'`
	switch {
	case q.Refused == nil:
	case *q.Refused:
		query = query.Where(refused)
	default:
		query = query.Where("NOT " + refused)
	}
	return query
}
