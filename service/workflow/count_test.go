package workflow

import (
	"strings"
	"testing"

	"biaochi/model"
)

// Each case reads: the versions of one record, oldest first ("+" marks a version
// approved after the unit's year had its 批复), and what each counts in.
var countCases = []struct{ name, versions, want string }{
	{"no version", "", ""},
	{"a draft counts nowhere", "draft", "-"},
	{"nor does what is under review", "inReview", "-"},
	{"blocked and withdrawn count nowhere", "blocked withdrawn", "- -"},
	{"passed counts in the draft budget", "passed", "draft"},
	{"approved alone counts in all three", "approved", "draft,initial,adjusted"},
	{"fitted anew after 一下: the newer passed one counts", "passed passed", "- draft"},
	{"fitting still under way", "passed inReview", "draft -"},
	{"approved, adjustment passed", "approved passed", "initial,adjusted draft"},
	{"approved, adjustment approved", "approved approved+", "initial draft,adjusted"},
	{"approved twice adjusted", "approved approved+ approved+", "initial - draft,adjusted"},
	{"adjusted, second adjustment passed", "approved approved+ passed", "initial adjusted draft"},
	{"adjustment in draft", "approved draft", "draft,initial,adjusted -"},
	{"adjustment under review", "approved inReview", "draft,initial,adjusted -"},
	{"adjustment blocked", "approved blocked", "draft,initial,adjusted -"},
	{"adjustment withdrawn", "approved withdrawn", "draft,initial,adjusted -"},
	{"adjustment returned and edited", "approved draft draft", "draft,initial,adjusted - -"},
	{"a record new after the 批复 counts in no 年初", "approved+", "draft,adjusted"},
	{"returned once, then approved", "draft approved", "- draft,initial,adjusted"},
	{"corrected under the first 批复: the later one is 年初", "approved approved", "- draft,initial,adjusted"},
}

func TestCount(t *testing.T) {
	for _, c := range countCases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, counts := range Count(readVersions(c.versions)) {
				got = append(got, countsText(counts))
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("%s counts %q, want %q", c.versions, text, c.want)
			}
		})
	}
}

func TestCurrent(t *testing.T) {
	for versions, want := range map[string]int{
		"": -1, "draft": 0, "approved draft": 1, "approved withdrawn": 0,
		"approved withdrawn withdrawn": 0, "withdrawn": 0, "withdrawn withdrawn": 1,
	} {
		if got := Current(readVersions(versions)); got != want {
			t.Errorf("Current(%q) = %d, want %d", versions, got, want)
		}
	}
}

func readVersions(text string) []Versioned {
	var versions []Versioned
	for _, word := range strings.Fields(text) {
		state, after := strings.CutSuffix(word, "+")
		versions = append(versions, Versioned{State: model.State(state), AfterInitial: after})
	}
	return versions
}

func countsText(c model.Counts) string {
	var in []string
	for _, state := range model.TableStates {
		if c.In(state) {
			in = append(in, string(state))
		}
	}
	if in == nil {
		return "-"
	}
	return strings.Join(in, ",")
}
