package attachment_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/attachment"
	"biaochi/service/exchange"
	"biaochi/service/execution"
)

// bench is a store with an approved project of a unit, and the two services that its
// evidence passes through.
type bench struct {
	*attachment.Service
	*testing.T
	tracked *execution.Service
	record  model.ID
	path    string // of the unit
}

func eachBench(t *testing.T, test func(b *bench)) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		rights, err := rbac.New()
		if err != nil {
			t.Fatal(err)
		}
		tracked := execution.NewService(s, rights, time.Now)
		b := &bench{attachment.NewService(s, rights, tracked, attachment.Settings{Directory: t.TempDir()}), t, tracked, 0, ""}
		b.approve(s)
		test(b)
	})
}

func (b *bench) approve(s *store.Store) {
	b.Helper()
	sheet := &model.SheetContent{Approval: &model.ApprovalRef{Number: "1号", Date: "2023-01-20"}, Unit: model.UnitHeader{Code: "701", Name: "某局", Kind: model.Administrative}}
	project := model.ProjectContent{Code: "P1", Name: "项目", FunctionCode: "2080101", Form: &model.Form{AnnualGoal: "完成"}}
	_, err := exchange.NewService(s, time.Now).Import(b.Context(), exchange.New(2023, sheet, []model.ProjectContent{project}),
		exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"})
	b.must(err)
	b.must(s.Read(b.Context(), func(tx *store.Tx) error {
		unit, err := tx.UnitByCode(store.Everything(), model.DefaultRegionCode, "701")
		if err != nil {
			return err
		}
		record, _, err := tx.RecordOf(store.Everything(), model.FilingRecord, unit.ID, 2023, "P1")
		b.record, b.path = record.ID, unit.Path
		return err
	}))
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// identity is a preparer of the unit.
func (b *bench) identity() account.Identity {
	seat := rbac.Assignment{Role: rbac.Preparer, Place: rbac.Department, UnitPath: b.path}
	return account.Identity{Account: model.Account{Login: "jb"}, Held: []account.Held{{Assignment: seat}}}
}

func (b *bench) person() rbac.Person {
	return rbac.Person{Login: "jb", Assignments: b.identity().Assignments()}
}

func (b *bench) order(ctx context.Context) (execution.CorrectionView, model.Backed) {
	b.Helper()
	c, err := b.tracked.OrderCorrection(ctx, execution.Operator("cz", model.DefaultRegionCode), execution.CorrectionOrder{
		RecordID: b.record, What: "落后", Responsible: "某科", Due: "2099-09-30",
	})
	b.must(err)
	return c, model.Backed{Purpose: model.ForCorrection, Part: c.ID.String()}
}

func pdf(n int) *strings.Reader { return strings.NewReader(fmt.Sprintf("%%PDF-1.7\n%d", n)) }

// The same file backs up two things, and each has its own.
func TestEvidenceIsOfOneThing(t *testing.T) {
	eachBench(t, func(b *bench) {
		ctx := b.Context()
		_, first := b.order(ctx)
		_, second := b.order(ctx)
		for _, of := range []model.Backed{first, second, {RecordID: b.record, Purpose: model.ForMonitoring, Part: "1-7"}} {
			if _, err := b.Add(ctx, b.identity(), of, "佐证.pdf", pdf(0)); err != nil {
				b.Errorf("%v: %v", of, err)
			}
			if _, err := b.Add(ctx, b.identity(), of, "再传.pdf", pdf(0)); model.ReasonOf(err) != "attachment.duplicate" {
				b.Errorf("%v twice: %v", of, err)
			}
			if list, err := b.List(ctx, b.identity(), of); err != nil || len(list.Attachments) != 1 || len(list.Allowed) != 2 {
				b.Errorf("%v: %+v %v", of, list, err)
			}
		}
		for _, missing := range []model.Backed{
			{Purpose: model.ForCorrection, Part: "7"}, {RecordID: b.record, Purpose: model.ForMonitoring, Part: "13"}, {RecordID: b.record, Purpose: model.ForWhole},
		} {
			if _, err := b.List(ctx, b.identity(), missing); model.CodeOf(err) != model.NotFound {
				b.Errorf("%v is there: %v", missing, err)
			}
		}
	})
}

// While somebody replies, somebody else takes the only file away: either the reply
// comes first and the file stays, or the reply is refused.
func TestAReplyKeepsItsOnlyFile(t *testing.T) {
	eachBench(t, func(b *bench) {
		for n := range 10 {
			c, of := b.order(b.Context())
			file, err := b.Add(b.Context(), b.identity(), of, "佐证.pdf", pdf(n))
			b.must(err)
			var replied, removed error
			var both sync.WaitGroup
			both.Go(func() {
				_, replied = b.tracked.ReplyCorrection(b.Context(), b.person(), c.ID, c.Version, "已补", "")
			})
			both.Go(func() { removed = b.Remove(b.Context(), b.identity(), file.ID, "") })
			both.Wait()
			if got := model.ReasonOf(replied) + "/" + model.ReasonOf(removed); got != "/attachment.state" && got != "correction.evidence/" {
				b.Errorf("replied: %v, removed: %v", replied, removed)
			}
		}
	})
}
