package funding_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

// books is a secretariat with agreements, on the engine that most of them have.
type books struct {
	*funding.Agreements
	t    *testing.T
	db   *store.DB
	now  time.Time
	todo *tasks
}

type someParties struct{}

func (someParties) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if strings.HasPrefix(id, "d-") {
			names[id] = "Name of " + id
		}
	}
	return names, nil
}

type someColleagues struct{}

func (someColleagues) Names(context.Context) (map[string]string, error) {
	return map[string]string{"jonas": "Jonas", "kat": "Katarzyna"}, nil
}

// twoForOne converts every currency but XAU at two units for one euro.
type twoForOne struct{}

func (twoForOne) Worth(_ context.Context, m money.Money, on store.Date) (money.Frozen, error) {
	switch m.Currency {
	case "EUR":
		return money.Frozen{Worth: &m}, nil
	case "ZAR":
		return money.Frozen{}, nil
	}
	return money.Frozen{Worth: &money.Money{Minor: m.Minor / 2, Currency: "EUR"}, Rate: "2", RateDate: on, RateSource: "test"}, nil
}

// tasks remembers what it was asked to do.
type tasks struct {
	made    []funding.Wish
	settled map[string]bool
	shifted map[string]int
	refuse  error
}

func (k *tasks) Make(_ context.Context, w funding.Wish) ([]string, error) {
	if k.refuse != nil {
		return nil, k.refuse
	}
	k.made = append(k.made, w)
	return []string{"task-of-" + w.Title}, nil
}

func (k *tasks) Settle(_ context.Context, ids []string, done bool) error {
	for _, id := range ids {
		k.settled[id] = done
	}
	return nil
}

func (k *tasks) Shift(_ context.Context, ids []string, days int) error {
	for _, id := range ids {
		k.shifted[id] += days
	}
	return nil
}

func openBooks(t *testing.T) *books {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	b := &books{t: t, now: time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC), todo: &tasks{settled: map[string]bool{}, shifted: map[string]int{}}}
	b.db = store.New(engine, store.Options{Now: func() time.Time { return b.now }})
	audit.New(b.db, []byte("0123456789abcdef0123456789abcdef"), "")
	b.Agreements = funding.NewAgreements(b.db, someParties{}, someColleagues{}, twoForOne{}, b.todo)
	b.Opportunities = someOpportunities{"o1": {Title: "Won", Stage: funding.StageAwarded}, "o2": {Title: "Hoped for", Stage: funding.StageSubmitted},
		"o3": {Title: "Forgotten", Stage: funding.StageAwarded, TrashedAt: "2026-01-01T00:00:00Z"}}
	b.ok(b.db.Start(access.AsSystem(t.Context(), "test"), nil))
	t.Cleanup(func() { _ = b.db.Close() })
	return b
}

func (b *books) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *books) as(role access.Role) context.Context {
	return access.With(b.t.Context(), access.Reader{AccountID: "jonas", Name: "Jonas", Role: role})
}

func (b *books) fundraiser() context.Context { return b.as(access.Fundraiser) }

func euros(n int64) *money.Money { return &money.Money{Minor: n * 100, Currency: "EUR"} }

// signed adds an agreement that runs for two years, with three instalments.
func (b *books) signed() *funding.Agreement {
	b.t.Helper()
	a, err := b.Create(b.fundraiser(), &funding.Agreement{Title: "Safe return", Number: "101-22", DonorID: "d-lead", UltimateDonorID: "d-ec",
		PassThrough: funding.PassThrough{LeadID: "d-lead"}, Programme: "AMIF", SignedOn: "2025-01-10", From: "2025-02-01", To: "2027-01-31",
		Amount: euros(400_000), SourceType: "eu", OwnerID: "jonas"})
	b.ok(err)
	for _, p := range []funding.Instalment{{Kind: "prefinancing", Due: "2025-03-01", Amount: euros(200_000)},
		{Kind: "interim", Due: "2026-03-01", Amount: euros(120_000)}, {Kind: "balance", Due: "2027-04-01", Amount: euros(80_000)}} {
		a, err = b.SetInstalment(b.fundraiser(), a.ID, a.Rev, "", func(x *funding.Instalment) { x.Kind, x.Due, x.Amount = p.Kind, p.Due, p.Amount })
		b.ok(err)
	}
	return a
}

// names gives the fields that a fault names.
func names(err error) []string {
	var list []string
	var f *fault.Error
	if err == nil {
		return nil
	}
	if as, ok := err.(*fault.Error); ok {
		f = as
	} else {
		return []string{err.Error()}
	}
	for _, one := range f.Fields {
		list = append(list, one.Field)
	}
	slices.Sort(list)
	return list
}

// someOpportunities is a pipeline by id.
type someOpportunities map[string]*funding.Opportunity

func (s someOpportunities) Hold(_ context.Context, id string) (*funding.Opportunity, error) {
	o := s[id]
	if o == nil {
		return nil, fault.New(fault.NotFound, "There is no opportunity %s.", id)
	}
	o.ID = id
	return o, nil
}
