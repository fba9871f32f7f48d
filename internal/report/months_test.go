package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"piper/internal/chart"
	"piper/internal/finance"
)

// TestReserveMonths: METRICS.md's 3.0 months beside the target that is the next to be reached; picture and table say the same.
func TestReserveMonths(t *testing.T) {
	h := furnished(t)
	ask := func() (*ReserveMonths, Answer) {
		m, err := h.reports.ReserveMonths(h.ctx)
		fine(t, err)
		a, err := h.reports.Ask(h.ctx, "reserveMonths", Question{})
		fine(t, err)
		return m, a
	}
	m, a := ask()
	if m.Target != nil || a.Chart.Line != nil || !strings.Contains(a.Chart.Footer, "no target") || len(m.Statements) != 2 || *m.Statements[1].Months != 3 || m.Statements[1].Mark != Amber {
		t.Errorf("%+v, %+v", m, a.Chart)
	}
	start := 1.0
	for _, year := range []int{2025, 2030, 2027} { // today is in 2026
		fine(t, h.repo.AddTarget(h.ctx, &finance.Target{Metric: finance.MetricReserveMonths, Comparison: finance.Above, Value: float64(year - 2020), Year: year, StartYear: 2024, StartValue: &start}))
	}
	fine(t, h.repo.AddReserve(h.ctx, &finance.Reserve{Date: "2026-06-30", Unrestricted: 1_00})) // no spend is known
	m, a = ask()
	if m.Target == nil || *m.Target != 7 || m.TargetYear != 2027 || m.Statements[2].Months != nil {
		t.Fatalf("%+v", m)
	}
	c := a.Chart
	if !slices.Equal(c.Series[0].Values, []float64{12, 3, 0}) || !slices.Equal(c.Line.Values, []float64{7, 7, 7}) || c.Line.Name != "Target of the board, 2027" ||
		!slices.Equal(c.Rows[0].Cells, []string{"12.0", "3.0", "n/a"}) {
		t.Errorf("%+v", c)
	}
	if row := a.Rows[1]; *row[2].(*float64) != 3 || *row[3].(*float64) != 7 || row[4] != int64(2027) {
		t.Errorf("%+v", row)
	}
	var svg bytes.Buffer
	fine(t, chart.WriteStack(&svg, c, chart.SVG))
	for _, want := range []string{"Target of the board, 2027", "2025-12-31", "months"} {
		if !strings.Contains(svg.String(), want) {
			t.Errorf("the picture lacks %q", want)
		}
	}
}

func TestNextTarget(t *testing.T) {
	of := func(years ...int) (list []*finance.Target) {
		for _, year := range years {
			list = append(list, &finance.Target{Metric: finance.MetricReserveMonths, Year: year})
		}
		return append(list, &finance.Target{Metric: finance.MetricHHI, Year: 2026})
	}
	for _, c := range []struct {
		years []int
		want  int
	}{{[]int{2030, 2026, 2028}, 2026}, {[]int{2020, 2030, 2028}, 2028}, {[]int{2020, 2024, 2022}, 2024}, {[]int{2028, 2020}, 2028}} {
		if got := nextTarget(of(c.years...), finance.MetricReserveMonths, 2026); got == nil || got.Year != c.want {
			t.Errorf("of %v: %+v", c.years, got)
		}
	}
	if got := nextTarget(of(), finance.MetricReserveMonths, 2026); got != nil {
		t.Errorf("%+v", got)
	}
}
