// Package sheet reads and writes tables as people keep them: CSV in the encodings and with the delimiters of
// Europe's spreadsheets, XLSX workbooks, and vCards, all read into one shape, a header and rows. It knows no
// noun, and it alone imports the libraries of spreadsheets and cards.
package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"piper/internal/fault"
)

// MaxRows is how many rows a sheet of a spreadsheet program has, the header among them.
const MaxRows = 1_048_576

// maxCell is how many characters a cell can hold.
const maxCell = 32_767

// Column is one column of a table that is written.
type Column struct {
	Title string
	Width float64 // in characters; 0 is the program's own
}

// Cell is one value: a string, a Day, a time.Time (a moment, shown in UTC), an int64, a Decimal, or nil for
// nothing.
type Cell any

// Day is a civil date, "2026-03-29". It is written as that day's number, which has no time zone, so it is the
// same day wherever the file is opened. What is no date is written as text.
type Day string

// Decimal is an amount in units of 10^-Places.
type Decimal struct {
	Units  int64
	Places int
}

// Writer writes one table as XLSX. Rows go to a temporary file once they are many, so that a table of any
// length needs no memory of its own.
type Writer struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	styles map[string]int
	row    int
}

// The number formats: ISO dates in every language of the reader's program.
const (
	dayFormat    = "yyyy-mm-dd"
	momentFormat = "yyyy-mm-dd hh:mm"
)

// NewWriter begins a table on a sheet of that name: a header that stays in sight, and columns of the widths
// given.
func NewWriter(name string, columns []Column) (*Writer, error) {
	w := &Writer{file: excelize.NewFile(), styles: map[string]int{}}
	if err := w.begin(sheetName(name), columns); err != nil {
		_ = w.file.Close()
		return nil, fmt.Errorf("sheet: begin: %w", err)
	}
	return w, nil
}

func (w *Writer) begin(name string, columns []Column) error {
	if err := w.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	var err error
	if w.stream, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range columns {
		if c.Width > 0 {
			if err := w.stream.SetColWidth(i+1, i+1, min(c.Width, 255)); err != nil {
				return err
			}
		}
	}
	if err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = excelize.Cell{StyleID: bold, Value: Harmless(c.Title)}
	}
	w.row = 1
	return w.stream.SetRow("A1", head)
}

// Row writes one line. TooLarge where the sheet is full.
func (w *Writer) Row(cells ...Cell) error {
	if w.row == MaxRows {
		return fault.New(fault.TooLarge, "A spreadsheet holds %d rows. Narrow the list, or export CSV.", MaxRows-1)
	}
	w.row++
	line := make([]any, len(cells))
	for i, c := range cells {
		value, err := w.value(c)
		if err != nil {
			return fmt.Errorf("sheet: row %d: %w", w.row, err)
		}
		line[i] = value
	}
	if err := w.stream.SetRow(fmt.Sprintf("A%d", w.row), line); err != nil {
		return fmt.Errorf("sheet: row %d: %w", w.row, err)
	}
	return nil
}

func (w *Writer) value(c Cell) (any, error) {
	switch c := c.(type) {
	case nil:
		return nil, nil
	case string:
		return cellText(c), nil
	case int64:
		return c, nil
	case Decimal:
		format := "0"
		if c.Places > 0 {
			format += "." + strings.Repeat("0", c.Places)
		}
		return w.styled(c.float(), format)
	case Day:
		at, err := time.Parse(time.DateOnly, string(c))
		if err != nil {
			return cellText(string(c)), nil
		}
		return w.styled(at, dayFormat)
	case time.Time:
		if c.IsZero() {
			return nil, nil
		}
		return w.styled(c.UTC(), momentFormat)
	}
	return nil, fmt.Errorf("a cell cannot hold a %T", c)
}

func (w *Writer) styled(value any, format string) (any, error) {
	id, ok := w.styles[format]
	if !ok {
		var err error
		if id, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return nil, err
		}
		w.styles[format] = id
	}
	return excelize.Cell{StyleID: id, Value: value}, nil
}

// String writes the amount with a point.
func (d Decimal) String() string {
	sign, digits := "", strconv.FormatInt(d.Units, 10)
	if d.Units < 0 {
		sign, digits = "-", digits[1:]
	}
	if d.Places == 0 {
		return sign + digits
	}
	if missing := d.Places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-d.Places] + "." + digits[len(digits)-d.Places:]
}

func (d Decimal) float() float64 {
	f := float64(d.Units)
	for range d.Places {
		f /= 10
	}
	return f
}

// Finish writes the whole file to out and lets go of everything.
func (w *Writer) Finish(out io.Writer) error {
	defer func() { _ = w.file.Close() }()
	if err := w.stream.Flush(); err != nil {
		return fmt.Errorf("sheet: flush: %w", err)
	}
	if err := w.file.Write(out); err != nil {
		return fmt.Errorf("sheet: write: %w", err)
	}
	return nil
}

// Close lets go of a table that is not finished, and of its temporary file.
func (w *Writer) Close() error { return w.file.Close() }

// cellText is a string as a cell can hold it.
func cellText(s string) string {
	s = Harmless(s)
	if runes := []rune(s); len(s) > maxCell && len(runes) > maxCell {
		s = string(runes[:maxCell])
	}
	return s
}

// sheetName leaves out what a sheet's name must not hold.
func sheetName(name string) string {
	name = strings.NewReplacer(":", " ", `\`, " ", "/", " ", "?", " ", "*", " ", "[", " ", "]", " ").Replace(name)
	name = strings.Trim(strings.TrimSpace(name), "'")
	if runes := []rune(name); len(runes) > 31 {
		name = string(runes[:31])
	}
	if name == "" {
		return "List"
	}
	return name
}

// Harmless keeps a spreadsheet from taking a text for a formula: it gets an apostrophe in front. A
// plain number with a sign is left as it is.
func Harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || isNumber(cell) {
		return cell
	}
	return "'" + cell
}

// isNumber reports whether a cell that begins with a sign is a plain number, which is no formula.
func isNumber(cell string) bool {
	digits := false
	for i, c := range cell {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case (c == '-' || c == '+') && i == 0, c == '.':
		default:
			return false
		}
	}
	return digits
}
