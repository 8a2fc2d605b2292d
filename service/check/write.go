package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteJSON writes {"findings":[…]}, the form that other programs read: what fails,
// and with all the other outcomes as well.
func (r Report) WriteJSON(w io.Writer, all bool) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Findings []Finding `json:"findings"`
	}{r.listed(all)})
}

// WriteText writes a line a finding for people to read, and a count below.
func (r Report) WriteText(w io.Writer, all bool) error {
	var b strings.Builder
	for _, f := range r.listed(all) {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", f.Rule, f.label(), cmp.Or(f.Project, f.Unit, "-"), f.Message)
	}
	fmt.Fprintf(&b, "共 %d 个错误、%d 个警告。\n", r.Errors(), r.Warnings())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) listed(all bool) []Finding {
	if all && r.Findings != nil {
		return r.Findings
	}
	return r.Failures()
}

var outcomeWords = map[Outcome]string{Pass: "通过", NotApplicable: "不适用", InsufficientData: "数据不足"}

var severityWords = map[Severity]string{Error: "错误", Warning: "警告", Info: "提示"}

// label is the outcome in a word, of a failure how heavy it weighs.
func (f *Finding) label() string {
	if f.Outcome == Fail {
		return severityWords[f.Severity]
	}
	return outcomeWords[f.Outcome]
}
