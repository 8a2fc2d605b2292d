package store

import (
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// SaveMappings keeps what columns stood for; a later one takes the place of the
// earlier of the same unit, kind and header.
func (tx *Tx) SaveMappings(mappings []model.ColumnMapping) error {
	for i := range mappings {
		tx.fillTime(&mappings[i].At)
		if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&mappings[i]).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

// ColumnMappings gives what headers stood for in a region, by header: for the unit
// itself where it has said so, else for whoever did last.
func (tx *Tx) ColumnMappings(unit model.BudgetUnit, kind model.RecordKind, headers []string) (map[string]string, error) {
	var rows []model.ColumnMapping
	err := tx.db.Where("region_code = ? AND kind = ? AND header IN ?", unit.RegionCode, kind, headers).Order("at, unit_id").Find(&rows).Error
	fields := map[string]string{}
	own := map[string]bool{}
	for _, row := range rows {
		if !own[row.Header] {
			fields[row.Header], own[row.Header] = row.Field, row.UnitID == unit.ID
		}
	}
	return fields, tx.fail(err)
}
