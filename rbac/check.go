package rbac

import "biaochi/model"

// Check is Decide as an error: nil where the action is allowed.
// Errors: Forbidden "right.missing" with the sentence of Decide.
func (e *Enforcer) Check(assignments []Assignment, action Action, unitPath string) error {
	return e.Decide(assignments, action, unitPath).refusal()
}

// CheckAnywhere is Anywhere as an error: nil where the action is allowed somewhere.
// Errors: Forbidden "right.missing" with the sentence of Decide.
func (e *Enforcer) CheckAnywhere(assignments []Assignment, action Action) error {
	return e.Anywhere(assignments, action).refusal()
}

func (d Decision) refusal() error {
	if d.Allowed {
		return nil
	}
	return model.Fail(model.Forbidden, "right.missing", "%s", d.Why)
}

// CheckBelow is Check for a unit and all below it.
// Errors: Forbidden "right.missing" with the sentence of Decide, or with one that
// tells of a right that ends at the unit.
func (e *Enforcer) CheckBelow(assignments []Assignment, action Action, unitPath string) error {
	if err := e.Check(assignments, action, unitPath); err != nil || e.Reach(assignments, action).CoversBelow(unitPath) {
		return err
	}
	return model.Fail(model.Forbidden, "right.missing", "不可以：“%s”的权限只到 %s 本级，不包括其下级单位", action.ZH, codeOf(unitPath))
}
