package check_test

import (
	"testing"

	"biaochi/service/check"
	"biaochi/service/render"
)

// signs runs the rules over a document that says a text more, by the records too.
func signs(t *testing.T, text string) (ids []string) {
	t.Helper()
	in := small(t)
	in.Persons = check.PersonsSurname
	added := render.Paragraph{Anchor: "added", Text: text}
	in.Document.Blocks = append(in.Document.Blocks[:len(in.Document.Blocks):len(in.Document.Blocks)], added)
	original := in.Document
	in.Original = &original
	in.Statements = append(in.Statements[:len(in.Statements):len(in.Statements)], check.Statement{Anchor: "added", Text: text})
	found, err := check.RunDocument(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Outcome == check.Fail && f.Anchor == "added" {
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

// TestSignsThatMeanSomething: what looks like a placeholder or a person and is none.
func TestSignsThatMeanSomething(t *testing.T) {
	for _, text := range []string{
		"自二〇二四年起实行。", "按二○二四年标准执行。", "编制一百二十人，一〇〇个岗位。", "第〇〇一号。",
		"○ 加强预算管理。", "△机动经费按规定安排。", "规格为3×5米的展板10×个位数计。", "配备X光机和CT。", "购置A×B型设备。", "Ⅹ类地区。",
		"（一）强化责任；1）抓落实；（2）抓督查。", "“三公”经费（含“公务接待”）。", "A<B且B>C时适用。", "完成率≥95%的地区。", "2024年1月至12月。", "全年 12 月发放。",
		"联系人：办公室。", "负责人：安全科。", "负责人员培训。", "联系人：李某。", "联系电话0351-3020000，邮箱gs@example.gov.cn。", "单位名称由编办核定。", "项目名称（以批复为准）。", "[2024]5号文。",
		"账号为单位基本户14050110101010。", "订单12345678901。", "<5%。",
	} {
		if ids := signs(t, text); len(ids) > 0 {
			t.Errorf("“%s”得到 %v", text, ids)
		}
	}
}

// TestSignsLeftOver: what only looks like a text.
func TestSignsLeftOver(t *testing.T) {
	for text, want := range map[string]string{
		"〇〇单位负责。": "R30", "○○县财政局。": "R30", "××局。": "R30", "XX局。": "R30", "预算为×万元。": "R30", "共〇个项目。": "R30", "自○年○月起。": "R30", "202X年完成。": "R30", "自  年  月起。": "R30",
		"（单位名称）负责。": "R30", "[项目名称]实施。": "R30", "<填报单位>负责。": "R30", "&nbsp;负责。": "R30", "预算%s元。": "R30", "（一强化责任。": "R30", "“三公经费。": "R30",
		"自二〇二三年起实行。": "R28", "自二零二二年起。": "R28",
		"联系人：李晓明。": "D04", "经办人: 欧阳晓。": "D04", "身份证号：110101199003070731。": "D03", "邮箱someone@qq.com。": "D03", "微信：abc_12345。": "D03", "手机12012345678。": "D03",
	} {
		if ids := signs(t, text); len(ids) != 1 || ids[0] != want {
			t.Errorf("“%s”得到 %v，应为 %s", text, ids, want)
		}
	}
}
