package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func finish(t *testing.T, w *Writer) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Finish(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// part gives one file of the package.
func part(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCells(t *testing.T) {
	t.Parallel()
	w, err := NewWriter("Income: [2026]", []Column{{"Name", 30}, {"Day", 12}, {"At", 18}, {"Amount", 14}, {"Count", 0}})
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 3, 29, 0, 30, 0, 0, time.FixedZone("Brussels", 3600))
	for _, row := range [][]Cell{
		{"=HYPERLINK(\"http://x\")", Day("2026-03-29"), moment, Decimal{-123456, 2}, int64(7)},
		{"@SUM(A1)", Day("0026-99-99"), time.Time{}, nil, int64(-7)},
		{"-12.50", Day("1999-12-31"), nil, Decimal{5, 2}, int64(0)},
	} {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	file := finish(t, w)
	back, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	rows, err := back.GetRows("Income   2026")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Name", "Day", "At", "Amount", "Count"},
		{"'=HYPERLINK(\"http://x\")", "2026-03-29", "2026-03-28 23:30", "-1234.56", "7"},
		{"'@SUM(A1)", "0026-99-99", "", "", "-7"},
		{"-12.50", "1999-12-31", "", "0.05", "0"},
	}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Fatalf("read back\n%v\nwant\n%v", rows, want)
	}
	xml := part(t, file, "xl/worksheets/sheet1.xml")
	for _, piece := range []string{`<v>46110</v>`, `state="frozen"`, `<cols>`, `<v>-1234.56</v>`} { // 2026-03-29 is day 46110, whole
		if !strings.Contains(xml, piece) {
			t.Errorf("the sheet has no %s", piece)
		}
	}
	if strings.Contains(xml, "<f>") {
		t.Error("there is a formula in the sheet")
	}
}

// A civil date is the same day number wherever the program runs.
func TestDayIsTheSameInEveryZone(t *testing.T) {
	for _, zone := range []string{"Europe/Brussels", "America/New_York", "UTC", "Pacific/Kiritimati"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		was := time.Local
		time.Local = loc
		w, err := NewWriter("x", []Column{{"Day", 0}})
		if err == nil {
			err = w.Row(Day("2026-03-29"))
		}
		time.Local = was
		if err != nil {
			t.Fatal(err)
		}
		if xml := part(t, finish(t, w), "xl/worksheets/sheet1.xml"); !strings.Contains(xml, "<v>46110</v>") {
			t.Errorf("%s: not the day 46110: %s", zone, xml)
		}
	}
}

// A long table does not stay in memory: 100,000 rows of 50 MB of text grow the heap by a small part of that.
func TestLongTableIsNotHeld(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 50 MB")
	}
	w, err := NewWriter("Long", []Column{{"A", 0}, {"B", 0}, {"C", 0}, {"D", 0}})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	filler := strings.Repeat("x", 120)
	for i := range 100_000 {
		if err := w.Row(fmt.Sprint(i, filler), filler, filler, filler); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 32<<20 {
		t.Errorf("100,000 rows hold %d MB", grown>>20)
	}
	if err := w.Finish(io.Discard); err != nil {
		t.Fatal(err)
	}
}
