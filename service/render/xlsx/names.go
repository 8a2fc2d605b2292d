package xlsx

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf16"

	"biaochi/service/render"
)

// maxTab is the length of a sheet's name, counted as Excel does in UTF-16.
const maxTab = 31

var forbiddenInTab = strings.NewReplacer(":", "：", `\`, "＼", "/", "／", "?", "？", "*", "＊", "[", "［", "]", "］", "'", "’")

// tabNames gives each table a sheet name.
func tabNames(tables []render.Table) []string {
	wanted := make([]string, len(tables))
	for i, t := range tables {
		wanted[i] = tabBase(t)
	}
	return uniqueTabs(wanted)
}

// uniqueTabs makes names that Excel takes: short, without forbidden characters,
// unique without regard to case.
func uniqueTabs(wanted []string) []string {
	names := make([]string, len(wanted))
	taken := map[string]bool{}
	for i, base := range wanted {
		base = cleanTab(base)
		name := cutTab(base, maxTab)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := fmt.Sprintf("（%d）", n)
			name = cutTab(base, maxTab-len([]rune(suffix))) + suffix
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// cleanTab replaces what a sheet's name can't hold.
func cleanTab(name string) string {
	return cmp.Or(strings.TrimSpace(forbiddenInTab.Replace(printable(name))), "表")
}

func tabBase(t render.Table) string {
	for _, name := range []string{t.Tab, t.Name, t.Label} {
		if strings.TrimSpace(printable(name)) != "" {
			return name
		}
	}
	return ""
}

// printable drops control characters, which a sheet's name can't hold.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\u007f' {
			return -1
		}
		return r
	}, text)
}

// cutTab cuts a name to so many UTF-16 units, and marks the cut.
func cutTab(name string, limit int) string {
	if len(utf16.Encode([]rune(name))) <= limit {
		return name
	}
	length := 0
	for i, r := range name {
		length += utf16.RuneLen(r)
		if length > limit-1 {
			return strings.TrimRight(name[:i], " ") + "…"
		}
	}
	return name
}
