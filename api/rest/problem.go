package rest

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/gin-gonic/gin"

	"biaochi/model"
)

// Problem is what a failed request is answered with (RFC 9457).
type Problem struct {
	Type      string         `json:"type" description:"问题种类的标识，如 /problems/version-conflict"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail" description:"出了什么问题，在哪里，怎么办"`
	Instance  string         `json:"instance" description:"请求的路径"`
	Reason    string         `json:"reason" description:"稳定的键，供程序用"`
	RequestID string         `json:"requestId" description:"请求编号，报告问题时请附上"`
	Errors    []FieldProblem `json:"errors,omitempty" description:"全部有误之处"`
	Changed   *Changed       `json:"changed,omitempty" description:"依据的版本已过期时，他人改了什么"`
}

// Changed says what somebody else did to a record since the caller read it.
type Changed struct {
	Lock        int            `json:"lock" description:"记录现在的修改版本号"`
	State       string         `json:"state"`
	By          string         `json:"by" description:"最后办理人"`
	At          time.Time      `json:"at"`
	Acts        []string       `json:"acts" description:"其间办理的操作，先办的在前"`
	Differences []ChangedPlace `json:"differences" description:"内容逐处的变化"`
}

// ChangedPlace is one place that the other one changed.
type ChangedPlace struct {
	Path   string `json:"path"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
	Kind   string `json:"kind"`
}

// ProblemType is the media type of problems.
const ProblemType = "application/problem+json"

// Failure is an error that has a status of its own, beyond the six codes of
// model.Error: 400, 412, 413, 415, 428 and whatever a handler must say exactly.
type Failure struct {
	Status int
	Reason string // stable key
	Detail string // Chinese
	Fields []FieldProblem
	Header map[string]string
	// Changed goes with a conflict over an old version.
	Changed *Changed
	Err     error // for the log
}

// Error gives the detail, with the cause where there is one.
func (f *Failure) Error() string {
	if f.Err != nil {
		return f.Detail + " (" + f.Reason + ": " + f.Err.Error() + ")"
	}
	return f.Detail
}

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

// statuses is the one mapping of the house's codes to HTTP.
var statuses = map[model.Code]int{
	model.Invalid:         http.StatusUnprocessableEntity,
	model.Unauthenticated: http.StatusUnauthorized,
	model.Forbidden:       http.StatusForbidden,
	model.NotFound:        http.StatusNotFound,
	model.Conflict:        http.StatusConflict,
	model.Internal:        http.StatusInternalServerError,
}

// Status is the HTTP status of one of the house's codes.
func Status(code model.Code) int { return statuses[code] }

// titles name each status for people.
var titles = map[int]string{
	400: "请求无法读取", 401: "尚未登录", 403: "没有权限", 404: "没有找到", 405: "不支持这种操作方式",
	409: "与现状冲突", 412: "版本已过期", 413: "内容过大", 415: "内容类型不支持", 422: "内容需要改正",
	428: "须说明所依据的版本", 429: "操作过于频繁", 500: "程序出错了", 503: "暂时不可用",
}

func badRequest(reason, detail string, err error) *Failure {
	return &Failure{Status: http.StatusBadRequest, Reason: reason, Detail: detail, Err: err}
}

func tooLarge(limit int64) *Failure {
	return &Failure{
		Status: http.StatusRequestEntityTooLarge, Reason: "request.tooLarge",
		Detail: "正文超过 " + amountOfBytes(limit) + " 的上限，请减少内容或分几次提交",
	}
}

// FailureOf gives the failure that an error is answered with, to say more in it.
func FailureOf(err error) *Failure { return failureOf(err) }

// ProblemOf gives the problem that an error would be answered with, for answers that
// carry several.
func ProblemOf(err error) Problem {
	f := failureOf(err)
	return Problem{Title: titles[f.Status], Status: f.Status, Detail: f.Detail, Reason: f.Reason, Errors: f.Fields, Changed: f.Changed}
}

// failureOf gives any error its status. Of what is not coded, and of internal
// errors, readers learn nothing but that it happened.
func failureOf(err error) *Failure {
	var failure *Failure
	if errors.As(err, &failure) {
		return failure
	}
	var known *model.Error
	if !errors.As(err, &known) || known.Code == model.Internal || statuses[known.Code] == 0 {
		return &Failure{
			Status: http.StatusInternalServerError, Reason: "internal", Err: err,
			Detail: "程序出错了，请稍后重试；仍不行时，把请求编号告诉系统管理员",
		}
	}
	out := &Failure{Status: statuses[known.Code], Reason: known.Reason, Detail: known.Message, Err: err}
	for _, p := range known.Fields {
		out.Fields = append(out.Fields, FieldProblem{In: "body", Pointer: pointerOf(p.Path), Code: known.Reason, Detail: p.Message})
	}
	return out
}

// pointerOf writes a JSON path of the house, $.projects[3].name, as a JSON pointer.
func pointerOf(path string) string {
	path = strings.TrimPrefix(path, "$")
	path = escapePointer.Replace(path)
	return strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
}

// problemOf writes the failure as the document that goes out.
func problemOf(f *Failure, r *http.Request, requestID string) Problem {
	p := Problem{
		Type: "about:blank", Title: titles[f.Status], Status: f.Status, Detail: f.Detail,
		Instance: r.URL.EscapedPath(), Reason: f.Reason, RequestID: requestID, Errors: f.Fields, Changed: f.Changed,
	}
	if f.Reason != "" {
		p.Type = "/problems/" + kebab(f.Reason)
	}
	if p.Title == "" {
		p.Title = http.StatusText(f.Status)
	}
	return p
}

// kebab writes version.conflict and unit.notKnown as version-conflict and
// unit-not-known.
func kebab(reason string) string {
	var b strings.Builder
	for _, r := range reason {
		switch {
		case unicode.IsUpper(r):
			b.WriteString("-" + string(unicode.ToLower(r)))
		case r == '.' || r == ' ':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Fail answers with the problem that the error is, and logs what only the log
// should know. Middleware in front of the routes uses it too. Where an answer
// was under way already it breaks the transfer with http.ErrAbortHandler.
func Fail(c *gin.Context, err error) {
	f := failureOf(err)
	p := problemOf(f, c.Request, c.Writer.Header().Get("X-Request-Id"))
	report(c, f, p)
	c.Abort()
	if c.Writer.Written() {
		panic(http.ErrAbortHandler) // a stream was under way: only a broken transfer can tell
	}
	for _, name := range []string{"Content-Type", "Content-Length", "Content-Disposition", "ETag"} {
		c.Writer.Header().Del(name) // of the answer that failed
	}
	for name, value := range f.Header {
		c.Header(name, value)
	}
	c.Header("Cache-Control", "no-store")
	body, _ := json.Marshal(p) // texts and numbers alone
	c.Data(f.Status, ProblemType, body)
}

func report(c *gin.Context, f *Failure, p Problem) {
	level := slog.LevelDebug
	switch {
	case c.Request.Context().Err() != nil:
		level = slog.LevelInfo // the caller went away
	case f.Status >= 500:
		level = slog.LevelError
	}
	slog.Log(c.Request.Context(), level, "request failed", "request", p.RequestID, "method", c.Request.Method,
		"path", c.Request.URL.Path, "status", f.Status, "reason", f.Reason, "error", f.Err)
}
