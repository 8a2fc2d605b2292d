package model

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// ID identifies a record; it is made by the program, never by the database, so
// that a retried transaction and a cluster of databases give the same keys.
// In JSON it is a string, since 63 bits do not fit a JavaScript number.
type ID int64

// String gives the identifier in decimal digits.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText writes the identifier as decimal digits.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads decimal digits.
func (id *ID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n <= 0 {
		return fmt.Errorf("not an identifier: %q", text)
	}
	*id = ID(n)
	return nil
}

// IDs hands out identifiers that grow with time: 41 bits of milliseconds since
// 2020, 12 bits drawn at start for the process, 10 bits of sequence.
type IDs struct {
	mu      sync.Mutex
	now     func() time.Time
	process int64
	last    int64
	seq     int64
}

var idEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// NewIDs starts a source of identifiers on the given clock.
func NewIDs(now func() time.Time) *IDs {
	var b [2]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails on the systems we run on
	return &IDs{now: now, process: int64(binary.BigEndian.Uint16(b[:]) & 0xfff)}
}

// Next gives an identifier that this source never gave before; a clock that is
// set back does not make it repeat itself.
func (s *IDs) Next() ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ms := s.now().Sub(idEpoch).Milliseconds()
	if ms <= s.last {
		ms = s.last
		s.seq++
		if s.seq == 1<<10 {
			ms++
			s.seq = 0
		}
	} else {
		s.seq = 0
	}
	s.last = ms
	return ID(ms<<22 | s.process<<10 | s.seq)
}
