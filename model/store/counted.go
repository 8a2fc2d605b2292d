package store

import "biaochi/model"

// CountedVersion is the version of a record that counts in a table state.
type CountedVersion struct {
	VersionID model.ID
	Kind      model.RecordKind
	UnitPath  string
}

// CountedVersions lists the versions that count in the query's state, within its
// year and units: by unit path, a unit's records by position with those of none
// last, then by project code.
func (tx *Tx) CountedVersions(q FactQuery) (versions []CountedVersion, err error) {
	column, known := stateColumns[q.State]
	if !known {
		return nil, nil
	}
	err = tx.yearRecords(q).
		Joins("JOIN record_versions f ON f.record_id = r.id AND "+column+" = ?", true).
		Select("f.id AS version_id, r.kind AS kind, u.path AS unit_path").
		Order("u.path, CASE WHEN r.position = 0 THEN 1 ELSE 0 END, r.position, r.project_code, f.id").
		Scan(&versions).Error
	return versions, tx.fail(err)
}
