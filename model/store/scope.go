package store

import (
	"slices"
	"strings"

	"gorm.io/gorm"
)

// Scope says which units a reader may see. Its zero value sees nothing.
type Scope struct {
	all     bool
	paths   []string // subtrees
	exactly []string // units let through beside them, without those below
}

// Everything sees all units and what belongs to none.
func Everything() Scope { return Scope{all: true} }

// Subtrees sees the units at the paths and all below them. A path that isn't
// closed by a slash opens nothing: "000000000/70" must not let 701 through.
func Subtrees(paths ...string) Scope {
	var s Scope
	for _, path := range slices.Sorted(slices.Values(paths)) {
		if strings.HasSuffix(path, "/") && !s.Sees(path) {
			s.paths = append(s.paths, path)
		}
	}
	return s
}

// AndUnits sees the units at the paths too, without those below them.
func (s Scope) AndUnits(paths ...string) Scope {
	s.exactly = slices.Concat(s.exactly, paths)
	return s
}

// Sees tells whether the unit at the path is in the scope.
func (s Scope) Sees(path string) bool { return s.Holds(path) || slices.Contains(s.exactly, path) }

// Holds tells whether the unit at the path and all below it are in the scope.
func (s Scope) Holds(path string) bool {
	return s.all || slices.ContainsFunc(s.paths, func(root string) bool { return strings.HasPrefix(path, root) })
}

// inside narrows the scope to what lies below a root.
func (s Scope) inside(root string) Scope {
	outside := func(path string) bool { return !strings.HasPrefix(path, root) }
	s.paths = slices.DeleteFunc(slices.Clone(s.paths), outside)
	s.exactly = slices.DeleteFunc(slices.Clone(s.exactly), outside)
	return s
}

// condition is true where the column holds the path of a unit in the scope.
func (s Scope) condition(column string) (sql string, args []any) {
	if s.all {
		return "1 = 1", nil
	}
	sql, args = anyOf(s.paths, func(root string) (string, []any) { return prefixed(column, root) })
	if len(s.exactly) > 0 {
		sql, args = "("+sql+" OR "+column+" IN ?)", append(args, s.exactly)
	}
	return sql, args
}

// on narrows a query to the scope by the column that holds the path.
func (s Scope) on(column string) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if s.all {
			return db
		}
		sql, args := s.condition(column)
		return db.Where(sql, args...)
	}
}

// anyOf joins the conditions of items by OR; of no item it is never true.
func anyOf[T any](items []T, condition func(T) (string, []any)) (string, []any) {
	if len(items) == 0 {
		return "1 = 0", nil
	}
	parts := make([]string, len(items))
	var args []any
	for i, item := range items {
		sql, more := condition(item)
		parts[i], args = sql, append(args, more...)
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// containing is the pattern of LIKE, with "!" as its escape, of what holds a text.
func containing(text string) string {
	return "%" + escaped(text) + "%"
}

// escaped is a text for LIKE with ESCAPE '!'.
func escaped(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

// prefixed is true where the column begins with a non-empty prefix: a range,
// which an index serves and which, unlike LIKE, minds the case on both engines.
func prefixed(column, prefix string) (string, []any) {
	end := after(prefix)
	if end == "" {
		return column + " >= ?", []any{prefix}
	}
	return "(" + column + " >= ? AND " + column + " < ?)", []any{prefix, end}
}

// after gives the least text greater than all that begin with the prefix, "" where
// there is none. Both engines order text by code point.
func after(prefix string) string {
	runes := []rune(prefix)
	for i := len(runes) - 1; i >= 0; i-- {
		switch runes[i] {
		case 0x10FFFF:
			continue
		case 0xD7FF: // the next code points are surrogates, which no text holds
			runes[i] = 0xE000
		default:
			runes[i]++
		}
		return string(runes[:i+1])
	}
	return ""
}
