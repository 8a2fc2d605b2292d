package model

import (
	"errors"
	"time"
)

// Beijing is the zone of every civil date and time on screen and in packages.
// It has had no daylight saving since 1992, so a fixed offset is exact.
var Beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a civil day in Beijing, ISO 8601: 2023-01-06. Empty means blank.
type Date string

// ErrDate is what reading a malformed Date gives.
var ErrDate = errors.New("日期应写成 2023-01-06")

// UnmarshalText reads an ISO date or nothing.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) > 0 {
		if _, err := time.Parse(time.DateOnly, string(text)); err != nil {
			return ErrDate
		}
	}
	*d = Date(text)
	return nil
}

// CivilTime is Beijing local time without offset as a form carries it
// (填报日期): 2023-01-06T17:51:42, or the date alone. Empty means blank. It is
// what somebody wrote on a form, not an instant, so it is kept as written.
type CivilTime string

// ErrCivilTime is what reading a malformed CivilTime gives.
var ErrCivilTime = errors.New("时间应写成 2023-01-06T17:51:42（北京时间，不带时区）或 2023-01-06")

// UnmarshalText reads local date and time, a date, or nothing.
func (c *CivilTime) UnmarshalText(text []byte) error {
	if len(text) > 0 {
		if _, ok := parseCivil(string(text)); !ok {
			return ErrCivilTime
		}
	}
	*c = CivilTime(text)
	return nil
}

// Time gives the instant meant; ok is false where blank.
func (c CivilTime) Time() (at time.Time, ok bool) { return parseCivil(string(c)) }

func parseCivil(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05", time.DateOnly} {
		if len(text) != len(layout) {
			continue // Parse would let fractions of a second through
		}
		if at, err := time.ParseInLocation(layout, text, Beijing); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
