package disclosure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/render"
)

// plain writes a document as text, a block after the other, as golden files keep it.
func plain(t testing.TB, d render.Document) string {
	t.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n页眉：%s\n标记：%s\n", d.Title, strings.Join(d.Cover, "\n"), d.Header, d.Mark)
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			fmt.Fprintf(&out, "\n%s %s {%s}\n", strings.Repeat("#", b.Level), b.Text, b.Anchor)
		case render.Paragraph:
			fmt.Fprintf(&out, "%s {%s}\n", b.Text, b.Anchor)
		case *render.Table:
			plainTable(t, &out, b)
		case render.Grid:
			plainGrid(&out, b)
		case render.Chart:
			fmt.Fprintf(&out, "[图] %s（%s） {%s}\n", b.Title, b.Unit, b.Anchor)
			for _, s := range b.Slices {
				fmt.Fprintf(&out, "  %s %s %s %d\n", s.Label, s.Amount, s.Share, s.Weight)
			}
			fmt.Fprintf(&out, "  合计 %s\n", b.Total)
		}
	}
	return out.String()
}

func plainTable(t testing.TB, out *strings.Builder, table *render.Table) {
	t.Helper()
	fmt.Fprintf(out, "[表] %s %s | %s | %s {%s}\n", table.Label, table.Title, table.AboveLeft, table.AboveRight, table.Key)
	for row, err := range table.Rows {
		if err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = c.Text
		}
		out.WriteString("  " + strings.Join(cells, " | ") + "\n")
	}
	if table.Note != "" {
		out.WriteString("  " + table.Note + "\n")
	}
}

func plainGrid(out *strings.Builder, g render.Grid) {
	fmt.Fprintf(out, "[表单] %s %s %s {%s} 目录：%s\n", g.Label, g.Title, g.Subtitle, g.Anchor, g.Entry)
	for _, row := range g.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			columns, rows := c.Spans()
			cells[i] = c.Text
			if columns*rows > 1 {
				cells[i] += fmt.Sprintf("<%d×%d>", columns, rows)
			}
		}
		out.WriteString("  " + strings.Join(cells, " | ") + "\n")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; look at it, then run with -update", name)
	}
}

func TestDocumentGolden(t *testing.T) {
	demo, bureau := readPack(t, demoDir+"/hr-2023.json"), readPack(t, demoDir+"/dept-701-2024.json")
	school, centre := readPack(t, demoDir+"/unit-701001-2024.json"), readPack(t, demoDir+"/unit-701002-2024.json")
	for name, m := range map[string]manuscript{
		"demo.txt":       build(t, "shanxi", demo),
		"department.txt": build(t, "shanxi", bureau, school, centre),
		"allFunds.txt":   build(t, "shanxi", centre), // every fund kind, with carry-over
		"national.txt":   build(t, "national", bureau),
		"empty.txt":      build(t, "shanxi", nothing()),
		"rare.txt":       build(t, "shanxi", rare(centre)),
		"long.txt":       build(t, "shanxi", long(400)),
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, name, plain(t, m.Document))
			keepFormats(t, "golden-"+strings.TrimSuffix(name, ".txt"), m.Document)
			for _, block := range m.Document.Blocks {
				if g, ok := block.(render.Grid); ok {
					coverGrid(t, g)
				}
			}
		})
	}
}

// nothing is a unit without any record's content.
func nothing() pack {
	return pack{Year: 2024, Unit: model.UnitHeader{Code: "1", Name: "无记录单位", Kind: model.PublicInstitution}}
}

// rare has characters beyond the first plane in every kind of name, a whole-unit
// target, and a mobile number on a form.
func rare(p pack) pack {
	p.Unit.Name, p.Unit.ShortName, p.Unit.RegionName = "𠮷䶮区𬭎𬬭研究中心", "𬭎𬬭中心", "𠮷䶮区"
	p.Unit.Duties = "研究𬭎、𬬭等元素的应用；\n服务㙦峪、㘰塘两地。"
	p.Projects = append([]model.ProjectContent(nil), p.Projects...)
	form := *p.Projects[0].Form
	form.Handler, form.Phone, form.Name = "䶮𠮷", "13900001234，0350-1234567", "𬭎𬬭项目"
	p.Projects[0].Name, p.Projects[0].Form = "𬭎𬬭项目", &form
	p.Target = &model.TargetContent{
		Tasks: []model.TargetTask{
			{Name: "研究𬭎", Content: "开展试验", Fiscal: new(model.Money(10_000_000)), Other: new(model.Money(5_000_000))},
			{Name: "服务㙦峪", Content: "送技术下乡", Total: new(model.Money(2_345_678))},
		},
		AnnualFunds: model.FormFunds{Total: new(model.Money(17_345_678))}, Basic: new(model.Money(7_000_000)), Project: new(model.Money(10_345_678)),
		AnnualGoal: "完成年度研究任务", Indicators: form.Indicators, Handler: "䶮𠮷", FiledAt: "2024-01-05",
	}
	return p
}

// long is a unit with so many projects that its table goes over many pages.
func long(projects int) pack {
	p := nothing()
	p.Unit.Name, p.Unit.Duties, p.Unit.Organization = "多项目单位", "承担大量项目。", []string{"办公室"}
	for i := range projects {
		p.Projects = append(p.Projects, model.ProjectContent{
			Code: fmt.Sprintf("1%04d", i+1), Name: fmt.Sprintf("第%d号项目", i+1), FunctionCode: "2010102",
			Budget: []model.BudgetRow{{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: model.Money(10_000 * (i + 1))}},
		})
	}
	return p
}
