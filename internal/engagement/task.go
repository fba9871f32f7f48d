package engagement

import (
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// State says how far a task is.
type State string

// The states.
const (
	Open    State = "open"
	Done    State = "done"
	Dropped State = "dropped" // need not be done any more
)

// Task is something one of us must do. The due day is the one that a person wrote, and stays that day
// wherever it is read.
type Task struct {
	store.Meta
	Title          string        `json:"title"`
	Notes          string        `json:"notes,omitempty" doc:"Markdown; HTML in it is shown as it is written"`
	Due            store.Date    `json:"due,omitempty"`
	OwnerID        string        `json:"ownerId" doc:"the account that must do it"`
	StakeholderIDs []string      `json:"stakeholderIds" nullable:"false"`
	Mentions       []Mention     `json:"mentions,omitempty" doc:"accounts named in the title or notes as @Name that may read it"`
	State          State         `json:"state" enum:"open,done,dropped"`
	Reminders      []int         `json:"reminders" nullable:"false" doc:"how many days before it is due the owner is reminded"`
	DoneAt         store.Instant `json:"doneAt,omitempty"`
	DoneBy         string        `json:"doneBy,omitempty"`
	AuthorID       string        `json:"authorId"`
	TemplateID     string        `json:"templateId,omitempty" doc:"the template it was made from"`
	InteractionID  string        `json:"interactionId,omitempty" doc:"the interaction that it follows from"`
	Private        bool          `json:"private" doc:"readable by its author and its owner alone"`
	Seen           []string      `json:"seen" nullable:"false" doc:"sight tokens of who may read it"`
	Key            string        `json:"key,omitempty" doc:"what its author's program called it, so that sending twice makes one"`
}

// Bounds of a task.
const (
	maxTaskNotes = 20_000 // bytes
	maxReminders = 10
	maxLead      = 365 // days
)

// StandardReminders are the offsets of a task for which nobody says others.
var StandardReminders = []int{7, 1, 0}

// tidy puts a task into its one form and gives an Invalid fault that names every field that is wrong.
func (t *Task) tidy(now store.Instant, by string, names map[string]string) error {
	var c fault.Checks
	t.Title = strings.Join(strings.Fields(t.Title), " ")
	t.Notes = written(t.Notes)
	c.Require(t.Title != "", "title", "A title is needed.")
	c.Require(utf8.RuneCountInString(t.Title) <= maxTitle, "title", "The title is longer than %d characters.", maxTitle)
	c.Require(len(t.Notes) <= maxTaskNotes, "notes", "The notes are longer than 20,000 characters.")
	if t.Due != "" {
		_, err := store.ParseDate(string(t.Due))
		c.Require(err == nil, "due", "%q is not a date of the form 2026-03-29.", t.Due)
	}
	if t.State == "" {
		t.State = Open
	}
	c.Require(t.State == Open || t.State == Done || t.State == Dropped, "state", "The state is open, done or dropped.")
	c.Require(names[t.OwnerID] != "", "ownerId", "There is no such account.")
	t.StakeholderIDs = distinct(t.StakeholderIDs)
	c.Require(len(t.StakeholderIDs) <= maxPeople, "stakeholderIds", "There are more than %d stakeholders.", maxPeople)
	t.Reminders = offsets(t.Reminders)
	c.Require(len(t.Reminders) <= maxReminders, "reminders", "There are more than %d reminders.", maxReminders)
	for _, days := range t.Reminders {
		c.Require(days >= 0 && days <= maxLead, "reminders", "A reminder is between 0 and %d days before.", maxLead)
	}
	switch {
	case t.State != Done:
		t.DoneAt, t.DoneBy = "", ""
	case t.DoneAt == "":
		t.DoneAt, t.DoneBy = now, by
	}
	t.Seen = sightOf(t.Private, t.AuthorID, t.OwnerID)
	t.Mentions = mentionsIn(t.Title+"\n"+t.Notes, names, t.Seen, t.Mentions, now)
	return c.Err()
}

// offsets orders reminders, the earliest first, one of each.
func offsets(list []int) []int {
	out := append([]int{}, list...)
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return slices.Compact(out)
}

// Overdue reports whether an open task should have been done before today.
func (t *Task) Overdue(today store.Date) bool { return t.State == Open && t.Due != "" && t.Due < today }
