package finance

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"piper/internal/money"
	"piper/internal/store"
)

// Worked by hand: 1,000.00 CHF ÷ 0.9312 × 10.7250 = 11,517.3969… SEK.
func TestConvertByWayOfTheEuro(t *testing.T) {
	table := func(reporting money.Reporting) *RateTable {
		return NewRateTable(reporting, []*RateDay{
			{Date: "2026-01-15", Rates: map[string]string{"CHF": "0.9312", "SEK": "10.7250", "JPY": "160", "HUF": "400", "NOK": "10"}},
			{Date: "2026-01-16", Rates: map[string]string{"SEK": "11"}},
			{Date: "2026-02-20", Rates: map[string]string{"CHF": "0.93", "HUF": "400"}},
		}, "2026-03-01")
	}
	for _, c := range []struct {
		name      string
		reporting money.Reporting
		date      store.Date
		amount    Money
		minor     int64 // -1: not converted
		want      money.Frozen
	}{
		{"francs in crowns", "SEK", "2026-01-15", Money{Minor: 1_000_00, Currency: "CHF"}, 11_517_40, money.Frozen{Rate: "0.9312", RateDate: "2026-01-15", CrossRate: "10.7250", CrossDate: "2026-01-15", RateSource: ECB}},
		{"given back at the same rates", "SEK", "2026-01-15", Money{Minor: -1_000_00, Currency: "CHF"}, -11_517_40, money.Frozen{Rate: "0.9312", RateDate: "2026-01-15", CrossRate: "10.7250", CrossDate: "2026-01-15", RateSource: ECB}},
		{"each of its own last day", "SEK", "2026-01-18", Money{Minor: 931_20, Currency: "CHF"}, 11_000_00, money.Frozen{Rate: "0.9312", RateDate: "2026-01-15", CrossRate: "11", CrossDate: "2026-01-16", RateSource: ECB}},
		{"euros have one rate", "CHF", "2026-01-15", Money{Minor: 100_00, Currency: "EUR"}, 93_12, money.Frozen{CrossRate: "0.9312", CrossDate: "2026-01-15", RateSource: ECB}},
		{"books in euros have one, too", "", "2026-01-15", Money{Minor: 93_12, Currency: "CHF"}, 100_00, money.Frozen{Rate: "0.9312", RateDate: "2026-01-15", RateSource: ECB}},
		{"the reporting currency has none", "CHF", "1999-01-15", Money{Minor: 93_12, Currency: "CHF"}, 93_12, money.Frozen{}},
		{"no decimals", "SEK", "2026-01-15", Money{Minor: 160, Currency: "JPY"}, 10_73, money.Frozen{Rate: "160", RateDate: "2026-01-15", CrossRate: "10.7250", CrossDate: "2026-01-15", RateSource: ECB}},
		// 0.075 euros: rounded in euros first it would be 0.80.
		{"rounded once", "NOK", "2026-01-15", Money{Minor: 30_00, Currency: "HUF"}, 75, money.Frozen{Rate: "400", RateDate: "2026-01-15", CrossRate: "10", CrossDate: "2026-01-15", RateSource: ECB}},
		{"half an øre goes up", "NOK", "2026-01-15", Money{Minor: 20, Currency: "HUF"}, 1, money.Frozen{Rate: "400", RateDate: "2026-01-15", CrossRate: "10", CrossDate: "2026-01-15", RateSource: ECB}},
		{"and down where it is given back", "NOK", "2026-01-15", Money{Minor: -60, Currency: "HUF"}, -2, money.Frozen{Rate: "400", RateDate: "2026-01-15", CrossRate: "10", CrossDate: "2026-01-15", RateSource: ECB}},
		{"no rate of the amount", "SEK", "2026-01-15", Money{Minor: 100, Currency: "UAH"}, -1, money.Frozen{}},
		{"no rate of the reporting currency", "SEK", "2026-02-20", Money{Minor: 100, Currency: "CHF"}, -1, money.Frozen{}},
		{"not even for euros", "SEK", "2026-02-20", Money{Minor: 100, Currency: "EUR"}, -1, money.Frozen{}},
		{"older than ten days", "CHF", "2026-01-26", Money{Minor: 100, Currency: "EUR"}, -1, money.Frozen{}},
	} {
		l := &Income{Date: c.date, Amount: c.amount}
		if err := table(c.reporting).Convert(l); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := int64(-1)
		if l.Worth != nil {
			got = l.Worth.Minor
			if l.Worth.Currency != c.reporting.Code() {
				t.Errorf("%s: in %s", c.name, l.Worth.Currency)
			}
		}
		l.Worth = nil
		if got != c.minor || l.Frozen != c.want || l.Unsettled != (c.minor == -1) {
			t.Errorf("%s: %d by %+v, unsettled %v; want %d by %+v", c.name, got, l.Frozen, l.Unsettled, c.minor, c.want)
		}
	}
	for _, c := range [][3]string{
		{"", "CHF", "No rate of CHF was published in the 10 days up to 2026-05-01."}, {"SEK", "EUR", "No rate of SEK was published in the 10 days up to 2026-05-01."},
		{"SEK", "CHF", "No rate of CHF, or none of SEK, was published in the 10 days up to 2026-05-01."},
	} {
		if got := WhyNotConverted(&Income{Date: "2026-05-01", Amount: Money{Minor: 1, Currency: c[1]}}, money.Reporting(c[0])); got != c[2] {
			t.Errorf("%s in %s: %s", c[1], c[0], got)
		}
	}
}

// What is frozen is enough to compute the worth again, whatever the currencies and rates.
func TestWorthFollowsFromWhatIsFrozen(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	codes := []string{"EUR", "CHF", "SEK", "JPY", "KWD"}
	rate := func() string { return new(big.Rat).SetFrac64(1+rng.Int64N(1e7), 10_000).FloatString(4) }
	for range 3000 {
		day := &RateDay{Date: "2026-01-15", Rates: map[string]string{"CHF": rate(), "SEK": rate(), "JPY": rate(), "KWD": rate()}}
		reporting := money.Reporting(codes[rng.IntN(3)])
		amount := Money{Minor: rng.Int64N(2e6) - 1e6, Currency: codes[rng.IntN(len(codes))]}
		frozen, unsettled, err := NewRateTable(reporting, []*RateDay{day}, "2026-01-15").Worth(amount, "2026-01-15")
		if err != nil || unsettled || frozen.Worth == nil {
			t.Fatalf("%v in %s: %+v, %v", amount, reporting, frozen, err)
		}
		exact := new(big.Rat).SetInt64(amount.Minor)
		for _, step := range []struct {
			rate   string
			divide bool
		}{{frozen.Rate, true}, {frozen.CrossRate, false}} {
			by, ok := new(big.Rat).SetString(step.rate)
			switch {
			case !ok:
			case step.divide:
				exact.Quo(exact, by)
			default:
				exact.Mul(exact, by)
			}
		}
		switch amount.Currency {
		case "JPY":
			exact.Mul(exact, big.NewRat(100, 1))
		case "KWD":
			exact.Mul(exact, big.NewRat(1, 10))
		}
		off := exact.Sub(exact, new(big.Rat).SetInt64(frozen.Worth.Minor))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%v in %s is %v, off by %s of a hundredth", amount, reporting, frozen.Worth, off.FloatString(4))
		}
	}
}
