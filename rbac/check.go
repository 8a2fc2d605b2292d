package rbac

import "biaochi/model"

// Check is Decide as an error: nil where the action is allowed.
// Errors: Forbidden "right.missing" with the sentence of Decide.
func (e *Enforcer) Check(assignments []Assignment, action Action, unitPath string) error {
	if d := e.Decide(assignments, action, unitPath); !d.Allowed {
		return model.Fail(model.Forbidden, "right.missing", "%s", d.Why)
	}
	return nil
}
