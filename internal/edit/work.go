package edit

import (
	"context"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store/filter"
)

// workBatch is how many records one transaction changes: few enough that other writers wait for a part of a
// second only.
const workBatch = 250

// perCall is how many parts one call works through; then it answers, and the caller calls again. So no
// request lasts long, and who asks sees how far it is.
const perCall = 8

// Apply goes on with an edit: from its preview, or from where an earlier call ended or died. It gives the edit
// as it is then: Applied, or Applying where there is more to do. One that is applied already is left alone.
// Records that have changed since the preview are skipped, and their rows say so.
func (r *Repo) Apply(ctx context.Context, id string) (*Edit, error) {
	return r.work(ctx, id, func(ctx context.Context, e *Edit) (more bool, err error) {
		switch e.State {
		case Applied:
			return false, nil
		case Previewed:
			e.State, e.AppliedAt = Applying, r.db.Now()
			e.Sight = append(e.Sight, access.TeamToken) // from now on it is the house's history
		case Applying:
		default:
			return false, fault.New(fault.Busy, "This edit is %s; it cannot be applied.", e.State)
		}
		left, err := r.part(ctx, e, Planned, r.applyRow)
		if err == nil && !left {
			e.State = Applied
		}
		return left, err
	})
}

// Undo takes an edit back, also one that was applied in part. It gives Undone, or Undoing where there is more
// to do. Fields that somebody has changed since keep their value, and the rows say so.
func (r *Repo) Undo(ctx context.Context, id string) (*Edit, error) {
	return r.work(ctx, id, func(ctx context.Context, e *Edit) (more bool, err error) {
		switch e.State {
		case Undone:
			return false, nil
		case Applied, Applying:
			e.State = Undoing
		case Undoing:
		default:
			return false, fault.New(fault.Busy, "This edit was not applied, so there is nothing to undo.")
		}
		left, err := r.part(ctx, e, Done, r.undoRow)
		if err == nil && !left {
			e.State, e.UndoneAt = Undone, r.db.Now()
		}
		return left, err
	})
}

// work does parts of an edit, each one transaction that begins by reading how far the edit is: of two callers
// at once each part is done by one.
func (r *Repo) work(ctx context.Context, id string, step func(context.Context, *Edit) (bool, error)) (*Edit, error) {
	first, err := r.edits.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := r.writable(ctx, first.List); err != nil {
		return nil, err
	}
	if reader := access.From(ctx); reader.AccountID != first.AccountID && reader.Role != access.Administrator && !reader.System() {
		return nil, fault.New(fault.Forbidden, "Only %s and administrators may do this.", first.By)
	}
	var e *Edit
	for range perCall {
		more := false
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			var err error
			if e, err = r.edits.Get(ctx, id); err != nil {
				return err
			}
			was := *e
			if more, err = step(ctx, e); err != nil || same(&was, e) {
				return err
			}
			changed := *e
			e, err = r.edits.UpdateAt(ctx, id, was.Rev, func(now *Edit) error { *now = changed; return nil })
			return err
		})
		if err != nil || !more {
			return e, err
		}
	}
	return e, nil
}

func same(a, b *Edit) bool {
	return a.State == b.State && a.Counts == b.Counts && len(a.Sight) == len(b.Sight)
}

// part does one part of the rows in a state, and says whether there are more.
func (r *Repo) part(ctx context.Context, e *Edit, state RowState, do func(context.Context, Target, *Edit, *Step) error) (bool, error) {
	where := filter.And{filter.Eq{Field: "editId", Value: e.ID}, filter.Eq{Field: "state", Value: string(state)}}
	rows, err := r.rows.Find(ctx, where, nil, workBatch+1)
	if err != nil {
		return false, err
	}
	left := len(rows) > workBatch
	rows = rows[:min(len(rows), workBatch)]
	for _, row := range rows {
		if err := do(ctx, r.targets[e.List], e, row); err != nil {
			return false, err
		}
	}
	return left, r.rows.ReplaceMany(ctx, rows)
}

// gone is also what is said of a record that somebody else has made private since.
const gone = "It no longer exists, or you may not see it."

// merged is what is left of a row when its record, or one that its changes name, is merged into another: the edit does not
// reach it any more, unless that is undone.
func (s *Step) merged() {
	s.RecordID, s.Changes, s.Names, s.Why = "", []list.FieldChange{}, nil, "The record, or one that the change names, was merged into another since."
}

func (r *Repo) applyRow(ctx context.Context, t Target, e *Edit, row *Step) error {
	if row.RecordID == "" {
		row.State = Skipped
		e.Counts.Skipped++
		return nil
	}
	changes, err := t.Records.Apply(ctx, row.RecordID, row.Rev, e.Operations)
	switch fault.CodeOf(err) {
	case "":
		row.State, row.Changes, row.Names = Done, changes, list.Named(changes)
		e.Counts.Done++
		return nil
	case fault.Stale:
		row.Why = "It has changed since the preview."
	case fault.NotFound:
		row.Why = gone
	case fault.Invalid:
		row.Why = fault.Reason(err)
	default:
		return err
	}
	row.State = Skipped
	e.Counts.Skipped++
	return nil
}

func (r *Repo) undoRow(ctx context.Context, t Target, e *Edit, row *Step) error {
	if row.RecordID == "" {
		row.State = Kept
		e.Counts.Kept++
		return nil
	}
	kept, err := t.Records.Undo(ctx, row.RecordID, row.Changes)
	switch fault.CodeOf(err) {
	case "":
		if len(kept) == 0 {
			row.State = Back
			e.Counts.Undone++
			return nil
		}
		row.Why = "Changed since, and left as it is: " + strings.Join(kept, ", ") + "."
	case fault.NotFound:
		row.Why = gone
	case fault.Invalid:
		row.Why = fault.Reason(err)
	default:
		return err
	}
	row.State = Kept
	e.Counts.Kept++
	return nil
}
