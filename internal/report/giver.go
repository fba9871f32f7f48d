package report

import (
	"context"

	"piper/internal/finance"
)

// Giver says what one donor has brought, year by year, as cash. Arrays run along years, amounts are cents.
type Giver struct {
	Head
	Years        []int      `json:"years" nullable:"false"`
	Labels       []string   `json:"labels" nullable:"false"`
	Amounts      []int64    `json:"amounts" nullable:"false" doc:"refunds netted"`
	Unearmarked  []int64    `json:"unearmarked" nullable:"false" doc:"the part of it that came without a purpose"`
	Shares       []*float64 `json:"shares" nullable:"false" doc:"of all income of the year, from 0 to 1; null where the total does not hold it"`
	NotConverted int        `json:"notConverted" doc:"lines without a rate, which no figure holds"`
}

// Giver answers for the fiscal years from … to. In the direct view the lines that the donor paid count, in the
// ultimate view those whose money is theirs or, at the top of a tree, of whoever is part of them: the lines that the
// list of income shows for the donor. A share has the year's total of METRICS beneath it, which leaves out who got
// back more than they gave; where that makes the part larger than the whole there is no share.
func (r *Reports) Giver(ctx context.Context, id string, from, to int, view finance.View) (*Giver, error) {
	b, err := r.read(ctx, from, to, By{View: view, Basis: finance.Cash})
	if err != nil {
		return nil, err
	}
	n := len(b.years)
	g := &Giver{Head: b.head, Years: b.years, Labels: r.labels(b.years), Amounts: make([]int64, n), Unearmarked: make([]int64, n), Shares: make([]*float64, n)}
	roots, err := r.rootsFor(ctx, view)
	if err != nil {
		return nil, err
	}
	theirs := func(line *finance.Income) bool {
		return view.Payer(line, nil) == id || view.Payer(line, roots) == id
	}
	var search finance.Search
	search.From, search.Before = r.fiscal.Range(from, to)
	left, err := r.lines.EachConverted(ctx, search, func(line *finance.Income) error {
		if !theirs(line) {
			return nil
		}
		year := r.fiscal.Year(line.Date) - from
		g.Amounts[year] += line.Worth.Minor
		if line.Earmarking == finance.Unearmarked {
			g.Unearmarked[year] += line.Worth.Minor
		}
		return nil
	})
	if err == nil && left > 0 {
		err = r.lines.EachUnconverted(ctx, search, func(line *finance.Income) error {
			if theirs(line) {
				g.NotConverted++
			}
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	for i, amount := range g.Amounts {
		if total := b.tallies[i].Figures().Total; amount > 0 && amount <= total {
			share := float64(amount) / float64(total)
			g.Shares[i] = &share
		}
	}
	return g, nil
}
