package library_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"biaochi/model"
	"biaochi/service/library"
)

func (h *house) export() string {
	h.t.Helper()
	var b strings.Builder
	if err := h.Export(h.t.Context(), leader, "", &b); err != nil {
		h.t.Fatal(err)
	}
	return b.String()
}

func (h *house) bring(text string) (library.Imported, error) {
	return h.Import(h.t.Context(), leader, "", strings.NewReader(text))
}

// TestFilesGoRound: what goes out comes in again and changes nothing, in another
// installation it makes the same library.
func TestFilesGoRound(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.create("举办培训期数")
		e := h.create("=1+1")
		if _, err := h.SetDisabled(t.Context(), leader, e.ID, 1, true, "试"); err != nil {
			t.Fatal(err)
		}
		h.feed(1, "2080101", annual("output", "quality", "合格率（%）", "≥95%"), annual("cost", "economicCost", "=HYPERLINK(\"x\")", "@甲"))
		out := h.export()
		if strings.Contains(out, ",=1+1") || !strings.Contains(out, ",'=1+1,") || !strings.HasPrefix(out, "\ufeff一级指标,二级指标,指标名称") {
			t.Errorf("got %s", out)
		}
		before := len(h.events())
		if done, err := h.bring(out); err != nil || done != (library.Imported{Unchanged: 4}) || len(h.events()) != before {
			t.Errorf("got %+v %v", done, err)
		}
		other := build(t, "sqlite:"+t.TempDir()+"/other.db")
		if done, err := other.bring(out); err != nil || done.Created != 4 {
			t.Fatalf("got %+v %v", done, err)
		}
		again := strings.NewReplacer("已批复申报,1", "财政部门录入,0").Replace(out)
		if got := other.export(); sortedLines(got) != sortedLines(again) {
			t.Errorf("got\n%s, want\n%s", got, again)
		}
	})
}

func sortedLines(text string) string {
	lines := strings.Split(text, "\r\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestFilesChange what they name, and nothing else.
func TestFilesChange(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		e := h.create("举办培训期数")
		done, err := h.bring("指标名称,一级指标,二级指标,常用指标值,停用,使用次数\n举办培训期数,产出指标,数量指标,≥6期；≥8期;≥8期,是,99\n\n参训人次,output,quantity,,,\n")
		if err != nil || done != (library.Imported{Created: 1, Changed: 1}) {
			t.Fatalf("got %+v %v", done, err)
		}
		got, err := h.Get(t.Context(), leader, e.ID)
		if err != nil || !slices.Equal(got.Usual, []string{"≥6期", "≥8期"}) || !got.Disabled || got.Unit != "期" || got.Uses != 0 || len(got.Functions) != 1 {
			t.Errorf("got %+v %v", got, err)
		}
		if got := h.events(); !slices.Equal(got, []string{"ys library.create", "ys library.import"}) {
			t.Errorf("got %q", got)
		}
	})
}

// TestFilesOfOtherPrograms come in too.
func TestFilesOfOtherPrograms(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		text := "指标名称,一级指标,二级指标,指标解释\n甲类期数,产出指标,数量指标,\"一期，不少于五天，含结业\"\n"
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if done, err := h.bring(gb); err != nil || done.Created != 1 {
			t.Errorf("got %+v %v", done, err)
		}
		var book bytes.Buffer
		file := excelize.NewFile()
		for i, row := range [][]any{{"指标名称", "一级指标", "二级指标", "共性指标"}, {"甲类期数", "产出指标", "数量指标"}, {"乙类期数", "产出指标", "数量指标", "是"}} {
			if err := file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.Write(&book); err != nil {
			t.Fatal(err)
		}
		if done, err := h.bring(book.String()); err != nil || done != (library.Imported{Created: 1, Unchanged: 1}) {
			t.Errorf("got %+v %v", done, err)
		}
	})
}

// TestFilesThatAreRefused say where and why, and leave nothing behind.
func TestFilesThatAreRefused(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		from, into := h.create("办班期数"), h.create("举办培训期数")
		if _, err := h.Merge(t.Context(), leader, from.ID, 1, into.ID, "同义"); err != nil {
			t.Fatal(err)
		}
		const head = "一级指标,二级指标,指标名称,计算符号,功能分类,共性指标\n"
		for name, c := range map[string]struct{ text, path, message string }{
			"empty":           {"", "", "空的"},
			"unknown column":  {"一级指标,二级指标,指标名称,备注\n", "", "没有“备注”这一列"},
			"column twice":    {"一级指标,二级指标,指标名称,指标名称\n", "", "出现了两次"},
			"column missing":  {"一级指标,指标名称\n", "", "缺少“二级指标”"},
			"a cell more":     {head + "产出指标,数量指标,甲,≥,,,\n", "", "第 2 行有 7 栏"},
			"unknown level":   {head + "产出指标,社会效益指标,甲,≥,,\n", "$.lines[2].level2", "第 2 行"},
			"no name":         {head + "产出指标,数量指标,甲,≥,,\n产出指标,数量指标,,≥,,\n", "$.lines[3].name", "请填写指标名称"},
			"unknown sign":    {head + "产出指标,数量指标,甲,约,,\n", "$.lines[2].operator", "计算符号“约”"},
			"wrong code":      {head + "产出指标,数量指标,甲,≥,2050,\n", "$.lines[2].functions", "3、5 或 7 位"},
			"neither yes":     {head + "产出指标,数量指标,甲,≥,,√\n", "$.lines[2].common", "应填“是”或留空"},
			"twice":           {head + "产出指标,数量指标,甲,≥,,\n产出指标,数量指标,甲（个）,≥,,\n", "$.lines[3].name", "与第 2 行是同一个指标"},
			"merged":          {head + "产出指标,数量指标,办班期数,≥,,\n", "$.lines[2].name", "已并入其他指标"},
			"person's number": {head + "产出指标,数量指标,拨打13812345678,≥,,\n", "$.lines[2].name", "个人信息"},
			"too large":       {head + strings.Repeat("x", library.MaxFile), "", "超过 8 MiB"},
		} {
			_, err := h.bring(c.text)
			e := expect(t, err, model.Invalid, "library.file")
			if !strings.Contains(e.Message, c.message) || c.path != "" && (len(e.Fields) != 1 || e.Fields[0].Path != c.path) {
				t.Errorf("%s: got %v %+v", name, e, e.Fields)
			}
		}
		for text, reason := range map[string]string{"\xff\xff\xff": "csv.encoding", head + "产出指标,数量指标,\"甲,≥,,\n": "csv.quote", "PK\x03\x04": "workbook.broken"} {
			_, err := h.bring(text)
			expect(t, err, model.Invalid, reason)
		}
		if len(h.all()) != 1 || len(h.events()) != 3 {
			t.Errorf("got %v, %v", h.all(), h.events())
		}
	})
}
