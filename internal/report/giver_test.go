package report

import (
	"slices"
	"testing"

	"piper/internal/finance"
)

func (h *house) giver(t *testing.T, name string, view finance.View) *Giver {
	t.Helper()
	found, err := h.people.Find(h.ctx, []string{name})
	if err != nil || found[name] == "" {
		t.Fatalf("%s: %v, %v", name, found, err)
	}
	g, err := h.reports.Giver(h.ctx, found[name], 2024, 2025, view)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGiverWorkedNumbers(t *testing.T) {
	h := open(t)
	h.load(t, worked)
	for _, c := range []struct {
		name        string
		view        finance.View
		amount      int64
		unearmarked int64
		share       float64 // of 2025; -1 where there is none
	}{
		{"European Commission", finance.Ultimate, 550_000_00, 0, 550.0 / 900},
		{"European Commission", finance.Direct, 0, 0, -1},
		{"DG JUST", finance.Ultimate, 300_000_00, 0, 300.0 / 900},
		{"Lead L", finance.Ultimate, 0, 0, -1},
		{"Lead L", finance.Direct, 100_000_00, 0, 100.0 / 900},
		{"Foundation A", finance.Ultimate, 200_000_00, 200_000_00, 200.0 / 900},
		{"Shop", finance.Direct, -10_00, 0, -1},
	} {
		g := h.giver(t, c.name, c.view)
		if g.Amounts[1] != c.amount || g.Unearmarked[1] != c.unearmarked {
			t.Errorf("%s, %s: %d, of which unearmarked %d", c.name, c.view, g.Amounts[1], g.Unearmarked[1])
		}
		if c.share < 0 {
			if g.Shares[1] != nil {
				t.Errorf("%s, %s: a share of %v", c.name, c.view, *g.Shares[1])
			}
			continue
		}
		near(t, c.name+" "+string(c.view), g.Shares[1], c.share, 1e-12)
	}
	g := h.giver(t, "Foundation A", finance.Ultimate)
	if !slices.Equal(g.Years, []int{2024, 2025}) || g.Amounts[0] != 1000_00 || g.NotConverted != 1 {
		t.Errorf("%+v", g)
	}
	near(t, "the only income of 2024", g.Shares[0], 1, 0)
}

// What every donor at the top of a tree brought is what the diversification says of them.
func TestGiverAgreesWithDiversification(t *testing.T) {
	h := open(t)
	h.load(t, worked)
	for _, view := range []finance.View{finance.Direct, finance.Ultimate} {
		d, err := h.reports.Diversification(h.ctx, 2024, 2025, By{View: view, Basis: finance.Cash})
		if err != nil {
			t.Fatal(err)
		}
		for _, donor := range d.Donors {
			g, err := h.reports.Giver(h.ctx, donor.ID, 2024, 2025, view)
			if err != nil {
				t.Fatal(err)
			}
			for i := range d.Years {
				if g.Amounts[i] != donor.Amounts[i] || value(g.Shares[i]) != value(donor.Shares[i]) {
					t.Errorf("%s, %s, %d: %d and %v, elsewhere %d and %v", donor.Name, view, d.Years[i], g.Amounts[i], value(g.Shares[i]), donor.Amounts[i], value(donor.Shares[i]))
				}
			}
		}
	}
}
