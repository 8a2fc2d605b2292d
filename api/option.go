package api

import (
	"time"

	"biaochi/service/attachment"
	"biaochi/service/filing"
	"biaochi/service/notice"
)

// Option changes a setting of a server.
type Option func(*settings)

type settings struct {
	now         func() time.Time
	filing      filing.Settings
	attachments attachment.Settings
	notices     notice.Writer
}

// Clock gives the time by which the server works, time.Now unless said otherwise; it
// should be the store's.
func Clock(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// Filings gives what the year's settings say to the filing of records.
func Filings(f filing.Settings) Option { return func(s *settings) { s.filing = f } }

// Attachments says where attachments lie and how large one may be.
func Attachments(a attachment.Settings) Option { return func(s *settings) { s.attachments = a } }

// Notices says by which ways people are told.
func Notices(w notice.Writer) Option { return func(s *settings) { s.notices = w } }

func optionsOf(options []Option) settings {
	s := settings{now: time.Now}
	for _, set := range options {
		set(&s)
	}
	return s
}
