package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/service/render"
)

// Difference is one thing that two documents of the same unit and year say
// differently: a cell, a sentence, a slice of a chart, a form.
type Difference struct {
	Kind   DifferenceKind
	Anchor string // of the block, in the document that has it
	Place  string // 预算公开表3《…》 208 社会保障和就业支出 合计
	Before string // "" where it was not there
	After  string // "" where it is gone
}

// DifferenceKind says what differs.
type DifferenceKind string

// The kinds of differences.
const (
	CellDiffers     DifferenceKind = "cell"
	SentenceDiffers DifferenceKind = "sentence"
	ChartDiffers    DifferenceKind = "chart"
	FormDiffers     DifferenceKind = "form"
	ResultDiffers   DifferenceKind = "result"
)

// Compare tells what changes from one document to the other, in the order of the
// second: what a reviewer sees of a filing before passing it, and what a correction
// shows beside the version before. Errors are those of reading the rows of tables.
func Compare(before, after render.Document) ([]Difference, error) {
	old, err := saysOf(before)
	if err != nil {
		return nil, err
	}
	now, err := saysOf(after)
	if err != nil {
		return nil, err
	}
	was := map[string]said{}
	for _, s := range old {
		was[s.key] = s
	}
	var list []Difference
	for _, s := range now {
		if w := was[s.key]; w.text != s.text {
			list = append(list, Difference{s.kind, s.anchor, s.place, w.text, s.text})
		}
		delete(was, s.key)
	}
	for _, s := range old {
		if _, gone := was[s.key]; gone && s.text != "" {
			list = append(list, Difference{s.kind, s.anchor, s.place, s.text, ""})
		}
	}
	return list, nil
}

// said is one thing that a document says, under a key that is the same in another
// of the same outline.
type said struct {
	key, anchor, place, text string
	kind                     DifferenceKind
}

func saysOf(d render.Document) (list []said, err error) {
	defer func() { number(list) }()
	heading := ""
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			heading = b.Text
		case render.Paragraph:
			list = append(list, said{b.Anchor, b.Anchor, heading, b.Text, SentenceDiffers})
		case *render.Table:
			cells, err := cellsOf(b)
			if err != nil {
				return nil, err
			}
			list = append(list, cells...)
		case render.Chart:
			for _, s := range b.Slices {
				list = append(list, said{b.Anchor + s.Label, b.Anchor, b.Title + " " + s.Label, s.Amount + b.Unit + "，" + s.Share, ChartDiffers})
			}
		case render.Grid:
			_, name, _ := strings.Cut(b.Entry, " ") // its number may change with those before it
			list = append(list, said{"form " + name, b.Anchor, b.Entry, gridText(b), FormDiffers})
		}
	}
	return list, nil
}

// number keeps keys apart that come again: table 4 has rows of the same name.
func number(list []said) {
	seen := map[string]int{}
	for i := range list {
		key := list[i].key
		seen[key]++
		list[i].key = fmt.Sprint(seen[key], " ", key)
	}
}

// cellsOf gives every figure of a table under the names of its row and column, and
// every row without figures.
func cellsOf(t *render.Table) (list []said, err error) {
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		for _, half := range halves(t, row) {
			for i := half.from; i < half.to; i++ {
				if t.Columns[i].Number {
					place := strings.TrimSpace(t.Label + "《" + t.Title + "》 " + half.name + " " + t.Columns[i].Heading)
					list = append(list, said{place, t.Key, place, row.Cells[i].Text, CellDiffers})
				}
			}
		}
	}
	return list, nil
}

type half struct {
	name     string
	from, to int
}

// halves are the parts of a row that names begin: tables of two halves have two.
func halves(t *render.Table, row render.Row) (list []half) {
	for i := 0; i < len(row.Cells); {
		var names []string
		from := i
		for ; i < len(row.Cells) && !t.Columns[i].Number; i++ {
			names = append(names, row.Cells[i].Text)
		}
		for ; i < len(row.Cells) && t.Columns[i].Number; i++ {
		}
		names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
		list = append(list, half{strings.Join(names, " "), from, i})
	}
	return list
}

func gridText(g render.Grid) string {
	var texts []string
	for _, row := range g.Rows {
		for _, c := range row {
			if !c.Label && c.Text != "" {
				texts = append(texts, c.Text)
			}
		}
	}
	return strings.Join(texts, "\n")
}

// CompareResults tells which projects' results one version has otherwise than the
// one before, in the order of the second.
func CompareResults(before, after *Bundle) (list []Difference) {
	was := map[string]string{}
	for i := range before.Projects {
		p := &before.Projects[i]
		was[p.Unit+p.Code] = p.Result.text()
	}
	for i := range after.Projects {
		p := &after.Projects[i]
		if old, now := was[p.Unit+p.Code], p.Result.text(); old != now {
			list = append(list, Difference{Kind: ResultDiffers, Place: p.Name + " 执行和自评结果", Before: old, After: now})
		}
	}
	return list
}

func (r *BundleResult) text() string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("执行 %s万元，执行率 %s，自评 %s（%s）", r.Executed.Wan(), r.Rate, r.Score, r.Grade)
}
