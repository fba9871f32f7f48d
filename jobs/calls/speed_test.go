package calls_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/calls"
	"piper/internal/run"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	importer "piper/jobs/calls"
	"piper/jobs/calls/sediatest"
	"piper/jobs/runner"
)

// BenchmarkImport shows what ten thousand calls cost on the real engine with the journal: brought in,
// found unchanged, and read as lists.
func BenchmarkImport(b *testing.B) {
	const n = 9_900 // just inside the portal's window
	words := strings.Repeat("<p>Victims of trafficking in human beings need shelter, legal aid and a way back into work.</p>", 60)
	rows := make([]sediatest.Row, n)
	for i := range rows {
		rows[i] = sediatest.Call{Number: 1000 + i, Identifier: fmt.Sprintf("CERV-2026-%05d", i), Title: fmt.Sprintf("Call number %d for shelters", i),
			Programme: []string{"43251589", "43108390", "43252405"}[i%3], Opens: "2026-01-15", Deadlines: []string{fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1)},
			Description: words + fmt.Sprint(i), Budget: map[string]int64{"2026": 24_000_000}}.Row()
	}
	srv := httptest.NewServer(sediatest.New(rows...))
	defer srv.Close()
	for b.Loop() {
		engine, err := sqlite.Open(filepath.Join(b.TempDir(), "piper.db"))
		if err != nil {
			b.Fatal(err)
		}
		ctx := access.AsSystem(context.Background(), "bench")
		db := store.New(engine, store.Options{})
		audit.New(db, make([]byte, 32), "")
		repo := calls.NewRepo(db)
		jobs := runner.New(db, run.NewRepo(db), runner.Leases(db), slog.New(slog.DiscardHandler))
		jobs.Schedule([]runner.Job{{Name: "calls", Schedule: "0 5 * * *", Timeout: 10 * time.Minute, Work: importer.New(repo, importer.Options{Spacing: -1})}})
		if err := db.Start(ctx, nil); err != nil {
			b.Fatal(err)
		}
		if err := repo.CreateSource(ctx, &calls.Source{Kind: calls.SEDIA, Name: "EU", URL: srv.URL, Enabled: true}); err != nil {
			b.Fatal(err)
		}
		for _, what := range []string{"first-s", "again-s"} {
			began := time.Now()
			r, err := jobs.Execute(ctx, "calls", "bench")
			if err != nil || r.Counts["seen"] != n {
				b.Fatal(err, r)
			}
			b.ReportMetric(time.Since(began).Seconds(), what)
		}
		timed := func(what string, work func() error) {
			began := time.Now()
			if err := work(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(began).Microseconds())/1000, what)
		}
		timed("facets-ms", func() error { _, err := repo.Facets(ctx); return err })
		timed("list-ms", func() error {
			_, err := repo.Page(ctx, calls.Search{States: []calls.State{calls.Open, calls.Forthcoming}}, store.Query{Sort: []driver.Key{{Path: "nextDeadline"}}})
			return err
		})
		timed("search-ms", func() error { _, err := repo.Page(ctx, calls.Search{}, store.Query{Text: "shelter 77"}); return err })
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
