package check

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"biaochi/service/render"
)

var (
	yearNamed = regexp.MustCompile(`(?:19|20|21)\d\d年`)
	citations = regexp.MustCompile(`《[^》]*》|[〔\[［（(](?:19|20)\d\d[〕\]］）)]`)
)

// yearsAgree is R28: years in words of the document's own are its year; older ones
// stand in citations and in what people wrote alone.
func yearsAgree(r *reader) {
	want := strconv.Itoa(r.Year) + "年"
	for _, t := range r.printedTexts() {
		free := yearsOf(strings.Join(t.free, " "))
		for _, year := range yearsOf(t.text) {
			r.checked++
			if i := slices.Index(free, year); i >= 0 {
				free = slices.Delete(free, i, i+1)
				continue
			}
			if year != want {
				r.fail(Finding{Anchor: t.anchor, Text: t.text, Want: want, Got: year, Message: fmt.Sprintf("%s写的是%s，本文本为%s度；请改正。", t.where, year, want)})
			}
		}
	}
}

func yearsOf(text string) []string {
	return yearNamed.FindAllString(citations.ReplaceAllString(text, ""), -1)
}

// ownWords are what a document says with the word for who publishes it; %s is the
// word for the other level. 单位名称, 事业单位, 主管部门 and the like are no such words.
var ownWords = []string{"本%s", "%s预算公开", "%s预算报表", "%s预算表", "%s预算情况", "%s预算收支", "%s概况", "%s职责"}

// wordingAgrees is R29.
func wordingAgrees(r *reader) {
	for _, t := range r.printedTexts() {
		r.checked++
		r.wrongWord(t, t.own(), Error)
		r.wrongWord(t, strings.Join(t.free, " "), Warning)
	}
	r.sameName()
	r.ownName()
}

// ownName: a sentence that names who publishes names nobody else in that place.
func (r *reader) ownName() {
	if r.Original == nil || r.Original.Owner == "" {
		return
	}
	name := r.Original.Owner
	r.paragraphs(func(p render.Paragraph, s *Statement) {
		if s != nil && strings.Count(p.Text, name) < strings.Count(s.Text, name) {
			r.fail(Finding{Anchor: p.Anchor, Text: p.Text, Want: name, Message: fmt.Sprintf("%s中应写明单位名称“%s”；请改正。", quoted(p.Text), name)})
		}
	})
}

// wrongWord reports the other level's word, in the unit's own texts as a warning.
func (r *reader) wrongWord(t text, words string, severity Severity) {
	for _, pattern := range ownWords {
		wrong := fmt.Sprintf(pattern, r.Other)
		if !strings.Contains(words, wrong) {
			continue
		}
		right := fmt.Sprintf(pattern, r.Owner)
		r.fail(Finding{Severity: severity, Anchor: t.anchor, Text: t.text, Want: right, Got: wrong, Message: fmt.Sprintf("%s中写的是“%s”，本文本由%s公开，应为“%s”；请改正。", t.where, wrong, r.Owner, right)})
		return
	}
}

// sameName: the name above every table is that of the cover.
func (r *reader) sameName() {
	name := r.Document.Owner
	if r.Original != nil {
		name = r.Original.Owner
	}
	cover := strings.Join(append(r.Document.Cover, r.Document.Title, r.Document.Header), " ")
	if name != "" && !strings.Contains(cover, name) {
		r.fail(Finding{Want: name, Got: cover, Message: fmt.Sprintf("封面没有写单位名称“%s”；请改正。", name)})
	}
	for i := range r.tables {
		t := &r.tables[i]
		if t.def != nil && !strings.HasSuffix(t.AboveLeft, "："+name) {
			r.fail(Finding{Anchor: t.Key, Table: t.Key, Want: name, Got: t.AboveLeft, Message: fmt.Sprintf("《%s》上写的是“%s”，与封面的“%s”不同；请改正。", t.Title, t.AboveLeft, name)})
		}
	}
}

// leftoverSigns are characters of which every leftover has one: most texts have
// none and are read no further.
const leftoverSigns = "XxＸ×＊*_＿○□待请未此某{}<（(/／【？?#NnT锟…0"

// leftovers are what stays behind in a text that was copied from a template.
var leftovers = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^A-Za-z])([Xx]{2,})(?:$|[^A-Za-z])`),
	regexp.MustCompile(`(×{2,}|＊{2,}|_{2,}|＿{2,}|○{2,}|□)`),
	regexp.MustCompile(`(?:^|[^\d*])(\*{2,})(?:$|[^\d*])`),
	regexp.MustCompile(`(待填写|待补充|待完善|待核实|(?:金额|数量|名称)待定|请填写|请输入|未填写|(?:请?在)?此处(?:填写|填报|补充)|某某(?:单位|部门|项目|局|县|市|区)|某年某月)`),
	regexp.MustCompile(`(Ｘ{2,}|[XxＸ×]年[XxＸ×]月|\b0000年|？{2,}|\?{2,}|…+(?:万元|个|%)|【[^】]*(?:名称|单位|部门|金额|年度|数字|填)[^】]*】)`),
	regexp.MustCompile(`(#(?:REF|VALUE|NAME|DIV/0|N/A|NUM|NULL)[!?]?|锟斤拷)`),
	regexp.MustCompile(`(?:^|[^A-Za-z])(NaN|null|undefined|TODO|TBD|N/A)(?:$|[^A-Za-z])`),
	regexp.MustCompile(`(\{[^{}]*\}|\{\{|\}\}|<no value>)`),
	regexp.MustCompile(`((?:增加|减少|增长|下降|上升)[（(/／](?:增加|减少|增长|下降|上升|或)[^。]{0,4}?[）)]?)`),
}

var (
	doubled  = regexp.MustCompile(`[，。；：、]{2,}|万元万元|的的|%%`)
	unsigned = regexp.MustCompile(`(?:占比?|增长|下降|上升)(\d+(?:\.\d+)?)(.?)`)
)

// nothingLeftOver is R30.
func nothingLeftOver(r *reader) {
	for _, t := range r.everyText() {
		if t.text == "" {
			continue
		}
		r.checked++
		if !t.printed {
			r.leftIn(t, t.text, Warning)
			continue
		}
		r.leftIn(t, t.own(), Error)
		r.leftIn(t, strings.Join(t.free, "\n"), Warning)
		if got := doubled.FindString(t.own()); got != "" {
			r.leftOver(t, got, "重复", Error)
		}
	}
	for _, t := range r.printedTexts() {
		r.percentSigns(t)
		r.ending(t)
	}
}

// leftIn looks for every leftover in words of a text; in what people wrote it may
// mean something, so that it warns.
func (r *reader) leftIn(t text, words string, severity Severity) {
	if !strings.ContainsAny(words, leftoverSigns) {
		return
	}
	for _, pattern := range leftovers {
		if got := pattern.FindStringSubmatch(words); got != nil {
			r.leftOver(t, got[1], "是没有填写的占位符或模板选项", severity)
		}
	}
}

func (r *reader) leftOver(t text, got, what string, severity Severity) {
	r.fail(Finding{Severity: severity, Anchor: t.anchor, Text: t.text, Got: got, Message: fmt.Sprintf("%s中的“%s”%s；请改正。", t.where, got, what)})
}

// percentSigns: what follows 占 or 增长 is a percentage and has its sign.
func (r *reader) percentSigns(t text) {
	for _, m := range unsigned.FindAllStringSubmatch(t.own(), -1) {
		if !strings.ContainsAny(m[2], "%％倍个万亿元") {
			r.fail(Finding{Anchor: t.anchor, Text: t.text, Got: m[1], Message: fmt.Sprintf("%s中的“%s”后面缺少百分号；请补上。", t.where, m[1])})
		}
	}
}

// ending: a sentence of the document's own is closed.
func (r *reader) ending(t text) {
	s := r.statements[t.anchor]
	if s == nil || s.Text == "" || !closed(s.Text) || closed(t.text) {
		return
	}
	r.fail(Finding{Anchor: t.anchor, Text: t.text, Message: fmt.Sprintf("%s末尾没有标点；请补上。", t.where)})
}

func closed(text string) bool {
	runes := []rune(strings.TrimSpace(text))
	return len(runes) == 0 || unicode.IsPunct(runes[len(runes)-1])
}
