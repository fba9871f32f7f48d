package diligence

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"piper/internal/store"
)

// SanctionEntry is one person or organisation of the EU's consolidated list of financial sanctions, as its file has it.
type SanctionEntry struct {
	LogicalID   string           `json:"logicalId" doc:"what the list knows it by, through all changes"`
	Reference   string           `json:"reference,omitempty" doc:"as the EU cites it: EU.27.28"`
	UN          string           `json:"un,omitempty" doc:"its number on the list of the United Nations"`
	Kind        string           `json:"kind" enum:"person,organisation"`
	Names       []SanctionName   `json:"names" nullable:"false" doc:"the list marks none as the first"`
	Births      []SanctionBirth  `json:"births,omitempty" nullable:"false"`
	Countries   []string         `json:"countries,omitempty" nullable:"false" doc:"of citizenship and addresses, ISO 3166-1 alpha-2"`
	Addresses   []string         `json:"addresses,omitempty" nullable:"false"`
	Numbers     []SanctionNumber `json:"numbers,omitempty" nullable:"false" doc:"passports, register numbers"`
	Programmes  []string         `json:"programmes,omitempty" nullable:"false"`
	Regulations []Regulation     `json:"regulations,omitempty" nullable:"false"`
	Remarks     []string         `json:"remarks,omitempty" nullable:"false"`
}

// SanctionName is one of the names of an entry.
type SanctionName struct {
	Name     string `json:"name"`
	Language string `json:"language,omitempty"`
	Weak     bool   `json:"weak,omitempty" doc:"the list itself says that this name alone tells little"`
	Function string `json:"function,omitempty"`
	Gender   string `json:"gender,omitempty"`
}

// SanctionBirth is what is known of a birth: a day, or a year alone.
type SanctionBirth struct {
	Date     store.Date `json:"date,omitempty"`
	Year     int        `json:"year,omitempty"`
	Circa    bool       `json:"circa,omitempty"`
	Calendar string     `json:"calendar,omitempty" doc:"where it is not the Gregorian one"`
	Place    string     `json:"place,omitempty"`
	Country  string     `json:"country,omitempty"`
}

// SanctionNumber is a number by which somebody is known.
type SanctionNumber struct {
	Kind    string `json:"kind"`
	Number  string `json:"number"`
	Country string `json:"country,omitempty"`
}

// Regulation is what an entry rests on.
type Regulation struct {
	Title string     `json:"title"`
	Date  store.Date `json:"date,omitempty"`
	URL   string     `json:"url,omitempty"`
}

// Arrange puts an entry into its one form: what the file lists in changing order is sorted, and what is there twice
// is there once. Two entries that say the same are equal then.
func (e *SanctionEntry) Arrange() {
	e.Names = sorted(e.Names, func(n SanctionName) string { return n.Name + "\x00" + n.Language + "\x00" + n.Function })
	e.Births = sorted(e.Births, func(b SanctionBirth) string { return string(b.Date) + "\x00" + text(b) })
	e.Numbers = sorted(e.Numbers, func(n SanctionNumber) string { return n.Kind + "\x00" + n.Number + "\x00" + n.Country })
	e.Regulations = sorted(e.Regulations, func(r Regulation) string { return string(r.Date) + "\x00" + r.Title + "\x00" + r.URL })
	same := func(s string) string { return s }
	e.Countries, e.Addresses = sorted(e.Countries, same), sorted(e.Addresses, same)
	e.Programmes, e.Remarks = sorted(e.Programmes, same), sorted(e.Remarks, same)
}

func sorted[T any](list []T, key func(T) string) []T {
	slices.SortStableFunc(list, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	return slices.CompactFunc(list, func(a, b T) bool { return key(a) == key(b) })
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of texts and numbers
	}
	return string(b)
}

// Hash is the same for two entries that say the same. What was dismissed stays so as long as it does.
func (e *SanctionEntry) Hash() string {
	sum := sha256.Sum256([]byte(text(e)))
	return hex.EncodeToString(sum[:16])
}

// Name gives the name that stands for the entry: the first that is not weak and in Latin letters, where there is one.
func (e *SanctionEntry) Name() string {
	best, rank := "", 9
	for _, n := range e.Names {
		r := 0
		if n.Weak {
			r += 4
		}
		if folded := store.Fold(n.Name); store.Latin(folded) != folded || len(folded) != len([]rune(folded)) {
			r += 2
		}
		if n.Language != "" && n.Language != "EN" || len(n.Name) != len([]rune(n.Name)) {
			r++ // another language than English, or letters with marks
		}
		if r < rank {
			best, rank = n.Name, r
		}
	}
	return best
}
