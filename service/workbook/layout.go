package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/render"
	"biaochi/service/spreadsheet"
)

// layout is where everything of a record stands in its workbook. It is made from the
// record alone, so that the same record, later, tells what a file should look like.
type layout struct {
	name, title string
	template    string // which form it is, with its version
	tab         string
	widths      []float64
	landscape   bool
	frozen      int
	slots       []slot
	// finish puts together what was read from single cells, where that needs all.
	finish func(*filing.Content)
}

// slot is a cell with what stands in it and, where it is open, what takes it in.
type slot struct {
	render.FillCell
	// put takes in what somebody wrote, which is not what stood there; what it gives
	// says what is wrong.
	put func(c *filing.Content, text string) error
}

func (l layout) sheet() render.FillSheet {
	s := render.FillSheet{Name: l.tab, Widths: l.widths, Landscape: l.landscape, Frozen: l.frozen}
	for _, slot := range l.slots {
		s.Cells = append(s.Cells, slot.FillCell)
	}
	return s
}

// belongs refuses a file that is not the record's own, of an older form, of a state
// of the record that is gone, or with its structure changed.
// Errors: Invalid "workbook.foreign", "workbook.format", "workbook.layout"; Conflict
// "workbook.stale".
func (l layout) belongs(view filing.View, book *spreadsheet.Book) error {
	says, is := saidBy(book), identity(view, l)
	switch {
	case says["format"] == "":
		return model.Fail(model.Invalid, "workbook.foreign", "这不是从本系统下载的表；请先下载，填写后再传，或改用导入")
	case says["format"] != is["format"] || says["template"] != is["template"]:
		return model.Fail(model.Invalid, "workbook.format", "文件用的是旧的表样，请重新下载，填写后再传")
	case says["record"] != is["record"]:
		return model.Fail(model.Invalid, "workbook.foreign", "这是另一份申报的文件，请核对后再传")
	case says["lock"] != is["lock"]:
		return model.Fail(model.Conflict, "workbook.stale", "下载之后内容又有改动，不能覆盖；请重新下载，填写后再传")
	}
	return l.intact(book)
}

// saidBy gives what a file says of itself, nothing for a file of others.
func saidBy(book *spreadsheet.Book) map[string]string {
	says := map[string]string{}
	sheet, _ := book.Hidden(render.IdentitySheet)
	for _, row := range sheet.Rows {
		if len(row) == 2 {
			says[row[0].Raw] = row[1].Raw
		}
	}
	return says
}

// maxFaults is enough to mend a file by.
const maxFaults = 50

// intact compares printed words and merged areas with what went out.
func (l layout) intact(book *spreadsheet.Book) error {
	sheet, ok := l.find(book)
	if !ok {
		return model.Fail(model.Invalid, "workbook.layout", "文件中没有工作表“%s”，请重新下载，填写后再传", l.tab)
	}
	merged, err := book.Merged(l.tab)
	if err != nil {
		return err
	}
	var faults []model.Problem
	wanted := map[string]bool{}
	for _, s := range l.slots {
		columns, rows := s.Spans()
		if columns*rows > 1 {
			wanted[spreadsheet.CellName(s.Row, s.Column)+":"+spreadsheet.CellName(s.Row+rows-1, s.Column+columns-1)] = true
		}
		if s.put == nil && !s.Amount && tidy(sheet.At(s.Row, s.Column).Shown) != tidy(s.Text) {
			faults = append(faults, l.fault(s, "应为“%s”，表格结构不能改动", brief(s.Text)))
		}
	}
	for _, area := range merged {
		if !wanted[area] {
			faults = append(faults, model.Problem{Path: l.tab + "!" + area, Message: "单元格被合并，表格结构不能改动"})
		}
		delete(wanted, area)
	}
	for area := range wanted {
		faults = append(faults, model.Problem{Path: l.tab + "!" + area, Message: "合并的单元格被拆开或移动，表格结构不能改动"})
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortFunc(faults, func(a, b model.Problem) int { return strings.Compare(a.Path, b.Path) })
	return &model.Error{Code: model.Invalid, Reason: "workbook.layout", Fields: faults[:min(len(faults), maxFaults)],
		Message: "表格结构被改动，无法对应各栏；请重新下载，只填写浅黄色的单元格后再传"}
}

func (l layout) find(book *spreadsheet.Book) (spreadsheet.Sheet, bool) {
	for _, sheet := range book.Sheets() {
		if sheet.Name == l.tab {
			return sheet, true
		}
	}
	return spreadsheet.Sheet{}, false
}

func (l layout) fault(s slot, format string, args ...any) model.Problem {
	return model.Problem{Path: l.tab + "!" + spreadsheet.CellName(s.Row, s.Column), Message: fmt.Sprintf(format, args...)}
}

// take reads all open cells into a content. A cell that says what went out changes
// nothing, so that a file that nobody filled in changes nothing at all.
func (l layout) take(book *spreadsheet.Book, c *filing.Content) (faults []model.Problem) {
	sheet, _ := l.find(book)
	for _, s := range l.slots {
		if s.put == nil {
			continue
		}
		value := sheet.At(s.Row, s.Column)
		text := value.Shown
		if s.Amount {
			text = value.Raw
		}
		if same(s, text) {
			continue
		}
		if book.Computed(l.tab, s.Row, s.Column) {
			faults = append(faults, l.fault(s, "是公式，请改为直接填写的内容"))
			continue
		}
		if err := s.put(c, tidy(text)); err != nil {
			faults = append(faults, l.fault(s, "%s", err))
		}
	}
	if l.finish != nil {
		l.finish(c)
	}
	return faults
}

func same(s slot, text string) bool {
	if tidy(text) == tidy(s.Text) {
		return true
	}
	if !s.Amount {
		return false
	}
	now, err := yuan(tidy(text))
	before, failed := yuan(s.Text)
	return err == nil && failed == nil && now != nil && before != nil && *now == *before
}

// tidy makes texts comparable that went through Excel: line ends, invisible
// characters and blanks at the ends differ.
func tidy(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cs, unicode.Co) {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

func brief(text string) string {
	if runes := []rune(text); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return text
}

// yuan reads an amount in yuan, nil where blank.
func yuan(text string) (*model.Money, error) {
	text = strings.NewReplacer(",", "", "，", "", " ", "", "\u00a0", "").Replace(text)
	if text = strings.TrimSuffix(text, "元"); text == "" {
		return nil, nil
	}
	m, err := model.ParseMoney(text)
	if err != nil {
		return nil, fmt.Errorf("“%s”不是以元为单位的金额，请填写如 1200.00 的数字", brief(text))
	}
	return &m, nil
}

func amountText(m *model.Money) string {
	if m == nil {
		return ""
	}
	return m.Yuan()
}

func number(text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	if err != nil || n < 0 || n > 100 {
		return 0, fmt.Errorf("“%s”不是年数，请填写如 1 的整数", brief(text))
	}
	return n, nil
}
