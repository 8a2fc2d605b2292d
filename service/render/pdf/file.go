package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
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
	w       io.Writer
	err     error
	size    int64
	sum     hash.Hash // of all that was written: the file's identifier
	offsets []int64   // by object number, from 1
	fonts   []*face
	packer  *zlib.Writer // of all streams, one after the other: it is large
}

// face is a font of the file.
type face struct {
	*font.Subset
	ref ref
}

// ref is the number of an object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

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
	f.offsets = append(f.offsets, 0)
	return ref(len(f.offsets))
}

// object writes an object under a reserved number.
func (f *file) object(r ref, body string) {
	f.offsets[r-1] = f.size
	f.print(fmt.Sprintf("%d 0 obj\n%s\nendobj\n", r, body))
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
	f.object(r, fmt.Sprintf("<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream", packed.Len(), entries, packed.String()))
}

// close writes the table of objects and what leads to the root.
func (f *file) close(root, info ref) {
	start := f.size
	var b strings.Builder
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	id := hex.EncodeToString(f.sum.Sum(nil)[:16])
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %s/Info %s/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, root, info, id, id, start)
	f.print(b.String())
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
