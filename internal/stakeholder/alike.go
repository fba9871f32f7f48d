package stakeholder

import (
	"context"
	"strings"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// Alike finds organisations whose names share a long word with a name, those that share more of it first. It
// makes suggestions for people, never a decision.
func (r *Repo) Alike(ctx context.Context, name string, limit int) ([]*Stakeholder, error) {
	var list []*Stakeholder
	seen := map[string]bool{}
	words := strings.Fields(store.Fold(name))
	// the whole name, then without its last words, at last each long word alone
	var asks []string
	for n := len(words); n > 1; n-- {
		asks = append(asks, strings.Join(words[:n], " "))
	}
	for _, w := range words {
		if len([]rune(w)) >= 6 {
			asks = append(asks, w)
		}
	}
	if len(words) == 1 {
		asks = words
	}
	where := filter.And{notTrashed, filter.Eq{Field: "kind", Value: string(Organisation)}}
	for _, ask := range asks[:min(len(asks), maxAsks)] {
		for _, near := range []bool{false, true} { // near finds nothing where every word is right
			page, err := r.all.Page(ctx, store.Query{Where: where, Text: ask, Near: near, Limit: limit, NoTotal: true})
			if err != nil {
				return nil, err
			}
			for _, s := range page.Items {
				if !seen[s.ID] && len(list) < limit {
					seen[s.ID] = true
					list = append(list, s)
				}
			}
			if len(list) == limit {
				return list, nil
			}
		}
	}
	return list, nil
}

// maxAsks bounds the texts that one call searches for.
const maxAsks = 8
