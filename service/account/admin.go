package account

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Profile is what the administrator keeps of a person.
type Profile struct {
	Name  string
	Phone string
	Email string
}

const (
	maxLogin   = 64
	demoPrefix = "demo-"
)

var (
	loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)
	phoneForm = regexp.MustCompile(`^[0-9+ ()-]{5,30}$`)
	emailForm = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

// check tidies a profile and tells all that is wrong with it.
func (p *Profile) check() []model.Problem {
	p.Name, p.Phone, p.Email = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.TrimSpace(p.Email)
	var problems []model.Problem
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > 100 {
		problems = append(problems, model.Problem{Path: "$.name", Message: "请填写姓名，不超过 100 字"})
	}
	if p.Phone != "" && !phoneForm.MatchString(p.Phone) {
		problems = append(problems, model.Problem{Path: "$.phone", Message: "电话只能有数字、空格、+、- 和括号"})
	}
	if p.Email != "" && (len(p.Email) > 255 || !emailForm.MatchString(p.Email)) {
		problems = append(problems, model.Problem{Path: "$.email", Message: "电子邮箱应写成 名称@域名"})
	}
	return problems
}

func checkLogin(login string) []model.Problem {
	switch {
	case !loginForm.MatchString(login):
		return []model.Problem{{Path: "$.login", Message: "登录名应为 2 到 64 个小写字母、数字、点、下划线或连字符，以字母或数字开头"}}
	case login == anonymous || strings.HasPrefix(login, demoPrefix):
		return []model.Problem{{Path: "$.login", Message: "登录名 " + login + " 由系统保留，请另取一个"}}
	}
	return nil
}

func invalid(problems []model.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "account.invalid", Fields: problems, Message: "账号信息有误，请按提示修改"}
}

// CreateAccount makes an account with a one-time password, which is returned and
// stands nowhere else. It has no role yet. The administrator's act.
// Errors: Forbidden "right.missing"; Invalid "account.invalid"; Conflict
// "account.duplicate", "demo.database" where the database holds demo accounts.
func (s *Service) CreateAccount(ctx context.Context, actor Identity, login string, p Profile) (account model.Account, password string, err error) {
	login = FoldLogin(login)
	password = oneTimePassword()
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return account, "", err
	}
	a := act{actor: actor, name: eventCreate, detail: detail{Account: cut(login, maxLogin)}}
	err = s.change(ctx, a, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.AccountSave); err != nil {
			return err
		}
		if err := invalid(append(checkLogin(login), p.check()...)); err != nil {
			return err
		}
		if err := refuseDemo(tx); err != nil {
			return err
		}
		account = model.Account{Login: login, Name: p.Name, Phone: p.Phone, Email: p.Email,
			PasswordHash: hash, MustChange: true, PasswordAt: s.now(), CreatedAt: s.now(), CreatedBy: a.actor.Actor()}
		return tx.AddAccount(&account)
	})
	if err != nil {
		return model.Account{}, "", err
	}
	account.PasswordHash = ""
	return account, password, nil
}

// UpdateAccount changes what is kept of a person; version is the one that the actor
// saw. The administrator's act.
// Errors: Forbidden "right.missing"; Invalid "account.invalid"; NotFound; Conflict
// "account.changed".
func (s *Service) UpdateAccount(ctx context.Context, actor Identity, id model.ID, version int, p Profile) (account model.Account, err error) {
	err = s.change(ctx, act{actor: actor, name: eventUpdate, detail: detail{AccountID: id}}, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.AccountSave); err != nil {
			return err
		}
		if account, err = tx.LockAccount(id); err != nil {
			return err
		}
		a.detail.Account = account.Login
		if err := invalid(p.check()); err != nil {
			return err
		}
		account.Version = version
		a.detail.Fields = apply(&account, p)
		return tx.UpdateAccount(&account)
	})
	account.PasswordHash = ""
	return account, err
}

// apply takes a profile over and names what is different.
func apply(account *model.Account, p Profile) []string {
	var changed []string
	for _, field := range []struct {
		name   string
		now    *string
		wanted string
	}{{"name", &account.Name, p.Name}, {"phone", &account.Phone, p.Phone}, {"email", &account.Email, p.Email}} {
		if *field.now != field.wanted {
			*field.now = field.wanted
			changed = append(changed, field.name)
		}
	}
	return changed
}

// SetDisabled disables an account, which ends its sessions, or enables it again. The
// administrator's act, not on the own account. The last administrator and the last
// security administrator stay.
// Errors: Forbidden "right.missing", "account.self"; Invalid "reason.missing";
// NotFound; Conflict "account.changed", "role.last".
func (s *Service) SetDisabled(ctx context.Context, actor Identity, id model.ID, version int, off bool, reason string) error {
	name := eventEnable
	if off {
		name = eventDisable
	}
	return s.change(ctx, act{actor: actor, name: name, reason: reason, detail: detail{AccountID: id}}, func(tx *store.Tx, a *act) error {
		account, err := s.target(tx, a, id, rbac.AccountDisable)
		if err != nil {
			return err
		}
		if off {
			if err := refuseLast(tx, account.ID); err != nil {
				return err
			}
		}
		account.Disabled, account.Version = off, version
		if err := tx.UpdateAccount(&account); err != nil {
			return err
		}
		return tx.EndSessions(account.ID)
	})
}

// target gives the account of an administrator's act, locked, and names it in the
// log; not the actor's own, and not without a reason.
func (s *Service) target(tx *store.Tx, a *act, id model.ID, action rbac.Action) (model.Account, error) {
	if err := s.may(a.actor, action); err != nil {
		return model.Account{}, err
	}
	account, err := tx.LockAccount(id)
	if err != nil {
		return account, err
	}
	a.detail.Account = account.Login
	if a.actor.operator == "" && id == a.actor.Account.ID {
		return account, model.Fail(model.Forbidden, "account.self", "不能对自己的账号做这项操作，请由另一位系统管理员办理")
	}
	return account, needReason(a.reason)
}

// refuseLast refuses to take the roles of the installation from the last account in
// use that has them. There may be several of a role; only the last one stays.
func refuseLast(tx *store.Tx, accountID model.ID) error {
	held, err := loadHeld(tx, []model.ID{accountID})
	if err != nil {
		return err
	}
	for _, h := range held[accountID] {
		if h.Role != rbac.Admin && h.Role != rbac.Security {
			continue
		}
		others, err := holders(tx, h.Role, accountID)
		if err != nil {
			return err
		}
		if others == 0 {
			return model.Fail(model.Conflict, "role.last", "这是最后一位在用的%s，不能停用或收回；请先另行指定一位", h.Role.ZH())
		}
	}
	return nil
}

// holders counts the accounts in use, beside one, that have a role.
func holders(tx *store.Tx, role rbac.Role, beside model.ID) (int, error) {
	roles, err := tx.RoleAssignments(store.Everything(), store.RoleFilter{Role: string(role)})
	if err != nil {
		return 0, err
	}
	var ids []model.ID
	for _, r := range roles {
		if r.AccountID != beside {
			ids = append(ids, r.AccountID)
		}
	}
	accounts, err := tx.AccountsByID(ids)
	n := 0
	for _, a := range accounts {
		if !a.Disabled {
			n++
		}
	}
	return n, err
}

// AccountQuery narrows Accounts; an empty field asks for nothing.
type AccountQuery struct {
	Text          string // part of the login or of the name
	Disabled      *bool
	Limit, Offset int
}

// Listed is an account with its own roles.
type Listed struct {
	model.Account // without the password
	Held          []Held
}

// Accounts lists a page of accounts with their roles by login, and counts all that
// the query lets through. For administrators and security administrators.
// Errors: Forbidden "right.missing".
func (s *Service) Accounts(ctx context.Context, actor Identity, q AccountQuery) (list []Listed, total int64, err error) {
	if err := s.may(actor, rbac.AccountRead); err != nil {
		return nil, 0, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list = nil
		accounts, n, err := tx.Accounts(store.AccountFilter{Text: FoldLogin(q.Text), Disabled: q.Disabled, Limit: q.Limit, Offset: q.Offset})
		if err != nil {
			return err
		}
		total = n
		ids := make([]model.ID, len(accounts))
		for i, a := range accounts {
			ids[i] = a.ID
		}
		held, err := loadHeld(tx, ids)
		for _, a := range accounts {
			a.PasswordHash = ""
			list = append(list, Listed{a, held[a.ID]})
		}
		return err
	})
	return list, total, err
}

// AccountByID gives one account with its roles. For administrators and security
// administrators.
// Errors: Forbidden "right.missing"; NotFound "account.notFound".
func (s *Service) AccountByID(ctx context.Context, actor Identity, id model.ID) (found Listed, err error) {
	if err := s.may(actor, rbac.AccountRead); err != nil {
		return found, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		a, err := tx.Account(id)
		if err != nil {
			return err
		}
		a.PasswordHash = ""
		held, err := loadHeld(tx, []model.ID{id})
		found = Listed{a, held[id]}
		return err
	})
	return found, err
}
