package finance

import (
	"cmp"
	"slices"
)

// Share is what one line puts into one month of a forecast.
type Share struct {
	Line  *Expected // of what is secured or hoped for
	Cost  *Cost     // of what work costs
	Cents int64
}

// MonthRows is what the figures of one month of a forecast are made of, each list the largest first. The shares of a
// list add up to its figure to the cent.
type MonthRows struct {
	Secured  []Share
	Pipeline []Share
	Core     []Share // a part of Costs
	Costs    []Share
}

// Rows gives what the figures of a month are made of, by the same division into months as Forecast makes. What is not
// converted is in none of them.
func (o *Outlook) Rows(lens Lens, month Month) MonthRows {
	var rows MonthRows
	of := func(lines []Expected, pipeline bool) (list []Share) {
		for i := range lines {
			l := &lines[i]
			if l.Worth == nil {
				continue
			}
			cents := l.Worth.Minor
			if pipeline {
				cents = lens.Weighting.Weigh(cents, l.Probability)
			}
			var inMonth int64
			l.each(lens.Basis, lens.Fiscal, cents, func(m Month, part int64) {
				if m == month {
					inMonth += part
				}
			})
			if inMonth != 0 {
				list = append(list, Share{Line: l, Cents: inMonth})
			}
		}
		return largestFirst(list)
	}
	rows.Secured, rows.Pipeline = of(o.Secured, false), of(o.Pipeline, true)
	for i := range o.Costs {
		c := &o.Costs[i]
		if c.Month != month || c.Cents == 0 {
			continue
		}
		rows.Costs = append(rows.Costs, Share{Cost: c, Cents: c.Cents})
		if c.Core && o.HasCore {
			rows.Core = append(rows.Core, Share{Cost: c, Cents: c.Cents})
		}
	}
	rows.Costs, rows.Core = largestFirst(rows.Costs), largestFirst(rows.Core)
	return rows
}

func largestFirst(list []Share) []Share {
	slices.SortStableFunc(list, func(a, b Share) int { return cmp.Compare(b.Cents, a.Cents) })
	return list
}
