package publication_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
)

// grandTotal is what table 1 shows as 收入总计 in a state.
func grandTotal(t *testing.T, s *store.Store, state model.TableState) (total model.Money, used model.TableState, fallback bool) {
	t.Helper()
	view(t, s, publication.Query{Unit: "805", Year: 2026, State: state}, func(b *publication.Book) {
		l, err := b.Lineage("incomeAndExpenditure", "grand", "income")
		if err != nil {
			t.Fatal(err)
		}
		total, used, fallback = l.Sum, b.State, b.Fallback
	})
	return total, used, fallback
}

// A record counts where its chain has brought it, and nowhere else.
func TestWhichRecordsCount(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/x.db")
	service := exchange.NewService(s, clock())
	bring := func(p *exchange.Package, approved bool) {
		t.Helper()
		if _, err := service.Import(t.Context(), p, exchange.ImportOptions{Approved: approved, Reason: "测试", Actor: "test"}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when string, state model.TableState, want model.Money) {
		t.Helper()
		if got, _, _ := grandTotal(t, s, state); got != want {
			t.Errorf("%s: %s shows %s, want %s", when, state, got, want)
		}
	}
	p := exchangetest.Random(seeded(3), exchangetest.Options{UnitCode: "805", Year: 2026, Projects: 5})
	p.Approval = &model.ApprovalRef{Number: "示财预〔2026〕1号", Date: "2026-02-01"}
	first := moneyOf(p)

	bring(p, false)
	if _, state, fallback := grandTotal(t, s, ""); state != model.StateDraft || !fallback {
		t.Errorf("without any approval the tables are %s, fallback %v", state, fallback)
	}
	for _, state := range model.TableStates {
		expect("a draft", state, 0)
	}

	bring(p, true)
	if _, state, fallback := grandTotal(t, s, ""); state != model.StateInitial || fallback {
		t.Errorf("after approval the tables are %s, fallback %v", state, fallback)
	}
	for _, state := range model.TableStates {
		expect("approved", state, first)
	}

	changed := edited(p)
	bring(changed, false)
	for _, state := range model.TableStates {
		expect("a draft beside what is approved", state, first)
	}

	changed.Approval = &model.ApprovalRef{Number: "示财预〔2026〕9号", Date: "2026-08-01"}
	bring(changed, true)
	expect("adjusted", model.StateInitial, first)
	expect("adjusted", model.StateAdjusted, moneyOf(changed))
	expect("adjusted", model.StateDraft, moneyOf(changed))

	late := edited(changed)
	late.Projects = append(late.Projects, lateProject())
	bring(late, true)
	expect("a project added in the year", model.StateInitial, first)
	expect("a project added in the year", model.StateAdjusted, moneyOf(late))
}

// edited is a copy with more money in its first budget row.
func edited(p *exchange.Package) *exchange.Package {
	next := *p
	next.Projects = append([]model.ProjectContent(nil), p.Projects...)
	first := &next.Projects[0]
	first.Budget = append([]model.BudgetRow(nil), first.Budget...)
	first.Budget[0].Amount += 12345
	return &next
}

func lateProject() model.ProjectContent {
	return model.ProjectContent{
		Code: "ADDED", Name: "年中追加项目", FunctionCode: "2080102",
		Budget: []model.BudgetRow{{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: 777_00}},
	}
}

func moneyOf(p *exchange.Package) (sum model.Money) {
	for _, a := range (&brute{packages: []*exchange.Package{p}}).budget() {
		sum += model.Money(a.fen)
	}
	return sum
}
