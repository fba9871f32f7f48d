package mime

import (
	"bytes"
)

// The header fields Piper reads. True marks those of which at least one makes a text a mail.
var knownFields = map[string]bool{
	"from": true, "sender": true, "reply-to": true, "to": true, "cc": true, "bcc": true, "date": true,
	"subject": true, "message-id": true, "in-reply-to": true, "references": true, "received": true,
	"return-path": true, "delivered-to": true, "mime-version": true, "content-type": true,
	"content-transfer-encoding": false, "content-disposition": false, "content-id": false,
	"auto-submitted": false, "precedence": false, "x-autoreply": false, "x-autorespond": false,
	"errors-to": false, "lines": false, "status": false, "organization": false, "user-agent": false,
}

// fieldKeys gives the one copy of each name, so that reading a header allocates none.
var fieldKeys = func() map[string]string {
	keys := make(map[string]string, len(knownFields))
	for k := range knownFields {
		keys[k] = k
	}
	return keys
}()

// field is one header field: its lower-case name and its value as it came, folded, sharing the mail's bytes.
type field struct {
	key   string
	value []byte
}

// header holds the known fields of one part in their order.
type header struct {
	fields []field
	size   int  // bytes of the values
	total  int  // all well-formed fields, known or not
	isMail bool // has one of the fields that make a text a mail
}

// first gives the first value of a field, nil when there is none.
func (h *header) first(key string) []byte {
	for i := range h.fields {
		if h.fields[i].key == key {
			return h.fields[i].value
		}
	}
	return nil
}

// has tells whether the field occurs.
func (h *header) has(key string) bool {
	for i := range h.fields {
		if h.fields[i].key == key {
			return true
		}
	}
	return false
}

// readHeader reads fields up to the blank line and gives what follows it as the body.
//
// Mbox separators ("From …", ">From …") are left out wherever they stand. A line that is neither a field
// nor a continuation is left out where more fields follow it; where none do, the blank line is missing and
// the body begins there.
func readHeader(b []byte, p *problems) (h header, body []byte) {
	for len(b) > 0 {
		line, rest := cutLine(b)
		if len(line) == 0 {
			return h, rest
		}
		name, value, ok := splitField(line)
		if !ok {
			switch {
			case bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")):
				p.add("A mailbox separator stood among the headers and was left out.")
			case isBlank(line): // white space before the first field
			case fieldsFollow(rest):
				p.add("A line among the headers is not a header and was left out.")
			default:
				if h.total > 0 {
					p.add("The blank line between headers and body is missing.")
				}
				return h, b
			}
			b = rest
			continue
		}
		// A value goes on over the lines that begin with white space; it is one slice of the mail.
		end := len(value)
		for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') {
			more, after := cutLine(rest)
			end = cap(value) - cap(more) + len(more)
			rest = after
		}
		value = value[:end]
		h.total++
		h.keep(name, value, p)
		b = rest
	}
	return h, nil
}

// keep stores a field if Piper reads it.
func (h *header) keep(name, value []byte, p *problems) {
	var low [32]byte
	if len(name) > len(low) {
		return
	}
	for i, c := range name {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	key, ok := fieldKeys[string(low[:len(name)])]
	if !ok {
		return
	}
	h.isMail = h.isMail || knownFields[key]
	if h.size += min(len(value), maxValue); len(h.fields) >= maxFields || h.size > maxHeader {
		p.add("The mail has too many headers; the last ones were left out.")
		return
	}
	if len(value) > maxValue {
		p.add("A header is too long and was cut.")
		value = value[:maxValue]
	}
	if h.fields == nil {
		h.fields = make([]field, 0, 16)
	}
	h.fields = append(h.fields, field{key, value})
}

// cutLine gives the first line without its end, and what follows. Both keep the capacity of b, by which
// readHeader finds positions.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return bytes.TrimSuffix(b, []byte("\r")), nil
	}
	line, rest = b[:i], b[i+1:]
	if i > 0 && line[i-1] == '\r' {
		line = line[:i-1]
	}
	return line, rest
}

// splitField cuts "Name: value". White space before the colon is borne; anything else that a field name
// may not hold is not a field.
func splitField(line []byte) (name, value []byte, ok bool) {
	i := bytes.IndexByte(line, ':')
	if i <= 0 {
		return nil, nil, false
	}
	name = bytes.TrimRight(line[:i], " \t")
	if len(name) == 0 {
		return nil, nil, false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return nil, nil, false
		}
	}
	return name, line[i+1:], true
}

// fieldsFollow looks a few lines ahead for a field that mails have.
func fieldsFollow(b []byte) bool {
	for n := 0; n < 20 && len(b) > 0; n++ {
		var line []byte
		line, b = cutLine(b)
		if len(line) == 0 {
			return false
		}
		name, _, ok := splitField(line)
		if !ok {
			continue
		}
		lower := string(bytes.ToLower(name))
		if _, known := fieldKeys[lower]; known || len(lower) > 2 && (lower[:2] == "x-" || bytes.HasPrefix(name, []byte("List-"))) {
			return true
		}
	}
	return false
}

func isBlank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

// unfold joins the lines of a value and trims it. It copies only a value that was folded.
func unfold(v []byte) []byte {
	if bytes.IndexByte(v, '\n') < 0 {
		return bytes.TrimSpace(v)
	}
	out := make([]byte, 0, len(v))
	for len(v) > 0 {
		var line []byte
		line, v = cutLine(v)
		out = append(out, line...)
	}
	return bytes.TrimSpace(out)
}
