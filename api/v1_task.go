package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/rbac"
	"biaochi/service/filing"
)

type tasksReq struct {
	rest.PageQuery
	Year *int `query:"year" binding:"omitempty,min=2000,max=2100" label:"预算年度"`
}

type tasksResp struct{ Body TaskPage }

// TaskPage is a page of what waits for the reader, with how much waits in all.
type TaskPage struct {
	rest.Page[Task]
	Counts TaskCounts `json:"counts"`
}

// TaskCounts counts all tasks of the reader by urgency.
type TaskCounts struct {
	Returned int `json:"returned" description:"退回修改"`
	Late     int `json:"late" description:"已逾期"`
	Due      int `json:"due" description:"临近截止"`
	New      int `json:"new" description:"新到"`
}

// Task is a record whose next move is the reader's.
type Task struct {
	RecordItem
	Urgency  filing.Urgency `json:"urgency"`
	Since    time.Time      `json:"since" description:"到达此处的时间"`
	Deadline *time.Time     `json:"deadline" description:"本环节的期限；未设定时为空"`
	Reason   string         `json:"reason" description:"退回的理由；不是退回的为空"`
	By       string         `json:"by" description:"退回人；不是退回的为空"`
}

func (s *Server) taskRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listTasks", Method: http.MethodGet, Path: "/tasks", Action: rbac.Self, Summary: "等待本人办理的事项，急的在前",
	}, s.listTasks)
}

func (s *Server) listTasks(ctx context.Context, q *tasksReq) (*tasksResp, error) {
	if err := callerOf(ctx).Ready(); err != nil {
		return nil, err
	}
	tasks, err := s.filings.Tasks(ctx, personOf(ctx), value(q.Year), q.Size, q.Offset())
	if err != nil {
		return nil, err
	}
	items := make([]Task, len(tasks.Items))
	for i, t := range tasks.Items {
		items[i] = Task{
			RecordItem: itemOf(t.Item), Urgency: t.Urgency, Since: t.Since, Deadline: t.Deadline,
			Reason: t.Reason, By: t.By,
		}
	}
	return &tasksResp{Body: TaskPage{
		Page: rest.NewPage(q.PageQuery, items, tasks.Total),
		Counts: TaskCounts{
			Returned: tasks.Counts[filing.Returned], Late: tasks.Counts[filing.Late], Due: tasks.Counts[filing.Due], New: tasks.Counts[filing.New],
		},
	}}, nil
}
