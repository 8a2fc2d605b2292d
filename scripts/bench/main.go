// Command bench times the assembly of the thirteen tables against the plain SQL
// that sums the same facts, one unit's whole document against LibreOffice, and a page
// of a board over few and many projects, in one run, and prints ratios and peak
// memory. It is run by `make bench`; BIAOCHI is the program's path.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/publication"
)

// size is one case: a department with so many units and projects in each.
type size struct {
	name            string
	units, projects int
	department      bool
	rounds          int
}

var sizes = []size{
	{"一个单位（50 个项目）", 1, 50, false, 200},
	{"一个小部门（100 个单位 × 50 个项目）", 100, 50, true, 7},
	{"一个部门（300 个单位 × 50 个项目）", 300, 50, true, 7},
	{"全区（10000 个单位 × 50 个项目）", 10_000, 50, true, 3},
}

func main() {
	if len(os.Args) == 4 {
		must(measureOnce(os.Args[1], os.Args[2], os.Args[3] == "department"))
		return
	}
	dir, err := os.MkdirTemp("", "biaochi-bench-")
	must(err)
	defer os.RemoveAll(dir)
	must(documents(os.Getenv("BIAOCHI"), dir))
	fmt.Println("生成十三张表，与对同一批数据求和的 SQL 相比（中位数之比；括号内为最小值之比）")
	for i, s := range sizes {
		must(run(s, filepath.Join(dir, fmt.Sprint(i)+".db")))
	}
	must(boards(filepath.Join(dir, "1.db"), filepath.Join(dir, fmt.Sprint(len(sizes)-1)+".db")))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(s size, path string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		return err
	}
	defer db.Close()
	facts, err := generate(path, s.units, s.projects)
	if err != nil {
		return err
	}
	plain, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return err
	}
	defer plain.Close()
	var a, b []time.Duration
	for range s.rounds + 1 { // the first round warms the caches
		a = append(a, timed(func() error { return sumPlainly(plain, s.department) }))
		b = append(b, timed(func() error { return assemble(ctx, db, s.department) }))
	}
	fmt.Printf("%s：%d 笔事实，SQL %s，生成 %s，比值 %.2f（%.2f）\n", s.name, facts, round(median(a[1:])), round(median(b[1:])),
		ratio(median(b[1:]), median(a[1:])), ratio(slices.Min(b[1:]), slices.Min(a[1:])))
	return peaks(path, s)
}

func timed(fn func() error) time.Duration {
	start := time.Now()
	must(fn())
	return time.Since(start)
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func round(d time.Duration) time.Duration { return d.Round(d / 1000) }

// peaks runs either way in a process of its own and prints its peak memory.
func peaks(path string, s size) error {
	scope := "unit"
	if s.department {
		scope = "department"
	}
	for _, way := range []string{"SQL", "生成"} {
		out, err := exec.Command(os.Args[0], way, path, scope).Output()
		if err != nil {
			return fmt.Errorf("%s: %w", way, err)
		}
		fmt.Printf("  %s 的内存峰值：%s\n", way, strings.TrimSpace(string(out)))
	}
	return nil
}

// measureOnce is the child process: it works once and prints its peak memory.
func measureOnce(way, path string, department bool) error {
	if way == "SQL" {
		plain, err := sql.Open("sqlite", "file:"+path)
		if err != nil {
			return err
		}
		must(sumPlainly(plain, department))
	} else {
		db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{})
		if err != nil {
			return err
		}
		must(assemble(context.Background(), db, department))
	}
	status, err := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if peak, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			fmt.Println(strings.TrimSpace(peak))
		}
	}
	return err
}

// assemble makes all tables and walks every row of each.
func assemble(ctx context.Context, s *store.Store, department bool) error {
	q := publication.Query{Scope: store.Everything(), Unit: "900", Year: 2026, Department: department}
	return publication.NewService(s, "").View(ctx, q, func(b *publication.Book) error {
		for _, t := range b.Tables {
			for _, err := range t.Rows() {
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// sumPlainly sums the same facts by hand: by every dimension that tables ask for, by
// unit for table 11, and by project for tables 12 and 13.
func sumPlainly(db *sql.DB, department bool) error {
	where := "year = 2026 AND in_initial = 1 AND unit_path = '" + root + "'"
	if department {
		where = "year = 2026 AND in_initial = 1 AND unit_path >= '" + root + "' AND unit_path < '" + strings.TrimSuffix(root, "/") + "0'"
	}
	const dimensions = "function_code, department_economic_code, item_code, government_economic_code, fund_kind, measure, source, expenditure, cost_kind, procurement_kind, unit_kind"
	if err := drain(db, "SELECT "+dimensions+", SUM(amount) FROM facts WHERE "+where+" GROUP BY "+dimensions); err != nil {
		return err
	}
	err := drain(db, "SELECT unit_path, fund_kind, SUM(amount) FROM facts WHERE "+where+" AND measure = 1 AND expenditure = 1 AND cost_kind = 2 GROUP BY unit_path, fund_kind")
	if err != nil {
		return err
	}
	for _, source := range []int{1, 2} { // table 12, table 13
		const columns = "unit_path, project_code, fund_kind"
		err := drain(db, fmt.Sprintf("SELECT %s, SUM(amount) FROM facts WHERE %s AND measure = 1 AND expenditure = 2 AND source = %d GROUP BY %s", columns, where, source, columns))
		if err != nil {
			return err
		}
	}
	return nil
}

func drain(db *sql.DB, query string) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

const root = model.DefaultRegionCode + "/900/"
