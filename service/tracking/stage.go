package tracking

import (
	"cmp"
	"strings"

	"biaochi/model"
)

// drafting are the stages of the budget's drafting (两上两下): their dates follow each
// other.
var drafting = []Stage{FirstRequest, FirstReply, SecondRequest, SecondReply}

var stageNames = map[Stage]string{
	FirstRequest: "一上：申报绩效目标和基本支出", FirstReply: "一下：下达控制数", SecondRequest: "二上：按控制数调整后上报",
	SecondReply: "二下：财政批复部门", UnitReply: "部门批复所属单位", Disclosure: "预算公开", SelfEvaluation: "绩效自评",
}

// Name is the stage in Chinese.
func (s Stage) Name() string {
	if window, ok := strings.CutPrefix(string(s), string(Monitoring)+":"); ok {
		return "绩效运行监控（" + window + "月）"
	}
	return cmp.Or(stageNames[s], string(s))
}

// Stages lists the stages of a year under the rules, in their order.
func (r MonitorRules) Stages() []Stage {
	all := append(append([]Stage{}, drafting...), UnitReply, Disclosure)
	for _, w := range r.Windows {
		all = append(all, MonitoringStage(w.Key))
	}
	return append(all, SelfEvaluation)
}

// OutOfOrder names two stages of the drafting whose dates for a unit don't follow each
// other; ok is true where all do.
func (c Calendar) OutOfOrder(unitPath string) (earlier, later Stage, ok bool) {
	var last model.Date
	for _, stage := range drafting {
		d, set := c.DeadlineOf(stage, unitPath)
		if !set {
			continue
		}
		if d.Due < last {
			return earlier, stage, false
		}
		last, earlier = d.Due, stage
	}
	return "", "", true
}
