package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/setting"
	"biaochi/service/tracking"
)

type stagesResp struct {
	ETag rest.ETag `header:"ETag"`
	Body YearStages
}

// YearStages is where a budget year stands.
type YearStages struct {
	Region   string       `json:"region"`
	Year     int          `json:"year"`
	OpenedOn model.Date   `json:"openedOn" description:"开启日期，空为没有开启"`
	OpenedBy string       `json:"openedBy"`
	FromYear int          `json:"fromYear" description:"设置取自哪一年，0 为无"`
	ClosedOn model.Date   `json:"closedOn"`
	ClosedBy string       `json:"closedBy"`
	On       model.Date   `json:"on" description:"今天"`
	Outset   *YearOutset  `json:"outset" description:"现在开启会沿用什么；已开启的年度为空"`
	Stages   []YearStage  `json:"stages" description:"按年度先后"`
	History  []YearChange `json:"history" description:"最近的在前"`
	Actions  []string     `json:"actions" description:"本人现在可以办理的：open、save、close"`
	Version  int          `json:"version" description:"与年度设置共用的版本号"`
}

// YearOutset is what a year would begin with if it was opened now.
type YearOutset struct {
	FromYear int         `json:"fromYear" description:"沿用哪一年的设置，0 为无可沿用"`
	TreeName string      `json:"treeName" description:"指标体系"`
	Stages   []StageDate `json:"stages" description:"对全部单位设定的阶段期限；个别单位的不沿用"`
	Steps    []StepDate  `json:"steps" description:"审核环节的期限"`
}

// StageDate is the date of a stage for all units.
type StageDate struct {
	Name  string     `json:"name"`
	Opens model.Date `json:"opens"`
	Due   model.Date `json:"due"`
}

// StepDate is until when records should leave a step.
type StepDate struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// YearStage is a stage with its dates.
type YearStage struct {
	Stage      string           `json:"stage" description:"firstRequest、firstReply、secondRequest、secondReply、unitReply、disclosure、monitoring:期间、evaluation"`
	Name       string           `json:"name"`
	Opens      model.Date       `json:"opens"`
	Due        model.Date       `json:"due" description:"空为没有对全部单位设定期限"`
	Origin     setting.Origin   `json:"origin"`
	Phase      setting.Phase    `json:"phase"`
	ClockDays  int              `json:"clockDays" description:"自批复起算的天数，0 为不按批复起算"`
	Deviations []StageDeviation `json:"deviations" description:"个别单位的期限，下级单位同样适用"`
}

// StageDeviation is a unit's own dates.
type StageDeviation struct {
	Unit  model.ID   `json:"unit"`
	Code  string     `json:"code"`
	Name  string     `json:"name"`
	Opens model.Date `json:"opens"`
	Due   model.Date `json:"due"`
}

// YearChange is an entry of the history of a year's settings.
type YearChange struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Action string    `json:"action" description:"year.open、year.save 或 year.close"`
	Reason string    `json:"reason"`
	Detail string    `json:"detail"`
}

type openYearReq struct {
	yearReq
	Body yearReasonIn
}

type yearReasonIn struct {
	Reason string `json:"reason" binding:"required,max=500" label:"理由"`
}

type closeYearReq struct {
	yearReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    yearReasonIn
}

type setStageReq struct {
	yearReq
	Stage   string       `path:"stage" binding:"max=64" label:"阶段"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    setStageIn
}

type setStageIn struct {
	Unit   *model.ID   `json:"unit" label:"单位" description:"空为全部单位"`
	Opens  *model.Date `json:"opens" label:"开始日期"`
	Due    *model.Date `json:"due" label:"截止日期" description:"空为撤销原来设定的期限"`
	Reason string      `json:"reason" binding:"required,max=500" label:"理由"`
}

type clocksReq struct {
	rest.PageQuery
	yearReq
	State *setting.ClockState `query:"state" label:"状态"`
}

type clocksResp struct{ Body ClockList }

// ClockList is a page of clocks with how many there are in all.
type ClockList struct {
	rest.Page[UnitClock]
	Counts ClockCounts `json:"counts"`
}

// ClockCounts counts all clocks by state.
type ClockCounts struct {
	Late     int `json:"late"`
	Running  int `json:"running"`
	DoneLate int `json:"doneLate"`
	Done     int `json:"done"`
}

// UnitClock is a stage that runs for one unit.
type UnitClock struct {
	Unit           model.ID           `json:"unit"`
	Code           string             `json:"code"`
	Name           string             `json:"name"`
	Stage          string             `json:"stage" description:"disclosure（预算公开）或 unitReply（部门批复所属单位）"`
	StageName      string             `json:"stageName"`
	ApprovalNumber string             `json:"approvalNumber" description:"起算的批复文号；财政部门另行设定期限的为空"`
	ApprovalDate   model.Date         `json:"approvalDate"`
	Opens          model.Date         `json:"opens"`
	Due            model.Date         `json:"due"`
	Days           int                `json:"days" description:"距截止日的天数，逾期为负"`
	DoneOn         model.Date         `json:"doneOn" description:"公开或批复的日期"`
	State          setting.ClockState `json:"state"`
}

func (s *Server) stageRoutes(a *rest.API) {
	const path = "/years/{region}/{year}"
	rest.Handle(a, rest.Op{
		ID: "getYearStages", Method: http.MethodGet, Path: path + "/stages", Action: rbac.YearRead,
		Summary: "预算年度进行到哪个阶段：各阶段期限、个别单位的期限、变动历史", Errors: []int{http.StatusNotFound},
	}, s.getStages)
	rest.Handle(a, rest.Op{
		ID: "openYear", Method: http.MethodPost, Path: path + "/opened", Action: rbac.YearOpen, Status: http.StatusCreated,
		Summary: "按上一年度的设置开启预算年度", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.openYear)
	rest.Handle(a, rest.Op{
		ID: "closeYear", Method: http.MethodPost, Path: path + "/closed", Action: rbac.YearClose,
		Summary: "关闭预算年度，不再提醒", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.closeYear)
	rest.Handle(a, rest.Op{
		ID: "setYearStage", Method: http.MethodPut, Path: path + "/stages/{stage}", Action: rbac.YearSave,
		Summary: "设定一个阶段的期限：全部单位的或个别单位的", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.setStage)
	rest.Handle(a, rest.Op{
		ID: "listYearClocks", Method: http.MethodGet, Path: path + "/clocks", Action: rbac.YearRead,
		Summary: "各单位的公开期限和部门批复期限，由哪份批复起算，急的在前", Errors: []int{http.StatusNotFound},
	}, s.listClocks)
}

func (s *Server) getStages(ctx context.Context, q *yearReq) (*stagesResp, error) {
	found, err := s.settings.Stages(ctx, callerOf(ctx).Identity, q.Region, q.Year)
	return s.answerStages(ctx, found, err)
}

func (s *Server) openYear(ctx context.Context, q *openYearReq) (*stagesResp, error) {
	found, err := s.settings.OpenYear(ctx, callerOf(ctx).Identity, q.Region, q.Year, q.Body.Reason)
	return s.answerStages(ctx, found, err)
}

func (s *Server) closeYear(ctx context.Context, q *closeYearReq) (*stagesResp, error) {
	found, err := s.settings.CloseYear(ctx, callerOf(ctx).Identity, q.Region, q.Year, q.IfMatch.Version(), q.Body.Reason)
	return s.answerStages(ctx, found, err)
}

func (s *Server) setStage(ctx context.Context, q *setStageReq) (*stagesResp, error) {
	change := setting.StageChange{Stage: tracking.Stage(q.Stage), UnitID: value(q.Body.Unit), Opens: value(q.Body.Opens), Due: value(q.Body.Due)}
	found, err := s.settings.SetStage(ctx, callerOf(ctx).Identity, q.Region, q.Year, q.IfMatch.Version(), change, q.Body.Reason)
	return s.answerStages(ctx, found, err)
}

func (s *Server) answerStages(ctx context.Context, y setting.Stages, err error) (*stagesResp, error) {
	if err != nil {
		return nil, err
	}
	out := YearStages{Region: y.Region, Year: y.Year, On: y.On, Version: y.Version, Actions: s.settings.YearActs(callerOf(ctx).Identity, y)}
	if o := y.Opening; o != nil {
		out.OpenedOn, out.OpenedBy, out.FromYear, out.ClosedOn, out.ClosedBy = o.OpenedOn, o.OpenedBy, o.FromYear, o.ClosedOn, o.ClosedBy
	}
	if y.Outset != nil {
		out.Outset = outsetOf(y)
	}
	for _, stage := range y.List {
		one := YearStage{
			Stage: string(stage.Key), Name: stage.Key.Name(), Opens: stage.Opens, Due: stage.Due, Origin: stage.Origin, Phase: stage.Phase, ClockDays: stage.ClockDays,
		}
		for _, d := range stage.Deviations {
			one.Deviations = append(one.Deviations, StageDeviation{d.Unit.ID, d.Unit.Code, d.Unit.Name, d.Opens, d.Due})
		}
		out.Stages = append(out.Stages, one)
	}
	for _, c := range y.History {
		out.History = append(out.History, YearChange(c))
	}
	return &stagesResp{ETag: rest.Tag(y.Version), Body: out}, nil
}

// outsetOf lists the dates in the order of the stages.
func outsetOf(y setting.Stages) *YearOutset {
	tree, _ := indicator.FindTree(y.Outset.TreeKey)
	out := &YearOutset{FromYear: y.Outset.FromYear, TreeName: tree.Name}
	for _, stage := range y.List {
		for _, d := range y.Outset.Dates {
			if d.Stage == string(stage.Key) {
				out.Stages = append(out.Stages, StageDate{stage.Key.Name(), d.Opens, d.Due})
			}
		}
	}
	for _, d := range y.Outset.Steps {
		out.Steps = append(out.Steps, StepDate{d.Step.Name, d.At})
	}
	return out
}

func (s *Server) listClocks(ctx context.Context, q *clocksReq) (*clocksResp, error) {
	page, err := s.settings.Clocks(ctx, callerOf(ctx).Identity, q.Region, q.Year, value(q.State), q.Size, q.Offset())
	if err != nil {
		return nil, err
	}
	items := make([]UnitClock, len(page.Items))
	for i, c := range page.Items {
		items[i] = UnitClock{
			Unit: c.Unit.ID, Code: c.Unit.Code, Name: c.Unit.Name, Stage: string(c.Stage), StageName: c.Stage.Name(),
			Opens: c.Opens, Due: c.Due, Days: c.Days, DoneOn: c.DoneOn, State: c.State,
		}
		if c.Approval != nil {
			items[i].ApprovalNumber, items[i].ApprovalDate = c.Approval.Number, c.Approval.Date
		}
	}
	n := page.Counts
	return &clocksResp{Body: ClockList{
		Page:   rest.NewPage(q.PageQuery, items, page.Total),
		Counts: ClockCounts{Late: n[setting.ClockLate], Running: n[setting.ClockRunning], DoneLate: n[setting.ClockDoneLate], Done: n[setting.ClockDone]},
	}}, nil
}
