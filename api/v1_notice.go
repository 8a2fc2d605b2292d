package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Notice tells the reader of something that happened (通知).
type Notice struct {
	ID       model.ID         `json:"id"`
	Kind     model.NoticeKind `json:"kind"`
	Text     string           `json:"text"`
	At       time.Time        `json:"at"`
	Actor    string           `json:"actor"` // login; "" where nobody caused it
	UnitID   *model.ID        `json:"unitId"`
	Year     *int             `json:"year"`
	RecordID *model.ID        `json:"recordId"`
	// RecordKind is "" where the notice is about no record.
	RecordKind string     `json:"recordKind" description:"filing（绩效目标申报）、sheet（基本支出表）或 target（整体支出绩效目标）；与它们无关的为空"`
	ReadAt     *time.Time `json:"readAt"`
}

type noticesReq struct {
	rest.PageQuery
	Unread bool `query:"unread" label:"只看未读"`
}

type noticesResp struct{ Body NoticePage }

// NoticePage is a page of the reader's notices, newest first.
type NoticePage struct {
	rest.Page[Notice]
	Unread int `json:"unread" description:"全部未读数"`
}

type readNoticesReq struct{ Body readNoticesIn }

type readNoticesIn struct {
	IDs []model.ID `json:"ids" binding:"max=500" label:"通知" description:"不写或为空则全部标为已读"`
}

func (s *Server) noticeRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listNotices", Method: http.MethodGet, Path: "/notices", Action: rbac.Self, Summary: "本人的通知，新的在前",
	}, s.listNotices)
	rest.Handle(a, rest.Op{
		ID: "readNotices", Method: http.MethodPost, Path: "/notices/read", Action: rbac.Self, Summary: "把本人的通知标为已读",
	}, s.readNotices)
}

func (s *Server) listNotices(ctx context.Context, r *noticesReq) (*noticesResp, error) {
	filter := store.NoticeFilter{Unread: r.Unread, Limit: r.Size, Offset: r.Offset()}
	list, total, unread, err := s.notices.List(ctx, callerOf(ctx).Identity, filter)
	items := make([]Notice, len(list))
	for i, n := range list {
		items[i] = Notice{
			ID: n.ID, Kind: n.Kind, Text: n.Text, At: n.At, Actor: n.Actor, ReadAt: n.ReadAt,
			UnitID: present(n.UnitID), Year: present(n.Year), RecordID: present(n.RecordID), RecordKind: string(n.RecordKind),
		}
	}
	return &noticesResp{Body: NoticePage{rest.NewPage(r.PageQuery, items, int(total)), int(unread)}}, err
}

// present gives a value, nil where it is the zero one.
func present[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func (s *Server) readNotices(ctx context.Context, r *readNoticesReq) (*nothing, error) {
	return &nothing{}, s.notices.Read(ctx, callerOf(ctx).Identity, r.Body.IDs)
}
