package tracking

import (
	"fmt"
	"math/big"
	"strings"

	"biaochi/model"
	"biaochi/service/indicator"
)

// Light is how an indicator or a payment stands against its path.
type Light string

// The lights (预警灯). Neither NotDue nor NoData is green.
const (
	Green  Light = "green"  // 正常
	Yellow Light = "yellow" // 关注
	Red    Light = "red"    // 预警
	NotDue Light = "notDue" // 尚未到期
	NoData Light = "noData" // 没有数据
)

// Lights are all lights, the worst first.
var Lights = []Light{Red, Yellow, NoData, NotDue, Green}

// Status is an indicator's or a project's money against its path on a day.
type Status struct {
	Light Light  `json:"light"`
	Due   string `json:"due"`  // share of the target that is due
	Done  string `json:"done"` // done ÷ due, or for a ceiling due ÷ used; "" where there is none
	// MayBeLow tells that so much more was done than was due that the target may be
	// too low; a remark says so.
	MayBeLow bool   `json:"mayBeLow"`
	Why      string `json:"why,omitempty"`
}

// Watched is an indicator as monitored.
type Watched struct {
	Measured
	Band string // for targets of words: the key of a band
	Path Path
}

// Watch gives an indicator's light on a day of its budget year. scoring reads values
// and judges words.
func (r MonitorRules) Watch(w Watched, scoring ScoreRules, on model.Date) Status {
	share := w.Path.Due(w.Year, on)
	s := Status{Due: percent(share), Light: NoData}
	if w.Target.Kind == indicator.Grade {
		return watchWords(w, scoring, share, s)
	}
	if strings.TrimSpace(w.Actual) == "" {
		if share.Sign() == 0 {
			s.Light = NotDue
		}
		return s
	}
	c, why := scoring.Compare(w.Measured)
	switch {
	case why != "":
		s.Why = why
		return s
	case c.Kind == indicator.Date:
		return watchDate(c, share, s)
	}
	return r.compare(c, share, s)
}

func watchWords(w Watched, scoring ScoreRules, share *big.Rat, s Status) Status {
	band, ok := scoring.band(Row{Band: w.Band, Actual: w.Actual})
	switch {
	case !ok && share.Sign() == 0:
		s.Light = NotDue
	case ok && band.Key == scoring.Bands[0].Key:
		s.Light = Green
	case ok && band.Key == scoring.Bands[len(scoring.Bands)-1].Key:
		s.Light = Red
	case ok:
		s.Light = Yellow
	}
	return s
}

// watchDate: a day that was kept is green, one that was missed red.
func watchDate(c Comparison, share *big.Rat, s Status) Status {
	switch reached := c.Attain().Reached; {
	case reached:
		s.Light = Green
	case c.Undone && share.Sign() == 0:
		s.Light = NotDue
	default:
		s.Light = Red
	}
	return s
}

// compare holds what was done against what is due by now. A floor asks for its share
// of the target, a ceiling may be used up by its share; beyond the whole ceiling the
// light is red whatever the share.
func (r MonitorRules) compare(c Comparison, share *big.Rat, s Status) Status {
	switch a := c.Attain(); {
	case ceiling(c):
		return r.used(c, share, s)
	case a.Reached && (share.Sign() == 0 || c.Low.Sign() <= 0):
		s.Light, s.Done = Green, percent(one)
		return s
	case share.Sign() == 0:
		s.Light = NotDue
		return s
	case c.Low.Sign() <= 0:
		s.Light, s.Done = Red, percent(new(big.Rat))
		return s
	}
	done := quotient(c.Actual, product(c.Low, share))
	return r.light(done, s)
}

// ceiling tells a target that asks for no more; a range or an equation is one as soon
// as its lower side is reached.
func ceiling(c Comparison) bool {
	switch c.Operator {
	case indicator.AtMost, indicator.Below:
		return true
	case indicator.Range, indicator.Equal:
		return c.Actual.Cmp(c.Low) >= 0
	}
	return false
}

func (r MonitorRules) used(c Comparison, share *big.Rat, s Status) Status {
	limit := c.Low
	if c.High != nil {
		limit = c.High
	}
	a := c.Attain()
	switch {
	case !a.Reached:
		s.Light, s.Done, s.Why = Red, percent(a.Done), "已超过全年指标值"
		return s
	case c.Operator == indicator.Range || c.Operator == indicator.Equal || c.Actual.Sign() <= 0 || limit.Sign() <= 0:
		s.Light, s.Done = Green, percent(one)
		return s
	case share.Sign() == 0:
		s.Light = NotDue
		return s
	}
	s = r.light(quotient(product(limit, share), c.Actual), s)
	s.MayBeLow = false
	return s
}

func (r MonitorRules) light(done *big.Rat, s Status) Status {
	s.Done = percent(done)
	s.MayBeLow = done.Cmp(ratio(int64(r.Over), 100)) > 0
	switch {
	case done.Cmp(ratio(int64(r.Green), 100)) >= 0:
		s.Light = Green
	case done.Cmp(ratio(int64(r.Yellow), 100)) >= 0:
		s.Light = Yellow
	default:
		s.Light = Red
	}
	return s
}

// Spending gives the light of money on a day: what was paid of the adjusted budget
// with carry-over, against the path of the payments. Without a budget there is no
// light, and payments beyond the whole budget are red.
func (r MonitorRules) Spending(budget, executed model.Money, path Path, year int, on model.Date) Status {
	share := path.Due(year, on)
	s := Status{Due: percent(share), Light: NoData}
	if budget <= 0 {
		if executed > 0 {
			s.Light, s.Why = Red, "没有预算却有支付"
		}
		return s
	}
	rate := ratio(int64(executed), int64(budget))
	switch {
	case rate.Cmp(one) > 0:
		s.Light, s.Done, s.Why = Red, percent(rate), "支付超过全年预算数"
		return s
	case share.Sign() == 0:
		s.Light = NotDue
		return s
	}
	s = r.light(quotient(rate, share), s)
	s.MayBeLow = false
	return s
}

// Likelihood is how likely a target is to be reached by the end of the year
// (完成目标可能性).
type Likelihood string

// The likelihoods of the official sheet.
const (
	Certain    Likelihood = "certain"    // 确定能
	Possible   Likelihood = "possible"   // 有可能
	Impossible Likelihood = "impossible" // 完全不可能
)

// Likelihoods lists them.
var Likelihoods = []Likelihood{Certain, Possible, Impossible}

// Cause is a category of deviation (偏差原因).
type Cause string

// The categories of the official sheet.
const (
	FundingCause   Cause = "funding"   // 经费保障
	SystemCause    Cause = "system"    // 制度保障
	StaffCause     Cause = "staff"     // 人员保障
	EquipmentCause Cause = "equipment" // 硬件条件保障
	OtherCause     Cause = "other"     // 其他
)

// Causes lists them.
var Causes = []Cause{FundingCause, SystemCause, StaffCause, EquipmentCause, OtherCause}

// Statement is what a unit says of an indicator beside its figures.
type Statement struct {
	Forecast   string     `json:"forecast"` // 全年预计完成情况, as written
	Likelihood Likelihood `json:"likelihood"`
	Causes     []Cause    `json:"causes,omitempty"`
	Cause      string     `json:"cause"`  // 原因说明
	Remark     string     `json:"remark"` // 备注
}

// Owed lists what a monitored indicator still owes: figures, a likelihood, a cause
// where actual or forecast deviates, a remark where the likelihood isn't certain or
// the target may be too low.
func (r MonitorRules) Owed(w Watched, s Status, said Statement, scoring ScoreRules) []Owing {
	var owed []Owing
	owe := func(key, format string, args ...any) {
		owed = append(owed, Owing{key, fmt.Sprintf(format, args...)})
	}
	if s.Light == NoData {
		owe("actual", "%s", orElse(s.Why, "尚未填写执行情况"))
	}
	if said.Likelihood != Certain && said.Likelihood != Possible && said.Likelihood != Impossible {
		owe("likelihood", "须选择完成目标可能性：确定能、有可能或完全不可能")
	}
	falls, why := fallsShort(w, said, scoring)
	if why != "" {
		owe("forecast", "全年预计完成情况：%s", why)
	}
	deviates := s.Light == Yellow || s.Light == Red || falls
	if deviates && (len(said.Causes) == 0 || strings.TrimSpace(said.Cause) == "") {
		owe("cause", "执行或预计有偏差，须选择偏差原因并说明")
	}
	if strings.TrimSpace(said.Remark) == "" {
		switch {
		case said.Likelihood == Possible || said.Likelihood == Impossible:
			owe("remark", "不能确定完成目标的，须在备注中说明原因和措施")
		case s.MayBeLow:
			owe("remark", "完成进度超过 %d%%，指标值可能偏低，须在备注中说明", r.Over)
		}
	}
	return owed
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// fallsShort tells whether the forecast stays below the target of the whole year.
func fallsShort(w Watched, said Statement, scoring ScoreRules) (falls bool, why string) {
	if strings.TrimSpace(said.Forecast) == "" {
		return false, "尚未填写"
	}
	if w.Target.Kind == indicator.Grade {
		return false, ""
	}
	forecast := w.Measured
	forecast.Actual = said.Forecast
	c, why := scoring.Compare(forecast)
	return why == "" && !c.Attain().Reached, why
}
