package sheet

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
	err = eachRow(f, b.Sheet, false, func(r Row) error {
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
		return eachRow(f, b.Sheet, hasDates(f), func(r Row) error {
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

// eachRow calls fn for every row that is not blank, as the workbook shows its cells. With dates, a second
// reader walks beside the first and gives the numbers behind the cells, so that a day is a day however
// its cell is formatted.
func eachRow(f *excelize.File, name string, dates bool, fn func(Row) error) error {
	shown, err := f.Rows(name)
	if err != nil {
		return unreadable(err)
	}
	defer shown.Close()
	var plain *excelize.Rows
	if dates {
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
		if dates && plain.Next() {
			numbers, err := plain.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return unreadable(err)
			}
			for i := range min(len(cells), len(numbers)) {
				cells[i] = dateOf(cells[i], numbers[i], date1904)
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
