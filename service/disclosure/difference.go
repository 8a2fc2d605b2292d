package disclosure

import (
	"strings"

	"biaochi/service/render"
)

// Correction is one place where two versions of a document differ; an empty side has
// nothing there.
type Correction struct {
	Where  string
	Before string
	After  string
}

// Differences lists where two versions of a document differ, in the order of the
// newer one: tables cell by cell, everything else line by line.
func Differences(before, after render.Document) ([]Correction, error) {
	old, err := placesOf(before)
	if err != nil {
		return nil, err
	}
	now, err := placesOf(after)
	if err != nil {
		return nil, err
	}
	var changes []Correction
	if before.Title != after.Title {
		changes = append(changes, Correction{"标题", before.Title, after.Title})
	}
	earlier := map[string]*placeOf{}
	for i := range old {
		earlier[old[i].key] = &old[i]
	}
	for i := range now {
		was := earlier[now[i].key]
		delete(earlier, now[i].key)
		if was == nil {
			was = &placeOf{where: now[i].where}
		}
		changes = append(changes, was.changes(&now[i])...)
	}
	for i := range old {
		if earlier[old[i].key] != nil {
			changes = append(changes, old[i].changes(&placeOf{where: old[i].where})...)
		}
	}
	return changes, nil
}

// placeOf is a part of a document that is compared as a whole: the text below a
// heading, a form, a chart, or the cells of a table.
type placeOf struct {
	key, where string
	lines      []string
	cells      []placedCell // of a table, in its order
}

type placedCell struct{ key, where, text string }

func placesOf(d render.Document) (list []placeOf, err error) {
	text := placeOf{key: "text", where: "正文"}
	flush := func() {
		if len(text.lines) > 0 {
			list = append(list, text)
		}
	}
	for _, block := range d.Blocks {
		switch block := block.(type) {
		case render.Heading:
			flush()
			text = placeOf{key: "text " + block.Anchor, where: block.Text}
		case render.Paragraph:
			text.lines = append(text.lines, block.Text)
		case render.Grid:
			list = append(list, gridPlace(block))
		case render.Chart:
			list = append(list, chartPlace(block))
		case *render.Table:
			p, err := tablePlace(block)
			if err != nil {
				return nil, err
			}
			list = append(list, p)
		}
	}
	flush()
	return list, nil
}

func gridPlace(g render.Grid) placeOf {
	p := placeOf{key: "grid " + g.Anchor, where: strings.TrimSpace(g.Label + " " + g.Entry)}
	for _, row := range g.Rows {
		var texts []string
		for _, cell := range row {
			if cell.Text != "" {
				texts = append(texts, cell.Text)
			}
		}
		p.lines = append(p.lines, strings.Join(texts, "｜"))
	}
	return p
}

func chartPlace(c render.Chart) placeOf {
	p := placeOf{key: "chart " + c.Anchor, where: c.Title}
	for _, s := range c.Slices {
		p.lines = append(p.lines, s.Label+"｜"+s.Amount+"｜"+s.Share)
	}
	return p
}

func tablePlace(t *render.Table) (placeOf, error) {
	p := placeOf{key: "table " + t.Key, where: t.Title}
	for row, err := range t.Rows {
		if err != nil {
			return p, err
		}
		key, name := "", ""
		for i, cell := range row.Cells {
			if cell.Anchor != "" {
				key, name = cell.Anchor, ""
			}
			if !t.Columns[i].Number {
				name = strings.TrimSpace(name + " " + cell.Text)
				if key == "" {
					key = cell.Text
				}
			}
			p.cells = append(p.cells, placedCell{
				key: key + " " + t.Columns[i].Heading, where: t.Title + " · " + name + " · " + t.Columns[i].Heading, text: cell.Text,
			})
		}
	}
	if t.Note != "" {
		p.cells = append(p.cells, placedCell{key: "note", where: t.Title + " · 表注", text: t.Note})
	}
	return p, nil
}

func (p *placeOf) changes(now *placeOf) []Correction {
	changes := lineChanges(now.where, p.lines, now.lines)
	was := map[string]placedCell{}
	for _, c := range p.cells {
		was[c.key] = c
	}
	for _, c := range now.cells {
		if old := was[c.key]; old.text != c.text {
			changes = append(changes, Correction{c.where, old.text, c.text})
		}
		delete(was, c.key)
	}
	for _, c := range p.cells {
		if _, gone := was[c.key]; gone && c.text != "" {
			changes = append(changes, Correction{c.where, c.text, ""})
		}
	}
	return changes
}

// lineChanges pairs the lines that differ between the longest run of lines that both
// have in common.
func lineChanges(where string, before, after []string) (changes []Correction) {
	common := commonLines(before, after)
	i, j := 0, 0
	for _, pair := range append(common, [2]int{len(before), len(after)}) {
		for i < pair[0] || j < pair[1] {
			c := Correction{Where: where}
			if i < pair[0] {
				c.Before, i = before[i], i+1
			}
			if j < pair[1] {
				c.After, j = after[j], j+1
			}
			changes = append(changes, c)
		}
		i, j = pair[0]+1, pair[1]+1
	}
	return changes
}

// commonLines is the longest common subsequence, as pairs of places.
func commonLines(a, b []string) (pairs [][2]int) {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
