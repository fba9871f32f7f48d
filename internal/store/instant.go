package store

import (
	"time"
	_ "time/tzdata" // days are Brussels days, also on a machine without a zone database

	"piper/internal/fault"
)

// Brussels is where the secretariat's days begin and end, and the Commission's deadlines fall.
var Brussels = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		panic(err) // the zones are in the program
	}
	return zone
}()

// Instant is a moment in UTC, in whole seconds: "2026-11-21T22:57:00Z". The empty Instant is none.
// Instants compare as strings.
type Instant string

// At gives the Instant of t, with parts of a second cut off; "" for the zero time.
func At(t time.Time) Instant {
	if t.IsZero() {
		return ""
	}
	return Instant(t.UTC().Format(time.RFC3339))
}

// Time gives the moment as a time, the zero time where the Instant is empty or not one.
func (i Instant) Time() time.Time {
	t, err := time.Parse(time.RFC3339, string(i))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// Date gives the day of the moment in UTC, none where the Instant is empty or not one.
func (i Instant) Date() Date {
	if t := i.Time(); !t.IsZero() {
		return Date(t.Format(time.DateOnly))
	}
	return ""
}

// Day gives the day in Brussels at the moment, none where the Instant is empty or not one.
func (i Instant) Day() Date {
	if t := i.Time(); !t.IsZero() {
		return Date(t.In(Brussels).Format(time.DateOnly))
	}
	return ""
}

// IsZero reports whether there is no moment.
func (i Instant) IsZero() bool { return i == "" }

// Date is a civil date, "2026-11-21": a day on the calendar, wherever one is. The empty Date is none.
// Dates compare as strings.
type Date string

// ParseDate checks that s is a date of the form YYYY-MM-DD that the calendar has.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fault.Wrap(err, fault.Invalid, "%q is not a date of the form 2026-11-21.", s)
	}
	return Date(s), nil
}

// AtHour gives an hour and a minute of the day in Brussels, none where the Date is empty or not one. Noon is where a day
// without an hour stands among moments.
func (d Date) AtHour(hour, minute int) Instant {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return At(time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, Brussels))
}

// Time gives midnight UTC at the beginning of the day, the zero time where the Date is empty or not one.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == "" }
