package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// TrackingSheetOf gives a record's sheet of a kind and window; ok is false before
// anybody began it. The caller has asked for the right to see the unit.
func (tx *Tx) TrackingSheetOf(recordID model.ID, kind model.SheetKind, window string) (sheet model.TrackingSheet, ok bool, err error) {
	err = tx.db.Where("record_id = ? AND kind = ? AND window_key = ?", recordID, kind, window).Take(&sheet).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.TrackingSheet{}, false, nil
	}
	sheet.ChangedAt = sheet.ChangedAt.UTC()
	return sheet, err == nil, tx.fail(err)
}

// TrackingSheets lists the sheets of a branch's year without their content.
func (tx *Tx) TrackingSheets(branch Branch, year int) (sheets []model.TrackingSheet, err error) {
	query := tx.db.Omit("content").Where("year = ?", year)
	if branch.Alone {
		query = query.Where("unit_path = ?", branch.Path)
	} else {
		sql, args := prefixed("unit_path", branch.Path)
		query = query.Where(sql, args...)
	}
	err = query.Order("id").Find(&sheets).Error
	return sheets, tx.fail(err)
}

// OpenCorrections lists the orders of a year at and below a path that wait for the
// unit's answer.
func (tx *Tx) OpenCorrections(year int, path string) (list []model.Correction, err error) {
	sql, args := prefixed("unit_path", path)
	err = tx.db.Where("year = ? AND state = ?", year, model.CorrectionOrdered).Where(sql, args...).Order("id").Find(&list).Error
	return list, tx.fail(err)
}

// EvaluatedProject is what a project's confirmed self-evaluation came to.
type EvaluatedProject struct {
	UnitPath    string
	ProjectCode string
	Score       int64 // in hundredths
	ConfirmedOn model.Date
}

// ConfirmedEvaluations lists the self-evaluations that were confirmed, within the
// query's year and units: by unit path and project code.
func (tx *Tx) ConfirmedEvaluations(q FactQuery) (list []EvaluatedProject, err error) {
	err = tx.yearRecords(q).
		Joins("JOIN tracking_sheets t ON t.record_id = r.id AND t.kind = ? AND t.state = ?", model.EvaluationSheet, model.SheetConfirmed).
		Select("u.path AS unit_path, r.project_code AS project_code, t.score AS score, t.confirmed_on AS confirmed_on").
		Order("u.path, r.project_code").
		Scan(&list).Error
	return list, tx.fail(err)
}

// SaveTrackingSheet adds a sheet whose version is 0, else saves it as read before;
// its version counts up.
// Errors: Conflict "sheet.changed" where somebody else was faster.
func (tx *Tx) SaveTrackingSheet(sheet *model.TrackingSheet) error {
	tx.fillTime(&sheet.ChangedAt)
	if sheet.PreparedBy == nil {
		sheet.PreparedBy = []string{} // nil would be NULL
	}
	next := *sheet
	next.Version++
	changed, err := true, error(nil)
	if sheet.Version == 0 {
		tx.nextID(&next.ID)
		err = tx.fail(tx.db.Create(&next).Error)
	} else {
		changed, err = tx.update(&next, next.ID, sheet.Version)
	}
	if err == nil && !changed || model.CodeOf(err) == model.Conflict {
		return model.Fail(model.Conflict, "sheet.changed", "这张表刚被别人修改，请刷新后再改")
	}
	if err != nil {
		return err
	}
	sheet.ID = next.ID
	tx.assign(&sheet.Version, next.Version)
	return nil
}

// Correction gives a correction order.
// Errors: NotFound "correction.notFound".
func (tx *Tx) Correction(id model.ID) (model.Correction, error) { return correction(tx, tx.db, id) }

func correction(tx *Tx, db *gorm.DB, id model.ID) (c model.Correction, err error) {
	err = db.Where("id = ?", id).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, model.Fail(model.NotFound, "correction.notFound", "没有标识为 %s 的整改通知，请刷新后重新选择", id)
	}
	return c, tx.fail(err)
}

// LockCorrection gives a correction order and keeps others from moving it until the
// transaction ends. It should come before anything is read.
// Errors: NotFound "correction.notFound".
func (tx *Tx) LockCorrection(id model.ID) (model.Correction, error) {
	return correction(tx, tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}), id)
}

// SaveCorrection adds an order whose version is 0, else saves it as read before.
// Errors: Conflict "correction.changed" where somebody else was faster.
func (tx *Tx) SaveCorrection(c *model.Correction) error {
	next := *c
	next.Version++
	if c.Version == 0 {
		tx.nextID(&next.ID)
		if err := tx.db.Create(&next).Error; err != nil {
			return tx.fail(err)
		}
	} else if changed, err := tx.update(&next, next.ID, c.Version); err != nil || !changed {
		if err == nil {
			err = model.Fail(model.Conflict, "correction.changed", "这份整改通知刚被别人修改，请刷新后再办")
		}
		return err
	}
	c.ID = next.ID
	tx.assign(&c.Version, next.Version)
	return nil
}

// HandedInEvaluations lists the self-evaluations of a year at and below a path that
// were handed in, with their content, by record.
func (tx *Tx) HandedInEvaluations(year int, path string) (map[model.ID]model.TrackingSheet, error) {
	var sheets []model.TrackingSheet
	sql, args := prefixed("unit_path", path)
	err := tx.db.Where("year = ? AND kind = ? AND submitted_on > ''", year, model.EvaluationSheet).Where(sql, args...).Find(&sheets).Error
	found := make(map[model.ID]model.TrackingSheet, len(sheets))
	for _, sheet := range sheets {
		found[sheet.RecordID] = sheet
	}
	return found, tx.fail(err)
}
