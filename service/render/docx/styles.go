package docx

import (
	"fmt"
	"strings"

	"biaochi/service/render/layout"
)

// Names of fonts as official documents (GB/T 9704) and offices have them.
const (
	songTitle = "方正小标宋简体"
	hei       = "黑体"
	kai       = "楷体"
	fangSong  = "仿宋"
	song      = "宋体"
)

// fallbacks are what other machines have instead.
var fallbacks = [...][2]string{
	{songTitle, "方正小标宋_GBK"}, {hei, "SimHei"}, {kai, "楷体_GB2312"}, {fangSong, "仿宋_GB2312"}, {song, "SimSun"},
}

// named is a style of the file.
type named struct {
	id, name, font string
	layout.Style
	more string // of pPr
}

func fileStyles() []named {
	heading := func(n int, font string) named {
		outline := fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, n-1)
		return named{fmt.Sprintf("Heading%d", n), fmt.Sprintf("heading %d", n), font, layout.HeadingStyle(n), outline}
	}
	all := []named{
		{"Text", "正文文本", fangSong, layout.TextStyle(), ""},
		{"Note", "附注", song, layout.NoteStyle(), ""},
		heading(1, songTitle), heading(2, hei), heading(3, kai), heading(4, fangSong),
		{"Caption", "caption", songTitle, layout.CaptionStyle(), ""},
		{"Subtitle", "表副题", fangSong, layout.SubtitleStyle(), ""},
		{"ChartTitle", "图题", hei, layout.ChartStyle(), ""},
		{"TableLabel", "表号", hei, layout.LabelStyle(), ""},
		{"Title", "Title", songTitle, layout.CoverTitleStyle(), ""},
		{"CoverLine", "封面", hei, layout.CoverLineStyle(), ""},
		{"Imprint", "封面附注", song, layout.ImprintStyle(), ""},
		{"ContentsTitle", "目录标题", songTitle, layout.HeadingStyle(1), ""},
	}
	for level := 1; level <= 4; level++ {
		font := song
		if level == 1 {
			font = hei
		}
		indent := layout.EntryIndent * float64(level-1)
		// No indent to the right: LibreOffice drops what stands beyond it, the numbers.
		more := fmt.Sprintf(`<w:ind w:left="%d"/>`, twips(indent))
		all = append(all, named{fmt.Sprintf("TOC%d", level), fmt.Sprintf("toc %d", level), font, layout.EntryStyle(level), more})
	}
	return all
}

// styles writes the part of styles: paragraphs with exact distances of lines, so
// that pages break as in the layout whatever fonts there are.
func styles() string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>`, declaration, namespaces, fonts(song))
	b.WriteString(`<w:pPrDefault/></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>`)
	for _, s := range fileStyles() {
		b.WriteString(s.xml())
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func (s named) xml() string {
	align := "both"
	if s.Center {
		align = "center"
	}
	indent := ""
	if s.Indent > 0 {
		indent = fmt.Sprintf(`<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, int(s.Indent*100), twips(s.Indent*s.Size))
	}
	more, outline := s.more, ""
	if strings.HasPrefix(more, "<w:outlineLvl") {
		more, outline = "", s.more
	}
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="exact"/>%s%s<w:jc w:val="%s"/>%s</w:pPr><w:rPr>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`,
		s.id, s.name, twips(s.Before), twips(s.After), twips(s.Pitch), indent, more, align, outline, fonts(s.font), halfPoints(s.Size), halfPoints(s.Size))
}

// fonts names a font for Latin letters and digits too: the widths of its digits are
// those that the layout counts with, whatever stands in for it.
func fonts(name string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/>`, name)
}

// fontTable names the fallbacks.
func fontTable() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:fonts ` + namespaces + `>`)
	for _, f := range fallbacks {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/></w:font>`, f[0], f[1])
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}
