package pdf

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
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
