package font

import (
	"encoding/binary"
	"slices"
)

// Subset is a face cut down to the characters of one file. Every character has a
// glyph of its own, numbered from 1 in the order of first use: two characters of one
// shape can be told apart when text is copied, and one that is missing keeps its
// meaning though Replacement is drawn.
type Subset struct {
	Face       *Face
	Characters []rune // Characters[i] is glyph i+1
	numbers    map[rune]uint16
}

// NewSubset starts an empty subset.
func NewSubset(f *Face) *Subset { return &Subset{Face: f, numbers: map[rune]uint16{}} }

// Glyph gives the number of a character's glyph, adding it on first use.
func (s *Subset) Glyph(r rune) uint16 {
	n, ok := s.numbers[r]
	if !ok {
		s.Characters = append(s.Characters, r)
		n = uint16(len(s.Characters))
		s.numbers[r] = n
	}
	return n
}

// File gives the subset as TrueType, without a character map: a PDF holds its own.
func (s *Subset) File() []byte {
	glyf, loca, hmtx := s.outlines()
	count := uint16(len(s.Characters) + 1)
	hhea, maxp := slices.Clone(s.Face.tables["hhea"]), slices.Clone(s.Face.tables["maxp"])
	binary.BigEndian.PutUint16(hhea[34:], count)
	binary.BigEndian.PutUint16(maxp[4:], count)
	head := slices.Clone(s.Face.tables["head"])
	binary.BigEndian.PutUint32(head[8:], 0) // checkSumAdjustment
	file := assemble([]fontTable{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
	adjust(file, head)
	return file
}

// outlines gives the tables of glyphs, their places and their widths; glyph 0 is
// empty.
func (s *Subset) outlines() (glyf, loca, hmtx []byte) {
	loca = append(loca, 0, 0, 0, 0, 0, 0, 0, 0)
	hmtx = append(hmtx, 3, 232, 0, 0) // 1000 wide
	for _, r := range s.Characters {
		g := int(s.Face.glyph(r))
		glyf = append(glyf, s.Face.outline[s.Face.offsets[g]:s.Face.offsets[g+1]]...)
		glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(s.Face.Width(r)))
		hmtx = append(hmtx, s.Face.bearing(g)...)
	}
	return glyf, loca, hmtx
}

// bearing gives the two bytes of a glyph's left side bearing.
func (f *Face) bearing(glyph int) []byte {
	at := 4*glyph + 2
	if long := len(f.widths); glyph >= long {
		at = 4*long + 2*(glyph-long)
	}
	return f.tables["hmtx"][at : at+2]
}

type fontTable struct {
	tag  string
	data []byte
}

// assemble writes tables that are sorted by tag, each with its checksum.
func assemble(tables []fontTable) []byte {
	power, exponent := 1, 0
	for power*2 <= len(tables) {
		power, exponent = power*2, exponent+1
	}
	file := []byte{0, 1, 0, 0}
	for _, v := range []int{len(tables), power * 16, exponent, (len(tables) - power) * 16} {
		file = binary.BigEndian.AppendUint16(file, uint16(v))
	}
	offset := 12 + 16*len(tables)
	for _, t := range tables {
		file = append(file, t.tag...)
		for _, v := range []uint32{checksum(t.data), uint32(offset), uint32(len(t.data))} {
			file = binary.BigEndian.AppendUint32(file, v)
		}
		offset += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		file = append(file, t.data...)
		file = append(file, make([]byte, -len(file)&3)...)
	}
	return file
}

// adjust sets checkSumAdjustment of the head table, as the format asks.
func adjust(file, head []byte) {
	for i := range int(u16(file, 4)) {
		entry := file[12+16*i:]
		if string(entry[:4]) == "head" && len(head) > 12 {
			binary.BigEndian.PutUint32(file[u32(entry, 8)+8:], 0xB1B0AFBA-checksum(file))
		}
	}
}

func checksum(data []byte) (sum uint32) {
	for len(data) >= 4 {
		sum += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	var rest [4]byte
	copy(rest[:], data)
	return sum + binary.BigEndian.Uint32(rest[:])
}
