// Package xlsx owns how tables look as an Excel workbook: a sheet a table, set up
// to print on A4. It must not know where tables come from.
//
// Every sheet goes through the stream writer, small ones too: one way of writing
// that is the same for thirty rows and for half a million.
package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// Book is a workbook to be written.
type Book struct {
	Title  string // of the document properties
	Tables []render.Table
}

// TooManyRowsError tells that a table is longer than a sheet can be.
type TooManyRowsError struct {
	Table string
	Limit int
}

// Error says in Chinese which table, the limit and what to do instead.
func (e *TooManyRowsError) Error() string {
	return fmt.Sprintf("%s的行数超过 Excel 工作表的上限（%d 行），请导出 CSV 或 JSON，或按单位分别导出", e.Table, e.Limit)
}

// created stands in every workbook in place of the time of writing, so that the
// same tables give the same bytes.
const created = "2000-01-01T00:00:00Z"

const creator = "标尺"

// Write writes the workbook. Numbers are numbers that read back as shown; every
// other cell is text and never a formula. The same tables give the same bytes.
// Errors: TooManyRowsError, those of the rows, those of w.
func Write(w io.Writer, b Book) error { return write(w, b, excelize.TotalRows) }

func write(w io.Writer, b Book, maxRows int) (err error) {
	file := excelize.NewFile()
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	if err := setProperties(file, b.Title); err != nil {
		return err
	}
	styles := newStyles(file)
	names := tabNames(b.Tables)
	for i, t := range b.Tables {
		if err := addSheet(file, i, names[i]); err != nil {
			return err
		}
		s := &sheet{file: file, name: names[i], table: t, styles: styles, maxRows: maxRows}
		if err := s.write(); err != nil {
			return err
		}
	}
	return save(file, w)
}

// addSheet takes the sheet that a new file has for the first table.
func addSheet(file *excelize.File, place int, name string) error {
	if place == 0 {
		return file.SetSheetName(file.GetSheetName(0), name)
	}
	_, err := file.NewSheet(name)
	return err
}

func setProperties(file *excelize.File, title string) error {
	if err := file.SetAppProps(&excelize.AppProperties{Application: creator}); err != nil {
		return err
	}
	return file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: creator, LastModifiedBy: creator, Language: "zh-CN", Created: created, Modified: created,
	})
}
