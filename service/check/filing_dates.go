package check

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"biaochi/service/indicator"
)

// annualDates is F11.
func annualDates(p *probe) {
	for _, d := range p.dates(true) {
		p.checked++
		f := Finding{Want: fmt.Sprintf("%d", p.in.Year), Got: d.day}
		switch {
		case d.year < p.in.Year:
			p.failValue(d.seat, f, "早于预算年度 %d 年，可能沿用了以前年度的内容；请改为本年度内的日期。", p.in.Year)
		case d.year > p.in.Year:
			p.failValue(d.seat, f, "晚于预算年度 %d 年；年度指标请填写本年度内的日期。", p.in.Year)
		}
	}
}

// longTermDates is F12. Without a period only what is stale is known.
func longTermDates(p *probe) {
	first, last := p.period()
	for _, d := range p.dates(false) {
		p.checked++
		f := Finding{Got: d.day}
		switch {
		case d.year < p.in.Year:
			f.Want = fmt.Sprintf("%d", p.in.Year)
			p.failValue(d.seat, f, "早于预算年度 %d 年，可能沿用了以前年度的内容；请改为实施期内的日期。", p.in.Year)
		case last != 0 && d.year > last:
			f.Want = fmt.Sprintf("%d", last)
			p.failValue(d.seat, f, "晚于实施期（%d—%d 年）；请核对日期和项目期。", first, last)
		}
	}
}

// period gives the first and the last year of the project, zeros where the form
// doesn't say.
func (p *probe) period() (first, last int) {
	form := p.project.Form
	if form.PeriodYears == nil || *form.PeriodYears < 1 {
		return 0, 0
	}
	first = p.in.Year
	if form.PeriodStart != nil {
		first = *form.PeriodStart
	}
	return first, first + *form.PeriodYears - 1
}

// dated is an indicator whose value is a date.
type dated struct {
	seat
	year int
	day  string // ISO 8601, the year alone where the value is more than a date
}

// dates gives the values of one horizon that are dates, and under 时效 those in
// words that name a year.
func (p *probe) dates(annual bool) (list []dated) {
	for _, s := range seats(p.project.Form) {
		if s.annual != annual {
			continue
		}
		v := p.read(s.target.Value)
		if v.Kind == indicator.Date && !qualifies(s.target.Value) {
			year, _ := strconv.Atoi(v.Date[:4])
			list = append(list, dated{s, year, v.Date})
		} else if v.Kind == indicator.Grade && s.pair.Level2 == "timeliness" {
			if years := namedYears(s.target.Value); len(years) > 0 {
				last := slices.Max(years)
				list = append(list, dated{s, last, strconv.Itoa(last)})
			}
		}
	}
	return list
}

// qualifies tells a year that names a standard or a level: 达到2022年标准.
func qualifies(value string) bool {
	return slices.ContainsFunc(yearsIn(value), func(y namedYear) bool { return startsWith(y.after, lexis.YearOf) })
}

// excelDay is day 0 of Excel's dates.
var excelDay = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

// excelDates is F16.
func excelDates(p *probe) {
	span := p.settings().ExcelDate
	for _, s := range seats(p.project.Form) {
		if s.pair.Level2 != "timeliness" || blank(s.target.Value) {
			continue
		}
		p.checked++
		v := p.read(s.target.Value)
		if v.Kind != indicator.Quantity || v.Unit != "" {
			continue
		}
		days, err := strconv.ParseFloat(v.Value, 64)
		if err != nil || days < float64(span[0]) || days > float64(span[1]) {
			continue
		}
		day := excelDay.AddDate(0, 0, int(days)).Format(time.DateOnly)
		p.failValue(s, Finding{Want: day, Got: s.target.Value}, "像是 Excel 的日期序列号，对应 %s；请改写为日期。", day)
	}
}
