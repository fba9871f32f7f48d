package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// decodeText gives a header value as text: RFC 2047 words decoded, raw 8-bit bytes guessed (fallback is
// the charset the mail declares for its body), white space folded, control characters left out.
func decodeText(v []byte, fallback string) string {
	v = unfold(v)
	if plainASCII(v) && !bytes.Contains(v, []byte("=?")) {
		return squeeze(string(v))
	}
	return squeeze(decodeWords(v, fallback))
}

// decodeWords decodes the RFC 2047 words of an unfolded value. Neighbouring words of one charset are
// joined before their charset is applied, because some programs split inside a character.
func decodeWords(v []byte, fallback string) string {
	var out strings.Builder
	var run []byte // decoded bytes of neighbouring words
	var runCharset string
	flush := func() {
		if run != nil {
			s, _ := decodeCharset(runCharset, run)
			out.WriteString(s)
			run = nil
		}
	}
	for len(v) > 0 {
		i := bytes.Index(v, []byte("=?"))
		if i < 0 {
			break
		}
		charset, decoded, length, ok := readWord(v[i:])
		if !ok {
			flush()
			out.WriteString(guessCharset(v[:i+2], fallback))
			v = v[i+2:]
			continue
		}
		if between := v[:i]; run == nil || !isBlank(between) {
			flush()
			out.WriteString(guessCharset(between, fallback))
		} else if !strings.EqualFold(charset, runCharset) {
			flush()
		}
		if run == nil {
			run = make([]byte, 0, len(decoded)+64)
		}
		run, runCharset = append(run, decoded...), charset
		v = v[i+length:]
	}
	flush()
	out.WriteString(guessCharset(v, fallback))
	return out.String()
}

// readWord reads one "=?charset?B|Q?text?=" at the start of v. Spaces inside the text are borne.
func readWord(v []byte) (charset string, decoded []byte, length int, ok bool) {
	rest := v[2:]
	i := bytes.IndexByte(rest, '?')
	if i <= 0 || i > 60 || len(rest) < i+4 || rest[i+2] != '?' {
		return "", nil, 0, false
	}
	charset = string(rest[:i])
	if star := strings.IndexByte(charset, '*'); star >= 0 { // RFC 2231 language
		charset = charset[:star]
	}
	if strings.ContainsAny(charset, " \t=<>\"") {
		return "", nil, 0, false
	}
	kind, text := rest[i+1], rest[i+3:]
	if len(text) > maxWord {
		text = text[:maxWord]
	}
	end := bytes.Index(text, []byte("?="))
	if end < 0 {
		return "", nil, 0, false
	}
	length = 2 + i + 3 + end + 2
	text = text[:end]
	switch kind | 0x20 {
	case 'b':
		decoded = decodeWordBase64(text)
	case 'q':
		decoded = decodeWordQ(text)
	default:
		return "", nil, 0, false
	}
	return charset, decoded, length, true
}

// decodeWordBase64 bears missing padding and foreign characters.
func decodeWordBase64(text []byte) []byte {
	clean := make([]byte, 0, len(text))
	for _, c := range text {
		if base64Value[c] {
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:n]
}

func decodeWordQ(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '_':
			out = append(out, ' ')
		case c == '=' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// squeeze folds white space to single spaces and leaves out control characters and invisible marks that
// turn text around.
func squeeze(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') || c >= 0x80 {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == 0xa0 || r == 0x2028 || r == 0x2029:
			space = out.Len() > 0
		case r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 || r == 0xfeff:
		default:
			if space {
				out.WriteByte(' ')
				space = false
			}
			out.WriteRune(r)
		}
	}
	return out.String()
}

// cutRunes bounds a text to n characters.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// cutBytes bounds a text to n bytes without cutting a character.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}
