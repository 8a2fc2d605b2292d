package execution

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"biaochi/model"
)

// paid is one row of a file, read but not yet matched with a project.
type paid struct {
	row  int // number in the file, from 1
	unit string
	model.Payment
}

// readRows reads all rows with all their faults.
func readRows(rows [][]string, l layout, year int, today model.Date) (list []paid, faults []model.Problem) {
	for i := l.header + 1; i < len(rows); i++ {
		if l.skips(rows[i]) {
			continue
		}
		p, problems := readRow(rows[i], l, i+1, year, today)
		list, faults = append(list, p), append(faults, problems...)
	}
	return list, faults
}

func readRow(cells []string, l layout, row, year int, today model.Date) (p paid, faults []model.Problem) {
	p = paid{row: row, unit: l.cell(cells, "unit"), Payment: model.Payment{
		Year: year, ProjectCode: l.cell(cells, "project"), Reference: l.cell(cells, "reference"), Note: l.cell(cells, "note"),
	}}
	bad := func(field, format string, args ...any) { faults = append(faults, fault(row, field, format, args...)) }
	if p.ProjectCode == "" {
		bad("project", "没有项目代码")
	}
	if p.Reference == "" || len([]rune(p.Reference)) > 128 {
		bad("reference", "支付凭证号应为 1 至 128 个字符，没有它认不出重复的支付")
	}
	var why string
	if p.PaidOn, why = l.paidOn(cells); why == "" {
		why = wrongDate(p.PaidOn, year, today)
	}
	if why != "" {
		bad("date", "%s", why)
	}
	var ok bool
	if p.FundKind, ok = fundKindOf(l.cell(cells, "fundKind")); !ok {
		bad("fundKind", "不认识资金性质“%s”", l.cell(cells, "fundKind"))
	}
	if p.Amount, why = readAmount(l.cell(cells, "amount"), l.wan); why != "" {
		bad("amount", "%s", why)
	}
	return p, faults
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

func (l layout) paidOn(cells []string) (day model.Date, why string) {
	text := l.cell(cells, "date")
	if day, ok := l.day(text); ok {
		return day, ""
	}
	return readDate(text)
}

// dateForms are the ways in which systems write a day; a time after it is dropped.
var dateForms = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006.1.2", "2006年1月2日", "20060102"}

// readDate reads a day as people and systems write it.
func readDate(text string) (day model.Date, why string) {
	whole, _, _ := strings.Cut(text, " ")
	if whole, _, _ = strings.Cut(whole, "T"); len(whole) >= 14 && digitsOnly(whole) {
		whole = whole[:8] // 20230731120000, with or without milliseconds
	}
	for _, form := range dateForms {
		if at, err := time.Parse(form, whole); err == nil {
			return model.Date(at.Format(time.DateOnly)), ""
		}
	}
	return "", "支付日期“" + text + "”应写成 2023-07-31"
}

func digitsOnly(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

func fundKindOf(text string) (model.FundKind, bool) {
	for _, kind := range model.FundKinds {
		if text == string(kind) || slices.Contains(columns().FundKinds[kind], text) {
			return kind, true
		}
	}
	return "", false
}

// readAmount reads an amount in yuan or 万元, exact to the 分; (100.00) is negative, as
// bookkeepers write it.
func readAmount(text string, wan bool) (amount model.Money, why string) {
	plain := strings.NewReplacer(",", "", "，", "", " ", "", "¥", "", "￥", "", "（", "(", "）", ")").Replace(text)
	sign := int64(1)
	if inner, ok := strings.CutPrefix(plain, "("); ok && strings.HasSuffix(inner, ")") {
		plain, sign = strings.TrimSuffix(inner, ")"), -1
	}
	if rest, ok := strings.CutPrefix(plain, "-"); ok {
		plain, sign = rest, -sign
	}
	value, ok := new(big.Rat).SetString(plain)
	if !ok || strings.ContainsAny(plain, "eE/+-_xX") {
		return 0, "金额“" + text + "”不是数字"
	}
	scale := int64(100 * sign)
	if wan {
		scale *= 10_000
	}
	value.Mul(value, big.NewRat(scale, 1))
	switch {
	case !value.IsInt():
		return 0, "金额“" + text + "”不足一分，最多精确到分"
	case value.Sign() == 0:
		return 0, "金额为零"
	case new(big.Rat).Abs(value).Cmp(big.NewRat(int64(model.MaxAmount), 1)) > 0:
		return 0, "金额“" + text + "”超出上限"
	}
	return model.Money(value.Num().Int64()), ""
}
