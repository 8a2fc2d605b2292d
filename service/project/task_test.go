package project_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

// waiting lists what waits for everybody, as who: what.
func (h *house) waiting(of int, want ...string) {
	h.Helper()
	var got []string
	for who, p := range people {
		page, err := h.Tasks(h.Context(), p, of, 100, 0)
		h.must(err)
		if page.Total != len(page.Items) {
			h.Errorf("%d of %d", len(page.Items), page.Total)
		}
		for _, t := range page.Items {
			what := t.Project.Code
			if t.Count > 0 {
				what = fmt.Sprintf("%s×%d", t.Unit.Code, t.Count)
			}
			got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %s %s", who, t.Kind, what, t.Reason), " "))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.Errorf("waiting in %d:\n%s\nwant\n%s", of, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each move puts the project before the next person and takes it from the last; who
// sits in another unit, and who proposed it, finds nothing.
func TestTasksFollowAProject(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.draft(year, sound("P1"))
		h.waiting(year)
		h.must(h.do("双岗", workflow.ProposeProject, year, "P1", ""))
		h.waiting(year, "部门审核 admit P1") // 双岗 must not admit their own
		h.waiting(year+1, "部门审核 admit P1")
		h.must(h.do("部门审核", workflow.RefuseProject, year, "P1", "预算偏大"))
		h.waiting(year, "经办 returned P1 预算偏大", "双岗 returned P1 预算偏大")
		h.waiting(year + 1)
		h.must(h.do("经办", workflow.ProposeProject, year, "P1", ""))
		h.waiting(year, "部门审核 admit P1", "双岗 admit P1")
		h.must(h.do("部门审核", workflow.AdmitProject, year, "P1", ""))
		ranks := []string{"部门审核 rank 701×1", "双岗 rank 701×1"}
		h.waiting(year, append(ranks, "业务股 store P1")...)
		h.waiting(year + 1) // nobody files for it there
		h.must(h.do("业务股", workflow.StoreProject, year, "P1", ""))
		h.waiting(year, "预算股 order ×1")
		h.must(h.do("业务股", workflow.UnstoreProject, year, "P1", "再议"))
		h.waiting(year, append(ranks, "部门审核 returned P1 再议", "双岗 returned P1 再议")...)
		item := h.find(year, "P1")
		_, err := h.Rank(h.Context(), people["部门审核"], project.Move{ProjectID: item.ID, Year: year, Place: 1})
		h.must(err)
		h.waiting(year, "部门审核 returned P1 再议", "双岗 returned P1 再议")
		h.must(h.approve(unitA, year, *sound("P1")))
		h.waiting(year)
	})
}

// A pre-evaluation that is owed comes before the bureau: the unit records it first, and
// what wasn't supported is the department's to return.
func TestTasksOfPreEvaluation(t *testing.T) {
	eachHouse(t, func(h *house) {
		a := h.draft(year, sound("P1"))
		rule := model.PreEvaluationRule{RegionCode: model.DefaultRegionCode, Year: year, Level: model.PreEvaluationWarn,
			Threshold: 300_000_00, Measure: model.LongTermMeasure, Source: "县财预〔2023〕1号"}
		h.write(func(tx *store.Tx) error { return tx.SavePreEvaluationRule(&rule) })
		owed := []string{"经办 evaluate P1", "双岗 evaluate P1"}
		h.waiting(year, owed...)
		h.must(h.do("经办", workflow.ProposeProject, year, "P1", ""))
		h.must(h.do("部门审核", workflow.AdmitProject, year, "P1", ""))
		ranks := []string{"部门审核 rank 701×1", "双岗 rank 701×1"}
		h.waiting(year, append(owed, ranks...)...)

		in := project.Evaluation{ProjectID: h.find(year, "P1").ID, Year: year, Opinion: "意见", Evaluator: "评审中心", EvaluatedOn: "2023-11-20", AttachmentID: h.report(a)}
		for i, c := range []struct {
			conclusion model.Conclusion
			want       []string
		}{
			{model.NotSupported, []string{"部门审核 returned P1", "双岗 returned P1"}},
			{model.Supported, []string{"业务股 store P1"}},
		} {
			in.Lock, in.Conclusion = i, c.conclusion
			_, err := h.Evaluate(h.Context(), people["经办"], in)
			h.must(err)
			h.waiting(year, append(c.want, ranks...)...)
			h.toldOf("", c.want)
		}
	})
}

// toldOf asserts who finds something new after the last act.
func (h *house) toldOf(act workflow.ProjectAct, want []string) {
	h.Helper()
	last := h.news[len(h.news)-1]
	var got []string
	for who, p := range people {
		for _, kind := range last.Waits(p) {
			got = append(got, fmt.Sprintf("%s %s %s", who, kind, last.Project.Code))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if last.Act != act || !slices.Equal(got, want) {
		h.Errorf("%s: told %v, want %v", last.Act, got, want)
	}
}

// report attaches a file to a filing.
func (h *house) report(a filing.Answer) (id model.ID) {
	h.Helper()
	h.write(func(tx *store.Tx) error {
		record, err := tx.RecordByID(store.Everything(), a.RecordID)
		if err != nil {
			return err
		}
		file := model.Attachment{Backed: model.BackedRecord(record.ID), VersionID: record.NewestID, Name: "评估报告.pdf", MediaType: "application/pdf", Size: 1, Hash: strings.Repeat("0", 64), AddedBy: "jb"}
		err = tx.AddAttachment(&file)
		id = file.ID
		return err
	})
	return id
}

// What waits comes page by page, and how much there is in all with each.
func TestTaskPages(t *testing.T) {
	eachHouse(t, func(h *house) {
		for _, code := range []string{"P1", "P2", "P3"} {
			p := sound(code)
			for _, text := range []*string{&p.Form.Overview, &p.Form.Necessity, &p.Form.Safeguards, &p.Form.Plan, &p.Form.LongTermGoal, &p.Form.AnnualGoal} {
				*text += "项目" + code
			}
			h.draft(year, p)
			h.must(h.do("经办", workflow.ProposeProject, year, code, ""))
			h.toldOf(workflow.ProposeProject, []string{"部门审核 admit " + code, "双岗 admit " + code})
		}
		page, err := h.Tasks(h.Context(), people["部门审核"], year, 2, 2)
		h.must(err)
		if page.Total != 3 || len(page.Items) != 1 || page.Items[0].Project.Code != "P3" || page.Items[0].Unit.Code != "701001" {
			t.Errorf("got %+v", page)
		}
	})
}
