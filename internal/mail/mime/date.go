package mime

import (
	"strings"
	"time"
)

// parseDate reads the dates mails carry: RFC 5322 with its obsolete forms, asctime, ISO 8601, two- and
// three-digit years, named zones, a wrong or missing weekday. It gives UTC, and the zero time for a date
// that is missing, impossible or outside 1970–2100. A missing or unknown zone counts as UTC.
func parseDate(v []byte) time.Time {
	if len(v) == 0 || len(v) > 1000 {
		return time.Time{}
	}
	var d dateParts
	text := string(unfold(v))
	if len(text) >= 10 && text[4] == '-' && text[7] == '-' {
		text = strings.Replace(text[:10], "-", " ", 2) + " " + strings.TrimLeft(text[10:], "Tt ")
		d.yearFirst = true
	}
	depth := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' }) {
		// A comment, "(CET)", never decides.
		if depth > 0 || word[0] == '(' {
			depth += strings.Count(word, "(") - strings.Count(word, ")")
			continue
		}
		if i := strings.IndexByte(word, '('); i > 0 {
			depth += strings.Count(word, "(") - strings.Count(word, ")")
			word = word[:i]
		}
		d.take(word)
	}
	return d.time()
}

// dateParts is what has been found of a date so far.
type dateParts struct {
	year, month, day   int
	hour, minute, sec  int
	offset             int // seconds east of Greenwich
	hasTime, hasOffset bool
	hasYear, yearFirst bool
}

var months = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// zones are hours, times 100 for the half hours, east of Greenwich. IST is India's: it is the commonest.
var zones = map[string]int{
	"ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 100, "west": 100, "cet": 100, "met": 100, "mez": 100,
	"cest": 200, "mest": 200, "mesz": 200, "eet": 200, "eest": 300, "msk": 300, "msd": 400, "ist": 550, "sgt": 800,
	"hkt": 800, "jst": 900, "kst": 900, "aest": 1000, "aedt": 1100, "nzst": 1200, "nzdt": 1300, "nst": -350, "adt": -300,
	"ast": -400, "edt": -400, "est": -500, "cdt": -500, "cst": -600, "mdt": -600, "mst": -700, "pdt": -700, "pst": -800,
}

// take sorts one word of a date in.
func (d *dateParts) take(word string) {
	switch c := word[0]; {
	case strings.Count(word, ":") >= 1 && '0' <= c && c <= '9':
		d.clock(word)
	case (c == '+' || c == '-') && len(word) > 2:
		d.numericZone(word)
	case '0' <= c && c <= '9':
		if parts := strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '/' || r == '.' }); len(parts) == 3 {
			// 12.34.56 after the date is a time; 12-Sep-2002 and 12/9/2002 are dates.
			if d.day > 0 && d.hasYear && !d.hasTime {
				d.clock(strings.Join(parts, ":"))
				return
			}
			for _, part := range parts {
				d.take(part)
			}
			return
		}
		d.number(word)
	default:
		d.name(strings.ToLower(strings.TrimRight(word, ".")))
	}
}

func (d *dateParts) name(word string) {
	if len(word) >= 3 && d.month == 0 {
		for i, m := range months {
			if word[:3] == m {
				d.month = i + 1
				return
			}
		}
	}
	if d.hasTime && (word == "pm" || word == "am") {
		if d.hour == 12 {
			d.hour = 0
		}
		if word == "pm" {
			d.hour += 12
		}
		return
	}
	if !d.hasTime || d.hasOffset {
		return // a weekday, or a second name of the zone
	}
	if i := strings.IndexAny(word, "+-"); i > 0 { // GMT+0100
		d.numericZone(word[i:])
		return
	}
	if hundredths, ok := zones[word]; ok {
		d.offset, d.hasOffset = hundredths*36, true
	}
}

func (d *dateParts) number(word string) {
	n, ok := atoi(word)
	switch {
	case !ok:
	case d.yearFirst && !d.hasYear:
		d.year, d.hasYear = n, true
	case d.yearFirst && d.month == 0:
		d.month = n
	case d.day == 0 && len(word) <= 2 && 1 <= n && n <= 31:
		d.day = n
	case d.day > 0 && d.month == 0 && len(word) <= 2 && 1 <= n && n <= 12:
		d.month = n
	case !d.hasYear:
		d.hasYear = true
		switch {
		case len(word) == 2 && n < 70:
			n += 2000
		case len(word) == 2 || 100 <= n && n < 200: // programs that print years since 1900, also as 0102
			n += 1900
		}
		d.year = n
	}
}

// clock reads "10:11", "10:11:12", "10:11:12.5", "10:11:12+0100" and "10:11:12Z".
func (d *dateParts) clock(word string) {
	if d.hasTime {
		return
	}
	if i := strings.IndexAny(word, "+-Zz"); i > 0 {
		if word[i]|0x20 == 'z' {
			d.hasOffset = true
		} else {
			d.numericZone(word[i:])
		}
		word = word[:i]
	}
	var values [3]int
	for i := range values {
		part, rest, more := strings.Cut(word, ":")
		part, _, _ = strings.Cut(part, ".")
		n, ok := atoi(part)
		if !ok {
			return
		}
		values[i] = n
		if word = rest; !more {
			break
		}
	}
	d.hour, d.minute, d.sec, d.hasTime = values[0], values[1], values[2], true
}

func (d *dateParts) numericZone(word string) {
	n, ok := atoi(strings.Replace(word[1:], ":", "", 1))
	if !ok || d.hasOffset {
		return
	}
	if len(word) <= 3 { // +01
		n *= 100
	}
	if n%100 > 59 || n > 2400 { // no place is that far; spam writes up to -1900, and other readers follow it
		return
	}
	d.offset, d.hasOffset = (n/100*60+n%100)*60, true
	if word[0] == '-' {
		d.offset = -d.offset
	}
}

func (d *dateParts) time() time.Time {
	if d.sec == 60 { // a leap second
		d.sec = 59
	}
	if d.year < 1970 || d.year > 2100 || d.month < 1 || d.month > 12 || d.day < 1 || d.hour > 23 || d.minute > 59 || d.sec > 59 {
		return time.Time{}
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.sec, 0, time.UTC)
	if t.Day() != d.day { // 31 February
		return time.Time{}
	}
	return t.Add(-time.Duration(d.offset) * time.Second)
}

func atoi(s string) (n int, ok bool) {
	if s == "" || len(s) > 6 {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
