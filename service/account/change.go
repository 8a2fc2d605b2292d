package account

import (
	"context"
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// PasswordChange is somebody's own new password, from within a session.
type PasswordChange struct {
	Token     string
	Old, New  string
	Address   string
	UserAgent string
}

// ChangePassword sets a new password, ends all sessions of the account and begins a
// new one. Wrong old passwords count as at login.
// Errors: Unauthenticated as Authenticate, "login.wrong", "login.locked"; Invalid
// "password.weak" with every rule broken, "password.used"; Conflict "account.changed"
// where it was set anew meanwhile; Forbidden "demo.password".
func (s *Service) ChangePassword(ctx context.Context, c PasswordChange) (*SignedIn, error) {
	id, err := s.Authenticate(ctx, c.Token)
	if err != nil {
		return nil, err
	}
	about := act{actor: id, name: eventChange, detail: detail{Account: id.Account.Login, Address: cut(c.Address, 64)}}
	if id.Account.Demo {
		return nil, s.refuseChange(ctx, about, model.Fail(model.Forbidden, "demo.password", "演示账号的密码是公开的，不能修改"))
	}
	account, history, err := s.passwords(ctx, id.Account.ID)
	if err != nil {
		return nil, err
	}
	if err := s.locked(account); err != nil {
		return nil, s.refuseChange(ctx, about, err)
	}
	compared, err := s.check(ctx, account, c.Old)
	if err != nil {
		return nil, err
	}
	if compared.right { // a wrong one tells nothing about the new one
		if err := s.acceptable(ctx, account, history, c); err != nil {
			return nil, s.refuseChange(ctx, about, err)
		}
	}
	return s.replace(ctx, compared, c, about)
}

func (s *Service) refuseChange(ctx context.Context, about act, refusal error) error {
	if !model.IsRefusal(refusal) {
		return refusal
	}
	if err := s.logRefusal(ctx, about, refusal); err != nil {
		return err
	}
	return refusal
}

func (s *Service) passwords(ctx context.Context, id model.ID) (account model.Account, history []model.PasswordHistory, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if account, err = tx.Account(id); err != nil {
			return err
		}
		history, err = tx.PasswordHistory(id)
		return err
	})
	return account, history, err
}

// acceptable refuses a new password that breaks a rule or was used before.
func (s *Service) acceptable(ctx context.Context, account model.Account, history []model.PasswordHistory, c PasswordChange) error {
	if problems := CheckPassword(s.settings.Policy, account.Login, c.New, "$.newPassword"); len(problems) > 0 {
		return &model.Error{Code: model.Invalid, Reason: "password.weak", Fields: problems,
			Message: fmt.Sprintf("新密码有 %d 处不合要求，请按提示修改", len(problems))}
	}
	used := c.New == c.Old
	for _, h := range history {
		if used {
			break
		}
		var err error
		if used, err = s.hasher.verify(ctx, h.Hash, c.New); err != nil {
			return err
		}
	}
	if used {
		return model.Fail(model.Invalid, "password.used", "新密码不能与现在的或最近 %d 次用过的相同，请另设一个", s.settings.Policy.History)
	}
	return nil
}

// replace draws the consequence of a compared old password under the account's lock.
func (s *Service) replace(ctx context.Context, compared checked, c PasswordChange, about act) (*SignedIn, error) {
	var anew string
	var err error
	if compared.right {
		if anew, err = s.hasher.hash(ctx, c.New); err != nil {
			return nil, err
		}
	}
	var signed *SignedIn
	var refusal error
	err = s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		signed, refusal = nil, nil
		account, err := tx.LockAccount(compared.account.ID)
		if err != nil {
			return err
		}
		if account.PasswordHash != compared.account.PasswordHash {
			return model.Fail(model.Conflict, "account.changed", "密码刚在别处修改过，请用新密码重新登录")
		}
		if refusal, err = s.count(tx, &account, compared, about.detail, eventChange); err != nil || refusal != nil {
			return err
		}
		signed, err = s.setOwn(tx, account, anew, c, about)
		return err
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return nil, err
	}
	return signed, nil
}

func (s *Service) setOwn(tx *store.Tx, account model.Account, hash string, c PasswordChange, about act) (*SignedIn, error) {
	if err := s.setPassword(tx, &account, hash, false); err != nil {
		return nil, err
	}
	signed, err := s.begin(tx, account, Credentials{Address: about.detail.Address, UserAgent: cut(c.UserAgent, 500)})
	if err != nil {
		return nil, err
	}
	return signed, appendEvent(tx, about.actor.Actor(), eventChange, "", about.detail)
}

// setPassword gives an account another password, remembers the old one, and ends all
// its sessions.
func (s *Service) setPassword(tx *store.Tx, account *model.Account, hash string, mustChange bool) error {
	old := &model.PasswordHistory{AccountID: account.ID, Hash: account.PasswordHash}
	if err := tx.AddPasswordHistory(old, s.settings.Policy.History); err != nil {
		return err
	}
	account.PasswordHash, account.PasswordAt, account.MustChange = hash, s.now(), mustChange
	account.FailedCount, account.LockedUntil = 0, nil
	if err := tx.UpdateAccount(account); err != nil {
		return err
	}
	return tx.EndSessions(account.ID)
}

// ResetPassword gives an account a one-time password, which is returned and stands
// nowhere else; lifts its lock and ends its sessions. The administrator's act, not
// on the own account.
// Errors: Forbidden "right.missing", "account.self"; Invalid "reason.missing";
// NotFound; Conflict "demo.password".
func (s *Service) ResetPassword(ctx context.Context, actor Identity, accountID model.ID, reason string) (password string, err error) {
	password = oneTimePassword()
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.change(ctx, act{actor: actor, name: eventReset, reason: reason, detail: detail{AccountID: accountID}}, func(tx *store.Tx, a *act) error {
		account, err := s.target(tx, a, accountID, rbac.AccountReset)
		if err != nil {
			return err
		}
		if account.Demo {
			return model.Fail(model.Conflict, "demo.password", "演示账号的密码是公开的，不能重置")
		}
		return s.setPassword(tx, &account, hash, true)
	})
	if err != nil {
		return "", err
	}
	return password, nil
}
