package store

import (
	"biaochi/model"
)

// VersionsOf lists the versions of many records by record, each by number.
func (tx *Tx) VersionsOf(recordIDs []model.ID) (map[model.ID][]model.RecordVersion, error) {
	found := make(map[model.ID][]model.RecordVersion, len(recordIDs))
	for _, ids := range chunks(recordIDs) {
		var versions []model.RecordVersion
		if err := tx.db.Where("record_id IN ?", ids).Order("record_id, number").Find(&versions).Error; err != nil {
			return nil, tx.fail(err)
		}
		inUTC(versions)
		for _, v := range versions {
			found[v.RecordID] = append(found[v.RecordID], v)
		}
	}
	return found, nil
}

// Positions gives where many records stand; those on which nobody acted are missing.
func (tx *Tx) Positions(recordIDs []model.ID) (map[model.ID]model.RecordPosition, error) {
	found := make(map[model.ID]model.RecordPosition, len(recordIDs))
	for _, ids := range chunks(recordIDs) {
		var positions []model.RecordPosition
		if err := tx.db.Where("record_id IN ?", ids).Find(&positions).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, p := range positions {
			p.MovedAt = p.MovedAt.UTC()
			found[p.RecordID] = p
		}
	}
	return found, nil
}

// Amounts adds up the budget money of versions; one without any is missing.
func (tx *Tx) Amounts(versionIDs []model.ID) (map[model.ID]model.Money, error) {
	budget, _ := measures.number(model.MeasureBudget)
	found := make(map[model.ID]model.Money, len(versionIDs))
	for _, ids := range chunks(versionIDs) {
		var rows []struct {
			VersionID model.ID
			Amount    model.Money
		}
		err := tx.db.Table("facts").Select("version_id, SUM(amount) AS amount").
			Where("version_id IN ? AND measure = ?", ids, budget).Group("version_id").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.VersionID] = row.Amount
		}
	}
	return found, nil
}

// YearBefore gives for records the current version of the same project, or of the
// unit's same record, in the year before; those without one are missing.
func (tx *Tx) YearBefore(recordIDs []model.ID) (map[model.ID]model.ID, error) {
	found := make(map[model.ID]model.ID, len(recordIDs))
	for _, ids := range chunks(recordIDs) {
		var rows []struct {
			ID     model.ID
			Before model.Record `gorm:"embedded;embeddedPrefix:before_"`
		}
		err := tx.db.Table("records r").
			Joins("JOIN records b ON b.unit_id = r.unit_id AND b.kind = r.kind AND b.project_code = r.project_code AND b.year = r.year - 1").
			Where("r.id IN ?", ids).
			Select("r.id AS id, b.newest_id AS before_newest_id, b.in_force_id AS before_in_force_id").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.ID] = row.Before.CurrentID()
		}
	}
	return found, nil
}

// LastTransitions gives for records the newest event that moved them from one state
// to another; those that never moved are missing.
func (tx *Tx) LastTransitions(recordIDs []model.ID) (map[model.ID]model.Event, error) {
	found := make(map[model.ID]model.Event, len(recordIDs))
	for _, ids := range chunks(recordIDs) {
		var events []model.Event
		ranked := tx.db.Model(&model.Event{}).Select("events.*, ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY at DESC, id DESC) AS back").
			Where("record_id IN ? AND from_state <> to_state AND from_state <> ''", ids)
		err := tx.db.Table("(?) AS e", ranked).Where("back = 1").Find(&events).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, e := range events {
			e.At = e.At.UTC()
			found[e.RecordID] = e
		}
	}
	return found, nil
}
