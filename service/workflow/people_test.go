package workflow

import (
	"testing"

	"biaochi/model"
	"biaochi/rbac"
)

// The tree of the tests: department 701 with unit 701001; department 702; offices
// YW (业务股 of 701), QT (业务股 of 702), JX (绩效股 of both and of the bureau's own
// records), YS (预算股, leads, reviews no department).
const (
	region  = "000000000/"
	dept701 = "000000000/701/"
	unit1   = "000000000/701/701001/"
	unit2   = "000000000/701/701002/"
	dept702 = "000000000/702/"
)

// person is a column of the matrix.
type person struct {
	id   string
	held []rbac.Assignment
}

// people are the columns of the matrix by their heads.
var people = map[string]person{
	"经办":   {"jb", seated(rbac.Preparer, rbac.Unit, unit1)},
	"旁经办":  {"pjb", seated(rbac.Preparer, rbac.Unit, unit2)},
	"局经办":  {"cjb", seated(rbac.Preparer, rbac.Root, region)},
	"单位审核": {"dw", seated(rbac.Reviewer, rbac.Unit, unit1)},
	"旁审核":  {"pdw", seated(rbac.Reviewer, rbac.Unit, unit2)},
	"部门审核": {"bm", seated(rbac.Reviewer, rbac.Department, dept701)},
	"他部门":  {"tbm", seated(rbac.Reviewer, rbac.Department, dept702)},
	"业务股":  {"yw", office("YW", "business", dept701)},
	"他业务股": {"qt", office("QT", "business", dept702)},
	"绩效股":  {"jx", office("JX", "performance", dept701, dept702, region)},
	"预算股":  {"ys", leading("YS", "budget")},
	"财政":   {"cz", seated(rbac.Reviewer, rbac.Root, region)},
	"发布":   {"fb", seated(rbac.Publisher, rbac.Unit, unit1)},
	"管理":   {"gl", []rbac.Assignment{{Role: rbac.Admin}}},
	"安全":   {"aq", []rbac.Assignment{{Role: rbac.Security}}},
	"审计":   {"sj", []rbac.Assignment{{Role: rbac.Auditor}}},
}

func seated(role rbac.Role, place rbac.Place, path string) []rbac.Assignment {
	return []rbac.Assignment{{Role: role, Place: place, UnitPath: path}}
}

func office(code, duty string, departments ...string) []rbac.Assignment {
	return []rbac.Assignment{{Role: rbac.Reviewer, Place: rbac.Office, UnitPath: region + code + "/", Office: duty, Departments: departments}}
}

func leading(code, duty string) []rbac.Assignment {
	seat := office(code, duty)
	seat[0].Leads = true
	return seat
}

// who gives a person as the machine sees them at a unit.
func who(name, unitPath string) Actor {
	p := people[name]
	return Actor{ID: p.id, Seats: seatsOf(p.held, unitPath)}
}

func seatsOf(held []rbac.Assignment, unitPath string) []Seat {
	var seats []Seat
	for _, s := range rbac.Holding(held, unitPath) {
		seats = append(seats, Seat{Role: Role(s.Role), Place: Place(s.Place), UnitPath: s.UnitPath, Office: s.Office, DeputyFor: s.DeputyFor})
	}
	return seats
}

func stepsFor(t testing.TB, path string, kind model.RecordKind) []Step {
	t.Helper()
	chain, err := ChainFor("shanxi", 2023, FirstRound)
	if err != nil {
		t.Fatal(err)
	}
	return chain.For(path, kind)
}

// situations are the blocks of the matrix by their heads: a filing of unit 701001
// that somebody else prepared; past the first step somebody else acted.
func situations(t testing.TB, kind model.RecordKind) map[string]Situation {
	unit := Situation{Kind: kind, UnitPath: unit1, State: model.InReview, Steps: stepsFor(t, unit1, kind), PreparedBy: []string{"li"}}
	own := Situation{Kind: kind, UnitPath: region, State: model.InReview, Steps: stepsFor(t, region, kind), PreparedBy: []string{"li"}}
	step := func(s Situation, i int) Situation {
		if s.Step = i; i > 0 {
			s.ActedBy = []string{"zhao"}
		}
		return s
	}
	state := func(state model.State) Situation { s := unit; s.State = state; return s }
	negotiating := step(unit, 3)
	negotiating.Negotiating = true
	fitting := state(model.Passed)
	fitting.InSecondRound = true
	blocked := state(model.Blocked)
	blocked.BlockedAt = region + "JX/"
	return map[string]Situation{
		"草稿": state(model.Draft), "单位负责人": step(unit, 0), "主管部门负责人": step(unit, 1), "业务股": step(unit, 2), "绩效股": step(unit, 3),
		"等待同意修改": negotiating, "局本级·单位负责人": step(own, 0), "局本级·其他股室": step(own, 1),
		"审核通过": state(model.Passed), "审核通过·二上": fitting, "已批复": state(model.Approved), "不予安排": blocked, "已撤销": state(model.Withdrawn),
	}
}
