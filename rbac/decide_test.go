package rbac

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
)

// The tree of the cases: department 701 with units 701001 and 701002, of which
// 701001 has 701001001 below; department 702; offices YS (leading), YW, JX.
const (
	region   = "000000000/"
	dept701  = "000000000/701/"
	unit1    = "000000000/701/701001/"
	below1   = "000000000/701/701001/701001001/"
	unit2    = "000000000/701/701002/"
	dept702  = "000000000/702/"
	unit702  = "000000000/702/702001/"
	dept7010 = "000000000/7010/" // shares digits with 701, nothing else
	abroad   = "111111111/701/"
)

var allPaths = []string{region, dept701, unit1, below1, unit2, dept702, unit702, dept7010, abroad}

var (
	unitPreparer  = Assignment{Role: Preparer, Place: Unit, UnitPath: unit1}
	deptPreparer  = Assignment{Role: Preparer, Place: Department, UnitPath: dept701}
	unitReviewer  = Assignment{Role: Reviewer, Place: Unit, UnitPath: unit1}
	deptReviewer  = Assignment{Role: Reviewer, Place: Department, UnitPath: dept701}
	rootReviewer  = Assignment{Role: Reviewer, Place: Root, UnitPath: region}
	officeYW      = Assignment{Role: Reviewer, Place: Office, UnitPath: "000000000/YW/", Office: "business", Departments: []string{dept701}}
	officeNew     = Assignment{Role: Reviewer, Place: Office, UnitPath: "000000000/XB/"}
	officeYS      = Assignment{Role: Reviewer, Place: Office, UnitPath: "000000000/YS/", Office: "budget", Leads: true, Departments: []string{dept702}}
	officeOwn     = Assignment{Role: Reviewer, Place: Office, UnitPath: "000000000/JX/", Departments: []string{region}}
	unitPublisher = Assignment{Role: Publisher, Place: Unit, UnitPath: unit1}
	deptPublisher = Assignment{Role: Publisher, Place: Department, UnitPath: dept701}
	admin         = Assignment{Role: Admin}
)

func TestCovers(t *testing.T) {
	inRegion := allPaths[:8]
	cases := []struct {
		name string
		a    Assignment
		want []string
	}{
		{"a preparer: the own unit alone", unitPreparer, []string{unit1}},
		{"of a department too", deptPreparer, []string{dept701}},
		{"a reviewer: the unit and all below", unitReviewer, []string{unit1, below1}},
		{"a department's: the subtree", deptReviewer, []string{dept701, unit1, below1, unit2}},
		{"at the root: the region", rootReviewer, inRegion},
		{"an office: its departments with their units", officeYW, []string{dept701, unit1, below1, unit2}},
		{"an office without departments: nothing", officeNew, nil},
		{"the leading office reviews its own departments", officeYS, []string{dept702, unit702}},
		{"the root assigned: the bureau's own records", officeOwn, []string{region}},
		{"a publisher: the unit and below", unitPublisher, []string{unit1, below1}},
		{"a department's publisher: the subtree", deptPublisher, []string{dept701, unit1, below1, unit2}},
		{"the separate duties: everything", admin, allPaths},
		{"nothing assigned: nothing", Assignment{}, nil},
		{"a seat that does not fit its path: nothing", Assignment{Role: Reviewer, Place: Unit, UnitPath: dept701}, nil},
	}
	for _, c := range cases {
		var got []string
		for _, path := range allPaths {
			if c.a.Covers(path) {
				got = append(got, path)
			}
		}
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: covers %v, want %v", c.name, got, c.want)
		}
		if c.a.Role != Admin && c.a.Covers("") {
			t.Errorf("%s: covers the empty path", c.name)
		}
	}
}

func TestDecide(t *testing.T) {
	e := newEnforcer(t)
	deputy := unitReviewer
	deputy.DeputyFor = "zhang"
	cases := []struct {
		name   string
		as     []Assignment
		action Action
		path   string
		want   string // the sentence; its beginning says the verdict
	}{
		{"own unit", []Assignment{unitPreparer}, FilingSubmit, unit1, "可以：单位 701001的经办人，有“提交绩效目标”的权限"},
		{"below", []Assignment{unitPreparer}, FilingSubmit, below1, "不可以：作为单位 701001的经办人（只管本单位），管不到单位 701001001"},
		{"above", []Assignment{unitReviewer}, FilingPass, dept701, "不可以：作为单位 701001的审核人（只管本级及以下），管不到单位 701"},
		{"beside", []Assignment{unitReviewer}, FilingRead, unit2, "不可以：作为单位 701001的审核人（只管本级及以下），管不到单位 701002"},
		{"inherited", []Assignment{deptReviewer}, FilingPass, below1, "可以：主管部门 701的审核人，有“审核通过绩效目标”的权限"},
		{"same digits, other department", []Assignment{deptReviewer}, FilingRead, dept7010, "不可以：作为主管部门 701的审核人（只管本级及以下），管不到单位 7010"},
		{"other region", []Assignment{rootReviewer}, FilingRead, abroad, "不可以：作为财政部门的审核人（只管本级及以下），管不到单位 701"},
		{"office, assigned", []Assignment{officeYW}, FilingBlock, unit1, "可以：股室 YW的财政审核人，有“绩效目标不予安排”的权限"},
		{"office, not assigned", []Assignment{officeYW}, FilingPass, unit702, "不可以：作为股室 YW的审核人（只管分管部门 701），管不到单位 702001"},
		{"office without departments", []Assignment{officeNew}, FilingPass, unit702, "不可以：作为股室 XB的审核人（尚未分管任何部门），管不到单位 702001"},
		{"only finance blocks", []Assignment{deptReviewer}, FilingBlock, unit1, "不可以：现有角色（审核人、主管部门审核人）没有“绩效目标不予安排”的权限，需要财政审核人"},
		{"second role", []Assignment{unitPublisher, unitPreparer}, FilingSave, unit1, "可以：单位 701001的经办人，有“填报绩效目标”的权限"},
		{"no role", nil, FilingSave, unit1, "不可以：没有任何角色；“填报绩效目标”需要经办人，请联系安全管理员分配"},
		{"leader at the root", []Assignment{rootReviewer}, YearOpen, region, "可以：财政部门的牵头审核人，有“开启预算年度”的权限"},
		{"leader in the leading office", []Assignment{officeYS}, ApprovalGive, dept701, "可以：股室 YS的牵头审核人，有“批复部门预算”的权限"},
		{"leading office reads the region", []Assignment{officeYS}, FilingRead, unit1, "可以：股室 YS的牵头审核人，有“查看绩效目标”的权限"},
		{"leading office reviews its own", []Assignment{officeYS}, FilingPass, unit1, "不可以：作为股室 YS的审核人（只管分管部门 702），管不到单位 701001"},
		{"other office leads nothing", []Assignment{officeYW}, YearOpen, region, "不可以：现有角色（审核人、财政审核人）没有“开启预算年度”的权限，需要牵头审核人"},
		{"leader of another region", []Assignment{rootReviewer}, YearSave, "111111111/", "不可以：作为财政部门的牵头审核人（只管本地区），管不到单位 111111111"},
		{"department approves its units", []Assignment{deptReviewer}, ApprovalGiveUnit, unit1, "可以：主管部门 701的主管部门审核人，有“批复所属单位预算”的权限"},
		{"regional", []Assignment{unitPreparer}, CatalogueRead, region, "可以：单位 701001的经办人，有“查看科目目录”的权限"},
		{"regional, elsewhere", []Assignment{unitPreparer}, CatalogueRead, "111111111/", "不可以：作为单位 701001的经办人（只管本单位），管不到单位 111111111"},
		{"no unit named", []Assignment{unitPreparer}, FilingSave, "", "不可以：“填报绩效目标”须指明单位"},
		{"installation", []Assignment{admin}, AccountSave, "", "可以：系统管理员有“维护账号”的权限"},
		{"admin gives no roles", []Assignment{admin}, RoleAssign, "", "不可以：现有角色（系统管理员）没有“分配角色”的权限，需要安全管理员"},
		{"admin reads no filing", []Assignment{admin}, FilingRead, unit1, "不可以：现有角色（系统管理员）没有“查看绩效目标”的权限，需要经办人、审核人、公开发布人、牵头审核人"},
		{"separate duties held together", []Assignment{admin, unitPreparer}, FilingSave, unit1, "不可以：系统管理员、安全管理员、审计员三员分立，不能与其他角色由同一人担任（经办人、系统管理员）；请另设账号或先收回其一"},
		{"undeclared", []Assignment{rootReviewer}, Action{Name: "filing.erase"}, unit1, "不可以：系统没有“filing.erase”这项操作"},
		{"deputy", []Assignment{deputy}, FilingPass, unit1, "可以：单位 701001的审核人，代理 zhang，有“审核通过绩效目标”的权限"},
		{"deputy of a deputy", []Assignment{deputy}, DeputyName, unit1, "不可以：代理审核人不能再指定代理人，须由本人指定"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := e.Decide(c.as, c.action, c.path)
			if d.Why != c.want {
				t.Errorf("why:\n %s\nwant:\n %s", d.Why, c.want)
			}
			if allowed := strings.HasPrefix(c.want, "可以"); d.Allowed != allowed || (d.By != nil) != allowed {
				t.Errorf("allowed %v by %v", d.Allowed, d.By)
			}
		})
	}
}

func TestAnywhere(t *testing.T) {
	e := newEnforcer(t)
	for _, c := range []struct {
		a      Assignment
		action Action
		want   bool
	}{
		{unitPreparer, FilingSave, true}, {unitPreparer, FilingPass, false}, {officeYW, FilingBlock, true},
		{officeNew, FilingPass, false}, {officeYS, YearSave, true}, {admin, UnitSave, true}, {admin, FilingRead, false},
	} {
		if d := e.Anywhere([]Assignment{c.a}, c.action); d.Allowed != c.want {
			t.Errorf("%s of %s: %v (%s)", c.action.Name, c.a.where(), d.Allowed, d.Why)
		}
	}
}

func TestHolding(t *testing.T) {
	cases := []struct {
		name string
		as   []Assignment
		path string
		want []Role
	}{
		{"seats at the unit and above", []Assignment{unitPreparer, deptReviewer, officeYW}, unit1,
			[]Role{Preparer, Reviewer, DepartmentReviewer, Reviewer, FinanceReviewer}},
		{"the leading office only leads where it is not assigned", []Assignment{officeYS}, unit1, []Role{Leader}},
		{"another department", []Assignment{unitPreparer, deptReviewer, officeYW}, unit702, nil},
		{"separate duties held together", []Assignment{admin, deptReviewer}, unit1, nil},
	}
	for _, c := range cases {
		var got []Role
		for _, seat := range Holding(c.as, c.path) {
			got = append(got, seat.Role)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: holds %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSeparate(t *testing.T) {
	for _, roles := range [][]Role{{Admin, Security}, {Security, Auditor}, {Admin, Auditor}, {Admin, Preparer}, {Auditor, Reviewer}, {Publisher, Security}} {
		if err := Separate(roles); model.CodeOf(err) != model.Conflict {
			t.Errorf("%v: %v", roles, err)
		}
	}
	for _, roles := range [][]Role{nil, {Admin}, {Admin, Admin}, {Preparer, Reviewer, Publisher}} {
		if err := Separate(roles); err != nil {
			t.Errorf("%v: %v", roles, err)
		}
	}
}

func TestCheckAssignment(t *testing.T) {
	for _, a := range []Assignment{unitPreparer, deptPreparer, rootReviewer, officeYW, officeNew, officeYS, officeOwn, deptPublisher, admin} {
		if err := a.Check(); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
	for reason, a := range map[string]Assignment{
		"assignment.role":         {Role: Leader, Place: Root, UnitPath: region},
		"assignment.installation": {Role: Auditor, Place: Unit, UnitPath: unit1},
		"assignment.place":        {Role: Preparer, Place: Department, UnitPath: unit1},
		"assignment.office":       {Role: Preparer, Place: Office, UnitPath: "000000000/YW/"},
		"assignment.departments":  {Role: Reviewer, Place: Office, UnitPath: "000000000/YW/", Departments: []string{unit1}},
		"assignment.deputy":       {Role: Preparer, Place: Unit, UnitPath: unit1, DeputyFor: "zhang"},
	} {
		err, ok := a.Check().(*model.Error)
		if !ok || err.Reason != reason || err.Code != model.Invalid {
			t.Errorf("%+v: %v, want %s", a, err, reason)
		}
	}
	bad := []Assignment{
		{Role: Reviewer, Place: Root, UnitPath: ""}, {Role: Reviewer, Place: Unit, UnitPath: "701/"},
		{Role: Reviewer, Place: Department, UnitPath: "000000000/701"}, {Role: Reviewer, Place: Unit, UnitPath: "000000000//701001/"},
		{Role: Reviewer, Place: Department, UnitPath: dept701, Leads: true},
		{Role: Reviewer, Place: Office, UnitPath: "000000000/YW/", Departments: []string{abroad}},
		{Role: Reviewer, Place: Office, UnitPath: "000000000/YW/", Departments: []string{""}},
	}
	for _, a := range bad {
		if a.Check() == nil {
			t.Errorf("%+v was taken", a)
		}
	}
}

// What Reach covers is what Decide allows, everywhere and for every action.
func TestReachIsDecide(t *testing.T) {
	e := newEnforcer(t)
	deputy := deptReviewer
	deputy.DeputyFor = "somebody"
	for _, held := range [][]Assignment{
		nil, {unitPreparer}, {deptPreparer}, {unitReviewer}, {deptReviewer}, {rootReviewer}, {officeYW}, {officeNew}, {officeYS},
		{officeOwn}, {unitPublisher}, {deptPublisher}, {admin}, {deputy}, {unitPreparer, deptReviewer}, {admin, unitPreparer},
	} {
		for _, action := range append([]Action{{Name: "no.such"}}, Actions...) {
			reach := e.Reach(held, action)
			for _, path := range append([]string{""}, allPaths...) {
				if got, want := reach.Covers(path), e.Decide(held, action, path).Allowed; got != want {
					t.Errorf("%+v %s at %q: reach %v, decision %v", held, action.Name, path, got, want)
				}
				const below = "~/" // of any unit: no code holds a tilde
				got := e.CheckBelow(held, action, path) == nil
				if want := e.Decide(held, action, path).Allowed && (path == "" || e.Decide(held, action, path+below).Allowed); got != want {
					t.Errorf("%+v %s below %q: %v, want %v", held, action.Name, path, got, want)
				}
			}
		}
	}
}
