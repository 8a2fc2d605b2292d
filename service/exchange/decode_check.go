package exchange

import (
	"slices"
	"strings"

	"biaochi/model"
)

// The keys of the first two levels that the format has, from all known trees
// (2015, 2021): which tree a year is bound to is for a checker to say, so rows of
// any tree come in.
var (
	level1Shape = choiceOf(
		shapeChoice{"output", "产出指标"}, shapeChoice{"benefit", "效益指标"},
		shapeChoice{"satisfaction", "满意度指标"}, shapeChoice{"cost", "成本指标"},
	)
	level2Shape = choiceOf(
		shapeChoice{"quantity", "数量指标"}, shapeChoice{"quality", "质量指标"},
		shapeChoice{"timeliness", "时效指标"}, shapeChoice{"cost", "成本指标"},
		shapeChoice{"economic", "经济效益指标"}, shapeChoice{"social", "社会效益指标"},
		shapeChoice{"ecological", "生态效益指标"}, shapeChoice{"sustainability", "可持续影响指标"},
		shapeChoice{"serviceRecipients", "服务对象满意度指标"}, shapeChoice{"economicCost", "经济成本指标"},
		shapeChoice{"socialCost", "社会成本指标"}, shapeChoice{"ecologicalCost", "生态环境成本指标"},
	)
)

// level2Under lists the second levels that some tree has under each first one.
var level2Under = map[string][]string{
	"output":       {"quantity", "quality", "timeliness", "cost"},
	"benefit":      {"economic", "social", "ecological", "sustainability"},
	"satisfaction": {"serviceRecipients"},
	"cost":         {"economicCost", "socialCost", "ecologicalCost"},
}

// checkIndicator refuses a second level under the wrong first one.
func checkIndicator(d *decoder, object any) {
	row := object.(*model.Indicator)
	under := level2Under[row.Level1]
	if row.Level1 == "" || row.Level2 == "" || slices.Contains(under, row.Level2) {
		return
	}
	d.push(pathStep{key: "level2", index: -1})
	d.add("二级指标 “%s” 不在一级指标 “%s” 之下，可用的值：%s", row.Level2, row.Level1, strings.Join(under, "、"))
	d.pop()
}

// dropRepeatedName makes a form's name that is the project's blank.
func dropRepeatedName(_ *decoder, object any) {
	project := object.(*model.ProjectContent)
	if project.Form != nil && project.Form.Name == project.Name {
		project.Form.Name = ""
	}
}

// withoutRepeatedName gives a project as it is written.
func withoutRepeatedName(object any) any {
	project := *object.(*model.ProjectContent)
	if project.Form != nil && project.Form.Name == project.Name {
		form := *project.Form
		form.Name = ""
		project.Form = &form
	}
	return &project
}

// refusal says why a value isn't one of an enumeration.
func (s *shape) refusal(title, value string) string {
	if s == formatShape {
		return "不支持的数据包格式 “" + quoted(value) + "”，本程序只读 " + Format
	}
	return "“" + title + "”：没有 “" + quoted(value) + "” 这个取值，可用的值：" + s.allowed()
}
