package check

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"biaochi/service/render"
)

// noPersonalNumbers is D03. The message hides the middle of a number, since it is
// read by more people than the document will be.
func noPersonalNumbers(r *reader) {
	for _, t := range r.everyText() {
		if t.text == "" {
			continue
		}
		r.checked++
		r.noAccounts(t)
		for _, n := range personalNumbers(t.text) {
			r.reported[t.text] = true
			r.fail(Finding{Anchor: t.anchor, Text: masked(n.digits), Message: fmt.Sprintf("%s写有%s %s；请遮盖或删去。", longNumber.ReplaceAllString(t.where, "…"), n.kind, masked(n.digits))})
		}
	}
}

// accounts are addresses of people and their accounts; an office may have one too, so
// that they warn.
var accounts = regexp.MustCompile(`(?i)([a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}|(?:微信号?|QQ号?码?)[:：是为]?\s*[a-z0-9_-]{5,})`)

// noAccounts warns of an address that isn't that of a government office.
func (r *reader) noAccounts(t text) {
	for _, got := range accounts.FindAllString(t.text, -1) {
		if strings.HasSuffix(strings.ToLower(got), ".gov.cn") {
			continue
		}
		r.fail(Finding{Severity: Warning, Anchor: t.anchor, Text: t.text, Got: got, Message: fmt.Sprintf("%s写有“%s”；请确认是单位公开的联系方式，个人的请删去。", t.where, got)})
	}
}

// longNumber is one that may be a person's, or the beginning of one.
var longNumber = regexp.MustCompile(`\d{7,}`)

// personsByRule is D04: who answers for a form is named as the set says.
func personsByRule(r *reader) {
	if r.Persons != PersonsShown {
		for _, t := range r.printedTexts() {
			r.personIn(t)
		}
	}
	for _, block := range r.Document.Blocks {
		g, ok := block.(render.Grid)
		if !ok {
			continue
		}
		for _, row := range g.Rows {
			for i := 1; i < len(row); i++ {
				if row[i-1].Label && namesPerson(row[i-1].Text) && !row[i].Label {
					r.person(g, strings.TrimRight(row[i-1].Text, ":："), row[i].Text)
				}
			}
		}
	}
}

// named is who answers for something, with a name behind.
var named = regexp.MustCompile(`(联系人|经办人|负责人|填表人|制表人)(?:姓名)?[:：\s]\s*(\p{Han}[\p{Han}·]*(?: \p{Han}{1,2})?)(?:$|[^\p{Han}])`)

// surnames begin the names of most people; the commonest ones.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司上诸皇尉公慕令温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关焦左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"

// offices end names of what is no person.
var offices = []string{"室", "科", "股", "处", "局", "办", "部", "组", "所", "站", "院", "校", "队", "中心", "单位", "公司", "领导", "主任", "局长", "人员", "机构"}

// personIn finds a full name in the running text.
func (r *reader) personIn(t text) {
	for _, m := range named.FindAllStringSubmatch(t.text, -1) {
		name := strings.ReplaceAll(m[2], " ", "")
		first, _ := utf8.DecodeRuneInString(name)
		length := utf8.RuneCountInString(name)
		r.checked++
		if length < 2 || length > 4 || !strings.ContainsRune(surnames, first) || strings.HasSuffix(name, "某") || endsWith(name, offices) {
			continue
		}
		r.fail(Finding{Anchor: t.anchor, Text: t.text, Got: name, Message: fmt.Sprintf("%s写有%s的全名，按本地区模板不公开；请删去或只写姓氏。", t.where, m[1])})
	}
}

func namesPerson(label string) bool {
	return containsAny(label, []string{"负责人", "经办人", "填表人", "联系人"})
}

func (r *reader) person(g render.Grid, label, name string) {
	r.checked++
	f := Finding{Anchor: g.Anchor, Field: label}
	switch {
	case name == "" || r.Persons == PersonsShown:
		return
	case r.Persons == PersonsOmitted:
		f.Message = fmt.Sprintf("%s写有%s姓名，按本地区模板不公开；请删去。", g.Entry, label)
	case strings.HasSuffix(name, "某"):
		return
	default:
		f.Message = fmt.Sprintf("%s写有%s的全名，按本地区模板只公开姓氏；请改正。", g.Entry, label)
	}
	r.fail(f)
}
