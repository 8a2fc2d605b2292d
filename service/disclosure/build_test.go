package disclosure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"biaochi/service/render"
)

// plain writes a document as text, a block after the other, as golden files keep it.
func plain(t testing.TB, d render.Document) string {
	t.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n页眉：%s\n标记：%s\n", d.Title, strings.Join(d.Cover, "\n"), d.Header, d.Mark)
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			fmt.Fprintf(&out, "\n%s %s {%s}\n", strings.Repeat("#", b.Level), b.Text, b.Anchor)
		case render.Paragraph:
			fmt.Fprintf(&out, "%s {%s}\n", b.Text, b.Anchor)
		case *render.Table:
			plainTable(t, &out, b)
		case render.Grid:
			plainGrid(&out, b)
		case render.Chart:
			fmt.Fprintf(&out, "[图] %s（%s） {%s}\n", b.Title, b.Unit, b.Anchor)
			for _, s := range b.Slices {
				fmt.Fprintf(&out, "  %s %s %s %d\n", s.Label, s.Amount, s.Share, s.Weight)
			}
			fmt.Fprintf(&out, "  合计 %s\n", b.Total)
		}
	}
	return out.String()
}

func plainTable(t testing.TB, out *strings.Builder, table *render.Table) {
	t.Helper()
	fmt.Fprintf(out, "[表] %s %s | %s | %s {%s}\n", table.Label, table.Title, table.AboveLeft, table.AboveRight, table.Key)
	for row, err := range table.Rows {
		if err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = c.Text
		}
		out.WriteString("  " + strings.Join(cells, " | ") + "\n")
	}
	if table.Note != "" {
		out.WriteString("  " + table.Note + "\n")
	}
}

func plainGrid(out *strings.Builder, g render.Grid) {
	fmt.Fprintf(out, "[表单] %s %s %s {%s} 目录：%s\n", g.Label, g.Title, g.Subtitle, g.Anchor, g.Entry)
	for _, row := range g.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			columns, rows := c.Spans()
			cells[i] = c.Text
			if columns*rows > 1 {
				cells[i] += fmt.Sprintf("<%d×%d>", columns, rows)
			}
		}
		out.WriteString("  " + strings.Join(cells, " | ") + "\n")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; look at it, then run with -update", name)
	}
}

func TestDocumentGolden(t *testing.T) {
	demo := readPack(t, demoDir+"/hr-2023.json")
	department := []pack{
		readPack(t, demoDir+"/dept-701-2024.json"), readPack(t, demoDir+"/unit-701001-2024.json"), readPack(t, demoDir+"/unit-701002-2024.json"),
	}
	for name, m := range map[string]manuscript{
		"demo.txt": build(t, "shanxi", demo), "department.txt": build(t, "shanxi", department...),
		"national.txt": build(t, "national", department[0]),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, plain(t, m.Document)) })
	}
}
