package report

import (
	"context"
	"strings"
	"testing"

	"piper/internal/finance"
	"piper/internal/store"
)

// agreed is a small set of agreements and opportunities.
type agreed struct{ secured, open, awarded []finance.Expected }

func (a agreed) Secured(context.Context) ([]finance.Expected, error) {
	return append([]finance.Expected{}, a.secured...), nil
}

func (a agreed) Hopes(context.Context) (open, awarded []finance.Expected, err error) {
	return append([]finance.Expected{}, a.open...), append([]finance.Expected{}, a.awarded...), nil
}

func eur(thousands int64) *finance.Money {
	return &finance.Money{Minor: thousands * 100_000, Currency: "EUR"}
}

// furnished is the house with income, agreements, a budget, overhead that a project was charged, and reserves.
// Today is 21 November 2026.
func furnished(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.load(t, worked)
	h.reports.Plans = h.repo
	ids, err := h.people.Find(h.ctx, []string{"DG JUST", "Foundation A", "Lead L", "European Commission"})
	fine(t, err)
	line := func(id, donor, ultimate, signed, due, from, to string, thousands int64) finance.Expected {
		return finance.Expected{ID: id, Title: id, DonorID: ids[donor], UltimateID: ids[ultimate], Signed: store.Date(signed), Due: store.Date(due), From: store.Date(from), To: store.Date(to),
			Worth: eur(thousands), Earmarking: finance.Soft, Restriction: finance.Restricted, SourceType: "eu"}
	}
	a := agreed{
		secured: []finance.Expected{
			line("one", "DG JUST", "", "2025-12-01", "2026-02-01", "2026-01-01", "2027-12-31", 730),
			line("two", "Lead L", "DG JUST", "2026-06-01", "2027-02-01", "", "", 365),
			{ID: "odd", DonorID: ids["Foundation A"], Signed: "2026-05-05", Due: "2027-05-01", Amount: finance.Money{Minor: 100, Currency: "XPF"}},
		},
		open: []finance.Expected{{ID: "hope", Title: "hope", DonorID: ids["Foundation A"], Due: "2027-03-01", Worth: eur(100), Probability: 50, Earmarking: finance.Unearmarked, SourceType: "foundation"}},
	}
	h.reports.Secured, h.reports.Pipeline = a, a
	core, project := &finance.Project{Name: "Core", Core: true}, &finance.Project{Name: "Return"}
	fine(t, h.repo.AddProject(h.ctx, core))
	fine(t, h.repo.AddProject(h.ctx, project))
	for year, thousands := range map[int]int64{2025: 500, 2026: 365} {
		b := &finance.BudgetVersion{Year: year, Lines: []finance.BudgetLine{{ProjectID: core.ID, Category: "Staff", Cents: thousands * 100_000}, {ProjectID: project.ID, Category: "Travel", Cents: 365 * 100_000}}}
		fine(t, h.repo.AddBudget(h.ctx, b))
		_, err := h.repo.AdoptBudget(h.ctx, b.ID, b.Rev)
		fine(t, err)
	}
	fine(t, h.repo.AddExpense(h.ctx, &finance.Expense{Date: "2025-06-30", ProjectID: project.ID, Category: "overhead", Amount: finance.Money{Minor: 50_000_00, Currency: "EUR"}}))
	fine(t, h.repo.AddReserve(h.ctx, &finance.Reserve{Date: "2024-12-31", Unrestricted: 100_00, AnnualSpend: 100_00}))
	fine(t, h.repo.AddReserve(h.ctx, &finance.Reserve{Date: "2025-12-31", Unrestricted: 260_000_00, Designated: 60_000_00, NetFixedAssets: 20_000_00, AnnualSpend: 720_000_00}))
	return h
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDashboard(t *testing.T) {
	h := furnished(t)
	start := 0.9
	fine(t, h.repo.AddTarget(h.ctx, &finance.Target{Metric: finance.MetricEUShare, Comparison: finance.Below, Value: 0.5, Year: 2028, StartYear: 2024, StartValue: &start}))
	d, err := h.reports.Dashboard(h.ctx, 2025, By{finance.Ultimate, finance.Cash})
	fine(t, err)
	read := map[finance.Metric]Reading{}
	for _, r := range d.Readings {
		read[r.Metric] = r
	}
	near(t, "HHI", read["hhi"].Value, 0.438, 0.0005)
	near(t, "HHI before", read["hhi"].Before, 1, 0)
	near(t, "EU share", read["euShare"].Value, 550.0/900, 1e-12)
	near(t, "months of free reserves", read["reserveMonths"].Value, 3, 0)
	near(t, "months before", read["reserveMonths"].Before, 12, 0)
	// Unrestricted 250, overhead recovered 50, core budget 500.
	near(t, "core coverage", read["coreCoverage"].Value, 0.6, 1e-12)
	if read["hhi"].Mark != Red || read["top3"].Mark != Red || read["reserveMonths"].Mark != Amber || read["euShare"].Mark != "" || read["euShare"].Limit != nil {
		t.Errorf("marks %+v", read)
	}
	if d.Reserve == nil || d.Reserve.Date != "2025-12-31" || d.Reserve.Free != 180_000_00 || d.Reserve.Mark != Amber {
		t.Errorf("reserve %+v", d.Reserve)
	}
	if len(d.Targets) != 1 || *d.Targets[0].Expected != 0.8 || !*d.Targets[0].OnTrack || *d.Targets[0].Reached {
		t.Errorf("targets %+v", d.Targets[0])
	}
	// One is earned until the end of 2027 at 1 a day, core costs 1 a day, so January 2028 is the first month below.
	if d.Cliff.Month != "2028-01" || !d.Cliff.Known || len(d.Cliff.Years) != 4 {
		t.Errorf("cliff %+v", d.Cliff)
	}
	near(t, "2027 against 2026", d.Cliff.Years[1].Change, -0.5, 0)
	if !d.Cliff.Years[1].Alert || d.Cliff.Years[0].Change != nil {
		t.Errorf("%+v", d.Cliff.Years)
	}
}

func TestDashboardOfNothing(t *testing.T) {
	h := open(t)
	h.reports.Plans = h.repo
	d, err := h.reports.Dashboard(h.ctx, 2025, By{finance.Ultimate, finance.Accrued})
	fine(t, err)
	for _, r := range d.Readings {
		if r.Value != nil || r.Mark != "" {
			t.Errorf("%s = %v, %q", r.Metric, *r.Value, r.Mark)
		}
	}
	if d.Reserve != nil || d.Cliff.Known || d.Cliff.Month != "" || d.Coverage.Ratio != nil {
		t.Errorf("%+v", d)
	}
}

// The three bases count different money, and none of them the money of another.
func TestBasesAreNeverMixed(t *testing.T) {
	h := furnished(t)
	for _, c := range []struct {
		basis finance.Basis
		year  int
		total int64
		left  int // lines of that year that are not converted
	}{
		{finance.Cash, 2025, 900, 1}, {finance.Cash, 2026, 0, 0},
		{finance.Signed, 2025, 730, 0}, {finance.Signed, 2026, 365, 1}, {finance.Signed, 2027, 0, 0},
		{finance.Accrued, 2026, 365, 0}, {finance.Accrued, 2027, 365 + 365, 1}, {finance.Accrued, 2025, 0, 0},
	} {
		d, err := h.reports.Dependence(h.ctx, c.year, By{finance.Ultimate, c.basis})
		fine(t, err)
		if d.Total.Minor != c.total*100_000 || d.Basis != c.basis {
			t.Errorf("%s %d: %s %s, want %d thousand", c.basis, c.year, d.Basis, d.Total, c.total)
		}
		if d.NotConvertedCount != c.left || len(d.NotConverted) != c.left {
			t.Errorf("%s %d: %d lines are not converted, want %d", c.basis, c.year, d.NotConvertedCount, c.left)
		}
	}
	d, err := h.reports.Dependence(h.ctx, 2027, By{finance.Ultimate, finance.Accrued})
	fine(t, err)
	if len(d.Donors) != 1 || d.Donors[0].Name != "European Commission" {
		t.Errorf("a sub-grant out of Commission money is not the Commission's: %+v", d.Donors)
	}
	if d, err = h.reports.Dependence(h.ctx, 2027, By{finance.Direct, finance.Accrued}); err != nil || len(d.Donors) != 2 {
		t.Errorf("%+v, %v", d.Donors, err)
	}
	if s := (&Diversification{Head: d.Head}).Chart(); !strings.Contains(s.Subtitle, "accrued basis (agreements, spread over their terms by day) · as of 21 November 2026") {
		t.Error(s.Subtitle)
	}
}

func TestForecastAndLossesAgree(t *testing.T) {
	h := furnished(t)
	lens, err := h.reports.Lens(By{finance.Ultimate, finance.Cash}, "")
	fine(t, err)
	f, err := h.reports.Forecast(h.ctx, lens)
	fine(t, err)
	if len(f.Months) != 36 || f.Months[0] != "2026-11" || f.Secured[3] != 365*100_000 || f.Weighted[4] != 50*100_000 || f.Cost[1] != 62*100_000 || f.CoreCost[1] != 31*100_000 || f.NotConverted != 1 {
		t.Errorf("%+v", f)
	}
	losses, err := h.reports.LossTest(h.ctx, lens, "")
	fine(t, err)
	if len(losses.Donors) != 2 || losses.Donors[0].Name != "European Commission" || losses.Donors[0].Cents != 365*100_000 {
		t.Fatalf("%+v", losses.Donors)
	}
	for _, d := range losses.Donors {
		s := &finance.Scenario{Name: d.Name, Changes: []finance.Supposition{{Kind: finance.LoseDonor, DonorID: d.ID, Date: losses.Stop}}}
		compared, err := h.reports.Compare(h.ctx, lens, []*finance.Scenario{s})
		fine(t, err)
		if compared[1].Name != d.Name || value(compared[1].Exhausted) != value(d.Months) || value(compared[0].Exhausted) != value(losses.Without) {
			t.Errorf("%s: %v, the scenario says %v", d.Name, value(d.Months), value(compared[1].Exhausted))
		}
	}
	instalments, opportunities, donors, err := h.reports.Choices(h.ctx, lens)
	fine(t, err)
	if len(instalments) != 1 || instalments[0].Title != "two" || len(opportunities) != 1 || opportunities[0].Probability != 50 || len(donors) != 2 {
		t.Errorf("%+v %+v %+v", instalments, opportunities, donors)
	}
	if _, err := h.reports.Lens(By{finance.Ultimate, finance.Signed}, ""); err == nil {
		t.Error("a forecast of what is signed")
	}
	s := f.Chart()
	if len(s.Labels) != 36 || s.Line == nil || !strings.Contains(s.Subtitle, "cash basis · as of 21 November 2026") || !strings.Contains(s.Footer, "Cliff month: 2028-01") {
		t.Errorf("%q %q", s.Subtitle, s.Footer)
	}
}
