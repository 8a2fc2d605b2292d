package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// ensureProject adds the project of a filing to the library, where it isn't there yet.
func (tx *Tx) ensureProject(record *model.Record) error {
	project := model.Project{UnitID: record.UnitID, Code: record.ProjectCode, Stage: model.ProjectCandidate, Version: 1}
	tx.nextID(&project.ID)
	return tx.fail(tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&project).Error)
}

// Project gives a project of the library.
// Errors: NotFound "project.notFound", also where it is outside the scope.
func (tx *Tx) Project(scope Scope, id model.ID) (project model.Project, err error) {
	err = tx.inScope(scope, "projects").Where("projects.id = ?", id).Take(&project).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return project, model.Fail(model.NotFound, "project.notFound", "项目库中没有标识为 %s 的项目，请刷新后重新选择", id)
	}
	return project, tx.fail(err)
}

// EndedProjects gives the projects of a unit that are over in a year, by code.
func (tx *Tx) EndedProjects(unitID model.ID, year int) (map[string]model.Project, error) {
	var projects []model.Project
	err := tx.db.Where("unit_id = ? AND ended_from BETWEEN 1 AND ?", unitID, year).Find(&projects).Error
	ended := make(map[string]model.Project, len(projects))
	for _, p := range projects {
		ended[p.Code] = p
	}
	return ended, tx.fail(err)
}

// UpdateProject saves a project as read before and counts its version up.
// Errors: Conflict "project.changed" where somebody else saved it since.
func (tx *Tx) UpdateProject(project *model.Project) error {
	next := *project
	next.Version++
	changed, err := tx.update(&next, next.ID, project.Version)
	if err == nil && !changed {
		err = model.Fail(model.Conflict, "project.changed", "这个项目刚被别人办理，请刷新后再办")
	}
	if err != nil {
		return err
	}
	tx.assign(&project.Version, next.Version)
	return nil
}

// ProjectFilings lists the filings of a project with the state of their newest
// version, by year.
func (tx *Tx) ProjectFilings(project model.Project) (list []ListedFiling, err error) {
	err = tx.filingQuery(Everything(), FilingFilter{Kind: model.FilingRecord, UnitID: project.UnitID}).
		Where("r.project_code = ?", project.Code).Select(filingColumns).Order("r.year").Find(&list).Error
	for i := range list {
		list[i].MovedAt = utc(list[i].MovedAt)
	}
	return list, tx.fail(err)
}

// PreEvaluation gives the pre-evaluation of a project; version 0 where it has none.
func (tx *Tx) PreEvaluation(projectID model.ID) (model.PreEvaluation, error) {
	var found model.PreEvaluation
	err := tx.db.Where("project_id = ?", projectID).Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.PreEvaluation{ProjectID: projectID}, nil
	}
	found.ChangedAt = found.ChangedAt.UTC()
	return found, tx.fail(err)
}

// SavePreEvaluation keeps a pre-evaluation as read before and counts its version up.
// Errors: Conflict "preEvaluation.changed" where somebody else saved it since.
func (tx *Tx) SavePreEvaluation(e *model.PreEvaluation) error {
	tx.fillTime(&e.ChangedAt)
	next := *e
	next.Version++
	query := tx.db.Where("project_id = ?", e.ProjectID)
	return tx.saveKeyed(&next, query, &e.Version,
		model.Fail(model.Conflict, "preEvaluation.changed", "这个项目的事前绩效评估刚被别人修改，请刷新后再改"))
}

// saveKeyed adds an entity whose version is 0, else saves it where it still has the
// version; the query finds it by its key.
func (tx *Tx) saveKeyed(next any, query *gorm.DB, version *int, refusal *model.Error) error {
	changed, err := true, error(nil)
	if *version == 0 {
		err = tx.fail(tx.db.Create(next).Error)
	} else {
		result := query.Model(next).Where("version = ?", *version).Select("*").Updates(next)
		changed, err = result.RowsAffected > 0, tx.fail(result.Error)
	}
	if err == nil && !changed || model.CodeOf(err) == model.Conflict {
		return refusal
	}
	if err != nil {
		return err
	}
	tx.assign(version, *version+1)
	return nil
}

// PreEvaluationRule gives what a region set for a year; version 0 where it set nothing.
func (tx *Tx) PreEvaluationRule(region string, year int) (model.PreEvaluationRule, error) {
	var rule model.PreEvaluationRule
	err := tx.db.Where("region_code = ? AND year = ?", region, year).Take(&rule).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.PreEvaluationRule{RegionCode: region, Year: year}, nil
	}
	return rule, tx.fail(err)
}

// SavePreEvaluationRule keeps a rule as read before and counts its version up.
// Errors: Conflict "year.changed" where somebody else saved it since.
func (tx *Tx) SavePreEvaluationRule(rule *model.PreEvaluationRule) error {
	next := *rule
	next.Version++
	query := tx.db.Where("region_code = ? AND year = ?", rule.RegionCode, rule.Year)
	return tx.saveKeyed(&next, query, &rule.Version,
		model.Fail(model.Conflict, "year.changed", "%d 年度的设置刚被别人修改，请刷新后再改", rule.Year))
}

// ProjectKey tells a project from others.
type ProjectKey struct {
	UnitID model.ID
	Code   string
}

// ProjectPast is what counts of a project in the question whether it owes a
// pre-evaluation.
type ProjectPast struct {
	ApprovedIn int // the last year before with a 批复, 0: none
	Conclusion model.Conclusion
}

// ProjectPasts gives for the projects of units what was before a year; a project
// without either is missing.
func (tx *Tx) ProjectPasts(unitIDs []model.ID, year int) (map[ProjectKey]ProjectPast, error) {
	found := map[ProjectKey]ProjectPast{}
	for _, ids := range chunks(unitIDs) {
		var rows []struct {
			ProjectKey  `gorm:"embedded"`
			ProjectPast `gorm:"embedded"`
		}
		err := tx.db.Table("projects p").
			Joins("LEFT JOIN records r ON r.unit_id = p.unit_id AND r.kind = ? AND r.project_code = p.code AND r.year < ? AND r.in_force_id <> 0", model.FilingRecord, year).
			Joins("LEFT JOIN pre_evaluations e ON e.project_id = p.id").
			Where("p.unit_id IN ? AND (r.id IS NOT NULL OR e.project_id IS NOT NULL)", ids).
			Group("p.unit_id, p.code, e.conclusion").
			Select("p.unit_id, p.code, COALESCE(MAX(r.year), 0) AS approved_in, COALESCE(e.conclusion, '') AS conclusion").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.ProjectKey] = row.ProjectPast
		}
	}
	return found, nil
}
