package rest

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// ETag is a strong entity tag, quotes included; "" where a response has none.
type ETag string

// Tag makes the tag of a record's version. Whatever else the representation
// depends on goes into variant: which actions its reader may take, above all, for
// they change with the day and the reader while the version stays.
func Tag(version int, variant ...string) ETag {
	tag := strconv.Itoa(version)
	if len(variant) > 0 {
		sum := sha256.Sum256([]byte(strings.Join(variant, "\x00")))
		tag += "." + hex.EncodeToString(sum[:6])
	}
	return ETag(`"` + tag + `"`)
}

const ifMatchPattern = `^"[0-9]{1,9}([.][0-9a-f]{12})?"$`

var ifMatchForm = regexp.MustCompile(ifMatchPattern)

// IfMatch is the header If-Match: the tag that the caller read last, made by Tag.
// Lists, weak tags and * are refused, since each would let somebody overwrite what
// they haven't seen. Where the field is required and the header absent, the answer
// is 428.
type IfMatch string

// UnmarshalText reads a tag that Tag made.
func (m *IfMatch) UnmarshalText(text []byte) error {
	if !ifMatchForm.Match(text) {
		return strconv.ErrSyntax
	}
	*m = IfMatch(text)
	return nil
}

// Version is the version that the caller read; 0 where the header was absent.
func (m IfMatch) Version() int {
	digits, _, _ := strings.Cut(strings.Trim(string(m), `"`), ".")
	n, _ := strconv.Atoi(digits)
	return n
}

// Stale is the failure of a request whose If-Match is not current any more: 412
// with the tag that is. err is the use case's own conflict, for the log; it may be
// nil.
func Stale(current ETag, err error) *Failure {
	return &Failure{
		Status: http.StatusPreconditionFailed, Reason: "version.conflict", Err: err,
		Detail: "这条记录已被他人修改，请重新读取，核对差异后再提交",
		Header: map[string]string{"ETag": string(current)},
	}
}

func preconditionRequired() *Failure {
	return &Failure{
		Status: http.StatusPreconditionRequired, Reason: "version.required",
		Detail: "修改前须说明所依据的版本：请把读取时得到的 ETag 原样写入 If-Match",
	}
}

// matches tells whether If-None-Match names the tag, by weak comparison.
func matches(header string, tag ETag) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == string(tag) {
			return true
		}
	}
	return false
}

const idempotencyPattern = `^[!-~]{8,128}$`

var idempotencyForm = regexp.MustCompile(idempotencyPattern)

// IdempotencyKey is the header of the same name: 8 to 128 visible characters that
// the caller makes up anew for each deed, and repeats when repeating it.
type IdempotencyKey string

// UnmarshalText reads a key of the permitted form.
func (k *IdempotencyKey) UnmarshalText(text []byte) error {
	if !idempotencyForm.Match(text) {
		return strconv.ErrSyntax
	}
	*k = IdempotencyKey(text)
	return nil
}
