package workflow

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
)

func shanxiReview(t *testing.T) ReviewTemplate { return reviewOf(t, "shanxi") }

func reviewOf(t *testing.T, set string) ReviewTemplate {
	t.Helper()
	template, err := ReviewTemplateFor(set, 2023)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// TestTheReviewSheet holds the default against 财预〔2015〕88号 as the spec gives it:
// four heads of 20, 30, 30 and 20 points, eight items.
func TestTheReviewSheet(t *testing.T) {
	for _, set := range []string{"shanxi", "national"} {
		template := reviewOf(t, set)
		var heads []string
		for _, head := range template.Heads {
			var points Points
			for _, item := range head.Items {
				points += item.Points
			}
			heads = append(heads, head.Name+points.String())
		}
		if got := strings.Join(heads, " "); got != "完整性审核20 相关性审核30 适当性审核30 可行性审核20" || len(template.Items()) != 8 {
			t.Errorf("%s: heads %s with %d items", set, got, len(template.Items()))
		}
		var grades []Grade
		for _, points := range []Points{900, 899, 800, 799, 600, 599} {
			scores, left := map[string]Points{}, points
			for _, item := range template.Items() {
				scores[item.Key] = min(left, item.Points)
				left -= scores[item.Key]
			}
			grade, _ := template.Grade(scores)
			grades = append(grades, grade)
		}
		if want := []Grade{Excellent, Good, Good, Fair, Fair, Poor}; !slices.Equal(grades, want) {
			t.Errorf("%s: grades %v, want %v", set, grades, want)
		}
	}
	_, err := ReviewTemplateFor("nowhere", 2023)
	refusal(t, err, model.NotFound, "review.unknown")
}

func TestReviewGrade(t *testing.T) {
	template := shanxiReview(t)
	full := map[string]Points{"form": 100, "clarity": 100, "relevance": 150, "indicators": 150, "level": 150, "money": 150, "reachable": 100, "conditions": 100}
	for _, c := range []struct {
		less  Points
		grade Grade
		total string
	}{
		{0, Excellent, "100"}, {100, Excellent, "90"}, {101, Good, "89.9"}, {200, Good, "80"}, {201, Fair, "79.9"}, {400, Fair, "60"}, {401, Poor, "59.9"},
	} {
		scores := map[string]Points{}
		less := c.less
		for _, item := range template.Items() {
			cut := min(less, full[item.Key])
			scores[item.Key], less = full[item.Key]-cut, less-cut
		}
		if grade, total := template.Grade(scores); grade != c.grade || total.String() != c.total {
			t.Errorf("%s less: %s %s, want %s %s", c.less, total, grade.ZH(), c.total, c.grade.ZH())
		}
	}
	if grade, total := template.Grade(map[string]Points{"form": 9990, "unknown": 1000}); total != 100 || grade != Poor {
		t.Errorf("more than an item's points: %s %s", total, grade)
	}
}

func TestReviewCheck(t *testing.T) {
	template := shanxiReview(t)
	fill := func(key bool) ReviewSheet {
		s := ReviewSheet{KeyProject: key, Grades: map[string]Grade{}, Overall: Excellent}
		if key {
			s.Scores = map[string]Points{}
		}
		for _, item := range template.Items() {
			s.Grades[item.Key] = Excellent
			if key {
				s.Scores[item.Key] = item.Points
			}
		}
		return s
	}
	cases := []struct {
		name   string
		key    bool
		change func(*ReviewSheet)
		want   []string
	}{
		{"ordinary, complete", false, func(*ReviewSheet) {}, nil},
		{"key, complete", true, func(*ReviewSheet) {}, nil},
		{"an item without grade", false, func(s *ReviewSheet) { delete(s.Grades, "money") }, []string{"$.grades.money"}},
		{"no such grade", false, func(s *ReviewSheet) { s.Grades["money"] = "A" }, []string{"$.grades.money"}},
		{"no overall grade", false, func(s *ReviewSheet) { s.Overall = "" }, []string{"$.overall"}},
		{"the overall grade is the reviewer's own", false, func(s *ReviewSheet) { s.Overall = Fair }, nil},
		{"an ordinary project has no scores", false, func(s *ReviewSheet) { s.Scores = map[string]Points{"form": 1} }, []string{"$.scores"}},
		{"key, item without score", true, func(s *ReviewSheet) { delete(s.Scores, "form") }, []string{"$.scores.form"}},
		{"key, score too high", true, func(s *ReviewSheet) { s.Scores["form"] = 101 }, []string{"$.scores.form"}},
		{"key, grade is not the total's", true, func(s *ReviewSheet) { s.Overall = Good }, []string{"$.overall"}},
		{"unknown item", true, func(s *ReviewSheet) { s.Grades["x"], s.Scores["x"] = Good, 1 }, []string{"$.grades.x", "$.scores.x"}},
		{"all faults at once", true, func(s *ReviewSheet) { delete(s.Grades, "form"); delete(s.Scores, "money"); s.Overall = "" },
			[]string{"$.grades.form", "$.scores.money", "$.overall"}},
	}
	for _, c := range cases {
		sheet := fill(c.key)
		c.change(&sheet)
		var paths []string
		var e *model.Error
		if errors.As(template.Check(sheet), &e) {
			for _, p := range e.Fields {
				paths = append(paths, p.Path)
			}
		}
		if !slices.Equal(paths, c.want) {
			t.Errorf("%s: faults at %v, want %v", c.name, paths, c.want)
		}
	}
}

func TestReviewTemplatesThatCouldNotGrade(t *testing.T) {
	const bands = `"bands":[{"grade":"excellent","atLeast":90},{"grade":"poor","atLeast":0}]`
	for reason, text := range map[string]string{
		"review.syntax": `{"heads":1}`,
		"review.item":   `{"heads":[{"name":"a","items":[{"key":"k","name":"n","points":0,"asks":""}]}],` + bands + `}`,
		"review.bands":  `{"heads":[{"name":"a","items":[{"key":"k","name":"n","points":5,"asks":""}]}],"bands":[{"grade":"poor","atLeast":60}]}`,
	} {
		_, err := ParseReviewTemplate([]byte(text))
		refusal(t, err, model.Invalid, reason)
	}
}

func TestPoints(t *testing.T) {
	for text, want := range map[string]Points{"0": 0, "8": 80, "8.5": 85, "100": 1000} {
		var p Points
		if err := json.Unmarshal([]byte(text), &p); err != nil || p != want {
			t.Errorf("%s reads as %d (%v)", text, p, err)
		}
		if back, err := json.Marshal(p); err != nil || string(back) != text {
			t.Errorf("%s comes back as %s (%v)", text, back, err)
		}
	}
	for _, text := range []string{`"8"`, "-1", "8.55", "1e2", "12345", "true"} {
		var p Points
		if json.Unmarshal([]byte(text), &p) == nil {
			t.Errorf("%s was read as %s", text, p)
		}
	}
}
