package exchange

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
)

// Tracking is what a full export tells of a unit's year after its approval: control
// figures, payments, monitoring sheets and self-evaluations, corrections, and the
// evaluations on top. Import ignores it, as it does all of History.
type Tracking struct {
	Control     []ControlFigure   `json:"controlFigures,omitempty"`
	Payments    []PaymentEntry    `json:"payments,omitempty"`
	Sheets      []SheetEntry      `json:"sheets,omitempty"`
	Corrections []CorrectionEntry `json:"corrections,omitempty"`
	Assessments []AssessmentEntry `json:"assessments,omitempty"`
}

// ControlFigure is what a unit may ask for of one fund kind, as last issued.
type ControlFigure struct {
	FundKind model.FundKind `json:"fundKind"`
	Amount   model.Money    `json:"amount"`
	IssuedOn model.Date     `json:"issuedOn"`
}

// PaymentEntry is one payment, or money that came back.
type PaymentEntry struct {
	Project   string         `json:"project"`
	FundKind  model.FundKind `json:"fundKind"`
	PaidOn    model.Date     `json:"paidOn"`
	Amount    model.Money    `json:"amount"` // negative: 退回
	Reference string         `json:"reference,omitempty"`
	Flags     string         `json:"flags,omitempty"` // comma-separated
	Note      string         `json:"note,omitempty"`
}

// SheetEntry is a monitoring sheet or a self-evaluation as it stands.
type SheetEntry struct {
	Project     string          `json:"project,omitempty"` // "" for the whole unit's
	Kind        string          `json:"kind"`
	Window      string          `json:"window,omitempty"`
	State       string          `json:"state"`
	SubmittedOn model.Date      `json:"submittedOn,omitempty"`
	ConfirmedOn model.Date      `json:"confirmedOn,omitempty"`
	Score       string          `json:"score,omitempty"` // 满分 100，两位小数
	Grade       string          `json:"grade,omitempty"`
	Content     json.RawMessage `json:"content"`
}

// CorrectionEntry is one order to put something right.
type CorrectionEntry struct {
	Project     string     `json:"project"`
	What        string     `json:"what"`
	Responsible string     `json:"responsible"`
	Due         model.Date `json:"due"`
	State       string     `json:"state"`
	Reply       string     `json:"reply,omitempty"`
	Evidence    string     `json:"evidence,omitempty"`
	Opinion     string     `json:"opinion,omitempty"`
	OrderedOn   model.Date `json:"orderedOn"`
	ClosedOn    model.Date `json:"closedOn,omitempty"`
}

// AssessmentEntry is a department's or the bureau's evaluation of one project or of the
// whole unit.
type AssessmentEntry struct {
	Project  string          `json:"project,omitempty"` // "" of the whole unit's
	Kind     string          `json:"kind"`
	State    string          `json:"state"`
	Score    string          `json:"score"`
	Grade    string          `json:"grade,omitempty"`
	IssuedOn model.Date      `json:"issuedOn,omitempty"`
	Content  json.RawMessage `json:"content"`
}

var trackingShape = objectOf[Tracking]("tracking", "批复以后",
	may("controlFigures", "控制数", listOf(objectOf[ControlFigure]("controlFigure", "控制数",
		need("fundKind", "资金性质", fundKindShape),
		need("amount", "金额", moneyShape),
		need("issuedOn", "下达日期", textOf(dateText)),
	))),
	may("payments", "支付", listOf(objectOf[PaymentEntry]("payment", "支付",
		need("project", "项目代码", codeShape),
		need("fundKind", "资金性质", fundKindShape),
		need("paidOn", "支付日期", textOf(dateText)),
		need("amount", "金额", moneyShape),
		may("reference", "支付凭证号", nameShape),
		may("flags", "标记", nameShape),
		may("note", "备注", memoShape),
	))),
	may("sheets", "监控表与自评表", listOf(objectOf[SheetEntry]("trackingSheet", "监控表或自评表",
		may("project", "项目代码", codeShape),
		need("kind", "种类", nameShape),
		may("window", "监控期", nameShape),
		need("state", "状态", nameShape),
		may("submittedOn", "提交日期", textOf(dateText)),
		may("confirmedOn", "确认日期", textOf(dateText)),
		may("score", "得分", nameShape),
		may("grade", "等级", nameShape),
		need("content", "内容", rawShape),
	))),
	may("corrections", "整改", listOf(objectOf[CorrectionEntry]("correction", "整改通知",
		need("project", "项目代码", codeShape),
		need("what", "整改内容", memoShape),
		need("responsible", "责任人", nameShape),
		need("due", "整改期限", textOf(dateText)),
		need("state", "状态", nameShape),
		may("reply", "整改情况", memoShape),
		may("evidence", "佐证材料", memoShape),
		may("opinion", "复核意见", memoShape),
		need("orderedOn", "下达日期", textOf(dateText)),
		may("closedOn", "办结日期", textOf(dateText)),
	))),
	may("assessments", "部门评价与财政评价", listOf(objectOf[AssessmentEntry]("assessment", "部门评价或财政评价",
		may("project", "项目代码", codeShape),
		need("kind", "种类", nameShape),
		need("state", "状态", nameShape),
		need("score", "得分", nameShape),
		may("grade", "等级", nameShape),
		may("issuedOn", "下达日期", textOf(dateText)),
		need("content", "内容", rawShape),
	))),
)

// tracking gathers a unit's year after its approval, ordered by project and day.
func tracking(tx *store.Tx, scope store.Scope, unit model.BudgetUnit, year int, records []model.Record) (*Tracking, error) {
	codes := map[model.ID]string{}
	for _, r := range records {
		codes[r.ID] = r.ProjectCode
	}
	t := &Tracking{}
	for _, part := range []func() error{
		func() error { return t.control(tx, unit.ID, year) },
		func() error { return t.payments(tx, unit.Path, year) },
		func() error { return t.sheets(tx, unit.Path, year, codes) },
		func() error { return t.corrections(tx, scope, unit.Path, year) },
		func() error { return t.assessments(tx, records) },
	} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *Tracking) control(tx *store.Tx, unit model.ID, year int) error {
	sheet, _, err := tx.ControlSheet(unit, year)
	for _, kind := range model.FundKinds {
		if amount, ok := sheet.Issued[kind]; ok {
			t.Control = append(t.Control, ControlFigure{kind, amount, sheet.IssuedOn})
		}
	}
	return err
}

func (t *Tracking) payments(tx *store.Tx, path string, year int) error {
	const page = 1000
	for {
		list, count, _, err := tx.Payments(store.PaymentQuery{Year: year, UnitPath: path}, page, len(t.Payments))
		if err != nil {
			return err
		}
		for _, p := range list {
			t.Payments = append(t.Payments, PaymentEntry{
				Project: p.ProjectCode, FundKind: p.FundKind, PaidOn: p.PaidOn, Amount: p.Amount,
				Reference: p.Reference, Flags: strings.Join(p.Flags, ","), Note: p.Note,
			})
		}
		if len(list) == 0 || len(t.Payments) >= count {
			slices.Reverse(t.Payments) // they come newest first
			return nil
		}
	}
}

func (t *Tracking) sheets(tx *store.Tx, path string, year int, codes map[model.ID]string) error {
	list, err := tx.TrackingSheets(store.Branch{Path: path, Alone: true}, year)
	if err != nil {
		return err
	}
	for _, head := range list {
		sheet, _, err := tx.TrackingSheetOf(head.RecordID, head.Kind, head.WindowKey)
		if err != nil {
			return err
		}
		entry := SheetEntry{
			Project: codes[sheet.RecordID], Kind: string(sheet.Kind), Window: sheet.WindowKey, State: string(sheet.State),
			SubmittedOn: sheet.SubmittedOn, ConfirmedOn: sheet.ConfirmedOn, Grade: sheet.Grade, Content: json.RawMessage(sheet.Content),
		}
		if sheet.Kind.Evaluates() {
			entry.Score = points(sheet.Score)
		}
		t.Sheets = append(t.Sheets, entry)
	}
	slices.SortStableFunc(t.Sheets, func(a, b SheetEntry) int { return strings.Compare(a.Project, b.Project) })
	return nil
}

func (t *Tracking) corrections(tx *store.Tx, scope store.Scope, path string, year int) error {
	list, _, err := tx.CorrectionList(scope, store.CorrectionFilter{Year: year, UnitPath: path})
	for _, c := range list {
		t.Corrections = append(t.Corrections, CorrectionEntry{
			Project: c.ProjectCode, What: c.What, Responsible: c.Responsible, Due: c.Due, State: string(c.State),
			Reply: c.Reply, Evidence: c.Evidence, Opinion: c.Opinion, OrderedOn: c.OrderedOn, ClosedOn: c.ClosedOn,
		})
	}
	slices.SortStableFunc(t.Corrections, func(a, b CorrectionEntry) int {
		return strings.Compare(a.Project+" "+string(a.OrderedOn), b.Project+" "+string(b.OrderedOn))
	})
	return err
}

func (t *Tracking) assessments(tx *store.Tx, records []model.Record) error {
	for _, r := range records {
		for _, kind := range model.AssessmentKinds {
			a, ok, err := tx.Assessment(r.ID, kind)
			if err != nil {
				return err
			}
			if ok {
				t.Assessments = append(t.Assessments, AssessmentEntry{
					Project: r.ProjectCode, Kind: string(a.Kind), State: string(a.State), Score: points(a.Score),
					Grade: a.Grade, IssuedOn: a.IssuedOn, Content: json.RawMessage(a.Content),
				})
			}
		}
	}
	slices.SortStableFunc(t.Assessments, func(a, b AssessmentEntry) int { return strings.Compare(a.Project, b.Project) })
	return nil
}

// points writes a score that is kept in hundredths.
func points(hundredths int64) string {
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}
