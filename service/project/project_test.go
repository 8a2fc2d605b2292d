package project_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

// A project goes from its first draft into both libraries, is approved without anybody
// saying so here, goes on, and ends.
func TestLife(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.draft(year, sound("P1"))
		h.stands(year, "P1", model.ProjectCandidate)
		h.refused(h.do("部门审核", workflow.ProposeProject, year, "P1", ""), "right.missing")
		h.refused(h.do("部门审核", workflow.AdmitProject, year, "P1", ""), "project.state")
		h.must(h.do("双岗", workflow.ProposeProject, year, "P1", ""))
		h.refused(h.do("双岗", workflow.AdmitProject, year, "P1", ""), "project.own")
		h.refused(h.do("单位审核", workflow.AdmitProject, year, "P1", ""), "right.missing")
		h.refused(h.do("他部门", workflow.AdmitProject, year, "P1", ""), "project.notFound")
		h.must(h.do("部门审核", workflow.AdmitProject, year, "P1", ""))
		h.stands(year, "P1", model.ProjectDepartment)
		h.refused(h.do("部门审核", workflow.StoreProject, year, "P1", ""), "right.missing")
		h.must(h.do("业务股", workflow.StoreProject, year, "P1", ""))
		h.stands(year, "P1", model.ProjectFinance)
		h.refused(h.do("部门审核", workflow.EndProject, year, "P1", "不做了"), "right.missing")
		h.refused(h.do("业务股", workflow.EndProject, year, "P1", "不做了"), "project.filed")

		h.must(h.approve(unitA, year, *sound("P1")))
		h.stands(year, "P1", model.ProjectExecuting)
		h.refused(h.do("业务股", workflow.UnstoreProject, year, "P1", "不合适"), "project.state")
		h.stands(year+1, "P1", model.ProjectCarriedOver)
		h.must(h.do("业务股", workflow.EndProject, year+1, "P1", "政策到期"))
		h.stands(year+1, "P1", model.ProjectEnded)
		h.stands(year, "P1", model.ProjectExecuting)
		h.noMoreFilings()
		h.must(h.do("预算股", workflow.ResumeProject, year+1, "P1", "政策延续"))
		h.draft(year+1, sound("P1"))

		events, err := h.History(h.Context(), people["经办"], h.find(year, "P1").ID)
		h.must(err)
		var log []string
		for _, e := range events {
			if !strings.Contains(e.Detail, `"refused"`) {
				log = append(log, fmt.Sprintf("%s %s %s→%s", e.Actor, e.Action, e.FromState, e.ToState))
			}
		}
		want := []string{
			"sg project.save candidate→proposed", "bm project.admit proposed→departmentReserve", "yw project.store departmentReserve→financeReserve",
			"yw project.close carriedOver→ended", "ys project.close ended→carriedOver",
		}
		if !slices.Equal(log, want) {
			t.Errorf("got\n%s", strings.Join(log, "\n"))
		}
	})
}

// noMoreFilings: no way leads to a filing of a project that has ended.
func (h *house) noMoreFilings() {
	h.Helper()
	_, err := h.filings.Create(h.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year + 1, Content: filing.Content{Project: sound("P1")}})
	h.refused(err, "project.ended")
	_, err = h.filings.CarryForward(h.Context(), people["经办"], h.find(year, "P1").RecordID, "")
	h.refused(err, "project.ended")
	err = h.approve(unitA, year+1, *sound("P1"))
	if fields := fieldsOf(err); len(fields) != 1 || fields[0].Path != "$.projects[0].code" || !strings.Contains(fields[0].Message, "政策到期") {
		h.Errorf("a package: %v %v", err, fields)
	}
	h.must(h.approve(unitA, year, *sound("P1"))) // of a year in which it ran
}

// Without a proper target nothing comes in: what is missing is told with its place.
func TestNoTargetNoEntry(t *testing.T) {
	eachHouse(t, func(h *house) {
		bare := sound("P1")
		bare.Form = nil
		h.draft(year, bare)
		wrong := sound("P2")
		wrong.Form.AnnualGoal = ""
		h.draft(year, wrong)
		for code, path := range map[string]string{"P1": "$.form", "P2": "$.form.annualGoal"} {
			err := h.do("经办", workflow.ProposeProject, year, code, "")
			h.refused(err, "project.target")
			if fields := fieldsOf(err); len(fields) != 1 || fields[0].Path != path {
				t.Errorf("%s: %v", code, fields)
			}
			view, err := h.Show(h.Context(), people["经办"], h.find(year, code).ID, year)
			h.must(err)
			if len(view.Lacking) != 1 || view.Lacking[0].Path != path {
				t.Errorf("%s lacks %v", code, view.Lacking)
			}
		}
		a := h.draft(year, sound("P3"))
		h.must(h.do("经办", workflow.ProposeProject, year, "P3", ""))
		_, err := h.filings.Do(h.Context(), people["经办"], filing.Order{RecordID: a.RecordID, Lock: a.Lock, Action: workflow.Withdraw, Reason: "不报了"})
		h.must(err)
		h.refused(h.do("部门审核", workflow.AdmitProject, year, "P3", ""), "project.target")
	})
}

// What wasn't arranged for stays, and both know what they saw.
func TestRollsOverAndConflicts(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.draft(year, sound("P1"))
		h.must(h.do("经办", workflow.ProposeProject, year, "P1", ""))
		h.must(h.do("部门审核", workflow.AdmitProject, year, "P1", ""))
		h.stands(year+1, "P1", model.ProjectDepartment)
		h.stands(year+3, "P1", model.ProjectDepartment)
		if item := h.find(year+1, "P1"); item.Asked != 0 || item.RecordYear != year {
			t.Errorf("got %+v", item)
		}
		item := h.find(year, "P1")
		stale := project.Act{ProjectID: item.ID, Lock: item.Version - 1, Act: workflow.RefuseProject, Year: year, Reason: "重复"}
		_, err := h.Do(h.Context(), people["部门审核"], stale)
		h.refused(err, "project.changed")
		h.refused(h.do("部门审核", workflow.RefuseProject, year, "P1", " "), "project.reason")
		h.must(h.do("部门审核", workflow.RefuseProject, year, "P1", "重复"))
		h.stands(year, "P1", model.ProjectCandidate)
		if h.find(year, "P1").ProposedBy != "" {
			t.Error("the proposal stands")
		}
	})
}

// Major new projects owe a pre-evaluation before 财政项目库, as the region says.
func TestPreEvaluation(t *testing.T) {
	eachHouse(t, func(h *house) {
		a := h.draft(year, sound("P1"))
		rule := model.PreEvaluationRule{RegionCode: model.DefaultRegionCode, Year: year, Level: model.PreEvaluationBlock,
			Threshold: 300_000_00, Measure: model.LongTermMeasure, Source: "县财预〔2023〕1号"}
		h.write(func(tx *store.Tx) error { return tx.SavePreEvaluationRule(&rule) })
		h.must(h.do("经办", workflow.ProposeProject, year, "P1", ""))
		h.must(h.do("部门审核", workflow.AdmitProject, year, "P1", ""))
		h.refused(h.do("业务股", workflow.StoreProject, year, "P1", ""), "project.preEvaluation")
		h.findings(a, 1)

		in := project.Evaluation{ProjectID: h.find(year, "P1").ID, Year: year, Conclusion: "好", EvaluatedOn: "2024-13-01", AttachmentID: 7}
		_, err := h.Evaluate(h.Context(), people["经办"], in)
		if fields := fieldsOf(err); model.ReasonOf(err) != "preEvaluation.invalid" || len(fields) != 5 {
			t.Errorf("got %v %v", err, fields)
		}
		in.Conclusion, in.Opinion, in.Evaluator, in.EvaluatedOn, in.AttachmentID = model.NotSupported, "投入过大", "评审中心", "2023-11-20", h.report(a)
		_, err = h.Evaluate(h.Context(), people["单位审核"], in)
		h.refused(err, "right.missing")
		view, err := h.Evaluate(h.Context(), people["经办"], in)
		h.must(err)
		if view.Report == nil || view.Report.Name != "评估报告.pdf" || view.Evaluation.Version != 1 || !view.Owes {
			t.Errorf("got %+v", view)
		}
		h.refused(h.do("业务股", workflow.StoreProject, year, "P1", ""), "project.preEvaluation")
		_, err = h.Evaluate(h.Context(), people["部门审核"], in)
		h.refused(err, "preEvaluation.changed")
		in.Lock, in.Conclusion, in.Opinion = 1, model.SupportedChanged, "压减后支持"
		_, err = h.Evaluate(h.Context(), people["部门审核"], in)
		h.must(err)
		h.findings(a, 0)
		h.must(h.do("业务股", workflow.StoreProject, year, "P1", ""))
		h.stands(year, "P1", model.ProjectFinance)
	})
}

// findings tells how often F23 speaks of a filing, on its page and in the list.
func (h *house) findings(a filing.Answer, want int) {
	h.Helper()
	view, err := h.filings.Get(h.Context(), people["经办"], a.RecordID)
	h.must(err)
	n := 0
	for _, f := range view.Findings {
		if f.Rule == "F23" {
			n++
		}
	}
	page, err := h.filings.List(h.Context(), people["经办"], filing.Query{Year: year})
	h.must(err)
	if n != want || page.Items[0].Errors != want {
		h.Errorf("F23 speaks %d times, the list counts %d errors, want %d", n, page.Items[0].Errors, want)
	}
}

// A department orders its projects, the bureau those of 财政项目库; places have no
// gaps, whatever moves or leaves.
func TestRanks(t *testing.T) {
	eachHouse(t, func(h *house) {
		for _, code := range []string{"P1", "P2", "P3", "P4"} {
			p := sound(code)
			for _, text := range []*string{&p.Form.Overview, &p.Form.Necessity, &p.Form.Safeguards, &p.Form.Plan, &p.Form.LongTermGoal, &p.Form.AnnualGoal} {
				*text += "项目" + code
			}
			h.draft(year, p)
			h.must(h.do("经办", workflow.ProposeProject, year, code, ""))
			if code != "P4" {
				h.must(h.do("部门审核", workflow.AdmitProject, year, code, ""))
			}
		}
		move := func(who, code string, byFinance bool, lock, place int) error {
			_, err := h.Rank(h.Context(), people[who], project.Move{ProjectID: h.find(year, code).ID, Year: year, ByFinance: byFinance, Lock: lock, Place: place})
			return err
		}
		h.refused(move("单位审核", "P1", false, 0, 1), "right.missing")
		h.refused(move("部门审核", "P4", false, 0, 1), "project.state")
		h.refused(move("部门审核", "P1", false, 0, 2), "project.place")
		h.must(move("部门审核", "P1", false, 0, 1))
		h.refused(move("部门审核", "P2", false, 0, 1), "projectOrder.changed")
		h.must(move("部门审核", "P2", false, 1, 1))
		h.must(move("部门审核", "P3", false, 2, 3))
		h.order(false, "P2 P1 P3")
		h.must(move("部门审核", "P3", false, 3, 1))
		h.order(false, "P3 P2 P1")
		h.must(move("部门审核", "P3", false, 4, 2))
		h.order(false, "P2 P3 P1")
		h.must(move("部门审核", "P2", false, 5, 0))
		h.order(false, "P3 P1")

		h.refused(move("预算股", "P1", true, 0, 1), "project.state")
		h.must(h.do("业务股", workflow.StoreProject, year, "P1", ""))
		h.refused(move("业务股", "P1", true, 0, 1), "right.missing")
		h.must(move("预算股", "P1", true, 0, 1))
		h.order(true, "P1")
		h.write(func(tx *store.Tx) error {
			id := h.units[unitA].ID
			places, err := tx.PlacesOf([]model.ID{id}, year)
			want := map[store.ProjectKey]store.ProjectPlaces{{UnitID: id, Code: "P1"}: {Department: 2, Finance: 1}, {UnitID: id, Code: "P3"}: {Department: 1}}
			if !maps.Equal(places, want) {
				t.Errorf("places are %v", places)
			}
			return err
		})
		h.must(h.do("部门审核", workflow.RefuseProject, year, "P3", "重复"))
		h.order(false, "P1")
		h.must(h.do("业务股", workflow.UnstoreProject, year, "P1", "再议"))
		h.order(true, "")
		h.order(false, "P1")
	})
}

// order asserts an order: the codes by place, which counts from 1 without gaps.
func (h *house) order(byFinance bool, want string) {
	h.Helper()
	q := project.Query{UnitID: h.units[dept].ID, Year: year, Sort: project.ByDepartmentRank}
	if byFinance {
		q.Sort = project.ByFinanceRank
	}
	page, err := h.List(h.Context(), people["预算股"], q)
	h.must(err)
	var got []string
	for _, item := range page.Items {
		place := item.DepartmentPlace
		if byFinance {
			place = item.FinancePlace
		}
		if place == 0 {
			break
		}
		if got = append(got, item.Code); place != len(got) {
			h.Errorf("%s has place %d", item.Code, place)
		}
	}
	count := page.Department.Ranked
	if byFinance {
		count = page.Finance.Ranked
	}
	if strings.Join(got, " ") != want || count != len(got) {
		h.Errorf("got %v of %d, want %s", got, count, want)
	}
}
