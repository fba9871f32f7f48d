package sheet

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"piper/internal/fault"
)

// Bounds of a workbook: what it may unpack to in all, and up to where a part of it is kept in memory.
const (
	maxUnpacked = 1 << 30
	maxInMemory = 16 << 20
)

var xlsxOptions = excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory, ShortDatePattern: "yyyy-mm-dd"}

func openXLSX(data []byte, o Options) (*Book, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), xlsxOptions)
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	b := &Book{Format: XLSX, Sheets: f.GetSheetList()}
	if len(b.Sheets) == 0 {
		return nil, fault.Field("file", "The workbook has no sheets.")
	}
	if b.Sheet = b.Sheets[0]; slices.Contains(b.Sheets, o.Sheet) {
		b.Sheet = o.Sheet
	}
	lines := 0
	err = eachRow(f, b.Sheet, behind{}, func(r Row) error {
		if b.Header == nil {
			b.Header, err = header(r.Cells)
			return err
		}
		lines++
		return errEnough
	})
	switch {
	case err != nil && err != errEnough:
		return nil, err
	case b.Header == nil:
		return nil, fault.Field("file", "The sheet %s is empty.", b.Sheet)
	case lines == 0:
		return nil, fault.Field("file", "The sheet %s has a header and no lines.", b.Sheet)
	}
	if len(b.Sheets) > 1 {
		b.Notes = append(b.Notes, "The sheet "+b.Sheet+" was read.")
	}
	b.rows = func(fn func(Row) error) error {
		f, err := excelize.OpenReader(bytes.NewReader(data), xlsxOptions)
		if err != nil {
			return unreadable(err)
		}
		defer f.Close()
		first := true
		return eachRow(f, b.Sheet, behind{dates: hasDates(f), numbers: o.Exact}, func(r Row) error {
			if first {
				first = false
				return nil
			}
			return fn(r)
		})
	}
	return b, nil
}

// errEnough ends a reading early.
var errEnough = fault.New(fault.Internal, "enough was read")

func unreadable(err error) error {
	if err == excelize.ErrWorkbookPassword {
		return fault.Field("file", "The workbook has a password. Save it without one.")
	}
	f := fault.Field("file", "This is not a workbook that can be read. Save it as XLSX, or export it as CSV.")
	f.Err = err
	return f
}

// behind says for which cells the number behind is asked, and not only what the workbook shows.
type behind struct{ dates, numbers bool }

// eachRow calls fn for every row that is not blank, as the workbook shows its cells. With behind, a second
// reader walks beside the first and gives the numbers behind the cells, so that a day is a day, and an amount
// has its cents, however its cell is formatted.
func eachRow(f *excelize.File, name string, ask behind, fn func(Row) error) error {
	shown, err := f.Rows(name)
	if err != nil {
		return unreadable(err)
	}
	defer shown.Close()
	var plain *excelize.Rows
	if ask.dates || ask.numbers {
		if plain, err = f.Rows(name); err != nil {
			return unreadable(err)
		}
		defer plain.Close()
	}
	props, _ := f.GetWorkbookProps()
	date1904 := props.Date1904 != nil && *props.Date1904
	for line := 1; shown.Next(); line++ {
		cells, err := shown.Columns()
		if err != nil {
			return unreadable(err)
		}
		if plain != nil && plain.Next() {
			numbers, err := plain.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return unreadable(err)
			}
			for i := range min(len(cells), len(numbers)) {
				if ask.dates {
					cells[i] = dateOf(cells[i], numbers[i], date1904)
				}
				if ask.numbers {
					cells[i] = numberOf(cells[i], numbers[i])
				}
			}
		}
		if len(cells) > MaxColumns {
			cells = cells[:MaxColumns]
		}
		if blank(cells) {
			continue
		}
		if err := fn(Row{Line: line, Cells: cells}); err != nil {
			return err
		}
	}
	if err := shown.Error(); err != nil {
		return unreadable(err)
	}
	return nil
}

// hasDates reports whether a style of the workbook shows dates in a form of its own.
func hasDates(f *excelize.File) bool {
	if _, err := f.GetStyle(0); err != nil || f.Styles == nil || f.Styles.NumFmts == nil {
		return false
	}
	for _, n := range f.Styles.NumFmts.NumFmt {
		if code := strings.ToLower(n.FormatCode); strings.Contains(code, "yy") || strings.Contains(code, "d") && strings.Contains(code, "m") {
			return true
		}
	}
	return false
}

var shownDate = regexp.MustCompile(`(?i)^\D*\d{1,4}[-/. ]+\d{1,2}[-/. ]+\d{1,4}\b|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)

// dateOf gives 2025-12-31 for a cell that shows a date and holds its number, else what the cell shows.
func dateOf(shown, number string, date1904 bool) string {
	if shown == number || !shownDate.MatchString(shown) {
		return shown
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n < 1 || n > 80_000 { // the year 2119
		return shown
	}
	t, err := excelize.ExcelDateToTime(n, date1904)
	if err != nil {
		return shown
	}
	return t.Format("2006-01-02")
}

// numberOf gives the number of a cell in plain digits where the cell shows it in another form: grouped, with the
// sign of a currency, in thousands, or rounded to whole units. A number that is shown to the cent, as the result of
// a division is, is what is shown. Every other cell is what it shows; so is a number with leading zeros, which is a name.
func numberOf(shown, number string) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || shown == number || shownDate.MatchString(shown) || leadingZero.MatchString(shown) {
		return shown
	}
	plain := strconv.FormatFloat(v, 'f', -1, 64)
	if _, err := strconv.ParseFloat(shown, 64); err == nil && strings.ContainsAny(shown, "eE") {
		return plain
	}
	digits, ok := SplitNumber(strings.Map(notCurrency, shown), "")
	if !ok {
		return shown
	}
	_, fraction, _ := strings.Cut(plain, ".")
	if len(fraction) <= 2 {
		return plain
	}
	for _, mark := range []byte{'.', ','} {
		if n, problem := digits.scaled(mark, 2); problem == "" && math.Abs(float64(n)/100-v) < 0.00501 {
			return Decimal{Units: n, Places: 2}.String()
		}
	}
	if len(fraction) == 3 { // else the mark could be taken for one that groups thousands
		plain += "0"
	}
	return plain
}

var leadingZero = regexp.MustCompile(`^0\d`)

func notCurrency(r rune) rune {
	if unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) {
		return -1
	}
	return r
}
