package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPaymentsImport(t *testing.T) {
	url, file := loaded(t), filepath.Join(t.TempDir(), "支付.csv")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"payments", "import", "--database", url, "--year", "2023"}
	write("编号,支付日期,资金性质,金额,支付凭证号\n602001,2023-05-06,一般公共预算,100.00,Z1\n602001,2023-05-07,一般公共预算,-1.00,Z2\n")
	exit, _, stderr := run(t, "", append(args, file)...)
	if exit != 1 || !strings.Contains(stderr, "缺少列：项目代码") {
		t.Fatalf("exit %d, %s", exit, stderr)
	}
	exit, out, stderr := run(t, "", append(args, "--column", "项目代码=编号", "--preview", file)...)
	if exit != 0 || !strings.Contains(out, "预览，未导入：可导入 2 笔，合计 99.00 元") || !strings.Contains(stderr, "第 3 行：金额为负") {
		t.Fatalf("exit %d, %s %s", exit, out, stderr)
	}
	if exit, out, _ = run(t, "", append(args, "--column", "项目代码=编号", file)...); exit != 0 || !strings.Contains(out, "已导入 2 笔") {
		t.Fatalf("exit %d, %s", exit, out)
	}
	if exit, out, _ = run(t, "", append(args, file)...); exit != 0 || !strings.Contains(out, "已导入 0 笔，合计 0.00 元；重复 2 笔") {
		t.Fatalf("exit %d, %s", exit, out)
	}
	write("项目代码,支付日期,资金性质,金额,支付凭证号\n602001,2023-05-06,一般公共预算,100.00,Z3\n没有,2023-05-06,一般公共预算,100.00,Z4\n")
	if exit, _, stderr = run(t, "", append(args, file)...); exit != 1 || !strings.Contains(stderr, "第 3 行：2023 年没有项目 没有") {
		t.Fatalf("exit %d, %s", exit, stderr)
	}
	if exit, _, stderr = run(t, "", append(args, file+".none")...); exit != 2 || !strings.Contains(stderr, "读不出文件") {
		t.Fatalf("exit %d, %s", exit, stderr)
	}
}
