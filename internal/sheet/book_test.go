package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// read opens a file and gives its header and rows as lines, cells parted by bars.
func read(t *testing.T, name string, data []byte, o Options) (*Book, []string) {
	t.Helper()
	b, err := Open(name, data, o)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []string
	for range 2 { // rows can be read again
		rows = nil
		if err := b.Rows(func(r Row) error {
			rows = append(rows, fmt.Sprint(r.Line, " ", strings.Join(r.Cells, "|")))
			return nil
		}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return b, rows
}

func TestDelimitersAndQuotes(t *testing.T) {
	for _, c := range []struct{ text, delimiter, header, rows string }{
		{"name,mail\nAna,a@b.eu\n", "comma", "name|mail", "2 Ana|a@b.eu"},
		{"name;mail\n\nAna, the first;a@b.eu\n;\n", "semicolon", "name|mail", "3 Ana, the first|a@b.eu"},
		{"name\tmail\nAna\ta@b.eu", "tab", "name|mail", "2 Ana|a@b.eu"},
		{"name|mail\nAna|a@b.eu", "bar", "name|mail", "2 Ana|a@b.eu"},
		{"sep=;\nname;mail\nAna;x", "semicolon", "name|mail", "2 Ana|x"},
		{"name,mail,\n\"Ana\nMaria\",\"say \"\"hi\"\"\"\n", "comma", "name|mail", "2 Ana\nMaria|say \"hi\""},
		{"name,mail\nThe \"Hope\" Fund,x\n", "comma", "name|mail", "2 The \"Hope\" Fund|x"},
		{"name\nAna\n", "comma", "name", "2 Ana"},
		{"name,,mail\nAna,x\n", "comma", "name|Column B|mail", "2 Ana|x|"},
	} {
		b, rows := read(t, "x.csv", []byte(c.text), Options{})
		if b.Delimiter != c.delimiter || strings.Join(b.Header, "|") != c.header || strings.Join(rows, "\n") != c.rows {
			t.Errorf("%q: %s, %q, %q", c.text, b.Delimiter, b.Header, rows)
		}
	}
}

func TestEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"Windows-1252": "name,city\nStiftung Müller – „Würde“,Köln\nFondation Île,Besançon\n",
		"Windows-1250": "name,city\nŠtěpán Žižka,Plzeň\nFundacja Świt,Łódź\nNadace „Naděje“,Písek\n",
		"ISO-8859-2":   "name,city\nŠtěpán Žižka,Plzeň\nFundacja Świt,Łódź\nFundacja Ciąża,Białystok\n",
		"UTF-8":        "name,city\nŠtěpán,Łódź\n",
	} {
		data := []byte(text)
		if enc := oneByte[name]; enc != nil {
			s, err := enc.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			data = []byte(s)
		}
		b, rows := read(t, "x.csv", data, Options{})
		if b.Encoding != name || !strings.Contains(text, strings.Split(strings.TrimPrefix(rows[0], "2 "), "|")[0]) {
			t.Errorf("%s was read as %s: %q", name, b.Encoding, rows)
		}
	}
	latin, _ := charmap.ISO8859_2.NewEncoder().String("name\nč\n")
	if b, rows := read(t, "x.csv", []byte(latin), Options{Encoding: "ISO-8859-2"}); rows[0] != "2 č" || b.Encoding != "ISO-8859-2" {
		t.Errorf("what a person says of the encoding was not obeyed: %q", rows)
	}
}

func TestRefused(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "blank": "\n\n", "header only": "name,mail\n", "not closed": "name,mail\n\"Ana,x\n" + strings.Repeat("b,c\n", 500),
		"binary": "\x00\x01\x02", "no workbook": "PK\x03\x04nonsense", "old workbook": "\xd0\xcf\x11\xe0", "no end": "BEGIN:VCARD\nFN:Ana\n",
	} {
		if b, err := Open("x", []byte(data), Options{}); err == nil {
			t.Errorf("%s was taken: %+v", name, b)
		}
	}
}

// Real days come out as days, whatever the cell's format shows.
func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	day := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
	odd, long := "d. mmm yy", "dd/mm/yyyy"
	oddStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &odd})
	longStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &long})
	plain, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	for cell, v := range map[string]any{"A2": "Name", "B2": "a", "C2": "b", "D2": "c", "E2": "n", "A4": "Ana", "B4": day, "C4": day, "D4": day, "E4": 46110} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for cell, style := range map[string]int{"B4": oddStyle, "C4": longStyle, "D4": plain} {
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	b, rows := read(t, "x.xlsx", out.Bytes(), Options{})
	if b.Format != XLSX || len(b.Sheets) != 2 || strings.Join(b.Header, "|") != "Name|a|b|c|n" || strings.Join(rows, "\n") != "4 Ana|2026-03-29|2026-03-29|2026-03-29|46110" {
		t.Errorf("%+v %q", b, rows)
	}
}

// Amounts are those behind the cells, where a workbook shows them in another form.
func TestWorkbookExact(t *testing.T) {
	f := excelize.NewFile()
	day := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
	cells := []struct {
		value  any
		format string
		want   string
	}{
		{1234.56, "#,##0", "1234.56"}, {1234567, "#,##0,", "1234567"}, {-1234.5, "#,##0.00;(#,##0.00)", "-1234.5"},
		{1234.56, "[$€-2] #,##0.00", "1234.56"}, {99.5, "0.00 \"kr\"", "99.5"},
		{37.0 / 3, "0.00", "12.33"}, {37.0 / 3, "#,##0", "12.333333333333334"}, {1.234, "0.0", "1.2340"},
		{12345678901234567.0, "", "12345678901234568"},
		{0.5, "0%", "50%"}, {42, "00000", "00042"}, {day, "dd/mm/yyyy", "2026-03-29"}, {day, "mmm yy", "2026-03-29"}, {0.25, "hh:mm", "06:00"},
		{"1.234,56", "", "1.234,56"}, {"Ana", "", "Ana"},
	}
	var names, want []string
	for i, c := range cells {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		head, _ := excelize.CoordinatesToCellName(i+1, 1)
		names, want = append(names, fmt.Sprint("c", i)), append(want, c.want)
		if err := errors.Join(f.SetCellValue("Sheet1", head, names[i]), f.SetCellValue("Sheet1", cell, c.value)); err != nil {
			t.Fatal(err)
		}
		if c.format != "" {
			style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
			if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	_, rows := read(t, "x.xlsx", out.Bytes(), Options{Exact: true})
	if got := strings.Split(strings.TrimPrefix(rows[0], "2 "), "|"); !slices.Equal(got, want) {
		t.Errorf("%q, want\n%q", got, want)
	}
	_, rows = read(t, "x.xlsx", out.Bytes(), Options{})
	if !strings.HasPrefix(rows[0], "2 1,235|1,235|(1,234.50)|") {
		t.Errorf("without Exact cells are what they show, not %q", rows[0])
	}
}

func TestCards(t *testing.T) {
	_, rows := read(t, "x.vcf", []byte("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=\r\n=BCrgen\r\nFN;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:J=E9r=\r\nn=E8\r\nTEL;WORK;VOICE:+32 2 123\r\nEMAIL;INTERNET:j@x.eu\r\nPHOTO;ENCODING=BASE64;JPEG:AAAA\r\n BBBB\r\n\r\nEND:VCARD\r\n"+
		"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nORG:La Strada;Policy\nTITLE:Director\nitem1.EMAIL;TYPE=WORK:a@x.eu\nEMAIL;TYPE=HOME:b@x.eu\nADR;TYPE=WORK:;;Rue 1;Brussels;;1000;Belgium\nNOTE:one\\ntwo\nCATEGORIES:x,y\nUID:17\nEND:VCARD\n"+
		"BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Oak\n Foundation\nTEL;VALUE=uri;TYPE=\"work,voice\":tel:+41-22\nEND:VCARD\n"), Options{})
	want := []string{
		"1 Jérnč|person||||+32 2 123||||||",
		"2 Ana Ruiz|person|La Strada|Director|a@x.eu; b@x.eu||Belgium||x; y|one\ntwo||17",
		"3 OakFoundation|organisation||||+41-22||||||",
	}
	want[0] = "1 Jérnč|person|||j@x.eu|+32 2 123||||||"
	if strings.Join(rows, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q\n%q", rows, want)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("x.csv", []byte("name;mail\n\"Ana\nM\";x\n"))
	f.Add("x.csv", []byte("sep=|\na|b\n\"|\"|2\n"))
	f.Add("x.vcf", []byte("BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:=C3=\n=A4\nTEL;WORK:1\nEND:VCARD\n"))
	f.Add("x.csv", []byte("\xff\xfea\x00\n\x00b\x00\n\x00"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b, err := Open(name, data, Options{})
		if err != nil {
			return
		}
		_ = b.Rows(func(r Row) error {
			if len(r.Cells) != len(b.Header) || r.Line < 1 {
				t.Fatalf("%+v of %q", r, b.Header)
			}
			return nil
		})
	})
}

func FuzzNumber(f *testing.F) {
	f.Add("1.234,56")
	f.Add("(1'234.5)")
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := SplitNumber(s, "€"); ok {
			var m Marks
			m.See(n)
			if v, problem := m.Read(n, 2); problem == "" && (v > MaxNumber || v < -MaxNumber) {
				t.Fatalf("%q is %d", s, v)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	f.Add("31/12/2025")
	f.Add("2025-12-31T00:00:00Z")
	f.Fuzz(func(t *testing.T, s string) {
		if p, ok := SplitDate(s); ok {
			var o Orders
			o.See(p)
			if d, problem := o.Read(p); problem == "" && len(d) != 10 {
				t.Fatalf("%q is %q", s, d)
			}
		}
	})
}
