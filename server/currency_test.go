package main

import (
	"slices"
	"strings"
	"testing"

	"piper/config"
	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/sqlite"
)

// TestPiperInFrancs: the setting reaches all rooms that convert, and a store that holds amounts refuses another one.
func TestPiperInFrancs(t *testing.T) {
	data := t.TempDir()
	open := func(currency string) (*App, error) {
		return newApp(t.Context(), config.Config{Data: data, Store: "sqlite", FiscalYearStart: 1, ReportingCurrency: currency})
	}
	for currency, sentence := range map[string]string{"UAH": "PIPER_REPORTING_CURRENCY: \"UAH\" is not", "JPY": "PIPER_REPORTING_CURRENCY: Books cannot"} {
		if _, err := open(currency); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%s: %v", currency, err)
		}
	}
	app, err := open("CHF")
	if err != nil {
		t.Fatal(err)
	}
	b := staffed(t, app)
	_, _, err = app.finance.SaveRates(access.AsSystem(t.Context(), "test"), []*finance.RateDay{{Date: "2026-01-15", Rates: map[string]string{"CHF": "0.9312", "SEK": "10.7250"}},
		{Date: app.db.Now().Day(), Rates: map[string]string{"CHF": "0.9", "SEK": "11"}}})
	b.ok(err)
	line, err := app.ledger.Add(b.me, finance.Entry{DonorID: b.donor, Date: "2026-01-15", Amount: money.Money{Minor: 10_725_00, Currency: "SEK"},
		Earmarking: finance.Unearmarked, Restriction: finance.Unrestricted, SourceType: "foundation"})
	b.ok(err)
	if line.Worth == nil || *line.Worth != (money.Money{Minor: 931_20, Currency: "CHF"}) || line.Rate != "10.7250" || line.CrossRate != "0.9312" {
		t.Errorf("income: %+v", line.Frozen)
	}
	asked := b.ask(1, 50, nil) // 1,000 euros
	if asked.Worth == nil || *asked.Worth != (money.Money{Minor: 900_00, Currency: "CHF"}) || asked.Rate != "" || asked.CrossRate != "0.9" {
		t.Errorf("opportunity: %+v", asked.Frozen)
	}
	agreement := &funding.Agreement{Title: "Core support", DonorID: b.donor, UltimateDonorID: b.donor, SignedOn: "2026-01-16", From: "2026-02-01", To: "2027-01-31", Amount: &money.Money{Minor: 1_000_00, Currency: "EUR"},
		Earmarking: "unearmarked", Restriction: "unrestricted", SourceType: "foundation"}
	agreement, err = app.agreements.Create(b.me, agreement)
	b.ok(err)
	if agreement.Worth == nil || *agreement.Worth != (money.Money{Minor: 931_20, Currency: "CHF"}) {
		t.Errorf("agreement: %+v", agreement.Frozen)
	}
	board, err := app.pipeline.Board(b.me, funding.OpportunitySearch{}, "")
	b.ok(err)
	if *board.Total.Discount != (money.Money{Minor: 450_00, Currency: "CHF"}) {
		t.Errorf("weighted: %v", board.Total.Discount)
	}
	b.ok(app.Close())

	if app, err = open("CHF"); err != nil {
		t.Fatal(err)
	}
	b.ok(app.Close())
	const want = "The books are kept in CHF and hold 1 income line, 1 agreement, 1 opportunity, so they cannot be changed to EUR. Set PIPER_REPORTING_CURRENCY=CHF"
	if _, err = open("EUR"); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), want) {
		t.Errorf("another currency: %v", err)
	}
}

// TestEveryWorthIsHeld: what has a worth ties the books to their currency.
func TestEveryWorthIsHeld(t *testing.T) {
	b := newBooks(t)
	for _, d := range b.app.db.Declared() {
		_, has := d.Schema.Field("worth.minor")
		if listed := slices.ContainsFunc(converted, func(h held) bool { return h.collection == d.Name }); has != listed {
			t.Errorf("%s has a worth: %v, is listed: %v", d.Name, has, listed)
		}
	}
	if what, err := b.app.heldAmounts(b.me); err != nil || what != "" {
		t.Errorf("an empty house holds %q, %v", what, err)
	}
	b.ok(b.app.finance.AddReserve(b.me, &finance.Reserve{Date: "2025-12-31", AnnualSpend: 1}))
	if what, err := b.app.heldAmounts(b.me); err != nil || what != "1 reserve statement" {
		t.Errorf("a house with a statement holds %q, %v", what, err)
	}
}

// old is a document of a store from before the reporting currency was a setting, of any collection.
type old struct {
	store.Meta
	EUR *money.Money `json:"eur,omitempty"`

	// Of income and views; other documents are well without.
	Date    store.Date   `json:"date,omitempty"`
	Amount  *money.Money `json:"amount,omitempty"`
	List    string       `json:"list,omitempty"`
	Name    string       `json:"name,omitempty"`
	Where   string       `json:"where,omitempty"`
	Columns []string     `json:"columns,omitempty"`
	Sight   []string     `json:"sight,omitempty"`
}

// TestWorthIsRenamed: a store of the first version is brought to the names of today, its records untouched otherwise.
func TestWorthIsRenamed(t *testing.T) {
	data := t.TempDir()
	engine, err := sqlite.Open(config.Config{Data: data}.Path(storeFile))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.AsSystem(t.Context(), "test")
	db := store.New(engine, store.Options{})
	ids, made := map[string]string{}, map[string]*store.Collection[old]{}
	for _, name := range []string{"income", "expenses", "agreements", "opportunities", "awards", "views"} {
		spec := store.Spec[old]{Name: name, Fields: []driver.Field{{Path: "eur.minor", Kind: driver.Int}}}
		if name == "views" {
			spec.Fields = []driver.Field{{Path: "list"}, {Path: "name"}, {Path: "sight", Multi: true}}
		}
		made[name] = store.Declare(db, spec)
	}
	b := &books{t: t, me: ctx}
	b.ok(db.Start(ctx, nil))
	for name, c := range made {
		doc := &old{EUR: &money.Money{Minor: 12345, Currency: "EUR"}, Date: "2026-01-15", Amount: &money.Money{Minor: 12345, Currency: "EUR"}}
		if name == "views" {
			doc = &old{List: "income", Name: "Large", Where: `["and",["eur","atLeast",50000],["donorId","is","eur"]]`, Columns: []string{"donor", "eur"}, Sight: []string{access.TeamToken}}
		}
		b.ok(c.Create(ctx, doc))
		ids[name] = doc.ID
	}
	bare := &old{Date: "2026-01-15", Amount: &money.Money{Minor: 1, Currency: "XPF"}}
	b.ok(made["income"].Create(ctx, bare))
	for range 700 { // more than one batch
		b.ok(made["expenses"].Create(ctx, &old{EUR: &money.Money{Minor: 1, Currency: "EUR"}}))
	}
	b.ok(db.Close())

	for range 2 { // the second time there is nothing left to do
		app, err := newApp(t.Context(), config.Config{Data: data, Store: "sqlite", FiscalYearStart: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range converted {
			raw, err := rawOf(app.db, h.collection)
			b.ok(err)
			docs, err := raw.Find(ctx, filter.And{filter.Eq{Field: "id", Value: ids[h.collection]}, filter.Eq{Field: "worth.minor", Value: int64(12345)}}, 0)
			b.ok(err)
			if len(docs) != 1 || !strings.Contains(string(docs[0]), `"worth":{"minor":12345,"currency":"EUR"}`) || strings.Contains(string(docs[0]), `"eur"`) || !strings.Contains(string(docs[0]), `"rev":1,`) {
				t.Errorf("%s: %s", h.collection, docs)
			}
		}
		n := 0
		b.ok(app.finance.EachExpense(ctx, finance.ExpenseSearch{}, func(e *finance.Expense) error {
			if e.Worth != nil {
				n++
			}
			return nil
		}))
		if n != 701 {
			t.Errorf("%d expenses have their worth", n)
		}
		view, err := app.views.Get(ctx, ids["views"])
		b.ok(err)
		if view.Where != `["and",["worth","atLeast",50000],["donorId","is","eur"]]` || !slices.Equal(view.Columns, []string{"donor", "worth"}) || view.Name != "Large" {
			t.Errorf("the view is %+v", view)
		}
		b.ok(app.Close())
	}
}
