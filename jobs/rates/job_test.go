package rates

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/jobs/rates/ecbtest"
	"piper/jobs/runner"
)

// bank is an ECB that can be told what day it is and to fail, and that notes what was asked for.
type bank struct {
	today time.Time
	asked []string
	fail  func(w http.ResponseWriter) bool
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func open(t *testing.T) (*bank, *finance.Repo, func() error) {
	t.Helper()
	b := &bank{today: day("2026-11-20")}
	answers := ecbtest.Handler(day("2026-01-01"), func() time.Time { return b.today })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.asked = append(b.asked, path.Base(r.URL.Path))
		if b.fail != nil && b.fail(w) {
			return
		}
		answers.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	db := store.New(memory.New(), store.Options{})
	repo := finance.NewRepo(db)
	ctx := access.AsSystem(context.Background(), "job rates")
	if err := db.Start(ctx, nil); err != nil {
		t.Fatal(err)
	}
	work := New(repo, Options{Client: server.Client(), URL: server.URL, Pause: time.Microsecond})
	return b, repo, func() error { b.asked = nil; return work(ctx, runner.NewProgress()) }
}

// The job asks for no more than it needs to leave no gap.
func TestJobFetchesTheSmallestFileWithoutAGap(t *testing.T) {
	b, repo, run := open(t)
	ctx := access.AsSystem(context.Background(), "test")
	for _, c := range []struct{ today, asked string }{
		{"2026-04-10", "eurofxref-hist.zip"},                                            // nothing is known: a Friday
		{"2026-04-10", "eurofxref-daily.xml"},                                           // again
		{"2026-04-13", "eurofxref-daily.xml"},                                           // Monday after
		{"2026-04-15", "eurofxref-daily.xml eurofxref-hist-90d.xml"},                    // Tuesday was missed
		{"2026-11-20", "eurofxref-daily.xml eurofxref-hist-90d.xml eurofxref-hist.zip"}, // a long pause
	} {
		b.today = day(c.today)
		if err := run(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(b.asked, " "); got != c.asked {
			t.Errorf("on %s it asked for %s, want %s", c.today, got, c.asked)
		}
		latest, err := repo.LatestRateDay(ctx)
		if err != nil || string(latest) != c.today {
			t.Errorf("latest %s, %v", latest, err)
		}
	}
	table, err := repo.RateTable(ctx, "2026-04-14", "2026-04-14")
	if err != nil {
		t.Fatal(err)
	}
	line := &finance.Income{Date: "2026-04-14", Amount: finance.Money{Minor: 100, Currency: "USD"}}
	if err := table.Convert(line); err != nil || line.RateDate != "2026-04-14" {
		t.Errorf("the missed Tuesday is not there: %+v, %v", line, err)
	}
}

func TestJobTwiceChangesNothing(t *testing.T) {
	b, repo, run := open(t)
	b.today = day("2026-04-10")
	if err := run(); err != nil {
		t.Fatal(err)
	}
	unchanged := func() {
		t.Helper()
		ctx := access.AsSystem(context.Background(), "test")
		for _, d := range []string{"2026-04-08", "2026-04-09", "2026-04-10"} {
			created, updated, err := repo.SaveRates(ctx, []*finance.RateDay{{Date: store.Date(d), Rates: map[string]string{"USD": ecbtest.Rate(0, day(d))}}})
			if err != nil || created+updated != 0 {
				t.Errorf("%s: created %d updated %d, %v", d, created, updated, err)
			}
		}
	}
	unchanged()
	if err := run(); err != nil {
		t.Fatal(err)
	}
	unchanged()
}

func TestJobFailures(t *testing.T) {
	b, _, run := open(t)
	times := 0
	b.fail = func(w http.ResponseWriter) bool {
		if times++; times < 3 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return true
		}
		return false
	}
	if err := run(); err != nil {
		t.Errorf("a server that is busy twice: %v", err)
	}
	b.fail = func(w http.ResponseWriter) bool { http.Error(w, "gone", http.StatusNotFound); return true }
	if err := run(); !fault.Is(err, fault.Unavailable) || len(b.asked) != 1 {
		t.Errorf("404: %v after %d attempts", err, len(b.asked))
	}
	b.fail = func(w http.ResponseWriter) bool { _, _ = w.Write([]byte("<html>Sorry</html>")); return true }
	if err := run(); err == nil || fault.Is(err, fault.Unavailable) {
		t.Errorf("200 with a page: %v", err)
	}
}

func TestJobConvertsWaitingLines(t *testing.T) {
	_, repo, run := open(t)
	ctx := access.AsSystem(context.Background(), "test")
	im := finance.NewImporter(repo, nobody{}, strings.ToUpper)
	file := "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\nA,,2026-03-01,100,USD,soft,restricted,eu\nB,,2026-03-01,100,HRK,soft,restricted,eu\n"
	if _, err := im.Import(ctx, "a.csv", []byte(file), false); err != nil {
		t.Fatal(err)
	}
	if err := run(); err != nil {
		t.Fatal(err)
	}
	converted := map[string]bool{}
	if err := repo.Each(ctx, finance.Search{}, func(l *finance.Income) error {
		converted[l.Amount.Currency] = l.Worth != nil
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !converted["USD"] || converted["HRK"] {
		t.Errorf("converted %v", converted)
	}
}

// nobody is a directory in which nobody is.
type nobody struct{}

func (nobody) Find(context.Context, []string) (map[string]string, error)  { return nil, nil }
func (nobody) CreateDonors(context.Context, map[string]string) error      { return nil }
func (nobody) Names(context.Context, []string) (map[string]string, error) { return nil, nil }
func (nobody) Roots(context.Context) (map[string]string, error)           { return nil, nil }
func (nobody) Matching(context.Context, string, int) ([]string, error)    { return nil, nil }

// The whole recorded history goes in, and lines take the rate of the last published day: not of a
// currency's last day ever, where it was retired or suspended.
func TestRecordedHistory(t *testing.T) {
	history := sample(t, "eurofxref-hist_2024-12.csv")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(history) }))
	t.Cleanup(server.Close)
	db := store.New(memory.New(), store.Options{})
	repo := finance.NewRepo(db)
	ctx := access.AsSystem(context.Background(), "test")
	if err := db.Start(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if err := New(repo, Options{Client: server.Client(), URL: server.URL})(ctx, runner.NewProgress()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ currency, date, rateDate, rate string }{
		{"USD", "2024-12-25", "2024-12-24", "1.0395"},
		{"HRK", "2023-01-01", "2022-12-30", "7.5365"},
		{"HRK", "2023-02-01", "", ""},
		{"RUB", "2022-03-02", "2022-03-01", "117.201"},
		{"RUB", "2022-04-01", "", ""},
		{"ISK", "2012-06-01", "", ""},
		{"USD", "1998-12-31", "", ""},
	} {
		date := store.Date(c.date)
		table, err := repo.RateTable(ctx, date, date)
		if err != nil {
			t.Fatal(err)
		}
		line := &finance.Income{Date: date, Amount: finance.Money{Minor: 100000, Currency: c.currency}}
		if err := table.Convert(line); err != nil {
			t.Fatal(err)
		}
		if string(line.RateDate) != c.rateDate || line.Rate != c.rate || (line.Worth != nil) != (c.rate != "") {
			t.Errorf("%s on %s: %q of %s", c.currency, c.date, line.Rate, line.RateDate)
		}
	}
}

func TestSentence(t *testing.T) {
	if got, want := sentence("2026-11-07", 0, 2), "Nothing new: rates are known up to 7 November 2026. 2 income lines were converted."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
