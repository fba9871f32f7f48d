package calls

import (
	"piper/internal/store"
	"piper/internal/store/filter"
)

// State says whether one may apply.
type State string

// The states.
const (
	Forthcoming State = "forthcoming" // opens on a later day
	Open        State = "open"        // has a deadline that is not past
	Closed      State = "closed"      // its last deadline is past
	Unknown     State = "unknown"     // no dates that would tell
)

// States lists every state in the order of a call's life.
var States = []State{Forthcoming, Open, Closed, Unknown}

// cutOffHour is when a deadline falls for which only the day is given.
const cutOffHour = 17

// CutOff is the instant of a deadline for which only the day is given: 17:00 in Brussels.
func CutOff(day store.Date) store.Instant { return day.AtHour(cutOffHour, 0) }

// StateAt derives the state of a call from its dates alone: what the source claims is often years out
// of date, and that it no longer lists a call says nothing. A call of two stages is open until the last.
func (c *Call) StateAt(now store.Instant) State {
	switch {
	case c.ClosesAt != "" && c.ClosesAt < now:
		return Closed
	case c.Opens > now.Day():
		return Forthcoming
	case c.ClosesAt != "":
		return Open
	}
	return Unknown
}

// where is the same rule as StateAt for the store, so that a list by state is right at the moment of
// asking and nothing has to be rewritten as days pass.
func (s State) where(now store.Instant) filter.Expr {
	dated := filter.Exists{Field: "closesAt"}
	past := filter.Compare{Field: "closesAt", Op: filter.Lt, Value: string(now)}
	later := filter.Compare{Field: "opens", Op: filter.Gt, Value: string(now.Day())}
	switch s {
	case Closed:
		return past
	case Forthcoming:
		return filter.And{later, filter.Not{Expr: past}}
	case Open:
		return filter.And{filter.Compare{Field: "closesAt", Op: filter.Gte, Value: string(now)}, filter.Not{Expr: later}}
	}
	return filter.And{filter.Not{Expr: dated}, filter.Not{Expr: later}}
}
