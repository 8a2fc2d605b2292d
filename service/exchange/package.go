package exchange

import (
	"encoding/json"

	"biaochi/model"
)

// Format is what the key “format” of a data package must say.
const Format = "biaochi.package/v1"

// Package is one unit's budget year as it travels (数据包). Decode gives it in
// normal form: empty lists and all-blank optional objects are nil, a blank source
// is CurrentYear, a form's name that only repeats the project's is "".
type Package struct {
	Format            string                   `json:"format"`
	Year              int                      `json:"year"`
	Unit              model.UnitHeader         `json:"unit"`
	Functions         []model.FunctionName     `json:"functions,omitempty"`
	Revenues          []model.RevenueLine      `json:"revenues,omitempty"`
	BasicLines        []model.BasicLine        `json:"basicLines,omitempty"`
	Projects          []model.ProjectContent   `json:"projects,omitempty"`
	WholeUnitTarget   *model.TargetContent     `json:"wholeUnitTarget,omitempty"`
	PriorYear         *model.PriorYear         `json:"priorYear,omitempty"`
	Explanations      model.Explanations       `json:"explanations,omitzero"`
	Assets            model.Assets             `json:"assets,omitzero"`
	PurchasedServices []model.PurchasedService `json:"purchasedServices,omitempty"`
	Approval          *model.ApprovalRef       `json:"approval,omitempty"`
	// History is what a full export adds, as compact JSON; reading keeps it
	// unread.
	History json.RawMessage `json:"history,omitempty"`
}

// New makes a package of a sheet and the projects of the same unit and year. It
// shares their lists and pointers; nobody writes to contents.
func New(year int, sheet *model.SheetContent, projects []model.ProjectContent) *Package {
	return &Package{
		Format:            Format,
		Year:              year,
		Unit:              sheet.Unit,
		Functions:         sheet.Functions,
		Revenues:          sheet.Revenues,
		BasicLines:        sheet.BasicLines,
		Projects:          projects,
		PriorYear:         sheet.PriorYear,
		Explanations:      sheet.Explanations,
		Assets:            sheet.Assets,
		PurchasedServices: sheet.PurchasedServices,
		Approval:          sheet.Approval,
	}
}

// Sheet gives everything but the projects and the whole-unit target: the content of
// the unit's 基本支出表. It shares lists and pointers with the package.
func (p *Package) Sheet() *model.SheetContent {
	return &model.SheetContent{
		Unit:              p.Unit,
		Functions:         p.Functions,
		Revenues:          p.Revenues,
		BasicLines:        p.BasicLines,
		PriorYear:         p.PriorYear,
		Explanations:      p.Explanations,
		Assets:            p.Assets,
		PurchasedServices: p.PurchasedServices,
		Approval:          p.Approval,
	}
}

// History is what a full export writes beside the contents in force: every
// version and every event of the sheet, of the whole-unit target and of each
// project, and what came after the approval. Import ignores it.
type History struct {
	Sheet    *HistoryRecord[model.SheetContent]    `json:"sheet,omitempty"`
	Projects []HistoryRecord[model.ProjectContent] `json:"projects,omitempty"`
	Target   *HistoryRecord[model.TargetContent]   `json:"wholeUnitTarget,omitempty"`
	Tracking *Tracking                             `json:"tracking,omitempty"`
}

// HistoryRecord is the life of one record, oldest first.
type HistoryRecord[T any] struct {
	Code     string              `json:"code,omitempty"` // the project's, else ""
	Versions []HistoryVersion[T] `json:"versions,omitempty"`
	Events   []HistoryEvent      `json:"events,omitempty"`
}

// HistoryVersion is one version of a record with its content.
type HistoryVersion[T any] struct {
	Number    int                `json:"number"`
	State     model.State        `json:"state"`
	CreatedAt model.CivilTime    `json:"createdAt,omitempty"` // Beijing, no offset
	CreatedBy string             `json:"createdBy,omitempty"`
	Approval  *model.ApprovalRef `json:"approval,omitempty"`
	Content   *T                 `json:"content,omitempty"`
}

// HistoryEvent is one entry of the log: who did what, when, and why.
type HistoryEvent struct {
	At        model.CivilTime `json:"at"` // Beijing, no offset
	Actor     string          `json:"actor"`
	Action    string          `json:"action"`
	FromState model.State     `json:"fromState,omitempty"`
	ToState   model.State     `json:"toState,omitempty"`
	Reason    string          `json:"reason,omitempty"`
}

// Attach puts a history into the package, in the canonical encoding.
func (p *Package) Attach(h *History) {
	p.History = canonical(historyShape, h)
}
