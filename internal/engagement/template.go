package engagement

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// Template is a list of tasks that come up again and again around a day: the deadline of a report, a
// visit. Applied to a stakeholder and a day it becomes tasks, which then live on their own.
type Template struct {
	store.Meta
	Name     string `json:"name"`
	SortName string `json:"sortName" doc:"the name folded for sorting: lower case, no diacritics"`
	Anchor   string `json:"anchor,omitempty" doc:"what the day is that it counts from: deadline of the report"`
	Items    []Item `json:"items" nullable:"false"`
}

// Item is one task of a template.
type Item struct {
	Title     string `json:"title" maxLength:"300"`
	Notes     string `json:"notes,omitempty" maxLength:"20000"`
	Days      int    `json:"days" minimum:"-3650" maximum:"3650" doc:"due so many days after the anchor, before it where negative"`
	Business  bool   `json:"business,omitempty" doc:"count Mondays to Fridays only"`
	OwnerID   string `json:"ownerId,omitempty" doc:"who must do it; whoever applies the template where empty"`
	Reminders []int  `json:"reminders,omitempty" maxItems:"10" doc:"days before it is due; 7, 1 and 0 where empty"`
}

const (
	maxItems  = 200
	maxOffset = 3650 // days
)

func (t *Template) tidy(names map[string]string) error {
	var c fault.Checks
	t.Name = strings.Join(strings.Fields(t.Name), " ")
	t.SortName = store.Fold(t.Name)
	t.Anchor = strings.Join(strings.Fields(t.Anchor), " ")
	c.Require(t.Name != "", "name", "A name is needed.")
	c.Require(utf8.RuneCountInString(t.Name) <= maxTitle, "name", "The name is longer than %d characters.", maxTitle)
	c.Require(utf8.RuneCountInString(t.Anchor) <= maxTitle, "anchor", "The anchor is longer than %d characters.", maxTitle)
	c.Require(len(t.Items) > 0, "items", "A template needs at least one task.")
	c.Require(len(t.Items) <= maxItems, "items", "A template has at most %d tasks.", maxItems)
	for n := range t.Items {
		item, at := &t.Items[n], func(name string) string { return fmt.Sprintf("items[%d].%s", n, name) }
		item.Title = strings.Join(strings.Fields(item.Title), " ")
		item.Reminders = offsets(item.Reminders)
		c.Require(item.Title != "", at("title"), "A title is needed.")
		c.Require(item.Days >= -maxOffset && item.Days <= maxOffset, at("days"), "A task is at most ten years from the anchor.")
		c.Require(item.OwnerID == "" || names[item.OwnerID] != "", at("ownerId"), "There is no such account.")
	}
	return c.Err()
}

// due is the day of a task of the template.
func (i Item) due(anchor store.Date) store.Date {
	if i.Business {
		return addBusinessDays(anchor, i.Days)
	}
	return addDays(anchor, i.Days)
}
