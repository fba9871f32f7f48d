package privacy

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/store"
)

// Person is what an erasure or an export has to know of somebody.
type Person struct {
	ID         string
	Rev        int64
	Kind       string
	Name       string
	OtherNames []string
	Addresses  []string // of mail, lower case
	Phones     []string // as written
	Country    string
	SourceType string // of a donor: the kind of purse
}

// People knows the stakeholders; their own room is it.
type People interface {
	// Person gives one, also from the trash. NotFound where there is none.
	Person(ctx context.Context, id string) (*Person, error)
	// OtherNames calls fn with every name of everybody else on record.
	OtherNames(ctx context.Context, id string, fn func(name string)) error
	// EachPerson calls fn for every person that is not in the trash.
	EachPerson(ctx context.Context, fn func(Standing) error) error
	// Hide puts one into the trash, so that nothing new is linked with them.
	Hide(ctx context.Context, id string) error
	// AddPseudonym adds a stakeholder in whose name the books go on, with the country and the kind of purse of the
	// person and nothing else of them, and gives its id.
	AddPseudonym(ctx context.Context, name string, p *Person, today store.Date) (string, error)
}

// Pseudonym is what stands in the place of a person from an erasure on.
type Pseudonym struct {
	Name    string // in texts and headers
	Address string // in the place of every address
}

// pseudonymOf makes the pseudonym of a code.
func pseudonymOf(code string) Pseudonym {
	return Pseudonym{Name: "Erased person " + code, Address: "erased-" + strings.ToLower(code) + "@erased.invalid"}
}

// donorName is what a pseudonym is called in the books.
func donorName(code string) string { return "Erased donor " + code }

// codeLetters leaves out what is mistaken for another.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode gives four letters at random: enough to tell erasures apart, and nothing of the person in them.
func newCode() string {
	b := make([]byte, 4)
	rand.Read(b) // never fails
	for i := range b {
		b[i] = codeLetters[int(b[i])%len(codeLetters)]
	}
	return string(b)
}

// minSurname is how many letters a surname needs to be looked for by itself.
const minSurname = 3

// formsOf gives the ways in which texts name a person: names in every order of their parts, without middle
// names, addresses and numbers everywhere; the surname alone everywhere if nobody else on record bears it, else in
// records that refer to the person. A name of one word, which may be an ordinary word, and one that somebody else
// has too, are looked for only there; and there the whole names of others who bear the surname are left as they are.
func formsOf(ctx context.Context, people People, p *Person) ([]NameForm, error) {
	taken, takenWords := map[string]bool{}, map[string]bool{}
	names := append([]string{p.Name}, p.OtherNames...)
	surnames := map[string]bool{}
	for _, name := range names {
		if words := wordsOf(name); len(words) > 1 {
			surnames[words[len(words)-1].folded] = true
		}
	}
	var bearers []string
	err := people.OtherNames(ctx, p.ID, func(name string) {
		taken[store.Fold(name)] = true
		bears := false
		words := wordsOf(name)
		for _, w := range words {
			takenWords[w.folded] = true
			bears = bears || surnames[w.folded]
		}
		if bears && len(words) > 1 {
			bearers = append(bearers, name)
		}
	})
	if err != nil {
		return nil, err
	}
	forms := []NameForm{}
	seen := map[string]bool{}
	add := func(text string, everywhere bool) {
		if key := store.Fold(text); key != "" && !seen[key] {
			seen[key] = true
			forms = append(forms, NameForm{Text: text, Everywhere: everywhere && !taken[key]})
		}
	}
	for _, name := range names {
		parts := strings.Fields(name)
		for k := range parts {
			turned := append(append([]string{}, parts[k:]...), parts[:k]...)
			add(strings.Join(turned, " "), len(parts) > 1)
		}
		if len(parts) > 2 {
			add(parts[0]+" "+parts[len(parts)-1], true)
			add(parts[len(parts)-1]+" "+parts[0], true)
		}
	}
	for _, a := range p.Addresses {
		add(a, true)
	}
	for _, number := range p.Phones {
		if digits := digitsOf(number); len(digits) >= 7 {
			add(number, true)
			add(digits, true)
		}
	}
	for _, name := range names {
		parts := strings.Fields(name)
		surname := parts[len(parts)-1]
		if len(parts) == 1 || utf8.RuneCountInString(surname) < minSurname {
			continue
		}
		add(surname, !slices.ContainsFunc(wordsOf(surname), func(w word) bool { return takenWords[w.folded] }))
	}
	return append(forms, others(forms, bearers)...), nil
}

// others are the forms of those who bear the surname too. Who has a whole name of the person within their own may be the
// same person, recorded twice, and is not one of them. There are as many as a person may still edit with the rest.
func others(forms []NameForm, bearers []string) []NameForm {
	whole := newRedactor(forms, Pseudonym{}, func(f NameForm) bool { return len(wordsOf(f.Text)) > 1 })
	slices.Sort(bearers)
	list := []NameForm{}
	for _, name := range slices.Compact(bearers) {
		if whole.Has(name) {
			continue
		}
		if len(forms)+len(list)+2 > maxForms {
			break
		}
		parts := strings.Fields(name)
		last := len(parts) - 1
		list = append(list, NameForm{Text: name, Another: true}, NameForm{Text: strings.Join(slices.Concat(parts[last:], parts[:last]), " "), Another: true})
	}
	return list
}

func digitsOf(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}
