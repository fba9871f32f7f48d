package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Threshold is the score from which a pair is shown to people. Scores are points of 100.
const Threshold = 60

// The weights of the broad rule. What speaks against takes points away.
const (
	sameID        = 95
	sameEmail     = 60
	sharedEmail   = 30 // the address of an office, at which several people may be reached
	samePhone     = 25
	sameDomain    = 30 // of organisations
	sameOffice    = 10 // of persons
	sameName      = 60
	commonName    = 45 // several others have it too
	loneName      = 30 // one word, which for a person is not much
	nearName      = 50 // at most; less the more letters differ
	partName      = 40 // one name has all words of the other, and more
	initialName   = 38 // "J. Smith" and "John Smith"
	acronym       = 32
	sameCountry   = 12
	otherCountry  = -20
	sameParent    = 12
	otherName     = -25
	commonFrom    = 5 // records that share a name before it counts as common
	maxScore      = 99
	minSimilarity = 0.84
)

// offices are the beginnings of addresses that belong to nobody in particular.
var offices = words(`info office contact mail admin secretariat secretary hello press media team general reception enquiries kontakt
	contacto contatto post sekretariat bureau support`)

// record is a profile made ready for comparing.
type record struct {
	*Profile
	names    []plainName
	initials string
	domains  []string
	phones   []string
	ids      map[string][]string // by scheme
}

func ready(p *Profile) record {
	r := record{Profile: p, initials: initials(p.Name), domains: p.domains()}
	for _, n := range append([]string{p.Name}, p.Other...) {
		if name := plain(p.Kind, n); len(name.tokens) > 0 {
			r.names = append(r.names, name)
		}
	}
	for _, n := range p.Phones {
		if d := digits(n); d != "" {
			r.phones = append(r.phones, d)
		}
	}
	for _, e := range p.Externals {
		if scheme, value, _ := strings.Cut(e.key(), " "); value != "" {
			if r.ids == nil {
				r.ids = map[string][]string{}
			}
			r.ids[scheme] = append(r.ids[scheme], value)
		}
	}
	return r
}

// verdict is what a comparison came to: points, and why in words.
type verdict struct {
	score   int
	reasons []string
	tell    bool // reasons are wanted
}

func (v *verdict) add(points int, format string, args ...any) {
	v.score += points
	if !v.tell {
		return
	}
	v.reasons = append(v.reasons, fmt.Sprintf(format, args...))
}

// compare weighs two records. shared tells how many records have a name (by its key). Ids of the same
// scheme of which none is common are a veto: whoever gave them holds the two apart. tell asks for the reasons, which cost
// more than the points.
func compare(a, b *record, tell bool, shared func(key string) int) verdict {
	v := verdict{tell: tell}
	if a.Kind != b.Kind {
		return v
	}
	same, number := "", ""
	for scheme, values := range a.ids {
		others, both := b.ids[scheme]
		if !both {
			continue
		}
		i := slices.IndexFunc(values, func(value string) bool { return slices.Contains(others, value) })
		if i < 0 {
			return v
		}
		if same == "" || scheme < same {
			same, number = scheme, values[i]
		}
	}
	if same != "" {
		v.add(sameID, "The same id in %s: %s.", same, number)
	}
	v.addresses(a, b)
	if slices.ContainsFunc(a.phones, func(p string) bool { return slices.Contains(b.phones, p) }) {
		v.add(samePhone, "The same telephone number.")
	}
	v.name(a, b, shared)
	if a.Country != "" && b.Country != "" {
		if a.Country == b.Country {
			v.add(sameCountry, "Both in %s.", a.Country)
		} else {
			v.add(otherCountry, "In different countries: %s and %s.", a.Country, b.Country)
		}
	}
	if a.ParentID != "" && a.ParentID == b.ParentID {
		v.add(sameParent, "Part of the same organisation.")
	}
	v.score = max(0, min(v.score, maxScore))
	return v
}

// addresses weighs e-mail addresses, or else the domains that they are at.
func (v *verdict) addresses(a, b *record) {
	best, at := 0, ""
	for _, e := range a.Emails {
		if !slices.Contains(b.Emails, e) {
			continue
		}
		points := sameEmail
		if local, _, _ := strings.Cut(e, "@"); a.Kind == "person" && offices[local] {
			points = sharedEmail
		}
		if points > best {
			best, at = points, e
		}
	}
	if best > 0 {
		v.add(best, "The same e-mail address: %s.", at)
		return
	}
	for _, d := range a.domains {
		if slices.Contains(b.domains, d) {
			points := sameDomain
			if a.Kind == "person" {
				points = sameOffice
			}
			v.add(points, "The same web domain: %s.", d)
			return
		}
	}
}

// name weighs the two names that are most alike.
func (v *verdict) name(a, b *record, shared func(key string) int) {
	best, why := otherName, "The names have little in common."
	for _, x := range a.names {
		for _, y := range b.names {
			if points, reason := compareNames(a.Kind, x, y, shared); points > best {
				best, why = points, reason
			}
		}
	}
	if best < acronym && (isAcronym(a, b) || isAcronym(b, a)) {
		best, why = acronym, "One name is made of the first letters of the other."
	}
	if best == otherName && v.score == 0 {
		return // nothing speaks for the pair at all
	}
	v.add(best, "%s", why)
}

func isAcronym(short, long *record) bool {
	return short.Kind != "person" && len(short.names) > 0 && len(short.names[0].tokens) == 1 && len(long.initials) >= 3 &&
		short.names[0].tokens[0] == long.initials
}

func compareNames(kind string, x, y plainName, shared func(key string) int) (int, string) {
	key := x.whole
	if key == y.whole {
		how := "The same name"
		if x.script != y.script {
			how = "The same name in another script"
		}
		if n := shared(key); n > commonFrom {
			return commonName, fmt.Sprintf("%s, which %d records have.", how, n)
		}
		if kind == "person" && len(x.tokens) == 1 {
			return loneName, how + ", of one word."
		}
		return sameName, how + "."
	}
	if len(x.tokens) > len(y.tokens) || len(x.tokens) == len(y.tokens) && x.whole > y.whole {
		x, y = y, x // the same way round, whichever record comes first
	}
	return compareTokens(x, y)
}

// compareTokens pairs every word of the shorter name with the most similar one of the longer.
func compareTokens(x, y plainName) (int, string) {
	few, many := x.tokens, y.tokens
	var used uint64
	total, letters, whole, short := 0.0, 0, 0, 0
	for n, w := range few {
		best, at := 0.0, -1
		for i, o := range many {
			if i >= 64 || used&(1<<i) != 0 {
				continue
			}
			if s := similarity(w, o, x.bones[n] == y.bones[i]); s > best {
				best, at = s, i
			}
		}
		if at < 0 || best < 0.7 {
			return otherName, ""
		}
		used |= 1 << at
		if len(w) == 1 || len(many[at]) == 1 {
			short++
			continue
		}
		if best == 1 {
			whole++
		}
		total += best * float64(len(w))
		letters += len(w)
	}
	if letters == 0 {
		return otherName, ""
	}
	mean := total / float64(letters)
	switch {
	case short > 0 && mean == 1 && len(few) > 1:
		return initialName, "One name gives first letters where the other gives the whole name."
	case len(few) < len(many) && mean == 1 && whole >= 2:
		return partName, "One name has all words of the other."
	case len(few) == len(many) && short == 0 && mean >= minSimilarity:
		points := int(nearName * (mean - 0.6) / 0.4)
		return points, fmt.Sprintf("Similar names (%d %% alike).", int(mean*100))
	}
	return otherName, ""
}

// similarity is 1 for the same word, 0 for words with nothing in common. A single letter is like every
// word that begins with it. sound tells that the two have one skeleton.
func similarity(a, b string, sound bool) float64 {
	if a == b {
		return 1
	}
	if len(a) == 1 || len(b) == 1 {
		if a[0] == b[0] {
			return 0.99
		}
		return 0
	}
	longest := max(len(a), len(b))
	if 3*(longest-min(len(a), len(b))) > longest {
		return 0
	}
	s := 1 - float64(levenshtein.ComputeDistance(a, b))/float64(longest)
	if s < 0.9 && sound {
		s = max(s, 0.9) // spelled by another language's rules
	}
	return s
}
