package report

import (
	"context"
	"errors"
	"testing"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// members are the organisations with that role.
type members struct{ *stakeholder.Repo }

func (m members) Members(ctx context.Context) (map[string]string, error) {
	return m.WithRole(ctx, "member")
}

// feesHouse has three members and one who was one, with fees of 2025 in francs and of 2026 in euros.
func feesHouse(t *testing.T) (*house, map[string]string, *finance.Ledger) {
	h := open(t)
	h.reports.Fees, h.reports.Members = h.repo, members{h.people}
	ids := map[string]string{}
	for _, name := range []string{"Ängla", "Beacon", "Candle", "Dusk"} {
		s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: name, Roles: []string{"member"}}
		if name == "Dusk" {
			s.Roles = []string{"other"}
		}
		h.create(t, s)
		ids[name] = s.ID
	}
	for _, f := range []*finance.FeeYear{
		{Year: 2026, Amount: finance.Money{Minor: 100_000, Currency: "EUR"}, Exceptions: []finance.FeeException{{MemberID: ids["Candle"], Minor: 0, Reason: "in its first year"}}},
		{Year: 2025, Amount: finance.Money{Minor: 90_000, Currency: "CHF"}},
	} {
		if err := h.repo.AddFee(h.ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	return h, ids, finance.NewLedger(h.repo, h.people)
}

func (h *house) pay(t *testing.T, ledger *finance.Ledger, who, day string, minor int64, currency string, forYear int) *finance.Income {
	t.Helper()
	l, err := ledger.Add(h.ctx, finance.Entry{DonorID: who, Date: store.Date(day), Amount: finance.Money{Minor: minor, Currency: currency}, ForYear: forYear,
		Earmarking: finance.Unearmarked, Restriction: finance.Unrestricted, SourceType: "membership"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFeeOverview(t *testing.T) {
	h, ids, ledger := feesHouse(t)
	h.pay(t, ledger, ids["Ängla"], "2026-02-01", 60_000, "EUR", 0)
	h.pay(t, ledger, ids["Ängla"], "2026-01-10", 90_000, "CHF", 2025) // late, for the year before
	back := h.pay(t, ledger, ids["Beacon"], "2025-12-20", 100_000, "EUR", 2026)
	if _, err := ledger.Reverse(h.ctx, back.ID, back.Rev, "2026-03-01", ""); err != nil {
		t.Fatal(err)
	}
	h.pay(t, ledger, ids["Beacon"], "2026-05-01", 120_000, "EUR", 0)
	h.pay(t, ledger, ids["Dusk"], "2025-05-01", 5_000, "EUR", 0)

	o, err := h.reports.FeeOverview(h.ctx, 0, "", "")
	if err != nil {
		t.Fatal(err)
	}
	order := ""
	for _, p := range o.Payers {
		order += p.Name + " "
	}
	if order != "Ängla Beacon Candle Dusk " || o.Years[0] != 2026 || len(o.Years) != FeeSpan {
		t.Fatalf("%s %v", order, o.Years)
	}
	angla, beacon, candle, dusk := o.Payers[0].Cells, o.Payers[1].Cells, o.Payers[2].Cells, o.Payers[3].Cells
	if angla[0].Outstanding.Minor != 40_000 || angla[1].Paid.Minor != 90_000 || angla[1].Outstanding.Minor != 0 || angla[2].Due != nil {
		t.Errorf("%+v", angla)
	}
	if beacon[0].Paid.Minor != 120_000 || beacon[0].Outstanding.Minor != 0 || beacon[0].Lines != 3 || beacon[1].Outstanding.Minor != 90_000 {
		t.Errorf("%+v", beacon)
	}
	if candle[0].Due.Minor != 0 || candle[0].Reason == "" || candle[0].Outstanding.Minor != 0 {
		t.Errorf("%+v", candle)
	}
	if dusk[1].Due != nil || dusk[1].Lines != 1 || dusk[1].Elsewhere != 1 || dusk[1].Paid.Minor != 0 { // euros towards a fee in francs
		t.Errorf("%+v", dusk)
	}
	if total := o.Totals[0]; total.Due.Minor != 200_000 || total.Paid.Minor != 180_000 || total.Outstanding.Minor != 40_000 || total.Open != 1 || total.FeeID == "" {
		t.Errorf("%+v", total)
	}

	// Each figure is the sum of its lines.
	for _, p := range o.Payers {
		for i, cell := range p.Cells {
			lines, err := h.reports.FeeLines(h.ctx, p.ID, o.Years[i])
			if err != nil || len(lines) != cell.Lines {
				t.Fatalf("%s %d: %d lines, %v", p.Name, o.Years[i], len(lines), err)
			}
			var sum int64
			for _, l := range lines {
				if minor, ok := l.Towards(cell.Paid.Currency); ok {
					sum += minor
				}
			}
			if sum != cell.Paid.Minor {
				t.Errorf("%s %d: lines of %d, figure %d", p.Name, o.Years[i], sum, cell.Paid.Minor)
			}
		}
	}
}

func TestFeeOverviewIsSearchedAndSorted(t *testing.T) {
	h, ids, ledger := feesHouse(t)
	h.pay(t, ledger, ids["Beacon"], "2026-05-01", 100_000, "EUR", 0)
	for sort, first := range map[string]string{"": "Ängla", "name": "Ängla", "-name": "Candle", "-paid": "Beacon", "outstanding": "Beacon"} {
		o, err := h.reports.FeeOverview(h.ctx, 2026, "", sort)
		if err != nil || o.Payers[0].Name != first {
			t.Errorf("%q: %v %v", sort, o, err)
		}
	}
	o, err := h.reports.FeeOverview(h.ctx, 2026, "angl", "")
	if err != nil || len(o.Payers) != 1 || o.Listed != 3 || o.Totals[0].Due.Minor != 200_000 {
		t.Errorf("%+v %v", o, err)
	}
	for _, wrong := range []error{errOf(h.reports.FeeOverview(h.ctx, 1900, "", "")), errOf(h.reports.FeeOverview(h.ctx, 2026, "", "size"))} {
		if !fault.Is(wrong, fault.Invalid) {
			t.Error(wrong)
		}
	}
}

func errOf(_ *FeeOverview, err error) error { return err }

func TestFeesOfYears(t *testing.T) {
	h, ids, _ := feesHouse(t)
	for field, f := range map[string]*finance.FeeYear{
		"year": {Year: 1900, Amount: finance.Money{Currency: "EUR"}}, "amount": {Year: 2027, Amount: finance.Money{Minor: -1, Currency: "EUR"}},
		"exceptions[1].memberId": {Year: 2027, Amount: finance.Money{Currency: "EUR"}, Exceptions: []finance.FeeException{{MemberID: ids["Beacon"]}, {MemberID: ids["Beacon"]}}},
		"exceptions[0].minor":    {Year: 2027, Amount: finance.Money{Currency: "EUR"}, Exceptions: []finance.FeeException{{MemberID: ids["Beacon"], Minor: -1}}},
	} {
		err := h.repo.AddFee(h.ctx, f)
		if !fault.Is(err, fault.Invalid) || !hasField(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := h.repo.AddFee(h.ctx, &finance.FeeYear{Year: 2026, Amount: finance.Money{Currency: "EUR"}}); !fault.Is(err, fault.Duplicate) {
		t.Errorf("a second fee of one year: %v", err)
	}
	all, err := h.repo.AllFees(h.ctx)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	f := all[0]
	if _, err := h.repo.UpdateFee(h.ctx, f.ID, f.Rev+1, func(f *finance.FeeYear) { f.Amount.Minor = 1 }); !fault.Is(err, fault.Stale) {
		t.Errorf("a stale change: %v", err)
	}
	if err := h.repo.DeleteFee(h.ctx, f.ID, f.Rev); err != nil {
		t.Error(err)
	}
}

func hasField(err error, field string) bool {
	var f *fault.Error
	if !errors.As(err, &f) {
		return false
	}
	for _, one := range f.Fields {
		if one.Field == field {
			return true
		}
	}
	return false
}
