package award

import (
	"bytes"

	"piper/internal/fault"
)

// MaxFile bounds a file of awards, in bytes. A year of the FTS is some 16 MB.
const MaxFile = 96 << 20

// Parse reads a file, finds out which standard it follows, and hands everything in it to sink, in order. It
// uses neither network nor clock. An Invalid fault on "file" says what cannot be read; what sink was given
// before is then to be forgotten.
func Parse(name string, data []byte, sink Sink) (Kind, error) {
	if err := bounds(data); err != nil {
		return "", err
	}
	switch start := content(data); {
	case start[0] == '{' || start[0] == '[':
		return ThreeSixty, parseThreeSixty(data, sink)
	case start[0] == '<':
		return IATI, parseIATI(start, sink)
	default:
		return parseTable(name, data, sink)
	}
}

// bounds refuses what nobody has to read to know that it is no file of awards.
func bounds(data []byte) error {
	if len(data) > MaxFile {
		return fault.New(fault.TooLarge, "The file is larger than %d MB. Split it.", MaxFile>>20)
	}
	if len(content(data)) == 0 {
		return fault.Field("file", "The file is empty.")
	}
	return nil
}

func content(data []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
}
