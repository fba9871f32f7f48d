package mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeCharset turns bytes of a named charset into valid UTF-8 without NUL. known is false where the name
// says nothing ("default", "x-unknown", a typing error); the bytes are then guessed.
func decodeCharset(name string, b []byte) (text string, known bool) {
	name = charsetName(name)
	switch name {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unicode-1-1-utf-8", "x-utf_8j":
		return guessCharset(b, ""), true
	case "utf-7", "unicode-1-1-utf-7":
		return decodeUTF7(b), true
	}
	enc := lookupCharset(name)
	if enc == nil {
		return guessCharset(b, ""), false
	}
	if plainASCII(b) && asciiBased(name) {
		return withoutNUL(string(b)), true
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return guessCharset(b, ""), true
	}
	return withoutNUL(strings.ToValidUTF8(string(out), "\ufffd")), true
}

// charsetName cleans a charset as people write it: quotes of any kind, "charset=" twice, white space.
func charsetName(name string) string {
	name = strings.ToLower(strings.Trim(name, " \t\r\n\"'<>;,"))
	return strings.Trim(strings.TrimPrefix(name, "charset="), " \"'")
}

// lookupCharset finds an encoding, nil for one nobody knows.
func lookupCharset(name string) encoding.Encoding {
	switch name {
	case "utf-32", "ucs-4":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "ansi_x3.110-1983", "iso-8859-1-i", "iso8859_1":
		return charmap.Windows1252
	case "iso-8859-8-i":
		return charmap.ISO8859_8
	}
	if enc, err := htmlindex.Get(name); err == nil {
		if canonical, _ := htmlindex.Name(enc); canonical != "replacement" {
			return enc
		}
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if enc, err := ianaindex.IANA.Encoding(name); err == nil && enc != nil {
		return enc
	}
	// cp1252, cp-850, win-1250, windows1251, iso8859-15, iso-8859-15-windows…
	digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz-_")
	switch {
	case strings.HasPrefix(name, "cp") || strings.HasPrefix(name, "win"):
		if enc, err := htmlindex.Get("windows-" + digits); err == nil {
			return enc
		}
		if enc, err := ianaindex.IANA.Encoding("IBM" + digits); err == nil && enc != nil {
			return enc
		}
	case strings.HasPrefix(name, "iso") && strings.HasPrefix(digits, "8859"):
		if enc, err := htmlindex.Get("iso-8859-" + strings.TrimLeft(digits[4:], "-_")); err == nil {
			return enc
		}
	}
	return nil
}

// asciiBased tells whether bytes below 0x80 mean ASCII, and so need no decoder.
func asciiBased(name string) bool {
	return strings.HasPrefix(name, "iso-8859-") || strings.HasPrefix(name, "windows-125") || strings.HasPrefix(name, "koi8")
}

// guessCharset makes text of bytes nobody vouches for: UTF-8 where they are, ISO-2022-JP by its escapes,
// then fallback (a charset declared elsewhere in the mail), then windows-1252, which takes any byte.
func guessCharset(b []byte, fallback string) string {
	if utf8.Valid(b) {
		if bytes.IndexByte(b, 0x1b) >= 0 && (bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@"))) {
			if out, err := japanese.ISO2022JP.NewDecoder().Bytes(b); err == nil {
				return withoutNUL(string(out))
			}
		}
		return withoutNUL(string(b))
	}
	if mostlyUTF8(b) {
		return withoutNUL(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	if name := charsetName(fallback); name != "" && !strings.HasPrefix(name, "utf") && !strings.HasSuffix(name, "ascii") {
		if enc := lookupCharset(name); enc != nil {
			if out, err := enc.NewDecoder().Bytes(b); err == nil {
				return withoutNUL(strings.ToValidUTF8(string(out), "\ufffd"))
			}
		}
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return withoutNUL(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	return withoutNUL(string(out))
}

// mostlyUTF8 tells UTF-8 with a damaged place from an 8-bit charset, by which kind there is more of.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good > bad
}

func withoutNUL(s string) string {
	if strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "")
}
