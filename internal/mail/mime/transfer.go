package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// The transfer encodings. Whatever is not one of the first three is taken as it is.
type transfer int

const (
	asIs transfer = iota
	base64Coded
	quotedPrintable
	uuencoded
)

// transferOf reads Content-Transfer-Encoding. known is false for a name nobody knows.
func transferOf(v []byte) (t transfer, known bool) {
	name := strings.ToLower(strings.Trim(string(unfold(v)), " \t\"';"))
	if i := strings.IndexAny(name, " \t;("); i > 0 {
		name = name[:i]
	}
	switch name {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "none":
		return asIs, true
	case "base64", "base-64", "b":
		return base64Coded, true
	case "quoted-printable", "quotedprintable", "q":
		return quotedPrintable, true
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return uuencoded, true
	}
	return asIs, false
}

// decode gives at most limit decoded bytes; the result may share b. damaged tells that foreign characters
// were passed over.
func (t transfer) decode(b []byte, limit int) (out []byte, damaged bool) {
	switch t {
	case base64Coded:
		out = make([]byte, 0, min(len(b)/4*3+3, limit+3))
		damaged = decodeBase64(b, func(chunk []byte) bool {
			out = append(out, chunk...)
			return len(out) < limit
		})
	case quotedPrintable:
		out = decodeQuotedPrintable(b, limit)
	case uuencoded:
		out = decodeUU(b, limit)
	default:
		out = b
	}
	if len(out) > limit {
		out = out[:limit]
	}
	return out, damaged
}

// stream hands the decoded bytes over in pieces, without holding all of them where it can.
func (t transfer) stream(b []byte, write func([]byte)) {
	switch t {
	case asIs:
		write(b)
	case base64Coded:
		decodeBase64(b, func(chunk []byte) bool { write(chunk); return true })
	default:
		out, _ := t.decode(b, maxAttachment)
		write(out)
	}
}

// base64Value marks the characters of the base64 alphabet.
var base64Value = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		t[c] = true
	}
	return t
}()

// decodeBase64 decodes line by line through a small buffer, passes over foreign characters and ends at the
// padding. more returns false when it has enough.
func decodeBase64(b []byte, more func([]byte) bool) (damaged bool) {
	var in [4096]byte
	var out [3072]byte
	n := 0
	flush := func(all bool) bool {
		whole := n &^ 3
		if all && n-whole > 1 {
			whole = n
		}
		m, _ := base64.RawStdEncoding.Decode(out[:], in[:whole])
		n = copy(in[:], in[whole:n])
		return m == 0 || more(out[:m])
	}
	for _, c := range b {
		if base64Value[c] {
			if n == len(in) && !flush(false) {
				return damaged
			}
			in[n] = c
			n++
			continue
		}
		if c == '=' {
			break
		}
		if c > ' ' {
			damaged = true
		}
	}
	flush(true)
	return damaged
}

// decodeQuotedPrintable bears lower-case digits, white space before a soft break and "=" that means itself.
func decodeQuotedPrintable(b []byte, limit int) []byte {
	out := make([]byte, 0, min(len(b), limit+1))
	for len(b) > 0 && len(out) < limit {
		i := bytes.IndexByte(b, '=')
		if i < 0 {
			return append(out, b...)
		}
		out = append(out, b[:i]...)
		b = b[i+1:]
		if len(b) >= 2 && isHex(b[0]) && isHex(b[1]) {
			out = append(out, unhex(b[0])<<4|unhex(b[1]))
			b = b[2:]
			continue
		}
		end := 0
		for end < len(b) && (b[end] == ' ' || b[end] == '\t' || b[end] == '\r') {
			end++
		}
		switch {
		case end == len(b):
			return out
		case b[end] == '\n':
			b = b[end+1:]
		default:
			out = append(out, '=')
		}
	}
	return out
}

// decodeUU decodes the lines between "begin" and "end".
func decodeUU(b []byte, limit int) []byte {
	out := make([]byte, 0, min(len(b)*3/4, limit+64))
	started := false
	for len(b) > 0 && len(out) < limit {
		var line []byte
		line, b = cutLine(b)
		if !started {
			started = bytes.HasPrefix(line, []byte("begin "))
			continue
		}
		if len(line) == 0 || line[0] == '`' || bytes.Equal(line, []byte("end")) {
			break
		}
		want := int(line[0]-' ') & 63
		for line = line[1:]; want > 0 && len(line) > 0; {
			var q [4]byte
			line = line[copy(q[:], line):]
			for i := range q {
				q[i] = (q[i] - ' ') & 63
			}
			three := [3]byte{q[0]<<2 | q[1]>>4, q[1]<<4 | q[2]>>2, q[2]<<6 | q[3]}
			n := min(3, want)
			out = append(out, three[:n]...)
			want -= n
		}
	}
	return out
}

// readsAsWords tells text that claims to be base64 but has spaces between its words.
func readsAsWords(b []byte) bool {
	b = b[:min(len(b), 1000)]
	spaces := 0
	for i := 1; i+1 < len(b); i++ {
		if b[i] == ' ' && base64Value[b[i-1]] && b[i+1] > ' ' {
			spaces++
		}
	}
	return spaces*50 > len(b)
}
