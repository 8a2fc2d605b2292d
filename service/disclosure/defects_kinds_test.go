package disclosure_test

import (
	"regexp"
	"slices"
	"strings"

	"biaochi/service/check"
	"biaochi/service/render"
)

// Faults of documents that came from somewhere else: from a template, another unit's
// document or last year's, or from hands that cut and pasted.
func init() {
	defects = append(defects,
		defect{"圆圈和空格占位", []string{"R30"}, func(j *injury) bool {
			by := []string{"〇〇单位", "○○县", "○年○月", "××万元", "×万元", "202X年", "20  年", "[单位名称]", "（项目名称）", "YYYY年", "&nbsp;", "预算%s万元", "烫烫烫", "X个项目", "〇万元", "＊＊局", "△△局", "〈填报单位〉"}[j.IntN(18)]
			return j.edit(func(text string) (string, bool) { return strings.TrimSuffix(text, "。") + "，" + by + "。", true })
		}},
		defect{"标注的证件号和账号", []string{"D03"}, func(j *injury) bool {
			by := []string{"身份证号：110101199003070731", "身份证号码11010119900307073X", "银行卡号6222020200012345678", "手机：12012345678", "身份证 1101 0119 9003 0707 31"}[j.IntN(5)]
			return j.edit(func(text string) (string, bool) { return text + by + "。", true })
		}},
		defect{"个人邮箱和社交账号", []string{"D03"}, func(j *injury) bool {
			by := []string{"电子邮箱zhangsan@qq.com", "微信号：wx_abc12345", "QQ：12345678"}[j.IntN(3)]
			return j.edit(func(text string) (string, bool) { return text + by + "。", true })
		}},
		defect{"段落中写有联系人姓名", []string{"D04"}, func(j *injury) bool {
			if j.m.input.Persons == check.PersonsShown {
				return false
			}
			by := []string{"联系人：李晓明", "经办人：欧阳晓", "负责人：王 强"}[j.IntN(3)]
			return j.edit(func(text string) (string, bool) { return text + by + "。", true })
		}},
		defect{"封面或页眉写成别的单位", []string{"R29"}, func(j *injury) bool {
			if j.IntN(2) == 0 {
				j.d.Header = strings.ReplaceAll(j.d.Header, j.m.content.Unit.Name, "另一单位")
				return j.d.Header != j.m.Document.Header
			}
			for i, line := range j.d.Cover {
				j.d.Cover[i] = strings.ReplaceAll(line, j.m.content.Unit.Name, "另一单位")
			}
			return !slices.Equal(j.d.Cover, j.m.Document.Cover)
		}},
		defect{"汉字写的年度错", []string{"R28"}, func(j *injury) bool {
			by := []string{"二〇一九年", "二○二一年", "二零二二年度"}[j.IntN(3)]
			return j.edit(func(text string) (string, bool) { return by + text, true })
		}},
		defect{"多出一张表或附表", []string{"D01", "R22"}, func(j *injury) bool {
			if j.IntN(2) == 0 {
				return j.table(func(t *render.Table, _ []render.Row) bool {
					twin := *t
					twin.Key = "another"
					j.d.Blocks = append(j.d.Blocks, &twin)
					return true
				})
			}
			return j.form(func(g *render.Grid) bool {
				twin := *g
				twin.Anchor = "another"
				j.d.Blocks = append(j.d.Blocks, twin)
				return true
			})
		}},
		defect{"多出一段没有数字的话", []string{"D01"}, func(j *injury) bool {
			j.d.Blocks = slices.Insert(j.d.Blocks, j.IntN(len(j.d.Blocks)), render.Block(render.Paragraph{Text: "本段是从别处粘贴来的文字。"}))
			return true
		}},
		defect{"缺一部分", []string{"D01"}, func(j *injury) bool {
			from, to := j.part()
			j.d.Blocks = slices.Delete(j.d.Blocks, from, to)
			return true
		}},
		defect{"一部分出现两次", []string{"D01"}, func(j *injury) bool {
			from, to := j.part()
			j.d.Blocks = slices.Insert(j.d.Blocks, to, slices.Clone(j.d.Blocks[from:to])...)
			return true
		}},
		defect{"缺一张图", []string{"D01"}, func(j *injury) bool {
			return j.remove(func(b render.Block) bool { _, ok := b.(render.Chart); return ok })
		}},
		defect{"图的名称互换", []string{"R24"}, func(j *injury) bool {
			for i, block := range j.d.Blocks {
				if c, ok := block.(render.Chart); ok && len(c.Slices) > 1 {
					c.Slices[0].Label, c.Slices[1].Label = c.Slices[1].Label, c.Slices[0].Label
					j.d.Blocks[i] = c
					return true
				}
			}
			return false
		}},
		defect{"语句被改写", []string{"D02", "R24"}, func(j *injury) bool {
			return j.edit(swap(`(主要用于|安排|预算总计|没有|主要包括|财政拨款)`, "另行$1"))
		}},
		defect{"语句末尾多出半句", []string{"D02"}, func(j *injury) bool {
			return j.statement(func(text string) string { return text + "以上情况请予监督。" })
		}},
		defect{"显示的数与保存的数不同", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, rows []render.Row) bool {
				for _, r := range j.Perm(len(rows)) {
					for i := range rows[r].Cells {
						if c := &rows[r].Cells[i]; c.Number && c.Text != "" {
							c.Hundredths += 100
							t.Rows = sequence(rows)
							return true
						}
					}
				}
				return false
			})
		}},
		defect{"括号不成对", []string{"R30"}, func(j *injury) bool {
			return j.edit(swap(`([（“《][^（）“”《》]*)[）”》]`, "$1"))
		}},
		defect{"附表编号或年度错", []string{"R22", "D02", "R28"}, func(j *injury) bool {
			return j.form(func(g *render.Grid) bool {
				was := *g
				if j.IntN(2) == 0 {
					g.Label = regexp.MustCompile(`\d+$`).ReplaceAllString(g.Label, "98")
				} else {
					g.Subtitle = regexp.MustCompile(`\d{4}`).ReplaceAllString(g.Subtitle, "2019")
				}
				return g.Label != was.Label || g.Subtitle != was.Subtitle
			})
		}},
		defect{"附表多出一行", []string{"D02"}, func(j *injury) bool {
			return j.form(func(g *render.Grid) bool { g.Rows = append(g.Rows, g.Rows[len(g.Rows)-1]); return true })
		}},
		defect{"附表少一行", []string{"D02"}, func(j *injury) bool {
			return j.form(func(g *render.Grid) bool {
				i := j.IntN(len(g.Rows))
				g.Rows = slices.Delete(g.Rows, i, i+1)
				return true
			})
		}},
		defect{"表中两行互换", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, rows []render.Row) bool {
				if len(rows) < 3 {
					return false
				}
				i := j.IntN(len(rows) - 1)
				rows[i], rows[i+1] = rows[i+1], rows[i]
				t.Rows = sequence(rows)
				return true
			})
		}},
		defect{"表头两栏互换", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				last := t.Head[len(t.Head)-1]
				if len(last) < 2 || last[0].Text == last[1].Text {
					return false
				}
				last[0].Text, last[1].Text = last[1].Text, last[0].Text
				return true
			})
		}},
		defect{"表的金额单位错", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				t.AboveRight = "单位：元"
				return true
			})
		}},
		defect{"有数的表下多出别的说明", []string{"D02"}, func(j *injury) bool {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				none := t.Note == ""
				t.Note = "注：以上为快报数"
				return none
			})
		}},
		defect{"全角和汉字数字", []string{"R24"}, func(j *injury) bool {
			return j.figure(check.AmountMark, func(text string) (string, bool) {
				return []string{strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "5", "５").Replace(text), "三百万元"}[j.IntN(2)], true
			})
		}},
		defect{"自称写成别的层级", []string{"R29"}, func(j *injury) bool {
			return j.edit(func(text string) (string, bool) { return text + "我" + j.other + "将继续努力。", true })
		}},
		defect{"服务目录被改", []string{"D02"}, func(j *injury) bool {
			for i, block := range j.d.Blocks {
				t, ok := block.(*render.Table)
				if !ok || !t.Inline {
					continue
				}
				rows := rowsOf(j, t)
				rows[j.IntN(len(rows))].Cells[0].Text += "9"
				t.Rows = sequence(rows)
				j.d.Blocks[i] = t
				return true
			}
			return false
		}},
		defect{"名词解释被改", []string{"D02"}, func(j *injury) bool {
			for i := len(j.d.Blocks) - 1; i >= 0; i-- {
				if p, ok := j.d.Blocks[i].(render.Paragraph); ok && strings.Contains(p.Text, "：") {
					p.Text = strings.Replace(p.Text, "：", "：不包括", 1)
					j.d.Blocks[i] = p
					return true
				}
			}
			return false
		}},
	)
}

// part gives the blocks of a random part.
func (j *injury) part() (from, to int) {
	starts := []int{}
	for i, block := range j.d.Blocks {
		if h, ok := block.(render.Heading); ok && h.Level == 1 {
			starts = append(starts, i)
		}
	}
	k := j.IntN(len(starts))
	if k+1 < len(starts) {
		return starts[k], starts[k+1]
	}
	return starts[k], len(j.d.Blocks)
}

// statement changes a random sentence that is computed.
func (j *injury) statement(change func(string) string) bool {
	for _, i := range j.Perm(len(j.m.Statements)) {
		s := j.m.Statements[i]
		if s.Text != "" && len(s.Marks) > 0 && s.Marks[len(s.Marks)-1].End < len(s.Text)-len("。") {
			return j.replace(s.Anchor, change(s.Text))
		}
	}
	return false
}
