package account

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

func TestLogin(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, password := e.create("Zhang.San")
		if account.Login != "zhang.san" || account.PasswordHash != "" || !account.MustChange || account.Version != 1 {
			t.Errorf("got %+v", account)
		}
		_, wrong := e.login("zhang.san", "wrong")
		_, nobody := e.login("nobody", "wrong")
		a, b := e.fails(wrong, model.Unauthenticated, "login.wrong"), e.fails(nobody, model.Unauthenticated, "login.wrong")
		if a.Message != b.Message {
			t.Error("the answer tells which logins there are")
		}
		signed, err := e.login(" ＺＨＡＮＧ.San ", password)
		e.ok(err)
		if signed.Login != "zhang.san" || signed.CSRF != CSRF(signed.Token) || !signed.ExpiresAt.Equal(e.clock.now().Add(12*time.Hour)) || signed.MustChange == "" {
			t.Errorf("got %+v", signed)
		}
		id := e.who(signed.Token)
		if id.Account.Name != "姓名Zhang.San" || id.Account.PasswordHash != "" || id.Session.TokenHash != "" || id.Session.Address != "10.0.0.7" || id.Actor() != "zhang.san" {
			t.Errorf("got %+v", id)
		}
		e.ok(e.Logout(t.Context(), signed.Token))
		e.ok(e.Logout(t.Context(), signed.Token))
		e.ok(e.Logout(t.Context(), "nonsense"))
		_, err = e.Authenticate(t.Context(), signed.Token)
		e.fails(err, model.Unauthenticated, "session.ended")
		_, err = e.Authenticate(t.Context(), "nonsense")
		e.fails(err, model.Unauthenticated, "session.missing")
		want := []string{"admin account.login admin", "sec account.login sec", "anonymous account.login zhang.san login.wrong",
			"anonymous account.login  login.wrong", "zhang.san account.login zhang.san"}
		if got := e.events(eventLogin); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if got := e.events(eventLogout); !slices.Equal(got, []string{"zhang.san account.logout zhang.san"}) {
			t.Errorf("got %q", got)
		}
	})
}

func TestLockOut(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		e.person("li", "", At{})
		for range 4 {
			_, err := e.login("li", "wrong")
			e.fails(err, model.Unauthenticated, "login.wrong")
		}
		_, err := e.login("li", goodPassword) // a right one begins the count anew
		e.ok(err)
		for range 4 {
			_, err := e.login("li", "wrong")
			e.fails(err, model.Unauthenticated, "login.wrong")
		}
		e.clock.advance(90 * time.Second)
		_, err = e.login("li", "wrong")
		if m := e.fails(err, model.Unauthenticated, "login.locked").Message; !strings.Contains(m, "北京时间 2023-03-01 09:17") {
			t.Errorf("got %s", m) // 09:16:30, said so that it is true
		}
		e.clock.advance(15*time.Minute - time.Millisecond)
		_, err = e.login("li", goodPassword)
		e.fails(err, model.Unauthenticated, "login.locked")
		e.clock.advance(time.Millisecond)
		_, err = e.login("li", "wrong") // the first of a new row
		e.fails(err, model.Unauthenticated, "login.wrong")
		_, err = e.login("li", goodPassword)
		e.ok(err)
		if got := e.events(eventLock); !slices.Equal(got, []string{"anonymous account.lock li"}) {
			t.Errorf("got %q", got)
		}
	})
}

// TestParallelWrongLogins sees that no wrong password is lost and the lock comes once.
func TestParallelWrongLogins(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		e.person("wang", "", At{})
		other := instance(t, e.store, e.clock) // another server on the same database
		before := len(e.events(eventLogin))
		var wg sync.WaitGroup
		errs := make([]error, 50)
		for i := range errs {
			wg.Go(func() {
				s := e.Service
				if i%2 == 1 {
					s = other
				}
				_, errs[i] = s.Login(t.Context(), Credentials{Login: "wang", Password: "wrong"})
			})
		}
		wg.Wait()
		counts := map[string]int{}
		for _, err := range errs {
			var known *model.Error
			if !errors.As(err, &known) {
				t.Fatalf("got %v", err)
			}
			counts[known.Reason]++
		}
		if counts["login.wrong"] != 4 || counts["login.locked"] != 46 {
			t.Errorf("got %v", counts)
		}
		if locks, attempts := len(e.events(eventLock)), len(e.events(eventLogin))-before; locks != 1 || attempts != 50 {
			t.Errorf("%d locks, %d attempts in the log", locks, attempts)
		}
		e.ok(e.store.Read(t.Context(), func(tx *store.Tx) error {
			a, err := tx.AccountByLogin("wang")
			if a.FailedCount != 5 || a.LockedUntil == nil || !a.LockedUntil.Equal(e.clock.now().Add(15*time.Minute)) {
				t.Errorf("got %d, %v", a.FailedCount, a.LockedUntil)
			}
			return err
		}))
	})
}

func TestSessionsEnd(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		_, token := e.person("zhao", "", At{})
		for range 23 { // eleven and a half hours of work
			e.clock.advance(30*time.Minute - time.Millisecond)
			e.who(token)
		}
		e.clock.advance(29 * time.Minute)
		e.who(token)
		e.clock.advance(2 * time.Minute) // twelve hours after the login
		_, err := e.Authenticate(t.Context(), token)
		e.fails(err, model.Unauthenticated, "session.ended")
		signed, err := e.login("zhao", goodPassword)
		e.ok(err)
		e.clock.advance(30 * time.Minute)
		_, err = e.Authenticate(t.Context(), signed.Token)
		if m := e.fails(err, model.Unauthenticated, "session.ended").Message; !strings.Contains(m, "30 分钟") {
			t.Errorf("got %s", m)
		}
	})
}

func TestASessionDoesNotOutliveALogin(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		_, planted := e.person("mallory", "", At{})
		e.person("victim", "", At{})
		signed, err := e.Login(t.Context(), Credentials{Login: "victim", Password: goodPassword, Previous: planted})
		e.ok(err)
		if signed.Token == planted {
			t.Error("the token was not changed")
		}
		_, err = e.Authenticate(t.Context(), planted)
		e.fails(err, model.Unauthenticated, "session.ended")
		if id := e.who(signed.Token); id.Account.Login != "victim" {
			t.Errorf("got %+v", id)
		}
	})
}

func TestFirstLoginCanDoNothingElse(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, password := e.create("chen")
		e.grant(account.ID, rbac.Preparer, e.unit("701001"))
		signed, err := e.login("chen", password)
		e.ok(err)
		id := e.who(signed.Token)
		e.fails(id.Ready(), model.Forbidden, "password.mustChange")
		if len(id.Held) != 0 || e.can(id, rbac.FilingSave, root+"701/701001/") {
			t.Error("a session with a given password has rights")
		}
		change := PasswordChange{Token: signed.Token, Old: password, New: "weak"}
		_, err = e.ChangePassword(t.Context(), change)
		if fields := e.fails(err, model.Invalid, "password.weak").Fields; len(fields) != 2 || fields[0].Path != "$.newPassword" {
			t.Errorf("got %v", fields)
		}
		change.New = password
		_, err = e.ChangePassword(t.Context(), change)
		e.fails(err, model.Invalid, "password.used")
		change.New = goodPassword
		next, err := e.ChangePassword(t.Context(), change)
		e.ok(err)
		_, err = e.Authenticate(t.Context(), signed.Token)
		e.fails(err, model.Unauthenticated, "session.ended")
		id = e.who(next.Token)
		if id.Ready() != nil || !e.can(id, rbac.FilingSave, root+"701/701001/") {
			t.Errorf("got %+v", id)
		}
	})
}

func TestChangePassword(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		_, token := e.person("sun", "", At{})
		elsewhere, err := e.login("sun", goodPassword)
		e.ok(err)
		old := goodPassword
		for i := range 6 {
			next := "Tk7-lamp-Grove" + string(rune('p'+2*i))
			signed, err := e.ChangePassword(t.Context(), PasswordChange{Token: token, Old: old, New: next})
			e.ok(err)
			token, old = signed.Token, next
		}
		_, err = e.Authenticate(t.Context(), elsewhere.Token)
		e.fails(err, model.Unauthenticated, "session.ended")
		for _, used := range []string{old, goodPassword + "x", goodPassword + "p"} {
			_, err = e.ChangePassword(t.Context(), PasswordChange{Token: token, Old: old, New: used})
			e.fails(err, model.Invalid, "password.used")
		}
		signed, err := e.ChangePassword(t.Context(), PasswordChange{Token: token, Old: old, New: goodPassword}) // more than five ago
		e.ok(err)
		for range 4 {
			_, err = e.ChangePassword(t.Context(), PasswordChange{Token: signed.Token, Old: "wrong", New: goodPassword + "2"})
			e.fails(err, model.Unauthenticated, "login.wrong")
		}
		_, err = e.ChangePassword(t.Context(), PasswordChange{Token: signed.Token, Old: "wrong", New: "x"})
		e.fails(err, model.Unauthenticated, "login.locked")
		_, err = e.ChangePassword(t.Context(), PasswordChange{Token: signed.Token, Old: goodPassword, New: goodPassword + "2"})
		e.fails(err, model.Unauthenticated, "login.locked")
		e.clock.advance(89 * 24 * time.Hour)
		signed, err = e.login("sun", goodPassword)
		e.ok(err)
		if signed.MustChange != "" {
			t.Errorf("too early: %s", signed.MustChange)
		}
		e.clock.advance(24 * time.Hour)
		signed, err = e.login("sun", goodPassword)
		e.ok(err)
		if !strings.Contains(signed.MustChange, "90 天") || e.who(signed.Token).Ready() == nil {
			t.Errorf("got %q", signed.MustChange)
		}
	})
}

func TestPasswordsAreHashedAnew(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		e.person("zhou", "", At{})
		e.hasher.params.Passes = 2
		var wg sync.WaitGroup
		for range 4 { // all of them right, whoever comes first
			wg.Go(func() {
				if _, err := e.login("zhou", goodPassword); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		e.ok(e.store.Read(t.Context(), func(tx *store.Tx) error {
			a, err := tx.AccountByLogin("zhou")
			if !strings.Contains(a.PasswordHash, "t=2") {
				t.Errorf("got %s", a.PasswordHash)
			}
			return err
		}))
	})
}

// TestNoSecretIsLogged sees that neither a password nor a token is in the log, nor
// what was typed where the login belongs.
func TestNoSecretIsLogged(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, password := e.create("xu")
		token := e.enterToken("xu", password)
		reset, err := e.ResetPassword(t.Context(), e.admin, account.ID, "忘记密码")
		e.ok(err)
		_, err = e.login("My-Secret-77", "Other-Secret-88")
		e.fails(err, model.Unauthenticated, "login.wrong")
		var text strings.Builder
		e.ok(e.store.Read(t.Context(), func(tx *store.Tx) error {
			events, err := tx.Events(store.Everything(), store.EventFilter{})
			for _, event := range events {
				text.WriteString(strings.ToLower(event.Actor + event.Reason + event.Detail))
			}
			return err
		}))
		for _, secret := range []string{password, token, reset, goodPassword, "My-Secret-77", "Other-Secret-88"} {
			if strings.Contains(text.String(), strings.ToLower(secret)) {
				t.Errorf("%s is in the log", secret)
			}
		}
	})
}
