package account

import (
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
)

const demoPassword = "Demo.2023-show"

func TestFirstStart(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		e := empty(t, url)
		firsts := make([]*FirstAdmin, 6)
		var wg sync.WaitGroup
		for i := range firsts { // as many instances start at once
			s := instance(t, e.store, e.clock)
			wg.Go(func() {
				var err error
				if firsts[i], err = s.EnsureFirstAdmin(t.Context(), Operator("cli:start")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var made []*FirstAdmin
		for _, first := range firsts {
			if first != nil {
				made = append(made, first)
			}
		}
		if len(made) != 1 {
			t.Fatalf("%d administrators were made", len(made))
		}
		signed, err := e.login("admin", made[0].Password)
		e.ok(err)
		if signed.MustChange == "" {
			t.Error("the one-time password is taken for good")
		}
		e.admin = e.enter("admin", made[0].Password)
		account, _ := e.create("sec")
		_, err = e.Grant(t.Context(), e.admin, account.ID, rbac.Auditor, At{}, "试")
		e.fails(err, model.Forbidden, "right.missing")
		_, err = e.Grant(t.Context(), e.admin, account.ID, rbac.Security, At{}, "首任安全管理员")
		e.ok(err)
		other, _ := e.create("sec2")
		_, err = e.Grant(t.Context(), e.admin, other.ID, rbac.Security, At{}, "再来一位")
		e.fails(err, model.Forbidden, "right.missing")
		again, err := e.EnsureFirstAdmin(t.Context(), Operator("cli:start"))
		if err != nil || again != nil {
			t.Errorf("got %v, %v", again, err)
		}
	})
}

func TestDemo(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		e := empty(t, url)
		cli := Operator("cli:demo")
		e.ok(e.RefuseDemo(t.Context()))
		first, err := e.EnsureFirstAdmin(t.Context(), cli)
		e.ok(err)
		_, err = e.EnsureDemo(t.Context(), cli, demoPassword)
		e.fails(err, model.Invalid, "demo.noUnits")
		e.addUnits("602", "701", "701/701001")
		_, err = e.EnsureDemo(t.Context(), cli, "short")
		e.fails(err, model.Invalid, "password.weak")
		for range 2 { // the second start changes nothing
			list, err := e.EnsureDemo(t.Context(), cli, demoPassword)
			if err != nil || len(list) != len(demoPlan) || list[0].Where != "单位701/701001" {
				t.Fatalf("got %+v, %v", list, err)
			}
		}
		unit, whole := root+"701/701001/", root+"602/"
		for login, right := range map[string]struct {
			action rbac.Action
			path   string
		}{
			"demo-preparer": {rbac.FilingSave, unit}, "demo-head": {rbac.FilingPass, unit}, "demo-reviewer": {rbac.FilingPass, unit},
			"demo-business": {rbac.FilingBlock, whole}, "demo-performance": {rbac.FilingBlock, whole}, "demo-bureau": {rbac.YearOpen, root},
			"demo-publisher": {rbac.DisclosurePublish, unit}, "demo-admin": {rbac.AccountSave, ""},
			"demo-security": {rbac.RoleAssign, ""}, "demo-auditor": {rbac.AuditRead, ""},
		} {
			signed, err := e.login(login, demoPassword)
			e.ok(err)
			id := e.who(signed.Token)
			if !id.Account.Demo || id.MustChange != "" || !e.can(id, right.action, right.path) {
				t.Errorf("%s can't: %+v", login, id)
			}
			_, err = e.ChangePassword(t.Context(), PasswordChange{Token: signed.Token, Old: demoPassword, New: goodPassword})
			e.fails(err, model.Forbidden, "demo.password")
		}
		e.fails(e.RefuseDemo(t.Context()), model.Conflict, "demo.database")
		admin := e.enter("admin", first.Password)
		_, _, err = e.CreateAccount(t.Context(), admin, "real", Profile{Name: "真人"})
		e.fails(err, model.Conflict, "demo.database")
		e.clock.advance(1000 * 24 * time.Hour)
		signed, err := e.login("demo-preparer", demoPassword)
		if err != nil || signed.MustChange != "" {
			t.Errorf("a demo's password has no end: %+v, %v", signed, err)
		}
	})
}

func TestNoDemoBesideRealAccounts(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		_, err := e.EnsureDemo(t.Context(), Operator("cli:demo"), demoPassword)
		e.fails(err, model.Conflict, "demo.real")
		_, err = e.login("demo-preparer", demoPassword)
		e.fails(err, model.Unauthenticated, "login.wrong")
	})
}
