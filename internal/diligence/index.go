package diligence

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
)

// Subject is who is screened: a stakeholder, as far as names and what tells namesakes apart go.
type Subject struct {
	ID      string
	Person  bool
	Names   []string // the first is the one it goes by
	Country string
	Numbers []string // register numbers and the like
}

// Match is an entry of the list whose name is like one of a subject's. It says no more than that.
type Match struct {
	Entry   *SanctionEntry
	Hash    string
	Ours    string // the subject's name that is meant
	Theirs  string // the entry's name
	Weak    bool
	Bears   bool // the subject is an organisation whose name holds that of a listed person
	Score   int  // 0 to 100
	Reasons []string
}

// Index finds the entries whose names are like a name without comparing with all: words lead to words that are
// spelled alike, and these to the names that have them.
type Index struct {
	entries []*SanctionEntry
	byID    map[string]int // logicalId → entries
	hashes  []string
	names   []listed
	vocab   []token
	posting [][]int32          // by word: names
	forms   map[string][]int32 // spelling → words
	bones   map[string][]int32 // skeleton, whole or less one letter → words
	joined  map[string][]int32 // skeleton of a whole name → names

	mu    sync.Mutex
	known map[string]map[int32]float64 // word of a name of ours → words of the list that are like it, and how far
}

type listed struct {
	spelled
	entry int32
	weak  bool
	words []int32 // into vocab
	cores [][]int // of a person, the words by which somebody names a thing after them: all, and without a patronymic
}

// NewIndex makes the index of a list.
func NewIndex(entries []*SanctionEntry) *Index {
	x := &Index{entries: entries, byID: make(map[string]int, len(entries)), forms: map[string][]int32{}, bones: map[string][]int32{}, joined: map[string][]int32{},
		known: map[string]map[int32]float64{}}
	known := map[string]int32{}
	for i, e := range entries {
		x.hashes, x.byID[e.LogicalID] = append(x.hashes, e.Hash()), i
		for _, n := range e.Names {
			s := spell(n.Name, e.Kind == "person")
			if len(s.tokens) == 0 {
				continue
			}
			x.add(listed{spelled: s, entry: int32(i), weak: n.Weak, cores: coresOf(&s)}, known)
		}
	}
	for i := range x.names {
		n := &x.names[i]
		for j := range n.tokens {
			n.tokens[j].weight = x.weightOf(len(x.posting[n.words[j]]))
		}
	}
	return x
}

// Size gives how many entries there are, and how many names.
func (x *Index) Size() (entries, names int) { return len(x.entries), len(x.names) }

// entry gives the entry of a logicalId with its hash, nil where the list has none.
func (x *Index) entry(logicalID string) (*SanctionEntry, string) {
	i, ok := x.byID[logicalID]
	if !ok {
		return nil, ""
	}
	return x.entries[i], x.hashes[i]
}

func (x *Index) add(n listed, known map[string]int32) {
	at := int32(len(x.names))
	for _, t := range n.tokens {
		key := strings.Join(t.forms, " ")
		w, ok := known[key]
		if !ok {
			w = int32(len(x.vocab))
			known[key] = w
			x.vocab, x.posting = append(x.vocab, t), append(x.posting, nil)
			for _, f := range t.forms {
				x.forms[f] = append(x.forms[f], w)
			}
			for _, b := range keysOf(t.bones) {
				x.bones[b] = append(x.bones[b], w)
			}
		}
		n.words = append(n.words, w)
		if p := x.posting[w]; len(p) == 0 || p[len(p)-1] != at {
			x.posting[w] = append(p, at)
		}
	}
	if len(n.tokens) > 1 {
		b := skeleton(n.joined)
		x.joined[b] = append(x.joined[b], at)
	}
	x.names = append(x.names, n)
}

// keysOf gives the skeletons of a word, and, so that one wrong consonant does not hide it, each without one letter.
func keysOf(bones []string) []string {
	var keys []string
	for _, b := range bones {
		keys = append(keys, b)
		r := []rune(b)
		for i := range r {
			if len(r) >= 3 {
				keys = append(keys, string(r[:i])+string(r[i+1:]))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// weightOf says how much a word tells that so many names of the list have: from 1 for a word that none has down to
// 0.15 for the most common ones.
func (x *Index) weightOf(names int) float64 {
	n := float64(len(x.names) + 1)
	return max(0.15, math.Log(n/float64(names+1))/math.Log(n))
}

// Screen gives the entries whose names are like those of a subject, the most alike first.
func (x *Index) Screen(who Subject) []Match {
	best := map[int32]Match{}
	for _, name := range who.Names {
		s := spell(name, who.Person)
		list := x.find(&s)
		if !who.Person {
			list = append(list, x.borne(name)...)
		}
		for _, m := range list {
			n := &x.names[m.name]
			if old, ok := best[n.entry]; ok && !better(m.score, n, old) {
				continue
			}
			best[n.entry] = Match{Entry: x.entries[n.entry], Hash: x.hashes[n.entry], Ours: name, Theirs: n.name, Weak: n.weak,
				Bears: n.person && !who.Person, Score: m.score, Reasons: m.reasons}
		}
	}
	list := make([]Match, 0, len(best))
	for _, m := range best {
		m.Reasons = append(m.Reasons, besides(who, m)...)
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entry.LogicalID, b.Entry.LogicalID))
	})
	return list
}

func better(score int, n *listed, old Match) bool {
	if score != old.Score {
		return score > old.Score
	}
	if n.weak != old.Weak {
		return !n.weak
	}
	return n.name < old.Theirs
}

// besides says what else speaks for or against a match. It changes no score: a shared country is shared by millions.
func besides(who Subject, m Match) (list []string) {
	if m.Weak {
		list = append(list, "The list itself calls this name weak")
	}
	if who.Country != "" && len(m.Entry.Countries) > 0 {
		if slices.Contains(m.Entry.Countries, who.Country) {
			list = append(list, "The same country: "+who.Country)
		} else {
			list = append(list, "Another country")
		}
	}
	for _, n := range m.Entry.Numbers {
		if slices.Contains(who.Numbers, n.Number) {
			list = append(list, "The same number: "+n.Number)
		}
	}
	return list
}

type found struct {
	name int32
	likeness
}

// least is the part of a name's weight that must have its like: √(A·B) reaches t only where A reaches t².
const least = float64(Threshold*Threshold) / 10_000

// find gives the names of the list that are like s. The words that tell most come first; once what is left of them
// is too little to make a match alone, no more names are looked up, so that common words are not walked through.
func (x *Index) find(s *spelled) []found {
	like, order, total := make([]map[int32]float64, len(s.tokens)), make([]int, len(s.tokens)), 0.0
	for i := range s.tokens {
		t := &s.tokens[i]
		like[i], order[i] = x.wordsLike(t), i
		common := 0
		for w, l := range like[i] {
			if l == 1 {
				common = max(common, len(x.posting[w]))
			}
		}
		t.weight = x.weightOf(common)
		total += t.weight
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.tokens[b].weight, s.tokens[a].weight) })
	candidates, rest := map[int32]bool{}, total
	for _, i := range order {
		if rest < least*total {
			break
		}
		rest -= s.tokens[i].weight
		for w := range like[i] {
			for _, n := range x.posting[w] {
				candidates[n] = candidates[n] || x.names[n].person == s.person
			}
		}
	}
	for _, n := range x.joined[skeleton(s.joined)] {
		candidates[n] = true
	}
	var out []found
	for n, fits := range candidates {
		if !fits {
			continue
		}
		theirs := &x.names[n]
		if l := compare(s, &theirs.spelled, func(i, j int) float64 { return like[i][theirs.words[j]] }); l.score >= Threshold {
			out = append(out, found{n, l})
		}
	}
	return out
}

// maxKnown bounds how many words are remembered; then it begins anew.
const maxKnown = 50_000

// wordsLike gives the words of the list that are spelled like one. Donors share words (foundation, ministry), so each is
// looked for once.
func (x *Index) wordsLike(t *token) map[int32]float64 {
	key := strings.Join(t.forms, " ")
	x.mu.Lock()
	like, ok := x.known[key]
	x.mu.Unlock()
	if ok {
		return like
	}
	like = map[int32]float64{}
	look := func(words []int32) {
		for _, w := range words {
			if _, seen := like[w]; !seen {
				like[w] = alike(t, &x.vocab[w])
			}
		}
	}
	for _, f := range t.forms {
		look(x.forms[f])
	}
	for _, b := range keysOf(t.bones) {
		look(x.bones[b])
	}
	maps.DeleteFunc(like, func(_ int32, l float64) bool { return l == 0 })
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.known) >= maxKnown {
		clear(x.known)
	}
	x.known[key] = like
	return like
}
