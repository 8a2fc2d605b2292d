package store_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// texts are those that databases have been known to change.
var texts = []string{"", " ", "尾随空格  ", "𠮷野家", "😀👨‍👩‍👧", `引号'"“”`, `反斜线\ \' \\ \n \0`, "换\r\n行\t表",
	"%_[]*?", "null", "0", "'; DROP TABLE facts; --", "Ａｂｃ", "ABC", "abc", "é", "é"}

type random struct{ *rand.Rand }

func (r random) text() string { return texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))] }

func (r random) number() *int {
	if r.IntN(3) == 0 {
		return nil
	}
	n := r.IntN(3)
	return &n
}

func (r random) money() *model.Money {
	if r.IntN(3) == 0 {
		return nil
	}
	m := r.amount()
	return &m
}

func (r random) amount() model.Money {
	return []model.Money{0, 1, model.MaxAmount, model.Money(r.Int64N(1e12))}[r.IntN(4)]
}

// list makes up to three items, nil where none.
func list[T any](r random, item func() T) []T {
	var items []T
	for range r.IntN(4) {
		items = append(items, item())
	}
	return items
}

func pick[T any](r random, values []T) T { return values[r.IntN(len(values))] }

func (r random) code() string { return pick(r, []string{"", "30201", "301", "2080101", "B1104", "x"}) }

func (r random) procurement() []model.ProcurementLine {
	return list(r, func() model.ProcurementLine {
		return model.ProcurementLine{Kind: pick(r, model.ProcurementKinds), ServiceCode: r.code(), Amount: r.amount()}
	})
}

func (r random) project() *model.ProjectContent {
	c := &model.ProjectContent{Code: r.code(), Name: r.text(), FunctionCode: r.code(),
		Category: pick(r, []model.Category{"", model.Operating}), Nature: pick(r, []model.Nature{"", model.OneOff}),
		AppendixNo: r.number(),
		Budget: list(r, func() model.BudgetRow {
			return model.BudgetRow{FundKind: pick(r, model.FundKinds), Source: pick(r, model.Sources), Amount: r.amount()}
		}),
		EconomicLines: list(r, func() model.EconomicLine {
			return model.EconomicLine{DepartmentEconomicCode: r.code(), DepartmentEconomicName: r.text(),
				FundKind: pick(r, model.FundKinds), Amount: r.amount(), Procurement: r.procurement()}
		}),
	}
	switch r.IntN(4) {
	case 0: // no form
	case 1:
		c.Form = &model.Form{}
	default:
		c.Form = r.form()
	}
	return c
}

func (r random) funds() model.FormFunds {
	return model.FormFunds{Total: r.money(), Central: r.money(), Provincial: r.money(),
		MunicipalCounty: r.money(), SelfRaised: r.money(), Other: r.money()}
}

func (r random) form() *model.Form {
	return &model.Form{Name: r.text(), PeriodYears: r.number(), PeriodStart: r.number(),
		LongTermFunds: r.funds(), AnnualFunds: r.funds(), Overview: r.text(), Basis: r.text(), Necessity: r.text(),
		Safeguards: r.text(), Plan: r.text(), LongTermGoal: r.text(), AnnualGoal: r.text(), Responsible: r.text(),
		Handler: r.text(), Phone: r.text(), FiledAt: pick(r, []model.CivilTime{"", "2023-01-06", "2023-01-06T17:51:42"}),
		Indicators: list(r, func() model.Indicator {
			return model.Indicator{Level1: r.code(), Level2: r.code(), LongTerm: r.target(), Annual: r.target()}
		})}
}

func (r random) target() *model.Target {
	switch r.IntN(3) {
	case 0:
		return nil
	case 1:
		return &model.Target{}
	}
	return &model.Target{Name: r.text(), Value: r.text(), Weight: pick(r, []model.Weight{"", "10", `"10"`, "2.50"}),
		Explanation: r.text(), Basis: r.text(), Source: r.text(), Evidence: r.text(), Scoring: r.text()}
}

func (r random) sheet() *model.SheetContent {
	c := &model.SheetContent{
		Unit: model.UnitHeader{Code: r.code(), Name: r.text(), Kind: pick(r, model.UnitKinds), ParentCode: r.code(),
			RegionCode: r.code(), ShortName: r.text(), RegionName: r.text(), Duties: r.text(), Organization: list(r, r.text)},
		Functions: list(r, func() model.FunctionName { return model.FunctionName{Code: r.code(), Name: r.text()} }),
		Revenues: list(r, func() model.RevenueLine {
			return model.RevenueLine{FundKind: pick(r, model.FundKinds), Amount: r.amount(), Codes: list(r, func() model.RevenueCode {
				return model.RevenueCode{Code: r.code(), Name: r.text()}
			})}
		}),
		BasicLines: list(r, r.basicLine),
		Explanations: model.Explanations{TotalChange: r.text(), GeneralPublicBudgetChange: r.text(),
			ThreePublicChange: r.text(), AgencyOperating: r.text()},
		Assets: model.Assets{Vehicles: r.number(), VehiclesNote: r.text(), Buildings: r.text(), Other: r.text()},
		PurchasedServices: list(r, func() model.PurchasedService {
			return model.PurchasedService{Code: r.code(), Level1: r.text(), Level2: r.text(), Level3: r.text()}
		}),
	}
	if r.IntN(3) > 0 {
		c.PriorYear = &model.PriorYear{Year: 2022, Total: r.money(), AgencyOperating: r.money(),
			ByFundKind: model.PriorFunds{GeneralPublicBudget: r.money(), GovernmentFund: r.money(), StateCapital: r.money(),
				FiscalSpecialAccount: r.money(), UnitFunds: r.money()},
			ThreePublic: model.PriorThreePublic{Overseas: r.money(), Reception: r.money(),
				VehiclePurchase: r.money(), VehicleOperation: r.money()}}
	}
	if r.IntN(2) > 0 {
		c.Approval = &model.ApprovalRef{Number: r.text(), Date: pick(r, []model.Date{"", "2023-02-01"})}
	}
	return c
}

func (r random) basicLine() model.BasicLine {
	return model.BasicLine{FunctionCode: r.code(), DepartmentEconomicCode: r.code(), DepartmentEconomicName: r.text(),
		GovernmentEconomicCode: r.code(), GovernmentEconomicName: r.text(), FundKind: pick(r, model.FundKinds),
		Source: pick(r, model.Sources), CostKind: pick(r, model.CostKinds), Amount: r.amount(), Procurement: r.procurement()}
}

func TestProjectContentsComeBackAsSaved(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		r := random{rand.New(rand.NewPCG(1, 2))}
		want := map[model.ID]*model.ProjectContent{}
		var ids []model.ID
		for range 600 { // more than one list of identifiers
			id := s.NextID()
			ids, want[id] = append(ids, id), r.project()
		}
		write(t, s, func(tx *store.Tx) error { return tx.SaveProjectContents(want) })
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.ProjectContents(append(ids, s.NextID()))
			if err == nil && len(got) != len(want) {
				t.Errorf("got %d contents, want %d", len(got), len(want))
			}
			for _, id := range ids {
				if !reflect.DeepEqual(got[id], want[id]) {
					t.Fatalf("got\n%#v, want\n%#v", got[id], want[id])
				}
			}
			return err
		})
	})
}

func TestSheetContentsComeBackAsSaved(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		r := random{rand.New(rand.NewPCG(3, 4))}
		for range 60 {
			id, want := s.NextID(), r.sheet()
			write(t, s, func(tx *store.Tx) error { return tx.SaveSheetContent(id, want) })
			read(t, s, func(tx *store.Tx) error {
				got, err := tx.SheetContent(id)
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("got\n%#v, want\n%#v", got, want)
				}
				return err
			})
		}
	})
}

func (r random) wholeTarget() *model.TargetContent {
	return &model.TargetContent{
		Tasks: list(r, func() model.TargetTask {
			return model.TargetTask{Name: r.text(), Content: r.text(), Total: r.money(), Fiscal: r.money(), Other: r.money()}
		}),
		AnnualFunds: r.funds(), Basic: r.money(), Project: r.money(), LongTermGoal: r.text(), AnnualGoal: r.text(),
		Indicators:  r.form().Indicators,
		Responsible: r.text(), Handler: r.text(), Phone: r.text(), FiledAt: pick(r, []model.CivilTime{"", "2023-01-06"}),
	}
}

func TestTargetContentsComeBackAsSaved(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		r := random{rand.New(rand.NewPCG(7, 8))}
		ids := []model.ID{s.NextID(), s.NextID(), s.NextID()}
		want := map[model.ID]*model.TargetContent{}
		for range 20 { // the same versions again and again
			for _, id := range ids {
				want[id] = r.wholeTarget()
				write(t, s, func(tx *store.Tx) error { return tx.SaveTargetContent(id, want[id]) })
			}
			read(t, s, func(tx *store.Tx) error {
				got, err := tx.TargetContents(append(ids, s.NextID()))
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("got\n%#v, want\n%#v", got, want)
				}
				return err
			})
		}
	})
}

func TestSavingAgainReplacesTheContent(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		r := random{rand.New(rand.NewPCG(5, 6))}
		id, sheetID := s.NextID(), s.NextID()
		for range 20 {
			project, sheet := r.project(), r.sheet()
			write(t, s, func(tx *store.Tx) error {
				if err := tx.SaveProjectContent(id, project); err != nil {
					return err
				}
				return tx.SaveSheetContent(sheetID, sheet)
			})
			read(t, s, func(tx *store.Tx) error {
				projects, err := tx.ProjectContents([]model.ID{id})
				if err != nil {
					return err
				}
				gotSheet, err := tx.SheetContent(sheetID)
				if !reflect.DeepEqual(projects[id], project) || !reflect.DeepEqual(gotSheet, sheet) {
					t.Fatal("content differs after saving again")
				}
				return err
			})
		}
	})
}

func TestContentOfUnknownVersions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		read(t, s, func(tx *store.Tx) error {
			_, err := tx.SheetContent(7)
			expect(t, err, model.NotFound, "content.notFound")
			contents, err := tx.ProjectContents(nil)
			if len(contents) != 0 {
				t.Errorf("got %v for no versions", contents)
			}
			return err
		})
	})
}
