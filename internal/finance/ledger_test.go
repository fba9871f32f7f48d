package finance

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
)

// done stops the test on an error.
func (h *house) done(_ any, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) line(l *Income, err error) *Income {
	h.t.Helper()
	h.done(l, err)
	return l
}

// books is a house with a ledger, two donors and a rate.
func books(t *testing.T) (*house, *Ledger) {
	t.Helper()
	h := open(t)
	h.donors.names = map[string]string{"oak": "Oak", "elm": "Elm", "ash": "Ash"}
	h.done(0, second(h.repo.SaveRates(h.ctx, []*RateDay{{Date: "2026-03-02", Rates: map[string]string{"CHF": "0.93"}}, {Date: "2026-11-20", Rates: map[string]string{"CHF": "0.97"}}})))
	return h, h.ledger
}

func second(_, _ int, err error) error { return err }

func gift(donor string, day store.Date, minor int64, currency string) Entry {
	return Entry{DonorID: donor, Date: day, Amount: Money{Minor: minor, Currency: currency}, Earmarking: Soft, Restriction: Restricted, SourceType: "foundation"}
}

// sums gives the net euros of each donor, of all lines that readers see.
func sums(t *testing.T, h *house) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	h.done(0, h.repo.Each(h.ctx, Search{}, func(l *Income) error { out[l.DonorID] += l.Worth.Minor; return nil }))
	return out
}

// TestLedger writes, changes, refunds and removes lines; what is wrong names its field and changes nothing.
func TestLedger(t *testing.T) {
	h, g := books(t)
	line := h.line(g.Add(h.ctx, gift("oak", "2026-03-02", 100_00, "CHF")))
	if line.Worth == nil || line.Worth.Minor != 107_53 || line.Seq != 0 {
		t.Fatalf("%+v", line)
	}
	for field, e := range map[string]Entry{
		"donorId": gift("nobody", "2026-03-02", 1, "EUR"), "date": gift("oak", "2.3.2026", 1, "EUR"), "amount": gift("oak", "2026-03-02", 0, "EUR"),
		"amount.currency": gift("oak", "2026-03-02", 1, "EURO"),
	} {
		if _, err := g.Add(h.ctx, e); !names(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	refund := h.line(g.Refund(h.ctx, line.ID, Money{Minor: 40_00, Currency: "CHF"}, "2026-11-20", "not spent"))
	if refund.Amount.Minor != -40_00 || refund.RefundOf != line.ID || refund.Worth.Minor != -41_24 || refund.DonorID != "oak" {
		t.Errorf("%+v", refund)
	}
	for what, err := range map[string]error{
		"more than is left": second2(g.Refund(h.ctx, line.ID, Money{Minor: 60_01, Currency: "CHF"}, "2026-11-20", "")),
		"another currency":  second2(g.Refund(h.ctx, line.ID, Money{Minor: 1, Currency: "EUR"}, "2026-11-20", "")),
		"before it came":    second2(g.Refund(h.ctx, line.ID, Money{Minor: 1, Currency: "CHF"}, "2026-03-01", "")),
		"of a refund":       second2(g.Refund(h.ctx, refund.ID, Money{Minor: 1, Currency: "CHF"}, "2026-11-20", "")),
		"less than is back": second2(g.Update(h.ctx, line.ID, line.Rev, gift("oak", "2026-03-02", 39_99, "CHF"))),
		"removed":           g.Remove(h.ctx, line.ID, line.Rev),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a refund %s: %v", what, err)
		}
	}
	if err := g.Remove(h.ctx, refund.ID, refund.Rev+1); !fault.Is(err, fault.Stale) {
		t.Errorf("a stale removal: %v", err)
	}
	h.done(0, g.Remove(h.ctx, refund.ID, refund.Rev))
	changed := h.line(g.Update(h.ctx, line.ID, line.Rev, gift("elm", "2026-03-02", 50_00, "EUR")))
	if got := sums(t, h); got["elm"] != 50_00 || len(got) != 1 || changed.Rev != 2 {
		t.Errorf("%v", got)
	}
}

func second2(_ *Income, err error) error { return err }

// names reports whether err is Invalid about a field.
func names(err error, field string) bool {
	f, ok := err.(*fault.Error)
	return ok && f.Code == fault.Invalid && slices.ContainsFunc(f.Fields, func(e fault.FieldError) bool { return e.Field == field })
}

// TestSplitIsExact: whatever a payment is split into, its parts add up to it in its currency and in euros, and
// so they do after the rates job has looked at them again.
func TestSplitIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		h, g := books(t)
		total := 1 + r.Int64N(1e9)
		day := []store.Date{"2026-03-02", "2026-11-21"}[r.IntN(2)] // on the second a later day may overrule
		line := h.line(g.Add(h.ctx, gift("oak", day, total, "CHF")))
		n := 2 + r.IntN(6)
		parts, left := make([]Entry, n), total
		for i := range parts {
			minor := left
			if i < n-1 {
				minor = 1 + r.Int64N(max(left/int64(n), 1))
			}
			parts[i] = gift([]string{"oak", "elm", "ash"}[r.IntN(3)], "", minor, "")
			left -= minor
		}
		lines, err := g.Split(h.ctx, line.ID, line.Rev, parts)
		if left != 0 || parts[n-1].Amount.Minor <= 0 {
			continue
		}
		h.done(lines, err)
		check := func() {
			t.Helper()
			var paid, worth int64
			h.done(0, h.repo.Each(h.ctx, Search{}, func(l *Income) error {
				paid, worth = paid+l.Amount.Minor, worth+l.Worth.Minor
				return nil
			}))
			if paid != total || worth != line.Worth.Minor {
				t.Fatalf("parts of %d (%d cents) add up to %d (%d cents)", total, line.Worth.Minor, paid, worth)
			}
		}
		check()
		h.done(0, second(h.repo.SaveRates(h.ctx, []*RateDay{{Date: "2026-11-23", Rates: map[string]string{"CHF": "0.99"}}})))
		h.done(h.repo.Reconvert(h.ctx))
		check()
	}
	h, g := books(t)
	line := h.line(g.Add(h.ctx, gift("oak", "2026-03-02", 100, "EUR")))
	for what, parts := range map[string][]Entry{
		"too little": {gift("oak", "", 50, ""), gift("elm", "", 49, "")}, "one part": {gift("oak", "", 100, "")},
		"both signs": {gift("oak", "", 150, ""), gift("elm", "", -50, "")},
	} {
		if _, err := g.Split(h.ctx, line.ID, line.Rev, parts); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestClosedYear: nothing is written into a closed year, by hand or by import; a reversal in an open year
// cancels a line to the cent; and a year is opened again only for a reason.
func TestClosedYear(t *testing.T) {
	h, g := books(t)
	old := h.line(g.Add(h.ctx, gift("oak", "2025-06-30", 70_00, "EUR")))
	now := h.line(g.Add(h.ctx, gift("elm", "2026-03-02", 70_00, "CHF")))
	h.done(h.repo.CloseYear(h.ctx, 2025))
	h.done(h.repo.CloseYear(h.ctx, 2024))
	file := header + "Oak,,2026-01-05,10.00,EUR,soft,restricted,foundation\nOak,,2025-01-05,10.00,EUR,soft,restricted,foundation\n"
	_, imported := h.im.Import(h.ctx, "income.csv", []byte(file), false)
	for what, err := range map[string]error{
		"added":          second2(g.Add(h.ctx, gift("oak", "2025-01-01", 1, "EUR"))),
		"changed":        second2(g.Update(h.ctx, old.ID, old.Rev, gift("oak", "2025-06-30", 80_00, "EUR"))),
		"moved out":      second2(g.Update(h.ctx, old.ID, old.Rev, gift("oak", "2026-06-30", 70_00, "EUR"))),
		"moved in":       second2(g.Update(h.ctx, now.ID, now.Rev, gift("oak", "2025-06-30", 70_00, "CHF"))),
		"removed":        g.Remove(h.ctx, old.ID, old.Rev),
		"reversed in it": second2(g.Reverse(h.ctx, old.ID, old.Rev, "2025-12-31", "")),
		"imported":       imported,
		"closed twice":   func() error { _, err := h.repo.CloseYear(h.ctx, 2025); return err }(),
		"no reason":      func() error { _, err := h.repo.ReopenYear(h.ctx, 2025, " "); return err }(),
		"not begun":      func() error { _, err := h.repo.CloseYear(h.ctx, 2027); return err }(),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := sums(t, h); got["oak"] != 70_00 || len(got) != 2 {
		t.Fatalf("something was written into a closed year: %v", got)
	}
	back := h.line(g.Reverse(h.ctx, old.ID, old.Rev, "", "was never paid"))
	if back.Date != "2026-11-21" || sums(t, h)["oak"] != 0 {
		t.Errorf("%+v", back)
	}
	if err := second2(g.Reverse(h.ctx, old.ID, old.Rev, "", "")); !fault.Is(err, fault.Invalid) {
		t.Errorf("reversed twice: %v", err)
	}
	opened, err := h.repo.ReopenYear(h.ctx, 2025, "the auditor found a gift")
	h.done(opened, err)
	if last := opened.History[len(opened.History)-1]; last.Closed || !strings.Contains(last.Reason, "auditor") || !slices.Equal(opened.Closed, []int{2024}) {
		t.Errorf("%+v", opened)
	}
	h.done(g.Add(h.ctx, gift("oak", "2025-01-01", 1, "EUR")))
	imp, err := h.im.Import(h.ctx, "income.csv", []byte(file), false)
	h.done(imp, err)
	h.done(h.repo.CloseYear(h.ctx, 2025))
	if _, err := h.repo.Revert(h.ctx, imp.ImportID); !fault.Is(err, fault.Invalid) {
		t.Errorf("an import with lines in a closed year was taken back: %v", err)
	}
}

// TestCloseWaitsForRates: a year with a line whose worth may still change is not closed.
func TestCloseWaitsForRates(t *testing.T) {
	h, g := books(t)
	h.done(g.Add(h.ctx, gift("oak", "2025-06-30", 70_00, "CHF")))
	if _, err := h.repo.CloseYear(h.ctx, 2025); !names(err, "year") {
		t.Errorf("%v", err)
	}
}

// TestCloseWithoutARate: money in a currency that the bank does not quote does not hold a year open for ever. It is closed
// as it is, and what comes later does not change it.
func TestCloseWithoutARate(t *testing.T) {
	h, g := books(t)
	line := h.line(g.Add(h.ctx, gift("oak", "2025-06-30", 5_000_00, "UAH")))
	save := func(day store.Date, currency string) {
		t.Helper()
		_, _, err := h.repo.SaveRates(h.ctx, []*RateDay{{Date: day, Rates: map[string]string{currency: "40"}}})
		h.done(day, err)
	}
	save("2025-06-19", "USD") // too long before the line
	if _, err := h.repo.CloseYear(h.ctx, 2025); !names(err, "year") || !strings.Contains(err.Error(), "In 2025 1 line has no") {
		t.Errorf("closed while the day's rates were not known: %v", err)
	}
	save("2025-06-30", "USD")
	p, err := h.repo.PreviewYear(h.ctx, 2025)
	h.done(p, err)
	if p.Unsettled != 0 || p.NotConverted != 1 {
		t.Errorf("%+v", p)
	}
	h.done(h.repo.CloseYear(h.ctx, 2025))
	save("2025-06-26", "UAH")
	h.done(h.repo.Reconvert(h.ctx))
	if l := h.line(h.repo.lines.Get(h.ctx, line.ID)); l.Worth != nil || l.Unsettled {
		t.Errorf("a line of a closed year was changed: %+v", l)
	}
	h.line(g.Reverse(h.ctx, line.ID, line.Rev+1, "2026-02-01", "paid in euros after all"))
}

// TestPreviewYear: what closing a year would lock, and which lines it has locked or were taken back.
func TestPreviewYear(t *testing.T) {
	h, g := books(t)
	line := h.line(g.Add(h.ctx, gift("oak", "2026-03-02", 100_00, "EUR")))
	h.line(g.Refund(h.ctx, line.ID, Money{Minor: 30_00, Currency: "EUR"}, "2026-03-05", ""))
	other := h.line(g.Add(h.ctx, gift("elm", "2025-12-31", 7_00, "EUR")))
	h.line(g.Add(h.ctx, gift("elm", "2026-05-01", 5_00, "SEK")))
	p, err := h.repo.PreviewYear(h.ctx, 2026)
	h.done(p, err)
	if p.Lines != 3 || p.Worth != (Money{Minor: 70_00, Currency: "EUR"}) || p.NotConverted != 1 || p.Unsettled != 1 || p.Closed {
		t.Errorf("%+v", p)
	}
	if _, err := h.repo.PreviewYear(h.ctx, 2027); !names(err, "year") {
		t.Errorf("a year ahead: %v", err)
	}
	h.done(h.repo.CloseYear(h.ctx, 2025))
	h.line(g.Reverse(h.ctx, other.ID, other.Rev, "2026-02-01", "wrong"))
	closed, reversed, err := h.repo.Standing(h.ctx, []*Income{line, other})
	h.done(closed, err)
	if closed[line.ID] || !closed[other.ID] || reversed[line.ID] || !reversed[other.ID] {
		t.Errorf("%v, %v", closed, reversed)
	}
}
