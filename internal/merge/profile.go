// Package merge finds stakeholders that may be the same, and makes one of two: it re-points whatever any
// collection declares to hold the id of the one that goes, and keeps what it takes to undo that.
package merge

import "strings"

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
