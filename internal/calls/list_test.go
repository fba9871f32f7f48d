package calls_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/list/listtest"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// TestFiltersOfCallsMeanTheSame finds the same calls by every kind of filter on both engines, the state by the rule
// that says it of one call.
func TestFiltersOfCallsMeanTheSame(t *testing.T) {
	t.Parallel()
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.AsSystem(context.Background(), "test")
	clock := func() time.Time { return time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC) }
	now := store.At(clock())
	r := rand.New(rand.NewPCG(5, 6))
	days := []store.Date{"2026-03-09", "2026-03-10", "2026-03-11", "2026-06-01"}
	var records []calls.Record
	for i := range 80 {
		one := record(fmt.Sprint("r", i), fmt.Sprint("Call ", i), choose(r, "", days[0], days[1], days[2]))
		if r.IntN(4) > 0 {
			day := choose(r, days...)
			one = record(one.Call.Reference, one.Call.Title, one.Call.Opens, day)
		}
		one.Call.Kind, one.Call.Programme = choose(r, calls.Kinds...), choose(r, "", "43251589", "43252368")
		one.Call.TypeOfAction = choose(r, []string(nil), []string{"Project grant"}, []string{"Project grant", "Lump sum"})
		one.Call.Budget = choose(r, (*calls.Budget)(nil), &calls.Budget{Currency: "EUR", Total: 5_000_00}, &calls.Budget{Currency: "USD", Total: 9_000_00}, &calls.Budget{Currency: "EUR"})
		records = append(records, one)
	}
	fields := calls.Fields(now)
	c := listtest.Case{Fields: fields, Collection: "calls", Docs: map[string]any{}, Find: map[string]func(string) ([]string, error){},
		Values: map[string][]any{"state": {"open", "forthcoming", "closed", "unknown"}, "programme": {"43251589", "x"}, "kind": {"topic", "tender"},
			"typeOfAction": {"Project grant", "Lump sum"}, "deadline": {"2026-03-10", "2026-03-11"}, "closesAt": {"2026-03-09", "2026-03-10"},
			"opens": {"2026-03-10"}, "budget": {5000, 4999.99, 9000}, "firstSeenAt": {"2026-03-10", "2026-03-11"}, "changedAt": {"2026-03-09"}}}
	all := map[string]*calls.Call{}
	for name, engine := range map[string]driver.Engine{"memory": memory.New(), "sqlite": file} {
		db := store.New(engine, store.Options{Now: clock})
		repo := calls.NewRepo(db)
		if err := db.Start(ctx, nil); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if _, err := repo.Save(ctx, "src", records); err != nil {
			t.Fatal(err)
		}
		find := func(text string) (found []string, err error) {
			err = repo.Walk(ctx, calls.Search{Where: text}, store.Query{}, func(page []*calls.Call) error {
				for _, one := range page {
					found = append(found, one.Reference)
					all[one.Reference] = one
				}
				return nil
			})
			return found, err
		}
		if _, err := find(""); err != nil {
			t.Fatal(err)
		}
		c.DB, c.Find[name] = db, find
	}
	for ref, one := range all {
		c.Docs[ref] = one
	}
	c.Check(t, 300)

	for _, state := range calls.States {
		want := []string{}
		for ref, one := range all {
			if one.StateAt(now) == state {
				want = append(want, ref)
			}
		}
		got, err := c.Find["sqlite"](`["state","is","` + string(state) + `"]`)
		slices.Sort(got)
		if slices.Sort(want); err != nil || !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s: %d found, %d are: %v", state, len(got), len(want), err)
		}
	}
	// A budget in dollars is none in euros, however large.
	got, err := c.Find["sqlite"](`["budget","atLeast",5000]`)
	for _, ref := range got {
		if all[ref].Budget.Currency != "EUR" {
			t.Errorf("%s is found by euros with %v", ref, *all[ref].Budget)
		}
	}
	if len(got) == 0 || err != nil {
		t.Errorf("no budget is found: %v", err)
	}
}

func choose[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }
