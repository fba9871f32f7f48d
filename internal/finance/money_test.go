package finance

import (
	"math/rand/v2"
	"slices"
	"testing"

	"piper/internal/store"
)

func storeDate(s string) store.Date { return store.Date(s) }

func TestSplitWorkedNumber(t *testing.T) {
	if got := Split(10000, []int64{1, 1, 1}); !slices.Equal(got, []int64{3334, 3333, 3333}) {
		t.Errorf("100.00 over three funds = %v", got)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		want    []int64
	}{
		{-10000, []int64{1, 1, 1}, []int64{-3334, -3333, -3333}},
		{5, []int64{0, 1, 0}, []int64{0, 5, 0}},
		{10, []int64{1, 2, 3, 4}, []int64{1, 2, 3, 4}},
		{1, []int64{1, 2}, []int64{0, 1}},
		{0, []int64{1, 2}, []int64{0, 0}},
		{9223372036854775807, []int64{9223372036854775807, 9223372036854775807}, []int64{4611686018427387904, 4611686018427387903}},
		{7, nil, nil}, {7, []int64{0, 0}, nil}, {7, []int64{-1, 2}, nil},
	} {
		if got := Split(c.total, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("Split(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
		}
	}
}

// Parts add up exactly, and each is within one unit of its exact share.
func TestSplitIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		weights := make([]int64, 1+rng.IntN(20))
		var sum int64
		for i := range weights {
			weights[i] = rng.Int64N(1e6)
			sum += weights[i]
		}
		if sum == 0 {
			continue
		}
		total := rng.Int64N(2e12) - 1e12
		var back int64
		for i, p := range Split(total, weights) {
			back += p
			exact := float64(total) * float64(weights[i]) / float64(sum)
			if d := float64(p) - exact; d >= 1.001 || d <= -1.001 {
				t.Fatalf("part %d of %d is %d, exactly %v", i, total, p, exact)
			}
		}
		if back != total {
			t.Fatalf("parts of %d add up to %d", total, back)
		}
	}
}

func TestMoneyDecimal(t *testing.T) {
	for _, c := range []struct {
		m    Money
		want string
	}{
		{Money{123456, "EUR"}, "1234.56"}, {Money{-5, "EUR"}, "-0.05"}, {Money{0, "EUR"}, "0.00"},
		{Money{123456, "JPY"}, "123456"}, {Money{-1, "KWD"}, "-0.001"}, {Money{12345, "TND"}, "12.345"},
	} {
		if got := c.m.Decimal(); got != c.want {
			t.Errorf("%+v = %s, want %s", c.m, got, c.want)
		}
	}
}

func TestParseCurrency(t *testing.T) {
	for in, want := range map[string]string{"eur": "EUR", " chf ": "CHF", "XXX": "", "EURO": "", "": "", "€": "", "HRK": "HRK"} {
		got, err := ParseCurrency(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q = %q, %v", in, got, err)
		}
	}
}

func table(latest string, days ...*RateDay) *RateTable { return NewRateTable(days, store.Date(latest)) }

func TestConvert(t *testing.T) {
	rates := func() *RateTable {
		return table("2026-05-01",
			&RateDay{Date: "2026-04-02", Rates: map[string]string{"USD": "1.25", "JPY": "160.00", "KWD": "0.3", "HUF": "400"}},
			&RateDay{Date: "2026-04-07", Rates: map[string]string{"USD": "1.20"}})
	}
	for _, c := range []struct {
		name, date string
		amount     Money
		eur        int64 // -1: not converted
		rateDate   string
		unsettled  bool
	}{
		{"euros as they are", "2026-04-06", Money{12345, "EUR"}, 12345, "", false},
		{"Easter Monday takes Maundy Thursday", "2026-04-06", Money{12500, "USD"}, 10000, "2026-04-02", false},
		{"the day itself", "2026-04-07", Money{12000, "USD"}, 10000, "2026-04-07", false},
		{"no decimals", "2026-04-02", Money{16000, "JPY"}, 10000, "2026-04-02", false},
		{"three decimals", "2026-04-02", Money{3000, "KWD"}, 1000, "2026-04-02", false},
		{"half a cent goes up", "2026-04-02", Money{200, "HUF"}, 1, "2026-04-02", false},
		{"and down for a refund", "2026-04-02", Money{-200, "HUF"}, -1, "2026-04-02", false},
		{"under half a cent is nothing", "2026-04-02", Money{199, "HUF"}, 0, "2026-04-02", false},
		{"suspended for longer than ten days", "2026-04-13", Money{100, "HUF"}, -1, "", true},
		{"ten days are not too long", "2026-04-12", Money{40000, "HUF"}, 100, "2026-04-02", false},
		{"before the first day", "2026-04-01", Money{100, "USD"}, -1, "", true},
		{"never quoted", "2026-04-02", Money{100, "UAH"}, -1, "", true},
		{"a later day may speak for it", "2026-05-02", Money{100, "USD"}, -1, "", true},
	} {
		l := &Income{Date: store.Date(c.date), Amount: c.amount}
		if err := rates().Convert(l); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := int64(-1)
		if l.EUR != nil {
			got = l.EUR.Minor
		}
		if got != c.eur || string(l.RateDate) != c.rateDate || l.Unsettled != c.unsettled {
			t.Errorf("%s: %d at %q of %s, unsettled %v", c.name, got, l.Rate, l.RateDate, l.Unsettled)
		}
	}
}

func TestConvertIsProvisionalWhileTheDayIsNotPublished(t *testing.T) {
	l := &Income{Date: "2026-04-08", Amount: Money{12000, "USD"}}
	if err := table("2026-04-07", &RateDay{Date: "2026-04-07", Rates: map[string]string{"USD": "1.20"}}).Convert(l); err != nil {
		t.Fatal(err)
	}
	if l.EUR == nil || !l.Unsettled {
		t.Errorf("%+v", l)
	}
}

func TestConvertRefusesWhatDoesNotFit(t *testing.T) {
	l := &Income{Date: "2026-04-07", Amount: Money{MaxMinor, "KWD"}}
	err := table("2026-04-07", &RateDay{Date: "2026-04-07", Rates: map[string]string{"KWD": "0.0003"}}).Convert(l)
	if err == nil {
		t.Errorf("converted to %v", l.EUR)
	}
	if err := table("", &RateDay{Date: "2026-04-07", Rates: map[string]string{"USD": "0"}}).Convert(&Income{Date: "2026-04-07", Amount: Money{1, "USD"}}); err == nil {
		t.Error("a rate of zero was used")
	}
}
