package docx

import (
	"fmt"
	"strings"

	"biaochi/service/render"
	"biaochi/service/render/layout"
)

// chart writes a pie that Word can edit beside the table of all its numbers, both in
// a table without lines.
func (b *builder) chart(i int, c render.Chart, newPage bool) {
	b.paragraph(paragraph{style: "ChartTitle", newPage: newPage, keepNext: true}, c.Title)
	legend := b.book.Sheets[i]
	number := len(b.charts) + 1
	b.charts = append(b.charts, part{fmt.Sprintf("word/charts/chart%d.xml", number), pie(c)})
	side := 2 * layout.ChartRadius
	right := sum(legend.Widths)
	left := layout.PaperShort - 2*layout.MarginSide - right
	b.add(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`, twips(left+right), twips(left), twips(right))
	b.add(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p>%s</w:p></w:tc>`, twips(left), b.drawing(number, side, c))
	b.add(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, twips(right))
	b.sheet(legend)
	b.add(`<w:p><w:pPr>%s</w:pPr></w:p></w:tc></w:tr></w:tbl>`, thin)
	b.gap(i)
}

// drawing places a chart as a square in the line of text, with its numbers as the
// text for those who can't see it.
func (b *builder) drawing(number int, side float64, c render.Chart) string {
	b.ids++
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图%d" title="%s" descr="%s"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="chart%d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		emu(side), emu(side), b.ids, number, escape(layout.Clean(c.Title)), escape(layout.Clean(c.Words())), number)
}

// pie writes the part of a chart: labels and exact weights, in the colours of the
// legend.
func pie(c render.Chart) string {
	var b, labels, weights strings.Builder
	fmt.Fprintf(&b, `%s<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:pieChart><c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/>`, declaration)
	for i, s := range c.Slices {
		color := layout.Palette[i%len(layout.Palette)]
		fmt.Fprintf(&b, `<c:dPt><c:idx val="%d"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:dPt>`, i, hex(color))
		fmt.Fprintf(&labels, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escape(layout.Clean(s.Label)))
		fmt.Fprintf(&weights, `<c:pt idx="%d"><c:v>%d</c:v></c:pt>`, i, s.Weight)
	}
	count := fmt.Sprintf(`<c:ptCount val="%d"/>`, len(c.Slices))
	fmt.Fprintf(&b, `<c:cat><c:strLit>%s%s</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode>%s%s</c:numLit></c:val></c:ser><c:firstSliceAng val="0"/></c:pieChart></c:plotArea><c:plotVisOnly val="1"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`, count, labels.String(), count, weights.String())
	return b.String()
}
