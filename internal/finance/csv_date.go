package finance

import (
	"fmt"
	"strings"
	"time"

	"piper/internal/store"
)

// dateParts is a date as written: three numbers, and whether the year leads.
type dateParts struct {
	a, b, c int
	iso     bool // year-month-day
	mark    byte
}

// splitDate takes a date apart: 2025-12-31 (also with / or ., and with a time of day, which is dropped),
// 31/12/2025, 31.12.2025, 31-12-2025. A year has four digits.
func splitDate(s string) (dateParts, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && s[4] == '-' {
		s = s[:10]
	}
	var p dateParts
	at := strings.IndexAny(s, "-/.")
	if at < 1 {
		return p, false
	}
	p.mark = s[at]
	first, rest := s[:at], s[at+1:]
	second, third, ok := strings.Cut(rest, string(p.mark))
	if !ok || !allDigits(first) || !allDigits(second) || !allDigits(third) || len(second) > 2 {
		return p, false
	}
	p.a, p.b, p.c = digits(first), digits(second), digits(third)
	switch {
	case len(first) == 4 && len(third) <= 2:
		p.iso = true
		return p, true
	case len(first) <= 2 && len(third) == 4:
		return p, true
	}
	return p, false
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 4
}

// orders is what the dates of a column say together about the order of day and month.
type orders struct{ dayFirst, monthFirst, ambiguous bool }

func (o *orders) see(p dateParts) {
	switch {
	case p.iso || p.mark == '.': // points mean day first wherever they are used
	case p.a > 12:
		o.dayFirst = true
	case p.b > 12:
		o.monthFirst = true
	case p.a != p.b:
		o.ambiguous = true
	}
}

// read gives the date, or a sentence that says what is wrong with it.
func (o *orders) read(p dateParts) (store.Date, string) {
	year, month, day := p.c, p.b, p.a
	switch {
	case p.iso:
		year, month, day = p.a, p.b, p.c
	case p.mark == '.':
	case o.dayFirst && o.monthFirst:
		return "", "The column mixes day/month and month/day. Write the dates as 2025-12-31."
	case o.monthFirst:
		month, day = p.a, p.b
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return "", "There is no such day."
	}
	if year < 1950 || year > 2100 {
		return "", fmt.Sprintf("The year %d is not between 1950 and 2100.", year)
	}
	return store.Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)), ""
}
