package calls

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Facet is one value that calls may be filtered by, and how many calls have it.
type Facet struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Facets are the values that calls may be filtered by.
type Facets struct {
	Programmes []Facet `json:"programmes" nullable:"false"` // the most used first
	States     []Facet `json:"states" nullable:"false"`     // every state, also those without calls
}

var stateLabels = map[State]string{Forthcoming: "Forthcoming", Open: "Open", Closed: "Closed", Unknown: "No dates"}

// Facets counts all calls by programme and by state. The distinct programmes are found by stepping
// through the index, one short query each, rather than by reading every call.
func (r *Repo) Facets(ctx context.Context) (Facets, error) {
	f := Facets{Programmes: []Facet{}, States: make([]Facet, 0, len(States))}
	last := ""
	for {
		list, err := r.calls.Find(ctx, filter.Compare{Field: "programme", Op: filter.Gt, Value: last}, []driver.Key{{Path: "programme"}}, 1)
		if err != nil {
			return f, err
		}
		if len(list) == 0 {
			break
		}
		last = list[0].Programme
		n, err := r.calls.Count(ctx, filter.Eq{Field: "programme", Value: last})
		if err != nil {
			return f, err
		}
		f.Programmes = append(f.Programmes, Facet{Value: last, Label: ProgrammeLabel(last), Count: n})
	}
	slices.SortStableFunc(f.Programmes, func(a, b Facet) int { return cmp.Compare(b.Count, a.Count) })
	now := r.db.Now()
	for _, state := range States {
		n, err := r.calls.Count(ctx, state.where(now))
		if err != nil {
			return f, err
		}
		f.States = append(f.States, Facet{Value: string(state), Label: stateLabels[state], Count: n})
	}
	return f, nil
}
