package disclosure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/render"
)

// Draft is a document with what it states, so that it can be checked as it stands
// or after somebody has changed it.
type Draft struct {
	Document   render.Document
	Statements []check.Statement

	content *Content
}

// Input is what the rules over the document read, as it stands; whoever has a
// changed one puts it in the place of Document.
func (d *Draft) Input(set *budget.Set) check.DocumentInput {
	c := d.content
	return check.DocumentInput{
		Year: c.Year, Unit: c.Unit.Code, Set: set, Document: d.Document, Original: &d.Document, Statements: d.Statements,
		Owner: c.Outline.Owner(c.Department), Other: c.Outline.Owner(!c.Department),
		Persons: c.Outline.Handlers,
	}
}

// Build makes the document of a unit, or of a department over its units: cover,
// parts, tables, sentences, charts, forms and glossary as the outline has them. The
// same content gives the same document. Tables stream as the given ones do.
func Build(c *Content) (*Draft, error) {
	b := &builder{c: c, figures: newFigures(c), forms: c.forms(), draft: Draft{content: c}}
	var err error
	if b.sentences, err = c.Outline.sentences.Clone(); err != nil {
		return nil, err
	}
	b.draft.Document = render.Document{
		Title: b.words(c.Outline.Title), Owner: c.Unit.Name, Header: b.words(c.Outline.Header),
		Mark: c.Mark, Language: "zh-CN",
	}
	for _, line := range c.Outline.Cover {
		b.draft.Document.Cover = append(b.draft.Document.Cover, b.words(line))
	}
	for i, part := range c.Outline.Parts {
		b.put(render.Heading{Level: 1, Text: b.words(part.Title), Anchor: "part-" + strconv.Itoa(i+1), Entry: true, NewPage: true})
		if err := b.section("part-"+strconv.Itoa(i+1), part.Blocks); err != nil {
			return nil, err
		}
		for _, s := range part.Sections {
			b.put(render.Heading{Level: 2, Text: b.words(s.Title), Anchor: "sec-" + s.Key, Entry: true})
			if err := b.section("sec-"+s.Key, s.Blocks); err != nil {
				return nil, err
			}
		}
	}
	return &b.draft, nil
}

type builder struct {
	c         *Content
	figures   *figures
	forms     []form
	sentences *template.Template
	draft     Draft
	// paragraphs counts those under the heading at hand, headings those below it.
	paragraphs, headings int
}

func (b *builder) words(text string) string {
	return b.c.Outline.Words(text, b.c.Year, b.c.Unit.Name, b.c.Department)
}

func (b *builder) put(block render.Block) {
	b.draft.Document.Blocks = append(b.draft.Document.Blocks, block)
}

// section fills a section; place is the anchor of its heading.
func (b *builder) section(place string, blocks []BlockDef) error {
	b.paragraphs, b.headings = 0, 0
	for _, block := range blocks {
		if err := b.block(place, block); err != nil {
			return fmt.Errorf("%s: %w", place, err)
		}
	}
	return nil
}

func (b *builder) block(place string, def BlockDef) error {
	switch {
	case def.Heading != "":
		b.headings++
		b.put(render.Heading{Level: 3, Text: b.words(def.Heading), Anchor: fmt.Sprintf("%s-%d", place, b.headings)})
	case def.Say != "":
		return b.say(place, def.Say)
	case def.Chart != nil:
		return b.chart(def.Chart)
	case def.Insert == InsertTables:
		for i := range b.c.Tables {
			b.put(&b.c.Tables[i])
		}
	case def.Insert == InsertForms:
		for _, f := range b.forms {
			b.put(b.c.grid(f))
		}
	case def.Insert == InsertTargets:
		for _, t := range b.c.targets() {
			b.put(b.c.targetGrid(t))
		}
	case def.Insert == InsertServices:
		b.services()
	case def.Insert == InsertGlossary:
		b.glossary(place)
	default:
		return fmt.Errorf("a block of the outline says nothing")
	}
	return nil
}

// subject is what sentences can read of the unit's year beside figures.
type subject struct {
	Year         int
	Owner        string
	Unit         string
	Department   bool
	Duties       string
	Organization []string
	UnitNames    []string
	HasAgency    bool
	Forms        []form
	Targets      []string // labels of the whole-unit targets
	Assets       model.Assets
	Services     []model.PurchasedService
}

func (b *builder) subject() subject {
	s := subject{
		Year: b.c.Year, Owner: b.c.Outline.Owner(b.c.Department), Unit: b.c.Unit.Name, Department: b.c.Department,
		HasAgency: b.figures.hasAgency(), Forms: b.forms, Assets: b.c.assets(), Services: b.c.serviceCatalogue(),
	}
	if sheet := b.c.own(); sheet != nil {
		s.Duties, s.Organization = sheet.Unit.Duties, sheet.Unit.Organization
	}
	for _, t := range b.c.targets() {
		s.Targets = append(s.Targets, t.Label)
	}
	for i := range b.c.Units {
		s.UnitNames = append(s.UnitNames, b.c.Units[i].Unit.Name)
	}
	return s
}

// say speaks one group of sentences, a line a paragraph.
func (b *builder) say(place, name string) error {
	s := &speaker{c: b.c, figures: b.figures}
	var out strings.Builder
	if err := b.sentences.Funcs(s.words()).ExecuteTemplate(&out, name, b.subject()); err != nil {
		return err
	}
	first := len(b.draft.Statements)
	for line := range strings.SplitSeq(out.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.paragraph(place, s.statement(line))
		}
	}
	if len(s.lacking)+len(s.unknown) == 0 {
		return nil
	}
	if first == len(b.draft.Statements) {
		b.draft.Statements = append(b.draft.Statements, check.Statement{Anchor: place})
	}
	last := &b.draft.Statements[len(b.draft.Statements)-1]
	last.Lacking, last.Unknown = s.lacking, slices.Compact(s.unknown)
	return nil
}

func (b *builder) paragraph(place string, statement check.Statement) {
	b.paragraphs++
	statement.Anchor = fmt.Sprintf("%s-p%d", place, b.paragraphs)
	b.put(render.Paragraph{Text: statement.Text, Anchor: statement.Anchor})
	b.draft.Statements = append(b.draft.Statements, statement)
}

// statement takes the marks out of a line and keeps where they stood.
func (s *speaker) statement(line string) (out check.Statement) {
	var text strings.Builder
	var open []check.Mark
	for line != "" {
		at := strings.IndexAny(line, markOpen+markClose)
		if at < 0 {
			text.WriteString(line)
			break
		}
		text.WriteString(line[:at])
		sign := line[at : at+1]
		line = line[at+1:]
		if sign == markOpen {
			number, rest, _ := strings.Cut(line, markBegin)
			i, _ := strconv.Atoi(number)
			m := s.marks[i]
			m.Start = text.Len()
			open, line = append(open, m), rest
			continue
		}
		m := open[len(open)-1]
		m.End = text.Len()
		open = open[:len(open)-1]
		out.Marks = append(out.Marks, m)
	}
	out.Text = text.String()
	return out
}

// chart draws parts of a figure; nothing is drawn where there is nothing.
func (b *builder) chart(def *ChartDef) error {
	whole, err := b.figures.value(def.Total)
	if err != nil || whole.WanFen() == 0 {
		return err
	}
	parts, err := b.chartParts(def)
	if err != nil {
		return err
	}
	chart := render.Chart{Anchor: "chart-" + def.Key, Title: b.words(def.Title), Unit: "万元", Total: whole.Wan()}
	for _, p := range parts {
		chart.Slices = append(chart.Slices, render.Slice{
			Label: p.Name, Amount: p.Amount.Wan(), Share: percent(p.Amount, whole), Weight: max(int64(p.Amount), 0),
		})
	}
	b.put(chart)
	return nil
}

func (b *builder) chartParts(def *ChartDef) (parts []Group, err error) {
	if def.Classes != "" {
		return b.figures.classes(def.Classes)
	}
	for _, name := range def.Figures {
		amount, err := b.figures.value(name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Group{name, b.figures.label(name), amount})
	}
	return parts, nil
}

// glossary prints the terms that the document uses, numbered.
func (b *builder) glossary(place string) {
	used := b.text()
	no := 0
	for _, term := range b.c.Outline.Glossary {
		words := term.Used
		if words == nil {
			words = []string{term.Term}
		}
		if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(used, w) }) {
			continue
		}
		no++
		text := fmt.Sprintf("%s、%s：%s", budget.Ordinal(no), term.Term, b.words(term.Text))
		b.paragraph(place, check.Statement{Text: text})
	}
}

// text is all running text and all titles so far.
func (b *builder) text() string {
	var out strings.Builder
	for _, block := range b.draft.Document.Blocks {
		switch block := block.(type) {
		case render.Heading:
			out.WriteString(block.Text)
		case render.Paragraph:
			out.WriteString(block.Text)
		case *render.Table:
			out.WriteString(block.Title)
		}
		out.WriteString("\n")
	}
	return out.String()
}
