package money

import (
	"strings"
	"testing"
)

func TestParseReporting(t *testing.T) {
	for in, want := range map[string]string{"EUR": "EUR", "chf": "CHF", " SEK ": "SEK", "NOK": "NOK", "GBP": "GBP", "PLN": "PLN", "ISK": "", "JPY": "", "UAH": "", "HRK": "", "EURO": "", "": ""} {
		got, err := ParseReporting(in)
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q = %q, %v", in, got, err)
		}
	}
	if _, err := ParseReporting("ISK"); !strings.Contains(err.Error(), "no hundredths") {
		t.Errorf("the króna is refused by %q", err)
	}
	if Reporting("").Code() != "EUR" || Reporting("CHF").Of(5) != (Money{Minor: 5, Currency: "CHF"}) {
		t.Error("the zero value is not the euro, or an amount is in another currency")
	}
}
