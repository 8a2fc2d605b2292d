package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// fileWhole begins a project with a whole form, of the checks' own sample.
func (w *town) fileWhole(unit string) filing.Answer {
	w.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "service", "check", "testdata", "filing.json"))
	w.must(err)
	var file struct{ Sound model.ProjectContent }
	w.must(json.Unmarshal(raw, &file))
	a, err := w.filings().Create(w.Context(), w.person("clerk", rbac.Preparer, unit), filing.NewRecord{
		UnitID: w.units[unit].ID, Year: 2024, Content: filing.Content{Project: &file.Sound},
	})
	w.must(err)
	return a
}

// edit opens a workbook as Excel would, changes it and closes it.
func edit(t *testing.T, raw string, change func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cellOf finds the cell right of a printed word.
func cellOf(t *testing.T, f *excelize.File, sheet, word string) string {
	t.Helper()
	found, err := f.SearchSheet(sheet, word)
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s: %v", word, err)
	}
	column, row, _ := excelize.CellNameToCoordinates(found[0])
	merged, _ := f.GetMergeCells(sheet)
	for _, m := range merged {
		if m.GetStartAxis() == found[0] {
			column, _, _ = excelize.CellNameToCoordinates(m.GetEndAxis())
		}
	}
	name, _ := excelize.CoordinatesToCellName(column+1, row)
	return name
}

func (d *desk) put(path string, content []byte) answer {
	d.Helper()
	return d.send("POST", path, content, "Content-Type", xlsxType)
}

func (w *town) contentOf(id model.ID, unit string) filing.Content {
	w.Helper()
	v, err := w.filings().Get(w.Context(), w.person("clerk", rbac.Preparer, unit), id)
	w.must(err)
	return v.Content
}

// A form goes out, comes back untouched and changes nothing; filled in, it shows what
// it changes, and keeps that under the lock; all else of the form stays.
func TestFormGoesOutAndComesBack(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	a := w.fileWhole("701001")
	path := fmt.Sprintf("/filings/%s/workbook", a.RecordID)
	out := clerk.expect(clerk.do("GET", path, nil), 200)
	if again := clerk.do("GET", path, nil); again.raw != out.raw {
		t.Error("the same form gives other bytes")
	}
	untouched := clerk.expect(clerk.put(path+"/preview", edit(t, out.raw, func(*excelize.File) {})), 200)
	if untouched.raw != fmt.Sprintf(`{"lock":%d,"differences":[],"faults":[]}`, a.Lock) {
		t.Fatalf("untouched: %s", untouched.raw)
	}
	before := w.contentOf(a.RecordID, "701001")
	name := before.Project.Form.Indicators[0].Annual.Name
	filled := edit(t, out.raw, func(f *excelize.File) {
		_ = f.SetCellStr("申报表", cellOf(t, f, "申报表", "项目概况"), "改过的概况")
		_ = f.SetCellFloat("申报表", cellOf(t, f, "申报表", "单位自筹"), 1.1, -1, 64) // kept as 1.1000000000000001
		found, _ := f.SearchSheet("申报表", name)
		column, row, _ := excelize.CellNameToCoordinates(found[len(found)-1])
		value, _ := excelize.CoordinatesToCellName(column+1, row)
		_ = f.SetCellStr("申报表", value, "≥77次")
	})
	preview := clerk.expect(clerk.put(path+"/preview", filled), 200)
	for _, part := range []string{"改过的概况", "≥77次", "1.10"} {
		if !strings.Contains(preview.raw, part) {
			t.Errorf("preview lacks %s: %s", part, preview.raw)
		}
	}
	if !reflect.DeepEqual(w.contentOf(a.RecordID, "701001"), before) {
		t.Error("a preview changed the draft")
	}
	clerk.expect(clerk.put(path, filled), 200)
	after := w.contentOf(a.RecordID, "701001").Project.Form
	want := before.Project.Form
	if after.Overview != "改过的概况" || after.LongTermFunds.SelfRaised == nil || *after.LongTermFunds.SelfRaised != 110 {
		t.Errorf("kept %+v", after)
	}
	if sum, _ := after.LongTermFunds.Sum(); after.LongTermFunds.Total == nil || *after.LongTermFunds.Total != sum {
		t.Error("the total isn't that of its rows")
	}
	if len(after.Indicators) != len(want.Indicators) || after.Indicators[0].Annual.Value != "≥77次" || after.Indicators[0].Annual.Weight != want.Indicators[0].Annual.Weight {
		t.Errorf("indicators %+v", after.Indicators)
	}
	if stale := clerk.put(path, filled); stale.status != 409 || stale.body["reason"] != "workbook.stale" {
		t.Errorf("twice: %d %s", stale.status, stale.raw)
	}
}

// Spare rows become indicators of their group, an emptied row goes.
func TestIndicatorRowsComeAndGo(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	a := w.fileWhole("701001")
	path := fmt.Sprintf("/filings/%s/workbook", a.RecordID)
	before := w.contentOf(a.RecordID, "701001").Project.Form.Indicators
	filled := edit(t, clerk.do("GET", path, nil).raw, func(f *excelize.File) {
		found, _ := f.SearchSheet("申报表", before[0].LongTerm.Name)
		_, row, _ := excelize.CellNameToCoordinates(found[0])
		for _, column := range []string{"D", "E", "G", "H"} {
			_ = f.SetCellStr("申报表", fmt.Sprintf("%s%d", column, row), "")
		}
		spare := row + 1 // of the same group, or of the same row of the next one
		for f2, _ := f.GetCellValue("申报表", fmt.Sprintf("D%d", spare)); f2 != ""; f2, _ = f.GetCellValue("申报表", fmt.Sprintf("D%d", spare)) {
			spare++
		}
		_ = f.SetCellStr("申报表", fmt.Sprintf("G%d", spare), "新增指标")
		_ = f.SetCellStr("申报表", fmt.Sprintf("H%d", spare), "≥3个")
	})
	clerk.expect(clerk.put(path, filled), 200)
	after := w.contentOf(a.RecordID, "701001").Project.Form.Indicators
	if len(after) != len(before) || after[0].LongTerm != nil && after[0].LongTerm.Name == before[0].LongTerm.Name {
		t.Fatalf("%d rows, %+v", len(after), after)
	}
	for _, i := range after {
		if i.Annual != nil && i.Annual.Name == "新增指标" && (i.LongTerm != nil || i.Level1 != before[0].Level1) {
			t.Errorf("new row %+v", i)
		}
	}
}

// What is wrong in a cell is said at the cell, all at once, and nothing is kept; what
// is no form of this filing is refused as a whole.
func TestHostileWorkbooks(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	a := w.fileWhole("701001")
	path := fmt.Sprintf("/filings/%s/workbook", a.RecordID)
	out := clerk.do("GET", path, nil).raw
	faulty := edit(t, out, func(f *excelize.File) {
		_ = f.SetCellStr("申报表", cellOf(t, f, "申报表", "单位自筹"), "三万")
		_ = f.SetCellStr("申报表", cellOf(t, f, "申报表", "项目属性"), "也许")
		_ = f.SetCellStr("申报表", cellOf(t, f, "申报表", "项目期"), "很久")
		_ = f.SetCellFormula("申报表", cellOf(t, f, "申报表", "项目概况"), `HYPERLINK("http://x","y")`)
		_ = f.SetCellStr("申报表", cellOf(t, f, "申报表", "填报日期:"), "昨天")
	})
	preview := clerk.expect(clerk.put(path+"/preview", faulty), 200)
	if faults := preview.body["faults"].([]any); len(faults) != 5 {
		t.Errorf("faults %v", faults)
	}
	refused := clerk.expect(clerk.put(path, faulty), 422)
	if refused.body["reason"] != "workbook.faults" || !strings.Contains(refused.raw, "申报表!") {
		t.Errorf("refusal %s", refused.raw)
	}
	other := w.file("701001", "B")
	for name, c := range map[string]struct {
		content []byte
		reason  string
	}{
		"label changed": {edit(t, out, func(f *excelize.File) { _ = f.SetCellStr("申报表", "A10", "别的") }), "workbook.layout"},
		"row inserted":  {edit(t, out, func(f *excelize.File) { _ = f.InsertRows("申报表", 8, 1) }), "workbook.layout"},
		"merged":        {edit(t, out, func(f *excelize.File) { _ = f.MergeCell("申报表", "D40", "E41") }), "workbook.layout"},
		"unmerged":      {edit(t, out, func(f *excelize.File) { _ = f.UnmergeCell("申报表", "A3", "B3") }), "workbook.layout"},
		"sheet renamed": {edit(t, out, func(f *excelize.File) { _ = f.SetSheetName("申报表", "别的表") }), "workbook.layout"},
		"no identity":   {edit(t, out, func(f *excelize.File) { _ = f.DeleteSheet("biaochi") }), "workbook.foreign"},
		"other filing":  {[]byte(clerk.do("GET", fmt.Sprintf("/filings/%s/workbook", other.RecordID), nil).raw), "workbook.foreign"},
		"older format":  {edit(t, out, func(f *excelize.File) { _ = f.SetCellStr("biaochi", "B1", "biaochi.workbook/v0") }), "workbook.format"},
		"no workbook":   {[]byte("hello"), "workbook.type"}, "empty": {[]byte{}, "workbook.type"}, "old": {[]byte("\xd0\xcf\x11\xe0...."), "workbook.encrypted"},
		"macro": {zipOf(t, "xl/workbook.xml", "xl/vbaProject.bin"), "workbook.macro"}, "zip": {zipOf(t, "a.txt"), "workbook.broken"},
		"truncated": {[]byte(out[:len(out)/2]), "workbook.broken"}, "bomb": {bombOf(t), "workbook.tooLarge"},
		"wide": {edit(t, out, func(f *excelize.File) { _ = f.SetCellStr("申报表", "XFD30000", "x") }), "workbook.tooLarge"},
	} {
		if a := clerk.put(path+"/preview", c.content); a.status != 422 || a.body["reason"] != c.reason {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	clerk.expect(clerk.send("POST", path, []byte("x"), "Content-Type", "text/csv"), 415)
}

// Who may only read gets the form, and brings nothing back; strangers learn nothing.
func TestRightsOnWorkbooks(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	a := w.fileWhole("701001")
	path := fmt.Sprintf("/filings/%s/workbook", a.RecordID)
	out := []byte(clerk.do("GET", path, nil).raw)
	for _, c := range []struct {
		login    string
		role     rbac.Role
		place    string
		get, put int
	}{
		{"head", rbac.Reviewer, "701001", 200, 403}, {"dept", rbac.Reviewer, "701", 200, 403}, {"sister", rbac.Preparer, "701002", 404, 404},
		{"foreign", rbac.Reviewer, "702", 404, 403}, {"adm", rbac.Admin, "", 403, 403},
	} {
		d := w.desk(c.login, c.role, c.place)
		if get, put := d.do("GET", path, nil).status, d.put(path, out).status; get != c.get || put != c.put {
			t.Errorf("%s: got %d %d, want %d %d", c.login, get, put, c.get, c.put)
		}
	}
	clerk.expect(clerk.do("GET", fmt.Sprintf("/sheets/%s/workbook", a.RecordID), nil), 404)
	w.setState(a, model.InReview)
	if refused := clerk.put(path+"/preview", out); refused.status != 409 || refused.body["reason"] != "workbook.state" {
		t.Errorf("in review: %s", refused.raw)
	}
}

// Basic lines go out as a list, come back with lines more and less.
func TestSheetGoesOutAndComesBack(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	a := w.fileSheet("701001")
	path := fmt.Sprintf("/sheets/%s/workbook", a.RecordID)
	out := clerk.expect(clerk.do("GET", path, nil), 200).raw
	if same := clerk.put(path+"/preview", []byte(out)); !strings.Contains(same.raw, `"differences":[],"faults":[]`) {
		t.Fatalf("untouched: %s", same.raw)
	}
	filled := edit(t, out, func(f *excelize.File) {
		_ = f.SetSheetRow("基本支出表", "A4", &[]any{"2050803", "30101", "50501", "一般公共预算", "本年预算", "人员经费", 1234.5, nil, nil, 34.5})
		_ = f.SetSheetRow("基本支出表", "A3", &[]any{"2050803", "30201", "50502", "一般公共预算", "本年预算", "公用经费", "2,000.00"})
	})
	clerk.expect(clerk.put(path, filled), 200)
	lines := w.contentOf(a.RecordID, "701001").Sheet.BasicLines
	if len(lines) != 2 || lines[0].Amount != 200000 || lines[1].Amount != 123450 || lines[1].CostKind != model.Personnel ||
		len(lines[1].Procurement) != 1 || lines[1].Procurement[0].Kind != model.Services || lines[1].Procurement[0].Amount != 3450 {
		t.Errorf("lines %+v", lines)
	}
	out = clerk.do("GET", path, nil).raw
	emptied := edit(t, out, func(f *excelize.File) { _ = f.SetSheetRow("基本支出表", "A3", &[]any{"", "", "", "", "", "", ""}) })
	clerk.expect(clerk.put(path, emptied), 200)
	if lines := w.contentOf(a.RecordID, "701001").Sheet.BasicLines; len(lines) != 1 || lines[0].Amount != 123450 {
		t.Errorf("lines %+v", lines)
	}
}

func bombOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		_, err = f.Write(make([]byte, 100<<20))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
