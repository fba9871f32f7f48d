package audit

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// aside is an entry as it stood before a merge. It belongs to the record of that merge: after a merge no entry of the
// journal names the record that went. An entry that several merges reached is kept by each as the one before has left it.
type aside struct {
	store.Meta
	MergeID string `json:"mergeId"`
	EntryID string `json:"entryId"`
	Entry   Entry  `json:"entry"`
}

func declareAsides(db *store.DB) *store.Collection[aside] {
	return store.Declare(db, store.Spec[aside]{
		Name:    "merge_entries",
		Fields:  []driver.Field{{Path: "mergeId"}, {Path: "entryId"}},
		Indexes: [][]driver.Key{{{Path: "mergeId"}}, {{Path: "entryId"}}},
	})
}

// SetAside gives every entry that names a record, as its own or in its values, into the keeping of a merge. In the
// journal stays who, when, what and of which other record, under the same mark; Verify, and whoever reads the journal, find
// the rest where it is kept. It is called in the Tx of the merge, and PutBack takes it back. It gives how many entries there
// were.
func (j *Journal) SetAside(ctx context.Context, recordID, mergeID string) (n int, err error) {
	system := access.AsSystem(ctx, "merge")
	where := filter.Or{filter.Eq{Field: "recordId", Value: recordID}, filter.Has{Field: "names", Values: []any{recordID}}}
	for {
		list, err := j.entries.Find(system, where, []driver.Key{{Path: "id"}}, batch)
		if err != nil || len(list) == 0 {
			return n, err
		}
		kept := make([]*aside, len(list))
		for i, e := range list {
			kept[i] = &aside{MergeID: mergeID, EntryID: e.ID, Entry: *e}
			list[i] = &Entry{Meta: e.Meta, At: e.At, By: e.By, ByName: e.ByName, What: e.What, Collection: e.Collection, Mac: e.Mac, AsideBy: mergeID}
			if e.RecordID != recordID {
				list[i].RecordID, list[i].RecordRev = e.RecordID, e.RecordRev
			}
		}
		if err := j.asides.CreateMany(system, kept); err != nil {
			return n, err
		}
		if err := j.entries.ReplaceMany(system, list); err != nil {
			return n, err
		}
		n += len(list)
	}
}

// PutBack is the way back of SetAside. An entry that somebody has taken out of the journal meanwhile stays missing.
func (j *Journal) PutBack(ctx context.Context, mergeID string) error {
	system := access.AsSystem(ctx, "merge")
	for {
		kept, err := j.asides.Find(system, filter.Eq{Field: "mergeId", Value: mergeID}, nil, batch)
		if err != nil || len(kept) == 0 {
			return err
		}
		for _, a := range kept {
			if err := j.putBack(system, a); err != nil {
				return err
			}
		}
	}
}

// putBack puts an entry in the place of what a merge left of it: in the journal, or with a later merge that found it so.
func (j *Journal) putBack(ctx context.Context, a *aside) error {
	now, err := j.entries.Get(ctx, a.EntryID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil && now.AsideBy == a.MergeID {
		a.Entry.Meta = now.Meta
		err = j.entries.ReplaceMany(ctx, []*Entry{&a.Entry})
	} else {
		var all []*aside
		if all, err = j.asides.Find(ctx, filter.Eq{Field: "entryId", Value: a.EntryID}, nil, 0); err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(later *aside) bool { return later.Entry.AsideBy == a.MergeID }); i >= 0 {
			all[i].Entry = a.Entry
			err = j.asides.ReplaceMany(ctx, all[i:i+1])
		}
	}
	if err != nil {
		return err
	}
	return j.asides.Delete(ctx, a.ID)
}

// whole gives an entry as it was written; nil where the merge that should keep it does not.
func (j *Journal) whole(ctx context.Context, e *Entry) (*Entry, error) {
	if e.AsideBy == "" {
		return e, nil
	}
	kept, err := j.asides.Find(access.AsSystem(ctx, "audit"), filter.Eq{Field: "entryId", Value: e.ID}, nil, 0)
	if isUnreadable(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	whole := e
	for range kept {
		i := slices.IndexFunc(kept, func(a *aside) bool { return a.MergeID == whole.AsideBy })
		if i < 0 || kept[i].Entry.ID != e.ID || !same(kept[i].Entry.Mac, e.Mac) {
			return nil, nil
		}
		left := *whole
		if whole = &kept[i].Entry; !left.isLeftOf(whole) {
			return nil, nil
		}
		if whole.AsideBy == "" {
			return whole, nil
		}
	}
	return nil, nil
}

// isLeftOf reports whether what a merge has left of an entry says the same as the entry, as far as it says anything.
func (e *Entry) isLeftOf(whole *Entry) bool {
	return e.At == whole.At && e.By == whole.By && e.ByName == whole.ByName && e.What == whole.What && e.Collection == whole.Collection &&
		(e.RecordID == "" || e.RecordID == whole.RecordID && e.RecordRev == whole.RecordRev)
}

// fill puts what merges keep in the place of what they have left.
func (j *Journal) fill(ctx context.Context, list []*Entry) error {
	for i, e := range list {
		whole, err := j.whole(ctx, e)
		if err != nil {
			return err
		}
		if whole != nil && whole != e {
			whole.AsideBy = e.AsideBy
			list[i] = whole
		}
	}
	return nil
}

// AddNames gives entries of before there were Names theirs. It is a migration.
func (j *Journal) AddNames(ctx context.Context) error {
	system := access.AsSystem(ctx, "migration")
	for after := ""; ; {
		part, err := j.entries.Find(system, filter.Compare{Field: "id", Op: filter.Gt, Value: after}, []driver.Key{{Path: "id"}}, batch)
		if err != nil || len(part) == 0 {
			return err
		}
		after = part[len(part)-1].ID
		part = slices.DeleteFunc(part, func(e *Entry) bool {
			e.Names = named(e.Changes)
			return e.Names == nil
		})
		if err := j.entries.ReplaceMany(system, part); err != nil {
			return err
		}
	}
}

// named gives the ids that stand in the values of changes.
func named(changes []FieldChange) []string {
	values := make([]string, 0, 2*len(changes))
	for _, c := range changes {
		values = append(values, c.Old, c.New)
	}
	return store.IDs(values...)
}
