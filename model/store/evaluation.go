package store

import "biaochi/model"

// AddEvaluationRelease adds a release with its bundle and files; there is no way to
// change one.
// Errors: Conflict "evaluation.released" where the number is taken.
func (tx *Tx) AddEvaluationRelease(r *model.EvaluationRelease, bundle []byte, files []model.PublicationFile) error {
	err := tx.fail(tx.db.Create(r).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "evaluation.released", Err: err,
			Message: "别人刚公开了自评结果，请刷新后再试"}
	}
	if err != nil {
		return err
	}
	if err := tx.db.Create(&model.PublicationBundle{PublicationID: r.ID, Content: bundle}).Error; err != nil {
		return tx.fail(err)
	}
	return tx.AddPublicationFiles(files)
}

// EvaluationReleases lists the releases in scope by unit, year and number; year 0 asks
// for every year.
func (tx *Tx) EvaluationReleases(scope Scope, year int) (list []model.EvaluationRelease, err error) {
	query := tx.inScope(scope, "evaluation_releases")
	if year != 0 {
		query = query.Where("evaluation_releases.year = ?", year)
	}
	err = query.Order("evaluation_releases.unit_id, evaluation_releases.year, evaluation_releases.number").Find(&list).Error
	for i := range list {
		list[i].PublishedAt = list[i].PublishedAt.UTC()
	}
	return list, tx.fail(err)
}
