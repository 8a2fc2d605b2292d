package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"biaochi/service/render/font"
)

// file writes the objects of a PDF one after the other and remembers where they
// begin. The first error of the writer stands in err.
type file struct {
	w      io.Writer
	err    error
	size   int64
	sum    hash.Hash // of all that was written: the file's identifier
	places []place   // by object number, from 1
	packed []ref     // objects that wait to be written together
	bodies []string  // of these
	fonts  []*face
	packer *zlib.Writer // of all streams, one after the other: it is large
}

// face is a font of the file.
type face struct {
	*font.Subset
	ref ref
}

// ref is the number of an object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// place is where an object stands: at a byte of the file or, where pack is set, as one
// of those in another object.
type place struct {
	offset int64
	pack   ref
	index  int
}

func newFile(w io.Writer) *file {
	f := &file{w: w, sum: sha256.New()}
	f.packer, f.err = zlib.NewWriterLevel(io.Discard, zlib.BestSpeed)
	f.print("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return f
}

func (f *file) print(text string) {
	if f.err != nil {
		return
	}
	f.size += int64(len(text))
	f.sum.Write([]byte(text))
	_, f.err = io.WriteString(f.w, text)
}

// reserve gives the number of an object that is written later.
func (f *file) reserve() ref {
	f.places = append(f.places, place{})
	return ref(len(f.places))
}

// perPack is how many objects are compressed together: a reader unpacks them all to
// get one.
const perPack = 200

// object writes an object under a reserved number, together with others.
func (f *file) object(r ref, body string) {
	f.packed, f.bodies = append(f.packed, r), append(f.bodies, body)
	if len(f.packed) == perPack {
		f.pack()
	}
}

// pack writes the objects that wait.
func (f *file) pack() {
	if len(f.packed) == 0 {
		return
	}
	own := f.reserve()
	var heads, all strings.Builder
	for i, r := range f.packed {
		f.places[r-1] = place{pack: own, index: i}
		fmt.Fprintf(&heads, "%d %d ", r, all.Len())
		all.WriteString(f.bodies[i] + "\n")
	}
	entries := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(f.packed), heads.Len())
	f.packed, f.bodies = f.packed[:0], f.bodies[:0]
	f.stream(own, entries, []byte(heads.String()+all.String()))
}

// stream writes a compressed stream under a reserved number; entries are those of
// its dictionary besides length and filter.
func (f *file) stream(r ref, entries string, data []byte) {
	var packed bytes.Buffer
	f.packer.Reset(&packed)
	_, err := f.packer.Write(data)
	if closed := f.packer.Close(); err == nil {
		err = closed
	}
	if err != nil && f.err == nil {
		f.err = err
	}
	f.places[r-1] = place{offset: f.size}
	f.print(fmt.Sprintf("%d 0 obj\n<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream\nendobj\n", r, packed.Len(), entries, packed.String()))
}

// close writes the table of objects and what leads to the root.
func (f *file) close(root, info ref) {
	f.pack()
	own, start := f.reserve(), f.size
	f.places[own-1].offset = start
	table := []byte{0, 0, 0, 0, 0, 255, 255}
	for _, p := range f.places {
		if p.pack != 0 {
			table = binary.BigEndian.AppendUint32(append(table, 2), uint32(p.pack))
		} else {
			table = binary.BigEndian.AppendUint32(append(table, 1), uint32(p.offset))
		}
		table = binary.BigEndian.AppendUint16(table, uint16(p.index))
	}
	id := hex.EncodeToString(f.sum.Sum(nil)[:16])
	f.stream(own, fmt.Sprintf("/Type/XRef/W[1 4 2]/Size %d/Root %s/Info %s/ID[<%s><%s>]", len(f.places)+1, root, info, id, id), table)
	f.print(fmt.Sprintf("startxref\n%d\n%%%%EOF\n", start))
}

// text writes a string of the file in UTF-16, as titles and bookmarks are.
func text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}

// number writes a length with two decimals at most.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func numbers(values ...float64) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = number(v)
	}
	return strings.Join(texts, " ")
}
