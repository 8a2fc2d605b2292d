package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"biaochi/model"
)

// What files begin with.
var (
	zipped   = []byte("PK\x03\x04")
	compound = []byte("\xd0\xcf\x11\xe0") // an old xls, or an encrypted workbook
)

// What a workbook may hold; more is none that people made.
const (
	maxParts    = 2000
	maxUnpacked = 64 << 20
	maxRatio    = 400
)

// Book is a workbook that came in.
type Book struct {
	file    *excelize.File
	maxRows int
	from    time.Time
	sheets  []Sheet
	hidden  []Sheet
	cut     map[string]bool // sheets with something far below their rows
}

// Open reads a workbook with at most so many rows a sheet.
// Errors: Invalid "workbook.type", "workbook.encrypted", "workbook.macro",
// "workbook.broken", "workbook.tooLarge".
func Open(content []byte, maxRows int) (b *Book, err error) {
	defer func() { // the library trusts the files that it reads
		if cause := recover(); cause != nil {
			b, err = nil, broken(fmt.Errorf("%v", cause))
		}
	}()
	if err := askArchive(content); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, broken(err)
	}
	b = &Book{file: file, maxRows: maxRows, from: dayZero(file), cut: map[string]bool{}}
	for _, name := range file.GetSheetList() {
		rows, err := b.read(name)
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		sheet := Sheet{name, rows, b.from}
		if visible, _ := file.GetSheetVisible(name); visible {
			b.sheets = append(b.sheets, sheet)
		} else {
			b.hidden = append(b.hidden, sheet)
		}
	}
	return b, nil
}

// dayZero is the day from which a workbook counts: old ones of a Mac begin with 1904.
func dayZero(file *excelize.File) time.Time {
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		return time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return from1900
}

func refused(reason, format string, args ...any) error {
	return model.Fail(model.Invalid, "workbook."+reason, format, args...)
}

func broken(err error) error {
	return &model.Error{Code: model.Invalid, Reason: "workbook.broken", Message: "文件打不开，可能已损坏；请用 Excel 或 WPS 另存为 xlsx 后再传", Err: err}
}

// askArchive refuses what is no workbook, or one made to do harm, before anything of
// it is unpacked.
func askArchive(content []byte) error {
	switch {
	case bytes.HasPrefix(content, compound):
		return refused("encrypted", "文件已加密，或是旧版 xls；请去掉密码，另存为 xlsx 后再传")
	case !bytes.HasPrefix(content, zipped):
		return refused("type", "这不是 xlsx 文件，请用 Excel 或 WPS 另存为 xlsx 后再传")
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return broken(err)
	}
	var unpacked uint64
	for _, part := range z.File {
		unpacked += part.UncompressedSize64
		if strings.EqualFold(path.Base(part.Name), "vbaProject.bin") {
			return refused("macro", "文件带有宏，不能上传；请另存为不含宏的 xlsx")
		}
	}
	if len(z.File) > maxParts || unpacked > maxUnpacked || unpacked > maxRatio*uint64(len(content)) {
		return refused("tooLarge", "文件解压后过大，不像是一张表格；请删去多余的内容后再传")
	}
	return nil
}

// read reads a sheet twice: as shown, and as kept.
func (b *Book) read(name string) ([][]Value, error) {
	shown, err := b.cells(name, false)
	if err != nil {
		return nil, err
	}
	raw, err := b.cells(name, true)
	if err != nil {
		return nil, err
	}
	rows := make([][]Value, len(shown))
	for i, row := range shown {
		for j, text := range row {
			v := Value{Shown: text}
			if i < len(raw) && j < len(raw[i]) {
				v.Raw = plain(raw[i][j])
			}
			rows[i] = append(rows[i], v)
		}
	}
	return rows, nil
}

var binary = regexp.MustCompile(`^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?$`)

// plain writes a number as people typed it. Excel keeps binary ones, 1.1 as
// 1.1000000000000001, of which fifteen digits count.
func plain(raw string) string {
	if !strings.ContainsAny(raw, ".eE") || !binary.MatchString(raw) {
		return raw
	}
	exact, _, err := big.ParseFloat(raw, 10, 256, big.ToNearestEven)
	if err != nil {
		return raw
	}
	rounded, ok := new(big.Rat).SetString(exact.Text('e', 14))
	if !ok {
		return raw
	}
	text := rounded.FloatString(20)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func (b *Book) cells(name string, raw bool) (all [][]string, err error) {
	rows, err := b.file.Rows(name)
	if err != nil {
		return nil, broken(err)
	}
	defer func() { _ = rows.Close() }()
	blank := 0
	for rows.Next() {
		row, err := rows.Columns(excelize.Options{RawCellValue: raw})
		if err != nil {
			return nil, broken(err)
		}
		if len(row) == 0 {
			blank++
			if b.cut[name] = blank > b.maxRows; b.cut[name] {
				break // formats alone, down to the end of the sheet
			}
			continue
		}
		if len(row) > MaxColumns || len(all)+blank >= b.maxRows {
			return nil, refused("tooLarge", "工作表“%s”超过 %d 行或 %d 列；请删去多余的行列，或分几次上传", name, b.maxRows, MaxColumns)
		}
		for ; blank > 0; blank-- {
			all = append(all, nil)
		}
		all = append(all, row)
	}
	return all, nil
}

// Sheets are the visible sheets in order.
func (b *Book) Sheets() []Sheet { return b.sheets }

// Hidden gives a sheet that the workbook hides.
func (b *Book) Hidden(name string) (Sheet, bool) {
	for _, sheet := range b.hidden {
		if sheet.Name == name {
			return sheet, true
		}
	}
	return Sheet{}, false
}

// Computed tells whether a cell, counted from 1, holds a formula.
func (b *Book) Computed(sheet string, row, column int) (computed bool) {
	defer func() { computed = recover() != nil || computed }()
	formula, err := b.file.GetCellFormula(sheet, CellName(row, column))
	return err != nil || formula != ""
}

// Merged lists the merged areas of a sheet: "A1:B2".
// Errors: those of Open, also for a sheet that goes on far below its rows.
func (b *Book) Merged(sheet string) (areas []string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = broken(fmt.Errorf("%v", cause))
		}
	}()
	if b.cut[sheet] { // the library would unfold every row of it
		return nil, refused("tooLarge", "工作表“%s”超过 %d 行；请删去多余的行后再传", sheet, b.maxRows)
	}
	merged, err := b.file.GetMergeCells(sheet)
	if err != nil {
		return nil, broken(err)
	}
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	return areas, nil
}

// Close gives back what the book holds.
func (b *Book) Close() error { return b.file.Close() }
