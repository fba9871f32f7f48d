package merge

import (
	"cmp"
	"context"
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// maxBlock is how many records may share a key and still be compared by it with each other. A key of more
// tells too little, and its pairs would grow with the square; each record has other keys.
const maxBlock = 40

// Pair is two profiles that may be the same, the smaller id first.
type Pair struct {
	A, B    string
	Kind    string
	Score   int      // of 100
	Reasons []string // sentences
}

// Comparison is what Pairs did.
type Comparison struct {
	Pairs    []Pair // in order of ids
	Compared int    // how many pairs had a key in common
	Crowded  int    // keys that too many records share to compare these by
}

// Pairs finds the profiles that may be the same. Only records with a key in common are compared, and no
// more than maxBlock by one key, so that the work grows as the records do and not as their pairs.
func Pairs(ctx context.Context, profiles []Profile) (Comparison, error) {
	records := make([]record, len(profiles))
	err := inShares(len(profiles), func(_, from, to int) error {
		for i := from; i < to; i++ {
			records[i] = ready(&profiles[i])
		}
		return ctx.Err()
	})
	if err != nil {
		return Comparison{}, err
	}
	names := map[string]int{}
	for i := range records {
		for _, n := range records[i].names {
			names[records[i].Kind+" "+n.whole]++
		}
	}
	candidates, crowded := block(records)
	out := Comparison{Compared: len(candidates), Crowded: crowded}
	found := make([][]Pair, workers())
	err = inShares(len(candidates), func(share, from, to int) error {
		var list []Pair
		for n, c := range candidates[from:to] {
			if n%10_000 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			a, b := &records[c>>32], &records[c&0xffffffff]
			shared := func(key string) int { return names[a.Kind+" "+key] }
			if compare(a, b, false, shared).score < Threshold {
				continue
			}
			v := compare(a, b, true, shared)
			if a.ID > b.ID {
				a, b = b, a
			}
			list = append(list, Pair{A: a.ID, B: b.ID, Kind: a.Kind, Score: v.score, Reasons: v.reasons})
		}
		found[share] = list
		return nil
	})
	for _, list := range found {
		out.Pairs = append(out.Pairs, list...)
	}
	slices.SortFunc(out.Pairs, func(x, y Pair) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return out, err
}

var workers = sync.OnceValue(func() int { return runtime.GOMAXPROCS(0) })

// inShares has every processor do one share of n.
func inShares(n int, fn func(share, from, to int) error) error {
	var group errgroup.Group
	for w := range workers() {
		from, to := n*w/workers(), n*(w+1)/workers()
		if from < to {
			group.Go(func() error { return fn(w, from, to) })
		}
	}
	return group.Wait()
}

// entry says that a record has a key.
type entry struct {
	key uint64
	at  uint32
}

// block gives the pairs of records, by index, that have a key in common which is not crowded, each once.
func block(records []record) (pairs []uint64, crowded int) {
	seed := maphash.MakeSeed()
	entries := make([]entry, 0, 8*len(records))
	for i := range records {
		records[i].keys(func(key string) {
			entries = append(entries, entry{maphash.String(seed, key), uint32(i)})
		})
	}
	slices.SortFunc(entries, func(x, y entry) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at)) })
	entries = slices.Compact(entries)
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].key == entries[from].key {
			to++
		}
		if to-from > maxBlock {
			crowded++
		} else {
			for i := from; i < to; i++ {
				for j := i + 1; j < to; j++ {
					pairs = append(pairs, uint64(entries[i].at)<<32|uint64(entries[j].at))
				}
			}
		}
		from = to
	}
	slices.Sort(pairs)
	return slices.Compact(pairs), crowded
}

// keys gives what a record is looked up by: whatever may score enough together with little else.
func (r *record) keys(add func(key string)) {
	for scheme, values := range r.ids {
		for _, value := range values {
			add("id " + scheme + " " + value)
		}
	}
	for _, e := range r.Emails {
		add("email " + r.Kind + " " + e)
	}
	for _, p := range r.phones {
		add("phone " + r.Kind + " " + p)
	}
	if r.Kind != "person" {
		for _, d := range r.domains {
			add("domain " + d)
		}
		if len(r.initials) >= 3 {
			add("acronym " + r.initials)
		}
	}
	for _, n := range r.names {
		r.nameKeys(n, add)
	}
}

func (r *record) nameKeys(n plainName, add func(key string)) {
	whole := r.Kind + " " + n.whole
	add("name " + whole)
	add("name in " + r.Country + " " + whole)
	for _, d := range r.domains {
		add("name at " + d + " " + whole)
	}
	if len(n.tokens) == 1 && r.Kind != "person" {
		add("acronym " + n.tokens[0])
	}
	bones := slices.Sorted(slices.Values(n.bones))
	add("sound " + r.Kind + " " + strings.Join(bones, " "))
	add("sound in " + r.Country + " " + r.Kind + " " + strings.Join(bones, " "))
	for i, w := range n.tokens {
		if len(w) < 3 {
			continue
		}
		// Each word with the first letter of each other: one of two words may be mistyped, or left at its
		// first letter, or have a third beside it.
		for j, o := range n.tokens {
			if i != j && len(n.tokens) <= 8 {
				add("word " + r.Kind + " " + w + " " + o[:1])
				add("word " + r.Kind + " " + w + " " + o[:1] + " in " + r.Country)
			}
		}
		if r.Kind != "person" || len(n.tokens) == 1 {
			add("word " + r.Kind + " " + w)
		}
	}
}
