package finance

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"piper/internal/fault"
)

// decodeText gives the text of a file in whatever encoding a spreadsheet wrote it, and the encoding's name.
func decodeText(data []byte) (text []byte, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, "", fault.Field("file", "This is a spreadsheet or ZIP file. Save it as CSV and import that.")
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), looksUTF16(data, 1):
		return transcode(data, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16")
	case bytes.HasPrefix(data, []byte("\xfe\xff")), looksUTF16(data, 0):
		return transcode(data, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, "", fault.Field("file", "This is not a text file. Export the lines as CSV and import that.")
	}
	if utf8.Valid(data) {
		return data, "UTF-8", nil
	}
	return transcode(data, charmap.Windows1252, nil, "Windows-1252")
}

// transcode decodes data; fallback is for text that lacks the byte order mark which enc insists on.
func transcode(data []byte, enc, fallback encoding.Encoding, name string) ([]byte, string, error) {
	if fallback != nil && !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		enc = fallback
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Invalid, "The file could not be read as %s text.", name)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, "", fault.Field("file", "This is not a text file. Export the lines as CSV and import that.")
	}
	return text, name, nil
}

// looksUTF16 reports whether the beginning of data is Latin text in UTF-16 without a byte order mark;
// zero is the place of the zero byte in each pair.
func looksUTF16(data []byte, zero int) bool {
	n := min(len(data), 64) &^ 1
	if n < 8 {
		return false
	}
	for i := 0; i < n; i += 2 {
		if data[i+zero] != 0 || data[i+1-zero] == 0 {
			return false
		}
	}
	return true
}
