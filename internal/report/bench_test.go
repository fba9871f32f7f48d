package report

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/finance"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

// file makes an income file of n lines by 300 donors over ten years.
func file(n int) []byte {
	rng := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString(header)
	for range n {
		donor, ultimate := fmt.Sprintf("Donor %d", rng.IntN(300)), ""
		if rng.IntN(4) == 0 {
			ultimate = fmt.Sprintf("Donor %d", rng.IntN(20))
		}
		fmt.Fprintf(&b, "%s,%s,%04d-%02d-%02d,%d.%02d,%s,%s,%s,%s\n", donor, ultimate, 2016+rng.IntN(10), 1+rng.IntN(12), 1+rng.IntN(28),
			rng.IntN(100000)-1000, rng.IntN(100), []string{"EUR", "EUR", "USD", "CHF"}[rng.IntN(4)], finance.EarmarkingLevels[rng.IntN(4)],
			finance.Restrictions[rng.IntN(3)], finance.SourceTypes[rng.IntN(9)])
	}
	return b.Bytes()
}

func onSQLite(b testing.TB) *house {
	b.Helper()
	engine, err := sqlite.Open(filepath.Join(b.TempDir(), "piper.db"))
	if err != nil {
		b.Fatal(err)
	}
	db := store.New(engine, store.Options{})
	b.Cleanup(func() { _ = db.Close() })
	h := &house{people: stakeholder.NewRepo(db), repo: finance.NewRepo(db), ctx: access.AsSystem(context.Background(), "benchmark")}
	if err := db.Start(h.ctx, nil); err != nil {
		b.Fatal(err)
	}
	var days []*finance.RateDay
	for d := time.Date(2015, 12, 20, 0, 0, 0, 0, time.UTC); d.Year() < 2026; d = d.AddDate(0, 0, 1) {
		days = append(days, &finance.RateDay{Date: store.Date(d.Format(time.DateOnly)), Rates: map[string]string{"USD": "1.0837", "CHF": "0.9412"}})
	}
	if _, _, err := h.repo.SaveRates(h.ctx, days); err != nil {
		b.Fatal(err)
	}
	h.im = finance.NewImporter(h.repo, h.people, strings.ToUpper)
	h.reports = New(h.repo, h.people, finance.Fiscal{}, time.Now)
	return h
}

func BenchmarkImport(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		data := file(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				h := onSQLite(b)
				b.StartTimer()
				if _, err := h.im.Import(h.ctx, "a.csv", data, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFigures(b *testing.B) {
	h := onSQLite(b)
	if _, err := h.im.Import(h.ctx, "a.csv", file(50_000), false); err != nil {
		b.Fatal(err)
	}
	b.Run("50000 lines of 10 years", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.reports.Diversification(h.ctx, 2016, 2025, By{finance.Ultimate, finance.Cash}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one year of 10", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.reports.Dependence(h.ctx, 2025, By{finance.Ultimate, finance.Cash}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
