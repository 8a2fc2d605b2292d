package store

import (
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// AddAccount adds an account; a missing identifier and time are filled in, the
// version becomes 1.
// Errors: Conflict "account.duplicate" for a login that is taken.
func (tx *Tx) AddAccount(account *model.Account) error {
	tx.nextID(&account.ID)
	tx.fillTime(&account.CreatedAt)
	tx.fillTime(&account.PasswordAt)
	account.Version = 1
	err := tx.fail(tx.db.Create(account).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "account.duplicate", Err: err,
			Message: "登录名 " + account.Login + " 已被使用，请另取一个"}
	}
	return err
}

// Account gives an account.
// Errors: NotFound "account.notFound".
func (tx *Tx) Account(id model.ID) (model.Account, error) {
	return tx.takeAccount(tx.db.Where("id = ?", id), id.String())
}

// AccountByLogin gives the account with a folded login.
// Errors: NotFound "account.notFound".
func (tx *Tx) AccountByLogin(login string) (model.Account, error) {
	return tx.takeAccount(tx.db.Where("login = ?", login), login)
}

// LockAccount gives an account and keeps others from changing it until the
// transaction ends. It reads what was committed last, so it should come first.
// Errors: NotFound "account.notFound".
func (tx *Tx) LockAccount(id model.ID) (model.Account, error) {
	return tx.takeAccount(tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", id), id.String())
}

func (tx *Tx) takeAccount(query *gorm.DB, who string) (model.Account, error) {
	var account model.Account
	err := query.Take(&account).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return account, model.Fail(model.NotFound, "account.notFound", "没有账号 %s，请刷新后重新选择", who)
	}
	accountInUTC(&account)
	return account, tx.fail(err)
}

func accountInUTC(a *model.Account) {
	a.PasswordAt, a.CreatedAt = a.PasswordAt.UTC(), a.CreatedAt.UTC()
	a.LockedUntil, a.LastLoginAt = utc(a.LockedUntil), utc(a.LastLoginAt)
}

func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	t := at.UTC()
	return &t
}

// AccountsByID gives accounts by identifier; unknown ones are missing.
func (tx *Tx) AccountsByID(ids []model.ID) (map[model.ID]model.Account, error) {
	found := make(map[model.ID]model.Account, len(ids))
	for _, chunk := range chunks(ids) {
		var accounts []model.Account
		if err := tx.db.Where("id IN ?", chunk).Find(&accounts).Error; err != nil {
			return nil, tx.fail(err)
		}
		for i := range accounts {
			accountInUTC(&accounts[i])
			found[accounts[i].ID] = accounts[i]
		}
	}
	return found, nil
}

// AccountNames gives the names of people by login; unknown logins are missing.
func (tx *Tx) AccountNames(logins []string) (map[string]string, error) {
	names := make(map[string]string, len(logins))
	for some := range slices.Chunk(logins, maxIDs) {
		var accounts []model.Account
		if err := tx.db.Select("login", "name").Where("login IN ?", some).Find(&accounts).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, a := range accounts {
			names[a.Login] = a.Name
		}
	}
	return names, nil
}

// AccountFilter narrows Accounts; an empty field asks for nothing.
type AccountFilter struct {
	Text          string // part of the login or of the name, in lower case
	Demo          *bool
	Disabled      *bool
	Limit, Offset int // Limit 0: all
}

// Accounts lists a page of accounts by login, and counts all that the filter lets
// through. Accounts belong to no unit: no scope, the caller asks for the right.
func (tx *Tx) Accounts(filter AccountFilter) (accounts []model.Account, total int64, err error) {
	query := tx.db.Model(&model.Account{})
	if filter.Text != "" {
		part := containing(filter.Text)
		query = query.Where("(login LIKE ? ESCAPE '!' OR LOWER(name) LIKE ? ESCAPE '!')", part, part)
	}
	if filter.Demo != nil {
		query = query.Where("demo = ?", *filter.Demo)
	}
	if filter.Disabled != nil {
		query = query.Where("disabled = ?", *filter.Disabled)
	}
	query = query.Session(&gorm.Session{})
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	if filter.Limit > 0 {
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err = query.Order("login").Find(&accounts).Error
	for i := range accounts {
		accountInUTC(&accounts[i])
	}
	return accounts, total, tx.fail(err)
}

// UpdateAccount saves an account as read before and counts its version up.
// Errors: Conflict "account.changed" where somebody else saved it since.
func (tx *Tx) UpdateAccount(account *model.Account) error {
	next := *account
	next.Version++
	changed, err := tx.update(&next, next.ID, account.Version)
	if err == nil && !changed {
		err = model.Fail(model.Conflict, "account.changed", "账号 %s 刚被别人修改，请刷新后再改", account.Login)
	}
	if err != nil {
		return err
	}
	tx.assign(&account.Version, next.Version)
	return nil
}

// SetLogin keeps what a login changes, right or wrong: the count of wrong
// passwords, the lock, the last login and a password hashed anew. The version stays:
// somebody who logs in must not disturb whoever edits the account. LockAccount first.
func (tx *Tx) SetLogin(account *model.Account) error {
	return tx.fail(tx.db.Model(&model.Account{}).Where("id = ?", account.ID).Updates(map[string]any{
		"failed_count": account.FailedCount, "locked_until": account.LockedUntil,
		"last_login_at": account.LastLoginAt, "password_hash": account.PasswordHash,
	}).Error)
}

// AddPasswordHistory keeps a password that was replaced, and of the account's
// earlier ones the newest, so that there are no more than keep.
func (tx *Tx) AddPasswordHistory(entry *model.PasswordHistory, keep int) error {
	tx.nextID(&entry.ID)
	tx.fillTime(&entry.EndedAt)
	if err := tx.db.Create(entry).Error; err != nil {
		return tx.fail(err)
	}
	history, err := tx.PasswordHistory(entry.AccountID)
	if err != nil || len(history) <= keep {
		return err
	}
	var old []model.ID
	for _, h := range history[keep:] {
		old = append(old, h.ID)
	}
	return tx.fail(tx.db.Where("account_id = ? AND id IN ?", entry.AccountID, old).Delete(&model.PasswordHistory{}).Error)
}

// PasswordHistory lists the passwords that an account had, newest first.
func (tx *Tx) PasswordHistory(accountID model.ID) ([]model.PasswordHistory, error) {
	var history []model.PasswordHistory
	err := tx.db.Where("account_id = ?", accountID).Order("id DESC").Find(&history).Error
	for i := range history {
		history[i].EndedAt = history[i].EndedAt.UTC()
	}
	return history, tx.fail(err)
}
