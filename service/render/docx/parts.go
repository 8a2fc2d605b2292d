package docx

import (
	"fmt"
	"strings"

	"biaochi/service/render/layout"
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`

// parts gives the files of the archive in their order: the list of types first, as
// readers expect.
func (b *builder) parts() []part {
	d := b.document
	const types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	own := []struct {
		part
		kind string
	}{
		{part{"styles", styles()}, "styles"},
		{part{"fontTable", fontTable()}, "fontTable"},
		{part{"settings", settings}, "settings"},
		{part{"headerCover", header("", d.Mark, layout.PaperShort)}, "header"},
		{part{"headerPortrait", header(d.Header, d.Mark, layout.PaperShort)}, "header"},
		{part{"headerLandscape", header(d.Header, d.Mark, layout.PaperLong)}, "header"},
		{part{"footerCover", footer(false)}, "footer"},
		{part{"footerNumber", footer(true)}, "footer"},
	}
	var overrides, relations strings.Builder
	override(&overrides, "word/document.xml", types+"document.main+xml")
	override(&overrides, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	override(&overrides, "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")
	var last []part
	for _, p := range own {
		relate(&relations, p.name, office+p.kind, p.name+".xml")
		override(&overrides, "word/"+p.name+".xml", types+p.kind+"+xml")
		last = append(last, part{"word/" + p.name + ".xml", p.content})
	}
	for i, c := range b.charts {
		relate(&relations, fmt.Sprintf("chart%d", i+1), office+"chart", strings.TrimPrefix(c.name, "word/"))
		override(&overrides, c.name, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
	}
	first := []part{
		{"[Content_Types].xml", declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` + overrides.String() + `</Types>`},
		{"_rels/.rels", related(packageRelations())},
		{"docProps/core.xml", b.core()},
		{"docProps/app.xml", declaration + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Biaochi</Application></Properties>`},
		{"word/_rels/document.xml.rels", related(relations.String())},
		{"word/document.xml", b.String()},
	}
	return append(append(first, last...), b.charts...)
}

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

func override(b *strings.Builder, name, kind string) {
	fmt.Fprintf(b, `<Override PartName="/%s" ContentType="%s"/>`, name, kind)
}

func relate(b *strings.Builder, id, kind, target string) {
	fmt.Fprintf(b, `<Relationship Id="%s" Type="%s" Target="%s"/>`, id, kind, target)
}

func related(relations string) string {
	return declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations + `</Relationships>`
}

func packageRelations() string {
	var b strings.Builder
	relate(&b, "document", office+"officeDocument", "word/document.xml")
	relate(&b, "core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")
	relate(&b, "app", office+"extended-properties", "docProps/app.xml")
	return b.String()
}

// core writes the document's properties, without times.
func (b *builder) core() string {
	d := b.document
	return fmt.Sprintf(`%s<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>%s</dc:language></cp:coreProperties>`,
		declaration, escape(layout.Clean(d.Title)), escape(layout.Clean(d.Owner)), escape(d.Language))
}

// settings keeps Word from laying out as older versions did.
const settings = declaration + `<w:settings ` + namespaces + `><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`
