package indicator

import (
	_ "embed"
	"encoding/json"
	"unicode/utf8"
)

// The words are data, since the browser reads with the same ones.
//
//go:embed vocabulary.json
var vocabularyJSON []byte

type vocabulary struct {
	Before, After                map[Operator][]string
	Level, Cap                   []string
	Rise, Fall, ChangeNouns      []string
	RiseNouns, FallNouns         []string
	NotChanges                   []string
	CompareUp, CompareDown       []string
	Bases, Comparers             []string
	Adverbs                      []string
	RateNouns, NotRates          []string
	Fillers, Currency            []string
	Averages                     map[string]string
	BoundNouns                   []string
	Units                        unitWords
	Joinable, MetricHeads        []string
	ShareNouns                   string
	ClosedTails, Never, AgeUnits []string
	Dates                        dateWords
}

type unitWords struct {
	Percent, Money              map[string]string
	Time, Count, Ordinal, Latin []string
}

type dateWords struct {
	Names                []string
	Before, Within, Open []string
	RelativeYears        map[string]int
	YearParts            map[string][2]int // first and last month
	MonthParts           map[string]int    // last day; 31 is the last of any month
}

// A role is what a word before a number does there.
type role int

const (
	roleOperator role = iota
	roleLevel         // names a level reached: 达到, 提高到
	roleCap           // names a ceiling: 控制在
	roleChange        // does a change: 提高, 下降
	roleRate          // names a change: 增长率, 降幅
	roleFiller        // says nothing: 约, 完成
	roleCurrency
)

type leadWord struct {
	role      role
	operator  Operator
	direction Direction
}

type unitClass int

const (
	classNone unitClass = iota
	classPercent
	classMoney
	classTime
	classCount
	classOrdinal // 级, 号: a rank or a name, never an amount
	classLatin
	classUnknown
)

type unitWord struct {
	class  unitClass
	factor decimal
}

// A lexicon is the vocabulary, ready for the longest match at a place.
type lexicon struct {
	lead     words[leadWord]
	after    words[Operator]
	units    words[unitWord]
	changes  words[Direction]
	compares words[Direction]
	bases    words[bool]
	closed   words[bool]
	metric   words[bool]
	fixed    words[bool] // changes in looks only: 增加值
	markers  words[marker]
	years    words[int]
	parts    words[[2]int]
	days     words[int]
	raw      vocabulary
}

var terms = newLexicon()

func newLexicon() *lexicon {
	var v vocabulary
	if err := json.Unmarshal(vocabularyJSON, &v); err != nil {
		panic("indicator: vocabulary.json: " + err.Error())
	}
	l := &lexicon{raw: v}
	l.addLeads()
	for op, list := range v.After {
		l.after.put(op, list...)
	}
	l.compares.put(Up, v.CompareUp...)
	l.compares.put(Down, v.CompareDown...)
	l.bases.put(true, v.Bases...)
	l.closed.put(true, v.ClosedTails...)
	l.metric.put(true, v.MetricHeads...)
	l.fixed.put(true, v.NotChanges...)
	l.addUnits()
	l.addDates()
	return l
}

func (l *lexicon) addDates() {
	d := l.raw.Dates
	l.markers.put(markBefore, d.Before...)
	l.markers.put(markWithin, d.Within...)
	l.markers.put(markOpen, d.Open...)
	for word, shift := range d.RelativeYears {
		l.years.put(shift, word)
	}
	for word, months := range d.YearParts {
		l.parts.put(months, word)
	}
	for word, last := range d.MonthParts {
		l.days.put(last, word)
	}
}

// addLeads fills the words that stand before a number; later ones win over earlier ones.
func (l *lexicon) addLeads() {
	l.lead.put(leadWord{role: roleFiller}, l.raw.Fillers...)
	l.lead.put(leadWord{role: roleCurrency}, l.raw.Currency...)
	l.lead.put(leadWord{role: roleLevel, operator: Equal}, l.raw.Level...)
	l.lead.put(leadWord{role: roleCap, operator: AtMost}, l.raw.Cap...)
	l.addChanges(Up, l.raw.Rise)
	l.addChanges(Down, l.raw.Fall)
	l.lead.put(leadWord{role: roleRate, direction: Up}, l.raw.RiseNouns...)
	l.lead.put(leadWord{role: roleRate, direction: Down}, l.raw.FallNouns...)
	for op, list := range l.raw.Before {
		l.lead.put(leadWord{role: roleOperator, operator: op}, list...)
	}
}

// addChanges also adds the nouns made of a verb: 增长率, 下降幅度.
func (l *lexicon) addChanges(direction Direction, verbs []string) {
	for _, verb := range verbs {
		l.lead.put(leadWord{role: roleChange, direction: direction}, verb)
		if utf8.RuneCountInString(verb) < 2 {
			continue
		}
		l.changes.put(direction, verb)
		for _, noun := range l.raw.ChangeNouns {
			l.lead.put(leadWord{role: roleRate, direction: direction}, verb+noun)
		}
	}
}

func (l *lexicon) addUnits() {
	u := l.raw.Units
	l.units.put(unitWord{class: classLatin}, u.Latin...)
	l.units.put(unitWord{class: classCount}, u.Count...)
	l.units.put(unitWord{class: classTime}, u.Time...)
	l.units.put(unitWord{class: classOrdinal}, u.Ordinal...)
	for word, factor := range u.Percent {
		l.units.put(unitWord{classPercent, digitsOf(factor)}, word)
	}
	for word, factor := range u.Money {
		l.units.put(unitWord{classMoney, digitsOf(factor)}, word)
	}
}

// words finds the longest known word at a place or before it.
type words[T any] struct {
	known   map[string]T
	longest int
}

func (w *words[T]) put(meaning T, list ...string) {
	if w.known == nil {
		w.known = map[string]T{}
	}
	for _, word := range list {
		w.known[word] = meaning
		w.longest = max(w.longest, utf8.RuneCountInString(word))
	}
}

// at gives the longest word that starts at i, and its length; 0 if there is none.
func (w *words[T]) at(s line, i int) (T, int) {
	for n := min(w.longest, len(s)-i); n > 0; n-- {
		if meaning, ok := w.known[string(s[i:i+n])]; ok {
			return meaning, n
		}
	}
	var none T
	return none, 0
}

// ending gives the longest word that ends the line, and its length; 0 if there is none.
func (w *words[T]) ending(s line) (T, int) {
	for n := min(w.longest, len(s)); n > 0; n-- {
		if meaning, ok := w.known[string(s[len(s)-n:])]; ok {
			return meaning, n
		}
	}
	var none T
	return none, 0
}

func (w *words[T]) is(s line) bool {
	_, ok := w.known[string(s)]
	return ok
}
