package report

import (
	"fmt"
	"strconv"
	"time"

	"piper/internal/chart"
	"piper/internal/finance"
)

// maxBands is how many donors a chart tells apart; the rest are "others".
const maxBands = 7

// noIncome is what a chart says instead of bars.
const noIncome = "No income in these years."

var levelNames = map[finance.Earmarking]string{
	finance.Unearmarked: "Unearmarked", finance.Soft: "Softly earmarked", finance.Earmarked: "Earmarked", finance.Tight: "Tightly earmarked",
}

// Chart draws the answer: shares by donor, with the figures of every year under its bar.
func (d *Diversification) Chart() chart.Stack {
	by := "direct donor"
	if d.View == finance.Ultimate {
		by = "ultimate donor"
	}
	s := chart.Stack{Title: "Donor diversification", Subtitle: "Share of income by " + by + d.Head.caption(),
		Footer: leftOut(d.NotConvertedCount, len(d.NetNegative)), Empty: noIncome, Labels: d.Labels, Share: true}
	shown := min(len(d.Donors), maxBands)
	if len(d.Donors) == maxBands+1 { // "1 others" would save nothing
		shown++
	}
	for _, donor := range d.Donors[:shown] {
		s.Series = append(s.Series, chart.Series{Name: donor.Name, Values: portions(donor.Amounts, d.Totals)})
	}
	if rest := d.Donors[shown:]; len(rest) > 0 {
		sums := make([]int64, len(d.Years))
		for _, donor := range rest {
			for i, a := range donor.Amounts {
				sums[i] += a
			}
		}
		s.Series = append(s.Series, chart.Series{Name: fmt.Sprintf("%d others", len(rest)), Values: portions(sums, d.Totals), Muted: true})
	}
	s.Rows = []chart.Row{
		{Name: "Total, " + d.Currency + " thousand", Cells: cells(d.Totals, func(v int64) string { return chart.Thousands(v) })},
		{Name: "HHI", Cells: ratioCells(d.HHI, 2)},
		{Name: "Effective funders", Cells: ratioCells(d.EffectiveFunders, 1)},
	}
	return s
}

// Chart draws the answer: amounts by level, with the ratios of every year under its bar.
func (e *Earmarking) Chart() chart.Stack {
	s := chart.Stack{Title: "Earmarked and unearmarked income", Subtitle: "Income by level of earmarking" + e.Head.caption(),
		Footer: leftOut(e.NotConvertedCount, len(e.NetNegative)), Empty: noIncome, Labels: e.Labels, Currency: e.Currency, Ordered: true}
	for _, level := range e.Levels {
		values := make([]float64, len(level.Amounts))
		for i, a := range level.Amounts {
			values[i] = float64(a) / 100
		}
		s.Series = append(s.Series, chart.Series{Name: levelNames[level.Level], Values: values})
	}
	s.Rows = []chart.Row{
		{Name: "Unearmarked", Cells: percentCells(e.UnearmarkedRatio)},
		{Name: "Flexible", Cells: percentCells(e.FlexibleRatio)},
	}
	return s
}

// caption names basis and day, which every chart must.
func (h Head) caption() string {
	day := string(h.AsOf)
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		day = t.Format("2 January 2006")
	}
	return " · " + h.Basis + " basis (received) · as of " + day
}

func leftOut(notConverted, netNegative int) string {
	s := ""
	switch {
	case notConverted == 1:
		s = "1 line is not converted and left out. "
	case notConverted > 1:
		s = fmt.Sprintf("%d lines are not converted and left out. ", notConverted)
	}
	if netNegative > 0 {
		s += "Donors who got back more than they gave in a year are left out of it."
	}
	return s
}

func portions(amounts, totals []int64) []float64 {
	out := make([]float64, len(amounts))
	for i, a := range amounts {
		if r := finance.Ratio(a, totals[i]); r != nil {
			out[i] = *r
		}
	}
	return out
}

func cells[T any](list []T, text func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = text(v)
	}
	return out
}

func ratioCells(list []*float64, decimals int) []string {
	return cells(list, func(v *float64) string {
		if v == nil {
			return "n/a"
		}
		return strconv.FormatFloat(*v, 'f', decimals, 64)
	})
}

func percentCells(list []*float64) []string {
	return cells(list, func(v *float64) string {
		if v == nil {
			return "n/a"
		}
		return fmt.Sprintf("%.0f %%", *v*100)
	})
}
