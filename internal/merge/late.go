package merge

import (
	"context"
	"maps"
	"slices"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// refuseMerged is part of every transaction that writes audited documents: one that would name somebody
// who was merged away is refused, whoever writes it and however long ago they read that record. On engines
// where two transactions may miss each other's writes, repointLate finds what slipped through.
func (r *Repo) refuseMerged(ctx context.Context, changes []store.Change) error {
	fresh := map[string]bool{}
	for _, c := range changes {
		i := slices.IndexFunc(r.targets(), func(t *target) bool { return t.Name == c.Collection })
		if i < 0 || c.New == nil {
			continue
		}
		t := r.targets()[i]
		is, err := t.values.Extract(c.New)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "A document cannot be read.")
		}
		was := make([][]any, len(is))
		if c.Old != nil {
			if was, err = t.values.Extract(c.Old); err != nil {
				return fault.Wrap(err, fault.Internal, "A stored document cannot be read.")
			}
		}
		for i, values := range is {
			for _, v := range values {
				if id, ok := v.(string); ok && id != "" && !slices.Contains(was[i], v) {
					fresh[id] = true
				}
			}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	ctx = access.Everything(ctx)
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(fresh)), 400) {
		values := make([]any, len(ids))
		for i, id := range ids {
			values[i] = id
		}
		rec, err := r.records.First(ctx, filter.And{filter.In{Field: "loserId", Values: values}, filter.Eq{Field: "outcome", Value: string(Done)}})
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		return fault.New(fault.Stale, "%s has been merged into %s meanwhile. Read the records again, then repeat your change.", rec.LoserName, rec.SurvivorName)
	}
	return nil
}

// repointLate re-points what names somebody who was merged away all the same, and notes it with that
// merge, so that its undo takes it back. It gives how many documents there were.
func (r *Repo) repointLate(ctx context.Context) (n int, err error) {
	into := map[string]*Record{}
	err = r.records.Each(ctx, filter.Eq{Field: "outcome", Value: string(Done)}, func(rec *Record) error {
		into[rec.LoserID] = &Record{Meta: rec.Meta, LoserID: rec.LoserID, SurvivorID: rec.SurvivorID}
		return nil
	})
	if err != nil || len(into) == 0 {
		return 0, err
	}
	losers := slices.Sorted(maps.Keys(into))
	named := map[string]bool{}
	for _, t := range r.targets() {
		if !t.indexed {
			continue
		}
		for ids := range slices.Chunk(losers, 400) {
			docs, err := t.Raw.Find(ctx, t.where(ids...), 0)
			if err != nil {
				return 0, err
			}
			for _, doc := range docs {
				for _, id := range ids {
					if t.names(doc, id) {
						named[id] = true
					}
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(named)) {
		last := into[id]
		for hops := 0; into[last.SurvivorID] != nil && hops < len(into); hops++ {
			last = into[last.SurvivorID]
		}
		moved, err := r.oneLate(ctx, into[id], last.SurvivorID)
		n += moved
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func (r *Repo) oneLate(ctx context.Context, rec *Record, to string) (moved int, err error) {
	ctx = audit.Bulk(ctx, "late references after a merge")
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		moved = 0
		there, err := r.present(ctx, []any{to})
		if err != nil || !there[to] {
			return err
		}
		n := &notes{}
		count := &Record{Moved: map[string]int{}, Removed: map[string]int{}}
		if err := r.repointAll(ctx, rec.LoserID, to, n, count); err != nil {
			return err
		}
		moved = len(n.moved) + len(n.gone)
		if _, err := r.journal.SetAside(ctx, rec.LoserID, rec.ID); err != nil {
			return err
		}
		return r.save(ctx, rec.ID, n)
	})
	return moved, err
}
