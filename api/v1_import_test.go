package api_test

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// sheetOf makes a workbook of rows, as somebody else would have it.
func sheetOf(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *town) importPath(kind, step, unit string, more ...string) string {
	q := url.Values{"unit": {w.id(unit)}, "year": {"2024"}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Add(more[i], more[i+1])
	}
	return "/" + kind + "/import" + step + "?" + q.Encode()
}

// plan confirms what was proposed.
func plan(read answer) (more []string) {
	more = append(more, "head", fmt.Sprint(read.body["head"]), "amountUnit", read.body["amountUnit"].(string))
	for _, c := range read.body["columns"].([]any) {
		column := c.(map[string]any)
		if field := column["field"].(string); field != "" {
			more = append(more, "column", fmt.Sprintf("%v:%s", column["column"], field))
		}
	}
	return more
}

// A table of projects with its head further down, in 万元, with a row of sums: its
// columns are proposed, its rows shown, then kept; again, it changes nothing.
func TestProjectsComeIn(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	table := sheetOf(t,
		[]any{"2024年项目支出预算表"}, []any{"单位：万元"},
		[]any{"序号", "项目编码", "项目名称", "功能科目", "项目类别", "一般公共预算拨款", "单位资金", "备注"},
		[]any{"合计", nil, nil, nil, nil, 30.1},
		[]any{1, "P001", "设备更新", "2050803 培训支出", "特定目标类", 10.1, 1.1, "旧"},
		[]any{2, "P002", "房屋维修", 2050803, "其他运转", 20, nil, nil})
	read := clerk.expect(clerk.put(w.importPath("filings", "/read", "701001"), table), 200)
	if read.body["head"] != 3.0 || read.body["amountUnit"] != "wan" || read.body["rows"] != 3.0 {
		t.Fatalf("read %s", read.raw)
	}
	steps := plan(read)
	preview := clerk.expect(clerk.put(w.importPath("filings", "/preview", "701001", steps...), table), 200)
	if preview.body["new"] != 2.0 || preview.body["refused"] != 0.0 {
		t.Fatalf("preview %s", preview.raw)
	}
	if !strings.Contains(preview.raw, `"label":"项目名称","before":"","after":"设备更新"`) || !strings.Contains(preview.raw, "金额：101000.00") {
		t.Errorf("a new project doesn't list what it says: %s", preview.raw)
	}
	if list := clerk.do("GET", "/filings", nil); list.body["total"] != 0.0 {
		t.Error("a preview made drafts")
	}
	done := clerk.expect(clerk.put(w.importPath("filings", "", "701001", steps...), table), 200)
	if done.raw != `{"new":2,"changed":0,"unchanged":0}` {
		t.Errorf("done %s", done.raw)
	}
	project := w.projectOf("701001", "P001")
	if project.FunctionCode != "2050803" || project.Category != model.Targeted || len(project.Budget) != 2 || project.Budget[0].Amount != 10100000 || project.Budget[1].Amount != 1100000 {
		t.Errorf("project %+v", project)
	}
	again := clerk.expect(clerk.put(w.importPath("filings", "", "701001", steps...), table), 200)
	if again.raw != `{"new":0,"changed":0,"unchanged":2}` {
		t.Errorf("again %s", again.raw)
	}
	if n := w.eventsOf("filing.save"); n != 2 {
		t.Errorf("%d events, want one for each project", n)
	}
}

// A cover before the table is passed over; a sheet that is asked for is read, also
// where it has no head.
func TestCoversArePassedOver(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	book := edit(t, string(sheetOf(t, []any{"填表说明"})), func(f *excelize.File) {
		_, _ = f.NewSheet("项目")
		_ = f.SetSheetRow("项目", "A1", &[]any{"项目编码", "项目名称"})
		_ = f.SetSheetRow("项目", "A2", &[]any{"P1", "甲"})
	})
	read := clerk.expect(clerk.put(w.importPath("filings", "/read", "701001"), book), 200)
	if read.body["sheet"] != "项目" || read.body["head"] != 1.0 || len(read.body["sheets"].([]any)) != 2 {
		t.Errorf("read %s", read.raw)
	}
	cover := clerk.put(w.importPath("filings", "/read", "701001", "sheet", "Sheet1"), book)
	if cover.status != 422 || cover.body["reason"] != "import.head" {
		t.Errorf("cover: %s", cover.raw)
	}
}

// What a column stood for is proposed again, to the unit and to others of the region.
func TestMappingsAreKept(t *testing.T) {
	w := newTown(t)
	clerk, sister := w.desk("clerk", rbac.Preparer, "701001"), w.desk("sister", rbac.Preparer, "701002")
	table := []byte("内部号,事项,钱\nX1,某事,100.50\n")
	csv := func(d *desk, path string) answer { return d.send("POST", path, table, "Content-Type", "text/csv") }
	if a := csv(clerk, w.importPath("filings", "/read", "701001")); a.status != 422 || a.body["reason"] != "import.head" {
		t.Errorf("no head: %s", a.raw)
	}
	steps := []string{"head", "1", "amountUnit", "yuan", "column", "1:code", "column", "2:name", "column", "3:generalPublicBudget"}
	clerk.expect(csv(clerk, w.importPath("filings", "", "701001", steps...)), 200)
	for _, d := range []struct {
		*desk
		unit string
	}{{clerk, "701001"}, {sister, "701002"}} {
		read := d.expect(csv(d.desk, w.importPath("filings", "/read", d.unit)), 200)
		if got := plan(read); strings.Join(got, " ") != strings.Join(steps, " ") {
			t.Errorf("%s: proposed %v", d.unit, got)
		}
	}
}

// Basic lines come in from GB18030 CSV; codes that follow from others are filled in.
func TestLinesComeIn(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	table, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("功能科目编码\t经济分类\t资金性质\t金额（元）\n2050803\t30101基本工资\t一般公共预算\t\"1,234.50\"\n2050803\t30201\t\t100\n"))
	w.must(err)
	send := func(step string, more ...string) answer {
		return clerk.send("POST", w.importPath("sheets", step, "701001", more...), table, "Content-Type", "text/csv")
	}
	steps := plan(clerk.expect(send("/read"), 200))
	clerk.expect(send("", steps...), 200)
	list := clerk.do("GET", "/sheets", nil)
	if list.body["total"] != 1.0 {
		t.Fatalf("sheets %s", list.raw)
	}
	lines := w.linesOf("701001")
	if len(lines) != 2 || lines[0].Amount != 123450 || lines[0].CostKind != model.Personnel || lines[0].GovernmentEconomicCode == "" || lines[1].CostKind != model.Public {
		t.Errorf("lines %+v", lines)
	}
}

// Rows that can't come in say why at their cell, both of a pair, and nothing is kept.
func TestHostileTables(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	table := sheetOf(t,
		[]any{"单位代码", "项目编码", "项目名称", "功能科目", "金额（元）"},
		[]any{"701001", "P1", "甲", "2050803", 100}, []any{"701001", "P1", "乙", "2050803", 100},
		[]any{"701002", "P2", "丙", "2050803", 100}, []any{"701001", "P3", "", "abc", "三万"},
		[]any{"701001", "P4", "丁", "2050803", 1.005}, []any{"701001", "P5", "=1+1", "2050803", -5},
		[]any{"701001", "1.4E+17", "戊", "2050803", 1})
	steps := plan(clerk.expect(clerk.put(w.importPath("filings", "/read", "701001"), table), 200))
	preview := clerk.expect(clerk.put(w.importPath("filings", "/preview", "701001", steps...), table), 200)
	for _, part := range []string{"与第 2 行重复", "与第 3 行重复", "Sheet1!A4", "Sheet1!C5", "Sheet1!D5", "Sheet1!E5", "Sheet1!E6", "Sheet1!E7", "科学计数"} {
		if !strings.Contains(preview.raw, part) {
			t.Errorf("no %s in %s", part, preview.raw)
		}
	}
	refused := clerk.expect(clerk.put(w.importPath("filings", "", "701001", steps...), table), 422)
	if refused.body["reason"] != "import.faults" || clerk.do("GET", "/filings", nil).body["total"] != 0.0 {
		t.Errorf("refused %s", refused.raw)
	}
	for name, c := range map[string]struct {
		content []byte
		kind    string
	}{
		"not text": {[]byte("a\x00b"), "text/csv"}, "bomb": {bombOf(t), xlsxType}, "macro": {zipOf(t, "xl/vbaProject.bin"), xlsxType},
		"empty": {[]byte{}, xlsxType}, "empty csv": {[]byte{}, "text/csv"},
	} {
		if a := clerk.send("POST", w.importPath("filings", "/read", "701001"), c.content, "Content-Type", c.kind); a.status != 422 {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	for name, more := range map[string][]string{
		"field twice": {"column", "1:code", "column", "2:code", "column", "3:name"}, "unknown field": {"column", "1:salary"},
		"no name": {"column", "1:code"}, "no pair": {"column", "code"},
	} {
		more = append(more, "head", "1", "amountUnit", "yuan")
		if a := clerk.put(w.importPath("filings", "/preview", "701001", more...), table); a.status != 422 {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
}

// A filing that is under review is not changed by a table.
func TestImportLeavesWhatIsUnderReview(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	w.setState(w.file("701001", "A"), model.InReview)
	table := []byte("项目编码,项目名称\nA,改名\nB,新的\n")
	steps := []string{"head", "1", "amountUnit", "yuan", "column", "1:code", "column", "2:name"}
	a := clerk.send("POST", w.importPath("filings", "", "701001", steps...), table, "Content-Type", "text/csv")
	if a.status != 422 || !strings.Contains(a.raw, "审核中") {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if list := clerk.do("GET", "/filings", nil); list.body["total"] != 1.0 {
		t.Error("part of a refused table was kept")
	}
}

func TestRightsOnImports(t *testing.T) {
	w := newTown(t)
	table := []byte("项目编码,项目名称\nA,甲\n")
	for _, c := range []struct {
		login string
		role  rbac.Role
		place string
		want  int
	}{
		{"clerk", rbac.Preparer, "701001", 200}, {"head", rbac.Reviewer, "701001", 403}, {"above", rbac.Preparer, "701", 404},
		{"foreign", rbac.Preparer, "702", 404}, {"adm", rbac.Admin, "", 403},
	} {
		d := w.desk(c.login, c.role, c.place)
		if a := d.send("POST", w.importPath("filings", "/read", "701001"), table, "Content-Type", "text/csv"); a.status != c.want {
			t.Errorf("%s: %d %s", c.login, a.status, a.raw)
		}
	}
}

func (w *town) projectOf(unit, code string) (p model.ProjectContent) {
	w.Helper()
	w.must(w.store.Read(w.Context(), func(tx *store.Tx) error {
		records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{w.units[unit].ID}, Year: 2024})
		for _, r := range records {
			if r.ProjectCode == code {
				found, err := tx.ProjectContents([]model.ID{r.NewestID})
				if err != nil {
					return err
				}
				p = *found[r.NewestID]
			}
		}
		return err
	}))
	return p
}

func (w *town) linesOf(unit string) (lines []model.BasicLine) {
	w.Helper()
	w.must(w.store.Read(w.Context(), func(tx *store.Tx) error {
		records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{w.units[unit].ID}, Year: 2024, Kind: model.SheetRecord})
		if err != nil {
			return err
		}
		sheet, err := tx.SheetContent(records[0].NewestID)
		lines = sheet.BasicLines
		return err
	}))
	return lines
}

func (w *town) eventsOf(action string) (n int) {
	w.Helper()
	w.must(w.store.Read(w.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(store.Everything(), store.EventFilter{})
		for _, e := range events {
			if e.Action == action {
				n++
			}
		}
		return err
	}))
	return n
}
