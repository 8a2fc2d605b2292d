package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/audit"
)

type auditReq struct {
	rest.PageQuery
	Unit    *model.ID  `query:"unit" label:"单位"`
	Actor   *string    `query:"actor" binding:"omitempty,max=100" label:"操作人" description:"登录名"`
	Action  *string    `query:"action" binding:"omitempty,max=100" label:"操作" description:"操作名；以点结尾时指一类，如 filing."`
	Record  *model.ID  `query:"record" label:"记录" description:"申报、基本支出表、整体支出绩效目标等的标识"`
	From    *time.Time `query:"from" label:"起始时间"`
	Until   *time.Time `query:"until" label:"截止时间" description:"不含"`
	Refused *bool      `query:"refused" label:"被拒绝的"`
}

type auditResp struct{ Body rest.Page[AuditEvent] }

// AuditEvent is an entry of the log of the installation.
type AuditEvent struct {
	ID        model.ID    `json:"id"`
	At        time.Time   `json:"at"`
	Actor     string      `json:"actor"`
	DeputyFor string      `json:"deputyFor"`
	Action    string      `json:"action"`
	Title     string      `json:"title" description:"操作的中文名；没有时同 action"`
	Unit      *UnitRef    `json:"unit"`
	Year      int         `json:"year" description:"预算年度；不属于某一年的为 0"`
	RecordID  *model.ID   `json:"recordId"`
	FromState model.State `json:"fromState,omitempty"`
	ToState   model.State `json:"toState,omitempty"`
	Reason    string      `json:"reason"`
	Refused   string      `json:"refused" description:"被拒绝的原因；已办理的为空"`
	Why       string      `json:"why" description:"被拒绝的原因的中文"`
	Detail    string      `json:"detail" description:"其余内容，JSON 文本"`
	Lines     []AuditLine `json:"lines" description:"其余内容的中文，每项一条"`
}

func (s *Server) auditRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listAuditEvents", Method: http.MethodGet, Path: "/audit-events", Action: rbac.AuditRead, Summary: "审计日志，新的在前",
	}, s.listAuditEvents)
}

func (s *Server) listAuditEvents(ctx context.Context, q *auditReq) (*auditResp, error) {
	entries, total, err := s.audits.Events(ctx, audit.Query{
		UnitID: value(q.Unit), RecordID: value(q.Record), Actor: text(q.Actor), Action: text(q.Action), From: value(q.From), Until: value(q.Until),
		Refused: q.Refused, Limit: q.Size, Offset: q.Offset(),
	})
	if err != nil {
		return nil, err
	}
	items := make([]AuditEvent, len(entries))
	for i, e := range entries {
		items[i] = auditEventOf(e)
	}
	return &auditResp{Body: rest.NewPage(q.PageQuery, items, int(total))}, nil
}

func auditEventOf(e audit.Entry) AuditEvent {
	out := AuditEvent{
		ID: e.ID, At: e.At, Actor: e.Actor, DeputyFor: e.DeputyFor, Action: e.Action, Title: titleOf(e.Action), Year: e.Year,
		FromState: e.FromState, ToState: e.ToState, Reason: e.Reason, Refused: e.Refused, Why: refusalWord(e.Refused), Detail: e.Detail, Lines: auditLines(e.Detail),
	}
	if e.Unit != nil {
		unit := unitRef(*e.Unit)
		out.Unit = &unit
	}
	if e.RecordID != 0 {
		out.RecordID = &e.RecordID
	}
	return out
}
