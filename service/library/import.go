package library

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Imported is what a file came to.
type Imported struct {
	Created   int
	Changed   int
	Unchanged int
}

// Import brings a file in, as Export writes it: all of it or nothing. An entry of the
// same second level and name takes over what the file says of it; what the file
// doesn't name stays. Errors: Forbidden "right.missing"; Invalid "library.region",
// "library.file" with every fault at its row; those of spreadsheet.Read.
func (s *Service) Import(ctx context.Context, p rbac.Person, region string, r io.Reader) (done Imported, err error) {
	if region, err = s.regionFor(p, rbac.LibrarySave, region); err != nil {
		return done, err
	}
	rows, err := readFile(r)
	if err != nil {
		return done, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		done = Imported{}
		known, err := met(tx, region, rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := s.bring(tx, p, region, row, known[row.key()], &done); err != nil {
				return err
			}
		}
		if done.Created+done.Changed == 0 {
			return nil
		}
		return s.log(tx, p, eventImport, "", detail{Region: region, Created: done.Created, Changed: done.Changed})
	})
	return done, err
}

// met gives the rows their fields, and the entries that they are about, by key.
func met(tx *store.Tx, region string, rows []*fileRow) (map[string]*Entry, error) {
	if _, err := tx.Region(region); err != nil {
		return nil, err
	}
	known, err := knownOf(tx, region, rows)
	if err != nil {
		return nil, err
	}
	return known, fill(rows, known)
}

// knownOf gives the entries that the rows are about, by key.
func knownOf(tx *store.Tx, region string, rows []*fileRow) (map[string]*Entry, error) {
	const atOnce = 500
	known := map[string]*Entry{}
	for some := range slices.Chunk(rows, atOnce) {
		var levels2, keys []string
		for _, row := range some {
			level2, key, _ := strings.Cut(row.key(), "/")
			keys = append(keys, key)
			if !slices.Contains(levels2, level2) {
				levels2 = append(levels2, level2)
			}
		}
		entries, err := tx.LibraryByNames(region, levels2, keys)
		if err != nil {
			return nil, err
		}
		all, err := whole(tx, entries)
		if err != nil {
			return nil, err
		}
		for i := range all {
			known[all[i].Level2+"/"+all[i].NameKey] = &all[i]
		}
	}
	return known, nil
}

// fill gives every row its fields and refuses them all where one is faulty.
func fill(rows []*fileRow, known map[string]*Entry) error {
	first := map[string]int{}
	var faults []model.Problem
	for _, row := range rows {
		row.faults = nil
		entry := known[row.key()]
		if entry == nil {
			row.take(Fields{}, false)
		} else {
			row.take(fieldsOf(entry.LibraryIndicator, entry.Functions), entry.Disabled)
		}
		if entry != nil && entry.MergedInto != 0 {
			row.refuse("name", "“%s”已并入其他指标，请删去这一行", row.fields.Name)
		}
		if line, twice := first[row.key()]; twice {
			row.refuse("name", "与第 %d 行是同一个指标“%s”，请合并或删去一行", line, row.fields.Name)
		} else {
			first[row.key()] = row.line
		}
		faults = append(faults, row.faults...)
	}
	if faults == nil {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "library.file", Fields: faults,
		Message: fmt.Sprintf("文件有 %d 处错误，未导入。%s", len(faults), faults[0].Message)}
}

// bring makes or changes the entry of a row.
func (s *Service) bring(tx *store.Tx, p rbac.Person, region string, row *fileRow, known *Entry, done *Imported) error {
	fate, _ := row.fate(known)
	done.count(fate)
	switch fate {
	case New:
		entry, err := s.add(tx, p, region, row.fields)
		if err != nil {
			return err
		}
		return s.setDisabled(tx, p, &entry, row.disabled)
	case Changed:
		entry := known.LibraryIndicator
		entry.UpdatedAt, entry.UpdatedBy = time.Time{}, p.Login
		if _, err := s.change(tx, &entry, row.fields); err != nil {
			return err
		}
		return s.setDisabled(tx, p, &entry, row.disabled)
	}
	return nil
}

func (s *Service) setDisabled(tx *store.Tx, p rbac.Person, entry *model.LibraryIndicator, disabled bool) error {
	if entry.Disabled == disabled {
		return nil
	}
	entry.Disabled, entry.UpdatedAt, entry.UpdatedBy = disabled, time.Time{}, p.Login
	return tx.UpdateLibraryIndicator(entry)
}
