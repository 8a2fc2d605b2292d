package rbac

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/casbin/casbin/v2"
	casbinmodel "github.com/casbin/casbin/v2/model"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// Enforcer answers which role may do which action. It asks casbin once for every
// pair at start: the policy can't change while the program runs, so the answers
// can't either, and no cache can outlive a revoked right.
type Enforcer struct {
	allowed map[pair]bool
}

type pair struct {
	role   Role
	action string
}

// New reads the embedded model and policy. An error is a fault of the program: a
// line that names an unknown role or an undeclared action, or casbin's refusal.
// Asking casbin takes a tenth of a second, so it happens once a process.
func New() (*Enforcer, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Enforcer, error) { return load(modelText, policyText) })

func load(model, policy string) (*Enforcer, error) {
	m, err := casbinmodel.NewModelFromString(model)
	if err != nil {
		return nil, fmt.Errorf("rbac model: %w", err)
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("rbac model: %w", err)
	}
	if err := addPolicy(e, policy); err != nil {
		return nil, err
	}
	return decideAll(e)
}

// addPolicy reads the lines itself: casbin's text adapter skips what it can't read.
func addPolicy(e *casbin.Enforcer, policy string) error {
	lines := csv.NewReader(strings.NewReader(policy))
	lines.Comment, lines.TrimLeadingSpace, lines.FieldsPerRecord = '#', true, 3
	for {
		line, err := lines.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("rbac policy: %w", err)
		}
		if err := checkLine(line); err != nil {
			return err
		}
		added, err := e.AddPolicy(line[1], line[2])
		if err != nil || !added {
			return fmt.Errorf("rbac policy: %v is there twice or refused: %v", line, err)
		}
	}
}

func checkLine(line []string) error {
	_, role := roleNames[Role(line[1])]
	_, action := declared[line[2]]
	if line[0] != "p" || !role || !action {
		return fmt.Errorf("rbac policy: %v names an unknown role or an undeclared action", line)
	}
	return nil
}

func decideAll(e *casbin.Enforcer) (*Enforcer, error) {
	answers := &Enforcer{allowed: map[pair]bool{}}
	for _, role := range Roles {
		for _, action := range Actions {
			ok, err := e.Enforce(string(role), action.Name)
			if err != nil {
				return nil, fmt.Errorf("rbac: %s %s: %w", role, action.Name, err)
			}
			answers.allowed[pair{role, action.Name}] = ok
		}
	}
	return answers, nil
}

// declared finds an action by its name.
var declared = func() map[string]Action {
	byName := make(map[string]Action, len(Actions))
	for _, a := range Actions {
		byName[a.Name] = a
	}
	return byName
}()

// ActionByName finds a declared action; Public and Self are not among them.
func ActionByName(name string) (Action, bool) {
	a, ok := declared[name]
	return a, ok
}

// May tells whether the policy gives the action to the role; false for whatever is
// not declared. Public and Self need no role and are true for all.
func (e *Enforcer) May(role Role, action Action) bool {
	if action.Name == Public.Name || action.Name == Self.Name {
		return true
	}
	return e.allowed[pair{role, action.Name}]
}

// RolesFor lists the roles that have the action, derived ones included.
func (e *Enforcer) RolesFor(action Action) []Role {
	var roles []Role
	for _, r := range Roles {
		if e.May(r, action) {
			roles = append(roles, r)
		}
	}
	return roles
}
