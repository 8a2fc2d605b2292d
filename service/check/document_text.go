package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"biaochi/service/render"
)

// token is a number, a word of direction or the name of a figure in a text.
type token struct {
	text       string
	start, end int
	mark       *Mark // of an expected text: the mark that it stands in
}

// free tells what people wrote, which the records say nothing of.
func (t token) free() bool {
	return t.mark != nil && (t.mark.Kind == FreeMark || t.mark.Kind == ReasonMark)
}

const (
	numberPattern    = `\d[\d,]*(?:\.\d+)?(?:万元|亿元|元|[%％]|个百分点|倍|年)?`
	directionPattern = `与上年持平|与上年相同|持平|增加|减少|增长|下降|上升|比上年`
)

// tokenizer finds tokens, and the names of the statement's figures as words.
func tokenizer(s *Statement) *regexp.Regexp {
	var words []string
	for i := range s.Marks {
		if label := s.Marks[i].Label; label != "" && strings.Contains(s.Text, label) {
			words = append(words, regexp.QuoteMeta(label))
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(strings.Join(append(slices.Compact(words), numberPattern, directionPattern), "|"))
}

// tokens leaves out years, which have a rule of their own.
func tokens(text string, pattern *regexp.Regexp, marks []Mark) (list []token) {
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		t := token{text: strings.ReplaceAll(text[at[0]:at[1]], ",", ""), start: at[0], end: at[1]}
		if strings.HasSuffix(t.text, "年") && !strings.HasPrefix(t.text, "比") {
			continue
		}
		for i := range marks {
			if marks[i].Start < t.end && t.start < marks[i].End {
				t.mark = &marks[i]
			}
		}
		list = append(list, t)
	}
	return list
}

// mismatch is what a text should say and does say in one place; either may be
// missing.
type mismatch struct{ want, got *token }

// compare aligns the tokens of a text with those of its statement and gives the
// places where they differ; what people wrote may differ.
func compare(s *Statement, actual string) (list []mismatch) {
	if actual == s.Text {
		return nil
	}
	pattern := tokenizer(s)
	want, got := tokens(s.Text, pattern, s.Marks), tokens(actual, pattern, nil)
	for _, gap := range gaps(want, got) {
		for len(gap.want) > 0 || len(gap.got) > 0 {
			var m mismatch
			if len(gap.want) > 0 {
				m.want, gap.want = &gap.want[0], gap.want[1:]
			}
			if len(gap.got) > 0 {
				m.got, gap.got = &gap.got[0], gap.got[1:]
			}
			if m.want == nil || !m.want.free() {
				list = append(list, m)
			}
		}
	}
	return list
}

type gap struct{ want, got []token }

// gaps gives what lies between the tokens that both texts have in the same order:
// the longest such sequence.
func gaps(want, got []token) (list []gap) {
	length := make([][]int, len(want)+1)
	for i := range length {
		length[i] = make([]int, len(got)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			if want[i].text == got[j].text {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var g gap
	i, j := 0, 0
	for i < len(want) || j < len(got) {
		switch {
		case i < len(want) && j < len(got) && want[i].text == got[j].text:
			list, g = append(list, g), gap{}
			i, j = i+1, j+1
		case j == len(got) || i < len(want) && length[i+1][j] >= length[i][j+1]:
			g.want = append(g.want, want[i])
			i++
		default:
			g.got = append(g.got, got[j])
			j++
		}
	}
	return append(list, g)
}

// isDirection tells a mismatch over the direction of a change, which R25 reports.
func (m mismatch) isDirection() bool {
	if m.want != nil {
		return m.want.mark != nil && m.want.mark.Kind == DirectionMark
	}
	return directionWord.MatchString(m.got.text)
}

var directionWord = regexp.MustCompile(`^(?:` + directionPattern + `)$`)

// isRate tells a percentage where none can be stated.
func (m mismatch) isRate(s *Statement) bool {
	return m.want == nil && strings.ContainsAny(m.got.text, "%％") &&
		slices.ContainsFunc(s.Marks, func(mark Mark) bool { return mark.Kind == DirectionMark && mark.ZeroBase })
}

// figuresMatch is R24.
func figuresMatch(r *reader) {
	if r.Original == nil {
		r.lacking = "没有本年的记录，无法核对情况说明中的数字。"
		return
	}
	r.paragraphs(func(p render.Paragraph, s *Statement) {
		if s == nil {
			r.strange(p)
			return
		}
		r.checked += len(s.Marks)
		for _, m := range compare(s, p.Text) {
			if !m.isDirection() && !m.isRate(s) {
				r.wrongFigure(p, m)
			}
		}
		for _, label := range s.Unknown {
			r.insufficient(p.Anchor, fmt.Sprintf("没有上年“%s”的数据，文中没有写增减变化。", label))
		}
	})
	r.chartsMatch()
}

var statedFigure = regexp.MustCompile(`\d[\d,.]*(?:万元|亿元|元|[%％])`)

// strange reports the figures of a paragraph that the records don't give.
func (r *reader) strange(p render.Paragraph) {
	if got := statedFigure.FindString(p.Text); got != "" {
		r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Got: got, Message: fmt.Sprintf("%s不是按记录生成的段落，其中的“%s”无从核对；请删去或改正。", quoted(p.Text), got)})
	}
}

func (r *reader) wrongFigure(p render.Paragraph, m mismatch) {
	f := Finding{Anchor: p.Anchor, Text: p.Text}
	switch {
	case m.want == nil:
		f.Got = m.got.text
		f.Message = fmt.Sprintf("%s中的“%s”不是记录中的数字；请删去或改正。", quoted(p.Text), f.Got)
	case m.got == nil:
		f.Want = m.want.text
		f.Message = fmt.Sprintf("%s缺少%s“%s”；请补上。", quoted(p.Text), m.label(), f.Want)
	default:
		f.Want, f.Got = m.want.text, m.got.text
		f.Message = fmt.Sprintf("%s中%s写的是“%s”，按记录应为“%s”；请改正。", quoted(p.Text), m.label(), f.Got, f.Want)
	}
	r.fail(f)
}

func (m mismatch) label() string {
	if m.want.mark == nil {
		return ""
	}
	return m.want.mark.Label
}

// quoted is how findings call a paragraph.
func quoted(text string) string { return "“" + beginning(text) + "”" }

// chartsMatch holds the numbers of charts against the original's.
func (r *reader) chartsMatch() {
	for _, block := range r.Original.Blocks {
		want, ok := block.(render.Chart)
		if !ok {
			continue
		}
		r.checked++
		got, there := find(r.Document, want.Anchor).(render.Chart)
		if there && !sameChart(want, got) {
			r.fail(Finding{Anchor: want.Anchor, Message: fmt.Sprintf("图“%s”的数字与记录不一致；请重新生成。", got.Title)})
		}
	}
}

func sameChart(a, b render.Chart) bool {
	return a.Total == b.Total && a.Unit == b.Unit && slices.Equal(a.Slices, b.Slices)
}

// changesExplained is R25.
func changesExplained(r *reader) {
	if r.Original == nil {
		r.directionsAgree()
		if len(r.found) == 0 {
			r.lacking = "没有本年和上年的记录，无法核对增减方向和原因。"
		}
		return
	}
	for i := range r.Statements {
		for _, lack := range r.Statements[i].Lacking {
			if lack.Reason {
				r.checked++
				r.fail(Finding{Anchor: r.Statements[i].Anchor, Field: lack.Field, Message: fmt.Sprintf("没有填写%s；有增减变化的请说明原因。", lack.Label)})
			}
		}
	}
	r.paragraphs(func(p render.Paragraph, s *Statement) {
		if s != nil {
			r.change(p, s)
		}
	})
}

// signed is a change whose direction is said twice.
var signed = regexp.MustCompile(`(?:增加|减少|增长|下降|上升)[-－−]\d[\d.,]*`)

func (r *reader) change(p render.Paragraph, s *Statement) {
	if got := signed.FindString(p.Text); got != "" {
		r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Got: got, Message: fmt.Sprintf("%s中的“%s”既写了方向又带负号；请改正。", quoted(p.Text), got)})
	}
	for _, m := range s.Marks {
		if m.Kind == DirectionMark {
			r.checked++
		}
		if m.Kind == ReasonMark && !explained(p.Text) {
			r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Message: fmt.Sprintf("%s没有写明%s增减变化的原因；请补上。", quoted(p.Text), m.Label)})
		}
	}
	for _, m := range compare(s, p.Text) {
		switch {
		case m.isRate(s):
			r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Got: m.got.text, Message: fmt.Sprintf("%s写有增减幅度“%s”，而上年数为零，不能计算幅度；请删去。", quoted(p.Text), m.got.text)})
		case m.isDirection():
			f := Finding{Anchor: p.Anchor, Text: p.Text}
			if m.want != nil {
				f.Want = m.want.text
			}
			if m.got != nil {
				f.Got = m.got.text
			}
			f.Message = fmt.Sprintf("%s的增减方向写成“%s”，按记录应为“%s”；请改正。", quoted(p.Text), f.Got, f.Want)
			r.fail(f)
		}
	}
}

var reasonGiven = regexp.MustCompile(`原因(?:是|为|：|与)[^，。；]{2,}`)

func explained(text string) bool { return reasonGiven.MatchString(text) }

var contrary = regexp.MustCompile(`增加[\d.,]+万?元，(?:下降|减少)|减少[\d.,]+万?元，(?:增长|增加|上升)`)

// directionsAgree finds words of direction that contradict each other, which needs
// no records.
func (r *reader) directionsAgree() {
	r.paragraphs(func(p render.Paragraph, _ *Statement) {
		if got := contrary.FindString(p.Text); got != "" {
			r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Got: got, Message: fmt.Sprintf("%s前后的增减方向相反：“%s”；请改正。", quoted(p.Text), got)})
		}
	})
}

// find gives the block with an anchor, nil where there is none.
func find(d render.Document, anchor string) render.Block {
	for _, block := range d.Blocks {
		if anchorOf(block) == anchor {
			return block
		}
	}
	return nil
}

// anchored gives a block's anchor and how findings call it.
func anchored(block render.Block) (anchor, name string) { return anchorOf(block), called(block) }

// anchorOf gives a block's anchor, "" where it has none.
func anchorOf(block render.Block) string {
	switch b := block.(type) {
	case render.Heading:
		return b.Anchor
	case render.Paragraph:
		return b.Anchor
	case *render.Table:
		return b.Key
	case render.Grid:
		return b.Anchor
	case render.Chart:
		return b.Anchor
	}
	return ""
}

// called says how findings call a block.
func called(block render.Block) string {
	switch b := block.(type) {
	case render.Heading:
		return "标题“" + b.Text + "”"
	case render.Paragraph:
		return "“" + beginning(b.Text) + "”一段"
	case *render.Table:
		return b.Label + "《" + b.Title + "》"
	case render.Grid:
		return b.Entry
	case render.Chart:
		return "图“" + b.Title + "”"
	}
	return ""
}
