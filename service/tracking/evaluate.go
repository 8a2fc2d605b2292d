package tracking

import (
	"math/big"
	"slices"

	"biaochi/model"
	"biaochi/service/indicator"
)

// Evaluation is a self-evaluation (绩效自评), computed from end to end.
type Evaluation struct {
	Execution ExecutionScore `json:"execution"`
	Rows      []RowScore     `json:"rows"`
	// Unassigned are points that no indicator of the form can earn, since it has none
	// of the level that they are for.
	Unassigned Points `json:"unassigned"`
	Total      Points `json:"total"`
	Grade      string `json:"grade"`     // key of the grade band
	GradeName  string `json:"gradeName"` // 优, 良, 中, 差
	// Complete tells that every row with a target was scored and nothing is owed.
	Complete bool `json:"complete"`
}

// Evaluate scores the rows of a project's form under a tree, and the execution of
// its budget: whole-year adjusted budget with carry-over against what was paid.
func (r ScoreRules) Evaluate(tree indicator.Tree, rows []Row, budget, executed model.Money, year int) Evaluation {
	points, left := r.Distribute(tree, rows)
	e := Evaluation{Execution: r.Execution(budget, executed), Unassigned: left, Complete: true, Rows: []RowScore{}}
	e.Total = e.Execution.Score
	e.Complete = e.Execution.Rate != ""
	for i, row := range rows {
		s := r.Score(row, points[i], year)
		e.Rows = append(e.Rows, s)
		e.Total += s.Score
		e.Complete = e.Complete && len(s.Owed) == 0
	}
	grade := r.GradeOf(e.Total)
	e.Grade, e.GradeName = grade.Key, grade.Name
	return e
}

// GradeOf gives the grade band of a total.
func (r ScoreRules) GradeOf(total Points) Grade {
	g, _ := find(r.Grades, func(g Grade) bool { return total >= Points(g.From)*100 })
	return g
}

// Distribute gives every row with a target its points (分值), which with those of
// the execution sum up to 100. Weights that all rows bring are kept in proportion;
// else each first level's points are shared out equally. left are points that no
// row can earn.
func (r ScoreRules) Distribute(tree indicator.Tree, rows []Row) (points []Points, left Points) {
	all := Points(100-r.ExecutionPoints) * 100
	points = make([]Points, len(rows))
	if weights, ok := filedWeights(rows); ok {
		spread(points, all, weights)
		return points, 0
	}
	left = all
	for _, share := range r.shares(tree, rows) {
		part := make([]Points, len(rows))
		if !spread(part, Points(share.Points)*100, membership(rows, share)) {
			continue
		}
		for i, p := range part {
			points[i] += p
			left -= p
		}
	}
	return points, left
}

func hasTarget(row Row) bool {
	return row.Target.Kind != indicator.Empty && row.Target.Kind != ""
}

// filedWeights gives the rows' own weights where every row with a target has one.
func filedWeights(rows []Row) ([]*big.Rat, bool) {
	weights, found := make([]*big.Rat, len(rows)), false
	for i, row := range rows {
		weights[i] = new(big.Rat)
		if !hasTarget(row) {
			continue
		}
		w, ok := number(row.Weight)
		if !ok || w.Sign() <= 0 {
			return nil, false
		}
		weights[i], found = w, true
	}
	return weights, found
}

func membership(rows []Row, share Share) []*big.Rat {
	weights := make([]*big.Rat, len(rows))
	for i, row := range rows {
		weights[i] = new(big.Rat)
		if hasTarget(row) && slices.Contains(share.Levels, row.Level1) {
			weights[i] = one
		}
	}
	return weights
}

// spread shares points out by weights to the hundredth, so that they add up again:
// each takes what the running total grew by. It tells whether anybody took any.
func spread(into []Points, all Points, weights []*big.Rat) bool {
	total := new(big.Rat)
	for _, w := range weights {
		total.Add(total, w)
	}
	if total.Sign() == 0 {
		return false
	}
	running, given := new(big.Rat), Points(0)
	for i, w := range weights {
		running.Add(running, w)
		upTo := Points(rounded(product(ratio(int64(all), 1), quotient(running, total))))
		into[i], given = upTo-given, upTo
	}
	return true
}

// shares gives the points by first level: the region's own, else those of the
// tree's set of weights that fits best the levels that the form has.
func (r ScoreRules) shares(tree indicator.Tree, rows []Row) []Share {
	if len(r.Shares) > 0 {
		return r.Shares
	}
	best, missing := indicator.WeightSet{}, -1
	for _, set := range tree.Weights {
		if n := misfit(set, rows); missing < 0 || n < missing {
			best, missing = set, n
		}
	}
	var shares []Share
	for _, level := range tree.Levels {
		if points := best.Levels[level.Key]; points > 0 {
			shares = append(shares, Share{[]string{level.Key}, points})
		}
	}
	return shares
}

// misfit counts the levels that a set of weights and the form don't have in common.
func misfit(set indicator.WeightSet, rows []Row) (n int) {
	for level, points := range set.Levels {
		has := slices.ContainsFunc(rows, func(row Row) bool { return row.Level1 == level && hasTarget(row) })
		if has != (points > 0) {
			n++
		}
	}
	return n
}
