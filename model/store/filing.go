package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// RecordByID gives a record.
// Errors: NotFound "record.notFound", also where it is outside the scope.
func (tx *Tx) RecordByID(scope Scope, id model.ID) (record model.Record, err error) {
	err = tx.inScope(scope, "records").Where("records.id = ?", id).Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return record, noRecord(id)
	}
	return record, tx.fail(err)
}

// LockUnit keeps others from passing the same point with the unit until the
// transaction ends. It should come first, before anything is read.
// Errors: NotFound "unit.notFound".
func (tx *Tx) LockUnit(id model.ID) error {
	var unit model.BudgetUnit
	err := tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", id).Take(&unit).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", id)
	}
	return tx.fail(err)
}

// Rewrite gives a draft version another hash and drops its facts: its content is
// about to be saved anew. Versions that somebody reviewed are never rewritten.
// Errors: NotFound "version.notFound".
func (tx *Tx) Rewrite(versionID model.ID, hash string) error {
	result := tx.db.Model(&model.RecordVersion{}).Where("id = ?", versionID).Update("hash", hash)
	if result.Error == nil && result.RowsAffected == 0 {
		return noVersion(versionID)
	}
	if result.Error != nil {
		return tx.fail(result.Error)
	}
	return tx.fail(tx.db.Where("version_id = ?", versionID).Delete(&factRow{}).Error)
}

// Position gives where a record stands; ok is false where nobody acted on it yet.
func (tx *Tx) Position(recordID model.ID) (position model.RecordPosition, ok bool, err error) {
	err = tx.db.Where("record_id = ?", recordID).Take(&position).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.RecordPosition{}, false, nil
	}
	position.MovedAt = position.MovedAt.UTC()
	return position, err == nil, tx.fail(err)
}

// SetPosition keeps where a record stands. The record's own version check, in the
// same transaction, is what keeps two from doing so at once.
func (tx *Tx) SetPosition(position *model.RecordPosition) error {
	tx.fillTime(&position.MovedAt)
	for _, list := range []*[]string{&position.PreparedBy, &position.ActedBy} {
		if *list == nil {
			*list = []string{} // nil would be NULL
		}
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(position).Error)
}

// AddRemarks adds remarks; missing identifiers and times are filled in.
func (tx *Tx) AddRemarks(remarks []model.RecordRemark) error {
	for i := range remarks {
		tx.nextID(&remarks[i].ID)
		tx.fillTime(&remarks[i].At)
	}
	return insert(tx, remarks)
}

// Remarks lists the remarks on a record, oldest first. The caller has read the
// record in scope.
func (tx *Tx) Remarks(recordID model.ID) ([]model.RecordRemark, error) {
	var remarks []model.RecordRemark
	err := tx.db.Where("record_id = ?", recordID).Order("id").Find(&remarks).Error
	for i := range remarks {
		remarks[i].At = remarks[i].At.UTC()
	}
	return remarks, tx.fail(err)
}

// AddReview keeps a review sheet; a missing identifier and time are filled in.
func (tx *Tx) AddReview(review *model.KeptReview) error {
	tx.nextID(&review.ID)
	tx.fillTime(&review.At)
	return tx.fail(tx.db.Create(review).Error)
}

// Reviews lists the review sheets of a record, oldest first. The caller has read
// the record in scope.
func (tx *Tx) Reviews(recordID model.ID) ([]model.KeptReview, error) {
	var reviews []model.KeptReview
	err := tx.db.Where("record_id = ?", recordID).Order("id").Find(&reviews).Error
	for i := range reviews {
		reviews[i].At = reviews[i].At.UTC()
	}
	return reviews, tx.fail(err)
}

// SetWarningAnswers keeps answers to warnings; a later one to the same warning takes
// the place of the earlier.
func (tx *Tx) SetWarningAnswers(answers []model.WarningAnswer) error {
	for i := range answers {
		tx.fillTime(&answers[i].At)
		if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&answers[i]).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

// WarningAnswers gives the answers of a record by the key of the warning. The caller
// has read the record in scope.
func (tx *Tx) WarningAnswers(recordID model.ID) (map[string]model.WarningAnswer, error) {
	var rows []model.WarningAnswer
	err := tx.db.Where("record_id = ?", recordID).Order("finding_key").Find(&rows).Error
	answers := make(map[string]model.WarningAnswer, len(rows))
	for _, row := range rows {
		row.At = row.At.UTC()
		answers[row.FindingKey] = row
	}
	return answers, tx.fail(err)
}

// AddApprovalAct keeps who gave a 批复.
func (tx *Tx) AddApprovalAct(act *model.ApprovalAct) error {
	return tx.fail(tx.db.Create(act).Error)
}

// ApprovalActs lists the acts on units in a year by identifier of the 批复.
func (tx *Tx) ApprovalActs(unitIDs []model.ID, year int) ([]model.ApprovalAct, error) {
	var acts []model.ApprovalAct
	for _, ids := range chunks(unitIDs) {
		var some []model.ApprovalAct
		err := tx.db.Where("unit_id IN ? AND year = ?", ids, year).Order("approval_id").Find(&some).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		acts = append(acts, some...)
	}
	return acts, nil
}

// ActsOf gives the acts by which 批复 were given, by identifier of the 批复; those that
// came with a package are missing.
func (tx *Tx) ActsOf(approvalIDs []model.ID) (map[model.ID]model.ApprovalAct, error) {
	found := make(map[model.ID]model.ApprovalAct, len(approvalIDs))
	for _, ids := range chunks(approvalIDs) {
		var acts []model.ApprovalAct
		if err := tx.db.Where("approval_id IN ?", ids).Find(&acts).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, act := range acts {
			found[act.ApprovalID] = act
		}
	}
	return found, nil
}

// ClaimKey takes an idempotency key for a request before anything is read. A second
// one waits until the first is done.
// Errors: Conflict "request.repeated" where the key is taken: Answered tells the rest.
func (tx *Tx) ClaimKey(key *model.IdempotencyKey) error {
	tx.fillTime(&key.CreatedAt)
	err := tx.fail(tx.db.Create(key).Error)
	if model.CodeOf(err) == model.Conflict && tx.broken == nil {
		return &model.Error{Code: model.Conflict, Reason: "request.repeated", Err: err,
			Message: "这个请求标识已经用过，请刷新后重新办理"}
	}
	return err
}

// SetAnswer keeps the answer to a request whose key was claimed.
func (tx *Tx) SetAnswer(key model.IdempotencyKey) error {
	return tx.fail(tx.db.Model(&model.IdempotencyKey{}).
		Where("actor = ? AND request_key = ?", key.Actor, key.RequestKey).Update("answer", key.Answer).Error)
}

// Answered gives a request that was answered; ok is false where there is none.
func (tx *Tx) Answered(actor, requestKey string) (key model.IdempotencyKey, ok bool, err error) {
	err = tx.db.Where("actor = ? AND request_key = ?", actor, requestKey).Take(&key).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return key, false, nil
	}
	key.CreatedAt = key.CreatedAt.UTC()
	return key, err == nil, tx.fail(err)
}
