// Package webhook tells other programs of changes: webhooks, and the outbox of deliveries that is written
// in the transaction of the change itself.
package webhook

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// What can happen to a record. Who may no longer be told of one (it went into the trash, it became private)
// hears that it was removed; a merge is told of the one that went, with the one it went into.
const (
	Created  = "created"
	Changed  = "changed"
	Removed  = "removed"
	Restored = "restored"
	Merged   = "merged"
)

// Test is the event of a delivery that a person asks for, to try the address.
const Test = "test"

// Noun is one kind of record that a webhook may be told of; app.go lists them.
type Noun struct {
	Name       string            // as it stands in an event: "stakeholder"
	Collection string            // an audited one
	Needs      access.Permission // what the role of a webhook must hold to hear of it
	Merges     bool              // two of them may be merged

	// Shown tells of a stored record whether anybody may be told of it, beyond what holds for every noun: it is
	// not in the trash, and the team may see it. nil: yes.
	Shown func(doc []byte) bool

	// Read gives the record as the API shows it to the reader of ctx.
	Read func(ctx context.Context, id string) (any, error)
}

// events lists what can happen to a record of the noun.
func (n Noun) events() []string {
	list := []string{Created, Changed, Removed, Restored}
	if n.Merges {
		list = append(list, Merged)
	}
	return list
}

// Hook is an address that is told of changes. Its secret lies apart, sealed (Key).
type Hook struct {
	store.Meta
	Name       string        `json:"name"`
	URL        string        `json:"url"`
	Events     []string      `json:"events" nullable:"false" doc:"noun.event, such as stakeholder.changed"`
	Role       access.Role   `json:"role" enum:"administrator,fundraiser,advocate,board" doc:"the access role that it reads as"`
	WithRecord bool          `json:"withRecord" doc:"deliveries bring the record as the API shows it to that role when it is sent"`
	PausedAt   store.Instant `json:"pausedAt,omitempty" doc:"nothing is sent; what happens meanwhile waits"`
	PausedWhy  string        `json:"pausedWhy,omitempty"`
	SecretAt   store.Instant `json:"secretAt" doc:"when its secret was made"`
}

// Key is what the deliveries of a webhook are signed with, sealed. It lies beside the webhook (same id) and
// outside the journal.
type Key struct {
	store.Meta
	Sealed []byte `json:"sealed"`
}

// Paused reports whether nothing is sent.
func (h *Hook) Paused() bool { return h.PausedAt != "" }

// Reader is who the webhook reads as: its role, owning nothing, so that nothing private can be read.
func (h *Hook) Reader() access.Reader {
	return access.Reader{AccountID: "webhook-" + h.ID, Name: "webhook " + h.Name, Role: h.Role, ReadOnly: true}
}

// Bounds of a webhook.
const (
	maxName  = 200 // characters
	maxURL   = 1000
	maxHooks = 50
)

// tidy puts a webhook into its one form and gives an Invalid fault that names every field that is wrong.
func (h *Hook) tidy(nouns []Noun, plain bool) error {
	var c fault.Checks
	h.Name, h.URL = strings.Join(strings.Fields(h.Name), " "), strings.TrimSpace(h.URL)
	c.Require(h.Name != "", "name", "Please give a name.")
	c.Require(utf8.RuneCountInString(h.Name) <= maxName, "name", "The name is longer than %d characters.", maxName)
	c.Require(len(h.URL) <= maxURL, "url", "The address is longer than %d bytes.", maxURL)
	u, err := url.Parse(h.URL)
	whole := err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http")
	c.Require(whole, "url", "Write the whole address, like https://example.org/piper, without a user name in it.")
	c.Require(!whole || plain || u.Scheme == "https", "url", "The address must begin with https, as the records of people travel there.")
	c.Require(slices.Contains(access.Roles, h.Role), "role", "The role is administrator, fundraiser, advocate or board.")
	slices.Sort(h.Events)
	h.Events = slices.Compact(h.Events)
	c.Require(len(h.Events) > 0, "events", "Choose at least one event.")
	for _, event := range h.Events {
		noun, ok := nounOf(nouns, event)
		c.Require(ok, "events", "There is no event %q.", event)
		c.Require(!ok || h.Reader().May(noun.Needs), "events", "The role %s may not read what %q tells of.", h.Role, event)
	}
	return c.Err()
}

func nounOf(nouns []Noun, event string) (Noun, bool) {
	name, what, _ := strings.Cut(event, ".")
	for _, n := range nouns {
		if n.Name == name {
			return n, slices.Contains(n.events(), what)
		}
	}
	return Noun{}, false
}

// marks are what decides whether a record may be told of, in whatever collection it lies.
type marks struct {
	TrashedAt store.Instant `json:"trashedAt"`
	Seen      *[]string     `json:"seen"`
}

// shown reports whether anybody may be told of a stored record, and whether it lies in the trash.
func (n Noun) shown(doc []byte) (yes, trashed bool, err error) {
	if doc == nil {
		return false, false, nil
	}
	var m marks
	if err := json.Unmarshal(doc, &m); err != nil {
		return false, false, err
	}
	yes = m.TrashedAt == "" && (m.Seen == nil || slices.Contains(*m.Seen, access.TeamToken)) && (n.Shown == nil || n.Shown(doc))
	return yes, m.TrashedAt != "", nil
}

// what says what a write is to somebody who only knows of records that are shown; "" is nothing.
func (n Noun) what(c store.Change) (string, error) {
	was, trashed, err := n.shown(c.Old)
	if err != nil {
		return "", err
	}
	is, _, err := n.shown(c.New)
	switch {
	case err != nil:
		return "", err
	case was && is:
		return Changed, nil
	case was:
		return Removed, nil
	case is && trashed:
		return Restored, nil
	case is:
		return Created, nil
	}
	return "", nil
}
