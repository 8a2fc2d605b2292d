package exchange

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"biaochi/service/indicator"
)

// The rich package uses every key, so the tests that start from it cover all.
func TestTheRichPackageUsesEveryKey(t *testing.T) {
	raw, err := os.ReadFile("testdata/rich.json")
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	use(packageShape, root, used)
	for _, s := range append(definitions(packageShape, map[string]bool{}), packageShape) {
		for _, f := range s.fields {
			if !used[s.name+"."+f.key] {
				t.Errorf("testdata/rich.json doesn't use %s of %s", f.key, s.name)
			}
		}
	}
}

func use(s *shape, v any, used map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			use(s.item, item, used)
		}
	case map[string]any:
		if s.kind != objectKind {
			return
		}
		for key, value := range v {
			used[s.name+"."+key] = true
			use(s.fields[s.byKey[key]].shape, value, used)
		}
	}
}

// The format has the levels of all known trees and no others.
func TestLevelsAreThoseOfTheTrees(t *testing.T) {
	under := map[string]map[string]bool{}
	for _, tree := range indicator.Trees() {
		for _, level1 := range tree.Levels {
			if under[level1.Key] == nil {
				under[level1.Key] = map[string]bool{}
			}
			if !slices.Contains(level1Shape.choices, shapeChoice{level1.Key, level1.Name}) {
				t.Errorf("no first level %s %s", level1.Key, level1.Name)
			}
			for _, level2 := range level1.Children {
				under[level1.Key][level2.Key] = true
				if !slices.Contains(level2Shape.choices, shapeChoice{level2.Key, level2.Name}) {
					t.Errorf("no second level %s %s", level2.Key, level2.Name)
				}
			}
		}
	}
	for level1, keys := range level2Under {
		if got := slices.Sorted(maps.Keys(under[level1])); !slices.Equal(got, slices.Sorted(slices.Values(keys))) {
			t.Errorf("under %s the trees have %v, the format %v", level1, got, keys)
		}
	}
	if len(under) != len(level2Under) {
		t.Errorf("the trees have %d first levels, the format %d", len(under), len(level2Under))
	}
}

// A key of the model that no list describes stops the program at its start.
func TestObjectOfPanicsWhereKeysAreForgotten(t *testing.T) {
	type pair struct {
		A string `json:"a"`
		B string `json:"b"`
	}
	for name, fields := range map[string][]shapeField{
		"forgotten": {may("a", "甲", nameShape)},
		"unknown":   {may("a", "甲", nameShape), may("c", "丙", nameShape)},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			objectOf[pair]("pair", "对", fields...)
		}()
	}
}
