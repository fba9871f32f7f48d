package stakeholder

import (
	"regexp"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Span is how long something holds. Either end may be open, and may be known to the day, the month or
// only the year: 2024-09-16, 2024-09, 2024. Both ends are part of it.
type Span struct {
	From string `json:"from,omitempty" pattern:"^[0-9]{4}(-[0-9]{2}){0,2}$" doc:"a day, a month or a year"`
	To   string `json:"to,omitempty" pattern:"^[0-9]{4}(-[0-9]{2}){0,2}$" doc:"a day, a month or a year; absent where it goes on"`
}

// State says how a span lies to a day.
type State string

// The states.
const (
	Past    State = "past"
	Current State = "current"
	Future  State = "future"
)

// At gives the state on a day. A span that ends in 2024 has ended with the last day of it.
func (s Span) At(day store.Date) State {
	switch {
	case s.To != "" && s.To < prefix(day, s.To):
		return Past
	case s.From > string(day): // a month or a year begins with its first day, which no text before it precedes
		return Future
	}
	return Current
}

func prefix(day store.Date, like string) string { return string(day[:min(len(day), len(like))]) }

// Overlaps reports whether there is a day in both.
func (s Span) Overlaps(o Span) bool { return !before(s.To, o.From) && !before(o.To, s.From) }

// before reports whether one end lies wholly before the other, as far as both are known.
func before(to, from string) bool {
	n := min(len(to), len(from))
	return n > 0 && to[:n] < from[:n]
}

var dateForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}){0,2}$`)

func isDate(text string) bool {
	layout := time.DateOnly
	_, err := time.Parse(layout[:min(len(text), len(layout))], text)
	return dateForm.MatchString(text) && err == nil
}

func (s *Span) tidy(c *fault.Checks) {
	s.From, s.To = compact(s.From), compact(s.To)
	right := true
	for _, end := range []struct{ field, value string }{{"from", s.From}, {"to", s.To}} {
		ok := end.value == "" || isDate(end.value)
		c.Require(ok, end.field, "%q is not a date of the form 2026-11-21, 2026-11 or 2026.", end.value)
		right = right && ok
	}
	c.Require(!right || !before(s.To, s.From), "to", "The end is before the beginning.")
}

// inState is State as a filter over the fields from and to.
func inState(state State, day store.Date) filter.Expr {
	ended := filter.And{
		filter.Compare{Field: "to", Op: filter.Lt, Value: string(day)},
		// the month and the year that the day is in are texts before it, and have not ended
		filter.Not{Expr: filter.In{Field: "to", Values: []any{string(day[:7]), string(day[:4])}}},
	}
	begun := filter.Not{Expr: filter.Compare{Field: "from", Op: filter.Gt, Value: string(day)}}
	switch state {
	case Past:
		return ended
	case Future:
		return filter.And{filter.Not{Expr: ended}, filter.Not{Expr: begun}}
	case Current:
		return filter.And{filter.Not{Expr: ended}, begun}
	}
	return nil
}
