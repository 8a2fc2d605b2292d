package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// ProjectOrder gives the version of an order of projects; 0 where nobody ordered
// anything yet. With unitID 0 it is that of the region's 财政项目库.
func (tx *Tx) ProjectOrder(region string, unitID model.ID, year int) (model.ProjectOrder, error) {
	var order model.ProjectOrder
	err := tx.db.Where("region_code = ? AND unit_id = ? AND year = ?", region, unitID, year).Take(&order).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.ProjectOrder{RegionCode: region, UnitID: unitID, Year: year}, nil
	}
	order.ChangedAt = order.ChangedAt.UTC()
	return order, tx.fail(err)
}

// SaveProjectOrder counts up the version of an order as read before. It comes before
// the places are changed: whoever was slower stops there.
// Errors: Conflict "projectOrder.changed" where somebody else was faster.
func (tx *Tx) SaveProjectOrder(order *model.ProjectOrder) error {
	tx.fillTime(&order.ChangedAt)
	next := *order
	next.Version++
	query := tx.db.Where("region_code = ? AND unit_id = ? AND year = ?", order.RegionCode, order.UnitID, order.Year)
	return tx.saveKeyed(&next, query, &order.Version,
		model.Fail(model.Conflict, "projectOrder.changed", "排序刚被别人调整，请刷新后再排"))
}

// ProjectRanks lists a project's places in all orders.
func (tx *Tx) ProjectRanks(projectID model.ID) (ranks []model.ProjectRank, err error) {
	err = tx.db.Where("project_id = ?", projectID).Order("year, by_finance").Find(&ranks).Error
	return ranks, tx.fail(err)
}

// ProjectPlaces are a project's places in the orders of a year, 0 for none.
type ProjectPlaces struct{ Department, Finance int }

// PlacesOf gives the places of the projects of units in the orders of a year; a
// project without any is missing.
func (tx *Tx) PlacesOf(unitIDs []model.ID, year int) (map[ProjectKey]ProjectPlaces, error) {
	found := map[ProjectKey]ProjectPlaces{}
	for _, ids := range chunks(unitIDs) {
		var rows []struct {
			ProjectKey    `gorm:"embedded"`
			ProjectPlaces `gorm:"embedded"`
		}
		err := tx.db.Table("projects p").Joins("JOIN project_ranks r ON r.project_id = p.id AND r.year = ?", year).
			Where("p.unit_id IN ?", ids).Group("p.unit_id, p.code").
			Select("p.unit_id, p.code, SUM(CASE WHEN r.by_finance THEN 0 ELSE r.place END) AS department," +
				" SUM(CASE WHEN r.by_finance THEN r.place ELSE 0 END) AS finance").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.ProjectKey] = row.ProjectPlaces
		}
	}
	return found, nil
}

// Ranked counts the projects that have a place in an order.
func (tx *Tx) Ranked(order model.ProjectOrder) (count int64, err error) {
	err = tx.placesOf(order).Count(&count).Error
	return count, tx.fail(err)
}

func (tx *Tx) placesOf(order model.ProjectOrder) *gorm.DB {
	return tx.db.Model(&model.ProjectRank{}).Where("region_code = ? AND unit_id = ? AND year = ?", order.RegionCode, order.UnitID, order.Year)
}

// MoveRank moves a project in an order from one place to another, 0 for none; those
// between close up. The caller has counted the order's version up.
func (tx *Tx) MoveRank(order model.ProjectOrder, projectID model.ID, from, to int) error {
	if from != 0 {
		err := tx.placesOf(order).Where("place > ?", from).Update("place", gorm.Expr("place - 1")).Error
		if err != nil {
			return tx.fail(err)
		}
	}
	byFinance := order.UnitID == 0
	if to == 0 {
		return tx.fail(tx.db.Where("project_id = ? AND year = ? AND by_finance = ?", projectID, order.Year, byFinance).
			Delete(&model.ProjectRank{}).Error)
	}
	others := tx.placesOf(order).Where("place >= ? AND project_id <> ?", to, projectID)
	if err := others.Update("place", gorm.Expr("place + 1")).Error; err != nil {
		return tx.fail(err)
	}
	rank := model.ProjectRank{
		ProjectID: projectID, Year: order.Year, ByFinance: byFinance, RegionCode: order.RegionCode, UnitID: order.UnitID, Place: to,
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&rank).Error)
}
