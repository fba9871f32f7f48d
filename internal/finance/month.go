package finance

import (
	"fmt"

	"piper/internal/store"
)

// Month is a calendar month, counted from the year 0: year × 12 + month − 1. The zero Month is none.
type Month int

// MonthOf gives the month of a date, 0 for a date that is none.
func MonthOf(d store.Date) Month {
	if len(d) != 10 {
		return 0
	}
	month := digits(string(d[5:7]))
	if month < 1 || month > 12 {
		return 0
	}
	return Month(digits(string(d[:4]))*12 + month - 1)
}

// String gives "2026-11".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// First gives the first day of the month.
func (m Month) First() store.Date { return store.Date(m.String() + "-01") }

// Last gives the last day of the month.
func (m Month) Last() store.Date {
	return store.Date(fmt.Sprintf("%s-%02d", m, (m+1).firstDay()-m.firstDay()))
}

// firstDay is the number of the month's first day.
func (m Month) firstDay() int64 { return dayNumber(int64(m)/12, int64(m)%12+1, 1) }

// year is the fiscal year of a month.
func (f Fiscal) year(m Month) int {
	if int(m)%12+1 < f.first() {
		return int(m)/12 - 1
	}
	return int(m) / 12
}

// start is the first month of a fiscal year.
func (f Fiscal) start(year int) Month { return Month(year*12 + f.first() - 1) }

// dayOf numbers a date, one more for every day; 0 for a date that is none.
func dayOf(d store.Date) int64 {
	m := MonthOf(d)
	if m == 0 {
		return 0
	}
	return m.firstDay() + int64(digits(string(d[8:10]))) - 1
}

// dayNumber counts days in the Gregorian calendar. Years begin in March, so that a leap day is the last of
// its year and every month before it has its place.
func dayNumber(year, month, day int64) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day
}
