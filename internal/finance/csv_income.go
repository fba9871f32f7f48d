package finance

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/sheet"
	"piper/internal/store"
)

// MaxRows bounds one file.
const MaxRows = 1_000_000

// maxName bounds a donor's name, in characters.
const maxName = 300

// maxNamed bounds how many row errors are listed; all are counted.
const maxNamed = 500

// Row is one valid line of an income file.
type Row struct {
	Row           int // line of the file; the header is line 1
	Donor         string
	UltimateDonor string // "" = the donor
	Date          store.Date
	Amount        Money
	Earmarking    Earmarking
	Restriction   Restriction
	SourceType    SourceType
}

// RowError says what is wrong in one field of one line.
type RowError struct {
	Row     int    `json:"row"`
	Field   string `json:"field"`
	Value   string `json:"value"`
	Message string `json:"message"`
}

// Sheet is a parsed income file. Where ErrorCount is not zero nothing of it may be imported.
type Sheet struct {
	Lines      int // data lines, valid or not
	Rows       []Row
	Errors     []RowError // the first of them
	ErrorCount int
	Notes      []string // how the file was read, in sentences, where it could have been read otherwise
}

// rawRow is a record before its columns are understood together.
type rawRow struct {
	line   int
	fields [columnCount]string
}

// ParseIncome reads an income file. A workbook is read from its first sheet; text is separated by comma, semicolon
// or tab, in UTF-8, UTF-16 or Windows-1252, with the number and date forms that spreadsheets in Europe write.
// Decimal mark and order of day and month are decided for the whole column. An error means that the file as a
// whole cannot be read; wrong lines are in the Sheet.
func ParseIncome(data []byte) (*Sheet, error) {
	if sheet.IsWorkbook(data) {
		return parseWorkbook(data)
	}
	text, encodingName, err := sheet.Text(data, "")
	if err != nil {
		return nil, err
	}
	delimiter, text := sheet.FindDelimiter(text, func(field string) bool { return indexOf(Columns, columnName(field)) >= 0 })
	s := &Sheet{}
	raws, err := s.readRecords(text, sheet.Delimiters[delimiter])
	if err != nil {
		return nil, err
	}
	if encodingName != "UTF-8" || delimiter != "comma" {
		s.Notes = append(s.Notes, fmt.Sprintf("The file was read as %s text separated by %s.", encodingName, sheet.Plural(delimiter)))
	}
	s.parse(raws)
	return s, nil
}

// oneMore counts a line, up to as many as a file may have.
func (s *Sheet) oneMore() error {
	if s.Lines++; s.Lines > MaxRows {
		return fault.New(fault.TooLarge, "The file has more than %d lines. Split it.", MaxRows)
	}
	return nil
}

func (s *Sheet) readRecords(text []byte, delimiter rune) ([]rawRow, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiter, -1, true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fault.Field("file", "The file is empty.")
	}
	if err != nil {
		return nil, sheet.Malformed(err)
	}
	width := len(header)
	places, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	raws := make([]rawRow, 0, bytes.Count(text, []byte("\n")))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, sheet.Malformed(err)
		}
		if blank(record) {
			continue
		}
		line, _ := r.FieldPos(0)
		if err := s.oneMore(); err != nil {
			return nil, err
		}
		if len(record) > width && !blank(record[width:]) || len(record) < width-1 {
			s.reject(line, "row", strings.Join(record, string(delimiter)),
				fmt.Sprintf("The line has %d fields where the header has %d.", len(record), width))
			continue
		}
		raw := rawRow{line: line}
		for at, place := range places {
			if place < len(record) {
				raw.fields[at] = strings.TrimSpace(record[place])
			}
		}
		raws = append(raws, raw)
	}
	if s.Lines == 0 {
		return nil, fault.Field("file", "The file has a header and no lines.")
	}
	return raws, nil
}

func blank(record []string) bool {
	for _, f := range record {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

func (s *Sheet) reject(line int, field, value, message string) {
	if s.ErrorCount++; len(s.Errors) < maxNamed {
		s.Errors = append(s.Errors, RowError{Row: line, Field: field, Value: clip(strings.ToValidUTF8(value, "�")), Message: message})
	}
}

// parse understands the columns of numbers and dates as wholes, then every line.
func (s *Sheet) parse(raws []rawRow) {
	var decimal sheet.Marks
	var order sheet.Orders
	for i := range raws {
		if n, ok := sheet.SplitNumber(raws[i].fields[colAmount], symbol(raws[i].fields[colCurrency])); ok {
			decimal.See(n)
		}
		if p, ok := sheet.SplitDate(raws[i].fields[colDate]); ok {
			order.See(p)
		}
	}
	if order.Ambiguous && !order.DayFirst && !order.MonthFirst {
		s.Notes = append(s.Notes, "No date tells whether day or month comes first; they were read as day/month/year.")
	}
	if order.MonthFirst && !order.DayFirst {
		s.Notes = append(s.Notes, "The dates were read as month/day/year.")
	}
	if decimal.Ambiguous && !decimal.Point && !decimal.Comma {
		s.Notes = append(s.Notes, "No amount has decimals; a mark before three digits was read as grouping thousands (1.234 is one thousand two hundred and thirty-four).")
	}
	reader := lineReader{into: s, decimal: decimal, order: order, currencies: map[string]string{}, names: map[string]string{"": ""}}
	s.Rows = make([]Row, 0, len(raws))
	for i := range raws {
		if row, ok := reader.read(&raws[i]); ok {
			s.Rows = append(s.Rows, row)
		}
	}
}

type lineReader struct {
	into       *Sheet
	decimal    sheet.Marks
	order      sheet.Orders
	currencies map[string]string // as written → code, "" for a wrong one
	names      map[string]string // as written → what is wrong with it
}

func (r *lineReader) read(raw *rawRow) (Row, bool) {
	row := Row{Row: raw.line, Donor: oneLine(raw.fields[colDonor]), UltimateDonor: oneLine(raw.fields[colUltimate])}
	before := r.into.ErrorCount
	wrong := func(at int, format string, args ...any) {
		r.into.reject(raw.line, Columns[at], raw.fields[at], fmt.Sprintf(format, args...))
	}
	if row.Donor == "" {
		wrong(colDonor, "The donor is missing.")
	}
	for at, name := range [...]string{colDonor: row.Donor, colUltimate: row.UltimateDonor} {
		if problem := r.nameProblem(name); problem != "" {
			wrong(at, "%s", problem)
		}
	}
	if parts, ok := sheet.SplitDate(raw.fields[colDate]); !ok {
		wrong(colDate, "This is not a date such as 2025-12-31, 31/12/2025 or 31.12.2025.")
	} else if date, problem := r.order.Read(parts); problem != "" {
		wrong(colDate, "%s", problem)
	} else {
		row.Date = store.Date(date)
	}
	code := r.currency(raw.fields[colCurrency])
	if code == "" {
		wrong(colCurrency, "This is not an ISO 4217 currency code such as EUR or CHF.")
	}
	if n, ok := sheet.SplitNumber(raw.fields[colAmount], symbol(code)); !ok {
		wrong(colAmount, "This is not a number such as 1234.56 or 1.234,56.")
	} else if minor, problem := r.decimal.Read(n, money.Exponent(code)); problem != "" && code != "" {
		wrong(colAmount, "%s", problem)
	} else {
		row.Amount = Money{Minor: minor, Currency: code}
	}
	var ok bool
	if row.Earmarking, ok = codeOf(raw.fields[colEarmarking], EarmarkingLevels, earmarkingLabels); !ok {
		wrong(colEarmarking, "This is not one of unearmarked, soft, earmarked, tight.")
	}
	if row.Restriction, ok = codeOf(raw.fields[colRestriction], Restrictions, nil); !ok {
		wrong(colRestriction, "This is not one of unrestricted, designated, restricted.")
	}
	if row.SourceType, ok = codeOf(raw.fields[colSource], SourceTypes, sourceTypeLabels); !ok {
		wrong(colSource, "This is not one of eu, government, igo, foundation, corporate, membership, services, public, other.")
	}
	return row, r.into.ErrorCount == before
}

// symbol is the sign that may stand beside amounts of a currency.
func symbol(code string) string {
	if strings.EqualFold(code, money.Euro) {
		return "€"
	}
	return ""
}

func (r *lineReader) currency(s string) string {
	code, ok := r.currencies[s]
	if !ok {
		code, _ = money.ParseCurrency(s)
		r.currencies[s] = code
	}
	return code
}

// nameProblem says what is wrong with a donor's name, once per name: folding is slow and donors recur.
func (r *lineReader) nameProblem(name string) string {
	problem, known := r.names[name]
	if known {
		return problem
	}
	switch {
	case utf8.RuneCountInString(name) > maxName:
		problem = fmt.Sprintf("The name is longer than %d characters.", maxName)
	case store.Fold(name) == "":
		problem = "This name has no letters or digits."
	}
	r.names[name] = problem
	return problem
}

// oneLine puts a name that was wrapped in its cell on one line.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
