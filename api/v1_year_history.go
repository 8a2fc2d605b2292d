package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/rbac"
)

type yearHistoryResp struct{ Body YearHistory }

// YearHistory is what was set for a region's year, newest first.
type YearHistory struct {
	Events []YearEvent `json:"events"`
}

// YearEvent is one change of a year's settings.
type YearEvent struct {
	At     time.Time   `json:"at"`
	Actor  string      `json:"actor"`
	Title  string      `json:"title"`
	Reason string      `json:"reason"`
	Lines  []AuditLine `json:"lines" description:"改了什么，每项一条"`
}

func (s *Server) yearHistoryRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "historyOfYear", Method: http.MethodGet, Path: "/years/{region}/{year}/history", Action: rbac.YearRead, Summary: "年度设置的修改记录，新的在前",
	}, s.historyOfYear)
}

func (s *Server) historyOfYear(ctx context.Context, q *yearReq) (*yearHistoryResp, error) {
	events, err := s.settings.YearHistory(ctx, callerOf(ctx).Identity, q.Region, q.Year)
	out := YearHistory{Events: []YearEvent{}}
	for _, e := range events {
		out.Events = append(out.Events, YearEvent{At: e.At, Actor: e.Actor, Title: titleOf(e.Action), Reason: e.Reason, Lines: auditLines(e.Detail)})
	}
	return &yearHistoryResp{Body: out}, err
}
