package check

// Statement is what a paragraph of a document says by the records: its text with
// the places of every figure and word that a rule can hold against them. Whoever
// writes the document hands it over, so that the rules know what should stand there
// even where somebody has changed the text.
type Statement struct {
	Anchor string // of the paragraph, "" where the statement has no text
	Text   string
	Marks  []Mark // in the order of the text, none over another
	// Lacking are free texts that only people can give and nobody gave.
	Lacking []Lack
	// Unknown are figures of last year that are not to be had: the text leaves the
	// change out.
	Unknown []string
}

// MarkKind says what a part of a statement is.
type MarkKind string

// The kinds of marks.
const (
	AmountMark    MarkKind = "amount"    // 万元 with two decimals
	PercentMark   MarkKind = "percent"   // with its sign
	CountMark     MarkKind = "count"     // things or people
	DirectionMark MarkKind = "direction" // 增加, 下降, 与上年持平
	FreeMark      MarkKind = "free"      // what people wrote
	ReasonMark    MarkKind = "reason"    // why a figure changed, as people wrote it
)

// Mark is a part of a statement's text, by bytes.
type Mark struct {
	Kind       MarkKind
	Label      string // what the figure is of: 基本支出
	Start, End int
	// ZeroBase tells, of a direction, that last year's figure is zero: no percentage
	// can be stated.
	ZeroBase bool
}

// Lack is a text that people must give: where it belongs and how findings call it.
type Lack struct {
	Field  string // path inside the sheet: explanations.totalChange
	Label  string
	Reason bool // it would say why a figure changed
}
