package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/exchange"
)

// stable checks that what Encode writes reads back as the same package and is
// written again as the same bytes; it gives those bytes.
func stable(t testing.TB, p *exchange.Package) []byte {
	t.Helper()
	first, err := exchange.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := exchange.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatalf("what Encode wrote is refused: %v %v", err, problems(t, err))
	}
	if !reflect.DeepEqual(back, p) {
		t.Errorf("reading back gives another package\n%+v\n%+v", back, p)
	}
	second, err := exchange.Encode(back)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("writing twice gives other bytes")
	}
	return first
}

// The rich package stands in the very form that Encode writes.
func TestEncodeWritesTheCanonicalForm(t *testing.T) {
	if got := string(stable(t, decode(t, rich(t)))); got != canonicalRich(t) {
		t.Errorf("got\n%s", got)
	}
}

// canonicalRich is testdata/rich.json as committed; with -update it is rewritten.
func canonicalRich(t *testing.T) string {
	t.Helper()
	text := rich(t)
	if !*update {
		return text
	}
	out, err := exchange.Encode(decode(t, text))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("testdata/rich.json", out, 0o644); err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestEncodeLeavesOutBlanksAndDefaults(t *testing.T) {
	p := decode(t, minimal)
	p.BasicLines = []model.BasicLine{}
	p.PriorYear = &model.PriorYear{}
	p.Approval = &model.ApprovalRef{}
	p.Projects = []model.ProjectContent{{
		Code: "1", Name: "甲", FunctionCode: "207",
		Budget: []model.BudgetRow{{FundKind: model.UnitFunds, Source: model.CurrentYear}},
		Form:   &model.Form{Name: "甲", Indicators: []model.Indicator{{Level1: "output", Level2: "cost", Annual: &model.Target{}}}},
	}}
	out, err := exchange.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	want := `{
 "format": "biaochi.package/v1",
 "year": 2025,
 "unit": {
  "code": "705",
  "name": "示例局",
  "kind": "administrative"
 },
 "projects": [
  {
   "code": "1",
   "name": "甲",
   "functionCode": "207",
   "budget": [
    {
     "fundKind": "unitFunds",
     "amount": "0.00"
    }
   ],
   "form": {
    "indicators": [
     {
      "level1": "output",
      "level2": "cost"
     }
    ]
   }
  }
 ]
}
`
	if string(out) != want {
		t.Errorf("got %s", out)
	}
	if p.Projects[0].Form.Name != "甲" {
		t.Error("writing changed the content")
	}
}

func TestEncodeRefusesAHistoryThatIsNotJSON(t *testing.T) {
	p := decode(t, minimal)
	p.History = []byte("{")
	if _, err := exchange.Encode(p); err == nil {
		t.Error("no error")
	}
}

func TestHashesTellContentsApart(t *testing.T) {
	p := decode(t, rich(t))
	loose := decode(t, rich(t))
	loose.Revenues[2].Codes = []model.RevenueCode{}
	loose.BasicLines[0].Source = ""
	loose.Projects[0].Form.Indicators[3].Annual = &model.Target{}
	if exchange.HashSheet(p.Sheet()) != exchange.HashSheet(loose.Sheet()) {
		t.Error("sheets that a package can't tell apart have different hashes")
	}
	if exchange.HashProject(&p.Projects[0]) != exchange.HashProject(&loose.Projects[0]) {
		t.Error("projects that a package can't tell apart have different hashes")
	}
	sheet, project := exchange.HashSheet(p.Sheet()), exchange.HashProject(&p.Projects[0])
	p.BasicLines[0].Amount++
	*p.Projects[0].Form.AnnualFunds.Total++
	if exchange.HashSheet(p.Sheet()) == sheet || exchange.HashProject(&p.Projects[0]) == project {
		t.Error("a 分 more doesn't change the hash")
	}
	if len(sheet) != 64 || exchange.HashProject(&p.Projects[2]) == exchange.HashProject(&p.Projects[1]) {
		t.Error("hashes aren't SHA-256 in hex")
	}
}

func TestSheetAndNewAreInverse(t *testing.T) {
	p := decode(t, rich(t))
	q := exchange.New(p.Year, p.Sheet(), p.Projects)
	q.WholeUnitTarget, q.History = p.WholeUnitTarget, p.History
	if !reflect.DeepEqual(p, q) {
		t.Errorf("got %+v, want %+v", q, p)
	}
}

func TestAttachWritesTheHistory(t *testing.T) {
	p := decode(t, rich(t))
	p.Attach(&exchange.History{
		Sheet: &exchange.HistoryRecord[model.SheetContent]{
			Versions: []exchange.HistoryVersion[model.SheetContent]{{
				Number: 1, State: model.Draft, CreatedAt: "2025-01-02T03:04:05", CreatedBy: "alice", Content: decode(t, minimal).Sheet(),
			}},
		},
		Projects: []exchange.HistoryRecord[model.ProjectContent]{{
			Code: "705003-03",
			Versions: []exchange.HistoryVersion[model.ProjectContent]{{
				Number: 2, State: model.Approved, Approval: &model.ApprovalRef{Number: "1号"}, Content: &p.Projects[2],
			}},
			Events: []exchange.HistoryEvent{{At: "2025-01-02T03:04:05", Actor: "alice", Action: "package.import", ToState: model.Draft}},
		}},
	})
	want := `{"sheet":{"versions":[{"number":1,"state":"draft","createdAt":"2025-01-02T03:04:05","createdBy":"alice",` +
		`"content":{"unit":{"code":"705","name":"示例局","kind":"administrative"}}}]},` +
		`"projects":[{"code":"705003-03","versions":[{"number":2,"state":"approved","approval":{"number":"1号"},` +
		`"content":{"code":"705003-03","name":"旧馆搬迁","functionCode":"20799"}}],` +
		`"events":[{"at":"2025-01-02T03:04:05","actor":"alice","action":"package.import","toState":"draft"}]}]}`
	if string(p.History) != want {
		t.Errorf("got %s", p.History)
	}
	stable(t, p)
}

// The reference case is kept beside the repository, not in it.
func TestReferenceRoundTrip(t *testing.T) {
	raw, err := os.ReadFile(filepath.FromSlash("../../../shared/reference/hr-2023/package.json"))
	if err != nil {
		t.Skip("the reference case isn't here")
	}
	p := decode(t, string(raw))
	out := stable(t, p)
	if len(p.Projects) != 16 || len(p.BasicLines) != 27 {
		t.Errorf("%d projects, %d basic lines", len(p.Projects), len(p.BasicLines))
	}
	if strings.Contains(string(out), "currentYear") || strings.Contains(string(out), "null") {
		t.Error("defaults or blanks are written")
	}
	if got := p.Validate(baseline(t)); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

// The demo packages come in and travel unchanged.
func TestDemoPackagesAreValid(t *testing.T) {
	files, _ := filepath.Glob("../../scripts/demo/*.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := decode(t, string(raw))
		stable(t, p)
		if got := p.Validate(baseline(t)); len(got) > 0 {
			t.Errorf("%s: %v", file, got)
		}
	}
}
