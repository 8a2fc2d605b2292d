package store

import (
	"math/bits"

	"biaochi/model"
)

// Statements are cached by their text, so that the number of rows or values in
// one is always a power of two: a handful of texts instead of hundreds.
const (
	maxRows = 256
	maxIDs  = 512
)

// insert writes rows, many by statement.
func insert[T any](tx *Tx, rows []T) error {
	for len(rows) > 0 {
		n := min(maxRows, 1<<(bits.Len(uint(len(rows)))-1))
		batch := rows[:n]
		if err := tx.db.Create(&batch).Error; err != nil {
			return tx.fail(err)
		}
		rows = rows[n:]
	}
	return nil
}

// chunks cuts identifiers into lists for IN (?). The last is filled up by
// repeating an identifier, which changes nothing in what IN finds.
func chunks(ids []model.ID) [][]model.ID {
	var out [][]model.ID
	for len(ids) > maxIDs {
		out = append(out, ids[:maxIDs])
		ids = ids[maxIDs:]
	}
	if len(ids) == 0 {
		return out
	}
	last := append(make([]model.ID, 0, maxIDs), ids...)
	for len(last) < 1<<bits.Len(uint(len(ids)-1)) {
		last = append(last, ids[0])
	}
	return append(out, last)
}

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
