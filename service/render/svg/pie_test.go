package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/svg"
)

func draw(t *testing.T, slices ...render.Slice) string {
	t.Helper()
	var out bytes.Buffer
	if err := svg.Pie(&out, render.Chart{Title: `图<&">`, Slices: slices}); err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return out.String()
		} else if err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
	}
}

// A slice a weight: the largest has its number, one of 0.19 % has a title alone.
func TestSlices(t *testing.T) {
	got := draw(t, render.Slice{Label: "<a>", Amount: "99.81", Share: "99.81%", Weight: 9981}, render.Slice{Label: "b", Weight: 19}, render.Slice{Label: "none"})
	if n := strings.Count(got, "<path"); n != 2 {
		t.Errorf("%d paths", n)
	}
	if strings.Contains(got, "<a>") || !strings.Contains(got, "&lt;a&gt; 99.81 99.81%") {
		t.Error("the label is not escaped")
	}
	if n := strings.Count(got, "<text"); n != 1 {
		t.Errorf("%d numbers", n)
	}
}

// One slice alone is a whole ring: an arc from a point to itself draws nothing.
func TestWholeRing(t *testing.T) {
	if got := draw(t, render.Slice{Label: "全部", Weight: 5}); !strings.Contains(got, "a108 108 0 1 0 216 0a108 108 0 1 0 -216 0") {
		t.Errorf("no ring: %s", got)
	}
}

func TestNothing(t *testing.T) {
	if got := draw(t); !strings.Contains(got, "<circle") {
		t.Errorf("no empty ring: %s", got)
	}
}
