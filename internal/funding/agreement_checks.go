package funding

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// plusDays gives the day so many days after d, before it where n is negative.
func plusDays(d store.Date, n int) store.Date {
	return store.Date(d.Time().AddDate(0, 0, n).Format(time.DateOnly))
}

// daysApart counts the days from one date to another.
func daysApart(from, to store.Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func standard(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

func oneOf(c *fault.Checks, field, value string, values []string) {
	c.Require(slices.Contains(values, value), field, "%q is none of %s.", value, strings.Join(values, ", "))
}

// earliest and latest bound the dates of agreements, so that a typed year of 20226 is seen.
const earliest, latest = store.Date("1990-01-01"), store.Date("2100-12-31")

func checkDate(c *fault.Checks, field string, d store.Date) {
	if d == "" {
		return
	}
	_, err := store.ParseDate(string(d))
	c.Require(err == nil && d >= earliest && d <= latest, field, "%q is not a date of the form 2026-03-29.", d)
}

// checkAmount wants nothing, or an amount of zero or more in a currency that there is; currency, where it is not
// empty, is the one it must be in.
func checkAmount(c *fault.Checks, field string, m *money.Money, currency string) {
	if m == nil {
		return
	}
	code, err := money.ParseCurrency(m.Currency)
	c.Require(err == nil, field, "%q is not an ISO 4217 currency code such as EUR or CHF.", m.Currency)
	if err == nil {
		m.Currency = code
		c.Require(currency == "" || code == currency, field, "The agreement is in %s, this is in %s.", currency, code)
	}
	c.Require(m.Minor >= 0 && m.Minor <= money.MaxMinor, field, "The amount is negative, or too large.")
}

func percent(c *fault.Checks, field string, points int) {
	c.Require(points >= 0 && points <= 10_000, field, "A percentage is between 0 and 100.")
}

// percentText writes hundredths of a percent: 700 is "7", 725 is "7.25".
func percentText(points int) string {
	if points%100 == 0 {
		return fmt.Sprint(points / 100)
	}
	return strings.TrimSuffix(fmt.Sprintf("%d.%02d", points/100, points%100), "0")
}

// within names the fields of a part of an agreement as the caller who sent that part alone has named them.
func within(err error, prefix string) error {
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 {
		return err
	}
	own := *f
	own.Fields = make([]fault.FieldError, len(f.Fields))
	for i, one := range f.Fields {
		one.Field = strings.TrimPrefix(one.Field, prefix)
		own.Fields[i] = one
	}
	own.Message = strings.TrimPrefix(own.Message, prefix)
	return &own
}
