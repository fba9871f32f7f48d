package tie

import (
	"fmt"
	"strings"
	"time"

	"piper/internal/store"
)

var epoch = time.Unix(0, 0).UTC()

// recent is how many days back the words count: half a year.
const recent = 183

// Count is how often something happened in the last six months, and when it last did.
type Count struct {
	Recent int        `json:"recent" doc:"in the last six months"`
	Last   store.Date `json:"last,omitempty" doc:"in the last two years"`
}

func (c *Count) add(day, today int) {
	if today-day <= recent {
		c.Recent++
	}
	if d := dateOf(day); d > c.Last {
		c.Last = d
	}
}

// Parts is what a strength is made of.
type Parts struct {
	Sent     Count `json:"sent"`
	Received Count `json:"received"`
	Meetings Count `json:"meetings"`
	Phones   Count `json:"phones"`
	Events   Count `json:"events"`
}

// partsOf counts the contacts that are wanted.
func partsOf(contacts []Contact, today int, wanted func(Contact) bool) Parts {
	var p Parts
	by := [kinds]*Count{Sent: &p.Sent, Received: &p.Received, Meeting: &p.Meetings, Phone: &p.Phones, Event: &p.Events}
	for _, c := range contacts {
		if wanted(c) && c.Day <= today && today-c.Day <= lookBack {
			by[c.Kind].add(c.Day, today)
		}
	}
	return p
}

// Reasons says the parts in words: "12 mails both ways in 6 months, last on 3 November", "2 meetings in 6
// months, last on 1 October". A year is named where it is not that of today.
func (p Parts) Reasons(today int) []string {
	reasons := []string{}
	say := func(s string) {
		if s != "" {
			reasons = append(reasons, s)
		}
	}
	say(sentence(p.Meetings, "meeting", "", today))
	say(sentence(p.Phones, "phone conversation", "", today))
	say(sentence(p.Events, "event", "", today))
	mail := Count{p.Sent.Recent + p.Received.Recent, max(p.Sent.Last, p.Received.Last)}
	how := " both ways"
	switch {
	case p.Sent.Recent == 0:
		how = " from them, none from us"
	case p.Received.Recent == 0:
		how = " from us, none from them"
	}
	say(sentence(mail, "mail", how, today))
	return reasons
}

func sentence(c Count, noun, how string, today int) string {
	if c.Last == "" {
		return ""
	}
	last := dayWords(c.Last, today)
	if c.Recent == 0 {
		return fmt.Sprintf("no %s in 6 months, last on %s", noun, last)
	}
	if c.Recent != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s%s in 6 months, last on %s", c.Recent, noun, how, last)
}

func dayWords(d store.Date, today int) string {
	t := d.Time()
	words := t.Format("2 January 2006")
	if t.Year() == dateOf(today).Time().Year() {
		words = strings.TrimSuffix(words, t.Format(" 2006"))
	}
	return words
}
