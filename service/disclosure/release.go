package disclosure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"biaochi/model"
	"biaochi/service/render"
)

// Stamp is what a published version says of itself beyond its content.
type Stamp struct {
	Number      int        `json:"number"`
	PublishedOn model.Date `json:"publishedOn"` // Beijing
	ReviewedOn  model.Date `json:"reviewedOn"`  // 保密审查
	SignedOn    model.Date `json:"signedOn"`    // 负责人签批
	ContentHash string     `json:"contentHash"` // of the bundle's canonical bytes
}

// Release is a published version as anybody may keep and prove it: its stamp and the
// bytes of its bundle.
type Release struct {
	Stamp  Stamp           `json:"stamp"`
	Bundle json.RawMessage `json:"bundle"`
}

// ReleaseFile is the name of a release among the files of a published version.
const ReleaseFile = "公开数据包.json"

// Encode gives the bytes of a release's file.
func (r Release) Encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return out.Bytes(), err
}

// DecodeRelease reads a release's file. The hash of its bundle is not compared here.
// Errors: Invalid "release.syntax".
func DecodeRelease(raw []byte) (Release, error) {
	var r Release
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil || len(r.Bundle) == 0 {
		return r, &model.Error{Code: model.Invalid, Reason: "release.syntax", Message: "这不是公开数据包，或者文件不完整，请重新下载", Err: err}
	}
	return r, nil
}

// shownHash is how much of a hash people can compare by eye.
const shownHash = 16

// Stamped gives the document as it goes out: no mark, and on the cover the dates of
// review, sign-off and publication, the version and the code that proves its content.
// A draft has no day of publication and goes out as it is, marked.
func (s Stamp) Stamped(d render.Document) render.Document {
	if s.PublishedOn == "" {
		return d
	}
	d.Mark = ""
	d.Imprint = []string{
		"保密审查情况：已审查（" + LongDate(s.ReviewedOn) + "）",
		"负责人审签情况：已审签（" + LongDate(s.SignedOn) + "）",
		"公开日期：" + LongDate(s.PublishedOn) + version(s.Number),
		"内容校验码：" + s.ContentHash[:min(shownHash, len(s.ContentHash))],
	}
	return d
}

func version(number int) string {
	if number <= 1 {
		return ""
	}
	return "（第" + strconv.Itoa(number) + "版，更正后公开）"
}

// LongDate writes a day as documents do: 2024年2月5日.
func LongDate(day model.Date) string {
	var year, month, date int
	if _, err := fmt.Sscanf(string(day), "%d-%d-%d", &year, &month, &date); err != nil {
		return string(day)
	}
	return fmt.Sprintf("%d年%d月%d日", year, month, date)
}
