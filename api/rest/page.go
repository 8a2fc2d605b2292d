package rest

import (
	"strings"

	"github.com/go-playground/validator/v10"
)

// PageQuery is embedded in the request of a list.
type PageQuery struct {
	Page int `query:"page" default:"1" binding:"min=1,max=100000" label:"页码" description:"从 1 起"`
	Size int `query:"size" default:"20" binding:"min=1,max=200" label:"每页条数"`
}

// Offset is the number of rows before the page.
func (q PageQuery) Offset() int { return (q.Page - 1) * q.Size }

// Page is one page of a list.
type Page[T any] struct {
	Items []T `json:"items"`
	Total int `json:"total" description:"符合条件的总数，不只是本页"`
	Page  int `json:"page"`
	Size  int `json:"size"`
}

// NewPage makes the page that was asked for.
func NewPage[T any](q PageQuery, items []T, total int) Page[T] {
	return Page[T]{Items: items, Total: total, Page: q.Page, Size: q.Size}
}

const sortTag = "sort"

// sortRule checks the order of a list: binding:"sort=updatedAt code" lets a query
// parameter be one of updatedAt, -updatedAt, code and -code; the sign turns it.
var sortRule = Rule{
	Tag: sortTag, NoSchema: true, ZH: "排序",
	Check: func(fl validator.FieldLevel) bool {
		for _, name := range strings.Fields(fl.Param()) {
			if strings.TrimPrefix(fl.Field().String(), "-") == name {
				return true
			}
		}
		return false
	},
}

// sortDescribed is the same rule with its parameter in schema and message.
var sortDescribed = &rule{
	bounded: true,
	schema: func(s *shape, param string) (map[string]any, error) {
		return oneofSchema(s, orders(param))
	},
	zh: func(_ *shape, param string) string {
		return "只能按这些排列（名称前加“-”为倒序）：" + strings.Join(strings.Fields(param), "、")
	},
}

func orders(param string) string {
	var all []string
	for _, name := range strings.Fields(param) {
		all = append(all, name, "-"+name)
	}
	return strings.Join(all, " ")
}

// Order takes a sort parameter apart.
func Order(sort string) (name string, descending bool) {
	name, descending = strings.CutPrefix(sort, "-")
	return name, descending
}
