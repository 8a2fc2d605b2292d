package account

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// FirstLogin is the login of the administrator that a first start makes.
const FirstLogin = "admin"

// FirstAdmin is the administrator of a first start. The password is nowhere else:
// show it once.
type FirstAdmin struct {
	Login    string
	Password string
}

// EnsureFirstAdmin gives a database without accounts its administrator; nil where
// there are accounts already. Of several instances that start at once one makes it.
func (s *Service) EnsureFirstAdmin(ctx context.Context, actor Identity) (*FirstAdmin, error) {
	if total, err := s.total(ctx); err != nil || total > 0 {
		return nil, err
	}
	first := &FirstAdmin{Login: FirstLogin, Password: oneTimePassword()}
	hash, err := s.hasher.hash(ctx, first.Password)
	if err != nil {
		return nil, err
	}
	made := false
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		made = false
		if err := tx.BumpRights(); err != nil {
			return err
		}
		if _, total, err := tx.Accounts(store.AccountFilter{Limit: 1}); err != nil || total > 0 {
			return err
		}
		made = true
		account := &model.Account{Login: first.Login, Name: rbac.Admin.ZH(), PasswordHash: hash, MustChange: true}
		return s.addWithRole(tx, actor, account, rbac.Admin, At{})
	})
	if err != nil || !made {
		return nil, err
	}
	return first, nil
}

func (s *Service) total(ctx context.Context) (total int64, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		_, total, err = tx.Accounts(store.AccountFilter{Limit: 1})
		return err
	})
	return total, err
}

// addWithRole makes an account that comes into being with its role.
func (s *Service) addWithRole(tx *store.Tx, actor Identity, account *model.Account, role rbac.Role, at At) error {
	account.PasswordAt, account.CreatedAt, account.CreatedBy = s.now(), s.now(), actor.Actor()
	if err := tx.AddAccount(account); err != nil {
		return err
	}
	created := detail{Account: account.Login}
	if err := appendEvent(tx, actor.Actor(), eventCreate, "", created); err != nil {
		return err
	}
	a := &act{actor: actor, detail: detail{Account: account.Login, Role: string(role)}}
	assignment, err := s.place(tx, a, role, at)
	if err != nil {
		return err
	}
	assignment.AccountID = account.ID
	if err := tx.AddRoleAssignment(&assignment); err != nil {
		return err
	}
	return appendEvent(tx, actor.Actor(), eventGrant, "", a.detail)
}

// RefuseDemo refuses a database that holds demo accounts. Call it at every start
// that isn't a demo's: their passwords are known to everybody.
// Errors: Conflict "demo.database".
func (s *Service) RefuseDemo(ctx context.Context) error {
	return s.store.Read(ctx, refuseDemo)
}

func refuseDemo(tx *store.Tx) error {
	yes := true
	_, total, err := tx.Accounts(store.AccountFilter{Demo: &yes, Limit: 1})
	if err == nil && total > 0 {
		err = model.Fail(model.Conflict, "demo.database", "这个数据库里有密码公开的演示账号，不能用于正式工作；正式使用请另建一个空的数据库")
	}
	return err
}
