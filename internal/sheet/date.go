package sheet

import (
	"fmt"
	"strings"
	"time"
)

// DateParts is a date as written: three numbers, and whether the year leads.
type DateParts struct {
	a, b, c int
	iso     bool // year-month-day
	mark    byte
}

// SplitDate takes a date apart: 2025-12-31 (also with / or ., and with a time of day, which is dropped),
// 31/12/2025, 31.12.2025, 31-12-2025. A year has four digits.
func SplitDate(s string) (DateParts, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && s[4] == '-' {
		s = s[:10]
	}
	var p DateParts
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

// Orders is what the dates of a column say together about the order of day and month.
type Orders struct{ DayFirst, MonthFirst, Ambiguous bool }

// See takes one date of the column into account.
func (o *Orders) See(p DateParts) {
	switch {
	case p.iso || p.mark == '.': // points mean day first wherever they are used
	case p.a > 12:
		o.DayFirst = true
	case p.b > 12:
		o.MonthFirst = true
	case p.a != p.b:
		o.Ambiguous = true
	}
}

// Read gives the date as 2025-12-31, or a sentence that says what is wrong with it.
func (o *Orders) Read(p DateParts) (string, string) {
	year, month, day := p.c, p.b, p.a
	switch {
	case p.iso:
		year, month, day = p.a, p.b, p.c
	case p.mark == '.':
	case o.DayFirst && o.MonthFirst:
		return "", "The column mixes day/month and month/day. Write the dates as 2025-12-31."
	case o.MonthFirst:
		month, day = p.a, p.b
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return "", "There is no such day."
	}
	if year < 1950 || year > 2100 {
		return "", fmt.Sprintf("The year %d is not between 1950 and 2100.", year)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), ""
}

// digits reads a number of digits alone.
func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
