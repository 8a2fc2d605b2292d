package cmd

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAssembleWritesSheets(t *testing.T) {
	url, out := loaded(t), t.TempDir()
	for _, about := range [][]string{{"--evaluations", "--unit", "602"}, {"--monitoring", "1-7", "--all"}} {
		args := append([]string{"assemble", "--database", url, "--year", "2023", "--format", "html,pdf,xlsx,docx", "--out", out}, about...)
		if exit, _, stderr := run(t, "", args...); exit != 0 {
			t.Fatalf("%v: exit %d: %s", about, exit, stderr)
		}
	}
	for _, format := range []string{"html", "pdf", "xlsx", "docx"} {
		for _, name := range []string{"602-2023-绩效自评表.", "602/602-2023-绩效运行监控表-1-7月."} {
			if size := fileSize(t, filepath.Join(out, name+format)); size < 3000 {
				t.Errorf("%s%s has %d bytes", name, format, size)
			}
		}
	}
	for says, about := range map[string][]string{
		"没有监控期间": {"--monitoring", "1-2", "--unit", "602"}, "可用的格式": {"--evaluations", "--unit", "602", "--format", "csv"}, "没有编码": {"--evaluations", "--unit", "999"},
	} {
		args := append([]string{"assemble", "--database", url, "--year", "2023", "--format", "pdf", "--out", out}, about...)
		if exit, _, stderr := run(t, "", args...); exit != 2 || !strings.Contains(stderr, says) {
			t.Errorf("%v: exit %d: %s", about, exit, stderr)
		}
	}
}
