package api

import (
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/publication"
	"biaochi/web"
)

// place is where in the site a request stands: unit, year, state and scope. It
// makes the addresses of everything near it, so that state and scope hold.
type place struct {
	region, unit string
	year         int
	state        model.TableState // "" follows the default
	department   bool
	large        bool
}

// homePath is where the list of units stands.
const homePath = "/units"

// placeOf reads a request's address. Errors: Invalid for a year or a state that
// can't be one.
func placeOf(c *gin.Context) (place, error) {
	p := place{
		region: c.Param("region"), unit: c.Param("unit"),
		state: model.TableState(c.Query("state")), department: c.Query("scope") == "department", large: isLarge(c),
	}
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil {
		return p, model.Fail(model.NotFound, "year.malformed", "地址中的年度“%s”不是四位年份", c.Param("year"))
	}
	p.year = year
	if p.state != "" && !isState(p.state) {
		return p, model.Fail(model.Invalid, "state.unknown", "地址中的状态“%s”不对，可用的有 draft、initial、adjusted", p.state)
	}
	return p, nil
}

func isState(state model.TableState) bool {
	for _, s := range model.TableStates {
		if s == state {
			return true
		}
	}
	return false
}

func isLarge(c *gin.Context) bool { return c.Query("text") == "large" }

func (p place) query(scope store.Scope) publication.Query {
	return publication.Query{
		Scope: scope, Region: p.region, Unit: p.unit, Year: p.year,
		Department: p.department, State: p.state,
	}
}

// address makes the address of something below the unit's year.
func (p place) address(values url.Values, below ...string) string {
	path := "/units/" + url.PathEscape(p.region) + "/" + url.PathEscape(p.unit) + "/" + strconv.Itoa(p.year)
	for _, part := range below {
		path += "/" + url.PathEscape(part)
	}
	if values == nil {
		values = url.Values{}
	}
	if p.state != "" {
		values.Set("state", string(p.state))
	}
	if p.department {
		values.Set("scope", "department")
	}
	if p.large {
		values.Set("text", "large")
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

func (p place) home() string                { return homePath + largeQuery(p.large) }
func (p place) overview() string            { return p.address(nil) }
func (p place) table(key string) string     { return p.address(nil, "tables", key) }
func (p place) file(name string) string     { return p.address(nil, "files", name) }
func (p place) findings() string            { return p.address(nil, "findings") }
func (p place) outcome(o string) string     { return p.address(url.Values{"outcome": {o}}, "findings") }
func (p place) rule(id string) string       { return p.address(url.Values{"rule": {id}}, "findings") }
func (p place) in(s model.TableState) place { p.state = s; return p }
func (p place) over(department bool) place  { p.department = department; return p }

func (p place) figure(table, row, column string) string {
	return p.address(url.Values{"row": {row}, "column": {column}}, "tables", table, "figure")
}

func largeQuery(large bool) string {
	if large {
		return "?text=large"
	}
	return ""
}

// frame is what every page has around it: its title and the way to the other
// text size.
func frame(c *gin.Context, title string, crumbs ...web.Link) web.Frame {
	f := web.Frame{Title: title, Crumbs: crumbs, LargeText: isLarge(c)}
	other := *c.Request.URL
	values := other.Query()
	if f.LargeText {
		values.Del("text")
		f.TextSwitch.Text = "标准字号"
	} else {
		values.Set("text", "large")
		f.TextSwitch.Text = "大字号"
	}
	other.RawQuery = values.Encode()
	f.TextSwitch.Href = other.RequestURI()
	return f
}
