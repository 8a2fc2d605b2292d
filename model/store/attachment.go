package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// LockRecord gives a record and keeps others from moving it until the transaction
// ends. It should come first, before anything is read.
// Errors: NotFound "record.notFound".
func (tx *Tx) LockRecord(id model.ID) (record model.Record, err error) {
	err = tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", id).Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return record, noRecord(id)
	}
	return record, tx.fail(err)
}

func noRecord(id model.ID) error {
	return model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的申报记录，请刷新后重新选择", id)
}

// AddAttachment adds an attachment; a missing identifier and time are filled in.
func (tx *Tx) AddAttachment(a *model.Attachment) error {
	tx.nextID(&a.ID)
	tx.fillTime(&a.AddedAt)
	return tx.fail(tx.db.Create(a).Error)
}

// Attachment gives an attachment, removed or not. The caller asks whether its record
// may be seen.
// Errors: NotFound "attachment.notFound".
func (tx *Tx) Attachment(id model.ID) (a model.Attachment, err error) {
	err = tx.db.Where("id = ?", id).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return a, model.Fail(model.NotFound, "attachment.notFound", "没有标识为 %s 的附件，请刷新后重新选择", id)
	}
	attachmentInUTC(&a)
	return a, tx.fail(err)
}

func attachmentInUTC(a *model.Attachment) {
	a.AddedAt, a.RemovedAt = a.AddedAt.UTC(), utc(a.RemovedAt)
}

// Attachments lists the attachments of a record, or of what follows from it, in the
// order of adding, removed ones too. The caller has asked for the right to see it.
func (tx *Tx) Attachments(of model.Backed) ([]model.Attachment, error) {
	var list []model.Attachment
	err := tx.db.Where("record_id = ? AND purpose = ? AND part = ?", of.RecordID, of.Purpose, of.Part).Order("id").Find(&list).Error
	for i := range list {
		attachmentInUTC(&list[i])
	}
	return list, tx.fail(err)
}

// CorrectionFiles gives the attachments of all corrections of the records that weren't
// removed, by the correction's identifier, in the order of adding.
func (tx *Tx) CorrectionFiles(records []model.ID) (map[string][]model.Attachment, error) {
	var list []model.Attachment
	err := tx.db.Where("record_id IN ? AND purpose = ? AND removed_at IS NULL", records, model.ForCorrection).Order("id").Find(&list).Error
	files := map[string][]model.Attachment{}
	for _, a := range list {
		attachmentInUTC(&a)
		files[a.Part] = append(files[a.Part], a)
	}
	return files, tx.fail(err)
}

// RemoveAttachment marks an attachment as removed.
// Errors: Conflict "attachment.removed" where somebody did so before.
func (tx *Tx) RemoveAttachment(a *model.Attachment) error {
	now := tx.now()
	result := tx.db.Model(&model.Attachment{}).Where("id = ? AND removed_at IS NULL", a.ID).
		Updates(map[string]any{"removed_at": now, "removed_by": a.RemovedBy})
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.Conflict, "attachment.removed", "附件“%s”已被移除，请刷新后再看", a.Name)
	}
	a.RemovedAt = &now
	return tx.fail(result.Error)
}
