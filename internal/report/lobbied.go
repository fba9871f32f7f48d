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

// LobbiedDonor is a donor whom we lobby too.
type LobbiedDonor struct {
	ID    string  `json:"id"`
	Parts []Power `json:"parts" nullable:"false" doc:"of the donor's own body, organisations first"`
	Met   int     `json:"met" doc:"contacts with anybody of that body in the last twelve months, as far as the reader may see them"`
}

// Lobbying says which donors we lobby too. It is made for who reads it now and is kept nowhere, since contacts may be private.
type Lobbying struct {
	Donors []LobbiedDonor `json:"donors" nullable:"false"`
	Share  *float64       `json:"share" doc:"what part of the income of all years comes from them; null where the reader reads no income"`
	Shares []*float64     `json:"shares" nullable:"false" doc:"the same along years"`
}

// Lobbying answers for the donors of an answer of Tunes. A body funds us as a whole, whichever part of it pays: a donor is
// lobbied too where any part of the tree that it is in is a power.
func (r *Reports) Lobbying(ctx context.Context, t *Tunes) (*Lobbying, error) {
	out := &Lobbying{Donors: []LobbiedDonor{}, Shares: make([]*float64, len(t.totals))}
	if r.Powers == nil {
		return out, nil
	}
	roots, err := r.donors.Roots(ctx)
	if err != nil {
		return nil, err
	}
	topOf := func(id string) string { return cmp.Or(roots[id], id) }
	powers, err := r.Powers.Powers(ctx)
	if err != nil {
		return nil, err
	}
	byTop := map[string][]Power{}
	for _, p := range powers {
		byTop[topOf(p.ID)] = append(byTop[topOf(p.ID)], p)
	}
	theirs, paying := make([]int64, len(t.totals)), map[string]bool{}
	for _, d := range t.Donors {
		parts := byTop[topOf(d.ID)]
		if len(parts) == 0 {
			continue
		}
		slices.SortFunc(parts, func(x, y Power) int {
			return cmp.Or(yes(y.Body)-yes(x.Body), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
		})
		out.Donors = append(out.Donors, LobbiedDonor{ID: d.ID, Parts: parts})
		paying[topOf(d.ID)] = true
		for year, amount := range t.amounts[d.ID] {
			theirs[year] += amount
		}
	}
	var part, whole int64
	for year, total := range t.totals {
		part, whole = part+theirs[year], whole+total
		out.Shares[year] = finance.PortionOf(theirs[year], total)
	}
	out.Share = finance.PortionOf(part, whole)
	met, err := r.met(ctx, paying, roots)
	for i := range out.Donors {
		out.Donors[i].Met = met[topOf(out.Donors[i].ID)]
	}
	return out, err
}

// met counts contacts within a year with anybody of each of these trees. One with two of a tree is one.
func (r *Reports) met(ctx context.Context, tops map[string]bool, roots map[string]string) (map[string]int, error) {
	topOf := map[string]string{}
	for top := range tops {
		topOf[top] = top
	}
	for id, top := range roots {
		if tops[top] {
			topOf[id] = top
		}
	}
	ids := make([]string, 0, len(topOf))
	for id := range topOf {
		ids = append(ids, id)
	}
	meetings, err := r.Powers.Meetings(ctx, ids, store.Date(r.now().UTC().AddDate(-1, 0, 0).Format(time.DateOnly)))
	if err != nil {
		return nil, err
	}
	met := map[string]int{}
	for _, who := range meetings {
		seen := map[string]bool{}
		for _, id := range who {
			if top := topOf[id]; top != "" && !seen[top] {
				seen[top] = true
				met[top]++
			}
		}
	}
	return met, nil
}
