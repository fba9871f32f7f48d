package finance

import (
	"fmt"
	"time"

	"piper/internal/store"
)

// Fiscal is the calendar of the books: the month in which a fiscal year begins. The zero value is the
// calendar year. A fiscal year is named after the calendar year in which it begins.
type Fiscal struct{ FirstMonth time.Month }

func (f Fiscal) first() int {
	if f.FirstMonth < time.January || f.FirstMonth > time.December {
		return 1
	}
	return int(f.FirstMonth)
}

// Year gives the fiscal year of a date, 0 for a date that is none.
func (f Fiscal) Year(d store.Date) int {
	if len(d) < 7 {
		return 0
	}
	year := digits(string(d[:4]))
	if digits(string(d[5:7])) < f.first() {
		year--
	}
	return year
}

// Range gives the first day of fiscal year from and the first day after fiscal year to.
func (f Fiscal) Range(from, to int) (first, after store.Date) {
	return store.Date(fmt.Sprintf("%04d-%02d-01", from, f.first())), store.Date(fmt.Sprintf("%04d-%02d-01", to+1, f.first()))
}

// Label names a fiscal year: "2026", or "2026/27" where it does not begin in January.
func (f Fiscal) Label(year int) string {
	if f.first() == 1 {
		return fmt.Sprintf("%d", year)
	}
	return fmt.Sprintf("%d/%02d", year, (year+1)%100)
}

// digits reads a short run of ASCII digits; the figures ask it once per line.
func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
