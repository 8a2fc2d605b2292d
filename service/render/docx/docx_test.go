package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/layout"
	"biaochi/service/render/rendertest"
)

func write(t testing.TB, d render.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpack gives the archive's files by name.
func unpack(t testing.TB, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, rendertest.Sample()), write(t, rendertest.Sample())) {
		t.Error("two writes differ")
	}
}

// TestParts asks that every part is well-formed, has a type, and that every relation
// leads to a part.
func TestParts(t *testing.T) {
	files := unpack(t, write(t, rendertest.Sample()))
	for name, content := range files {
		decoder := xml.NewDecoder(strings.NewReader(content))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if !strings.HasSuffix(name, ".rels") && name[0] != '[' && !strings.Contains(files["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("%s has no type", name)
		}
	}
	relations := files["word/_rels/document.xml.rels"]
	for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(relations, -1) {
		if files["word/"+m[1]] == "" {
			t.Errorf("relation to %s, which is not there", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`r:id="([^"]+)"`).FindAllStringSubmatch(files["word/document.xml"], -1) {
		if !strings.Contains(relations, `Id="`+m[1]+`"`) {
			t.Errorf("no relation %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`<w:pStyle w:val="([^"]+)"`).FindAllStringSubmatch(files["word/document.xml"], -1) {
		if !strings.Contains(files["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("no style %s", m[1])
		}
	}
}

// TestNothingIsLost counts characters: every one of the document stands in a part.
func TestNothingIsLost(t *testing.T) {
	d := rendertest.Sample()
	have := map[rune]int{}
	for _, content := range unpack(t, write(t, d)) {
		for _, m := range regexp.MustCompile(`<(?:w:t|dc:title|c:v)[^>]*>([^<]*)<`).FindAllStringSubmatch(content, -1) {
			for _, r := range m[1] {
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
		if r != '\n' && have[r] < n {
			t.Errorf("%c stands in the document %d times, in the file %d times", r, n, have[r])
		}
	}
}

// TestGrids asks that the cells of every row cover the table's columns once, and that
// no cell goes on from a row above that has none to go on.
func TestGrids(t *testing.T) {
	d := rendertest.Sample()
	d.Blocks = append(d.Blocks, render.Grid{Title: "缺格", Rows: [][]render.GridCell{{{Text: "一", Rowspan: 2}, {Text: "二"}, {Text: "三"}}, {{Text: "四"}}}})
	body := unpack(t, write(t, d))["word/document.xml"]
	for _, table := range regexp.MustCompile(`(?s)<w:tbl>.*?</w:tbl>`).FindAllString(body, -1) {
		if strings.Contains(table, "<w:drawing>") {
			continue // holds another table
		}
		columns := strings.Count(table, "<w:gridCol ")
		open := map[int]bool{}
		for _, row := range regexp.MustCompile(`(?s)<w:tr>.*?</w:tr>`).FindAllString(table, -1) {
			column := 0
			for _, cell := range regexp.MustCompile(`(?s)<w:tc>.*?</w:tc>`).FindAllString(row, -1) {
				if strings.Contains(cell, "<w:vMerge/>") && !open[column] {
					t.Errorf("a cell of column %d goes on from none", column)
				}
				open[column] = strings.Contains(cell, "<w:vMerge")
				column += span(cell)
			}
			if column != columns {
				t.Errorf("cells over %d columns of %d: %s", column, columns, row)
			}
		}
	}
}

func span(cell string) int {
	m := regexp.MustCompile(`<w:gridSpan w:val="(\d)"/>`).FindStringSubmatch(cell)
	if m == nil {
		return 1
	}
	return int(m[1][0] - '0')
}

// TestContents compares the contents with the layout, and asks that each entry leads
// to its bookmark.
func TestContents(t *testing.T) {
	book, err := layout.Lay(rendertest.Sample())
	if err != nil {
		t.Fatal(err)
	}
	body := unpack(t, write(t, rendertest.Sample()))["word/document.xml"]
	listed := regexp.MustCompile(`<w:hyperlink w:anchor="([^"]+)".*?<w:t xml:space="preserve">([^<]+)<.*?separate.*?<w:t xml:space="preserve">([^<]+)<`).FindAllStringSubmatch(body, -1)
	if len(listed) != len(book.Entries) {
		t.Fatalf("%d entries of %d", len(listed), len(book.Entries))
	}
	for i, m := range listed {
		if e := book.Entries[i]; m[2] != e.Text || m[3] != e.Label {
			t.Errorf("%s on page %s, want %s on page %s", m[2], m[3], e.Text, e.Label)
		}
		if strings.Count(body, `<w:bookmarkStart w:id="`+strings.TrimLeft(m[1][4:], "0")+`" w:name="`+m[1]+`"/>`) != 1 {
			t.Errorf("%s leads nowhere", m[2])
		}
	}
}

// TestSections: pages turn for wide tables, and the body counts from 1.
func TestSections(t *testing.T) {
	body := unpack(t, write(t, rendertest.Sample()))["word/document.xml"]
	sections := regexp.MustCompile(`(?s)<w:sectPr>.*?</w:sectPr>`).FindAllString(body, -1)
	var kinds []string
	for _, s := range sections {
		kind := regexp.MustCompile(`header(\w+)"/>`).FindStringSubmatch(s)[1]
		if strings.Contains(s, `w:start="1"`) {
			kind += " from 1"
		}
		kinds = append(kinds, kind)
	}
	want := []string{"Cover", "Portrait from 1", "Portrait from 1"}
	for range 3 {
		want = append(want, "Landscape", "Portrait")
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("sections %v, want %v", kinds, want)
	}
}

// TestChart asks for exact weights in the chart and for its numbers as words.
func TestChart(t *testing.T) {
	files := unpack(t, write(t, rendertest.Sample()))
	for _, want := range []string{"<c:v>1177821</c:v>", "<c:v>2500</c:v>", "<c:v>农林水支出</c:v>"} {
		if !strings.Contains(files["word/charts/chart1.xml"], want) {
			t.Errorf("the chart lacks %s", want)
		}
	}
	if !strings.Contains(files["word/document.xml"], "农林水支出25.00万元，占0.19%") {
		t.Error("the chart can't be read out")
	}
}

func TestOdd(t *testing.T) {
	for _, d := range []render.Document{
		{},
		{Title: `<&">`, Header: "\x01", Blocks: []render.Block{render.Heading{Level: 9, Text: "<&\">\x02", Entry: true}, render.Chart{}, render.Grid{}, render.Paragraph{Text: "一\n二"}}},
	} {
		for name, content := range unpack(t, write(t, d)) {
			if err := xml.Unmarshal([]byte(content), new(struct{})); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	wrong := errors.New("rows broke off")
	table := &render.Table{Rows: func(yield func(render.Row, error) bool) { yield(render.Row{}, wrong) }}
	if err := Write(io.Discard, render.Document{Blocks: []render.Block{table}}); err != wrong {
		t.Errorf("got %v", err)
	}
}

// TestNoClock: nothing in the file tells when it was made.
func TestNoClock(t *testing.T) {
	file := write(t, rendertest.Sample())
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 {
			t.Errorf("%s has a time", f.Name)
		}
	}
	for name, content := range unpack(t, file) {
		if strings.Contains(content, "dcterms:") {
			t.Errorf("%s has a time", name)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := Write(io.Discard, rendertest.Sample()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLegendsFit: the table beside a chart is as wide as what is left for it.
func TestLegendsFit(t *testing.T) {
	body := unpack(t, write(t, render.Document{Blocks: []render.Block{rendertest.Chart()}}))["word/document.xml"]
	frame := regexp.MustCompile(`(?s)<w:tblPr>.*?</w:tblPr>`).FindString(body)
	if !strings.Contains(frame, `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`) {
		t.Errorf("cells around a legend have margins: %s", frame)
	}
}

// TestTitlesAreBalanced: a title of two lines breaks as in the layout, in one
// paragraph.
func TestTitlesAreBalanced(t *testing.T) {
	title := strings.Repeat("项目支出绩效目标", 4)
	body := unpack(t, write(t, render.Document{Blocks: []render.Block{render.Grid{Title: title}}}))["word/document.xml"]
	lines := layout.Balanced(title, layout.CaptionStyle(), layout.PaperShort)
	if want := lines[0] + `</w:t><w:br/><w:t xml:space="preserve">` + lines[1]; len(lines) != 2 || !strings.Contains(body, want) {
		t.Errorf("%q is not set as %q", title, lines)
	}
}
