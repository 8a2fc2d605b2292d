package api

import (
	"context"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// issueEvaluations are the self-evaluations that the units of a document published.
func (s *Server) issueEvaluations(ctx context.Context, p stand, i *publication.Issue) (list []web.PublicEvaluation, err error) {
	evaluations, err := s.books.PublicEvaluations(ctx, i.Unit.Path, i.Publication.Year)
	for _, e := range evaluations {
		own := func(u disclosure.BundleUnit) bool { return u.Path == e.Unit.Path }
		if !slices.ContainsFunc(i.Bundle.Units, own) {
			continue
		}
		out := web.PublicEvaluation{
			Projects: e.Release.Projects, Reason: e.Release.Reason,
			PublishedOn: disclosure.LongDate(model.Date(e.Release.PublishedAt.In(model.Beijing).Format(time.DateOnly))),
		}
		if len(i.Bundle.Units) > 1 {
			out.Unit = i.Bundle.UnitName(e.Unit.Path)
		}
		if e.Whole != nil {
			out.Whole = e.Whole.Score + " 分，" + e.Whole.Grade
		}
		at := stand{publication.PublicQuery{Region: e.Unit.RegionCode, Unit: e.Unit.Code, Year: e.Release.Year}, p.large}
		out.Files = at.evaluationFiles(e.Files)
		list = append(list, out)
	}
	return list, err
}

// evaluationFileWords say what each format is called, in the order of a page.
var evaluationFileWords = []struct{ format, text string }{
	{"html", "自评表（网页）"}, {"pdf", "PDF"}, {"docx", "Word"}, {"xlsx", "Excel"}, {"json", "数据包"},
}

// evaluationFiles are the public addresses of a release's files.
func (p stand) evaluationFiles(files []model.PublicationFile) (list []web.Link) {
	for _, word := range evaluationFileWords {
		for _, f := range files {
			if f.Format == word.format {
				list = append(list, web.Link{Text: word.text, Href: p.address(nil, "evaluation", f.Name)})
			}
		}
	}
	return list
}

func (s *Server) publicEvaluationFile(c *gin.Context) {
	p, err := standOf(c)
	if err == nil {
		var file model.PublicationFile
		if file, err = s.books.PublicEvaluationFile(c.Request.Context(), p.PublicQuery, c.Param("name")); err == nil {
			sendPublished(c, file)
			return
		}
	}
	s.fail(c, err)
}
