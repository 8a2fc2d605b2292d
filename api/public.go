package api

import (
	"cmp"
	"fmt"
	"mime"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// The public site (预算公开): no login, no script, only what was published.

const publicRoot = "/public/"

var publicBrand = web.Link{Text: "预算公开", Href: publicRoot}

func (s *Server) publicRoutes() {
	s.engine.GET(publicRoot, s.publicHome)
	s.engine.GET(unitsPath, s.publicUnits)
	s.engine.GET(schemaPath+":name", s.publicSchema)
	one := s.engine.Group(publicRoot + ":region/:unit/:year/:scope")
	one.GET("", s.publicIssue)
	one.GET("/tables/:table", s.publicTable)
	one.GET("/figure", s.publicFigure)
	one.GET("/projects", s.publicProjects)
	one.GET("/years", s.publicYears)
	one.GET("/difference", s.publicDifference)
	one.GET("/files/:name", s.publicFile)
	one.GET("/evaluation/:name", s.publicEvaluationFile)
}

// stand is where a request stands in the public site.
type stand struct {
	publication.PublicQuery
	large bool
}

var scopeNames = map[bool]string{false: "unit", true: "department"}

// standOf reads a request's address. Errors: NotFound "publication.notFound".
func standOf(c *gin.Context) (stand, error) {
	year, err := strconv.Atoi(c.Param("year"))
	scope := c.Param("scope")
	if err != nil || scope != scopeNames[false] && scope != scopeNames[true] {
		return stand{large: isLarge(c)}, model.Fail(model.NotFound, "publication.notFound", "没有这份已公开的文档，请从公开目录重新选择")
	}
	return stand{publication.PublicQuery{
		Region: c.Param("region"), Unit: c.Param("unit"), Year: year, Whole: scope == scopeNames[true], Number: number(c.Query("version"), 0),
	}, isLarge(c)}, nil
}

func (p stand) address(values url.Values, below ...string) string {
	parts := append([]string{p.Region, p.Unit, strconv.Itoa(p.Year), scopeNames[p.Whole]}, below...)
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	if values == nil {
		values = url.Values{}
	}
	if p.Number > 0 {
		values.Set("version", strconv.Itoa(p.Number))
	}
	if p.large {
		values.Set("text", "large")
	}
	address := publicRoot + strings.Join(parts, "/")
	if len(values) > 0 {
		address += "?" + values.Encode()
	}
	return address
}

func (p stand) of(number int) stand { p.Number = number; return p }

func (p stand) figure(table, row, column string) string {
	return p.address(url.Values{"table": {table}, "row": {row}, "column": {column}}, "figure")
}

// publicPage finds the version that the address names and lets fn show it.
func (s *Server) publicPage(c *gin.Context, fn func(stand, *publication.Issue) error) {
	p, err := standOf(c)
	if err == nil {
		var issue *publication.Issue
		if issue, err = s.books.Issue(c.Request.Context(), p.PublicQuery); err == nil {
			c.Header("Link", "<"+p.of(issue.Publication.Number).address(nil, "files", disclosure.ReleaseFile)+`>; rel="describedby"; type="application/json"`)
			err = fn(p, issue)
		}
	}
	if err != nil {
		s.fail(c, err)
	}
}

func (s *Server) publicHome(c *gin.Context) {
	list, err := s.books.Public(c.Request.Context())
	if err != nil {
		s.fail(c, err)
		return
	}
	view := web.PublicHome{
		Frame: publicFrame(c, "部门和单位预算公开目录"), Search: strings.TrimSpace(c.Query("q")), Compare: unitsPath + largeQuery(isLarge(c)),
	}
	for _, u := range list {
		if !strings.Contains(u.Unit.Name+" "+u.Unit.Code+" "+u.Department.Name, view.Search) {
			continue
		}
		name := cmp.Or(u.Department.Name, u.Unit.Name)
		if n := len(view.Departments); n == 0 || view.Departments[n-1].Name != name {
			view.Departments = append(view.Departments, web.PublicDepartment{Name: name})
		}
		last := &view.Departments[len(view.Departments)-1]
		last.Units = append(last.Units, publicUnit(u, isLarge(c)))
	}
	s.render(c, web.PagePublicHome, view)
}

func publicUnit(u publication.PublicUnit, large bool) web.PublicUnit {
	out := web.PublicUnit{Name: u.Unit.Name}
	for _, one := range u.Newest {
		p := stand{publication.PublicQuery{Region: u.Unit.RegionCode, Unit: u.Unit.Code, Year: one.Year, Whole: one.Whole}, large}
		out.Documents = append(out.Documents, web.PublicDocument{
			Link: web.Link{Text: fmt.Sprintf("%d年%s", one.Year, documentWord(one.Whole)), Href: p.address(nil)}, PublishedOn: publishedOn(one), Corrected: one.Number > 1,
		})
	}
	return out
}

func publicFrame(c *gin.Context, title string, crumbs ...web.Link) web.Frame {
	f := frame(c, title, append([]web.Link{{Text: "公开目录", Href: publicRoot + largeQuery(isLarge(c))}}, crumbs...)...)
	f.Brand = publicBrand
	f.Brand.Href += largeQuery(isLarge(c))
	return f
}

// issueFrame is the frame of a version's page with what government pages say of
// themselves.
func issueFrame(c *gin.Context, p stand, i *publication.Issue, page string) web.Frame {
	title := i.Bundle.Title()
	crumbs := []web.Link{{Text: i.Unit.Name + " " + title, Href: p.address(nil)}, {Text: page}}
	if page == "" {
		crumbs = crumbs[:1]
		crumbs[0].Href = ""
	} else {
		title += " " + page
	}
	f := publicFrame(c, title, crumbs...)
	f.Metas = []web.Meta{
		{Label: "SiteName", Value: "预算公开"}, {Label: "ColumnName", Value: "部门和单位预算公开"}, {Label: "ArticleTitle", Value: i.Unit.Name + i.Bundle.Title()},
		{Label: "PubDate", Value: string(publication.StampOf(i.Publication).PublishedOn)}, {Label: "ContentSource", Value: i.Unit.Name},
	}
	return f
}

func publishedOn(p model.Publication) string {
	return disclosure.LongDate(publication.StampOf(p).PublishedOn)
}

// publicHead is what the pages of one version share.
func publicHead(p stand, i *publication.Issue, current string) web.PublicHead {
	head := web.PublicHead{Heading: i.Unit.Name + " " + i.Bundle.Title()}
	switch {
	case i.Superseded():
		head.Notice = fmt.Sprintf("这是第%d版，已被更正后的第%d版取代，保留供查阅。", i.Publication.Number, i.Versions[len(i.Versions)-1].Number)
		head.NoticeLink = web.Link{Text: "查看最新一版", Href: p.of(0).address(nil)}
	case i.Publication.Number > 1:
		head.Notice = fmt.Sprintf("更正公告：本文档于%s更正后公开（第%d版）。更正理由：%s。", publishedOn(i.Publication), i.Publication.Number, strings.TrimRight(i.Publication.Reason, "。"))
		head.NoticeLink = web.Link{Text: "查看更正前后的不同", Href: p.of(i.Publication.Number).address(nil, "difference")}
	}
	for _, tab := range []struct {
		key, text string
		below     []string
	}{{"overview", "概览", nil}, {"tables", "公开表", []string{"tables", i.Bundle.FirstTable()}}, {"projects", "项目", []string{"projects"}}, {"years", "历年对比", []string{"years"}}} {
		head.Tabs = append(head.Tabs, web.Link{Text: tab.text, Href: p.address(nil, tab.below...), Current: tab.key == current})
	}
	for _, f := range i.Files {
		if f.Format == "html" {
			head.Tabs = append(head.Tabs, web.Link{Text: "全文", Href: p.address(nil, "files", f.Name)})
		}
	}
	return head
}

// publicFile sends a file of a version as it was published.
func (s *Server) publicFile(c *gin.Context) {
	p, err := standOf(c)
	if err == nil {
		var file model.PublicationFile
		if file, err = s.books.PublicFile(c.Request.Context(), p.PublicQuery, c.Param("name")); err == nil {
			sendPublished(c, file)
			return
		}
	}
	s.fail(c, err)
}

func sendPublished(c *gin.Context, file model.PublicationFile) {
	extension := path.Ext(file.Name)
	if extension != ".html" {
		c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	}
	c.Header("ETag", `"`+file.Hash+`"`)
	c.Header("Cache-Control", "no-cache")
	if c.GetHeader("If-None-Match") == `"`+file.Hash+`"` {
		c.Status(304)
		return
	}
	c.Data(200, contentTypes[extension], file.Content)
}
