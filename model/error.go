package model

import (
	"errors"
	"fmt"
	"strings"
)

// Code is one of the six kinds of failure a caller can meet.
type Code string

// The six codes. One file of the api package maps them to HTTP, one of cmd to
// exit statuses.
const (
	Invalid         Code = "invalid"         // the request can't be right as it stands
	Unauthenticated Code = "unauthenticated" // nobody is logged in
	Forbidden       Code = "forbidden"       // somebody is, and may not
	NotFound        Code = "notFound"        // not there, or not in the caller's scope
	Conflict        Code = "conflict"        // somebody else was faster, or the state forbids it
	Internal        Code = "internal"        // our fault; details are in the log alone
)

// Error is the one error type that crosses package borders.
type Error struct {
	Code    Code
	Reason  string    // stable key for programs: "unit.unknown"
	Message string    // Chinese: what, where, what to do
	Fields  []Problem // all field errors at once, where there are any
	Err     error     // the cause, for the log
}

// Problem is one fault of one field of an input.
type Problem struct {
	Path    string `json:"path"`    // JSON path: $.projects[3].budget[0].amount
	Message string `json:"message"` // Chinese
}

// Error gives the message, with the cause where there is one.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s (%s: %v)", e.Message, e.Reason, e.Err)
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Fail makes an Error; the message is formatted as by fmt.Sprintf.
func Fail(code Code, reason, format string, args ...any) *Error {
	return &Error{Code: code, Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// CodeOf tells the code of an error; whatever is not an Error is Internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// ReasonOf gives the reason key of an error, "" where it is not an Error.
func ReasonOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

// IsRefusal tells an answer of ours from a failure, and from the trouble of a
// database, which is nobody's doing. Refused attempts are logged.
func IsRefusal(err error) bool {
	return err != nil && CodeOf(err) != Internal && !strings.HasPrefix(ReasonOf(err), "store.")
}

// MessageOf gives the message of an error for its reader; that of one that is not an
// Error is its text.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}
