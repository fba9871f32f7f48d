package statement

import (
	"fmt"
	"regexp"
	"strings"

	"piper/internal/money"
)

// A number may have a bank's code (BIC) before it, and a currency behind it.
var (
	behindBIC = regexp.MustCompile(`^([A-Z]{4})([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?/(.+)$`)
	country2  = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$`)
)

// national is how banks of a country write an account in field 25, and the national part of the IBAN (ISO 13616
// registry) that follows from it: "" where it does not. Punctuation within the numbers is gone; bank is the first four
// letters of the BIC where one stands before the number.
var national = []struct {
	country string
	needBIC bool // without it the form could be of another country, or has too little for an IBAN
	form    *regexp.Regexp
	bban    func(bank string, m []string) string
}{
	// Germany: bank (8) and account (up to 10).
	{"DE", false, regexp.MustCompile(`^([0-9]{8})/([0-9]{1,10})$`), func(_ string, m []string) string { return m[1] + zeros(m[2], 10) }},
	// Poland: bank (7 and a check digit) and account (16), or both behind their check digits, which are those of the IBAN. A
	// Hungarian number is as long: bank (7 and a check digit) and account (15 and a check digit).
	{"PL", false, regexp.MustCompile(`^([0-9]{8})/?([0-9]{16})$`), func(_ string, m []string) string {
		if !checks(m[1], "39713971") || checks(m[1], "97319731") && checks(m[2], "97319731") {
			return ""
		}
		return m[1] + m[2]
	}},
	{"PL", false, regexp.MustCompile(`^([0-9]{2})([0-9]{24})$`), func(_ string, m []string) string {
		if iban("PL", m[2]) != "PL"+m[1]+m[2] {
			return ""
		}
		return m[2]
	}},
	// Belgium: bank (3), account (7) and a check of both by 97.
	{"BE", false, regexp.MustCompile(`^([0-9]{3})([0-9]{7})([0-9]{2})$`), func(_ string, m []string) string {
		if rest := modulo(m[1] + m[2]); fmt.Sprintf("%02d", (rest+96)%97+1) != m[3] {
			return ""
		}
		return m[1] + m[2] + m[3]
	}},
	// Austria: bank (5) and account (11, shorter only where the BIC says the country).
	{"AT", false, regexp.MustCompile(`^([0-9]{5})/([0-9]{11})$`), func(_ string, m []string) string { return m[1] + m[2] }},
	{"AT", true, regexp.MustCompile(`^([0-9]{5})/([0-9]{1,11})$`), func(_ string, m []string) string { return m[1] + zeros(m[2], 11) }},
	// Switzerland: clearing number (5) and account (12). How a shorter account is filled up, each bank decides for itself.
	{"CH", false, regexp.MustCompile(`^([0-9]{5})/([0-9A-Z]{12})$`), func(_ string, m []string) string { return m[1] + m[2] }},
	// Netherlands: account (10); the bank is that of the BIC.
	{"NL", true, regexp.MustCompile(`^([0-9]{1,10})$`), func(bank string, m []string) string { return bank + zeros(m[1], 10) }},
	// United Kingdom: sort code (6) and account (8); the bank is that of the BIC.
	{"GB", true, regexp.MustCompile(`^([0-9]{6})/?([0-9]{8})$`), func(bank string, m []string) string { return bank + m[1] + m[2] }},
}

// checks reports whether the sum of digits, each by its weight in turn, ends with 0.
func checks(digits, weights string) bool {
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * int(weights[i%len(weights)]-'0')
	}
	return sum%10 == 0
}

func zeros(digits string, width int) string { return strings.Repeat("0", width-len(digits)) + digits }

// ownNumber brings the account of field 25 into the form that CAMT.053 has: an IBAN where it can be known, else the
// number as the bank writes it.
func ownNumber(s string) string {
	bank, country := "", ""
	if m := behindBIC.FindStringSubmatch(s); m != nil {
		bank, country, s = m[1], m[2], m[3]
	}
	if n := len(s); n > 3 && s[n-4] >= '0' && s[n-4] <= '9' { // an IBAN ends with a digit in the countries whose banks do so
		if _, err := money.ParseCurrency(s[n-3:]); err == nil && (n >= 18 || !country2.MatchString(s)) {
			s = s[:n-3]
		}
	}
	if country2.MatchString(s) {
		return s
	}
	plain := strings.NewReplacer("-", "", ".", "").Replace(s)
	for _, one := range national {
		if country != "" && one.country != country || country == "" && one.needBIC {
			continue
		}
		if m := one.form.FindStringSubmatch(plain); m != nil {
			if bban := one.bban(bank, m); bban != "" {
				return iban(one.country, bban)
			}
		}
	}
	return s
}

// iban puts the two check digits of ISO 13616 between a country and its national part: 98 less the remainder, by 97, of
// both with two zeros, letters as figures (A is 10).
func iban(country, bban string) string {
	return fmt.Sprintf("%s%02d%s", country, 98-modulo(bban+country+"00"), bban)
}

// modulo gives the remainder by 97 of digits and letters, A as 10.
func modulo(text string) (remainder int) {
	for _, c := range text {
		if c >= 'A' {
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		} else {
			remainder = (remainder*10 + int(c-'0')) % 97
		}
	}
	return remainder
}

// SameAccount reports whether two accounts may be one: they are the same, or one is an IBAN and the other the national
// number that it ends with.
func SameAccount(a, b string) bool {
	if a == b {
		return true
	}
	if !isIBAN(a) {
		a, b = b, a
	}
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "", "/", "").Replace(b), "0")
	return isIBAN(a) && !isIBAN(b) && len(digits) >= 7 && strings.HasSuffix(a[4:], digits)
}

func isIBAN(s string) bool { return country2.MatchString(s) && modulo(s[4:]+s[:4]) == 1 }
