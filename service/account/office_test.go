package account

import (
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

func TestOffices(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		yw, jx := e.units["YW"], e.units["JX"]
		_, token := e.person("yw", rbac.Reviewer, e.unit("YW"))
		assign := func(c OfficeChange) error { return e.AssignOffice(t.Context(), e.security, c, "分工") }
		e.ok(assign(OfficeChange{UnitID: yw, Duty: "business", Leads: true, OwnRecords: true, DepartmentIDs: []model.ID{e.units["701"], e.units["701"]}}))
		id := e.who(token)
		for path, want := range map[string]bool{root + "701/701001/": true, root + "701/": true, root + "702/": false, root: true} {
			if e.can(id, rbac.FilingBlock, path) != want {
				t.Errorf("%s: want %v of %+v", path, want, id.Held)
			}
		}
		if !e.can(id, rbac.YearOpen, root) || id.Held[0].Office != "business" {
			t.Error("the leading office does not lead")
		}
		e.ok(assign(OfficeChange{UnitID: yw, Version: 1, DepartmentIDs: []model.ID{e.units["702"]}}))
		if id := e.who(token); e.can(id, rbac.FilingBlock, root+"701/") || !e.can(id, rbac.FilingBlock, root+"702/") || e.can(id, rbac.YearOpen, root) {
			t.Errorf("got %+v", id.Held)
		}
		e.ok(e.store.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddRecord(&model.Record{Kind: model.SheetRecord, UnitID: e.units["702"], Year: 2023})
		}))
		e.fails(assign(OfficeChange{UnitID: yw, Version: 1}), model.Conflict, "office.changed")
		e.fails(assign(OfficeChange{UnitID: yw}), model.Conflict, "office.changed")
		e.fails(assign(OfficeChange{UnitID: e.units["701"]}), model.Invalid, "office.place")
		e.fails(assign(OfficeChange{UnitID: e.units["701001"]}), model.Invalid, "office.place")
		e.fails(assign(OfficeChange{UnitID: e.units["702"]}), model.Conflict, "office.hasBudget")
		e.fails(assign(OfficeChange{UnitID: jx, DepartmentIDs: []model.ID{yw}}), model.Invalid, "office.department")
		e.fails(assign(OfficeChange{UnitID: jx, DepartmentIDs: []model.ID{e.units["701001"]}}), model.Invalid, "office.department")
		e.fails(assign(OfficeChange{UnitID: 5}), model.NotFound, "unit.notFound")
		e.ok(assign(OfficeChange{UnitID: jx, Leads: true}))
		e.fails(assign(OfficeChange{UnitID: yw, Version: 2, Leads: true}), model.Conflict, "office.leads")
		account, _ := e.create("jx")
		_, err := e.Grant(t.Context(), e.security, account.ID, rbac.Preparer, At{UnitID: jx}, "试")
		e.fails(err, model.Invalid, "assignment.office")
		e.fails(e.AssignOffice(t.Context(), e.admin, OfficeChange{UnitID: jx, Version: 1}, "试"), model.Forbidden, "right.missing")
		list, err := e.Offices(t.Context(), e.security)
		if err != nil || len(list) != 2 || list[1].UnitCode != "YW" || len(list[1].Departments) != 1 {
			t.Errorf("got %+v, %v", list, err)
		}
		e.fails(e.RemoveOffice(t.Context(), e.security, yw, 2, "试"), model.Conflict, "office.hasRoles")
		e.ok(e.RemoveOffice(t.Context(), e.security, jx, 1, "撤并"))
		e.fails(e.RemoveOffice(t.Context(), e.security, jx, 1, "撤并"), model.Conflict, "office.changed")
	})
}

func TestDeputies(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		day := 24 * time.Hour
		_, away := e.person("away", rbac.Reviewer, e.unit("701"))
		deputy, token := e.person("deputy", rbac.Preparer, e.unit("702"))
		third, thirdToken := e.person("third", rbac.Reviewer, e.unit("702"))
		boss := e.who(away)
		name := func(actor Identity, id model.ID, from, until time.Duration) (model.ID, error) {
			now := e.clock.now()
			return e.NameDeputy(t.Context(), actor, id, now.Add(from), now.Add(until), "出差")
		}
		id, err := name(boss, deputy.ID, time.Minute, 20*time.Minute)
		e.ok(err)
		passes := func() bool { return e.can(e.who(token), rbac.FilingPass, root+"701/701001/") }
		if passes() {
			t.Error("the deputy acts before the time")
		}
		e.clock.advance(time.Minute)
		who := e.who(token)
		if !passes() || len(who.Held) != 2 || who.Held[1].DeputyFor != "away" || who.Held[1].Principal != "姓名away" || who.Held[0].DeputyFor != "" {
			t.Errorf("got %+v", who.Held)
		}
		why, err := e.Why(t.Context(), who, deputy.ID, rbac.FilingPass.Name, e.unit("701001"))
		if err != nil || why.Why != "可以：主管部门 701的审核人，代理 away，有“审核通过绩效目标”的权限" {
			t.Errorf("got %s, %v", why.Why, err)
		}
		for _, c := range []struct {
			actor       Identity
			deputy      model.ID
			from, until time.Duration
			code        model.Code
			reason      string
		}{
			{boss, third.ID, 0, day, model.Conflict, "deputy.twice"},
			{e.who(thirdToken), boss.Account.ID, 0, day, model.Conflict, "deputy.chain"},
			{who, third.ID, 0, day, model.Forbidden, "right.missing"}, // a preparer, and a deputy's seat isn't theirs to lend
			{boss, boss.Account.ID, day, 2 * day, model.Invalid, "deputy.self"},
			{boss, third.ID, 2 * day, day, model.Invalid, "deputy.time"},
			{boss, third.ID, -2 * day, -day, model.Invalid, "deputy.time"},
			{boss, third.ID, day, 300 * day, model.Invalid, "deputy.time"},
			{boss, e.admin.Account.ID, day, 2 * day, model.Conflict, "role.separation"},
			{boss, 5, day, 2 * day, model.NotFound, "account.notFound"},
		} {
			_, err := name(c.actor, c.deputy, c.from, c.until)
			e.fails(err, c.code, c.reason)
		}
		_, err = e.Grant(t.Context(), e.security, deputy.ID, rbac.Auditor, At{}, "试")
		e.fails(err, model.Conflict, "role.separation")
		e.clock.advance(19 * time.Minute) // the end is not included
		if passes() {
			t.Error("the deputy acts after the time")
		}
		e.fails(e.EndDeputy(t.Context(), boss, id, "回来"), model.Conflict, "deputy.over")
		id, err = name(boss, deputy.ID, 0, day)
		e.ok(err)
		found, err := e.Candidates(t.Context(), boss, "姓名")
		if err != nil || len(found) != 2 || found[0].Login != "deputy" || found[1].Login != "third" {
			t.Errorf("got %+v, %v", found, err)
		}
		_, err = e.Candidates(t.Context(), who, "")
		e.fails(err, model.Forbidden, "right.missing")
		list, err := e.Deputies(t.Context(), e.who(token))
		if err != nil || len(list) != 1 || list[0].PrincipalName != "姓名away" || list[0].DeputyName != "姓名deputy" {
			t.Errorf("got %+v, %v", list, err)
		}
		if list, err := e.Deputies(t.Context(), e.who(thirdToken)); err != nil || len(list) != 0 {
			t.Errorf("got %+v, %v", list, err)
		}
		e.fails(e.EndDeputy(t.Context(), e.who(thirdToken), id, "试"), model.Forbidden, "right.missing")
		if !passes() {
			t.Error("the deputy can't act")
		}
		e.ok(e.EndDeputy(t.Context(), boss, id, "提前回来"))
		if passes() {
			t.Error("the deputy acts after the early end")
		}
		_, err = name(boss, deputy.ID, 0, day)
		e.ok(err)
		e.ok(e.SetDisabled(t.Context(), e.admin, boss.Account.ID, e.version("away"), true, "离职"))
		if passes() {
			t.Error("the seat of a disabled account is still lent")
		}
	})
}

func TestWhy(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, token := e.person("he", rbac.Preparer, e.unit("701001"))
		fresh, _ := e.create("fresh")
		me := e.who(token)
		for _, c := range []struct {
			actor  Identity
			id     model.ID
			action rbac.Action
			at     At
			want   string
		}{
			{me, account.ID, rbac.FilingSave, e.unit("701001"), "可以：单位 701001的经办人，有“填报绩效目标”的权限"},
			{me, account.ID, rbac.FilingSave, e.unit("701002"), "不可以：作为单位 701001的经办人（只管本单位），管不到单位 701002"},
			{me, account.ID, rbac.YearOpen, bureau, "不可以：现有角色（经办人）没有“开启预算年度”的权限，需要牵头审核人"},
			{e.security, account.ID, rbac.FilingSave, e.unit("701001"), "可以：单位 701001的经办人，有“填报绩效目标”的权限"},
			{e.security, e.admin.Account.ID, rbac.AccountSave, At{}, "可以：系统管理员有“维护账号”的权限"},
			{e.security, fresh.ID, rbac.FilingSave, e.unit("701001"), "不可以：这是他人代设的初始密码，须本人先修改密码"},
		} {
			d, err := e.Why(t.Context(), c.actor, c.id, c.action.Name, c.at)
			if err != nil || d.Why != c.want || d.Allowed != strings.HasPrefix(c.want, "可以") {
				t.Errorf("got %s (%v), want %s", d.Why, err, c.want)
			}
		}
		_, err := e.Why(t.Context(), me, fresh.ID, rbac.FilingSave.Name, e.unit("701001"))
		e.fails(err, model.Forbidden, "right.missing")
		_, err = e.Why(t.Context(), me, account.ID, "filing.erase", e.unit("701001"))
		e.fails(err, model.NotFound, "action.notFound")
		_, err = e.Why(t.Context(), me, account.ID, rbac.FilingSave.Name, At{UnitID: 5})
		e.fails(err, model.NotFound, "unit.notFound")
		e.ok(e.SetDisabled(t.Context(), e.admin, account.ID, e.version("he"), true, "离职"))
		if d, err := e.Why(t.Context(), e.security, account.ID, rbac.FilingSave.Name, e.unit("701001")); err != nil || !strings.Contains(d.Why, "停用") {
			t.Errorf("got %s, %v", d.Why, err)
		}
	})
}
