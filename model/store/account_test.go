package store_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

func person(t *testing.T, s *store.Store, login string) model.Account {
	t.Helper()
	a := model.Account{Login: login, Name: "姓名" + login, PasswordHash: "hash", PasswordAt: someDay, CreatedAt: someDay, CreatedBy: "cli:test"}
	write(t, s, func(tx *store.Tx) error { return tx.AddAccount(&a) })
	return a
}

func TestAccounts(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		a := person(t, s, "zhang")
		err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(&model.Account{Login: "zhang"}) })
		expect(t, err, model.Conflict, "account.duplicate")
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(&model.Account{Login: strings.Repeat("x", 65)}) })
		expect(t, err, model.Invalid, "store.tooLong")
		stale, until := a, someDay.Add(time.Minute)
		a.Name, a.LockedUntil, a.LastLoginAt, a.Disabled = "改名", &until, &until, true
		write(t, s, func(tx *store.Tx) error { return tx.UpdateAccount(&a) })
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.UpdateAccount(&stale) })
		expect(t, err, model.Conflict, "account.changed")
		if stale.Version != 1 || a.Version != 2 {
			t.Errorf("versions %d and %d", stale.Version, a.Version)
		}
		for name, get := range map[string]func(tx *store.Tx) (model.Account, error){
			"id": func(tx *store.Tx) (model.Account, error) { return tx.Account(a.ID) }, "login": func(tx *store.Tx) (model.Account, error) { return tx.AccountByLogin("zhang") },
			"lock": func(tx *store.Tx) (model.Account, error) { return tx.LockAccount(a.ID) },
		} {
			write(t, s, func(tx *store.Tx) error {
				got, err := get(tx)
				if got.LockedUntil == nil || !got.LockedUntil.Equal(until) || got.LockedUntil.Location() != time.UTC || got.Name != "改名" ||
					got.PasswordAt != someDay || got.CreatedAt != someDay || !got.Disabled || got.Version != 2 {
					t.Errorf("%s: got %+v", name, got)
				}
				return err
			})
		}
		for _, get := range []func(tx *store.Tx) (model.Account, error){
			func(tx *store.Tx) (model.Account, error) { return tx.Account(5) },
			func(tx *store.Tx) (model.Account, error) { return tx.AccountByLogin("Zhang") },
			func(tx *store.Tx) (model.Account, error) { return tx.LockAccount(5) },
		} {
			err := s.InTx(t.Context(), func(tx *store.Tx) error { _, err := get(tx); return err })
			expect(t, err, model.NotFound, "account.notFound")
		}
		a.FailedCount, a.LockedUntil, a.PasswordHash, a.Name = 3, nil, "anew", "不存"
		write(t, s, func(tx *store.Tx) error { return tx.SetLogin(&a) })
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Account(a.ID)
			if got.FailedCount != 3 || got.LockedUntil != nil || got.PasswordHash != "anew" || got.Name != "改名" || got.Version != 2 {
				t.Errorf("got %+v", got)
			}
			return err
		})
	})
}

func TestAccountsAreListed(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		for _, login := range []string{"wang", "a_b", "axb", "li%"} {
			person(t, s, login)
		}
		yes, no := true, false
		for want, filter := range map[string]store.AccountFilter{
			"a_b axb li% wang 4": {}, "a_b 1": {Text: "a_b"}, "li% 1": {Text: "%"}, "wang 1": {Text: "姓名wa"}, "li% 4": {Limit: 1, Offset: 2},
			" 0": {Demo: &yes}, "a_b axb 4": {Disabled: &no, Limit: 2},
		} {
			read(t, s, func(tx *store.Tx) error {
				list, total, err := tx.Accounts(filter)
				var logins []string
				for _, a := range list {
					logins = append(logins, a.Login)
				}
				if got := strings.Join(logins, " ") + " " + string(rune('0'+total)); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				return err
			})
		}
	})
}

func TestCountsUnderTheLockOfAnAccount(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		a := person(t, s, "zhang")
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				err := s.InTx(t.Context(), func(tx *store.Tx) error {
					got, err := tx.LockAccount(a.ID)
					if err != nil {
						return err
					}
					got.FailedCount++
					return tx.SetLogin(&got)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Account(a.ID)
			if got.FailedCount != 20 {
				t.Errorf("%d of 20 were counted", got.FailedCount)
			}
			return err
		})
	})
}

func TestPasswordHistory(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		a, b := person(t, s, "a"), person(t, s, "b")
		write(t, s, func(tx *store.Tx) error {
			for _, hash := range []string{"1", "2", "3", "4"} {
				if err := tx.AddPasswordHistory(&model.PasswordHistory{AccountID: a.ID, Hash: hash}, 3); err != nil {
					return err
				}
			}
			return tx.AddPasswordHistory(&model.PasswordHistory{AccountID: b.ID, Hash: "x"}, 3)
		})
		read(t, s, func(tx *store.Tx) error {
			history, err := tx.PasswordHistory(a.ID)
			var hashes []string
			for _, h := range history {
				hashes = append(hashes, h.Hash)
			}
			if !slices.Equal(hashes, []string{"4", "3", "2"}) {
				t.Errorf("got %v", hashes)
			}
			return err
		})
	})
}

func TestSessions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		a, b := person(t, s, "a"), person(t, s, "b")
		open := func(hash string, account model.ID, seen, expires time.Duration) {
			write(t, s, func(tx *store.Tx) error {
				return tx.AddSession(&model.Session{TokenHash: hash, AccountID: account, CreatedAt: someDay,
					LastSeenAt: someDay.Add(seen), ExpiresAt: someDay.Add(expires), UserAgent: "u", Address: "::1"})
			})
		}
		open("live", a.ID, time.Hour, 9*time.Hour)
		open("idle", a.ID, 0, 9*time.Hour)
		open("over", a.ID, time.Hour, 2*time.Hour)
		open("other", b.ID, 0, time.Hour)
		has := func(hash string) (found bool) {
			read(t, s, func(tx *store.Tx) error {
				live, err := tx.Session(hash)
				if err != nil {
					expect(t, err, model.NotFound, "session.notFound")
					return nil
				}
				found = live.TokenHash == hash && live.AccountVersion == 1 && live.RightsVersion == 1 && live.CreatedAt == someDay && live.Address == "::1"
				return nil
			})
			return found
		}
		write(t, s, func(tx *store.Tx) error {
			return tx.EndStaleSessions(a.ID, someDay.Add(2*time.Hour), someDay.Add(30*time.Minute))
		})
		if !has("live") || has("idle") || has("over") || !has("other") {
			t.Error("the wrong sessions ended")
		}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.TouchSession("live", someDay.Add(3*time.Hour)); err != nil {
				return err
			}
			return tx.TouchSession("live", someDay) // a request that was overtaken
		})
		read(t, s, func(tx *store.Tx) error {
			live, err := tx.Session("live")
			if live.LastSeenAt != someDay.Add(3*time.Hour) {
				t.Errorf("got %v", live.LastSeenAt)
			}
			return err
		})
		write(t, s, func(tx *store.Tx) error {
			first, err := tx.EndSession("other")
			second, err2 := tx.EndSession("other")
			if !first || second || err2 != nil {
				t.Errorf("got %v, %v, %v", first, second, err2)
			}
			return err
		})
		write(t, s, func(tx *store.Tx) error { return tx.EndSessions(a.ID) })
		if has("live") || has("other") {
			t.Error("sessions are left")
		}
	})
}

func TestRightsVersion(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.BumpRights() }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		read(t, s, func(tx *store.Tx) error {
			version, err := tx.RightsVersion()
			if version != 11 {
				t.Errorf("got %d", version)
			}
			return err
		})
	})
}

func TestRoleAssignments(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "701/701001", "702", "YW")
		a, b := person(t, s, "a"), person(t, s, "b")
		roles := []model.RoleAssignment{
			{AccountID: a.ID, Role: "reviewer", UnitID: units["701"].ID, GrantedBy: "sec", GrantedAt: someDay},
			{AccountID: a.ID, Role: "reviewer", RegionCode: model.DefaultRegionCode},
			{AccountID: b.ID, Role: "reviewer", UnitID: units["YW"].ID},
			{AccountID: b.ID, Role: "preparer", UnitID: units["702"].ID},
		}
		write(t, s, func(tx *store.Tx) error {
			for i := range roles {
				if err := tx.AddRoleAssignment(&roles[i]); err != nil {
					return err
				}
			}
			office := &model.UnitOffice{UnitID: units["YW"].ID, Duty: "business", Leads: true, OwnRecords: true}
			return tx.SaveOffice(office, []model.ID{units["702"].ID, units["701"].ID})
		})
		again := roles[1]
		again.ID = 0
		err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddRoleAssignment(&again) })
		expect(t, err, model.Conflict, "role.duplicate")
		for want, q := range map[string]struct {
			scope  store.Scope
			filter store.RoleFilter
		}{
			"a 701|a -|b YW office business|b 702": {store.Everything(), store.RoleFilter{}},
			"a 701|a -":                            {store.Everything(), store.RoleFilter{AccountIDs: []model.ID{a.ID, 5}}},
			"a 701":                                {store.Subtrees(units["701"].Path), store.RoleFilter{}},
			"b 702":                                {store.Everything(), store.RoleFilter{Role: "preparer"}},
			"b YW office business":                 {store.Subtrees(region), store.RoleFilter{UnitID: units["YW"].ID}},
			"a -":                                  {store.Everything(), store.RoleFilter{ID: roles[1].ID}},
			"":                                     {store.Scope{}, store.RoleFilter{}},
		} {
			read(t, s, func(tx *store.Tx) error {
				list, err := tx.RoleAssignments(q.scope, q.filter)
				if got := describe(list, a.ID); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
				return err
			})
		}
		write(t, s, func(tx *store.Tx) error { return tx.RemoveRoleAssignment(roles[0].ID) })
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.RemoveRoleAssignment(roles[0].ID) })
		expect(t, err, model.NotFound, "role.notFound")
	})
}

func describe(list []store.SeatedRole, a model.ID) string {
	var out []string
	for _, r := range list {
		text := "b "
		if r.AccountID == a {
			text = "a "
		}
		if r.UnitCode == "" {
			r.UnitCode = "-"
		}
		text += r.UnitCode
		if r.IsOffice && r.Leads && r.OwnRecords {
			text += " office " + r.Duty
		}
		out = append(out, text)
	}
	return strings.Join(out, "|")
}

func TestOffices(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "702", "YW")
		office := model.UnitOffice{UnitID: units["YW"].ID, Duty: "business"}
		write(t, s, func(tx *store.Tx) error {
			return tx.SaveOffice(&office, []model.ID{units["702"].ID, units["701"].ID})
		})
		again := model.UnitOffice{UnitID: units["YW"].ID}
		err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveOffice(&again, nil) })
		expect(t, err, model.Conflict, "office.changed")
		stale := office
		office.Leads = true
		write(t, s, func(tx *store.Tx) error { return tx.SaveOffice(&office, []model.ID{units["701"].ID}) })
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveOffice(&stale, nil) })
		expect(t, err, model.Conflict, "office.changed")
		read(t, s, func(tx *store.Tx) error {
			offices, err := tx.Offices(store.Everything(), 0)
			if err != nil || len(offices) != 1 || offices[0].UnitOffice != office || offices[0].UnitCode != "YW" || office.Version != 2 {
				t.Errorf("got %+v, %v", offices, err)
			}
			hidden, err := tx.Offices(store.Subtrees(units["701"].Path), office.UnitID)
			departments, err2 := tx.OfficeDepartments([]model.ID{office.UnitID, 5})
			if list := departments[office.UnitID]; len(hidden) != 0 || err2 != nil || !slices.Equal(codes(list), []string{"701"}) {
				t.Errorf("got %v and %v", hidden, departments)
			}
			_, err3 := tx.UnitByID(store.Subtrees(units["701"].Path), office.UnitID)
			expect(t, err3, model.NotFound, "unit.notFound")
			unit, err3 := tx.UnitByID(store.Everything(), office.UnitID)
			if err3 != nil || unit != *units["YW"] {
				t.Errorf("got %+v, %v", unit, err3)
			}
			return err
		})
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.RemoveOffice(office.UnitID, 1) })
		expect(t, err, model.Conflict, "office.changed")
		write(t, s, func(tx *store.Tx) error { return tx.RemoveOffice(office.UnitID, 2) })
		read(t, s, func(tx *store.Tx) error {
			departments, err := tx.OfficeDepartments([]model.ID{office.UnitID})
			if len(departments) != 0 {
				t.Errorf("got %v", departments)
			}
			return err
		})
	})
}

func TestDeputies(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		d := model.Deputy{AccountID: 7, DeputyID: 8, From: someDay, Until: someDay.Add(time.Hour), Reason: "出差", NamedBy: "a", NamedAt: someDay}
		write(t, s, func(tx *store.Tx) error { return tx.AddDeputy(&d) })
		for _, c := range []struct {
			filter store.DeputyFilter
			want   int
		}{
			{store.DeputyFilter{}, 1}, {store.DeputyFilter{AccountID: 7}, 1}, {store.DeputyFilter{AccountID: 8}, 0}, {store.DeputyFilter{DeputyID: 8}, 1},
			{store.DeputyFilter{ID: d.ID, After: someDay.Add(time.Hour - time.Millisecond)}, 1}, {store.DeputyFilter{After: someDay.Add(time.Hour)}, 0},
		} {
			read(t, s, func(tx *store.Tx) error {
				list, err := tx.Deputies(c.filter)
				if len(list) != c.want || c.want == 1 && list[0] != d {
					t.Errorf("%+v: got %+v, want %+v", c.filter, list, d)
				}
				return err
			})
		}
		write(t, s, func(tx *store.Tx) error { return tx.EndDeputy(d.ID, someDay.Add(time.Minute)) })
		err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.EndDeputy(5, someDay) })
		expect(t, err, model.NotFound, "deputy.notFound")
	})
}
