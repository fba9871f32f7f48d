package funding_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
)

func sortBy(path string) []driver.Key { return []driver.Key{{Path: path}} }

// TestAccrue: by day, both ends included, with the leap day; by the books' own year.
func TestAccrue(t *testing.T) {
	for _, c := range []struct {
		amount   int64
		from, to store.Date
		first    time.Month
		want     map[int]int64
	}{
		{36600, "2024-01-01", "2024-12-31", 1, map[int]int64{2024: 36600}},
		{73100, "2024-01-01", "2025-12-31", 1, map[int]int64{2024: 36600, 2025: 36500}}, // the leap day is a day
		{200, "2023-12-31", "2024-01-01", 1, map[int]int64{2023: 100, 2024: 100}},
		{36500, "2024-07-01", "2025-06-30", 7, map[int]int64{2024: 36500}},
		{5900, "2024-02-01", "2024-03-30", 3, map[int]int64{2023: 2900, 2024: 3000}}, // 29 days of February
		{1, "2024-01-01", "2026-12-31", 1, map[int]int64{2024: 1}},
		{100, "2024-02-29", "2024-02-29", 1, map[int]int64{2024: 100}},
	} {
		for _, part := range funding.Accrue(money.Money{Minor: c.amount, Currency: "EUR"}, c.from, c.to, c.first) {
			if part.Amount.Minor != c.want[part.Year] {
				t.Errorf("%d from %s to %s: %d in %d, not %d", c.amount, c.from, c.to, part.Amount.Minor, part.Year, c.want[part.Year])
			}
		}
	}
	if got := funding.Accrue(money.Money{Minor: 1, Currency: "EUR"}, "2024-02-01", "2024-01-01", 1); got != nil {
		t.Errorf("a term without a day: %v", got)
	}
}

// TestAccrueAddsUp: for any amount, term and first month the parts add up, the days too, and each part is within one
// cent of its exact share.
func TestAccrueAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		amount := rng.Int64N(1e12)
		from := time.Date(2000+rng.IntN(60), time.Month(1+rng.IntN(12)), 1+rng.IntN(28), 0, 0, 0, 0, time.UTC)
		length := 1 + rng.IntN(3000)
		to := from.AddDate(0, 0, length-1)
		parts := funding.Accrue(money.Money{Minor: amount, Currency: "EUR"}, store.Date(from.Format(time.DateOnly)), store.Date(to.Format(time.DateOnly)), time.Month(1+rng.IntN(12)))
		var sum int64
		days := 0
		for _, p := range parts {
			sum, days = sum+p.Amount.Minor, days+p.Days
			if exact := float64(amount) * float64(p.Days) / float64(length); float64(p.Amount.Minor)-exact > 1.001 || exact-float64(p.Amount.Minor) > 1.001 {
				t.Fatalf("%d of %d days of %d: %d", p.Days, length, amount, p.Amount.Minor)
			}
		}
		if sum != amount || days != length {
			t.Fatalf("%d over %d days: %d over %d", amount, length, sum, days)
		}
	}
}

// TestSecured: instalments in euros add up to what the agreement was worth at signature; drafts are not in; what has
// no rate has no euros; each line has its own earmarking.
func TestSecured(t *testing.T) {
	b := openBooks(t)
	ctx := b.fundraiser()
	add := func(title, currency string, signed store.Date, minors ...int64) *funding.Agreement {
		a, err := b.Create(ctx, &funding.Agreement{Title: title, DonorID: "d-1", SignedOn: signed, From: "2026-01-01", To: "2027-12-31",
			Amount: &money.Money{Minor: 1001, Currency: currency}, SourceType: "government"})
		b.ok(err)
		for i, minor := range minors {
			a, err = b.SetInstalment(ctx, a.ID, a.Rev, "", func(p *funding.Instalment) {
				p.Kind, p.Due, p.Amount = "interim", store.Date(fmt.Sprintf("2026-0%d-01", i+1)), &money.Money{Minor: minor, Currency: currency}
				if i == 1 {
					p.Earmarking = "unearmarked"
				}
			})
			b.ok(err)
		}
		return a
	}
	whole := add("whole", "CHF", "2026-01-02", 333, 333, 335)
	part := add("part", "CHF", "2026-01-02", 500)
	over := add("over", "CHF", "2026-01-02", 1001, 1001)
	add("no rate", "ZAR", "2026-01-02", 500)
	add("draft", "EUR", "", 500)
	paid, err := b.MoveInstalment(ctx, whole.ID, whole.Rev, whole.Instalments[2].ID, funding.Paid, "2026-06-10", "", nil)
	b.ok(err)
	lines, err := b.Secured(ctx)
	b.ok(err)
	sums, unconverted := map[string]int64{}, 0
	for _, l := range lines {
		if l.Worth == nil {
			unconverted++
			continue
		}
		sums[l.AgreementID] += l.Worth.Minor
		if l.InstalmentID == "" && (l.AgreementID != part.ID || l.Date != "" || l.Worth.Minor != 250 || l.Amount.Minor != 501) {
			t.Errorf("in no instalment: %+v", l)
		}
		if l.InstalmentID == paid.Instalments[2].ID && (l.Date != "2026-06-10" || l.State != funding.Paid) {
			t.Errorf("paid: %+v", l)
		}
		if want := map[store.Date]string{"2026-02-01": "unearmarked"}[l.Date]; want != "" && l.Earmarking != want {
			t.Errorf("%+v", l)
		}
	}
	if len(lines) != 9 || unconverted != 2 || sums[whole.ID] != 500 || sums[part.ID] != 500 || sums[over.ID] != 1000 {
		t.Errorf("%d lines, %d without euros, %v", len(lines), unconverted, sums)
	}
	accrued, err := b.Accrued(ctx, time.January)
	b.ok(err)
	years := map[int]int64{}
	for _, l := range accrued {
		if l.AgreementID == whole.ID {
			years[l.Year] += l.Worth.Minor
		}
	}
	if years[2026] != 250 || years[2027] != 250 {
		t.Errorf("500 cents over 365 and 365 days: %v", years)
	}
}

// TestFrozenWorth: the euros of the day of signing stay whatever is changed, and follow a changed amount at the rate
// of the same day.
func TestFrozenWorth(t *testing.T) {
	b := openBooks(t)
	ctx := b.fundraiser()
	a, err := b.Create(ctx, &funding.Agreement{Title: "A", DonorID: "d-1", SignedOn: "2026-01-02", From: "2026-01-01", To: "2026-12-31", Amount: &money.Money{Minor: 1000, Currency: "CHF"}})
	b.ok(err)
	b.now = b.now.AddDate(0, 1, 0)
	a, err = b.Update(ctx, a.ID, a.Rev, func(a *funding.Agreement) { a.Title = "B" })
	b.ok(err)
	a, err = b.Amend(ctx, a.ID, a.Rev, funding.AmendmentInput{On: "2026-07-01", Reason: "More", Amount: &money.Money{Minor: 3000, Currency: "CHF"}})
	b.ok(err)
	if a.Worth.Minor != 1500 || a.RateDate != "2026-01-02" {
		t.Errorf("%+v of %s", a.Worth, a.RateDate)
	}
}

// TestAmendments: what held before is kept, so the agreement as it stood on any day can be seen; what was paid is
// not amended; a signed amount changes no other way.
func TestAmendments(t *testing.T) {
	b := openBooks(t)
	ctx := b.fundraiser()
	a := b.signed()
	a, err := b.MoveInstalment(ctx, a.ID, a.Rev, a.Instalments[0].ID, funding.Paid, "2025-03-05", "", nil)
	b.ok(err)
	if _, err := b.Update(ctx, a.ID, a.Rev, func(a *funding.Agreement) { a.Amount, a.To = euros(1), "2028-01-31" }); !slices.Equal(names(err), []string{"amount", "to"}) {
		t.Errorf("a signed amount and term, changed: %v", err)
	}
	schedule := slices.Clone(a.Instalments)
	schedule[1].Due, schedule[2].Amount = "2026-05-01", euros(130_000)
	a, err = b.Amend(ctx, a.ID, a.Rev, funding.AmendmentInput{On: "2025-11-01", Reason: "One more country", To: "2027-07-31", Amount: euros(450_000), Instalments: schedule})
	b.ok(err)
	a, err = b.Amend(ctx, a.ID, a.Rev, funding.AmendmentInput{On: "2026-04-01", Reason: "Six months more", To: "2028-01-31"})
	b.ok(err)
	if len(a.Amendments) != 2 || len(a.Amendments[0].Changes) != 4 || a.Amendments[1].Number != 2 {
		t.Fatalf("%+v", a.Amendments)
	}
	for _, c := range []struct {
		day    store.Date
		to     store.Date
		amount int64
		second store.Date
		state  funding.InstalmentState
		signed funding.AgreementState
		since  int
	}{
		{"2025-01-09", "2027-01-31", 400_000, "2026-03-01", funding.Scheduled, funding.Draft, 0},
		{"2025-03-04", "2027-01-31", 400_000, "2026-03-01", funding.Scheduled, funding.Running, 0},
		{"2025-10-31", "2027-01-31", 400_000, "2026-03-01", funding.Paid, funding.Running, 0},
		{"2025-11-01", "2027-07-31", 450_000, "2026-05-01", funding.Paid, funding.Running, 1},
		{"2026-06-15", "2028-01-31", 450_000, "2026-05-01", funding.Paid, funding.Running, 2},
	} {
		then := a.On(c.day)
		if then.To != c.to || then.Amount.Minor != c.amount*100 || then.Instalments[1].Due != c.second || then.Instalments[0].State != c.state ||
			then.StateOn(c.day) != c.signed || len(then.Amendments) != c.since {
			t.Errorf("on %s: to %s, %s, second %s, first %s, %s, %d amendments", c.day, then.To, then.Amount, then.Instalments[1].Due, then.Instalments[0].State, then.StateOn(c.day), len(then.Amendments))
		}
	}
	if a.To != "2028-01-31" || a.Instalments[0].PaidOn != "2025-03-05" {
		t.Errorf("looking back has changed it: %+v", a)
	}
	for field, in := range map[string]funding.AmendmentInput{
		"on":                    {On: "2026-03-31", Reason: "R", To: "2029-01-31"},
		"reason":                {On: "2026-05-01", To: "2029-01-31"},
		"instalments":           {On: "2026-05-01", Reason: "R", Instalments: a.Instalments[1:]},
		"instalments[0].amount": {On: "2026-05-01", Reason: "R", Instalments: []funding.Instalment{{ID: a.Instalments[0].ID, Kind: "prefinancing", Due: a.Instalments[0].Due, Amount: euros(7)}}},
		"instalments[0].id":     {On: "2026-05-01", Reason: "R", Instalments: []funding.Instalment{{ID: "none", Kind: "balance", Due: "2027-01-01", Amount: euros(7)}}},
		"to":                    {On: "2026-05-01", Reason: "R", To: "2024-01-31"},
	} {
		if _, err := b.Amend(ctx, a.ID, a.Rev, in); !slices.Contains(names(err), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := b.Amend(ctx, a.ID, a.Rev, funding.AmendmentInput{On: "2026-05-01", Reason: "R"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an amendment of nothing: %v", err)
	}
}

// TestObligations: one calendar of payments, duties, ends of terms and strings, in order, narrowed as asked; closed
// agreements and waived strings have left it.
func TestObligations(t *testing.T) {
	b := openBooks(t)
	ctx := b.fundraiser()
	a := b.signed()
	a, err := b.MoveInstalment(ctx, a.ID, a.Rev, a.Instalments[0].ID, funding.Paid, "2025-03-05", "", nil)
	b.ok(err)
	a, err = b.AddRequirements(ctx, a.ID, a.Rev, []funding.Requirement{{Kind: "financial", Title: "Report", Due: "2026-06-14", OwnerID: "kat"},
		{Kind: "audit", Title: "Audit", Due: "2026-06-15", OwnerID: "jonas"}}, "")
	b.ok(err)
	s, err := b.AddString(ctx, &funding.String{AgreementID: a.ID, Kind: "veto", Severity: 3, Text: "Publications are shown first", From: "2025-02-01", To: "2027-12-31"})
	b.ok(err)
	if s.DonorID != "d-ec" {
		t.Errorf("the string is of %s, not of whose money it is", s.DonorID)
	}
	say := func(search funding.ObligationSearch) []string {
		list, err := b.Obligations(ctx, search)
		b.ok(err)
		var out []string
		for _, o := range list {
			out = append(out, fmt.Sprint(o.Date, " ", o.Kind, " ", o.Detail, " ", o.State))
		}
		return out
	}
	all := []string{"2025-02-01 string begins done", "2025-03-01 instalment prefinancing done", "2026-03-01 instalment interim overdue", "2026-06-14 requirement financial overdue",
		"2026-06-15 requirement audit open", "2027-01-31 term ends open", "2027-04-01 instalment balance open", "2027-12-31 string ends open"}
	for _, c := range []struct {
		search funding.ObligationSearch
		want   []string
	}{
		{funding.ObligationSearch{}, all},
		{funding.ObligationSearch{From: "2026-06-14", To: "2026-06-15"}, all[3:5]},
		{funding.ObligationSearch{OwnerID: "kat"}, all[3:4]},
		{funding.ObligationSearch{Kind: funding.ObligationTerm}, all[5:6]},
		{funding.ObligationSearch{State: "overdue"}, all[2:4]},
		{funding.ObligationSearch{DonorID: "d-ec", Pending: true, From: "2027-01-01"}, all[5:]},
		{funding.ObligationSearch{DonorID: "d-other"}, nil},
	} {
		if got := say(c.search); !slices.Equal(got, c.want) {
			t.Errorf("%+v:\n%q\nwanted\n%q", c.search, got, c.want)
		}
	}
	_, err = b.ChangeString(ctx, s.ID, s.Rev, func(s *funding.String) { s.Waived = true })
	b.ok(err)
	if got := say(funding.ObligationSearch{}); len(got) != 6 {
		t.Errorf("a waived string: %q", got)
	}
	_, err = b.Update(ctx, a.ID, a.Rev, func(a *funding.Agreement) { a.ClosedOn = "2026-06-15" })
	b.ok(err)
	if got := say(funding.ObligationSearch{}); len(got) != 0 {
		t.Errorf("closed: %q", got)
	}
}

// TestStrings: bad ones are named, and what binds today is told by dates and waiver.
func TestStrings(t *testing.T) {
	b := openBooks(t)
	ctx := b.fundraiser()
	for field, s := range map[string]funding.String{
		"donorId": {DonorID: "nobody", Kind: "veto", Severity: 1, Text: "T"}, "kind": {DonorID: "d-1", Kind: "rope", Severity: 1, Text: "T"},
		"severity": {DonorID: "d-1", Kind: "veto", Severity: 4, Text: "T"}, "text": {DonorID: "d-1", Kind: "veto", Severity: 1},
		"to": {DonorID: "d-1", Kind: "veto", Severity: 1, Text: "T", From: "2026-01-02", To: "2026-01-01"}, "agreementId": {AgreementID: "none", Kind: "veto", Severity: 1, Text: "T"},
	} {
		if _, err := b.AddString(ctx, &s); !slices.Equal(names(err), []string{field}) {
			t.Errorf("%s: %v", field, err)
		}
	}
	for i, s := range []funding.String{{Text: "always"}, {Text: "over", To: "2026-06-14"}, {Text: "not yet", From: "2026-06-16"}, {Text: "waived", Waived: true}, {Text: "now", From: "2026-06-15", To: "2026-06-15"}} {
		s.DonorID, s.Kind, s.Severity = "d-1", "pledge", i%3+1
		_, err := b.AddString(ctx, &s)
		b.ok(err)
	}
	list, err := b.AllStrings(ctx, funding.StringSearch{Binding: true})
	b.ok(err)
	var texts []string
	for _, s := range list {
		if !s.Binds(b.Today()) {
			t.Errorf("%s is listed and does not bind", s.Text)
		}
		texts = append(texts, s.Text)
	}
	if !slices.Equal(texts, []string{"now", "always"}) { // the gravest first
		t.Errorf("%q", texts)
	}
}
