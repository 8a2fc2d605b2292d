package reminder_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/notice"
	"biaochi/service/reminder"
	"biaochi/service/setting"
	"biaochi/service/tracking"
)

// desk is a small year: a department 701 with unit 701001, an office for it and the
// leading one, somebody in each seat.
type desk struct {
	*testing.T
	store    *store.Store
	at       time.Time
	settings *setting.Service
	service  *reminder.Service
	units    map[string]model.BudgetUnit
	logins   map[model.ID]string
}

func (d *desk) now() time.Time { return d.at }

func newDesk(t *testing.T) *desk {
	d := &desk{T: t, at: time.Date(2024, 2, 1, 4, 0, 0, 0, time.UTC), units: map[string]model.BudgetUnit{}, logins: map[model.ID]string{}}
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL", Now: d.now})
	d.must(err)
	t.Cleanup(func() { _ = s.Close() })
	rights, err := rbac.New()
	d.must(err)
	accounts := account.NewService(s, rights, d.now, account.Settings{})
	d.store, d.settings, d.service = s, setting.NewService(s, rights, d.now), reminder.NewService(s, accounts, notice.Writer{}, d.now)
	d.must(s.InTx(t.Context(), func(tx *store.Tx) error {
		for _, path := range []string{"701/", "701/701001/", "YW/", "YS/"} {
			parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
			unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: parts[len(parts)-1], Name: "单位" + parts[len(parts)-1], Path: root + path}
			if len(parts) > 1 {
				unit.ParentCode = parts[0]
			}
			if err := tx.AddUnit(&unit); err != nil {
				return err
			}
			d.units[unit.Code] = unit
		}
		if err := tx.SaveOffice(&model.UnitOffice{UnitID: d.units["YW"].ID, Duty: "business"}, []model.ID{d.units["701"].ID}); err != nil {
			return err
		}
		return tx.SaveOffice(&model.UnitOffice{UnitID: d.units["YS"].ID, Duty: "budget", Leads: true}, nil)
	}))
	for login, seat := range map[string]struct {
		role rbac.Role
		unit string
	}{
		"经办": {rbac.Preparer, "701001"}, "局经办": {rbac.Preparer, "701"}, "部门": {rbac.Reviewer, "701"}, "业务股": {rbac.Reviewer, "YW"},
		"预算股": {rbac.Reviewer, "YS"}, "发布": {rbac.Publisher, "701"},
	} {
		d.employ(login, seat.role, seat.unit)
	}
	return d
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) employ(login string, role rbac.Role, unit string) {
	d.Helper()
	d.must(d.store.InTx(d.Context(), func(tx *store.Tx) error {
		a := model.Account{Login: login, Name: "某人", PasswordHash: "-"}
		if err := tx.AddAccount(&a); err != nil {
			return err
		}
		d.logins[a.ID] = login
		return tx.AddRoleAssignment(&model.RoleAssignment{AccountID: a.ID, Role: string(role), UnitID: d.units[unit].ID, GrantedBy: "test"})
	}))
}

// draft adds a filing of a unit, or one that stands at a step of the chain.
func (d *desk) draft(unit, code string, position *model.RecordPosition) {
	d.Helper()
	d.must(d.store.InTx(d.Context(), func(tx *store.Tx) error {
		version := model.RecordVersion{ID: d.store.NextID(), Number: 1, State: model.Draft, CreatedBy: "test"}
		record := model.Record{Kind: model.FilingRecord, UnitID: d.units[unit].ID, Year: year, ProjectCode: code, NewestID: version.ID}
		if position != nil {
			version.State = model.InReview
		}
		if err := tx.AddRecord(&record); err != nil {
			return err
		}
		version.RecordID = record.ID
		if err := tx.AddVersion(&version); err != nil {
			return err
		}
		if err := tx.SaveProjectContent(version.ID, &model.ProjectContent{Code: code, Name: "项目" + code}); err != nil || position == nil {
			return err
		}
		position.RecordID, position.VersionID, position.State, position.TurnRole, position.Steps = record.ID, version.ID, model.InReview, "reviewer", "[]"
		return tx.SetPosition(position)
	}))
}

// expect looks once and compares what is new, as who: what.
func (d *desk) expect(day string, want ...string) {
	d.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, model.Beijing)
	d.must(err)
	d.at = at.Add(9 * time.Hour)
	told, err := d.service.Once(d.Context())
	d.must(err)
	var got []string
	d.must(d.store.InTx(d.Context(), func(tx *store.Tx) error {
		for id, login := range d.logins {
			list, _, _, err := tx.Notices(id, store.NoticeFilter{Unread: true})
			if err != nil {
				return err
			}
			for _, n := range list {
				got = append(got, login+": "+n.Text)
			}
			if err := tx.ReadNotices(id, nil); err != nil {
				return err
			}
		}
		return nil
	}))
	slices.Sort(got)
	slices.Sort(want)
	if told != len(got) || strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.Errorf("on %s told %d:\n%s\nwant\n%s", day, told, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each thing reminds whoever has to do it, in the seat where they sit; who comes later
// is told then; a year that isn't open or is closed reminds nobody.
func TestWhoIsReminded(t *testing.T) {
	d := newDesk(t)
	d.draft("701001", "P1", nil)
	d.draft("701001", "P2", &model.RecordPosition{StepKey: "unitHead", TurnName: "单位审核", TurnPath: d.units["701001"].Path})
	d.draft("701", "P3", &model.RecordPosition{StepKey: "business", TurnOffice: "business"})
	d.expect("2024-02-01")
	_, err := d.settings.SaveYear(d.Context(), leader, model.DefaultRegionCode, year, 0, setting.YearChange{TreeKey: "2015", Deadlines: []model.StepDeadline{
		{Step: "", At: time.Date(2024, 2, 10, 8, 0, 0, 0, time.UTC)}, {Step: "unitHead", At: time.Date(2024, 2, 12, 8, 0, 0, 0, time.UTC)},
		{Step: "business", At: time.Date(2024, 2, 20, 8, 0, 0, 0, time.UTC)},
	}}, "部署")
	d.must(err)
	stages, err := d.settings.OpenYear(d.Context(), leader, model.DefaultRegionCode, year, "部署")
	d.must(err)
	stages, err = d.settings.SetStage(d.Context(), leader, model.DefaultRegionCode, year, stages.Version, setting.StageChange{Stage: tracking.SecondReply, Due: "2024-03-01"}, "部署")
	d.must(err)
	say := func(who, what, stage, due, when string) string {
		return fmt.Sprintf("%s: 2024 年度%s待办理（%s）：截止日期 %s，%s。", who, what, stage, due, when)
	}
	const request, unitHead, business = "一上：申报绩效目标和基本支出", "单位审核", "审核"
	d.expect("2024-02-02",
		say("经办", "单位701001“项目P1”绩效目标", request, "2024-02-10", "还有 8 天"),
		say("部门", "单位701001“项目P2”绩效目标", unitHead, "2024-02-12", "还有 10 天"),
		say("业务股", "单位701“项目P3”绩效目标", business, "2024-02-20", "还有 18 天"),
		say("预算股", "部门预算批复", "二下：财政批复部门", "2024-03-01", "还有 28 天"),
	)
	d.expect("2024-02-02")
	d.employ("新经办", rbac.Preparer, "701001")
	d.employ("单位审核", rbac.Reviewer, "701001")
	d.expect("2024-02-02",
		say("新经办", "单位701001“项目P1”绩效目标", request, "2024-02-10", "还有 8 天"),
		say("单位审核", "单位701001“项目P2”绩效目标", unitHead, "2024-02-12", "还有 10 天"),
	)
	d.must(d.store.InTx(d.Context(), func(tx *store.Tx) error {
		return tx.AddApproval(&model.Approval{UnitID: d.units["701"].ID, Year: year, Number: "1号", Date: "2024-02-10"})
	}))
	d.expect("2024-02-10",
		say("经办", "单位701001“项目P1”绩效目标", request, "2024-02-10", "就是今天"),
		say("新经办", "单位701001“项目P1”绩效目标", request, "2024-02-10", "就是今天"),
		say("单位审核", "单位701001“项目P2”绩效目标", unitHead, "2024-02-12", "还有 2 天"),
		say("发布", "单位701预算公开", "预算公开", "2024-03-01", "还有 20 天"),
		say("部门", "对单位701001的预算批复", "部门批复所属单位", "2024-02-25", "还有 15 天"),
	)
	_, err = d.settings.CloseYear(d.Context(), leader, model.DefaultRegionCode, year, stages.Version, "年度结束")
	d.must(err)
	d.expect("2024-02-26")
}
