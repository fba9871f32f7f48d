// Package engagement knows what happens between us and stakeholders and what follows from it:
// interactions (meetings, phone conversations, events, notes), tasks, the templates that tasks are made
// from, who follows whom, and which reminders have gone out.
package engagement

import (
	"strings"
	"time"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// Kind is what sort of interaction it was.
type Kind string

// The kinds. A mail is no interaction: it is its own thing.
const (
	Meeting Kind = "meeting"
	Phone   Kind = "phone"
	Event   Kind = "event"
	Note    Kind = "note"
)

// Kinds lists every kind of interaction.
var Kinds = []Kind{Meeting, Phone, Event, Note}

// Interaction is something that happened with stakeholders. The day is the one that a person wrote, and
// stays that day wherever it is read.
type Interaction struct {
	store.Meta
	Kind           Kind          `json:"kind" enum:"meeting,phone,event,note"`
	Title          string        `json:"title,omitempty"`
	Date           store.Date    `json:"date"`
	Time           string        `json:"time,omitempty" doc:"HH:MM as people said it, in no zone"`
	Minutes        string        `json:"minutes,omitempty" doc:"Markdown; HTML in it is shown as it is written"`
	StakeholderIDs []string      `json:"stakeholderIds" nullable:"false"`
	ParticipantIDs []string      `json:"participantIds" nullable:"false" doc:"accounts that took part"`
	Mentions       []Mention     `json:"mentions" nullable:"false" doc:"accounts named in the title or minutes as @Name"`
	AuthorID       string        `json:"authorId"`
	Private        bool          `json:"private" doc:"readable by its author alone"`
	Seen           []string      `json:"seen" nullable:"false" doc:"sight tokens of who may read it"`
	At             store.Instant `json:"at" doc:"where it stands in a timeline"`
	TrashedAt      store.Instant `json:"trashedAt,omitempty"`
	Key            string        `json:"key,omitempty" doc:"what its author's program called it, so that sending twice makes one"`
}

// Bounds of what people may write, in characters unless said otherwise.
const (
	maxTitle   = 300
	maxMinutes = 50_000 // bytes
	maxPeople  = 200    // stakeholders, and accounts, of one record
)

// tidy puts an interaction into its one form and gives an Invalid fault that names every field that is
// wrong. names are the names of all accounts.
func (i *Interaction) tidy(now store.Instant, names map[string]string) error {
	var c fault.Checks
	i.Title = strings.Join(strings.Fields(i.Title), " ")
	i.Minutes = written(i.Minutes)
	c.Require(i.Kind == Meeting || i.Kind == Phone || i.Kind == Event || i.Kind == Note, "kind", "The kind is meeting, phone, event or note.")
	c.Require(i.Title != "" || i.Minutes != "", "title", "A title or a text is needed.")
	c.Require(utf8.RuneCountInString(i.Title) <= maxTitle, "title", "The title is longer than %d characters.", maxTitle)
	c.Require(len(i.Minutes) <= maxMinutes, "minutes", "The text is longer than 50,000 characters.")
	if i.Date == "" {
		i.Date = now.Day()
	}
	_, err := store.ParseDate(string(i.Date))
	c.Require(err == nil, "date", "%q is not a date of the form 2026-03-29.", i.Date)
	if i.Time != "" {
		_, err := time.Parse("15:04", i.Time)
		c.Require(err == nil && len(i.Time) == 5, "time", "%q is not a time of the form 14:30.", i.Time)
	}
	i.StakeholderIDs, i.ParticipantIDs = distinct(i.StakeholderIDs), distinct(i.ParticipantIDs)
	c.Require(len(i.StakeholderIDs) > 0, "stakeholderIds", "Say with whom it was, or whom it is about.")
	c.Require(len(i.StakeholderIDs) <= maxPeople, "stakeholderIds", "There are more than %d stakeholders.", maxPeople)
	for _, id := range i.ParticipantIDs {
		c.Require(names[id] != "", "participantIds", "There is no account %s.", id)
	}
	if err := c.Err(); err != nil {
		return err
	}
	i.At = instantOf(i.Date, i.Time, cmpOr(i.CreatedAt, now))
	i.Seen = sightOf(i.Private, i.AuthorID)
	i.Mentions = mentionsIn(i.Title+"\n"+i.Minutes, names, i.Seen, i.Mentions, now)
	return nil
}

// written puts a text of several lines into its one form.
func written(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

// instantOf gives a day its place among instants: the hour in Brussels that was written; without one,
// the moment it was noted where that is the same day, else noon.
func instantOf(day store.Date, clock string, noted store.Instant) store.Instant {
	if t, err := time.Parse("15:04", clock); err == nil {
		return day.AtHour(t.Hour(), t.Minute())
	}
	if noted.Day() == day {
		return noted
	}
	return day.AtHour(12, 0)
}

// sightOf gives the sight tokens of a record: the team, or if it is private these accounts alone.
func sightOf(private bool, accounts ...string) []string {
	if !private {
		return []string{access.TeamToken}
	}
	tokens := []string{}
	for _, id := range distinct(accounts) {
		tokens = append(tokens, access.OwnerToken(id))
	}
	return tokens
}

func cmpOr(a, b store.Instant) store.Instant {
	if a != "" {
		return a
	}
	return b
}

// distinct drops blanks and repetitions and keeps the order.
func distinct(list []string) []string {
	out, seen := make([]string, 0, len(list)), map[string]bool{"": true}
	for _, v := range list {
		if v = strings.TrimSpace(v); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
