package store

import "biaochi/model"

// The tables of one version of a whole-unit target (整体支出绩效目标) that are its
// own; funds and indicators lie with those of filings, by version.

type targetContentRow struct {
	VersionID    model.ID `gorm:"primaryKey;autoIncrement:false"`
	Basic        *model.Money
	Project      *model.Money
	LongTermGoal string
	AnnualGoal   string
	Responsible  string
	Handler      string
	Phone        string
	FiledAt      model.CivilTime
}

type targetTaskRow struct {
	VersionID model.ID         `gorm:"primaryKey;autoIncrement:false"`
	Position  int              `gorm:"primaryKey;autoIncrement:false"`
	Task      model.TargetTask `gorm:"embedded"`
}

func (targetContentRow) TableName() string { return "target_contents" }
func (targetTaskRow) TableName() string    { return "target_tasks" }

// targetRows are contents taken apart into the rows of their tables.
type targetRows struct {
	heads      []targetContentRow
	tasks      []targetTaskRow
	funds      []formFundRow
	indicators []indicatorRow
	targets    []targetRow
}

// SaveTargetContent keeps the content of a version of a whole-unit target in place
// of what the version had.
func (tx *Tx) SaveTargetContent(versionID model.ID, content *model.TargetContent) error {
	if err := tx.dropTarget(versionID); err != nil {
		return err
	}
	var r targetRows
	r.add(versionID, content)
	return first(
		func() error { return insert(tx, r.heads) },
		func() error { return insert(tx, r.tasks) },
		func() error { return insert(tx, r.funds) },
		func() error { return insert(tx, r.indicators) },
		func() error { return insert(tx, r.targets) },
	)
}

func (tx *Tx) dropTarget(versionID model.ID) error {
	dropped := tx.db.Where("version_id = ?", versionID).Delete(&targetContentRow{})
	if dropped.Error != nil || dropped.RowsAffected == 0 {
		return tx.fail(dropped.Error)
	}
	for _, table := range []any{&targetTaskRow{}, &formFundRow{}, &indicatorRow{}, &targetRow{}} {
		if err := tx.db.Where("version_id = ?", versionID).Delete(table).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

func (r *targetRows) add(id model.ID, c *model.TargetContent) {
	r.heads = append(r.heads, targetContentRow{VersionID: id, Basic: c.Basic, Project: c.Project,
		LongTermGoal: c.LongTermGoal, AnnualGoal: c.AnnualGoal, Responsible: c.Responsible, Handler: c.Handler,
		Phone: c.Phone, FiledAt: c.FiledAt})
	for i, task := range c.Tasks {
		r.tasks = append(r.tasks, targetTaskRow{id, i, task})
	}
	r.funds = fundRows(id, annual, c.AnnualFunds)
	r.indicators, r.targets = indicatorRows(id, c.Indicators)
}

// TargetContents gives the contents of versions of whole-unit targets by version;
// versions without content are missing. Empty lists come back nil.
func (tx *Tx) TargetContents(versionIDs []model.ID) (map[model.ID]*model.TargetContent, error) {
	var r targetRows
	err := first(
		func() error { return load(tx, &r.heads, versionIDs, "version_id") },
		func() error { return load(tx, &r.tasks, versionIDs, "version_id, position") },
		func() error { return load(tx, &r.funds, versionIDs, "version_id") },
		func() error { return load(tx, &r.indicators, versionIDs, "version_id, position") },
		func() error { return load(tx, &r.targets, versionIDs, "version_id, position") },
	)
	if err != nil {
		return nil, err
	}
	return r.contents(), nil
}

// contents puts the rows together again; each list is in the order of positions.
func (r *targetRows) contents() map[model.ID]*model.TargetContent {
	all := make(map[model.ID]*model.TargetContent, len(r.heads))
	for _, h := range r.heads {
		all[h.VersionID] = &model.TargetContent{Basic: h.Basic, Project: h.Project, LongTermGoal: h.LongTermGoal,
			AnnualGoal: h.AnnualGoal, Responsible: h.Responsible, Handler: h.Handler, Phone: h.Phone, FiledAt: h.FiledAt}
	}
	for _, row := range r.tasks {
		c := all[row.VersionID]
		c.Tasks = append(c.Tasks, row.Task)
	}
	for _, row := range r.funds {
		row.put(&all[row.VersionID].AnnualFunds)
	}
	for _, row := range r.indicators {
		c := all[row.VersionID]
		c.Indicators = append(c.Indicators, model.Indicator{Level1: row.Level1, Level2: row.Level2})
	}
	for i := range r.targets {
		row := &r.targets[i]
		row.put(&all[row.VersionID].Indicators[row.Position])
	}
	return all
}
