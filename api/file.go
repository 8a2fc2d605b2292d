package api

import (
	"mime"
	"path"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/publication"
)

var contentTypes = map[string]string{
	".csv": "text/csv; charset=utf-8", ".json": "application/json", ".html": "text/html; charset=utf-8",
	".pdf": "application/pdf", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// file sends one of a book's files; pages are shown, everything else is taken away.
func (s *Server) file(c *gin.Context) {
	s.book(c, func(_ place, b *publication.Book) error {
		name := c.Param("name")
		f, ok := b.File(name)
		if !ok {
			return model.Fail(model.NotFound, "file.notFound", "没有名为 %s 的文件", name)
		}
		extension := path.Ext(name)
		c.Header("Content-Type", contentTypes[extension])
		if extension != ".html" {
			c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		}
		return f.Write(c.Writer)
	})
}
