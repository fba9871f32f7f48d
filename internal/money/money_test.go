package money

import (
	"math/rand/v2"
	"slices"
	"testing"
)

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

func TestSplitInMachineWordsIsSplit(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 2000 {
		weights := make([]int64, 1+rng.IntN(12))
		for i := range weights {
			weights[i] = rng.Int64N(40)
		}
		total := rng.Int64N(4e9) - 2e9
		small, ok := splitSmall(total, weights)
		if !ok {
			continue
		}
		large := make([]int64, len(weights)) // the same weights, too large for machine words
		for i, w := range weights {
			large[i] = w << 40
		}
		if want := Split(total, large); !slices.Equal(small, want) {
			t.Fatalf("%d over %v: %v, want %v", total, weights, small, want)
		}
	}
}

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		want           int64
	}{
		{"3239.34", "GBP", 323934}, {"40000.0", "eur", 4000000}, {"0.005", "EUR", 1}, {"-0.005", "EUR", -1}, {"0.0049", "EUR", 0},
		{"1e3", "EUR", 100000}, {"12.5", "JPY", 13}, {"1.2345", "KWD", 1235}, {"10000000000000", "EUR", 1e15},
	} {
		if got, err := ParseDecimal(c.text, c.currency); err != nil || got.Minor != c.want {
			t.Errorf("%s %s = %v, %v; want %d", c.text, c.currency, got, err, c.want)
		}
	}
	for _, bad := range [][2]string{{"10000000000000.01", "EUR"}, {"1e400", "EUR"}, {"1e-400", "EUR"}, {"", "EUR"}, {"x", "EUR"}, {"1", "ZZZ"}, {"1", ""}} {
		if got, err := ParseDecimal(bad[0], bad[1]); err == nil {
			t.Errorf("%v is read as %v", bad, got)
		}
	}
}

func TestString(t *testing.T) {
	for want, m := range map[string]Money{
		"EUR 1,234,567.05": {Minor: 123456705, Currency: "EUR"},
		"EUR -123,456.00":  {Minor: -12345600, Currency: "EUR"},
		"EUR -1,234.50":    {Minor: -123450, Currency: "EUR"},
		"EUR 999.99":       {Minor: 99999, Currency: "EUR"},
		"EUR 0.00":         {Currency: "EUR"},
		"JPY 12,000":       {Minor: 12000, Currency: "JPY"},
	} {
		if got := m.String(); got != want {
			t.Errorf("%+v is %q, want %q", m, got, want)
		}
	}
}
