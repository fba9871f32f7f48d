package sanctions

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"piper/internal/diligence"
)

func shared(name ...string) string {
	return filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, name...)...)
}

// theList reads the sample of the list that lies beside the project: 3,899 entries with some 20,000 names.
func theList(t testing.TB) []*diligence.SanctionEntry {
	t.Helper()
	f, err := os.Open(shared("sanctions_eu", "eu_fsf_1.1_RECONSTRUCTED_2026-02-26_subset.xml.gz"))
	if os.IsNotExist(err) {
		t.Skip("The sample of the sanctions list lies beside the project and is not here.")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []*diligence.SanctionEntry
	_, err = Parse(r, func(e *diligence.SanctionEntry) error { list = append(list, e); return nil },
		func(r Reject) { t.Errorf("%s: %s", r.Ref, r.Reason) })
	if err != nil || len(list) != 3899 {
		t.Fatalf("%d entries, %v", len(list), err)
	}
	return list
}

// ordinary gives the names of 860 members of the European Parliament: people of every country of the EU who are on no list.
func ordinary(t testing.TB) []string {
	t.Helper()
	f, err := os.Open(shared("meps", "opendata_v1beta_meps_term8_en.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range rows[1:] {
		names = append(names, row[2]+" "+row[3])
	}
	return names
}

// Known names find their entry as they are, in another order, with a letter missing and without the second of three or
// more words; ordinary names find next to nobody.
func TestRecallAndPrecision(t *testing.T) {
	list := theList(t)
	x := diligence.NewIndex(list)
	rng := rand.New(rand.NewPCG(1, 2))
	forms := []struct {
		name  string
		least float64
		alter func([]string) []string
	}{
		{"as it is", 1, func(w []string) []string { return w }},
		{"in another order", 0.999, func(w []string) []string { rng.Shuffle(len(w), func(i, j int) { w[i], w[j] = w[j], w[i] }); return w }},
		{"a letter missing", 0.95, func(w []string) []string {
			r := []rune(w[len(w)-1])
			if len(r) < 5 {
				return nil
			}
			p := 1 + rng.IntN(len(r)-2)
			w[len(w)-1] = string(r[:p]) + string(r[p+1:])
			return w
		}},
		{"without the second word", 0.95, func(w []string) []string {
			if len(w) < 3 {
				return nil
			}
			return append(w[:1:1], w[2:]...)
		}},
	}
	for _, form := range forms {
		found, asked := 0, 0
		for i := 0; i < len(list); i += 8 {
			for _, n := range list[i].Names {
				words := form.alter(strings.Fields(n.Name))
				if n.Weak || len(n.Name) < 4 || words == nil {
					continue
				}
				asked++
				for _, m := range x.Screen(diligence.Subject{Person: list[i].Kind == "person", Names: []string{strings.Join(words, " ")}}) {
					if m.Entry.LogicalID == list[i].LogicalID {
						found++
					}
				}
			}
		}
		recall := float64(found) / float64(asked)
		t.Logf("%s: %d of %d, %.1f %%", form.name, found, asked, 100*recall)
		if recall < form.least {
			t.Errorf("%s: recall %.3f, want %.3f", form.name, recall, form.least)
		}
	}
	matches, names := 0, ordinary(t)
	for _, name := range names {
		for _, m := range x.Screen(diligence.Subject{Person: true, Names: []string{name}}) {
			matches++
			t.Logf("%s: %s, %d, %v", name, m.Theirs, m.Score, m.Reasons)
		}
	}
	if len(names) < 800 || 200*matches > len(names) {
		t.Errorf("%d of %d ordinary names are like one of the list", matches, len(names))
	}
}

// organisations gives names of real organisations that are on no list: publishers, funders and recipients of 360Giving.
func organisations(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(shared("threesixtygiving", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files of 360Giving, %v", len(files), err)
	}
	seen := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for key, one := range v {
				if name, ok := one.(string); ok && key == "name" {
					seen[name] = true
				}
				walk(one)
			}
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var all any
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		walk(all)
	}
	return slices.Sorted(maps.Keys(seen))
}

// Foundations and companies that are named after somebody on the list are found; those that are named after somebody else,
// and organisations as they are, next to never.
func TestNamedAfterSomebody(t *testing.T) {
	list := theList(t)
	x := diligence.NewIndex(list)
	asked, hit := 0, 0
	for i := 0; i < len(list); i += 8 {
		for _, n := range list[i].Names {
			if list[i].Kind != "person" || n.Weak || len(strings.Fields(n.Name)) < 2 {
				continue
			}
			asked++
			if slices.ContainsFunc(x.Screen(diligence.Subject{Names: []string{n.Name + " Foundation"}}),
				func(m diligence.Match) bool { return m.Entry.LogicalID == list[i].LogicalID }) {
				hit++
			}
		}
	}
	t.Logf("%d of %d names are found in the name of a foundation", hit, asked)
	if float64(hit) < 0.9*float64(asked) {
		t.Errorf("%d of %d names are found", hit, asked)
	}
	for _, c := range []struct {
		what  string
		names []string
	}{
		{"organisations of 360Giving", organisations(t)},
		{"foundations named after members of parliament", suffixed(ordinary(t), " Foundation")},
	} {
		borne := 0
		for _, name := range c.names {
			for _, m := range x.Screen(diligence.Subject{Names: []string{name}}) {
				if m.Bears {
					borne++
					t.Logf("%s: %s", name, m.Theirs)
				}
			}
		}
		t.Logf("%d of %d %s bear the name of somebody", borne, len(c.names), c.what)
		if len(c.names) < 300 || 200*borne > len(c.names) {
			t.Errorf("%d of %d %s", borne, len(c.names), c.what)
		}
	}
}

func suffixed(list []string, end string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s + end
	}
	return out
}

// BenchmarkScreen holds 10,000 stakeholders against the list.
func BenchmarkScreen(b *testing.B) {
	list := theList(b)
	x, names := diligence.NewIndex(list), ordinary(b)
	who := make([]diligence.Subject, 10_000)
	for i := range who {
		first, second := names[i%len(names)], names[(i*7+3)%len(names)]
		who[i] = diligence.Subject{ID: fmt.Sprint(i), Person: i%2 == 0, Names: []string{strings.Fields(first)[0] + " " + second}}
	}
	for b.Loop() {
		for _, s := range who {
			x.Screen(s)
		}
	}
}
