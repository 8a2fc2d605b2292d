package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/rendertest"
)

func sample(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, rendertest.Sample()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(sample(t), sample(t)) {
		t.Error("two writes differ")
	}
}

// TestObjects looks up every object where the file says that it begins, and asks for
// every one that is referred to.
func TestObjects(t *testing.T) {
	file := sample(t)
	_, tail, _ := bytes.Cut(file, []byte("\nxref\n"))
	offsets := regexp.MustCompile(`(\d{10}) 00000 n`).FindAllSubmatch(tail, -1)
	for i, m := range offsets {
		offset, err := strconv.Atoi(string(m[1]))
		if want := fmt.Sprintf("%d 0 obj\n", i+1); err != nil || !bytes.HasPrefix(file[offset:], []byte(want)) {
			t.Errorf("object %d is not at %s", i+1, m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(file, -1) {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n < 1 || n > len(offsets) {
			t.Errorf("reference to object %s of %d", m[1], len(offsets))
		}
	}
	if !bytes.Contains(tail, []byte("startxref\n"+strconv.Itoa(bytes.Index(file, []byte("\nxref\n"))+1)+"\n%%EOF\n")) {
		t.Error("the table of objects is not where the file says")
	}
}

// TestText reads the file with another program: all text is there, in the order that
// it was written, also what the fonts lack.
func TestText(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not here; scripts/setup-tests.sh installs it")
	}
	d := rendertest.Sample()
	d.Blocks = append(d.Blocks, render.Paragraph{Text: "罕见\U0002FA1D字𠅤"})
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	read := exec.Command("pdftotext", "-raw", "-", "-")
	read.Stdin = &out
	raw, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(string(raw)), "")
	for _, want := range []string{"罕见\U0002FA1D字𠅤", "䶮㛃𬱖𫖯", "CO₂减排", "11778.21", "贯彻执行国家和省有关方针政策", "目录", "附表2-3", "草稿，尚未公开", "—1—"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q can't be found", want)
		}
	}
}

func TestMissing(t *testing.T) {
	if got := string(Missing("䶮㛃a\U0002FA1D\n\U0002FA1D\u200b")); got != "\U0002FA1D" {
		t.Errorf("missing %q", got)
	}
}

// full is a writer without room.
type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrors(t *testing.T) {
	if err := Write(full{}, render.Document{}); err != errFull {
		t.Errorf("got %v", err)
	}
	table := &render.Table{Rows: func(yield func(render.Row, error) bool) { yield(render.Row{}, errFull) }}
	if err := Write(io.Discard, render.Document{Blocks: []render.Block{table}}); err != errFull {
		t.Errorf("got %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := Write(io.Discard, rendertest.Sample()); err != nil {
			b.Fatal(err)
		}
	}
}
