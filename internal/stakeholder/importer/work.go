package importer

import (
	"context"
	"strings"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/work"
)

// Progress is told how far the work is, and how many rows more are behind it.
type Progress interface {
	work.Progress
	Done(n int)
}

// Work does what imports wait for, one after the other. It can be broken off anywhere and begun again: whatever was not
// visible is done anew.
func (im *Importer) Work(ctx context.Context, p Progress) error {
	return work.All(ctx, im.imports, due, func(ctx context.Context, imp *StakeholderImport) error {
		return im.one(access.OnBehalf(ctx, imp.ByID, imp.By), imp, p)
	})
}

// one does the work of one import. An error is one of the work as a whole, not of the import.
func (im *Importer) one(ctx context.Context, imp *StakeholderImport, p Progress) (err error) {
	done, said := 0, time.Time{}
	tell := func(n int, phase string) error {
		p.Done(n - done)
		done = n
		if err := ctx.Err(); err != nil {
			return err
		}
		if phase == imp.Phase && time.Since(said) < time.Second {
			return nil
		}
		said = time.Now()
		now, err := im.imports.Update(ctx, imp.ID, func(i *StakeholderImport) error { i.Finished, i.Phase = n, phase; return nil })
		if err != nil {
			return err
		}
		imp.Finished, imp.Phase = n, phase
		if now.Stop {
			return work.ErrStop
		}
		return nil
	}
	back := map[State]State{Checking: Uploaded, Applying: Checked, Reverting: Live}[imp.State]
	switch imp.State {
	case Checking:
		var plan *planner
		if plan, err = im.makePlan(ctx, imp, tell); err == nil {
			imp.Plan, imp.Counts = plan.plan, plan.counts
			err = im.finish(ctx, imp.ID, Checked, "", imp)
			p.Count("checked", plan.counts.Rows)
		}
	case Applying:
		if err = im.apply(ctx, imp, tell); err == nil {
			p.Count("created", imp.Counts.Create)
			p.Count("updated", imp.Counts.Update)
			p.Say("Imported " + imp.Name + ".")
		}
	case Reverting:
		if err = tell(0, "taking back"); err == nil {
			err = im.revert(ctx, imp)
			p.Count("reverted", 1)
			p.Say("Took " + imp.Name + " back.")
		}
	}
	if err == nil {
		return nil
	}
	if fault.Is(err, fault.Busy) && strings.Contains(err.Error(), "taken over") {
		err = fault.Wrap(err, fault.Internal, "The lease of the job was taken over.")
	}
	return work.End(ctx, err, func(ctx context.Context, _ bool, message string) error {
		return im.finish(ctx, imp.ID, back, message, nil)
	})
}

// finish puts an import into the state in which it waits for a person.
func (im *Importer) finish(ctx context.Context, id string, s State, message string, plan *StakeholderImport) error {
	_, err := im.imports.Update(ctx, id, func(i *StakeholderImport) error {
		i.State, i.Message, i.Phase, i.Stop = s, message, "", false
		if plan != nil {
			i.Plan, i.Counts, i.PlannedAt, i.Known, i.Finished = plan.Plan, plan.Counts, plan.PlannedAt, plan.Known, plan.Counts.Rows
			i.Notes = plan.Notes
		}
		return nil
	})
	return err
}

// Sweep removes the file and rows of imports that can no longer be reverted, imports that were never
// applied, and what killed uploads and earlier dry runs left. It may stop at any moment.
func (im *Importer) Sweep(ctx context.Context) (removed int, err error) {
	all, err := im.imports.Find(ctx, nil, nil, 0)
	if err != nil {
		return 0, err
	}
	now := im.db.Clock()
	plans := map[string]bool{}
	for _, imp := range all {
		plans[imp.Plan] = true
		old := now.Sub(imp.UpdatedAt.Time())
		switch {
		case (imp.State == Uploaded || imp.State == Checked) && old > forgotten:
			err = im.empty(ctx, imp.ID, true)
		case (imp.State == Live || imp.State == Reverted) && !imp.Swept && old > keptFor:
			if err = im.empty(ctx, imp.ID, false); err == nil {
				_, err = im.imports.Update(ctx, imp.ID, func(i *StakeholderImport) error { i.Swept = true; return nil })
			}
		default:
			continue
		}
		if err != nil {
			return removed, err
		}
		removed++
	}
	return removed, im.sweepLeft(ctx, all, plans)
}

// sweepLeft removes what no import names. What is a day old at most may belong to work under way.
func (im *Importer) sweepLeft(ctx context.Context, all []*StakeholderImport, plans map[string]bool) error {
	known := map[string]bool{}
	for _, imp := range all {
		known[imp.ID] = true
	}
	before := store.At(im.db.Clock().Add(-24 * time.Hour))
	kept, err := im.files.Kept(ctx)
	if err != nil {
		return err
	}
	for id, begun := range kept {
		if known[id] || begun >= before {
			continue
		}
		if err := im.empty(ctx, id, false); err != nil {
			return err
		}
	}
	var rows []string
	if err := im.rows.Each(ctx, nil, func(r *ImportRow) error {
		if !plans[r.Plan] && r.CreatedAt < before {
			rows = append(rows, r.ID)
		}
		return nil
	}); err != nil {
		return err
	}
	return removeAll(ctx, im, im.rows.Delete, rows)
}
