package intake

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"biaochi/model"
	"biaochi/service/spreadsheet"
)

// Field is what a column can be.
type Field struct {
	Key      string   `json:"key"`
	Label    string   `json:"label"`
	Form     string   `json:"form"` // text, code, amount, word, years
	Required bool     `json:"required"`
	Words    []string `json:"words"` // that heads of such columns use
}

// vocabulary is what is known of other people's tables, as data.
type vocabulary struct {
	Filing []Field  `json:"filing"`
	Sheet  []Field  `json:"sheet"`
	Totals []string `json:"totals"` // words that begin rows of sums
	// CostKinds says by 类 of the department's economic code what kind of cost it is.
	CostKinds map[string]model.CostKind `json:"costKinds"`
}

//go:embed fields.json
var fieldsJSON []byte

var words = sync.OnceValue(func() vocabulary {
	var v vocabulary
	if err := json.Unmarshal(fieldsJSON, &v); err != nil {
		panic("intake: fields.json: " + err.Error())
	}
	return v
})

// Fields lists what columns of a kind's table can be.
func Fields(kind model.RecordKind) []Field {
	if kind == model.SheetRecord {
		return words().Sheet
	}
	return words().Filing
}

func fieldOf(kind model.RecordKind, key string) (Field, bool) {
	fields := Fields(kind)
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}

// guess tells which field a head means: the same words, blanks, brackets and
// units of money apart.
func guess(kind model.RecordKind, header string) string {
	plain := spreadsheet.Bare(header)
	for _, f := range Fields(kind) {
		if slices.ContainsFunc(f.Words, func(w string) bool { return spreadsheet.Bare(w) == plain }) {
			return f.Key
		}
	}
	return ""
}

func isTotal(text string) bool {
	return slices.ContainsFunc(words().Totals, func(w string) bool { return strings.HasPrefix(spreadsheet.Bare(text), w) })
}
