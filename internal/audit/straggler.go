package audit

import (
	"context"
	"slices"
	"strings"

	"piper/internal/store/filter"
)

// sealStragglers seals the entries that became visible after the chain had gone past their ids. It
// looks every searchEvery; one count tells whether there are any.
func (j *Journal) sealStragglers(ctx context.Context) (int, error) {
	now := j.db.Clock()
	j.mu.Lock()
	due := j.searched.IsZero() || now.Sub(j.searched) >= searchEvery
	if due {
		j.searched = now
	}
	j.mu.Unlock()
	if !due {
		return 0, nil
	}
	last, err := j.last(ctx)
	if err != nil || last.Seq == 0 {
		return 0, err
	}
	items, err := j.findStragglers(ctx, last)
	if err != nil {
		return 0, err
	}
	sealed := 0
	for part := range slices.Chunk(items, batch) {
		if err := j.link(ctx, last, last.To, part); err != nil {
			return sealed, err
		}
		sealed += len(part)
		if last, err = j.last(ctx); err != nil {
			return sealed, err
		}
	}
	return sealed, nil
}

// findStragglers gives the entries up to last.To that no seal lists, in order of id. It goes back from
// the newest seal, where they are to be expected, and stops when the count is accounted for.
func (j *Journal) findStragglers(ctx context.Context, last *Seal) ([]Item, error) {
	there, err := j.entries.Count(ctx, between("", last.To))
	if err != nil {
		return nil, err
	}
	var found []Item
	late := map[string]bool{} // stragglers that are sealed already
	for s := last; int64(len(found)) < int64(there)-last.Total; {
		if s.To == s.From {
			for _, it := range s.Items {
				late[it.Entry] = true
			}
		} else if found, err = j.unlisted(ctx, s, late, found); err != nil {
			return nil, err
		}
		if s.Seq == 1 {
			break
		}
		if s, err = j.seals.Get(ctx, sealID(s.Seq-1)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b Item) int { return strings.Compare(a.Entry, b.Entry) })
	return found, nil
}

// unlisted appends to found the entries in the range of s that neither s nor late lists.
func (j *Journal) unlisted(ctx context.Context, s *Seal, late map[string]bool, found []Item) ([]Item, error) {
	n, err := j.entries.Count(ctx, between(s.From, s.To))
	if err != nil || n == len(s.Items) {
		return found, err
	}
	listed := make(map[string]bool, len(s.Items))
	for _, it := range s.Items {
		listed[it.Entry] = true
	}
	err = j.entries.Each(ctx, between(s.From, s.To), func(e *Entry) error {
		if !listed[e.ID] && !late[e.ID] {
			found = append(found, Item{Entry: e.ID, Mac: e.Mac})
		}
		return nil
	})
	return found, err
}

// between asks for the entries with after < id ≤ to.
func between(after, to string) filter.Expr {
	return filter.And{
		filter.Compare{Field: "id", Op: filter.Gt, Value: after},
		filter.Compare{Field: "id", Op: filter.Lte, Value: to},
	}
}
