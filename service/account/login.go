package account

import (
	"context"
	"errors"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// Credentials are what somebody logs in with, and from where.
type Credentials struct {
	Login     string
	Password  string
	Address   string
	UserAgent string
	// Previous is the token that the request carried, if any: it ends with the login,
	// so that nobody goes on in a session that another person planted.
	Previous string
}

// SignedIn is a session that has just begun. The token is nowhere else.
type SignedIn struct {
	Token      string
	CSRF       string
	ExpiresAt  time.Time // of the session at the latest
	Login      string
	MustChange string // see Identity
}

// Login begins a session. A wrong login and a wrong password give the same answer
// after the same work; wrong passwords in a row lock the account for a time.
// Errors: Unauthenticated "login.wrong", "login.locked" (says until when),
// "login.disabled" (the password was right); Conflict "login.busy".
func (s *Service) Login(ctx context.Context, c Credentials) (*SignedIn, error) {
	c.Login, c.Address, c.UserAgent = cut(FoldLogin(c.Login), maxLogin+1), cut(c.Address, 64), cut(c.UserAgent, 500)
	for {
		signed, err := s.tryLogin(ctx, c)
		if !errors.Is(err, errOutdated) {
			return signed, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// errOutdated: the password changed while it was being compared. Each round that ends
// so saw another one commit, so that rounds end.
var errOutdated = errors.New("password changed meanwhile")

func (s *Service) tryLogin(ctx context.Context, c Credentials) (*SignedIn, error) {
	known, err := s.byLogin(ctx, c.Login)
	if err != nil {
		return nil, err
	}
	if known == nil {
		if _, err := s.hasher.verify(ctx, s.hasher.dummy(), c.Password); err != nil {
			return nil, err
		}
		return nil, s.refuseLogin(ctx, detail{Address: c.Address}, s.wrong())
	}
	if err := s.locked(*known); err != nil {
		return nil, s.refuseLogin(ctx, detail{Account: known.Login, Address: c.Address}, err)
	}
	checked, err := s.check(ctx, *known, c.Password)
	if err != nil {
		return nil, err
	}
	return s.settle(ctx, checked, c)
}

func (s *Service) byLogin(ctx context.Context, login string) (*model.Account, error) {
	var account model.Account
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		account, err = tx.AccountByLogin(login)
		return err
	})
	if model.CodeOf(err) == model.NotFound {
		return nil, nil
	}
	return &account, err
}

// checked is a password compared outside of any transaction, since that takes long.
type checked struct {
	account model.Account // as read before
	right   bool
	anew    string // the password hashed with today's parameters, "" where it is already
}

func (s *Service) check(ctx context.Context, account model.Account, password string) (checked, error) {
	c := checked{account: account}
	var err error
	c.right, err = s.hasher.verify(ctx, account.PasswordHash, password)
	if err == nil && c.right && s.hasher.stale(account.PasswordHash) {
		c.anew, err = s.hasher.hash(ctx, password)
	}
	return c, err
}

// settle draws the consequence of a compared password under the account's lock.
func (s *Service) settle(ctx context.Context, compared checked, c Credentials) (*SignedIn, error) {
	var signed *SignedIn
	var refusal error
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		signed, refusal = nil, nil
		account, err := tx.LockAccount(compared.account.ID)
		if err != nil {
			return err
		}
		if account.PasswordHash != compared.account.PasswordHash {
			return errOutdated
		}
		about := detail{Account: account.Login, Address: c.Address}
		if refusal, err = s.count(tx, &account, compared, about, eventLogin); err != nil || refusal != nil {
			return err
		}
		signed, err = s.begin(tx, account, c)
		if err != nil {
			return err
		}
		return appendEvent(tx, account.Login, eventLogin, "", about)
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return nil, err
	}
	return signed, nil
}

// count keeps the wrong passwords in a row and refuses what must be refused; the
// refusal is committed with its event, so it is not an error of the transaction.
func (s *Service) count(tx *store.Tx, account *model.Account, compared checked, about detail, action string) (refusal, err error) {
	now := s.now()
	if refusal = s.locked(*account); refusal != nil {
		return refusal, refuse(tx, action, about, refusal)
	}
	if account.LockedUntil != nil { // it is over: begin anew
		account.LockedUntil, account.FailedCount = nil, 0
	}
	switch {
	case !compared.right:
		account.FailedCount++
		refusal = s.wrong()
		if account.FailedCount >= s.settings.MaxFailures {
			until := now.Add(s.settings.LockFor)
			account.LockedUntil = &until
			refusal = s.locked(*account)
			lock := about
			lock.Until = &until
			err = appendEvent(tx, anonymous, eventLock, "", lock)
		}
	case account.Disabled:
		return disabled(), refuse(tx, action, about, disabled())
	default:
		account.FailedCount = 0
		if compared.anew != "" {
			account.PasswordHash = compared.anew
		}
		if action == eventLogin {
			account.LastLoginAt = &now
		}
	}
	if err == nil {
		err = tx.SetLogin(account)
	}
	if err != nil || refusal == nil {
		return refusal, err
	}
	return refusal, refuse(tx, action, about, refusal)
}

// begin opens a session; the one that the request carried ends, and what is left of
// the account's earlier ones.
func (s *Service) begin(tx *store.Tx, account model.Account, c Credentials) (*SignedIn, error) {
	now := s.now()
	if previous, ok := hashToken(c.Previous); ok {
		if _, err := tx.EndSession(previous); err != nil {
			return nil, err
		}
	}
	if err := tx.EndStaleSessions(account.ID, now, now.Add(-s.settings.Idle)); err != nil {
		return nil, err
	}
	token := newToken()
	session := model.Session{AccountID: account.ID, CreatedAt: now, LastSeenAt: now,
		ExpiresAt: now.Add(s.settings.Lifetime), Address: c.Address, UserAgent: c.UserAgent}
	session.TokenHash, _ = hashToken(token)
	return &SignedIn{Token: token, CSRF: CSRF(token), ExpiresAt: session.ExpiresAt, Login: account.Login,
		MustChange: s.mustChange(account, now)}, tx.AddSession(&session)
}

// refuseLogin logs an attempt that came to nothing before any transaction.
func (s *Service) refuseLogin(ctx context.Context, about detail, refusal error) error {
	if err := s.store.InTx(ctx, func(tx *store.Tx) error { return refuse(tx, eventLogin, about, refusal) }); err != nil {
		return err
	}
	return refusal
}

func refuse(tx *store.Tx, action string, about detail, refusal error) error {
	var e *model.Error
	errors.As(refusal, &e)
	about.Refused = e.Reason
	return appendEvent(tx, anonymous, action, "", about)
}

func (s *Service) wrong() error {
	return model.Fail(model.Unauthenticated, "login.wrong", "登录名或密码不正确；连续输错 %d 次，账号将锁定 %d 分钟",
		s.settings.MaxFailures, int(s.settings.LockFor.Minutes()))
}

// locked refuses an account while it is locked, nil otherwise. The minute that it
// names is over when the lock is.
func (s *Service) locked(account model.Account) error {
	until, locked := account.Locked(s.now())
	if !locked {
		return nil
	}
	shown := until.Add(time.Minute - 1).Truncate(time.Minute).In(model.Beijing)
	return model.Fail(model.Unauthenticated, "login.locked",
		"密码连续输错 %d 次，账号已锁定到北京时间 %s；请到时再试，或请系统管理员重置密码", s.settings.MaxFailures, shown.Format("2006-01-02 15:04"))
}

func disabled() error {
	return model.Fail(model.Unauthenticated, "login.disabled", "账号已停用，请联系系统管理员")
}

// cut shortens what a request says of itself to what is kept, in whole characters.
func cut(text string, length int) string {
	runes := []rune(text)
	if len(runes) > length {
		runes = runes[:length]
	}
	return string(runes)
}
