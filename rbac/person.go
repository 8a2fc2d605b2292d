package rbac

// Person is who acts, with what they hold at this moment; deputies (代理审核) hold
// assignments that name the reviewer in whose place they act.
type Person struct {
	Login       string // what events and records know them by
	Assignments []Assignment
}
