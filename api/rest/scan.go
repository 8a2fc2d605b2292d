package rest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// scanner walks text that is known to be JSON, so it never meets a fault of
// grammar. encoding/json's own tokens cost four times as much.
type scanner struct {
	data []byte
	at   int
}

func (s *scanner) blanks() {
	for s.at < len(s.data) && strings.IndexByte(" \t\r\n", s.data[s.at]) >= 0 {
		s.at++
	}
}

// next is the first byte of the next token, without taking it.
func (s *scanner) next() byte {
	s.blanks()
	return s.data[s.at]
}

// take takes the next token where it is that one byte.
func (s *scanner) take(b byte) bool {
	if s.next() != b {
		return false
	}
	s.at++
	return true
}

// raw takes one whole value, however deep, and gives its text.
func (s *scanner) raw() []byte {
	s.blanks()
	from, depth := s.at, 0
	for {
		switch s.next() {
		case '{', '[':
			depth++
			s.at++
		case '}', ']':
			depth--
			s.at++
		case ',', ':':
			s.at++
		default:
			s.plain()
		}
		if depth == 0 {
			return s.data[from:s.at]
		}
	}
}

// plain takes a text, a number or a word.
func (s *scanner) plain() []byte {
	s.blanks()
	from := s.at
	if s.data[s.at] != '"' {
		for s.at < len(s.data) && strings.IndexByte(" \t\r\n,:]}", s.data[s.at]) < 0 {
			s.at++
		}
		return s.data[from:s.at]
	}
	for s.at++; s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	s.at++
	return s.data[from:s.at]
}

// text takes a text and gives what it means; half a surrogate pair becomes U+FFFD.
func (s *scanner) text() string { return meaning(s.plain()) }

func meaning(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	for _, b := range inner {
		if b == '\\' {
			var out string
			_ = json.Unmarshal(quoted, &out) // the grammar is known to be good
			return out
		}
	}
	return string(inner)
}

// clean tells whether a text can be stored and printed everywhere: no control
// characters but tab and line ends, no remains of broken encodings, and nothing
// that XML, hence a word or sheet file, can't hold.
func clean(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || r >= 0xfffd && r <= 0xffff {
			return false
		}
	}
	return true
}
