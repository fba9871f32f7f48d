package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"piper/internal/finance"
	"piper/internal/store"
)

// Power is a stakeholder who decides what we work for: by its roles an intergovernmental organisation, a government
// or a member of parliament.
type Power struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Body bool   `json:"body" doc:"an organisation; otherwise a person or an office of one"`
}

// Powers is where those whom we lobby are read from. Meetings gives, for every contact with any of ids from a day on, the
// ids of all stakeholders that were part of it, as far as the reader may see it.
type Powers interface {
	Powers(ctx context.Context) ([]Power, error)
	Meetings(ctx context.Context, ids []string, from store.Date) ([][]string, error)
}

// lobbied gives those whom we lobby by the top of the tree that they are part of: a body funds us as a whole, whichever
// part of it pays.
func (r *Reports) lobbied(ctx context.Context) (byTop map[string][]Power, topOf func(id string) string, err error) {
	if r.Powers == nil {
		return nil, func(id string) string { return id }, nil
	}
	roots, err := r.donors.Roots(ctx)
	if err != nil {
		return nil, nil, err
	}
	topOf = func(id string) string { return cmp.Or(roots[id], id) }
	powers, err := r.Powers.Powers(ctx)
	if err != nil {
		return nil, nil, err
	}
	byTop = map[string][]Power{}
	for _, p := range powers {
		byTop[topOf(p.ID)] = append(byTop[topOf(p.ID)], p)
	}
	return byTop, topOf, nil
}

// alsoLobbied says of each donor whom of its own body we lobby, and of each year what share of the income comes from
// such donors.
func (r *Reports) alsoLobbied(ctx context.Context, t *Tunes, totals []int64, amounts map[string][]int64) error {
	byTop, topOf, err := r.lobbied(ctx)
	if err != nil {
		return err
	}
	var ids []string
	theirs := make([]int64, len(totals))
	for i := range t.Donors {
		d := &t.Donors[i]
		d.Lobbied = append([]Power{}, byTop[topOf(d.ID)]...)
		for _, p := range d.Lobbied {
			ids = append(ids, p.ID)
		}
		for year, amount := range amounts[d.ID] {
			if len(d.Lobbied) > 0 {
				theirs[year] += amount
			}
		}
	}
	var part, whole int64
	t.LobbiedShares = make([]*float64, len(totals))
	for year, total := range totals {
		part, whole = part+theirs[year], whole+total
		t.LobbiedShares[year] = finance.PortionOf(theirs[year], total)
	}
	t.LobbiedShare = finance.PortionOf(part, whole)
	if len(ids) == 0 {
		return nil
	}
	meetings, err := r.Powers.Meetings(ctx, ids, store.Date(r.now().UTC().AddDate(-1, 0, 0).Format(time.DateOnly)))
	if err != nil {
		return err
	}
	met := map[string]int{} // by top
	for _, who := range meetings {
		tops := map[string]bool{}
		for _, id := range who {
			tops[topOf(id)] = true
		}
		for top := range tops {
			met[top]++
		}
	}
	for i := range t.Donors {
		if d := &t.Donors[i]; len(d.Lobbied) > 0 {
			d.Met = met[topOf(d.ID)]
			slices.SortStableFunc(d.Lobbied, func(x, y Power) int {
				return cmp.Or(yes(y.Body)-yes(x.Body), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
			})
		}
	}
	return nil
}
