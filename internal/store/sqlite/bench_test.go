package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// The benchmarks' collections look like the real ones that are read most: contacts with a country, a
// name and tags, entries with the contacts they concern.
var (
	contacts = &driver.Schema{
		Name: "contacts",
		Fields: []driver.Field{
			{Path: "kind"}, {Path: "country"}, {Path: "name"}, {Path: "updatedAt"}, {Path: "amount", Kind: driver.Int},
			{Path: "trashed", Kind: driver.Bool}, {Path: "tags", Multi: true},
		},
		Indexes: [][]driver.Key{
			{{Path: "country"}, {Path: "name"}}, {{Path: "name"}}, {{Path: "updatedAt", Desc: true}}, {{Path: "tags"}, {Path: "name"}},
		},
		Searched: true,
	}
	entries = &driver.Schema{
		Name:    "entries",
		Fields:  []driver.Field{{Path: "at"}, {Path: "thread"}, {Path: "contacts", Multi: true}, {Path: "sight", Multi: true}},
		Indexes: [][]driver.Key{{{Path: "contacts"}, {Path: "at", Desc: true}}, {{Path: "thread"}, {Path: "at"}}, {{Path: "sight"}, {Path: "at", Desc: true}}},
	}
	lines = &driver.Schema{
		Name:   "lines",
		Fields: []driver.Field{{Path: "donor"}, {Path: "date"}, {Path: "amount", Kind: driver.Int}, {Path: "import"}, {Path: "year", Kind: driver.Int}},
		Indexes: [][]driver.Key{
			{{Path: "donor"}, {Path: "date"}}, {{Path: "date", Desc: true}}, {{Path: "amount"}}, {{Path: "import"}}, {{Path: "year"}, {Path: "donor"}},
		},
	}
	words = strings.Fields("alliance care children climate council donor europe family foster fund grant health home institute justice " +
		"kinship local mentor network open partner quality rights school social support teacher union voice women youth zenith")
	countries = strings.Fields("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT")
)

func doc(s *driver.Schema, id string, fields map[string]any, tokens ...string) driver.Doc {
	fields["id"], fields["rev"] = id, 1
	b, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	values, err := driver.NewExtractor(s.Fields).Extract(b)
	if err != nil {
		panic(err)
	}
	return driver.Doc{ID: id, Rev: 1, JSON: b, Values: values, Tokens: strings.Join(tokens, " ")}
}

func pick(r *rand.Rand) string { return words[r.IntN(len(words))] }

func contactDoc(r *rand.Rand, i int) driver.Doc {
	first, second := pick(r), pick(r)
	tokens := []string{fmt.Sprint(i), first, second}
	for range 12 {
		tokens = append(tokens, fmt.Sprintf("%s%d", pick(r), r.IntN(500)))
	}
	return doc(contacts, fmt.Sprintf("01k%023d", i), map[string]any{
		"kind": "person", "country": countries[r.IntN(len(countries))], "name": fmt.Sprintf("%s %s %d", first, second, i),
		"updatedAt": fmt.Sprintf("2026-%02d-%02dT10:00:00Z", 1+r.IntN(12), 1+r.IntN(28)), "amount": r.Int64N(1e9), "trashed": r.IntN(20) == 0,
		"tags": []string{fmt.Sprint("tag", r.IntN(40)), fmt.Sprint("more", r.IntN(400))}, "notes": strings.Repeat(pick(r)+" ", 40),
	}, tokens...)
}

func entryDoc(r *rand.Rand, i, contacts int) driver.Doc {
	return doc(entries, fmt.Sprintf("01m%023d", i), map[string]any{
		"at": fmt.Sprintf("20%02d-%02d-%02dT10:00:%02dZ", 10+r.IntN(17), 1+r.IntN(12), 1+r.IntN(28), r.IntN(60)), "thread": fmt.Sprint("t", r.IntN(contacts)),
		"contacts": []string{fmt.Sprintf("01k%023d", r.IntN(contacts)), fmt.Sprintf("01k%023d", r.IntN(contacts))},
		"sight":    []string{"everyone", fmt.Sprint("acc", r.IntN(10))}, "subject": strings.Repeat(pick(r)+" ", 20),
	})
}

func lineDoc(r *rand.Rand, i int) driver.Doc {
	year := 2010 + r.IntN(17)
	return doc(lines, fmt.Sprintf("01l%023d", i), map[string]any{
		"donor": fmt.Sprint("donor", r.IntN(2000)), "date": fmt.Sprintf("%d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28)), "amount": r.Int64N(1e9),
		"import": "one", "year": year, "earmarking": "unearmarked", "restriction": "unrestricted", "note": strings.Repeat(pick(r)+" ", 15),
	})
}

// filled gives an engine with 100,000 contacts and 500,000 entries (fewer with -short).
var filled = sync.OnceValue(func() *Engine {
	size := 100_000
	if testing.Short() {
		size = 5_000
	}
	dir, err := tempDir()
	if err != nil {
		panic(err)
	}
	e, err := Open(dir + "/piper.db")
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	if err := e.Ensure(ctx, []*driver.Schema{contacts, entries, lines}); err != nil {
		panic(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	fill := func(s *driver.Schema, n int, one func(int) driver.Doc) {
		for i := 0; i < n; {
			var batch []driver.Doc
			for ; i < n && len(batch) < 20_000; i++ {
				batch = append(batch, one(i))
			}
			if err := e.Insert(ctx, s, batch); err != nil {
				panic(err)
			}
		}
	}
	fill(contacts, size, func(i int) driver.Doc { return contactDoc(r, i) })
	fill(entries, 5*size, func(i int) driver.Doc { return entryDoc(r, i, size) })
	return e
})

func benchFind(b *testing.B, s *driver.Schema, q driver.Query, count bool) {
	e := filled()
	ctx := context.Background()
	q.Limit = 50
	plan, err := e.Explain(ctx, s, q)
	if err != nil {
		b.Fatal(err)
	}
	b.Log(plan)
	for b.Loop() {
		if _, err := e.Find(ctx, s, q); err != nil {
			b.Fatal(err)
		}
		if count {
			if _, err := e.Count(ctx, s, q, 10_001); err != nil {
				b.Fatal(err)
			}
		}
	}
}

var (
	byCountry = driver.Query{Where: filter.Eq{Field: "country", Value: "FR"}, Sort: []driver.Key{{Path: "name"}, {Path: "id"}}}
	byTag     = driver.Query{Where: filter.Has{Field: "tags", Values: []any{"tag7"}}, Sort: []driver.Key{{Path: "name"}, {Path: "id"}}}
	timeline  = driver.Query{Where: filter.Has{Field: "contacts", Values: []any{fmt.Sprintf("01k%023d", 77)}}, Sort: []driver.Key{{Path: "at", Desc: true}, {Path: "id"}}}
	mine      = driver.Query{Where: filter.Has{Field: "sight", Values: []any{"acc1", "acc2"}}, Sort: []driver.Key{{Path: "at", Desc: true}, {Path: "id"}}}
	seen      = driver.Query{Where: filter.And{timeline.Where, mine.Where}, Sort: timeline.Sort}
	oneWord   = driver.Query{Text: &driver.Text{Prefixes: []string{"clim"}}}
	twoWords  = driver.Query{Text: &driver.Text{Prefixes: []string{"climate", "chil"}}}
	byName    = driver.Query{Text: &driver.Text{Prefixes: []string{"climate", "chil"}}, Sort: byCountry.Sort}
)

func BenchmarkGet(b *testing.B) {
	e := filled()
	ctx := context.Background()
	for b.Loop() {
		if _, err := e.Get(ctx, contacts, fmt.Sprintf("01k%023d", 1234), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListCountry(b *testing.B)      { benchFind(b, contacts, byCountry, false) }
func BenchmarkListCountryTotal(b *testing.B) { benchFind(b, contacts, byCountry, true) }
func BenchmarkListTag(b *testing.B)          { benchFind(b, contacts, byTag, false) }
func BenchmarkListTagTotal(b *testing.B)     { benchFind(b, contacts, byTag, true) }
func BenchmarkTimeline(b *testing.B)         { benchFind(b, entries, timeline, true) }
func BenchmarkTimelineSeen(b *testing.B)     { benchFind(b, entries, seen, true) }
func BenchmarkMerge(b *testing.B)            { benchFind(b, entries, mine, false) }
func BenchmarkMergeTotal(b *testing.B)       { benchFind(b, entries, mine, true) }
func BenchmarkSearch(b *testing.B)           { benchFind(b, contacts, oneWord, false) }
func BenchmarkSearchTwo(b *testing.B)        { benchFind(b, contacts, twoWords, false) }
func BenchmarkSearchTwoTotal(b *testing.B)   { benchFind(b, contacts, twoWords, true) }
func BenchmarkSearchSorted(b *testing.B)     { benchFind(b, contacts, byName, false) }

// BenchmarkCreate makes a contact and an entry in one durable transaction.
func BenchmarkCreate(b *testing.B) {
	for _, callers := range []int{1, 16} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			e := open(b)
			defer e.Close()
			ctx := context.Background()
			if err := e.Ensure(ctx, []*driver.Schema{contacts, entries}); err != nil {
				b.Fatal(err)
			}
			r := rand.New(rand.NewPCG(1, 2))
			docs, others := make([]driver.Doc, b.N), make([]driver.Doc, b.N)
			for i := range docs {
				docs[i], others[i] = contactDoc(r, i), entryDoc(r, i, 100_000)
			}
			var next atomic.Int64
			var wg sync.WaitGroup
			b.ResetTimer()
			for range callers {
				wg.Go(func() {
					for i := next.Add(1) - 1; i < int64(len(docs)); i = next.Add(1) - 1 {
						if err := e.Tx(ctx, func(ctx context.Context) error {
							if err := e.Insert(ctx, contacts, docs[i:i+1]); err != nil {
								return err
							}
							return e.Insert(ctx, entries, others[i:i+1])
						}); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "creates/s")
		})
	}
}

// BenchmarkBulk inserts 100,000 documents of about 300 bytes with five indexes, at once and in parts.
func BenchmarkBulk(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]driver.Doc, 100_000)
	for i := range docs {
		docs[i] = lineDoc(r, i)
	}
	for _, part := range []int{100_000, 1_000} {
		b.Run(fmt.Sprint(part), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				e := open(b)
				ctx := context.Background()
				if err := e.Ensure(ctx, []*driver.Schema{lines}); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				for i := 0; i < len(docs); i += part {
					if err := e.Insert(ctx, lines, docs[i:i+part]); err != nil {
						b.Fatal(err)
					}
				}
				b.StopTimer()
				e.Close()
				b.StartTimer()
			}
		})
	}
}
