package rest

import (
	"strconv"
	"strings"
)

// FieldProblem is one fault of one field of a request.
type FieldProblem struct {
	In      string `json:"in" description:"path, query, header 或 body"`
	Pointer string `json:"pointer" description:"JSON 指针，如 /rows/0/name"`
	Code    string `json:"code" description:"稳定的键，供程序用"`
	Param   string `json:"param,omitempty" description:"规则的参数，如上限"`
	Detail  string `json:"detail" description:"中文说明"`
}

// maxFaults bounds the list: a hostile body can hold a fault in every third byte.
const maxFaults = 100

// faults collects the problems of one request.
type faults struct {
	list  []FieldProblem
	taken map[string]bool // pointers of the body with a structural fault
	more  int
}

func (f *faults) add(p FieldProblem) {
	if len(f.list) == maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, p)
}

// structural notes a fault of the body's structure; rules at or below it are not
// asked any more.
func (f *faults) structural(at *place, code, param, zh string) {
	pointer := at.pointer()
	if f.taken == nil {
		f.taken = map[string]bool{}
	}
	if len(f.taken) < maxFaults {
		f.taken[pointer] = true
	}
	f.add(FieldProblem{In: "body", Pointer: pointer, Code: code, Param: param, Detail: sentence(at.label(), zh)})
}

// covered tells whether the pointer lies at or below a structural fault.
func (f *faults) covered(pointer string) bool {
	for p := range f.taken {
		if pointer == p || strings.HasPrefix(pointer, p+"/") {
			return true
		}
	}
	return false
}

// place is where the decoder stands in the body; it becomes a pointer only where
// there is a fault.
type place struct {
	up    *place
	name  string
	index int // of an item, where name is ""
	zh    string
}

func (p *place) member(name, zh string) *place { return &place{up: p, name: name, zh: zh} }

func (p *place) pointer() string {
	if p.up == nil {
		return ""
	}
	if p.name == "" {
		return p.up.pointer() + "/" + strconv.Itoa(p.index)
	}
	return p.up.pointer() + "/" + escapePointer.Replace(p.name)
}

// label is the Chinese name of the nearest field that has one, with the place in
// its list where the value is an item.
func (p *place) label() string {
	if p.up == nil {
		return "正文"
	}
	if p.name == "" {
		return p.up.label() + "第" + strconv.Itoa(p.index+1) + "项"
	}
	return p.zh
}

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// sentence puts the field's name before what is to be said of it.
func sentence(label, zh string) string {
	if strings.HasPrefix(zh, label) && label != "" {
		return zh
	}
	return or(label, "此项") + zh
}

// shorten keeps what a caller wrote from filling the answer.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > 64 {
		return string(runes[:64]) + "…"
	}
	return text
}
