package award

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
)

var update = flag.Bool("update", false, "write the goldens anew")

// log is a Sink that writes down what it is given.
type log struct {
	Grants  []Grant
	Rejects []AwardReject
	Asides  map[string]int
}

func (l *log) Grant(g Grant) error { l.Grants = append(l.Grants, g); return nil }
func (l *log) Reject(place, ref, reason string) error {
	l.Rejects = append(l.Rejects, AwardReject{place, ref, reason})
	return nil
}
func (l *log) Aside(what string) error { l.Asides[what]++; return nil }

func (l *log) all() int {
	n := len(l.Grants) + len(l.Rejects)
	for _, c := range l.Asides {
		n += c
	}
	return n
}

func parse(t *testing.T, name string, data []byte) (*log, Kind) {
	t.Helper()
	l := &log{Asides: map[string]int{}}
	kind, err := Parse(name, data, l)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return l, kind
}

// TestGoldens holds what is read of our own small files against what was read when somebody looked at it.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 5 {
		t.Fatalf("only %d fixtures: %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			l, kind := parse(t, file, data)
			got := fmt.Sprintf("%s\n", kind)
			for _, part := range []any{l.Grants, l.Rejects, l.Asides} {
				b, err := json.MarshalIndent(part, "", " ")
				if err != nil {
					t.Fatal(err)
				}
				got += string(b) + "\n"
			}
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got != string(want) {
				t.Errorf("read otherwise than the golden (%v):\n%s", err, got)
			}
		})
	}
}

// shared reads a recorded file that stands beside the project, and skips where it does not.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/data", name))
	if err != nil {
		t.Skip("the recorded files are not beside the project")
	}
	return data
}

// TestThreeSixtyAccounts: every grant of the recorded files is imported or rejected, as a plain decoding of the
// whole file counts them, and amounts are those of the file to the penny.
func TestThreeSixtyAccounts(t *testing.T) {
	for name, want := range map[string]struct{ grants, zero, usd int }{
		"a002400000nO46WAAS.json":          {870, 0, 0},
		"a002400000KeYdsAAF.json":          {379, 114, 0},
		"a002400000KeYdsAAF-currency.json": {379, 114, 4},
	} {
		t.Run(name, func(t *testing.T) {
			data := shared(t, "threesixtygiving/"+name)
			var plain struct {
				Grants []struct {
					ID     string          `json:"id"`
					Amount json.RawMessage `json:"amountAwarded"`
					Cur    string          `json:"currency"`
				} `json:"grants"`
			}
			if err := json.Unmarshal(data, &plain); err != nil {
				t.Fatal(err)
			}
			l, kind := parse(t, name, data)
			if kind != ThreeSixty || len(plain.Grants) != want.grants || l.all() != want.grants || len(l.Rejects) != want.zero {
				t.Fatalf("%s: %d grants in the file, %d read, %d rejected, %d set aside", kind, len(plain.Grants), len(l.Grants), len(l.Rejects), len(l.Asides))
			}
			amounts, zero, usd := map[string]string{}, 0, 0
			for _, g := range plain.Grants {
				amounts[g.ID] = string(g.Amount)
				if strings.Trim(string(g.Amount), "0.") == "" {
					zero++
				}
				if g.Cur == "USD" {
					usd++
				}
			}
			for _, g := range l.Grants {
				if amounts[g.ExternalID] != g.Amount {
					t.Errorf("%s: read %s where the file has %s", g.ExternalID, g.Amount, amounts[g.ExternalID])
				}
				if g.Year < 2014 || g.Year > 2019 || g.Funder.Country != "GB" || g.Recipient.Name == "" || len(g.Countries) > 1 {
					t.Fatalf("%+v", g)
				}
			}
			if zero != want.zero || usd != want.usd {
				t.Errorf("the file has %d zeros and %d dollars", zero, usd)
			}
		})
	}
}

// TestIATIAccounts: every transaction is an award, a reject or something else with a name, as a plain decoding
// of the whole file counts them.
func TestIATIAccounts(t *testing.T) {
	for name, want := range map[string]struct{ transactions, awards, rejects int }{
		"dfid_ZW_1.0_2011.xml":                         {358, 185, 10},
		"worldbank_1.0_2010.xml":                       {28, 14, 0},
		"dportal_foodsecurity_2.03.xml":                {63, 18, 0},
		"activity-standard-example-annotated_2.03.xml": {1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			data := shared(t, "iati/"+name)
			transactions, commitments := countTransactions(t, data)
			l, kind := parse(t, name, data)
			if kind != IATI || transactions != want.transactions || l.all() != transactions {
				t.Fatalf("%s: %d transactions in the file, %d accounted for: %d awards, %d rejects, %v", kind, transactions, l.all(), len(l.Grants), len(l.Rejects), l.Asides)
			}
			if len(l.Grants)+len(l.Rejects) != commitments || len(l.Grants) != want.awards || len(l.Rejects) != want.rejects {
				t.Errorf("%d commitments in the file; %d awards, rejects: %v", commitments, len(l.Grants), l.Rejects)
			}
			ids := map[string]bool{}
			for _, g := range l.Grants {
				if ids[g.ExternalID] {
					t.Errorf("two awards are called %q", g.ExternalID)
				}
				ids[g.ExternalID] = true
				if g.Funder.Name == "" || g.Currency == "" || g.Year == 0 {
					t.Errorf("%+v", g)
				}
			}
		})
	}
}

// countTransactions counts with a decoder of its own, element by element.
func countTransactions(t *testing.T, data []byte) (all, commitments int) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return all, commitments
		}
		if err != nil {
			t.Fatal(err)
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		is := func(name string, values ...string) bool {
			return slices.ContainsFunc(el.Attr, func(a xml.Attr) bool { return a.Name.Local == name && slices.Contains(values, a.Value) })
		}
		switch el.Name.Local {
		case "transaction":
			all++
			if is("type", "commitment") {
				commitments++
			}
		case "transaction-type":
			if is("code", "2", "C") {
				commitments++
			}
		}
	}
}

func TestDays(t *testing.T) {
	for text, want := range map[string]string{
		"2015-01-30": "2015-01-30", "2015-01-30T00:00:00+00:00": "2015-01-30", "2015-06-30T23:30:00-05:00": "2015-06-30", "2011-12-31Z": "2011-12-31",
		"05/06/2014": "2014-06-05", "5/6/2014": "2014-06-05", "17/08/2015 00:00": "2015-08-17", " 2015-01-30 ": "2015-01-30",
		"31/13/2014": "", "2015-02-30": "", "": "", "0001-01-01": "", "30-01-2015": "", "2015": "",
	} {
		if day, year, sentence := readDay(text); string(day) != want || (want == "") != (sentence != "") || want != "" && fmt.Sprint(year) != want[:4] {
			t.Errorf("%q is read as %q, %d, %q", text, day, year, sentence)
		}
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{
		"3239.34": "3239.34", "40000.0": "40000.0", "1 234 567.50": "1234567.50", "1,234,567": "1234567", "-500": "-500", "−500": "-500", "1e3": "1e3",
		"1,5": "", "12,34,567": "", "0": "", "0.00": "", "0e9": "", "": "", "1e999": "", "NaN": "", "1.2.3": "", "99999999999999999999": "",
	} {
		if got, sentence := readAmount(text); got != want || (want == "") != (sentence != "") {
			t.Errorf("%q is read as %q, %q", text, got, sentence)
		}
	}
}

func TestCountries(t *testing.T) {
	for text, want := range map[string]string{"uk": "GB", "England": "GB", "EL": "GR", "Greece": "GR", "BELGIUM": "BE", "Czech Republic": "CZ", "Malawi": "MW",
		"Moldova": "MD", "Bolivia, Plurinational State of": "BO", "Congo, the Democratic Republic of the": "CD", "Korea, Democratic People's Republic of": "KP", "Saint Lucia": "LC", "São Tomé and Principe": "ST",
		"Myanmar": "MM", "Atlantis": "", "XI": "", "Africa": "", "": "", "Türkiye": "TR", "ZW": "ZW"} {
		if got := countryOf(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
	for id, want := range map[string]string{"GB-CHC-1": "GB", "XI-IATI-EC_INTPA": "", "360G-wolfson:org-29": "", "US-EIN-1": "US", "GB": ""} {
		if got := countryOfID(id); got != want {
			t.Errorf("%q is of %q, not %q", id, got, want)
		}
	}
}

// TestNotAwards: files that hold something else are refused in a sentence about the file.
func TestNotAwards(t *testing.T) {
	for name, text := range map[string]string{
		"empty": " ", "other JSON": `{"a":1}`, "no list": `{"grants":{}}`, "a list": `[1]`, "broken JSON": `{"grants":[{"id":"x"`, "wrong JSON": `{"grants":[{"id":}]}`,
		"other XML": `<rss/>`, "broken XML": `<iati-activities><iati-activity>`, "entities": `<!DOCTYPE x [<!ENTITY a "b">]><iati-activities>&a;</iati-activities>`,
		"other table": "name,date\nx,y\n", "none": "\x00\x01\x02",
	} {
		_, err := Parse("f", []byte(text), &log{Asides: map[string]int{}})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".golden") {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &log{Asides: map[string]int{}}
		if _, err := Parse("f", data, l); err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			t.Fatalf("%v", err)
		}
		for _, g := range l.Grants {
			if g.Amount == "" || g.Year < minYear || g.Year > maxYear || g.ExternalID == "" || g.Funder.Name == "" {
				t.Fatalf("%+v", g)
			}
			if g.Person && (g.Recipient != (Organisation{}) || g.Title != "" || g.Programme != "") {
				t.Fatalf("of a person is known: %+v", g)
			}
		}
		for _, r := range l.Rejects {
			if r.Reason == "" || r.Place == "" {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// TestCountriesInWords: a country of IATI 1.0x without a code, or with one that is none of ISO's, is read by its name;
// a name that nobody knows stays out.
func TestCountriesInWords(t *testing.T) {
	for element, want := range map[string][]string{
		`<recipient-country>Malawi</recipient-country>`:                                                   {"MW"},
		`<recipient-country code="MWI" percentage="100"> Malawi </recipient-country>`:                     {"MW"},
		`<recipient-country code="255">Tanzania, United Republic of</recipient-country>`:                  {"TZ"},
		`<recipient-country code="ZW">Malawi</recipient-country>`:                                         {"ZW"},
		`<recipient-country>Malawi</recipient-country><recipient-country code="MD">x</recipient-country>`: {"MD", "MW"},
		`<recipient-country code="998">Africa, regional</recipient-country>`:                              {},
		`<recipient-country>Atlantis</recipient-country>`:                                                 {},
	} {
		file := `<iati-activities version="1.03"><iati-activity default-currency="USD"><reporting-org>Invented Bank</reporting-org><iati-identifier>X-1</iati-identifier>` + element +
			`<transaction><transaction-type code="C"/><transaction-date iso-date="2012-03-04"/><value value-date="2012-03-04">100</value></transaction></iati-activity></iati-activities>`
		got := log{Asides: map[string]int{}}
		if err := parseIATI([]byte(file), &got); err != nil || len(got.Grants) != 1 {
			t.Fatalf("%s: %+v, %v", element, got, err)
		}
		if !slices.Equal(got.Grants[0].Countries, want) {
			t.Errorf("%s: %v, want %v", element, got.Grants[0].Countries, want)
		}
	}
}
