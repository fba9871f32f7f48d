package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"piper/config"
	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// books is a whole Piper on SQLite, used by a fundraiser.
type books struct {
	t     *testing.T
	app   *App
	me    context.Context
	donor string
	year  int // the next fiscal year
}

func newBooks(t *testing.T) *books {
	t.Helper()
	app, err := newApp(t.Context(), config.Config{Data: t.TempDir(), Store: "sqlite", FiscalYearStart: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	return staffed(t, app)
}

// staffed gives a Piper its fundraiser and a donor.
func staffed(t *testing.T, app *App) *books {
	t.Helper()
	b := &books{t: t, app: app, year: time.Now().Year() + 1}
	made, err := app.accounts.Add(access.AsSystem(t.Context(), "test"), account.New{Email: "fund@example.org", Name: "Fay", Role: access.Fundraiser, Password: "a long enough password"})
	b.ok(err)
	b.me = access.With(t.Context(), access.Reader{AccountID: made.ID, Name: "Fay", Role: access.Fundraiser})
	donor := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Oak Foundation", Roles: []string{"donor"}, Donor: &stakeholder.Donor{SourceType: "foundation"}}
	b.ok(app.stakeholders.Create(b.me, donor))
	b.donor = donor.ID
	return b
}

func (b *books) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// ask adds an opportunity of next year, in thousands of euros.
func (b *books) ask(thousands int64, percent int, change func(*funding.Opportunity)) *funding.Opportunity {
	b.t.Helper()
	o := &funding.Opportunity{Title: fmt.Sprintf("%d at %d %%", thousands, percent), DonorID: b.donor, Stage: funding.StageSubmitted,
		Ask: &money.Money{Minor: thousands * 100_000, Currency: "EUR"}, Probability: percent, ProbabilityReason: "As in the definitions",
		From: b.day("01-01"), To: b.day("12-31")}
	if change != nil {
		change(o)
	}
	made, err := b.app.pipeline.Create(b.me, o, "")
	b.ok(err)
	return made
}

func (b *books) day(rest string) store.Date { return store.Date(fmt.Sprintf("%d-%s", b.year, rest)) }

func (b *books) lens(basis finance.Basis, w finance.Weighting) finance.Lens {
	b.t.Helper()
	lens, err := b.app.web.Reports.Lens(report.By{View: finance.Ultimate, Basis: basis}, w)
	b.ok(err)
	return lens
}

// next gives what a forecast says of the next fiscal year, in thousands.
func (b *books) next(f *report.Forecast) (secured, weighted float64) {
	b.t.Helper()
	for _, y := range f.Years {
		if y.Year == b.year {
			return float64(y.Secured) / 100_000, float64(y.Weighted) / 100_000
		}
	}
	b.t.Fatalf("no year %d in %+v", b.year, f.Years)
	return 0, 0
}

// The pipeline of METRICS.md: 100 at 90 %, 200 at 30 %, 400 at 10 %, 80 at 75 %.
func TestPipelineReachesTheForecast(t *testing.T) {
	b := newBooks(t)
	var asked []*funding.Opportunity
	for _, one := range [][2]int{{100, 90}, {200, 30}, {400, 10}, {80, 75}} {
		asked = append(asked, b.ask(int64(one[0]), one[1], nil))
	}
	b.ask(1000, 50, func(o *funding.Opportunity) { o.From, o.To = "", "" }) // no day at all: in no month
	b.ask(300, 0, func(o *funding.Opportunity) {                            // nor an award, which is counted beside as well
		o.Stage, o.ProbabilityReason, o.From, o.To = funding.StageAwarded, "", "", ""
	})
	b.ask(500, 0, func(o *funding.Opportunity) { o.Ask.Currency = "XPF" }) // no rate
	idea := func(title string) func(*funding.Opportunity) {
		return func(o *funding.Opportunity) { o.Title, o.DonorID, o.Stage = title, "", funding.StageProspect }
	}
	b.ask(10, 0, idea("Of nobody yet"))
	b.ask(10, 100, idea("Old"))
	gone, err := b.app.pipeline.Page(b.me, funding.OpportunitySearch{}, store.Query{Text: "Old", Limit: 1})
	b.ok(err)
	_, err = b.app.pipeline.Trash(b.me, gone.Items[0].ID, gone.Items[0].Rev)
	b.ok(err)

	for _, basis := range []finance.Basis{finance.Cash, finance.Accrued} {
		for weighting, want := range map[finance.Weighting]float64{finance.Discount: 250, finance.Cutoff: 180, finance.SecuredOnly: 0} {
			f, err := b.app.web.Reports.Forecast(b.me, b.lens(basis, weighting))
			b.ok(err)
			if secured, weighted := b.next(f); secured != 0 || weighted != want {
				t.Errorf("%s, %s: secured %v, weighted %v, want %v", basis, weighting, secured, weighted, want)
			}
			if f.Undated != 2 || f.NotConverted != 1 {
				t.Errorf("%d undated, %d not converted", f.Undated, f.NotConverted)
			}
		}
	}

	// What is won is secured whole, what is missed is gone, and the rest stays as it was.
	lens := b.lens(finance.Cash, finance.Discount)
	compared, err := b.app.web.Reports.Compare(b.me, lens, []*finance.Scenario{{Name: "Win", Changes: []finance.Supposition{
		{Kind: finance.WinOpportunity, LineID: asked[1].ID}, {Kind: finance.MissOpportunity, LineID: asked[0].ID}}}})
	b.ok(err)
	if secured, weighted := b.next(compared[1]); secured != 200 || weighted != 100 {
		t.Errorf("200 won, 100 missed: secured %v, weighted %v", secured, weighted)
	}
	_, opportunities, donors, err := b.app.web.Reports.Choices(b.me, lens)
	b.ok(err)
	if len(opportunities) != 6 || len(donors) != 1 || donors[0].Title != "Oak Foundation" {
		t.Errorf("to choose from: %+v, %+v", opportunities, donors)
	}
	losses, err := b.app.web.Reports.LossTest(b.me, lens, "")
	b.ok(err)
	if len(losses.Donors) != 1 || losses.Donors[0].Cents != 250*100_000 {
		t.Errorf("losses %+v", losses.Donors)
	}
}

// An award is secured at full value from the day it is made, and its agreement takes its place: nothing in between,
// nothing twice.
func TestAwardIsSecuredOnce(t *testing.T) {
	b := newBooks(t)
	award := b.ask(120, 0, func(o *funding.Opportunity) {
		o.Stage, o.Probability, o.ProbabilityReason = funding.StageAwarded, 0, ""
	})
	secured := func() float64 {
		f, err := b.app.web.Reports.Forecast(b.me, b.lens(finance.Accrued, finance.Discount))
		b.ok(err)
		sum, weighted := b.next(f)
		if weighted != 0 {
			t.Errorf("an award is still weighted: %v", weighted)
		}
		return sum
	}
	if got := secured(); got != 120 {
		t.Errorf("awarded: %v", got)
	}
	a := &funding.Agreement{Title: "Signed for less", DonorID: b.donor, OpportunityID: award.ID, From: award.From, To: award.To,
		Amount: &money.Money{Minor: 110 * 100_000, Currency: "EUR"}}
	made, err := b.app.agreements.Create(b.me, a)
	b.ok(err)
	if got := secured(); got != 120 {
		t.Errorf("a draft took the place of the award: %v", got)
	}
	if _, err := b.app.agreements.Create(b.me, &funding.Agreement{Title: "Again", DonorID: b.donor, OpportunityID: award.ID}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a second agreement of one award: %v", err)
	}
	held, err := b.app.pipeline.Get(b.me, award.ID)
	b.ok(err)
	back := funding.Transition{To: funding.StageSubmitted, Note: "A slip"}
	if _, err := b.app.pipeline.Move(b.me, held.ID, held.Rev, back); !fault.Is(err, fault.Invalid) {
		t.Errorf("an award with an agreement was taken back: %v", err)
	}
	if _, err := b.app.pipeline.Trash(b.me, held.ID, held.Rev); !fault.Is(err, fault.Invalid) {
		t.Errorf("an award with an agreement is in the trash: %v", err)
	}
	_, err = b.app.agreements.Update(b.me, made.ID, made.Rev, func(a *funding.Agreement) { a.SignedOn = b.app.agreements.Today() })
	b.ok(err)
	if got := secured(); got != 110 {
		t.Errorf("signed: %v", got)
	}
}

// TestAwardGoesBackWithoutItsDraft: once the draft is removed, an award can be opened again.
func TestAwardGoesBackWithoutItsDraft(t *testing.T) {
	b := newBooks(t)
	award := b.ask(120, 0, func(o *funding.Opportunity) {
		o.Stage, o.Probability, o.ProbabilityReason = funding.StageAwarded, 0, ""
	})
	draft, err := b.app.agreements.Create(b.me, &funding.Agreement{Title: "A draft", DonorID: b.donor, OpportunityID: award.ID})
	b.ok(err)
	b.ok(b.app.agreements.Remove(b.me, draft.ID, draft.Rev))
	held, err := b.app.pipeline.Get(b.me, award.ID)
	b.ok(err)
	moved, err := b.app.pipeline.Move(b.me, held.ID, held.Rev, funding.Transition{To: funding.StageSubmitted, Note: "A slip"})
	b.ok(err)
	if moved.Stage != funding.StageSubmitted {
		t.Errorf("it stands at %s", moved.Stage)
	}
}

// TestInstalmentIsPaidByItsPayer: a payment pays an instalment of its donor over what was due, and no other; taken back
// in the ledger, the instalment is due again.
func TestInstalmentIsPaidByItsPayer(t *testing.T) {
	b := newBooks(t)
	today := b.app.agreements.Today()
	euros := func(n int64) *money.Money { return &money.Money{Minor: n * 100, Currency: "EUR"} }
	a, err := b.app.agreements.Create(b.me, &funding.Agreement{Title: "Core support", DonorID: b.donor, SignedOn: today, From: today, To: b.day("12-31"), Amount: euros(50_000)})
	b.ok(err)
	a, err = b.app.agreements.SetInstalment(b.me, a.ID, a.Rev, "", func(p *funding.Instalment) { p.Kind, p.Due, p.Amount = "balance", today, euros(50_000) })
	b.ok(err)
	other := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Elm", Roles: []string{"donor"}}
	b.ok(b.app.stakeholders.Create(b.me, other))
	books := secured{b.app.agreements}
	settle := func(line *finance.Income) error {
		return b.app.db.Tx(b.me, func(ctx context.Context) error { return books.Settle(ctx, a.Instalments[0].ID, line, 0) })
	}
	line := func(donor string, n int64) *finance.Income {
		l, err := b.app.ledger.Add(b.me, finance.Entry{DonorID: donor, Date: today, Amount: *euros(n), Earmarking: finance.Unearmarked, Restriction: finance.Unrestricted, SourceType: "foundation"})
		b.ok(err)
		return l
	}
	for name, l := range map[string]*finance.Income{"another donor": line(other.ID, 50_000), "a tenth": line(b.donor, 5_000)} {
		if err := settle(l); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	right := line(b.donor, 50_000)
	b.ok(settle(right))
	if err := settle(right); !fault.Is(err, fault.Invalid) {
		t.Errorf("paid twice: %v", err)
	}
	due := func() int {
		list, err := books.Expected(b.me, today, today)
		b.ok(err)
		return len(list)
	}
	if due() != 0 {
		t.Error("what is paid is still expected")
	}
	_, err = b.app.ledger.Reverse(b.me, right.ID, right.Rev, today, "Not ours")
	b.ok(err)
	if due() != 1 {
		t.Error("what was taken back is not due again")
	}

	// What came in another currency is taken at a person's word.
	dollars := line(b.donor, 54_000)
	dollars.Amount.Currency = "USD"
	for cents, far := range map[int64]bool{1_00: true, 39_999_99: true} {
		slip := *dollars
		slip.Worth = &finance.Money{Minor: cents, Currency: "EUR"}
		if err := settle(&slip); far != fault.Is(err, fault.Invalid) {
			t.Errorf("%d cents' worth of dollars: %v", cents, err)
		}
	}
	b.ok(settle(dollars))
	b.ok(b.app.db.Tx(b.me, func(ctx context.Context) error { return books.Unsettle(ctx, dollars.ID, "another") }))
	if due() != 1 {
		t.Error("what pays no more is not due again")
	}

	// A line of a file pays it, and the file is taken back.
	file := "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n" + b.name(b.donor) + ",," + string(today) + ",50000,EUR,unearmarked,unrestricted,foundation\n"
	res, err := b.app.importer.Import(b.me, "one.csv", []byte(file), false)
	b.ok(err)
	page, err := b.app.finance.Page(b.me, finance.Search{ImportID: res.ImportID}, store.Query{})
	b.ok(err)
	if len(page.Items) != 1 {
		t.Fatalf("%d lines", len(page.Items))
	}
	b.ok(settle(page.Items[0]))
	_, err = b.app.finance.Revert(b.me, res.ImportID)
	b.ok(err)
	if due() != 1 {
		t.Error("what a file that was taken back had paid is not due again")
	}
}

// name gives the name of a stakeholder.
func (b *books) name(id string) string {
	names, err := b.app.stakeholders.Names(b.me, []string{id})
	b.ok(err)
	return names[id]
}

// The lines behind a month of the forecast add up to each of its figures.
func TestForecastMonthAddsUp(t *testing.T) {
	b := newBooks(t)
	for _, one := range [][2]int{{100, 90}, {77, 33}} {
		b.ask(int64(one[0]), one[1], nil)
	}
	b.ask(120, 0, func(o *funding.Opportunity) {
		o.Stage, o.Probability, o.ProbabilityReason = funding.StageAwarded, 0, ""
	})
	add := func(lines []report.ForecastShare) (sum int64) {
		for _, l := range lines {
			sum += l.Cents
		}
		return sum
	}
	for _, basis := range []finance.Basis{finance.Cash, finance.Accrued} {
		lens := b.lens(basis, finance.Discount)
		f, err := b.app.web.Reports.Forecast(b.me, lens)
		b.ok(err)
		counted := 0
		for i, month := range f.Months {
			m, err := b.app.web.Reports.ForecastMonth(b.me, lens, month)
			b.ok(err)
			if add(m.Secured.Lines) != f.Secured[i] || m.Secured.Cents != f.Secured[i] || add(m.Weighted.Lines) != f.Weighted[i] || add(m.Cost.Lines) != f.Cost[i] {
				t.Errorf("%s %s: %+v, want %d and %d", basis, month, m, f.Secured[i], f.Weighted[i])
			}
			for _, l := range m.Secured.Lines {
				if counted++; l.Kind != "award" || l.PayerName == "" {
					t.Errorf("%+v", l)
				}
			}
		}
		if counted != 12 {
			t.Errorf("%s: the award counts in %d months", basis, counted)
		}
		for _, month := range []string{"2019-01", "2027-13", "x"} {
			if _, err := b.app.web.Reports.ForecastMonth(b.me, lens, month); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", month, err)
			}
		}
	}
}
