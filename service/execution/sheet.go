package execution

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
	"biaochi/service/indicator"
	"biaochi/service/journal"
	"biaochi/service/tracking"
)

// SheetKey says which tracking sheet is meant: a filing's monitoring of a window, its
// self-evaluation, or that of a whole-unit target.
type SheetKey struct {
	RecordID model.ID
	Kind     model.SheetKind
	Window   string // "" for an evaluation
}

// act names a verb on the sheet: both self-evaluations ask for the same rights.
func (k SheetKey) act(verb string) string {
	if k.Kind.Evaluates() {
		return string(model.EvaluationSheet) + "." + verb
	}
	return string(k.Kind) + "." + verb
}

// Content is what people say in a sheet. Everything else in it is computed.
type Content struct {
	Said []Said `json:"said"`
	// GoalResult is 年度目标实际完成情况.
	GoalResult string `json:"goalResult"`
	// Forecasts are 全年预计执行数 by line of money: total, fiscal, other.
	Forecasts map[string]model.Money `json:"forecasts,omitempty"`
	// Money is how the lines of money stood when the sheet was handed in, by key: what was
	// confirmed, scored and published stays what it was, whatever is paid or adjusted
	// afterwards. What the unit says of it is passed over.
	Money map[string]HandedIn `json:"money,omitempty"`
}

// HandedIn is a line of money of a sheet that was handed in.
type HandedIn struct {
	Initial  Fen `json:"initial"`
	Adjusted Fen `json:"adjusted"`
	Executed Fen `json:"executed"` // may be below zero: money that came back before its payment's day
}

// Said is what is said of one indicator, known by its place in the tree and name.
type Said struct {
	Level1 string `json:"level1"`
	Level2 string `json:"level2"`
	Name   string `json:"name"`
	Actual string `json:"actual"` // 执行情况, 实际完成值
	Band   string `json:"band,omitempty"`
	Share  *int   `json:"share,omitempty"`
	// Path is how the target falls due; nil takes the one that the target suggests.
	Path *tracking.Path `json:"path,omitempty"`
	tracking.Statement
	// TooLow is a reviewer's finding; what the unit says of it is passed over.
	TooLow bool `json:"tooLow,omitempty"`
}

func (s Said) key() string { return s.Level1 + "/" + s.Level2 + "/" + s.Name }

func (k SheetKey) action(verb string) rbac.Action {
	name := k.act(verb)
	if action, ok := rbac.ActionByName(name); ok {
		return action
	}
	return rbac.Action{Name: name, ZH: name} // which Decide refuses
}

// sheetWork is one transaction about one sheet.
type sheetWork struct {
	*Service
	tx     *store.Tx
	person Person
	key    SheetKey
	record model.Record
	unit   model.BudgetUnit
	rules  tracking.Rules
	tree   indicator.Tree
	// calendar has the deadlines of the region's year, and no clock.
	calendar tracking.Calendar
	window   tracking.Window
	sheet    model.TrackingSheet
	said     Content
	promised promise // of the version that the sheet speaks of
}

// open reads a sheet that the person may see, or what it would begin from.
// Errors: NotFound "record.notFound", "window.notFound"; Conflict
// "sheet.notApproved" for a filing without an approved version.
func (s *Service) open(tx *store.Tx, p Person, key SheetKey) (*sheetWork, error) {
	w := &sheetWork{Service: s, tx: tx, person: p, key: key}
	var err error
	if w.record, err = tx.RecordByID(store.Everything(), key.RecordID); err != nil {
		return nil, err
	}
	if w.unit, err = tx.UnitByID(store.Everything(), w.record.UnitID); err != nil {
		return nil, err
	}
	if !s.seesSheet(p, key, w.record, w.unit) {
		return nil, noTarget(key)
	}
	if w.record.InForceID == 0 {
		return nil, model.Fail(model.Conflict, "sheet.notApproved", "%s的绩效目标还没有批复，不能开始%s", w.whose(), kindNames[key.Kind])
	}
	if err := w.settle(); err != nil {
		return nil, err
	}
	return w, w.loadSheet()
}

// seesSheet tells whether there can be such a sheet of the record, and the person may
// see it.
func (s *Service) seesSheet(p Person, key SheetKey, record model.Record, unit model.BudgetUnit) bool {
	return record.Kind == key.Kind.Target() && s.rights.Check(p.Assignments, key.action("read"), unit.Path) == nil
}

func noTarget(key SheetKey) error {
	return model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的绩效目标，请刷新后重新选择", key.RecordID)
}

var kindNames = map[model.SheetKind]string{model.MonitoringSheet: "监控", model.EvaluationSheet: "自评", model.WholeSheet: "整体支出自评"}

// whose tells whose target it is.
func (w *sheetWork) whose() string {
	if w.key.Kind == model.WholeSheet {
		return w.unit.Name + "整体支出"
	}
	return "项目 " + w.record.ProjectCode + " "
}

// action is the named action of a verb on this kind of sheet.
func (w *sheetWork) action(verb string) rbac.Action { return w.key.action(verb) }

// settle finds the rules, the tree and the window of the region's year.
func (w *sheetWork) settle() error {
	var err error
	if w.calendar, w.rules, err = calendar.Of(w.tx, w.unit.RegionCode, w.record.Year, ""); err != nil {
		return err
	}
	year, err := w.tx.Year(w.unit.RegionCode, w.record.Year)
	if err != nil {
		return err
	}
	w.tree, _ = indicator.FindTree(year.TreeKey)
	ok := w.key.Window == ""
	if w.window = w.rules.Monitoring.Evaluation; w.key.Kind == model.MonitoringSheet {
		w.window, ok = w.rules.Monitoring.Window(w.key.Window)
	}
	if !ok {
		return noWindow(w.record.Year, w.key.Window)
	}
	return nil
}

func noWindow(year int, window string) error {
	return model.Fail(model.NotFound, "window.notFound", "%d 年没有监控期间“%s”，请重新选择", year, window)
}

func (w *sheetWork) loadSheet() error {
	sheet, ok, err := w.tx.TrackingSheetOf(w.record.ID, w.key.Kind, w.key.Window)
	if err != nil {
		return err
	}
	if !ok {
		sheet = model.TrackingSheet{
			RecordID: w.record.ID, UnitID: w.unit.ID, UnitPath: w.unit.Path, Year: w.record.Year, Kind: w.key.Kind, WindowKey: w.key.Window, State: model.SheetDraft,
		}
	} else if err := json.Unmarshal([]byte(sheet.Content), &w.said); err != nil {
		return err
	}
	if sheet.State == model.SheetDraft {
		sheet.VersionID = w.record.InForceID
	}
	w.sheet = sheet
	w.promised, err = w.promise()
	return err
}

// promise is what an approved target says, of a project or of a whole unit.
type promise struct {
	name       string
	goal       string // 年度目标
	indicators []model.Indicator
}

func (w *sheetWork) promise() (p promise, err error) {
	version, missing := w.sheet.VersionID, model.Fail(model.Internal, "version.notFound", "%s的已批复内容不在库中", w.whose())
	if w.key.Kind == model.WholeSheet {
		contents, err := w.tx.TargetContents([]model.ID{version})
		if err != nil {
			return p, err
		}
		if target := contents[version]; target != nil {
			return promise{w.unit.Name, target.AnnualGoal, target.Indicators}, nil
		}
		return p, missing
	}
	contents, err := w.tx.ProjectContents([]model.ID{version})
	if err != nil {
		return p, err
	}
	project := contents[version]
	if project == nil {
		return p, missing
	}
	p.name = project.Name
	if project.Form != nil {
		p.goal, p.indicators = project.Form.AnnualGoal, project.Form.Indicators
	}
	return p, nil
}

// stageOf is the stage of the year in which a sheet is due.
func stageOf(kind model.SheetKind, window string) tracking.Stage {
	if kind == model.MonitoringSheet {
		return tracking.MonitoringStage(window)
	}
	return tracking.SelfEvaluation
}

// deadline is the sheet's for its unit.
func (w *sheetWork) deadline() tracking.Deadline {
	stage := stageOf(w.key.Kind, w.key.Window)
	d, _ := w.calendar.DeadlineOf(stage, w.unit.Path)
	return d
}

// isOpen refuses a sheet that isn't to be filled in yet.
// Errors: Conflict "sheet.notOpen".
func (w *sheetWork) isOpen() error {
	if opens := w.deadline().Opens; w.today() < opens {
		return model.Fail(model.Conflict, "sheet.notOpen", "%s从 %s 起填报，现在还没有开始", kindNames[w.key.Kind], opens)
	}
	return nil
}

// SaveSheet keeps a draft; what it comes to is in the answer, whatever is still owed.
// lock is the sheet's version that the person wrote over, 0 to begin it.
// Errors: those of opening; Forbidden "right.missing"; Conflict "sheet.state",
// "sheet.notOpen", "sheet.changed"; Invalid "sheet.content" with Fields.
func (s *Service) SaveSheet(ctx context.Context, p Person, key SheetKey, lock int, content Content) (View, error) {
	return s.onSheet(ctx, p, key, "save", "", func(w *sheetWork) error {
		if w.sheet.State != model.SheetDraft {
			return model.Fail(model.Conflict, "sheet.state", "这张表已经提交，不能修改；需要修改时请审核人退回")
		}
		if err := w.isOpen(); err != nil {
			return err
		}
		if lock != w.sheet.Version {
			return model.Fail(model.Conflict, "sheet.changed", "这张表刚被别人修改，请刷新后再改")
		}
		if err := w.receive(content); err != nil {
			return err
		}
		if !slices.Contains(w.sheet.PreparedBy, p.Login) {
			w.sheet.PreparedBy = append(w.sheet.PreparedBy, p.Login)
		}
		return nil
	})
}

// onSheet is a write on one sheet: open it, ask for the right, do it, keep what it
// comes to, and one event.
func (s *Service) onSheet(ctx context.Context, p Person, key SheetKey, verb, reason string, do func(w *sheetWork) error) (view View, err error) {
	event := model.Event{Actor: p.Login, Action: key.act(verb), Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if _, err := tx.LockRecord(key.RecordID); err != nil { // so that no file comes or goes meanwhile
			return err
		}
		w, err := s.open(tx, p, key)
		if err != nil {
			return err
		}
		e.UnitID, e.Year, e.RecordID, e.VersionID = w.unit.ID, w.record.Year, w.record.ID, w.sheet.VersionID
		e.FromState, e.ToState = model.State(w.sheet.State), model.State(w.sheet.State)
		e.Note("window", key.Window)
		if err := s.rights.Check(p.Assignments, w.action(verb), w.unit.Path); err != nil {
			return err
		}
		if err := do(w); err != nil {
			return err
		}
		if view, err = w.keep(); err != nil {
			return err
		}
		e.ToState = model.State(w.sheet.State)
		e.Note("lock", w.sheet.Version)
		e.Note("score", view.Sheet.Score)
		return nil
	})
	return view, err
}

// receive takes what the unit says, for indicators that the approved target has.
// Errors: Invalid "sheet.content" with Fields.
func (w *sheetWork) receive(content Content) error {
	var faults []model.Problem
	known := map[string]int{}
	for _, t := range w.targets() {
		known[t.key()]++
	}
	found := map[string]bool{}
	for _, old := range w.said.Said {
		found[old.key()] = old.TooLow
	}
	for i := range content.Said {
		said := &content.Said[i]
		said.TooLow = found[said.key()]
		bad := func(field, format string, args ...any) {
			faults = append(faults, model.Problem{Path: fmt.Sprintf("$.said[%d].%s", i, field), Message: fmt.Sprintf(format, args...)})
		}
		if known[said.key()]--; known[said.key()] < 0 {
			bad("name", "已批复的绩效目标中没有指标“%s”，或填写了两次", said.Name)
		}
		said.check(w.rules.Scoring.Bands, bad)
	}
	if len(faults) > 0 {
		err := model.Fail(model.Invalid, "sheet.content", "有 %d 处不能保存，请改正", len(faults))
		err.Fields = faults
		return err
	}
	content.Money = nil
	w.said = content
	return nil
}

// longestText is what a cell of a sheet may hold.
const longestText = 2000

func (s Said) check(bands []tracking.Band, bad func(field, format string, args ...any)) {
	if s.Band != "" && !slices.ContainsFunc(bands, func(b tracking.Band) bool { return b.Key == s.Band }) {
		bad("band", "没有“%s”这个达成档次，请重新选择", brief(s.Band))
	}
	if s.Path != nil {
		if err := s.Path.Check(); err != nil {
			bad("path", "%s", err.Error())
		}
	}
	if s.Likelihood != "" && !slices.Contains(tracking.Likelihoods, s.Likelihood) {
		bad("likelihood", "完成目标可能性应为确定能、有可能或完全不可能")
	}
	for _, c := range s.Causes {
		if !slices.Contains(tracking.Causes, c) {
			bad("causes", "没有“%s”这类偏差原因", string(c))
		}
	}
	for field, text := range map[string]string{"actual": s.Actual, "forecast": s.Forecast, "cause": s.Cause, "remark": s.Remark} {
		if len([]rune(text)) > longestText {
			bad(field, "文字过长，最多 %d 字", longestText)
		}
	}
}

// keep computes what the sheet comes to, and saves it.
func (w *sheetWork) keep() (View, error) {
	view, err := w.view()
	if err != nil {
		return View{}, err
	}
	view.note(&w.sheet)
	text, err := json.Marshal(w.said)
	if err != nil {
		return View{}, err
	}
	w.sheet.Content, w.sheet.ChangedAt, w.sheet.ChangedBy = string(text), w.now(), w.person.Login
	if err := w.tx.SaveTrackingSheet(&w.sheet); err != nil {
		return View{}, err
	}
	view.Sheet, view.Allowed = w.sheet, w.allowed()
	return view, nil
}
