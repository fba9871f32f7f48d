package mime

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// decodeUTF7 decodes RFC 2152 text. What is not well-formed stays as it was written.
func decodeUTF7(b []byte) string {
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c != '+' {
			if c >= 0x80 { // not UTF-7; byte for byte as Latin-1
				out.WriteRune(rune(c))
			} else if c != 0 {
				out.WriteByte(c)
			}
			continue
		}
		end := i + 1
		for end < len(b) && base64Value[b[end]] {
			end++
		}
		chunk := b[i+1 : end]
		if len(chunk) == 0 {
			out.WriteByte('+')
			if end < len(b) && b[end] == '-' { // "+-" is a plus sign
				i = end
			}
			continue
		}
		if len(chunk)%4 == 1 {
			chunk = chunk[:len(chunk)-1]
		}
		units := make([]byte, base64.RawStdEncoding.DecodedLen(len(chunk)))
		n, _ := base64.RawStdEncoding.Decode(units, chunk)
		wide := make([]uint16, 0, n/2)
		for j := 0; j+1 < n; j += 2 {
			wide = append(wide, uint16(units[j])<<8|uint16(units[j+1]))
		}
		out.WriteString(string(utf16.Decode(wide)))
		if end < len(b) && b[end] == '-' {
			end++
		}
		i = end - 1
	}
	return withoutNUL(out.String())
}
