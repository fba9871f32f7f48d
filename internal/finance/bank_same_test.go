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

// TestOneStatementInBothFormats: whichever format comes first, the other brings nothing twice, and says from which
// statement each payment is there already; also where one has put together what the other takes apart.
func TestOneStatementInBothFormats(t *testing.T) {
	files := map[string][]byte{}
	for _, name := range []string{"both.xml", "both.sta"} {
		data, err := os.ReadFile("statement/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	for _, c := range []struct {
		first, second string
		kept, known   int // of the first; of the second
		added         int
	}{
		{"both.xml", "both.sta", 8, 7, 1}, // the batch is two payments in CAMT.053; MT940 has one more gift
		{"both.sta", "both.xml", 8, 8, 0},
	} {
		h := open(t)
		first, err := h.bank.Import(h.ctx, c.first, files[c.first], false)
		h.done(first, err)
		plan, err := h.bank.Import(h.ctx, c.second, files[c.second], true)
		h.done(plan, err)
		if first.Added != c.kept || plan.Known != c.known || plan.Added != c.added || len(plan.Before) < c.known-1 {
			t.Errorf("%s, then %s: %d kept, %d known, %d added, %d shown", c.first, c.second, first.Added, plan.Known, plan.Added, len(plan.Before))
		}
		if len(plan.Already) != 1 || plan.Already[0] != (Already{first.ID, c.first, c.known}) {
			t.Errorf("%s, then %s: %+v", c.first, c.second, plan.Already)
		}
		second, err := h.bank.Import(h.ctx, c.second, files[c.second], false)
		if c.added == 0 {
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Reason(err), "already there from "+c.first) {
				t.Errorf("%v", err)
			}
		} else {
			h.done(second, err)
		}
		if n := len(h.payments("")); n != c.kept+c.added {
			t.Errorf("%s, then %s: %d payments", c.first, c.second, n)
		}
		// The first taken back, its payments are free for the other, the batch in its own shape.
		h.done(h.bank.Revert(h.ctx, first.ID))
		again, err := h.bank.Import(h.ctx, c.second, files[c.second], false)
		h.done(again, err)
		if again.Known != c.added || len(h.payments("")) != again.Credits {
			t.Errorf("%s after %s was taken back: %+v", c.second, c.first, again)
		}
	}
}

// expecting keeps what it was told.
type expecting struct {
	due
	paid map[string]string // line by expected payment
}

func (x *expecting) Settle(_ context.Context, id string, l *Income, _ int64) error {
	if x.paid[id] != "" {
		return fault.Field("expectedId", "It is paid already.")
	}
	x.paid[id] = l.ID
	return nil
}

func (x *expecting) Unsettle(_ context.Context, lines ...string) error {
	for id, paid := range x.paid {
		if slices.Contains(lines, paid) {
			delete(x.paid, id)
		}
	}
	return nil
}

// TestSure accepts together what is sure, as it was shown, and takes it back together.
func TestSure(t *testing.T) {
	h, b, data := counter(t)
	agreed := DuePayment{ID: "i1", DonorID: "oak", Amount: Money{Minor: 50_000_00, Currency: "EUR"}, Due: "2026-03-01", Reference: "OAK-2026-014", Title: "Core support",
		UltimateDonorID: "elm", Earmarking: Tight, Restriction: Restricted, SourceType: "foundation"}
	x := &expecting{due{agreed}, map[string]string{}}
	b.repo.Expectations = x
	h.done(b.Import(h.ctx, "march.xml", data, false))
	sure, err := b.Sure(h.ctx)
	h.done(sure, err)
	if len(sure) != 1 || sure[0].Suggestion.ExpectedID != "i1" || sure[0].Suggestion.Title != "Core support" {
		t.Fatalf("%+v", sure)
	}
	pick := Pick{ID: sure[0].Entry.ID, Rev: sure[0].Entry.Rev, DonorID: "oak", ExpectedID: "i1"}
	wrong := pick
	wrong.DonorID = "tower"
	tower := h.payments(Proposed)[2]
	got, err := b.AcceptSure(h.ctx, []Pick{wrong, {ID: tower.ID, Rev: tower.Rev, DonorID: "tower"}, pick, pick})
	h.done(got, err)
	if len(got.Done) != 1 || len(got.Refused) != 3 || got.Done[0].DonorID != "oak" {
		t.Fatalf("%+v", got)
	}
	line := h.line(h.ledger.Line(h.ctx, got.Done[0].LineID))
	if line.UltimateDonorID != "elm" || line.Earmarking != Tight || x.paid["i1"] != line.ID {
		t.Errorf("%+v, %v", line, x.paid)
	}
	back, err := b.ReopenMany(h.ctx, []Mark{{got.Done[0].ID, got.Done[0].Rev}, {got.Done[0].ID, 1}})
	h.done(back, err)
	if len(back.Done) != 1 || len(back.Refused) != 1 || len(x.paid) != 0 || len(sums(t, h)) != 0 {
		t.Errorf("%+v, %v", back, x.paid)
	}
	// An expected payment that two payments could be is sure of neither.
	second := *sure[0].Entry
	second.ID, second.Key, second.Rev = "", "twin", 0
	h.done(0, b.entries.Create(h.ctx, &second))
	if sure, err = b.Sure(h.ctx); err != nil || len(sure) != 0 {
		t.Errorf("%+v, %v", sure, err)
	}
	// One that was paid meanwhile is refused at its field, and nothing is half done.
	x.paid["i1"] = "another"
	if _, err := b.Accept(h.ctx, second.ID, second.Rev, kinds("oak"), "i1"); !names(err, "expectedId") || len(sums(t, h)) != 0 {
		t.Errorf("%v", err)
	}
}

// TestIgnored: why a payment is no income is on record, and goes with the decision.
func TestIgnored(t *testing.T) {
	h, b, data := counter(t)
	h.done(b.Import(h.ctx, "march.xml", data, false))
	e := h.payments(Proposed)[0]
	if _, err := b.Ignore(h.ctx, e.ID, e.Rev, "  "); !names(err, "reason") {
		t.Errorf("%v", err)
	}
	e, err := b.Ignore(h.ctx, e.ID, e.Rev, "between our own  accounts")
	h.done(e, err)
	if e.State != Ignored || e.Reason != "between our own accounts" {
		t.Errorf("%+v", e)
	}
	e, err = b.Reopen(h.ctx, e.ID, e.Rev)
	h.done(e, err)
	if e.State != Proposed || e.Reason != "" {
		t.Errorf("%+v", e)
	}
	found, err := b.Entries(h.ctx, EntrySearch{From: "2026-03-06", To: "2026-03-06"}, store.Query{Text: "casa"})
	if h.done(found, err); len(found.Items) != 1 || found.Items[0].Payer != "Casa Segura Lisboa" {
		t.Errorf("%+v", found)
	}
	n := 0
	h.done(0, b.EachEntry(h.ctx, EntrySearch{}, "membership", func(*BankEntry) error { n++; return nil }))
	if n != 1 {
		t.Errorf("%d found", n)
	}
}

// One statement has the IBAN, another the national number: they are of one account, whichever comes first.
func TestAccountUnderItsNationalNumber(t *testing.T) {
	mt940 := func(own string) []byte {
		return []byte(":20:X\n:25:" + own + "\n:28C:1\n:60F:C260301EUR1,00\n:61:2603030303C250,00NTRFE2E-7//B1\n:86:/NAME/Oak Foundation/REMI/Grant\n:62F:C260303EUR251,00\n")
	}
	for _, order := range [][2]string{{"NL91ABNA0417164300", "417164300"}, {"417164300", "NL91ABNA0417164300"}} {
		h, b, _ := counter(t)
		h.done(b.Import(h.ctx, "a.sta", mt940(order[0]), false))
		second, err := b.Import(h.ctx, "b.sta", mt940(order[1]), true)
		h.done(second, err)
		if second.Known != 1 || second.Added != 0 || second.Accounts[0] != order[0] {
			t.Errorf("%v: %+v", order, second)
		}
		other, err := b.Import(h.ctx, "c.sta", mt940("417164311"), true)
		h.done(other, err)
		if other.Added != 1 {
			t.Errorf("another account: %+v", other)
		}
	}
}

// TestKeyOfAPayment: the keys that houses have are made of the same text for good.
func TestKeyOfAPayment(t *testing.T) {
	e := BankEntry{Account: "BE71096123456769", Date: "2026-03-03", Amount: Money{Minor: 4998500, Currency: "EUR"}}
	e.number(map[string]bool{})
	if want := "05e86b15a659401ba0852a938487b11a"; e.Key != want { // of "BE71096123456769", "2026-03-03", "49985.00 EUR", "0"
		t.Errorf("the key is %s, want %s", e.Key, want)
	}
}
