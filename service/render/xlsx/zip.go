package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// sortedZip is a zip archive whose parts stand in a fixed order, since the library
// walks streamed sheets in random order. Parts wait compressed until Close; that
// costs a tenth of the sheets' size in memory.
type sortedZip struct {
	out    io.Writer
	parts  []*zipPart
	packer *flate.Writer // of the last part; it is large, and one is enough
}

// zipPart is one compressed file of the archive.
type zipPart struct {
	name   string
	data   bytes.Buffer
	packer *flate.Writer
	sum    hash.Hash32
	size   uint64
}

func newSortedZip(out io.Writer) *sortedZip { return &sortedZip{out: out} }

// Create starts a part; the one before it is complete then.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	part := &zipPart{name: name, sum: crc32.NewIEEE()}
	if z.packer == nil {
		var err error
		if z.packer, err = flate.NewWriter(&part.data, flate.BestSpeed); err != nil {
			return nil, err
		}
	} else {
		z.packer.Reset(&part.data)
	}
	part.packer = z.packer
	z.parts = append(z.parts, part)
	return part, nil
}

// finish completes the last part.
func (z *sortedZip) finish() error {
	if z.packer == nil {
		return nil
	}
	return z.packer.Close()
}

// AddFS is asked for by the library's interface alone; nothing here calls it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive: the list of content types first, as readers expect,
// then the parts by name.
func (z *sortedZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *zipPart) int { return strings.Compare(a.name, b.name) })
	archive := zip.NewWriter(z.out)
	for _, part := range z.parts {
		if err := part.copyTo(archive); err != nil {
			return err
		}
	}
	return archive.Close()
}

// contentTypes is the list of parts; the library walks its defaults in random order
// where a workbook has charts, and writes the part in one piece.
const contentTypes = "[Content_Types].xml"

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

func (p *zipPart) Write(b []byte) (int, error) {
	written := len(b)
	if p.name == contentTypes {
		b = sortDefaults(b)
	}
	p.sum.Write(b)
	p.size += uint64(len(b))
	_, err := p.packer.Write(b)
	return written, err
}

// sortDefaults puts the defaults of the list of parts in order, where they stand.
func sortDefaults(list []byte) []byte {
	sorted := defaultType.FindAll(list, -1)
	slices.SortFunc(sorted, bytes.Compare)
	i := -1
	return defaultType.ReplaceAllFunc(list, func([]byte) []byte { i++; return sorted[i] })
}

func (p *zipPart) copyTo(archive *zip.Writer) error {
	entry, err := archive.CreateRaw(&zip.FileHeader{
		Name: p.name, Method: zip.Deflate, CRC32: p.sum.Sum32(),
		CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
	})
	if err != nil {
		return err
	}
	_, err = p.data.WriteTo(entry)
	return err
}
