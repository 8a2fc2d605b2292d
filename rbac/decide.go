package rbac

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// Decision says whether a person may do an action at a unit, and why (not).
type Decision struct {
	Allowed bool
	By      *Assignment // the assignment that allows it; nil where none does or none is needed
	Why     string      // one Chinese sentence
}

// Decide tells whether somebody with these assignments may do the action at the
// unit with the path; for what belongs to a region the path is the region's root,
// for what belongs to the installation it is empty. It knows nothing of a record's
// state: the workflow decides after it. Deny by default: an undeclared action, an
// empty path, an assignment that can't be, duties that must be separate (三员分立).
func (e *Enforcer) Decide(assignments []Assignment, action Action, unitPath string) Decision {
	switch {
	case action.Name == Public.Name:
		return Decision{Allowed: true, Why: "可以：公开内容，无需登录"}
	case action.Name == Self.Name:
		return Decision{Allowed: true, Why: "可以：本人事务，登录即可"}
	}
	if _, ok := declared[action.Name]; !ok {
		return refuse("不可以：系统没有“%s”这项操作", action.Name)
	}
	if err := Separate(rolesOf(assignments)); err != nil {
		return refuse("不可以：%s", model.MessageOf(err))
	}
	for i := range assignments {
		if role, ok := e.allows(assignments[i], action, unitPath); ok {
			return Decision{Allowed: true, By: &assignments[i], Why: because(assignments[i], role, action)}
		}
	}
	return refuse("%s", e.whyNot(assignments, action, unitPath))
}

// Anywhere tells whether somebody has the action in any place at all. It serves
// lists and menus, whose rows are scoped by themselves; it never replaces Decide
// for one record.
func (e *Enforcer) Anywhere(assignments []Assignment, action Action) Decision {
	for i := range assignments {
		for _, path := range seats(assignments[i]) {
			if d := e.Decide(assignments, action, path); d.Allowed {
				return d
			}
		}
	}
	return e.Decide(assignments, action, "")
}

// Seat is a role that reaches a unit, with where it comes from.
type Seat struct {
	Role      Role
	Place     Place
	UnitPath  string
	Office    string
	DeputyFor string
}

// Holding gives the seats that reach the unit, derived roles among them: what the
// workflow asks to know of an actor. None where duties that must be separate are
// held together.
func Holding(assignments []Assignment, unitPath string) []Seat {
	if Separate(rolesOf(assignments)) != nil {
		return nil
	}
	var held []Seat
	for _, a := range assignments {
		for _, g := range a.grants() {
			if g.reach.Covers(unitPath) {
				held = append(held, Seat{g.role, a.Place, a.UnitPath, a.Office, a.DeputyFor})
			}
		}
	}
	return held
}

// allows finds the role by which one assignment allows the action.
func (e *Enforcer) allows(a Assignment, action Action, path string) (Role, bool) {
	if a.DeputyFor != "" && action.Name == DeputyName.Name {
		return "", false // a deputy does not name another
	}
	for _, g := range a.grants() {
		if e.May(g.role, action) && (g.reach.Covers(path) || action.Regional && a.region().Covers(path)) {
			return g.role, true
		}
	}
	return "", false
}

// seats are the paths at which an assignment acts.
func seats(a Assignment) []string {
	return append([]string{a.UnitPath, RegionOf(a.UnitPath)}, a.Departments...)
}

func rolesOf(assignments []Assignment) []Role {
	roles := make([]Role, len(assignments))
	for i, a := range assignments {
		roles[i] = a.Role
	}
	return roles
}

func refuse(format string, args ...any) Decision {
	return Decision{Why: fmt.Sprintf(format, args...)}
}

func because(a Assignment, role Role, action Action) string {
	if a.Role.Installation() {
		return fmt.Sprintf("可以：%s有“%s”的权限", role.ZH(), action.ZH)
	}
	deputy := ""
	if a.DeputyFor != "" {
		deputy = "，代理 " + a.DeputyFor
	}
	return fmt.Sprintf("可以：%s的%s%s，有“%s”的权限", a.where(), role.ZH(), deputy, action.ZH)
}

// whyNot finds the reason nearest to a right: the action is theirs but not here,
// else no role of theirs has it.
func (e *Enforcer) whyNot(assignments []Assignment, action Action, path string) string {
	if len(assignments) == 0 {
		return fmt.Sprintf("不可以：没有任何角色；“%s”需要%s，请联系安全管理员分配", action.ZH, roleList(e.RolesFor(action)))
	}
	var reach []string
	for _, a := range assignments {
		for _, g := range a.grants() {
			if e.May(g.role, action) {
				reach = append(reach, fmt.Sprintf("%s的%s%s", a.where(), g.role.ZH(), a.reach(g.role)))
				break
			}
		}
	}
	if len(reach) == 0 {
		return fmt.Sprintf("不可以：现有角色（%s）没有“%s”的权限，需要%s", heldRoles(assignments), action.ZH, roleList(e.RolesFor(action)))
	}
	if path == "" {
		return fmt.Sprintf("不可以：“%s”须指明单位", action.ZH)
	}
	if onlyDeputy(assignments) && action.Name == DeputyName.Name {
		return "不可以：代理审核人不能再指定代理人，须由本人指定"
	}
	return fmt.Sprintf("不可以：作为%s，管不到单位 %s", strings.Join(reach, "；作为"), codeOf(path))
}

func onlyDeputy(assignments []Assignment) bool {
	for _, a := range assignments {
		if a.Role == Reviewer && a.DeputyFor == "" {
			return false
		}
	}
	return true
}

func heldRoles(assignments []Assignment) string {
	var roles []Role
	seen := map[Role]bool{}
	for _, a := range assignments {
		for _, r := range append([]Role{a.Role}, a.Roles()...) {
			if !seen[r] {
				seen[r], roles = true, append(roles, r)
			}
		}
	}
	return roleList(roles)
}

// where names the unit of an assignment: 单位 701001.
func (a Assignment) where() string {
	if a.Place == Root {
		return placeNames[Root]
	}
	return placeNames[a.Place] + " " + codeOf(a.UnitPath)
}

// reach says how far a role goes, for the sentence of a refusal.
func (a Assignment) reach(role Role) string {
	switch {
	case role == Preparer:
		return "（只管本单位）"
	case role == Leader:
		return "（只管本地区）"
	case a.Place == Office && len(a.Departments) == 0:
		return "（尚未分管任何部门）"
	case a.Place == Office:
		codes := make([]string, len(a.Departments))
		for i, path := range a.Departments {
			codes[i] = codeOf(path)
		}
		return "（只管分管部门 " + strings.Join(codes, "、") + "）"
	}
	return "（只管本级及以下）"
}

// codeOf is the last code of a path: that of the unit, or of the region.
func codeOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[strings.LastIndex(path, "/")+1:]
}
