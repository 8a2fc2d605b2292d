package execution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/spreadsheet"
	"biaochi/service/tracking"
)

// PaymentImport is a file of payments that somebody brings in.
type PaymentImport struct {
	Region string
	Year   int
	File   PaymentFile
	// Columns says which field a column of the file is, by its name; what it says is
	// remembered for the region once the import succeeds.
	Columns map[string]string
	// Preview does everything and keeps nothing.
	Preview bool
}

// Imported is what an import came to, or would come to.
type Imported struct {
	BatchID    model.ID          `json:"batchId,omitzero"`
	Preview    bool              `json:"preview"`
	Rows       int               `json:"rows"`
	Added      int               `json:"added"`
	Duplicates int               `json:"duplicates"` // counted once: there before, or twice in the file
	Amount     Fen               `json:"amount"`     // of those added
	Columns    map[string]string `json:"columns"`    // the column of each field
	Notes      []model.Problem   `json:"notes"`      // what stands out, by row
	// Faults are what a preview finds wrong, by row; with any of them the import will be
	// refused. Beyond a number they are counted alone.
	Faults     []model.Problem `json:"faults,omitempty"`
	FaultCount int             `json:"faultCount,omitempty"`
}

// Fen is an amount that may be negative, in yuan.
type Fen model.Money

// MarshalText writes the amount in yuan.
func (f Fen) MarshalText() ([]byte, error) { return []byte(model.Money(f).Yuan()), nil }

// UnmarshalText reads what MarshalText writes.
func (f *Fen) UnmarshalText(text []byte) error {
	digits, negative := strings.CutPrefix(string(text), "-")
	m, err := model.ParseMoney(digits)
	if *f = Fen(m); negative {
		*f = -*f
	}
	return err
}

// What stands out about a payment without being wrong.
const (
	FlagOver     = "overBudget" // more was paid than the budget of the project and fund kind
	FlagNegative = "negative"   // money that came back
	FlagLate     = "late"       // paid long before it came in
)

// maxFaults is how many faults of a file are listed.
const maxFaults = 200

// errPreview takes back what a preview did.
var errPreview = errors.New("preview")

// ImportPayments brings a file of payments in, all of it or nothing. A payment whose
// reference is there already is counted once; the same reference with another
// content is a fault. More than the budget, money that came back and late ones are
// noted with their row and come in. A preview keeps nothing and gives the faults in its
// answer.
// Errors: those of spreadsheet.Read; Invalid "payments.columns", "payments.empty", or
// "payments.refused" with every fault by row in Fields; Forbidden "right.missing";
// NotFound "region.notFound".
func (s *Service) ImportPayments(ctx context.Context, p Person, in PaymentImport) (Imported, error) {
	sheet, err := in.File.table()
	if err != nil {
		return Imported{}, err
	}
	var result Imported
	event := model.Event{Actor: p.Login, Action: rbac.PaymentsImport.Name, Year: in.Year}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.mayImport(p, in.Region); err != nil {
			return err
		}
		im := importing{Service: s, tx: tx, person: p, action: rbac.PaymentsImport, in: in, today: s.today()}
		err := im.run(sheet)
		result = im.result
		if err != nil {
			return err
		}
		e.Note("imported", result)
		if in.Preview {
			return errPreview
		}
		return nil
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return result, err
}

// mayImport refuses whoever may bring payments for no unit of a region.
func (s *Service) mayImport(p Person, region string) error {
	root := model.RegionPath(region)
	reach := s.rights.Reach(p.Assignments, rbac.PaymentsImport)
	within := func(path string) bool { return model.Within(path, root) }
	if reach.CoversBelow(root) || slices.ContainsFunc(reach.Below, within) || slices.ContainsFunc(reach.Exactly, within) {
		return nil
	}
	return s.rights.Check(p.Assignments, rbac.PaymentsImport, root)
}

// importing is one import under way.
type importing struct {
	*Service
	tx     *store.Tx
	person Person
	action rbac.Action
	in     PaymentImport
	today  model.Date
	result Imported
	list   []paid
	faults []model.Problem
	late   model.Date // paid before that day is late
}

func (im *importing) run(sheet spreadsheet.Sheet) error {
	if err := im.begin(); err != nil {
		return err
	}
	kept, err := im.tx.PaymentColumns(im.in.Region)
	if err != nil {
		return err
	}
	l, err := layoutOf(sheet, im.in.Columns, kept)
	if err != nil {
		return err
	}
	im.list, im.faults = readRows(sheet.Rows, l, im.in.Year, im.today)
	im.result = Imported{Preview: im.in.Preview, Rows: len(im.list), Columns: l.named, Notes: []model.Problem{}}
	if len(im.list) == 0 && len(im.faults) == 0 {
		return model.Fail(model.Invalid, "payments.empty", "%s 中没有支付数据", im.in.File.Name)
	}
	if err := im.settle(); err != nil {
		return err
	}
	return im.remember()
}

// begin finds the region and what its rules call late.
func (im *importing) begin() error {
	region, err := im.tx.Region(im.in.Region)
	if err != nil {
		return err
	}
	rules, err := tracking.RulesFor(region.SetKey, im.in.Year)
	im.late = before(im.today, rules.Monitoring.LateDays)
	return err
}

// settle matches what was read, and keeps it or refuses it all.
func (im *importing) settle() error {
	for _, step := range []func() error{im.locate, im.dropDuplicates, im.weigh, im.refuse, im.keep} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func before(day model.Date, days int) model.Date {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	return model.Date(at.AddDate(0, 0, -days).Format(time.DateOnly))
}

func (im *importing) bad(p paid, field, format string, args ...any) {
	im.faults = append(im.faults, fault(p.row, field, format, args...))
}

func (im *importing) note(p *paid, flag, format string, args ...any) {
	p.Flags = append(p.Flags, flag)
	im.result.Notes = append(im.result.Notes, fault(p.row, flag, format, args...))
}

// locate finds the project of every payment.
func (im *importing) locate() error {
	var codes []string
	for _, p := range im.list {
		codes = append(codes, p.ProjectCode)
	}
	slices.Sort(codes)
	found, err := im.tx.FiledProjects(im.in.Region, im.in.Year, slices.Compact(codes))
	if err != nil {
		return err
	}
	for i := range im.list {
		p := &im.list[i]
		if p.ProjectCode != "" {
			im.place(p, found[p.ProjectCode])
		}
	}
	return nil
}

// place gives a payment its unit. A project that the person may not bring payments
// for isn't there for them.
func (im *importing) place(p *paid, projects []store.FiledProject) {
	var mine []store.FiledProject
	for _, project := range projects {
		if (p.unit == "" || p.unit == project.UnitCode) && im.rights.Check(im.person.Assignments, im.action, project.UnitPath) == nil {
			mine = append(mine, project)
		}
	}
	switch {
	case len(mine) == 0 && p.unit != "":
		im.bad(*p, "project", "单位 %s 在 %d 年没有项目 %s", brief(p.unit), im.in.Year, brief(p.ProjectCode))
	case len(mine) == 0:
		im.bad(*p, "project", "%d 年没有项目 %s", im.in.Year, brief(p.ProjectCode))
	case len(mine) > 1:
		im.bad(*p, "unit", "有 %d 个单位的项目代码是 %s，请在单位代码列写明是哪一个", len(mine), p.ProjectCode)
	default:
		p.UnitID, p.UnitPath, p.RegionCode = mine[0].UnitID, mine[0].UnitPath, im.in.Region
	}
}

// dropDuplicates leaves out what is there already, in the database or further up.
func (im *importing) dropDuplicates() error {
	var references []string
	for _, p := range im.list {
		references = append(references, p.Reference)
	}
	known, err := im.tx.PaymentsByReference(im.in.Region, im.in.Year, references)
	if err != nil {
		return err
	}
	fresh := im.list[:0:0]
	rowOf := map[string]int{}
	for _, p := range im.list {
		old, found := known[p.Reference]
		switch {
		case !found || p.Reference == "":
			known[p.Reference], rowOf[p.Reference] = p.Payment, p.row
			fresh = append(fresh, p)
		case samePayment(old, p.Payment):
			im.result.Duplicates++
		case rowOf[p.Reference] > 0:
			im.bad(p, "reference", "支付凭证号 %s 与第 %d 行相同，内容却不同", p.Reference, rowOf[p.Reference])
		case im.rights.Check(im.person.Assignments, rbac.PaymentsRead, old.UnitPath) != nil:
			im.bad(p, "reference", "支付凭证号 %s 已经登记过，内容却不同", p.Reference)
		default:
			im.bad(p, "reference", "支付凭证号 %s 已于 %s 登记，内容却不同（%s，%s 元）", p.Reference,
				old.CreatedAt.In(model.Beijing).Format(time.DateOnly), old.PaidOn, old.Amount.Yuan())
		}
	}
	im.list = fresh
	return nil
}

func samePayment(a, b model.Payment) bool {
	return a.UnitPath == b.UnitPath && a.ProjectCode == b.ProjectCode && a.FundKind == b.FundKind && a.PaidOn == b.PaidOn && a.Amount == b.Amount
}

// account is a project's money of one fund kind, while payments are added.
type account struct {
	unit, project string
	kind          model.FundKind
}

// weigh holds the payments against the budgets, in the order of the file.
func (im *importing) weigh() error {
	sums, budgets := map[account]model.Money{}, map[account]model.Money{}
	asked := map[account]bool{}
	for i := range im.list {
		p := &im.list[i]
		if p.UnitPath == "" || p.FundKind == "" {
			continue // a fault already
		}
		at := account{p.UnitPath, p.ProjectCode, p.FundKind}
		if project := (account{p.UnitPath, p.ProjectCode, ""}); !asked[project] {
			asked[project] = true
			if err := standing(im.tx, im.in.Year, project, sums, budgets); err != nil {
				return err
			}
		}
		sums[at] += p.Amount
		im.flag(p, sums[at], budgets[at])
	}
	im.refuseBelowZero(sums)
	return nil
}

// refuseBelowZero finds what came back beyond all that was paid, wherever in the file
// the payments stand.
func (im *importing) refuseBelowZero(sums map[account]model.Money) {
	for _, p := range slices.Backward(im.list) {
		at := account{p.UnitPath, p.ProjectCode, p.FundKind}
		if sum := sums[at]; sum < 0 && p.Amount < 0 {
			im.bad(p, "amount", "退回之后累计支付为 %s 元，不能为负", sum.Yuan())
			delete(sums, at)
		}
	}
}

// standing reads what was paid of a project and what its budget is, by fund kind.
func standing(tx *store.Tx, year int, of account, sums, budgets map[account]model.Money) error {
	q := store.PaymentQuery{Year: year, UnitPath: of.unit, Project: of.project}
	for paid, err := range tx.PaidByProject(q) {
		if err != nil {
			return err
		}
		sums[account{of.unit, of.project, paid.FundKind}] = paid.Amount
	}
	budget, err := tx.ProjectBudget(year, of.unit, of.project, model.StateAdjusted)
	for _, line := range budget {
		budgets[account{of.unit, of.project, line.FundKind}] += line.Amount
	}
	return err
}

func (im *importing) flag(p *paid, sum, budget model.Money) {
	if p.Amount < 0 {
		im.note(p, FlagNegative, "金额为负（%s 元），按退回处理", p.Amount.Yuan())
	}
	if sum > budget && p.Amount > 0 {
		im.note(p, FlagOver, "累计支付 %s 元，超过该项目这种资金的预算 %s 元", sum.Yuan(), budget.Yuan())
	}
	if p.PaidOn != "" && p.PaidOn < im.late {
		im.note(p, FlagLate, "支付日期 %s 距今较久，此前的监控数没有包括这笔支付", p.PaidOn)
	}
}

// refuse ends the import where there are faults, with all of them; a preview ends with
// them in its answer.
// Errors: Invalid "payments.refused".
func (im *importing) refuse() error {
	if len(im.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(im.faults, func(a, b model.Problem) int { return rowNumber(a.Path) - rowNumber(b.Path) })
	if im.in.Preview {
		im.result.Faults, im.result.FaultCount = im.faults[:min(maxFaults, len(im.faults))], len(im.faults)
		return errPreview
	}
	err := model.Fail(model.Invalid, "payments.refused", "%s 有 %d 处错误，一笔也没有导入；请改正后重新导入", im.in.File.Name, len(im.faults))
	err.Fields = im.faults[:min(maxFaults, len(im.faults))]
	return err
}

func rowNumber(path string) (n int) {
	if _, err := fmt.Sscanf(strings.TrimPrefix(path, "$.rows"), "[%d]", &n); err != nil {
		return 0
	}
	return n
}

func (im *importing) keep() error {
	batch := model.PaymentBatch{
		ID: im.store.NextID(), RegionCode: im.in.Region, Year: im.in.Year, FileName: im.in.File.Name, FileHash: im.in.File.hash(),
		Added: len(im.list), Duplicates: im.result.Duplicates, CreatedBy: im.person.Login,
	}
	payments := make([]model.Payment, len(im.list))
	for i, p := range im.list {
		p.BatchID, p.CreatedBy = batch.ID, im.person.Login
		batch.Amount += p.Amount
		payments[i] = p.Payment
	}
	im.result.Added, im.result.Amount = batch.Added, Fen(batch.Amount)
	if batch.Added == 0 {
		return nil // the same file again changes nothing
	}
	im.result.BatchID = batch.ID
	if err := im.tx.AddPaymentBatch(&batch); err != nil {
		return err
	}
	return im.tx.AddPayments(payments)
}

// remember keeps what the person said of the columns.
func (im *importing) remember() error {
	var said []model.PaymentColumn
	for name, field := range im.in.Columns {
		said = append(said, model.PaymentColumn{RegionCode: im.in.Region, ColumnName: name, Field: field})
	}
	return im.tx.SavePaymentColumns(said)
}
