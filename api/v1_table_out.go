package api

import (
	"cmp"
	"slices"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/publication"
	"biaochi/web"
)

// SignedMoney is a sum in yuan that may be below zero, as text.
type SignedMoney string

func signed(m model.Money) SignedMoney { return SignedMoney(m.Yuan()) }

// UnmarshalText is there for the type to be described; nobody sends one.
func (m *SignedMoney) UnmarshalText(text []byte) error {
	*m = SignedMoney(text)
	return nil
}

func bookHead(b *publication.Book) (BookHead, error) {
	below, err := b.HasUnits()
	return BookHead{
		Unit: unitRef(b.Unit), Name: b.Name, Year: b.Year, State: b.State, Fallback: b.Fallback,
		Department: b.Department, HasUnits: below, Set: b.Set.Name,
	}, err
}

func tableList(b *publication.Book) (out TableList, err error) {
	if out.BookHead, err = bookHead(b); err != nil {
		return out, err
	}
	report, err := b.CheckTables()
	if err != nil {
		return out, err
	}
	counts := countByTable(report)
	for _, t := range b.Tables {
		total, err := t.Total()
		if err != nil {
			return out, err
		}
		n := counts[t.Def.Key]
		out.Tables = append(out.Tables, TableItem{
			Key: t.Def.Key, Number: t.Def.Number, Label: t.Def.Label, Name: t.Def.File, Title: t.Title, Empty: t.Empty, Total: signed(total),
			Errors: n[0], Warnings: n[1], Tail: len(report.TailsOf(t.Def.Key)) > 0,
		})
	}
	out.Downloads = tableDownloadsOf(bookDownloads(placeOfBook(b), b))
	return out, nil
}

// ruleOutcomes says of each rule how it came out, in their order.
func ruleOutcomes(report check.Report) (rules []RuleOutcome) {
	for _, f := range report.Findings {
		shown := outcomeOf(f)
		if n := len(rules); n == 0 || rules[n-1].Rule != f.Rule {
			rules = append(rules, RuleOutcome{Rule: f.Rule, Title: f.Title, Shown: FindingOutcome(shown)})
		}
		rule := &rules[len(rules)-1]
		switch shown {
		case web.OutcomeError:
			rule.Errors++
		case web.OutcomeWarning:
			rule.Warnings++
		case web.OutcomeInfo:
			if f.Outcome == check.Pass {
				rule.Tails++
			}
		}
		if weight(shown) < weight(web.Outcome(rule.Shown)) {
			rule.Shown = FindingOutcome(shown)
		}
	}
	return rules
}

// weight orders outcomes, the worst first.
func weight(o web.Outcome) int { return slices.Index(outcomeOrder, o) }

func bookFindingOf(f check.Finding) BookFinding {
	return BookFinding{findingOf(f), FindingOutcome(outcomeOf(f))}
}

// placeOfBook is where the pages of a book stand.
func placeOfBook(b *publication.Book) place {
	return place{region: b.Region.Code, unit: b.Unit.Code, year: b.Year, state: b.State, department: b.Department}
}

func tableDownloadsOf(files []web.Download) []TableDownload {
	out := make([]TableDownload, len(files))
	for i, f := range files {
		out[i] = TableDownload{Text: f.Text, Detail: f.Detail, Address: f.Href}
	}
	return out
}

func tableLayout(b *publication.Book, key string) (out TableLayout, err error) {
	i, err := tableIndex(b, key)
	if err != nil {
		return out, err
	}
	t := b.Tables[i]
	layout, err := b.Layout(t, nil)
	if err != nil {
		return out, err
	}
	out = TableLayout{
		Key: t.Def.Key, Number: t.Def.Number, Label: t.Def.Label, Title: t.Title, AboveLeft: layout.AboveLeft, AboveRight: layout.AboveRight,
		Landscape: layout.Landscape, Empty: t.Empty, Note: layout.Note, NumberRow: layout.NumberRow,
	}
	for _, line := range layout.Head {
		var row TableHeadRow
		for _, cell := range line {
			columns, rows := cell.Spans()
			row.Cells = append(row.Cells, TableHeadCell{Text: cell.Text, Colspan: columns, Rowspan: rows})
		}
		out.Head = append(out.Head, row)
	}
	for _, c := range t.Def.Columns {
		out.Columns = append(out.Columns, TableColumn{Key: c.Key, Heading: c.Heading, Kind: string(c.Kind), Side: c.Side})
	}
	for row, err := range t.Rows() {
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, rowOf(t, row))
	}
	if out.Findings, err = findingsOn(b, key); err != nil {
		return out, err
	}
	out.Downloads = tableDownloadsOf(tableDownloads(placeOfBook(b), b, t))
	out.BookHead, err = bookHead(b)
	return out, err
}

func rowOf(t *budget.Table, row budget.Row) TableRow {
	out := TableRow{Kind: string(row.Kind), Level: row.Level}
	for i, cell := range row.Cells {
		shown := TableCell{Text: cell.Shown()}
		if cell.Figure {
			amount := signed(cell.Amount)
			shown.Amount = &amount
			if _, ok := t.Figure(row, i); ok {
				shown.Row = row.Keys[t.Def.Columns[i].Side]
			}
		}
		out.Cells = append(out.Cells, shown)
	}
	return out
}

// findingsOn gives what is wrong with a table, and its tails after that.
func findingsOn(b *publication.Book, table string) (found []BookFinding, err error) {
	report, err := b.CheckTables()
	for _, f := range worstFirst(report.Findings) {
		if o := outcomeOf(f); f.Table == table && (f.Outcome == check.Fail || o == web.OutcomeInfo) {
			found = append(found, bookFindingOf(f))
		}
	}
	return found, err
}

// worstFirst orders findings as pages show them, within an outcome as the rules are
// listed.
func worstFirst(findings []check.Finding) []check.Finding {
	ordered := slices.Clone(findings)
	slices.SortStableFunc(ordered, func(a, b check.Finding) int {
		return cmp.Compare(weight(outcomeOf(a)), weight(outcomeOf(b)))
	})
	return ordered
}

func findingOutcomes() []FindingOutcome {
	list := make([]FindingOutcome, len(outcomeOrder))
	for i, o := range outcomeOrder {
		list[i] = FindingOutcome(o)
	}
	return list
}

// findingsPage counts all findings and gives those asked for.
func findingsPage(report check.Report, q *bookFindingsReq) BookFindings {
	counts := map[web.Outcome]int{}
	var items []BookFinding
	for _, f := range worstFirst(report.Findings) {
		shown := outcomeOf(f)
		counts[shown]++
		if (q.Outcome == nil || f.Outcome == *q.Outcome) && (q.Shown == nil || shown == web.Outcome(*q.Shown)) && (q.Rule == nil || f.Rule == *q.Rule) {
			items = append(items, bookFindingOf(f))
		}
	}
	return BookFindings{
		Page:   rest.NewPage(q.PageQuery, items[min(q.Offset(), len(items)):min(q.Offset()+q.Size, len(items))], len(items)),
		Errors: counts[web.OutcomeError], Warnings: counts[web.OutcomeWarning], Infos: counts[web.OutcomeInfo],
		Insufficient: counts[web.OutcomeInsufficient], Rules: ruleOutcomes(report), Passes: counts[web.OutcomePass], NotApplicable: counts[web.OutcomeNotApplicable],
	}
}

func lineageOf(b *publication.Book, table, row, column string) (out Lineage, err error) {
	l, err := b.Lineage(table, row, column)
	if err != nil {
		return out, err
	}
	c := l.Table.Def.Columns[l.Column]
	out = Lineage{
		Table: l.Table.Title, Row: l.Table.RowLabel(l.Row, c.Side), Column: c.Heading, Text: l.Cell.Shown(), Amount: signed(l.Cell.Amount),
		Words: predicateWords(l.Figure), Count: l.Count,
	}
	for _, line := range l.Lines {
		out.Facts = append(out.Facts, figureFact(b, line))
	}
	out.BookHead, err = bookHead(b)
	return out, err
}

// figureFact says of a fact what the page of a figure says, and which record it is of.
func figureFact(b *publication.Book, line publication.Line) FigureFact {
	f := lineageFact(b, line)
	out := FigureFact{
		Unit: line.Unit.Name, UnitCode: line.Unit.Code, Kind: f.Kind, Code: f.Code, Name: f.Name, Function: f.Function, Economic: f.Economic,
		FundKind: f.FundKind, Source: f.Source, Amount: line.Fact.Amount, RecordID: line.Version.RecordID, Record: model.SheetRecord,
		Number: f.Version, State: line.Version.State, Approval: f.Approval,
	}
	if line.Fact.ProjectCode != "" {
		out.Record = model.FilingRecord
	}
	if line.Approval != nil {
		out.Date = line.Approval.Date
	}
	return out
}
