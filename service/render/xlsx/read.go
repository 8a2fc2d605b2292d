package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// FileError tells why a file that came in can't be read; Message is for people.
type FileError struct {
	Reason  string // "type", "encrypted", "macro", "broken", "tooLarge"
	Message string
	Err     error
}

// Error gives the message.
func (e *FileError) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// What a file that came in may hold; more is no table that people made.
const (
	maxParts    = 2000
	maxUnpacked = 64 << 20
	maxRatio    = 400
	maxRead     = 20_000 // rows of a sheet
	maxColumns  = 200
)

// Reading is a workbook that came in.
type Reading struct {
	file     *excelize.File
	identity map[string]string
	sheets   []ReadSheet
	cut      map[string]bool // sheets with something far below their rows
}

// ReadSheet is a visible sheet with its rows; row and column count from 0.
type ReadSheet struct {
	Name string
	Rows [][]Value
}

// Value is what stands in a cell: as shown, and as kept, which for numbers has all
// digits and no format.
type Value struct{ Shown, Raw string }

// At gives what stands in a cell, counted from 1; nothing beyond the end.
func (s ReadSheet) At(row, column int) Value {
	if row > len(s.Rows) || column > len(s.Rows[row-1]) {
		return Value{}
	}
	return s.Rows[row-1][column-1]
}

// Open reads a workbook that came in from outside, which may be anything.
// Errors: *FileError.
func Open(content []byte) (r *Reading, err error) {
	defer func() { // the library trusts the files that it reads
		if cause := recover(); cause != nil {
			r, err = nil, broken(fmt.Errorf("%v", cause))
		}
	}()
	if err := askArchive(content); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, broken(err)
	}
	r = &Reading{file: file, identity: map[string]string{}, cut: map[string]bool{}}
	for _, name := range file.GetSheetList() {
		rows, err := r.read(name)
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		visible, _ := file.GetSheetVisible(name)
		switch {
		case name == identitySheet:
			r.identify(rows)
		case visible:
			r.sheets = append(r.sheets, ReadSheet{name, rows})
		}
	}
	return r, nil
}

func broken(err error) error {
	return &FileError{"broken", "文件打不开，可能已损坏；请用 Excel 或 WPS 另存为 xlsx 后再传", err}
}

// askArchive refuses what is no workbook, or one made to do harm, before anything of
// it is unpacked.
func askArchive(content []byte) error {
	switch {
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return &FileError{"encrypted", "文件已加密，或是旧版 xls；请去掉密码，另存为 xlsx 后再传", nil}
	case !bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return &FileError{"type", "这不是 xlsx 文件，请用 Excel 或 WPS 另存为 xlsx 后再传", nil}
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return broken(err)
	}
	var unpacked uint64
	for _, part := range z.File {
		unpacked += part.UncompressedSize64
		if strings.EqualFold(path.Base(part.Name), "vbaProject.bin") {
			return &FileError{"macro", "文件带有宏，不能上传；请另存为不含宏的 xlsx", nil}
		}
	}
	if len(z.File) > maxParts || unpacked > maxUnpacked || unpacked > maxRatio*uint64(len(content)) {
		return &FileError{"tooLarge", "文件解压后过大，不像是一张表格；请删去多余的内容后再传", nil}
	}
	return nil
}

// readRows reads a sheet twice: as shown, and as kept.
func (r *Reading) read(name string) ([][]Value, error) {
	shown, err := r.cells(name, false)
	if err != nil {
		return nil, err
	}
	raw, err := r.cells(name, true)
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

func (r *Reading) cells(name string, raw bool) (all [][]string, err error) {
	rows, err := r.file.Rows(name)
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
		if len(row) > maxColumns || len(all) > maxRead {
			return nil, &FileError{"tooLarge", fmt.Sprintf("工作表“%s”超过 %d 行或 %d 列；请删去多余的行列，或分几次上传", name, maxRead, maxColumns), nil}
		}
		if len(row) == 0 {
			blank++
			if r.cut[name] = blank > maxRead; r.cut[name] {
				break // formats alone, down to the end of the sheet
			}
		} else {
			for ; blank > 0; blank-- {
				all = append(all, nil)
			}
			all = append(all, row)
		}
	}
	return all, nil
}

func (r *Reading) identify(rows [][]Value) {
	for _, row := range rows {
		if len(row) == 2 {
			r.identity[row[0].Raw] = row[1].Raw
		}
	}
}

// Identity is what WriteFill hid in the file; empty for a file of others.
func (r *Reading) Identity() map[string]string { return r.identity }

// Sheets are the visible sheets in order.
func (r *Reading) Sheets() []ReadSheet { return r.sheets }

// Computed tells whether a cell, counted from 1, holds a formula.
func (r *Reading) Computed(sheet string, row, column int) (computed bool) {
	defer func() { computed = recover() != nil || computed }()
	formula, err := r.file.GetCellFormula(sheet, cellName(column, row))
	return err != nil || formula != ""
}

// Merged lists the merged areas of a sheet: "A1:B2".
// Errors: *FileError, also for a sheet that goes on far below its rows.
func (r *Reading) Merged(sheet string) (areas []string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = broken(fmt.Errorf("%v", cause))
		}
	}()
	if r.cut[sheet] { // the library would unfold every row of it
		return nil, &FileError{"tooLarge", fmt.Sprintf("工作表“%s”超过 %d 行；请删去多余的行后再传", sheet, maxRead), nil}
	}
	merged, err := r.file.GetMergeCells(sheet)
	if err != nil {
		return nil, broken(err)
	}
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	return areas, nil
}

// Close gives back what the reading holds.
func (r *Reading) Close() error { return r.file.Close() }

// CellName gives the name of a cell, counted from 1: B7.
func CellName(row, column int) string { return cellName(column, row) }
