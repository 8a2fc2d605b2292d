package xlsx

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook that is read, so that a small file can't fill the memory.
const (
	maxUnzipped = 256 << 20
	maxCells    = 5_000_000
)

// Errors of Read.
var (
	ErrNoWorkbook   = errors.New("文件不是 Excel 工作簿（.xlsx）")
	ErrTooManyCells = errors.New("工作表过大，请拆分后再导入")
)

// Read gives the cells of a workbook's first sheet as text: numbers in their
// shortest form as somebody typed them, dates as the serial numbers that Excel keeps.
// Rows end at their last filled cell.
// Errors: ErrNoWorkbook, ErrTooManyCells.
func Read(r io.Reader) (rows [][]string, err error) {
	file, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, ErrNoWorkbook
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	sheet := file.GetSheetName(0)
	lines, err := file.Rows(sheet)
	if err != nil {
		return nil, ErrNoWorkbook
	}
	cells := 0
	for lines.Next() {
		row, err := lines.Columns()
		if err != nil {
			return nil, ErrNoWorkbook
		}
		if cells += len(row) + 1; cells > maxCells {
			return nil, ErrTooManyCells
		}
		for i, cell := range row {
			row[i] = typed(cell)
		}
		rows = append(rows, row)
	}
	return rows, errors.Join(lines.Error(), lines.Close())
}

// typed gives back what somebody typed: a workbook keeps 0.29 as the seventeen
// digits of the nearest binary number, of which Excel itself shows fifteen. Text that only looks like a number, such as a
// long code, isn't touched.
func typed(cell string) string {
	whole, fraction, found := strings.Cut(cell, ".")
	exponent := strings.Contains(cell, "E-") || strings.Contains(cell, "E+")
	if !exponent && (!found || len(whole)+len(fraction) < 15) {
		return cell
	}
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell
	}
	if number, err = strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64); err != nil {
		return cell
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}
