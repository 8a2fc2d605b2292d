package disclosure_test

import (
	"strings"

	"biaochi/service/check"
	"biaochi/service/render"
)

// Faults that a document has when somebody works on it by hand.
func init() {
	defects = append(defects,
		defect{"其他占位写法", []string{"R30"}, func(j *injury) bool {
			by := []string{"ＸＸ单位", "X年X月", "0000年", "金额待定", "此处填写原因", "某年某月", "【单位名称】", "？？？", "……万元", "#REF!", "NaN万元", "锟斤拷"}[j.IntN(12)]
			return j.edit(func(text string) (string, bool) { return strings.TrimSuffix(text, "。") + "，" + by + "。", true })
		}},
		defect{"分开写的手机号码", []string{"D03"}, func(j *injury) bool {
			by := []string{"139 1234 5678", "139-1234-5678", "+86 13912345678", "１３９１２３４５６７８", "0350-1234567/13912345678"}[j.IntN(5)]
			return j.edit(func(text string) (string, bool) { return text + "联系电话" + by + "。", true })
		}},
		defect{"增减额带负号", []string{"R25"}, func(j *injury) bool { return j.edit(swap(`(增加|减少)(\d)`, "$1-$2")) }},
		defect{"多出一段带数字的话", []string{"R24"}, func(j *injury) bool {
			j.d.Blocks = append(j.d.Blocks, render.Paragraph{Anchor: "added", Text: "另有收入88.00万元。"})
			return true
		}},
		defect{"段落中写成别的单位", []string{"R29"}, func(j *injury) bool {
			return j.edit(func(text string) (string, bool) {
				name := j.m.content.Unit.Name
				return strings.Replace(text, name, "另一单位", 1), strings.Contains(text, name)
			})
		}},
		defect{"表号或表名被改", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				if j.IntN(2) == 0 {
					t.Label += "9"
				} else {
					t.Title += "（一）"
				}
				return true
			})
		}},
		defect{"空表说明被改", []string{"D02", "R27"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				noted := t.Note != ""
				t.Note += "（补充）"
				return noted
			})
		}},
		defect{"表的次序颠倒", []string{"D01"}, func(j *injury) bool {
			var at []int
			for i, block := range j.d.Blocks {
				if t, ok := block.(*render.Table); ok && !t.Inline {
					at = append(at, i)
				}
			}
			i := j.IntN(len(at) - 1)
			j.d.Blocks[at[i]], j.d.Blocks[at[i+1]] = j.d.Blocks[at[i+1]], j.d.Blocks[at[i]]
			return true
		}},
		defect{"同一张表出现两次", []string{"D01"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool { j.d.Blocks = append(j.d.Blocks, t); return true })
		}},
		defect{"标题被改", []string{"D01"}, func(j *injury) bool {
			for _, i := range j.Perm(len(j.d.Blocks)) {
				if h, ok := j.d.Blocks[i].(render.Heading); ok {
					h.Text += "说明"
					j.d.Blocks[i] = h
					return true
				}
			}
			return false
		}},
		defect{"附表标题被改", []string{"D02"}, func(j *injury) bool {
			return j.form(func(g *render.Grid) bool { g.Title += "（试行）"; return true })
		}},
		defect{"说明句被删去", []string{"D01", "R24", "R25"}, func(j *injury) bool {
			return j.figure(check.AmountMark, func(string) (string, bool) { return "", true })
		}},
	)
}
