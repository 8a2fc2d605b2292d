package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
)

// boardRows fill what boards read beside the facts: three payments and a sheet for
// every project.
var boardRows = []string{
	`INSERT INTO payments SELECT f.version_id * 4 + k.n, '000000000', 1, f.unit_path, f.year, f.project_code, f.fund_kind, '2026-0' || (2 * k.n) || '-15',
		f.amount / 5, 'Z' || (f.version_id * 4 + k.n), '', 0, '', '2026-01-01 00:00:00', 'bench'
		FROM facts f JOIN (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3) k WHERE f.project_code > '' AND f.measure = 1`,
	`INSERT INTO tracking_sheets SELECT r.id, r.id, r.in_force_id, r.unit_id, u.path, r.year, 'monitoring', '1-7', 'submitted', '{}', '[]', 0, '2026-08-20', '',
		1, 0, 3, 1, 0, 'green', 0, '', 1, '2026-08-20 00:00:00', 'bench' FROM records r JOIN budget_units u ON u.id = r.unit_id WHERE r.kind = 'filing'`,
	"ANALYZE",
}

// boards times one page of a board, 50 units, over a small and a large database, and
// prints their ratio.
func boards(small, large string) error {
	fmt.Println("绩效看板一页（50 个单位），截至 2026-09-10")
	var medians []time.Duration
	for _, path := range []string{small, large} {
		times, projects, err := boardPage(path)
		if err != nil {
			return err
		}
		medians = append(medians, median(times[1:]))
		fmt.Printf("  %d 个项目：%s（最小 %s）\n", projects, round(median(times[1:])), round(slices.Min(times[1:])))
	}
	fmt.Printf("  比值 %.2f，应不超过 5\n", ratio(medians[1], medians[0]))
	return nil
}

func boardPage(path string) (times []time.Duration, projects int, err error) {
	if projects, err = fillBoard(path); err != nil {
		return nil, 0, err
	}
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{Now: func() time.Time { return time.Date(2026, 9, 10, 4, 0, 0, 0, time.UTC) }})
	if err != nil {
		return nil, 0, err
	}
	defer db.Close()
	rights, err := rbac.New()
	if err != nil {
		return nil, 0, err
	}
	q := execution.BoardQuery{Region: model.DefaultRegionCode, Year: 2026, On: "2026-09-10", Size: 50}
	err = db.Read(ctx, func(tx *store.Tx) error {
		unit, err := tx.FindUnit(store.Everything(), q.Region, "900")
		q.UnitID = unit.ID
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	service := execution.NewService(db, rights, func() time.Time { return time.Date(2026, 9, 10, 4, 0, 0, 0, time.UTC) })
	for range 22 { // the first warms the caches
		times = append(times, timed(func() error {
			b, err := service.Board(ctx, execution.Operator("bench", q.Region), q)
			if err == nil && (len(b.Rows) != 51 || b.Total.All.Paid == 0 || b.Total.Submitted == 0) {
				err = fmt.Errorf("the page has %d rows", len(b.Rows))
			}
			return err
		}))
	}
	return times, projects, nil
}

func fillBoard(path string) (projects int, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for _, statement := range boardRows {
		if _, err := db.Exec(statement); err != nil {
			return 0, err
		}
	}
	return projects, db.QueryRow("SELECT COUNT(*) FROM records WHERE kind = 'filing'").Scan(&projects)
}
