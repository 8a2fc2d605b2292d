package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"biaochi/service/budget"
	"biaochi/service/render"
)

// complete is D01: everything that the outline asks for is there, in its order, and
// says something.
func complete(r *reader) {
	if r.Original == nil {
		r.lacking = "没有按模板生成的文本可以对照。"
		return
	}
	var there []string
	for _, block := range r.Document.Blocks {
		there = append(there, anchorOf(block))
	}
	next := 0
	for _, block := range r.Original.Blocks {
		anchor, name := anchored(block)
		r.checked++
		at := slices.Index(there, anchor)
		switch {
		case anchor == "":
		case at < 0:
			r.fail(Finding{Anchor: anchor, Want: name, Message: fmt.Sprintf("缺少%s；请补上。", name)})
		case at < next:
			r.fail(Finding{Anchor: anchor, Want: name, Message: fmt.Sprintf("%s的位置不对；请按模板的顺序排列。", name)})
		default:
			next = at
			r.sameTitle(block, find(r.Document, anchor))
		}
	}
	r.nothingTwice()
	r.nothingElse()
	for i := range r.Statements {
		for _, lack := range r.Statements[i].Lacking {
			if !lack.Reason {
				r.fail(Finding{Anchor: r.Statements[i].Anchor, Field: lack.Field, Message: fmt.Sprintf("没有填写%s，公开文本中这一项是空的；请在基本支出表中填写。", lack.Label)})
			}
		}
	}
}

// sameTitle: headings and charts are called what the outline calls them.
func (r *reader) sameTitle(want, got render.Block) {
	before, after := titleOf(want), titleOf(got)
	if before != after {
		anchor, name := anchored(want)
		r.fail(Finding{Anchor: anchor, Want: before, Got: after, Message: fmt.Sprintf("%s写的是“%s”，应为“%s”；请改正。", name, after, before)})
	}
}

func titleOf(block render.Block) string {
	switch b := block.(type) {
	case render.Heading:
		return b.Text
	case render.Chart:
		return b.Title
	}
	return ""
}

// nothingTwice: no part of the document comes again.
func (r *reader) nothingTwice() {
	seen := map[string]bool{}
	for _, block := range r.Document.Blocks {
		anchor, name := anchored(block)
		if anchor != "" && seen[anchor] {
			r.fail(Finding{Anchor: anchor, Got: name, Message: fmt.Sprintf("%s出现了两次；请删去一处。", name)})
		}
		seen[anchor] = true
	}
}

// asRecorded is D02: tables and forms are those that the records give.
func asRecorded(r *reader) {
	if r.Original == nil {
		r.lacking = "没有本年的记录，无法核对表格和附表。"
		return
	}
	for i := range r.tables {
		if t := &r.tables[i]; t.original != nil {
			r.checked++
			r.sameTable(t)
		}
	}
	for _, block := range r.Original.Blocks {
		switch want := block.(type) {
		case render.Grid:
			r.checked++
			if got, there := find(r.Document, want.Anchor).(render.Grid); there {
				r.sameForm(want, got)
			}
		case render.Paragraph:
			r.checked++
			if got, there := find(r.Document, want.Anchor).(render.Paragraph); there && want.Anchor != "" {
				r.sameWords(want, got)
			}
		}
	}
}

func (r *reader) sameTable(t *sheetOfTable) {
	for _, odd := range t.odd {
		r.fail(r.oddFinding(t, odd))
	}
	if !t.changed {
		return
	}
	for _, above := range [][2]string{
		{t.original.Label, t.Label}, {t.original.Title, t.Title}, {t.original.AboveLeft, t.AboveLeft}, {t.original.AboveRight, t.AboveRight}, {headText(t.original), headText(t.Table)},
	} {
		if above[0] != above[1] {
			r.fail(Finding{Anchor: t.Key, Table: t.Key, Want: above[0], Got: above[1], Message: fmt.Sprintf("《%s》表头写的是“%s”，应为“%s”；请改正。", t.Title, above[1], above[0])})
		}
	}
	if t.Note != t.original.Note && !wrongNote(t, t.original.Note) { // the rest is R27's
		r.fail(Finding{Anchor: t.Key, Table: t.Key, Want: t.original.Note, Got: t.Note, Message: fmt.Sprintf("《%s》表下写的是“%s”，应为“%s”；请改正。", t.Title, t.Note, t.original.Note)})
	}
	for i := range max(len(t.rows), len(t.want)) {
		switch {
		case i >= len(t.rows):
			r.fail(r.rowFinding(t, t.want[i], "缺少"))
		case i >= len(t.want):
			r.fail(r.rowFinding(t, t.rows[i], "多出"))
		default:
			r.sameRow(t, t.want[i], t.rows[i])
		}
	}
}

func headText(t *render.Table) string {
	var words []string
	for _, row := range t.Head {
		for _, c := range row {
			words = append(words, c.Text)
		}
	}
	return strings.Join(words, " ")
}

func (r *reader) rowFinding(t *sheetOfTable, row []string, what string) Finding {
	name := strings.TrimSpace(strings.Join(row, " "))
	return Finding{Anchor: t.Key, Table: t.Key, Row: row[0], Message: fmt.Sprintf("《%s》%s一行“%s”；请重新生成。", t.Title, what, name)}
}

func (r *reader) sameRow(t *sheetOfTable, want, got []string) {
	for i := range want {
		if i < len(got) && got[i] == want[i] {
			continue
		}
		text := ""
		if i < len(got) {
			text = got[i]
		}
		row := strings.TrimSpace(strings.Join(want[:min(2, len(want))], " "))
		r.fail(Finding{
			Anchor: t.Key, Table: t.Key, Row: want[0], Column: t.Columns[i].Heading, Want: want[i], Got: text,
			Message: fmt.Sprintf("《%s》“%s”行“%s”栏是“%s”，按记录应为“%s”；请重新生成。", t.Title, row, t.Columns[i].Heading, text, want[i]),
		})
	}
}

func (r *reader) sameForm(want, got render.Grid) {
	for _, above := range [][2]string{{want.Label, got.Label}, {want.Title, got.Title}, {want.Subtitle, got.Subtitle}, {want.Entry, got.Entry}} {
		if above[0] != above[1] {
			r.fail(Finding{Anchor: want.Anchor, Want: above[0], Got: above[1], Message: fmt.Sprintf("%s上写的是“%s”，应为“%s”；请改正。", want.Entry, above[1], above[0])})
		}
	}
	if len(got.Rows) > len(want.Rows) {
		r.fail(Finding{Anchor: want.Anchor, Message: fmt.Sprintf("%s多出 %d 行；请重新生成。", want.Entry, len(got.Rows)-len(want.Rows))})
	}
	for i := range want.Rows {
		if i >= len(got.Rows) || len(got.Rows[i]) != len(want.Rows[i]) {
			r.fail(Finding{Anchor: want.Anchor, Message: fmt.Sprintf("%s缺少内容；请重新生成。", want.Entry)})
			return
		}
		label := ""
		for j, cell := range want.Rows[i] {
			if text := got.Rows[i][j].Text; text != cell.Text {
				r.fail(Finding{Anchor: want.Anchor, Field: label, Want: cell.Text, Got: text, Message: fmt.Sprintf("%s“%s”一栏是“%s”，按记录应为“%s”；请重新生成。", want.Entry, label, beginning(text), beginning(cell.Text))})
			}
			if cell.Label {
				label = cell.Text
			}
		}
	}
}

// emptyTablesNoted is R27.
func emptyTablesNoted(r *reader) {
	for i := range r.tables {
		t := &r.tables[i]
		if t.def == nil {
			continue
		}
		r.checked++
		want := budget.Words(t.def.Note, r.Year, r.Document.Owner)
		empty := t.empty()
		f := Finding{Anchor: t.Key, Table: t.Key, Want: want, Got: t.Note}
		switch {
		case empty && t.Note == "":
			f.Message = fmt.Sprintf("《%s》没有数据，也没有说明；请在表下写明“%s”。", t.Title, want)
		case empty && t.Note != want && (!saysEmpty(t.Note) || otherFund(t.Title, t.Note)):
			f.Message = fmt.Sprintf("《%s》的空表说明“%s”与本表不符；请写明“%s”。", t.Title, t.Note, want)
		case !empty && saysEmpty(t.Note):
			f.Want = ""
			f.Message = fmt.Sprintf("《%s》有数据，却写着“%s”；请删去。", t.Title, t.Note)
		default:
			continue
		}
		r.fail(f)
	}
}

// empty says that a table shows no amount.
func (t *sheetOfTable) empty() bool {
	return !slices.ContainsFunc(t.rows, func(row []string) bool { return showsAmount(t.Table, row) })
}

// wrongNote says that a note is one of those that R27 reports.
func wrongNote(t *sheetOfTable, want string) bool {
	if !t.empty() {
		return saysEmpty(t.Note)
	}
	return t.Note == "" || t.Note != want && (!saysEmpty(t.Note) || otherFund(t.Title, t.Note))
}

func showsAmount(t *render.Table, row []string) bool {
	for i, cell := range row {
		if i < len(t.Columns) && t.Columns[i].Number && cell != "" {
			return true
		}
	}
	return false
}

func saysEmpty(note string) bool {
	return containsAny(note, []string{"无数据", "没有", "无此项", "空表", "不涉及"})
}

// fundWords are what a note calls the money of a table.
var fundWords = []string{"一般公共预算", "政府性基金", "国有资本经营", "“三公”经费", "机关运行经费"}

// otherFund tells a note that speaks of money which the table isn't about.
func otherFund(title, note string) bool {
	return slices.ContainsFunc(fundWords, func(w string) bool { return strings.Contains(note, w) && !strings.Contains(title, w) })
}

// FormAnchor begins the anchors of projects' forms, before their numbers.
const FormAnchor = "form-"

// formsMatch is R22: as many forms as the text says, numbered one after the other,
// with no more money than there is for projects.
func formsMatch(r *reader) {
	forms := 0
	for _, block := range r.Document.Blocks {
		g, ok := block.(render.Grid)
		if !ok || !strings.HasPrefix(g.Anchor, FormAnchor) {
			continue
		}
		forms++
		if !strings.HasSuffix(g.Label, strconv.Itoa(forms)) {
			r.fail(Finding{Anchor: g.Anchor, Got: g.Label, Message: fmt.Sprintf("第 %d 张绩效目标表的编号是“%s”；请按顺序编号。", forms, g.Label)})
		}
	}
	r.checked += forms
	stated, anchor, ok := r.stated(CountMark, "项目")
	if !ok {
		r.withoutCount(forms)
		return
	}
	if stated != strconv.Itoa(forms) {
		r.fail(Finding{Anchor: anchor, Want: strconv.Itoa(forms), Got: stated, Message: fmt.Sprintf("绩效管理说明写有 %s 个项目，附表有 %d 张；请核对。", stated, forms)})
	}
	r.managedWithin()
}

func (r *reader) withoutCount(forms int) {
	switch {
	case r.Original == nil:
		r.lacking = "没有本年的记录，无法核对绩效管理说明。"
	case forms > 0:
		r.fail(Finding{Want: strconv.Itoa(forms), Message: fmt.Sprintf("附表有 %d 张，绩效管理说明没有写项目个数；请补上。", forms)})
	}
}

// managedWithin: the money under performance management is part of 项目支出.
func (r *reader) managedWithin() {
	stated, anchor, ok := r.stated(AmountMark, "纳入绩效管理的资金")
	i := slices.IndexFunc(r.tables, func(t sheetOfTable) bool { return t.Key == expenditure })
	if !ok || i < 0 {
		return
	}
	t := r.tables[i]
	column := t.def.Column("project")
	for _, row := range t.rows {
		if !slices.Contains(row, t.def.Rows.Total) || column >= len(row) {
			continue
		}
		project, _ := readWan(row[column])
		managed, err := readWan(strings.TrimSuffix(stated, "万元"))
		if err == nil && managed > project {
			r.fail(Finding{Anchor: anchor, Want: "≤ " + project.Wan(), Got: stated, Message: fmt.Sprintf("绩效管理涉及的资金 %s 多于项目支出 %s万元；请核对。", stated, project.Wan())})
		}
		return
	}
}

// stated gives what a figure of the text says now.
func (r *reader) stated(kind MarkKind, label string) (text, anchor string, ok bool) {
	for i := range r.Statements {
		s := &r.Statements[i]
		at := slices.IndexFunc(s.Marks, func(m Mark) bool { return m.Kind == kind && m.Label == label })
		p, there := find(r.Document, s.Anchor).(render.Paragraph)
		if at < 0 || !there {
			continue
		}
		text = s.Text[s.Marks[at].Start:s.Marks[at].End]
		for _, m := range compare(s, p.Text) {
			if m.want != nil && m.want.mark == &s.Marks[at] && m.got != nil {
				text = m.got.text
			}
		}
		return text, s.Anchor, true
	}
	return "", "", false
}
