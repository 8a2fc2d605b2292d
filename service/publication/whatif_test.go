package publication_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/disclosure"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
)

// What a filing would change in the document is told beforehand, and asking changes
// nothing.
func TestWhatADocumentWouldSay(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s := openStore(t, url)
		p := exchangetest.Random(seeded(9), exchangetest.Options{UnitCode: "805", Year: 2026, Projects: 3})
		opts := exchange.ImportOptions{Actor: "test"}
		if _, err := exchange.NewService(s, clock()).Import(t.Context(), p, opts); err != nil {
			t.Fatal(err)
		}
		var filing model.Record
		if err := s.Read(t.Context(), func(tx *store.Tx) error {
			records, err := tx.Records(store.Everything(), store.RecordFilter{Year: 2026, Kind: model.FilingRecord})
			filing = records[0]
			return err
		}); err != nil {
			t.Fatal(err)
		}
		service, q := publication.NewService(s, ""), publication.Query{Scope: store.Everything(), Unit: "805", Year: 2026}
		var kinds []disclosure.DifferenceKind
		for range 2 {
			list, err := service.WhatIf(t.Context(), q, 0, filing.NewestID)
			if err != nil {
				t.Fatal(err)
			}
			kinds = nil
			for _, d := range list {
				kinds = append(kinds, d.Kind)
			}
			if !slices.ContainsFunc(list, func(d disclosure.Difference) bool {
				return d.Kind == disclosure.SentenceDiffers && strings.Contains(d.After, "万元")
			}) {
				t.Errorf("no sentence differs: %+v", list)
			}
		}
		if !slices.Contains(kinds, disclosure.CellDiffers) {
			t.Errorf("no cell differs: %v", kinds)
		}
	})
}
