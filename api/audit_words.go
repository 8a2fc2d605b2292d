package api

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// AuditLine is one thing that an entry of the log keeps, in words; before is empty
// where it says no change.
type AuditLine struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// logTitles name what the log keeps of acts that are no right of their own.
var logTitles = map[string]string{
	"account.login": "登录", "account.logout": "退出登录", "account.lock": "账号因多次密码错误锁定", "account.password": "修改密码",
	"account.reset": "重置密码", "account.create": "新建账号", "account.update": "修改账号", "account.disable": "停用账号", "account.enable": "启用账号",
	"role.grant": "授予角色", "role.revoke": "收回角色", "office.assign": "设置股室分工", "office.remove": "取消股室分工",
	"deputy.name": "指定代理人", "deputy.end": "结束代理", "package.import": "导入数据包", "unit.create": "新建单位", "unit.update": "修改单位",
}

// detailWords name the keys of what the log keeps, in the order in which they are
// told. What is "" is told elsewhere or means nothing to a reader.
var detailWords = []struct{ key, word string }{
	{"account", "账号"}, {"role", "角色"}, {"place", "范围"}, {"departments", "分管部门"}, {"deputy", "代理人"}, {"from", "起"}, {"until", "止"}, {"fields", "修改的项目"},
	{"step", "环节"}, {"nextStep", "送往环节"}, {"grade", "等级"}, {"remarks", "意见"}, {"records", "批复份数"},
	{"region", "财政区划"}, {"TreeKey", "指标体系"}, {"Deadlines", "期限"}, {"at", "时间"}, {"before", "原设置"}, {"after", "新设置"},
	{"code", "代码"}, {"name", "名称"}, {"kind", "性质"}, {"parentCode", "上级单位代码"}, {"project", "项目"}, {"reference", "凭证号"}, {"amount", "金额（分）"},
	{"window", "监控期"}, {"score", "得分"}, {"due", "到期日"}, {"figures", "控制数"}, {"issued", "已下达"}, {"imported", "导入结果"},
	{"preEvaluationLevel", "没有事前绩效评估的"}, {"threshold", "金额标准（元）"}, {"measure", "按哪项资金"}, {"lookBack", "新增的年限"}, {"source", "依据"},
	{"act", "办理"}, {"fromPlace", "原位次"}, {"toPlace", "新位次"}, {"conclusion", "结论"}, {"evaluatedOn", "评估日期"}, {"evaluator", "评估人"},
	{"path", "位置"}, {"text", "内容"}, {"purpose", "佐证什么"}, {"address", "网络地址"},
	{"accountId", ""}, {"lock", ""}, {"approvalId", ""}, {"differences", ""}, {"refused", ""}, {"deputyFor", ""}, {"hash", ""}, {"payment", ""}, {"correction", ""},
	{"order", ""}, {"attachment", ""}, {"part", ""},
}

// refusalWords say why the log holds an attempt that did not succeed.
var refusalWords = map[string]string{
	"right.missing": "没有这项权限", "workflow.role": "不是这个环节的办理人", "workflow.seat": "不是这个环节的办理人", "workflow.state": "当时的状态不能办理",
	"workflow.ownWork": "不能审核自己填报的内容", "workflow.acted": "同一人不能在两个环节审核", "workflow.round": "这一轮不能办理",
	"workflow.errors": "还有校验错误", "workflow.warnings": "还有提醒没有说明", "workflow.unconfirmed": "沿用上年的内容尚未确认",
	"workflow.grade": "等级与操作不符", "workflow.reason": "没有写理由", "workflow.remark": "意见没有写好",
	"workflow.stepGrades": "本环节须评定等级", "workflow.stepBlocks": "本环节不能作此决定", "workflow.control": "超出控制数",
	"login.wrong": "登录名或密码错误", "login.locked": "账号已锁定", "login.disabled": "账号已停用", "account.disabled": "账号已停用", "account.self": "不能对自己的账号这样做",
	"role.self": "不能改自己的角色", "role.separation": "违反三员分立", "role.last": "须保留最后一名管理员", "reason.missing": "没有写理由",
	"record.changed": "已被他人修改", "disclosure.stage": "公开的步骤不对", "disclosure.errors": "还有错误，不能公开",
	"approval.control": "超出控制数", "approval.nothing": "没有可批复的内容", "approval.department": "须先批复主管部门", "year.hasRecords": "本年度已有申报",
	"attachment.state": "当时的状态不能增减附件", "attachment.duplicate": "同样的附件已经有了", "attachment.removed": "附件已被移除",
	"correction.evidence": "没有佐证材料",
	"project.own":         "不能办理自己申请入库的项目", "project.state": "当时的状态不能办理", "project.target": "绩效目标不符合要求",
	"project.preEvaluation": "没有应有的事前绩效评估，或结论为不予支持", "project.filed": "已有申报", "project.changed": "已被他人办理", "projectOrder.changed": "排序已被他人调整",
}

// unitFields are kept as what they were and what they became.
var unitFields = []string{"name", "kind", "parentCode"}

func refusalWord(reason string) string {
	if word, ok := refusalWords[reason]; ok || reason == "" {
		return word
	}
	return "未通过检查（" + reason + "）"
}

// auditLines tell in words what an entry keeps beyond who, when, what and why.
func auditLines(detail string) []AuditLine {
	lines := []AuditLine{}
	var kept map[string]any
	if json.Unmarshal([]byte(detail), &kept) != nil {
		return lines
	}
	before, was := kept["before"].(map[string]any)
	after, is := kept["after"].(map[string]any)
	if was && is {
		for _, key := range keysOf(after) {
			if b, a := told(key, before[key]), told(key, after[key]); b != a {
				lines = append(lines, AuditLine{wordOf(key), b, a})
			}
		}
		delete(kept, "before")
		delete(kept, "after")
	}
	for _, key := range keysOf(kept) {
		if pair, ok := kept[key].([]any); ok && slices.Contains(unitFields, key) && len(pair) == 2 {
			lines = append(lines, AuditLine{wordOf(key), told(key, pair[0]), told(key, pair[1])})
		} else if word := wordOf(key); word != "" {
			lines = append(lines, AuditLine{Label: word, After: told(key, kept[key])})
		}
	}
	differences, _ := kept["differences"].([]any)
	for _, d := range differences {
		if d, ok := d.(map[string]any); ok {
			lines = append(lines, AuditLine{said(d["label"]), said(d["before"]), said(d["after"])})
		}
	}
	return lines
}

// keysOf gives the keys in the order of detailWords, unknown ones at the end.
func keysOf(kept map[string]any) []string {
	place := func(key string) int {
		i := slices.IndexFunc(detailWords, func(w struct{ key, word string }) bool { return w.key == key })
		if i < 0 {
			return len(detailWords)
		}
		return i
	}
	var keys []string
	for key := range kept {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if n := place(a) - place(b); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	return keys
}

func wordOf(key string) string {
	for _, w := range detailWords {
		if w.key == key {
			return w.word
		}
	}
	return key
}

// told gives a value of a key in words.
func told(key string, value any) string {
	text, _ := value.(string)
	switch key {
	case "grade":
		return workflow.Grade(text).ZH()
	case "kind":
		return model.Chinese(model.UnitKind(text))
	case "step", "nextStep":
		if text == "" {
			return "填报"
		}
		return workflow.StepName(text)
	case "role":
		return rbac.Role(text).ZH()
	case "purpose":
		return model.Purpose(text).Word()
	}
	return said(value)
}

// said gives any value of the log as text: times as in Beijing, lists and objects by
// their parts.
func said(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return at.In(model.Beijing).Format("2006-01-02 15:04")
		}
		return v
	case bool:
		if v {
			return "是"
		}
		return "否"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = said(v[i])
		}
		return strings.Join(parts, "；")
	case map[string]any:
		var parts []string
		for _, key := range keysOf(v) {
			if word, text := wordOf(key), told(key, v[key]); word != "" && text != "" {
				parts = append(parts, word+" "+text)
			}
		}
		return strings.Join(parts, "，")
	}
	return ""
}
