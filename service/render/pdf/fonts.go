package pdf

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"biaochi/service/render/font"
)

// face gives the number of a font of the file, from 0, adding it on first use.
func (f *file) face(wanted *font.Face) int {
	for i, have := range f.fonts {
		if have.Face == wanted {
			return i
		}
	}
	f.fonts = append(f.fonts, &face{font.NewSubset(wanted), f.reserve()})
	return len(f.fonts) - 1
}

// glyphs writes a text as glyph numbers of a font.
func (f *face) glyphs(text string) string {
	const digits = "0123456789ABCDEF"
	out := make([]byte, 1, 4*len(text)+2)
	out[0] = '<'
	for _, r := range text {
		g := f.Glyph(r)
		out = append(out, digits[g>>12], digits[g>>8&15], digits[g>>4&15], digits[g&15])
	}
	return string(append(out, '>'))
}

// embed writes the fonts, once all text has been written.
func (f *file) embed() {
	for _, face := range f.fonts {
		program, descriptor, cid, toUnicode := f.reserve(), f.reserve(), f.reserve(), f.reserve()
		data := face.File()
		f.stream(program, fmt.Sprintf("/Length1 %d", len(data)), data)
		name := tag(face.Characters) + "+" + face.Face.Name
		f.object(descriptor, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%s]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 730/StemV 80/FontFile2 %s>>",
			name, strings.Trim(fmt.Sprint(face.Face.Box), "[]"), face.Face.Ascent, face.Face.Descent, program))
		f.object(cid, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/CIDToGIDMap/Identity/DW 1000/W[%s]>>",
			name, descriptor, face.widths()))
		f.stream(toUnicode, "", []byte(face.unicodes()))
		f.object(face.ref, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, cid, toUnicode))
	}
}

// widths lists the glyphs that are not as wide as high.
func (f *face) widths() string {
	var b strings.Builder
	for i, r := range f.Characters {
		if w := f.Face.Width(r); w != 1000 {
			fmt.Fprintf(&b, "%d[%d]", i+1, w)
		}
	}
	return b.String()
}

// unicodes maps glyphs back to characters, also to those above U+FFFF.
func (f *face) unicodes() string {
	const perBlock = 100 // the format's limit
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for start := 0; start < len(f.Characters); start += perBlock {
		block := f.Characters[start:min(start+perBlock, len(f.Characters))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, r := range block {
			fmt.Fprintf(&b, "<%04X><", start+i+1)
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return b.String()
}

// tag gives the six letters that mark a subset, from its characters.
func tag(characters []rune) string {
	sum := uint32(len(characters))
	for _, r := range characters {
		sum = sum*31 + uint32(r)
	}
	letters := make([]byte, 6)
	for i := range letters {
		letters[i] = byte('A' + sum%26)
		sum /= 26
	}
	return string(letters)
}
