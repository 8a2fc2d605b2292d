// Package spreadsheet owns the reading of tables that come in as files: workbooks and
// CSV, from whatever program wrote them, and possibly made to do harm. It must not
// know what the tables are about.
package spreadsheet

import (
	"bytes"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"biaochi/model"
)

// MaxColumns is what a table may have; more is no table that people made.
const MaxColumns = 200

// from1900 is the day that the serial number 0 stands for in nearly all workbooks.
var from1900 = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

// Sheet is a table with its rows; row and column count from 0. A row stands at its
// number as a spreadsheet shows it, blank ones among them.
type Sheet struct {
	Name string
	Rows [][]Value
	from time.Time // the day that the serial number 0 stands for
}

// Value is what stands in a cell: as shown, and as kept, which for numbers has all
// digits and no format, and for days is their serial number.
type Value struct{ Shown, Raw string }

// At gives what stands in a cell, counted from 1; nothing beyond the end.
func (s Sheet) At(row, column int) Value {
	if row > len(s.Rows) || column > len(s.Rows[row-1]) {
		return Value{}
	}
	return s.Rows[row-1][column-1]
}

// Day reads the serial number by which a workbook keeps a day of the years 1982 to
// 2119; of others nobody can tell whether they are days.
func (s Sheet) Day(raw string) (model.Date, bool) {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || !(serial >= 28_000 && serial < 81_000) {
		return "", false
	}
	day := s.from.AddDate(0, 0, int(serial))
	return model.Date(day.Format(time.DateOnly)), day.Year() >= 1982 && day.Year() < 2120
}

// CellName gives the name of a cell, counted from 1: B7.
func CellName(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic("spreadsheet: " + err.Error()) // cells count from 1
	}
	return name
}

// Read gives the tables of a file by what it is, whatever its name says: the visible
// sheets of a workbook, or the one of a CSV file.
// Errors: those of Open; Invalid "csv.type", "csv.encoding", "csv.quote", "csv.tooLarge".
func Read(content []byte, maxRows int) ([]Sheet, error) {
	if !bytes.HasPrefix(content, zipped) && !bytes.HasPrefix(content, compound) {
		sheet, err := readCSV(content, maxRows)
		return []Sheet{sheet}, err
	}
	book, err := Open(content, maxRows)
	if err != nil {
		return nil, err
	}
	return book.Sheets(), book.Close()
}
