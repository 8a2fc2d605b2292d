// Package intake owns how projects and basic lines come in from other people's tables:
// which row is the head, what each column stands for, and what each row would become.
// It must not know how drafts are kept, nor how files are taken apart.
package intake

import (
	"context"
	"fmt"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/spreadsheet"
	"biaochi/service/workflow"
)

// Service is the use cases over one store. It is safe for concurrent use.
type Service struct {
	store   *store.Store
	filings *filing.Service
	rights  *rbac.Enforcer
}

// NewService works on a store and the use cases of filing.
func NewService(s *store.Store, filings *filing.Service, rights *rbac.Enforcer) *Service {
	return &Service{store: s, filings: filings, rights: rights}
}

// Target is what a table is for.
type Target struct {
	Kind   model.RecordKind
	UnitID model.ID
	Year   int
}

// Reading is what was found in a file, to be confirmed or corrected.
type Reading struct {
	Sheets  []string
	Sheet   string
	Head    int // row of the head, counted from 1
	Unit    AmountUnit
	Columns []Column
	Rows    int // below the head
}

// Column is a column with what it is proposed to stand for.
type Column struct {
	Column  int // counted from 1
	Header  string
	Field   string // "" where it is left out
	Samples []string
}

// maxSamples are the values that show what a column holds.
const maxSamples = 3

// Read finds the head of a table and proposes what its columns stand for: what the
// unit said last, else what others of its region did, else by their words. Sheet ""
// is the first one with a head, head 0 is to be found.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; Invalid "workbook.*",
// "csv.*", "import.*".
func (s *Service) Read(ctx context.Context, p rbac.Person, to Target, file []byte, sheet string, head int) (Reading, error) {
	unit, err := s.unit(ctx, p, to)
	if err != nil {
		return Reading{}, err
	}
	tables, err := tablesOf(file, sheet)
	if err != nil {
		return Reading{}, err
	}
	t, known, err := s.headed(ctx, unit, to.Kind, tables)
	if err != nil {
		return Reading{}, err
	}
	if head == 0 {
		head = t.head(to.Kind, known)
	}
	if head < 1 || head > len(t.Rows) {
		return Reading{}, model.Fail(model.Invalid, "import.head", "在前 %d 行没有找到列标题，请指明标题在第几行", searched)
	}
	r := Reading{Sheets: t.sheets, Sheet: t.Name, Head: head, Unit: Yuan, Rows: len(t.Rows) - head}
	if t.inWan(head) {
		r.Unit = Wan
	}
	r.Columns = columns(t, to.Kind, head, known)
	return r, nil
}

// headed picks the first sheet that has a head, since covers and notes come before
// tables; the first of all where none has.
func (s *Service) headed(ctx context.Context, unit model.BudgetUnit, kind model.RecordKind, tables []table) (table, map[string]string, error) {
	var first map[string]string
	for i, t := range tables {
		known, err := s.known(ctx, unit, kind, t)
		if err != nil || t.head(kind, known) > 0 {
			return t, known, err
		}
		if i == 0 {
			first = known
		}
	}
	return tables[0], first, nil
}

// columns proposes each field once: the first column that fits it has it.
func columns(t table, kind model.RecordKind, head int, known map[string]string) (list []Column) {
	taken := map[string]bool{"": true}
	for i, header := range t.Headers(head) {
		c := Column{Column: i + 1, Header: header}
		if field := proposed(kind, header, known); !taken[field] {
			c.Field, taken[field] = field, true
		}
		for row := head + 1; row <= len(t.Rows) && len(c.Samples) < maxSamples; row++ {
			if v := t.At(row, i+1).Shown; v != "" {
				c.Samples = append(c.Samples, brief(v))
			}
		}
		if header != "" || c.Samples != nil {
			list = append(list, c)
		}
	}
	return list
}

// known gives what the headers of the rows where a head may be stood for before.
func (s *Service) known(ctx context.Context, unit model.BudgetUnit, kind model.RecordKind, t table) (known map[string]string, err error) {
	var headers []string
	for i := range min(searched, len(t.Rows)) {
		for _, h := range t.Headers(i + 1) {
			if h != "" && len([]rune(h)) <= maxHeader {
				headers = append(headers, h)
			}
		}
	}
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		known, err = tx.ColumnMappings(unit, kind, headers)
		return err
	})
	return known, err
}

const maxHeader = 255

// unit gives the unit that a person may file for.
func (s *Service) unit(ctx context.Context, p rbac.Person, to Target) (unit model.BudgetUnit, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err = tx.UnitByID(store.Everything(), to.UnitID)
		return err
	})
	if err != nil {
		return unit, err
	}
	read, _ := rbac.ActionByName(string(to.Kind) + ".read")
	save, _ := rbac.ActionByName(workflow.Save.Named(to.Kind))
	if !s.rights.Decide(p.Assignments, read, unit.Path).Allowed {
		return unit, model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", to.UnitID)
	}
	return unit, s.rights.Check(p.Assignments, save, unit.Path)
}

// Plan is how a table is to be read, as somebody confirmed it.
type Plan struct {
	Target
	Sheet   string
	Head    int
	Unit    AmountUnit
	Columns map[int]string // field by column, counted from 1
}

// Becomes is what a row would become.
type Becomes string

// What rows become.
const (
	New       Becomes = "new"       // 新建草稿
	Changed   Becomes = "changed"   // 修改草稿
	Unchanged Becomes = "unchanged" // 没有变化
	Refused   Becomes = "refused"   // 不能导入
)

// Outcomes lists them.
var Outcomes = []Becomes{New, Changed, Unchanged, Refused}

var becomesWords = map[Becomes]string{New: "新建草稿", Changed: "修改草稿", Unchanged: "没有变化", Refused: "不能导入"}

// Word is the outcome in Chinese.
func (b Becomes) Word() string { return becomesWords[b] }

// Row is a row of the table with what it would become. Paths of faults are cells.
type Row struct {
	Number      int // in the sheet
	Code, Name  string
	Becomes     Becomes
	Differences []filing.Difference // of a new project all that it says
	Faults      []model.Problem
}

// Preview is what an import would do.
type Preview struct {
	Rows []Row
	// Differences are those of the unit's sheet as a whole, lines that go among them.
	Differences []filing.Difference
	records     []filing.Brought
}

// Count tells how many rows become what.
func (p Preview) Count(b Becomes) (n int) {
	for _, r := range p.Rows {
		if r.Becomes == b {
			n++
		}
	}
	return n
}

// Preview tells what each row would become, and keeps nothing.
// Errors: those of Read, Invalid "import.columns".
func (s *Service) Preview(ctx context.Context, p rbac.Person, plan Plan, file []byte) (Preview, error) {
	preview, _, err := s.preview(ctx, p, plan, file)
	return preview, err
}

func (s *Service) preview(ctx context.Context, p rbac.Person, plan Plan, file []byte) (Preview, table, error) {
	unit, err := s.unit(ctx, p, plan.Target)
	if err != nil {
		return Preview{}, table{}, err
	}
	t, err := open(file, plan.Sheet)
	if err != nil {
		return Preview{}, t, err
	}
	if err := plan.check(t); err != nil {
		return Preview{}, t, err
	}
	b := &builder{plan: plan, table: t, unit: unit}
	if err := s.store.Read(ctx, b.load); err != nil {
		return Preview{}, t, err
	}
	if plan.Kind == model.SheetRecord {
		err = b.lines()
	} else {
		err = b.projects()
	}
	return b.preview, t, err
}

// check refuses a plan that can't be followed.
func (plan Plan) check(t table) error {
	if plan.Head < 1 || plan.Head > len(t.Rows) {
		return model.Fail(model.Invalid, "import.head", "标题行应在 1 至 %d 之间", len(t.Rows))
	}
	met := map[string]int{}
	for column, key := range plan.Columns {
		field, ok := fieldOf(plan.Kind, key)
		switch {
		case !ok || column < 1 || column > spreadsheet.MaxColumns:
			return model.Fail(model.Invalid, "import.columns", "第 %d 列对应的“%s”不是可以导入的内容", column, key)
		case met[key] > 0:
			return model.Fail(model.Invalid, "import.columns", "第 %d 列和第 %d 列都对应“%s”，只能有一列", min(met[key], column), max(met[key], column), field.Label)
		}
		met[key] = column
	}
	for _, field := range Fields(plan.Kind) {
		if field.Required && met[field.Key] == 0 {
			return model.Fail(model.Invalid, "import.columns", "还没有指明哪一列是“%s”", field.Label)
		}
	}
	return nil
}

// Result is what an import did.
type Result struct{ New, Changed, Unchanged int }

// Commit keeps what Preview shows as drafts, all rows or none, with an event for each
// record, and remembers what the columns stood for.
// Errors: those of Preview; Invalid "import.faults" with every fault in Fields where
// a row is refused; those of filing.Bring.
func (s *Service) Commit(ctx context.Context, p rbac.Person, plan Plan, file []byte, key string) (Result, error) {
	preview, t, err := s.preview(ctx, p, plan, file)
	if err != nil {
		return Result{}, err
	}
	if err := preview.refusal(); err != nil {
		return Result{}, err
	}
	if len(preview.records) > 0 {
		batch := filing.Batch{UnitID: plan.UnitID, Year: plan.Year, Records: preview.records, Key: key}
		if _, err := s.filings.Of(plan.Kind).Bring(ctx, p, batch); err != nil {
			return Result{}, err
		}
	}
	result := Result{preview.Count(New), preview.Count(Changed), preview.Count(Unchanged)}
	return result, s.remember(ctx, plan, t)
}

const maxFaults = 100

func (p Preview) refusal() error {
	var faults []model.Problem
	for _, r := range p.Rows {
		faults = append(faults, r.Faults...)
	}
	switch {
	case len(p.Rows) == 0:
		return model.Fail(model.Invalid, "import.empty", "标题行以下没有可导入的内容")
	case len(faults) > 0:
		return &model.Error{Code: model.Invalid, Reason: "import.faults", Fields: faults[:min(len(faults), maxFaults)],
			Message: fmt.Sprintf("有 %d 行不能导入，全部没有保存；请按提示改正后再传", p.Count(Refused))}
	}
	return nil
}

func (s *Service) remember(ctx context.Context, plan Plan, t table) error {
	headers := t.Headers(plan.Head)
	var mappings []model.ColumnMapping
	for i, header := range headers {
		if header == "" || len([]rune(header)) > maxHeader || slices.Contains(headers[:i], header) {
			continue
		}
		mappings = append(mappings, model.ColumnMapping{UnitID: plan.UnitID, Kind: plan.Kind, Header: header, Field: plan.Columns[i+1]})
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		unit, err := tx.UnitByID(store.Everything(), plan.UnitID)
		if err != nil {
			return err
		}
		for i := range mappings {
			mappings[i].RegionCode = unit.RegionCode
		}
		return tx.SaveMappings(mappings)
	})
}
