package finance

import (
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"piper/internal/money"
)

const header = "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n"

func parse(t *testing.T, data string) *Sheet {
	t.Helper()
	s, err := ParseIncome([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestParseIncome(t *testing.T) {
	s := parse(t, header+"DG JUST,European Commission,2025-03-01,300000.00,EUR,soft,restricted,eu\n\nMember A,,2025-04-01,-50,chf,Tightly Earmarked,Unrestricted,Membership Fees\n")
	if s.ErrorCount != 0 || len(s.Rows) != 2 || s.Lines != 2 || len(s.Notes) != 0 {
		t.Fatalf("%+v", s)
	}
	want := Row{2, "DG JUST", "European Commission", "2025-03-01", Money{Minor: 30000000, Currency: "EUR"}, Soft, Restricted, "eu"}
	if s.Rows[0] != want {
		t.Errorf("%+v", s.Rows[0])
	}
	want = Row{4, "Member A", "", "2025-04-01", Money{Minor: -5000, Currency: "CHF"}, Tight, Unrestricted, "membership"}
	if s.Rows[1] != want {
		t.Errorf("%+v", s.Rows[1])
	}
}

// Semicolons, Windows-1252, decimal commas and day/month/year, as a spreadsheet in Europe writes them.
func TestParseIncomeEuropean(t *testing.T) {
	text := "Donor;Ultimate Donor;Date;Amount;Currency;Earmarking;Restriction;Source-Type;\r\n" +
		"Stiftung Müller – „Würde“;;31/12/2025;1.234,56;EUR;unearmarked;unrestricted;foundation;\r\n" +
		"Fondation Île;;03/04/2025;1.000;EUR;soft;restricted;foundation;\r\n"
	data, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	s := parse(t, data)
	if s.ErrorCount != 0 {
		t.Fatalf("%+v", s.Errors)
	}
	if s.Rows[0].Donor != "Stiftung Müller – „Würde“" || s.Rows[0].Date != "2025-12-31" || s.Rows[0].Amount.Minor != 123456 {
		t.Errorf("%+v", s.Rows[0])
	}
	if s.Rows[1].Date != "2025-04-03" || s.Rows[1].Amount.Minor != 100000 {
		t.Errorf("the column's order and mark were not used for %+v", s.Rows[1])
	}
	if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "Windows-1252") {
		t.Errorf("notes %q", s.Notes)
	}
}

func TestParseIncomeEncodings(t *testing.T) {
	text := header + "Łódź,,2025-03-01,1.50,EUR,soft,restricted,eu\n"
	wide := utf16.Encode([]rune(text))
	little, big := []byte("\xff\xfe"), []byte("\xfe\xff")
	for _, u := range wide {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	for name, data := range map[string]string{
		"UTF-8": text, "with BOM": "\ufeff" + text, "UTF-16 little": string(little), "UTF-16 big": string(big),
		"UTF-16 little without BOM": string(little[2:]), "UTF-16 big without BOM": string(big[2:]),
		"tabs": strings.ReplaceAll(text, ",", "\t"), "sep line": "sep=;\r\n" + strings.ReplaceAll(text, ",", ";"),
		"old Mac is not needed, CRLF is": strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		s := parse(t, data)
		if s.ErrorCount != 0 || len(s.Rows) != 1 || s.Rows[0].Donor != "Łódź" || s.Rows[0].Amount.Minor != 150 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestParseIncomeRefusesWholeFiles(t *testing.T) {
	row := "A,,2025-01-01,1,EUR,soft,restricted,eu\n"
	for _, c := range []struct{ name, data, want string }{
		{"empty", "", "empty"},
		{"only a header", header, "no lines"},
		{"unknown column", strings.Replace(header, "donor,", "donor,colour,", 1) + row, "colour"},
		{"missing column", strings.Replace(header, ",currency", "", 1) + row, "currency"},
		{"column twice", strings.Replace(header, "donor,", "donor,donor,", 1) + row, "twice"},
		{"spreadsheet", "PK\x03\x04xxxx", "not a workbook that can be read"},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00\x00", "not a text file"},
		{"open quote", header + "\"A,,2025-01-01,1,EUR,soft,restricted,eu\n", "quotation mark"},
	} {
		_, err := ParseIncome([]byte(c.data))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestParseIncomeNamesRowAndField(t *testing.T) {
	good := []string{"A", "", "2025-01-01", "1.00", "EUR", "soft", "restricted", "eu"}
	for _, c := range []struct {
		at    int
		value string
	}{
		{0, ""}, {0, "…"}, {0, strings.Repeat("x", 301)}, {1, "!!"},
		{2, "soon"}, {2, "2025-02-30"}, {2, "31.12.25"}, {2, "45678"}, {2, "1066-10-14"}, {2, ""},
		{3, "a lot"}, {3, "1.234.56"}, {3, "12.345"}, {3, "1.2.3"}, {3, ""}, {3, "--5"}, {3, "(5"}, {3, "1 23"}, {3, "99999999999999.00"},
		{4, "EURO"}, {4, ""}, {5, "hard"}, {5, ""}, {6, "none"}, {7, "lottery"},
	} {
		fields := append([]string{}, good...)
		fields[c.at] = c.value
		s := parse(t, header+strings.Join(good, ",")+"\n"+strings.Join(fields, ",")+"\n")
		if s.ErrorCount != 1 || s.Errors[0].Row != 3 || s.Errors[0].Field != Columns[c.at] || len(s.Rows) != 1 {
			t.Errorf("%s = %.30q: %+v", Columns[c.at], c.value, s.Errors)
		}
	}
	s := parse(t, header+"A,,2025-01-01,1,EUR,soft\n")
	if s.ErrorCount != 1 || s.Errors[0].Field != "row" {
		t.Errorf("short line: %+v", s.Errors)
	}
}

func TestNotesSayWhatCouldBeReadOtherwise(t *testing.T) {
	s := parse(t, header+"A,,03/04/2025,1.234,EUR,soft,restricted,eu\n")
	if len(s.Notes) != 2 || !strings.Contains(s.Notes[0], "day/month") || !strings.Contains(s.Notes[1], "thousands") {
		t.Errorf("%q", s.Notes)
	}
}

func FuzzParseIncome(f *testing.F) {
	f.Add([]byte(header + "DG JUST,European Commission,2025-03-01,300000.00,EUR,soft,restricted,eu\n"))
	f.Add([]byte("sep=;\n" + strings.ReplaceAll(header, ",", ";") + "\"A\nB\";;31/12/2025;1.234,56;EUR;soft;restricted;eu\n"))
	f.Add([]byte("\xff\xfed\x00o\x00n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseIncome(data)
		if err != nil {
			return
		}
		if len(s.Rows) > s.Lines || s.ErrorCount < len(s.Errors) || (s.ErrorCount == 0) != (len(s.Rows) == s.Lines) {
			t.Fatalf("lines %d rows %d errors %d", s.Lines, len(s.Rows), s.ErrorCount)
		}
		for _, r := range s.Rows {
			if r.Donor == "" || len(r.Date) != 10 || r.Amount.Minor > money.MaxMinor || r.Amount.Minor < -money.MaxMinor || len(r.Amount.Currency) != 3 {
				t.Fatalf("%+v", r)
			}
		}
	})
}
