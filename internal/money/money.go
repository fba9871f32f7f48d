// Package money is amounts, and what nouns that hold money need of them: currencies, exact division, and what an
// amount is worth in the reporting currency at rates that are frozen with it. Where rates come from it does not know.
package money

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"

	"piper/internal/fault"
	"piper/internal/store"
)

// MaxMinor bounds an amount, in minor units of any currency, and MaxWorth what it is worth in hundredths of the
// reporting currency, so that a sum of more lines than a store holds never leaves an int64.
const (
	MaxMinor int64 = 1e15
	MaxWorth int64 = 1e13
)

// Money is an amount in minor units of an ISO 4217 currency: {12345, "EUR"} is 123.45 euros.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// Frozen is what an amount is worth in the reporting currency, with the rates that say so frozen beside it: the amount,
// divided by Rate and multiplied with CrossRate, each where there is one, and rounded once. Without Worth a rate is
// missing: the amount is left out of figures and listed beside them, never taken as 1.
type Frozen struct {
	Worth      *Money     `json:"worth,omitempty" doc:"in the reporting currency; none: no rate is known, so it counts in no figure"`
	Rate       string     `json:"rate,omitempty" doc:"units of the amount's currency for one euro, as published; empty for euros, and where nothing was converted"`
	RateDate   store.Date `json:"rateDate,omitempty" doc:"the day of rate"`
	CrossRate  string     `json:"crossRate,omitempty" doc:"units of the reporting currency for one euro, as published; empty where that is the euro, and where nothing was converted"`
	CrossDate  store.Date `json:"crossDate,omitempty" doc:"the day of crossRate"`
	RateSource string     `json:"rateSource,omitempty"`
}

// SameRates reports whether two amounts were converted by the same rates of the same days.
func (f Frozen) SameRates(g Frozen) bool {
	return f.Rate == g.Rate && f.RateDate == g.RateDate && f.CrossRate == g.CrossRate && f.CrossDate == g.CrossDate
}

// exponents holds the ISO 4217 currencies whose minor unit is not a hundredth, retired ones that the
// ECB quoted included.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"TRL": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// Exponent gives the number of decimals of a currency.
func Exponent(code string) int {
	if e, ok := exponents[code]; ok {
		return e
	}
	return 2
}

// ParseCurrency gives the ISO 4217 code in capitals; retired codes are known too, because old income
// was paid in them.
func ParseCurrency(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if _, err := currency.ParseISO(code); err != nil || code == "XXX" || code == "XTS" {
		return "", fault.Field("currency", "%q is not an ISO 4217 currency code such as EUR or CHF.", s)
	}
	return code, nil
}

// String gives the amount as sentences and screens show it, "EUR -1,234.50".
func (m Money) String() string {
	text := m.Decimal()
	whole, _, _ := strings.Cut(text, ".")
	digits := len(strings.TrimPrefix(whole, "-"))
	for n := 3; n < digits; n += 3 {
		at := len(whole) - n
		text = text[:at] + "," + text[at:]
	}
	return m.Currency + " " + text
}

// Decimal gives the amount with its decimals, a point and no grouping, as programs read it.
func (m Money) Decimal() string {
	e := Exponent(m.Currency)
	if e == 0 {
		return fmt.Sprintf("%d", m.Minor)
	}
	sign, digits := "", fmt.Sprintf("%d", m.Minor)
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= e {
		digits = strings.Repeat("0", e+1-len(digits)) + digits
	}
	return sign + digits[:len(digits)-e] + "." + digits[len(digits)-e:]
}

// ParseDecimal gives decimal text, as programs write it, in minor units: rounded to the currency's decimals, an exact
// half away from zero. It is for published amounts of others; a ledger line has no more decimals than its currency.
func ParseDecimal(text, code string) (Money, error) {
	code, err := ParseCurrency(code)
	if err != nil {
		return Money{}, err
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > 30 || d.Exponent() < -60 {
		return Money{}, fault.Field("amount", "%q is not an amount.", text)
	}
	d = d.Shift(int32(Exponent(code))).Round(0)
	if d.Abs().GreaterThan(decimal.NewFromInt(MaxMinor)) {
		return Money{}, fault.Field("amount", "The amount is too large.")
	}
	return Money{Minor: d.IntPart(), Currency: code}, nil
}
