package rbac

import (
	"slices"
	"strings"

	"biaochi/model"
)

// Role is what somebody is in a unit, or in the installation.
type Role string

// The roles that are given to people.
const (
	Preparer  Role = "preparer"  // 经办人
	Reviewer  Role = "reviewer"  // 审核人
	Publisher Role = "publisher" // 公开发布人
	Admin     Role = "admin"     // 系统管理员
	Security  Role = "security"  // 安全管理员
	Auditor   Role = "auditor"   // 审计员
)

// The roles that follow from where a reviewer sits. Nobody is given one: an
// assignment of Reviewer brings them along, beside Reviewer itself.
const (
	DepartmentReviewer Role = "departmentReviewer" // 主管部门审核人
	FinanceReviewer    Role = "financeReviewer"    // 财政审核人
	Leader             Role = "leader"             // 牵头审核人: at the root or in the leading office (预算股)
)

// Lists of roles, in the order in which people read them.
var (
	Assignable = []Role{Preparer, Reviewer, Publisher, Admin, Security, Auditor}
	Derived    = []Role{DepartmentReviewer, FinanceReviewer, Leader}
	Roles      = slices.Concat(Assignable, Derived)
)

var roleNames = map[Role]string{
	Preparer: "经办人", Reviewer: "审核人", Publisher: "公开发布人",
	Admin: "系统管理员", Security: "安全管理员", Auditor: "审计员",
	DepartmentReviewer: "主管部门审核人", FinanceReviewer: "财政审核人", Leader: "牵头审核人",
}

// ZH gives the role's Chinese name.
func (r Role) ZH() string {
	if name, ok := roleNames[r]; ok {
		return name
	}
	return string(r)
}

// Installation tells whether the role is one of the three separate duties
// (三员分立), which belong to the installation and not to a unit.
func (r Role) Installation() bool { return r == Admin || r == Security || r == Auditor }

// Separate refuses a set of roles that one person must not have together: each of
// 系统管理员, 安全管理员 and 审计员 stands alone (三员分立, GB/T 22239-2019). Call it with
// all the roles somebody would have after a change, in all units.
// Errors: Conflict "role.separation".
func Separate(roles []Role) error {
	var held []Role
	for _, r := range Roles {
		if slices.Contains(roles, r) {
			held = append(held, r)
		}
	}
	if len(held) < 2 || !slices.ContainsFunc(held, Role.Installation) {
		return nil
	}
	return model.Fail(model.Conflict, "role.separation",
		"系统管理员、安全管理员、审计员三员分立，不能与其他角色由同一人担任（%s）；请另设账号或先收回其一", roleList(held))
}

func roleList(roles []Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.ZH()
	}
	return strings.Join(names, "、")
}
