package diligence

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"piper/internal/store"
)

// small are words that tell nothing in the name of an organisation.
var small = words(`the of for and in on at a an de la le les des du et pour der die das und von van den het en del della di e y da do`)

// titles are what is written before or after the name of a person, and the Arabic article, which is written or not.
var titles = words(`mr mrs ms miss dr prof professor sir herr frau monsieur madame mme general gen colonel col major maj captain capt
	lieutenant lt al el ul sheikh shaykh sheik haji hajji hadji mullah mawlawi maulavi maulvi qari`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// token is one word of a name.
type token struct {
	forms  []string // as it is spelled in Latin letters: several where it was written in Cyrillic or Greek ones
	bones  []string // the skeletons of these
	weight float64  // how much it tells: 1 for a word that the list hardly has
}

// spelled is a name as it is compared.
type spelled struct {
	name   string
	person bool
	tokens []token
	joined string // all words as one, in the order in which they stand
	script bool   // it was written in other letters than Latin ones
}

// Bounds of a name that is compared; what comes behind is left out.
const (
	maxWords = 16
	maxForms = 4
)

// spell makes a name comparable: folded, in Latin letters, without titles, legal forms and small words.
func spell(name string, person bool) spelled {
	s := spelled{name: name, person: person}
	drop := func(w string) bool { return store.LegalForm(store.Latin(w)) || small[store.Latin(w)] }
	if person {
		drop = func(w string) bool { return titles[store.Latin(w)] || len([]rune(w)) == 1 }
	}
	all := strings.Fields(store.Fold(store.JoinLetters(name, person)))
	kept := make([]string, 0, len(all))
	for _, w := range all {
		if !drop(w) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = all // a name of nothing but such words
	}
	kept = kept[:min(len(kept), maxWords)]
	for _, w := range kept {
		forms := store.Spellings(w)
		s.script = s.script || forms[0] != w
		forms = forms[:min(len(forms), maxForms)]
		if bare := withoutArticle(forms[0]); person && bare != "" {
			forms = append(slices.Clone(forms), bare)
		}
		s.joined += forms[0]
		t := token{forms: forms, weight: 1}
		for _, f := range forms {
			if b := skeleton(f); !slices.Contains(t.bones, b) {
				t.bones = append(t.bones, b)
			}
		}
		s.tokens = append(s.tokens, t)
	}
	return s
}

// withoutArticle gives "karimi" for "alkarimi", "" where no article can stand before a word.
func withoutArticle(word string) string {
	if len(word) < 7 || word[:2] != "al" && word[:2] != "el" {
		return ""
	}
	return word[2:]
}

// sounds are spellings of one sound in the languages in which the list has names, the longest first.
var sounds = strings.NewReplacer("tsch", "c", "shch", "c", "sch", "s", "tch", "c", "dsch", "j", "cz", "c", "ch", "c", "sh", "s", "zh", "s", "dj", "j", "dzh", "j",
	"th", "t", "dh", "d", "ph", "f", "kh", "h", "gh", "g", "ck", "k", "ts", "s", "q", "k", "w", "v", "z", "s", "x", "ks", "y", "i", "j", "i")

// skeleton gives what is left of a word when its spelling varies: its first letter and its consonants, each once in a
// row.
func skeleton(word string) string {
	s := sounds.Replace(word)
	var out []rune
	first, last := true, rune(0)
	for _, c := range s {
		vowel := strings.ContainsRune("aeiou", c)
		if first || !vowel && c != last && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
		first, last = false, c
	}
	return string(out)
}

// alike says how far two words are the same, from 0 to 1: a letter in five may differ, or the vowels.
func alike(a, b *token) float64 {
	best := 0.0
	for _, x := range a.forms {
		for _, y := range b.forms {
			if x == y {
				return 1
			}
			best = max(best, nearly(x, y))
		}
	}
	if best >= 0.9 {
		return best
	}
	for _, x := range a.bones {
		if len(x) >= 2 && slices.Contains(b.bones, x) && vowelsApart(a.forms[0], b.forms[0]) {
			return 0.9
		}
	}
	return best
}

// nearly compares two different spellings by letters.
func nearly(x, y string) float64 {
	longer := max(len([]rune(x)), len([]rune(y)))
	allowed := 0
	switch {
	case longer >= 9:
		allowed = 2
	case longer >= 5:
		allowed = 1
	}
	if allowed == 0 || abs(len(x)-len(y)) > 2*allowed {
		return 0
	}
	d := levenshtein.ComputeDistance(x, y)
	if d > allowed {
		return 0
	}
	return 1 - float64(d)/float64(longer)*0.8
}

// vowelsApart bounds how far two words of one skeleton may be from each other: "Mohammed" and "Muhammad" are near,
// "Amin" and "Iman" are not, as they begin differently.
func vowelsApart(x, y string) bool {
	longer := max(len(x), len(y))
	return longer >= 4 && abs(len(x)-len(y)) <= 2 && levenshtein.ComputeDistance(x, y) <= (longer+2)/3
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
