package check

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"biaochi/model"
)

// personalData is F22: numbers of persons in any text of the form, but for the
// fields that name who answers for it.
func personalData(p *probe) {
	form := p.project.Form
	p.personalIn("form.name", "项目名称", "", form.Name)
	for _, f := range textFields {
		p.personalIn("form."+f.key, f.label, "", f.of(form))
	}
	for _, s := range seats(form) {
		for _, t := range attributes(s.target) {
			if len(t.text) < shortestPersonal {
				continue
			}
			label := "第 " + strconv.Itoa(s.row+1) + " 行" + s.horizon() + "指标的" + t.label
			p.personalIn(s.field(t.key), label, s.target.Name, t.text)
		}
	}
}

// shortestPersonal is the length of a mobile number, the shortest of all.
const shortestPersonal = 11

type attribute struct{ key, label, text string }

func attributes(t *model.Target) []attribute {
	return []attribute{
		{"name", "名称", t.Name}, {"value", "指标值", t.Value}, {"explanation", "指标解释", t.Explanation},
		{"basis", "设定依据", t.Basis}, {"source", "指标来源", t.Source}, {"evidence", "佐证资料", t.Evidence}, {"scoring", "评分标准", t.Scoring},
	}
}

// personalIn reports every personal number of a text. The message hides the middle,
// since it is read by more people than the form.
func (p *probe) personalIn(field, label, indicator, text string) {
	if blank(text) {
		return
	}
	p.checked++
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return
	}
	for _, n := range personalNumbers(text) {
		if p.isProject(n.digits) {
			continue
		}
		p.fail(Finding{
			Field: field, Indicator: indicator, Text: n.text, Got: n.text,
			Message: fmt.Sprintf("%s的“%s”写有%s %s；申报表会公开，请删去个人信息。", p.about(), label, n.kind, masked(n.digits)),
		})
	}
}

// isProject tells a code of the unit's own projects.
func (p *probe) isProject(digits string) bool {
	return digits == p.project.Code ||
		slices.ContainsFunc(p.unit.Projects, func(other model.ProjectContent) bool { return other.Code == digits })
}

func masked(digits string) string {
	return digits[:3] + strings.Repeat("*", len(digits)-7) + digits[len(digits)-4:]
}

// HasPersonalData tells whether a text holds a mobile, identity or bank card number,
// as F22 finds them.
func HasPersonalData(text string) bool { return len(personalNumbers(text)) > 0 }

// personalNumber is a number of a person as it stands in a text.
type personalNumber struct{ kind, digits, text string }

// A figure run is digits with single blanks or dashes between groups of them.
type figureRun struct {
	groups     []string
	ends       [][2]int // of each group, in the text
	start, end int
}

// personalNumbers finds mobile, identity and bank card numbers in a text. Each run
// of figures is tried whole, then by its groups, the longest first.
func personalNumbers(text string) (found []personalNumber) {
	line := []rune(text)
	for i := 0; i < len(line); {
		if figureAt(line, i) == 0 {
			i++
			continue
		}
		run := runAt(line, i)
		found = append(found, run.persons(line)...)
		i = run.end
	}
	return found
}

// figureAt gives the half-width digit at i, 0 where there is none.
func figureAt(line []rune, i int) byte {
	switch {
	case i < 0 || i >= len(line):
		return 0
	case line[i] >= '0' && line[i] <= '9':
		return byte(line[i])
	case line[i] >= '０' && line[i] <= '９':
		return byte(line[i] - '０' + '0')
	}
	return 0
}

func runAt(line []rune, i int) figureRun {
	run := figureRun{start: i}
	for {
		var group []byte
		from := i
		for d := figureAt(line, i); d != 0; d = figureAt(line, i) {
			group = append(group, d)
			i++
		}
		if i < len(line) && strings.ContainsRune("xXｘＸ×", line[i]) && !isWord(line, i+1) {
			group = append(group, 'X') // the last place of an identity number
			i++
		}
		run.groups, run.ends, run.end = append(run.groups, string(group)), append(run.ends, [2]int{from, i}), i
		if i+1 >= len(line) || !strings.ContainsRune(" -－—　", line[i]) || figureAt(line, i+1) == 0 {
			return run
		}
		i++
	}
}

func isWord(line []rune, i int) bool {
	return i >= 0 && i < len(line) && (figureAt(line, i) != 0 || line[i] < unicode.MaxASCII && unicode.IsLetter(line[i]) || line[i] == '_')
}

// mostGroups is into how many groups people cut a number at most.
const mostGroups = 6

func (run figureRun) persons(line []rune) (found []personalNumber) {
	for from := 0; from < len(run.groups); from++ {
		for to := min(len(run.groups), from+mostGroups); to > from; to-- {
			start, end := run.ends[from][0], run.ends[to-1][1]
			kind, digits := personKind(run.groups[from:to])
			if kind == "" {
				kind, digits = labelledKind(line, start, run.groups[from:to])
			}
			if kind == "" || !standsFree(line, start, end) || excused(line, start, end, kind) {
				continue
			}
			found = append(found, personalNumber{kind, digits, string(line[start:end])})
			from = to - 1
			break
		}
	}
	return found
}

// labelledKind tells a number by the words before it alone: one whose check digit is
// wrong still is somebody's, mistyped or made up.
func labelledKind(line []rune, start int, groups []string) (kind, digits string) {
	digits = strings.Join(groups, "")
	before := string(line[max(0, start-10):start])
	switch n := len(digits); {
	case (n == 15 || n == 18) && containsAny(before, lexis.Identity):
		return identityNumber, digits
	case n >= 16 && n <= 19 && containsAny(before, []string{"银行卡", "信用卡", "卡号"}):
		return bankCard, digits
	case n == 11 && digits[0] == '1' && strings.Contains(before, "手机"):
		return mobileNumber, digits
	}
	return "", ""
}

// The kinds of personal numbers, as a message calls them.
const (
	mobileNumber   = "手机号码"
	identityNumber = "身份证号码"
	bankCard       = "银行卡号"
)

// personKind tells what number the groups make; grouped numbers keep the groups in
// which people write them.
func personKind(groups []string) (kind, digits string) {
	digits = strings.Join(groups, "")
	switch {
	case len(digits) == 13 && strings.HasPrefix(digits, "86") && isMobile(digits[2:]) && len(groups) <= 4:
		return mobileNumber, digits
	case isMobile(digits) && (len(groups) == 1 || sizes(groups, 3, 4, 4)):
		return mobileNumber, digits
	case isIdentity(digits) && (len(groups) == 1 || len(groups[0]) >= 6 || sizes(groups, 3, 3, 4, 4, 4)):
		return identityNumber, digits
	case isCard(digits) && (len(groups) == 1 || inFours(groups)):
		return bankCard, digits
	}
	return "", ""
}

func sizes(groups []string, want ...int) bool {
	return slices.EqualFunc(groups, want, func(g string, n int) bool { return len(g) == n })
}

func inFours(groups []string) bool {
	for _, g := range groups[:len(groups)-1] {
		if len(g) != 4 {
			return false
		}
	}
	return true
}

// mobilePrefix finds the number ranges given to people; 140–144 and others are
// networks of things, and the beginnings of region codes.
var mobilePrefix = regexp.MustCompile(`^1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}$`)

func isMobile(d string) bool { return mobilePrefix.MatchString(d) }

// provinces are the first two figures of identity numbers.
var provinces = strings.Fields("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91")

// isIdentity checks eighteen places by date and check digit (GB 11643), fifteen by
// place and date: those were given to people born before 2000.
func isIdentity(d string) bool {
	if len(d) != 18 && len(d) != 15 || !slices.Contains(provinces, d[:2]) {
		return false
	}
	if len(d) == 15 {
		return !strings.HasSuffix(d, "X") && d[6] >= '3' && isDay("19"+d[6:12])
	}
	return isDay(d[6:14]) && d[6:14] >= "19000101" && checkDigit(d[:17]) == d[17]
}

func isDay(yyyymmdd string) bool {
	_, err := time.Parse("20060102", yyyymmdd)
	return err == nil
}

func checkDigit(d string) byte {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(d[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// isCard tells sixteen to nineteen figures with a check digit (Luhn) and a first
// figure of issuers of cards; codes of regions and years mostly begin otherwise.
func isCard(d string) bool {
	if len(d) < 16 || len(d) > 19 || !strings.ContainsRune("34569", rune(d[0])) || strings.HasSuffix(d, "X") {
		return false
	}
	sum := 0
	for i := range d {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0 && strings.Trim(d, d[:1]) != ""
}

// standsFree: no letter and no decimal point touches the figures.
func standsFree(line []rune, start, end int) bool {
	if isWord(line, start-1) || isWord(line, end) {
		return false
	}
	for _, at := range [][2]int{{start - 1, start - 2}, {end, end + 1}} {
		if at[0] >= 0 && at[0] < len(line) && line[at[0]] == '.' && figureAt(line, at[1]) != 0 {
			return false
		}
	}
	return true
}

// excused tells amounts and numbers of documents, contracts and projects by the
// words around them, unless the words speak of a person's number.
func excused(line []rune, start, end int, kind string) bool {
	before := strings.TrimSpace(string(line[max(0, start-10):start]))
	after := strings.TrimSpace(string(line[end:min(len(line), end+4)]))
	named := map[string][]string{mobileNumber: lexis.Phone, identityNumber: lexis.Identity, bankCard: lexis.Card}[kind]
	if containsAny(before, named) {
		return false
	}
	round := kind == mobileNumber && figureAt(line, end-7) == '0' && strings.Trim(string(line[end-7:end]), "0０") == ""
	return round || startsWith(after, lexis.AmountAfter) || strings.HasPrefix(after, "号") || endsWith(strings.TrimRight(before, "：:为是"), lexis.AmountBefore) ||
		endsWith(before, []string{"〕", "]", "］", "项目"}) || containsAny(before, lexis.Codes)
}

// Mobiles gives the mobile numbers in a text as they are written there.
func Mobiles(text string) (numbers []string) {
	for _, n := range personalNumbers(text) {
		if n.kind == mobileNumber {
			numbers = append(numbers, n.text)
		}
	}
	return numbers
}
