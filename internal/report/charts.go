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

// LevelNames are what levels of earmarking are called.
var LevelNames = map[finance.Earmarking]string{
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
		s.Series = append(s.Series, chart.Series{Name: LevelNames[level.Level], Values: values})
	}
	s.Rows = []chart.Row{
		{Name: "Unearmarked", Cells: percentCells(e.UnearmarkedRatio)},
		{Name: "Flexible", Cells: percentCells(e.FlexibleRatio)},
	}
	return s
}

// bases says in a few words what each basis counts.
var bases = map[finance.Basis]string{
	finance.Cash: "received", finance.Accrued: "agreements, spread over their terms by day", finance.Signed: "agreements, at signature",
}

// caption names basis and day, which every chart must.
func (h Head) caption() string {
	return " · " + string(h.Basis) + " basis (" + bases[h.Basis] + ")" + h.asOf()
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
		if r := finance.PortionOf(a, totals[i]); r != nil {
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

// Chart draws the forecast: secured and weighted money month by month, core cost and the cliff under it.
func (f *Forecast) Chart() chart.Stack {
	s := chart.Stack{Title: "Forecast of " + strconv.Itoa(len(f.Months)) + " months", Subtitle: "Secured and weighted pipeline by month · " + string(f.Basis) + " basis" + f.asOf(),
		Empty: "Nothing is expected in these months.", Currency: f.Currency, Ordered: true}
	for _, m := range f.Months {
		s.Labels = append(s.Labels, m[2:])
	}
	s.Series = []chart.Series{{Name: "Secured", Values: majors(f.Secured)}, {Name: "Pipeline, " + weightings[f.Weighting], Values: majors(f.Weighted)}}
	if f.CoreCost != nil {
		s.Line = &chart.Series{Name: "Core cost", Values: majors(f.CoreCost)}
		s.Rows = append(s.Rows, chart.Row{Name: "Core cost, thousand", Cells: cells(f.CoreCost, chart.Thousands)})
	}
	s.Footer = f.footer()
	return s
}

var weightings = map[finance.Weighting]string{
	finance.Discount: "amount × probability", finance.Cutoff: "whole from 75 %", finance.SecuredOnly: "not counted",
}

func (f *Forecast) footer() string {
	s := ""
	if f.NotConverted > 0 {
		s = leftOut(f.NotConverted, 0)
	}
	switch {
	case f.CoreCost == nil:
		return s + "No core budget was adopted, so core cost is not known."
	case f.CliffMonth == "":
		return s + "Secured, accrued money covers core cost in every month shown."
	}
	return s + "Cliff month: " + f.CliffMonth + ", the first in which secured, accrued money is less than core cost."
}

func (h Head) asOf() string {
	day := string(h.AsOf)
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		day = t.Format("2 January 2006")
	}
	return " · as of " + day
}

func majors(cents []int64) []float64 {
	out := make([]float64, len(cents))
	for i, c := range cents {
		out[i] = float64(c) / 100
	}
	return out
}
