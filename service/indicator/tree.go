package indicator

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed trees.json
var treesJSON []byte

// Tree is a set of first and second level indicators (指标体系) with its weights.
type Tree struct {
	Key     string      `json:"key"`
	Name    string      `json:"name"`
	Source  string      `json:"source"` // the official document
	Levels  []Level     `json:"levels"` // in the order of the form
	Moves   []Move      `json:"moves"`
	Weights []WeightSet `json:"weights"`
}

// Level is a first-level indicator (一级指标) or, below one, a second-level one (二级指标).
type Level struct {
	Key      string  `json:"key"`
	Name     string  `json:"name"`     // as printed on the form
	Required bool    `json:"required"` // of first levels: a form without it has an error
	Absence  string  `json:"absence,omitempty"`
	Local    bool    `json:"local,omitempty"` // not in the national document, kept by many regions
	Children []Level `json:"children,omitempty"`
}

// Move says where a row of an older tree belongs in this one.
type Move struct {
	FromLevel1 string `json:"fromLevel1"`
	FromLevel2 string `json:"fromLevel2"`
	ToLevel1   string `json:"toLevel1"`
	ToLevel2   string `json:"toLevel2"`
}

// WeightSet gives the points (权重) of the first levels. They sum to 90 at filing;
// Execution (预算执行率) comes on top at self-evaluation.
type WeightSet struct {
	Key        string         `json:"key"`
	Name       string         `json:"name"`
	Levels     map[string]int `json:"levels"`
	Execution  int            `json:"execution"`
	Source     string         `json:"source"`
	Confidence string         `json:"confidence"` // how sure the figures are: high, medium, low
}

// Binding gives the tree of a regional set for some budget years.
// A year's own settings come before it.
type Binding struct {
	Set       string `json:"set"`
	Name      string `json:"name"`
	FirstYear *int   `json:"firstYear"` // nil: from the beginning
	LastYear  *int   `json:"lastYear"`  // nil: until further notice
	Tree      string `json:"tree"`
	Source    string `json:"source"`
}

type treeData struct {
	Trees    []Tree    `json:"trees"`
	Bindings []Binding `json:"bindings"`
}

// loadTrees reads afresh for every caller, so that none can change another's tree.
func loadTrees() treeData {
	var data treeData
	if err := json.Unmarshal(treesJSON, &data); err != nil {
		panic("indicator: trees.json: " + err.Error())
	}
	return data
}

// Trees gives all known trees, oldest first.
func Trees() []Tree { return loadTrees().Trees }

// FindTree gives the tree with a key, such as 2015 or 2021, and whether there is one.
func FindTree(key string) (Tree, bool) {
	for _, tree := range loadTrees().Trees {
		if tree.Key == key {
			return tree, true
		}
	}
	return Tree{}, false
}

// BoundTree gives the tree that a regional set uses in a budget year while the
// year's settings name no other, and whether the set says so.
func BoundTree(set string, year int) (Tree, bool) {
	for _, b := range loadTrees().Bindings {
		if b.Set == set && (b.FirstYear == nil || year >= *b.FirstYear) && (b.LastYear == nil || year <= *b.LastYear) {
			return FindTree(b.Tree)
		}
	}
	return Tree{}, false
}

// Level1 gives the first-level indicator with a key, and whether the tree has it.
func (t Tree) Level1(key string) (Level, bool) {
	i := slices.IndexFunc(t.Levels, func(l Level) bool { return l.Key == key })
	if i < 0 {
		return Level{}, false
	}
	return t.Levels[i], true
}

// Has says whether a pair of first and second level keys belongs to the tree.
func (t Tree) Has(level1, level2 string) bool {
	level, ok := t.Level1(level1)
	return ok && slices.ContainsFunc(level.Children, func(l Level) bool { return l.Key == level2 })
}
