package stakeholder

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// house is one repo on one engine.
func house(t *testing.T, engine driver.Engine, now func() time.Time) (*Repo, context.Context) {
	t.Helper()
	db := store.New(engine, store.Options{Now: now})
	repo, ctx := NewRepo(db), access.AsSystem(context.Background(), "test")
	if err := db.Start(ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return repo, ctx
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func some(r *rand.Rand, of ...string) []string {
	r.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
	return of[:r.IntN(len(of)+1)]
}

// anyone makes a stakeholder that often shares values with others.
func anyone(r *rand.Rand) *Stakeholder {
	s := &Stakeholder{Kind: pick(r, Person, Organisation), Name: pick(r, "Anna Röder", "Łódź Fund", "röder & sons", "O'Brien", "Fund 100%_x"),
		Roles: some(r, "donor", "igo", "mep"), Country: pick(r, "", "BE", "FR", "GR"), Tags: some(r, "a", "A", "b c", "é", `q"'`)}
	for _, address := range some(r, "x@example.org", "y@example.org") {
		s.Emails = append(s.Emails, Email{Address: address})
	}
	return s
}

// leaf makes a condition that Where accepts.
func leaf(r *rand.Rand) []any {
	switch r.IntN(9) {
	case 0:
		return []any{"name", pick(r, "contains", "is", "isNot"), pick(r, "roder", "RÖDER anna", "fund", "ß", "Anna Roder", "o'brien", "100%")}
	case 1:
		return []any{"kind", pick(r, "is", "isNot"), pick(r, "person", "organisation")}
	case 2:
		return []any{"roles", pick(r, "has", "hasNot"), pick[any](r, "donor", []any{"igo", "mep"}, "media")}
	case 3:
		return []any{"country", pick(r, "is", "isNot", "any"), pick(r, "BE", "el", "DE")}
	case 4:
		return []any{"country", "any", []any{"BE", "GR"}}
	case 5:
		return []any{"tags", pick(r, "has", "hasNot"), pick[any](r, "a", []any{"b c", "é"}, `q"'`)}
	case 6:
		return []any{"email", "has", pick(r, "X@example.org", "z@example.org")}
	case 7:
		return []any{pick(r, "createdAt", "updatedAt"), pick(r, "before", "after", "is"), pick(r, "2026-03-28", "2026-03-29", "2026-03-30")}
	}
	return []any{pick(r, "country", "tags", "roles", "email", "parentId", "name"), pick(r, "empty", "notEmpty")}
}

func tree(r *rand.Rand, depth int) []any {
	if depth == 0 || r.IntN(3) == 0 {
		return leaf(r)
	}
	if r.IntN(4) == 0 {
		return []any{"not", tree(r, depth-1)}
	}
	group := []any{pick(r, "and", "or")}
	for range 1 + r.IntN(3) {
		group = append(group, tree(r, depth-1))
	}
	return group
}

// naive says what a tree means, by the record itself and by nothing of the filter's code.
func naive(tree []any, s *Stakeholder) bool {
	switch tree[0] {
	case "and":
		return !slices.ContainsFunc(tree[1:], func(x any) bool { return !naive(x.([]any), s) })
	case "or":
		return slices.ContainsFunc(tree[1:], func(x any) bool { return naive(x.([]any), s) })
	case "not":
		return !naive(tree[1].([]any), s)
	}
	addresses := []string{}
	for _, e := range s.Emails {
		addresses = append(addresses, e.Address)
	}
	held := map[string][]string{"name": {store.Fold(s.Name)}, "kind": {string(s.Kind)}, "roles": s.Roles, "country": {s.Country}, "tags": s.Tags,
		"email": addresses, "parentId": {s.ParentID}, "createdAt": {string(s.CreatedAt[:10])}, "updatedAt": {string(s.UpdatedAt[:10])}}[tree[0].(string)]
	held = slices.DeleteFunc(slices.Clone(held), func(v string) bool { return v == "" })
	var wanted []string
	if len(tree) == 3 {
		list, ok := tree[2].([]any)
		if !ok {
			list = []any{tree[2]}
		}
		for _, v := range list {
			text := v.(string)
			switch tree[0] {
			case "name":
				text = store.Fold(text)
			case "country":
				text = strings.ReplaceAll(strings.ToUpper(text), "EL", "GR")
			case "email":
				text = strings.ToLower(text)
			}
			wanted = append(wanted, text)
		}
	}
	one := func() bool {
		return slices.ContainsFunc(held, func(v string) bool { return slices.Contains(wanted, v) })
	}
	switch tree[1] {
	case "is", "any", "has":
		return one()
	case "isNot", "hasNot":
		return !one()
	case "contains":
		for _, word := range strings.Fields(wanted[0]) {
			if !strings.Contains(held[0], word) {
				return false
			}
		}
		return true
	case "before":
		return held[0] < wanted[0]
	case "after":
		return held[0] > wanted[0]
	case "empty":
		return len(held) == 0
	}
	return len(held) > 0
}

// Random trees find the same stakeholders by the naive reading, by filter.Match and on both engines.
func TestWhereMeansTheSameEverywhere(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	day := 28
	now := func() time.Time { return time.Date(2026, 3, day, 23, 59, 59, 0, time.UTC) }
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	onDisk, ctx := house(t, file, now)
	inMemory, _ := house(t, memory.New(), now)
	var all []*Stakeholder
	for i := range 120 {
		day = 28 + i%3
		s := anyone(r)
		if i%4 == 0 && len(all) > 0 {
			for _, o := range all {
				if o.Kind == Organisation {
					s.ParentID = o.ID
				}
			}
		}
		twin := *s
		if err := onDisk.Create(ctx, s); err != nil {
			t.Fatal(err)
		}
		twin.ID = s.ID
		if err := inMemory.Create(ctx, &twin); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	schema := schemaOf(t, onDisk.db)
	extract := driver.NewExtractor(schema.Fields)
	matched := 0
	for range 600 {
		tr := tree(r, 3)
		text, _ := json.Marshal(tr)
		where, err := Fields.Where(string(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var byHand, byMatch []string
		for _, s := range all {
			if naive(tr, s) {
				byHand = append(byHand, s.ID)
			}
			if filter.Match(where, valuesOf(t, extract, schema, s)) {
				byMatch = append(byMatch, s.ID)
			}
		}
		matched += len(byHand)
		found := map[string][]string{"match": byMatch}
		for name, repo := range map[string]*Repo{"sqlite": onDisk, "memory": inMemory} {
			var ids []string
			if err := repo.Walk(ctx, Search{Where: where}, "", nil, func(s *Stakeholder) error { ids = append(ids, s.ID); return nil }); err != nil {
				t.Fatal(err)
			}
			found[name] = ids
		}
		slices.Sort(byHand)
		for name, ids := range found {
			slices.Sort(ids)
			if !slices.Equal(ids, byHand) {
				t.Fatalf("%s\nby hand %d, %s %d", text, len(byHand), name, len(ids))
			}
		}
	}
	if matched < 600*10 {
		t.Fatalf("the trees match hardly anybody: %d", matched)
	}
}

func schemaOf(t *testing.T, db *store.DB) *driver.Schema {
	t.Helper()
	for _, d := range db.Declared() {
		if d.Name == "stakeholders" {
			return d.Schema
		}
	}
	t.Fatal("there are no stakeholders")
	return nil
}

func valuesOf(t *testing.T, extract *driver.Extractor, schema *driver.Schema, s *Stakeholder) func(string) []any {
	t.Helper()
	doc, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	values, err := extract.Extract(doc)
	if err != nil {
		t.Fatal(err)
	}
	return func(field string) []any {
		for i, f := range schema.Fields {
			if f.Path == field {
				return values[i]
			}
		}
		return nil
	}
}

// What is wrong in a filter is named by its place.
func TestWhereRefusals(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`["not",`, list.MaxDepth+1) + `["tags","empty"]` + strings.Repeat("]", list.MaxDepth+1)
	many := `["or"` + strings.Repeat(`,["tags","empty"]`, list.MaxLeaves+1) + `]`
	for text, place := range map[string]string{
		`{`:                  "where",
		`[]`:                 "where",
		`"x"`:                "where",
		`[["tags","empty"]]`: "where[0]",
		`["and"]`:            "where",
		`["not",["tags","empty"],["tags","empty"]]`:  "where",
		`["and",["tags","empty"],["nose","is","x"]]`: "where[2][0]",
		`["or",["and",["country","has","BE"]]]`:      "where[1][1][1]",
		`["kind","is","dog"]`:                        "where[2]",
		`["country","is",["BE","FR"]]`:               "where[2]",
		`["country","any",["BE",7]]`:                 "where[2][1]",
		`["country","any",[]]`:                       "where[2]",
		`["country","is",""]`:                        "where[2]",
		`["country","is"]`:                           "where",
		`["country"]`:                                "where",
		`["tags","empty","x"]`:                       "where[2]",
		`["name","contains","…"]`:                    "where[2]",
		`["updatedAt","before","29.3.2026"]`:         "where[2]",
		`["updatedAt","before","2026-02-30"]`:        "where[2]",
		`["tags","empty"] []`:                        "where",
		many:                                         fmt.Sprintf("where[%d]", list.MaxLeaves+1),
		deep:                                         "where[1][1][1][1]",
	} {
		_, err := Fields.Where(text)
		var f *fault.Error
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		f = err.(*fault.Error)
		if f.Fields[0].Field != place {
			t.Errorf("%s: the fault is at %q, want %q", text, f.Fields[0].Field, place)
		}
	}
}

func FuzzWhere(f *testing.F) {
	f.Add(`["and",["country","is","BE"],["not",["roles","has",["donor"]]]]`)
	f.Fuzz(func(t *testing.T, text string) {
		where, err := Fields.Where(text)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		filter.Match(where, func(string) []any { return nil })
		if short, err := Fields.Tidy(text); err != nil {
			t.Fatalf("%q is read but not tidied: %q %v", text, short, err)
		}
	})
}
