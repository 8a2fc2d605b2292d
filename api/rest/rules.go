package rest

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
)

// Rule is one check that a binding tag can name: what the server does, what the
// schema says and what the reader is told, in one place.
//
// Either Check or Alias is set; Alias is a list of tags as validator knows it.
// Schema holds the keywords that say the same; NoSchema declares that there are
// none, which makes the rule an exception of the agreement test. ZH follows the
// name of the field: "应为六位数字".
type Rule struct {
	Tag      string
	Check    func(validator.FieldLevel) bool
	Alias    string
	Schema   map[string]any
	NoSchema bool
	Bounded  bool // a text that passes is short: no max needed beside it
	ZH       string
}

// Rules are the checks and the types that requests may use. They are filled at
// start and only read afterwards.
type Rules struct {
	check *validator.Validate
	rules map[string]*rule
	types map[reflect.Type]*known
}

// rule is a Rule with schema and message as functions of the tag's parameter.
type rule struct {
	schema  func(s *shape, param string) (map[string]any, error) // nil: no schema says it
	zh      func(s *shape, param string) string
	bounded bool
	cross   bool // looks at other members
}

// embedded marks, in validator's paths, what JSON has no level for.
const embedded = "~"

// NewRules gives the built-in rules (see builtin) and the value types of model.
func NewRules() *Rules {
	r := &Rules{
		check: validator.New(validator.WithRequiredStructEnabled()),
		rules: builtin(),
		types: map[reflect.Type]*known{},
	}
	r.check.SetTagName("binding")
	r.check.RegisterTagNameFunc(func(f reflect.StructField) string {
		if name := jsonName(f); name != "" {
			return name
		}
		return embedded
	})
	for _, p := range patterns {
		r.Add(p)
	}
	r.Add(sortRule)
	r.rules[sortTag] = sortDescribed
	addStandardTypes(r)
	addActionNames(r)
	return r
}

// Add takes a rule. It panics where the rule is incomplete or its tag is taken: a
// rule is written by hand at start.
func (r *Rules) Add(rule Rule) {
	if err := r.add(rule); err != nil {
		panic(fmt.Sprintf("rest: rule %q: %v", rule.Tag, err))
	}
}

func (r *Rules) add(in Rule) error {
	if err := r.incomplete(in); err != nil {
		return err
	}
	if in.Check != nil {
		if err := r.check.RegisterValidation(in.Tag, in.Check); err != nil {
			return err
		}
	} else {
		r.check.RegisterAlias(in.Tag, in.Alias)
	}
	out := &rule{zh: says(in.ZH), bounded: in.Bounded}
	if !in.NoSchema {
		out.schema = func(*shape, string) (map[string]any, error) { return maps.Clone(in.Schema), nil }
	}
	r.rules[in.Tag] = out
	return nil
}

func (r *Rules) incomplete(in Rule) error {
	switch {
	case in.Tag == "" || r.rules[in.Tag] != nil:
		return fmt.Errorf("no tag, or there twice")
	case (in.Check == nil) == (in.Alias == ""):
		return fmt.Errorf("needs Check or Alias, not both")
	case (len(in.Schema) == 0) != in.NoSchema:
		return fmt.Errorf("needs Schema, or NoSchema where there is none")
	case !hasHan(in.ZH):
		return fmt.Errorf("needs a Chinese message")
	}
	return nil
}

// unportable finds what Go's expressions and those of JSON Schema read differently.
var unportable = regexp.MustCompile(`\(\?[^:]|\\[zZAQEpPaC]|\[\[:`)

// PatternRule makes a rule of a regular expression that both Go and JavaScript
// read alike; it must be anchored at both ends. It panics where it is not.
func PatternRule(tag, pattern, zh string) Rule {
	if !strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$") || unportable.MatchString(pattern) {
		panic(fmt.Sprintf("rest: rule %q: the pattern is not anchored, or not one that JavaScript reads too", tag))
	}
	compiled := regexp.MustCompile(pattern)
	return Rule{
		Tag:     tag,
		Check:   func(fl validator.FieldLevel) bool { return compiled.MatchString(fl.Field().String()) },
		Schema:  map[string]any{"pattern": pattern},
		Bounded: ends(compiled),
		ZH:      zh,
	}
}

// ends tells whether what the expression matches can't grow without end.
func ends(re *regexp.Regexp) bool {
	tree, err := syntax.Parse(re.String(), syntax.Perl)
	return err == nil && !repeats(tree)
}

func repeats(tree *syntax.Regexp) bool {
	endless := tree.Op == syntax.OpStar || tree.Op == syntax.OpPlus || tree.Op == syntax.OpRepeat && tree.Max < 0
	return endless || slices.ContainsFunc(tree.Sub, repeats)
}

// Tags lists the tags that a binding may name, sorted.
func (r *Rules) Tags() []string { return slices.Sorted(maps.Keys(r.rules)) }

// Exceptions lists the codes of faults that no schema can say: of rules without
// schema, and of texts that can't be stored. Sorted.
func (r *Rules) Exceptions() []string {
	codes := []string{"text"}
	for tag, rule := range r.rules {
		if rule.schema == nil {
			codes = append(codes, tag)
		}
	}
	slices.Sort(codes)
	return codes
}

// use is one rule as a field's tag names it.
type use struct {
	*rule
	tag, param string
}

// parse reads a binding tag; what comes after dive holds for the items.
func (r *Rules) parse(tag string) (own, items []use, err error) {
	into := &own
	for _, part := range strings.Split(tag, ",") {
		name, param, _ := strings.Cut(part, "=")
		switch {
		case part == "":
		case name == "dive" && into == &own:
			into = &items
		case strings.Contains(part, "|"):
			return nil, nil, fmt.Errorf("%q: alternatives have no schema; make it a rule", part)
		case r.rules[name] == nil:
			return nil, nil, fmt.Errorf("%q is no rule here", name)
		default:
			*into = append(*into, use{r.rules[name], name, unescape.Replace(param)})
		}
	}
	return own, items, nil
}

// unescape undoes validator's spelling of its own separators.
var unescape = strings.NewReplacer("0x2C", ",", "0x7C", "|")

func has(uses []use, tag string) bool {
	return slices.ContainsFunc(uses, func(u use) bool { return u.tag == tag })
}

func says(zh string) func(*shape, string) string {
	return func(*shape, string) string { return zh }
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}
