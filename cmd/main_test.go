package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// run runs the program as a shell would.
func run(t *testing.T, stdin string, args ...string) (exit int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	exit = Main(args, nil, strings.NewReader(stdin), &out, &err)
	return exit, out.String(), err.String()
}

const demo = "../scripts/demo/"

// loaded gives the URL of a database with the demo packages in it.
func loaded(t *testing.T) string {
	t.Helper()
	url := "sqlite:" + filepath.Join(t.TempDir(), "新 库.db")
	exit, out, err := run(t, "", "import", "--database", url, "--approved", "--reason", "测试",
		demo+"hr-2023.json", demo+"dept-701-2024.json", demo+"unit-701001-2024.json", demo+"unit-701002-2024.json")
	if exit != 0 || !strings.Contains(out, "示例开发区人力资源部 2023年：以已批复导入，新增 17 份") {
		t.Fatalf("exit %d\n%s\n%s", exit, out, err)
	}
	return url
}

func TestAssembleWritesEveryFile(t *testing.T) {
	url, dir := loaded(t), filepath.Join(t.TempDir(), "新", "目录")
	exit, out, stderr := run(t, "", "assemble", "--database", url, "--unit", "602", "--year", "2023", "--format", "csv,json,xlsx,html", "--out", dir)
	if exit != 0 || out != "" || stderr != "" {
		t.Fatalf("exit %d, stdout %q, stderr %q", exit, out, stderr)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, e := range entries {
		if e.IsDir() { // 核对
			continue
		}
		count[filepath.Ext(e.Name())]++
		if info, err := e.Info(); err != nil || info.Size() == 0 {
			t.Errorf("%s is empty: %v", e.Name(), err)
		}
	}
	if count[".csv"] != 13 || count[".json"] != 13 || count[".xlsx"] != 2 || count[".html"] != 2 || len(entries) != 31 {
		t.Errorf("files %v", count)
	}
}

// A whole government: every unit in its folder, a department over its units too.
func TestAssembleAll(t *testing.T) {
	url, dir := loaded(t), t.TempDir()
	for _, name := range []string{"dept-701-2024", "unit-701001-2024", "unit-701002-2024"} {
		if exit, _, stderr := run(t, "", "import", "--database", url, "--approved", "--reason", "测试", "../scripts/demo/"+name+".json"); exit != 0 {
			t.Fatal(stderr)
		}
	}
	exit, out, stderr := run(t, "", "assemble", "--database", url, "--all", "--year", "2024", "--format", "html,pdf", "--out", dir)
	if exit != 0 || out != "" || !strings.Contains(stderr, "[4/4]") || !strings.Contains(stderr, "701 示例开发区社会事业局（部门）") {
		t.Fatalf("exit %d, stdout %q, stderr %q", exit, out, stderr)
	}
	for _, file := range []string{"701/701-2024-预算公开.html", "701-部门/701-2024-预算公开.pdf", "701001/701001-2024-预算公开.html", "701002/701002-2024-预算公开.pdf"} {
		if info, err := os.Stat(filepath.Join(dir, file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
	department, err := os.ReadFile(filepath.Join(dir, "701-部门/701-2024-预算公开.html"))
	if err != nil || !strings.Contains(string(department), "2024年度部门预算公开") || !strings.Contains(string(department), "草稿（尚未公开）") {
		t.Errorf("the department's document: %v", err)
	}
}

func TestAssembleAsksForUnitOrAll(t *testing.T) {
	for _, args := range [][]string{{}, {"--unit", "602", "--all"}} {
		args = append([]string{"assemble", "--database", "sqlite:" + t.TempDir() + "/x.db", "--year", "2023", "--out", t.TempDir()}, args...)
		if exit, _, stderr := run(t, "", args...); exit != 2 || !strings.Contains(stderr, "--all") {
			t.Errorf("%v: exit %d, %s", args, exit, stderr)
		}
	}
}

// The rules over the document run where they are asked for.
func TestCheckDocument(t *testing.T) {
	url := loaded(t)
	for flag, want := range map[string]bool{"--document": true, "--filings": false} {
		_, out, _ := run(t, "", "check", "--database", url, "--unit", "602", "--year", "2023", "--all", flag)
		if got := strings.Contains(out, "R24\t通过"); got != want {
			t.Errorf("%s: R24 is there: %v", flag, got)
		}
	}
}

// The demo case has the figures of the reference case, so its tables but the
// twelfth, which names projects, are those that were published.
func TestDemoTablesAreGolden(t *testing.T) {
	url := loaded(t)
	for unit, args := range map[string][]string{
		"602-2023": {"--unit", "602", "--year", "2023"}, "701-2024": {"--unit", "701", "--year", "2024", "--department"},
	} {
		dir := t.TempDir()
		if exit, _, stderr := run(t, "", append([]string{"assemble", "--database", url, "--out", dir}, args...)...); exit != 0 {
			t.Fatal(stderr)
		}
		files, err := filepath.Glob(dir + "/*.csv")
		if err != nil {
			t.Fatal(err)
		}
		sort.Strings(files)
		var all bytes.Buffer
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString("== " + filepath.Base(f) + "\n")
			all.Write(data)
		}
		golden(t, filepath.Join("testdata", unit+".golden"), all.Bytes())
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if os.Getenv("BIAOCHI_TEST_UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at the difference and, where it is meant, run with BIAOCHI_TEST_UPDATE=1", path)
	}
}

func TestCheckSaysByItsExit(t *testing.T) {
	url := loaded(t)
	for _, c := range []struct {
		exit int
		args []string
	}{
		{0, []string{"--unit", "701", "--year", "2024"}},
		{0, []string{"--unit", "701", "--year", "2024", "--department", "--state", "adjusted"}},
		{1, []string{"--unit", "602", "--year", "2023"}},
		{2, []string{"--unit", "999", "--year", "2023"}},
		{2, []string{"--unit", "602", "--year", "2023", "--state", "final"}},
		{2, []string{"--unit", "602", "--year", "2023", "--format", "xml"}},
		{2, []string{"--unit", "602"}},
		{2, []string{"--unit", "602", "--year", "2023", "--nonsense"}},
	} {
		if exit, out, stderr := run(t, "", append([]string{"check", "--database", url}, c.args...)...); exit != c.exit {
			t.Errorf("%v: exit %d, want %d\n%s%s", c.args, exit, c.exit, out, stderr)
		}
	}
	if exit, _, _ := run(t, "", "check", "--database", "sqlite:/nowhere/at/all.db", "--unit", "602", "--year", "2023"); exit != 2 {
		t.Errorf("without a database the exit is %d", exit)
	}
}

func TestCheckAsJSON(t *testing.T) {
	url := loaded(t)
	_, out, _ := run(t, "", "check", "--database", url, "--unit", "602", "--year", "2023", "--format", "json")
	var report struct {
		Findings []map[string]string `json:"findings"`
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range report.Findings {
		for _, key := range []string{"rule", "severity", "outcome", "title", "message", "project", "field", "indicator", "text", "table", "row", "column", "want", "got"} {
			if _, ok := f[key]; !ok {
				t.Errorf("a finding without %q: %v", key, f)
			}
		}
		if f["outcome"] != "fail" {
			t.Errorf("without --all: %v", f)
		}
		found = found || f["rule"] == "K13" && f["project"] == "602008" && f["field"] == "form.annualFunds.total" &&
			f["want"] == "1000000.00" && f["got"] == "0.00" && f["severity"] == "error"
	}
	if !found {
		t.Errorf("the form with zero against a budget was not found:\n%s", out)
	}
	_, all, _ := run(t, "", "check", "--database", url, "--unit", "602", "--year", "2023", "--format", "json", "--all")
	for _, outcome := range []string{`"pass"`, `"notApplicable"`} {
		if !strings.Contains(all, outcome) {
			t.Errorf("--all shows no %s", outcome)
		}
	}
}

func TestImportRefusesWithPaths(t *testing.T) {
	url := loaded(t)
	raw, err := os.ReadFile(demo + "hr-2023.json")
	if err != nil {
		t.Fatal(err)
	}
	good := string(raw)
	_, before, _ := run(t, "", "export", "--database", url, "--unit", "602", "--year", "2023", "--full", "--out", "-")
	for name, c := range map[string]struct{ text, path string }{
		"cut off":      {good[:len(good)/2], "$"},
		"not JSON":     {"预算", "$"},
		"unknown key":  {strings.Replace(good, `"year"`, `"jahr"`, 1), "$.jahr"},
		"negative":     {strings.Replace(good, `"amount": "`, `"amount": "-`, 1), "$.revenues[0].amount"},
		"over-precise": {strings.Replace(good, `"amount": "19152000.00"`, `"amount": "19152000.001"`, 1), "$.revenues[0].amount"},
		"a number":     {strings.Replace(good, `"amount": "19152000.00"`, `"amount": 19152000.00`, 1), "$.revenues[0].amount"},
		"unknown code": {strings.Replace(good, `"functionCode": "2080101"`, `"functionCode": "2990101"`, 1), "$.basicLines[0].functionCode"},
	} {
		exit, out, stderr := run(t, c.text, "import", "--database", url, "--approved", "--reason", "x", "-")
		if exit != 1 || out != "" || !strings.Contains(stderr, c.path) {
			t.Errorf("%s: exit %d, stdout %q, stderr %s", name, exit, out, stderr)
		}
	}
	if _, after, _ := run(t, "", "export", "--database", url, "--unit", "602", "--year", "2023", "--full", "--out", "-"); after != before {
		t.Error("a refused package changed the data")
	}
	if exit, _, stderr := run(t, "", "import", "--database", url, "/nowhere.json"); exit != 2 || !strings.Contains(stderr, "/nowhere.json") {
		t.Errorf("a missing file: exit %d, %s", exit, stderr)
	}
}

// One broken file of several: nothing of any is imported.
func TestImportOfSeveralFilesIsAllOrNothing(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit, _, _ := run(t, "", "import", "--database", url, demo+"hr-2023.json", broken); exit != 1 {
		t.Errorf("exit %d", exit)
	}
	if exit, _, _ := run(t, "", "export", "--database", url, "--unit", "602", "--year", "2023", "--out", "-"); exit != 2 {
		t.Errorf("the sound file came in beside a broken one: exit %d", exit)
	}
}

func TestImportTwiceSaysSo(t *testing.T) {
	url := loaded(t)
	exit, out, _ := run(t, "", "import", "--database", url, "--approved", "--reason", "再来", demo+"hr-2023.json")
	if exit != 0 || !strings.Contains(out, "未作任何更改") {
		t.Errorf("exit %d: %s", exit, out)
	}
}

func TestDraftsAreNamedAsSuch(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	if exit, _, stderr := run(t, "", "import", "--database", url, demo+"hr-2023.json"); exit != 0 {
		t.Fatal(stderr)
	}
	exit, _, stderr := run(t, "", "assemble", "--database", url, "--unit", "602", "--year", "2023", "--out", t.TempDir())
	if exit != 0 || !strings.Contains(stderr, "draft") {
		t.Errorf("exit %d, stderr %q", exit, stderr)
	}
}

func TestMigrateMakesADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if exit, out, stderr := run(t, "", "migrate", "--database", "sqlite:"+path); exit != 0 || out != "" {
		t.Errorf("exit %d, %q, %q", exit, out, stderr)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestIndicatorParse(t *testing.T) {
	exit, out, _ := run(t, "≥12次\r\n\n10月底前完成\n", "indicator", "parse", "--year", "2024")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if exit != 0 || len(lines) != 3 || !strings.Contains(lines[0], `"operator":">="`) ||
		!strings.Contains(lines[1], `"kind":"empty"`) || !strings.Contains(lines[2], `"date":"2024-10-31"`) {
		t.Errorf("exit %d\n%s", exit, out)
	}
}

func TestServeNeedsAnAddress(t *testing.T) {
	exit, _, stderr := run(t, "", "serve", "--database", "sqlite:"+filepath.Join(t.TempDir(), "x.db"), "--listen", "8080")
	if exit != 2 || !strings.Contains(stderr, "listen") {
		t.Errorf("exit %d, %s", exit, stderr)
	}
}

func TestAccountReset(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	exit, _, stderr := run(t, "", "account", "reset", "--database", url, "admin", "--reason", "遗失")
	if exit != 2 || !strings.Contains(stderr, "admin") {
		t.Errorf("exit %d, %s", exit, stderr)
	}
}
