package web_test

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"biaochi/web"
)

// TestContrast holds every colour of text against every ground it stands on:
// 4.5 to 1 at least, as WCAG 2 asks for.
func TestContrast(t *testing.T) {
	colours := map[string]string{"highlight": "#fff3d6", "head": "#f5f7f9"}
	for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(web.Stylesheet(), -1) {
		if _, known := colours[m[1]]; !known { // the first is the screen's
			colours[m[1]] = m[2]
		}
	}
	for _, text := range []string{"ink", "soft", "blue", "green", "amber", "red"} {
		for _, ground := range []string{"sheet", "ground", "wash", "head", "highlight"} {
			if ratio := contrast(colours[text], colours[ground]); ratio < 4.5 {
				t.Errorf("%s on %s: %.2f to 1", text, ground, ratio)
			}
		}
	}
	if ratio := contrast("#fff", colours["blue"]); ratio < 4.5 {
		t.Errorf("white on blue: %.2f to 1", ratio)
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(channel(colour, i)) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// channel reads one of the three parts of #rgb or #rrggbb.
func channel(colour string, i int) uint64 {
	digits := ""
	switch len(colour) {
	case 4:
		digits = colour[i+1:i+2] + colour[i+1:i+2]
	case 7:
		digits = colour[2*i+1 : 2*i+3]
	}
	v, _ := strconv.ParseUint(digits, 16, 8)
	return v
}
