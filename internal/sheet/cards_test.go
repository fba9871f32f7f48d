package sheet

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-vcard"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

var cards = []Card{
	{UID: "01jd", Name: "Anneliese Maria Röder", Organisation: "FEMM Committee; Parliament, Brussels", Title: "Rapporteur",
		Emails: []CardValue{{"anneliese.roder@ep.example.org", "work"}, {"a@example.org", "the other one"}}, Phones: []CardValue{{"+32 2 123 45 67", "Mobile"}},
		Country: "Germany", Website: "https://example.org/röder?a=1,2;b", Categories: []string{"FEMM, rapporteur", `back\slash`, "key"},
		Revised: time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC)},
	{UID: "01je", Name: "Фундація «Маяк» — мережа притулків та гарячих ліній для постраждалих", IsCompany: true, Organisation: "La Strada", Country: "Ukraine"},
	{UID: "01jf", Name: "Madonna\nBCC:x"},
}

func TestCardsGolden(t *testing.T) {
	var buf bytes.Buffer
	for _, c := range cards {
		if err := WriteCard(&buf, c); err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.SplitSeq(buf.String(), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("the line %q has %d bytes", line, len(line))
		}
	}
	golden(t, "cards.vcf", buf.Bytes())
}

// What is written comes back, by a reader that is not ours.
func TestCardsComeBack(t *testing.T) {
	for _, c := range cards {
		var buf bytes.Buffer
		if err := WriteCard(&buf, c); err != nil {
			t.Fatal(err)
		}
		card, err := vcard.NewDecoder(&buf).Decode()
		if err != nil {
			t.Fatal(err)
		}
		if got := card.Value(vcard.FieldFormattedName); got != c.Name {
			t.Errorf("name: %q", got)
		}
		if got := card.Values(vcard.FieldEmail); len(got) != len(c.Emails) || len(got) > 0 && got[0] != c.Emails[0].Value {
			t.Errorf("e-mail: %q", got)
		}
		if got := card.Value(vcard.FieldURL); got != c.Website {
			t.Errorf("website: %q", got)
		}
		if a := card.Address(); (a != nil) != (c.Country != "") || a != nil && a.Country != c.Country {
			t.Errorf("address: %+v", a)
		}
	}
}

func FuzzWriteCard(f *testing.F) {
	f.Add("Ana", "x;y", "a,b")
	f.Add("\r\n\\;,", "\xff", strings.Repeat("ß", 100))
	f.Fuzz(func(t *testing.T, name, title, tag string) {
		var buf bytes.Buffer
		if err := WriteCard(&buf, Card{UID: "1", Name: name, Title: title, Categories: []string{tag}}); err != nil {
			t.Fatal(err)
		}
		if strings.Count(buf.String(), "\r\nEND:VCARD\r\n") != 1 || strings.Contains(strings.ReplaceAll(buf.String(), "\r\n", ""), "\n") {
			t.Fatalf("a value broke out: %q", buf.String())
		}
	})
}
