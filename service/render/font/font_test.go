package font

import (
	"bytes"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestCharacters asks for every character of the charsets that the fonts promise, and
// for rare ones of names.
func TestCharacters(t *testing.T) {
	for _, c := range []struct {
		face *Face
		lead byte
		from byte
	}{{Serif(), 0x81, 0x40}, {Sans(), 0xA1, 0xA1}} {
		missing := 0
		for lead := int(c.lead); lead <= 0xFE; lead++ {
			for trail := int(c.from); trail <= 0xFE; trail++ {
				if c.face == Sans() && lead > 0xF7 {
					continue
				}
				text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{byte(lead), byte(trail)})
				if r := bytes.Runes(text); err == nil && len(r) == 1 && unicode.Is(unicode.Unified_Ideograph, r[0]) && !c.face.Has(r[0]) {
					missing++
				}
			}
		}
		if missing > 0 {
			t.Errorf("%s lacks %d ideographs of its charset", c.face.Name, missing)
		}
	}
	for _, r := range "䶮㛃𬱖𫖯𬀩𠅤㎡²₂①≥％Ⅲ·" {
		if !Serif().Has(r) {
			t.Errorf("serif lacks %c", r)
		}
	}
}

func TestReplacement(t *testing.T) {
	if face, ok := For('䶮', Sans()); !ok || face != Serif() {
		t.Error("a character that the sans lacks comes from the serif")
	}
	if _, ok := For('\U0002FA1D', Sans()); ok {
		t.Error("a character that both lack is said to be there")
	}
	if got := Serif().Width('\U0002FA1D'); got != 1000 {
		t.Errorf("the replacement is %d wide", got)
	}
}

// TestSubset reads a subset's tables back and compares outlines and widths.
func TestSubset(t *testing.T) {
	face := Serif()
	s := NewSubset(face)
	for _, r := range "预算A1预\U0002FA1D" {
		s.Glyph(r)
	}
	if len(s.Characters) != 5 || s.Glyph('预') != 1 || s.Glyph('\U0002FA1D') != 5 {
		t.Fatalf("glyphs of %q", string(s.Characters))
	}
	file := s.File()
	if checksum(file) != 0xB1B0AFBA {
		t.Error("wrong checksum of the whole")
	}
	tables := map[string][]byte{}
	for i := range int(u16(file, 4)) {
		entry := file[12+16*i:]
		table := file[u32(entry, 8):][:u32(entry, 12)]
		tables[string(entry[:4])] = table
		if string(entry[:4]) != "head" && checksum(table) != u32(entry, 4) {
			t.Errorf("wrong checksum of %s", entry[:4])
		}
	}
	for i, r := range s.Characters {
		own, at := int(face.glyph(r)), 4*(i+1)
		want := face.outline[face.offsets[own]:face.offsets[own+1]]
		if got := tables["glyf"][u32(tables["loca"], at):u32(tables["loca"], at+4)]; !bytes.HasPrefix(got, want) {
			t.Errorf("another outline for %c", r)
		}
		if int(u16(tables["hmtx"], at)) != face.Width(r) {
			t.Errorf("another width for %c", r)
		}
	}
}

// TestOutlinesAreSimple guards what Subset relies on: no glyph is made of others.
func TestOutlinesAreSimple(t *testing.T) {
	for _, face := range []*Face{Serif(), Sans()} {
		for g := range len(face.offsets) - 1 {
			outline := face.outline[face.offsets[g]:face.offsets[g+1]]
			if len(outline) > 0 && int16(u16(outline, 0)) < 0 {
				t.Fatalf("%s: glyph %d is composite", face.Name, g)
			}
		}
	}
}
