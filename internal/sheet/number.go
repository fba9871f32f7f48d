package sheet

import (
	"fmt"
	"strings"
)

// MaxNumber bounds a number in its smallest units: 10 000 thousand million of a currency with two decimals.
const MaxNumber = 1_000_000_000_000_000

// Number is a number taken apart: its digits without signs and grouping, not yet read as decimals.
type Number struct {
	negative bool
	body     string // digits with the separators '.' and ',' only
	grouped  bool   // spaces or apostrophes grouped the thousands
}

// SplitNumber takes sign, grouping blanks and the symbol of a currency ("" for none) off a number. It
// accepts 1234.56, 1.234,56, 1 234,56, 1'234.56, (12.00), 12,00- and a true minus sign.
func SplitNumber(s, symbol string) (Number, bool) {
	var n Number
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); !ok {
			return n, false
		}
		n.negative, s = true, strings.TrimSpace(inner)
	}
	if symbol != "" {
		s = strings.TrimSpace(strings.Replace(s, symbol, "", 1))
	}
	for _, minus := range []string{"-", "−", "+"} {
		rest, ok := strings.CutPrefix(s, minus)
		if !ok && minus != "+" {
			rest, ok = strings.CutSuffix(s, minus)
		}
		if ok {
			if n.negative {
				return n, false
			}
			n.negative, s = minus != "+", strings.TrimSpace(rest)
			break
		}
	}
	if strings.IndexFunc(s, func(r rune) bool { return isBlankGroup(r) }) >= 0 {
		if !blankGroupsRight(s) {
			return n, false
		}
		n.grouped = true
		s = strings.Map(func(r rune) rune {
			if isBlankGroup(r) {
				return -1
			}
			return r
		}, s)
	}
	n.body = s
	digits := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c != '.' && c != ',':
			return n, false
		}
	}
	return n, digits
}

func isBlankGroup(r rune) bool {
	switch r {
	case ' ', '\'', '’', '\u00a0', '\u202f', '\u2009':
		return true
	}
	return false
}

// blankGroupsRight checks that blanks or apostrophes stand only before groups of three digits.
func blankGroupsRight(s string) bool {
	whole := s
	if i := strings.IndexAny(s, ".,"); i >= 0 {
		whole = s[:i]
		if strings.IndexFunc(s[i:], isBlankGroup) >= 0 {
			return false
		}
	}
	groups := strings.FieldsFunc(whole, isBlankGroup)
	for i, g := range groups {
		if len(g) > 3 || (i > 0 && len(g) != 3) {
			return false
		}
	}
	return len(groups) > 1 && len(strings.Map(func(r rune) rune {
		if isBlankGroup(r) {
			return 'x'
		}
		return -1
	}, whole)) == len(groups)-1
}

// decimalMark gives what the number by itself says about the decimal mark: '.', ',', or 0 where it
// says nothing ("1234") or could be read both ways ("1.234"), which ambiguous tells.
func (n Number) decimalMark() (mark byte, ambiguous bool) {
	points, commas := strings.Count(n.body, "."), strings.Count(n.body, ",")
	lastPoint, lastComma := strings.LastIndexByte(n.body, '.'), strings.LastIndexByte(n.body, ',')
	switch {
	case points == 0 && commas == 0:
		return 0, false
	case points > 0 && commas > 0:
		if lastPoint > lastComma {
			return '.', false
		}
		return ',', false
	case points > 1:
		return ',', false
	case commas > 1:
		return '.', false
	}
	mark, at := byte('.'), lastPoint
	if commas == 1 {
		mark, at = ',', lastComma
	}
	whole := n.body[:at]
	if len(n.body)-at-1 == 3 && !n.grouped && len(whole) >= 1 && len(whole) <= 3 && whole != "0" {
		return 0, true
	}
	return mark, false
}

// scaled reads the number with the given decimal mark, in units of 10^-decimals. The problem is a
// sentence, "" when all is well.
func (n Number) scaled(mark byte, decimals int) (value int64, problem string) {
	whole, fraction := n.body, ""
	if i := strings.LastIndexByte(n.body, mark); i >= 0 {
		whole, fraction = n.body[:i], n.body[i+1:]
	}
	other := "."
	if mark == '.' {
		other = ","
	}
	if strings.ContainsAny(fraction, ".,") || strings.IndexByte(whole, mark) >= 0 {
		return 0, "This is not a number."
	}
	if strings.Contains(whole, other) {
		groups := strings.Split(whole, other)
		for i, g := range groups {
			if n.grouped || len(g) > 3 || len(g) == 0 || (i > 0 && len(g) != 3) {
				return 0, "The thousands are not grouped by three digits."
			}
		}
		whole = strings.Join(groups, "")
	}
	for len(fraction) > decimals && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if len(fraction) > decimals {
		return 0, fmt.Sprintf("There are more decimals than the currency has (%d).", decimals)
	}
	for len(fraction) < decimals {
		fraction += "0"
	}
	for _, c := range []byte(whole + fraction) {
		if value = value*10 + int64(c-'0'); value > MaxNumber {
			return 0, "The amount is too large."
		}
	}
	if n.negative {
		value = -value
	}
	return value, ""
}

// Marks is what the numbers of a column say together about their decimal mark.
type Marks struct{ Point, Comma, Ambiguous bool }

// See takes one number of the column into account.
func (m *Marks) See(n Number) {
	switch mark, ambiguous := n.decimalMark(); {
	case ambiguous:
		m.Ambiguous = true
	case mark == '.':
		m.Point = true
	case mark == ',':
		m.Comma = true
	}
}

// Read gives the number in units of 10^-decimals, by its own evidence, else by the column's. Where neither
// decides, a mark before three digits groups thousands, unless there are three decimals or more.
func (m *Marks) Read(n Number, decimals int) (int64, string) {
	mark, ambiguous := n.decimalMark()
	switch {
	case !ambiguous && mark != 0:
		return n.scaled(mark, decimals)
	case !ambiguous:
		return n.scaled('.', decimals)
	case m.Point && m.Comma, !m.Point && !m.Comma && decimals >= 3:
		return 0, "It is not clear whether this is a decimal mark or groups thousands. Write two decimals."
	case m.Point:
		return n.scaled('.', decimals)
	case m.Comma:
		return n.scaled(',', decimals)
	case strings.Contains(n.body, "."):
		return n.scaled(',', decimals)
	default:
		return n.scaled('.', decimals)
	}
}
