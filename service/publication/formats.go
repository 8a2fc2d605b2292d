package publication

import (
	"fmt"
	"io"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/render"
	"biaochi/service/render/csvfile"
	"biaochi/service/render/formats"
	"biaochi/service/render/html"
	"biaochi/service/render/xlsx"
)

// Format is a way to write a book to files.
type Format struct {
	Name  string
	Files func(*Book) []File
}

// File is one output file; Write may be called once.
type File struct {
	Name  string
	Write func(io.Writer) error
	// Apart tells that Write reads no records once the book's draft is built: it may
	// run beside the writing of other files.
	Apart bool
}

var bookFormats = []Format{
	{"csv", func(b *Book) []File { return b.eachTable("csv", writeCSV) }},
	{"json", func(b *Book) []File {
		return append(b.eachTable("json", disclosure.WriteJSON), File{Name: ProofFolder + "/" + disclosure.ReleaseFile, Write: b.writeRelease})
	}},
	{"xlsx", func(b *Book) []File {
		return []File{b.file(tablesStem, "xlsx", b.writeTablesXLSX), b.document("xlsx")}
	}},
	{"html", func(b *Book) []File {
		return []File{b.file(tablesStem, "html", b.writeTablesHTML), b.document("html")}
	}},
	{"pdf", func(b *Book) []File { return []File{b.document("pdf")} }},
	{"docx", func(b *Book) []File { return []File{b.document("docx")} }},
}

// Formats lists the names of the formats.
func Formats() []string {
	names := make([]string, len(bookFormats))
	for i, f := range bookFormats {
		names[i] = f.Name
	}
	return names
}

// FormatOf finds a format by name.
func FormatOf(name string) (Format, bool) {
	for _, f := range bookFormats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

func writeCSV(w io.Writer, t *budget.Table) error {
	return csvfile.Write(w, disclosure.Layout(t, nil))
}

// File finds one of the book's files by name, in any format.
func (b *Book) File(name string) (File, bool) {
	for _, format := range bookFormats {
		for _, file := range format.Files(b) {
			if file.Name == name {
				return file, true
			}
		}
	}
	return File{}, false
}

// eachTable makes a file a table: 01-预算收支总表.csv.
func (b *Book) eachTable(extension string, write func(io.Writer, *budget.Table) error) []File {
	files := make([]File, len(b.Tables))
	for i, t := range b.Tables {
		files[i] = File{
			Name:  t.Def.Stem() + "." + extension,
			Write: func(w io.Writer) error { return write(w, t) },
		}
	}
	return files
}

// ProofFolder holds what a document is proved by, apart from the tables.
const ProofFolder = "核对"

// Names of files that hold all tables, and the whole document.
const (
	tablesStem   = "预算公开表"
	documentStem = "预算公开"
)

// file makes one file of all tables: 602-2023-预算公开表.xlsx.
func (b *Book) file(stem, extension string, write func(io.Writer) error) File {
	return File{Name: fmt.Sprintf("%s-%d-%s.%s", b.Unit.Code, b.Year, stem, extension), Write: write}
}

// document makes one file of the whole document: 602-2023-预算公开.html.
func (b *Book) document(name string) File {
	f := b.file(documentStem, name, func(w io.Writer) error {
		if _, err := b.Draft(); err != nil {
			return err
		}
		format, _ := formats.Of(name)
		return format.Write(w, b.manuscript)
	})
	f.Apart = true
	return f
}

// Title names the book: 示例单位2023年度预算公开表.
func (b *Book) Title() string { return fmt.Sprintf("%s%d年度预算公开表", b.Name, b.Year) }

func (b *Book) layouts() ([]render.Table, error) {
	tables := make([]render.Table, len(b.Tables))
	for i, t := range b.Tables {
		layout, err := b.Layout(t, nil)
		if err != nil {
			return nil, err
		}
		tables[i] = layout
	}
	return tables, nil
}

// Layout lays a table out for print, with the note that a tail in it calls for;
// link gives the address that opens a figure, nil for none.
func (b *Book) Layout(t *budget.Table, link func(budget.Row, int) string) (render.Table, error) {
	layout := disclosure.Layout(t, link)
	tails, err := b.Tails()
	if err == nil && tails[t.Def.Key] {
		layout.Note = b.Set.TailNote
	}
	return layout, err
}

func (b *Book) writeTablesXLSX(w io.Writer) error {
	tables, err := b.layouts()
	if err != nil {
		return err
	}
	return xlsx.Write(w, xlsx.Book{Title: b.Title(), Tables: tables})
}

func (b *Book) writeTablesHTML(w io.Writer) error {
	tables, err := b.layouts()
	if err != nil {
		return err
	}
	d := render.Document{Title: b.Title(), Owner: b.Name, Cover: []string{model.Chinese(b.State)}, Language: "zh-CN"}
	for i := range tables {
		d.Blocks = append(d.Blocks, &tables[i])
	}
	return html.Write(w, d, b.style)
}
