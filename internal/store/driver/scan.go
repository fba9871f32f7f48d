package driver

import (
	"bytes"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner steps over JSON that encoding/json has written or checked. It never reads past the end and
// stops at the first surprise, but it does not prove that what it skips is valid.
type scanner struct {
	data []byte
	pos  int
	err  error
}

func (s *scanner) fail(what string) {
	if s.err == nil {
		s.err = fmt.Errorf("driver: malformed document at byte %d: %s", s.pos, what)
	}
	s.pos = len(s.data)
}

// peek gives the byte at hand, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

func (s *scanner) space() {
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return
		}
	}
}

// more steps over the comma before a next element and reports true, or over the closing byte and
// reports false.
func (s *scanner) more(closing byte) bool {
	switch s.peek() {
	case ',':
		s.pos++
		return true
	case closing:
		s.pos++
	default:
		s.fail("neither a comma nor an end")
	}
	return false
}

// str steps over a string and gives what stands between its quotes; plain says that nothing in it is
// escaped.
func (s *scanner) str() (raw []byte, plain bool) {
	if s.peek() != '"' {
		s.fail("no string")
		return nil, true
	}
	s.pos++
	from := s.pos
	for {
		end := bytes.IndexByte(s.data[s.pos:], '"')
		if end < 0 {
			s.fail("a string without an end")
			return nil, true
		}
		s.pos += end + 1
		slashes := 0
		for i := s.pos - 2; i >= from && s.data[i] == '\\'; i-- {
			slashes++
		}
		if slashes%2 == 0 {
			raw = s.data[from : s.pos-1]
			return raw, bytes.IndexByte(raw, '\\') < 0
		}
	}
}

// skip steps over one value of any kind.
func (s *scanner) skip() {
	depth := 0
	for {
		switch s.peek() {
		case '"':
			s.str()
		case '{', '[':
			depth++
			s.pos++
		case '}', ']':
			depth--
			s.pos++
		case ',', ':', ' ', '\n', '\t', '\r':
			s.pos++
			continue
		case 0:
			s.fail("the document ends too soon")
		default:
			s.bare()
		}
		if depth <= 0 || s.err != nil {
			return
		}
	}
}

// bare steps over a number, true, false or null and gives its bytes.
func (s *scanner) bare() []byte {
	from := s.pos
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c == '-', c == '+', c == '.', c == 'E':
			s.pos++
		default:
			if s.pos == from {
				s.fail("an unexpected byte")
			}
			return s.data[from:min(s.pos, len(s.data))]
		}
	}
	return s.data[from:s.pos]
}

// unquote resolves the escapes of a string as encoding/json does: what is not valid becomes U+FFFD.
func unquote(raw []byte) string {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			r, n := utf8.DecodeRune(raw[i:])
			out = utf8.AppendRune(out, r)
			i += n
			continue
		}
		if i+1 >= len(raw) {
			break
		}
		switch c := raw[i+1]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r := hex4(raw[i+2:])
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i+3 < len(raw) && raw[i+2] == '\\' && raw[i+3] == 'u' {
					low = hex4(raw[i+4:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default: // " \ /
			out = append(out, c)
		}
		i += 2
	}
	return string(out)
}

// hex4 reads four hexadecimal digits, U+FFFD where they are not there.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return utf8.RuneError
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 + rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 + rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 + rune(c-'A'+10)
		default:
			return utf8.RuneError
		}
	}
	return r
}
