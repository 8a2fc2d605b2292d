package workbook

import (
	"fmt"
	"slices"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/render"
)

// spareLines are the empty rows below the lines of a sheet.
const spareLines = 100

// lineColumn is a column of the list of basic lines.
type lineColumn struct {
	title  string
	width  float64
	amount bool
	words  []string // to choose from
	get    func(model.BasicLine) string
	put    func(*model.BasicLine, string) error
}

// codeColumn holds a code; a name that goes with the code goes when that changes.
func codeColumn(title string, code func(*model.BasicLine) *string, name func(*model.BasicLine) *string) lineColumn {
	return lineColumn{
		title: title, width: 16,
		get: func(l model.BasicLine) string { return *code(&l) },
		put: func(l *model.BasicLine, text string) error {
			if len(text) > 20 {
				return fmt.Errorf("“%s”不是科目编码", brief(text))
			}
			*code(l) = text
			if name != nil {
				*name(l) = ""
			}
			return nil
		},
	}
}

// choiceColumn holds one of a closed vocabulary, by its official words.
func choiceColumn[T ~string](title string, values []T, field func(*model.BasicLine) *T) lineColumn {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = model.Chinese(v)
	}
	return lineColumn{
		title: title, width: 18, words: words,
		get: func(l model.BasicLine) string {
			if *field(&l) == "" {
				return ""
			}
			return model.Chinese(*field(&l))
		},
		put: func(l *model.BasicLine, text string) error {
			i := slices.Index(words, text)
			if i < 0 && text != "" {
				return fmt.Errorf("没有“%s”这个选项，请从下拉列表中选择", brief(text))
			}
			*field(l) = ""
			if i >= 0 {
				*field(l) = values[i]
			}
			return nil
		},
	}
}

func procurementColumn(kind model.ProcurementKind) lineColumn {
	return lineColumn{
		title: "其中：政府采购" + model.Chinese(kind) + "（元）", width: 18, amount: true,
		get: func(l model.BasicLine) string {
			sum, any := bought(l, kind)
			if !any {
				return ""
			}
			return sum.Yuan()
		},
		put: func(l *model.BasicLine, text string) error { return buy(l, kind, text) },
	}
}

func bought(l model.BasicLine, kind model.ProcurementKind) (sum model.Money, any bool) {
	for _, p := range l.Procurement {
		if p.Kind == kind {
			sum, any = sum+p.Amount, true
		}
	}
	return sum, any
}

// buy sets what of a line is procured of a kind. What is detailed by services can't be
// told apart here.
func buy(l *model.BasicLine, kind model.ProcurementKind, text string) error {
	amount, err := yuan(text)
	if err != nil {
		return err
	}
	ofKind := func(p model.ProcurementLine) bool { return p.Kind == kind }
	if slices.ContainsFunc(l.Procurement, func(p model.ProcurementLine) bool { return ofKind(p) && p.ServiceCode != "" }) {
		return fmt.Errorf("这一行有政府购买服务明细，请在系统页面上修改")
	}
	l.Procurement = slices.DeleteFunc(l.Procurement, ofKind)
	if amount != nil {
		l.Procurement = append(l.Procurement, model.ProcurementLine{Kind: kind, Amount: *amount})
	}
	return nil
}

func lineColumns() []lineColumn {
	columns := []lineColumn{
		codeColumn("功能分类科目编码", func(l *model.BasicLine) *string { return &l.FunctionCode }, nil),
		codeColumn("部门预算支出经济分类编码", func(l *model.BasicLine) *string { return &l.DepartmentEconomicCode },
			func(l *model.BasicLine) *string { return &l.DepartmentEconomicName }),
		codeColumn("政府预算支出经济分类编码", func(l *model.BasicLine) *string { return &l.GovernmentEconomicCode },
			func(l *model.BasicLine) *string { return &l.GovernmentEconomicName }),
		choiceColumn("资金性质", model.FundKinds, func(l *model.BasicLine) *model.FundKind { return &l.FundKind }),
		choiceColumn("资金年度", model.Sources, func(l *model.BasicLine) *model.Source { return &l.Source }),
		choiceColumn("经费类别", model.CostKinds, func(l *model.BasicLine) *model.CostKind { return &l.CostKind }),
		{
			title: "金额（元）", width: 20, amount: true,
			get: func(l model.BasicLine) string { return l.Amount.Yuan() },
			put: func(l *model.BasicLine, text string) error {
				amount, err := yuan(text)
				l.Amount = 0
				if amount != nil {
					l.Amount = *amount
				}
				return err
			},
		},
	}
	for _, kind := range model.ProcurementKinds {
		columns = append(columns, procurementColumn(kind))
	}
	return columns
}

// linesLayout is the list of basic lines, a row each, with empty rows below.
func linesLayout(view filing.View) layout {
	lines := view.Content.Sheet.BasicLines
	l := layout{name: "基本支出表", title: "基本支出表", template: "lines/1", tab: "基本支出表", landscape: true, frozen: 2}
	columns := lineColumns()
	title := fmt.Sprintf("%s（%s）%d年基本支出表", view.Unit.Name, view.Unit.Code, view.Record.Year)
	l.slots = append(l.slots, slot{FillCell: render.FillCell{Row: 1, Column: 1, Columns: len(columns), Text: title, Title: true}})
	for j, c := range columns {
		l.widths = append(l.widths, c.width)
		l.slots = append(l.slots, slot{FillCell: render.FillCell{Row: 2, Column: j + 1, Text: c.title, Label: true}})
	}
	edited := make([]model.BasicLine, len(lines)+spareLines)
	touched := make([]bool, len(edited))
	copy(edited, lines)
	for i := range edited {
		for j, c := range columns {
			s := slot{FillCell: render.FillCell{Row: i + 3, Column: j + 1, Open: true, Amount: c.amount, Choices: c.words, Center: !c.amount}}
			if i < len(lines) {
				s.Text = c.get(lines[i])
			}
			s.put = func(_ *filing.Content, text string) error {
				edited[i].Procurement = slices.Clone(edited[i].Procurement)
				touched[i] = true
				return c.put(&edited[i], text)
			}
			l.slots = append(l.slots, s)
		}
	}
	l.finish = func(c *filing.Content) { keepLines(c, edited, touched) }
	return l
}

// keepLines takes over the lines, without those that were emptied and those that were
// never filled in.
func keepLines(c *filing.Content, edited []model.BasicLine, touched []bool) {
	if !slices.Contains(touched, true) {
		return
	}
	old := len(c.Sheet.BasicLines)
	var lines []model.BasicLine
	for i, line := range edited {
		blank := line.FunctionCode+line.DepartmentEconomicCode+line.GovernmentEconomicCode == "" && line.Amount == 0
		if touched[i] && blank || i >= old && !touched[i] {
			continue
		}
		lines = append(lines, line)
	}
	c.Sheet.BasicLines = lines
}
