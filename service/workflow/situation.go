package workflow

import (
	"slices"
	"strings"

	"biaochi/model"
)

// Situation is what the machine needs to know of a record before an act. The
// caller reads it from the record's current version (see Current), its events, and
// what the rules found; steps are those resolved when it was submitted.
type Situation struct {
	Kind     model.RecordKind
	UnitPath string
	State    model.State
	Steps    []Step
	Step     int // index of the present step, while in review
	// Negotiating marks an agreed edit that waits for the preparer's consent.
	Negotiating bool
	// PreparedBy are the accounts that prepared, edited or submitted the content,
	// through all versions of this passage; the author of an edit that the
	// preparer agreed to is not among them.
	PreparedBy []string
	// ActedBy are the accounts that acted on it since it was last submitted.
	ActedBy []string
	// BlockedAt is the unit path of the office that blocked it.
	BlockedAt string
	// Sealed marks a version that somebody reviewed: editing it starts a new one.
	Sealed bool
	// Under is the state of the version that stands behind this one: approved
	// while an adjustment is on its way, passed while 二上 fits it; "" for none.
	Under model.State
	// InSecondRound tells that the year's stage is 二上.
	InSecondRound bool
	// InitialFrozen tells that the unit's year had its first 批复 before this act;
	// the records of one 批复 all see it as it was before.
	InitialFrozen bool
	// OverControl tells that the unit asks for more than its 控制数.
	OverControl bool
	// Errors and OpenWarnings count what the rules found: errors, and warnings
	// without an answer.
	Errors       int
	OpenWarnings int
	// Unconfirmed marks a draft taken over from last year that was not yet
	// confirmed anew.
	Unconfirmed bool
}

// Position gives where the record stands in the machine's terms.
func (s Situation) Position() Position {
	switch {
	case s.State == model.InReview && s.Negotiating:
		return Negotiated
	case s.State == model.InReview:
		return Position(s.present().At)
	}
	return Position(s.State)
}

// present is the step under way; the zero Step where there is none.
func (s Situation) present() Step {
	if s.State != model.InReview || s.Step < 0 || s.Step >= len(s.Steps) {
		return Step{}
	}
	return s.Steps[s.Step]
}

func (s Situation) last() bool { return s.Step == len(s.Steps)-1 }

var kindNames = map[model.RecordKind]string{
	model.FilingRecord: "绩效目标", model.SheetRecord: "基本支出表", model.TargetRecord: "整体支出绩效目标",
}

// where says in Chinese what stands where, to begin a message with.
func (s Situation) where() string {
	unit := strings.TrimSuffix(s.UnitPath, "/")
	unit = unit[strings.LastIndex(unit, "/")+1:]
	return "单位 " + unit + " 的" + kindNames[s.Kind] + s.stateText()
}

func (s Situation) stateText() string {
	switch s.Position() {
	case InDraft:
		return "是草稿"
	case Negotiated:
		return "在“" + s.present().Name + "”等待经办人同意修改"
	case HasPassed:
		return "已审核通过"
	case IsApproved:
		return "已批复"
	case IsBlocked:
		return "不予安排"
	case IsWithdrawn:
		return "已撤销"
	}
	return "正在“" + s.present().Name + "”审核"
}

// Place is what kind of unit a seat is in, in the words of the rights.
type Place string

// The kinds of place.
const (
	PlaceRoot       Place = "root"       // 财政部门
	PlaceOffice     Place = "office"     // 股室
	PlaceDepartment Place = "department" // 主管部门
	PlaceUnit       Place = "unit"       // 所属单位
)

// Seat is a role that somebody has and that reaches the record's unit: the caller
// has decided that, for an office by the departments assigned to it.
type Seat struct {
	Role     Role
	Place    Place
	UnitPath string
	Office   string // the duty of a bureau's office; "" where one does them all
	// DeputyFor is the reviewer in whose place the actor sits for a time.
	DeputyFor string
}

// Actor is who acts, with all seats that reach the record.
type Actor struct {
	ID    string
	Seats []Seat
}

// sits tells whether a seat is where a row asks for it. Within a department
// whoever sits higher may act in the place of a head below: a role at a unit holds
// for the units below. The bureau doesn't act on the steps of units, nor an office
// on those of another.
func (s Situation) sits(seat Seat, row Row) bool {
	if seat.Role != row.Role {
		return false
	}
	switch row.Sitting {
	case OwnUnit:
		return seat.UnitPath == s.UnitPath
	case OwnHead:
		return seat.heads(s.UnitPath)
	case BlockingOffice:
		return seat.UnitPath == s.BlockedAt
	case AtStep:
		return seat.at(s.present())
	}
	return row.Sitting == Leading
}

func (seat Seat) at(step Step) bool {
	office := seat.Place == PlaceOffice && (seat.Office == "" || step.Office == "" || seat.Office == step.Office)
	switch step.At {
	case AtUnit, AtDepartment:
		return seat.heads(step.Path)
	case AtFinance:
		return office || seat.Place == PlaceRoot
	}
	return step.At == AtOffice && office
}

func (seat Seat) heads(path string) bool {
	switch seat.Place {
	case PlaceUnit, PlaceDepartment:
		return model.Within(path, seat.UnitPath)
	case PlaceRoot:
		return path == seat.UnitPath
	}
	return false
}

// seatFor picks the actor's seat for a row: their own right before a deputy's, and
// of these one whose principal did not prepare the record.
func (s Situation) seatFor(actor Actor, row Row) (Seat, bool) {
	var found []Seat
	for _, seat := range actor.Seats {
		if s.sits(seat, row) {
			found = append(found, seat)
		}
	}
	if len(found) == 0 {
		return Seat{}, false
	}
	slices.SortStableFunc(found, func(a, b Seat) int { return s.rank(a) - s.rank(b) })
	return found[0], true
}

func (s Situation) rank(seat Seat) int {
	switch {
	case seat.DeputyFor == "":
		return 0
	case !slices.Contains(s.PreparedBy, seat.DeputyFor):
		return 1
	}
	return 2
}
