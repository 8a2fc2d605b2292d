package library

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/indicator"
)

// Approved is a filing that has just become approved.
type Approved struct {
	RecordID model.ID
	Year     int
	Unit     model.BudgetUnit
	Project  *model.ProjectContent
	Actor    string
	At       time.Time
}

// What is longer is of use to no other project.
const (
	longestName  = 60
	longestValue = 60
	longestText  = 1000
	longestUnit  = 20
)

// Feed takes the third-level indicators of an approved filing into the library of its
// region: new ones are added, known ones are counted once a filing, with the
// functional code that they serve and the value that they have. What the checks speak
// against (cut-off names, values that measure nothing, personal data) or names the
// unit stays out. It writes in the caller's transaction and appends no event: the
// approval's own says it.
func Feed(tx *store.Tx, a Approved) error {
	if a.Project == nil || a.Project.Form == nil || len(a.Project.Form.Indicators) == 0 {
		return nil
	}
	s, err := newSieve(tx, a)
	if err != nil {
		return err
	}
	found := a.candidates(s)
	if err := tx.AddMissingLibrary(found.entries()); err != nil {
		return err
	}
	kept, err := tx.LibraryByNames(a.Unit.RegionCode, found.levels2(), found.keys())
	if err != nil {
		return err
	}
	uses, functions := found.uses(kept, a.Project.FunctionCode)
	if err := tx.AddLibraryUses(a.RecordID, uses); err != nil {
		return err
	}
	if err := tx.AddLibraryFunctions(functions); err != nil {
		return err
	}
	return found.measure(tx, kept)
}

// sieve tells what of a filing is of use to others.
type sieve struct {
	private []string        // names of the unit and of those above
	spoken  map[string]bool // "rule field" of what the checks speak against, and "field"
}

func newSieve(tx *store.Tx, a Approved) (s sieve, err error) {
	if s.private, err = privateNames(tx, a.Unit); err != nil {
		return s, err
	}
	region, err := tx.Region(a.Unit.RegionCode)
	if err != nil {
		return s, err
	}
	set, err := budget.LoadSet(region.SetKey)
	if err != nil {
		return s, err
	}
	s.spoken = map[string]bool{}
	for _, f := range check.RunProject(check.Input{Year: a.Year, Unit: a.Unit.Code, Set: set}, check.UnitRecords{}, a.Project) {
		if f.Outcome == check.Fail {
			s.spoken[f.Field], s.spoken[f.Rule+" "+f.Field] = true, true
		}
	}
	return s, nil
}

// public gives the text of a field, or "" where others have no use for it.
func (s sieve) public(field, text string, longest int) string {
	text = strings.TrimSpace(text)
	named := slices.ContainsFunc(s.private, func(name string) bool { return strings.Contains(text, name) })
	// The checks began with a year; persons were persons before.
	if named || s.spoken[field] || utf8.RuneCountInString(text) > longest || check.HasPersonalData(text) {
		return ""
	}
	return text
}

// privateNames are the names of the unit and of those above it.
func privateNames(tx *store.Tx, unit model.BudgetUnit) ([]string, error) {
	names := []string{unit.Name}
	codes := strings.Split(strings.Trim(unit.Path, "/"), "/")[1:]
	if len(codes) == 0 { // the bureau itself
		return names, nil
	}
	units, err := tx.Units(store.Everything(), store.UnitFilter{Region: unit.RegionCode, Codes: codes})
	for _, u := range units {
		names = append(names, u.Name)
	}
	const shortest = 3 // 示例局; anything shorter is a common word
	return slices.DeleteFunc(names, func(name string) bool { return utf8.RuneCountInString(name) < shortest }), err
}

// candidate is an indicator of a filing as the library would have it.
type candidate struct {
	entry model.LibraryIndicator
	value string
}

type candidates []candidate

// candidates are those indicators of the filing that others can use, once each, in
// the order of their keys, so that two approvals at once ask for them alike.
func (a Approved) candidates(s sieve) (found candidates) {
	for i := range a.Project.Form.Indicators {
		row := &a.Project.Form.Indicators[i]
		t, place := row.Annual, fmt.Sprintf("form.indicators[%d].annual.", i)
		if t == nil || model.IndicatorKey(t.Name) == "" {
			t, place = row.LongTerm, fmt.Sprintf("form.indicators[%d].longTerm.", i)
		}
		if t == nil {
			continue
		}
		if c, ok := a.candidate(row, t, place, s); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return strings.Compare(a.entry.Level2+"/"+a.entry.NameKey, b.entry.Level2+"/"+b.entry.NameKey)
	})
	return slices.CompactFunc(found, func(a, b candidate) bool {
		return a.entry.Level2 == b.entry.Level2 && a.entry.NameKey == b.entry.NameKey
	})
}

// measuresNothing is the rule that speaks against values that only repeat names.
const measuresNothing = "F06"

func (a Approved) candidate(row *model.Indicator, t *model.Target, place string, s sieve) (c candidate, ok bool) {
	name := yearPattern.ReplaceAllString(s.public(place+"name", t.Name, longestName), "")
	key := model.IndicatorKey(name)
	tree, known := treeOf(row.Level1, row.Level2)
	if key == "" || !known || s.spoken[measuresNothing+" "+place+"value"] {
		return c, false
	}
	text := func(key, text string) string { return s.public(place+key, text, longestText) }
	c.entry = model.LibraryIndicator{
		RegionCode: a.Unit.RegionCode, TreeKey: tree, Level1: row.Level1, Level2: row.Level2, Name: strings.TrimSpace(name), NameKey: key,
		Explanation: text("explanation", t.Explanation), Basis: text("basis", t.Basis), Source: text("source", t.Source),
		Evidence: text("evidence", t.Evidence), Scoring: text("scoring", t.Scoring),
		Origin: model.LibraryApproved, CreatedAt: a.At, CreatedBy: a.Actor, UpdatedAt: a.At, UpdatedBy: a.Actor,
	}
	if value := s.public(place+"value", t.Value, longestValue); value != "" {
		v := indicator.Parse(value, a.Year)
		c.entry.Unit, c.entry.Operator = measure(v)
		own := v.Kind == indicator.Money && v.Per == "" // the project's own money
		if !own && !yearPattern.MatchString(value) {
			c.value = value
		}
	}
	return c, true
}

// yearPattern is a year with its word: what holds for one year only.
var yearPattern = regexp.MustCompile(`(?:19|20)\d{2}\s*年度?`)

// measure tells unit and operator of a value; words and dates have none.
func measure(v indicator.TargetValue) (unit, operator string) {
	switch v.Kind {
	case indicator.Quantity, indicator.Ratio, indicator.Money:
	default:
		return "", ""
	}
	if unit = v.Unit; v.Per != "" {
		unit += "/" + v.Per
	}
	if utf8.RuneCountInString(unit) > longestUnit {
		unit = ""
	}
	return unit, string(v.Operator)
}

var trees = sync.OnceValue(indicator.Trees)

// treeOf is the newest tree that has the two levels.
func treeOf(level1, level2 string) (key string, ok bool) {
	for _, tree := range slices.Backward(trees()) {
		if tree.Has(level1, level2) {
			return tree.Key, true
		}
	}
	return "", false
}

func (found candidates) entries() []model.LibraryIndicator {
	entries := make([]model.LibraryIndicator, len(found))
	for i, c := range found {
		entries[i] = c.entry
	}
	return entries
}

func (found candidates) keys() (keys []string) {
	for _, c := range found {
		keys = append(keys, c.entry.NameKey)
	}
	return keys
}

func (found candidates) levels2() (levels []string) {
	for _, c := range found {
		levels = append(levels, c.entry.Level2)
	}
	return slices.Compact(levels)
}

// uses are what is to be noted of the entries that are kept; one that was merged
// speaks for the one that took its place.
func (found candidates) uses(kept []model.LibraryIndicator, function string) (uses []model.LibraryUse, functions []model.LibraryFunction) {
	values := map[string]string{}
	for _, c := range found {
		values[c.entry.Level2+"/"+c.entry.NameKey] = c.value
	}
	met := map[model.ID]bool{}
	for _, k := range kept {
		id := k.ID
		if k.MergedInto != 0 {
			id = k.MergedInto
		}
		value, asked := values[k.Level2+"/"+k.NameKey]
		if !asked || met[id] {
			continue
		}
		met[id] = true
		uses = append(uses, model.LibraryUse{IndicatorID: id, Value: value})
		if functionPattern.MatchString(function) {
			functions = append(functions, model.LibraryFunction{IndicatorID: id, FunctionCode: function})
		}
	}
	return uses, functions
}

// measure gives unit and operator to entries that were added without, because the
// filing that brought them had words or a doubtful value.
func (found candidates) measure(tx *store.Tx, kept []model.LibraryIndicator) error {
	for _, c := range found {
		for _, k := range kept {
			same := k.Level2 == c.entry.Level2 && k.NameKey == c.entry.NameKey && k.MergedInto == 0
			if !same || k.Unit+k.Operator != "" || k.Origin != model.LibraryApproved || c.entry.Unit+c.entry.Operator == "" || k.Version != 1 {
				continue
			}
			if err := tx.MeasureLibrary(k.ID, c.entry.Unit, c.entry.Operator); err != nil {
				return err
			}
		}
	}
	return nil
}

// functionPattern is a functional code: 类 3, 款 5, 项 7 digits.
var functionPattern = regexp.MustCompile(`^\d{3}(\d{2}(\d{2})?)?$`)
