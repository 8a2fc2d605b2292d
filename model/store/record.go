package store

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"gorm.io/gorm"

	"biaochi/model"
)

// RecordOf gives the record of a key; ok is false where there is none in scope.
// The project code is empty but for filings.
func (tx *Tx) RecordOf(scope Scope, kind model.RecordKind, unitID model.ID, year int, projectCode string) (record model.Record, ok bool, err error) {
	err = tx.inScope(scope, "records").
		Where("unit_id = ? AND year = ? AND records.kind = ? AND project_code = ?", unitID, year, kind, projectCode).
		Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return record, false, nil
	}
	return record, err == nil, tx.fail(err)
}

// inScope starts a query over a table with a unit_id, narrowed to the scope.
func (tx *Tx) inScope(scope Scope, table string) *gorm.DB {
	return tx.db.Select(table + ".*").
		Joins("JOIN budget_units ON budget_units.id = " + table + ".unit_id").
		Scopes(scope.on("budget_units.path"))
}

// RecordFilter narrows Records; an empty field asks for nothing.
type RecordFilter struct {
	UnitIDs []model.ID // none: every unit in scope
	Year    int
	Kind    model.RecordKind
}

type placedRecord struct {
	model.Record
	UnitPath string
}

// RecordKinds gives the kinds of records by identifier; unknown ones are missing.
func (tx *Tx) RecordKinds(ids []model.ID) (map[model.ID]model.RecordKind, error) {
	kinds := make(map[model.ID]model.RecordKind, len(ids))
	for _, chunk := range chunks(ids) {
		var records []model.Record
		if err := tx.db.Select("id", "kind").Where("id IN ?", chunk).Find(&records).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, r := range records {
			kinds[r.ID] = r.Kind
		}
	}
	return kinds, nil
}

// Records lists records in scope by the path of their unit, then by position with
// those of none last, then by project code.
func (tx *Tx) Records(scope Scope, filter RecordFilter) ([]model.Record, error) {
	var rows []placedRecord
	read := func(query *gorm.DB) error {
		var some []placedRecord
		err := query.Find(&some).Error
		rows = append(rows, some...)
		return err
	}
	query := func() *gorm.DB { return tx.recordQuery(scope, filter) }
	if err := eachChunk(filter.UnitIDs, query, read); err != nil {
		return nil, tx.fail(err)
	}
	slices.SortFunc(rows, comparePlaces)
	records := make([]model.Record, len(rows))
	for i, row := range rows {
		records[i] = row.Record
	}
	return records, nil
}

func (tx *Tx) recordQuery(scope Scope, filter RecordFilter) *gorm.DB {
	query := tx.inScope(scope, "records").Table("records").Select("records.*, budget_units.path AS unit_path")
	if filter.Year != 0 {
		query = query.Where("records.year = ?", filter.Year)
	}
	if filter.Kind != "" {
		query = query.Where("records.kind = ?", filter.Kind)
	}
	return query
}

// eachChunk reads a query once where no units are asked for, else by lists of them.
func eachChunk(unitIDs []model.ID, query func() *gorm.DB, read func(*gorm.DB) error) error {
	if len(unitIDs) == 0 {
		return read(query())
	}
	for _, ids := range chunks(unitIDs) {
		if err := read(query().Where("unit_id IN ?", ids)); err != nil {
			return err
		}
	}
	return nil
}

func comparePlaces(a, b placedRecord) int {
	return cmp.Or(cmp.Compare(a.UnitPath, b.UnitPath), cmp.Compare(place(a), place(b)),
		cmp.Compare(a.ProjectCode, b.ProjectCode), cmp.Compare(a.Year, b.Year), cmp.Compare(a.ID, b.ID))
}

func place(r placedRecord) int {
	if r.Position == 0 {
		return math.MaxInt
	}
	return r.Position
}

// AddRecord adds a record; a missing identifier is filled in, the version becomes 1.
// The project of a filing comes into the library with its first one.
// Errors: Conflict "record.duplicate" where the unit's year has the key already.
func (tx *Tx) AddRecord(record *model.Record) error {
	tx.nextID(&record.ID)
	record.Version = 1
	err := tx.fail(tx.db.Create(record).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "record.duplicate", Err: err,
			Message: "该单位本年度已有同一份申报、基本支出表或整体支出绩效目标，请刷新后再试"}
	}
	if err != nil || record.Kind != model.FilingRecord {
		return err
	}
	return tx.ensureProject(record)
}

// UpdateRecord saves a record as read before and counts its version up.
// Errors: Conflict "record.changed" where somebody else saved it since.
func (tx *Tx) UpdateRecord(record *model.Record) error {
	next := *record
	next.Version++
	changed, err := tx.update(&next, next.ID, record.Version)
	if err == nil && !changed {
		err = model.Fail(model.Conflict, "record.changed", "这份申报记录刚被别人修改，请刷新后再改")
	}
	if err != nil {
		return err
	}
	tx.assign(&record.Version, next.Version)
	return nil
}
