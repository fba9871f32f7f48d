// Package merge finds stakeholders that may be the same, and makes one of two: it re-points whatever any
// collection declares to hold the id of the one that goes, and keeps what it takes to undo that.
package merge

import (
	"slices"
	"strings"

	"piper/internal/store"
)

// Profile is what the comparison knows of a stakeholder.
type Profile struct {
	ID        string
	Kind      string
	Name      string
	Other     []string // further names, also in other scripts
	Country   string   // ISO 3166-1 alpha-2
	ParentID  string
	Emails    []string // in lower case
	Phones    []string
	Website   string
	Externals []External
}

// External is an id that somebody else has given: of the transparency register, the Parliament, a LEI.
type External struct{ Scheme, Value string }

func (e External) key() string {
	return strings.ToLower(strings.TrimSpace(e.Scheme)) + " " + strings.ToLower(strings.Join(strings.Fields(e.Value), ""))
}

// StrictKeys gives what no two different stakeholders share, for imports, which nobody watches: two
// records with a key in common are the same. The keys are each external id, each e-mail address of that
// kind of record, and the folded name with country and kind.
func StrictKeys(p Profile) []string {
	var keys []string
	for _, e := range p.Externals {
		if strings.TrimSpace(e.Value) != "" {
			keys = append(keys, "id "+e.key())
		}
	}
	for _, a := range p.Emails {
		if a = strings.ToLower(strings.TrimSpace(a)); a != "" {
			keys = append(keys, "email "+p.Kind+" "+a)
		}
	}
	if name := store.Fold(p.Name); name != "" && p.Country != "" {
		keys = append(keys, "name "+p.Kind+" "+strings.ToUpper(p.Country)+" "+name)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
