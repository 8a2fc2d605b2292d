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
	// yearWritten is a year in Chinese figures, as 二〇二六年.
	yearWritten = regexp.MustCompile(`[一二][九〇○零一][〇○零一二三四五六七八九]{2}年`)
	figuresOf   = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	citations   = regexp.MustCompile(`《[^》]*》|[〔\[［（(](?:19|20)\d\d[〕\]］）)]`)
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
	text = citations.ReplaceAllString(text, "")
	years := yearNamed.FindAllString(text, -1)
	for _, written := range yearWritten.FindAllString(text, -1) {
		years = append(years, figuresOf.Replace(written))
	}
	return years
}

// ownWords are what a document says with the word for who publishes it; %s is the
// word for the other level. 单位名称, 事业单位, 主管部门 and the like are no such words.
var ownWords = []string{"本%s", "我%s", "%s预算公开", "%s预算报表", "%s预算表", "%s预算情况", "%s预算收支", "%s概况", "%s职责"}

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
	cover := strings.Join(append(slices.Clone(r.Document.Cover), r.Document.Title, r.Document.Header), " ")
	if name != "" && !strings.Contains(cover, name) {
		r.fail(Finding{Want: name, Got: cover, Message: fmt.Sprintf("封面没有写单位名称“%s”；请改正。", name)})
	}
	if r.Original != nil {
		for _, front := range frontsOf(r.Original, &r.Document) {
			if strings.Contains(front.want, name) && !strings.Contains(front.got, name) {
				r.fail(Finding{Want: front.want, Got: front.got, Message: fmt.Sprintf("%s写的是“%s”，应为“%s”；请改正。", front.where, front.got, front.want)})
			}
		}
	}
	for i := range r.tables {
		t := &r.tables[i]
		if t.def != nil && !strings.HasSuffix(t.AboveLeft, "："+name) {
			r.fail(Finding{Anchor: t.Key, Table: t.Key, Want: name, Got: t.AboveLeft, Message: fmt.Sprintf("《%s》上写的是“%s”，与封面的“%s”不同；请改正。", t.Title, t.AboveLeft, name)})
		}
	}
}

// front is a text before the body of a document.
type front struct{ where, want, got string }

func frontsOf(want, got *render.Document) []front {
	return []front{
		{"封面标题", want.Title, got.Title}, {"页眉", want.Header, got.Header},
		{"封面", strings.Join(want.Cover, " "), strings.Join(got.Cover, " ")},
	}
}

// leftover is something that stays behind in a text that was copied from a template.
type leftover struct {
	signs   string // characters of which each has one: most texts have none and are read no further
	pattern *regexp.Regexp
}

var leftovers = []leftover{
	{`Xx`, regexp.MustCompile(`(?:^|[^A-Za-z])([Xx]{2,})(?:$|[^A-Za-z])`)},
	{`×＊_＿◯△□`, regexp.MustCompile(`(×{2,}|＊{2,}|_{2,}|＿{2,}|◯{2,}|△{2,}|□)`)},
	{`*`, regexp.MustCompile(`(?:^|[^\d*])(\*{2,})(?:$|[^\d*])`)},
	{`待请未此某`, regexp.MustCompile(`(待填写|待补充|待完善|待核实|(?:金额|数量|名称)待定|请填写|请输入|未填写|(?:请?在)?此处(?:填写|填报|补充)|某某(?:单位|部门|项目|局|县|市|区)|某年某月)`)},
	{`ＸXx×0？?…【`, regexp.MustCompile(`(Ｘ{2,}|[XxＸ×]年[XxＸ×]月|\b0000年|？{2,}|\?{2,}|…+(?:万元|个|%)|【[^】]*(?:名称|单位|部门|金额|年度|数字|填)[^】]*】)`)},
	// Circles and crosses that stand for a figure or a name; those of written numbers,
	// as in 二〇〇八年, have a figure beside them.
	{`〇○`, regexp.MustCompile(`(?:^|[^一二三四五六七八九十百千第])([〇○]{2,})(?:$|[^一二三四五六七八九十])`)},
	{`〇○×ＸXx＊*△◯`, regexp.MustCompile(`(?:^|[^\dA-Za-z一二三四五六七八九十百千〇○×Ｘ＊*△◯])([〇○×ＸXx＊*△◯](?:年|月|日|万元|亿元|元|[%％]|个|项|人|辆|单位|部门|局|县|市|区))`)},
	{`年`, regexp.MustCompile(`(\d{2,3}[XxＸ×＊*？?〇○]{1,2}年|(?:\d\d|[^\d])[ 　]{1,}年[ 　]*\d*[ 　]*月|(?:^|[^A-Za-z])[Yy]{2,4}年)`)},
	{`[［<＜〈（(“`, regexp.MustCompile(`([\[［<＜〈（(“](?:填报|填写|本)?(?:单位|部门|项目|局)(?:名称|全称)?[\]］>＞〉）)”]|[\[［<＜〈][^\]］>＞〉]*(?:名称|单位|部门|金额|年度|数字|填)[^\]］>＞〉]*[\]］>＞〉])`)},
	{`&<%烫屯`, regexp.MustCompile(`(&(?:nbsp|lt|gt|amp|quot|#\d+);|</?[a-z]+[^<>]*>|%!?[sdv](?:$|[^A-Za-z])|烫{2,}|屯{2,})`)},
	{`#锟`, regexp.MustCompile(`(#(?:REF|VALUE|NAME|DIV/0|N/A|NUM|NULL)[!?]?|锟斤拷)`)},
	{`NnT`, regexp.MustCompile(`(?:^|[^A-Za-z])(NaN|null|undefined|TODO|TBD|N/A)(?:$|[^A-Za-z])`)},
	{`{}<`, regexp.MustCompile(`(\{[^{}]*\}|\{\{|\}\}|<no value>)`)},
	{`（(/／`, regexp.MustCompile(`((?:增加|减少|增长|下降|上升)[（(/／](?:增加|减少|增长|下降|上升|或)[^。]{0,4}?[）)]?)`)},
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
		if got := unmatched(t.own()); got != "" {
			r.leftOver(t, got, "没有成对", Error)
		}
		if got := doubled.FindString(t.own()); got != "" {
			r.leftOver(t, got, "重复", Error)
		}
	}
	for _, t := range r.printedTexts() {
		r.percentSigns(t)
		r.ending(t)
	}
}

// pairs leads from closing signs to opening ones.
var pairs = map[rune]rune{'）': '（', '》': '《', '”': '“', '】': '【', '〕': '〔', ')': '('}

// unmatched gives the first sign of a pair whose other is missing. A number may have
// the closing one alone: 1）.
func unmatched(words string) string {
	var open []rune
	var before rune
	for _, r := range words {
		opening, closes := pairs[r]
		switch {
		case closes && len(open) > 0 && open[len(open)-1] == opening:
			open = open[:len(open)-1]
		case closes && !unicode.In(before, unicode.Nd):
			return string(r)
		case slices.Contains([]rune("（《“【〔("), r):
			open = append(open, r)
		}
		before = r
	}
	if len(open) > 0 {
		return string(open[0])
	}
	return ""
}

// leftIn looks for every leftover in words of a text; in what people wrote it may
// mean something, so that it warns.
func (r *reader) leftIn(t text, words string, severity Severity) {
	for _, l := range leftovers {
		if !strings.ContainsAny(words, l.signs) {
			continue
		}
		if got := l.pattern.FindStringSubmatch(words); got != nil {
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
