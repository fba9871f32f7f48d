package calls

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"piper/internal/calls"
	"piper/internal/store"
)

// layouts of the portal's dates; "+0000" has no colon, so RFC 3339 alone does not read them.
var layouts = []string{"2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05-0700", time.RFC3339Nano}

// dates outside these years are placeholders ("0001-01-01", "9999-12-31").
const firstYear, lastYear = 1990, 2100

// moment reads one of the portal's dates as a wall clock in Brussels: its "+0000" is not meant. An
// offset that is not zero is believed.
func moment(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if day, err := time.ParseInLocation(time.DateOnly, s, store.Brussels); err == nil {
		return day, plausible(day)
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if _, offset := t.Zone(); offset != 0 {
			t = t.In(store.Brussels)
		} else {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, store.Brussels)
		}
		return t, plausible(t)
	}
	return time.Time{}, false
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

func civil(t time.Time) store.Date { return store.Date(t.Format(time.DateOnly)) }

// opening gives the earliest day on which one may apply.
func opening(list values, notes []string) (store.Date, []string) {
	var first store.Date
	for _, s := range list {
		t, ok := moment(s)
		if !ok {
			notes = append(notes, fmt.Sprintf("The opening date %q could not be read.", shorten(line(s), 40)))
			continue
		}
		if day := civil(t); first == "" || day < first {
			first = day
		}
	}
	return first, notes
}

// deadlines gives every deadline in order of time. Midnight means that only the day was given.
func deadlines(list values, model string, notes []string) ([]calls.Deadline, []string) {
	var out []calls.Deadline
	for _, s := range list {
		t, ok := moment(s)
		if !ok {
			notes = append(notes, fmt.Sprintf("The deadline %q could not be read.", shorten(line(s), 40)))
			continue
		}
		d := calls.Deadline{Date: civil(t), At: calls.CutOff(civil(t))}
		if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
			d.Time, d.At = strings.TrimSuffix(t.Format(time.TimeOnly), ":00"), store.At(t)
		}
		if !slices.ContainsFunc(out, func(x calls.Deadline) bool { return x.At == d.At }) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b calls.Deadline) int { return cmp.Compare(a.At, b.At) })
	for i := range out {
		switch {
		case len(out) == 2 && strings.Contains(model, "two-stage"):
			out[i].Label = [...]string{"First stage", "Second stage"}[i]
		case len(out) > 1:
			out[i].Label = fmt.Sprintf("Cut-off %d of %d", i+1, len(out))
		}
	}
	return out, notes
}
