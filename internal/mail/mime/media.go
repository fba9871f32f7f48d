package mime

import (
	"bytes"
	"strconv"
	"strings"
)

// media is a parsed Content-Type or Content-Disposition: the lower-case value and its parameters.
type media struct {
	value  string
	params []param
}

type param struct {
	key   string // lower-case
	value []byte
}

// parseMedia reads "value; key=token; key=\"quoted\"; key*0*=utf-8”…" and bears missing semicolons,
// unquoted values with spaces, open quotes and comments.
func parseMedia(v []byte) media {
	v = unfold(v)
	end := bytes.IndexAny(v, "; \t(")
	if end < 0 {
		end = len(v)
	}
	m := media{value: string(bytes.ToLower(bytes.Trim(v[:end], "\"' ")))}
	v = v[end:]
	for len(v) > 0 && len(m.params) < maxParams {
		v = bytes.TrimLeft(v, "; \t,")
		if len(v) > 0 && v[0] == '(' {
			if i := bytes.IndexByte(v, ')'); i > 0 {
				v = v[i+1:]
				continue
			}
		}
		eq := bytes.IndexAny(v, "=;")
		if eq < 0 {
			break
		}
		if v[eq] == ';' {
			v = v[eq:]
			continue
		}
		key := strings.ToLower(string(bytes.TrimSpace(v[:eq])))
		if i := strings.LastIndexAny(key, " \t"); i >= 0 {
			key = key[i+1:]
		}
		var value []byte
		value, v = paramValue(bytes.TrimLeft(v[eq+1:], " \t"))
		if key != "" {
			m.params = append(m.params, param{key, value})
		}
	}
	return m
}

// paramValue cuts one value off v.
func paramValue(v []byte) (value, rest []byte) {
	if len(v) == 0 || v[0] != '"' {
		end := bytes.IndexByte(v, ';')
		if end < 0 {
			end = len(v)
		}
		value = v[:end]
		if i := bytes.Index(value, []byte(" (")); i > 0 { // charset=us-ascii (Plain text)
			value = value[:i]
		}
		// name=a.txt charset=utf-8: the next parameter begins although the semicolon is missing.
		if sp := bytes.IndexAny(value, " \t"); sp > 0 && bytes.IndexByte(value[sp:], '=') > 0 && bytes.IndexByte(value, '?') < 0 {
			return value[:sp], v[sp:]
		}
		return bytes.TrimSpace(value), v[end:]
	}
	out := make([]byte, 0, 32)
	for i := 1; i < len(v); i++ {
		switch v[i] {
		case '"':
			return out, v[i+1:]
		case '\\':
			// A lone backslash before an ordinary letter is a Windows path, not an escape.
			if i+1 < len(v) && (v[i+1] == '"' || v[i+1] == '\\') {
				i++
			}
			out = append(out, v[i])
		default:
			out = append(out, v[i])
		}
	}
	return out, nil
}

// get gives the first parameter of that name as it was written.
func (m *media) get(key string) []byte {
	for i := range m.params {
		if m.params[i].key == key {
			return m.params[i].value
		}
	}
	return nil
}

// text gives a parameter decoded: RFC 2231 continuations and charsets, and RFC 2047 words, which do not
// belong here but are found here.
func (m *media) text(key, fallback string) string {
	var joined []byte
	charset, found := "", false
	for n := 0; n < maxParams; n++ {
		v, encoded := m.section(key, n)
		if v == nil {
			break
		}
		found = true
		if encoded {
			if n == 0 {
				if parts := bytes.SplitN(v, []byte("'"), 3); len(parts) == 3 {
					charset, v = string(parts[0]), parts[2]
				}
			}
			v = percentDecode(v)
		}
		joined = append(joined, v...)
	}
	if found {
		s, _ := decodeCharset(charset, joined)
		if charset == "" {
			return decodeText(joined, fallback)
		}
		return squeeze(s)
	}
	return decodeText(m.get(key), fallback)
}

// section finds key*n or key*n* (and key* as number 0).
func (m *media) section(key string, n int) (v []byte, encoded bool) {
	for i := range m.params {
		rest, ok := strings.CutPrefix(m.params[i].key, key+"*")
		if !ok {
			continue
		}
		if rest == "" {
			if n == 0 {
				return m.params[i].value, true
			}
			continue
		}
		number, star := strings.CutSuffix(rest, "*")
		if number == strconv.Itoa(n) {
			return m.params[i].value, star
		}
	}
	return nil, false
}

func percentDecode(v []byte) []byte {
	out := make([]byte, 0, len(v))
	for i := 0; i < len(v); i++ {
		if v[i] == '%' && i+2 < len(v) && isHex(v[i+1]) && isHex(v[i+2]) {
			out = append(out, unhex(v[i+1])<<4|unhex(v[i+2]))
			i += 2
			continue
		}
		out = append(out, v[i])
	}
	return out
}

// mediaType gives a usable Content-Type: text/plain where it is missing or senseless.
func mediaType(v []byte, digest bool) (m media, ok bool) {
	m = parseMedia(v)
	switch {
	case m.value == "" && digest && len(v) == 0:
		m.value = "message/rfc822"
		return m, true
	case m.value == "":
		m.value = "text/plain"
		return m, len(v) == 0
	case m.value == "text":
		m.value = "text/plain"
		return m, true
	}
	major, minor, found := strings.Cut(m.value, "/")
	valid := found && major != "" && minor != "" && strings.IndexFunc(m.value, notInType) < 0
	if !valid {
		m.value = "text/plain"
	}
	return m, valid
}

func notInType(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"'<>()@,:;[]?=\\", r)
}
