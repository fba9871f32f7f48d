package report

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/chart"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

const header = "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n"

// worked is the second example of the figures' definitions, with a refund, a donor who got back more
// than they gave, a line without a rate, and a year before.
const worked = header +
	"DG JUST,,2025-01-01,320000,EUR,soft,restricted,eu\n" +
	"DG JUST,,2025-12-31,-20000,EUR,soft,restricted,eu\n" +
	"DG HOME,,2025-03-01,150000,EUR,earmarked,restricted,eu\n" +
	"Foundation A,,2025-04-01,200000,EUR,unearmarked,unrestricted,foundation\n" +
	"Government B,,2025-05-01,100000,EUR,tight,restricted,government\n" +
	"Members,,2025-06-01,50000,EUR,unearmarked,unrestricted,membership\n" +
	"Lead L,European Commission,2025-07-01,100000,EUR,tight,restricted,eu\n" +
	"Shop,,2025-08-01,-10,EUR,tight,restricted,services\n" +
	"Foundation A,,2025-09-01,77,USD,tight,restricted,foundation\n" +
	"Foundation A,,2024-12-31,1000,EUR,unearmarked,unrestricted,foundation\n"

type house struct {
	ctx     context.Context
	people  *stakeholder.Repo
	repo    *finance.Repo
	im      *finance.Importer
	reports *Reports
}

func open(t *testing.T) *house {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	h := &house{people: stakeholder.NewRepo(db), repo: finance.NewRepo(db), ctx: access.AsSystem(context.Background(), "test")}
	if err := db.Start(h.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	commission := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "European Commission", Roles: []string{"donor"}}
	h.create(t, commission)
	for _, name := range []string{"DG JUST", "DG HOME"} {
		h.create(t, &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: name, Roles: []string{"donor"}, ParentID: commission.ID})
	}
	h.im = finance.NewImporter(h.repo, h.people, strings.ToUpper)
	h.reports = New(h.repo, h.people, finance.Fiscal{}, now)
	return h
}

func (h *house) create(t *testing.T, s *stakeholder.Stakeholder) {
	t.Helper()
	if err := h.people.Create(h.ctx, s); err != nil {
		t.Fatal(err)
	}
}

func (h *house) load(t *testing.T, csv string) *finance.Result {
	t.Helper()
	res, err := h.im.Import(h.ctx, "income.csv", []byte(csv), false)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func near(t *testing.T, name string, got *float64, want, tolerance float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > tolerance {
		t.Errorf("%s = %v, want %v", name, value(got), want)
	}
}

func value(v *float64) any {
	if v == nil {
		return "n/a"
	}
	return *v
}

func TestDependenceWorkedNumbers(t *testing.T) {
	h := open(t)
	res := h.load(t, worked)
	if strings.Join(res.NewDonors, ", ") != "Foundation A, Government B, Members, Lead L, Shop" {
		t.Errorf("new donors %v", res.NewDonors)
	}
	d, err := h.reports.Dependence(h.ctx, 2025, By{finance.Direct, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	if d.Total.Minor != 900_000_00 || len(d.Donors) != 6 || d.Donors[0].Name != "DG JUST" {
		t.Errorf("direct: total %v, donors %+v", d.Total, d.Donors)
	}
	near(t, "direct HHI", d.HHI, 0.216, 0.0005)
	near(t, "direct effective", d.EffectiveFunders, 4.63, 0.005)
	near(t, "direct top-1", d.Top1, 0.333, 0.0005)
	near(t, "direct top-3", d.Top3, 0.722, 0.0005)
	if d, err = h.reports.Dependence(h.ctx, 2025, By{finance.Ultimate, finance.Cash}); err != nil {
		t.Fatal(err)
	}
	if d.Total.Minor != 900_000_00 || len(d.Donors) != 4 || d.Donors[0].Name != "European Commission" || d.Donors[0].Amount.Minor != 550_000_00 {
		t.Errorf("ultimate: total %v, donors %+v", d.Total, d.Donors)
	}
	near(t, "ultimate HHI", d.HHI, 0.438, 0.0005)
	near(t, "ultimate effective", d.EffectiveFunders, 2.28, 0.005)
	near(t, "ultimate top-1", d.Top1, 0.611, 0.0005)
	near(t, "ultimate top-3", d.Top3, 0.944, 0.0005)
	near(t, "unearmarked", d.UnearmarkedRatio, 250.0/900, 1e-15)
	near(t, "flexible", d.FlexibleRatio, 550.0/900, 1e-15)
	near(t, "unrestricted", d.UnrestrictedRatio, 250.0/900, 1e-15)
	if len(d.NetNegative) != 1 || d.NetNegative[0].Name != "Shop" || d.NetNegative[0].Amount.Minor != -1000 {
		t.Errorf("net-negative %+v", d.NetNegative)
	}
	if d.NotConvertedCount != 1 || len(d.NotConverted) != 1 || d.NotConverted[0].DonorName != "Foundation A" || d.NotConverted[0].Amount.Minor != 7700 {
		t.Errorf("not converted %+v", d.NotConverted)
	}
	if d.Basis != "cash" || d.AsOf != "2026-11-21" || d.View != finance.Ultimate {
		t.Errorf("%+v", d.Head)
	}
}

// Fees that many members pay count per payer, not as one donor.
func TestFeesCountPerPayer(t *testing.T) {
	h := open(t)
	h.load(t, header+"Member A,,2025-01-01,50,EUR,unearmarked,unrestricted,membership\nMember B,,2025-01-01,30,EUR,unearmarked,unrestricted,membership\nMember C,,2025-01-01,20,EUR,unearmarked,unrestricted,membership\n")
	d, err := h.reports.Dependence(h.ctx, 2025, By{finance.Ultimate, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "HHI", d.HHI, 0.38, 1e-15)
	near(t, "normalised", d.HHINormalised, 0.07, 1e-15)
	if len(d.SourceTypes) != 1 || d.SourceTypes[0].SourceType != "membership" || *d.SourceTypes[0].Share != 1 {
		t.Errorf("%+v", d.SourceTypes)
	}
}

func TestNoIncomeIsNullNotZero(t *testing.T) {
	h := open(t)
	d, err := h.reports.Dependence(h.ctx, 2025, By{finance.Ultimate, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"hhi":null`, `"hhiNormalised":null`, `"effectiveFunders":null`, `"top1":null`, `"top5":null`,
		`"unearmarkedRatio":null`, `"flexibleRatio":null`, `"donors":[]`, `"netNegative":[]`, `"notConverted":[]`, `"minor":0`} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
}

func TestSeriesAgreeWithDependence(t *testing.T) {
	h := open(t)
	h.load(t, worked)
	for _, view := range []finance.View{finance.Direct, finance.Ultimate} {
		s, err := h.reports.Diversification(h.ctx, 2023, 2025, By{view, finance.Cash})
		if err != nil {
			t.Fatal(err)
		}
		e, err := h.reports.Earmarking(h.ctx, 2023, 2025, By{view, finance.Cash})
		if err != nil {
			t.Fatal(err)
		}
		for i, year := range s.Years {
			d, err := h.reports.Dependence(h.ctx, year, By{view, finance.Cash})
			if err != nil {
				t.Fatal(err)
			}
			if value(s.HHI[i]) != value(d.HHI) || s.Totals[i] != d.Total.Minor || value(s.Top3[i]) != value(d.Top3) ||
				value(e.UnearmarkedRatio[i]) != value(d.UnearmarkedRatio) || e.Totals[i] != d.Total.Minor {
				t.Errorf("%s %d differs", view, year)
			}
			var sum int64
			for _, l := range e.Levels {
				sum += l.Amounts[i]
			}
			if sum != e.Totals[i] {
				t.Errorf("%s %d: levels add up to %d of %d", view, year, sum, e.Totals[i])
			}
		}
		if s.HHI[0] != nil || s.Totals[1] != 1000_00 {
			t.Errorf("2023: %v, 2024: %d", value(s.HHI[0]), s.Totals[1])
		}
	}
}

func TestBadQuestions(t *testing.T) {
	h := open(t)
	for name, err := range map[string]error{
		"backwards": second(h.reports.Diversification(h.ctx, 2025, 2024, By{finance.Direct, finance.Cash})),
		"too long":  second(h.reports.Earmarking(h.ctx, 1950, 2100, By{finance.Direct, finance.Cash})),
		"view":      second(h.reports.Dependence(h.ctx, 2025, By{"sideways", finance.Cash})),
		"year":      second(h.reports.Dependence(h.ctx, 9999, By{finance.Direct, finance.Cash})),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Eight donors and more: the chart tells the largest apart and adds the others up, to 100 % again.
func TestChartAddsUp(t *testing.T) {
	h := open(t)
	csv := header
	for i, name := range strings.Fields("A B C D E F G H I J K") {
		csv += name + " Trust,,2025-01-01," + string(rune('1'+i%9)) + "0,EUR,soft,restricted,foundation\n"
	}
	h.load(t, csv)
	d, err := h.reports.Diversification(h.ctx, 2024, 2025, By{finance.Ultimate, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	s := d.Chart()
	if len(s.Series) != maxBands+1 || s.Series[maxBands].Name != "4 others" || !s.Series[maxBands].Muted {
		t.Errorf("%+v", s.Series)
	}
	sum := 0.0
	for _, band := range s.Series {
		sum += band.Values[1]
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("bands add up to %v", sum)
	}
	if s.Rows[1].Cells[0] != "n/a" {
		t.Errorf("2024: %v", s.Rows)
	}
}

// TestSamples writes pictures to look at into the folder that PIPER_CHART_SAMPLES names.
func TestSamples(t *testing.T) {
	dir := os.Getenv("PIPER_CHART_SAMPLES")
	if dir == "" {
		t.Skip("Set PIPER_CHART_SAMPLES to a folder to have sample charts written there.")
	}
	h := open(t)
	h.load(t, worked)
	d, err := h.reports.Diversification(h.ctx, 2022, 2026, By{finance.Ultimate, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.reports.Earmarking(h.ctx, 2022, 2026, By{finance.Ultimate, finance.Cash})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]chart.Stack{"report-diversification": d.Chart(), "report-earmarking": e.Chart()} {
		var b bytes.Buffer
		if err := chart.WriteStack(&b, s, chart.PNG); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".png"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
