package layout

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/font"
	"biaochi/service/render/rendertest"
)

var update = flag.Bool("update", false, "rewrite testdata")

func lay(t testing.TB, d render.Document) *Book {
	t.Helper()
	book, err := Lay(d)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestNothingIsLost counts characters: every one of the document stands on a page.
func TestNothingIsLost(t *testing.T) { checkAll(t, rendertest.Sample(), lay(t, rendertest.Sample())) }

func checkAll(t *testing.T, d render.Document, book *Book) {
	t.Helper()
	have := map[rune]int{}
	for _, p := range book.Pages {
		for _, text := range p.Texts {
			for _, r := range text.Content {
				have[r]++
			}
		}
	}
	want := map[rune]int{}
	for _, text := range rendertest.Texts(d) {
		for _, r := range text {
			want[r]++
		}
	}
	for r, n := range want {
		if r != ' ' && r != '\n' && have[r] < n {
			t.Errorf("%c stands in the document %d times, on pages %d times", r, n, have[r])
		}
	}
}

// TestNothingIsClipped looks at every page: texts stand inside the paper's margins,
// in one cell, and over no other text.
func TestNothingIsClipped(t *testing.T) {
	d := rendertest.Sample()
	d.Blocks = append(d.Blocks, rendertest.Table(14, true, 400), hardGrid())
	checkPages(t, lay(t, d))
}

func checkPages(t *testing.T, book *Book) {
	t.Helper()
	for i, p := range book.Pages {
		for j, text := range p.Texts {
			box := inkOf(text)
			if box.X < MarginSide-1 || box.X+box.W > p.Width-MarginSide+1 || box.Y < 0 || box.Y+box.H > p.Height {
				t.Errorf("page %d: %q stands outside the margins", i+1, text.Content)
			}
			for _, cell := range p.Boxes {
				if overlap(box, cell) && !inside(box, cell) {
					t.Errorf("page %d: %q crosses the edge of a cell", i+1, text.Content)
				}
			}
			for _, other := range p.Texts[j+1:] {
				if overlap(box, inkOf(other)) {
					t.Errorf("page %d: %q and %q overlap", i+1, text.Content, other.Content)
				}
			}
		}
	}
}

// TestRandomForms sets forms of random spans and lengths and asks the same of them.
func TestRandomForms(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		d := render.Document{Title: "表", Blocks: []render.Block{randomForm(random)}}
		book := lay(t, d)
		if checkAll(t, d, book); !t.Failed() {
			checkPages(t, book)
		}
		if t.Failed() {
			t.Fatalf("form %d: %+v", n, d.Blocks[0])
		}
	}
}

// randomForm fills a grid with cells of random size, length and kind, one after the
// other where there is room.
func randomForm(random *rand.Rand) render.Grid {
	columns, rows := 2+random.IntN(6), 5+random.IntN(60)
	g := render.Grid{Title: "表", Rows: make([][]render.GridCell, rows), HeadRows: random.IntN(2), Widths: make([]float64, columns)}
	for i := range g.Widths {
		g.Widths[i] = 1 / float64(columns)
	}
	taken := map[[2]int]bool{}
	for r := range rows {
		for c := range columns {
			if taken[[2]int{r, c}] {
				continue
			}
			cell := render.GridCell{Colspan: 1, Rowspan: 1, Label: random.IntN(3) == 0, Center: random.IntN(2) == 0}
			for c+cell.Colspan < columns && !taken[[2]int{r, c + cell.Colspan}] && random.IntN(3) == 0 {
				cell.Colspan++
			}
			if r >= g.HeadRows {
				cell.Rowspan = min(1+random.IntN(1+random.IntN(20)), rows-r)
			}
			length := random.IntN(12)
			if !cell.Label && random.IntN(8) == 0 {
				length = random.IntN(1200)
			}
			cell.Text = strings.Repeat("字", length)
			for i := range cell.Rowspan * cell.Colspan {
				taken[[2]int{r + i/cell.Colspan, c + i%cell.Colspan}] = true
			}
			g.Rows[r] = append(g.Rows[r], cell)
		}
	}
	return g
}

// hardGrid holds what is hard to set: an unbroken word longer than a page is wide, a
// row longer than a page, a label in a cell too narrow for it.
func hardGrid() render.Grid {
	return render.Grid{
		Title: "难排的表", Widths: []float64{0.02, 0.48, 0.5},
		Rows: [][]render.GridCell{
			{{Text: "绩效指标及其说明", Label: true, Rowspan: 3}, {Text: strings.Repeat("A1", 200)}, {Text: "12345678901234567890"}},
			{{Text: strings.Repeat("很长的一段文字，要排到下一页去。", 300)}, {Text: "短"}},
			{{Text: strings.Repeat("行\n", 70), Colspan: 2}},
		},
	}
}

// inkOf is the room of a text a little inside its em boxes, which fonts don't fill.
func inkOf(t Text) Rect {
	return Rect{t.X + 0.1, t.Y - 0.8*t.Size, t.Width() - t.Spread - 0.2, 0.85 * t.Size}
}

func overlap(a, b Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func inside(a, b Rect) bool {
	return a.X >= b.X-0.1 && a.Y >= b.Y-0.1 && a.X+a.W <= b.X+b.W+0.1 && a.Y+a.H <= b.Y+b.H+0.1
}

// TestEntriesLeadHome finds each entry of the contents on the page that its number
// names.
func TestEntriesLeadHome(t *testing.T) {
	book := lay(t, rendertest.Sample())
	if len(book.Entries) < 20 {
		t.Fatalf("%d entries", len(book.Entries))
	}
	for _, e := range book.Entries {
		page := book.Pages[e.Page]
		if page.Label != e.Label {
			t.Errorf("%s: number %s leads to page %s", e.Text, e.Label, page.Label)
		}
		name, _, _ := strings.Cut(e.Text, "　")
		if !strings.Contains(pageText(page), name) {
			t.Errorf("page %s does not hold %s", e.Label, e.Text)
		}
	}
}

func pageText(p *Page) string {
	var b strings.Builder
	for _, t := range p.Texts {
		b.WriteString(t.Content)
	}
	return b.String()
}

// TestPages compares what stands on which page with a golden file.
func TestPages(t *testing.T) {
	var b strings.Builder
	for i, p := range lay(t, rendertest.Sample()).Pages {
		fmt.Fprintf(&b, "== %d (%s) %.0f×%.0f, %d cells\n", i+1, p.Label, p.Width, p.Height, len(p.Boxes))
		y := 0.0
		for _, t := range p.Texts {
			if t.Y != y {
				b.WriteString("\n")
			}
			y = t.Y
			b.WriteString(t.Content + "|")
		}
		b.WriteString("\n")
	}
	const path = "testdata/pages.txt"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("pages differ from %s; look at them, then run with -update", path)
	}
}

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		text string
		room float64 // in characters
		want string
	}{
		{"一二三四五六", 4, "一二三四|五六"},
		{"一二三四，五六", 4, "一二三|四，五六"},
		{"一二三（四五", 4, "一二三|（四五"},
		{"第一段\n第二段", 9, "第一段|第二段"},
		{"共计123456.78万元", 7, "共计|123456.78万元"},
		{"增长11.71%。", 4.6, "增长|11.71%。"},
		{"人人…………", 5, "人|人…………"},
		{"abcdefghijklmnop", 4, "abcdefg|hijklmn|op"},
		{"one two three", 4, "one two|three"},
		{"a\u200bb\tc\r\n", 9, "ab c|"},
		{"", 9, ""},
	} {
		var got []string
		for _, l := range breakLines(c.text, font.Serif(), 10, c.room*10, 0) {
			got = append(got, l.text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q in %v: %s, want %s", c.text, c.room, s, c.want)
		}
	}
}

// TestGroupRowsHaveCompany: no page of a table ends with a row that stands above
// others.
func TestGroupRowsHaveCompany(t *testing.T) {
	table := rendertest.Table(1, false, 200)
	d := render.Document{Blocks: []render.Block{table}}
	for i, p := range lay(t, d).Pages {
		last := ""
		for _, text := range p.Texts {
			if strings.HasPrefix(text.Content, "20801") || strings.HasPrefix(text.Content, "20802") {
				last = text.Content
			}
		}
		if last != "" && (last[len(last)-1] == '1' || last[len(last)-1] == '6') {
			t.Errorf("page %d ends with group row %s", i+1, last)
		}
	}
}

// TestLabelsAreWhole: a label over rows of two pages stands whole on both.
func TestLabelsAreWhole(t *testing.T) {
	grid := render.Grid{Title: "表", Widths: []float64{0.2, 0.8}, Rows: [][]render.GridCell{{{Text: "产出指标", Rowspan: 60, Label: true}, {Text: "一"}}}}
	for range 59 {
		grid.Rows = append(grid.Rows, []render.GridCell{{Text: "又一行"}})
	}
	book := lay(t, render.Document{Blocks: []render.Block{grid}})
	if len(book.Pages) != 3 {
		t.Fatalf("%d pages", len(book.Pages))
	}
	for _, p := range book.Pages[1:] {
		if strings.Count(pageText(p), "产出指标") != 1 {
			t.Errorf("page %s: %s", p.Label, pageText(p))
		}
	}
}

// TestOdd sets documents without blocks, and tables without rows or heads.
func TestOdd(t *testing.T) {
	for _, d := range []render.Document{
		{},
		{Blocks: []render.Block{&render.Table{Rows: func(func(render.Row, error) bool) {}}}},
		{Blocks: []render.Block{render.Grid{}, render.Chart{}, render.Heading{}, render.Paragraph{}}},
		{Blocks: []render.Block{render.Grid{HeadRows: 1, Rows: [][]render.GridCell{{{Text: strings.Repeat("头", 4000)}}, {{Text: "身"}}}}}},
		{Blocks: []render.Block{render.Grid{HeadRows: 1, Rows: [][]render.GridCell{{{Text: "头", Rowspan: 9, Colspan: 2}}}}}},
	} {
		if book := lay(t, d); len(book.Pages) == 0 {
			t.Error("no page")
		}
	}
}

// TestRowErrors: an error of the rows is handed on.
func TestRowErrors(t *testing.T) {
	wrong := fmt.Errorf("rows broke off")
	table := &render.Table{Rows: func(yield func(render.Row, error) bool) { yield(render.Row{}, wrong) }}
	if _, err := Lay(render.Document{Blocks: []render.Block{table}}); err != wrong {
		t.Errorf("got %v", err)
	}
}
