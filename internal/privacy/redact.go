package privacy

import (
	"bytes"
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"piper/internal/store"
)

// NameForm is one way in which texts name somebody. Words are compared as the search does, without case, marks and
// what stands between them, so that one form covers "Zoë-Müller", "ZOE MULLER" and "Zoë  Müller".
type NameForm struct {
	Text       string `json:"text" maxLength:"320"`
	Everywhere bool   `json:"everywhere" doc:"in every text; else only in records that refer to the person"`
	Another    bool   `json:"another,omitempty" doc:"the name of somebody else, which is left whole wherever it stands"`
}

// word is a word of a text, folded, and where it stands there, in bytes.
type word struct {
	folded   string
	from, to int
}

// wordsOf cuts a text into words. A mark or an invisible sign belongs to the letter before it. The escapes of a
// JSON text within a text (\n, \t) part words too.
func wordsOf(text string) []word {
	var list []word
	var b []byte
	from, to := 0, 0
	end := func() {
		if len(b) > 0 {
			list = append(list, word{string(b), from, to})
			b = b[:0]
		}
	}
	escaped := false
	for i, r := range text {
		next := i + utf8.RuneLen(r)
		if escaped {
			escaped = false
			if strings.ContainsRune("nrtbf", r) {
				continue
			}
		}
		if r < 128 {
			switch {
			case r >= 'A' && r <= 'Z':
				r += 'a' - 'A'
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			default:
				end()
				escaped = r == '\\'
				continue
			}
			if len(b) == 0 {
				from = i
			}
			b, to = append(b, byte(r)), next
			continue
		}
		switch folded := store.Fold(string(r)); {
		case folded != "":
			if len(b) == 0 {
				from = i
			}
			b, to = append(b, strings.ReplaceAll(folded, " ", "")...), next
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			if len(b) > 0 {
				to = next
			}
		default:
			end()
		}
	}
	end()
	return list
}

// named is a form made ready.
type named struct {
	words   []string
	address bool
	another bool // somebody else, who keeps the name
	instead string
}

// Redactor finds the forms of one person in texts and puts a pseudonym in their place. It is safe for
// concurrent use.
type Redactor struct {
	by     map[string][]named // by first word, the longest first
	probes [][]byte           // one of them stands in every folded text with a form in it
}

// newRedactor makes one of those forms that keep chooses.
func newRedactor(forms []NameForm, p Pseudonym, keep func(NameForm) bool) *Redactor {
	r := &Redactor{by: map[string][]named{}}
	for _, f := range forms {
		words := wordsOf(f.Text)
		if len(words) == 0 || !keep(f) {
			continue
		}
		n := named{instead: p.Name, address: strings.Contains(f.Text, "@"), another: f.Another}
		if n.address {
			n.instead = p.Address
		}
		probe := ""
		for _, w := range words {
			n.words = append(n.words, w.folded)
			if len(w.folded) > len(probe) {
				probe = w.folded
			}
		}
		r.by[n.words[0]] = append(r.by[n.words[0]], n)
		if !f.Another {
			r.probes = append(r.probes, []byte(probe))
		}
	}
	for first := range r.by {
		slices.SortStableFunc(r.by[first], func(a, b named) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return r
}

// May reports whether a stored document may hold a form: false is sure, true is not.
func (r *Redactor) May(doc []byte) bool {
	if bytes.Contains(doc, []byte(`\u`)) { // an escape may hide a letter
		return true
	}
	folded := store.Fold(string(doc))
	return slices.ContainsFunc(r.probes, func(p []byte) bool { return strings.Contains(folded, string(p)) })
}

// Has reports whether a text names the person.
func (r *Redactor) Has(text string) bool {
	_, n := r.Text(text)
	return n > 0
}

// Is reports whether a text is a form and says nothing else.
func (r *Redactor) Is(text string) bool {
	words := wordsOf(text)
	return len(words) > 0 && slices.ContainsFunc(r.by[words[0].folded], func(n named) bool {
		return !n.another && len(n.words) == len(words) && follow(words, n.words)
	})
}

// Text gives a text with the pseudonym in the place of every form, and how many there were.
func (r *Redactor) Text(text string) (string, int) {
	spans := r.find(text)
	if len(spans) == 0 {
		return text, 0
	}
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.from])
		instead := s.folded // what stands there instead
		if old := text[s.from:s.to]; old == store.Fold(old) {
			instead = store.Fold(instead) // a key for sorting or matching stays one
		}
		b.WriteString(instead)
		at = s.to
	}
	b.WriteString(text[at:])
	return b.String(), len(spans)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// HTML is Text for a page, whose marks and entities may part or spell a name otherwise. A page in which the
// pseudonym cannot be put in every place is given up: "".
func (r *Redactor) HTML(page string) (string, int) {
	out, n := r.Text(page)
	for _, between := range []string{"", " "} {
		plain := func(page string) string {
			return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(page, between))), " ")
		}
		if want, k := r.Text(plain(page)); k > 0 && want != plain(out) {
			return "", n + 1
		}
	}
	return out, n
}

// find gives the places of forms; folded holds what goes there instead.
func (r *Redactor) find(text string) []word {
	if len(r.by) == 0 || len(text) == 0 {
		return nil
	}
	var spans []word
	words := wordsOf(text)
	for i := 0; i < len(words); i++ {
		for _, n := range r.by[words[i].folded] {
			last := i + len(n.words) - 1
			if last >= len(words) || !follow(words[i:last+1], n.words) {
				continue
			}
			from, to := words[i].from, words[last].to
			if n.address && partOfAnother(text, from, to) || n.another && !oneName(text, words[i:last+1]) {
				continue
			}
			if !n.another {
				spans = append(spans, word{n.instead, from, to})
			}
			i = last
			break
		}
	}
	return spans
}

// oneName reports whether words stand beside each other as those of a name do: what is only spared must not reach from one
// sentence or line into the next.
func oneName(text string, words []word) bool {
	for i := range words[1:] {
		switch strings.Trim(text[words[i].to:words[i+1].from], " \u00a0") {
		case "", ",", "-", "'", "’":
		default:
			return false
		}
	}
	return true
}

func follow(words []word, want []string) bool {
	for i, w := range want {
		if words[i].folded != w {
			return false
		}
	}
	return true
}

// partOfAnother reports whether an address that was found is the end or the beginning of a longer one, which is
// somebody else's.
func partOfAnother(text string, from, to int) bool {
	letter := func(c byte) bool { return c >= 128 || c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'z' }
	if from > 1 && strings.IndexByte("._%+-", text[from-1]) >= 0 && letter(text[from-2]) {
		return true
	}
	return to+1 < len(text) && strings.IndexByte(".-", text[to]) >= 0 && letter(text[to+1])
}
