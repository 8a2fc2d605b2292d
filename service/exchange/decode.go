package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"unicode/utf8"

	"biaochi/model"
)

// Limits of a file. The largest honest package is some megabytes; nothing in the
// format nests deeper than a dozen levels.
const (
	MaxSize  = 64 << 20
	maxDepth = 64
)

// Decode reads a data package and gives it in normal form. It is strict and says
// everything that is wrong at once; it doesn't know any catalogue (see Validate).
// Errors: invalid “package.invalid” with a Problem for each fault, by JSON path;
// internal “package.read” where the reader fails.
func Decode(r io.Reader) (*Package, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		failure := model.Fail(model.Internal, "package.read", "读取数据包时出错，请重试")
		failure.Err = err
		return nil, failure
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if fault := syntaxFault(data); fault != "" {
		return nil, refuse([]model.Problem{{Path: "$", Message: fault}})
	}
	p := new(Package)
	d := &decoder{cursor: cursor{data: data}}
	if d.value(packageShape, packageShape.title, reflect.ValueOf(p).Elem()) {
		d.add("文件里没有数据包，应为对象 {…}")
	}
	if problems := d.faults.list(); len(problems) > 0 {
		return nil, refuse(problems)
	}
	return p, nil
}

// refuse makes the one error of a package that can't come in; nil where there is
// no problem. Use cases pass it what Validate gives.
func refuse(problems []model.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	failure := model.Fail(model.Invalid, "package.invalid", "数据包有 %d 处错误，未读入。第一处 %s：%s",
		len(problems), problems[0].Path, problems[0].Message)
	failure.Fields = problems
	return failure
}

// syntaxFault gives what keeps data from being one JSON value of bearable size
// and depth in UTF-8, "" where nothing does.
func syntaxFault(data []byte) string {
	switch {
	case len(data) > MaxSize:
		return fmt.Sprintf("文件超过 %d MiB，不是一个单位一年的数据包", MaxSize>>20)
	case !utf8.Valid(data):
		return encodingFault(data)
	}
	if at, deep := tooDeep(data); deep {
		return fmt.Sprintf("嵌套超过 %d 层（%s），不是数据包", maxDepth, lineColumn(data, at))
	}
	return jsonFault(data)
}

func encodingFault(data []byte) string {
	at := 0
	for {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	if at > 0 && !utf8.FullRune(data[at:]) {
		return "文件不完整：最后一个字符被截断（" + lineColumn(data, at) + "），请重新取得文件"
	}
	return "文件不是 UTF-8 编码（" + lineColumn(data, at) + "），请另存为 UTF-8 后再导入"
}

func jsonFault(data []byte) string {
	reader := json.NewDecoder(bytes.NewReader(data))
	var value json.RawMessage
	err := reader.Decode(&value)
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return "文件是空的，不是 JSON"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "文件不完整：JSON 在" + lineColumn(data, len(data)) + "中断，请重新取得文件"
	case errors.As(err, &syntax):
		return "不是合法的 JSON：" + lineColumn(data, int(syntax.Offset)-1) + "写法有误，请检查此处的逗号、引号和括号"
	case err != nil:
		return "不是合法的 JSON：" + err.Error()
	}
	rest := data[reader.InputOffset():]
	if extra := bytes.TrimLeft(rest, " \t\r\n"); len(extra) > 0 {
		return "JSON 结束后还有多余内容（" + lineColumn(data, len(data)-len(extra)) + "），一个文件只放一个数据包"
	}
	return ""
}

// lineColumn gives line and column, from 1, of a byte; columns count characters.
func lineColumn(data []byte, at int) string {
	at = max(0, min(at, len(data)))
	before := data[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return fmt.Sprintf("第 %d 行第 %d 列", bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(before[start:])+1)
}
