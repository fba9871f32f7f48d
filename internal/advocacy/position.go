// Package advocacy knows what we want and where others stand on it: priorities, and the positions that
// stakeholders take on them.
package advocacy

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// Stances are what a position may be, from against us to for us.
var Stances = []string{"opposed", "sceptical", "neutral", "supportive", "champion"}

// Position is where a stakeholder stands on a priority, as of a day and by what we know it. One that changes is written
// down anew, so that the way from the first to the last stays to be seen; a change of one is a correction.
type Position struct {
	store.Meta
	StakeholderID string        `json:"stakeholderId"`
	PriorityID    string        `json:"priorityId"`
	Date          store.Date    `json:"date" doc:"since when, as far as we know"`
	Stance        string        `json:"stance" enum:"opposed,sceptical,neutral,supportive,champion"`
	Influence     int           `json:"influence,omitempty" minimum:"1" maximum:"5" doc:"on what is decided, from 1, little, to 5, much; absent where nobody has said"`
	Interest      int           `json:"interest,omitempty" minimum:"1" maximum:"5" doc:"in the matter, from 1, little, to 5, much; absent where nobody has said"`
	Evidence      string        `json:"evidence" doc:"by what we know it: a vote, a speech, a letter"`
	Link          string        `json:"link,omitempty" doc:"where that can be read"`
	At            store.Instant `json:"at" doc:"where it stands in a timeline"`
}

// Sorts maps what a list of positions may be sorted by to the declared field.
var Sorts = map[string]string{"date": "date", "influence": "influence", "interest": "interest", "updatedAt": "updatedAt", "createdAt": "createdAt"}

const (
	maxEvidence = 2000
	maxLink     = 2000
)

// tidy puts a position into its one form and names every field that is wrong. today is the day in Brussels.
func (p *Position) tidy(today store.Date) error {
	var c fault.Checks
	p.Evidence = strings.TrimSpace(strings.ReplaceAll(p.Evidence, "\r\n", "\n"))
	p.Link = strings.TrimSpace(p.Link)
	if p.Date == "" {
		p.Date = today
	}
	c.Require(p.StakeholderID != "", "stakeholderId", "Say whose position it is.")
	c.Require(p.PriorityID != "", "priorityId", "Choose a priority.")
	_, err := store.ParseDate(string(p.Date))
	c.Require(err == nil, "date", "%q is not a date of the form 2026-03-29.", p.Date)
	c.Require(err != nil || p.Date <= today, "date", "Nobody knows yet where they will stand.")
	c.Require(slices.Contains(Stances, p.Stance), "stance", "A position is opposed, sceptical, neutral, supportive or champion.")
	for field, n := range map[string]int{"influence": p.Influence, "interest": p.Interest} {
		c.Require(n >= 0 && n <= 5, field, "The %s is a number from 1 to 5.", field)
	}
	c.Require(p.Evidence != "", "evidence", "Say by what we know it: a vote, a speech, a letter.")
	c.Require(utf8.RuneCountInString(p.Evidence) <= maxEvidence, "evidence", "The text is longer than %d characters.", maxEvidence)
	c.Require(len(p.Link) <= maxLink, "link", "The address is longer than %d characters.", maxLink)
	c.Require(p.Link == "" || isWebAddress(p.Link), "link", "Give a whole address that begins with https:// or http://.")
	if err := c.Err(); err != nil {
		return err
	}
	p.At = p.Date.AtHour(12, 0)
	return nil
}

func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Course is where a stakeholder stands on one priority: from the first position to the last.
type Course struct {
	Priority Priority    `json:"priority"`
	Initial  *Position   `json:"initial"`
	Current  *Position   `json:"current"`
	Moved    int         `json:"moved" doc:"by how many steps from the first to the last: above 0 towards us, below 0 away"`
	History  []*Position `json:"history" nullable:"false" doc:"all of them, the newest first"`
}

// courses puts the positions of one stakeholder, the newest first, together by priority, in the order of the plan.
func courses(positions []*Position, plan *Priorities) []Course {
	list := []Course{}
	for _, priority := range plan.Priorities {
		s := Course{Priority: priority, History: []*Position{}}
		for _, p := range positions {
			if p.PriorityID == priority.ID {
				s.History = append(s.History, p)
			}
		}
		if n := len(s.History); n > 0 {
			s.Current, s.Initial = s.History[0], s.History[n-1]
			s.Moved = slices.Index(Stances, s.Current.Stance) - slices.Index(Stances, s.Initial.Stance)
			list = append(list, s)
		}
	}
	return list
}
