package storetest

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// search: what words find.
func (s suite) search(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	for _, x := range []struct{ name, body string }{
		{"Jörg Röder", "Vertreter der Łódź-Gruppe"},
		{"Οδυσσέας Ελύτης", "Ποιητής"},
		{"Пётр Йордан", "Українська пʼять щойно"},
		{"Smørrebrød ÞÓR Straße", "æther œuvre"},
		{"日本人材協会", "東京都千代田区"},
		{"O'Neill & Sons (Ltd.)", "reach us: info@example.org, +32 2 123"},
		{"İstanbul DIŞ", "ﬁnance № 5"},
		{"", "unconditional"},
	} {
		must(t, things.Create(ctx, &thing{Name: x.name, Body: x.body, Tags: []string{}}))
	}
	for query, want := range map[string]int{
		"röder": 1, "RODER": 1, "oder": 1, "ode": 1, "rod jo": 1, "der": 1, "er": 0, "der ver": 1, "treter": 0, "roder neill": 0,
		"lodz": 1, "Łód": 1, "gruppe lodz": 1,
		"οδυσσεας": 1, "ΟΔΥΣΣΈΑΣ": 1, "ελυτης": 1, "λυτη": 1, "ποιη": 1, "ιητ": 0,
		"петр": 1, "ЙОРДАН": 1, "иорд": 1, "етр": 1, "п'ять": 1, "ять": 1,
		"smorrebrod": 1, "rrebr": 1, "thor": 1, "strasse": 1, "STRASSE": 1, "aether": 1, "oeuv": 1, "ether": 0,
		"日本": 1, "人材": 1, "協会": 1, "会": 1, "本材": 0, "千代田": 1, "京都": 1,
		"neill": 1, "o'neill": 1, "o’neill": 1, "eil": 1, "example.org": 1, "info@example.org": 1, "xample": 0, "+32-2": 1, "(ltd)": 1,
		"istanbul": 1, "dis": 1, "finance": 1, "no": 1,
		"unconditional": 1, "conditional": 0, "uncond": 1,
		`"röder"`: 1, "röder*": 1, "röder AND jörg": 0, "röder OR x": 0, "name:röder": 0, "-röder": 1, "NEAR(röder)": 0, "jörg jörg jör": 1,
		"": 8, "   ": 8, "!!!": 0, "🎻": 0, driver.SightMark: 0, "a b c d e f g h i j k l m n o p q r s t u v w x y z": 0,
		strings.Repeat("röder ", 200): 1, strings.Repeat("x", 3000): 0,
	} {
		page, err := things.Page(ctx, store.Query{Text: query})
		must(t, err)
		if page.Total != want || len(page.Items) != want {
			t.Errorf("%q finds %d (total %d), want %d", query, len(page.Items), page.Total, want)
		}
	}
	found, err := things.Page(ctx, store.Query{Text: "unconditional"})
	must(t, err)
	_, err = things.Update(ctx, found.Items[0].ID, func(x *thing) error { x.Body = "otherwise"; return nil })
	must(t, err)
	for query, want := range map[string]int{"uncond": 0, "other": 1} {
		if page, err := things.Page(ctx, store.Query{Text: query}); err != nil || page.Total != want {
			t.Errorf("after the update %q finds %d, want %d (%v)", query, page.Total, want, err)
		}
	}
	must(t, things.Delete(ctx, found.Items[0].ID))
	if page, err := things.Page(ctx, store.Query{Text: "other"}); err != nil || page.Total != 0 {
		t.Errorf("a deleted document is found: %v", err)
	}
}

// searchOrder: the last created first, page by page, or any sort; filters hold, too.
func (s suite) searchOrder(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	list := numbered(50)
	for i, x := range list {
		x.Body, x.Count = "common", ptr(int64(i%5))
	}
	must(t, things.CreateMany(ctx, list))
	must(t, things.CreateMany(ctx, numbered(5)))
	_, err := things.Update(ctx, list[3].ID, func(x *thing) error { x.Tags = []string{"changed, not created"}; return nil })
	must(t, err)
	newest := slices.Clone(list)
	slices.Reverse(newest)
	odd := filter.Compare{Field: "count", Op: filter.Gte, Value: 3}
	for _, c := range []struct {
		sort  []driver.Key
		where filter.Expr
		want  []*thing
	}{
		{nil, nil, newest},
		{nil, odd, slices.DeleteFunc(slices.Clone(newest), func(x *thing) bool { return *x.Count < 3 })},
		{[]driver.Key{{Path: "name"}}, nil, list},
		{[]driver.Key{{Path: "name", Desc: true}}, odd, slices.DeleteFunc(slices.Clone(newest), func(x *thing) bool { return *x.Count < 3 })},
	} {
		var got []string
		q := store.Query{Text: "comm", Sort: c.sort, Where: c.where, Limit: 7}
		for page := 0; page == 0 || q.Cursor != ""; page++ {
			p, err := things.Page(ctx, q)
			must(t, err)
			if p.Total != len(c.want) || page > len(c.want) {
				t.Fatalf("total %d, want %d", p.Total, len(c.want))
			}
			for _, x := range p.Items {
				got = append(got, x.ID)
			}
			q.Cursor = p.Next
		}
		if fmt.Sprint(got) != fmt.Sprint(idsOf(c.want)) {
			t.Fatalf("search sorted by %v where %v: not all in order", c.sort, c.where)
		}
	}
	p, err := things.Page(ctx, store.Query{Text: "comm", Limit: 10})
	must(t, err)
	must(t, things.Delete(ctx, p.Items[9].ID))
	must(t, things.Create(ctx, &thing{Body: "common", Tags: []string{}}))
	next, err := things.Page(ctx, store.Query{Text: "comm", Limit: 10, Cursor: p.Next})
	must(t, err)
	if fmt.Sprint(idsOf(next.Items)) != fmt.Sprint(idsOf(newest[10:20])) {
		t.Fatal("the next page is another one after the document at the cursor was deleted")
	}
}

// searchSight: a search finds for each reader what they may see, and Words can narrow that.
func (s suite) searchSight(t *testing.T) {
	_, things := s.things(t, func(spec *store.Spec[thing]) {
		withSight(spec)
		spec.Words = func(x *thing) store.Words {
			w := store.Words{Texts: []string{x.Body}}
			if x.Name == "narrow" {
				w.Sight = []string{"acc:me", "acc:nobody"}
			}
			return w
		}
	})
	ctx := everyone()
	must(t, things.CreateMany(ctx, []*thing{
		{Name: "mine", Body: "word", Sight: []string{"acc:me"}, Tags: []string{}},
		{Name: "team", Body: "word team", Sight: []string{"team", "acc:you"}, Tags: []string{}},
		{Name: "narrow", Body: "word", Sight: []string{"acc:me", "acc:you"}, Tags: []string{}},
		{Name: "nobodys", Body: "word", Tags: []string{}},
	}))
	for _, c := range []struct {
		tokens []string
		text   string
		want   int
	}{
		{[]string{"acc:me", "team"}, "word", 3}, {[]string{"acc:you"}, "word", 1}, {[]string{"acc:m"}, "word", 0}, {nil, "word", 0},
		{[]string{"team"}, "team", 1}, {[]string{"acc:me"}, "acc", 0}, {[]string{"acc:nobody"}, "word", 0}, {[]string{"acc:me"}, driver.SightMark + "team", 0},
	} {
		page, err := things.Page(as(c.tokens...), store.Query{Text: c.text})
		must(t, err)
		if page.Total != c.want || len(page.Items) != c.want {
			t.Errorf("%v finds %d by %q, want %d", c.tokens, len(page.Items), c.text, c.want)
		}
	}
	if page, err := things.Page(ctx, store.Query{Text: "word"}); err != nil || page.Total != 4 {
		t.Errorf("Piper itself finds %d, want 4 (%v)", page.Total, err)
	}
}

// generatedSearches compares searches with a second, slow definition of what they mean.
func (s suite) generatedSearches(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	rnd := rand.New(rand.NewSource(4))
	syllables := []string{"ka", "ro", "Ł", "ö", "de", "ß", "東", "京", "и", "Ё", "-", " ", " ", "1", "x", "'"}
	text := func(n int) string {
		var b strings.Builder
		for range rnd.Intn(n) {
			b.WriteString(syllables[rnd.Intn(len(syllables))])
		}
		return b.String()
	}
	docs, queries := 200, 600
	if s.caps.Quick {
		docs, queries = 60, 60
	}
	var list []*thing
	for range docs {
		list = append(list, &thing{Name: text(12), Body: text(30), Tags: []string{}})
	}
	must(t, things.CreateMany(ctx, list))
	for range queries {
		q := text(8)
		if rnd.Intn(2) == 0 { // part of a text that is there
			r := []rune(list[rnd.Intn(docs)].Name)
			q = string(r[rnd.Intn(len(r)+1):])
		}
		if strings.TrimSpace(q) == "" {
			continue
		}
		want := []string{}
		for _, x := range list {
			if finds(x, q) {
				want = append(want, x.ID)
			}
		}
		page, err := things.Page(ctx, store.Query{Text: q, Sort: []driver.Key{{Path: "id"}}, Limit: 500})
		must(t, err)
		if fmt.Sprint(idsOf(page.Items)) != fmt.Sprint(want) {
			t.Fatalf("%q finds %d documents, want %d", q, len(page.Items), len(want))
		}
	}
}

// finds is the meaning of a search: every word of the query, in Latin letters, begins a word of the body,
// or stands somewhere in a word of the name with three letters from there to its end, or somewhere in a
// run of a script without spaces.
func finds(x *thing, query string) bool {
	words := store.Tokens(query)
	for _, typed := range words {
		if !slices.ContainsFunc(store.Spellings(typed), func(q string) bool { return inBody(x, q) || inName(x, q) }) {
			return false
		}
	}
	return len(words) > 0
}

func inBody(x *thing, q string) bool {
	return slices.ContainsFunc(store.Tokens(x.Body), func(w string) bool {
		return strings.HasPrefix(store.Spellings(w)[0], q) || strings.ContainsAny(w, "東京") && strings.Contains(w, q)
	})
}

func inName(x *thing, q string) bool {
	for _, word := range store.Tokens(x.Name) {
		for _, w := range store.Spellings(word) {
			for from := range w {
				long := from == 0 || utf8.RuneCountInString(w[from:]) >= 3 || strings.ContainsAny(w, "東京")
				if long && strings.HasPrefix(w[from:], q) {
					return true
				}
			}
		}
	}
	return false
}
