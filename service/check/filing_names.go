package check

import (
	"fmt"
	"strings"
)

// shortNames is F19: one finding for a name, with all that is wrong with it.
func shortNames(p *probe) {
	for _, s := range seats(p.project.Form) {
		p.checked++
		if blank(s.target.Name) {
			p.failName(s, Finding{}, "有指标值“%s”而没有名称；请补填三级指标名称。", s.target.Value)
			continue
		}
		if faults := p.nameFaults(s); len(faults) > 0 {
			p.failName(s, Finding{Got: s.target.Name}, "的名称%s；请改为简短完整的名称。", strings.Join(faults, "，"))
		}
	}
}

func (p *probe) nameFaults(s seat) (faults []string) {
	name := strings.TrimSpace(s.target.Name)
	if most := p.settings().NameLength; runes(name) > most {
		faults = append(faults, fmt.Sprintf("有 %d 个字，超过 %d 个字", runes(name), most))
	}
	if containsAny(name, lexis.Sentence) {
		faults = append(faults, "是句子而不是名称")
	}
	if longer := p.longerName(s); cutOff(name) {
		faults = append(faults, "像是被截断")
	} else if longer != "" {
		faults = append(faults, fmt.Sprintf("像是“%s”的前半截", longer))
	}
	return faults
}

// longerName gives the other horizon's name where this one is the beginning of it.
func (p *probe) longerName(s seat) string {
	other := s.pair.Annual
	if s.annual {
		other = s.pair.LongTerm
	}
	name := strings.TrimSpace(s.target.Name)
	if other == nil || runes(name) < p.settings().PrefixLength {
		return ""
	}
	longer := strings.TrimSpace(other.Name)
	if longer != name && strings.HasPrefix(longer, name) {
		return longer
	}
	return ""
}

// brackets come in pairs; a name with half a pair has lost the rest.
var brackets = [][2]string{{"(", ")"}, {"《", "》"}, {"“", "”"}, {"‘", "’"}, {"【", "】"}, {"〔", "〕"}, {"「", "」"}}

var roundBrackets = strings.NewReplacer("（", "(", "）", ")")

// cutOff tells a name that ends in the middle: on a particle, within a bracket, or
// after one character of a further item, 领导班子成员、土.
func cutOff(name string) bool {
	name = roundBrackets.Replace(name)
	for _, pair := range brackets {
		if strings.Count(name, pair[0]) > strings.Count(name, pair[1]) {
			return true
		}
	}
	if items := strings.Split(name, "、"); len(items) > 1 && runes(items[len(items)-1]) == 1 && runes(items[len(items)-2]) > 2 {
		return true
	}
	return endsWith(name, lexis.CutEnds)
}
