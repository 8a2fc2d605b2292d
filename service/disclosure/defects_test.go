package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"biaochi/service/check"
	"biaochi/service/render"
)

// phone, identity and card are made up: they pass their check digits and belong to
// nobody known.
const (
	phone    = "13912345678"
	identity = "110101199003070732"
	card     = "6222020200012345670"
)

var defects = []defect{
	{"表中数字被改", []string{"D02"}, func(j *injury) bool {
		return j.table(func(t *render.Table, rows []render.Row) bool { return j.changeCell(rows, t, true) })
	}},
	{"表中少一行", []string{"D02"}, func(j *injury) bool {
		return j.table(func(t *render.Table, rows []render.Row) bool {
			if len(rows) < 2 {
				return false
			}
			i := 1 + j.IntN(len(rows)-1)
			t.Rows = sequence(slices.Delete(rows, i, i+1))
			return true
		})
	}},
	{"科目名称错配", []string{"D02"}, func(j *injury) bool {
		return j.table(func(t *render.Table, rows []render.Row) bool { return j.changeCell(rows, t, false) })
	}},
	{"缺一张表", []string{"D01"}, func(j *injury) bool {
		return j.remove(func(b render.Block) bool { t, ok := b.(*render.Table); return ok && !t.Inline })
	}},
	{"缺一段说明", []string{"D01"}, func(j *injury) bool {
		return j.remove(func(b render.Block) bool { _, ok := b.(render.Paragraph); return ok })
	}},
	{"缺一张附表", []string{"D01", "R22"}, func(j *injury) bool {
		return j.remove(func(b render.Block) bool { _, ok := b.(render.Grid); return ok })
	}},
	{"空表没有说明", []string{"R27"}, func(j *injury) bool {
		return j.table(func(t *render.Table, _ []render.Row) bool {
			empty := strings.Contains(t.Note, "无数据")
			if empty {
				t.Note = ""
			}
			return empty
		})
	}},
	{"有数的表写着无数据", []string{"R27"}, func(j *injury) bool {
		return j.table(func(t *render.Table, rows []render.Row) bool {
			full := slices.ContainsFunc(rows, func(r render.Row) bool {
				return slices.ContainsFunc(r.Cells, func(c render.Cell) bool { return c.Number })
			})
			if full {
				t.Note = "注：本表无数据"
			}
			return full
		})
	}},
	{"说明金额被改", []string{"R24"}, func(j *injury) bool { return j.figure(check.AmountMark, j.otherDigit) }},
	{"占比被改", []string{"R24"}, func(j *injury) bool { return j.figure(check.PercentMark, j.otherDigit) }},
	{"个数被改", []string{"R24", "R22"}, func(j *injury) bool { return j.figure(check.CountMark, j.otherDigit) }},
	{"万元写成元", []string{"R24"}, func(j *injury) bool { return j.edit(swap(`(\d\.\d\d)万元`, "${1}元")) }},
	{"两项名称互换", []string{"R24"}, func(j *injury) bool {
		return j.edit(swap(`(基本支出|货物预算|本年收入)([^，；]*[，；][^，；]*[，；]?)(项目支出|工程预算|上年结转)`, "$3$2$1"))
	}},
	{"方向写反", []string{"R25"}, func(j *injury) bool {
		return j.figure(check.DirectionMark, func(word string) (string, bool) {
			other, ok := map[string]string{"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "与上年相同": "比上年增加", "与上年持平": "比上年减少"}[word]
			return other, ok
		})
	}},
	{"缺少原因", []string{"R25"}, func(j *injury) bool { return j.edit(swap(`，主要原因是[^。]*。`, "。")) }},
	{"零基数写增幅", []string{"R25"}, func(j *injury) bool {
		return j.edit(swap(`(比上年增加[\d.]+万元)。`, "${1}，增长100.00%。"))
	}},
	{"年度写错", []string{"R28"}, func(j *injury) bool {
		year := j.m.content.Year
		if j.IntN(2) == 0 {
			return j.table(func(t *render.Table, _ []render.Row) bool {
				old := t.Title
				t.Title = strings.Replace(t.Title, fmt.Sprint(year), fmt.Sprint(year-1), 1)
				return t.Title != old
			})
		}
		return j.edit(swap(fmt.Sprintf(`^%d年`, year), fmt.Sprintf("%d年", year-1)))
	}},
	{"称谓混用", []string{"R29"}, func(j *injury) bool {
		return j.edit(swap(`^(\d+年)?本(?:单位|部门)`, "${1}本"+j.other))
	}},
	{"单位名称不一致", []string{"R29"}, func(j *injury) bool {
		return j.table(func(t *render.Table, _ []render.Row) bool { t.AboveLeft += "（筹）"; return true })
	}},
	{"模板残留", []string{"R30"}, func(j *injury) bool {
		by := []string{"XX", "××", "增长（下降）", "{单位}", "待填写", "***"}[j.IntN(6)]
		return j.edit(func(text string) (string, bool) {
			return strings.Replace(text, "本", by+"本", 1), strings.Contains(text, "本")
		})
	}},
	{"缺百分号或标点", []string{"R30", "R24"}, func(j *injury) bool {
		if j.IntN(2) == 0 {
			return j.edit(swap(`(占\d+\.\d\d)%`, "$1"))
		}
		return j.edit(swap(`，`, "，，"))
	}},
	{"个人信息", []string{"D03"}, func(j *injury) bool {
		number := []string{phone, identity, card}[j.IntN(3)]
		if j.IntN(2) == 0 {
			return j.edit(func(text string) (string, bool) { return text + "联系人：" + number + "。", true })
		}
		return j.form(func(g *render.Grid) bool {
			row := g.Rows[len(g.Rows)-1]
			row[5].Text = number
			return true
		})
	}},
	{"字库没有的字", []string{"D05"}, func(j *injury) bool {
		by := []string{"\U0002FA1D", "\ue001", "\ufffd"}[j.IntN(3)]
		if j.IntN(2) == 0 {
			return j.edit(func(text string) (string, bool) { return text + by, true })
		}
		return j.form(func(g *render.Grid) bool { g.Rows[0][1].Text += by; return true })
	}},
	{"附表内容被改", []string{"D02"}, func(j *injury) bool {
		return j.form(func(g *render.Grid) bool {
			for _, r := range j.Perm(len(g.Rows)) {
				for i := range g.Rows[r] {
					if c := &g.Rows[r][i]; !c.Label && c.Text != "" {
						c.Text += "1"
						return true
					}
				}
			}
			return false
		})
	}},
	{"图的数字被改", []string{"R24"}, func(j *injury) bool {
		for i, block := range j.d.Blocks {
			if c, ok := block.(render.Chart); ok {
				s := &c.Slices[j.IntN(len(c.Slices))]
				s.Share, _ = j.otherDigit(s.Share)
				j.d.Blocks[i] = c
				return true
			}
		}
		return false
	}},
}

// changeCell changes a figure, or a name, of a random row.
func (j *injury) changeCell(rows []render.Row, t *render.Table, figure bool) bool {
	for _, r := range j.Perm(len(rows)) {
		for _, c := range j.Perm(len(rows[r].Cells)) {
			cell := &rows[r].Cells[c]
			if cell.Text == "" || cell.Number != figure || t.Columns[c].Code {
				continue
			}
			if cell.Text += "费"; figure {
				cell.Text, _ = j.otherDigit(strings.TrimSuffix(cell.Text, "费"))
			}
			t.Rows = sequence(rows)
			return true
		}
	}
	return false
}

// samples are sound documents: the demo packages, a department, and the reference
// case where it is to be had.
func soundDocuments(t testing.TB) map[string]manuscript {
	t.Helper()
	demo := readPack(t, demoDir+"/hr-2023.json")
	department := readPack(t, demoDir+"/dept-701-2024.json")
	school, centre := readPack(t, demoDir+"/unit-701001-2024.json"), readPack(t, demoDir+"/unit-701002-2024.json")
	documents := map[string]manuscript{
		"demo": build(t, "shanxi", demo), "department": build(t, "shanxi", department, school, centre),
		"bureau": build(t, "shanxi", department), "school": build(t, "shanxi", school), "centre": build(t, "shanxi", centre),
		"national": build(t, "national", department, school, centre), "nationalUnit": build(t, "national", centre),
	}
	for i := range 6 {
		packs := generated(uint64(i), 1+i%3)
		documents[fmt.Sprintf("generated%d", i)] = build(t, []string{"shanxi", "national"}[i%2], packs...)
	}
	return documents
}

// TestSoundDocuments: what the records give passes its own rules.
func TestSoundDocuments(t *testing.T) {
	documents := soundDocuments(t)
	alarms := 0
	for name, m := range documents {
		for _, f := range runDocument(t, m.input) {
			if f.Outcome == check.Fail {
				alarms++
				t.Errorf("%s: %s %s %s", name, f.Rule, f.Severity, f.Message)
			}
		}
		checkPublished(t, name, m)
	}
	t.Logf("%d sound documents, %d false alarms", len(documents), alarms)
}

// checkPublished reads the tables back from the document, as from a foreign one.
func checkPublished(t *testing.T, name string, m manuscript) {
	t.Helper()
	grids, err := check.Published(m.Document, m.input.Set, m.content.Year, m.content.Unit.Name, m.content.Names, m.budget.Units)
	if err != nil {
		t.Fatal(err)
	}
	report, err := check.RunTables(check.Input{
		Year: m.content.Year, Unit: m.content.Unit.Code, Set: m.input.Set, Published: grids, Names: m.content.Names,
		Sums: m.budget.Sums, ByUnit: m.budget.ByUnit,
	})
	if err != nil {
		t.Fatal(err)
	}
	report.Close()
	for _, f := range report.Failures() {
		t.Errorf("%s as published: %s %s", name, f.Rule, f.Message)
	}
}

func runDocument(t testing.TB, in check.DocumentInput) []check.Finding {
	t.Helper()
	found, err := check.RunDocument(in)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestInjectedDefects damages sound documents, one fault at a time, and prints how
// many are found.
func TestInjectedDefects(t *testing.T) {
	documents := soundDocuments(t)
	if m, err := readPackFile(referenceDir + "/package.json"); err == nil {
		documents["reference"] = build(t, "shanxi", m)
	}
	names := make([]string, 0, len(documents))
	for name := range documents {
		names = append(names, name)
	}
	slices.Sort(names)
	r := rand.New(rand.NewPCG(7, 7))
	injected, caught, extra := 0, 0, 0
	for _, kind := range defects {
		for range 10 {
			m, d, ok := damage(t, r, documents, names, kind)
			if !ok {
				t.Errorf("%s: no document has a place for it", kind.kind)
				break
			}
			injected++
			in := m.input
			in.Document = d
			hit := false
			for _, f := range runDocument(t, in) {
				switch {
				case f.Outcome != check.Fail:
				case slices.Contains(kind.rules, f.Rule):
					hit = true
				default:
					extra++
				}
			}
			if hit {
				caught++
			} else {
				t.Errorf("%s was not found in:\n%s", kind.kind, difference(t, m.Document, d))
			}
		}
	}
	t.Logf("%d defects of %d kinds, %d caught (recall %d.%02d%%), %d findings under another rule as well",
		injected, len(defects), caught, caught*100/injected, caught*10000/injected%100, extra)
	if injected < 200 {
		t.Errorf("%d defects alone", injected)
	}
}

// damage finds a document that has a place for the fault.
func damage(t testing.TB, r *rand.Rand, documents map[string]manuscript, names []string, kind defect) (manuscript, render.Document, bool) {
	for _, i := range r.Perm(len(names)) {
		m := documents[names[i]]
		d := copied(t, m.Document)
		j := &injury{Rand: r, TB: t, d: &d, m: m, other: m.input.Other}
		if kind.inject(j) {
			return m, d, true
		}
	}
	return manuscript{}, render.Document{}, false
}

// difference shows the lines in which two documents differ.
func difference(t testing.TB, a, b render.Document) string {
	before, after := strings.Split(plain(t, a), "\n"), strings.Split(plain(t, b), "\n")
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			return before[i] + "\n→ " + after[i]
		}
	}
	return "(the lengths differ)"
}
