package check

import (
	_ "embed"
	"encoding/json"
	"math/big"

	"biaochi/model"
)

//go:embed filing.json
var filingJSON []byte

// filingSettings are the figures that the checks on a filing use in some budget
// years of one regional set.
type filingSettings struct {
	Set       string   `json:"set"`
	FirstYear *int     `json:"firstYear"` // nil: from the beginning
	LastYear  *int     `json:"lastYear"`  // nil: until further notice
	Source    string   `json:"source"`
	Mandatory []string `json:"mandatory"` // fields of the form by key
	Target    struct {
		Mandatory []string // fields of a whole-unit target by key
	} `json:"target"`
	Cost struct {
		Kinds             []string // second-level keys
		Least, Fits, Most *big.Rat // shares of the amount of the same horizon
	} `json:"cost"`
	Additive struct {
		Share  *big.Rat
		Units  []string // what adds up over years
		Stocks []string // in a name: it doesn't, whatever the unit
	} `json:"additive"`
	NameLength       int      `json:"nameLength"`   // most runes of an indicator's name
	PrefixLength     int      `json:"prefixLength"` // fewest runes of a name cut short
	Weights          *big.Rat `json:"weights"`
	ExcelDate        [2]int64 `json:"excelDate"`
	SameTextLength   int      `json:"sameTextLength"`   // fewest runes of a text repeated in a form
	CopiedTextLength int      `json:"copiedTextLength"` // fewest runes of a text copied between projects
	// PreEvaluation holds where a region set nothing for the year.
	PreEvaluation model.PreEvaluationRule `json:"preEvaluation"`
}

// filingWords are the words that the checks know; filing.json says what each list is for.
type filingWords struct {
	People, Things, Judgements, Actions, Attributes []string
	UnitPrices, Totals, Items, Savings              []string
	Rates, Coverage, LowRates, OpenRates            []string
	Bases, CountWords, YearOf                       []string
	SameUnits                                       [][]string
	Citation, PastBefore, PastAfter                 []string
	Past                                            []string
	CutEnds, Sentence                               []string
	AmountBefore, AmountAfter, Codes                []string
	Phone, Identity, Card                           []string
	canonical                                       map[string]string // a unit → the first of its equals
}

var filingData, lexis = loadFiling()

func loadFiling() ([]filingSettings, filingWords) {
	var data struct {
		Settings []filingSettings `json:"settings"`
		Words    filingWords      `json:"words"`
	}
	if err := json.Unmarshal(filingJSON, &data); err != nil {
		panic("check: filing.json: " + err.Error())
	}
	data.Words.canonical = map[string]string{}
	for _, equals := range data.Words.SameUnits {
		for _, unit := range equals {
			data.Words.canonical[unit] = equals[0]
		}
	}
	return data.Settings, data.Words
}

// settings gives the figures for the set and year of the run.
func (p *probe) settings() *filingSettings { return settingsFor(p.setKey(), p.in.Year) }

// settingsFor gives the figures for a set and year; a set without figures of its own
// uses the default set's.
func settingsFor(set string, year int) *filingSettings {
	var fallback *filingSettings
	for i := range filingData {
		s := &filingData[i]
		if s.FirstYear != nil && year < *s.FirstYear || s.LastYear != nil && year > *s.LastYear {
			continue
		}
		if s.Set == set {
			return s
		}
		if s.Set == model.DefaultSetKey {
			fallback = s
		}
	}
	return fallback
}

func (p *probe) setKey() string {
	if p.in.Set == nil {
		return model.DefaultSetKey
	}
	return p.in.Set.Key
}
