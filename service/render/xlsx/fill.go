package xlsx

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// WriteFill writes a workbook to be filled in: open cells can be changed, nothing
// else, and what can be chosen or must be an amount is asked for by Excel itself.
// The same book gives the same bytes.
// Errors: those of w.
func WriteFill(w io.Writer, b render.FillBook) (err error) {
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
	for i := range b.Sheets {
		if err := addSheet(file, i, b.Sheets[i].Name); err != nil {
			return err
		}
		s := &fillSheet{textSheet: textSheet{file: file, styles: styles, name: b.Sheets[i].Name}, sheet: &b.Sheets[i]}
		if err := s.write(); err != nil {
			return err
		}
	}
	if err := identify(file, b.Identity); err != nil {
		return err
	}
	return save(file, w)
}

func identify(file *excelize.File, identity map[string]string) error {
	if _, err := file.NewSheet(render.IdentitySheet); err != nil {
		return err
	}
	for i, key := range slices.Sorted(maps.Keys(identity)) {
		if err := file.SetSheetRow(render.IdentitySheet, cellName(1, i+1), &[]string{key, identity[key]}); err != nil {
			return err
		}
	}
	if err := lock(file, render.IdentitySheet); err != nil {
		return err
	}
	return file.SetSheetVisible(render.IdentitySheet, false, true)
}

func lock(file *excelize.File, name string) error {
	return file.ProtectSheet(name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatRows: true, FormatColumns: true,
	})
}

type fillSheet struct {
	textSheet
	sheet *render.FillSheet
}

func (s *fillSheet) write() error {
	for i, units := range s.sheet.Widths {
		column, _ := excelize.ColumnNumberToName(i + 1)
		s.keep(s.file.SetColWidth(s.name, column, column, units))
	}
	s.keep(printOnA4(s.file, s.name, s.sheet.Landscape))
	s.heights()
	for _, c := range s.sheet.Cells {
		s.cell(c)
	}
	s.ask()
	if n := s.sheet.Frozen; n > 0 {
		s.keep(s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: n, TopLeftCell: cellName(1, n+1), ActivePane: "bottomLeft"}))
	}
	s.keep(lock(s.file, s.name))
	return s.err
}

// heights gives each row what the texts of its cells of one row need.
func (s *fillSheet) heights() {
	needs := map[int]float64{}
	for _, c := range s.sheet.Cells {
		columns, rows := c.Spans()
		size := bodySize
		if c.Title {
			size = formTitleSize
		}
		if rows == 1 {
			units := sum(s.sheet.Widths[c.Column-1 : c.Column-1+columns])
			needs[c.Row] = max(needs[c.Row], heightFor(linesOf(c.Text, units, size, 0), size))
		}
	}
	for _, row := range slices.Sorted(maps.Keys(needs)) {
		s.keep(s.file.SetRowHeight(s.name, row, min(needs[row], maxHeight)))
	}
}

func (s *fillSheet) cell(c render.FillCell) {
	columns, rows := c.Spans()
	from, to := cellName(c.Column, c.Row), cellName(c.Column+columns-1, c.Row+rows-1)
	id, err := s.styles.id(fillStyle(c))
	s.keep(err)
	s.keep(s.file.SetCellStyle(s.name, from, to, id))
	switch {
	case c.Amount && c.Text != "":
		s.keep(s.file.SetCellDefault(s.name, from, c.Text))
	case c.Text != "":
		s.keep(s.file.SetCellStr(s.name, from, printable(c.Text)))
	}
	if c.Formula != "" {
		s.keep(s.file.SetCellFormula(s.name, from, c.Formula))
	}
	if from != to {
		s.keep(s.file.MergeCell(s.name, from, to))
	}
}

// ask lets Excel refuse what can't be right: one rule for all cells that ask alike.
func (s *fillSheet) ask() {
	asking := map[string][]render.FillCell{}
	for _, c := range s.sheet.Cells {
		if c.Open && (c.Amount || len(c.Choices) > 0) {
			key := strings.Join(c.Choices, "\n")
			asking[key] = append(asking[key], c)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(asking)) {
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(areas(asking[key]))
		if choices := asking[key][0].Choices; len(choices) > 0 {
			s.keep(rule.SetDropList(choices))
			rule.SetError(excelize.DataValidationErrorStyleStop, "选项", "请从下拉列表中选择")
		} else {
			s.keep(rule.SetRange(0, 999999999999.99, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
			rule.SetError(excelize.DataValidationErrorStyleStop, "金额", "请填写不小于 0 的数字，以元为单位，最多两位小数")
		}
		s.keep(s.file.AddDataValidation(s.name, rule))
	}
}

// areas writes cells as areas of a column each.
func areas(cells []render.FillCell) string {
	slices.SortFunc(cells, func(a, b render.FillCell) int { return cmp.Or(a.Column-b.Column, a.Row-b.Row) })
	var parts []string
	for i := 0; i < len(cells); {
		j := i
		for j+1 < len(cells) && cells[j+1].Column == cells[j].Column && cells[j+1].Row == cells[j].Row+1 {
			j++
		}
		parts = append(parts, cellName(cells[i].Column, cells[i].Row)+":"+cellName(cells[j].Column, cells[j].Row))
		i = j + 1
	}
	return strings.Join(parts, " ")
}

func fillStyle(c render.FillCell) styleKey {
	k := styleKey{look: nameLook, open: c.Open}
	switch {
	case c.Title:
		k.look = centreLook
		k.strong = true
	case c.Amount:
		k.look = figureLook
	case c.Label:
		k.look = headLook
	case c.Center:
		k.look = numbersLook
	}
	return k
}
