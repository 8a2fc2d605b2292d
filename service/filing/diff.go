package filing

import (
	"fmt"
	"slices"
	"strings"
)

// DifferenceKind says what became of a place.
type DifferenceKind string

// The kinds of difference.
const (
	Added   DifferenceKind = "added"   // 新增
	Removed DifferenceKind = "removed" // 删除
	Changed DifferenceKind = "changed" // 修改
	Moved   DifferenceKind = "moved"   // 移动
)

// DifferenceKinds lists the kinds of difference.
var DifferenceKinds = []DifferenceKind{Added, Removed, Changed, Moved}

// Difference is one place where two contents differ. A path is that of the newer
// content, of a removed row that of the older one: "$.form.indicators[3].annual.value".
type Difference struct {
	Path   string         `json:"path"`
	Label  string         `json:"label"` // as people read it: 绩效指标“培训期数” 年度指标值
	Before string         `json:"before"`
	After  string         `json:"after"`
	Kind   DifferenceKind `json:"kind"`
}

// Differences lists where two contents of one kind differ: fields in the order of
// the form, then row by row. Rows are known by what they are about and not by their
// place: an indicator by its levels and name, a budget row by kind and source, lines
// by their codes; a row that only changed its name is still the same one. Rows that
// are there on one side alone come with all they say.
func Differences(before, after Content) []Difference {
	a, b := before.outline(), after.outline()
	found := fieldDifferences("", "", a.fields, b.fields)
	for i := range max(len(a.lists), len(b.lists)) {
		found = append(found, listDifferences(a.list(i), b.list(i))...)
	}
	return found
}

// outline is a content as a row of fields and lists of rows, in a fixed order.
type outline struct {
	fields []field
	lists  []list
}

// list gives an empty one where the content is empty.
func (o outline) list(i int) list {
	if i < len(o.lists) {
		return o.lists[i]
	}
	return list{}
}

// field is a place with what it says; blank is "".
type field struct{ path, label, text string }

// list is a table of a content; its path has no index.
type list struct {
	path, label string
	rows        []row
}

// row is known by its key; where no row of the other side has it, by its group.
type row struct {
	key, group, name string
	fields           []field
}

func (r row) says() string {
	var parts []string
	for _, f := range r.fields {
		if f.text != "" {
			parts = append(parts, f.label+"："+f.text)
		}
	}
	return strings.Join(parts, "；")
}

// fieldDifferences compares fields by path, at a place with a name before theirs.
func fieldDifferences(place, name string, before, after []field) []Difference {
	var found []Difference
	old := map[string]string{}
	for _, f := range before {
		old[f.path] = f.text
	}
	met := map[string]bool{}
	compare := func(f field, text, now string) {
		if text != now {
			found = append(found, Difference{Path: place + f.path, Label: name + f.label, Before: text, After: now, Kind: kindOf(text, now)})
		}
	}
	for _, f := range after {
		met[f.path] = true
		compare(f, old[f.path], f.text)
	}
	for _, f := range before {
		if !met[f.path] {
			compare(f, f.text, "")
		}
	}
	return found
}

func kindOf(before, after string) DifferenceKind {
	switch {
	case before == "":
		return Added
	case after == "":
		return Removed
	}
	return Changed
}

func listDifferences(before, after list) []Difference {
	from := match(before.rows, after.rows)
	kept := inOrder(from)
	var found []Difference
	met := map[int]bool{}
	for i, r := range after.rows {
		place, name := fmt.Sprintf("%s[%d]", after.path, i), after.label+"“"+r.name+"”"
		if from[i] < 0 {
			found = append(found, Difference{Path: place, Label: name, After: r.says(), Kind: Added})
			continue
		}
		met[from[i]] = true
		found = append(found, fieldDifferences(place, name+" ", before.rows[from[i]].fields, r.fields)...)
		if !kept[i] {
			found = append(found, Difference{
				Path: place, Label: name, Kind: Moved,
				Before: fmt.Sprintf("第 %d 行", from[i]+1), After: fmt.Sprintf("第 %d 行", i+1),
			})
		}
	}
	for i, r := range before.rows {
		if !met[i] {
			found = append(found, Difference{
				Path: fmt.Sprintf("%s[%d]", before.path, i), Label: before.label + "“" + r.name + "”", Before: r.says(), Kind: Removed,
			})
		}
	}
	return found
}

// match gives for each row after the index of the one before that it was, -1 for
// none: first rows of the same key, then those of the same group, each in order.
func match(before, after []row) []int {
	from := make([]int, len(after))
	for i := range from {
		from[i] = -1
	}
	taken := make([]bool, len(before))
	for _, same := range []func(a, b row) bool{
		func(a, b row) bool { return a.key == b.key && a.says() == b.says() },
		func(a, b row) bool { return a.key == b.key },
		func(a, b row) bool { return a.group != "" && a.group == b.group },
	} {
		for i := range after {
			if from[i] >= 0 {
				continue
			}
			for j := range before {
				if !taken[j] && same(before[j], after[i]) {
					from[i], taken[j] = j, true
					break
				}
			}
		}
	}
	return from
}

// inOrder tells which matched rows stayed in their order: a longest run of rows
// whose places before rise. The others were moved.
func inOrder(from []int) []bool {
	length, last := make([]int, len(from)), make([]int, len(from))
	best := -1
	for i := range from {
		if from[i] < 0 {
			continue
		}
		length[i], last[i] = 1, -1
		for j := range i {
			if from[j] >= 0 && from[j] < from[i] && length[j]+1 > length[i] {
				length[i], last[i] = length[j]+1, j
			}
		}
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	kept := make([]bool, len(from))
	for i := best; i >= 0; i = last[i] {
		kept[i] = true
	}
	return kept
}

// merged puts the differences of several acts, oldest first, into one list: of each
// place what it said before the first and after the last.
func merged(acts ...[]Difference) []Difference {
	var all []Difference
	for _, d := range slices.Concat(acts...) {
		i := slices.IndexFunc(all, func(e Difference) bool {
			return e.Path == d.Path && e.Label == d.Label && e.Kind != Moved && d.Kind != Moved
		})
		if i < 0 {
			all = append(all, d)
			continue
		}
		all[i].After, all[i].Kind = d.After, kindOf(all[i].Before, d.After)
	}
	return slices.DeleteFunc(all, func(d Difference) bool { return d.Before == d.After })
}
