package report

import (
	"context"
	"slices"
	"strings"

	"piper/internal/finance"
	"piper/internal/store"
)

// Choice is a line or a donor that a scenario can change.
type Choice struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Donor       string     `json:"donor,omitempty"`
	Due         store.Date `json:"due,omitempty"`
	Cents       int64      `json:"cents" doc:"hundredths of the reporting currency"`
	Probability int        `json:"probability,omitempty" doc:"percent"`
}

// Choices gives the instalments still to come, the open opportunities, and the donors of whom something is
// expected, as the lens sees donors.
func (r *Reports) Choices(ctx context.Context, lens finance.Lens) (instalments, opportunities, donors []Choice, err error) {
	o, _, err := r.outlook(ctx, lens)
	if err != nil {
		return nil, nil, nil, err
	}
	var ids []string
	for _, lines := range [...][]finance.Expected{o.Secured, o.Pipeline} {
		for i := range lines {
			ids = append(ids, lines[i].DonorID, lines[i].Payer(lens.View))
		}
	}
	names, err := r.donors.Names(ctx, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	instalments, opportunities, donors = []Choice{}, []Choice{}, []Choice{}
	sums := map[string]int64{}
	choice := func(l *finance.Expected) Choice {
		c := Choice{ID: l.ID, Title: l.Title, Due: l.Due, Cents: l.Worth.Minor, Probability: l.Probability}
		if l.DonorID != "" {
			c.Donor = nameOf(names, l.DonorID)
			sums[l.Payer(lens.View)] += l.Worth.Minor
		}
		return c
	}
	for i := range o.Secured {
		if l := &o.Secured[i]; l.Worth != nil && (l.Due >= lens.On() || l.To >= lens.On()) {
			c := choice(l)
			if l.Due >= lens.On() {
				instalments = append(instalments, c)
			}
		}
	}
	for i := range o.Pipeline {
		if l := &o.Pipeline[i]; l.Worth != nil {
			opportunities = append(opportunities, choice(l))
		}
	}
	for id, cents := range sums {
		donors = append(donors, Choice{ID: id, Title: nameOf(names, id), Cents: cents})
	}
	byDay := func(a, b Choice) int {
		if by := strings.Compare(string(a.Due), string(b.Due)); by != 0 {
			return by
		}
		return strings.Compare(a.ID, b.ID)
	}
	slices.SortFunc(instalments, byDay)
	slices.SortFunc(opportunities, byDay)
	slices.SortFunc(donors, func(a, b Choice) int {
		if by := strings.Compare(store.Fold(a.Title), store.Fold(b.Title)); by != 0 {
			return by
		}
		return strings.Compare(a.ID, b.ID)
	})
	return instalments, opportunities, donors, nil
}
