package check

import (
	"fmt"
	"iter"
	"slices"

	"biaochi/service/budget"
)

// source is a table to read lines from, in whichever form it is to be had.
type source struct {
	def   *budget.TableDef
	title string
	lines iter.Seq2[Line, error]
}

func (in *Input) sources() (sources []source, exact bool) {
	for _, g := range in.Published {
		sources = append(sources, source{g.Def, g.Title, g.walk()})
	}
	if sources != nil {
		return sources, !slices.ContainsFunc(in.Published, func(g *Grid) bool { return !g.Exact })
	}
	for _, t := range in.Tables {
		sources = append(sources, source{t.Def, t.Title, lines(t)})
	}
	return sources, true
}

func (g *Grid) walk() iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for _, line := range g.Lines {
			if !yield(line, nil) {
				return
			}
		}
	}
}

// RunTables applies the rules over tables. The caller adds the findings of records
// and closes the report.
func RunTables(in Input) (Report, error) {
	b, err := open(&in)
	if err != nil {
		return Report{}, err
	}
	b.report(b.settle())
	b.gatherTails()
	report := Report{Tails: b.tails}
	report.Add(b.found)
	report.Add(b.outcomes())
	return report, nil
}

// open reads every table once and lets each rule state its ties.
func open(in *Input) (*book, error) {
	sources, exact := in.sources()
	unstated, err := in.spentWithoutStating()
	if err != nil {
		return nil, err
	}
	b := &book{
		in: in, grids: map[string]*Grid{}, unstated: unstated,
		verdicts: map[string]Finding{}, under: map[string]string{}, ledger: ledger{exact: exact},
	}
	for _, s := range sources {
		g, err := b.read(s)
		if err != nil {
			return nil, err
		}
		b.grids[s.def.Key] = g
		b.order = append(b.order, g)
	}
	for i := range catalogue {
		if b.rule = &catalogue[i]; b.rule.tables != nil && b.rule.Holds(in.Year) {
			b.rule.tables(b)
		}
	}
	return b, nil
}

func (b *book) read(s source) (*Grid, error) {
	if s.def.Rows.Kind == budget.ProjectRows {
		return b.readProjects(s)
	}
	g := &Grid{Def: s.def, Title: s.title, Exact: b.exact}
	for line, err := range s.lines {
		if err != nil {
			return nil, err
		}
		g.Lines = append(g.Lines, line)
	}
	return g, nil
}

func (b *book) gatherTails() {
	b.tails = append(b.tails, b.ledger.tails()...)
	for _, tail := range b.tails {
		b.found = append(b.found, b.tailFinding(tail))
	}
}

// Tails gives the 尾差 of every table, for the notes under them.
func Tails(in Input) ([]Tail, error) {
	report, err := RunTables(in)
	return report.Tails, err
}

// tailFinding tells of a tail among the outcomes: it is no failure.
func (b *book) tailFinding(tail Tail) Finding {
	g := b.grids[tail.Table]
	f := lookup(tail.Rule).finding(Pass, fmt.Sprintf("《%s》“%s”行“%s”列有尾差：显示的合计为 %s 万元，显示的分项之和为 %s 万元，按元核对一致，系四舍五入所致，不必改动；公开文本应在表下注明。",
		g.Title, tail.Row, tail.Column, tail.Shown.Wan(), tail.Parts.Wan()))
	f.Severity, f.Unit, f.Table, f.Row, f.Column = Info, b.in.Unit, tail.Table, tail.Row, tail.Column
	f.Want, f.Got = tail.Parts.Wan(), tail.Shown.Wan()
	return f
}

// outcomes gives a row for each table rule that has no finding of its own.
func (b *book) outcomes() []Finding {
	ties := map[string]int{}
	for _, t := range b.ties {
		ties[t.rule.ID]++
	}
	empty := !slices.ContainsFunc(b.order, (*Grid).showsFigure)
	var rows []Finding
	for i := range catalogue {
		if rule := &catalogue[i]; rule.tables != nil && rule.Holds(b.in.Year) {
			rows = append(rows, b.outcome(rule, ties[rule.ID], b.under[rule.ID], empty))
		}
	}
	return rows
}

func (b *book) outcome(rule *Rule, ties int, under string, empty bool) Finding {
	verdict, said := b.verdicts[rule.ID]
	switch {
	case empty:
		return rule.finding(InsufficientData, "各公开表都没有数据，无从核对；请先确认本状态下有审核通过或已批复的记录。")
	case under != "" && under != rule.ID:
		return rule.finding(InsufficientData, fmt.Sprintf("本条涉及的数据有误，差错已列在 %s；改正后再核对本条。", under))
	case said:
		return verdict
	case ties == 0:
		return rule.finding(NotApplicable, "本地区的公开表没有本条核对的表或栏目。")
	}
	message := fmt.Sprintf("核对 %d 组数据，全部相符。", ties)
	if rule.ID == incomeBalances {
		message += "收入按支出的资金来源取数，单凭本条不能证明收入属实，请结合 K08、K16。"
	}
	return rule.finding(Pass, message)
}
