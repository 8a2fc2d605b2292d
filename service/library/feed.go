package library

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/model/store"
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

// What is longer is a sentence, of use to no other project.
const (
	longestName  = 60
	longestValue = 60
	longestText  = 1000
	longestUnit  = 20
)

// Feed takes the third-level indicators of an approved filing into the library of its
// region: new ones are added, known ones are counted once a filing, with the
// functional code that they serve and the value that they have. What names the unit
// or a person, as far as the checks tell, stays out. It writes in the caller's
// transaction and appends no event: the approval's own says it.
func Feed(tx *store.Tx, a Approved) error {
	if a.Project == nil || a.Project.Form == nil || len(a.Project.Form.Indicators) == 0 {
		return nil
	}
	private, err := privateNames(tx, a.Unit)
	if err != nil {
		return err
	}
	found := a.candidates(private)
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
	return tx.AddLibraryFunctions(functions)
}

// privateNames are the names of the unit and of those above it.
func privateNames(tx *store.Tx, unit model.BudgetUnit) ([]string, error) {
	codes := strings.Split(strings.Trim(unit.Path, "/"), "/")[1:]
	units, err := tx.Units(store.Everything(), store.UnitFilter{Region: unit.RegionCode, Codes: codes})
	names := []string{unit.Name}
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
func (a Approved) candidates(private []string) (found candidates) {
	for i := range a.Project.Form.Indicators {
		row := &a.Project.Form.Indicators[i]
		t := row.Annual
		if t == nil || model.IndicatorKey(t.Name) == "" {
			t = row.LongTerm
		}
		if t == nil {
			continue
		}
		if c, ok := a.candidate(row, t, private); ok {
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

func (a Approved) candidate(row *model.Indicator, t *model.Target, private []string) (c candidate, ok bool) {
	public := func(text string, longest int) string {
		text = strings.TrimSpace(text)
		named := slices.ContainsFunc(private, func(name string) bool { return strings.Contains(text, name) })
		if named || utf8.RuneCountInString(text) > longest || check.HasPersonalData(text) {
			return ""
		}
		return text
	}
	name := public(yearPattern.ReplaceAllString(t.Name, ""), longestName)
	key := model.IndicatorKey(name)
	tree, known := treeOf(row.Level1, row.Level2)
	if key == "" || !known {
		return c, false
	}
	unit, operator := measure(t.Value, a.Year)
	c.entry = model.LibraryIndicator{
		RegionCode: a.Unit.RegionCode, TreeKey: tree, Level1: row.Level1, Level2: row.Level2, Name: name, NameKey: key,
		Unit: unit, Operator: operator, Explanation: public(t.Explanation, longestText), Basis: public(t.Basis, longestText),
		Source: public(t.Source, longestText), Evidence: public(t.Evidence, longestText), Scoring: public(t.Scoring, longestText),
		Origin: model.LibraryApproved, CreatedAt: a.At, CreatedBy: a.Actor, UpdatedAt: a.At, UpdatedBy: a.Actor,
	}
	if value := public(t.Value, longestValue); !yearPattern.MatchString(value) && model.IndicatorKey(value) != key {
		c.value = value
	}
	return c, true
}

// yearPattern is a year with its word: what holds for one year only.
var yearPattern = regexp.MustCompile(`(?:19|20)\d{2}\s*年度?`)

// measure tells unit and operator of a value; words and dates have none.
func measure(value string, year int) (unit, operator string) {
	v := indicator.Parse(value, year)
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

// functionPattern is a functional code: 类 3, 款 5, 项 7 digits.
var functionPattern = regexp.MustCompile(`^\d{3}(\d{2}(\d{2})?)?$`)
