package finance

import (
	"testing"

	"piper/internal/money"
	"piper/internal/store"
)

func storeDate(s string) store.Date { return store.Date(s) }

func table(latest string, days ...*RateDay) *RateTable {
	return NewRateTable("", days, store.Date(latest))
}

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
		{"euros as they are", "2026-04-06", Money{Minor: 12345, Currency: "EUR"}, 12345, "", false},
		{"Easter Monday takes Maundy Thursday", "2026-04-06", Money{Minor: 12500, Currency: "USD"}, 10000, "2026-04-02", false},
		{"the day itself", "2026-04-07", Money{Minor: 12000, Currency: "USD"}, 10000, "2026-04-07", false},
		{"no decimals", "2026-04-02", Money{Minor: 16000, Currency: "JPY"}, 10000, "2026-04-02", false},
		{"three decimals", "2026-04-02", Money{Minor: 3000, Currency: "KWD"}, 1000, "2026-04-02", false},
		{"half a cent goes up", "2026-04-02", Money{Minor: 200, Currency: "HUF"}, 1, "2026-04-02", false},
		{"and down for a refund", "2026-04-02", Money{Minor: -200, Currency: "HUF"}, -1, "2026-04-02", false},
		{"under half a cent is nothing", "2026-04-02", Money{Minor: 199, Currency: "HUF"}, 0, "2026-04-02", false},
		{"suspended for longer than ten days", "2026-04-13", Money{Minor: 100, Currency: "HUF"}, -1, "", true},
		{"ten days are not too long", "2026-04-12", Money{Minor: 40000, Currency: "HUF"}, 100, "2026-04-02", false},
		{"before the first day", "2026-04-01", Money{Minor: 100, Currency: "USD"}, -1, "", true},
		{"never quoted", "2026-04-02", Money{Minor: 100, Currency: "UAH"}, -1, "", true},
		{"a later day may speak for it", "2026-05-02", Money{Minor: 100, Currency: "USD"}, -1, "", true},
	} {
		l := &Income{Date: store.Date(c.date), Amount: c.amount}
		if err := rates().Convert(l); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := int64(-1)
		if l.Worth != nil {
			got = l.Worth.Minor
		}
		if got != c.eur || string(l.RateDate) != c.rateDate || l.Unsettled != c.unsettled {
			t.Errorf("%s: %d at %q of %s, unsettled %v", c.name, got, l.Rate, l.RateDate, l.Unsettled)
		}
	}
}

func TestConvertIsProvisionalWhileTheDayIsNotPublished(t *testing.T) {
	l := &Income{Date: "2026-04-08", Amount: Money{Minor: 12000, Currency: "USD"}}
	if err := table("2026-04-07", &RateDay{Date: "2026-04-07", Rates: map[string]string{"USD": "1.20"}}).Convert(l); err != nil {
		t.Fatal(err)
	}
	if l.Worth == nil || !l.Unsettled {
		t.Errorf("%+v", l)
	}
}

func TestConvertRefusesWhatDoesNotFit(t *testing.T) {
	l := &Income{Date: "2026-04-07", Amount: Money{Minor: money.MaxMinor, Currency: "KWD"}}
	err := table("2026-04-07", &RateDay{Date: "2026-04-07", Rates: map[string]string{"KWD": "0.0003"}}).Convert(l)
	if err == nil {
		t.Errorf("converted to %v", l.Worth)
	}
	if err := table("", &RateDay{Date: "2026-04-07", Rates: map[string]string{"USD": "0"}}).Convert(&Income{Date: "2026-04-07", Amount: Money{Minor: 1, Currency: "USD"}}); err == nil {
		t.Error("a rate of zero was used")
	}
}
