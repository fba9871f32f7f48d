package driver

import (
	"strconv"
	"strings"
)

// CheckKeys refuses a document that holds a key which not every engine can keep: empty, starting with
// "$", or with a dot or a NUL in it. Only types that bring keys of their own (maps) need it.
func CheckKeys(doc []byte) error {
	s := scanner{data: doc}
	for s.err == nil {
		switch s.space(); s.peek() {
		case 0:
			return nil
		case '"':
			raw, plain := s.str()
			if s.err != nil {
				return s.err
			}
			if s.space(); s.peek() != ':' {
				continue
			}
			key := string(raw)
			if !plain {
				key = unquote(raw)
			}
			if key == "" || key[0] == '$' || strings.ContainsAny(key, ".\x00") {
				return &ValueError{Field: strconv.Quote(key), Reason: "is no name for a key: it is empty, starts with $, or holds a dot or a NUL"}
			}
		default:
			s.pos++
		}
	}
	return s.err
}
