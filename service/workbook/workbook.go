// Package workbook owns the Excel files that a filing or a basic sheet goes out in and
// comes back by: which cell is which field, and what a file that came back changes.
// It must not know how workbooks are written, nor how drafts are kept.
package workbook

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/disclosure"
	"biaochi/service/filing"
	"biaochi/service/render"
	"biaochi/service/render/xlsx"
	"biaochi/service/workflow"
)

// format names what this program writes; a file of another format is refused.
const format = "biaochi.workbook/v1"

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store   *store.Store
	filings *filing.Service
	rights  *rbac.Enforcer
}

// NewService works on a store and the use cases of filing.
func NewService(s *store.Store, filings *filing.Service, rights *rbac.Enforcer) *Service {
	return &Service{store: s, filings: filings, rights: rights}
}

// File is a workbook that goes out.
type File struct {
	Name string
	Book render.FillBook
}

// Write gives a record's workbook, filled in as it stands.
// Errors: NotFound "record.notFound", also where it is out of reach, and "outline.unknown".
func (s *Service) Write(ctx context.Context, p rbac.Person, kind model.RecordKind, id model.ID) (File, error) {
	view, err := s.filings.Of(kind).Get(ctx, p, id)
	if err != nil {
		return File{}, err
	}
	layout, err := s.layout(ctx, view)
	if err != nil {
		return File{}, err
	}
	name := fmt.Sprintf("%s-%d-%s.xlsx", view.Unit.Code, view.Record.Year, layout.name)
	return File{name, render.FillBook{
		Title: layout.title, Identity: identity(view, layout), Sheets: []render.FillSheet{layout.sheet()},
	}}, nil
}

func identity(view filing.View, l layout) map[string]string {
	return map[string]string{
		"format": format, "template": l.template, "record": view.Record.ID.String(), "lock": strconv.Itoa(view.Lock),
	}
}

// Preview is what a file that came back would change, or what is wrong in it. Paths
// of faults are sheet and cell: "申报表!C7".
type Preview struct {
	Lock        int // of the record that the file is about
	Differences []filing.Difference
	Faults      []model.Problem
}

// Preview tells what a file would change, and changes nothing.
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; Invalid "workbook.*"
// where it is no workbook of this record; Conflict "workbook.state", and
// "workbook.stale" where the record changed since the file went out.
func (s *Service) Preview(ctx context.Context, p rbac.Person, kind model.RecordKind, id model.ID, content []byte) (Preview, error) {
	view, edited, faults, err := s.read(ctx, p, kind, id, content)
	if err != nil {
		return Preview{}, err
	}
	return Preview{view.Lock, filing.Differences(view.Content, edited), faults}, nil
}

// Apply keeps what a file brings, as an ordinary save over what the file was filled
// in from.
// Errors: those of Preview, Invalid "workbook.faults" with every one in Fields, those
// of filing.Save.
func (s *Service) Apply(ctx context.Context, p rbac.Person, kind model.RecordKind, id model.ID, content []byte, key string) (filing.Answer, error) {
	view, edited, faults, err := s.read(ctx, p, kind, id, content)
	if err != nil {
		return filing.Answer{}, err
	}
	if len(faults) > 0 {
		return filing.Answer{}, &model.Error{Code: model.Invalid, Reason: "workbook.faults", Fields: faults,
			Message: fmt.Sprintf("文件中有 %d 处有误，没有保存；请按提示改正后再传", len(faults))}
	}
	return s.filings.Of(kind).Save(ctx, p, filing.Draft{RecordID: id, Lock: view.Lock, Content: edited, Key: key})
}

func (s *Service) read(ctx context.Context, p rbac.Person, kind model.RecordKind, id model.ID, content []byte) (filing.View, filing.Content, []model.Problem, error) {
	var none filing.Content
	view, err := s.filings.Of(kind).Get(ctx, p, id)
	if err != nil {
		return view, none, nil, err
	}
	if err := s.maySave(p, view); err != nil {
		return view, none, nil, err
	}
	book, err := Open(content)
	if err != nil {
		return view, none, nil, err
	}
	defer func() { _ = book.Close() }()
	l, err := s.layout(ctx, view)
	if err != nil {
		return view, none, nil, err
	}
	if err := l.belongs(view, book); err != nil {
		return view, none, nil, err
	}
	edited, err := view.Content.Copy()
	if err != nil {
		return view, none, nil, err
	}
	faults := l.take(book, &edited)
	return view, edited, faults, nil
}

func (s *Service) maySave(p rbac.Person, view filing.View) error {
	action, _ := rbac.ActionByName(workflow.Save.Named(view.Record.Kind))
	if err := s.rights.Check(p.Assignments, action, view.Unit.Path); err != nil {
		return err
	}
	if !slices.Contains(view.Allowed, workflow.Save) {
		return model.Fail(model.Conflict, "workbook.state", "现为“%s”，不能上传修改；退回或收回后才能修改", view.State.Word())
	}
	return nil
}

// Open reads an XLSX that came in.
// Errors: Invalid "workbook.type", "workbook.encrypted", "workbook.macro",
// "workbook.broken", "workbook.tooLarge".
func Open(content []byte) (*xlsx.Reading, error) {
	book, err := xlsx.Open(content)
	return book, unreadable(err)
}

func unreadable(err error) error {
	var bad *xlsx.FileError
	if errors.As(err, &bad) {
		return &model.Error{Code: model.Invalid, Reason: "workbook." + bad.Reason, Message: bad.Message, Err: bad.Err}
	}
	return err
}

// layout gives where the fields of a record stand in its workbook.
func (s *Service) layout(ctx context.Context, view filing.View) (layout, error) {
	if view.Record.Kind == model.SheetRecord {
		return linesLayout(view), nil
	}
	var region model.Region
	department := view.Unit
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if region, err = tx.Region(view.Unit.RegionCode); err != nil {
			return err
		}
		for department.ParentCode != "" {
			if department, err = tx.UnitByCode(store.Everything(), view.Unit.RegionCode, department.ParentCode); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return layout{}, err
	}
	outline, err := disclosure.LoadOutline(region.SetKey)
	if err != nil {
		return layout{}, err
	}
	return formLayout(outline, view, department, region), nil
}
