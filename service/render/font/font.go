// Package font owns the two typefaces that documents embed: which characters they
// have, how wide these are, and subsets for a file. It reads TrueType as far as the
// fonts of this folder need it; scripts/fonts/build.sh makes them.
package font

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// The files lie open in the program: what a document doesn't use of them is never
// read, and nothing is unpacked.

//go:embed serif.ttf
var serifFile []byte

//go:embed sans.ttf
var sansFile []byte

// Face is a typeface; its measures are in thousandths of the font size. It is safe
// for use by many at once.
type Face struct {
	Name    string // as a PDF names it
	Ascent  int
	Descent int
	Box     [4]int          // left, bottom, right, top of all glyphs
	plane   []uint16        // glyphs of the characters up to U+FFFF, 0 for none
	beyond  map[rune]uint16 // of the others
	widths  []uint16        // of the first glyphs; the rest are as wide as the last
	offsets []uint32        // of outlines; one more than glyphs
	outline []byte
	tables  map[string][]byte
}

// Serif is the face of running text: GBK and the 通用规范汉字表.
var Serif = sync.OnceValue(func() *Face { return mustRead("NotoSerifSC-Regular", serifFile) })

// Sans is the face of headings: GB2312.
var Sans = sync.OnceValue(func() *Face { return mustRead("NotoSansSC-Medium", sansFile) })

// Replacement is what stands for a character that no face has.
const Replacement = '〓'

// For gives the face that draws a character: the wanted one, or the other where it
// lacks the character. ok is false where both do; then Replacement is drawn.
func For(r rune, wanted *Face) (face *Face, ok bool) {
	if wanted.Has(r) {
		return wanted, true
	}
	for _, f := range [...]*Face{Serif(), Sans()} {
		if f.Has(r) {
			return f, true
		}
	}
	return Serif(), false
}

// Has says whether the face can draw a character.
func (f *Face) Has(r rune) bool {
	_, ok := f.find(r)
	return ok
}

// find gives the glyph of a character or, where the face lacks it, of the one
// character that is its compatible form: 2 for ₂.
func (f *Face) find(r rune) (uint16, bool) {
	if g := f.own(r); g != 0 || r < 0x80 {
		return g, g != 0
	}
	plain := []rune(norm.NFKC.String(string(r)))
	if len(plain) != 1 {
		return 0, false
	}
	g := f.own(plain[0])
	return g, g != 0
}

// own is the glyph of a character itself, 0 for none.
func (f *Face) own(r rune) uint16 {
	if 0 <= r && int(r) < len(f.plane) {
		return f.plane[r]
	}
	return f.beyond[r]
}

func (f *Face) put(r rune, glyph uint16) {
	if int(r) < len(f.plane) {
		f.plane[r] = glyph
	} else {
		f.beyond[r] = glyph
	}
}

// Width is how far a character moves the pen, that of Replacement where the face
// lacks it.
func (f *Face) Width(r rune) int { return f.widthOf(f.glyph(r)) }

func (f *Face) widthOf(glyph uint16) int { return int(f.widths[min(int(glyph), len(f.widths)-1)]) }

// Advance is how far a character moves the pen in the face that For gives it.
func Advance(r rune, wanted *Face) int {
	if g := wanted.own(r); g != 0 {
		return wanted.widthOf(g)
	}
	face, _ := For(r, wanted)
	return face.Width(r)
}

func (f *Face) glyph(r rune) uint16 {
	if g, ok := f.find(r); ok {
		return g
	}
	return f.own(Replacement)
}

// mustRead panics on a broken font, since it is part of the program.
func mustRead(name string, data []byte) *Face {
	f, err := read(name, data)
	if err != nil {
		panic(fmt.Sprintf("font %s: %v", name, err))
	}
	return f
}

func read(name string, data []byte) (*Face, error) {
	f := &Face{Name: name, tables: map[string][]byte{}}
	for i := range int(u16(data, 4)) {
		entry := data[12+16*i:]
		offset, length := u32(entry, 8), u32(entry, 12)
		f.tables[string(entry[:4])] = data[offset : offset+length]
	}
	return f, f.readTables()
}

func (f *Face) readTables() error {
	head, hhea := f.tables["head"], f.tables["hhea"]
	if u16(head, 18) != 1000 || u16(head, 50) != 1 {
		return errors.New("not of 1000 units, or with short offsets")
	}
	for i := range f.Box {
		f.Box[i] = int(int16(u16(head, 36+2*i)))
	}
	f.Ascent, f.Descent = int(int16(u16(hhea, 4))), int(int16(u16(hhea, 6)))
	for i := range int(u16(hhea, 34)) {
		f.widths = append(f.widths, u16(f.tables["hmtx"], 4*i))
	}
	for i := range int(u16(f.tables["maxp"], 4)) + 1 {
		f.offsets = append(f.offsets, u32(f.tables["loca"], 4*i))
	}
	f.outline = f.tables["glyf"]
	if err := f.readCharacters(f.tables["cmap"]); err != nil {
		return err
	}
	if !f.Has(Replacement) {
		return errors.New("without the replacement character")
	}
	return nil
}

// readCharacters reads the subtable that knows most: the long one, else the short
// one, which ends at U+FFFF.
func (f *Face) readCharacters(cmap []byte) error {
	best := map[uint16][]byte{}
	for i := range int(u16(cmap, 2)) {
		table := cmap[u32(cmap, 8+8*i):]
		best[u16(table, 0)] = table
	}
	f.plane, f.beyond = make([]uint16, 1<<16), map[rune]uint16{}
	switch {
	case best[12] != nil:
		f.readGroups(best[12])
	case best[4] != nil:
		f.readSegments(best[4])
	default:
		return errors.New("without a character map of a known format")
	}
	return nil
}

// readSegments reads format 4.
func (f *Face) readSegments(table []byte) {
	count := int(u16(table, 6)) / 2
	ends, starts := 14, 16+2*count
	deltas, ranges := starts+2*count, starts+4*count
	for i := range count {
		start, end := int(u16(table, starts+2*i)), int(u16(table, ends+2*i))
		for c := start; c <= end && c < 0xFFFF; c++ {
			glyph := uint16(c)
			if offset := int(u16(table, ranges+2*i)); offset > 0 {
				if glyph = u16(table, ranges+2*i+offset+2*(c-start)); glyph == 0 {
					continue
				}
			}
			if glyph += u16(table, deltas+2*i); glyph != 0 {
				f.put(rune(c), glyph)
			}
		}
	}
}

// readGroups reads format 12.
func (f *Face) readGroups(table []byte) {
	for i := range int(u32(table, 12)) {
		group := table[16+12*i:]
		start, end, glyph := u32(group, 0), u32(group, 4), u32(group, 8)
		for c := start; c <= end; c++ {
			f.put(rune(c), uint16(glyph+c-start))
		}
	}
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
