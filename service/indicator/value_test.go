package indicator

import (
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// caseFile is testdata/cases.json, which the browser's tests read as well.
type caseFile struct {
	Forms    []valueCase   `json:"forms"`
	Made     []valueCase   `json:"made"`
	Readings []readingCase `json:"readings"`
}

type readingCase struct{ Text, Words string }

type valueCase struct {
	TargetValue
	Year int    `json:"year"` // 0: any year
	Note string `json:"note"`
}

func readFile(t testing.TB) caseFile {
	t.Helper()
	raw, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var file caseFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Forms) < 160 || len(file.Made) < 150 || len(file.Readings) < 16 {
		t.Fatalf("cases: %d from forms, %d made, %d readings", len(file.Forms), len(file.Made), len(file.Readings))
	}
	return file
}

func readCases(t testing.TB) []valueCase {
	t.Helper()
	file := readFile(t)
	return append(file.Forms, file.Made...)
}

func (c valueCase) years() []int {
	if c.Year != 0 {
		return []int{c.Year}
	}
	return []int{2023, 2026}
}

func (c valueCase) in(year int) TargetValue {
	want := c.TargetValue
	want.Date = strings.NewReplacer("{year}", strconv.Itoa(year), "{nextYear}", strconv.Itoa(year+1)).Replace(want.Date)
	return want
}

func TestCases(t *testing.T) {
	for _, c := range readCases(t) {
		for _, year := range c.years() {
			if got, want := Parse(c.Text, year), c.in(year); got != want {
				t.Errorf("%s in %d\n got %s\nwant %s", c.Text, year, got.JSON(), want.JSON())
			}
		}
	}
}

// TestWidth: the same value typed in full-width characters means the same.
func TestWidth(t *testing.T) {
	for _, c := range readCases(t) {
		for _, year := range c.years() {
			want := Parse(c.Text, year)
			got := Parse(fullWidth(c.Text), year)
			if got.Text = c.Text; got != want {
				t.Errorf("%s\n got %s\nwant %s", fullWidth(c.Text), got.JSON(), want.JSON())
			}
		}
	}
}

func fullWidth(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r < 0x7f:
			return r + 0xFEE0
		}
		return r
	}, text)
}

// TestSpaces: spaces around a value and beside its operator change nothing but the text.
func TestSpaces(t *testing.T) {
	for _, text := range []string{"≥12次", "≤450元/人·天", "2023年12月31日前", "提高95%", "不低于九成"} {
		want := Parse(text, 2023)
		spaced := strings.NewReplacer("≥", "≥ ", "≤", "≤\u3000", "年", " 年 ", "于", "于\u00a0").Replace(" " + text + "\t\n")
		got := Parse(spaced, 2023)
		if got.Text != spaced {
			t.Errorf("text changed: %q", got.Text)
		}
		if got.Text = text; got != want {
			t.Errorf("%q: %s", spaced, got.JSON())
		}
	}
}

func TestJSON(t *testing.T) {
	got := string(Parse("≥12次", 2023).JSON())
	want := `{"text":"≥12次","kind":"quantity","operator":">=","value":"12","upper":"","unit":"次","per":"","date":"","direction":""}`
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestWords(t *testing.T) {
	for _, c := range readFile(t).Readings {
		if got := Parse(c.Text, 2023).Words(); got != c.Words {
			t.Errorf("%s: got %q, want %q", c.Text, got, c.Words)
		}
	}
}

// TestLong: texts nobody could mean as a value are words, at once.
func TestLong(t *testing.T) {
	started := time.Now()
	for _, piece := range []string{"9", "(", "≥", "一", "1,000", "每人", "3-", "2023年", " ", "a"} {
		v := Parse(strings.Repeat(piece, 10<<20/len(piece)), 2023)
		if v.Kind != Grade && piece != " " || v.Kind != Empty && piece == " " {
			t.Errorf("%q repeated is %s", piece, v.Kind)
		}
		Parse(strings.Repeat(piece, longest/len([]rune(piece))), 2023)
	}
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

// TestNoYear: without a budget year, dates that name none can't be told.
func TestNoYear(t *testing.T) {
	if v := Parse("10月底前", 0); v.Kind != Grade {
		t.Errorf("got %s", v.JSON())
	}
	if v := Parse("2023年10月底前", 0); v.Date != "2023-10-31" {
		t.Errorf("got %s", v.JSON())
	}
}

var plainNumbers = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

func FuzzParse(f *testing.F) {
	for _, c := range readCases(f) {
		f.Add(c.Text, 2023)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		v := Parse(text, year)
		if v.Text != text {
			t.Fatalf("text changed to %q", v.Text)
		}
		v.Words()
		if wide := Parse(fullWidth(text), year); wide.meaning() != v.meaning() {
			t.Fatalf("full width: %s, %s", v.JSON(), wide.JSON())
		}
		if !json.Valid(v.JSON()) {
			t.Fatalf("JSON: %s", v.JSON())
		}
		if problem := v.problem(); problem != "" {
			t.Fatalf("%s: %s", problem, v.JSON())
		}
	})
}

func (v TargetValue) meaning() TargetValue {
	v.Text = ""
	return v
}

// problem names what is wrong with the shape of a value.
func (v TargetValue) problem() string {
	hasValue := v.Kind == Quantity || v.Kind == Ratio || v.Kind == Money || v.Kind == Change
	switch {
	case hasValue != plainNumbers.MatchString(v.Value):
		return "value"
	case (v.Operator == Range) != plainNumbers.MatchString(v.Upper):
		return "upper"
	case (v.Kind == Change) != (v.Direction != ""):
		return "direction"
	case v.Kind == Ratio && v.Unit != "%" || v.Kind == Money && v.Unit != "元":
		return "unit"
	case (v.Kind == Date) != (v.Date != ""):
		return "date"
	case (v.Kind == Grade || v.Kind == Empty) && v != (TargetValue{Text: v.Text, Kind: v.Kind}):
		return "words with figures"
	case v.Kind == Quantity && v.Operator == "":
		return "operator"
	}
	if _, err := time.Parse(time.DateOnly, v.Date); v.Kind == Date && err != nil {
		return "date"
	}
	return ""
}
