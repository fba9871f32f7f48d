package finance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"piper/internal/access"
	"piper/internal/list"
	"piper/internal/list/listtest"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// TestFiltersOfIncomeMeanTheSame finds the same lines by every kind of filter on both engines, and on no engine those
// that stand behind the gate.
func TestFiltersOfIncomeMeanTheSame(t *testing.T) {
	t.Parallel()
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.AsSystem(context.Background(), "test")
	fiscal := Fiscal{FirstMonth: 4}
	fields := Fields(fiscal, "", func(id string) ([]string, error) {
		return map[string][]string{"eu": {"eu", "dg"}, "oak": {"oak"}}[id], nil
	})
	c := listtest.Case{Fields: fields, Collection: "income", Docs: map[string]any{}, Find: map[string]func(string) ([]string, error){},
		Values: map[string][]any{"year": {2024, 2025}, "date": {"2025-03-31", "2025-04-01"}, "donorId": {"oak", "dg"}, "ultimateDonorId": {"eu", "oak"},
			"earmarking": {"soft", "tight"}, "restriction": {"restricted"}, "sourceType": {"eu", "foundation"}, "worth": {0, 50.5, 1000}, "project": {"A"}, "fund": {"B"}}}
	r := rand.New(rand.NewPCG(1, 2))
	var lines []Income
	for i := range 90 {
		l := Income{Meta: store.Meta{ID: fmt.Sprintf("l%02d", i)}, DonorID: pick(r, "oak", "dg", "member"), UltimateDonorID: pick(r, "oak", "dg", "eu"),
			Date: store.Date(fmt.Sprintf("202%d-%02d-%02d", 4+r.IntN(2), 1+r.IntN(12), 1+r.IntN(2))), Earmarking: pick(r, EarmarkingLevels...),
			Restriction: pick(r, Restrictions...), SourceType: pick(r, SourceTypes...), Project: pick(r, "", "A", "a"), Fund: pick(r, "", "B"),
			Frozen: money.Frozen{Worth: pick(r, (*Money)(nil), &Money{Minor: 5050, Currency: "EUR"}, &Money{Minor: 100_000, Currency: "EUR"}, &Money{Minor: -1, Currency: "EUR"})}}
		c.Docs[l.ID] = l
		lines = append(lines, l)
	}
	for name, engine := range map[string]driver.Engine{"sqlite": file, "memory": memory.New()} {
		db := store.New(engine, store.Options{})
		repo := NewRepo(db)
		if err := db.Start(ctx, nil); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		hidden := Income{Date: "2025-01-01", DonorID: "oak", UltimateDonorID: "oak", Seq: 9}
		for _, l := range append(slices.Clone(lines), hidden) {
			if err := repo.lines.Create(ctx, &l); err != nil {
				t.Fatal(err)
			}
		}
		c.DB = db
		c.Find[name] = func(text string) (ids []string, err error) {
			where, err := fields.Where(text)
			if err != nil {
				return nil, err
			}
			err = repo.Walk(ctx, Search{Where: where}, store.Query{}, func(page []*Income) error {
				for _, l := range page {
					ids = append(ids, l.ID)
				}
				return nil
			})
			return ids, err
		}
	}
	c.Check(t, 300)

	// What the derived fields mean, by hand.
	for text, is := range map[string]func(Income) bool{
		`["year","is",2024]`:                   func(l Income) bool { return fiscal.Year(l.Date) == 2024 },
		`["year","isNot",2024]`:                func(l Income) bool { return fiscal.Year(l.Date) != 2024 },
		`["year","atLeast",2025]`:              func(l Income) bool { return fiscal.Year(l.Date) >= 2025 },
		`["year","atMost",2024]`:               func(l Income) bool { return fiscal.Year(l.Date) <= 2024 },
		`["ultimateDonorId","is","eu"]`:        func(l Income) bool { return l.UltimateDonorID != "oak" },
		`["worth","atLeast",50.5]`:             func(l Income) bool { return l.Worth != nil && l.Worth.Minor >= 5050 },
		`["worth","empty"]`:                    func(l Income) bool { return l.Worth == nil },
		`["date","from","2025-04-01"]`:         func(l Income) bool { return l.Date >= "2025-04-01" },
		`["date","until","2025-04-01"]`:        func(l Income) bool { return l.Date <= "2025-04-01" },
		`["date","after","2025-04-01"]`:        func(l Income) bool { return l.Date > "2025-04-01" },
		`["earmarking","any",["soft"]]`:        func(l Income) bool { return l.Earmarking == Soft },
		`["not",["project","is","A"]]`:         func(l Income) bool { return l.Project != "A" },
		`["restriction","isNot","restricted"]`: func(l Income) bool { return l.Restriction != Restricted },
	} {
		want := 0
		for _, l := range lines {
			if is(l) {
				want++
			}
		}
		if got, err := c.Find["sqlite"](text); err != nil || len(got) != want || want == 0 {
			t.Errorf("%s: %d, by hand %d: %v", text, len(got), want, err)
		}
	}
	for _, text := range []string{`["year","is",1812]`, `["year","empty"]`, `["worth","atLeast",0.001]`, `["worth","atLeast","1"]`, `["worth","atLeast",1e3]`, `["year","is",2024.5]`} {
		if _, err := fields.Where(text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
	if f, _ := fields.Field("year"); slices.Contains(f.Operators(), list.Empty) {
		t.Error("a fiscal year can be empty")
	}
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }
