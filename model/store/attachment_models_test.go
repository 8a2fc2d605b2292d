package store

import (
	"errors"
	"testing"

	"biaochi/model"
)

func init() { liveModels = append(liveModels, &model.Attachment{}) }

// Attachments from before there were purposes stay those of their records.
func TestEarlierAttachmentsBackTheirRecord(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		err := s.write.Exec(`INSERT INTO attachments (id, record_id, version_id, name, media_type, size, hash, added_at, added_by, removed_by)
			VALUES (1, 2, 3, 'a.pdf', 'application/pdf', 1, 'x', '2024-01-01 00:00:00', 'jb', '')`).Error
		if err != nil {
			t.Fatal(err)
		}
		err = s.Read(t.Context(), func(tx *Tx) error {
			list, err := tx.Attachments(model.BackedRecord(2))
			if err == nil && (len(list) != 1 || list[0].Name != "a.pdf") {
				t.Errorf("found %v", list)
			}
			files, failed := tx.CorrectionFiles([]model.ID{2})
			if len(files) > 0 {
				t.Errorf("of corrections: %v", files)
			}
			return errors.Join(err, failed)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
