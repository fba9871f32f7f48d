package finance

import (
	"testing"
)

// TestTakenBackIsDueAgain: what a payment has paid is due again when its line is reversed, a payment in parts when the
// last of them is; a refund leaves it paid.
func TestTakenBackIsDueAgain(t *testing.T) {
	for name, c := range map[string]struct {
		deed func(h *house, l *Income)
		paid bool
	}{
		"refunded in part": {func(h *house, l *Income) {
			h.done(h.ledger.Refund(h.ctx, l.ID, Money{Minor: 100, Currency: "EUR"}, l.Date, "too much"))
		}, true},
		"reversed": {func(h *house, l *Income) { h.done(h.ledger.Reverse(h.ctx, l.ID, l.Rev, l.Date, "not ours")) }, false},
		"one of two parts reversed": {func(h *house, l *Income) {
			parts := h.halves(l)
			h.done(h.ledger.Reverse(h.ctx, parts[0].ID, parts[0].Rev, l.Date, "not ours"))
		}, true},
		"both parts reversed": {func(h *house, l *Income) {
			for _, p := range h.halves(l) {
				h.done(h.ledger.Reverse(h.ctx, p.ID, p.Rev, l.Date, "not ours"))
			}
		}, false},
	} {
		h, b, data := counter(t)
		x := &expecting{due{}, map[string]string{}}
		b.repo.Expectations = x
		h.done(b.Import(h.ctx, "march.xml", data, false))
		e := h.payments(Proposed)[0]
		e, err := b.Accept(h.ctx, e.ID, e.Rev, kinds("oak"), "i1")
		h.done(e, err)
		c.deed(h, h.line(h.ledger.Line(h.ctx, e.LineID)))
		if got := x.paid["i1"] != ""; got != c.paid {
			t.Errorf("%s: paid is %v", name, got)
		}
	}
}

func (h *house) halves(l *Income) []*Income {
	h.t.Helper()
	one, two := kinds("oak"), kinds("oak")
	one.Amount.Minor = l.Amount.Minor / 2
	two.Amount.Minor = l.Amount.Minor - one.Amount.Minor
	parts, err := h.ledger.Split(h.ctx, l.ID, l.Rev, []Entry{one, two})
	h.done(parts, err)
	return parts
}

// TestAPartIsNotSure: an account seen before and the number of the contract do not make a payment of a tenth of what
// was due one that is accepted unseen.
func TestAPartIsNotSure(t *testing.T) {
	for due, sure := range map[int64]int{50_000_00: 1, 500_000_00: 0} {
		h, b, data := counter(t)
		b.repo.Expectations = &expecting{[]DuePayment{{ID: "i1", DonorID: "oak", Amount: Money{Minor: due, Currency: "EUR"}, Due: "2026-03-01", Reference: "OAK-2026-014",
			Title: "Core support", Earmarking: Tight, Restriction: Restricted, SourceType: "foundation"}}, map[string]string{}}
		h.done(b.Import(h.ctx, "march.xml", data, false))
		list, err := b.Sure(h.ctx)
		if h.done(0, err); len(list) != sure {
			t.Errorf("%d due: %d sure", due, len(list))
		}
	}
}

// TestAMistakenAccountIsForgotten: a match that was taken back is no reason for the next, another accepted one stays one.
func TestAMistakenAccountIsForgotten(t *testing.T) {
	h, b, data := counter(t)
	h.done(b.Import(h.ctx, "march.xml", data, false))
	e := h.payments(Proposed)[0]
	twin := *e
	twin.ID, twin.Key, twin.Rev = "", "twin", 0
	h.done(0, b.entries.Create(h.ctx, &twin))
	known := func() bool {
		list, err := b.payers.Find(h.ctx, nil, nil, 0)
		h.done(list, err)
		return len(list) > 0
	}
	accept := func(e *BankEntry, donor string) *BankEntry {
		got, err := b.Accept(h.ctx, e.ID, e.Rev, kinds(donor), "")
		h.done(got, err)
		return got
	}
	one := accept(e, "elm")
	wrong := accept(&twin, "oak")
	back, err := b.Reopen(h.ctx, wrong.ID, wrong.Rev)
	h.done(back, err)
	if p, err := b.payers.First(h.ctx, nil); err != nil || p.DonorID != "elm" {
		t.Errorf("after a mistake was taken back the account is of %+v, %v", p, err)
	}
	two := accept(back, "elm")
	if e.IBAN == "" || !known() {
		t.Fatal("the account was not remembered, so nothing is shown")
	}
	h.done(b.Reopen(h.ctx, one.ID, one.Rev))
	if !known() {
		t.Error("forgotten while another payment says so")
	}
	h.done(b.Reopen(h.ctx, two.ID, two.Rev))
	if known() {
		t.Error("a mistake is still proof")
	}
}
