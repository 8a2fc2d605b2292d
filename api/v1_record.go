package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/publication"
	"biaochi/service/workflow"
)

// recordKind is all that the routes of one kind of record need to know of it: C is
// its content as programs read and write it. A further kind is one more of these.
type recordKind[C any] struct {
	kind      model.RecordKind
	path      string // "/filings"
	one, many string // in operation ids: "Filing", "Filings"
	zh        string
	maxBody   int64 // of a content; 0 is the usual limit
	read      func(*C) (filing.Content, error)
	show      func(filing.Content) (C, error)
}

// records are the use cases of a kind behind its routes.
type records[C any] struct {
	recordKind[C]
	service *filing.Service
	books   *publication.Service
}

func (s *Server) recordRoutes(a *rest.API) {
	addRecords(a, s, filingKind)
	addRecords(a, s, sheetKind)
	addRecords(a, s, targetKind)
}

// action is the named action of a verb for the kind.
func (k recordKind[C]) action(verb string) rbac.Action {
	action, _ := rbac.ActionByName(string(k.kind) + "." + verb)
	return action
}

func (k recordKind[C]) op(id, method, below, verb, summary string, errors ...int) rest.Op {
	return rest.Op{ID: id, Method: method, Path: k.path + below, Action: k.action(verb), Summary: summary, Errors: errors}
}

func addRecords[C any](a *rest.API, s *Server, kind recordKind[C]) {
	r := records[C]{kind, s.filings.Of(kind.kind), s.books}
	const missing, conflict = http.StatusNotFound, http.StatusConflict
	rest.Handle(a, kind.op("list"+kind.many, http.MethodGet, "", "read", kind.zh+"列表"), r.list)
	rest.HandleRaw(a, rest.Raw{
		Op: kind.op("export"+kind.many, http.MethodGet, "/export", "read", "导出"+kind.zh+"列表为 CSV"), Gives: []string{csvType},
	}, r.export)
	create := kind.op("create"+kind.one, http.MethodPost, "", "save", "新建"+kind.zh+"草稿", missing, conflict)
	create.Status, create.MaxBody = http.StatusCreated, kind.maxBody
	rest.Handle(a, create, r.create)
	rest.Handle(a, kind.op("get"+kind.one, http.MethodGet, "/{id}", "read", "查看"+kind.zh), r.get)
	save := kind.op("save"+kind.one, http.MethodPut, "/{id}", "save", "保存"+kind.zh+"草稿", conflict)
	save.MaxBody = kind.maxBody
	rest.Handle(a, save, r.save)
	rest.Handle(a, kind.op("historyOf"+kind.one, http.MethodGet, "/{id}/history", "read", kind.zh+"的全部版本、意见和办理记录"), r.history)
	rest.Handle(a, kind.op("versionOf"+kind.one, http.MethodGet, "/{id}/versions/{number}", "read", kind.zh+"某一版的内容"), r.version)
	rest.Handle(a, kind.op("compare"+kind.one, http.MethodGet, "/{id}/differences", "read", kind.zh+"两版之间的差异"), r.compare)
	rest.Handle(a, kind.op("effectOf"+kind.one, http.MethodGet, "/{id}/effect", "read", kind.zh+"审核通过后预算草案各表的变化"), r.effect)
	r.addActs(a)
}

// addActs adds a route for each act of the workflow, so that the right that guards
// it is exactly that of the act; and one for the same act on many records.
func (r records[C]) addActs(a *rest.API) {
	op := func(verb workflow.Action) rest.Op {
		return r.op(string(verb)+r.one, http.MethodPost, "/{id}/"+string(verb), string(verb), verb.ZH()+r.zh, http.StatusConflict)
	}
	rest.Handle(a, op(workflow.Submit), r.submit)
	for _, verb := range []workflow.Action{
		workflow.Recall, workflow.Consent, workflow.Decline, workflow.Reopen, workflow.Adjust, workflow.Withdraw,
	} {
		rest.Handle(a, op(verb), func(ctx context.Context, q *reasonedReq) (*answerResp, error) { return r.reasoned(ctx, verb, q) })
	}
	for _, verb := range []workflow.Action{workflow.Pass, workflow.Return, workflow.Block} {
		rest.Handle(a, op(verb), func(ctx context.Context, q *reviewReq) (*answerResp, error) { return r.review(ctx, verb, q) })
	}
	edit := op(workflow.EditAgreed)
	edit.MaxBody = r.maxBody
	rest.Handle(a, edit, r.editAgreed)
	for _, verb := range []workflow.Action{
		workflow.Submit, workflow.Recall, workflow.Pass, workflow.Return, workflow.Block, workflow.Reopen, workflow.Adjust, workflow.Withdraw,
	} {
		many := r.op(string(verb)+r.many, http.MethodPost, "/batch/"+string(verb), string(verb), "批量"+verb.ZH()+r.zh+"，每份各自办理")
		rest.Handle(a, many, func(ctx context.Context, q *batchReq) (*batchResp, error) { return r.batch(ctx, verb, q) })
	}
}

// personOf is the caller as the use cases around records know them.
func (r records[C]) list(ctx context.Context, q *recordsReq) (*Listed, error) {
	page, err := r.service.List(ctx, personOf(ctx), q.query())
	if err != nil {
		return nil, err
	}
	items := make([]RecordItem, len(page.Items))
	for i, item := range page.Items {
		items[i] = itemOf(item)
	}
	return &Listed{Body: rest.NewPage(q.PageQuery, items, int(page.Total))}, nil
}

func (r records[C]) create(ctx context.Context, q *createReq[C]) (*createdRecordResp, error) {
	content, err := r.read(q.Body.Content)
	if err != nil {
		return nil, err
	}
	answer, err := r.service.Create(ctx, personOf(ctx), filing.NewRecord{
		UnitID: q.Body.UnitID, Year: q.Body.Year, Content: content, Key: keyOf(q.Key),
	})
	if err != nil {
		return nil, asContent(err)
	}
	return &createdRecordResp{
		Location: "/api" + r.path + "/" + answer.RecordID.String(), ETag: rest.Tag(answer.Lock), Body: answerOf(answer),
	}, nil
}

func (r records[C]) get(ctx context.Context, q *recordReq) (*recordResp[C], error) {
	view, err := r.service.Get(ctx, personOf(ctx), q.ID)
	if err != nil {
		return nil, err
	}
	body, err := r.record(view)
	if err != nil {
		return nil, err
	}
	tag, err := tagOf(view.Lock, body)
	return &recordResp[C]{ETag: tag, Body: body}, err
}

func (r records[C]) save(ctx context.Context, q *saveReq[C]) (*answerResp, error) {
	content, err := r.read(q.Body.Content)
	if err != nil {
		return nil, err
	}
	answer, err := r.service.Save(ctx, personOf(ctx), filing.Draft{
		RecordID: q.ID, Lock: q.IfMatch.Version(), Content: content, Answers: explanations(q.Body.Answers), Key: keyOf(q.Key),
	})
	return answered(answer, asContent(err))
}

func (r records[C]) submit(ctx context.Context, q *submitReq) (*answerResp, error) {
	o := q.order(workflow.Submit, q.Body.Reason)
	o.Answers = explanations(q.Body.Answers)
	answer, err := r.service.Do(ctx, personOf(ctx), o)
	return answered(answer, asContent(err)) // what the checks find is in the content
}

func (r records[C]) reasoned(ctx context.Context, verb workflow.Action, q *reasonedReq) (*answerResp, error) {
	return r.do(ctx, q.order(verb, q.Body.Reason))
}

func (r records[C]) review(ctx context.Context, verb workflow.Action, q *reviewReq) (*answerResp, error) {
	o := q.order(verb, q.Body.Reason)
	q.Body.fill(&o)
	return r.do(ctx, o)
}

func (r records[C]) editAgreed(ctx context.Context, q *editReq[C]) (*answerResp, error) {
	content, err := r.read(q.Body.Content)
	if err != nil {
		return nil, err
	}
	o := q.order(workflow.EditAgreed, q.Body.Reason)
	q.Body.fill(&o)
	o.Edit = &content
	answer, err := r.service.Do(ctx, personOf(ctx), o)
	return answered(answer, asContent(err))
}

func (r records[C]) do(ctx context.Context, o filing.Order) (*answerResp, error) {
	answer, err := r.service.Do(ctx, personOf(ctx), o)
	return answered(answer, changedSince(err))
}

func (r records[C]) batch(ctx context.Context, verb workflow.Action, q *batchReq) (*batchResp, error) {
	orders := make([]filing.Order, len(q.Body.Records))
	for i, one := range q.Body.Records {
		orders[i] = filing.Order{RecordID: one.ID, Lock: one.Lock, Action: verb}
		q.Body.reviewIn.fill(&orders[i])
		orders[i].Reason = text(q.Body.Reason)
	}
	out := &batchResp{}
	for i, result := range r.service.Each(ctx, personOf(ctx), orders, keyOf(q.Key)) {
		done := BatchResult{ID: orders[i].RecordID}
		if result.Err != nil {
			done.Problem = problemIn(result.Err)
		} else {
			answer := answerOf(result.Answer)
			done.Answer = &answer
		}
		out.Body.Results = append(out.Body.Results, done)
	}
	return out, nil
}

func (r records[C]) history(ctx context.Context, q *recordReq) (*historyResp, error) {
	history, err := r.service.History(ctx, personOf(ctx), q.ID)
	if err != nil {
		return nil, err
	}
	body, err := historyOf(history)
	return &historyResp{Body: body}, err
}

func (r records[C]) version(ctx context.Context, q *versionReq) (*versionResp[C], error) {
	version, content, err := r.service.VersionContent(ctx, personOf(ctx), q.ID, q.Number)
	if err != nil {
		return nil, err
	}
	shown, err := r.show(content)
	return &versionResp[C]{Body: RecordVersion[C]{Version: versionOf(version), Content: shown}}, err
}

func (r records[C]) compare(ctx context.Context, q *compareReq) (*differencesResp, error) {
	found, err := r.service.Compare(ctx, personOf(ctx), q.ID, q.From, q.To)
	return &differencesResp{Body: DifferenceList{Differences: differencesOf(found)}}, err
}

// record shows a record whole.
func (r records[C]) record(v filing.View) (out Record[C], err error) {
	if out.Content, err = r.show(v.Content); err != nil {
		return out, err
	}
	out.RecordHead = headOf(v)
	if v.Edit == nil {
		return out, nil
	}
	edit := AgreedEdit[C]{By: v.Edit.By, Differences: differencesOf(v.Edit.Differences)}
	edit.Content, err = r.show(v.Edit.Content)
	out.Edit = &edit
	return out, err
}
