package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Erase takes the values out of every entry about one record that the journal itself has and leaves an entry that says so and why.
// Who, when and which fields stay, and the chain stays unbroken. It may be run again after a failure
// (fault.Stale where the sealer came between). It gives the number of entries that it emptied.
func (j *Journal) Erase(ctx context.Context, collection, recordID, why string) (int, error) {
	reason, err := json.Marshal(why)
	if err != nil {
		return 0, fmt.Errorf("audit: encode the reason: %w", err)
	}
	erased := 0
	for after := ""; ; {
		n, next := 0, ""
		err := j.db.Tx(ctx, func(ctx context.Context) (err error) {
			n, next, err = j.eraseBatch(ctx, collection, recordID, string(reason), after)
			return err
		})
		if err != nil {
			return erased, err
		}
		erased += n
		if next == "" {
			return erased, nil
		}
		after = next
	}
}

// EraseWhere is Erase for every entry that match chooses, whatever record it is about: entries about other
// records say names too. match sees entries that still have their values. It gives the number of entries
// that it emptied, or where dry would empty.
func (j *Journal) EraseWhere(ctx context.Context, why string, dry bool, match func(*Entry) bool) (int, error) {
	reason, err := json.Marshal(why)
	if err != nil {
		return 0, fmt.Errorf("audit: encode the reason: %w", err)
	}
	w := emptying{j, string(reason), dry, match}
	kept, err := eraseIn(ctx, w, j.asides, func(a *aside) (string, *Entry) { return a.ID, &a.Entry })
	if err != nil {
		return kept, err
	}
	own, err := eraseIn(ctx, w, j.entries, func(e *Entry) (string, *Entry) { return e.ID, e })
	return kept + own, err
}

// emptying is what EraseWhere was asked to do.
type emptying struct {
	j      *Journal
	reason string // as JSON
	dry    bool
	match  func(*Entry) bool
}

// eraseIn is EraseWhere in one collection of entries; of gives the id of a document and the entry in it.
func eraseIn[T any](ctx context.Context, w emptying, c *store.Collection[T], of func(*T) (string, *Entry)) (total int, err error) {
	for after := ""; ; {
		part, err := c.Find(access.AsSystem(ctx, "erasure"), filter.Compare{Field: "id", Op: filter.Gt, Value: after}, []driver.Key{{Path: "id"}}, batch)
		if err != nil || len(part) == 0 {
			return total, err
		}
		var chosen []any
		for _, t := range part {
			id, e := of(t)
			if after = id; e.ErasedBy == "" && e.What != Erased && w.match(e) {
				chosen = append(chosen, id)
			}
		}
		total += len(chosen)
		if len(chosen) == 0 || w.dry {
			continue
		}
		err = w.j.db.Tx(ctx, func(ctx context.Context) error {
			list, err := c.Find(access.AsSystem(ctx, "erasure"), filter.In{Field: "id", Values: chosen}, []driver.Key{{Path: "id"}}, 0)
			if err != nil {
				return err
			}
			entries := make([]*Entry, len(list))
			for i, t := range list {
				_, entries[i] = of(t)
			}
			if err := w.j.takeOut(ctx, entries, &Entry{Changes: []FieldChange{{Field: "why", New: w.reason}}}); err != nil {
				return err
			}
			return c.ReplaceMany(ctx, list)
		})
		if err != nil {
			return total, err
		}
	}
}

// eraseBatch empties up to batch entries with ids after the given one. next is the last id that it
// looked at, "" where there are no more.
func (j *Journal) eraseBatch(ctx context.Context, collection, recordID, reason, after string) (n int, next string, err error) {
	list, err := j.entries.Find(access.AsSystem(ctx, "erasure"), filter.And{
		filter.Eq{Field: "recordId", Value: recordID},
		filter.Eq{Field: "collection", Value: collection},
		filter.Compare{Field: "id", Op: filter.Gt, Value: after},
	}, []driver.Key{{Path: "id"}}, batch)
	if err != nil {
		return 0, "", err
	}
	if len(list) == batch {
		next = list[batch-1].ID
	}
	list = slices.DeleteFunc(list, func(e *Entry) bool { return e.ErasedBy != "" || e.What == Erased })
	if len(list) == 0 {
		return 0, next, nil
	}
	about := &Entry{Collection: collection, RecordID: recordID, Changes: []FieldChange{{Field: "why", New: reason}}}
	return len(list), next, j.empty(ctx, list, about)
}

// empty takes the values out of entries, in the caller's Tx, and leaves an entry about it: about says which
// record and why.
func (j *Journal) empty(ctx context.Context, list []*Entry, about *Entry) error {
	if err := j.takeOut(ctx, list, about); err != nil {
		return err
	}
	return j.entries.ReplaceMany(ctx, list)
}

// takeOut is empty but for writing the entries that were emptied.
func (j *Journal) takeOut(ctx context.Context, list []*Entry, about *Entry) error {
	e, err := j.begin(ctx, Erased)
	if err != nil {
		return err
	}
	e.Collection, e.RecordID, e.Changes = about.Collection, about.RecordID, about.Changes
	for _, old := range list {
		e.Erases = append(e.Erases, old.ID)
		old.ErasedBy, old.Salt, old.Names = e.ID, "", nil
		for i := range old.Changes {
			old.Changes[i].Old, old.Changes[i].New = "", ""
		}
	}
	j.commit(e)
	return j.entries.Create(ctx, e)
}

// erases reports whether by is an erasure that names e.
func erases(by, e *Entry) bool {
	return by != nil && by.What == Erased && slices.Contains(by.Erases, e.ID)
}
