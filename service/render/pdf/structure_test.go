package pdf

import (
	"bytes"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/rendertest"
)

// element is an element of the structure as the file has it.
type element struct {
	role, body string
	number     int
	kids       []*element
	pieces     [][2]int // page and number of each piece of content
	links      []int
}

// read follows the tree from an element down.
func read(t testing.TB, all map[int]string, number int) *element {
	t.Helper()
	body := all[number]
	e := &element{body: body, number: number, role: regexp.MustCompile(`^<</S/(\w+)/P`).FindStringSubmatch(body)[1]}
	own := 0
	if m := regexp.MustCompile(`/Pg (\d+) 0 R`).FindStringSubmatch(body); m != nil {
		own = whole(t, m[1])
	}
	_, kids, _ := strings.Cut(body, "/K[")
	for _, m := range regexp.MustCompile(`<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|<</Type/OBJR/Pg \d+ 0 R/Obj (\d+) 0 R>>|(\d+) 0 R|(\d+)`).FindAllStringSubmatch(kids, -1) {
		switch {
		case m[1] != "":
			e.pieces = append(e.pieces, [2]int{whole(t, m[1]), whole(t, m[2])})
		case m[3] != "":
			e.links = append(e.links, whole(t, m[3]))
		case m[4] != "":
			e.kids = append(e.kids, read(t, all, whole(t, m[4])))
		default:
			e.pieces = append(e.pieces, [2]int{own, whole(t, m[5])})
		}
	}
	for _, kid := range e.kids {
		if !strings.Contains(kid.body, fmt.Sprintf("/P %d 0 R", number)) {
			t.Errorf("%s %d doesn't name its parent %d", kid.role, kid.number, number)
		}
	}
	return e
}

func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, kid := range e.kids {
		kid.walk(visit)
	}
}

func (e *element) all(role string) (found []*element) {
	e.walk(func(e *element) {
		if e.role == role {
			found = append(found, e)
		}
	})
	return found
}

// tree reads the structure of a file.
func tree(t testing.TB, file []byte) (all map[int]string, document *element, catalogue string) {
	t.Helper()
	all = objects(t, file)
	for _, body := range all {
		if strings.HasPrefix(body, "<</Type/Catalog") {
			catalogue = body
		}
	}
	root := all[whole(t, regexp.MustCompile(`/StructTreeRoot (\d+) 0 R`).FindStringSubmatch(catalogue)[1])]
	return all, read(t, all, whole(t, regexp.MustCompile(`/K (\d+) 0 R`).FindStringSubmatch(root)[1])), catalogue
}

// TestStructure follows the structure of a document: what stands on a page belongs to
// one element or is an artifact, and the way back leads to the same.
func TestStructure(t *testing.T) {
	all, document, catalogue := tree(t, sample(t))
	for _, want := range []string{"/MarkInfo<</Marked true>>", "/Lang" + text("zh-CN"), "/DisplayDocTitle true"} {
		if !strings.Contains(catalogue, want) {
			t.Errorf("the file doesn't say %s", want)
		}
	}
	owner := map[[2]int]*element{}
	document.walk(func(e *element) {
		for _, piece := range e.pieces {
			if owner[piece] != nil {
				t.Errorf("piece %v is of two elements", piece)
			}
			owner[piece] = e
		}
	})
	parents := parentsOf(t, all)
	for number, body := range all {
		if strings.HasPrefix(body, "<</Type/Page/") {
			checkPage(t, all, number, owner, parents)
		}
	}
	for _, link := range document.all("Link") {
		if len(link.links) != 1 {
			t.Fatalf("a link has %d places", len(link.links))
		}
		back := regexp.MustCompile(`/StructParent (\d+)`).FindStringSubmatch(all[link.links[0]])
		if got := parents[whole(t, back[1])]; len(got) != 1 || got[0] != link.number {
			t.Errorf("link %d leads back to %v", link.number, got)
		}
	}
}

// parentsOf reads the way back from pages and links.
func parentsOf(t testing.TB, all map[int]string) map[int][]int {
	t.Helper()
	parents := map[int][]int{}
	for _, body := range all {
		if !strings.HasPrefix(body, "<</Nums[") {
			continue
		}
		for _, m := range regexp.MustCompile(`(\d+)(?:\[([^\]]*)\]| (\d+) 0 R)`).FindAllStringSubmatch(body, -1) {
			own := []int{}
			for _, r := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(m[2]+m[3]+" 0 R", -1) {
				own = append(own, whole(t, r[1]))
			}
			parents[whole(t, m[1])] = own
		}
	}
	return parents
}

// checkPage compares the pieces of a page with the tree.
func checkPage(t *testing.T, all map[int]string, page int, owner map[[2]int]*element, parents map[int][]int) {
	t.Helper()
	m := regexp.MustCompile(`/Contents (\d+) 0 R/StructParents (\d+)`).FindStringSubmatch(all[page])
	back := parents[whole(t, m[2])]
	open, count := false, 0
	for _, line := range strings.Split(all[whole(t, m[1])], "\n") {
		piece := regexp.MustCompile(`^/(\w+)<</MCID (\d+)>>BDC`).FindStringSubmatch(line)
		switch {
		case piece != nil:
			number := whole(t, piece[2])
			e := owner[[2]int{page, number}]
			if open || e == nil || e.role != piece[1] || back[number] != e.number {
				t.Fatalf("piece %d of page %d: %s", number, page, line)
			}
			open, count = true, count+1
		case strings.Contains(line, "BDC"):
			open = !strings.HasSuffix(line, "EMC")
		case line == "EMC":
			open = false
		case !open && (strings.HasSuffix(line, "Tj") || strings.HasSuffix(line, " f") || strings.HasSuffix(line, " S")):
			t.Fatalf("page %d draws what belongs nowhere: %s", page, line)
		}
	}
	if count != len(back) {
		t.Errorf("page %d has %d pieces, its way back %d", page, count, len(back))
	}
}

// TestRoles: every block of a document has the elements that tell what it is.
func TestRoles(t *testing.T) {
	d := rendertest.Sample()
	_, document, _ := tree(t, sample(t))
	want := map[string]int{"Figure": 0, "Table": 0, "P": 1}
	cells := 0
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			want[fmt.Sprintf("H%d", b.Level)]++
		case render.Paragraph:
			want["P"]++
		case render.Chart:
			want["Figure"]++
			want["Table"]++ // of its numbers
		case *render.Table:
			want["Table"]++
			if b.Note != "" {
				want["P"]++
			}
		case render.Grid:
			want["Table"]++
			for _, row := range b.Rows {
				cells += len(row)
			}
		}
	}
	for role, n := range want {
		if got := len(document.all(role)); got != n {
			t.Errorf("%d elements %s, want %d", got, role, n)
		}
	}
	if got := len(document.all("TD")) + len(document.all("TH")); got <= cells {
		t.Errorf("%d cells, the forms alone have %d", got, cells)
	}
	for _, h := range document.all("TH") {
		if !strings.Contains(h.body, "/Scope/Row") && !strings.Contains(h.body, "/Scope/Column") {
			t.Errorf("a head without scope: %s", h.body)
		}
	}
	if alt := document.all("Figure")[0].body; !strings.Contains(alt, "/Alt"+text(rendertest.Chart().Title+"："+rendertest.Chart().Words())) || !strings.Contains(alt, "/BBox[") {
		t.Errorf("the figure says %s", alt)
	}
	if got, want := document.kids[0].role+document.kids[1].role+document.kids[2].role, "SectTOCSect"; got != want {
		t.Errorf("read in the order %s", got)
	}
}

// TestRowsCoverTables: the cells of each row, with those that go on from above, cover
// the columns of their table once.
func TestRowsCoverTables(t *testing.T) {
	_, document, _ := tree(t, sample(t))
	spans := func(e *element, name string) int {
		if m := regexp.MustCompile(name + ` (\d+)`).FindStringSubmatch(e.body); m != nil {
			return whole(t, m[1])
		}
		return 1
	}
	for _, table := range document.all("Table") {
		columns, below := 0, map[int]int{}
		for r, row := range table.all("TR") {
			width := below[r]
			for _, c := range row.kids {
				width += spans(c, "/ColSpan")
				for i := 1; i < spans(c, "/RowSpan"); i++ {
					below[r+i] += spans(c, "/ColSpan")
				}
			}
			if columns == 0 {
				columns = width
			}
			if width != columns {
				t.Errorf("row %d covers %d columns of %d", r, width, columns)
			}
		}
	}
}

// TestRepeatedHeadsAreArtifacts: a head is read once, however many pages repeat it.
func TestRepeatedHeadsAreArtifacts(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, render.Document{Plain: true, Blocks: []render.Block{rendertest.Table(1, false, 200)}}); err != nil {
		t.Fatal(err)
	}
	all, document, _ := tree(t, out.Bytes())
	pages := 0
	for _, body := range all {
		if strings.HasPrefix(body, "<</Type/Page/") {
			pages++
		}
	}
	heads := document.all("THead")
	if pages < 4 || len(heads) != 1 {
		t.Fatalf("%d pages, %d heads", pages, len(heads))
	}
	heads[0].walk(func(e *element) {
		if (e.role == "TH" || e.role == "TD") && len(e.pieces) > 1 {
			t.Errorf("a cell of the head is read %d times", len(e.pieces))
		}
	})
}

// TestReadAloud lets another program follow the structure: headings, contents, heads
// and cells come in the order of the document.
func TestReadAloud(t *testing.T) {
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		t.Skip("pdfinfo is not here; scripts/setup-tests.sh installs it")
	}
	read := exec.Command("pdfinfo", "-struct-text", "-")
	read.Stdin = bytes.NewReader(sample(t))
	raw, err := read.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	got, at := string(raw), 0
	if strings.Contains(got, "Error") {
		t.Errorf("pdfinfo says %s", got)
	}
	for _, want := range []string{"TOC", "第一部分　概况1", "H1", `"第一部分　概况"`, "H2", "贯彻执行国家", "Table", "Caption", "预算公开表12026年", "THead", "TH", `"项目"`, "TBody", "TH", `"第0项`, "TD", "Figure", "附表2-1"} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q doesn't come after %d bytes", want, at)
		}
		at += i + len(want)
	}
	if strings.Contains(got, "草稿，尚未公开") || strings.Contains(got, "— 1 —") {
		t.Error("headers, numbers or marks are read aloud")
	}
}
