package publication_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/check"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
	"biaochi/service/render"
)

const demoDir = "../../scripts/demo/"

// said gives the running text of the query's document.
func said(t *testing.T, b *publication.Book) string {
	t.Helper()
	draft, err := b.Draft()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, block := range draft.Document.Blocks {
		if p, ok := block.(render.Paragraph); ok {
			text.WriteString(p.Text + "\n")
		}
	}
	return text.String()
}

// TestDraftOfStoredRecords finds texts, forms and last year's figures again that
// came in with packages.
func TestDraftOfStoredRecords(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	bringIn(t, s, readPackage(t, demoDir+"hr-2023.json"))
	view(t, s, publication.Query{Unit: "602", Year: 2023}, func(b *publication.Book) {
		text := said(t, b)
		for _, want := range []string{"负责开发区机关", "减少4195.51万元，下降21.78%", "项目16个", "共有车辆3辆"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in:\n%s", want, text)
			}
		}
		draft, _ := b.Draft()
		forms := 0
		for _, block := range draft.Document.Blocks {
			if g, ok := block.(render.Grid); ok {
				forms++
				if got := g.Rows[1][1].Text; got != "602-示例开发区人力资源部" {
					t.Errorf("%s is of %q", g.Label, got)
				}
			}
		}
		if forms != 16 || draft.Document.Mark != publication.DraftMark {
			t.Errorf("%d forms, mark %q", forms, draft.Document.Mark)
		}
		soundDocument(t, b)
	})
}

func soundDocument(t *testing.T, b *publication.Book) {
	t.Helper()
	found, err := b.CheckDocument()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Outcome == check.Fail {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
	}
}

// TestLastYearFromRecords: approved records of last year go before what the sheet
// states of it, and the change is split by projects so that the parts add up.
func TestLastYearFromRecords(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	now := readPackage(t, demoDir+"dept-701-2024.json")
	before := readPackage(t, demoDir+"dept-701-2024.json")
	before.Year = 2023
	for i := range before.Projects {
		before.Projects[i].Form = nil
	}
	before.Projects[0].Budget[0].Amount += 5_000_000
	before.BasicLines[0].Amount -= 1_000_000
	before.Projects[1].Code, before.Projects[1].Name = "701999", "上年完成的项目"
	bringIn(t, s, before, now)
	view(t, s, publication.Query{Unit: "701", Year: 2024}, func(b *publication.Book) {
		text := said(t, b)
		for _, want := range []string{
			"比上年减少4.00万元，", "“" + now.Projects[0].Name + "”项目减少5.00万元", "基本支出增加1.00万元", "“上年完成的项目”项目减少" + sumOf(before.Projects[1]).Wan() + "万元",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in:\n%s", want, text)
			}
		}
		soundDocument(t, b)
	})
}

func sumOf(p model.ProjectContent) (sum model.Money) {
	for _, row := range p.Budget {
		sum += row.Amount
	}
	return sum
}

// TestDepartmentsPrior: a department's last year is known where that of every unit
// is.
func TestDepartmentsPrior(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	packages := []*exchange.Package{
		readPackage(t, demoDir+"dept-701-2024.json"), readPackage(t, demoDir+"unit-701001-2024.json"), readPackage(t, demoDir+"unit-701002-2024.json"),
	}
	bringIn(t, s, packages...)
	q := publication.Query{Unit: "701", Year: 2024, Department: true}
	view(t, s, q, func(b *publication.Book) {
		if text := said(t, b); !strings.Contains(text, "比上年增加353.86万元，增长6.43%") || !strings.Contains(text, "预算单位共3个") {
			t.Errorf("the sum of the units' last years is not compared:\n%s", text)
		}
		soundDocument(t, b)
	})
	packages[2].PriorYear = nil
	lacking := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	bringIn(t, lacking, packages...)
	view(t, lacking, q, func(b *publication.Book) {
		if text := said(t, b); strings.Contains(text, "353.86") || strings.Contains(text, "收入预算总计5860.88万元，其中：本年收入5782.40万元，上年结转78.48万元，比上年") {
			t.Errorf("a unit's last year is lacking, and yet compared:\n%s", text)
		}
	})
}

// TestPublishers lists a department over its units, then each alone.
func TestPublishers(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	r := rand.New(rand.NewPCG(1, 2))
	for _, o := range []exchangetest.Options{
		{UnitCode: "801", Year: 2025}, {UnitCode: "801001", ParentCode: "801", Year: 2025},
		{UnitCode: "802", Year: 2025}, {UnitCode: "803001", ParentCode: "803", Year: 2025}, {UnitCode: "804", Year: 2024},
	} {
		bringIn(t, s, exchangetest.Random(r, o))
	}
	list, err := publication.NewService(s, "").Publishers(t.Context(), publication.Query{Scope: store.Everything(), Year: 2025})
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, p := range list {
		folders = append(folders, p.Folder())
	}
	if got := strings.Join(folders, " "); got != "801-部门 801 801001 802 803-部门 803001" {
		t.Errorf("publishers %s", got)
	}
}

// TestNationalSet: a region of another set publishes its nine tables and its own
// outline, of data alone; every rule passes or says why it could not run.
func TestNationalSet(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/test.db")
	bringIn(t, s, readPackage(t, demoDir+"dept-701-2024.json"), readPackage(t, demoDir+"unit-701001-2024.json"))
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		region, err := tx.Region(model.DefaultRegionCode)
		if err != nil {
			return err
		}
		region.SetKey = "national"
		return tx.SaveRegion(&region)
	})
	if err != nil {
		t.Fatal(err)
	}
	view(t, s, publication.Query{Unit: "701", Year: 2024, Department: true, Document: true}, func(b *publication.Book) {
		if len(b.Tables) != 9 {
			t.Errorf("%d tables", len(b.Tables))
		}
		report, err := b.Check()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Failures() {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
		if text := said(t, b); !strings.Contains(text, "一般公共预算安排的“三公”经费") {
			t.Errorf("not the national sentences:\n%s", text)
		}
	})
}
