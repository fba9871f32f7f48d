package engagement

import (
	"time"

	"piper/internal/store"
)

// Moment is an instant as the clock on the wall in Brussels shows it.
type Moment struct {
	Day   store.Date
	Clock string // HH:MM
}

// Local gives the day and the time in Brussels at that moment.
func Local(now store.Instant) Moment {
	t := now.Time().In(store.Brussels)
	return Moment{store.Date(t.Format(time.DateOnly)), t.Format("15:04")}
}

// DaysLater gives the day so many days after d, before it where n is negative.
func DaysLater(d store.Date, n int) store.Date { return addDays(d, n) }

func addDays(d store.Date, n int) store.Date {
	return store.Date(d.Time().AddDate(0, 0, n).Format(time.DateOnly))
}

// addBusinessDays counts Mondays to Fridays; public holidays count as business days. No days from a
// weekend is the Friday before it: what is due on an anchor must be done by then.
func addBusinessDays(d store.Date, n int) store.Date {
	t := d.Time()
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n == 0 {
		for weekend(t) {
			t = t.AddDate(0, 0, -1)
		}
	}
	for n > 0 {
		if t = t.AddDate(0, 0, step); !weekend(t) {
			n--
		}
	}
	return store.Date(t.Format(time.DateOnly))
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
