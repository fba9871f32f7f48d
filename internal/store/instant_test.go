package store_test

import (
	"testing"

	"piper/internal/store"
)

// A day begins and ends in Brussels, in winter and in summer.
func TestBrusselsDays(t *testing.T) {
	for at, want := range map[store.Instant]store.Date{
		"2026-01-31T22:59:59Z": "2026-01-31", "2026-01-31T23:00:00Z": "2026-02-01",
		"2026-06-30T21:59:59Z": "2026-06-30", "2026-06-30T22:00:00Z": "2026-07-01", "": "", "soon": "",
	} {
		if got := at.Day(); got != want {
			t.Errorf("%q is of the day %q, want %q", at, got, want)
		}
	}
	for day, want := range map[store.Date]store.Instant{
		"2026-03-28": "2026-03-28T11:00:00Z", "2026-03-29": "2026-03-29T10:00:00Z", "2026-10-25": "2026-10-25T11:00:00Z", "": "", "31 May": "",
	} {
		if got := day.AtHour(12, 0); got != want {
			t.Errorf("noon of %q is %q, want %q", day, got, want)
		}
	}
	if got := store.Date("2026-07-01").AtHour(17, 30); got != "2026-07-01T15:30:00Z" || got.Day() != "2026-07-01" {
		t.Errorf("half past five is %q", got)
	}
}
