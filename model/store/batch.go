package store

import (
	"slices"

	"biaochi/model"
)

// How many rows or values go into one statement: enough to forget its cost, few
// enough for the 32,766 parameters of SQLite.
const (
	maxRows = 256
	maxIDs  = 1000
)

// insert writes rows, many by statement.
func insert[T any](tx *Tx, rows []T) error {
	for batch := range slices.Chunk(rows, maxRows) {
		if err := tx.db.Create(&batch).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

// chunks cuts identifiers into lists for IN ?.
func chunks(ids []model.ID) [][]model.ID { return slices.Collect(slices.Chunk(ids, maxIDs)) }

// load reads the rows of versions in the given order of columns.
func load[T any](tx *Tx, into *[]T, versionIDs []model.ID, order string) error {
	for _, ids := range chunks(versionIDs) {
		var rows []T
		if err := tx.db.Where("version_id IN ?", ids).Order(order).Find(&rows).Error; err != nil {
			return tx.fail(err)
		}
		*into = append(*into, rows...)
	}
	return nil
}
