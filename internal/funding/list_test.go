package funding_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/funding"
	"piper/internal/list/listtest"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

func anyOf[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// twoEngines opens a store on each engine.
func twoEngines(t *testing.T) map[string]driver.Engine {
	t.Helper()
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]driver.Engine{"sqlite": file, "memory": memory.New()}
}

func fundraiser() context.Context {
	return access.With(context.Background(), access.Reader{AccountID: "ana", Role: access.Fundraiser})
}

// june is when the tests of lists look.
func june() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }

func started(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.Start(access.AsSystem(context.Background(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
}

// TestFiltersOfAgreementsMeanTheSame finds the same agreements by every kind of filter on both engines, the state by
// the rule that says it of one.
func TestFiltersOfAgreementsMeanTheSame(t *testing.T) {
	t.Parallel()
	ctx := fundraiser()
	family := func(id string) ([]string, error) { return []string{id, id + "-part"}, nil }
	c := listtest.Case{Collection: "agreements", Docs: map[string]any{}, Find: map[string]func(string) ([]string, error){},
		Values: map[string][]any{"title": {"agreement 1", "ÄGREEMENT"}, "number": {"N/1"}, "state": {"draft", "signed", "running", "ended", "closed"},
			"donorId": {"d-oak", "d-elm"}, "ultimateDonorId": {"d-oak"}, "leadId": {"d-elm"}, "ownerId": {"me", "kat"}, "programme": {"CERV"},
			"sourceType": {"eu", "foundation"}, "earmarking": {"soft"}, "operatingGrant": {true, false}, "signedOn": {"2026-06-15"}, "from": {"2026-06-15"},
			"to": {"2026-06-14", "2026-06-15"}, "closedOn": {"2026-06-01"}, "updatedAt": {"2026-06-15"}, "amount": {100, 99.99}}}
	all := map[string]*funding.Agreement{}
	for name, engine := range twoEngines(t) {
		r := rand.New(rand.NewPCG(8, 9))
		db := store.New(engine, store.Options{Now: june})
		repo := funding.NewAgreements(db, someParties{}, staffOf{"ana", "kat"}, twoForOne{}, nil)
		started(t, db)
		days := []store.Date{"2026-06-01", "2026-06-15", "2026-06-30"}
		for i := range 60 {
			a := &funding.Agreement{Title: fmt.Sprintf("Agreement %02d", i), Number: anyOf(r, "", "N/1"), DonorID: anyOf(r, "d-oak", "d-elm"), UltimateDonorID: anyOf(r, "", "d-oak-part", "d-oak"),
				PassThrough: funding.PassThrough{LeadID: anyOf(r, "", "d-elm")}, OwnerID: anyOf(r, "", "ana", "kat"), Programme: anyOf(r, "", "CERV"),
				SourceType: anyOf(r, "eu", "foundation"), Earmarking: anyOf(r, "", "soft"), Amount: &money.Money{Minor: anyOf[int64](r, 9_999, 10_000, 20_000), Currency: "EUR"}}
			a.OperatingGrant = a.SourceType == "eu" && r.IntN(2) == 0
			if r.IntN(4) > 0 {
				a.SignedOn, a.From = anyOf(r, "2026-05-01", days[1]), anyOf(r, days[:2]...)
				a.To = anyOf(r, days...)
				if a.From = min(a.From, a.To); r.IntN(3) == 0 {
					a.From, a.To = days[2], "2027-01-01"
				}
				if a.SignedOn == "2026-05-01" && r.IntN(3) == 0 {
					a.ClosedOn = anyOf(r, days[:2]...)
				}
			}
			if r.IntN(8) == 0 { // ended
				a.SignedOn, a.From, a.To, a.ClosedOn = "2026-01-01", "2026-01-01", "2026-06-14", ""
			}
			made, err := repo.Create(ctx, a)
			if err != nil {
				t.Fatal(err)
			}
			all[made.Title], c.Docs[made.Title] = made, made
		}
		fields := repo.AgreementFields(ctx, family)
		c.DB, c.Fields = db, fields
		c.Find[name] = func(text string) (found []string, err error) {
			where, err := fields.Where(text)
			if err != nil {
				return nil, err
			}
			err = repo.Walk(ctx, funding.AgreementSearch{Where: where}, store.Query{}, func(page []*funding.Agreement) error {
				for _, a := range page {
					found = append(found, a.Title)
				}
				return nil
			})
			return found, err
		}
	}
	c.Check(t, 300)
	for _, state := range funding.AgreementStates {
		want := 0
		for _, a := range all {
			if a.StateOn("2026-06-15") == state {
				want++
			}
		}
		if got, err := c.Find["sqlite"](`["state","is","` + string(state) + `"]`); err != nil || len(got) != want || want == 0 {
			t.Errorf("%s: %d found, %d are: %v", state, len(got), want, err)
		}
	}
	for text, is := range map[string]func(*funding.Agreement) bool{
		`["ultimateDonorId","is","d-oak"]`: func(a *funding.Agreement) bool {
			return a.UltimateDonorID == "d-oak" || a.UltimateDonorID == "d-oak-part"
		},
		`["ownerId","is","me"]`:    func(a *funding.Agreement) bool { return a.OwnerID == "ana" },
		`["amount","atLeast",100]`: func(a *funding.Agreement) bool { return a.Worth.Minor >= 10_000 },
	} {
		want := 0
		for _, a := range all {
			if is(a) {
				want++
			}
		}
		if got, err := c.Find["memory"](text); err != nil || len(got) != want || want == 0 {
			t.Errorf("%s: %d found, %d are: %v", text, len(got), want, err)
		}
	}
}

type staffOf []string

func (s staffOf) Names(context.Context) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range s {
		names[id] = id
	}
	return names, nil
}

// TestFiltersOfOpportunitiesMeanTheSame does so for the pipeline.
func TestFiltersOfOpportunitiesMeanTheSame(t *testing.T) {
	t.Parallel()
	ctx := fundraiser()
	c := listtest.Case{Collection: "opportunities", Docs: map[string]any{}, Find: map[string]func(string) ([]string, error){}, Fields: (&funding.Pipeline{}).OpportunityFields(ctx),
		Values: map[string][]any{"title": {"hope 1", "HÖPE"}, "stage": {"prospect", "cultivation", "declined"}, "open": {true, false}, "donorId": {"s1"}, "ownerId": {"me", "ben"},
			"partnerId": {"s2", "s3"}, "programme": {"CERV"}, "earmarking": {"soft", "tight"}, "probability": {0, 10, 50}, "since": {"2026-06-15"}, "deadline": {"2026-07-01"},
			"decision": {"2026-09-01"}, "createdAt": {"2026-06-15"}, "updatedAt": {"2026-06-14"}, "ask": {5000, 0.5}}}
	open := 0
	for name, engine := range twoEngines(t) {
		r := rand.New(rand.NewPCG(2, 3))
		db := store.New(engine, store.Options{Now: june})
		repo := funding.NewPipeline(db, funding.Neighbours{Donors: people{}, Staff: colleagues{}, Rates: people{}, Calls: people{}})
		started(t, db)
		open = 0
		for i := range 60 {
			o := &funding.Opportunity{Title: fmt.Sprintf("Hope %02d", i), DonorID: anyOf(r, "s1", "s2"), OwnerID: anyOf(r, "ana", "ben"), Programme: anyOf(r, "", "CERV"),
				Stage: anyOf(r, funding.StageProspect, funding.StageCultivation, funding.StageDeclined), Earmarking: anyOf(r, "", "soft"),
				Deadline: anyOf[store.Date](r, "", "2026-07-01", "2026-08-01"), Decision: anyOf[store.Date](r, "", "2026-09-01"),
				Ask: anyOf(r, (*money.Money)(nil), &money.Money{Minor: 500_000, Currency: "EUR"}, &money.Money{Minor: 1_000_000, Currency: "CHF"}, &money.Money{Minor: 7, Currency: "JPY"})}
			if o.Stage == funding.StageDeclined {
				o.Lost, o.Ask, o.Decision = &funding.Lost{Reason: "fit"}, &money.Money{Minor: 100, Currency: "EUR"}, "2026-06-01"
			} else {
				open++
			}
			for _, id := range []string{"s2", "s3"}[:r.IntN(3)] {
				o.Partners = append(o.Partners, funding.Partner{StakeholderID: id, Role: "partner"})
			}
			made, err := repo.Create(ctx, o, "")
			if err != nil {
				t.Fatalf("%+v: %v", o, err)
			}
			c.Docs[made.Title] = made
		}
		c.DB = db
		c.Find[name] = func(text string) (found []string, err error) {
			where, err := c.Fields.Where(text)
			if err != nil {
				return nil, err
			}
			err = repo.Walk(ctx, funding.OpportunitySearch{Where: where}, store.Query{}, func(page []*funding.Opportunity) error {
				for _, o := range page {
					found = append(found, o.Title)
				}
				return nil
			})
			return found, err
		}
	}
	c.Check(t, 300)
	if got, err := c.Find["sqlite"](`["open","is",true]`); err != nil || len(got) != open || open == 0 {
		t.Errorf("%d are still open, %d found: %v", open, len(got), err)
	}
}
