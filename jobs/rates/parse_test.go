package rates

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample reads a recorded file of the shared data folder, which is not part of the repository.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("PIPER_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "ecb", name))
	if err != nil {
		t.Skipf("The recorded ECB files are not here (%v). Set PIPER_SHARED_DATA to the folder that holds ecb/.", err)
	}
	return data
}

func mustParse(t *testing.T, data []byte) []Day {
	t.Helper()
	days, rejects, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(rejects) > 0 {
		t.Errorf("rejects %v", rejects)
	}
	return days
}

func dayOf(t *testing.T, days []Day, date string) Day {
	t.Helper()
	for _, d := range days {
		if d.Date == date {
			return d
		}
	}
	t.Fatalf("no day %s", date)
	return Day{}
}

func TestParseHistoryCSV(t *testing.T) {
	days := mustParse(t, sample(t, "eurofxref-hist_2024-12.csv"))
	if len(days) != 6656 {
		t.Errorf("%d days", len(days))
	}
	if days[0].Date != "1999-01-04" || days[len(days)-1].Date != "2024-12-27" {
		t.Errorf("from %s to %s", days[0].Date, days[len(days)-1].Date)
	}
	last := days[len(days)-1]
	if last.Rates["USD"] != "1.0435" || last.Rates["ZAR"] != "19.5259" || last.Rates["IDR"] != "16922.75" {
		t.Errorf("last day %v", last.Rates)
	}
	for _, retired := range []string{"RUB", "HRK", "TRL", "ROL", "CYP", ""} {
		if r, ok := last.Rates[retired]; ok {
			t.Errorf("%s still quoted at %q", retired, r)
		}
	}
	if r := dayOf(t, days, "2008-12-09").Rates["ISK"]; r == "" {
		t.Error("ISK should be quoted on 2008-12-09")
	}
	if r, ok := dayOf(t, days, "2012-06-01").Rates["ISK"]; ok {
		t.Errorf("ISK in its gap: %s", r)
	}
	if r := dayOf(t, days, "1999-01-04").Rates["TRL"]; r != "372274" {
		t.Errorf("TRL %q", r)
	}
}

func TestParseOtherForms(t *testing.T) {
	for _, c := range []struct {
		file, date, currency, rate string
		days                       int
	}{
		{"eurofxref_daily.csv", "2026-04-13", "HUF", "366.90", 1},
		{"eurofxref-daily_2014-06-10.xml", "2014-06-10", "GBP", "0.80750", 1},
		{"eurofxref-hist-90d_2014-06-13.xml", "2014-06-13", "HUF", "306.6", 62},
		{"eurofxref-hist_excerpt_2020-01.xml", "2020-01-28", "GBP", "0.84603", 28},
	} {
		t.Run(c.file, func(t *testing.T) {
			days := mustParse(t, sample(t, c.file))
			if len(days) != c.days {
				t.Errorf("%d days", len(days))
			}
			if r := dayOf(t, days, c.date).Rates[c.currency]; r != c.rate {
				t.Errorf("%s %s = %q, want %q", c.date, c.currency, r, c.rate)
			}
		})
	}
}

func TestParseSDMX(t *testing.T) {
	text := "FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,AUD,2025-01-02,1.6618\nD,AUD,2025-01-03,1.6556\nM,AUD,2025-01,1.66\nD,BGN,2025-01-02,NaN\n"
	days := mustParse(t, []byte(text))
	if len(days) != 2 || days[0].Rates["AUD"] != "1.6618" || len(days[0].Rates) != 1 {
		t.Errorf("%v", days)
	}
}

func TestParseZIP(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("eurofxref-hist.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("Date,USD,BGN,\n2026-01-02,1.1,N/A,\n2025-12-31,1.2,1.9558,\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	days := mustParse(t, b.Bytes())
	if len(days) != 2 || days[0].Rates["BGN"] != "1.9558" || len(days[1].Rates) != 1 {
		t.Errorf("%v", days)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":          "",
		"a web page":       "<html><body>Sorry</body></html>",
		"cut XML":          `<Envelope><Cube><Cube time="2026-01-02"><Cube currency="USD"`,
		"other CSV":        "a,b\n1,2\n",
		"only a header":    "Date,USD,\n",
		"a broken archive": "PK\x03\x04xx",
		"a bad date":       `<Envelope><Cube time="soon"/></Envelope>`,
	} {
		if days, _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s: parsed as %v", name, days)
		}
	}
}

func TestParseKeepsDayWithoutBadValue(t *testing.T) {
	days, rejects, err := Parse([]byte("Date,USD,JPY,\n2026-01-02,0,160.1,\n2026-01-05,-1,1e3,\n2026-01-06,1.1,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(days) != 2 || len(rejects) != 3 {
		t.Errorf("days %v rejects %v", days, rejects)
	}
	if !strings.Contains(rejects[0].Reason, "USD") {
		t.Errorf("reason %q", rejects[0].Reason)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("Date,USD,JPY,\n2026-01-02,1.1,160.1,\n"))
	f.Add([]byte("Date, USD, \n13 April 2026, 1.1684, \n"))
	f.Add([]byte(`<gesmes:Envelope xmlns:gesmes="g"><Cube><Cube time='2014-06-10'><Cube currency='USD' rate='1.3547'/></Cube></Cube></gesmes:Envelope>`))
	f.Add([]byte("FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,AUD,2025-01-02,1.6618\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		days, _, err := Parse(data)
		if err == nil && len(days) == 0 {
			t.Error("no days and no error")
		}
		for i, d := range days {
			if len(d.Date) != 10 || i > 0 && days[i-1].Date >= d.Date {
				t.Errorf("day %q out of order", d.Date)
			}
			for c, r := range d.Rates {
				if !isCode(c) || !isRate(r) {
					t.Errorf("%s = %q", c, r)
				}
			}
		}
	})
}
