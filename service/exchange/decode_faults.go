package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"biaochi/model"
)

// maxFaults bounds the list of faults: beyond it a file is something else than a
// package, and reading stops.
const maxFaults = 1000

// maxQuote is how much of a wrong value or key a message repeats, in characters.
const maxQuote = 40

// faults collects what is wrong, one fault a place.
type faults struct {
	path     []pathStep
	problems []model.Problem
	seen     map[string]bool
	full     bool
}

// pathStep is a key of an object, with index -1, or a place in a list.
type pathStep struct {
	key   string
	index int
}

func (f *faults) push(s pathStep) { f.path = append(f.path, s) }
func (f *faults) pop()            { f.path = f.path[:len(f.path)-1] }

// add notes what is wrong at the current place; the first fault of a place stays.
func (f *faults) add(format string, args ...any) {
	path := f.where()
	if f.full || f.seen[path] {
		return
	}
	if len(f.problems) == maxFaults {
		f.full = true
		return
	}
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	f.seen[path] = true
	f.problems = append(f.problems, model.Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

// list gives the faults in the order of the file.
func (f *faults) list() []model.Problem {
	if !f.full {
		return f.problems
	}
	return append(f.problems, model.Problem{Path: "$", Message: fmt.Sprintf("错误超过 %d 处，只列出前 %d 处", maxFaults, maxFaults)})
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// where writes the current place as a JSON path: $.projects[3].budget[0].amount.
func (f *faults) where() string {
	var out strings.Builder
	out.WriteByte('$')
	for _, s := range f.path {
		switch {
		case s.index >= 0:
			fmt.Fprintf(&out, "[%d]", s.index)
		case len(s.key) <= maxQuote && plainKey.MatchString(s.key):
			out.WriteString("." + s.key)
		default:
			out.WriteString("[" + strconv.Quote(quoted(s.key)) + "]")
		}
	}
	return out.String()
}

// quoted shortens a text from the file for a message.
func quoted(text string) string {
	runes := 0
	for at := range text {
		if runes++; runes > maxQuote {
			return text[:at] + "…"
		}
	}
	return text
}
