package workbook

import (
	"slices"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/filing"
	"biaochi/service/render"
)

// rowEdit is a printed row of indicators: one that the form has, or a spare one.
type rowEdit struct {
	index          int // among the form's, -1 for a spare one
	level1, level2 string
	changed        bool
	longTerm       model.Target
	annual         model.Target
}

// indicators are the head and the rows of the tree: the first cell is over all of
// them, a first-level indicator over its rows, a second-level one over its rows in
// each half. Each second-level one has spare rows.
func (b *formBuilder) indicators() {
	var rows [][]slot
	for _, first := range b.tree() {
		var group [][]slot
		for _, second := range first.Level2 {
			group = append(group, b.second(first.Key, second)...)
		}
		if len(group) > 0 {
			group[0] = append([]slot{label(first.Text, len(group))}, group[0]...)
		}
		rows = append(rows, group...)
	}
	head := make([]slot, len(b.template.Head))
	for i, word := range b.template.Head {
		head[i] = label(word, 1)
	}
	head[0].Rows = len(rows) + 1
	b.rows = append(append(b.rows, head), rows...)
}

// tree is that of the template, with groups of other trees that the form uses.
func (b *formBuilder) tree() []disclosure.TreeGroup {
	tree := slices.Clone(b.template.Tree)
	for _, other := range b.template.OtherGroups {
		used := disclosure.TreeGroup{Key: other.Key, Text: other.Text}
		for _, second := range other.Level2 {
			if len(b.own(other.Key, second.Key)) > 0 {
				used.Level2 = append(used.Level2, second)
			}
		}
		if used.Level2 != nil {
			tree = append(tree, used)
		}
	}
	return tree
}

// own are the form's indicators of a second-level one, by index.
func (b *formBuilder) own(first, second string) (own []int) {
	for i, indicator := range b.form.Indicators {
		if indicator.Level1 == first && indicator.Level2 == second {
			own = append(own, i)
		}
	}
	return own
}

func label(text string, rows int) slot {
	return slot{FillCell: render.FillCell{Text: text, Rows: rows, Label: true}}
}

func (b *formBuilder) second(first string, second disclosure.TreeGroup) (rows [][]slot) {
	own := b.own(first, second.Key)
	n := len(own) + spare
	for i := range n {
		e := &rowEdit{index: -1, level1: first, level2: second.Key}
		if i < len(own) {
			e.index = own[i]
			indicator := b.form.Indicators[e.index]
			e.longTerm, e.annual = valueOf(indicator.LongTerm), valueOf(indicator.Annual)
		}
		b.edits = append(b.edits, e)
		var row []slot
		for _, t := range []*model.Target{&e.longTerm, &e.annual} {
			if i == 0 {
				row = append(row, label(second.Text, n))
			}
			row = append(row, targetSlot(e, &t.Name, false), targetSlot(e, &t.Value, true))
		}
		rows = append(rows, row)
	}
	return rows
}

func valueOf(t *model.Target) model.Target {
	if t == nil {
		return model.Target{}
	}
	return *t
}

func targetSlot(e *rowEdit, text *string, center bool) slot {
	return slot{
		FillCell: render.FillCell{Text: *text, Open: true, Center: center},
		put: func(_ *filing.Content, now string) error {
			*text, e.changed = now, true
			return nil
		},
	}
}

// finish puts the rows that were changed where they belong: known ones keep their
// place and whatever else is kept of them, new ones follow the last of their group,
// emptied ones go.
func (b *formBuilder) finish(c *filing.Content) {
	if !slices.ContainsFunc(b.edits, func(e *rowEdit) bool { return e.changed }) {
		return
	}
	f := formOf(c)
	gone := map[int]bool{}
	added := map[[2]string][]model.Indicator{}
	for _, e := range b.edits {
		switch {
		case !e.changed:
		case e.index < 0 && !e.empty():
			group := [2]string{e.level1, e.level2}
			added[group] = append(added[group], e.indicator())
		case e.index >= 0 && e.empty():
			gone[e.index] = true
		case e.index >= 0:
			f.Indicators[e.index] = e.indicator()
		}
	}
	f.Indicators = arrange(f.Indicators, gone, added, b.edits)
}

func (e *rowEdit) empty() bool {
	return e.longTerm.Name+e.longTerm.Value+e.annual.Name+e.annual.Value == ""
}

func (e *rowEdit) indicator() model.Indicator {
	i := model.Indicator{Level1: e.level1, Level2: e.level2}
	if e.longTerm.Name+e.longTerm.Value != "" {
		i.LongTerm = &e.longTerm
	}
	if e.annual.Name+e.annual.Value != "" {
		i.Annual = &e.annual
	}
	return i
}

func arrange(old []model.Indicator, gone map[int]bool, added map[[2]string][]model.Indicator, order []*rowEdit) []model.Indicator {
	last := map[[2]string]int{}
	for i, indicator := range old {
		last[[2]string{indicator.Level1, indicator.Level2}] = i
	}
	var all []model.Indicator
	for i, indicator := range old {
		if !gone[i] {
			all = append(all, indicator)
		}
		group := [2]string{indicator.Level1, indicator.Level2}
		if last[group] == i {
			all = append(all, added[group]...)
			delete(added, group)
		}
	}
	for _, e := range order { // groups that had none, in the order of the form
		group := [2]string{e.level1, e.level2}
		all = append(all, added[group]...)
		delete(added, group)
	}
	return all
}
