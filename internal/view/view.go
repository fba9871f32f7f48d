// Package view keeps saved views: a name for what a list shows and how, one's own or shared with the team,
// and which of them an account opens a list with.
package view

import (
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// Lists are the lists that have saved views.
var Lists = []string{"stakeholders", "tasks", "calls", "income", "agreements", "opportunities"}

// View is one saved view.
type View struct {
	store.Meta
	List    string   `json:"list" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
	Name    string   `json:"name"`
	OwnerID string   `json:"ownerId"`
	Owner   string   `json:"owner" doc:"the owner's name when it was saved"`
	Shared  bool     `json:"shared" doc:"everybody of the secretariat sees it"`
	Pinned  bool     `json:"pinned" doc:"it has a tab above the list"`
	Columns []string `json:"columns" nullable:"false" doc:"in order; none means the list's own"`
	Sort    string   `json:"sort,omitempty"`
	Text    string   `json:"text,omitempty" doc:"words to search for"`
	Where   string   `json:"where,omitempty" doc:"the filter, as the list takes it"`
	Sight   []string `json:"sight" nullable:"false"`
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
	return c.Err()
}
