package store

import (
	"errors"

	"gorm.io/gorm"

	"biaochi/model"
)

// AddVersion adds a version without content; a missing identifier and a missing
// time are filled in.
// Errors: Conflict "version.duplicate" where the record has the number already.
func (tx *Tx) AddVersion(version *model.RecordVersion) error {
	tx.nextID(&version.ID)
	tx.fillTime(&version.CreatedAt)
	err := tx.fail(tx.db.Create(version).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "version.duplicate", Err: err,
			Message: "别人刚保存了新版本，请刷新后再试"}
	}
	return err
}

// Version gives a version.
// Errors: NotFound "version.notFound".
func (tx *Tx) Version(id model.ID) (model.RecordVersion, error) {
	var version model.RecordVersion
	err := tx.db.Where("id = ?", id).Take(&version).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return version, noVersion(id)
	}
	version.CreatedAt = version.CreatedAt.UTC()
	return version, tx.fail(err)
}

func noVersion(id model.ID) error {
	return model.Fail(model.NotFound, "version.notFound", "没有标识为 %s 的版本", id)
}

// Versions lists the versions of a record by number.
func (tx *Tx) Versions(recordID model.ID) ([]model.RecordVersion, error) {
	var versions []model.RecordVersion
	err := tx.db.Where("record_id = ?", recordID).Order("number").Find(&versions).Error
	inUTC(versions)
	return versions, tx.fail(err)
}

// VersionsByID gives versions by identifier; unknown ones are missing.
func (tx *Tx) VersionsByID(ids []model.ID) (map[model.ID]model.RecordVersion, error) {
	found := make(map[model.ID]model.RecordVersion, len(ids))
	for _, chunk := range chunks(ids) {
		var versions []model.RecordVersion
		if err := tx.db.Where("id IN ?", chunk).Find(&versions).Error; err != nil {
			return nil, tx.fail(err)
		}
		inUTC(versions)
		for _, v := range versions {
			found[v.ID] = v
		}
	}
	return found, nil
}

func inUTC(versions []model.RecordVersion) {
	for i := range versions {
		versions[i].CreatedAt = versions[i].CreatedAt.UTC()
	}
}

// SetVersion keeps a version's state, approval and the tables it counts in; its
// facts follow. Number, hash and author stay what they were.
// Errors: NotFound "version.notFound".
func (tx *Tx) SetVersion(version *model.RecordVersion) error {
	columns := countColumns(version.Counts)
	columns["state"], columns["approval_id"] = version.State, version.ApprovalID
	columns["after_initial"] = version.AfterInitial
	result := tx.db.Model(&model.RecordVersion{}).Where("id = ?", version.ID).Updates(columns)
	if result.Error == nil && result.RowsAffected == 0 {
		return noVersion(version.ID)
	}
	if result.Error != nil {
		return tx.fail(result.Error)
	}
	return tx.fail(tx.db.Model(&factRow{}).Where("version_id = ?", version.ID).Updates(countColumns(version.Counts)).Error)
}

func countColumns(c model.Counts) map[string]any {
	return map[string]any{"in_draft": c.InDraft, "in_initial": c.InInitial, "in_adjusted": c.InAdjusted}
}
