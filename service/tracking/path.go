package tracking

import (
	"math/big"
	"time"

	"biaochi/model"
	"biaochi/service/indicator"
)

// PathKind is how a target is to be reached over the year (指标进度).
type PathKind string

// The paths. A level, such as a rate of satisfaction, holds all the time; what adds
// up grows evenly or by the season; what has a day isn't due before it.
const (
	AtOnce   PathKind = "atOnce"   // 全年保持
	Even     PathKind = "even"     // 均匀推进
	Seasonal PathKind = "seasonal" // 按季节推进
	ByDate   PathKind = "byDate"   // 按日期完成
)

// Path is an indicator's path. Date is ByDate's day; Months are Seasonal's shares of
// the year reached by the end of each month, in per cent, growing to 100.
type Path struct {
	Kind   PathKind   `json:"kind"`
	Date   model.Date `json:"date,omitempty"`
	Months []int      `json:"months,omitempty"`
}

// Check refuses a path that can't be walked.
// Errors: Invalid "path.kind", "path.date", "path.months".
func (p Path) Check() error {
	switch p.Kind {
	case AtOnce, Even:
		return nil
	case ByDate:
		if _, err := time.Parse(time.DateOnly, string(p.Date)); err != nil {
			return model.Fail(model.Invalid, "path.date", "按日期完成的指标须写明日期，如 2023-10-31")
		}
		return nil
	case Seasonal:
		return p.checkMonths()
	}
	return model.Fail(model.Invalid, "path.kind", "没有“%s”这种进度，请选择全年保持、均匀推进、按季节推进或按日期完成", string(p.Kind))
}

func (p Path) checkMonths() error {
	reached := 0
	for _, share := range p.Months {
		if share < reached || share > 100 {
			reached = -1
			break
		}
		reached = share
	}
	if len(p.Months) != 12 || reached != 100 {
		return model.Fail(model.Invalid, "path.months", "按季节推进须填写 12 个月末累计进度，逐月不减，12 月末为 100")
	}
	return nil
}

// DefaultPath gives the path that a target suggests where nobody chose one: its day;
// all the time for rates and words; year's end for a change; evenly for what adds up.
func DefaultPath(t indicator.TargetValue, year int) Path {
	switch {
	case t.Kind == indicator.Date:
		return Path{Kind: ByDate, Date: model.Date(t.Date)}
	case t.Kind == indicator.Change:
		return Path{Kind: ByDate, Date: lastDay(year)}
	case t.Kind == indicator.Ratio || t.Kind == indicator.Grade || t.Per != "":
		return Path{Kind: AtOnce}
	}
	return Path{Kind: Even}
}

func lastDay(year int) model.Date {
	return model.Date(time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

// Due gives the share of the target that is due on a day of the budget year, from 0
// to 1. Within a month it grows by the day; at the end of July an even path has come
// seven twelfths. Errors are those of Check, and count as nothing due.
func (p Path) Due(year int, on model.Date) *big.Rat {
	day, err := time.Parse(time.DateOnly, string(on))
	if err != nil || p.Check() != nil {
		return new(big.Rat)
	}
	switch {
	case p.Kind == AtOnce:
		return one
	case p.Kind == ByDate && on >= p.Date:
		return one
	case p.Kind == ByDate || day.Year() < year:
		return new(big.Rat)
	case day.Year() > year:
		return one
	}
	month := int(day.Month())
	days := time.Date(year, day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	before, after := p.reached(month-1), p.reached(month)
	return sum(before, product(difference(after, before), ratio(int64(day.Day()), int64(days))))
}

// Gone writes the share of a budget year that is over on a day: 58.33%.
func Gone(year int, on model.Date) string { return percent(Path{Kind: Even}.Due(year, on)) }

// reached is the share at the end of a month, 0 before the first.
func (p Path) reached(month int) *big.Rat {
	switch {
	case month == 0:
		return new(big.Rat)
	case p.Kind == Even:
		return ratio(int64(month), 12)
	}
	return ratio(int64(p.Months[month-1]), 100)
}
