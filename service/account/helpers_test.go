package account

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
)

// cheap are the costs of a hash in tests.
var cheap = HashParams{MemoryKiB: 64, Passes: 1, Lanes: 1}

// clock is a time that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// env is an installation with its first administrator, a security administrator, and
// departments 701 (with units 701001 and 701002) and 702, and the units YW and JX.
type env struct {
	*Service
	t               *testing.T
	clock           *clock
	units           map[string]model.ID
	admin, security Identity
}

const goodPassword = "Tk7-lamp-Grove"

func eachEnv(t *testing.T, test func(t *testing.T, e *env)) {
	t.Helper()
	storetest.EachEngine(t, func(t *testing.T, url string) {
		e := empty(t, url)
		e.addUnits("701", "701/701001", "701/701002", "702", "YW", "JX")
		first, err := e.EnsureFirstAdmin(t.Context(), Operator("cli:test"))
		e.ok(err)
		e.admin = e.enter(first.Login, first.Password)
		security, password := e.create("sec")
		_, err = e.Grant(t.Context(), e.admin, security.ID, rbac.Security, At{}, "首任")
		e.ok(err)
		e.security = e.enter("sec", password)
		test(t, e)
	})
}

func empty(t *testing.T, url string) *env {
	t.Helper()
	c := &clock{at: time.Date(2023, 3, 1, 1, 0, 0, 0, time.UTC)} // nine in the morning in Beijing
	s, err := store.Open(t.Context(), url, store.Options{Now: c.now, Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &env{Service: instance(t, s, c), t: t, clock: c, units: map[string]model.ID{}}
}

// instance is a server on a store; several share one database.
func instance(t *testing.T, s *store.Store, c *clock) *Service {
	t.Helper()
	enforcer, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	service := NewService(s, enforcer, c.now, Settings{Hash: cheap})
	service.hasher.gate = make(chan struct{}, 50) // let them all through at once
	return service
}

func (e *env) addUnits(paths ...string) {
	e.t.Helper()
	e.ok(e.store.InTx(e.t.Context(), func(tx *store.Tx) error {
		for _, path := range paths {
			parts := strings.Split(path, "/")
			unit := &model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: parts[len(parts)-1], Name: "单位" + path,
				Path: model.RegionPath(model.DefaultRegionCode) + path + "/"}
			if err := tx.AddUnit(unit); err != nil {
				return err
			}
			e.units[unit.Code] = unit.ID
		}
		return nil
	}))
}

func (e *env) ok(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// fails checks code and reason of an error and that people can read it.
func (e *env) fails(err error, code model.Code, reason string) *model.Error {
	e.t.Helper()
	var known *model.Error
	if !errors.As(err, &known) || known.Code != code || known.Reason != reason || known.Message == "" {
		e.t.Fatalf("got %v (%s), want %s %s", err, model.CodeOf(err), code, reason)
	}
	return known
}

func (e *env) create(login string) (model.Account, string) {
	e.t.Helper()
	account, password, err := e.CreateAccount(e.t.Context(), e.admin, login, Profile{Name: "姓名" + login})
	e.ok(err)
	return account, password
}

func (e *env) login(login, password string) (*SignedIn, error) {
	return e.Login(e.t.Context(), Credentials{Login: login, Password: password, Address: "10.0.0.7", UserAgent: "test"})
}

// enter logs in for the first time and sets the good password.
func (e *env) enter(login, password string) Identity {
	e.t.Helper()
	return e.who(e.enterToken(login, password))
}

func (e *env) enterToken(login, password string) string {
	e.t.Helper()
	first, err := e.login(login, password)
	e.ok(err)
	signed, err := e.ChangePassword(e.t.Context(), PasswordChange{Token: first.Token, Old: password, New: goodPassword})
	e.ok(err)
	return signed.Token
}

func (e *env) who(token string) Identity {
	e.t.Helper()
	id, err := e.Authenticate(e.t.Context(), token)
	e.ok(err)
	return id
}

func (e *env) grant(account model.ID, role rbac.Role, at At) model.ID {
	e.t.Helper()
	id, err := e.Grant(e.t.Context(), e.security, account, role, at, "工作需要")
	e.ok(err)
	return id
}

// person makes somebody with a role, and gives the token of a session.
func (e *env) person(login string, role rbac.Role, at At) (model.Account, string) {
	e.t.Helper()
	account, password := e.create(login)
	if role != "" {
		e.grant(account.ID, role, at)
	}
	return account, e.enterToken(login, password)
}

func (e *env) unit(code string) At { return At{UnitID: e.units[code]} }

var bureau = At{RegionCode: model.DefaultRegionCode}

// can tells whether somebody may do an action at a path.
func (e *env) can(id Identity, action rbac.Action, path string) bool {
	return e.enforcer.Decide(id.Assignments(), action, path).Allowed
}

// events lists the log as "actor action account refused", of one action where named.
func (e *env) events(action string) (list []string) {
	e.t.Helper()
	e.ok(e.store.Read(context.Background(), func(tx *store.Tx) error {
		events, err := tx.Events(store.Everything(), store.EventFilter{})
		for _, event := range events {
			var d detail
			if err := json.Unmarshal([]byte(event.Detail), &d); err != nil {
				return err
			}
			if action == "" || event.Action == action {
				list = append(list, strings.TrimSpace(strings.Join([]string{event.Actor, event.Action, d.Account, d.Refused}, " ")))
			}
		}
		return err
	}))
	return list
}

const root = "000000000/"
