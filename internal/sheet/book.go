package sheet

import (
	"bytes"
	"path"
	"strings"

	"piper/internal/fault"
)

// MaxColumns bounds a row.
const MaxColumns = 500

// Format is what kind of file a table came in.
type Format string

// The formats.
const (
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
	VCard Format = "vcard"
)

var zipMark, oldMark = []byte("PK\x03\x04"), []byte("\xd0\xcf\x11\xe0")

// IsWorkbook reports whether data is a workbook, or one of the old format, of which Open says so.
func IsWorkbook(data []byte) bool {
	return bytes.HasPrefix(data, zipMark) || bytes.HasPrefix(data, oldMark)
}

// Options say how a file is to be read where people know better; everything empty is found out.
type Options struct {
	Encoding  string `json:"encoding,omitempty" enum:",UTF-8,UTF-16,Windows-1252,Windows-1250,ISO-8859-2"`
	Delimiter string `json:"delimiter,omitempty" enum:",comma,semicolon,tab,bar"`
	Sheet     string `json:"sheet,omitempty" maxLength:"100" doc:"of a workbook; the first unless told"`

	// Exact reads the numbers of a workbook as they are, where its cells show them rounded or in thousands. For amounts.
	Exact bool `json:"-"`
}

// Row is one line of a table. Cells has as many entries as the header.
type Row struct {
	Line   int // of the file, or number of the card; the first is 1
	Cells  []string
	Beyond int // how many cells that are not empty stand behind the last column of the header; they are not in Cells
}

// Book is a table that was found in a file. Its rows can be read any number of times.
type Book struct {
	Format    Format
	Encoding  string   // of CSV and vCard
	Delimiter string   // of CSV
	Sheet     string   // of a workbook
	Sheets    []string // the names of all its sheets
	Header    []string
	Notes     []string // how the file was read, where it could have been read otherwise

	rows func(fn func(Row) error) error
}

// Open recognises a file by its content and reads its header. The data must not change while the book is
// in use. An Invalid fault on "file" says what cannot be read.
func Open(name string, data []byte, o Options) (*Book, error) {
	switch {
	case len(data) == 0:
		return nil, fault.Field("file", "The file is empty.")
	case bytes.HasPrefix(data, zipMark):
		return openXLSX(data, o)
	case bytes.HasPrefix(data, oldMark):
		return nil, fault.Field("file", "This is a workbook of the old XLS format, or one with a password. Save it as XLSX without a password.")
	}
	text, encodingName, err := Text(data, o.Encoding)
	if err != nil {
		return nil, err
	}
	start := bytes.TrimLeft(text, " \t\r\n")
	if strings.EqualFold(path.Ext(name), ".vcf") || len(start) >= 11 && strings.EqualFold(string(start[:11]), "BEGIN:VCARD") {
		return openCards(text, encodingName)
	}
	return openCSV(text, encodingName, o)
}

// Rows calls fn for every row that is not blank, in order. It ends at the first error of fn. The cells
// are the caller's to keep until fn returns.
func (b *Book) Rows(fn func(Row) error) error {
	width := len(b.Header)
	return b.rows(func(r Row) error {
		blank, beyond := true, 0
		for i, c := range r.Cells {
			r.Cells[i] = strings.TrimSpace(c)
			blank = blank && r.Cells[i] == ""
			if i >= width && r.Cells[i] != "" {
				beyond++
			}
		}
		if blank {
			return nil
		}
		for len(r.Cells) < width {
			r.Cells = append(r.Cells, "")
		}
		return fn(Row{r.Line, r.Cells[:width], beyond})
	})
}

// header tidies the names of columns; one without a name is called by its place.
func header(cells []string) ([]string, error) {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil, fault.Field("file", "The file has no header line.")
	}
	if len(cells) > MaxColumns {
		return nil, fault.Field("file", "The file has more than %d columns.", MaxColumns)
	}
	names := make([]string, len(cells))
	for i, c := range cells {
		if names[i] = clip(strings.Join(strings.Fields(c), " ")); names[i] == "" {
			names[i] = "Column " + letters(i)
		}
	}
	return names, nil
}

// letters names a column as spreadsheets do: A, B … Z, AA.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func clip(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
