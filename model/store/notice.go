package store

import (
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// AddNotice tells an account something, once for each source; a missing identifier
// and time are filled in. told is false where it was told before.
func (tx *Tx) AddNotice(n *model.Notice) (told bool, err error) {
	tx.nextID(&n.ID)
	tx.fillTime(&n.At)
	if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(n).Error; err != nil {
		return false, tx.fail(err)
	}
	// MySQL counts a row that it left alone as affected, so the identifier has to tell.
	var kept int64
	err = tx.db.Model(&model.Notice{}).Where("id = ?", n.ID).Count(&kept).Error
	return kept > 0, tx.fail(err)
}

// NoticeSources tells which of the sources an account was told of.
func (tx *Tx) NoticeSources(accountID model.ID, sources []string) (map[string]bool, error) {
	told := map[string]bool{}
	for some := range slices.Chunk(sources, maxIDs) {
		var found []string
		err := tx.db.Model(&model.Notice{}).Where("account_id = ? AND source IN ?", accountID, some).Pluck("source", &found).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, source := range found {
			told[source] = true
		}
	}
	return told, nil
}

// NoticeFilter narrows Notices; an empty field asks for nothing.
type NoticeFilter struct {
	Unread        bool
	Limit, Offset int // Limit 0: all
}

// Notices lists a page of an account's notices, newest first, and counts all that
// the filter lets through, and all that are unread.
func (tx *Tx) Notices(accountID model.ID, filter NoticeFilter) (list []model.Notice, total, unread int64, err error) {
	own := tx.db.Model(&model.Notice{}).Where("account_id = ?", accountID).Session(&gorm.Session{})
	if err := own.Where("read_at IS NULL").Count(&unread).Error; err != nil {
		return nil, 0, 0, tx.fail(err)
	}
	query := own
	if filter.Unread {
		query = own.Where("read_at IS NULL").Session(&gorm.Session{})
	}
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, 0, tx.fail(err)
	}
	if filter.Limit > 0 {
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err = query.Order("id DESC").Find(&list).Error
	for i := range list {
		list[i].At, list[i].ReadAt = list[i].At.UTC(), utc(list[i].ReadAt)
	}
	return list, total, unread, tx.fail(err)
}

// ReadNotices marks an account's notices as read: those named, or all where none is.
// Those of other accounts stay as they are.
func (tx *Tx) ReadNotices(accountID model.ID, ids []model.ID) error {
	query := tx.db.Model(&model.Notice{}).Where("account_id = ? AND read_at IS NULL", accountID)
	if len(ids) > 0 {
		query = query.Where("id IN ?", ids)
	}
	return tx.fail(query.Update("read_at", tx.now()).Error)
}

// AddMail queues an e-mail, due at once.
func (tx *Tx) AddMail(m *model.Mail) error {
	tx.fillTime(&m.DueAt)
	return tx.fail(tx.db.Create(m).Error)
}

// TakeMail gives the e-mail that has been due longest, and keeps every other taker
// from it for a time; ok is false where none is due.
func (tx *Tx) TakeMail(hold time.Duration) (m model.Mail, ok bool, err error) {
	now := tx.now()
	var due []model.Mail
	err = tx.db.Where("sent_at IS NULL AND gave_up = ? AND due_at <= ?", false, now).Order("due_at, notice_id").Limit(1).Find(&due).Error
	if err != nil || len(due) == 0 {
		return m, false, tx.fail(err)
	}
	m = due[0]
	result := tx.db.Model(&model.Mail{}).
		Where("notice_id = ? AND sent_at IS NULL AND attempts = ?", m.NoticeID, m.Attempts).
		Updates(map[string]any{"attempts": m.Attempts + 1, "due_at": now.Add(hold)})
	m.Attempts++
	return m, result.RowsAffected > 0, tx.fail(result.Error)
}

// SetMail keeps what became of an attempt, unless another one took the mail since.
func (tx *Tx) SetMail(m *model.Mail) error {
	return tx.fail(tx.db.Model(&model.Mail{}).Where("notice_id = ? AND attempts = ?", m.NoticeID, m.Attempts).Updates(map[string]any{
		"sent_at": m.SentAt, "gave_up": m.GaveUp, "due_at": milliseconds(m.DueAt), "failure": m.Failure,
	}).Error)
}

// Mails lists the e-mails in the order of their notices.
func (tx *Tx) Mails() ([]model.Mail, error) {
	var list []model.Mail
	err := tx.db.Order("notice_id").Find(&list).Error
	for i := range list {
		list[i].DueAt, list[i].SentAt = list[i].DueAt.UTC(), utc(list[i].SentAt)
	}
	return list, tx.fail(err)
}
