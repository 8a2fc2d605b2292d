package execution

import (
	"iter"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/tracking"
)

// fill sums what the rows are made of, by unit or project in the database and up to
// the rows here.
func (w *boarding) fill() error {
	if len(w.board.Rows) == 0 {
		return nil
	}
	q := store.BoardQuery{Year: w.q.Year, On: w.q.On, Current: w.q.On >= w.today(), ByProject: w.board.Level == "projects"}
	w.index = map[string]int{}
	for i := range w.board.Rows {
		row := &w.board.Rows[i]
		if w.index[key(row.branch.Path, row.project, row.branch.Alone)] = i; !slices.Contains(q.Branches, row.branch) {
			q.Branches = append(q.Branches, row.branch)
		}
	}
	if err := w.money(q); err != nil {
		return err
	}
	if err := w.counts(q); err != nil {
		return err
	}
	w.finish()
	return nil
}

// key finds a row: a project, a unit alone, or the top of a branch.
func key(path, project string, alone bool) string {
	if project != "" || alone {
		return path + "|" + project
	}
	return path
}

// rowOf gives the row that a unit or a project belongs to.
func (w *boarding) rowOf(path, project string) (*BoardRow, bool) {
	if i, ok := w.index[key(path, project, true)]; ok {
		return &w.board.Rows[i], true
	}
	for ; path != "" && project == ""; path = above(path) {
		if i, ok := w.index[path]; ok {
			return &w.board.Rows[i], true
		}
	}
	return nil, false
}

// above is the path one unit up, "" at the top.
func above(path string) string {
	return path[:strings.LastIndex(strings.TrimSuffix(path, "/"), "/")+1]
}

func (w *boarding) money(q store.BoardQuery) error {
	for _, part := range []struct {
		sums iter.Seq2[store.ProjectAmount, error]
		cell func(*BoardMoney) *Fen
	}{
		{w.tx.BoardBudgets(q), func(m *BoardMoney) *Fen { return &m.Budget }},
		{w.tx.BoardPayments(q), func(m *BoardMoney) *Fen { return &m.Paid }},
	} {
		for sum, err := range part.sums {
			if err != nil {
				return err
			}
			if row, ok := w.rowOf(sum.UnitPath, sum.ProjectCode); ok {
				*part.cell(row.of(sum.FundKind)) += Fen(sum.Amount)
			}
		}
	}
	return nil
}

// of gives the row's money of a fund kind, adding it where there is none yet.
func (r *BoardRow) of(kind model.FundKind) *BoardMoney {
	i := slices.IndexFunc(r.Money, func(m BoardMoney) bool { return m.FundKind == kind })
	if i < 0 {
		i = len(r.Money)
		r.Money = append(r.Money, BoardMoney{FundKind: kind})
	}
	return &r.Money[i]
}

func (w *boarding) counts(q store.BoardQuery) error {
	counts := []iter.Seq2[store.BoardCount, error]{w.tx.BoardFilings(q), w.tx.BoardCorrections(q)}
	if w.board.Window != "" {
		counts = append(counts, w.tx.BoardSheets(q, w.board.Window))
	}
	for _, list := range counts {
		for n, err := range list {
			if err != nil {
				return err
			}
			if row, ok := w.rowOf(n.UnitPath, n.ProjectCode); ok {
				row.count(n)
				if w.pastDue(n.UnitPath) {
					row.Late += n.Filings - n.Submitted
				}
			}
		}
	}
	return nil
}

func (r *BoardRow) count(n store.BoardCount) {
	r.Filings += n.Filings
	r.Submitted += n.Submitted
	r.Corrections += n.Open
	r.Overdue += n.Overdue
	r.Lights.Red += n.Lights.Red
	r.Lights.Yellow += n.Lights.Yellow
	r.Lights.Green += n.Lights.Green
	r.Lights.NotDue += n.Lights.NotDue
	r.Lights.NoData += n.Lights.NoData
}

// pastDue tells whether the window's sheets of a unit should have come in by the day.
func (w *boarding) pastDue(path string) bool {
	d, ok := w.calendar.DeadlineOf(tracking.MonitoringStage(w.board.Window), path)
	return ok && d.Due < w.q.On
}

// finish computes rates and lights, and adds the rows up.
func (w *boarding) finish() {
	total := &w.board.Total
	total.Name, total.Money = "合计", []BoardMoney{}
	for i := range w.board.Rows {
		row := &w.board.Rows[i]
		row.Late = max(0, row.Late)
		total.Late += row.Late
		total.count(store.BoardCount{Filings: row.Filings, Submitted: row.Submitted, Lights: row.Lights, Open: row.Corrections, Overdue: row.Overdue})
		for _, m := range row.Money {
			sum := total.of(m.FundKind)
			sum.Budget, sum.Paid = sum.Budget+m.Budget, sum.Paid+m.Paid
		}
		w.rate(row)
	}
	w.rate(total)
}

func (w *boarding) rate(row *BoardRow) {
	if row.Money == nil {
		row.Money = []BoardMoney{}
	}
	slices.SortFunc(row.Money, func(a, b BoardMoney) int {
		return slices.Index(model.FundKinds, a.FundKind) - slices.Index(model.FundKinds, b.FundKind)
	})
	row.All = BoardMoney{}
	for i := range row.Money {
		m := &row.Money[i]
		row.All.Budget, row.All.Paid = row.All.Budget+m.Budget, row.All.Paid+m.Paid
		w.judge(m)
	}
	w.judge(&row.All)
}

func (w *boarding) judge(m *BoardMoney) {
	budget, paid := model.Money(m.Budget), model.Money(m.Paid)
	m.Rate = tracking.Rate(paid, budget)
	m.Light = w.rules.Monitoring.Spending(budget, paid, tracking.Path{Kind: tracking.Even}, w.q.Year, w.q.On).Light
}
