package calls

import (
	"fmt"
	"reflect"
	"strings"

	"piper/internal/store"
)

// Change is one entry of a call's log.
type Change struct {
	At       store.Instant `json:"at"`
	Field    string        `json:"field"`         // title, state, opens, deadlines, budget or description
	Old      string        `json:"old,omitempty"` // as a person reads it; not given for descriptions
	New      string        `json:"new,omitempty"`
	Sentence string        `json:"sentence"`
}

// DeadlinesField is the field of a Change that moved, added or removed a deadline.
const DeadlinesField = "deadlines"

// differences lists what a reader of the log wants to know: title, state, opening, deadlines, budget
// and description. A state that only the passing of time has changed is none.
func differences(old, fresh *Call, now store.Instant) []Change {
	var list []Change
	add := func(field, was, is, sentence string) {
		list = append(list, Change{At: now, Field: field, Old: was, New: is, Sentence: sentence})
	}
	if old.Title != fresh.Title {
		add("title", old.Title, fresh.Title, fmt.Sprintf("Title changed from “%s” to “%s”.", old.Title, fresh.Title))
	}
	if was, is := old.StateAt(now), fresh.StateAt(now); was != is {
		add("state", string(was), string(is), fmt.Sprintf("With the new dates the call is %s; it was %s.", is, was))
	}
	if was, is := day(old.Opens), day(fresh.Opens); was != is {
		add("opens", was, is, moved("Opening", was, is))
	}
	if !sameDeadlines(old.Deadlines, fresh.Deadlines) {
		was, is := days(old.Deadlines), days(fresh.Deadlines)
		name := "Deadline"
		if len(old.Deadlines) > 1 || len(fresh.Deadlines) > 1 {
			name = "Deadlines"
		}
		add(DeadlinesField, was, is, moved(name, was, is))
	}
	if !reflect.DeepEqual(old.Budget, fresh.Budget) {
		was, is := old.Budget.String(), fresh.Budget.String()
		if was == is {
			add("budget", was, is, "The details of the budget changed.")
		} else {
			add("budget", was, is, moved("Budget", was, is))
		}
	}
	if old.Description != fresh.Description {
		add("description", "", "", "The description was changed.")
	}
	return list
}

func sameDeadlines(a, b []Deadline) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].At != b[i].At || a[i].Date != b[i].Date || a[i].Time != b[i].Time {
			return false
		}
	}
	return true
}

// moved says what became of a value; either side may be "".
func moved(name, was, is string) string {
	switch {
	case was == "":
		return fmt.Sprintf("%s set to %s.", name, is)
	case is == "":
		return fmt.Sprintf("%s removed; it was %s.", name, was)
	case name == "Budget":
		return fmt.Sprintf("Budget changed from %s to %s.", was, is)
	}
	return fmt.Sprintf("%s moved from %s to %s.", name, was, is)
}

func day(d store.Date) string {
	if d == "" {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

func days(deadlines []Deadline) string {
	list := make([]string, len(deadlines))
	for i, d := range deadlines {
		list[i] = day(d.Date)
		if d.Time != "" {
			list[i] += " at " + d.Time
		}
	}
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}

// String gives the budget as a person reads it: its total, or what one grant may get; "" for nil.
func (b *Budget) String() string {
	switch {
	case b == nil:
		return ""
	case b.Total != 0:
		return money(b.Total, b.Currency)
	case b.MaxContribution != 0:
		return "up to " + money(b.MaxContribution, b.Currency) + " a grant"
	}
	return "an unstated amount"
}

func money(minor int64, currency string) string {
	whole, cents := fmt.Sprint(minor/100), minor%100
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if cents != 0 {
		whole += fmt.Sprintf(".%02d", cents)
	}
	return currency + " " + whole
}
