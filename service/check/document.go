package check

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/render"
)

// DocumentInput is all that the rules over a document read. The document may be the
// one that the program made, one that somebody has changed since, or a foreign one
// read back: what the records say is left out then, and rules that need it say that
// data are lacking.
type DocumentInput struct {
	Year     int
	Unit     string      // code of the unit or department
	Set      *budget.Set // of the tables
	Document render.Document
	// Original is the document as the records give it; nil where there are none.
	Original *render.Document
	// Statements are those of Original's paragraphs.
	Statements []Statement
	// Owner and Other are how the document speaks of who publishes, and the word for
	// the other level, which it must not use.
	Owner, Other string
	// Persons is how people who answer for a form are named.
	Persons PersonRule
	// Missing gives the characters of a text that the printed document can't show,
	// each once; nil where that isn't known.
	Missing func(text string) []rune
}

// PersonRule says how names of persons stand in a document.
type PersonRule string

// In full, by surname alone, not at all.
const (
	PersonsShown   PersonRule = "shown"
	PersonsSurname PersonRule = "surname"
	PersonsOmitted PersonRule = "omitted"
)

// RunDocument applies every rule of the year over a document. Each rule gives what
// it found, or one row that says that it passed, had nothing to look at, or could
// not run. Errors are those of reading the rows of tables.
func RunDocument(in DocumentInput) ([]Finding, error) {
	d := &manuscript{DocumentInput: &in, statements: map[string]*Statement{}, reported: map[string]bool{}}
	for i := range in.Statements {
		d.statements[in.Statements[i].Anchor] = &in.Statements[i]
	}
	if err := d.read(); err != nil {
		return nil, err
	}
	found := make([][]Finding, len(catalogue))
	for _, rest := range []bool{false, true} {
		for i := range catalogue {
			r := reader{manuscript: d, rule: &catalogue[i]}
			if r.rule.document != nil && r.rule.rest == rest && r.rule.Holds(in.Year) {
				found[i] = r.run()
			}
		}
	}
	return slices.Concat(found...), nil
}

// manuscript is a document with its tables read.
type manuscript struct {
	*DocumentInput
	statements map[string]*Statement
	tables     []sheetOfTable
	reported   map[string]bool // places that a rule has found something on: anchors, and texts without one
}

// sheetOfTable is a table with its rows as texts, and the original's where that is
// another one.
type sheetOfTable struct {
	*render.Table
	def      *budget.TableDef // nil where the set has none of that key
	rows     [][]string
	original *render.Table
	want     [][]string
	changed  bool // the document's table isn't the original's own
	odd      []oddCell
}

// read reads every table of the document once.
func (d *manuscript) read() error {
	for _, block := range d.Document.Blocks {
		t, ok := block.(*render.Table)
		if !ok {
			continue
		}
		sheet := sheetOfTable{Table: t, original: d.originalTable(t.Key)}
		sheet.def, _ = d.Set.Table(t.Key)
		sheet.changed = sheet.original != nil && sheet.original != t
		var err error
		if sheet.rows, sheet.odd, err = texts(t); err != nil {
			return err
		}
		if sheet.changed {
			if sheet.want, _, err = texts(sheet.original); err != nil {
				return err
			}
		}
		d.tables = append(d.tables, sheet)
	}
	return nil
}

func (d *manuscript) originalTable(key string) *render.Table {
	if d.Original == nil {
		return nil
	}
	for _, block := range d.Original.Blocks {
		if t, ok := block.(*render.Table); ok && t.Key == key {
			return t
		}
	}
	return nil
}

// oddCell is a cell that shows another number than it keeps for formats that compute.
type oddCell struct{ row, column int }

func texts(t *render.Table) (rows [][]string, odd []oddCell, err error) {
	if t.Rows == nil {
		return nil, nil, nil
	}
	for row, err := range t.Rows {
		if err != nil {
			return nil, nil, err
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = c.Text
			if shown, err := readWan(c.Text); c.Number && c.Text != "" && err == nil && shown.WanFen() != c.Hundredths {
				odd = append(odd, oddCell{len(rows), i})
			}
		}
		rows = append(rows, cells)
	}
	return rows, odd, nil
}

// Published reads the tables of a document as a reader of it has them, so that the
// rules over tables can run on a changed or foreign one. Errors: a table whose
// cells are no figures, those of the rows.
func Published(d render.Document, set *budget.Set, year int, unit string, names budget.Names, units []budget.Unit) ([]*Grid, error) {
	var grids []*Grid
	for _, block := range d.Blocks {
		t, ok := block.(*render.Table)
		if !ok {
			continue
		}
		def, known := set.Table(t.Key)
		if !known {
			continue
		}
		rows, _, err := texts(t)
		if err != nil {
			return nil, err
		}
		g, err := ReadGrid(def, year, unit, rows, names, units)
		if err != nil {
			return nil, &model.Error{Code: model.Invalid, Reason: "document.table", Message: err.Error()}
		}
		grids = append(grids, g)
	}
	return grids, nil
}

// reader is a rule at work on a document.
type reader struct {
	*manuscript
	rule    *Rule
	checked int
	lacking string // why the rule could not run, "" where it could
	found   []Finding
}

func (r *reader) run() []Finding {
	r.rule.document(r)
	failed := slices.ContainsFunc(r.found, func(f Finding) bool { return f.Outcome == Fail })
	switch {
	case r.lacking != "":
		r.found = append(r.found, r.rule.finding(InsufficientData, r.lacking))
	case !failed && r.checked > 0:
		r.found = append(r.found, r.rule.finding(Pass, "已逐处核对，没有发现问题。"))
	case len(r.found) == 0:
		r.found = append(r.found, r.rule.finding(NotApplicable, "公开文本中没有可供本条核对的内容。"))
	}
	return r.found
}

// fail adds a finding; rule, unit and severity are filled in.
func (r *reader) fail(f Finding) {
	f.Rule, f.Title, f.Outcome, f.Unit = r.rule.ID, r.rule.Title, Fail, r.Unit
	if f.Severity == "" {
		f.Severity = r.rule.Severity
	}
	r.reported[f.Anchor], r.reported[f.Text] = true, true
	r.found = append(r.found, f)
}

// insufficient adds that one place can't be compared.
func (r *reader) insufficient(anchor, message string) {
	r.found = append(r.found, Finding{
		Rule: r.rule.ID, Title: r.rule.Title, Severity: r.rule.Severity, Outcome: InsufficientData, Unit: r.Unit,
		Anchor: anchor, Message: message,
	})
}

// paragraphs walks the running text with the statement behind each, nil for none.
func (r *reader) paragraphs(visit func(p render.Paragraph, s *Statement)) {
	for _, block := range r.Document.Blocks {
		if p, ok := block.(render.Paragraph); ok {
			visit(p, r.statements[p.Anchor])
		}
	}
}

// text is a piece of a document with the place that findings lead to.
type text struct {
	anchor, where, text string
	// printed tells words of the document itself from what people wrote.
	printed bool
	// free are the parts of a printed text that people wrote, all the same.
	free []string
}

// printedTexts are the texts of the document's own: titles, headings, heads of
// tables, sentences.
func (d *manuscript) printedTexts() []text {
	list := []text{
		{where: "封面标题", text: d.Document.Title, printed: true}, {where: "页眉", text: d.Document.Header, printed: true},
	}
	for _, line := range d.Document.Cover {
		list = append(list, text{where: "封面", text: line, printed: true})
	}
	for _, block := range d.Document.Blocks {
		switch b := block.(type) {
		case render.Heading:
			list = append(list, text{anchor: b.Anchor, where: "标题“" + b.Text + "”", text: b.Text, printed: true})
		case render.Paragraph:
			list = append(list, d.sentence(b))
		case render.Chart:
			list = append(list, text{anchor: b.Anchor, where: "图“" + b.Title + "”", text: b.Title, printed: true})
		case render.Grid:
			list = append(list, text{anchor: b.Anchor, where: b.Label, text: b.Title + " " + b.Subtitle, printed: true})
		case *render.Table:
			list = append(list, tableTexts(b)...)
		}
	}
	return list
}

// blankPlace stands for what people wrote: it is no sign of any text.
const blankPlace = "\uFFFC"

// own is the text without what people wrote, a blank place for each of it.
func (t text) own() string {
	words := t.text
	for _, free := range t.free {
		words = strings.Replace(words, free, blankPlace, 1)
	}
	return words
}

func tableTexts(t *render.Table) []text {
	where := t.Label + "《" + t.Title + "》"
	list := []text{{anchor: t.Key, where: where, text: t.Title, printed: true}, {anchor: t.Key, where: where + "表下说明", text: t.Note, printed: true}}
	for _, row := range t.Head {
		for _, c := range row {
			list = append(list, text{anchor: t.Key, where: where + "表头", text: c.Text, printed: true})
		}
	}
	return list
}

func (d *manuscript) sentence(p render.Paragraph) text {
	out := text{anchor: p.Anchor, where: quoted(p.Text), text: p.Text, printed: true}
	if s := d.statements[p.Anchor]; s != nil {
		for _, m := range s.Marks {
			if m.Kind == FreeMark || m.Kind == ReasonMark {
				out.free = append(out.free, s.Text[m.Start:m.End])
			}
		}
	}
	return out
}

// beginning is enough of a text to know it by.
func beginning(s string) string {
	const length = 16
	runes := []rune(s)
	if len(runes) <= length {
		return s
	}
	return string(runes[:length]) + "…"
}

// everyText is every text of the document: its own, names in tables, cells of forms.
func (d *manuscript) everyText() []text {
	list := d.printedTexts()
	for _, t := range d.tables {
		for _, row := range t.rows {
			for i, cell := range row {
				if i < len(t.Columns) && !t.Columns[i].Number && !t.Columns[i].Code {
					list = append(list, text{anchor: t.Key, where: t.Label + "《" + t.Title + "》", text: cell})
				}
			}
		}
	}
	for _, block := range d.Document.Blocks {
		if g, ok := block.(render.Grid); ok {
			for _, row := range g.Rows {
				for _, c := range row {
					list = append(list, text{anchor: g.Anchor, where: g.Label, text: c.Text})
				}
			}
		}
	}
	return list
}
