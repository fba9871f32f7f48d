package sheet

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	encunicode "golang.org/x/text/encoding/unicode"

	"piper/internal/fault"
)

// Encodings lists the encodings that text is read in, as people are told of them.
var Encodings = []string{"UTF-8", "UTF-16", "Windows-1252", "Windows-1250", "ISO-8859-2"}

var oneByte = map[string]*charmap.Charmap{
	"Windows-1252": charmap.Windows1252, "Windows-1250": charmap.Windows1250, "ISO-8859-2": charmap.ISO8859_2,
}

// Text gives the text of a file in UTF-8 and the name of the encoding that it was written in; want names
// one of Encodings, or is "" to find out.
func Text(data []byte, want string) (text []byte, name string, err error) {
	if enc, ok := oneByte[want]; ok {
		return transcode(data, enc, want)
	}
	little, big := encunicode.UTF16(encunicode.LittleEndian, encunicode.UseBOM), encunicode.UTF16(encunicode.BigEndian, encunicode.UseBOM)
	switch {
	case bytes.HasPrefix(data, zipMark):
		return nil, "", fault.Field("file", "This is a spreadsheet or ZIP file. Save it as CSV and import that.")
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return transcode(data, little, "UTF-16")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return transcode(data, big, "UTF-16")
	case looksUTF16(data, 1):
		return transcode(data, encunicode.UTF16(encunicode.LittleEndian, encunicode.IgnoreBOM), "UTF-16")
	case looksUTF16(data, 0):
		return transcode(data, encunicode.UTF16(encunicode.BigEndian, encunicode.IgnoreBOM), "UTF-16")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, "", notText()
	}
	if utf8.Valid(data) {
		return data, "UTF-8", nil
	}
	name = likeliest(data)
	return transcode(data, oneByte[name], name)
}

func notText() error {
	return fault.Field("file", "This is not a text file. Export the lines as CSV and import that.")
}

func transcode(data []byte, enc encoding.Encoding, name string) ([]byte, string, error) {
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Invalid, "The file could not be read as %s text.", name)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, "", notText()
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

// guessFrom bounds how much of a file the encoding is guessed from, in bytes.
const guessFrom = 1 << 20

// likeliest picks the encoding of one byte a letter under which least of a text looks wrong: a control
// character, or a sign such as ¹ or £ within a word or before it. Where they are equal, as for most of
// Western Europe's letters, it is Windows-1252.
func likeliest(data []byte) string {
	data = data[:min(len(data), guessFrom)]
	best, fewest := "", 0
	for _, name := range []string{"Windows-1252", "Windows-1250", "ISO-8859-2"} {
		wrong, before := 0, byte(' ')
		for i, b := range data {
			if b >= 0x80 {
				after := byte(' ')
				if i+1 < len(data) {
					after = data[i+1]
				}
				switch r := oneByte[name].DecodeByte(b); {
				case r == utf8.RuneError, unicode.IsControl(r):
					wrong += 5
				case !unicode.IsLetter(r) && r != '’' && r != '\u00a0' && inWord(before) && inWord(after),
					(unicode.IsSymbol(r) || unicode.IsNumber(r)) && inWord(after):
					wrong++
				case name != "Windows-1252" && rareInCentralEurope[r]:
					wrong++
				case name == "Windows-1252" && rareInWesternEurope[r]:
					wrong++
				}
			}
			before = b
		}
		if best == "" || wrong < fewest {
			best, fewest = name, wrong
		}
	}
	return best
}

func inWord(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// Letters that have their place in the character sets, and hardly one in the texts, of the other half of Europe.
var (
	rareInCentralEurope = map[rune]bool{'ŕ': true, 'Ŕ': true, 'ĺ': true, 'Ĺ': true, '˙': true, '˘': true, '¸': true, '˛': true, '˝': true}
	rareInWesternEurope = map[rune]bool{'ð': true, 'Ð': true, 'þ': true, 'Þ': true, '¿': true, '¡': true, '³': true, '¹': true, '¶': true, '¼': true, '¾': true, 'Ÿ': true}
)
