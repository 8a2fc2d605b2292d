package account

import (
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Service is the use cases around accounts, over one store. It is safe for
// concurrent use.
type Service struct {
	store    *store.Store
	enforcer *rbac.Enforcer
	now      func() time.Time
	settings Settings
	hasher   *hasher
	people   people
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, enforcer *rbac.Enforcer, now func() time.Time, settings Settings) *Service {
	settings = settings.orDefaults()
	return &Service{
		store: s, enforcer: enforcer, settings: settings, hasher: newHasher(settings.Hash),
		now:    func() time.Time { return now().UTC().Truncate(time.Millisecond) },
		people: people{byID: map[model.ID]person{}},
	}
}

// Settings are those in force, defaults filled in.
func (s *Service) Settings() Settings { return s.settings }

// At is where a role is or a right is asked for: a unit, the root of a region, or
// for the zero value the installation.
type At struct {
	UnitID     model.ID
	RegionCode string // counts where no unit is named
}

// Held is a role that somebody has at a place, with what people read.
type Held struct {
	rbac.Assignment
	ID       model.ID // of the assignment; for a deputy that of the reviewer
	At       At
	UnitCode string
	UnitName string
	// Principal is the reviewer in whose place a deputy acts, "" in one's own right;
	// Assignment.DeputyFor is the login.
	Principal string
	Until     time.Time // end of a deputy's time
}

// Identity is who makes a request, with what they may do at this moment.
type Identity struct {
	Account model.Account // without the password
	Session model.Session // without the token's hash
	// Held are the roles, own ones first, then those of a deputy. Empty while the
	// password must be changed: such a session can do nothing else.
	Held []Held
	// MustChange says why the password must be changed first; "" where it need not.
	MustChange string
	operator   string
}

// Operator is whoever runs the program on the machine itself, by a name such as
// "cli:root@host": who can open the database needs no right from it. For the command
// line alone.
func Operator(name string) Identity { return Identity{operator: name} }

// Actor is the name that the log and the records know the person by: the login.
func (id Identity) Actor() string {
	if id.operator != "" {
		return id.operator
	}
	return id.Account.Login
}

// Assignments are what rbac decides on.
func (id Identity) Assignments() []rbac.Assignment {
	assignments := make([]rbac.Assignment, len(id.Held))
	for i, h := range id.Held {
		assignments[i] = h.Assignment
	}
	return assignments
}

// Ready refuses a session whose password must be changed first. Call it before
// everything but showing the session, changing the password and logging out.
// Errors: Forbidden "password.mustChange".
func (id Identity) Ready() error {
	if id.MustChange == "" {
		return nil
	}
	return model.Fail(model.Forbidden, "password.mustChange", "%s，请先修改密码再继续", id.MustChange)
}

// may refuses an actor without the right to an action of the installation.
// Errors: Forbidden "right.missing" with the sentence of rbac.
func (s *Service) may(actor Identity, action rbac.Action) error {
	if actor.operator != "" {
		return nil
	}
	if err := actor.Ready(); err != nil {
		return err
	}
	return s.enforcer.CheckAnywhere(actor.Assignments(), action)
}
