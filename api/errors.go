package api

import (
	"errors"
	"log/slog"
	"strings"

	"github.com/gin-gonic/gin"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/web"
)

// advice says what a reader can do after each kind of failure.
var advice = map[model.Code]string{
	model.Invalid:   "请按提示改正地址或参数后重试。",
	model.Forbidden: "请换用有权限的账号，或请安全管理员分配角色。",
	model.NotFound:  "请核对地址，或从首页重新选择单位和年度。",
	model.Conflict:  "请刷新页面后重试。",
	model.Internal:  "请稍后重试；仍不行时，把下面的请求编号告诉系统管理员。",
}

// publicAdvice says the same to citizens, who have no account and know no
// administrator.
var publicAdvice = map[model.Code]string{
	model.Invalid:  "请从公开目录重新选择。",
	model.NotFound: "请核对地址，或从公开目录重新选择单位和年度。",
	model.Internal: "请稍后重试；仍不行时，请把下面的请求编号告诉公开预算的单位。",
}

// fail shows an error page. What only the log should know stays there.
func (s *Server) fail(c *gin.Context, err error) {
	code := model.CodeOf(err)
	view := web.Error{
		Frame: frame(c, "出错了"), Code: rest.Status(code), What: "程序出错了", Do: advice[code],
		Back: web.Link{Text: "回到首页", Href: homePath}, RequestID: c.GetString(requestIDKey),
	}
	if strings.HasPrefix(c.Request.URL.Path, publicRoot) {
		view.Frame, view.Do = publicFrame(c, "出错了"), publicAdvice[code]
		view.Back = web.Link{Text: "回到公开目录", Href: publicRoot + largeQuery(view.LargeText)}
	}
	var known *model.Error
	if errors.As(err, &known) {
		view.What = known.Message
	}
	if code == model.Internal {
		slog.Error("request failed", "request", view.RequestID, "path", c.Request.URL.Path, "error", err)
	}
	c.Abort()
	if c.Writer.Written() {
		return // a streamed file was under way; the broken transfer tells
	}
	c.Status(view.Code)
	s.render(c, web.PageError, view)
}

func (s *Server) notFound(c *gin.Context) {
	if s.rest.Owns(c.Request) {
		s.rest.Missing(c)
		return
	}
	s.fail(c, model.Fail(model.NotFound, "page.notFound", "没有这个页面"))
}

func (s *Server) render(c *gin.Context, page string, view any) {
	c.Header("Content-Type", "text/html; charset=utf-8")
	if err := web.Render(c.Writer, page, view); err != nil {
		slog.Error("page failed", "page", page, "request", c.GetString(requestIDKey), "error", err)
		if !c.Writer.Written() && page != web.PageError {
			s.fail(c, err)
		}
	}
}
