// Package report reads across nouns and answers the questions that a board asks: how dependent are we, on
// whom, and how free is the money. Screens, charts and exports all come from the same answers.
package report

import (
	"context"
	"slices"
	"time"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/store"
)

// MaxYears bounds how many years one answer spans.
const MaxYears = 60

// Lines is where income is read from.
type Lines interface {
	Each(ctx context.Context, s finance.Search, fn func(*finance.Income) error) error
}

// Donors is what reports need to know of stakeholders.
type Donors interface {
	Names(ctx context.Context, ids []string) (map[string]string, error)
	Roots(ctx context.Context) (map[string]string, error)
}

// Reports answers from the store.
type Reports struct {
	lines  Lines
	donors Donors
	fiscal finance.Fiscal
	now    func() time.Time
}

// New makes the reports of books whose fiscal year is given.
func New(lines Lines, donors Donors, fiscal finance.Fiscal, now func() time.Time) *Reports {
	return &Reports{lines: lines, donors: donors, fiscal: fiscal, now: now}
}

// Fiscal gives the calendar of the books.
func (r *Reports) Fiscal() finance.Fiscal { return r.fiscal }

// ThisYear gives the fiscal year of today.
func (r *Reports) ThisYear() int { return r.fiscal.Year(r.today()) }

func (r *Reports) today() store.Date { return store.Date(r.now().UTC().Format(time.DateOnly)) }

// Basis names how income is counted: when it is received.
const Basis = "cash"

// Head is what every answer says about itself.
type Head struct {
	Basis    string       `json:"basis"`
	AsOf     store.Date   `json:"asOf"`
	View     finance.View `json:"view"`
	Currency string       `json:"currency"`
}

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
func (r *Reports) read(ctx context.Context, from, to int, view finance.View) (*books, error) {
	if err := checkSpan(from, to); err != nil {
		return nil, err
	}
	if view != finance.Direct && view != finance.Ultimate {
		return nil, fault.Field("view", "%q is neither direct nor ultimate.", view)
	}
	b := &books{head: Head{Basis: Basis, AsOf: r.today(), View: view, Currency: finance.Reporting}, unconverted: []Unconverted{}}
	for y := from; y <= to; y++ {
		b.years = append(b.years, y)
		b.tallies = append(b.tallies, finance.Tally{})
	}
	var roots map[string]string
	if view == finance.Ultimate {
		var err error
		if roots, err = r.donors.Roots(ctx); err != nil {
			return nil, err
		}
	}
	var search finance.Search
	search.From, search.Before = r.fiscal.Range(from, to)
	err := r.lines.Each(ctx, search, func(line *finance.Income) error {
		if line.EUR == nil {
			b.aside(line)
			return nil
		}
		b.tallies[r.fiscal.Year(line.Date)-from].Add(view.Payer(line, roots), line)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b, r.nameUnconverted(ctx, b)
}

func checkSpan(from, to int) error {
	var c fault.Checks
	c.Require(from >= 1950 && from <= 2100, "from", "%d is not a year between 1950 and 2100.", from)
	c.Require(to >= 1950 && to <= 2100, "to", "%d is not a year between 1950 and 2100.", to)
	c.Require(to >= from, "to", "The last year is before the first.")
	c.Require(to-from < MaxYears, "to", "At most %d years are shown at once.", MaxYears)
	return c.Err()
}

func (b *books) aside(line *finance.Income) {
	if b.notConverted++; len(b.unconverted) < maxListed {
		b.unconverted = append(b.unconverted, Unconverted{ID: line.ID, DonorID: line.DonorID, Date: line.Date, Amount: line.Amount,
			Reason: finance.WhyNotConverted(line)})
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
