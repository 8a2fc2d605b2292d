package indicator

import "testing"

func TestTrees(t *testing.T) {
	if _, ok := FindTree("1999"); ok {
		t.Error("a tree of 1999")
	}
	for _, c := range []struct {
		tree, level1, level2 string
		want                 bool
	}{
		{"2015", "output", "cost", true},
		{"2015", "cost", "economicCost", false},
		{"2015", "benefit", "sustainability", true},
		{"2021", "output", "cost", false},
		{"2021", "cost", "economicCost", true},
		{"2021", "satisfaction", "serviceRecipients", true},
	} {
		tree, ok := FindTree(c.tree)
		if !ok || tree.Has(c.level1, c.level2) != c.want {
			t.Errorf("%s has %s.%s: %t", c.tree, c.level1, c.level2, !c.want)
		}
	}
}

// TestTreesFit: weights sum to 90 over known levels and moves end inside the tree.
func TestTreesFit(t *testing.T) {
	for _, tree := range Trees() {
		for _, set := range tree.Weights {
			sum := 0
			for key, points := range set.Levels {
				if _, ok := tree.Level1(key); !ok {
					t.Errorf("%s %s: no level %s", tree.Key, set.Key, key)
				}
				sum += points
			}
			if sum != 90 || sum+set.Execution != 100 || set.Source == "" {
				t.Errorf("%s %s: %d and %d", tree.Key, set.Key, sum, set.Execution)
			}
		}
		for _, move := range tree.Moves {
			if !tree.Has(move.ToLevel1, move.ToLevel2) || tree.Has(move.FromLevel1, move.FromLevel2) {
				t.Errorf("%s: move %v", tree.Key, move)
			}
		}
	}
}

func TestBoundTree(t *testing.T) {
	for _, year := range []int{2019, 2023, 2030} {
		if tree, ok := BoundTree("shanxi", year); !ok || tree.Key != "2015" {
			t.Errorf("%d: %s", year, tree.Key)
		}
	}
	for year, key := range map[int]string{2016: "2015", 2021: "2015", 2022: "2021", 2030: "2021"} {
		if tree, ok := BoundTree("national", year); !ok || tree.Key != key {
			t.Errorf("national %d: %s, want %s", year, tree.Key, key)
		}
	}
	if _, ok := BoundTree("nowhere", 2023); ok {
		t.Error("a tree for nowhere")
	}
}
