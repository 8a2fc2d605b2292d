package execution

import (
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
	"biaochi/service/tracking"
)

// BoardQuery asks for a board: of a region's departments, or of what lies below one
// unit.
type BoardQuery struct {
	Region string // "" is the person's own
	Year   int
	On     model.Date // "" is today
	// UnitID opens a unit's figures: the units below it, or its projects where there
	// are none or ByProject asks for them. 0 is the region.
	UnitID    model.ID
	ByProject bool
	Page      int // from 1
	Size      int // 50 where 0
}

// Board is how a year stands on a day (绩效看板).
type Board struct {
	Region string     `json:"region"`
	Year   int        `json:"year"`
	On     model.Date `json:"on"`
	// Window is the last monitoring window that had opened, "" before the first.
	Window string `json:"window"`
	// Gone is the share of the year that is over, by which execution is judged.
	Gone  string     `json:"gone"`
	Level string     `json:"level"` // departments, units, projects
	Rows  []BoardRow `json:"rows"`
	// Total is over the rows of the page.
	Total BoardRow `json:"total"`
	Count int      `json:"count"` // rows on all pages
	Page  int      `json:"page"`
	Size  int      `json:"size"`
}

// BoardRow is a department, a unit or a project.
type BoardRow struct {
	UnitID   model.ID `json:"unitId,omitzero"`
	RecordID model.ID `json:"recordId,omitzero"` // of a project
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Alone    bool     `json:"alone,omitempty"` // the unit itself, without those below it
	// Money has the fund kinds that there is budget or payment of, in the order of the
	// tables; All is over all of them.
	Money       []BoardMoney      `json:"money"`
	All         BoardMoney        `json:"all"`
	Lights      model.LightCounts `json:"lights"`
	Filings     int               `json:"filings"`   // approved targets
	Submitted   int               `json:"submitted"` // sheets of the window that were handed in
	Late        int               `json:"late"`      // sheets that are missing after their date
	Corrections int               `json:"corrections"`
	Overdue     int               `json:"overdue"` // of the corrections
	branch      store.Branch
	project     string
	version     model.ID
}

// BoardMoney is the execution of one fund kind.
type BoardMoney struct {
	FundKind model.FundKind `json:"fundKind,omitempty"`
	Budget   Fen            `json:"budget"` // 全年预算数 as of the day, with carry-over
	Paid     Fen            `json:"paid"`   // 执行数 up to the day
	Rate     string         `json:"rate"`   // "" without a budget
	Light    tracking.Light `json:"light"`
}

// Board computes a board as of a day.
// Errors: NotFound "unit.notFound", "region.notFound"; Forbidden "right.missing";
// Invalid "board.on".
func (s *Service) Board(ctx context.Context, p Person, q BoardQuery) (b Board, err error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	if q.On == "" {
		q.On = s.today()
	}
	day, why := readDate(string(q.On))
	if why != "" {
		return b, model.Fail(model.Invalid, "board.on", "日期“%s”应写成 2023-07-31", q.On)
	}
	q.On = day
	b = Board{Region: q.Region, Year: q.Year, On: q.On, Page: max(1, q.Page), Size: q.Size, Rows: []BoardRow{}}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := boarding{Service: s, tx: tx, person: p, q: q, board: &b}
		if err := w.begin(); err != nil {
			return err
		}
		return w.fill()
	})
	return b, err
}

// boarding is one board in the making.
type boarding struct {
	*Service
	tx       *store.Tx
	person   Person
	q        BoardQuery
	board    *Board
	rules    tracking.Rules
	calendar tracking.Calendar
	index    map[string]int // rows by key
}

func (w *boarding) begin() error {
	if w.q.UnitID != 0 {
		unit, err := w.unitFor(w.tx, w.person, w.q.UnitID, rbac.BoardRead)
		if err != nil {
			return err
		}
		w.q.Region = unit.RegionCode
	}
	if w.q.Region == "" {
		w.q.Region = w.homeRegion(w.person)
	}
	w.board.Region = w.q.Region
	if err := w.settle(); err != nil {
		return err
	}
	return w.rows()
}

// homeRegion is the region in which a person has a seat, the first of several; the
// default one for those without.
func (s *Service) homeRegion(p Person) string {
	var codes []string
	for _, a := range p.Assignments {
		if root := rbac.RegionOf(a.UnitPath); root != "" {
			codes = append(codes, strings.TrimSuffix(root, "/"))
		}
	}
	if len(codes) == 0 {
		return model.DefaultRegionCode
	}
	return slices.Min(codes)
}

// settle finds the rules of the region's year and the window that opened last.
func (w *boarding) settle() (err error) {
	if w.calendar, w.rules, err = calendar.Of(w.tx, w.q.Region, w.q.Year, ""); err != nil {
		return err
	}
	w.board.Gone = tracking.Gone(w.q.Year, w.q.On)
	for _, window := range w.rules.Monitoring.Windows {
		if d, ok := w.calendar.DeadlineOf(tracking.MonitoringStage(window.Key), model.RegionPath(w.q.Region)); ok && d.Opens <= w.q.On {
			w.board.Window = window.Key
		}
	}
	return nil
}

// rows finds what the board lists: departments, units or projects.
func (w *boarding) rows() error {
	limit, offset := w.board.Size, (w.board.Page-1)*w.board.Size
	if w.q.UnitID == 0 {
		return w.departments(limit, offset)
	}
	unit, err := w.tx.UnitByID(store.Everything(), w.q.UnitID)
	if err != nil {
		return err
	}
	units, count, err := w.tx.UnitsBelow(unit.Path, limit, offset)
	if err != nil {
		return err
	}
	if w.q.ByProject || count == 0 {
		return w.projects(unit)
	}
	if err := w.rights.CheckBelow(w.person.Assignments, rbac.BoardRead, unit.Path); err != nil {
		return err
	}
	w.board.Level, w.board.Count = "units", int(count)
	if w.board.Page == 1 {
		w.add(unit, true)
	}
	for _, u := range units {
		w.add(u, false)
	}
	return nil
}

func (w *boarding) add(unit model.BudgetUnit, alone bool) {
	w.board.Rows = append(w.board.Rows, BoardRow{
		UnitID: unit.ID, Code: unit.Code, Name: unit.Name, Alone: alone, branch: store.Branch{Path: unit.Path, Alone: alone},
	})
}

// departments lists those of the region, or the topmost units that the person may see.
// Errors: Forbidden "right.missing" where there is none.
func (w *boarding) departments(limit, offset int) (err error) {
	var units []model.BudgetUnit
	w.board.Level = "departments"
	units, w.board.Count, err = w.listed(w.tx, w.person, rbac.BoardRead, model.RegionPath(w.q.Region), limit, offset)
	for _, u := range units {
		w.add(u, false)
	}
	return err
}

// projects lists a unit's own projects, by code: those with an approved target, if only
// after the day, and those that money was paid for all the same.
func (w *boarding) projects(unit model.BudgetUnit) error {
	w.board.Level = "projects"
	q := store.BoardQuery{Year: w.q.Year, On: w.q.On, Current: true, Branches: []store.Branch{{Path: unit.Path, Alone: true}}, ByProject: true}
	known := map[string]bool{}
	add := func(record model.ID, code string, version model.ID) {
		known[code] = true
		w.board.Rows = append(w.board.Rows, BoardRow{
			UnitID: unit.ID, RecordID: record, Code: code, branch: q.Branches[0], project: code, version: version,
		})
	}
	for filing, err := range w.tx.BoardFilings(q) {
		if err != nil {
			return err
		}
		add(filing.RecordID, filing.ProjectCode, filing.VersionID)
	}
	strays, err := w.strays(q, known)
	if err != nil {
		return err
	}
	for _, p := range strays {
		add(p.RecordID, p.ProjectCode, p.NewestID)
	}
	slices.SortFunc(w.board.Rows, func(a, b BoardRow) int { return strings.Compare(a.Code, b.Code) })
	w.board.Count = len(w.board.Rows)
	offset := (w.board.Page - 1) * w.board.Size
	w.board.Rows = w.board.Rows[min(offset, w.board.Count):min(offset+w.board.Size, w.board.Count)]
	return w.nameProjects()
}

// strays finds the projects of one unit that money was paid for by the day without an
// approved target.
func (w *boarding) strays(q store.BoardQuery, known map[string]bool) (strays []store.FiledProject, err error) {
	var codes []string
	for sum, err := range w.tx.BoardPayments(q) {
		if err != nil {
			return nil, err
		}
		if !known[sum.ProjectCode] && !slices.Contains(codes, sum.ProjectCode) {
			codes = append(codes, sum.ProjectCode)
		}
	}
	found, err := w.tx.FiledProjects(w.q.Region, w.q.Year, codes)
	for _, code := range codes {
		for _, p := range found[code] {
			if p.UnitPath == q.Branches[0].Path {
				strays = append(strays, p)
			}
		}
	}
	return strays, err
}

func (w *boarding) nameProjects() error {
	var versions []model.ID
	for _, row := range w.board.Rows {
		versions = append(versions, row.version)
	}
	names, err := w.tx.ProjectNames(versions)
	for i := range w.board.Rows {
		w.board.Rows[i].Name = names[w.board.Rows[i].version]
	}
	return err
}
