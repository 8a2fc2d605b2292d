package execution_test

import (
	"fmt"
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
)

// duties are what waits for somebody, in short.
func (h *house) duties(who string) (list []string) {
	h.t.Helper()
	page, err := h.Duties(h.t.Context(), people[who], year, 50, 0)
	if err != nil {
		h.t.Fatal(who, err)
	}
	for _, d := range page.Items {
		text := fmt.Sprintf("%s %s %s", d.Kind, d.Project, d.Key.Kind)
		if d.Late {
			text += " late"
		}
		if d.Returned {
			text += " returned"
		}
		list = append(list, text)
	}
	return list
}

func (h *house) expectDuties(when string, want map[string][]string) {
	h.t.Helper()
	for who, list := range want {
		if got := h.duties(who); !slices.Equal(got, list) {
			h.t.Errorf("%s, %s has to do %q, want %q", when, who, got, list)
		}
	}
}

// What waits goes from hand to hand: a sheet from who fills it in to who confirms it, a
// correction to who replies and back to who gave the order.
func TestDutiesFollowTheYear(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		key, ctx := window(h.record(unitA, "P1").ID), t.Context()
		h.expectDuties("in February", map[string][]string{"经办": nil, "单位审核": nil, "绩效股": nil})
		h.set("2023-08-10")
		h.expectDuties("in August", map[string][]string{"经办": {"fill P1 monitoring"}, "局办": nil, "单位审核": nil, "部门审核": nil})
		view, err := h.SaveSheet(ctx, people["经办"], key, 0, monitored())
		if err != nil {
			t.Fatal(err)
		}
		if view, err = h.ActOnSheet(ctx, people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version}); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		h.expectDuties("handed in", map[string][]string{"经办": nil, "单位审核": {"confirm P1 monitoring"}, "部门审核": nil, "绩效股": nil, "管理": nil})
		h.set("2023-09-02")
		if _, err = h.ActOnSheet(ctx, people["单位审核"], execution.SheetOrder{Key: key, Verb: "return", Lock: view.Sheet.Version, Reason: "补说明"}); err != nil {
			t.Fatal(err)
		}
		h.expectDuties("returned", map[string][]string{"经办": {"fill P1 monitoring late returned"}, "单位审核": nil})
		c, err := h.OrderCorrection(ctx, people["绩效股"], execution.CorrectionOrder{RecordID: key.RecordID, What: "补训", Responsible: "中心", Due: "2023-09-20"})
		if err != nil || c.ProjectName != "项目P1" || c.UnitCode != "701001" || len(c.Allowed) != 0 {
			t.Fatalf("%+v %v", c, err)
		}
		h.expectDuties("ordered", map[string][]string{"经办": {"fill P1 monitoring late returned", "reply P1 "}, "绩效股": nil})
		if c, err = h.ReplyCorrection(ctx, people["经办"], c.ID, c.Version, "已补", "签到表"); err != nil {
			t.Fatal(err)
		}
		h.expectDuties("replied", map[string][]string{"经办": {"fill P1 monitoring late returned"}, "绩效股": {"recheck P1 "}, "部门审核": nil})

		events, err := h.SheetHistory(ctx, people["部门审核"], key)
		var acts []string
		for _, e := range events {
			acts = append(acts, e.Action+" "+e.Actor)
		}
		if want := []string{"monitoring.save jb", "monitoring.submit jb", "monitoring.return dw"}; err != nil || !slices.Equal(acts, want) {
			t.Errorf("history %q %v", acts, err)
		}
	})
}

func TestOverviewAndCorrections(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0), project("P2", 500, 0))
		h.approve(other, project("Q1", 1000, 0))
		h.set("2023-09-02")
		ctx, first := t.Context(), h.record(unitA, "P1")
		if _, err := h.SaveSheet(ctx, people["经办"], window(first.ID), 0, monitored()); err != nil {
			t.Fatal(err)
		}
		if _, err := h.importText(operator, header+"P1,2023-07-31,一般公共预算,600.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		for _, due := range []model.Date{"2023-10-20", "2023-09-10"} {
			order := execution.CorrectionOrder{RecordID: first.ID, What: "补训" + string(due), Responsible: "中心", Due: due}
			if _, err := h.OrderCorrection(ctx, operator, order); err != nil {
				t.Fatal(err)
			}
		}
		h.set("2023-09-15")
		o, err := h.Overview(ctx, people["经办"], h.units[unitA].ID, year)
		if err != nil || len(o.Rows) != 2 || len(o.Stages) != 2 || o.Rows[0].All.Rate != "60.00%" || o.Total.Corrections != 2 || o.Total.Overdue != 1 {
			t.Fatalf("%+v %v", o, err)
		}
		if sheet := o.Stands[0][0]; sheet.State != model.SheetDraft || !sheet.Late || o.Stands[1][0].State != "" || !o.Stands[1][0].Late || o.Stands[0][1].Opened {
			t.Errorf("sheets: %+v", o.Stands)
		}
		for who, reason := range map[string]string{"他部门": "unit.notFound", "发布人": "unit.notFound", "部门审核": "", "局办": "unit.notFound"} {
			if _, err := h.Overview(ctx, people[who], h.units[unitA].ID, year); reasonOf(err) != reason {
				t.Errorf("%s: %v", who, err)
			}
		}
		for who, total := range map[string]int{"经办": 2, "部门审核": 2, "绩效股": 2, "他部门": 0, "管理": 0} {
			page, err := h.ListCorrections(ctx, people[who], execution.CorrectionList{Year: year, Open: true})
			if err != nil || page.Total != total || total > 0 && (page.Items[0].Due != "2023-09-10" || !page.Items[0].Overdue || page.Items[1].Overdue) {
				t.Errorf("%s: %+v %v", who, page, err)
			}
		}
		if page, err := h.ListCorrections(ctx, people["部门审核"], execution.CorrectionList{Year: year, UnitID: h.units[dept].ID}); err != nil || page.Total != 0 {
			t.Errorf("the department alone: %+v %v", page, err)
		}
	})
}

func TestControlsOfARegion(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(dept, project("P2", 300, 0))
		h.approve(unitA, project("P1", 1000, 0))
		h.approve(other, project("Q1", 1000, 0))
		ctx := t.Context()
		figures := map[model.FundKind]model.Money{model.GeneralPublicBudget: 1200_00}
		v, err := h.SaveControl(ctx, people["预算股"], h.units[dept].ID, year, 0, figures)
		if err != nil {
			t.Fatal(err)
		}
		codes := func(who string, unit model.ID) (found []string) {
			page, err := h.Controls(ctx, people[who], execution.ControlList{Region: model.DefaultRegionCode, Year: year, UnitID: unit})
			for _, row := range page.Rows {
				if row.Below != (row.Unit.Code == "701" && who != "经办") {
					t.Errorf("%s: below %s: %v", who, row.Unit.Code, row.Below)
				}
				text := fmt.Sprintf("%s %s %d", row.Unit.Code, row.Asked[model.GeneralPublicBudget].Yuan(), len(row.Sheet.Figures))
				for _, m := range row.Margins {
					text += " over " + m.Over.Yuan()
				}
				found = append(found, text)
			}
			if err != nil {
				found = []string{reasonOf(err)}
			}
			return found
		}
		if got := codes("预算股", 0); !slices.Equal(got, []string{"701 1300.00 1", "702 1000.00 0"}) {
			t.Errorf("before: %q", got)
		}
		if _, err := h.IssueControl(ctx, people["预算股"], h.units[dept].ID, year, v.Sheet.Version, "一下"); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[string][]string{
			"预算股": {"701 1300.00 1 over 100.00", "702 1000.00 0"}, "部门审核": {"701 1300.00 0 over 100.00"}, "经办": {"701001 1000.00 0"}, "管理": {"right.missing"},
		} {
			if got := codes(who, 0); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", who, got, want)
			}
		}
		if got := codes("部门审核", h.units[dept].ID); !slices.Equal(got, []string{"701001 1000.00 0"}) {
			t.Errorf("below: %q", got)
		}
	})
}
