package pdf

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var options = Options{Title: "A title", Author: "Łódź", Head: "head", Foot: "foot", Made: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}

func TestWrapKeepsEveryWordWithinTheRoom(t *testing.T) {
	d := newDoc(options)
	for _, text := range []string{"", " ", "one", "Île-de-France  and Łódź", strings.Repeat("word ", 200), strings.Repeat("Donaudampfschifffahrt", 40), "50\u00a0% of\r\nit", "\x00\xff𝄞", "Шевченко"} {
		lines := d.wrap(text, 9, "", 40)
		for _, line := range lines {
			if d.wide(line, 9, "") > 40.001 && utf8.RuneCountInString(line) > 1 {
				t.Errorf("%q is wider than the room", line)
			}
		}
		squeeze := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == ' ' || r == '\n' {
					return -1
				}
				return r
			}, s)
		}
		if got, want := squeeze(strings.Join(lines, "")), squeeze(clean(text)); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
	if got := d.wrap("a "+strings.Repeat("m", 15)+" 50\u00a0%", 9, "", 40); strings.HasPrefix(got[len(got)-1], "%") {
		t.Errorf("a line begins with the sign of its number: %q", got)
	}
}

// A table that is longer than a page repeats its head, and neither its first nor its last row stands alone.
func TestTableOverPages(t *testing.T) {
	for n := 1; n < 90; n++ {
		d := newDoc(options)
		d.f.AddPage()
		d.f.SetY(200)
		table := Table{Title: "Title", Columns: []Column{{Title: "A", Share: 1}, {Title: "B", Share: 1, Right: true}}}
		for range n {
			table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: "x"}, {Text: "1"}}})
		}
		d.Table(table)
		if d.f.GetY() > pageHeight-foot+4 {
			t.Fatalf("%d rows end at %.1f mm", n, d.f.GetY())
		}
		_, height := d.measure(table.Rows[0], table.widths())
		if alone := top + d.headHeight(table, table.widths()) + height + 3; n > 1 && d.f.PageNo() > 1 && d.f.GetY() < alone+1 {
			t.Errorf("of %d rows the last stands alone", n)
		}
	}
}

func TestContentsKnowTheirPages(t *testing.T) {
	passes := 0
	file, err := Make(options, func(d *Doc) {
		passes++
		d.Cover("Org", "Title", "Sub", nil)
		d.Chapter("First", "lead", 200)
		d.Chapter("Second", "", 250)
		d.Chapter("Third", "", 20)
		if passes == 2 {
			if len(d.known) != 3 || d.known[0].page != 2 || d.known[1].page != 3 || d.known[2].page != 3 || d.pages != 3 {
				t.Errorf("%+v of %d pages", d.known, d.pages)
			}
		}
	})
	if err != nil || passes != 2 || !bytes.HasPrefix(file, []byte("%PDF-")) {
		t.Errorf("%d passes, %v", passes, err)
	}
}

func FuzzText(f *testing.F) {
	f.Add("Łódź", "Île-de-France\n\nШевченко")
	f.Add("\x00", "\U0001F600 \uFFFD \u202E")
	f.Fuzz(func(t *testing.T, title, text string) {
		if len(text) > 2000 || len(title) > 2000 {
			t.Skip("longer than any text of a pack")
		}
		_, err := Make(options, func(d *Doc) {
			d.Cover(title, title, text, []Fact{{title, text}})
			d.Chapter(title, text, 100)
			d.Para(text)
			d.Table(Table{Title: title, Columns: []Column{{Title: title, Share: 1}}, Rows: []Row{{Cells: []Cell{{Text: text}}}}})
			d.Tiles([]Tile{{Name: title, Value: text, Mark: text, Small: text, Tone: Red}})
			d.Define(title, text)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
