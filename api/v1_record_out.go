package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// Listed is the answer to every list of records.
type Listed struct{ Body rest.Page[RecordItem] }

// UnitRef is a unit as records name it.
type UnitRef struct {
	ID   model.ID       `json:"id"`
	Code string         `json:"code"`
	Name string         `json:"name"`
	Kind model.UnitKind `json:"kind,omitempty"`
	Path string         `json:"path"`
}

func unitRef(u model.BudgetUnit) UnitRef {
	return UnitRef{ID: u.ID, Code: u.Code, Name: u.Name, Kind: u.Kind, Path: u.Path}
}

// Turn says whose move is next.
type Turn struct {
	Role   string `json:"role" description:"preparer 经办人、reviewer 审核人、leader 财政牵头审核人"`
	Name   string `json:"name"`
	Path   string `json:"path" description:"办理单位的路径；财政股室为空"`
	Office string `json:"office" description:"股室职责；不限为空"`
}

func turnOf(t workflow.Turn) *Turn {
	if t == (workflow.Turn{}) {
		return nil
	}
	return &Turn{Role: string(t.Role), Name: t.Name, Path: t.Path, Office: t.Office}
}

// RecordItem is a record in a list.
type RecordItem struct {
	ID       model.ID          `json:"id"`
	Kind     model.RecordKind  `json:"kind"`
	Unit     UnitRef           `json:"unit"`
	Year     int               `json:"year"`
	Code     string            `json:"code" description:"项目代码；基本支出表为空"`
	Name     string            `json:"name" description:"项目名称；基本支出表为空"`
	Amount   model.Money       `json:"amount" description:"年度金额合计"`
	LastYear *model.Money      `json:"lastYear" description:"上年金额合计；上年没有时为空"`
	State    model.State       `json:"state"`
	Step     string            `json:"step" description:"当前审核环节；不在审核时为空"`
	Steps    []string          `json:"steps" description:"提交时确定的审核环节名称；还没提交的为空"`
	At       *int              `json:"at" description:"当前环节在 steps 中的位置，从 0 起；不在审核时为空"`
	Turn     *Turn             `json:"turn"`
	Errors   int               `json:"errors" description:"校验错误数"`
	Warnings int               `json:"warnings" description:"校验提醒数"`
	Grade    workflow.Grade    `json:"grade,omitempty"`
	Number   int               `json:"number" description:"版本号"`
	MovedAt  *time.Time        `json:"movedAt"`
	MovedBy  string            `json:"movedBy"`
	Lock     int               `json:"lock" description:"修改版本号，批量办理时送回"`
	Allowed  []workflow.Action `json:"allowed" description:"您现在可以办理的操作"`
}

func itemOf(i filing.Item) RecordItem {
	item := RecordItem{
		ID: i.ID, Kind: i.Kind, Year: i.Year, Code: i.ProjectCode, Name: i.Name, Amount: i.Amount, LastYear: i.LastYear,
		Unit:  UnitRef{ID: i.UnitID, Code: i.UnitCode, Name: i.UnitName, Kind: i.UnitKind, Path: i.UnitPath},
		State: i.State, Step: i.StepKey, Turn: turnOf(i.Turn), Grade: workflow.Grade(i.Grade), Number: i.Number,
		MovedAt: i.MovedAt, MovedBy: i.MovedBy, Lock: i.Version, Allowed: i.Allowed, Errors: i.Errors, Warnings: i.Warnings,
	}
	for _, s := range i.Steps {
		item.Steps = append(item.Steps, s.Name)
	}
	if i.State == model.InReview {
		item.At = &i.Step
	}
	return item
}

type recordResp[C any] struct {
	ETag rest.ETag `header:"ETag"`
	Body Record[C]
}

// Record is a record as its reader sees it.
type Record[C any] struct {
	RecordHead
	Content C              `json:"content"`
	Edit    *AgreedEdit[C] `json:"edit" description:"等待经办人同意的协商修改"`
}

// AgreedEdit is an edit that waits for the preparer's consent.
type AgreedEdit[C any] struct {
	By          string       `json:"by"`
	Content     C            `json:"content"`
	Differences []Difference `json:"differences"`
}

// RecordHead is all of a record but its content.
type RecordHead struct {
	ID       model.ID          `json:"id"`
	Kind     model.RecordKind  `json:"kind"`
	Unit     UnitRef           `json:"unit"`
	Year     int               `json:"year"`
	Code     string            `json:"code"`
	Lock     int               `json:"lock" description:"修改版本号；ETag 由它开头"`
	State    model.State       `json:"state"`
	Version  VersionInfo       `json:"version" description:"状态所说的版本"`
	InForce  *VersionInfo      `json:"inForce" description:"已批复生效的版本，与当前版本不同时才有"`
	Versions []VersionInfo     `json:"versions"`
	Steps    []Step            `json:"steps" description:"提交时确定的审核环节"`
	Step     *int              `json:"step" description:"当前环节在 steps 中的位置，从 0 起；不在审核时为空"`
	Turn     *Turn             `json:"turn"`
	Grade    workflow.Grade    `json:"grade,omitempty"`
	MovedAt  time.Time         `json:"movedAt"`
	MovedBy  string            `json:"movedBy"`
	Allowed  []workflow.Action `json:"allowed" description:"您现在可以办理的操作"`
	Findings []Finding         `json:"findings" description:"不通过或数据不足的校验结果"`
	Remarks  []Remark          `json:"remarks"`
}

func headOf(v filing.View) RecordHead {
	head := RecordHead{
		ID: v.Record.ID, Kind: v.Record.Kind, Unit: unitRef(v.Unit), Year: v.Record.Year, Code: v.Record.ProjectCode, Lock: v.Lock,
		State: v.State, Version: versionOf(v.Version), Turn: turnOf(v.Turn), Grade: v.Grade, MovedAt: v.MovedAt, MovedBy: v.MovedBy,
		Allowed: v.Allowed, Findings: findingsOf(v.Findings), Remarks: remarksOf(v.Remarks, v.Versions),
	}
	if v.InForce != nil {
		inForce := versionOf(*v.InForce)
		head.InForce = &inForce
	}
	for _, version := range v.Versions {
		head.Versions = append(head.Versions, versionOf(version))
	}
	for _, s := range v.Steps {
		head.Steps = append(head.Steps, Step{
			Key: s.Key, Name: s.Name, At: string(s.At), Office: s.Office, Path: s.Path, MayGrade: s.MayGrade, MayBlock: s.MayBlock,
		})
	}
	if v.State == model.InReview {
		step := v.Step
		head.Step = &step
	}
	return head
}

// VersionInfo is one version of a record, without its content.
type VersionInfo struct {
	Number     int         `json:"number"`
	State      model.State `json:"state"`
	InDraft    bool        `json:"inDraft" description:"计入预算草案"`
	InInitial  bool        `json:"inInitial" description:"计入年初预算"`
	InAdjusted bool        `json:"inAdjusted" description:"计入变动后预算"`
	CreatedAt  time.Time   `json:"createdAt"`
	CreatedBy  string      `json:"createdBy"`
}

func versionOf(v model.RecordVersion) VersionInfo {
	return VersionInfo{
		Number: v.Number, State: v.State, InDraft: v.Counts.InDraft, InInitial: v.Counts.InInitial, InAdjusted: v.Counts.InAdjusted,
		CreatedAt: v.CreatedAt, CreatedBy: v.CreatedBy,
	}
}

// Step is a step of the chain that a record goes through.
type Step struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	At       string `json:"at"`
	Office   string `json:"office"`
	Path     string `json:"path"`
	MayGrade bool   `json:"mayGrade"`
	MayBlock bool   `json:"mayBlock"`
}

// Finding is what a rule says of a record.
type Finding struct {
	Rule      string         `json:"rule"`
	Severity  check.Severity `json:"severity"`
	Outcome   check.Outcome  `json:"outcome"`
	Title     string         `json:"title"`
	Message   string         `json:"message"`
	Unit      string         `json:"unit" description:"单位代码"`
	Project   string         `json:"project"`
	Field     string         `json:"field" description:"内容中的位置，如 form.annualFunds.total"`
	Indicator string         `json:"indicator"`
	Text      string         `json:"text" description:"所说的原文"`
	Table     string         `json:"table"`
	Row       string         `json:"row"`
	Column    string         `json:"column"`
	Want      string         `json:"want"`
	Got       string         `json:"got"`
	Key       string         `json:"key" description:"提醒的标识，说明时送回；不是提醒时为空"`
	Answer    string         `json:"answer" description:"经办人的说明"`
}

func findingOf(f check.Finding) Finding {
	return Finding{
		Rule: f.Rule, Severity: f.Severity, Outcome: f.Outcome, Title: f.Title, Message: f.Message, Unit: f.Unit, Project: f.Project,
		Field: f.Field, Indicator: f.Indicator, Text: f.Text, Table: f.Table, Row: f.Row, Column: f.Column, Want: f.Want, Got: f.Got,
	}
}

func findingsOf(list []filing.Finding) []Finding {
	out := make([]Finding, len(list))
	for i, f := range list {
		out[i] = findingOf(f.Finding)
		out[i].Key, out[i].Answer = f.Key, f.Answer
	}
	return out
}

// Remark is a reviewer's remark (审核意见) on a place of a version.
type Remark struct {
	At        time.Time `json:"at"`
	Actor     string    `json:"actor"`
	DeputyFor string    `json:"deputyFor"`
	Step      string    `json:"step"`
	Number    int       `json:"number" description:"所针对的版本号"`
	Path      string    `json:"path"`
	Text      string    `json:"text"`
}

func remarksOf(list []model.RecordRemark, versions []model.RecordVersion) []Remark {
	out := make([]Remark, len(list))
	for i, r := range list {
		out[i] = Remark{At: r.At, Actor: r.Actor, DeputyFor: r.DeputyFor, Step: r.StepKey, Number: numberOf(r.VersionID, versions), Path: r.Place, Text: r.Note}
	}
	return out
}

func numberOf(id model.ID, versions []model.RecordVersion) int {
	i := slices.IndexFunc(versions, func(v model.RecordVersion) bool { return v.ID == id })
	if i < 0 {
		return 0
	}
	return versions[i].Number
}

// tagOf makes a tag that changes with all that its reader sees.
func tagOf(lock int, body any) (rest.ETag, error) {
	content, err := json.Marshal(body)
	return rest.Tag(lock, string(content)), err
}

type answerResp struct {
	ETag rest.ETag `header:"ETag"`
	Body RecordAnswer
}

type createdRecordResp struct {
	Location string    `header:"Location"`
	ETag     rest.ETag `header:"ETag"`
	Body     RecordAnswer
}

// RecordAnswer is what an act came to.
type RecordAnswer struct {
	ID       model.ID       `json:"id"`
	Number   int            `json:"number" description:"版本号"`
	State    model.State    `json:"state"`
	Step     string         `json:"step"`
	Turn     *Turn          `json:"turn"`
	Grade    workflow.Grade `json:"grade,omitempty"`
	Lock     int            `json:"lock"`
	Changed  bool           `json:"changed" description:"为假时内容原来就是这样"`
	Findings []Finding      `json:"findings" description:"保存或提交后的校验结果"`
}

func answerOf(a filing.Answer) RecordAnswer {
	return RecordAnswer{
		ID: a.RecordID, Number: a.Number, State: a.State, Step: a.Step, Turn: turnOf(a.Turn), Grade: a.Grade,
		Lock: a.Lock, Changed: a.Changed, Findings: findingsOf(a.Findings),
	}
}

func answered(a filing.Answer, err error) (*answerResp, error) {
	if err != nil {
		return nil, err
	}
	return &answerResp{ETag: rest.Tag(a.Lock), Body: answerOf(a)}, nil
}

type batchResp struct{ Body BatchAnswer }

// BatchAnswer has the result of each record, in the order of the request.
type BatchAnswer struct {
	Results []BatchResult `json:"results"`
}

// BatchResult is what one record of a batch came to: answer or problem.
type BatchResult struct {
	ID      model.ID      `json:"id"`
	Answer  *RecordAnswer `json:"answer"`
	Problem *BatchProblem `json:"problem"`
}

// BatchProblem says why one record was refused.
type BatchProblem struct {
	Status int                 `json:"status"`
	Reason string              `json:"reason"`
	Detail string              `json:"detail"`
	Errors []rest.FieldProblem `json:"errors"`
}

func problemIn(err error) *BatchProblem {
	p := rest.ProblemOf(changedSince(err))
	return &BatchProblem{Status: p.Status, Reason: p.Reason, Detail: p.Detail, Errors: p.Errors}
}

// Difference is one place where two contents differ.
type Difference struct {
	Path   string                `json:"path"`
	Label  string                `json:"label"`
	Before string                `json:"before"`
	After  string                `json:"after"`
	Kind   filing.DifferenceKind `json:"kind"`
}

func differencesOf(list []filing.Difference) []Difference {
	out := make([]Difference, len(list))
	for i, d := range list {
		out[i] = Difference(d)
	}
	return out
}

type differencesResp struct{ Body DifferenceList }

// DifferenceList is all that differs between two contents.
type DifferenceList struct {
	Differences []Difference `json:"differences"`
}

type versionResp[C any] struct{ Body RecordVersion[C] }

// RecordVersion is a version with its content.
type RecordVersion[C any] struct {
	Version VersionInfo `json:"version"`
	Content C           `json:"content"`
}

type historyResp struct{ Body RecordHistory }

// RecordHistory is all that happened to a record, oldest first.
type RecordHistory struct {
	Versions []VersionInfo  `json:"versions"`
	Events   []HistoryEvent `json:"events"`
	Remarks  []Remark       `json:"remarks"`
	Reviews  []KeptReview   `json:"reviews"`
}

// HistoryEvent is an entry of a record's log; a refused attempt says why.
type HistoryEvent struct {
	At          time.Time      `json:"at"`
	Actor       string         `json:"actor"`
	DeputyFor   string         `json:"deputyFor"`
	Action      string         `json:"action"`
	Title       string         `json:"title" description:"操作的中文名"`
	FromState   model.State    `json:"fromState,omitempty"`
	ToState     model.State    `json:"toState,omitempty"`
	Step        string         `json:"step"`
	Grade       workflow.Grade `json:"grade,omitempty"`
	Number      int            `json:"number" description:"版本号；没有时为 0"`
	Reason      string         `json:"reason"`
	Refused     string         `json:"refused" description:"被拒绝的原因；已办理的为空"`
	Differences []Difference   `json:"differences"`
}

// KeptReview is a filled-in review sheet as kept.
type KeptReview struct {
	At        time.Time   `json:"at"`
	Actor     string      `json:"actor"`
	DeputyFor string      `json:"deputyFor"`
	Step      string      `json:"step"`
	Number    int         `json:"number"`
	Sheet     ReviewSheet `json:"sheet"`
}

func historyOf(h filing.History) (out RecordHistory, err error) {
	for _, v := range h.Versions {
		out.Versions = append(out.Versions, versionOf(v))
	}
	for _, e := range h.Events {
		out.Events = append(out.Events, HistoryEvent{
			At: e.At, Actor: e.Actor, DeputyFor: e.Detail.DeputyFor, Action: e.Action, Title: titleOf(e.Action),
			FromState: e.FromState, ToState: e.ToState, Step: e.Detail.Step, Grade: e.Detail.Grade, Number: numberOf(e.VersionID, h.Versions),
			Reason: e.Reason, Refused: e.Detail.Refused, Differences: differencesOf(e.Detail.Differences),
		})
	}
	out.Remarks = remarksOf(h.Remarks, h.Versions)
	for _, r := range h.Reviews {
		sheet, err := sheetOf(r.Sheet)
		if err != nil {
			return out, err
		}
		out.Reviews = append(out.Reviews, KeptReview{
			At: r.At, Actor: r.Actor, DeputyFor: r.DeputyFor, Step: r.StepKey, Number: numberOf(r.VersionID, h.Versions), Sheet: sheet,
		})
	}
	return out, nil
}

// titleOf is the Chinese name of an action that the log names.
func titleOf(action string) string {
	if a, ok := rbac.ActionByName(action); ok {
		return a.ZH
	}
	return action
}

func sheetOf(kept string) (out ReviewSheet, err error) {
	var sheet workflow.ReviewSheet
	if err := json.Unmarshal([]byte(kept), &sheet); err != nil {
		return out, err
	}
	out = ReviewSheet{KeyProject: sheet.KeyProject, Opinion: sheet.Opinion, Overall: sheet.Overall}
	for key, grade := range sheet.Grades {
		mark := ReviewMark{Key: key, Grade: grade}
		if score, ok := sheet.Scores[key]; ok {
			text := score.String()
			mark.Score = &text
		}
		out.Items = append(out.Items, mark)
	}
	slices.SortFunc(out.Items, func(a, b ReviewMark) int { return cmp.Compare(a.Key, b.Key) })
	return out, nil
}

// changedSince turns a conflict over an old version into the problem that shows
// what the other one changed; every other error stays what it is.
func changedSince(err error) error {
	var changed *filing.ChangedError
	if !errors.As(err, &changed) {
		return err
	}
	f := rest.FailureOf(changed.Err)
	f.Header = map[string]string{"ETag": string(rest.Tag(changed.Lock))}
	f.Changed = &rest.Changed{Lock: changed.Lock, State: string(changed.State), By: changed.By, At: changed.At, Acts: []string{}}
	for _, name := range changed.Acts {
		f.Changed.Acts = append(f.Changed.Acts, titleOf(name))
	}
	for _, d := range changed.Differences {
		f.Changed.Differences = append(f.Changed.Differences, rest.ChangedPlace{
			Path: d.Path, Label: d.Label, Before: d.Before, After: d.After, Kind: string(d.Kind),
		})
	}
	return f
}

// asContent is changedSince for requests whose body holds a content: the places that
// the use case names are inside it.
func asContent(err error) error {
	var known *model.Error
	var changed *filing.ChangedError
	if errors.As(err, &changed) || !errors.As(err, &known) || known.Code == model.Internal {
		return changedSince(err)
	}
	f := rest.FailureOf(err)
	for i := range f.Fields {
		f.Fields[i].Pointer = "/content" + f.Fields[i].Pointer
	}
	return f
}
