// Package view keeps saved views: a name for what a list shows and how, one's own or shared with the team,
// and which of them an account opens a list with.
package view

import (
	"regexp"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// Lists are the lists that have saved views.
var Lists = []string{"stakeholders", "tasks", "calls", "income", "agreements", "opportunities"}

// View is one saved view.
type View struct {
	store.Meta
	List    string     `json:"list" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
	Name    string     `json:"name"`
	OwnerID string     `json:"ownerId"`
	Owner   string     `json:"owner" doc:"the owner's name when it was saved"`
	Shared  bool       `json:"shared" doc:"everybody of the secretariat sees it"`
	Pinned  bool       `json:"pinned" doc:"it has a tab above the list"`
	Columns []string   `json:"columns" nullable:"false" doc:"in order; none means the list's own"`
	Sort    string     `json:"sort,omitempty"`
	Text    string     `json:"text,omitempty" doc:"words to search for"`
	Where   string     `json:"where,omitempty" doc:"the filter, as the list takes it"`
	Named   []FilterID `json:"named,omitempty" doc:"the ids in the filter, by their place, so that a merge reaches them"`
	Sight   []string   `json:"sight" nullable:"false"`
}

// FilterID is an id that stands in a filter. A merge changes the ID; the filter follows.
type FilterID struct {
	At int    `json:"at" doc:"which of the ids in the filter it is, from 0"`
	ID string `json:"id"`
}

// quotedID is an id of ours as a value of a filter. Whose it is only the list's own room knows.
var quotedID = regexp.MustCompile(`"[0-9a-z]{26}"`)

// named lists the ids in a filter.
func named(where string) (list []FilterID) {
	for i, id := range quotedID.FindAllString(where, -1) {
		list = append(list, FilterID{i, strings.Trim(id, `"`)})
	}
	return list
}

// follow writes the ids that a merge has changed, or its undo has put back, into the filter.
func (v *View) follow() error {
	at := -1
	v.Where = quotedID.ReplaceAllStringFunc(v.Where, func(id string) string {
		at++
		if i := slices.IndexFunc(v.Named, func(n FilterID) bool { return n.At == at }); i >= 0 {
			return `"` + v.Named[i].ID + `"`
		}
		return id
	})
	v.Named = named(v.Where)
	return nil
}

// Choice is which view an account opens a list with.
type Choice struct {
	store.Meta
	AccountID string   `json:"accountId"`
	List      string   `json:"list"`
	ViewID    string   `json:"viewId"`
	Sight     []string `json:"sight"`
}

// bounds of a view.
const (
	maxName    = 80
	maxColumns = 60
)

// tidy puts a view into its one form and names every field that is wrong.
func (v *View) tidy() error {
	var c fault.Checks
	v.Name = strings.Join(strings.Fields(v.Name), " ")
	c.Require(v.Name != "", "name", "A name is needed.")
	c.Require(len([]rune(v.Name)) <= maxName, "name", "The name is longer than %d characters.", maxName)
	known := false
	for _, l := range Lists {
		known = known || l == v.List
	}
	c.Require(known, "list", "There is no list called %q.", v.List)
	seen := map[string]bool{}
	for _, column := range v.Columns {
		c.Require(!seen[column], "columns", "%q is in it twice.", column)
		seen[column] = true
	}
	c.Require(len(v.Columns) <= maxColumns, "columns", "There are more than %d columns.", maxColumns)
	if v.Columns == nil {
		v.Columns = []string{}
	}
	v.Named = named(v.Where)
	return c.Err()
}
