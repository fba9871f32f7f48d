package finance

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"piper/internal/fault"
)

// workbook makes a workbook of rows; a cell with a format is shown in it.
func workbook(t *testing.T, rows [][]any, formats map[string]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for cell, format := range formats {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Amounts come in to the cent, however their cells are formatted; days are days.
func TestParseIncomeWorkbook(t *testing.T) {
	header := []any{"Date", "Donor", "Ultimate donor", "Currency", "Amount", "Earmarking", "Restriction", "Source type"}
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	data := workbook(t, [][]any{
		header,
		{day, "Fundacja Łódź", "", "EUR", 1234.56, "unearmarked", "unrestricted", "foundation"},
		{},
		{"31/12/2025", "Île-de-France", "European Commission", "chf", "-1.234,50", "tightly earmarked", "restricted", "eu"},
		{day, "Шевченко", "", "EUR", -250000, "soft", "designated", "other"},
	}, map[string]string{"A2": "d. mmmm yyyy", "E2": "#,##0", "E5": "#,##0,"})
	s := parse(t, string(data))
	if s.ErrorCount != 0 || s.Lines != 3 {
		t.Fatalf("%+v", s)
	}
	for i, want := range []Row{
		{2, "Fundacja Łódź", "", "2024-02-29", Money{Minor: 123456, Currency: "EUR"}, Unearmarked, Unrestricted, "foundation"},
		{4, "Île-de-France", "European Commission", "2025-12-31", Money{Minor: -123450, Currency: "CHF"}, Tight, Restricted, "eu"},
		{5, "Шевченко", "", "2024-02-29", Money{Minor: -25000000, Currency: "EUR"}, Soft, Designated, "other"},
	} {
		if s.Rows[i] != want {
			t.Errorf("%+v, want %+v", s.Rows[i], want)
		}
	}
}

func TestParseIncomeWorkbookWrong(t *testing.T) {
	row := []any{"A", "", "2025-01-01", 12.345, "EUR", "soft", "restricted", "eu"}
	names := make([]any, len(Columns))
	for i, c := range Columns {
		names[i] = c
	}
	s := parse(t, string(workbook(t, [][]any{names, row, append(append([]any{}, row...), "beyond")}, map[string]string{"D2": "0.0"})))
	if s.ErrorCount != 2 || s.Lines != 2 || s.Errors[0].Row != 3 || s.Errors[1].Row != 2 || s.Errors[1].Field != "amount" {
		t.Errorf("%+v", s)
	}
	for what, data := range map[string][]byte{
		"missing":  workbook(t, [][]any{{"donor", "date"}, {"A", "2025-01-01"}}, nil),
		"XLS":      []byte("\xd0\xcf\x11\xe0 and more"),
		"no lines": workbook(t, [][]any{names}, nil),
	} {
		if _, err := ParseIncome(data); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
