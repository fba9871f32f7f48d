package finance

import (
	"fmt"
	"math/big"
	"sort"
	"time"

	"github.com/shopspring/decimal"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// MaxRateAge is how many days before a line's date its rate may have been published. The longest pause
// between two ECB days is five days (Maundy Thursday to Easter Tuesday); a rate that is older belongs
// to a currency that was suspended or retired, and then the line's rate is missing.
const MaxRateAge = 10

// ECB names the source of a frozen rate.
const ECB = "ECB"

// RateDay is one day of ECB reference rates. A currency that was not quoted that day is absent.
type RateDay struct {
	store.Meta
	Date  store.Date        `json:"date"`
	Rates map[string]string `json:"rates"` // units of the currency for one euro, as published
}

// RateTable looks rates up in published days.
type RateTable struct {
	reporting money.Reporting
	days      []*RateDay // by date, ascending
	latest    store.Date // newest published day known, which may be after the last of days
	found     map[rateKey]*quote
}

type rateKey struct {
	currency string
	date     store.Date
}

// quote is a rate that was found, ready to calculate with.
type quote struct {
	text     string
	date     store.Date
	num, den *big.Int // rate = num / den
}

// NewRateTable makes a table of days, which converts into reporting. latest is the newest published day known.
func NewRateTable(reporting money.Reporting, days []*RateDay, latest store.Date) *RateTable {
	sort.Slice(days, func(i, j int) bool { return days[i].Date < days[j].Date })
	if n := len(days); n > 0 && days[n-1].Date > latest {
		latest = days[n-1].Date
	}
	return &RateTable{reporting: reporting, days: days, latest: latest, found: map[rateKey]*quote{}}
}

// lookup finds the rate of the last published day on or before date, nil where there is none of
// MaxRateAge or less.
func (t *RateTable) lookup(currency string, date store.Date) (*quote, error) {
	key := rateKey{currency, date}
	if q, ok := t.found[key]; ok {
		return q, nil
	}
	oldest := addDays(date, -MaxRateAge)
	var q *quote
	for i := sort.Search(len(t.days), func(i int) bool { return t.days[i].Date > date }) - 1; i >= 0; i-- {
		if t.days[i].Date < oldest {
			break
		}
		if text := t.days[i].Rates[currency]; text != "" {
			var err error
			if q, err = newQuote(text, t.days[i].Date); err != nil {
				return nil, err
			}
			break
		}
	}
	t.found[key] = q
	return q, nil
}

// Silent reports whether what has a worth on a day, nil where that is not known, stays without a rate for good: what
// was published in the days up to its own is known, and its currency is not in it.
func (t *RateTable) Silent(worth *Money, day store.Date) bool {
	if worth != nil || day > t.latest {
		return false
	}
	i := sort.Search(len(t.days), func(i int) bool { return t.days[i].Date > day }) - 1
	return i >= 0 && t.days[i].Date >= addDays(day, -MaxRateAge)
}

func newQuote(text string, date store.Date) (*quote, error) {
	d, err := decimal.NewFromString(text)
	if err != nil || !d.IsPositive() {
		return nil, fault.Wrap(err, fault.Internal, "The stored rate %q of %s is not a positive number.", text, date)
	}
	q := &quote{text: text, date: date, num: d.Coefficient(), den: big.NewInt(1)}
	if e := int64(d.Exponent()); e < 0 {
		q.den.Exp(big.NewInt(10), big.NewInt(-e), nil)
	} else {
		q.num.Mul(q.num, new(big.Int).Exp(big.NewInt(10), big.NewInt(e), nil))
	}
	return q, nil
}

// Convert freezes the line's value in the reporting currency, with the rates, their days and their source; a line
// of which a rate is missing stays without. A line that a day not yet published may still speak for is left
// unsettled, and the next run of the rates job looks at it again.
func (t *RateTable) Convert(line *Income) error {
	frozen, unsettled, err := t.Worth(line.Amount, line.Date)
	if err != nil {
		return err
	}
	line.Frozen, line.Unsettled = frozen, unsettled
	return nil
}

// Worth gives what an amount is worth in the reporting currency on a day: by its rate to the euro, and from there by
// that of the reporting currency, both of the last published day on or before it. It is unsettled while a day not yet
// published may still speak for it.
func (t *RateTable) Worth(amount Money, on store.Date) (frozen money.Frozen, unsettled bool, err error) {
	if amount.Currency == t.reporting.Code() {
		return money.Frozen{Worth: &amount}, false, checkWorth(&amount)
	}
	from, err := t.against(amount.Currency, on)
	if err != nil {
		return frozen, false, err
	}
	to, err := t.against(t.reporting.Code(), on)
	if err != nil {
		return frozen, false, err
	}
	if from == nil || to == nil {
		return frozen, true, nil
	}
	minor, ok := convert(amount, from, to)
	if !ok {
		return frozen, false, fault.Field("amount", "The amount is too large.")
	}
	worth := t.reporting.Of(minor)
	return money.Frozen{Worth: &worth, Rate: from.text, RateDate: from.date, CrossRate: to.text, CrossDate: to.date, RateSource: ECB},
		t.latest < on, checkWorth(&worth)
}

// against gives a currency's rate to the euro, which is one for the euro itself and no rate of any day.
func (t *RateTable) against(currency string, on store.Date) (*quote, error) {
	if currency == money.Euro {
		return &quote{num: big.NewInt(1), den: big.NewInt(1)}, nil
	}
	return t.lookup(currency, on)
}

func checkWorth(m *Money) error {
	if m.Minor > money.MaxWorth || m.Minor < -money.MaxWorth {
		return fault.Field("amount", "The amount is too large.")
	}
	return nil
}

// convert divides by the one rate and multiplies with the other, exactly, and rounds once, to the nearest hundredth, an
// exact half away from zero, as Regulation (EC) 1103/97 rounds conversions; so a refund at the same rates cancels its
// payment to the cent.
func convert(m Money, from, to *quote) (int64, bool) {
	n := new(big.Int).Mul(big.NewInt(m.Minor), from.den)
	d := new(big.Int).Mul(from.num, to.den)
	n.Mul(n, to.num)
	ten := big.NewInt(10)
	for e := money.Exponent(m.Currency); e < 2; e++ {
		n.Mul(n, ten)
	}
	for e := money.Exponent(m.Currency); e > 2; e-- {
		d.Mul(d, ten)
	}
	negative := n.Sign() < 0
	n.Abs(n)
	rest := new(big.Int)
	n.QuoRem(n, d, rest)
	if rest.Lsh(rest, 1).Cmp(d) >= 0 {
		n.Add(n, big.NewInt(1))
	}
	if negative {
		n.Neg(n)
	}
	return n.Int64(), n.IsInt64()
}

// WhyNotConverted says in a sentence why a line has no worth.
func WhyNotConverted(line *Income, reporting money.Reporting) string {
	of := line.Amount.Currency
	switch {
	case of == money.Euro:
		of = reporting.Code()
	case reporting.Code() != money.Euro:
		of += ", or none of " + reporting.Code() + ","
	}
	return fmt.Sprintf("No rate of %s was published in the %d days up to %s.", of, MaxRateAge, line.Date)
}

func addDays(d store.Date, days int) store.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return store.Date(t.AddDate(0, 0, days).Format(time.DateOnly))
}
