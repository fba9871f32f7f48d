package money

import (
	"slices"
	"strings"

	"piper/internal/fault"
)

// Euro is the currency that the European Central Bank quotes all others against.
const Euro = "EUR"

// Reporting is the currency of the books and of every figure. The zero value is the euro.
type Reporting string

// quoted are the currencies that the European Central Bank publishes rates of in 2026, and that have hundredths, as
// plans, statements and filters count in hundredths of the reporting currency. It also quotes ISK, JPY and KRW.
var quoted = []string{"AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "MXN", "MYR",
	"NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR"}

// ParseReporting gives a currency in which books can be kept.
func ParseReporting(s string) (Reporting, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	switch {
	case code == Euro || slices.Contains(quoted, code):
		return Reporting(code), nil
	case Exponent(code) != 2:
		return "", fault.Field("currency", "Books cannot be kept in %s, which has no hundredths.", code)
	}
	return "", fault.Field("currency", "%q is not a currency that the European Central Bank publishes rates of: %s or one of %s.", s, Euro, strings.Join(quoted, ", "))
}

// Code gives the ISO 4217 code.
func (r Reporting) Code() string {
	if r == "" {
		return Euro
	}
	return string(r)
}

// Of gives an amount of the reporting currency, in hundredths.
func (r Reporting) Of(minor int64) Money { return Money{Minor: minor, Currency: r.Code()} }
