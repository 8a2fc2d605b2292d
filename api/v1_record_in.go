package api

import (
	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

type recordsReq struct {
	rest.PageQuery
	recordsFilter
}

type recordsFilter struct {
	Unit  *model.ID    `query:"unit" label:"单位"`
	Under *string      `query:"under" binding:"omitempty,max=255" label:"上级单位路径" description:"该单位及以下"`
	Year  *int         `query:"year" binding:"omitempty,min=2000,max=2100" label:"预算年度"`
	State *model.State `query:"state" label:"状态"`
	Text  *string      `query:"text" binding:"omitempty,max=100" label:"关键词" description:"项目或单位的名称或代码"`
	Sort  *string      `query:"sort" binding:"omitempty,sort=place project name state moved" label:"排序"`
}

func (q recordsReq) query() filing.Query {
	query := q.recordsFilter.query()
	query.Page, query.Size = q.Page, q.Size
	return query
}

func (q recordsFilter) query() filing.Query {
	query := filing.Query{Under: text(q.Under), Text: text(q.Text), UnitID: value(q.Unit), Year: value(q.Year), State: value(q.State)}
	name, falling := rest.Order(text(q.Sort))
	if name == "place" {
		name = "" // the store's own order
	}
	query.Sort, query.Falling = store.FilingSort(name), falling
	return query
}

// value is what a pointer points at, the zero value where it is nil.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func text(p *string) string { return value(p) }

type recordReq struct {
	ID model.ID `path:"id" label:"记录"`
}

type versionReq struct {
	recordReq
	Number int `path:"number" binding:"min=1,max=100000" label:"版本号"`
}

type compareReq struct {
	recordReq
	From int `query:"from" binding:"required,min=1,max=100000" label:"原版本号"`
	To   int `query:"to" binding:"required,min=1,max=100000" label:"新版本号"`
}

// keyed is what every deed may carry, so that repeating it is harmless.
type keyed struct {
	Key *rest.IdempotencyKey `header:"Idempotency-Key" label:"请求标识"`
}

func keyOf(key *rest.IdempotencyKey) string { return string(value(key)) }

type createReq[C any] struct {
	keyed
	Body NewRecord[C]
}

// NewRecord is a record that somebody begins.
type NewRecord[C any] struct {
	UnitID  model.ID `json:"unitId" binding:"required" label:"单位"`
	Year    int      `json:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Content *C       `json:"content" binding:"required" label:"内容"`
}

// deedReq is what every act on one record carries.
type deedReq struct {
	keyed
	recordReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
}

func (q deedReq) order(verb workflow.Action, reason *string) filing.Order {
	return filing.Order{RecordID: q.ID, Lock: q.IfMatch.Version(), Action: verb, Reason: text(reason), Key: keyOf(q.Key)}
}

type saveReq[C any] struct {
	deedReq
	Body Draft[C]
}

// Draft is a draft as somebody wants it kept, all of it.
type Draft[C any] struct {
	Content *C            `json:"content" binding:"required" label:"内容"`
	Answers []Explanation `json:"answers,omitempty" binding:"max=500,dive" label:"对提醒的说明"`
}

// Explanation is a preparer's answer to a warning.
type Explanation struct {
	Key    string `json:"key" binding:"required,max=64" label:"提醒" description:"提醒的 key"`
	Answer string `json:"answer" binding:"required,max=2000" label:"说明"`
}

func explanations(given []Explanation) []filing.Explanation {
	out := make([]filing.Explanation, len(given))
	for i, e := range given {
		out[i] = filing.Explanation(e)
	}
	return out
}

type submitReq struct {
	deedReq
	Body submitIn
}

type submitIn struct {
	Reason  *string       `json:"reason" binding:"omitempty,max=2000" label:"说明"`
	Answers []Explanation `json:"answers" binding:"max=500,dive" label:"对提醒的说明"`
}

type reasonedReq struct {
	deedReq
	Body reasonedIn
}

type reasonedIn struct {
	Reason *string `json:"reason" binding:"omitempty,max=2000" label:"理由"`
}

type reviewReq struct {
	deedReq
	Body reviewIn
}

type reviewIn struct {
	Grade   *workflow.Grade `json:"grade" label:"等级"`
	Reason  *string         `json:"reason" binding:"omitempty,max=2000" label:"理由"`
	Remarks []remarkIn      `json:"remarks" binding:"max=200,dive" label:"审核意见"`
	Review  *ReviewSheet    `json:"review" label:"审核表"`
}

type remarkIn struct {
	Path string `json:"path" binding:"required,max=500" label:"所指内容" description:"内容中的路径，如 $.form.annualGoal；$ 指整份"`
	Text string `json:"text" binding:"required,max=2000" label:"意见"`
}

// ReviewSheet is a filled-in 项目支出绩效目标审核表.
type ReviewSheet struct {
	KeyProject bool           `json:"keyProject,omitempty" label:"重点项目"`
	Items      []ReviewMark   `json:"items,omitempty" binding:"max=100,dive" label:"审核内容"`
	Opinion    string         `json:"opinion,omitempty" binding:"max=20000" label:"审核意见"`
	Overall    workflow.Grade `json:"overall" binding:"required" label:"综合评定等级"`
}

// ReviewMark is the grade of one item of the sheet, and for a key project its score.
type ReviewMark struct {
	Key   string         `json:"key" binding:"required,max=64" label:"审核内容的标识"`
	Grade workflow.Grade `json:"grade" binding:"required" label:"等级"`
	Score *string        `json:"score,omitempty" binding:"omitempty,score" label:"得分"`
}

func (r *ReviewSheet) sheet() *workflow.ReviewSheet {
	if r == nil {
		return nil
	}
	out := &workflow.ReviewSheet{KeyProject: r.KeyProject, Opinion: r.Opinion, Overall: r.Overall, Grades: map[string]workflow.Grade{}}
	for _, mark := range r.Items {
		out.Grades[mark.Key] = mark.Grade
		if mark.Score == nil {
			continue
		}
		if out.Scores == nil {
			out.Scores = map[string]workflow.Points{}
		}
		var p workflow.Points
		_ = p.UnmarshalJSON([]byte(*mark.Score)) // the rule let through what it reads
		out.Scores[mark.Key] = p
	}
	return out
}

// fill puts what a reviewer says into an order.
func (in reviewIn) fill(o *filing.Order) {
	o.Grade, o.Review = value(in.Grade), in.Review.sheet()
	for _, r := range in.Remarks {
		o.Remarks = append(o.Remarks, workflow.Remark(r))
	}
}

type editReq[C any] struct {
	deedReq
	Body EditProposal[C]
}

// EditProposal is an agreed edit (协商修改) that a reviewer proposes.
type EditProposal[C any] struct {
	reviewIn
	Content *C `json:"content" binding:"required" label:"修改后的内容"`
}

type batchReq struct {
	keyed
	Body batchIn
}

type batchIn struct {
	reviewIn
	Records []batchedRecord `json:"records" binding:"required,min=1,max=200,dive" label:"记录"`
}

type batchedRecord struct {
	ID   model.ID `json:"id" binding:"required" label:"记录"`
	Lock int      `json:"lock" binding:"required,min=1,max=999999999" label:"修改版本号" description:"列表中读到的 lock"`
}
