package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// The library belongs to a region and no unit: no scope, the caller asks for the
// right.

// LibraryIndicator gives an entry of the indicator library.
// Errors: NotFound "library.notFound".
func (tx *Tx) LibraryIndicator(id model.ID) (model.LibraryIndicator, error) {
	var entry model.LibraryIndicator
	err := tx.db.Where("id = ?", id).Take(&entry).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return entry, model.Fail(model.NotFound, "library.notFound", "指标库中没有标识为 %s 的指标，请刷新后重新选择", id)
	}
	libraryInUTC(&entry)
	return entry, tx.fail(err)
}

func libraryInUTC(entry *model.LibraryIndicator) {
	entry.CreatedAt, entry.UpdatedAt = entry.CreatedAt.UTC(), entry.UpdatedAt.UTC()
}

// AddLibraryIndicator adds an entry; missing identifier and times are filled in, the
// version becomes 1.
// Errors: Conflict "library.duplicate" where region, second level and name are taken.
func (tx *Tx) AddLibraryIndicator(entry *model.LibraryIndicator) error {
	tx.completeLibrary(entry)
	err := tx.fail(tx.db.Create(entry).Error)
	return libraryDuplicate(err, entry.Name)
}

// AddMissingLibrary adds the entries whose region, second level and name aren't
// there yet, and passes over the others.
func (tx *Tx) AddMissingLibrary(entries []model.LibraryIndicator) error {
	for i := range entries {
		tx.completeLibrary(&entries[i])
	}
	if len(entries) == 0 {
		return nil
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&entries).Error)
}

func (tx *Tx) completeLibrary(entry *model.LibraryIndicator) {
	tx.nextID(&entry.ID)
	tx.fillTime(&entry.CreatedAt)
	tx.fillTime(&entry.UpdatedAt)
	entry.Version = 1
	noNil(entry)
}

// noNil keeps lists from being NULL.
func noNil(entry *model.LibraryIndicator) {
	for _, list := range []*[]string{&entry.Usual, &entry.Industries} {
		if *list == nil {
			*list = []string{}
		}
	}
}

func libraryDuplicate(err error, name string) error {
	if model.CodeOf(err) != model.Conflict {
		return err
	}
	return &model.Error{Code: model.Conflict, Reason: "library.duplicate", Err: err,
		Message: "指标库的同一二级指标下已有“" + name + "”，请修改那一条，或改用能区分的名称"}
}

// UpdateLibraryIndicator saves an entry as read before and counts its version up; a
// missing time is filled in.
// Its uses are AddLibraryUses's to keep.
// Errors: Conflict "library.changed" where somebody else saved it since,
// "library.duplicate" where another one has the name.
func (tx *Tx) UpdateLibraryIndicator(entry *model.LibraryIndicator) error {
	tx.fillTime(&entry.UpdatedAt)
	next := *entry
	next.Version++
	noNil(&next)
	result := tx.db.Model(&next).Where("id = ? AND version = ?", next.ID, entry.Version).
		Select("*").Omit("id", "uses").Updates(&next)
	if err := libraryDuplicate(tx.fail(result.Error), entry.Name); err != nil {
		return err
	}
	if result.RowsAffected == 0 {
		return model.Fail(model.Conflict, "library.changed", "指标“%s”刚被别人修改，请刷新后再改", entry.Name)
	}
	tx.assign(&entry.Version, next.Version)
	return nil
}

// LibraryByNames gives the entries of a region under one of the second levels with
// one of the names (as IndicatorKey makes them), merged and disabled ones too. It
// reads what was committed last, and keeps others from changing it until the
// transaction ends.
func (tx *Tx) LibraryByNames(region string, levels2, keys []string) (entries []model.LibraryIndicator, err error) {
	if len(levels2) == 0 || len(keys) == 0 {
		return nil, nil
	}
	err = tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Where("region_code = ? AND level2 IN ? AND name_key IN ?", region, levels2, keys).Order("id").Find(&entries).Error
	return entries, tx.fail(err)
}

// AddLibraryUses notes the indicators of an approved filing. Of those it had before
// the value is renewed, and none is counted twice.
func (tx *Tx) AddLibraryUses(recordID model.ID, uses []model.LibraryUse) error {
	var had []model.ID
	if err := tx.db.Model(&model.LibraryUse{}).Where("record_id = ?", recordID).Pluck("indicator_id", &had).Error; err != nil {
		return tx.fail(err)
	}
	known := map[model.ID]bool{}
	for _, id := range had {
		known[id] = true
	}
	var fresh []model.ID
	for i := range uses {
		uses[i].RecordID = recordID
		if !known[uses[i].IndicatorID] {
			fresh = append(fresh, uses[i].IndicatorID)
		}
	}
	if len(uses) == 0 {
		return nil
	}
	if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&uses).Error; err != nil || len(fresh) == 0 {
		return tx.fail(err)
	}
	return tx.fail(tx.db.Model(&model.LibraryIndicator{}).Where("id IN ?", fresh).
		UpdateColumn("uses", gorm.Expr("uses + 1")).Error)
}

// AddLibraryFunctions says of entries which functional codes they fit, beside those
// that are there.
func (tx *Tx) AddLibraryFunctions(rows []model.LibraryFunction) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error)
}

// SetLibraryFunctions says which functional codes an entry fits, in place of those
// that are there.
func (tx *Tx) SetLibraryFunctions(id model.ID, codes []string) error {
	if err := tx.db.Where("indicator_id = ?", id).Delete(&model.LibraryFunction{}).Error; err != nil {
		return tx.fail(err)
	}
	rows := make([]model.LibraryFunction, len(codes))
	for i, code := range codes {
		rows[i] = model.LibraryFunction{IndicatorID: id, FunctionCode: code}
	}
	return tx.AddLibraryFunctions(rows)
}

// MergeLibrary moves uses and functional codes of an entry to another one and counts
// those anew; what was merged into it before follows.
func (tx *Tx) MergeLibrary(from, to model.ID) error {
	for _, move := range []string{
		"INSERT INTO library_uses (indicator_id, record_id, value) SELECT ?, u.record_id, u.value FROM library_uses u" +
			" WHERE u.indicator_id = ? AND u.record_id NOT IN (SELECT t.record_id FROM (SELECT record_id FROM library_uses WHERE indicator_id = ?) t)",
		"INSERT INTO library_functions (indicator_id, function_code) SELECT ?, f.function_code FROM library_functions f" +
			" WHERE f.indicator_id = ? AND f.function_code NOT IN (SELECT t.function_code FROM (SELECT function_code FROM library_functions WHERE indicator_id = ?) t)",
	} {
		if err := tx.db.Exec(move, to, from, to).Error; err != nil {
			return tx.fail(err)
		}
	}
	return first(
		func() error { return tx.fail(tx.db.Where("indicator_id = ?", from).Delete(&model.LibraryUse{}).Error) },
		func() error {
			return tx.fail(tx.db.Where("indicator_id = ?", from).Delete(&model.LibraryFunction{}).Error)
		},
		func() error {
			return tx.fail(tx.db.Model(&model.LibraryIndicator{}).Where("merged_into = ?", from).UpdateColumn("merged_into", to).Error)
		},
		func() error { return tx.countLibraryUses(from) },
		func() error { return tx.countLibraryUses(to) },
	)
}

func (tx *Tx) countLibraryUses(id model.ID) error {
	return tx.fail(tx.db.Model(&model.LibraryIndicator{}).Where("id = ?", id).
		UpdateColumn("uses", tx.db.Model(&model.LibraryUse{}).Select("COUNT(*)").Where("indicator_id = ?", id)).Error)
}
