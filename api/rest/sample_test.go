package rest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-playground/validator/v10"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

// The sample domain: filings with funds and rows of indicators, in a map.

type operator string

type fundIn struct {
	Source string       `json:"source" binding:"required,oneof=中央 省级 其他" label:"资金来源"`
	Amount *model.Money `json:"amount" binding:"required" label:"金额"`
}

type indicatorIn struct {
	Name     string   `json:"name" binding:"required,max=100" label:"三级指标"`
	Operator operator `json:"operator" binding:"required" label:"运算符"`
	Limit    *string  `json:"limit" binding:"required_unless=Operator 定性,omitempty,decimal,max=20" label:"指标值"`
	Weight   *float64 `json:"weight" label:"权重"`
	Tags     []string `json:"tags" binding:"max=3,unique,dive,required,max=10" label:"标签"`
}

type rowIn struct {
	Level1     string        `json:"level1" binding:"required,max=50" label:"一级指标"`
	Indicators []indicatorIn `json:"indicators" binding:"required,min=1,max=50,dive" label:"指标"`
}

type contact struct {
	Phone string  `json:"phone" binding:"required,phone" label:"电话"`
	Email *string `json:"email,omitempty" binding:"omitempty,email" label:"邮箱"`
}

type audited struct {
	Note string `json:"note" binding:"max=500" label:"备注"`
}

type filingIn struct {
	audited
	Name    string          `json:"name" binding:"required,min=2,max=100" label:"项目名称"`
	Kind    model.FundKind  `json:"kind" binding:"required" label:"资金性质"`
	Year    int             `json:"year" binding:"required,min=2015,max=2100" label:"年度"`
	Count   *int            `json:"count" binding:"required,max=9" label:"数量"`
	Key     bool            `json:"key" label:"重点项目"`
	Ends    *model.Date     `json:"ends" label:"结束日期"`
	Begins  model.Date      `json:"begins" binding:"required" label:"开始日期"`
	Project model.ID        `json:"project" binding:"required" label:"项目"`
	Seen    *time.Time      `json:"seen"`
	Day     *string         `json:"day" binding:"omitempty,datetime=2006-01-02"`
	Contact *contact        `json:"contact" label:"联系人"`
	Funds   []fundIn        `json:"funds" binding:"required,max=10,dive" label:"资金"`
	Rows    []rowIn         `json:"rows" binding:"max=20,dive" label:"指标行"`
	Even    *int32          `json:"even" binding:"omitempty,even"`
	Kinds   []model.Measure `json:"kinds" binding:"max=4,unique"`
}

type filingOut struct {
	ID      model.ID          `json:"id"`
	Name    string            `json:"name"`
	Year    int               `json:"year"`
	Ends    *model.Date       `json:"ends"`
	Contact *contact          `json:"contact"`
	Rows    []rowOut          `json:"rows"`
	Words   map[string]string `json:"words"`
	Actions []rest.ActionName `json:"actions"`
}

type rowOut struct {
	Level1 string   `json:"level1"`
	Names  []string `json:"names"`
	Under  []rowOut `json:"under,omitempty"`
}

type getReq struct {
	ID model.ID `path:"id" label:"编号"`
}

type putReq struct {
	getReq
	IfMatch rest.IfMatch         `header:"If-Match" binding:"required"`
	Key     *rest.IdempotencyKey `header:"Idempotency-Key" label:"幂等键"`
	Body    filingIn
}

type oneResp struct {
	ETag rest.ETag `header:"ETag"`
	Body filingOut
}

type listReq struct {
	rest.PageQuery
	Sort   string           `query:"sort" default:"-year" binding:"sort=year name" label:"排序"`
	Text   string           `query:"text" binding:"max=50" label:"关键词"`
	Kinds  []model.FundKind `query:"kind" binding:"max=3" label:"资金性质"`
	Region string           `query:"region" binding:"omitempty,region" label:"区划"`
	Key    *bool            `query:"key" label:"重点项目"`
}

type listResp struct{ Body rest.Page[filingOut] }

type uploadResp struct{ Body uploadOut }

type uploadOut struct {
	Bytes int    `json:"bytes"`
	Type  string `json:"type"`
}

// shelf keeps the sample's filings.
type shelf struct {
	mu      sync.Mutex
	version int
	stored  []filingIn
}

type caller struct{}

type sample struct {
	*rest.API
	rules   *rest.Rules
	engine  *gin.Engine
	shelf   shelf
	refuses error // what the guard says
}

func sampleRules() *rest.Rules {
	r := rest.NewRules()
	rest.Enum(r, nil, operator("≥"), "≤", "=", "定性")
	rest.Enum(r, model.Chinese[model.FundKind], model.GeneralPublicBudget, model.GovernmentFund, model.UnitFunds)
	rest.Enum(r, nil, model.MeasureBudget, model.MeasureRevenue)
	r.Add(rest.PatternRule("decimal", `^[0-9]+([.][0-9]+)?$`, "应为数字，如 12 或 98.5"))
	r.Add(rest.Rule{Tag: "region", Alias: "len=9,numeric", Bounded: true, ZH: "应为九位数字的区划代码", Schema: map[string]any{"pattern": "^[0-9]{9}$"}})
	r.Add(rest.PatternRule("phone", `^[0-9-]{7,20}$`, "应为电话号码"))
	r.Add(rest.Rule{Tag: "even", NoSchema: true, ZH: "应为双数", Check: func(fl validator.FieldLevel) bool { return fl.Field().Int()%2 == 0 }})
	return r
}

func newSample(t testing.TB) *sample {
	gin.SetMode(gin.ReleaseMode)
	s := &sample{rules: sampleRules(), engine: gin.New()}
	s.engine.Use(func(c *gin.Context) { c.Header("X-Request-Id", "R1") })
	s.API = rest.New(s.engine.Group("/api"), s.rules, s.guard)
	s.engine.NoRoute(s.Missing)
	s.routes()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *sample) guard(c *gin.Context, action rbac.Action) error {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), caller{}, action.ZH))
	return s.refuses
}

func (s *sample) routes() {
	rest.Handle(s.API, rest.Op{ID: "saveFiling", Method: "PUT", Path: "/filings/{id}", Summary: "保存申报", Action: rbac.FilingSave, Errors: []int{409}}, s.save)
	rest.Handle(s.API, rest.Op{ID: "getFiling", Method: "GET", Path: "/filings/{id}", Summary: "读取申报", Action: rbac.FilingRead}, s.get)
	rest.Handle(s.API, rest.Op{ID: "listFilings", Method: "GET", Path: "/filings", Summary: "申报列表", Action: rbac.FilingRead}, s.list)
	rest.Handle(s.API, rest.Op{ID: "submitFiling", Method: "POST", Path: "/filings/{id}/submit", Summary: "提交申报", Action: rbac.FilingSubmit, Errors: []int{409}}, s.submit)
	rest.HandleRaw(s.API, rest.Raw{
		Op:      rest.Op{ID: "addAttachment", Method: "POST", Path: "/attachments", Summary: "上传附件", Action: rbac.AttachmentAdd, Status: 201, MaxBody: 1000},
		Accepts: []string{"application/pdf", "application/octet-stream"},
	}, s.upload)
	rest.HandleRaw(s.API, rest.Raw{
		Op:    rest.Op{ID: "getAttachment", Method: "GET", Path: "/attachments/{id}", Summary: "下载附件", Action: rbac.AttachmentRead},
		Gives: []string{"application/pdf"},
	}, s.download)
	s.ServeSpec(rest.Op{ID: "getSpec", Method: "GET", Path: "/openapi.json", Summary: "接口说明", Action: rbac.Public}, "标尺", "1")
}

func (s *sample) save(_ context.Context, req *putReq) (*oneResp, error) {
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	if req.IfMatch.Version() != s.shelf.version {
		return nil, rest.Stale(rest.Tag(s.shelf.version), errors.New("version"))
	}
	s.shelf.version++
	s.shelf.stored = append(s.shelf.stored, req.Body)
	return &oneResp{rest.Tag(s.shelf.version), filingOut{ID: req.ID, Name: req.Body.Name, Year: req.Body.Year, Contact: req.Body.Contact}}, nil
}

func (s *sample) get(_ context.Context, req *getReq) (*oneResp, error) {
	switch req.ID {
	case 404:
		return nil, model.Fail(model.NotFound, "filing.notFound", "没有编号为 %s 的申报", req.ID)
	case 500:
		return nil, &model.Error{Code: model.Internal, Reason: "db", Message: "secret of the database", Err: errors.New("dial tcp")}
	case 501:
		panic("secret panic")
	case 502:
		return nil, nil
	}
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	body := filingOut{ID: req.ID, Name: "甲", Rows: []rowOut{{Level1: "产出"}}, Actions: rest.ActionNames(rbac.FilingSubmit)}
	return &oneResp{rest.Tag(s.shelf.version, "filing.submit"), body}, nil
}

func (s *sample) list(ctx context.Context, req *listReq) (*listResp, error) {
	order, down := rest.Order(req.Sort)
	name := fmt.Sprintf("%v %v %v %q %v %d %v", order, down, req.Kinds, req.Text, req.Key != nil && *req.Key, req.Offset(), ctx.Value(caller{}))
	return &listResp{rest.NewPage(req.PageQuery, []filingOut{{ID: 1, Name: name}}, 41)}, nil
}

func (s *sample) submit(_ context.Context, req *getReq) (*struct{}, error) {
	switch req.ID {
	case 409:
		return nil, model.Fail(model.Conflict, "filing.notDraft", "只有草稿可以提交")
	case 422:
		return nil, &model.Error{Code: model.Invalid, Reason: "filing.incomplete", Message: "申报不完整", Fields: []model.Problem{{Path: "$.rows[2].indicators[0].name", Message: "三级指标未填"}}}
	}
	return nil, nil
}

func (s *sample) upload(_ context.Context, _ *struct{}, file rest.Upload) (*uploadResp, *rest.Download, error) {
	content, err := io.ReadAll(file)
	return &uploadResp{uploadOut{len(content), file.MediaType}}, nil, err
}

func (s *sample) download(_ context.Context, req *getReq, _ rest.Upload) (*struct{}, *rest.Download, error) {
	file := &rest.Download{MediaType: "application/pdf", Name: "绩效 目标.pdf", Size: 4, ETag: rest.Tag(3)}
	file.Write = func(w io.Writer) error {
		if req.ID == 7 {
			return errors.New("disk")
		}
		_, err := io.WriteString(w, "%PDF")
		if req.ID == 8 {
			err = errors.New("half way")
		}
		return err
	}
	if req.ID == 9 {
		file.MediaType = "text/html"
	}
	return nil, file, nil
}

const goodBody = `{"name":"乡村道路养护","kind":"generalPublicBudget","year":2026,"count":0,"key":true,"ends":"2026-12-31","begins":"2026-01-01",
"project":"1200","seen":"2026-01-31T08:00:00+08:00","day":"2026-01-31","note":"=1+1","contact":{"phone":"0571-1234567","email":"a@b.cn"},
"funds":[{"source":"中央","amount":"100.00"},{"source":"其他","amount":"0"}],"kinds":["budget","revenue"],"even":2,
"rows":[{"level1":"产出指标","indicators":[{"name":"里程","operator":"≥","limit":"12.5","weight":10.5,"tags":["甲","乙"]}]}]}`

// ask sends a request with a body of JSON; head holds pairs of names and values.
func (s *sample) ask(method, path, body string, head ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.engine.ServeHTTP(w, request(method, path, body, head...))
	return w
}

func request(method, path, body string, head ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body == "" {
		r = httptest.NewRequest(method, path, nil)
	} else {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	return r
}

// put saves a body over version 0.
func (s *sample) put(body string) *httptest.ResponseRecorder {
	return s.ask("PUT", "/api/filings/5", body, "If-Match", `"0"`)
}
