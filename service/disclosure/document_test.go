package disclosure_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/formats"
	"biaochi/service/render/html"
	"biaochi/service/render/xlsx"
)

var samples = flag.String("samples", "", "a folder to write documents to, to look at")

// TestDocuments makes both documents of every sample, and keeps them where asked.
func TestDocuments(t *testing.T) {
	style, err := os.ReadFile("../../web/static/biaochi.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, tables := range map[string][]render.Table{
		"unit": layouts(demo(t)), "department": layouts(department(t)), "empty": layouts(empty(t)),
	} {
		var page, book bytes.Buffer
		d := render.Document{Title: tables[0].AboveLeft, Language: "zh-CN"}
		for i := range tables {
			d.Blocks = append(d.Blocks, &tables[i])
		}
		if err := html.Write(&page, d, string(style)); err != nil {
			t.Fatal(err)
		}
		if err := xlsx.Write(&book, xlsx.Book{Title: d.Title, Tables: tables}); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if !strings.Contains(page.String(), `<section class="sheet`) || !strings.Contains(page.String(), table.Title) {
				t.Errorf("%s: %s is missing", name, table.Title)
			}
		}
		keepSample(t, name+".html", page.Bytes())
		keepSample(t, name+".xlsx", book.Bytes())
	}
}

// keepFormats keeps a document in every format, where asked.
func keepFormats(t *testing.T, name string, d render.Document) {
	if *samples == "" {
		return
	}
	manuscript := formats.NewManuscript(d, "")
	for _, f := range formats.All() {
		var out bytes.Buffer
		if err := f.Write(&out, manuscript); err != nil {
			t.Fatal(err)
		}
		keepSample(t, name+"."+f.Name, out.Bytes())
	}
}

func keepSample(t *testing.T, name string, content []byte) {
	if *samples == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*samples, name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}
