// Package tie knows how well each of us knows a stakeholder, from when we met and wrote and never from
// what was said.
//
// # The formula
//
// A contact is one time that an account and a stakeholder had to do with each other. It weighs
//
//	meeting 5 · phone conversation 3 · event 2 · mail 1 · mail among more than ten people 0.2
//
// and loses half of that every 90 days; after two years it counts no more. Meetings, phone conversations
// and events simply add up. Mail counts for what goes both ways: with in and out the faded weights of the
// mails received and sent,
//
//	mail = 2·min(in, out) + min(0.7, (in + out)/10)
//
// so that unanswered mail, however much, never adds more than 0.7. Warmth is the sum of all, and
//
//	score = 100·(1 − 2^(−warmth/5)), rounded down: 5 of warmth is half of the way to 100
//	band  = none below 10, weak from 10, fair from 30, strong from 60
//
// A later contact, or one more, never lowers the score. One meeting today gives 50, fair; after 90 days 29,
// weak; after 300 days 6, none. Two mails each way today give 45, fair: 2·2 + 0.4 = 4.4. A mail each way every
// thirty days gives 76, strong. A newsletter every day for two years gives 9, none: alone it never makes a tie.
//
// A tie has gone cold when it was fair or strong, within the two years, and is neither now.
//
// # Who sees what
//
// Everybody who reads stakeholders sees the band, and the words about contacts that the team may know of
// and that are no mail: that is the Tie. Score, parts and the words about mail are its Detail: the account
// itself sees it, and colleagues who use mail do where nothing of it is private.
package tie

import (
	"math"
	"slices"

	"piper/internal/store"
)

// Band is the strength of a tie in one word.
type Band string

// The bands.
const (
	None   Band = "none"
	Weak   Band = "weak"
	Fair   Band = "fair"
	Strong Band = "strong"
)

// rank orders bands.
func (b Band) rank() int { return slices.Index([]Band{None, Weak, Fair, Strong}, b) }

// Knows reports whether the band means that one knows the other at all.
func (b Band) Knows() bool { return b.rank() >= Weak.rank() }

// Compare orders bands, the stronger first.
func (b Band) Compare(o Band) int { return o.rank() - b.rank() }

// The scores from which the bands begin.
const (
	weakFrom   = 10
	fairFrom   = 30
	strongFrom = 60
)

func bandOf(score int) Band {
	switch {
	case score >= strongFrom:
		return Strong
	case score >= fairFrom:
		return Fair
	case score >= weakFrom:
		return Weak
	}
	return None
}

// Kind is what sort of contact it was.
type Kind uint8

// The kinds.
const (
	Sent Kind = iota // a mail from the account to the stakeholder
	Received
	Meeting
	Phone
	Event
	kinds
)

// weights of the kinds that add up; a mail weighs 1.
var weights = [kinds]float64{Sent: 1, Received: 1, Meeting: 5, Phone: 3, Event: 2}

const (
	crowdWeight = 0.2
	halfLife    = 90  // days
	lookBack    = 730 // days after which a contact counts no more
	halfWay     = 5   // warmth that gives a score of 50
	oneWayMost  = 0.7 // what unanswered mail adds at most
	oneWayShare = 0.1
)

// Contact is one time that an account and a stakeholder had to do with each other.
type Contact struct {
	Day     int // since 1970, in UTC
	Kind    Kind
	Crowd   bool // a mail among many people
	Private bool // the team may not know of it
}

// DayOf gives the number of the day of a moment.
func DayOf(at store.Instant) int { return int(math.Floor(float64(at.Time().Unix()) / 86400)) }

// dateOf is the day of a number.
func dateOf(day int) store.Date {
	return store.Date(store.At(epoch.AddDate(0, 0, day))[:len("2006-01-02")])
}

// warmth is the state of a tie on a day: the faded weights.
type warmth struct {
	day             int
	in, out, others float64
}

// at gives the state on a later day.
func (w warmth) at(day int) warmth {
	fade := math.Exp2(-float64(day-w.day) / halfLife)
	return warmth{day, w.in * fade, w.out * fade, w.others * fade}
}

func (w *warmth) add(c Contact) {
	weight := weights[c.Kind]
	if c.Crowd {
		weight *= crowdWeight
	}
	switch c.Kind {
	case Received:
		w.in += weight
	case Sent:
		w.out += weight
	default:
		w.others += weight
	}
}

func (w warmth) score() int {
	mail := 2*math.Min(w.in, w.out) + math.Min(oneWayMost, (w.in+w.out)*oneWayShare)
	// The small addition keeps what is exactly a whole number from being rounded down below it.
	return int(100*(1-math.Exp2(-(mail+w.others)/halfWay)) + 1e-9)
}

// Strength is what the contacts of one account with one stakeholder come to on a day.
type Strength struct {
	Score     int
	Band      Band
	Peak      Band       // the strongest it was within the two years
	ColdSince store.Date // the day since which it is neither fair nor strong; "" unless it once was
}

// Measure gives the strength on a day. What is later than today, or older than two years, does not count.
func Measure(contacts []Contact, today int) Strength {
	list := slices.DeleteFunc(slices.Clone(contacts), func(c Contact) bool { return c.Day > today || today-c.Day > lookBack })
	slices.SortStableFunc(list, func(a, b Contact) int { return a.Day - b.Day })
	var now, warm warmth // warm is the state at the last contact at which it was fair
	peak := 0
	for _, c := range list {
		now = now.at(c.Day)
		now.add(c)
		score := now.score()
		peak = max(peak, score)
		if score >= fairFrom {
			warm = now
		}
	}
	now = now.at(today)
	s := Strength{Score: now.score(), Peak: bandOf(peak)}
	s.Band = bandOf(s.Score)
	if s.Score < fairFrom && peak >= fairFrom {
		s.ColdSince = dateOf(warm.cools(today))
	}
	return s
}

// cools gives the first day, at the latest by, on which it is no longer fair if nothing more happens.
func (w warmth) cools(by int) int {
	from := w.day
	for from+1 < by {
		if middle := from + (by-from)/2; w.at(middle).score() >= fairFrom {
			from = middle
		} else {
			by = middle
		}
	}
	return by
}
