package docx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"biaochi/service/render/layout"
)

// paragraph says how a paragraph stands: its style, and what differs from it.
type paragraph struct {
	style         string
	newPage       bool
	keepNext      bool
	properties    string // more of pPr, in the order of the schema
	run           string // rPr
	before, after string // XML around the text
	soft          bool   // its lines are of one paragraph
}

// paragraph writes a text; each of its lines is a paragraph, of which the first
// starts the page and all hold what stands around the text.
func (b *builder) paragraph(p paragraph, text string) { b.WriteString(p.xml(text)) }

func (p paragraph) xml(text string) string {
	var b strings.Builder
	lines := strings.Split(layout.Clean(text), "\n")
	if p.soft {
		lines = []string{layout.Clean(text)}
	}
	for i, line := range lines {
		b.WriteString(`<w:p><w:pPr>`)
		if p.style != "" {
			fmt.Fprintf(&b, `<w:pStyle w:val="%s"/>`, p.style)
		}
		if p.keepNext {
			b.WriteString(`<w:keepNext/>`)
		}
		if p.newPage && i == 0 {
			b.WriteString(`<w:pageBreakBefore/>`)
		}
		b.WriteString(p.properties + `</w:pPr>`)
		if i == 0 {
			b.WriteString(p.before)
		}
		b.WriteString(run(line, p.run))
		if i == len(lines)-1 {
			b.WriteString(p.after)
		}
		b.WriteString(`</w:p>`)
	}
	return b.String()
}

// run writes a stretch of text with properties of its own, "" for none; it may have
// several lines.
func run(text, properties string) string {
	if text == "" {
		return ""
	}
	if properties != "" {
		properties = `<w:rPr>` + properties + `</w:rPr>`
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = `<w:t xml:space="preserve">` + escape(line) + `</w:t>`
	}
	return `<w:r>` + properties + strings.Join(lines, `<w:br/>`) + `</w:r>`
}

// field writes a field with the result that is shown until it is updated.
func field(instruction, result string) string {
	const mark = `<w:r><w:fldChar w:fldCharType="%s"/></w:r>`
	out := fmt.Sprintf(mark, "begin") + `<w:r><w:instrText xml:space="preserve"> ` + escape(instruction) + ` </w:instrText></w:r>`
	if result != "" {
		out += fmt.Sprintf(mark, "separate") + run(result, "")
	}
	return out + fmt.Sprintf(mark, "end")
}

// escape makes a text safe in XML, in attributes too.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// twips are twentieths of a point, half-points those of font sizes, emu what
// drawings are measured in.
func twips(points float64) int { return int(math.Round(points * 20)) }

func halfPoints(points float64) int { return int(math.Round(points * 2)) }

func emu(points float64) int { return int(math.Round(points * 12700)) }
