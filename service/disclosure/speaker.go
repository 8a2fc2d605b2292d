package disclosure

import (
	"strconv"
	"strings"
	"text/template"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// speaker fills sentences with figures. Whatever it prints that a rule can hold
// against the records it marks, so that a statement knows where its figures are.
type speaker struct {
	c       *Content
	figures *figures
	marks   []check.Mark
	lacking []check.Lack
	unknown []string
}

// A mark is written into the text as open, number, begin, what is printed, close;
// these characters stand in no record, since controls are taken out of all texts.
const (
	markOpen  = "\x01"
	markBegin = "\x02"
	markClose = "\x03"
)

func (s *speaker) mark(m check.Mark, text string) string {
	s.marks = append(s.marks, m)
	return markOpen + strconv.Itoa(len(s.marks)-1) + markBegin + text + markClose
}

// words are what sentences can ask for; the receiver matters only while they are
// executed.
func (s *speaker) words() template.FuncMap {
	return template.FuncMap{
		"wan": s.wan, "share": s.share, "shows": s.shows, "change": s.change, "attribution": s.attribution,
		"word": s.word, "size": s.size, "rate": s.rate, "rateWord": s.rateWord, "says": s.says,
		"reason": s.reason, "free": s.free, "tidy": s.tidy, "absent": s.absent, "explanation": s.explanation,
		"count": s.count, "list": s.list, "items": s.items,
		"funds": s.funds, "fiscalFunds": s.fiscalFunds, "managedFunds": s.managedFunds,
		"classes": s.classes, "money": s.money, "part": s.part,
		"threePublicItems": s.threePublicItems, "serviceItems": s.serviceItems,
	}
}

// wan is a figure in 万元.
func (s *speaker) wan(name string) (string, error) {
	amount, err := s.figures.value(name)
	return s.amount(s.figures.label(name), amount), err
}

func (s *speaker) amount(label string, amount model.Money) string {
	return s.mark(check.Mark{Kind: check.AmountMark, Label: label}, amount.Wan())
}

// shows tells whether a figure prints as anything but 0.00.
func (s *speaker) shows(name string) (bool, error) {
	amount, err := s.figures.value(name)
	return amount.WanFen() != 0, err
}

// share is part ÷ whole in percent, with its sign.
func (s *speaker) share(part, whole string) (string, error) {
	a, err := s.figures.value(part)
	if err != nil {
		return "", err
	}
	b, err := s.figures.value(whole)
	return s.percent(s.figures.label(part)+"占比", a, b), err
}

func (s *speaker) percent(label string, part, whole model.Money) string {
	return s.mark(check.Mark{Kind: check.PercentMark, Label: label}, percent(part, whole))
}

// percent is part ÷ whole with two decimals and the sign; of nothing it is 0.00%.
func percent(part, whole model.Money) string {
	hundredths, _ := model.PercentFen(part, whole)
	return model.Money(hundredths).Yuan() + "%"
}

// Change is a figure beside last year's.
type Change struct {
	Label  string
	Known  bool // last year's figure is to be had
	Same   bool // prints as no change
	Rate   bool // a percentage can be stated: last year was not zero
	Reason string
	field  string
	delta  model.Money
	prior  model.Money
}

// change compares a figure with last year's; explanation names the reason that
// goes with it.
func (s *speaker) change(name string, explanation string) (*Change, error) {
	amount, err := s.figures.value(name)
	c := &Change{Label: s.figures.label(name), field: explanation, Reason: s.c.reason(name, explanation, amount)}
	if c.prior, c.Known = s.figures.prior[name]; !c.Known {
		s.unknown = append(s.unknown, c.Label)
		return c, err
	}
	c.delta = amount - c.prior
	c.Same, c.Rate = c.delta.WanFen() == 0, c.prior != 0
	return c, err
}

// attribution gives the shifts that make up the change of the total; none where
// they do not add up to it, as where a unit came or went.
func (s *speaker) attribution() []*Change {
	var parts []*Change
	now, err := s.figures.value(totalFigure)
	before, known := s.figures.prior[totalFigure]
	for _, shift := range s.c.Shifts {
		now -= shift.Delta
	}
	if err != nil || !known || now != before {
		return nil
	}
	for _, shift := range s.c.Shifts {
		if shift.Delta.WanFen() != 0 {
			parts = append(parts, &Change{Label: shift.Name, Known: true, delta: shift.Delta})
		}
	}
	return parts
}

func (s *speaker) word(c *Change) string {
	return s.direction(c, map[bool]string{true: "增加", false: "减少"}[c.delta > 0])
}

func (s *speaker) rateWord(c *Change) string {
	return s.direction(c, map[bool]string{true: "增长", false: "下降"}[c.delta > 0])
}

func (s *speaker) direction(c *Change, word string) string {
	return s.mark(check.Mark{Kind: check.DirectionMark, Label: c.Label, ZeroBase: !c.Rate}, word)
}

func (s *speaker) says(word string) string {
	return s.mark(check.Mark{Kind: check.DirectionMark}, word)
}

func (s *speaker) size(c *Change) string { return s.amount(c.Label+"增减额", size(c.delta)) }

func (s *speaker) rate(c *Change) string {
	return s.percent(c.Label+"增减幅度", size(c.delta), c.prior)
}

// reason is why a figure changed, as people wrote it; where nobody did, what is
// lacking is kept for the rules.
func (s *speaker) reason(c *Change) string {
	if c.Reason == "" {
		s.lacking = append(s.lacking, check.Lack{
			Field: "explanations." + c.field, Label: s.c.Outline.Explanations[c.field], Reason: true,
		})
		return ""
	}
	return s.mark(check.Mark{Kind: check.ReasonMark, Label: c.Label}, clause(c.Reason))
}

// explanation is what the unit that publishes says under a name.
func (s *speaker) explanation(name string) string { return explanationOf(s.c.own(), name) }

// leads are how people begin a reason that the sentence has begun already.
var leads = []string{"主要原因是", "主要原因：", "原因是", "主要是由于", "主要是因为", "主要是", "由于", "因为"}

// clause fits what people wrote into the middle of a sentence.
func clause(text string) string {
	text = oneLine(text)
	for _, lead := range leads {
		if rest, ok := strings.CutPrefix(text, lead); ok {
			text = rest
			break
		}
	}
	return strings.TrimRight(text, "。；，.;,、 ")
}

func oneLine(text string) string { return strings.Join(strings.Fields(printable(text)), " ") }

// printable takes controls out of a text, but for the ends of lines.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\u007f' {
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// free is what people wrote, line by line as paragraphs; blank is lacking where
// the field has a name.
func (s *speaker) free(text, field string) string {
	var lines []string
	for _, line := range strings.Split(printable(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, s.mark(check.Mark{Kind: check.FreeMark}, line))
		}
	}
	if lines == nil && field != "" {
		return s.absent("unit."+field, freeLabels[field])
	}
	return strings.Join(lines, "\n")
}

var freeLabels = map[string]string{"duties": "职责"}

// tidy is what people wrote, to stand within a sentence.
func (s *speaker) tidy(text string) string {
	return s.mark(check.Mark{Kind: check.FreeMark}, clause(text))
}

// absent keeps what only people can say and nobody said; it prints nothing.
func (s *speaker) absent(field, label string) string {
	s.lacking = append(s.lacking, check.Lack{Field: field, Label: label})
	return ""
}

func (s *speaker) count(n any, label string) string {
	text := ""
	switch n := n.(type) {
	case int:
		text = strconv.Itoa(n)
	case *int:
		text = strconv.Itoa(*n)
	}
	return s.mark(check.Mark{Kind: check.CountMark, Label: label}, text)
}

func (s *speaker) list(names []string) string {
	return s.mark(check.Mark{Kind: check.FreeMark}, oneLine(strings.Join(names, "、")))
}

// Fund is a fund kind as sentences name it.
type Fund struct{ Key, Title, CarryOver string }

func fundsOf(kinds []model.FundKind, prefix string) (list []Fund) {
	for _, kind := range kinds {
		list = append(list, Fund{prefix + string(kind), model.Chinese(kind), string(kind) + "CarryOver"})
	}
	return list
}

func (s *speaker) funds() []Fund { return fundsOf(model.FundKinds, "") }

func (s *speaker) fiscalFunds() []Fund { return fundsOf(model.FiscalKinds, "") }

// managedFunds are the kinds of money in projects with a form.
func (s *speaker) managedFunds() (list []Fund) {
	for _, fund := range fundsOf(model.FundKinds, managedPrefix) {
		if amount, _ := s.figures.value(fund.Key); amount != 0 {
			list = append(list, fund)
		}
	}
	return list
}

// Group is part of a figure under a name.
type Group struct {
	Code, Name string
	Amount     model.Money
}

func (s *speaker) classes(name string) ([]Group, error) { return s.figures.classes(name) }

func (s *speaker) money(g Group) string { return s.amount(g.Name, g.Amount) }

func (s *speaker) part(g Group, whole string) (string, error) {
	total, err := s.figures.value(whole)
	return s.percent(g.Name+"占比", g.Amount, total), err
}

// items are the names of the economic codes that a figure is made of, in code order.
func (s *speaker) items(name string) ([]string, error) { return s.figures.economicNames(name) }

// ThreePublicItem is one of the four items of “三公”经费.
type ThreePublicItem struct {
	Key, Place, Title string
	Change            *Change
}

func (s *speaker) threePublicItems() (list []ThreePublicItem, err error) {
	for i, key := range threePublicItems {
		c, err := s.change(key, "threePublicChange")
		if err != nil {
			return nil, err
		}
		list = append(list, ThreePublicItem{key, "（" + budget.Ordinal(i+1) + "）", s.figures.label(key), c})
	}
	return list, nil
}

func (s *speaker) serviceItems() []Group { return s.figures.services() }
