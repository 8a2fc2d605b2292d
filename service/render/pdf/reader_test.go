package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// objects reads the bodies of a file's objects by their numbers, those of streams
// unpacked, as a viewer does: from its end, by the table of objects.
func objects(t testing.TB, file []byte) map[int]string {
	t.Helper()
	end := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(file)
	if end == nil {
		t.Fatal("the file doesn't say where its table of objects is")
	}
	head, table := streamAt(t, file, whole(t, string(end[1])))
	found, packs := map[int]string{}, map[int][]string{}
	for number := 1; 7*number < len(table); number++ {
		entry := table[7*number:]
		where, index := int(binary.BigEndian.Uint32(entry[1:])), int(binary.BigEndian.Uint16(entry[5:]))
		switch entry[0] {
		case 1:
			if !bytes.HasPrefix(file[where:], []byte(strconv.Itoa(number)+" 0 obj\n")) {
				t.Errorf("object %d is not at %d", number, where)
			}
			head, data := streamAt(t, file, where)
			found[number] = head + string(data)
		case 2:
			if packs[where] == nil {
				packs[where] = packed(t, file, offsetOf(t, table, where))
			}
			found[number] = packs[where][index]
		}
	}
	if size := regexp.MustCompile(`/Size (\d+)/`).FindStringSubmatch(head); size == nil || whole(t, size[1]) != len(found)+1 {
		t.Errorf("%d objects, the file says %v", len(found), size)
	}
	return found
}

// offsetOf looks up a stream in the table of objects.
func offsetOf(t testing.TB, table []byte, number int) int {
	t.Helper()
	if table[7*number] != 1 {
		t.Fatalf("object %d is packed into one that is packed", number)
	}
	return int(binary.BigEndian.Uint32(table[7*number+1:]))
}

// streamAt reads the stream that begins at a byte.
func streamAt(t testing.TB, file []byte, at int) (head string, data []byte) {
	t.Helper()
	before, rest, ok := bytes.Cut(file[at:], []byte("\nstream\n"))
	length := regexp.MustCompile(`/Length (\d+)`).FindSubmatch(before)
	if !ok || length == nil {
		t.Fatalf("no stream at %d", at)
	}
	n := whole(t, string(length[1]))
	if !bytes.HasPrefix(rest[n:], []byte("\nendstream\nendobj\n")) {
		t.Fatalf("the stream at %d is not %d bytes long", at, n)
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(rest[:n]))
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(unpacked); err != nil {
		t.Fatal(err)
	}
	return string(before), data
}

// packed reads the objects that stand in a stream together.
func packed(t testing.TB, file []byte, at int) (bodies []string) {
	t.Helper()
	head, data := streamAt(t, file, at)
	first := whole(t, regexp.MustCompile(`/First (\d+)`).FindStringSubmatch(head)[1])
	places := strings.Fields(string(data[:first]))
	for i := 1; i < len(places); i += 2 {
		end := len(data) - first
		if i+2 < len(places) {
			end = whole(t, places[i+2])
		}
		bodies = append(bodies, strings.TrimSpace(string(data[first+whole(t, places[i]):first+end])))
	}
	return bodies
}

func whole(t testing.TB, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestObjects looks up every object where the file says that it begins, and asks for
// every one that is referred to.
func TestObjects(t *testing.T) {
	found := objects(t, sample(t))
	for number, body := range found {
		head, _, _ := strings.Cut(body, "\nstream\n")
		for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(head, -1) {
			if found[whole(t, m[1])] == "" {
				t.Errorf("object %d refers to %s, which is not there", number, m[1])
			}
		}
	}
}
