package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBoard(t *testing.T) {
	url, dir := loaded(t), t.TempDir()
	file := filepath.Join(dir, "支付.csv")
	text := "项目代码,支付日期,资金性质,金额,支付凭证号\n602001,2023-05-06,一般公共预算,35000.00,Z1\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit, _, stderr := run(t, "", "payments", "import", "--database", url, "--year", "2023", file); exit != 0 {
		t.Fatal(stderr)
	}
	board := func(args ...string) string {
		t.Helper()
		exit, out, stderr := run(t, "", append([]string{"board", "--database", url, "--year", "2023"}, args...)...)
		if exit != 0 {
			t.Fatalf("exit %d: %s", exit, stderr)
		}
		return out
	}
	var b struct {
		Level string
		Rows  []struct {
			Code string
			All  struct{ Budget, Paid, Rate, Light string }
		}
		Total struct {
			All   struct{ Budget, Paid string }
			Money []struct{ FundKind, Budget, Paid string }
		}
	}
	if err := json.Unmarshal([]byte(board("--unit", "602", "--projects", "--on", "2023-06-30")), &b); err != nil {
		t.Fatal(err)
	}
	if b.Level != "projects" || len(b.Rows) != 16 || b.Rows[0].All.Rate != "50.00%" || b.Rows[0].All.Light != "green" || b.Total.All.Paid != "35000.00" {
		t.Errorf("%+v", b)
	}
	if out := board("--format", "csv", "--on", "2023-05-05"); !strings.Contains(out, "602,示例开发区人力资源部,合计,") || strings.Contains(out, "35000.00") {
		t.Error(out)
	}
	if board("--format", "xlsx", "--out", filepath.Join(dir, "看板.xlsx")); fileSize(t, filepath.Join(dir, "看板.xlsx")) < 3000 {
		t.Error("no workbook")
	}
	if exit, _, _ := run(t, "", "board", "--database", url, "--year", "2023", "--format", "pdf"); exit != 2 {
		t.Errorf("exit %d for an unknown format", exit)
	}
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// A database with one region in use needs no --region, whatever the region's code.
func TestOnlyRegionInUse(t *testing.T) {
	dir := t.TempDir()
	url, file := "sqlite:"+filepath.Join(dir, "x.db"), func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	unit := func(code, region string) string {
		return file(code+".json", `{"format":"biaochi.package/v1","year":2023,"unit":{"code":"`+code+`","name":"某局","kind":"administrative","regionCode":"`+region+`"},
			"functions":[{"code":"2080101","name":"行政运行"}],
			"projects":[{"code":"P`+code+`","name":"某项目","functionCode":"2080101","nature":"oneOff","budget":[{"fundKind":"generalPublicBudget","amount":"100.00"}]}],
			"approval":{"number":"1","date":"2023-01-20"}}`)
	}
	paid := file("支付.csv", "项目代码,支付日期,资金性质,金额,支付凭证号\nP901,2023-05-06,一般公共预算,50.00,Z1\n")
	must := func(want int, args ...string) string {
		t.Helper()
		exit, out, stderr := run(t, "", append(args, "--database", url)...)
		if exit != want {
			t.Fatalf("%v: exit %d, want %d: %s", args, exit, want, stderr)
		}
		return out + stderr
	}
	must(0, "import", "--approved", "--reason", "期初", unit("901", "140700000"))
	must(0, "payments", "import", "--year", "2023", paid)
	if out := must(0, "board", "--year", "2023"); !strings.Contains(out, `"region": "140700000"`) || !strings.Contains(out, `"rate": "50.00%"`) {
		t.Error(out)
	}
	must(0, "assemble", "--all", "--year", "2023", "--format", "csv", "--out", filepath.Join(dir, "all"))
	must(0, "import", "--approved", "--reason", "期初", unit("902", "140800000"))
	for _, args := range [][]string{{"board", "--year", "2023"}, {"payments", "import", "--year", "2023", paid}} {
		if out := must(2, args...); !strings.Contains(out, "140700000、140800000") {
			t.Error(out)
		}
	}
	must(0, "board", "--year", "2023", "--unit", "902")
}
