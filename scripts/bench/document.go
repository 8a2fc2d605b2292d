package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

// documents times the whole document of the demo unit in every format against
// LibreOffice turning our DOCX into a PDF, each as a process of its own. biaochi is the
// program's path.
func documents(biaochi, dir string) error {
	office, err := exec.LookPath("soffice")
	if err != nil {
		fmt.Println("没有 LibreOffice（soffice），整份公开文本不与它比较")
		return nil
	}
	database, out := "sqlite:"+filepath.Join(dir, "demo.db"), filepath.Join(dir, "out")
	if err := quiet(biaochi, "import", "--database", database, "--approved", "--reason", "bench", "scripts/demo/hr-2023.json"); err != nil {
		return err
	}
	var ours, theirs []time.Duration
	for range 4 { // the first round warms the caches
		start := time.Now()
		if err := quiet(biaochi, "assemble", "--database", database, "--unit", "602", "--year", "2023",
			"--format", "html,pdf,xlsx,docx,csv,json", "--out", out); err != nil {
			return err
		}
		ours = append(ours, time.Since(start))
		start = time.Now()
		if err := quiet(office, "--headless", "-env:UserInstallation=file://"+dir+"/office", "--convert-to", "pdf", "--outdir", dir,
			filepath.Join(out, "602-2023-预算公开.docx")); err != nil {
			return err
		}
		theirs = append(theirs, time.Since(start))
	}
	a, b := median(ours[1:]), median(theirs[1:])
	fmt.Printf("整份公开文本，全部格式：%s；LibreOffice 把同一份 DOCX 转成 PDF：%s；快 %.1f 倍（目标 15）\n", round(a), round(b), ratio(b, a))
	return nil
}

// quiet runs a program and gives what it said where it failed.
func quiet(name string, args ...string) error {
	if said, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, said)
	}
	return nil
}
