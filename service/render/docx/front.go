package docx

import (
	"fmt"
	"math"
	"strings"

	"biaochi/service/render/layout"
)

// section is a stretch of pages with one orientation, header and way of numbering.
type section struct {
	cover     bool
	contents  bool
	landscape bool
	first     bool // of the body, which counts its pages from 1
}

// properties writes sectPr.
func (s section) properties() string {
	width, height, orient, header := layout.PaperShort, layout.PaperLong, "", "Portrait"
	if s.landscape {
		width, height, orient, header = height, width, ` w:orient="landscape"`, "Landscape"
	}
	footer, numbers := "Number", ""
	switch {
	case s.cover:
		header, footer = "Cover", "Cover"
	case s.contents:
		numbers = `<w:pgNumType w:fmt="upperRoman" w:start="1"/>`
	case s.first:
		numbers = `<w:pgNumType w:start="1"/>`
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="header%s"/><w:footerReference w:type="default" r:id="footer%s"/><w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>%s</w:sectPr>`,
		header, footer, twips(width), twips(height), orient, twips(layout.MarginTop), twips(layout.MarginSide), twips(layout.MarginBottom-layout.Spare), twips(layout.MarginSide),
		twips(layout.HeaderTop), twips(layout.FooterBottom-layout.NoteStyle().Pitch), numbers)
}

// endSection closes a section with a line that can't be seen.
func (b *builder) endSection(s section) {
	b.add(`<w:p><w:pPr>%s%s</w:pPr></w:p>`, thin, s.properties())
}

// thin is a line of a point, where the format wants a paragraph.
const thin = `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`

func (b *builder) cover() {
	before := layout.CoverTop*layout.PaperLong - layout.MarginTop
	line := func(style, text string) {
		b.paragraph(paragraph{style: style, properties: fmt.Sprintf(`<w:spacing w:before="%d"/>`, twips(before))}, text)
		before = 0
	}
	for _, text := range b.document.Cover {
		line("CoverLine", text)
	}
	before += layout.CoverGap
	for _, text := range b.book.Cover {
		line("Title", text)
	}
	before += layout.ImprintGap
	for _, text := range b.document.Imprint {
		line("Imprint", text)
	}
	b.endSection(section{cover: true})
}

// contents lists the entries with the page numbers of the layout, as a field that
// Word can make anew.
func (b *builder) contents() {
	entries := b.book.Entries
	if len(entries) == 0 {
		return
	}
	b.paragraph(paragraph{style: "ContentsTitle"}, "目　录")
	right := twips(layout.PaperShort - 2*layout.MarginSide)
	tab := fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs>`, right)
	for i, e := range entries {
		start, end := "", ""
		if i == 0 {
			start = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \f ` + contentsKind + ` \h \z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
		}
		if i == len(entries)-1 {
			end = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		b.add(`<w:p><w:pPr><w:pStyle w:val="TOC%d"/>%s</w:pPr>%s<w:hyperlink w:anchor="%s" w:history="1">%s<w:r><w:tab/></w:r>%s</w:hyperlink>%s</w:p>`,
			min(max(e.Level, 1), 4), tab, start, bookmarkName(i+1), run(layout.Clean(e.Text), ""), field("PAGEREF "+bookmarkName(i+1)+` \h`, e.Label), end)
	}
	b.endSection(section{contents: true})
}

// header writes the head of pages of a width; that of the cover has the mark alone.
func header(text, mark string, width float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<w:hdr %s>`, declaration, namespaces)
	room := twips(width - 2*layout.MarginSide)
	rule := ""
	if text != "" {
		rule = `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>`
	}
	fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="Note"/>%s<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:before="0" w:after="0"/><w:jc w:val="left"/></w:pPr>%s`,
		rule, room, run(layout.Clean(text), ""))
	if mark != "" {
		fmt.Fprintf(&b, `<w:r><w:tab/></w:r>%s%s`, run(layout.Clean(mark), fonts(hei)+`<w:b/><w:color w:val="C00000"/>`), watermark(layout.Clean(mark)))
	}
	b.WriteString(`</w:p></w:hdr>`)
	return b.String()
}

// watermark writes the mark across the page.
func watermark(mark string) string {
	const room = 560.0
	length := float64(len([]rune(mark)))
	size := min(room/length, 90)
	return fmt.Sprintf(`<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="mark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="%s" style="position:absolute;margin-left:0;margin-top:0;width:%dpt;height:%dpt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ebebeb" stroked="f"><v:textpath style="font-family:&quot;%s&quot;;font-size:1pt" string="%s"/></v:shape></w:pict></w:r>`,
		escape(mark), int(math.Round(size*length)), int(math.Round(size)), song, escape(mark))
}

func footer(numbered bool) string {
	number := ""
	if numbered {
		number = run("— ", "") + field("PAGE", "1") + run(" —", "")
	}
	return fmt.Sprintf(`%s<w:ftr %s><w:p><w:pPr><w:pStyle w:val="Note"/><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>%s</w:p></w:ftr>`, declaration, namespaces, number)
}
