package budget

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"biaochi/model"
)

// Set is a region's set of tables as data: which tables, in which order, under
// which titles and heads, and what every row and column counts.
type Set struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Source string `json:"source"` // the document or case it was read from
	Since  int    `json:"since"`  // first budget year
	// TailNote stands under a table whose shown parts differ from a shown total by
	// rounding alone (尾差).
	TailNote string     `json:"tailNote"`
	Tables   []TableDef `json:"tables"`
}

// TableDef is one table of a set.
type TableDef struct {
	Key         string       `json:"key"`    // rules and code name a table by it
	Number      int          `json:"number"` // its place in this set
	Label       string       `json:"label"`  // 预算公开表1
	Title       string       `json:"title"`  // {Y} is the year
	File        string       `json:"file"`   // name of output files, without number
	UnitLine    [2]string    `json:"unitLine"`
	Orientation string       `json:"orientation"` // portrait, landscape
	Head        [][]HeadCell `json:"head"`        // printed head with spans
	NumberRow   []string     `json:"numberRow"`   // column numbers under the head
	Note        string       `json:"note"`        // printed where no cell shows a figure
	// Where holds for the whole table; rows and columns narrow it.
	Where   model.Predicate `json:"where"`
	Columns []Column        `json:"columns"`
	Rows    RowsDef         `json:"rows"`
}

// HeadCell is a cell of the printed head; a span of 0 means 1.
type HeadCell struct {
	Text    string `json:"text"`
	Colspan int    `json:"colspan,omitempty"`
	Rowspan int    `json:"rowspan,omitempty"`
}

// ColumnKind says what stands in a column.
type ColumnKind string

// The kinds of columns.
const (
	CodeColumn   ColumnKind = "code"
	NameColumn   ColumnKind = "name"
	FigureColumn ColumnKind = "figure"
)

// Column is one column of a table. The figure in a cell is what table, row and
// column ask for together.
type Column struct {
	Key     string          `json:"key"`
	Heading string          `json:"heading"` // the one-line head of CSV and JSON
	Kind    ColumnKind      `json:"kind"`
	Side    int             `json:"side"` // 0: left or only half, 1: right half
	Where   model.Predicate `json:"where"`
}

// RowsKind names a way to make rows.
type RowsKind string

// The ways to make rows.
const (
	FixedRows    RowsKind = "fixed"    // the rows of Items
	BalanceRows  RowsKind = "balance"  // Items on the left, the 类 of the classification on the right, then Foot
	FunctionRows RowsKind = "function" // by functional code 类/款/项
	EconomicRows RowsKind = "economic" // by pair of economic codes under 类 rows
	RevenueRows  RowsKind = "revenue"  // by revenue code 类/款/项
	TwoCodeRows  RowsKind = "twoCodes" // revenue codes left, functional codes right, side by side
	UnitRows     RowsKind = "unit"     // a row a unit
	ProjectRows  RowsKind = "project"  // a row a unit, then its projects
)

// RowsDef says which rows a table has.
type RowsDef struct {
	Kind RowsKind `json:"kind"`
	// Total is the text of the total row that stands first; "" for none.
	Total string `json:"total,omitempty"`
	// Universe says which codes have a row where that is wider than what the
	// table counts: table 5 lists the codes of table 3.
	Universe *model.Predicate `json:"universe,omitempty"`
	Items    []ItemDef        `json:"items,omitempty"`
	Foot     []FootDef        `json:"foot,omitempty"`
	// KeepEmptyUnits keeps units without money as empty rows.
	KeepEmptyUnits bool `json:"keepEmptyUnits,omitempty"`
}

// ItemDef is a fixed row, or the left half of one.
type ItemDef struct {
	Key   string          `json:"key"`
	Text  string          `json:"text"`
	Total bool            `json:"total,omitempty"`
	Where model.Predicate `json:"where"`
}

// FootDef is a row below the classes of a balance: text and, where it counts
// something, a predicate for each half.
type FootDef struct {
	Key        string           `json:"key"`
	Left       string           `json:"left"`
	Right      string           `json:"right"`
	Total      bool             `json:"total,omitempty"`
	LeftWhere  *model.Predicate `json:"leftWhere,omitempty"`
	RightWhere *model.Predicate `json:"rightWhere,omitempty"`
}

//go:embed sets/*.json
var setFiles embed.FS

var loadSets = sync.OnceValues(func() (map[string]*Set, error) {
	entries, err := setFiles.ReadDir("sets")
	if err != nil {
		return nil, err
	}
	sets := map[string]*Set{}
	for _, entry := range entries {
		set, err := readSet("sets/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		sets[set.Key] = set
	}
	return sets, nil
})

func readSet(path string) (*Set, error) {
	raw, err := setFiles.ReadFile(path)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	set := new(Set)
	return set, decoder.Decode(set)
}

// LoadSet gives a set by its key. Errors: NotFound.
func LoadSet(key string) (*Set, error) {
	sets, err := loadSets()
	if err != nil {
		return nil, &model.Error{Code: model.Internal, Reason: "set.broken", Message: "公开表套数据有误", Err: err}
	}
	set, ok := sets[key]
	if !ok {
		return nil, model.Fail(model.NotFound, "set.unknown", "没有名为 %s 的公开表套，请检查地区设置", key)
	}
	return set, nil
}

// Table gives a table's definition by key; ok is false where the set has none.
func (s *Set) Table(key string) (def *TableDef, ok bool) {
	for i := range s.Tables {
		if s.Tables[i].Key == key {
			return &s.Tables[i], true
		}
	}
	return nil, false
}

// Words fills {Y} and {unit} of a text of the set.
func Words(text string, year int, unit string) string {
	return strings.NewReplacer("{Y}", strconv.Itoa(year), "{unit}", unit).Replace(text)
}

// Stem is the name of output files without extension: 01-预算收支总表.
func (d *TableDef) Stem() string { return fmt.Sprintf("%02d-%s", d.Number, d.File) }

// Column gives the place of a column by key; -1 where there is none.
func (d *TableDef) Column(key string) int {
	for i := range d.Columns {
		if d.Columns[i].Key == key {
			return i
		}
	}
	return -1
}
