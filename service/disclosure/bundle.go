package disclosure

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"sync"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/render"
)

// BundleFormat is what the key “format” of a bundle says.
const BundleFormat = "biaochi.disclosure/v1"

// Bundle is all that a published version is made of (公开数据包), as open data: facts
// down to projects, names of codes, what projects promise, and the document as it
// was laid out. The same bundle gives the same bytes, the same tables and the same
// files; docs/schema/disclosure.v1.schema.json describes it, within a Release.
type Bundle struct {
	Format     string             `json:"format"`
	Region     BundleRegion       `json:"region"`
	Set        string             `json:"set"`
	Year       int                `json:"year"`
	Unit       BundleUnit         `json:"unit"`
	Department bool               `json:"department"` // over all the department's units
	State      model.TableState   `json:"state"`      // of the tables; initial once published
	Number     int                `json:"number"`     // of the version, from 1; 0 of a draft
	Reason     string             `json:"reason,omitempty"`
	Approval   *model.ApprovalRef `json:"approval,omitempty"`
	Units      []BundleUnit       `json:"units"`
	Names      budget.Lexicon     `json:"names"`     // of codes, as the unit's records say
	Catalogue  budget.Lexicon     `json:"catalogue"` // of codes, as the year's lists say
	Facts      []BundleFact       `json:"facts"`
	Projects   []BundleProject    `json:"projects"`
	Document   render.Document    `json:"document"`

	// What is made from the rest, once: a bundle that was decoded doesn't change.
	facts  func() []model.Fact
	tables func() ([]*budget.Table, error)
}

// BundleRegion is the fiscal region (财政区划).
type BundleRegion struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// BundleUnit is a unit under the name and kind it had in the year.
type BundleUnit struct {
	Path string         `json:"path"`
	Code string         `json:"code"`
	Name string         `json:"name"`
	Kind model.UnitKind `json:"kind"`
}

// BundleFact is a fact without its origin: what a figure of any table adds up.
// Facts come by unit, project and the rest of their fields.
type BundleFact struct {
	Unit               string                `json:"unit"` // path
	Project            string                `json:"project,omitempty"`
	Measure            model.Measure         `json:"measure"`
	Expenditure        model.Expenditure     `json:"expenditure,omitempty"`
	FundKind           model.FundKind        `json:"fundKind"`
	Source             model.Source          `json:"source"`
	CostKind           model.CostKind        `json:"costKind,omitempty"`
	Function           string                `json:"function,omitempty"`
	DepartmentEconomic string                `json:"departmentEconomic,omitempty"`
	GovernmentEconomic string                `json:"governmentEconomic,omitempty"`
	Procurement        model.ProcurementKind `json:"procurement,omitempty"`
	Item               string                `json:"item,omitempty"`
	Amount             model.Money           `json:"amount"` // exact, in yuan
}

// BundleProject is what a project promises.
type BundleProject struct {
	Unit       string            `json:"unit"` // path
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	Function   string            `json:"function"`
	Goal       string            `json:"goal,omitempty"` // 年度目标
	Indicators []BundleIndicator `json:"indicators,omitempty"`
	Result     *BundleResult     `json:"result,omitempty"` // nil before its self-evaluation is confirmed
}

// BundleResult is how far a project came in the year (绩效自评结果), in figures alone.
type BundleResult struct {
	Budget      model.Money `json:"budget"`         // 全年预算数, carry-over included
	Executed    model.Money `json:"executed"`       // 全年执行数
	Rate        string      `json:"rate,omitempty"` // 执行率: 89.97%
	Score       string      `json:"score"`          // of 100: 92.50
	Grade       string      `json:"grade"`          // 优
	ConfirmedOn model.Date  `json:"confirmedOn"`
}

// BundleIndicator is one annual target, as written.
type BundleIndicator struct {
	Level1 string `json:"level1"`
	Level2 string `json:"level2"`
	Name   string `json:"name"`
	Value  string `json:"value"`
}

// Encode gives the canonical bytes of a bundle.
func (b *Bundle) Encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(b)
	return out.Bytes(), err
}

// ContentHash is SHA-256 over a bundle's canonical bytes, in hexadecimal digits.
func ContentHash(encoded []byte) string {
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}

// DecodeBundle reads a bundle. Errors: Invalid "bundle.syntax", "bundle.format";
// NotFound "set.unknown".
func DecodeBundle(raw []byte) (*Bundle, error) {
	b := new(Bundle)
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(b); err != nil {
		return nil, &model.Error{Code: model.Invalid, Reason: "bundle.syntax", Message: "公开数据包不完整或格式有误，请重新下载", Err: err}
	}
	if b.Format != BundleFormat {
		return nil, model.Fail(model.Invalid, "bundle.format", "公开数据包的格式是“%s”，本程序只认识 %s", b.Format, BundleFormat)
	}
	b.facts = sync.OnceValue(b.makeFacts)
	b.tables = sync.OnceValues(b.assemble)
	_, err := budget.LoadSet(b.Set)
	return b, err
}

// AddFacts takes facts as lineage gives them: origins are dropped, those alike in
// everything else are added up.
func (b *Bundle) AddFacts(facts iter.Seq2[model.Fact, error]) error {
	for f, err := range facts {
		if err != nil {
			return err
		}
		b.Facts = append(b.Facts, bundleFact(&f))
	}
	slices.SortStableFunc(b.Facts, func(x, y BundleFact) int { return slices.Compare(x.key(), y.key()) })
	var sums []BundleFact
	for _, f := range b.Facts {
		if last := len(sums) - 1; last >= 0 && slices.Equal(sums[last].key(), f.key()) {
			sums[last].Amount += f.Amount
			continue
		}
		sums = append(sums, f)
	}
	b.Facts = sums
	return nil
}

// AddPromises takes what the projects of units promise for the year.
func (b *Bundle) AddPromises(units []UnitYear) {
	for i := range units {
		for j := range units[i].Projects {
			b.Projects = append(b.Projects, promise(units[i].Unit.Path, &units[i].Projects[j]))
		}
	}
}

func promise(path string, p *model.ProjectContent) BundleProject {
	out := BundleProject{Unit: path, Code: p.Code, Name: p.Name, Function: p.FunctionCode}
	if p.Form == nil {
		return out
	}
	out.Goal = p.Form.AnnualGoal
	for _, row := range p.Form.Indicators {
		if row.Annual != nil && row.Annual.Name != "" {
			out.Indicators = append(out.Indicators, BundleIndicator{row.Level1, row.Level2, row.Annual.Name, row.Annual.Value})
		}
	}
	return out
}

func (f *BundleFact) key() []string {
	return []string{
		f.Unit, f.Project, string(f.Measure), string(f.Expenditure), string(f.FundKind), string(f.Source), string(f.CostKind),
		f.Function, f.DepartmentEconomic, f.GovernmentEconomic, string(f.Procurement), f.Item,
	}
}

func bundleFact(f *model.Fact) BundleFact {
	return BundleFact{
		Unit: f.UnitPath, Project: f.ProjectCode, Measure: f.Measure, Expenditure: f.Expenditure, FundKind: f.FundKind, Source: f.Source,
		CostKind: f.CostKind, Function: f.FunctionCode, DepartmentEconomic: f.DepartmentEconomicCode,
		GovernmentEconomic: f.GovernmentEconomicCode, Procurement: f.ProcurementKind, Item: f.ItemCode, Amount: f.Amount,
	}
}

func (f *BundleFact) fact(year int, kinds map[string]model.UnitKind) model.Fact {
	return model.Fact{
		Year: year, UnitPath: f.Unit, UnitKind: kinds[f.Unit], ProjectCode: f.Project, Measure: f.Measure, Expenditure: f.Expenditure,
		FundKind: f.FundKind, Source: f.Source, CostKind: f.CostKind, FunctionCode: f.Function, DepartmentEconomicCode: f.DepartmentEconomic,
		GovernmentEconomicCode: f.GovernmentEconomic, ProcurementKind: f.Procurement, ItemCode: f.Item, Amount: f.Amount,
	}
}

// AllFacts gives the facts in the terms of predicates.
func (b *Bundle) AllFacts() []model.Fact {
	if b.facts == nil {
		return b.makeFacts()
	}
	return b.facts()
}

func (b *Bundle) makeFacts() []model.Fact {
	kinds := map[string]model.UnitKind{}
	for _, u := range b.Units {
		kinds[u.Path] = u.Kind
	}
	facts := make([]model.Fact, len(b.Facts))
	for i := range b.Facts {
		facts[i] = b.Facts[i].fact(b.Year, kinds)
	}
	return facts
}

// Tables assembles the tables anew, from the bundle alone.
func (b *Bundle) Tables() ([]*budget.Table, error) {
	if b.tables == nil {
		return b.assemble()
	}
	return b.tables()
}

func (b *Bundle) assemble() ([]*budget.Table, error) {
	set, err := budget.LoadSet(b.Set)
	if err != nil {
		return nil, err
	}
	in := budget.Input{
		Set: set, Year: b.Year, Unit: budget.Unit(b.Unit), Sums: b.AllFacts(),
		Names: budget.Names{Own: b.Names, Catalogue: b.Catalogue},
	}
	for _, u := range b.Units {
		in.Units = append(in.Units, budget.Unit(u))
	}
	in.ByUnit = func(where model.Predicate) iter.Seq2[model.Fact, error] { return matching(in.Sums, where) }
	in.ByProject = b.byProject(in.Sums)
	return budget.Assemble(in)
}

func matching(facts []model.Fact, where model.Predicate) iter.Seq2[model.Fact, error] {
	return func(yield func(model.Fact, error) bool) {
		for i := range facts {
			if where.Match(&facts[i]) && !yield(facts[i], nil) {
				return
			}
		}
	}
}

// byProject gives the facts with the names of their projects; they stand by unit and
// project already.
func (b *Bundle) byProject(facts []model.Fact) func(model.Predicate) iter.Seq2[budget.ProjectSum, error] {
	names := map[string]string{}
	for _, p := range b.Projects {
		names[p.Unit+p.Code] = p.Name
	}
	return func(where model.Predicate) iter.Seq2[budget.ProjectSum, error] {
		return func(yield func(budget.ProjectSum, error) bool) {
			for f := range matching(facts, where) {
				if !yield(budget.ProjectSum{Fact: f, Name: names[f.UnitPath+f.ProjectCode]}, nil) {
					return
				}
			}
		}
	}
}

// Title names the document: 示例局2023年度部门预算公开.
func (b *Bundle) Title() string { return strings.TrimSpace(b.Document.Title) }
