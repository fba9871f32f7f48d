package sheet

import (
	"fmt"
	"strings"
	"testing"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		column string // ; separated
		want   string // minor units of euros, ! for an error
	}{
		{"1234.56", "123456"}, {"1234,56", "123456"}, {"1.234,56", "123456"}, {"1,234.56", "123456"},
		{"1 234,56", "123456"}, {"1\u00a0234,56", "123456"}, {"1\u202f234,56", "123456"}, {"1'234.56", "123456"}, {"1’234’567.8", "123456780"},
		{"-5", "-500"}, {"5-", "-500"}, {"(5)", "-500"}, {"−5,5", "-550"}, {"+5", "500"}, {"€ 1.234,56", "123456"}, {"1.234,56 €", "123456"},
		{"1.234.567", "123456700"}, {"1,234,567", "123456700"}, {".5", "50"}, {",5", "50"}, {"0.500", "50"}, {"1234.500", "123450"},
		{"1.234", "123400"}, {"1,234", "123400"}, // alone: groups thousands
		{"1.234;7.5", "!;750"},         // a decimal point elsewhere: three decimals are too many
		{"1.234;7,5", "123400;750"},    // a decimal comma elsewhere: groups thousands
		{"1.234;7,5;7.5", "!;750;750"}, // mixed: only what is plain by itself
		{"12,34,567", "!"}, {"1.23.456", "!"}, {"1,2345.6", "!"}, {"1'23", "!"}, {"1.234,567.8", "!"}, {"1''234", "!"}, {"1.234'567", "!"},
	} {
		values, m := strings.Split(c.column, ";"), Marks{}
		for _, v := range values {
			if n, ok := SplitNumber(v, "€"); ok {
				m.See(n)
			}
		}
		var got []string
		for _, v := range values {
			n, ok := SplitNumber(v, "€")
			minor, problem := m.Read(n, 2)
			if !ok || problem != "" {
				got = append(got, "!")
			} else {
				got = append(got, fmt.Sprint(minor))
			}
		}
		if strings.Join(got, ";") != c.want {
			t.Errorf("%s = %s, want %s", c.column, strings.Join(got, ";"), c.want)
		}
	}
}

func TestAmountsOfOtherCurrencies(t *testing.T) {
	for _, c := range []struct {
		value    string
		exponent int
		want     int64
		ok       bool
	}{
		{"1234", 0, 1234, true}, {"1234.00", 0, 1234, true}, {"1234.50", 0, 0, false}, {"1.5", 3, 1500, true},
		{"1.2345", 3, 0, false}, {"0.125", 3, 125, true}, {"1.234", 3, 0, false}, {"1.234", 0, 1234, true},
	} {
		n, _ := SplitNumber(c.value, "")
		m := Marks{}
		m.See(n)
		got, problem := m.Read(n, c.exponent)
		if (problem == "") != c.ok || got != c.want && c.ok {
			t.Errorf("%s with %d decimals = %d, %s", c.value, c.exponent, got, problem)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ column, want string }{
		{"2025-12-31", "2025-12-31"}, {"2025/1/2", "2025-01-02"}, {"2025-12-31T23:59:59Z", "2025-12-31"}, {"2025-12-31 00:00:00", "2025-12-31"},
		{"31/12/2025", "2025-12-31"}, {"31.12.2025", "2025-12-31"}, {"1.2.2025", "2025-02-01"}, {"31-12-2025", "2025-12-31"},
		{"03/04/2025", "2025-04-03"},
		{"03/04/2025;12/31/2025", "2025-03-04;2025-12-31"},
		{"03/04/2025;31/12/2025", "2025-04-03;2025-12-31"},
		{"12/31/2025;31/12/2025;2025-05-06", "!;!;2025-05-06"},
		{"12/31/2025;1.2.2025", "2025-12-31;2025-02-01"},
		{"29.02.2025", "!"}, {"29.02.2024", "2024-02-29"}, {"1/2/25", "!"}, {"2025-13-01", "!"}, {"20251231", "!"}, {"1/2", "!"}, {"1/2-2025", "!"},
	} {
		values, o := strings.Split(c.column, ";"), Orders{}
		for _, v := range values {
			if p, ok := SplitDate(v); ok {
				o.See(p)
			}
		}
		var got []string
		for _, v := range values {
			p, ok := SplitDate(v)
			d, problem := o.Read(p)
			if !ok || problem != "" {
				d = "!"
			}
			got = append(got, d)
		}
		if strings.Join(got, ";") != c.want {
			t.Errorf("%s = %s, want %s", c.column, strings.Join(got, ";"), c.want)
		}
	}
}
