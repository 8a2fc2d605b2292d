// Package reminder owns what people are reminded of (期限提醒): what their units still
// owe in the years that are open, computed from dates and states each time it runs.
// It keeps no queue: what was told already, the notices themselves say by their
// source, and of two that run at once the transaction that keeps a notice tells it.
// It must not know how acts are decided, nor how e-mail is sent.
package reminder

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/account"
	"biaochi/service/calendar"
	"biaochi/service/notice"
	"biaochi/service/tracking"
)

// Service is the use case over one store. It is safe for concurrent use, and any
// number may run over one database.
type Service struct {
	store    *store.Store
	accounts *account.Service
	tell     notice.Writer
	now      func() time.Time
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, accounts *account.Service, tell notice.Writer, now func() time.Time) *Service {
	return &Service{store: s, accounts: accounts, tell: tell, now: now}
}

// every is how often a running server looks. Steps are days; what a return or a moved
// date brings should not wait for the next morning.
const every = 10 * time.Minute

// Run reminds until the context ends.
func (s *Service) Run(ctx context.Context) {
	for {
		if _, err := s.Once(ctx); err != nil && ctx.Err() == nil {
			slog.Error("reminders failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// source is what a notice comes from: its year, and the key of the reminder.
func source(year int, key string) string { return fmt.Sprintf("due:%d/%s", year, key) }

// Once tells everybody what they are owed now and weren't told yet, and gives how many
// notices these are. One person's are one transaction, so that whoever is stopped
// midway leaves the rest for the next time.
func (s *Service) Once(ctx context.Context) (told int, err error) {
	var owed []debt
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		owed, err = s.owed(tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, d := range owed {
		n := 0
		err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
			n, err = s.tell.TellAll(tx, d.to, d.notices)
			return err
		})
		if err != nil {
			return told, err
		}
		told += n
	}
	return told, nil
}

// debt is what one person is to be told.
type debt struct {
	to      model.Account
	notices []model.Notice
}

// owed computes what nobody was told yet, by person.
func (s *Service) owed(tx *store.Tx) ([]debt, error) {
	years, err := tx.OpenYears()
	if err != nil || len(years) == 0 {
		return nil, err
	}
	people, err := s.accounts.Seated(tx)
	if err != nil {
		return nil, err
	}
	debts := map[model.ID]*debt{}
	for _, y := range years {
		round := gathering{tx: tx, region: y.RegionCode, year: y.Year, today: s.today()}
		if err := round.gather(); err != nil {
			return nil, err
		}
		round.remind(seatsOf(people), debts)
	}
	return fresh(tx, debts)
}

// today is the civil day in Beijing.
func (s *Service) today() model.Date {
	return model.Date(s.now().In(model.Beijing).Format(time.DateOnly))
}

// fresh leaves out what was told before, so that a look that finds nothing new writes
// nothing.
func fresh(tx *store.Tx, debts map[model.ID]*debt) (owed []debt, err error) {
	for _, d := range debts {
		sources := make([]string, len(d.notices))
		for i, n := range d.notices {
			sources[i] = n.Source
		}
		told, err := tx.NoticeSources(d.to.ID, sources)
		if err != nil {
			return nil, err
		}
		d.notices = slices.DeleteFunc(d.notices, func(n model.Notice) bool { return told[n.Source] })
		if len(d.notices) > 0 {
			owed = append(owed, *d)
		}
	}
	slices.SortFunc(owed, func(a, b debt) int { return cmp.Compare(a.to.ID, b.to.ID) })
	return owed, nil
}

// gathering is what one region's year owes.
type gathering struct {
	tx       *store.Tx
	region   string
	year     int
	today    model.Date
	calendar tracking.Calendar
	rules    tracking.Rules
	issued   bool                        // control figures were
	units    map[string]model.BudgetUnit // by path
	things   []thing
}

// gather reads the calendar and everything that may be owed in it.
func (g *gathering) gather() (err error) {
	if g.calendar, g.rules, err = calendar.Of(g.tx, g.region, g.year, model.RegionPath(g.region)); err != nil {
		return err
	}
	for _, read := range []func() error{g.round, g.named, g.records, g.sheets, g.clocks, g.corrections, g.bureau} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

// remind adds what is owed today to the debts of whoever has to do it.
func (g *gathering) remind(s seats, debts map[model.ID]*debt) {
	byKey, items := map[string]thing{}, make([]tracking.Item, len(g.things))
	for i, t := range g.things {
		byKey[string(t.Stage)+t.Key], items[i] = t, t.Item
	}
	never := func(string) bool { return false } // the notices themselves tell, by person
	for _, r := range g.calendar.Reminders(items, g.today, never) {
		t := byKey[string(r.Task.Stage)+r.Task.Key]
		for _, to := range t.who(s, t) {
			if debts[to.ID] == nil {
				debts[to.ID] = &debt{to: to}
			}
			debts[to.ID].notices = append(debts[to.ID].notices, model.Notice{
				Source: source(g.year, r.Key), Kind: model.NoticeDue, Text: t.text(r.Task, g.year),
				UnitID: t.unit, Year: g.year, RecordID: t.record,
			})
		}
	}
}
