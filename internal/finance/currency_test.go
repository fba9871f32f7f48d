package finance

import (
	"context"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// TestBooksKeepTheirCurrency: what is empty takes the currency of the setting, what holds amounts refuses another.
func TestBooksKeepTheirCurrency(t *testing.T) {
	ctx := access.AsSystem(context.Background(), "test")
	engine := memory.New()
	var told []store.Change
	start := func(reporting money.Reporting, held string) (*Repo, error) {
		db := store.New(engine, store.Options{})
		db.Journal(func(_ context.Context, changes []store.Change) error { told = append(told, changes...); return nil })
		r := NewRepo(db)
		r.Reporting = reporting
		if err := db.Start(ctx, nil); err != nil {
			t.Fatal(err)
		}
		return r, r.SettleCurrency(ctx, func(context.Context) (string, error) { return held, nil })
	}
	settled := func(reporting money.Reporting, held string) *Repo {
		t.Helper()
		r, err := start(reporting, held)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	settled("EUR", "")
	settled("", "9 income lines")
	if len(told) != 0 {
		t.Errorf("books in euros are written down: %+v", told)
	}
	_, err := start("CHF", "9 income lines, 1 budget")
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "kept in EUR and hold 9 income lines, 1 budget") || !strings.Contains(err.Error(), "PIPER_REPORTING_CURRENCY=EUR") {
		t.Errorf("books in euros with lines: %v", err)
	}
	francs := settled("CHF", "")
	if len(told) != 1 || told[0].Collection != "books" {
		t.Errorf("one entry says that the currency was set, not %+v", told)
	}
	settled("CHF", "9 income lines")
	if _, err := start("EUR", "9 income lines"); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "PIPER_REPORTING_CURRENCY=CHF") {
		t.Errorf("books in francs with lines: %v", err)
	}
	if err := francs.touch(ctx, "2026-01-01"); err != nil {
		t.Errorf("books in francs are not written: %v", err)
	}

	// A process that was started with another setting while the store was empty does not write into these books.
	late := settled("EUR", "")
	if err := francs.touch(ctx, "2026-01-01"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("books in euros are written by a process in francs: %v", err)
	}
	if err := late.touch(ctx, "2026-01-01"); err != nil {
		t.Error(err)
	}
	if b, err := late.Books(ctx); err != nil || b.Currency != "" {
		t.Errorf("%+v, %v", b, err)
	}
}
