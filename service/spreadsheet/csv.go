package spreadsheet

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"biaochi/model"
)

// readCSV reads what spreadsheets and other programs write as CSV: UTF-8, UTF-16 with
// its mark or GB 18030, with commas, tabs or semicolons between cells.
func readCSV(content []byte, maxRows int) (Sheet, error) {
	decoded, err := decode(content)
	if err != nil {
		return Sheet{}, err
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(decoded))
	sheet, separator, blank := Sheet{Name: "CSV", from: from1900}, separatorOf(text), 0
	for text != "" {
		row, rest, ok := cutRow(text, separator)
		number := len(sheet.Rows) + blank + 1
		switch text = rest; {
		case !ok:
			return Sheet{}, model.Fail(model.Invalid, "csv.quote", "CSV 第 %d 行有引号没有成对，请检查后再传", number)
		case len(row) == 1 && row[0].Raw == "":
			blank++
		case number > maxRows || len(row) > MaxColumns:
			return Sheet{}, model.Fail(model.Invalid, "csv.tooLarge", "CSV 超过 %d 行或 %d 列，请分几次上传", maxRows, MaxColumns)
		default:
			sheet.Rows, blank = append(append(sheet.Rows, make([][]Value, blank)...), row), 0
		}
	}
	return sheet, nil
}

// cutRow takes the first row off a text; not ok where its quotes don't match. The
// standard library refuses quotes that other programs leave bare, or, told not to,
// takes all that follows one for a single cell.
func cutRow(text, separator string) (row []Value, rest string, ok bool) {
	for {
		cell, rest, ok := cutCell(text, separator)
		if !ok {
			return nil, "", false
		}
		row = append(row, Value{cell, cell})
		if text, ok = strings.CutPrefix(rest, separator); !ok {
			return row, strings.TrimPrefix(rest, "\n"), true
		}
	}
}

// cutCell takes the first cell off a text. A quote within a cell is text, as is a
// word in quotes that a cell begins with: “"三公"经费”.
func cutCell(text, separator string) (cell, rest string, ok bool) {
	ends := separator + "\n"
	if strings.HasPrefix(text, `"`) {
		cell, rest, ok = cutQuoted(text[1:])
		if !ok || rest == "" || strings.HasPrefix(rest, separator) || rest[0] == '\n' {
			return cell, rest, ok
		}
		if strings.ContainsAny(cell, ends) {
			return "", "", false
		}
	}
	end := strings.IndexAny(text, ends)
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:], true
}

// cutQuoted takes off what stands before a closing quote.
func cutQuoted(text string) (cell, rest string, ok bool) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, `"`)
		if !found {
			return "", "", false
		}
		b.WriteString(before)
		if text, found = strings.CutPrefix(after, `"`); !found {
			return b.String(), after, true
		}
		b.WriteByte('"')
	}
}

// decode gives the text of a file in UTF-8.
func decode(content []byte) (text []byte, err error) {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(content)
	case utf8.Valid(content):
		text = bytes.TrimPrefix(content, []byte("\ufeff"))
	default:
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(content)
	}
	switch {
	case err != nil || !utf8.Valid(content) && bytes.ContainsRune(text, utf8.RuneError):
		return nil, &model.Error{Code: model.Invalid, Reason: "csv.encoding", Message: "CSV 的编码不是 UTF-8、UTF-16 或 GB 18030，请用表格软件另存为“CSV UTF-8”后再传", Err: err}
	case bytes.IndexByte(text, 0) >= 0:
		return nil, model.Fail(model.Invalid, "csv.type", "这既不是 xlsx 文件，也不是 CSV 文件，请核对后再传")
	}
	return text, nil
}

// separatorOf gives the one that most of the first lines have; commas within texts are
// in some of them only.
func separatorOf(text string) string {
	head := strings.Split(text[:min(len(text), 4096)], "\n")
	best, most := ",", [2]int{}
	for _, separator := range []string{",", "\t", ";", "，"} {
		var n [2]int // lines that have it, and how often
		for _, line := range head {
			if count := strings.Count(line, separator); count > 0 {
				n[0]++
				n[1] += count
			}
		}
		if slices.Compare(n[:], most[:]) > 0 {
			best, most = separator, n
		}
	}
	return best
}
