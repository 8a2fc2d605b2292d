package store

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"biaochi/model"
)

// AddSession adds a session.
func (tx *Tx) AddSession(session *model.Session) error {
	tx.fillTime(&session.CreatedAt)
	tx.fillTime(&session.LastSeenAt)
	tx.fillTime(&session.ExpiresAt)
	return tx.fail(tx.db.Create(session).Error)
}

// LiveSession is a session with what tells whether anything that was read of its
// account before still holds.
type LiveSession struct {
	model.Session
	AccountVersion int
	RightsVersion  int64
}

// Session gives the session of a token's hash, in one query.
// Errors: NotFound "session.notFound".
func (tx *Tx) Session(tokenHash string) (LiveSession, error) {
	var live LiveSession
	err := tx.db.Table("sessions s").
		Select("s.*, a.version AS account_version, r.version AS rights_version").
		Joins("JOIN accounts a ON a.id = s.account_id").
		Joins("JOIN rights_version r ON r.id = 1").
		Where("s.token_hash = ?", tokenHash).Take(&live).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return live, model.Fail(model.NotFound, "session.notFound", "没有这个会话，请重新登录")
	}
	live.CreatedAt, live.LastSeenAt, live.ExpiresAt = live.CreatedAt.UTC(), live.LastSeenAt.UTC(), live.ExpiresAt.UTC()
	return live, tx.fail(err)
}

// TouchSession keeps when a session was last seen; never an earlier time than
// before, and nothing where the session has ended.
func (tx *Tx) TouchSession(tokenHash string, at time.Time) error {
	at = milliseconds(at)
	return tx.fail(tx.db.Model(&model.Session{}).
		Where("token_hash = ? AND last_seen_at < ?", tokenHash, at).Update("last_seen_at", at).Error)
}

// EndSession ends the session of a token's hash; ended tells whether it was there.
func (tx *Tx) EndSession(tokenHash string) (ended bool, err error) {
	result := tx.db.Where("token_hash = ?", tokenHash).Delete(&model.Session{})
	return result.RowsAffected > 0, tx.fail(result.Error)
}

// EndSessions ends all sessions of an account.
func (tx *Tx) EndSessions(accountID model.ID) error {
	return tx.fail(tx.db.Where("account_id = ?", accountID).Delete(&model.Session{}).Error)
}

// EndStaleSessions ends the sessions of an account that expired by an instant, or
// were last seen no later than another.
func (tx *Tx) EndStaleSessions(accountID model.ID, expired, idle time.Time) error {
	return tx.fail(tx.db.Where("account_id = ? AND (expires_at <= ? OR last_seen_at <= ?)",
		accountID, milliseconds(expired), milliseconds(idle)).Delete(&model.Session{}).Error)
}

// rightsVersion is the one row that changes with every right.
type rightsVersion struct {
	ID      int `gorm:"primaryKey;autoIncrement:false"`
	Version int64
}

// TableName is that of the one row.
func (rightsVersion) TableName() string { return "rights_version" }

// RightsVersion gives the version of all rights: what was read of accounts, roles,
// offices and deputies under another one may no longer hold.
func (tx *Tx) RightsVersion() (int64, error) {
	var row rightsVersion
	err := tx.db.Where("id = 1").Take(&row).Error
	return row.Version, tx.fail(err)
}

// BumpRights counts the version of all rights up. Called first in a transaction it
// also makes those that change rights wait for each other, on all engines and nodes,
// so that what they then check of all accounts stays true until they commit. People
// are given rights a few times a day; nothing else writes the row.
func (tx *Tx) BumpRights() error {
	result := tx.db.Model(&rightsVersion{}).Where("id = 1").Update("version", gorm.Expr("version + 1"))
	if result.Error == nil && result.RowsAffected == 0 {
		return wrap(errors.New("rights_version is empty"))
	}
	return tx.fail(result.Error)
}
