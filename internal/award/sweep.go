package award

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Sweep removes what imports that were reverted, discarded or left lying, and attempts that came to nothing, have left.
// It may stop at any moment and go on the next time.
func (r *Repo) Sweep(ctx context.Context) (removed int, err error) {
	now, known := r.db.Clock(), map[string]State{}
	all, err := r.imports.Find(ctx, nil, nil, 0)
	if err != nil {
		return 0, err
	}
	for _, imp := range all {
		if (imp.State == Checked || imp.State == Stopped) && now.Sub(imp.UpdatedAt.Time()) > idleAfter {
			if imp, err = r.abandon(ctx, imp.ID, imp.Rev); fault.Is(err, fault.Stale) {
				continue // somebody has come for it
			}
			if err != nil {
				return removed, err
			}
		}
		known[imp.ID] = imp.State
		n, err := r.sweep(ctx, imp)
		if removed += n; err != nil {
			return removed, err
		}
	}
	return removed, r.sweepFiles(ctx, known)
}

// sweepFiles removes files that no work needs any more, and those of uploads that were killed a day ago.
func (r *Repo) sweepFiles(ctx context.Context, known map[string]State) error {
	kept, err := r.files.Kept(ctx)
	if err != nil {
		return err
	}
	before := store.At(r.db.Clock().Add(-idleAfter))
	for id, begun := range kept {
		state, there := known[id]
		if there && state != Live && state != Reverted && state != Abandoned || !there && begun >= before {
			continue
		}
		if err := r.files.Remove(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what one import has left.
func (r *Repo) sweep(ctx context.Context, imp *AwardImport) (removed int, err error) {
	old := imp.State == Reverted && !imp.Swept && r.db.Clock().Sub(imp.RevertedAt.Time()) >= sweepAfter
	numbers := slices.Clone(imp.Left)
	if old || imp.State == Abandoned && imp.Seq != 0 {
		numbers = append(numbers, imp.Seq)
	}
	for _, seq := range numbers {
		n, err := r.sweepNumber(ctx, seq)
		if removed += n; err != nil {
			return removed, err
		}
	}
	if imp.State == Abandoned {
		return removed, firstError(
			func() error { return r.dropRejects(ctx, imp.ID) },
			func() error { return gone(r.plans.Delete(ctx, imp.ID)) },
			func() error { return gone(r.imports.Delete(ctx, imp.ID)) },
		)
	}
	if len(numbers) == 0 {
		return removed, nil
	}
	_, err = r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
		i.Left = slices.DeleteFunc(i.Left, func(seq int64) bool { return slices.Contains(numbers, seq) })
		i.Swept = i.Swept || old
		return nil
	})
	return removed, err
}

// gone lets pass that something was removed before.
func gone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// sweepNumber removes what was written under a number that no reader asks for.
func (r *Repo) sweepNumber(ctx context.Context, number int64) (removed int, err error) {
	seq := []any{number}
	for {
		part, err := r.awards.Find(ctx, filter.Or{filter.Has{Field: "seqs", Values: seq}, filter.Has{Field: "next", Values: seq}}, nil, writeBatch)
		if err != nil || len(part) == 0 {
			return removed, err
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			var kept []*Award
			for _, a := range part {
				a.Seqs, a.Next = without(a.Seqs, number), without(a.Next, number)
				if len(a.Seqs) > 0 {
					kept = append(kept, a)
				} else if err := gone(r.awards.Delete(ctx, a.ID)); err != nil {
					return err
				}
			}
			return r.awards.ReplaceMany(ctx, kept)
		})
		if err != nil {
			return removed, err
		}
		removed += len(part)
	}
}

// dropRejects removes what was noted of an import's rejects.
func (r *Repo) dropRejects(ctx context.Context, importID string) error {
	for {
		part, err := r.rejects.Find(ctx, filter.Eq{Field: "importId", Value: importID}, nil, writeBatch)
		if err != nil || len(part) == 0 {
			return err
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, one := range part {
				if err := gone(r.rejects.Delete(ctx, one.ID)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func without(list []int64, seq int64) []int64 {
	return slices.DeleteFunc(list, func(s int64) bool { return s == seq })
}
