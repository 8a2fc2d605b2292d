package exchange

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// cursor walks over bytes that are known to be one valid JSON value; it never
// checks syntax again.
type cursor struct {
	data []byte
	pos  int
}

// peek gives the next byte that isn't white space, without taking it.
func (c *cursor) peek() byte {
	for {
		switch b := c.data[c.pos]; b {
		case ' ', '\t', '\r', '\n', ',', ':':
			// In valid JSON commas and colons carry nothing that order doesn't say.
			c.pos++
		default:
			return b
		}
	}
}

// enter takes an opening bracket, or whatever single byte comes next.
func (c *cursor) enter() {
	c.peek()
	c.pos++
}

// leave takes a closing bracket if it is next, and tells whether it was.
func (c *cursor) leave() bool {
	if b := c.peek(); b != '}' && b != ']' {
		return false
	}
	c.pos++
	return true
}

// raw takes one value and gives its bytes.
func (c *cursor) raw() []byte {
	first := c.peek()
	start := c.pos
	switch first {
	case '"':
		c.pos = stringEnd(c.data, c.pos)
	case '{', '[':
		c.pos = bracketEnd(c.data, c.pos)
	default:
		for c.pos < len(c.data) && !bytes.ContainsRune([]byte(" \t\r\n,]}"), rune(c.data[c.pos])) {
			c.pos++
		}
	}
	return c.data[start:c.pos]
}

// text takes a string. ok is false where it has half of a surrogate pair, which
// is no character.
func (c *cursor) text() (text string, ok bool) {
	token := c.raw()
	inner := token[1 : len(token)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), true
	}
	if loneSurrogate(inner) {
		return "", false
	}
	return text, json.Unmarshal(token, &text) == nil
}

// stringEnd gives the place after the string that starts at from, or the end of
// data where it doesn't end.
func stringEnd(data []byte, from int) int {
	for i := from + 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

// bracketEnd gives the place after the object or list that starts at from.
func bracketEnd(data []byte, from int) int {
	depth := 0
	for i := from; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = stringEnd(data, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(data)
}

// tooDeep tells where brackets nest beyond maxDepth; data may be anything.
func tooDeep(data []byte) (at int, deep bool) {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = stringEnd(data, i) - 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return i, true
			}
		case '}', ']':
			depth--
		}
	}
	return 0, false
}

// loneSurrogate tells whether \u escapes hold half of a pair.
func loneSurrogate(inner []byte) bool {
	for i := 0; i+1 < len(inner); i++ {
		if inner[i] != '\\' {
			continue
		}
		i++
		switch unit := escape(inner[i-1:]); {
		case unit < 0xD800 || unit > 0xDFFF:
		case unit > 0xDBFF:
			return true
		default:
			if low := escape(inner[i+5:]); low < 0xDC00 || low > 0xDFFF {
				return true
			}
			i += 6
		}
	}
	return false
}

// escape reads a \uXXXX at the start of text; 0 where there is none.
func escape(text []byte) int {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0
	}
	unit, _ := strconv.ParseUint(string(text[2:6]), 16, 32)
	return int(unit)
}
