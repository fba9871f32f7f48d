package finance

import (
	"math"
	"math/rand/v2"
	"testing"

	"piper/internal/money"
)

// tally nets amounts in thousands of euros.
func tally(thousands map[string]int64) Tally {
	t := Tally{}
	for id, a := range thousands {
		t.Add(id, &Income{Frozen: money.Frozen{Worth: &Money{Minor: a * 100_000, Currency: "EUR"}}, Earmarking: Soft, Restriction: Restricted, SourceType: "eu"})
	}
	return t
}

func near(t *testing.T, name string, got *float64, want, tolerance float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s is n/a, want %v", name, want)
		return
	}
	if math.Abs(*got-want) > tolerance {
		t.Errorf("%s = %v, want %v", name, *got, want)
	}
}

// The worked numbers of README.md.
func TestWorkedNumbers(t *testing.T) {
	f := tally(map[string]int64{"a": 50, "b": 30, "c": 20}).Figures()
	near(t, "HHI", f.HHI, 0.38, 1e-15)
	near(t, "effective", f.Effective, 2.632, 0.0005)
	near(t, "normalised", f.HHINormalised, 0.07, 1e-15)
	near(t, "top-1", f.Top1, 0.5, 0)

	f = tally(map[string]int64{"just": 300, "home": 150, "A": 200, "B": 100, "members": 50, "lead": 100}).Figures()
	if f.Total != 900*100_000 {
		t.Errorf("total %d", f.Total)
	}
	near(t, "direct HHI", f.HHI, 0.216, 0.0005)
	near(t, "direct effective", f.Effective, 4.63, 0.005)
	near(t, "direct top-1", f.Top1, 0.333, 0.0005)
	near(t, "direct top-3", f.Top3, 0.722, 0.0005)

	f = tally(map[string]int64{"commission": 550, "A": 200, "B": 100, "members": 50}).Figures()
	near(t, "ultimate HHI", f.HHI, 0.438, 0.0005)
	near(t, "ultimate effective", f.Effective, 2.28, 0.005)
	near(t, "ultimate top-1", f.Top1, 0.611, 0.0005)
	near(t, "ultimate top-3", f.Top3, 0.944, 0.0005)
	near(t, "ultimate top-5", f.Top5, 1, 0)

	f = tally(map[string]int64{"only": 7}).Figures()
	for name, v := range map[string]*float64{"HHI": f.HHI, "normalised": f.HHINormalised, "effective": f.Effective, "top-1": f.Top1} {
		near(t, "one donor: "+name, v, 1, 0)
	}
}

func TestNothingToDivideByIsNotZero(t *testing.T) {
	for name, f := range map[string]Figures{"no income": Tally{}.Figures(), "only refunds": tally(map[string]int64{"a": -5}).Figures()} {
		for figure, v := range map[string]*float64{"hhi": f.HHI, "normalised": f.HHINormalised, "effective": f.Effective, "top1": f.Top1,
			"top3": f.Top3, "top5": f.Top5, "unearmarked": f.Unearmarked, "flexible": f.Flexible, "unrestricted": f.Unrestricted, "source": f.SourceShares[0]} {
			if v != nil {
				t.Errorf("%s: %s = %v, want n/a", name, figure, *v)
			}
		}
	}
}

func TestRefundsAreNettedAndNetNegativeDonorsAreListed(t *testing.T) {
	tl := tally(map[string]int64{"a": 100, "b": 40, "c": 10})
	for _, r := range []struct {
		id     string
		amount int64
	}{{"a", -20}, {"b", -90}, {"c", -10}} {
		tl.Add(r.id, &Income{Frozen: money.Frozen{Worth: &Money{Minor: r.amount * 100_000}}, Earmarking: Soft, Restriction: Restricted, SourceType: "eu"})
	}
	f := tl.Figures()
	if f.Total != 80*100_000 || len(f.Donors) != 1 || f.Donors[0].ID != "a" {
		t.Errorf("total %d donors %v", f.Total, f.Donors)
	}
	if len(f.NetNegative) != 1 || f.NetNegative[0].ID != "b" || f.NetNegative[0].Amount != -50*100_000 || f.NetNegative[0].Share != nil {
		t.Errorf("net-negative %v", f.NetNegative)
	}
	if f.Earmarking[1] != f.Total || f.Source[0] != f.Total {
		t.Errorf("levels hold money of donors that are left out: %v %v", f.Earmarking, f.Source)
	}
}

func TestLevelOutsideTheTotalHasNoRatio(t *testing.T) {
	tl := Tally{}
	tl.Add("a", &Income{Frozen: money.Frozen{Worth: &Money{Minor: -100}}, Earmarking: Unearmarked, Restriction: Unrestricted, SourceType: "eu"})
	tl.Add("a", &Income{Frozen: money.Frozen{Worth: &Money{Minor: 300}}, Earmarking: Tight, Restriction: Restricted, SourceType: "other"})
	f := tl.Figures()
	if f.Unearmarked != nil || f.Unrestricted != nil || f.SourceShares[0] != nil || f.SourceShares[8] != nil {
		t.Error("a level that refunds push out of the total has a ratio")
	}
}

func TestTiesGoByID(t *testing.T) {
	f := tally(map[string]int64{"d": 10, "b": 10, "a": 5, "c": 10}).Figures()
	got := ""
	for _, d := range f.Donors {
		got += d.ID
	}
	if got != "bcda" {
		t.Errorf("order %s", got)
	}
}

// Shares add up to 1, 1/n ≤ HHI ≤ 1, and the order of the lines makes no difference, to the last bit.
func TestFiguresHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		lines := make([]*Income, 1+rng.IntN(60))
		for i := range lines {
			lines[i] = &Income{DonorID: string(rune('a' + rng.IntN(12))), Frozen: money.Frozen{Worth: &Money{Minor: rng.Int64N(1e12) - 2e11}},
				Earmarking: EarmarkingLevels[rng.IntN(4)], Restriction: Restrictions[rng.IntN(3)], SourceType: SourceTypes[rng.IntN(9)]}
		}
		f := figuresOf(lines)
		rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		g := figuresOf(lines)
		if f.Total == 0 {
			continue
		}
		if *f.HHI != *g.HHI || *f.Effective != *g.Effective || *f.Top3 != *g.Top3 || f.Total != g.Total {
			t.Fatal("the order of the lines changed a figure")
		}
		n, sum := float64(len(f.Donors)), 0.0
		var money, levels int64
		for _, d := range f.Donors {
			sum += *d.Share
			money += d.Amount
		}
		for _, a := range f.Earmarking {
			levels += a
		}
		if math.Abs(sum-1) > 1e-12 || money != f.Total || levels != f.Total {
			t.Fatalf("shares add up to %v, amounts to %d and levels to %d of %d", sum, money, levels, f.Total)
		}
		if *f.HHI < 1/n-1e-12 || *f.HHI > 1 || *f.HHINormalised < -1e-12 || *f.HHINormalised > 1 || *f.Effective < 1 || *f.Effective > n+1e-9 {
			t.Fatalf("n %v: HHI %v, normalised %v, effective %v", n, *f.HHI, *f.HHINormalised, *f.Effective)
		}
		if *f.Top1 > *f.Top3 || *f.Top3 > *f.Top5 || *f.Top5 > 1 {
			t.Fatalf("top %v %v %v", *f.Top1, *f.Top3, *f.Top5)
		}
	}
}

func figuresOf(lines []*Income) Figures {
	t := Tally{}
	for _, l := range lines {
		t.Add(Direct.Payer(l, nil), l)
	}
	return t.Figures()
}

func TestPayer(t *testing.T) {
	roots := map[string]string{"just": "commission", "home": "commission"}
	for _, c := range []struct {
		donor, ultimate, direct, rolled string
	}{
		{"just", "just", "just", "commission"},
		{"lead", "just", "lead", "commission"},
		{"lead", "", "lead", "lead"},
		{"home", "", "home", "commission"},
	} {
		l := &Income{DonorID: c.donor, UltimateDonorID: c.ultimate}
		if got := Direct.Payer(l, roots); got != c.direct {
			t.Errorf("direct payer of %+v is %s", c, got)
		}
		if got := Ultimate.Payer(l, roots); got != c.rolled {
			t.Errorf("ultimate payer of %+v is %s", c, got)
		}
	}
}

func TestFiscal(t *testing.T) {
	april := Fiscal{FirstMonth: 4}
	for _, c := range []struct {
		f    Fiscal
		date string
		year int
	}{
		{Fiscal{}, "2025-01-01", 2025}, {Fiscal{}, "2025-12-31", 2025},
		{april, "2025-03-31", 2024}, {april, "2025-04-01", 2025}, {april, "2026-03-31", 2025},
	} {
		if got := c.f.Year(storeDate(c.date)); got != c.year {
			t.Errorf("%s is in %d, want %d", c.date, got, c.year)
		}
		first, after := c.f.Range(c.year, c.year)
		if d := storeDate(c.date); d < first || d >= after {
			t.Errorf("%s is not in %s … %s", d, first, after)
		}
	}
	if l := april.Label(2099); l != "2099/00" {
		t.Errorf("label %s", l)
	}
}
