package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"piper/internal/fault"
)

// Delimiters maps the names of delimiters to what they are.
var Delimiters = map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "bar": '|'}

// inOrder is how the delimiters are tried; of equals the first is taken.
var inOrder = []string{"comma", "semicolon", "tab", "bar"}

// Plural gives the word for several of a delimiter: "commas".
func Plural(delimiter string) string { return delimiter + "s" }

// FindDelimiter names the delimiter of a text and gives the text without a leading line "sep=;", which
// Excel writes and reads, and which is obeyed. Where known is given, the delimiter is the one under which
// it recognises most fields of the header; else the one under which most of the first lines have as many
// fields as the header.
func FindDelimiter(text []byte, known func(field string) bool) (name string, rest []byte) {
	text = bytes.TrimLeft(text, "\r\n")
	line, after, _ := bytes.Cut(text, []byte("\n"))
	if sep, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("sep=")); ok && len(sep) == 1 {
		for _, name := range inOrder {
			if Delimiters[name] == rune(sep[0]) {
				return name, after
			}
		}
	}
	name, best := inOrder[0], -1
	for _, candidate := range inOrder {
		score := 0
		if known != nil {
			for _, field := range strings.Split(string(line), string(Delimiters[candidate])) {
				if known(field) {
					score++
				}
			}
		} else {
			score = evenness(text, Delimiters[candidate])
		}
		if score > best {
			name, best = candidate, score
		}
	}
	return name, text
}

// evenness says how well the first lines of a text fit a delimiter.
func evenness(text []byte, delimiter rune) int {
	r := reader(text, delimiter, true)
	width, even := 0, 0
	for range 30 {
		record, err := r.Read()
		if err != nil {
			break
		}
		if width == 0 {
			width = len(record)
		}
		if len(record) == width {
			even++
		}
	}
	if width < 2 {
		return 0
	}
	return even*1000 + min(width, 999)
}

func reader(text []byte, delimiter rune, lazy bool) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord, r.LazyQuotes = delimiter, -1, true, lazy
	return r
}

// openCSV reads the whole text once, so that a quotation mark that is not closed is told of before anything is
// done. Marks that stand open in the middle of a field are taken for themselves, with a note.
func openCSV(text []byte, encodingName string, o Options) (*Book, error) {
	found, text := FindDelimiter(text, nil)
	if _, ok := Delimiters[o.Delimiter]; ok {
		found = o.Delimiter
	}
	b := &Book{Format: CSV, Encoding: encodingName, Delimiter: found}
	names, err := b.scan(text, false)
	if errors.Is(err, csv.ErrBareQuote) || errors.Is(err, csv.ErrQuote) {
		first := Malformed(err)
		if names, err = b.scan(text, true); err == nil {
			b.Notes = append(b.Notes, "Some fields have quotation marks in the middle; they were taken as part of the text.")
		} else {
			err = first
		}
	}
	if err != nil {
		return nil, err
	}
	if b.Header, err = header(names); err != nil {
		return nil, err
	}
	if encodingName != "UTF-8" || found != "comma" {
		b.Notes = append(b.Notes, fmt.Sprintf("The file was read as %s text separated by %s.", encodingName, Plural(found)))
	}
	return b, nil
}

// longCell is the most lines one field may run over when quotation marks are taken as they come: more
// means that a mark was never closed.
const longCell = 200

// scan reads all records, gives the header and sets rows.
func (b *Book) scan(text []byte, lazy bool) (names []string, err error) {
	delimiter := Delimiters[b.Delimiter]
	r := reader(text, delimiter, lazy)
	lines := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		for _, f := range record {
			if lazy && strings.Count(f, "\n") > longCell {
				return nil, fault.Field("file", "A quotation mark on line %d is not closed.", line)
			}
		}
		if blank(record) {
			continue
		}
		if names == nil {
			names = slices.Clone(record)
			continue
		}
		lines++
	}
	if names == nil {
		return nil, fault.Field("file", "The file is empty.")
	}
	if lines == 0 {
		return nil, fault.Field("file", "The file has a header and no lines.")
	}
	b.rows = func(fn func(Row) error) error {
		r := reader(text, delimiter, lazy)
		for first := true; ; {
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return Malformed(err)
			}
			if first {
				first = blank(record)
				continue
			}
			line, _ := r.FieldPos(0)
			if err := fn(Row{Line: line, Cells: record}); err != nil {
				return err
			}
		}
	}
	return names, nil
}

// Malformed turns an error of the CSV reader into a fault for a person.
func Malformed(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		f := fault.Field("file", "A quotation mark on line %d is not closed or stands in the middle of a field.", parse.Line)
		f.Err = err
		return f
	}
	return fault.Wrap(err, fault.Invalid, "The file could not be read as CSV.")
}

func blank(record []string) bool {
	for _, f := range record {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}
