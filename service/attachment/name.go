package attachment

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
)

const maxName = 120 // characters

// tidyName makes a name that every system can keep: no folders, no invisible
// characters, none that a system forbids; a long one loses its middle part's end and
// keeps its ending.
// Errors: Invalid "attachment.name".
func tidyName(name string) (string, error) {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.In(r, unicode.C):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	ending := path.Ext(name)
	stem := []rune(strings.Trim(strings.TrimSuffix(name, ending), " ."))
	if room := maxName - utf8.RuneCountInString(ending); len(stem) > room && room > 0 {
		stem = stem[:room]
	}
	if len(stem) == 0 || len(ending) < 2 || utf8.RuneCountInString(ending) > 10 {
		return "", model.Fail(model.Invalid, "attachment.name", "文件名应有名称和后缀，如“立项批复.pdf”，请改名后再传")
	}
	return string(stem) + strings.ToLower(ending), nil
}
