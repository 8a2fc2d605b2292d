package form

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"biaochi/model"
)

//go:embed forms.json
var formsJSON []byte

// Template is a printed form as data: a grid with its words and fields.
type Template struct {
	Kind      model.SheetKind `json:"kind"`
	Set       string          `json:"set"`   // of the region; "" for all without one of their own
	Since     int             `json:"since"` // first budget year
	Source    string          `json:"source"`
	Title     string          `json:"title"`
	Subtitle  string          `json:"subtitle"`
	File      string          `json:"file"` // what files are called by
	Landscape bool            `json:"landscape"`
	Widths    []float64       `json:"widths"`
	Rows      []Row           `json:"rows"`
	Money     []struct {
		Key  string `json:"key"`
		Text string `json:"text"`
	} `json:"money"`
	Grade   string  `json:"grade"`
	Summary Summary `json:"summary"`
}

// Row is a row of the grid, printed once, or once for each line of money or of the
// indicators.
type Row struct {
	Each  string `json:"each"` // "", "money", "lines"
	Cells []Cell `json:"cells"`
}

// Cell is a printed word or a field.
type Cell struct {
	Text    string `json:"text"`
	Field   string `json:"field"`
	Colspan int    `json:"colspan"`
	Rowspan int    `json:"rowspan"`
	// Over lengthens the cell over the rows of an each-block below.
	Over string `json:"over"`
	// Group makes one cell of neighbours that print the same.
	Group  bool `json:"group"`
	Label  bool `json:"label"`
	Center bool `json:"center"`
	Number bool `json:"number"`
}

// Summary is the table over the sheets of a whole unit.
type Summary struct {
	Title   string `json:"title"`
	Tab     string `json:"tab"`  // of a workbook
	None    string `json:"none"` // said where there is no sheet
	Columns []struct {
		Heading string  `json:"heading"`
		Field   string  `json:"field"`
		Number  bool    `json:"number"`
		Width   float64 `json:"width"`
	} `json:"columns"`
}

var templates = sync.OnceValues(func() ([]Template, error) {
	var file struct {
		Forms []Template `json:"forms"`
	}
	decoder := json.NewDecoder(bytes.NewReader(formsJSON))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("form: forms.json: %w", err)
	}
	for i := range file.Forms {
		if err := file.Forms[i].check(); err != nil {
			return nil, fmt.Errorf("form: forms.json: %s since %d: %w", file.Forms[i].Title, file.Forms[i].Since, err)
		}
	}
	return file.Forms, nil
})

// TemplateFor gives the form of a kind of sheet for a region's set in a budget year: of
// those that began by then the latest, one of the set's own before the common one.
// Errors: NotFound "form.unknown".
func TemplateFor(kind model.SheetKind, set string, year int) (*Template, error) {
	all, err := templates()
	if err != nil {
		return nil, err
	}
	var found *Template
	for i := range all {
		t := &all[i]
		if t.Kind != kind || t.Since > year || t.Set != set && t.Set != "" {
			continue
		}
		if found == nil || t.Set != "" && found.Set == "" || t.Set == found.Set && t.Since > found.Since {
			found = t
		}
	}
	if found == nil {
		return nil, model.Fail(model.NotFound, "form.unknown", "地区方案“%s”%d 年没有这种表的表样", set, year)
	}
	return found, nil
}

// check refuses a form that can't be printed: unknown fields, widths that don't fill
// the page.
func (t *Template) check() error {
	width := 0.0
	for _, w := range t.Widths {
		width += w
	}
	if math.Abs(width-1) > 1e-6 || t.Source == "" || t.File == "" {
		return fmt.Errorf("widths add up to %.4f, source %q, file %q", width, t.Source, t.File)
	}
	if t.Summary.Title == "" || t.Summary.Tab == "" || t.Summary.None == "" {
		return fmt.Errorf("the summary lacks a title, a tab or what it says when empty")
	}
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			if !c.known(row.Each) {
				return fmt.Errorf("no field %q for each %q", c.Field, row.Each)
			}
		}
	}
	for _, c := range t.Summary.Columns {
		if _, ok := sheetFields[c.Field]; !ok {
			return fmt.Errorf("no field %q in the summary", c.Field)
		}
	}
	return nil
}

func (c Cell) known(each string) (ok bool) {
	switch {
	case c.Field == "":
		return true
	case each == "money":
		_, ok = moneyFields[c.Field]
	case each == "lines":
		_, ok = lineField(c.Field)
	default:
		_, ok = sheetFields[c.Field]
	}
	return ok || each == "" && c.Field == "grade"
}
