package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Widths of all columns together, in units of column width: what A4 holds between
// the margins at full size.
const (
	portraitUnits  = 95.0
	landscapeUnits = 141.0
)

const (
	paperA4 = 9
	inchOf  = 1 / 25.4 // inches in a millimetre
)

// setUpPage makes the sheet print: A4, one page wide, centred, with the head on
// each page and page numbers. It comes before the first row, since the stream
// writes these settings first.
func (s *sheet) setUpPage() error {
	if err := printOnA4(s.file, s.name, s.table.Landscape); err != nil {
		return err
	}
	return s.setPrintTitles()
}

// printOnA4 makes a sheet print one page wide, with page numbers.
func printOnA4(file *excelize.File, name string, landscape bool) error {
	yes, wide, long, paper, orientation := true, 1, 0, paperA4, "portrait"
	if landscape {
		orientation = "landscape"
	}
	top, side, foot := 18*inchOf, 15*inchOf, 9*inchOf
	for _, err := range []error{
		file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		file.SetPageLayout(name, &excelize.PageLayoutOptions{
			Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long,
		}),
		file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Top: &top, Bottom: &top, Left: &side, Right: &side, Header: &foot, Footer: &foot, Horizontally: &yes,
		}),
		file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: `&C&"宋体"&10第 &P 页，共 &N 页`}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// setPrintTitles repeats the rows of the head on each printed page.
func (s *sheet) setPrintTitles() error {
	if s.headRows() == 0 {
		return nil
	}
	first := rowsAbove + 1
	return s.file.SetDefinedName(&excelize.DefinedName{
		Name:     "_xlnm.Print_Titles",
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.name, "'", "''"), first, rowsAbove+s.headRows()),
		Scope:    s.name,
	})
}

// columnUnits gives the width of each column; those without a share of their own
// divide what is left evenly.
func (s *sheet) columnUnits() []float64 {
	total, left, open := portraitUnits, 1.0, 0
	if s.table.Landscape {
		total = landscapeUnits
	}
	for _, c := range s.table.Columns {
		left -= c.Width
		if c.Width == 0 {
			open++
		}
	}
	units := make([]float64, len(s.table.Columns))
	for i, c := range s.table.Columns {
		share := c.Width
		if share == 0 {
			share = max(left, 0.1) / float64(open)
		}
		units[i] = share * total
	}
	return units
}
