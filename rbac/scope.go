package rbac

import (
	"slices"
	"strings"

	"biaochi/model"
)

// Place is what kind of unit an assignment is in.
type Place string

// The kinds of place.
const (
	Root       Place = "root"       // 财政部门
	Office     Place = "office"     // 股室 of the bureau
	Department Place = "department" // 主管部门
	Unit       Place = "unit"       // 所属单位
)

var placeNames = map[Place]string{Root: "财政部门", Office: "股室", Department: "主管部门", Unit: "单位"}

// Assignment is a role that a person has in a unit. The three separate duties are
// in the installation and name no unit.
type Assignment struct {
	Role     Role
	Place    Place
	UnitPath string // "000000000/701/701001/"; a region's root is "000000000/"
	// Office is the duty of a bureau's office as steps of a chain name it
	// ("business" 业务股, "performance" 绩效股); "" where one office does them all.
	Office string
	// Departments are the paths of the departments assigned to an office. The
	// region's root among them means the bureau's own records, not the region.
	Departments []string
	// Leads marks the leading office (预算股).
	Leads bool
	// DeputyFor is the account of the reviewer in whose place the person acts for
	// a time; "" in their own right.
	DeputyFor string
}

// grant is a role with the paths it reaches; an assignment is one or more.
type grant struct {
	role  Role
	reach Reach
}

// grants unfolds an assignment: a reviewer's seat brings derived roles along. The
// leading office reviews the departments assigned to it, and leads the region.
func (a Assignment) grants() []grant {
	if a.Check() != nil {
		return nil
	}
	own := grant{a.Role, a.reaches()}
	if a.Role != Reviewer {
		return []grant{own}
	}
	switch a.Place {
	case Root:
		return []grant{own, {FinanceReviewer, own.reach}, {Leader, a.region()}}
	case Office:
		if a.Leads {
			return []grant{own, {FinanceReviewer, own.reach}, {Leader, a.region()}}
		}
		return []grant{own, {FinanceReviewer, own.reach}}
	case Department:
		return []grant{own, {DepartmentReviewer, own.reach}}
	}
	return []grant{own}
}

// Roles gives the assignment's role and those that its seat brings along.
func (a Assignment) Roles() []Role {
	var roles []Role
	for _, g := range a.grants() {
		roles = append(roles, g.role)
	}
	return roles
}

// Covers tells whether the assigned role reaches the unit with the path: a
// preparer's own unit alone; a reviewer's and a publisher's unit and all below; a
// finance office's the departments assigned to it with their units; the separate
// duties' everything. What a leader adds for the region is not counted here: it
// gives no right to review. Source: spec of the domain, "People".
func (a Assignment) Covers(path string) bool { return a.Reach().Covers(path) }

// Reach gives what Covers covers, as paths.
func (a Assignment) Reach() Reach {
	if a.Check() != nil {
		return Reach{}
	}
	return a.reaches()
}

func (a Assignment) reaches() (r Reach) {
	switch {
	case a.Role.Installation():
		r.Everywhere = true
	case a.Role == Preparer:
		r.Exactly = []string{a.UnitPath}
	case a.Place != Office:
		r.Below = []string{a.UnitPath}
	default:
		for _, d := range a.Departments {
			if d == RegionOf(d) {
				r.Exactly = append(r.Exactly, d) // the bureau's own records, not the region
			} else {
				r.Below = append(r.Below, d)
			}
		}
	}
	return r
}

func (a Assignment) region() Reach { return Reach{Below: []string{RegionOf(a.UnitPath)}} }

// RegionOf gives the root path of the region that a path lies in: its first part.
func RegionOf(path string) string {
	region, _, found := strings.Cut(path, "/")
	if !found || region == "" {
		return ""
	}
	return model.RegionPath(region)
}

// Check refuses an assignment that can't be: a role that nobody is given, a seat
// that doesn't fit its path, a duty of the installation tied to a unit, a deputy
// for anything but a reviewer. What Check refuses gives no right at all.
// Errors: Invalid "assignment.*".
func (a Assignment) Check() error {
	switch {
	case !slices.Contains(Assignable, a.Role):
		return model.Fail(model.Invalid, "assignment.role", "角色“%s”不能分配；请从经办人、审核人、公开发布人、系统管理员、安全管理员、审计员中选择", a.Role.ZH())
	case a.DeputyFor != "" && a.Role != Reviewer:
		return model.Fail(model.Invalid, "assignment.deputy", "只有审核人可以由他人代理，%s不可以", a.Role.ZH())
	case a.Role.Installation():
		return a.checkInstallation()
	case !a.fits():
		return model.Fail(model.Invalid, "assignment.place", "单位路径“%s”与“%s”不符；请选择对应的单位", a.UnitPath, placeNames[a.Place])
	case a.Place == Office && a.Role != Reviewer:
		return model.Fail(model.Invalid, "assignment.office", "股室没有预算，只能分配审核人，不能分配%s", a.Role.ZH())
	case a.Place != Office && (a.Leads || a.Office != "" || len(a.Departments) > 0):
		return model.Fail(model.Invalid, "assignment.departments", "只有股室可以分管部门或牵头，%s不可以", placeNames[a.Place])
	}
	return a.checkDepartments()
}

func (a Assignment) checkInstallation() error {
	if a.UnitPath != "" || a.Place != "" || a.Office != "" || a.Leads || len(a.Departments) > 0 {
		return model.Fail(model.Invalid, "assignment.installation", "%s属于整个系统，不能绑定到单位；请去掉单位", a.Role.ZH())
	}
	return nil
}

func (a Assignment) checkDepartments() error {
	for _, department := range a.Departments {
		if d := depth(department); d < 0 || d > 1 || RegionOf(department) != RegionOf(a.UnitPath) {
			return model.Fail(model.Invalid, "assignment.departments", "“%s”不是本地区的主管部门，不能由股室分管", department)
		}
	}
	return nil
}

// fits tells whether the path has the depth that the place asks for.
func (a Assignment) fits() bool {
	switch a.Place {
	case Root:
		return depth(a.UnitPath) == 0
	case Office, Department:
		return depth(a.UnitPath) == 1
	case Unit:
		return depth(a.UnitPath) > 1
	}
	return false
}

// depth counts the codes below the region; -1 for what is not a path.
func depth(path string) int {
	if RegionOf(path) == "" || !strings.HasSuffix(path, "/") || strings.Contains(path, "//") {
		return -1
	}
	return strings.Count(path, "/") - 1
}
