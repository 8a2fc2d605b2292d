package cmd

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/publication"
	"biaochi/service/render/formats"
	"biaochi/web"
)

func (r *assembly) asksForSheets() bool { return r.evaluations || r.monitoring != "" }

func sheetFormats(names []string) (list []formats.Format, err error) {
	for _, name := range names {
		format, ok := formats.Of(name)
		if !ok {
			return nil, fmt.Errorf("--format 中的 %q 不是自评表、监控表可用的格式：html、pdf、xlsx、docx", name)
		}
		list = append(list, format)
	}
	return list, nil
}

// assembleSheets writes the sheets of a unit's year, with --all of every unit's in a
// folder each.
func (a *app) assembleSheets(ctx context.Context, s *store.Store, r *assembly) error {
	rights, err := rbac.New()
	if err != nil {
		return err
	}
	service := execution.NewService(s, rights, a.now)
	if !r.all {
		return writeSheets(ctx, s, service, r, r.query.Unit, r.out)
	}
	publishers, err := publication.NewService(s, "").Publishers(ctx, r.query)
	if err != nil {
		return err
	}
	for _, p := range publishers {
		if p.Query.Department { // its units have theirs
			continue
		}
		if err := writeSheets(ctx, s, service, r, p.Query.Unit, filepath.Join(r.out, p.Folder())); err != nil {
			return err
		}
	}
	return nil
}

func writeSheets(ctx context.Context, s *store.Store, service *execution.Service, r *assembly, code, dir string) error {
	q := execution.UnitSheets{Year: r.query.Year, Kind: model.EvaluationSheet}
	if r.monitoring != "" {
		q.Kind, q.Window = model.MonitoringSheet, r.monitoring
	}
	var unit model.BudgetUnit
	err := s.Read(ctx, func(tx *store.Tx) (err error) {
		unit, err = tx.FindUnit(store.Everything(), r.query.Region, code)
		q.UnitID = unit.ID
		return err
	})
	if err != nil {
		return err
	}
	printed, err := service.PrintSheets(ctx, execution.Operator(operator(), unit.RegionCode), q)
	if err != nil {
		return err
	}
	for _, format := range r.sheetsIn {
		write := func(w io.Writer) error {
			return format.Write(w, formats.NewManuscript(printed.Document, web.Stylesheet()))
		}
		if err := writeFile(filepath.Join(dir, printed.Name+"."+format.Name), write); err != nil {
			return err
		}
	}
	return nil
}
