package account

import (
	"slices"
	"sync"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
)

// TestSeparation tries every pair of roles on one person (三员分立).
func TestSeparation(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		at := func(role rbac.Role) At {
			if role.Installation() {
				return At{}
			}
			return e.unit("701001")
		}
		for i, first := range rbac.Assignable {
			for j, second := range rbac.Assignable {
				account, _ := e.create("p" + string(rune('a'+i)) + string(rune('a'+j)))
				e.grant(account.ID, first, at(first))
				_, err := e.Grant(t.Context(), e.security, account.ID, second, at(second), "试")
				switch {
				case first == second:
					e.fails(err, model.Conflict, "role.duplicate")
				case first.Installation() || second.Installation():
					e.fails(err, model.Conflict, "role.separation")
				default:
					e.ok(err)
				}
			}
		}
	})
}

// TestWhoMayGrant: the three duties do their own and no other's.
func TestWhoMayGrant(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, _ := e.create("qian")
		_, auditor := e.person("aud", rbac.Auditor, At{})
		_, reviewer := e.person("rev", rbac.Reviewer, bureau)
		_, nobody := e.person("nob", "", At{})
		for _, actor := range []Identity{e.admin, e.who(auditor), e.who(reviewer), e.who(nobody)} {
			_, err := e.Grant(t.Context(), actor, account.ID, rbac.Preparer, e.unit("701"), "试")
			e.fails(err, model.Forbidden, "right.missing")
			_, err = e.Grant(t.Context(), actor, account.ID, rbac.Security, At{}, "试") // there is one already
			e.fails(err, model.Forbidden, "right.missing")
		}
		for _, actor := range []Identity{e.security, e.who(auditor), e.who(reviewer), e.who(nobody)} {
			_, _, err := e.CreateAccount(t.Context(), actor, "new", Profile{Name: "新"})
			e.fails(err, model.Forbidden, "right.missing")
			_, err = e.ResetPassword(t.Context(), actor, account.ID, "试")
			e.fails(err, model.Forbidden, "right.missing")
			e.fails(e.SetDisabled(t.Context(), actor, account.ID, 1, true, "试"), model.Forbidden, "right.missing")
			_, err = e.UpdateAccount(t.Context(), actor, account.ID, 1, Profile{Name: "新"})
			e.fails(err, model.Forbidden, "right.missing")
		}
		_, err := e.Grant(t.Context(), e.security, e.security.Account.ID, rbac.Preparer, e.unit("701"), "试")
		e.fails(err, model.Forbidden, "role.self")
		_, err = e.Grant(t.Context(), e.security, account.ID, rbac.Preparer, e.unit("701"), " ")
		e.fails(err, model.Invalid, "reason.missing")
		for _, c := range []struct {
			role   rbac.Role
			at     At
			code   model.Code
			reason string
		}{
			{rbac.Preparer, At{}, model.Invalid, "assignment.place"},
			{rbac.Preparer, At{UnitID: 5}, model.NotFound, "unit.notFound"},
			{rbac.Reviewer, At{RegionCode: "999999999"}, model.NotFound, "region.notFound"},
			{rbac.Leader, bureau, model.Invalid, "assignment.role"},
			{"king", bureau, model.Invalid, "assignment.role"},
			{rbac.Auditor, bureau, model.Invalid, "assignment.installation"},
			{rbac.Auditor, e.unit("701"), model.Invalid, "assignment.installation"},
		} {
			_, err := e.Grant(t.Context(), e.security, account.ID, c.role, c.at, "试")
			e.fails(err, c.code, c.reason)
		}
		got := e.events(eventGrant)
		for _, want := range []string{"admin role.grant  right.missing", "nob role.grant  right.missing", "sec role.grant sec role.self",
			"sec role.grant qian reason.missing", "sec role.grant qian assignment.installation"} {
			if !slices.Contains(got, want) {
				t.Errorf("refused attempts are missing: %q", got)
			}
		}
	})
}

func TestARevokedRightEndsAtOnce(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, token := e.person("wu", "", At{})
		id := e.grant(account.ID, rbac.Reviewer, e.unit("701"))
		other := instance(t, e.store, e.clock)
		servers := []*Service{e.Service, other}
		may := func(s *Service) bool {
			who, err := s.Authenticate(t.Context(), token)
			e.ok(err)
			return e.can(who, rbac.FilingPass, root+"701/701001/")
		}
		for _, s := range servers {
			for range 2 { // read, then from memory
				if !may(s) {
					t.Fatal("the right is missing")
				}
			}
		}
		e.ok(e.Revoke(t.Context(), e.security, id, "调离"))
		for _, s := range servers { // the clock hasn't moved
			if may(s) {
				t.Error("the right outlived its end")
			}
		}
		e.fails(e.Revoke(t.Context(), e.security, id, "调离"), model.NotFound, "role.notFound")
		e.ok(e.SetDisabled(t.Context(), e.admin, account.ID, e.version("wu"), true, "离职"))
		for _, s := range servers {
			_, err := s.Authenticate(t.Context(), token)
			e.fails(err, model.Unauthenticated, "session.ended")
		}
		_, err := e.login("wu", goodPassword)
		e.fails(err, model.Unauthenticated, "login.disabled")
		_, err = e.login("wu", "wrong")
		e.fails(err, model.Unauthenticated, "login.wrong")
		_, err = e.Grant(t.Context(), e.security, account.ID, rbac.Preparer, e.unit("701"), "试")
		e.fails(err, model.Conflict, "account.disabled")
		e.ok(e.SetDisabled(t.Context(), e.admin, account.ID, e.version("wu"), false, "复职"))
		_, err = e.login("wu", goodPassword)
		e.ok(err)
	})
}

// TestAnActorIsReadAnew: whoever lost a right a moment ago can't use what was read before.
func TestAnActorIsReadAnew(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		second, token := e.person("sec2", rbac.Security, At{})
		stale := e.who(token)
		account, _ := e.create("feng")
		e.ok(e.Revoke(t.Context(), e.security, stale.Held[0].ID, "轮岗"))
		_, err := e.Grant(t.Context(), stale, account.ID, rbac.Preparer, e.unit("701"), "试")
		e.fails(err, model.Forbidden, "right.missing")
		e.ok(e.SetDisabled(t.Context(), e.admin, second.ID, e.version("sec2"), true, "离职"))
		_, err = e.Grant(t.Context(), stale, account.ID, rbac.Preparer, e.unit("701"), "试")
		e.fails(err, model.Unauthenticated, "login.disabled")
	})
}

// version is the account's optimistic lock as a page would have it.
func (e *env) version(login string) (version int) {
	e.t.Helper()
	list, _, err := e.Accounts(e.t.Context(), e.admin, AccountQuery{Text: login})
	e.ok(err)
	for _, a := range list {
		if a.Login == login {
			version = a.Version
		}
	}
	return version
}

func TestTheLastOnesStay(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		second, password := e.create("admin2")
		e.grant(second.ID, rbac.Admin, At{})
		other := e.enter("admin2", password)
		e.fails(e.SetDisabled(t.Context(), e.admin, e.admin.Account.ID, e.version("admin"), true, "试"), model.Forbidden, "account.self")
		e.fails(e.SetDisabled(t.Context(), e.admin, e.security.Account.ID, e.version("sec"), true, "试"), model.Conflict, "role.last")
		e.ok(e.SetDisabled(t.Context(), other, e.admin.Account.ID, e.version("admin"), true, "轮岗"))
		e.fails(e.Revoke(t.Context(), e.security, other.Held[0].ID, "试"), model.Conflict, "role.last")
		e.fails(e.Revoke(t.Context(), e.security, e.security.Held[0].ID, "试"), model.Forbidden, "role.self")
		e.ok(e.Revoke(t.Context(), e.security, e.admin.Held[0].ID, "已停用"))
	})
}

// TestParallelRevokes: two security administrators who revoke each other at the same
// moment leave one.
func TestParallelRevokes(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		_, token := e.person("sec2", rbac.Security, At{})
		a, b := e.security, e.who(token)
		errs := make([]error, 2)
		var wg sync.WaitGroup
		wg.Go(func() { errs[0] = e.Revoke(t.Context(), a, b.Held[0].ID, "试") })
		wg.Go(func() { errs[1] = e.Revoke(t.Context(), b, a.Held[0].ID, "试") })
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("got %v and %v", errs[0], errs[1])
		}
	})
}

func TestAccountsAreKept(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, _ := e.create("jiang")
		_, _, err := e.CreateAccount(t.Context(), e.admin, "JIANG", Profile{Name: "另一个"})
		e.fails(err, model.Conflict, "account.duplicate")
		for login, profile := range map[string]Profile{
			"x": {Name: "短"}, "张三": {Name: "字"}, "a b": {Name: "空"}, "demo-x": {Name: "演示"}, "anonymous": {Name: "无"},
			"cli:root": {Name: "命令行"}, "okay": {}, "okay2": {Name: "x", Phone: "abc"}, "okay3": {Name: "x", Email: "abc"},
		} {
			_, _, err := e.CreateAccount(t.Context(), e.admin, login, profile)
			if f := e.fails(err, model.Invalid, "account.invalid").Fields; len(f) != 1 {
				t.Errorf("%s: %v", login, f)
			}
		}
		changed, err := e.UpdateAccount(t.Context(), e.admin, account.ID, 1, Profile{Name: "蒋一", Phone: "010-1234567", Email: "j@x.cn"})
		e.ok(err)
		if changed.Name != "蒋一" || changed.Version != 2 || changed.PasswordHash != "" {
			t.Errorf("got %+v", changed)
		}
		_, err = e.UpdateAccount(t.Context(), e.admin, account.ID, 1, Profile{Name: "蒋二"})
		e.fails(err, model.Conflict, "account.changed")
		_, err = e.UpdateAccount(t.Context(), e.admin, 5, 1, Profile{Name: "蒋二"})
		e.fails(err, model.NotFound, "account.notFound")
		e.fails(e.SetDisabled(t.Context(), e.admin, account.ID, 1, true, "试"), model.Conflict, "account.changed")
		e.fails(e.SetDisabled(t.Context(), e.admin, account.ID, 2, true, ""), model.Invalid, "reason.missing")
		e.grant(account.ID, rbac.Preparer, e.unit("701001"))
		e.grant(account.ID, rbac.Publisher, e.unit("701"))
		list, total, err := e.Accounts(t.Context(), e.security, AccountQuery{Text: "蒋", Limit: 1})
		if err != nil || total != 1 || len(list) != 1 || len(list[0].Held) != 2 || list[0].Held[0].UnitName != "单位701/701001" {
			t.Errorf("got %+v, %d, %v", list, total, err)
		}
		roles, err := e.Roles(t.Context(), e.security, 0, e.units["701"])
		if err != nil || len(roles) != 1 || roles[0].Login != "jiang" || len(roles[0].Held) != 1 || roles[0].Held[0].Role != rbac.Publisher {
			t.Errorf("got %+v, %v", roles, err)
		}
		_, err = e.Roles(t.Context(), e.admin, 0, 0)
		e.fails(err, model.Forbidden, "right.missing")
	})
}

func TestResetPassword(t *testing.T) {
	eachEnv(t, func(t *testing.T, e *env) {
		account, token := e.person("han", "", At{})
		for range 5 {
			_, _ = e.login("han", "wrong")
		}
		_, err := e.ResetPassword(t.Context(), e.admin, account.ID, "")
		e.fails(err, model.Invalid, "reason.missing")
		_, err = e.ResetPassword(t.Context(), e.admin, e.admin.Account.ID, "试")
		e.fails(err, model.Forbidden, "account.self")
		password, err := e.ResetPassword(t.Context(), e.admin, account.ID, "忘记密码")
		e.ok(err)
		_, err = e.Authenticate(t.Context(), token)
		e.fails(err, model.Unauthenticated, "session.ended")
		signed, err := e.login("han", password)
		e.ok(err)
		if signed.MustChange == "" {
			t.Error("a one-time password was taken as one's own")
		}
		if _, err := e.ResetPassword(t.Context(), Operator("cli:root@host"), e.admin.Account.ID, "管理员忘记密码"); err != nil {
			t.Error(err)
		}
		want := []string{"admin account.reset han reason.missing", "admin account.reset admin account.self", "admin account.reset han", "cli:root@host account.reset admin"}
		if got := e.events(eventReset); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}
