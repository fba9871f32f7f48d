package report

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/store"
)

// Unconverted is a line that no figure holds, because its rate is not known.
type Unconverted struct {
	ID        string        `json:"id"`
	DonorID   string        `json:"donorId"`
	DonorName string        `json:"donorName"`
	Date      store.Date    `json:"date"`
	Amount    finance.Money `json:"amount"`
	Reason    string        `json:"reason"`
}

// maxListed bounds the lines that are listed as not converted; all are counted.
const maxListed = 200

// books are the lines of a span of years, netted per year and payer.
type books struct {
	head         Head
	years        []int
	tallies      []finance.Tally
	unconverted  []Unconverted // the first of them
	notConverted int
}

// read nets the lines of the fiscal years from … to.
func (r *Reports) read(ctx context.Context, from, to int, by By) (*books, error) {
	if err := checkSpan(from, to); err != nil {
		return nil, err
	}
	if by.View != finance.Direct && by.View != finance.Ultimate {
		return nil, fault.Field("view", "%q is neither direct nor ultimate.", by.View)
	}
	if !slices.Contains(finance.Bases, by.Basis) {
		return nil, fault.Field("basis", "%q is not one of cash, accrued, signed.", by.Basis)
	}
	b := &books{head: Head{Basis: by.Basis, AsOf: r.today(), View: by.View, Currency: r.Reporting.Code()}, unconverted: []Unconverted{}}
	for y := from; y <= to; y++ {
		b.years = append(b.years, y)
		b.tallies = append(b.tallies, finance.Tally{})
	}
	var roots map[string]string
	if by.View == finance.Ultimate {
		var err error
		if roots, err = r.donors.Roots(ctx); err != nil {
			return nil, err
		}
	}
	if by.Basis == finance.Cash {
		if err := r.readLedger(ctx, b, from, to, by.View, roots); err != nil {
			return nil, err
		}
	} else if err := r.readAgreements(ctx, b, from, by, roots); err != nil {
		return nil, err
	}
	return b, r.nameUnconverted(ctx, b)
}

func (r *Reports) readLedger(ctx context.Context, b *books, from, to int, view finance.View, roots map[string]string) error {
	var search finance.Search
	search.From, search.Before = r.fiscal.Range(from, to)
	left, err := r.lines.EachConverted(ctx, search, func(line *finance.Income) error {
		b.tallies[r.fiscal.Year(line.Date)-from].Add(view.Payer(line, roots), line)
		return nil
	})
	if err != nil || left == 0 {
		return err
	}
	return r.lines.EachUnconverted(ctx, search, func(line *finance.Income) error {
		b.aside(Unconverted{ID: line.ID, DonorID: line.DonorID, Date: line.Date, Amount: line.Amount, Reason: finance.WhyNotConverted(line, r.Reporting)})
		return nil
	})
}

func (r *Reports) readAgreements(ctx context.Context, b *books, from int, by By, roots map[string]string) error {
	lines, err := r.secured(ctx, roots)
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		if l.Worth == nil {
			if l.Counts(by.Basis, r.fiscal, from, b.years[len(b.years)-1]) {
				b.aside(Unconverted{ID: l.ID, DonorID: l.DonorID, Date: l.Signed, Amount: l.Amount, Reason: "No rate of " + l.Amount.Currency + " is known for it."})
			}
			continue
		}
		l.Tally(by.Basis, by.View, r.fiscal, from, b.tallies)
	}
	return nil
}

// secured gives the lines of signed agreements with their ultimate donors rolled up.
func (r *Reports) secured(ctx context.Context, roots map[string]string) ([]finance.Expected, error) {
	if r.Secured == nil {
		return nil, nil
	}
	lines, err := r.Secured.Secured(ctx)
	return rolledUp(lines, roots), err
}

// hopes gives the open opportunities and the awards, rolled up likewise.
func (r *Reports) hopes(ctx context.Context, roots map[string]string) (open, awarded []finance.Expected, err error) {
	if r.Pipeline == nil {
		return nil, nil, nil
	}
	open, awarded, err = r.Pipeline.Hopes(ctx)
	return rolledUp(open, roots), rolledUp(awarded, roots), err
}

func rolledUp(lines []finance.Expected, roots map[string]string) []finance.Expected {
	for i := range lines {
		l := &lines[i]
		if l.UltimateID == "" {
			l.UltimateID = l.DonorID
		}
		if root := roots[l.UltimateID]; root != "" {
			l.UltimateID = root
		}
	}
	return lines
}

func checkSpan(from, to int) error {
	var c fault.Checks
	c.Require(from >= 1950 && from <= 2100, "from", "%d is not a year between 1950 and 2100.", from)
	c.Require(to >= 1950 && to <= 2100, "to", "%d is not a year between 1950 and 2100.", to)
	c.Require(to >= from, "to", "The last year is before the first.")
	c.Require(to-from < MaxYears, "to", "At most %d years are shown at once.", MaxYears)
	return c.Err()
}

func (b *books) aside(line Unconverted) {
	if b.notConverted++; len(b.unconverted) < maxListed {
		b.unconverted = append(b.unconverted, line)
	}
}

func (r *Reports) nameUnconverted(ctx context.Context, b *books) error {
	if len(b.unconverted) == 0 {
		return nil
	}
	ids := make([]string, 0, len(b.unconverted))
	for _, u := range b.unconverted {
		ids = append(ids, u.DonorID)
	}
	names, err := r.donors.Names(ctx, ids)
	if err != nil {
		return err
	}
	for i := range b.unconverted {
		b.unconverted[i].DonorName = nameOf(names, b.unconverted[i].DonorID)
	}
	slices.SortStableFunc(b.unconverted, func(x, y Unconverted) int {
		if x.Date != y.Date {
			return compare(x.Date, y.Date)
		}
		return compare(x.ID, y.ID)
	})
	return nil
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// nameOf gives a name also for a donor whose record is gone: figures keep their rows when a person is
// erased.
func nameOf(names map[string]string, id string) string {
	if n := names[id]; n != "" {
		return n
	}
	return "(removed donor)"
}
