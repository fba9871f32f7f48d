package finance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

const giftHeader = "Created (UTC);Transaction ID;Amount;Fee;Currency;Status"

// credited imports a statement with these payments, the first of them on a day and each on the day after.
func (h *house) credited(day store.Date, payments ...string) []*BankEntry {
	h.t.Helper()
	var list strings.Builder
	for i, p := range payments {
		amount, payer, _ := strings.Cut(p, " ")
		fmt.Fprintf(&list, `<Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>%s</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>`, amount, addDays(day, i), payer)
	}
	data := `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>9</Id>
<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>` + list.String() + `</Stmt></BkToCstmrStmt></Document>`
	h.done(h.bank.Import(h.ctx, string(day)+".xml", []byte(data), false))
	page, err := h.bank.Entries(h.ctx, EntrySearch{State: Proposed}, store.Query{Limit: 500})
	h.done(page, err)
	slices.SortFunc(page.Items, func(a, b *BankEntry) int { return strings.Compare(string(a.Date), string(b.Date)) })
	return page.Items
}

// ledgerOf gives all that figures are made of, and the figures.
func (h *house) ledgerOf() string {
	h.t.Helper()
	lines := h.visible(h.t)
	expenses, err := h.repo.Expenses(h.ctx, ExpenseSearch{}, store.Query{Limit: 500})
	h.done(expenses, err)
	text, err := json.Marshal([]any{lines, expenses.Items, figuresOf(lines)})
	h.done(text, err)
	return string(text)
}

func decimalOf(minor int64) string { return Money{Minor: minor, Currency: "EUR"}.Decimal() }

// giftFile is a list of gifts of some months, one of which may go back; n numbers the file.
func giftFile(r *rand.Rand, n int) string {
	lines := []string{giftHeader}
	for i := range 1 + r.IntN(6) {
		cents := int64(500 + r.IntN(20_000))
		lines = append(lines, fmt.Sprintf("2026-0%d-%02d;p%d_%d;%s;%s;EUR;paid", 1+r.IntN(3), 1+r.IntN(28), n, i, decimalOf(cents), decimalOf(cents*int64(r.IntN(5))/100)))
		if r.IntN(5) == 0 {
			lines = append(lines, fmt.Sprintf("2026-04-%02d;p%d_%d;-%s;0;EUR;paid", 1+r.IntN(28), n, i, decimalOf(cents)))
		}
	}
	return strings.Join(lines, "\n")
}

// TestPayoutsChangeNoFigure: whatever gifts and payments there are, and however payments are said to be payouts and taken
// back, the books and their figures stay as they are; and of each import what payouts have and what is left is its net.
func TestPayoutsChangeNoFigure(t *testing.T) {
	for seed := range uint64(12) {
		h := openPool(t)
		r := rand.New(rand.NewPCG(seed, 7))
		for n := range 1 + r.IntN(4) {
			form := forPool
			form.DonorID = []string{"pool", "other"}[r.IntN(2)]
			h.giveIn(giftFile(r, n), form)
		}
		gifts := func() []*BookedGifts {
			list, err := h.bank.Gifts(h.ctx, "EUR")
			h.done(list, err)
			return list
		}
		var amounts []string
		for _, g := range gifts() {
			if g.Net.Minor > 1 {
				amounts = append(amounts, decimalOf(g.Net.Minor), decimalOf(1+r.Int64N(g.Net.Minor)))
			}
		}
		amounts = append(amounts, decimalOf(1+r.Int64N(50_000)))
		payments := h.credited("2026-04-10", amounts...)
		before := h.ledgerOf()
		decided := map[string]*BankEntry{}
		same := func(what string) {
			t.Helper()
			if now := h.ledgerOf(); now != before {
				t.Fatalf("seed %d: %s changes the books:\n%s\n%s", seed, what, before, now)
			}
			had := map[string]int64{}
			for _, e := range decided {
				total := int64(0)
				for _, p := range e.Payout {
					had[p.ImportID] += p.Minor + p.Kept
					total += p.Minor
				}
				if total != e.Amount.Minor {
					t.Fatalf("seed %d: the parts of a payout of %s are %d", seed, e.Amount, total)
				}
			}
			for _, g := range gifts() {
				if g.Left.Minor+had[g.ImportID] != g.Net.Minor || g.Net.Minor >= 0 && g.Left.Minor < 0 {
					t.Fatalf("seed %d: of %s net, payouts have %d and %s is left", seed, g.Net, had[g.ImportID], g.Left)
				}
			}
		}
		for _, e := range payments {
			var chosen []string
			left := int64(0)
			for _, g := range gifts() {
				if r.IntN(3) > 0 {
					chosen, left = append(chosen, g.ImportID), left+g.Left.Minor
				}
			}
			saved, err := h.bank.PayOut(h.ctx, e.ID, e.Rev, chosen, r.IntN(3) == 0)
			if fits := len(chosen) > 0 && left >= e.Amount.Minor; fits != (err == nil) || err != nil && !names(err, "importIds") {
				t.Fatalf("seed %d: %s of %d that is left: %v", seed, e.Amount, left, err)
			}
			if err == nil {
				decided[e.ID] = saved
			}
			same("a payout")
		}
		for id, e := range decided {
			h.done(h.bank.Reopen(h.ctx, id, e.Rev))
			delete(decided, id)
			same("taking a payout back")
		}
		if open := h.payments(Proposed); len(open) != len(payments) || open[0].Payout != nil || open[0].DonorID != "" {
			t.Fatalf("seed %d: %d of %d are to be decided, %+v", seed, len(open), len(payments), open[0])
		}
	}
}

// TestPayoutIsDecidedOnce: a payout is no income as well, an import that it pays out stays, and both can be undone.
func TestPayoutIsDecidedOnce(t *testing.T) {
	h := openPool(t)
	imp := h.giveIn(campaign, forPool)
	list := h.credited("2026-03-05", "1042.20 Platform", "1000.00 Platform")
	e, err := h.bank.PayOut(h.ctx, list[0].ID, list[0].Rev, []string{imp.ImportID}, false)
	h.done(e, err)
	if e.State != PaidOut || e.DonorID != "pool" || len(e.Payout) != 1 || e.Payout[0] != (PayoutPart{ImportID: imp.ImportID, Name: "lanterns.csv", Minor: 104_220}) {
		t.Errorf("%+v", e)
	}
	_, err = h.bank.PayOut(h.ctx, list[1].ID, list[1].Rev, []string{imp.ImportID}, false)
	wantFault(t, err, fault.Invalid, "importIds") // its gifts were paid out: this is other money
	_, err = h.bank.Accept(h.ctx, e.ID, e.Rev, kinds("pool"), "")
	wantFault(t, err, fault.Invalid, "")
	_, err = h.bank.Ignore(h.ctx, e.ID, e.Rev, "a slip")
	wantFault(t, err, fault.Invalid, "")
	_, err = h.repo.Revert(h.ctx, imp.ImportID)
	wantFault(t, err, fault.Invalid, "")
	if income, _ := h.books(); sum(income) != 107_500 {
		t.Errorf("the books have %v", income)
	}
	e, err = h.bank.Reopen(h.ctx, e.ID, e.Rev)
	h.done(e, err)
	// Less came than is left, and nothing more comes: the platform has kept the rest.
	short, err := h.bank.PayOut(h.ctx, list[1].ID, list[1].Rev, []string{imp.ImportID}, true)
	h.done(short, err)
	if short.Payout[0].Minor != 100_000 || short.Payout[0].Kept != 4_220 {
		t.Errorf("%+v", short.Payout)
	}
	h.done(h.bank.Revert(h.ctx, short.StatementID)) // the statement goes, and its payout with it
	h.done(h.repo.Revert(h.ctx, imp.ImportID))
}

// TestPayoutIsSuggested: by its amount, by who is named, and by what has paid out before; never as sure, and with the campaign no
// longer as one who may have given.
func TestPayoutIsSuggested(t *testing.T) {
	h := openPool(t)
	imp := h.giveIn(campaign, forPool)
	list := h.credited("2026-03-05", "1042.20 Acme Processing", "993.90 Acme Processing", "12.00 Lanterns 2026", "13.00 Stripe Payments Europe", "14.00 A. Voorbeeld", "99999.00 Stripe")
	got := func() map[string][]Suggestion {
		s, err := h.bank.Suggestions(h.ctx, list)
		h.done(s, err)
		return s
	}
	first := got()
	for i, want := range []string{
		"It is exactly what the gifts of January 2026 to February 2026 came to after fees.",
		"It is exactly what the gifts of January 2026 came to after fees.",
		"The payment names Lanterns 2026.", "The payment names a platform that collects gifts.", "", "The payment names a platform that collects gifts.",
	} {
		s := first[list[i].ID]
		if want == "" {
			if len(s) != 0 {
				t.Errorf("%s of %s: %+v", list[i].Amount, list[i].Payer, s)
			}
			continue
		}
		if len(s) != 1 || !slices.Equal(s[0].Payout, []string{imp.ImportID}) || s[0].DonorID != "pool" || !slices.Contains(s[0].Reasons, want) || s[0].Sure || s[0].SourceType != "" {
			t.Errorf("%s of %s: %+v, want %s", list[i].Amount, list[i].Payer, s, want)
		}
	}
	sure, err := h.bank.Sure(h.ctx)
	h.done(sure, err)
	if len(sure) != 0 {
		t.Errorf("sure: %+v", sure)
	}
	// Who has paid out once is known; what is left is less.
	h.done(h.bank.PayOut(h.ctx, list[1].ID, list[1].Rev, []string{imp.ImportID}, false))
	if s := got()[list[0].ID]; len(s) != 1 || s[0].Score != sameName || !strings.Contains(s[0].Reasons[0], "has paid out gifts of Lanterns 2026 before") {
		t.Errorf("%+v", s)
	}
	// Months later it is some other money.
	late := h.credited("2026-09-01", "48.30 Stripe")
	if s, err := h.bank.Suggestions(h.ctx, late[len(late)-1:]); err != nil || len(s[late[len(late)-1].ID]) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestPayoutsAtOnce: of two payments that would each be all that is left, one is the payout.
func TestPayoutsAtOnce(t *testing.T) {
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	must(t, err)
	h := openOn(t, engine)
	h.givePool()
	imp := h.giveIn(campaign, forPool)
	list := h.credited("2026-03-05", "1042.20 Platform", "1042.20 Platform")
	errs := make([]error, len(list))
	var wg sync.WaitGroup
	for i, e := range list {
		wg.Go(func() { _, errs[i] = h.bank.PayOut(h.ctx, e.ID, e.Rev, []string{imp.ImportID}, false) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !names(cmp.Or(errs[0], errs[1]), "importIds") {
		t.Errorf("%v, %v", errs[0], errs[1])
	}
}
