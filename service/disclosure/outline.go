package disclosure

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"biaochi/model"
)

// Outline is a region's document as data: parts and sections in order, the
// sentences, the figures they state, the form and the glossary. It goes with the
// budget.Set of the same key.
type Outline struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Source string `json:"source"` // what it was read from
	Since  int    `json:"since"`  // first budget year

	Title  string   `json:"title"`  // {Y}年度{owner}预算公开
	Cover  []string `json:"cover"`  // lines below the title
	Header string   `json:"header"` // at the head of each page
	// Owners is how the document speaks of a unit and of a department.
	Owners Owners `json:"owners"`
	// Handlers is how persons who answer for a form are named (经办人、负责人).
	Handlers NameRule `json:"handlers"`

	// Figures are the predicates behind the names that sentences use; Labels is how
	// findings call them.
	Figures map[string]FigureDef `json:"figures"`
	// Explanations gives, for each change, the labels of the reasons asked for.
	Explanations map[string]string `json:"explanations"`

	Parts    []PartDef    `json:"parts"`
	Glossary []TermDef    `json:"glossary"`
	Form     FormTemplate `json:"form"`

	sentences *template.Template
}

// Owners are the words for whoever publishes.
type Owners struct {
	Unit       string `json:"unit"`
	Department string `json:"department"`
}

// NameRule says how names of persons are printed.
type NameRule string

// The rules for names: in full, the surname alone, or not at all.
const (
	NamesShown   NameRule = "shown"
	SurnamesOnly NameRule = "surname"
	NamesLeftOut NameRule = "omitted"
)

// FigureDef is a named figure: what it counts, and how findings call it.
type FigureDef struct {
	Label string          `json:"label"`
	Where model.Predicate `json:"where"`
}

// PartDef is a part (部分) of the document.
type PartDef struct {
	Title    string       `json:"title"`
	Blocks   []BlockDef   `json:"blocks"`
	Sections []SectionDef `json:"sections"`
}

// SectionDef is a section under its heading.
type SectionDef struct {
	Key    string     `json:"key"` // unique in the outline
	Title  string     `json:"title"`
	Blocks []BlockDef `json:"blocks"`
}

// BlockDef is one thing that stands in a section; exactly one field says which.
type BlockDef struct {
	Heading string    `json:"heading,omitempty"` // below the section's
	Say     string    `json:"say,omitempty"`     // sentences by name
	Chart   *ChartDef `json:"chart,omitempty"`
	Insert  Insert    `json:"insert,omitempty"`
}

// Insert names what is made from records or tables as a whole.
type Insert string

// What can be inserted.
const (
	InsertTables   Insert = "tables"   // the assembled tables of the set
	InsertForms    Insert = "forms"    // 项目支出绩效目标申报表, one a project
	InsertServices Insert = "services" // 政府购买服务指导性目录
	InsertGlossary Insert = "glossary" // the terms that the document uses
)

// ChartDef is a chart: the classes of a figure, or figures beside each other.
type ChartDef struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Classes string   `json:"classes,omitempty"` // a figure, by 类 of the functional classification
	Figures []string `json:"figures,omitempty"`
	Total   string   `json:"total"` // the figure that the parts make up
}

// TermDef is a term of the glossary; it is printed where the document uses it.
type TermDef struct {
	Term string   `json:"term"`
	Text string   `json:"text"`
	Used []string `json:"used,omitempty"` // words that use it, the term itself where none
}

//go:embed sets
var setFiles embed.FS

var loadOutlines = sync.OnceValues(func() (map[string]*Outline, error) {
	entries, err := setFiles.ReadDir("sets")
	if err != nil {
		return nil, err
	}
	outlines := map[string]*Outline{}
	for _, entry := range entries {
		if path.Ext(entry.Name()) != ".json" {
			continue
		}
		outline, err := readOutline(entry.Name())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		outlines[outline.Key] = outline
	}
	return outlines, nil
})

func readOutline(name string) (*Outline, error) {
	raw, err := setFiles.ReadFile("sets/" + name)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	o := new(Outline)
	if err := decoder.Decode(o); err != nil {
		return nil, err
	}
	sentences, err := setFiles.ReadFile("sets/" + strings.TrimSuffix(name, ".json") + ".tmpl")
	if err != nil {
		return nil, err
	}
	o.sentences, err = template.New(name).Option("missingkey=error").Funcs(new(speaker).words()).Parse(string(sentences))
	return o, err
}

// LoadOutline gives the outline that goes with a set of tables. Errors: NotFound.
func LoadOutline(key string) (*Outline, error) {
	outlines, err := loadOutlines()
	if err != nil {
		return nil, &model.Error{Code: model.Internal, Reason: "outline.broken", Message: "公开文本模板数据有误", Err: err}
	}
	o, ok := outlines[key]
	if !ok {
		return nil, model.Fail(model.NotFound, "outline.unknown", "没有名为 %s 的公开文本模板，请检查地区设置", key)
	}
	return o, nil
}

// Owner is the word for whoever publishes: 单位 or 部门.
func (o *Outline) Owner(department bool) string {
	if department {
		return o.Owners.Department
	}
	return o.Owners.Unit
}

// Words fills {Y}, {unit} and {owner} of a text of the outline.
func (o *Outline) Words(text string, year int, unit string, department bool) string {
	return strings.NewReplacer("{Y}", strconv.Itoa(year), "{unit}", unit, "{owner}", o.Owner(department)).Replace(text)
}
