package render_test

import (
	"slices"
	"testing"

	"biaochi/service/render"
)

// TestPlaceHead places the head of table 4: three rows with spans both ways.
func TestPlaceHead(t *testing.T) {
	head := [][]render.HeadCell{
		{{Text: "收入", Colspan: 2}, {Text: "支出", Colspan: 3}},
		{{Text: "项目", Rowspan: 2}, {Text: "金额", Rowspan: 2}, {Text: "项目", Rowspan: 2}, {Text: "金额", Colspan: 2}},
		{{Text: "小计"}, {Text: "其中"}},
	}
	want := [][2]int{{0, 0}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {1, 3}, {2, 3}, {2, 4}}
	var got [][2]int
	for _, c := range render.PlaceHead(head) {
		got = append(got, [2]int{c.Row, c.Column})
	}
	if !slices.Equal(got, want) {
		t.Errorf("placed at %v, want %v", got, want)
	}
}

func TestIndentColumn(t *testing.T) {
	table := render.Table{Columns: []render.Column{{Code: true}, {}, {Number: true}}}
	if got := table.IndentColumn(); got != 1 {
		t.Errorf("column %d", got)
	}
	if got := new(render.Table).IndentColumn(); got != -1 {
		t.Errorf("column %d of none", got)
	}
}
