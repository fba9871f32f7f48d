// Package calls holds calls for proposals, the sources they come from, and the log of what changed in
// them. One record is kept per source and reference, for good: a call that its source no longer lists
// stays as it was last seen.
package calls

import (
	"html"
	"strings"

	"piper/internal/store"
)

// Call is one call for proposals as its source last gave it. Its state is not stored: it follows from
// the dates and the moment of asking (see StateAt).
type Call struct {
	store.Meta
	SourceID       string        `json:"sourceId"`
	Reference      string        `json:"reference"`            // the source's own key, without a language
	Identifier     string        `json:"identifier,omitempty"` // what people quote; several calls may share one
	Kind           Kind          `json:"kind"`
	Title          string        `json:"title"`
	SortTitle      string        `json:"sortTitle"` // folded and cut, for sorting
	Opens          store.Date    `json:"opens,omitempty"`
	Deadlines      []Deadline    `json:"deadlines"`              // in order of time
	NextDeadline   store.Date    `json:"nextDeadline,omitempty"` // the first that is not past when restated, else the last
	ClosesAt       store.Instant `json:"closesAt,omitempty"`     // the last deadline
	Programme      string        `json:"programme,omitempty"`    // the source's code
	ProgrammeLabel string        `json:"programmeLabel,omitempty"`
	CallIdentifier string        `json:"callIdentifier,omitempty"` // of the call that a topic belongs to
	CallTitle      string        `json:"callTitle,omitempty"`
	TypeOfAction   []string      `json:"typeOfAction"`
	Budget         *Budget       `json:"budget,omitempty"`
	URL            string        `json:"url,omitempty"` // a page for people
	Language       string        `json:"language,omitempty"`
	Languages      []string      `json:"languages"` // every language the source has it in
	Summary        string        `json:"summary,omitempty"`
	Description    string        `json:"description,omitempty"` // sanitised HTML
	Conditions     string        `json:"conditions,omitempty"`  // sanitised HTML
	Keywords       []string      `json:"keywords"`
	SaidState      string        `json:"saidState,omitempty"` // what the source claims; shown, never believed
	Published      store.Instant `json:"published,omitempty"` // of a feed's item
	Notes          []string      `json:"notes,omitempty"`     // what could not be read, in sentences
	FirstSeenAt    store.Instant `json:"firstSeenAt"`
	ChangedAt      store.Instant `json:"changedAt"` // when it was new or a Change was last added
	Changes        []Change      `json:"changes"`   // oldest first
}

// Kind is what sort of call it is.
type Kind string

// The kinds.
const (
	Topic    Kind = "topic"    // a grant topic of the EU portal
	External Kind = "external" // a call of EU External Action
	Cascade  Kind = "cascade"  // passed on by a project that holds EU money
	Tender   Kind = "tender"
	Item     Kind = "item" // an item of a feed
)

// Deadline is one stage or cut-off of a call.
type Deadline struct {
	Date  store.Date    `json:"date"`           // in Brussels
	Time  string        `json:"time,omitempty"` // "17:00" or "17:00:13", where the source gives one
	At    store.Instant `json:"at"`             // without a time, 17:00 in Brussels
	Label string        `json:"label,omitempty"`
}

// Budget is the money of one topic. Amounts are minor units of Currency.
type Budget struct {
	Total           int64        `json:"total,omitempty"`
	Currency        string       `json:"currency"`
	MinContribution int64        `json:"minContribution,omitempty"` // per grant
	MaxContribution int64        `json:"maxContribution,omitempty"` // per grant
	ExpectedGrants  int64        `json:"expectedGrants,omitempty"`
	Years           []YearAmount `json:"years,omitempty"`
}

// YearAmount is the budget of one year.
type YearAmount struct {
	Year   string `json:"year"`
	Amount int64  `json:"amount"`
}

// maxSortTitle is the part of a title that sorts, in bytes; external calls have titles of hundreds.
const maxSortTitle = 120

// settle fills in what follows from the other fields, as of now.
func (c *Call) settle(now store.Instant) {
	c.SortTitle = store.Fold(c.Title)
	if len(c.SortTitle) > maxSortTitle {
		c.SortTitle = strings.ToValidUTF8(c.SortTitle[:maxSortTitle], "")
	}
	c.ClosesAt, c.NextDeadline = "", ""
	for _, d := range c.Deadlines {
		c.ClosesAt = max(c.ClosesAt, d.At)
	}
	if next, ok := c.Next(now); ok {
		c.NextDeadline = next.Date
	}
	for _, list := range []*[]string{&c.TypeOfAction, &c.Languages, &c.Keywords} {
		if *list == nil {
			*list = []string{}
		}
	}
	if c.Deadlines == nil {
		c.Deadlines = []Deadline{}
	}
	if c.Changes == nil {
		c.Changes = []Change{}
	}
}

// Next gives the first deadline that is not past, or the last where all are; false without deadlines.
func (c *Call) Next(now store.Instant) (Deadline, bool) {
	for _, d := range c.Deadlines {
		if d.At >= now {
			return d, true
		}
	}
	if n := len(c.Deadlines); n > 0 {
		return c.Deadlines[n-1], true
	}
	return Deadline{}, false
}

func words(c *Call) store.Words {
	return store.Words{
		Names: []string{c.Title, c.Identifier, c.CallTitle},
		Texts: append([]string{c.CallIdentifier, c.ProgrammeLabel, c.Summary, PlainText(c.Description), PlainText(c.Conditions)}, c.Keywords...),
	}
}

// PlainText gives the words of sanitised HTML, its blocks parted by spaces.
func PlainText(sanitised string) string {
	var b strings.Builder
	b.Grow(len(sanitised))
	for rest := sanitised; rest != ""; {
		text, after, _ := strings.Cut(rest, "<")
		b.WriteString(text)
		_, rest, _ = strings.Cut(after, ">")
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}
