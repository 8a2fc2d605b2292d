package execution

import (
	"iter"
	"strconv"

	"biaochi/model"
	"biaochi/service/render"
	"biaochi/service/tracking"
)

var lightNames = map[tracking.Light]string{
	tracking.Green: "正常", tracking.Yellow: "关注", tracking.Red: "预警", tracking.NotDue: "尚未到期", tracking.NoData: "没有数据",
}

// boardColumns are the columns of a board on paper.
var boardColumns = []render.Column{
	{Heading: "代码", Code: true}, {Heading: "名称"}, {Heading: "资金性质"},
	{Heading: "全年预算数", Number: true}, {Heading: "执行数", Number: true}, {Heading: "执行率"}, {Heading: "资金预警"},
	{Heading: "红灯"}, {Heading: "黄灯"}, {Heading: "绿灯"}, {Heading: "尚未到期"}, {Heading: "没有数据"},
	{Heading: "批复目标"}, {Heading: "已报监控"}, {Heading: "逾期未报"}, {Heading: "整改中"}, {Heading: "逾期整改"},
}

// Table is the board as a printed table: a row for each department with its counts,
// and one below it for each fund kind. Amounts are in yuan.
func (b Board) Table() render.Table {
	head := make([]render.HeadCell, len(boardColumns))
	for i, c := range boardColumns {
		head[i].Text = c.Heading
	}
	return render.Table{
		Key: "board", Name: "绩效看板", Tab: "绩效看板", Title: strconv.Itoa(b.Year) + "年预算绩效看板",
		AboveLeft: "截至 " + string(b.On), AboveRight: "单位：元", Landscape: true,
		Head: [][]render.HeadCell{head}, Columns: boardColumns, Rows: b.lines(),
	}
}

func (b Board) lines() iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, row := range append(b.Rows[:len(b.Rows):len(b.Rows)], b.Total) {
			for _, line := range row.lines() {
				if !yield(line, nil) {
					return
				}
			}
		}
	}
}

func (r BoardRow) lines() []render.Row {
	name := r.Name
	if r.Alone {
		name += "（本级）"
	}
	counts := []int{r.Lights.Red, r.Lights.Yellow, r.Lights.Green, r.Lights.NotDue, r.Lights.NoData, r.Filings, r.Submitted, r.Late, r.Corrections, r.Overdue}
	first := render.Row{Strong: true, Cells: append([]render.Cell{{Text: r.Code}, {Text: name}}, r.All.cells("合计")...)}
	for _, n := range counts {
		first.Cells = append(first.Cells, render.Cell{Text: strconv.Itoa(n)})
	}
	lines := []render.Row{first}
	for _, m := range r.Money {
		line := render.Row{Level: 1, Cells: append([]render.Cell{{Text: r.Code}, {Text: name}}, m.cells(model.Chinese(m.FundKind))...)}
		lines = append(lines, render.Row{Level: 1, Cells: append(line.Cells, make([]render.Cell, len(counts))...)})
	}
	return lines
}

func (m BoardMoney) cells(kind string) []render.Cell {
	return []render.Cell{{Text: kind}, m.Budget.cell(), m.Paid.cell(), {Text: m.Rate}, {Text: lightNames[m.Light]}}
}

func (f Fen) cell() render.Cell {
	return render.Cell{Text: model.Money(f).Yuan(), Number: true, Hundredths: int64(f)}
}
