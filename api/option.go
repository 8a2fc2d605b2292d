package api

import (
	"time"

	"biaochi/service/filing"
)

// Option changes a setting of a server.
type Option func(*settings)

type settings struct {
	now    func() time.Time
	filing filing.Settings
}

// Clock gives the time by which the server works, time.Now unless said otherwise; it
// should be the store's.
func Clock(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// Filings gives what the year's settings say to the filing of records.
func Filings(f filing.Settings) Option { return func(s *settings) { s.filing = f } }

func optionsOf(options []Option) settings {
	s := settings{now: time.Now}
	for _, set := range options {
		set(&s)
	}
	return s
}
