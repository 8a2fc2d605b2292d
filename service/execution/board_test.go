package execution_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/exchange"
	"biaochi/service/execution"
)

// town is a random year, kept as plain lists beside the database.
type town struct {
	h        *house
	r        *rand.Rand
	units    []string
	projects map[string][]string // by unit path
	budgets  []budgetOn
	payments []model.Payment
	sheets   []model.TrackingSheet
	orders   []model.Correction
}

// budgetOn is a project's budget from a day on.
type budgetOn struct {
	unit, project string
	day           model.Date
	kinds         map[model.FundKind]model.Money
}

func newTown(h *house, seed uint64) *town {
	w := &town{h: h, r: rand.New(rand.NewPCG(seed, 3)), projects: map[string][]string{}}
	for d := range 3 {
		top := fmt.Sprintf("%s7%02d/", root, d+1)
		w.units = append(w.units, top)
		for u := range w.r.IntN(3) {
			w.units = append(w.units, fmt.Sprintf("%s7%02d%03d/", top, d+1, u+1))
		}
	}
	for _, unit := range w.units {
		for p := range 1 + w.r.IntN(3) {
			w.projects[unit] = append(w.projects[unit], fmt.Sprintf("P%d-%d", p, len(unit)))
		}
	}
	for _, day := range []model.Date{"2023-01-20", "2023-04-10", "2023-09-05"} {
		for _, unit := range w.units {
			if day == "2023-01-20" || w.r.IntN(2) == 0 {
				w.approveOn(unit, day)
			}
		}
	}
	w.spend()
	w.monitor()
	return w
}

func (w *town) approveOn(unit string, day model.Date) {
	var contents []model.ProjectContent
	for _, code := range w.projects[unit] {
		p := project(code, model.Money(1000+w.r.IntN(9000)), model.Money(w.r.IntN(2)*500))
		if w.r.IntN(2) == 0 {
			p.Budget = append(p.Budget, model.BudgetRow{FundKind: model.UnitFunds, Source: model.CurrentYear, Amount: model.Money(w.r.IntN(1_000_00))})
		}
		b := budgetOn{unit, code, day, map[model.FundKind]model.Money{}}
		for _, row := range p.Budget {
			b.kinds[row.FundKind] += row.Amount
		}
		contents, w.budgets = append(contents, p), append(w.budgets, b)
	}
	w.h.approveOn(unit, day, contents...)
}

func (w *town) day() model.Date {
	return model.Date(fmt.Sprintf("2023-%02d-%02d", 1+w.r.IntN(12), 1+w.r.IntN(28)))
}

func (w *town) spend() {
	for _, unit := range w.units {
		for range 6 {
			code := w.projects[unit][w.r.IntN(len(w.projects[unit]))]
			w.payments = append(w.payments, model.Payment{
				RegionCode: model.DefaultRegionCode, UnitID: w.h.units[unit].ID, UnitPath: unit, Year: year, ProjectCode: code,
				FundKind: []model.FundKind{model.GeneralPublicBudget, model.UnitFunds}[w.r.IntN(2)], PaidOn: w.day(),
				Amount: model.Money(w.r.IntN(90_000) - 20_000), Reference: fmt.Sprint(len(w.payments)),
			})
		}
	}
	w.h.add(func(tx *store.Tx) error { return tx.AddPayments(w.payments) })
}

func (w *town) monitor() {
	for _, unit := range w.units {
		for _, code := range w.projects[unit] {
			record := w.h.record(unit, code)
			if w.r.IntN(3) > 0 {
				w.sheets = append(w.sheets, model.TrackingSheet{
					RecordID: record.ID, UnitID: record.UnitID, UnitPath: unit, Year: year, Kind: model.MonitoringSheet, WindowKey: "1-7", Content: "{}",
					State: model.SheetSubmitted, SubmittedOn: w.day(), Lights: model.LightCounts{Red: w.r.IntN(3), Yellow: w.r.IntN(3), Green: w.r.IntN(5), NotDue: w.r.IntN(2), NoData: w.r.IntN(2)},
				})
			}
			if w.r.IntN(2) == 0 {
				order := model.Correction{RecordID: record.ID, UnitID: record.UnitID, UnitPath: unit, Year: year, OrderedOn: w.day(), Due: w.day(), State: model.CorrectionOrdered}
				if w.r.IntN(2) == 0 {
					order.ClosedOn = w.day()
				}
				w.orders = append(w.orders, order)
			}
		}
	}
	w.h.add(func(tx *store.Tx) error {
		for i := range w.sheets {
			if err := tx.SaveTrackingSheet(&w.sheets[i]); err != nil {
				return err
			}
		}
		for i := range w.orders {
			if err := tx.SaveCorrection(&w.orders[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) add(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.store.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// figures are what a row comes to, added up one by one.
type figures struct {
	Budget, Paid                        map[model.FundKind]model.Money
	Lights                              model.LightCounts
	Filings, Submitted, Late            int
	Corrections, Overdue, Reds, NoDatas int
}

func (w *town) count(on model.Date, within func(unit, project string) bool) figures {
	f := figures{Budget: map[model.FundKind]model.Money{}, Paid: map[model.FundKind]model.Money{}}
	projectOf := map[model.ID]string{}
	for _, unit := range w.units {
		for _, code := range w.projects[unit] {
			projectOf[w.h.record(unit, code).ID] = code
			if within(unit, code) && slices.ContainsFunc(w.budgets, func(b budgetOn) bool { return b.unit == unit && b.project == code && b.day <= on }) {
				f.Filings++
			}
			last := map[model.FundKind]model.Money{}
			for _, b := range w.budgets {
				if b.unit == unit && b.project == code && b.day <= on {
					last = b.kinds
				}
			}
			for kind, amount := range last {
				if within(unit, code) {
					f.Budget[kind] += amount
				}
			}
		}
	}
	for _, p := range w.payments {
		if within(p.UnitPath, p.ProjectCode) && p.PaidOn <= on {
			f.Paid[p.FundKind] += p.Amount
		}
	}
	for _, s := range w.sheets {
		if within(s.UnitPath, projectOf[s.RecordID]) && s.SubmittedOn <= on && on >= "2023-08-01" {
			f.Submitted++
			f.Lights.Red, f.Lights.Yellow, f.Lights.Green = f.Lights.Red+s.Lights.Red, f.Lights.Yellow+s.Lights.Yellow, f.Lights.Green+s.Lights.Green
			f.Lights.NotDue, f.Lights.NoData = f.Lights.NotDue+s.Lights.NotDue, f.Lights.NoData+s.Lights.NoData
		}
	}
	if on > "2023-08-31" {
		f.Late = f.Filings - f.Submitted
	}
	for _, c := range w.orders {
		if within(c.UnitPath, projectOf[c.RecordID]) && c.OrderedOn <= on && (c.ClosedOn == "" || c.ClosedOn > on) {
			f.Corrections++
			if c.Due < on {
				f.Overdue++
			}
		}
	}
	return f
}

func figuresOf(row execution.BoardRow) figures {
	f := figures{Budget: map[model.FundKind]model.Money{}, Paid: map[model.FundKind]model.Money{}, Lights: row.Lights,
		Filings: row.Filings, Submitted: row.Submitted, Late: row.Late, Corrections: row.Corrections, Overdue: row.Overdue}
	for _, m := range row.Money {
		if m.Budget != 0 {
			f.Budget[m.FundKind] = model.Money(m.Budget)
		}
		if m.Paid != 0 {
			f.Paid[m.FundKind] = model.Money(m.Paid)
		}
	}
	return f
}

func (f figures) normal() figures {
	for _, m := range []map[model.FundKind]model.Money{f.Budget, f.Paid} {
		for kind, amount := range m {
			if amount == 0 {
				delete(m, kind)
			}
		}
	}
	return f
}

// Boards of random years, as of any day and at every level, are what adding up by
// hand gives; and every number opens into rows that add up to it.
func TestBoardsAreWhatCountingGives(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.set("2023-12-20")
		seed := rand.Uint64()
		t.Log("seed", seed)
		w := newTown(h, seed)
		compared := 0
		for _, on := range []model.Date{"2023-01-10", "2023-02-01", "2023-04-10", "2023-07-31", "2023-08-20", "2023-09-05", w.day(), "2023-12-20", ""} {
			day := on
			if on == "" {
				day = "2023-12-20"
			}
			check := func(b execution.Board, row execution.BoardRow, within func(unit, project string) bool) {
				compared++
				if got, want := figuresOf(row), w.count(day, within).normal(); !reflect.DeepEqual(got, want) {
					t.Errorf("on %s, %s of %s:\ngot  %+v\nwant %+v", on, row.Code, b.Level, got, want)
				}
			}
			b := h.board(execution.BoardQuery{Region: model.DefaultRegionCode, Year: year, On: on})
			check(b, b.Total, func(string, string) bool { return true })
			for _, row := range b.Rows {
				path := root + row.Code + "/"
				check(b, row, func(unit, _ string) bool { return model.Within(unit, path) })
				below := h.board(execution.BoardQuery{Year: year, On: on, UnitID: row.UnitID})
				if below.Level == "units" {
					check(below, below.Total, func(unit, _ string) bool { return model.Within(unit, path) })
				}
				own := h.board(execution.BoardQuery{Year: year, On: on, UnitID: row.UnitID, ByProject: true})
				check(own, own.Total, func(unit, _ string) bool { return unit == path })
				for _, p := range own.Rows {
					check(own, p, func(unit, project string) bool { return unit == path && project == p.Code })
				}
			}
		}
		if compared < 50 {
			t.Errorf("%d rows compared", compared)
		}
	})
}

func (h *house) board(q execution.BoardQuery) execution.Board {
	h.t.Helper()
	b, err := h.Board(h.t.Context(), operator, q)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func TestWhoSeesWhichBoard(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.approve(dept, project("P2", 1000, 0))
		h.approve(other, project("Q1", 1000, 0))
		for who, want := range map[string][]string{
			"预算股": {"701", "702"}, "绩效股": {"701"}, "部门审核": {"701"}, "单位审核": {"701001"}, "他部门": {"702"},
			"经办": nil, "发布人": nil, "管理": nil,
		} {
			b, err := h.Board(t.Context(), people[who], execution.BoardQuery{Region: model.DefaultRegionCode, Year: year})
			var codes []string
			for _, row := range b.Rows {
				codes = append(codes, row.Code)
			}
			if !slices.Equal(codes, want) || (want == nil) != (reasonOf(err) == "right.missing") {
				t.Errorf("%s sees %v, %v; want %v", who, codes, err, want)
			}
		}
		for who, reason := range map[string]string{"部门审核": "", "他部门": "unit.notFound", "单位审核": "unit.notFound", "管理": "unit.notFound"} {
			if _, err := h.Board(t.Context(), people[who], execution.BoardQuery{Year: year, UnitID: h.units[dept].ID}); reasonOf(err) != reason {
				t.Errorf("%s opens 701: %v, want %q", who, err, reason)
			}
		}
		// Without a region the board is of the person's own.
		if b, err := h.Board(t.Context(), people["预算股"], execution.BoardQuery{Year: year}); err != nil || b.Region != model.DefaultRegionCode || len(b.Rows) != 2 {
			t.Errorf("own region: %+v %v", b, err)
		}
		if _, err := h.Board(t.Context(), execution.Operator("test", "999999999"), execution.BoardQuery{Year: year}); reasonOf(err) != "region.notFound" {
			t.Errorf("own region, which isn't there: %v", err)
		}
		b := h.board(execution.BoardQuery{Region: model.DefaultRegionCode, Year: year, Page: 2, Size: 1})
		if len(b.Rows) != 1 || b.Rows[0].Code != "702" || b.Count != 2 {
			t.Errorf("second page: %+v", b)
		}
		if _, err := h.Board(t.Context(), operator, execution.BoardQuery{Region: model.DefaultRegionCode, Year: year, On: "昨天"}); reasonOf(err) != "board.on" {
			t.Errorf("%v", err)
		}
	})
}

// Money paid for a project that has no approved target is on the board of its unit,
// and opens into the project; a day may be written in any way that payments write it.
func TestBoardOpensPaymentsWithoutApproval(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		sheet := &model.SheetContent{Unit: model.UnitHeader{Code: "701001", Name: "单位701001", Kind: model.PublicInstitution, ParentCode: "701"}}
		if _, err := h.packages.Import(t.Context(), exchange.New(year, sheet, []model.ProjectContent{project("P1", 1000, 0), project("P2", 50, 0)}), exchange.ImportOptions{Actor: "test"}); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		h.set("2023-08-01")
		if _, err := h.importText(operator, header+"P1,2023-07-01,一般公共预算,3.00,Z1\nP2,2023-07-02,一般公共预算,4.00,Z2\n", false); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		for _, on := range []model.Date{"", "2023-07-31", "2023/7/31", "2023年7月31日"} {
			b := h.board(execution.BoardQuery{Year: year, On: on, UnitID: h.units[unitA].ID})
			if len(b.Rows) != 2 || b.Rows[1].Code != "P2" || b.Rows[1].Name != "项目P2" || b.Rows[1].Filings != 0 || b.Total.All.Paid != 700 || b.Total.All.Budget != 1000_00 {
				t.Errorf("on %s: %+v", on, b)
			}
		}
		if b := h.board(execution.BoardQuery{Year: year, On: "2023-07-01", UnitID: h.units[unitA].ID}); len(b.Rows) != 1 || b.On != "2023-07-01" {
			t.Errorf("before it was paid: %+v", b)
		}
	})
}
