package calls

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\?>`)
var declaredEncoding = regexp.MustCompile(`encoding\s*=\s*["']\s*([^"']+?)\s*["']`)

// utf8Of gives an XML document as UTF-8, without the declaration that would say otherwise. What the
// document says of itself goes before what its server says of it; where both are silent or wrong, it is
// UTF-8 if it can be, else Windows-1252, which anything can be.
func utf8Of(body []byte, contentType string) []byte {
	if enc, skip := byMark(body); enc != nil {
		if out, err := enc.NewDecoder().Bytes(body[skip:]); err == nil {
			return withoutDeclaration(out)
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	for _, label := range []string{declared(body), sent(contentType)} {
		enc, err := htmlindex.Get(label)
		if err != nil {
			continue // no label, or none that anybody knows
		}
		name, err := htmlindex.Name(enc)
		if err != nil || strings.HasPrefix(name, "utf-16") || name == "replacement" {
			continue // two bytes a letter would not have let us read the label
		}
		if _, single := enc.(*charmap.Charmap); single && utf8.Valid(body) {
			break // a text in a one-byte charset is never UTF-8 by chance, one in UTF-8 is often mislabelled
		}
		if name == "utf-8" && utf8.Valid(body) {
			break
		}
		if name == "utf-8" {
			continue
		}
		if out, err := enc.NewDecoder().Bytes(body); err == nil {
			return withoutDeclaration(out)
		}
	}
	if !utf8.Valid(body) {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(body); err == nil {
			body = out
		}
	}
	return withoutDeclaration(body)
}

// byMark recognises the encodings of more than one byte a letter by their byte order mark, or by how
// "<" begins a document in them.
func byMark(b []byte) (enc encoding.Encoding, skip int) {
	for _, m := range []struct {
		start string
		enc   encoding.Encoding
		skip  int
	}{
		{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4},
		{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4},
		{"<\x00\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 0},
		{"\x00\x00\x00<", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 0},
		{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2},
		{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2},
		{"<\x00", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0},
		{"\x00<", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0},
	} {
		if strings.HasPrefix(string(b[:min(4, len(b))]), m.start) {
			return m.enc, m.skip
		}
	}
	return nil, 0
}

// declared gives the encoding that an XML declaration names.
func declared(body []byte) string {
	if m := declaredEncoding.FindSubmatch(declaration.Find(body[:min(500, len(body))])); m != nil {
		return string(m[1])
	}
	return ""
}

// sent gives the charset of a Content-Type.
func sent(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

func withoutDeclaration(body []byte) []byte {
	if loc := declaration.FindIndex(body[:min(500, len(body))]); loc != nil {
		return body[loc[1]:]
	}
	return body
}
