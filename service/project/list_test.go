package project_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

// TestListAgreesWithTheRule: over random lives, the states that the list finds by are
// those that the rule gives, and the sums are those of the projects.
func TestListAgreesWithTheRule(t *testing.T) {
	eachHouse(t, func(h *house) {
		dice := rand.New(rand.NewPCG(7, 11))
		asked := map[int]model.Money{}
		for of := 2022; of <= 2024; of++ {
			var projects []model.ProjectContent
			for i := range 40 {
				if dice.IntN(3) == 0 {
					continue
				}
				p := model.ProjectContent{Code: fmt.Sprintf("P%02d", i), Name: fmt.Sprintf("项目%d", i), FunctionCode: "2080101", Category: model.Targeted, Form: &model.Form{}}
				p.Nature = []model.Nature{model.Recurring, model.OneOff, model.Recurring}[dice.IntN(3)]
				if dice.IntN(2) == 0 {
					start, years := 2020+dice.IntN(4), 1+dice.IntN(4)
					p.Form.PeriodStart, p.Form.PeriodYears = &start, &years
				}
				for _, source := range []model.Source{model.CurrentYear, model.CarryOver}[dice.IntN(2):] {
					amount := model.Money(1 + dice.IntN(1000))
					p.Budget = append(p.Budget, model.BudgetRow{FundKind: model.GeneralPublicBudget, Source: source, Amount: amount})
					asked[of] += amount
				}
				projects = append(projects, p)
			}
			h.bring(of, dice.IntN(2) == 0 || of == 2023, projects)
		}
		h.write(func(tx *store.Tx) error {
			rows, err := tx.ProjectsByID(h.projects(tx, 2024), 2024)
			for _, row := range rows {
				row.Stage = model.ProjectStates[dice.IntN(4)]
				if dice.IntN(4) == 0 {
					row.EndedFrom = 2022 + dice.IntN(4)
				}
				if err := tx.UpdateProject(&row.Project); err != nil {
					return err
				}
			}
			return err
		})
		for of := 2022; of <= 2025; of++ {
			h.agrees(of, asked[of])
		}
	})
}

func (h *house) bring(of int, approved bool, projects []model.ProjectContent) {
	h.Helper()
	if approved {
		h.must(h.approve(unitA, of, projects...))
		return
	}
	for i := range projects {
		h.draft(of, &projects[i])
	}
}

func (h *house) agrees(of int, asked model.Money) {
	h.Helper()
	found := map[model.ProjectState]int{}
	var sum model.Money
	for _, state := range model.ProjectStates {
		page, err := h.List(h.Context(), people["预算股"], project.Query{Region: model.DefaultRegionCode, Year: of, State: state, Size: 200})
		h.must(err)
		if int(page.Total) != len(page.Items) {
			h.Errorf("%d %s: %d of %d", of, state, len(page.Items), page.Total)
		}
		for _, item := range page.Items { // Item's state is the rule's, the filter the list's
			found[item.State]++
			if item.State != state {
				text, _ := json.Marshal(item.ListedProject)
				h.Errorf("%d: found as %s, stands as %s: %s", of, state, item.State, text)
			}
		}
		if state == model.ProjectStates[0] {
			for _, s := range page.Sums {
				sum += s.Asked
			}
		}
	}
	if sum != asked {
		h.Errorf("%d: asked %s, want %s", of, sum.Yuan(), asked.Yuan())
	}
	if of == 2024 && len(found) < 5 {
		h.Errorf("the dice are too tame: %v", found)
	}
}

// Everybody sees what is theirs, page by page, with what they may do.
func TestList(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.draft(year, sound("P1"))
		h.must(h.approve(other, year, *sound("Q1"), *sound("Q2")))
		for _, c := range []struct {
			who   string
			query project.Query
			want  string
			total int64
		}{
			{"经办", project.Query{}, "P1", 1},
			{"部门审核", project.Query{}, "P1", 1},
			{"他部门", project.Query{}, "Q1 Q2", 2},
			{"业务股", project.Query{}, "P1", 1},
			{"预算股", project.Query{}, "P1 Q1 Q2", 3},
			{"预算股", project.Query{Size: 2, Page: 2}, "Q2", 3},
			{"预算股", project.Query{State: model.ProjectExecuting}, "Q1 Q2", 2},
			{"预算股", project.Query{Standing: true}, "P1 Q1 Q2", 3},
			{"预算股", project.Query{Standing: true, State: model.ProjectEnded}, "", 0},
			{"预算股", project.Query{UnitID: h.units[dept].ID}, "P1", 1},
			{"预算股", project.Query{Text: "单位702"}, "Q1 Q2", 2},
			{"预算股", project.Query{Text: "q_"}, "", 0},
			{"管理", project.Query{}, "", 0},
		} {
			c.query.Year, c.query.Region = year, model.DefaultRegionCode
			page, err := h.List(h.Context(), people[c.who], c.query)
			h.must(err)
			var got []string
			for _, item := range page.Items {
				got = append(got, item.Code)
			}
			if strings.Join(got, " ") != c.want || page.Total != c.total {
				t.Errorf("%s %+v: got %v of %d, want %s of %d", c.who, c.query, got, page.Total, c.want, c.total)
			}
		}
		h.must(h.do("预算股", workflow.EndProject, year+1, "Q1", "到期"))
		later, err := h.List(h.Context(), people["预算股"], project.Query{Region: model.DefaultRegionCode, Year: year + 1, Standing: true})
		h.must(err)
		if later.Total != 2 || len(later.Items) != 2 || len(later.Sums) != 3 {
			t.Errorf("what has ended is left out: %+v", later)
		}
		_, err = h.List(h.Context(), people["他部门"], project.Query{UnitID: h.units[dept].ID, Year: year})
		h.refused(err, "unit.notFound")
		page, err := h.List(h.Context(), people["经办"], project.Query{UnitID: h.units[unitA].ID, Year: year})
		h.must(err)
		if got := page.Items[0]; !slices.Equal(got.Allowed, []string{"propose", "evaluate"}) || got.Asked != 100_000_00 || page.Department.Mine || page.Finance.Mine {
			t.Errorf("got %+v", page)
		}
	})
}
