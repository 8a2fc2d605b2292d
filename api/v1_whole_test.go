package api_test

import (
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/service/exchange"
)

// A unit evaluates its whole target over the interface: what its projects add up to,
// what it says itself, handed in and confirmed, printed, and told of in its history; a
// stale tag is a conflict, a stranger finds nothing.
func TestWholeEvaluationOverTheInterface(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		unit := c.units["701001"]
		p := exchange.New(2024, &model.SheetContent{
			Unit:     model.UnitHeader{Code: unit.Code, Name: unit.Name, Kind: unit.Kind, ParentCode: unit.ParentCode, RegionCode: home},
			Approval: &model.ApprovalRef{Number: "1号", Date: "2024-02-01"},
		}, nil)
		p.WholeUnitTarget = &model.TargetContent{AnnualGoal: "完成培训任务", Indicators: []model.Indicator{
			{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "培训次数", Value: "≥30次"}},
			{Level1: "benefit", Level2: "social", Annual: &model.Target{Name: "服务能力", Value: "显著提升"}},
		}}
		_, err := exchange.NewService(c.store, time.Now).Import(t.Context(), p, exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"})
		c.must(err)

		jb, dw := c.people["jb"], c.people["dw"]
		whole := "/units/" + unit.ID.String() + "/whole-evaluation/2024"
		shown := jb.want(200, "GET", whole, nil)
		if len(shown.body["rows"].([]any)) != 2 || shown.body["complete"] != false {
			t.Errorf("what the projects add up to: %s", shown.raw)
		}
		c.people["tjb"].want(404, "GET", whole, nil)
		path := "/targets/" + shown.body["record"].(string) + "/evaluation"
		said := `{"goalResult":"完成","said":[{"level1":"output","level2":"quantity","name":"培训次数","actual":"24次","cause":"经费不足"},` +
			`{"level1":"benefit","level2":"social","name":"服务能力","band":"met","share":100}]}`
		dw.want(403, "PUT", path, said, "If-Match", `"0"`)
		saved := jb.want(200, "PUT", path, said, "If-Match", `"0"`)
		jb.want(409, "PUT", path, said, "If-Match", `"0"`)
		submitted := jb.want(200, "POST", path+"/submitted", `{}`, "If-Match", saved.header.Get("ETag"))
		jb.want(403, "POST", path+"/confirmed", `{}`, "If-Match", submitted.header.Get("ETag"))
		confirmed := dw.want(200, "POST", path+"/confirmed", `{}`, "If-Match", submitted.header.Get("ETag"))
		if confirmed.body["state"] != "confirmed" || confirmed.body["score"] == "" {
			t.Errorf("confirmed: %s", confirmed.raw)
		}
		if pdf := jb.want(200, "GET", path+"/document", nil); !strings.HasPrefix(pdf.raw, "%PDF") {
			t.Errorf("the printed form begins with %.20q", pdf.raw)
		}
		if history := jb.want(200, "GET", path+"/history", nil); strings.Count(history.raw, `"actor":"jb"`) < 2 || !strings.Contains(history.raw, `"actor":"dw"`) {
			t.Errorf("history: %s", history.raw)
		}
		releases := "/units/" + unit.ID.String() + "/evaluations/2024/releases"
		if a := jb.want(200, "GET", releases, nil); a.header.Get("ETag") != `"0"` {
			t.Errorf("before anything went out: %s", a.raw)
		}
		c.people["tjb"].want(404, "GET", releases, nil)
	})
}
