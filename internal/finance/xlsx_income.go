package finance

import (
	"strings"

	"piper/internal/sheet"
)

// parseWorkbook reads an income file that is a workbook, with the columns that a text file has.
func parseWorkbook(data []byte) (*Sheet, error) {
	book, err := sheet.Open("", data, sheet.Options{Exact: true})
	if err != nil {
		return nil, err
	}
	places, err := readHeader(book.Header)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Notes: book.Notes}
	var raws []rawRow
	err = book.Rows(func(row sheet.Row) error {
		if err := s.oneMore(); err != nil {
			return err
		}
		if row.Beyond > 0 {
			s.reject(row.Line, "row", strings.Join(row.Cells, " "), "The line has cells behind the last column of the header.")
			return nil
		}
		raw := rawRow{line: row.Line}
		for at, place := range places {
			raw.fields[at] = row.Cells[place]
		}
		raws = append(raws, raw)
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.parse(raws)
	return s, nil
}
