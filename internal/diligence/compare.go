package diligence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Threshold is the score from which two names are shown to a person. It is where, on the list of 2026, nearly every
// spelling of a listed name is found and few ordinary names of donors are (measured in the package's tests).
const Threshold = 76

// pair is two words that were taken for each other.
type pair struct {
	a, b int
	like float64
}

// likeness is what comparing two names came to.
type likeness struct {
	score   int
	reasons []string
}

// compare says how alike two names are, from 0 to 100, and why. It is the same in both directions and for every order of
// words. A word counts by how much it tells; a word without its like counts against.
//
//	score = 100 · √(A·B),  A, B = matched weight ÷ weight of all words, of either name
//
// like says how far word i of a is word j of b.
func compare(a, b *spelled, like func(i, j int) float64) likeness {
	if a.person != b.person || len(a.tokens) == 0 || len(b.tokens) == 0 {
		return likeness{}
	}
	pairs := matched(a, b, like)
	score := a.covered(b, pairs)
	if a.person && len(pairs) < 2 && (len(a.tokens) > 1 || len(b.tokens) > 1) {
		score = min(score, 0.6) // one name of several: a first name or a family name alone
	}
	joined := false
	if whole := a.whole(b); whole > score {
		score, joined = whole, true
	}
	l := likeness{score: int(math.Round(100 * score))}
	if l.score >= Threshold {
		l.reasons = a.reasons(b, pairs, joined)
	}
	return l
}

// matched gives each word its like in the other name, the most alike first, each word once.
func matched(a, b *spelled, like func(i, j int) float64) []pair {
	var all []pair
	for i := range a.tokens {
		for j := range b.tokens {
			if l := like(i, j); l > 0 {
				all = append(all, pair{i, j, l})
			}
		}
	}
	weight := func(p pair) float64 { return min(a.tokens[p.a].weight, b.tokens[p.b].weight) }
	slices.SortStableFunc(all, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(weight(y), weight(x)),
			cmp.Compare(a.key(x.a)+b.key(x.b), a.key(y.a)+b.key(y.b)))
	})
	usedA, usedB := make([]bool, len(a.tokens)), make([]bool, len(b.tokens))
	kept := all[:0]
	for _, p := range all {
		if !usedA[p.a] && !usedB[p.b] {
			usedA[p.a], usedB[p.b] = true, true
			kept = append(kept, p)
		}
	}
	return kept
}

func (s *spelled) key(i int) string { return s.tokens[i].forms[0] }

// covered is √(A·B). Two words that were taken for each other weigh what the more common of them does.
func (s *spelled) covered(o *spelled, pairs []pair) float64 {
	sum, mine, theirs := 0.0, 0.0, 0.0
	usedA, usedB := make([]bool, len(s.tokens)), make([]bool, len(o.tokens))
	for _, p := range pairs {
		w := min(s.tokens[p.a].weight, o.tokens[p.b].weight)
		sum, mine, theirs = sum+w*p.like, mine+w, theirs+w
		usedA[p.a], usedB[p.b] = true, true
	}
	rest := func(tokens []token, used []bool) (w float64) {
		for i, t := range tokens {
			if !used[i] {
				w += t.weight
			}
		}
		return w
	}
	mine, theirs = mine+rest(s.tokens, usedA), theirs+rest(o.tokens, usedB)
	if mine == 0 || theirs == 0 {
		return 0
	}
	return math.Sqrt(sum / mine * sum / theirs)
}

// whole compares the names written as one word: "Al Tikriti" and "Altikriti".
func (s *spelled) whole(o *spelled) float64 {
	if len(s.tokens) == len(o.tokens) {
		return 0
	}
	longer := max(len(s.joined), len(o.joined))
	if longer < 8 || abs(len(s.joined)-len(o.joined)) > longer/10 {
		return 0
	}
	d := levenshtein.ComputeDistance(s.joined, o.joined)
	if d > longer/10 {
		return 0
	}
	return 1 - float64(d)/float64(longer)
}

// reasons says in words why two names are alike; s is ours, o stands on the list.
func (s *spelled) reasons(o *spelled, pairs []pair, joined bool) []string {
	var list []string
	if joined {
		return []string{"Written as one word the names are nearly the same"}
	}
	var near []string
	usedA, usedB, ordered := make([]bool, len(s.tokens)), make([]bool, len(o.tokens)), true
	for _, p := range pairs {
		usedA[p.a], usedB[p.b] = true, true
		if p.like < 1 {
			near = append(near, fmt.Sprintf("“%s” is nearly “%s”", s.key(p.a), o.key(p.b)))
		}
	}
	byPlace := slices.Clone(pairs)
	slices.SortFunc(byPlace, func(x, y pair) int { return x.a - y.a })
	for i := 1; i < len(byPlace); i++ {
		ordered = ordered && byPlace[i-1].b < byPlace[i].b
	}
	extraA, extraB := s.left(usedA), o.left(usedB)
	switch {
	case len(near)+len(extraA)+len(extraB) > 0:
	case ordered:
		list = append(list, "The names are the same")
	default:
		list = append(list, "The names are the same in another order")
	}
	if len(list) == 0 && !ordered {
		list = append(list, "The words stand in another order")
	}
	slices.Sort(near)
	list = append(list, near...)
	if s.script != o.script {
		list = append(list, "The letters are of another alphabet")
	}
	if len(extraA) > 0 {
		list = append(list, "Only ours has “"+strings.Join(extraA, " ")+"”")
	}
	if len(extraB) > 0 {
		list = append(list, "Only the list has “"+strings.Join(extraB, " ")+"”")
	}
	return list
}

func (s *spelled) left(used []bool) (out []string) {
	for i := range s.tokens {
		if !used[i] {
			out = append(out, s.key(i))
		}
	}
	return out
}
