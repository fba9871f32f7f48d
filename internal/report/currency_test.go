package report

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/store"
)

// invented is a ledger of some years with refunds and donors who got back more than they gave, all in one currency.
func invented(rng *rand.Rand, currency string) string {
	var b strings.Builder
	b.WriteString(header)
	for range 5 + rng.IntN(60) {
		ultimate := ""
		if rng.IntN(4) == 0 {
			ultimate = "European Commission"
		}
		minor := rng.Int64N(5e7) - 5e6
		fmt.Fprintf(&b, "%s,%s,%d-%02d-%02d,%s,%s,%s,%s,%s\n", []string{"DG JUST", "DG HOME", "Alder", "Birch", "Cedar", "Members"}[rng.IntN(6)], ultimate,
			2022+rng.IntN(5), 1+rng.IntN(12), 1+rng.IntN(28), money.Money{Minor: minor + 1, Currency: currency}.Decimal(), currency,
			finance.EarmarkingLevels[rng.IntN(4)], finance.Restrictions[rng.IntN(3)], finance.SourceTypes[rng.IntN(len(finance.SourceTypes))])
	}
	return b.String()
}

// answers asks everything there is and gives it as text, ids told by the order in which they come.
func (h *house) answers(t *testing.T) string {
	t.Helper()
	var all []any
	keep := func(v any, err error) {
		t.Helper()
		fine(t, err)
		all = append(all, v)
	}
	for _, by := range []By{{finance.Direct, finance.Cash}, {finance.Ultimate, finance.Cash}, {finance.Ultimate, finance.Accrued}} {
		for year := 2022; year <= 2026; year++ {
			v, err := h.reports.Dependence(h.ctx, year, by)
			keep(v, err)
		}
		d, err := h.reports.Dashboard(h.ctx, 2025, by)
		keep(d, err)
		for _, kind := range Charts {
			a, err := kind.Answer(h.reports, h.ctx, Question{By: by, From: 2022, To: 2026, Weighting: finance.Discount})
			keep(a, err)
		}
		lens, err := h.reports.Lens(by, finance.Discount)
		fine(t, err)
		f, err := h.reports.Forecast(h.ctx, lens)
		keep(f, err)
		l, err := h.reports.LossTest(h.ctx, lens, "")
		keep(l, err)
	}
	r, err := h.reports.Realisation(h.ctx, 2025)
	keep(r, err)
	text, err := json.Marshal(all)
	fine(t, err)
	return string(text)
}

// TestFiguresOfOneCurrencyAreThoseOfAnother: a ledger that is all in the reporting currency gives the same figures,
// whichever that is, without any rate.
func TestFiguresOfOneCurrencyAreThoseOfAnother(t *testing.T) {
	for seed := range uint64(6) {
		kept := map[string]string{}
		for _, currency := range []string{"EUR", "CHF", "SEK"} {
			h := open(t)
			h.repo.Reporting, h.reports.Reporting, h.reports.Plans = money.Reporting(currency), money.Reporting(currency), h.repo
			rng := rand.New(rand.NewPCG(7, seed))
			res := h.load(t, invented(rng, currency))
			if res.NotConverted != 0 {
				t.Fatalf("%d lines in %s are not converted into it", res.NotConverted, currency)
			}
			amount := finance.Money{Minor: 1e6 + rng.Int64N(1e8), Currency: currency}
			a := agreed{secured: []finance.Expected{{ID: "one", DonorID: "x", Signed: "2025-12-01", Due: "2027-02-01", From: "2026-01-01", To: "2027-12-31", Amount: amount, Worth: &amount,
				Earmarking: finance.Soft, Restriction: finance.Restricted, SourceType: "eu"}}}
			h.reports.Secured, h.reports.Pipeline = a, a
			work := &finance.Project{Name: "Core", Core: true}
			fine(t, h.repo.AddProject(h.ctx, work))
			budget := &finance.BudgetVersion{Year: 2025, Lines: []finance.BudgetLine{{ProjectID: work.ID, Category: "Staff", Cents: 1e7}}}
			fine(t, h.repo.AddBudget(h.ctx, budget))
			_, err := h.repo.AdoptBudget(h.ctx, budget.ID, budget.Rev)
			fine(t, err)
			fine(t, h.repo.AddExpense(h.ctx, &finance.Expense{Date: "2025-06-30", ProjectID: work.ID, Category: "Staff", Amount: amount}))
			fine(t, h.repo.AddReserve(h.ctx, &finance.Reserve{Date: store.Date("2025-12-31"), Unrestricted: 260_000_00, AnnualSpend: 720_000_00}))
			text := h.answers(t)
			if !strings.Contains(text, `"currency":"`+currency+`"`) {
				t.Fatalf("no figure says that it is in %s", currency)
			}
			for _, other := range []string{"EUR", "CHF", "SEK"} {
				if other != currency && strings.Contains(text, other) {
					t.Fatalf("a figure of books in %s says %s", currency, other)
				}
			}
			kept[currency] = strings.ReplaceAll(h.named(t, text), currency, "…")
		}
		for _, other := range []string{"CHF", "SEK"} {
			if kept[other] != kept["EUR"] {
				t.Fatalf("ledger %d in EUR and in %s:\n%s", seed, other, differ(kept["EUR"], kept[other]))
			}
		}
	}
}

// named puts names in the place of ids, which are others in every house.
func (h *house) named(t *testing.T, text string) string {
	t.Helper()
	ids, err := h.people.Find(h.ctx, []string{"European Commission", "DG JUST", "DG HOME", "Alder", "Birch", "Cedar", "Members"})
	fine(t, err)
	for name, id := range ids {
		if id != "" {
			text = strings.ReplaceAll(text, id, name)
		}
	}
	return madeID.ReplaceAllString(text, `"…"`)
}

// madeID is an id of what is no donor; it is another one in every house.
var madeID = regexp.MustCompile(`"[0-9a-z]{26}"`)

// differ shows two texts from shortly before the first place at which they differ.
func differ(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	from := max(0, at-80)
	return a[from:min(len(a), at+80)] + "\n" + b[from:min(len(b), at+80)]
}
