package store

import (
	"errors"

	"gorm.io/gorm"

	"biaochi/model"
)

// Assessment gives a filing's assessment of a kind; ok is false before anybody began
// it. The caller has asked for the right to see the unit.
func (tx *Tx) Assessment(recordID model.ID, kind model.AssessmentKind) (a model.Assessment, ok bool, err error) {
	err = tx.db.Where("record_id = ? AND kind = ?", recordID, kind).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.Assessment{}, false, nil
	}
	a.ChangedAt = a.ChangedAt.UTC()
	return a, err == nil, tx.fail(err)
}

// SaveAssessment adds an assessment whose version is 0, else saves it as read before.
// Errors: Conflict "assessment.changed" where somebody else was faster.
func (tx *Tx) SaveAssessment(a *model.Assessment) error {
	tx.fillTime(&a.ChangedAt)
	next := *a
	next.Version++
	changed, err := true, error(nil)
	if a.Version == 0 {
		tx.nextID(&next.ID)
		err = tx.fail(tx.db.Create(&next).Error)
	} else {
		changed, err = tx.update(&next, next.ID, a.Version)
	}
	if err == nil && !changed || model.CodeOf(err) == model.Conflict {
		return model.Fail(model.Conflict, "assessment.changed", "这份评价刚被别人修改，请刷新后再改")
	}
	if err != nil {
		return err
	}
	a.ID = next.ID
	tx.assign(&a.Version, next.Version)
	return nil
}
