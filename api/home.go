package api

import (
	"slices"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/service/publication"
	"biaochi/web"
)

// home lists the units and years of the installation.
func (s *Server) home(c *gin.Context) {
	view := web.Home{
		Frame:         frame(c, "单位与年度"),
		ImportCommand: `biaochi import --approved --reason "…" 数据包.json`,
	}
	list, err := s.books.Units(c.Request.Context(), s.scopeOf(c))
	if err != nil {
		s.fail(c, err)
		return
	}
	for _, u := range list {
		dept := departmentOf(&view, u.Department.Code, u.Department.Name)
		dept.Units = append(dept.Units, homeUnit(u, isLarge(c)))
	}
	s.render(c, web.PageHome, view)
}

// departmentOf finds or opens a department's section; units come in path order.
func departmentOf(view *web.Home, code, name string) *web.Department {
	if n := len(view.Departments); n == 0 || view.Departments[n-1].Code != code {
		view.Departments = append(view.Departments, web.Department{Code: code, Name: name})
	}
	return &view.Departments[len(view.Departments)-1]
}

func homeUnit(u publication.ListedUnit, large bool) web.HomeUnit {
	out := web.HomeUnit{Code: u.Unit.Code, Name: u.Unit.Name, Kind: model.Chinese(u.Unit.Kind)}
	for _, y := range slices.Backward(u.Years) {
		p := place{region: u.Unit.RegionCode, unit: u.Unit.Code, year: y.Year, large: large}
		year := web.HomeYear{Year: y.Year, Href: p.overview(), Total: y.Total.Wan()}
		for _, state := range y.States {
			year.States = append(year.States, web.Link{Text: model.Chinese(state), Href: p.in(state).overview()})
		}
		out.Years = append(out.Years, year)
	}
	return out
}
