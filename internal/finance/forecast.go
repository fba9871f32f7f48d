package finance

import (
	"math/big"

	"piper/internal/money"
	"piper/internal/store"
)

// Cost is what one month of a programme costs, in cents.
type Cost struct {
	ProjectID string // "" where no project is known
	Core      bool
	Month     Month
	Cents     int64
}

// Outlook is all that a forecast is worked out from. A scenario is the same with some lines changed.
type Outlook struct {
	Reporting money.Reporting // the currency of all amounts in it
	Secured   []Expected      // signed agreements
	Pipeline  []Expected      // open opportunities only: an award is secured
	Costs     []Cost
	HasCore   bool   // a core budget was adopted, so that core cost is known
	Free      *int64 // free reserves at the beginning, in cents; nil where there is no statement
}

// Lens says how an outlook is looked at.
type Lens struct {
	Fiscal    Fiscal
	From      Month
	Months    int
	Basis     Basis // cash or accrued
	Weighting Weighting
	View      View
}

// Horizon is how many months a forecast spans unless told.
const Horizon = 36

// Forecast is an outlook month by month and year by year, in cents. Nil figures are n/a.
type Forecast struct {
	Secured  []int64
	Weighted []int64 // of the pipeline
	CoreCost []int64 // nil where no core budget was adopted
	Cost     []int64 // all programmes
	Free     []int64 // free reserves at the end of each month, nil without a statement
	Years    []ForecastYear

	// Cliff is the place of the cliff month: the first month in which what is secured is less than the core
	// cost. It is read from accrued money whatever the basis of the rest, since instalments come in lumps and
	// every month between two payments would be one. -1: none within the months, or core cost is not known.
	Cliff int
	// Exhausted is how many months pass until free reserves reach zero, when secured and weighted money comes in
	// and all programmes are paid; nil where they last longer than the months, or where there is no statement.
	Exhausted *float64
	// NotConverted counts lines of these years without a rate, Undated hopes without a day; no figure holds them.
	NotConverted, Undated int
}

// ForecastYear is one whole fiscal year of a forecast, months before its first included.
type ForecastYear struct {
	Year     int
	Secured  int64
	Weighted int64
	// Change is the funding cliff C_t: secured against secured of the year before, nil where that is not
	// positive. Alert marks a fall of a quarter or more.
	Change  *float64
	Alert   bool
	Figures Figures // of secured and weighted money
}

// Alerted reports whether secured money falls by 25 % or more from one period to the next.
func Alerted(before, now int64) bool { return before > 0 && 4*(now-before) <= -before }

// Change is the funding cliff C_t = (now − before) ÷ before, nil where there was nothing before.
func Change(before, now int64) *float64 {
	if before <= 0 {
		return nil
	}
	return edge(big.NewRat(now-before, before))
}

// Forecast works an outlook out.
func (o *Outlook) Forecast(lens Lens) Forecast {
	f := Forecast{Secured: make([]int64, lens.Months), Weighted: make([]int64, lens.Months), Cost: make([]int64, lens.Months), Cliff: -1}
	first := lens.Fiscal.year(lens.From)
	last := lens.Fiscal.year(lens.From + Month(lens.Months) - 1)
	tallies := make([]Tally, last-first+1)
	for i := range tallies {
		tallies[i] = Tally{}
	}
	secured, weighted := make([]int64, len(tallies)+1), make([]int64, len(tallies)+1) // the first is the year before
	count := func(lines []Expected, pipeline bool) {
		for i := range lines {
			l := &lines[i]
			if l.Spread && !l.Dated() { // a hope or an award: what a signed agreement has not planned is its own matter
				f.Undated++
			}
			if l.Worth == nil {
				if l.Counts(lens.Basis, lens.Fiscal, first, last) {
					f.NotConverted++
				}
				continue
			}
			cents, months, years := l.Worth.Minor, f.Secured, secured
			if pipeline {
				cents, months, years = lens.Weighting.Weigh(cents, l.Probability), f.Weighted, weighted
			}
			var inYears [maxYears + 2]int64
			l.each(lens.Basis, lens.Fiscal, cents, func(m Month, part int64) {
				if at := int(m - lens.From); at >= 0 && at < lens.Months {
					months[at] += part
				}
				if y := lens.Fiscal.year(m) - first + 1; y >= 0 && y < len(years) {
					inYears[y] += part
				}
			})
			for y, part := range inYears[:len(years)] {
				if part == 0 {
					continue
				}
				years[y] += part
				if y > 0 {
					tallies[y-1].count(l.Payer(lens.View), part, l.Earmarking, l.Restriction, l.SourceType)
				}
			}
		}
	}
	count(o.Secured, false)
	count(o.Pipeline, true)
	for i := range tallies {
		f.Years = append(f.Years, ForecastYear{Year: first + i, Secured: secured[i+1], Weighted: weighted[i+1],
			Change: Change(secured[i], secured[i+1]), Alert: Alerted(secured[i], secured[i+1]), Figures: tallies[i].Figures()})
	}
	f.costs(o, lens)
	f.cliff(o, lens)
	f.reserves(o.Free)
	return f
}

// maxYears bounds the fiscal years that the months of a forecast touch.
const maxYears = 12

// MaxMonths bounds a forecast.
const MaxMonths = 120

func (f *Forecast) costs(o *Outlook, lens Lens) {
	if o.HasCore {
		f.CoreCost = make([]int64, lens.Months)
	}
	for _, c := range o.Costs {
		at := int(c.Month - lens.From)
		if at < 0 || at >= lens.Months {
			continue
		}
		f.Cost[at] += c.Cents
		if c.Core && f.CoreCost != nil {
			f.CoreCost[at] += c.Cents
		}
	}
}

func (f *Forecast) cliff(o *Outlook, lens Lens) {
	if f.CoreCost == nil {
		return
	}
	accrued := f.Secured
	if lens.Basis != Accrued {
		accrued = make([]int64, lens.Months)
		for i := range o.Secured {
			l := &o.Secured[i]
			if l.Worth == nil {
				continue
			}
			l.each(Accrued, lens.Fiscal, l.Worth.Minor, func(m Month, part int64) {
				if at := int(m - lens.From); at >= 0 && at < lens.Months {
					accrued[at] += part
				}
			})
		}
	}
	for i, cents := range accrued {
		if cents < f.CoreCost[i] {
			f.Cliff = i
			return
		}
	}
}

func (f *Forecast) reserves(free *int64) {
	if free == nil {
		return
	}
	net := make([]int64, len(f.Cost))
	left := *free
	for i := range net {
		net[i] = f.Secured[i] + f.Weighted[i] - f.Cost[i]
		left += net[i]
		f.Free = append(f.Free, left)
	}
	f.Exhausted = runOut(*free, net)
}

// runOut gives how many months pass until an amount that changes by net each month reaches zero, the month in
// which it does by its part; nil where it does not.
func runOut(free int64, net []int64) *float64 {
	if free <= 0 {
		return edge(new(big.Rat))
	}
	for i, change := range net {
		if free+change <= 0 {
			return edge(new(big.Rat).Add(big.NewRat(int64(i), 1), big.NewRat(free, -change)))
		}
		free += change
	}
	return nil
}

// On gives the first day of the forecast.
func (l Lens) On() store.Date { return l.From.First() }
