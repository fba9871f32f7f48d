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
	days   []*RateDay // by date, ascending
	latest store.Date // newest published day known, which may be after the last of days
	found  map[rateKey]*quote
}

type rateKey struct {
	currency string
	date     store.Date
}

// quote is a rate that was found, ready to divide by.
type quote struct {
	text     string
	date     store.Date
	num, den *big.Int // rate = num / den
}

// NewRateTable makes a table of days. latest is the newest published day known.
func NewRateTable(days []*RateDay, latest store.Date) *RateTable {
	sort.Slice(days, func(i, j int) bool { return days[i].Date < days[j].Date })
	if n := len(days); n > 0 && days[n-1].Date > latest {
		latest = days[n-1].Date
	}
	return &RateTable{days: days, latest: latest, found: map[rateKey]*quote{}}
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

// Silent reports whether what is worth eur on a day, nil where that is not known, stays without a rate for good: what
// was published in the days up to its own is known, and its currency is not in it.
func (t *RateTable) Silent(eur *Money, day store.Date) bool {
	if eur != nil || day > t.latest {
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

// Convert freezes the line's value in euros, with the rate, its day and its source; a line in another
// currency whose rate is missing stays without. A line that a day not yet published may still speak for
// is left unsettled, and the next run of the rates job looks at it again.
func (t *RateTable) Convert(line *Income) error {
	worth, unsettled, err := t.Worth(line.Amount, line.Date)
	if err != nil {
		return err
	}
	line.EUR, line.Rate, line.RateDate, line.RateSource = worth.EUR, worth.Rate, worth.RateDate, worth.RateSource
	line.Unsettled = unsettled
	return nil
}

// Worth gives what an amount is worth in euros on a day. It is unsettled while a day not yet published may
// still speak for it.
func (t *RateTable) Worth(amount Money, on store.Date) (worth money.Worth, unsettled bool, err error) {
	if amount.Currency == Reporting {
		return money.Worth{EUR: &amount}, false, checkEUR(&amount)
	}
	q, err := t.lookup(amount.Currency, on)
	if err != nil {
		return worth, false, err
	}
	unsettled = q == nil || t.latest < on
	if q == nil {
		return worth, unsettled, nil
	}
	minor, ok := q.toEUR(amount)
	if !ok {
		return worth, false, fault.Field("amount", "The amount is too large.")
	}
	eur := &Money{Minor: minor, Currency: Reporting}
	return money.Worth{EUR: eur, Rate: q.text, RateDate: q.date, RateSource: ECB}, unsettled, checkEUR(eur)
}

func checkEUR(m *Money) error {
	if m.Minor > money.MaxEUR || m.Minor < -money.MaxEUR {
		return fault.Field("amount", "The amount is too large.")
	}
	return nil
}

// toEUR divides by the rate and rounds to the nearest cent, an exact half away from zero, as Regulation
// (EC) 1103/97 rounds conversions; so a refund at the same rate cancels its payment to the cent.
func (q *quote) toEUR(m Money) (int64, bool) {
	n := new(big.Int).Mul(big.NewInt(m.Minor), q.den)
	d := new(big.Int).Set(q.num)
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

// WhyNotConverted says in a sentence why a line has no value in euros.
func WhyNotConverted(line *Income) string {
	return fmt.Sprintf("No rate of %s was published in the %d days up to %s.", line.Amount.Currency, MaxRateAge, line.Date)
}

func addDays(d store.Date, days int) store.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return store.Date(t.AddDate(0, 0, days).Format(time.DateOnly))
}
