package api

import (
	"io/fs"

	"github.com/gin-gonic/gin"

	"biaochi/docs/schema"
	"biaochi/model"
)

// The descriptions of open data stand beside them.
const (
	schemaPath   = publicRoot + "schema/"
	bundleSchema = "disclosure.v1.schema.json"
)

// publicSchema gives the description of a kind of open data by its name.
func (s *Server) publicSchema(c *gin.Context) {
	content, err := fs.ReadFile(schema.Files, c.Param("name"))
	if err != nil {
		s.fail(c, model.Fail(model.NotFound, "publication.schema", "没有这份数据结构说明，请从公开文档的“核对真伪”一栏打开"))
		return
	}
	c.Data(200, "application/schema+json; charset=utf-8", content)
}
