package api

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/disclosure"
	"biaochi/service/filing"
	"biaochi/service/publication"
)

type effectResp struct{ Body Effect }

// Effect is what a record would change in its unit's tables of 预算草案 if it passed
// as it stands.
type Effect struct {
	Counted *int          `json:"counted" description:"预算草案中现在计入的版本号；没有时为空"`
	Number  int           `json:"number" description:"审核通过后将计入的版本号"`
	Tables  []EffectTable `json:"tables" description:"数字有变化的表"`
	// Document is what the unit's document would say differently beside its tables.
	Document []EffectPlace `json:"document" description:"公开文档中表格以外有变化的文字、图和附表"`
}

// EffectPlace is a sentence, a slice of a chart or a form that would become another.
type EffectPlace struct {
	Kind   string `json:"kind" description:"sentence 文字、chart 图、form 附表"`
	Place  string `json:"place"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// EffectTable is a table with the figures that would change.
type EffectTable struct {
	Key   string       `json:"key"`
	Label string       `json:"label"`
	Title string       `json:"title"`
	Cells []EffectCell `json:"cells"`
}

// EffectCell is a figure that would become another one, exact in yuan.
type EffectCell struct {
	Row     string      `json:"row" description:"行标识"`
	Label   string      `json:"label" description:"行的文字"`
	Column  string      `json:"column" description:"列标识"`
	Heading string      `json:"heading"`
	Before  SignedMoney `json:"before"`
	After   SignedMoney `json:"after"`
}

// effect assembles the tables with the record and without it.
func (r records[C]) effect(ctx context.Context, q *recordReq) (*effectResp, error) {
	view, err := r.service.Get(ctx, personOf(ctx), q.ID)
	if err != nil {
		return nil, err
	}
	out := Effect{Number: view.Version.Number}
	var counted model.ID
	if i := slices.IndexFunc(view.Versions, func(v model.RecordVersion) bool { return v.Counts.InDraft }); i >= 0 {
		counted, out.Counted = view.Versions[i].ID, &view.Versions[i].Number
	}
	if counted != view.Version.ID {
		changes, err := r.books.Effect(ctx, publication.Query{
			Scope: r.service.ScopeOf(personOf(ctx), rbac.TablesRead), Region: view.Unit.RegionCode, Unit: view.Unit.Code, Year: view.Record.Year,
		}, counted, view.Version.ID)
		if err != nil {
			return nil, err
		}
		out.Tables = effectTables(changes)
		if out.Document, err = r.foresee(ctx, view, counted); err != nil {
			return nil, err
		}
	}
	return &effectResp{Body: out}, nil
}

// foresee tells what the unit's document would say differently beside its tables.
func (r records[C]) foresee(ctx context.Context, view filing.View, counted model.ID) ([]EffectPlace, error) {
	list, err := r.books.WhatIf(ctx, publication.Query{
		Scope: r.service.ScopeOf(personOf(ctx), rbac.TablesRead), Region: view.Unit.RegionCode, Unit: view.Unit.Code, Year: view.Record.Year,
	}, counted, view.Version.ID)
	places := []EffectPlace{}
	for _, d := range list {
		if d.Kind != disclosure.CellDiffers {
			places = append(places, EffectPlace{Kind: string(d.Kind), Place: d.Place, Before: d.Before, After: d.After})
		}
	}
	return places, err
}

// effectTables groups changes, which come by table.
func effectTables(changes []publication.CellChange) (tables []EffectTable) {
	for _, c := range changes {
		def := c.Table.Def
		if n := len(tables); n == 0 || tables[n-1].Key != def.Key {
			tables = append(tables, EffectTable{Key: def.Key, Label: def.Label, Title: c.Table.Title})
		}
		last := &tables[len(tables)-1]
		last.Cells = append(last.Cells, EffectCell{
			Row: c.Row, Label: c.Label, Column: c.Column.Key, Heading: c.Column.Heading, Before: signed(c.Before), After: signed(c.After),
		})
	}
	return tables
}
