package finance

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
)

// counter is a bank with the statement of the parser's own tests.
func counter(t *testing.T) (*house, *Bank, []byte) {
	t.Helper()
	h := open(t)
	h.donors.names = map[string]string{"oak": "Oak Foundation", "tower": "Fyrtårnet", "elm": "Elm"}
	data, err := os.ReadFile("statement/testdata/camt-v02.xml")
	h.done(data, err)
	return h, h.bank, data
}

func (h *house) payments(state EntryState) []*BankEntry {
	h.t.Helper()
	page, err := h.bank.Entries(h.ctx, EntrySearch{State: state}, store.Query{})
	h.done(page, err)
	slices.SortFunc(page.Items, func(a, b *BankEntry) int { return int(b.Amount.Minor - a.Amount.Minor) })
	return page.Items
}

func kinds(donor string) Entry {
	return Entry{DonorID: donor, Earmarking: Soft, Restriction: Restricted, SourceType: "foundation"}
}

// TestStatementTwice: a dry run keeps nothing; the same statement, and one that overlaps, add nothing twice;
// what was taken back can come again.
func TestStatementTwice(t *testing.T) {
	h, b, data := counter(t)
	plan, err := b.Import(h.ctx, "march.xml", data, true)
	h.done(plan, err)
	if plan.Added != 3 || plan.Debits != 1 || plan.Pending != 1 || len(plan.Preview) != 3 || len(h.payments("")) != 0 {
		t.Fatalf("%+v", plan)
	}
	real, err := b.Import(h.ctx, "march.xml", data, false)
	h.done(real, err)
	if _, err := b.Import(h.ctx, "again.xml", data, false); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same statement twice: %v", err)
	}
	const more = `<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-04-01</Dt></BookgDt></Ntry></Stmt>`
	next, err := b.Import(h.ctx, "april.xml", []byte(strings.Replace(string(data), "</Stmt>", more, 1)), false)
	h.done(next, err)
	if next.Added != 1 || next.Known != 3 || len(h.payments(Proposed)) != 4 {
		t.Errorf("%+v, %d payments", next, len(h.payments(Proposed)))
	}
	h.done(b.Revert(h.ctx, real.ID))
	if n := len(h.payments("")); n != 1 {
		t.Errorf("%d payments after the revert", n)
	}
	if again, err := b.Import(h.ctx, "march.xml", data, false); err != nil || again.Added != 3 {
		t.Errorf("%+v, %v", again, err)
	}
}

// TestAccept: a payment becomes one line, once; its account is remembered; what was said can be taken back,
// unless its year is closed.
func TestAccept(t *testing.T) {
	h, b, data := counter(t)
	h.done(b.Import(h.ctx, "march.xml", data, false))
	oak := h.payments(Proposed)[0]
	accepted, err := b.Accept(h.ctx, oak.ID, oak.Rev, kinds("oak"), "")
	h.done(accepted, err)
	if got := sums(t, h); got["oak"] != 49_985_00 || oak.Payer != "Oak Foundation" {
		t.Errorf("%v", got)
	}
	if _, err := b.Accept(h.ctx, oak.ID, oak.Rev, kinds("elm"), ""); !fault.Is(err, fault.Stale) {
		t.Errorf("accepted by two at once: %v", err)
	}
	if _, err := b.Accept(h.ctx, oak.ID, accepted.Rev, kinds("elm"), ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("accepted twice: %v", err)
	}
	line := h.line(h.ledger.Line(h.ctx, accepted.LineID))
	if line.Reference != "OAK-2026-014" || line.Date != "2026-03-03" {
		t.Errorf("%+v", line)
	}
	if err := h.ledger.Remove(h.ctx, line.ID, line.Rev); !fault.Is(err, fault.Invalid) {
		t.Errorf("a line of the bank was removed beside it: %v", err)
	}
	h.done(h.repo.CloseYear(h.ctx, 2026))
	if _, err := b.Reopen(h.ctx, oak.ID, accepted.Rev); !fault.Is(err, fault.Invalid) {
		t.Errorf("a line went out of a closed year: %v", err)
	}
	if _, err := b.Revert(h.ctx, accepted.StatementID); !fault.Is(err, fault.Invalid) {
		t.Errorf("a statement was taken back out of a closed year: %v", err)
	}
	fee := h.payments(Proposed)[0]
	if _, err := b.Accept(h.ctx, fee.ID, fee.Rev, kinds("tower"), ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a payment came into a closed year: %v", err)
	}
	if got := h.payments(Proposed); len(got) != 2 || len(sums(t, h)) != 1 {
		t.Errorf("%d proposals, %v", len(got), sums(t, h))
	}
	h.done(h.repo.ReopenYear(h.ctx, 2026, "test"))
	h.done(b.Reopen(h.ctx, oak.ID, accepted.Rev))
	if len(sums(t, h)) != 0 || len(h.payments(Proposed)) != 3 {
		t.Errorf("%v", sums(t, h))
	}
}

// due is a list of expected payments.
type due []DuePayment

func (d due) Expected(context.Context, store.Date, store.Date) ([]DuePayment, error) { return d, nil }
func (d due) Settle(context.Context, string, *Income, int64) error                   { return nil }
func (d due) Unsettle(context.Context, ...string) error                              { return nil }

// TestSuggestions: accounts seen before, names, references and amounts speak for a match, in words, and what
// speaks more comes first.
func TestSuggestions(t *testing.T) {
	h, b, data := counter(t)
	b.repo.Expectations = due{
		{ID: "i1", DonorID: "oak", Amount: Money{Minor: 50_000_00, Currency: "EUR"}, Due: "2026-03-01", Reference: "OAK-2026-014"},
		{ID: "i2", DonorID: "elm", Amount: Money{Minor: 800_00, Currency: "EUR"}, Due: "2026-02-01"},
		{ID: "i3", DonorID: "elm", Amount: Money{Minor: 1_200_00, Currency: "CHF"}, Due: "2026-03-06"},
	}
	h.done(b.Import(h.ctx, "march.xml", data, false))
	list := h.payments(Proposed)
	oak, casa, tower := list[0], list[1], list[2]
	got, err := b.Suggestions(h.ctx, list)
	h.done(got, err)
	if s := got[oak.ID]; len(s) < 1 || s[0].ExpectedID != "i1" || s[0].Score != 100 || !strings.Contains(strings.Join(s[0].Reasons, " "), "less bank charges of EUR 15.00") {
		t.Errorf("Oak: %+v", s)
	}
	if s := got[tower.ID]; len(s) != 2 || s[0].DonorID != "tower" || s[0].Score != sameName || s[1].DonorID != "elm" || s[1].Score != sameAmount {
		t.Errorf("Fyrtårnet: %+v", s)
	}
	if s := got[casa.ID]; len(s) != 0 {
		t.Errorf("Casa Segura, whom nobody knows: %+v", s)
	}
	// After one was accepted, its account says who pays, whatever name is written, and as what.
	h.done(b.Accept(h.ctx, oak.ID, oak.Rev, kinds("elm"), ""))
	again := *oak
	again.Payer, again.Remittance, again.EndToEnd, again.Charges = "Trustees", "", "", 0
	got, err = b.Suggestions(h.ctx, []*BankEntry{&again})
	h.done(got, err)
	if s := got[oak.ID]; len(s) < 1 || s[0].DonorID != "elm" || s[0].Score != sameAccount || s[0].Earmarking != Soft {
		t.Errorf("by account: %+v", s)
	}
}
