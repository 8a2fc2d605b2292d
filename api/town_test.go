package api_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/filing"
	"biaochi/service/notice"
)

// town is a server of a region with departments 701 (with units 701001 and 701002)
// and 702 and two offices, where anybody can be given a desk.
type town struct {
	office
	accounts *account.Service
	store    *store.Store
	units    map[string]model.BudgetUnit // by code
	// attachments is the directory where they lie.
	attachments string
}

const goodPassword = "Tk7-lamp-Grove"

func newTown(t *testing.T) *town {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	accounts, enforcer := accountsOf(t, s)
	attachments := attachmentsIn(t)
	server, err := api.New(s, accounts, enforcer, api.Attachments(attachments))
	if err != nil {
		t.Fatal(err)
	}
	w := &town{office: office{T: t, Server: httptest.NewServer(server)}, accounts: accounts, store: s, units: map[string]model.BudgetUnit{}, attachments: attachments.Directory}
	t.Cleanup(func() {
		w.Close()
		_ = s.Close()
	})
	w.build("701", "701/701001", "701/701002", "702", "YW", "JX")
	return w
}

func (w *town) build(paths ...string) {
	w.Helper()
	w.must(w.store.InTx(w.Context(), func(tx *store.Tx) error {
		for _, path := range paths {
			parts := strings.Split(path, "/")
			unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: parts[len(parts)-1], Name: "单位" + path,
				Kind: model.PublicInstitution, Path: model.RegionPath(model.DefaultRegionCode) + path + "/"}
			if len(parts) > 1 {
				unit.ParentCode = parts[0]
			}
			if err := tx.AddUnit(&unit); err != nil {
				return err
			}
			w.units[unit.Code] = unit
		}
		return nil
	}))
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// at is the place of a unit, the region's root for "region", else the installation.
func (w *town) at(code string) account.At {
	switch code {
	case "":
		return account.At{}
	case "region":
		return account.At{RegionCode: model.DefaultRegionCode}
	}
	return account.At{UnitID: w.units[code].ID}
}

// desk makes an account with a role at a place and logs it in.
func (w *town) desk(login string, role rbac.Role, place string) *desk {
	w.Helper()
	operator := account.Operator("test")
	made, password, err := w.accounts.CreateAccount(w.Context(), operator, login, account.Profile{Name: "某" + login})
	w.must(err)
	_, err = w.accounts.Grant(w.Context(), operator, made.ID, role, w.at(place), "上岗")
	w.must(err)
	d := &desk{office: w.office, id: made.ID.String()}
	d.expect(d.logIn(login, password), 201)
	d.expect(d.do("POST", "/session/password", map[string]string{"oldPassword": password, "newPassword": goodPassword}), 200)
	return d
}

func (w *town) id(code string) string { return w.units[code].ID.String() }

// filings are the use cases of filing over the same store.
func (w *town) filings() *filing.Service {
	w.Helper()
	rights, err := rbac.New()
	w.must(err)
	notices := notice.NewService(w.store, w.accounts, notice.Writer{})
	return filing.NewService(w.store, rights, time.Now, filing.Settings{Tell: notices.Filed})
}
