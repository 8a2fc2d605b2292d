// Package revision owns how a record and its versions are kept, whoever changes them:
// the record under its lock, every version as it counts now, the content of a new one
// with its facts, and the one event that tells of it. It must not know what the
// change is about, nor who may make it.
package revision

import (
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/workflow"
)

// Revision is a record with its versions as they are to be.
type Revision struct {
	Record *model.Record // a new one where its Version is 0
	// Was and Versions go by number: as they are kept, and as they are to be, one more
	// where a version is new.
	Was, Versions []model.RecordVersion
	// Content is what the current version is to hold; nil where it stays.
	Content *Content
}

// Content is what a version holds, and what the tables count of it.
type Content struct {
	Hash  string
	Save  func(tx *store.Tx, version model.ID) error
	Facts func(v model.RecordVersion) []model.Fact
}

// Keep saves the revision in the transaction. The record comes first: whoever was
// slower stops there and has touched nothing else. The event is asked for when record
// and versions are as they will be; what it is about is filled in.
// Errors: Conflict "record.changed", "record.duplicate", "version.duplicate".
func (r *Revision) Keep(tx *store.Tx, event func() (model.Event, error)) error {
	for i, counts := range workflow.Count(workflow.VersionedOf(r.Versions)) {
		r.Versions[i].Counts = counts
	}
	current := &r.Versions[r.Current()]
	r.Record.NewestID = current.ID
	if current.State == model.Approved {
		r.Record.InForceID = current.ID
	}
	if err := r.keepRecord(tx); err != nil {
		return err
	}
	for i, before := range r.Was {
		if before != r.Versions[i] {
			if err := tx.SetVersion(&r.Versions[i]); err != nil {
				return err
			}
		}
	}
	if err := r.keepContent(tx, current); err != nil {
		return err
	}
	e, err := event()
	if err != nil {
		return err
	}
	e.UnitID, e.Year, e.RecordID, e.VersionID = r.Record.UnitID, r.Record.Year, r.Record.ID, current.ID
	return tx.AppendEvent(&e)
}

// Current is the index of the version whose state is the record's.
func (r *Revision) Current() int { return workflow.Current(workflow.VersionedOf(r.Versions)) }

func (r *Revision) keepRecord(tx *store.Tx) error {
	if r.Record.Version == 0 {
		return tx.AddRecord(r.Record)
	}
	return tx.UpdateRecord(r.Record)
}

// keepContent saves a new version, or a draft anew.
func (r *Revision) keepContent(tx *store.Tx, v *model.RecordVersion) (err error) {
	if r.Content == nil {
		return nil
	}
	v.RecordID, v.Hash = r.Record.ID, r.Content.Hash
	if len(r.Versions) > len(r.Was) {
		err = tx.AddVersion(v)
	} else {
		err = tx.Rewrite(v.ID, v.Hash)
	}
	if err != nil {
		return err
	}
	if err := r.Content.Save(tx, v.ID); err != nil {
		return err
	}
	return tx.AddFacts(r.Content.Facts(*v))
}
