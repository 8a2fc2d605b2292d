package library

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/spreadsheet"
)

// Limits of a file.
const (
	MaxFile  = 8 << 20 // bytes
	mostRows = 20_000
)

const byteOrderMark = "\ufeff" // without which spreadsheets misread UTF-8

// Export writes the library of a region as CSV, disabled entries too, for the bureau
// to edit and bring in again.
// Errors: Forbidden "right.missing"; Invalid "library.region"; those of w.
func (s *Service) Export(ctx context.Context, p rbac.Person, region string, w io.Writer) error {
	region, err := s.regionFor(p, rbac.LibrarySave, region)
	if err != nil {
		return err
	}
	var all []Entry
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		entries, _, err := tx.SearchLibrary(store.LibraryFilter{Region: region, All: true})
		if err != nil {
			return err
		}
		all, err = whole(tx, entries)
		return err
	})
	if err != nil {
		return err
	}
	return writeFile(w, all)
}

func writeFile(w io.Writer, entries []Entry) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.heading
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for i := range entries {
		for j, c := range columns {
			line[j] = guarded(c.write(&entries[i]))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// fileRow is a row of a file on its way into the library.
type fileRow struct {
	line     int
	cells    map[string]string // by heading, those of the file alone
	fields   Fields
	disabled bool
	faults   []model.Problem
}

func (r *fileRow) refuse(key, format string, args ...any) {
	r.faults = append(r.faults, model.Problem{
		Path: fmt.Sprintf("$.lines[%d].%s", r.line, key), Message: fmt.Sprintf("第 %d 行：", r.line) + fmt.Sprintf(format, args...),
	})
}

func (r *fileRow) yes(key, text string) bool {
	switch text {
	case "是":
		return true
	case "", "否":
		return false
	}
	r.refuse(key, "“%s”应填“是”或留空", text)
	return false
}

// take gives the row the fields that an entry has, then those that the file gives: a
// column that it leaves out stays as it is.
func (r *fileRow) take(fields Fields, disabled bool) {
	r.fields, r.disabled = fields, disabled
	for _, c := range columns {
		if text, given := r.cells[c.heading]; given && c.read != nil {
			c.read(r, text)
		}
	}
	r.fields.Level1, r.fields.Level2 = levelKeys(r.fields.Level1, r.fields.Level2)
	r.fields = r.fields.tidy()
	for _, fault := range r.fields.faults() {
		r.refuse(strings.TrimPrefix(fault.Path, "$."), "%s", fault.Message)
	}
}

// key is what tells the row's entry from others.
func (r *fileRow) key() string {
	_, level2 := levelKeys(r.cells["一级指标"], r.cells["二级指标"])
	return level2 + "/" + model.IndicatorKey(r.cells["指标名称"])
}

// readFile reads the rows of a file, CSV or XLSX.
// Errors: those of spreadsheet.Read; Invalid "library.file" with every fault at its row.
func readFile(r io.Reader) ([]*fileRow, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxFile {
		return nil, badFile("文件超过 %d MiB，请分几次导入", MaxFile>>20)
	}
	sheets, err := spreadsheet.Read(data, mostRows)
	if err != nil {
		return nil, err
	}
	for _, sheet := range sheets {
		if len(sheet.Rows) > 0 {
			return readRows(sheet)
		}
	}
	return nil, badFile("文件是空的")
}

func badFile(format string, args ...any) error {
	return model.Fail(model.Invalid, "library.file", format, args...)
}

func headingsOf(sheet spreadsheet.Sheet) ([]string, error) {
	var known, headings []string
	for _, c := range columns {
		known = append(known, c.heading)
	}
	for _, cell := range sheet.Rows[0] {
		heading := strings.TrimSpace(cell.Shown)
		switch {
		case !slices.Contains(known, heading):
			return nil, badFile("没有“%s”这一列，可用的列：%s", heading, strings.Join(known, "、"))
		case slices.Contains(headings, heading):
			return nil, badFile("“%s”这一列出现了两次，请删去一列", heading)
		}
		headings = append(headings, heading)
	}
	for _, heading := range required {
		if !slices.Contains(headings, heading) {
			return nil, badFile("缺少“%s”这一列，请补上", heading)
		}
	}
	return headings, nil
}

func readRows(sheet spreadsheet.Sheet) (rows []*fileRow, err error) {
	headings, err := headingsOf(sheet)
	if err != nil {
		return nil, err
	}
	for i, cells := range sheet.Rows[1:] {
		if !slices.ContainsFunc(cells, func(v spreadsheet.Value) bool { return strings.TrimSpace(v.Shown) != "" }) {
			continue
		}
		row := &fileRow{line: i + 2, cells: map[string]string{}}
		if len(cells) > len(headings) {
			return nil, badFile("第 %d 行有 %d 栏，表头有 %d 栏，请对齐", row.line, len(cells), len(headings))
		}
		for j, heading := range headings {
			row.cells[heading] = unguarded(strings.TrimSpace(sheet.At(row.line, j+1).Shown))
		}
		rows = append(rows, row)
	}
	return rows, nil
}
