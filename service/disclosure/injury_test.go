package disclosure_test

import (
	"iter"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biaochi/service/check"
	"biaochi/service/render"
)

// copied gives a document whose blocks may be changed without touching m's own.
func copied(t testing.TB, d render.Document) render.Document {
	t.Helper()
	d.Blocks = slices.Clone(d.Blocks)
	d.Cover = slices.Clone(d.Cover)
	for i, block := range d.Blocks {
		switch b := block.(type) {
		case *render.Table:
			d.Blocks[i] = copiedTable(t, b)
		case render.Grid:
			b.Rows = slices.Clone(b.Rows)
			for r := range b.Rows {
				b.Rows[r] = slices.Clone(b.Rows[r])
			}
			d.Blocks[i] = b
		case render.Chart:
			b.Slices = slices.Clone(b.Slices)
			d.Blocks[i] = b
		}
	}
	return d
}

func copiedTable(t testing.TB, table *render.Table) *render.Table {
	t.Helper()
	twin := *table
	rows := rowsOf(t, table)
	for i := range rows {
		rows[i].Cells = slices.Clone(rows[i].Cells)
	}
	twin.Rows = sequence(rows)
	twin.Head = slices.Clone(table.Head)
	for i := range twin.Head {
		twin.Head[i] = slices.Clone(twin.Head[i])
	}
	return &twin
}

func rowsOf(t testing.TB, table *render.Table) []render.Row {
	t.Helper()
	var rows []render.Row
	for row, err := range table.Rows {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func sequence(rows []render.Row) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// defect injects one fault of a kind; false where the document has no place for it.
type defect struct {
	kind   string
	rules  []string // any of them must find it
	inject func(*injury) bool
}

// injury is a document that is being damaged.
type injury struct {
	*rand.Rand
	testing.TB
	d     *render.Document
	m     manuscript
	other string // the word for the other level
}

// edit changes a random paragraph that the change applies to.
func (j *injury) edit(change func(text string) (string, bool)) bool {
	for _, i := range j.Perm(len(j.d.Blocks)) {
		if p, ok := j.d.Blocks[i].(render.Paragraph); ok && !strings.HasPrefix(p.Anchor, "part-4") {
			if text, ok := change(p.Text); ok && text != p.Text {
				p.Text = text
				j.d.Blocks[i] = p
				return true
			}
		}
	}
	return false
}

// figure changes what a mark of a kind says.
func (j *injury) figure(kind check.MarkKind, change func(string) (string, bool)) bool {
	for _, s := range j.Perm(len(j.m.Statements)) {
		statement := j.m.Statements[s]
		for _, at := range j.Perm(len(statement.Marks)) {
			mark := statement.Marks[at]
			if mark.Kind != kind {
				continue
			}
			if text, ok := change(statement.Text[mark.Start:mark.End]); ok {
				return j.replace(statement.Anchor, statement.Text[:mark.Start]+text+statement.Text[mark.End:])
			}
		}
	}
	return false
}

func (j *injury) replace(anchor, text string) bool {
	for i, block := range j.d.Blocks {
		if p, ok := block.(render.Paragraph); ok && p.Anchor == anchor {
			p.Text = text
			j.d.Blocks[i] = p
			return true
		}
	}
	return false
}

// swap is an edit that replaces a pattern once.
func swap(pattern, by string) func(string) (string, bool) {
	expression := regexp.MustCompile(pattern)
	return func(text string) (string, bool) {
		at := expression.FindStringSubmatchIndex(text)
		if at == nil {
			return "", false
		}
		return text[:at[0]] + string(expression.ExpandString(nil, by, text, at)) + text[at[1]:], true
	}
}

// otherDigit changes one digit of a figure.
func (j *injury) otherDigit(text string) (string, bool) {
	at := regexp.MustCompile(`\d`).FindAllStringIndex(text, -1)
	if at == nil {
		return "", false
	}
	i := at[j.IntN(len(at))][0]
	return text[:i] + string('0'+(text[i]-'0'+byte(1+j.IntN(9)))%10) + text[i+1:], true
}

// table changes a random table of the set.
func (j *injury) table(change func(*render.Table, []render.Row) bool) bool {
	for _, i := range j.Perm(len(j.d.Blocks)) {
		t, ok := j.d.Blocks[i].(*render.Table)
		if !ok || t.Inline {
			continue
		}
		rows := rowsOf(j, t)
		if change(t, rows) {
			return true
		}
	}
	return false
}

func (j *injury) form(change func(*render.Grid) bool) bool {
	for _, i := range j.Perm(len(j.d.Blocks)) {
		if g, ok := j.d.Blocks[i].(render.Grid); ok && change(&g) {
			j.d.Blocks[i] = g
			return true
		}
	}
	return false
}

func (j *injury) remove(pick func(render.Block) bool) bool {
	for _, i := range j.Perm(len(j.d.Blocks)) {
		if pick(j.d.Blocks[i]) {
			j.d.Blocks = slices.Delete(j.d.Blocks, i, i+1)
			return true
		}
	}
	return false
}
