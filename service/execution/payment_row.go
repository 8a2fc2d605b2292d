package execution

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/service/spreadsheet"
)

// paid is one row of a file, read but not yet matched with a project.
type paid struct {
	row  int // number in the file, from 1
	unit string
	model.Payment
}

// readRows reads all rows with all their faults.
func readRows(rows [][]spreadsheet.Value, l layout, year int, today model.Date) (list []paid, faults []model.Problem) {
	for i := l.header; i < len(rows); i++ {
		if l.skips(rows[i]) {
			continue
		}
		p, problems := readRow(rows[i], l, i+1, year, today)
		list, faults = append(list, p), append(faults, problems...)
	}
	return list, faults
}

func readRow(cells []spreadsheet.Value, l layout, row, year int, today model.Date) (p paid, faults []model.Problem) {
	p = paid{row: row, unit: l.cell(cells, "unit"), Payment: model.Payment{
		Year: year, ProjectCode: l.cell(cells, "project"), Reference: l.cell(cells, "reference"), Note: l.cell(cells, "note"),
	}}
	bad := func(field, format string, args ...any) { faults = append(faults, fault(row, field, format, args...)) }
	wrongTexts(p.Payment, bad)
	var why string
	if p.PaidOn, why = l.paidOn(cells); why == "" {
		why = wrongDate(p.PaidOn, year, today)
	}
	if why != "" {
		bad("date", "%s", why)
	}
	var ok bool
	if p.FundKind, ok = fundKindOf(l.cell(cells, "fundKind")); !ok {
		bad("fundKind", "不认识资金性质“%s”", brief(l.cell(cells, "fundKind")))
	}
	if p.Amount, why = readAmount(l.cell(cells, "amount"), l.wan); why != "" {
		bad("amount", "%s", why)
	}
	return p, faults
}

// What a payment's texts may have.
const (
	maxReference = 128
	maxNote      = 500
)

// wrongTexts finds texts that can't be kept: blank ones, long ones, and those with
// characters that nobody sees.
func wrongTexts(p model.Payment, bad func(field, format string, args ...any)) {
	if p.ProjectCode == "" {
		bad("project", "没有项目代码")
	}
	if n := utf8.RuneCountInString(p.Reference); n == 0 || n > maxReference {
		bad("reference", "支付凭证号应为 1 至 %d 个字符，没有它认不出重复的支付", maxReference)
	}
	if n := utf8.RuneCountInString(p.Note); n > maxNote {
		bad("note", "说明最长 %d 个字符，这里有 %d 个", maxNote, n)
	}
	if strings.ContainsFunc(p.ProjectCode+p.Reference, unicode.IsControl) {
		bad("reference", "项目代码和支付凭证号中不能有看不见的控制字符")
	}
	if strings.ContainsFunc(p.Note, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		bad("note", "说明中不能有看不见的控制字符")
	}
}

// brief is the beginning of a text that a message quotes.
func brief(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

func wrongDate(on model.Date, year int, today model.Date) string {
	switch {
	case string(on[:4]) != strconv.Itoa(year):
		return "支付日期 " + string(on) + " 不在 " + strconv.Itoa(year) + " 预算年度内"
	case on > today:
		return "支付日期 " + string(on) + " 还没有到"
	}
	return ""
}

func (l layout) paidOn(cells []spreadsheet.Value) (day model.Date, why string) {
	text := l.cell(cells, "date")
	if day, ok := l.day(text); ok {
		return day, ""
	}
	return readDate(text)
}

// dateForms are the ways in which systems write a day; a time after it is dropped.
var dateForms = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006.1.2", "20060102"}

// readDate reads a day as people and systems write it.
func readDate(text string) (day model.Date, why string) {
	whole := spreadsheet.Fold(text)
	if found := chineseDay.FindStringSubmatch(strings.Join(strings.Fields(whole), "")); found != nil {
		whole = inFigures(found[1]) + "-" + inFigures(found[2]) + "-" + inFigures(found[3])
	}
	whole, _, _ = strings.Cut(whole, " ")
	if whole, _, _ = strings.Cut(whole, "T"); len(whole) >= 14 && digitsOnly(whole) {
		whole = whole[:8] // 20230731120000, with or without milliseconds
	}
	for _, form := range dateForms {
		if at, err := time.Parse(form, whole); err == nil {
			return model.Date(at.Format(time.DateOnly)), ""
		}
	}
	return "", "支付日期“" + brief(text) + "”应写成 2023-07-31"
}

var chineseDay = regexp.MustCompile(`^([0-9]{4}|[零〇○一二三四五六七八九]{4})年([0-9]{1,2}|[一二三四五六七八九十]{1,2})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]`)

// inFigures writes the numbers of a day in figures: 二〇二三, 十二, 三十一.
func inFigures(text string) string {
	before, after, tens := strings.Cut(text, "十")
	text = figures.Replace(text)
	if tens {
		text = cmp.Or(figures.Replace(before), "1") + cmp.Or(figures.Replace(after), "0")
	}
	return text
}

var figures = strings.NewReplacer("零", "0", "〇", "0", "○", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

func digitsOnly(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// fundKindOf knows a fund kind by its key or by one of its names, whatever stands in
// brackets or as a code before it.
func fundKindOf(text string) (model.FundKind, bool) {
	name := strings.TrimLeft(spreadsheet.Bare(text), "0123456789.-_")
	for _, kind := range model.FundKinds {
		if name == string(kind) || slices.Contains(columns().FundKinds[kind], name) {
			return kind, true
		}
	}
	return "", false
}

// figure is an amount without blanks, signs of money and brackets.
var figure = regexp.MustCompile(`^([+-]?)([0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)([.][0-9]*)?(万元|元|万)?$`)

// readAmount reads an amount exact to the 分, in yuan, or in 万元 where the column or
// the cell says so; (100.00) is negative, as bookkeepers write it.
func readAmount(text string, wan bool) (amount model.Money, why string) {
	plain := strings.NewReplacer(" ", "", "\u00a0", "", "¥", "", "人民币", "").Replace(spreadsheet.Fold(text))
	inner, bracketed := strings.CutPrefix(plain, "(")
	if bracketed = bracketed && strings.HasSuffix(inner, ")"); bracketed {
		plain = strings.TrimSuffix(inner, ")")
	}
	part := figure.FindStringSubmatch(plain)
	if part == nil || part[2]+strings.TrimPrefix(part[3], ".") == "" || bracketed && part[1] != "" {
		return 0, "金额“" + brief(text) + "”不是数字"
	}
	value, _ := new(big.Rat).SetString("0" + strings.ReplaceAll(part[2], ",", "") + part[3])
	scale := int64(100)
	if part[4] == "" && wan || strings.HasPrefix(part[4], "万") {
		scale *= 10_000
	}
	if bracketed || part[1] == "-" {
		scale = -scale
	}
	value.Mul(value, big.NewRat(scale, 1))
	switch {
	case !value.IsInt():
		return 0, "金额“" + brief(text) + "”不足一分，最多精确到分"
	case value.Sign() == 0:
		return 0, "金额为零"
	case new(big.Rat).Abs(value).Cmp(big.NewRat(int64(model.MaxAmount), 1)) > 0:
		return 0, "金额“" + brief(text) + "”超出上限"
	}
	return model.Money(value.Num().Int64()), ""
}
