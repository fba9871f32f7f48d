package finance

import (
	"piper/internal/money"
	"piper/internal/store"
)

// Basis says when money counts. The three are never mixed in one figure.
type Basis string

// The bases.
const (
	Cash    Basis = "cash"    // on the day on which it is, or is to be, received
	Accrued Basis = "accrued" // day by day over the term for which it was given
	Signed  Basis = "signed"  // on the day of signature, with the whole value of the agreement
)

// Bases lists them.
var Bases = []Basis{Cash, Accrued, Signed}

// Expected is one line of money that was agreed, or that we hope for: an instalment of a signed agreement, or
// an opportunity of the pipeline. The lines of one agreement add up to its value; what no instalment is
// fixed for is a line without a day.
type Expected struct {
	ID          string      `json:"id"`       // of the instalment or the opportunity
	RecordID    string      `json:"recordId"` // of the agreement or the opportunity, for the link
	Title       string      `json:"title"`
	DonorID     string      `json:"donorId"`    // who pays
	UltimateID  string      `json:"ultimateId"` // whose money it is, rolled up to the top of the tree
	Signed      store.Date  `json:"signed,omitempty"`
	Due         store.Date  `json:"due,omitempty"`  // "": no day is fixed, so no cash figure holds it
	From        store.Date  `json:"from,omitempty"` // first and last day of the term; without, it is earned when due
	To          store.Date  `json:"to,omitempty"`
	Amount      Money       `json:"amount"`
	Worth       *Money      `json:"worth,omitempty"` // nil: not converted, and in no figure
	Earmarking  Earmarking  `json:"earmarking"`
	Restriction Restriction `json:"restriction"`
	SourceType  SourceType  `json:"sourceType"`
	Probability int         `json:"probability"` // percent; of opportunities only
	Spread      bool        `json:"spread"`      // no payment is agreed: cash, too, is taken to come by day over the term

	// OpportunityID names, on a line of an agreement, the opportunity that it was awarded from.
	OpportunityID string `json:"opportunityId,omitempty"`

	// stops is the first day on which a scenario lets nothing of it be paid or earned; "" for never.
	stops store.Date
}

// Dated reports whether a day is known on which the line counts.
func (l *Expected) Dated() bool { return l.Due != "" || l.From != "" && l.To >= l.From }

// Payer gives the id under which the line counts in a view. A hope of nobody in particular is one of its own.
func (l *Expected) Payer(v View) string {
	if l.DonorID == "" {
		return l.ID
	}
	if v == Direct || l.UltimateID == "" {
		return l.DonorID
	}
	return l.UltimateID
}

// each calls add for every month in which some of the line's money counts. An accrued line is divided by days
// over the fiscal years of its term and then over the months of each, both times exactly, so that figures of
// months and of years agree to the cent.
func (l *Expected) each(basis Basis, f Fiscal, cents int64, add func(m Month, cents int64)) {
	day := l.Due
	switch {
	case basis == Signed:
		day = l.Signed
	case (basis == Accrued || l.Spread) && l.From != "" && l.To >= l.From:
		l.accrue(f, cents, add)
		return
	}
	if day == "" || l.stops != "" && day >= l.stops {
		return
	}
	if m := MonthOf(day); m != 0 {
		add(m, cents)
	}
}

// Tally counts a converted line in the tallies of the fiscal years from first on, one for each year.
func (l *Expected) Tally(basis Basis, view View, f Fiscal, first int, tallies []Tally) {
	l.each(basis, f, l.Worth.Minor, func(m Month, cents int64) {
		if y := f.year(m) - first; y >= 0 && y < len(tallies) {
			tallies[y].count(l.Payer(view), cents, l.Earmarking, l.Restriction, l.SourceType)
		}
	})
}

// Counts reports whether any of the line's money counts in the fiscal years from first to last, whatever it is worth.
func (l *Expected) Counts(basis Basis, f Fiscal, first, last int) (some bool) {
	const enough = 1_000_000_00 // to give every day of the longest term a cent
	l.each(basis, f, enough, func(m Month, _ int64) {
		some = some || f.year(m) >= first && f.year(m) <= last
	})
	return some
}

func (l *Expected) accrue(f Fiscal, cents int64, add func(m Month, cents int64)) {
	first, after := dayOf(l.From), dayOf(l.To)+1
	from, to := MonthOf(l.From), MonthOf(l.To)
	if from == 0 || to == 0 || after-first > maxTerm {
		return
	}
	var room [64]int64
	weights := room[:0]
	for y := f.year(from); y <= f.year(to); y++ {
		weights = append(weights, overlap(first, after, f.start(y).firstDay(), f.start(y+1).firstDay()))
	}
	years := money.Split(cents, weights)
	for i, inYear := range years {
		start := max(f.start(f.year(from)+i), from)
		weights = weights[:0]
		for m := start; m <= min(f.start(f.year(from)+i+1)-1, to); m++ {
			weights = append(weights, overlap(first, after, m.firstDay(), (m+1).firstDay()))
		}
		for k, part := range money.Split(inYear, weights) {
			m := start + Month(k)
			if l.stops != "" {
				part = before(part, max(first, m.firstDay()), min(after, (m+1).firstDay()), dayOf(l.stops))
			}
			if part != 0 {
				add(m, part)
			}
		}
	}
}

// maxTerm bounds a term, in days; a longer one is a slip of the pen, and counts nowhere.
const maxTerm = 50 * 366

// overlap counts the days that two spans share; both end before their second number.
func overlap(a0, a1, b0, b1 int64) int64 { return max(0, min(a1, b1)-max(a0, b0)) }

// before gives what of an amount, spread by day from first up to after, falls before a day.
func before(cents, first, after, day int64) int64 {
	switch {
	case day <= first:
		return 0
	case day >= after:
		return cents
	}
	return money.Split(cents, []int64{day - first, after - day})[0]
}

// Weighting says how much of an opportunity counts.
type Weighting string

// The weightings.
const (
	Discount    Weighting = "discount" // the amount asked for, times its probability
	Cutoff      Weighting = "cutoff"   // the whole amount from a probability of 75 % on, nothing below
	SecuredOnly Weighting = "none"     // nothing: only what is signed
)

// Weightings lists them.
var Weightings = []Weighting{Discount, Cutoff, SecuredOnly}

// CutoffAt is the probability, in percent, from which the cut-off weighting counts an opportunity whole.
const CutoffAt = 75

// Weigh gives what counts of an opportunity in cents, rounded half away from zero.
func (w Weighting) Weigh(cents int64, percent int) int64 {
	switch {
	case w == SecuredOnly:
		return 0
	case w == Cutoff && percent >= CutoffAt:
		return cents
	case w == Cutoff:
		return 0
	}
	return share(cents, int64(min(max(percent, 0), 100)), 100)
}

// share gives cents × part ÷ whole rounded to the nearest cent, an exact half away from zero. whole is positive,
// part is neither negative nor large.
func share(cents, part, whole int64) int64 {
	if cents < 0 {
		return -share(-cents, part, whole)
	}
	return cents/whole*part + (2*(cents%whole)*part+whole)/(2*whole)
}
