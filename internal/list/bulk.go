package list

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Selection says which records a bulk edit is about: those of Ids or, where there are none, all that
// Where and Text find. The noun adds what its own lists leave out.
type Selection struct {
	IDs     []string
	Where   filter.Expr
	Text    string
	Trashed bool // those in the trash instead of the others
}

// Planned is what a bulk edit would do to one record. Without Changes and Why it would do nothing.
type Planned struct {
	ID      string
	Rev     int64         // the revision that was looked at
	Changes []FieldChange // in order of Field
	Why     string        // why it cannot be done; then there are no Changes
}

// Bulk is how the records of one noun are changed many at a time: package edit asks for its methods. A noun fills
// in what only it knows; preview, change and undo go through the same of its functions, so they cannot disagree.
type Bulk[T any] struct {
	Deeds []Deed
	All   *store.Collection[T]
	Meta  func(*T) store.Meta
	Name  func(*T) string // as people know the record

	// Where is what a list of the noun shows of a selection that names no ids.
	Where func(Selection) filter.Expr
	// Accounts gives the names of the accounts by id, where a deed sets one. Nil: none does.
	Accounts func(context.Context) (map[string]string, error)
	// Refuse says why a value is none that a record could have, "" where it is one. Its kind has been checked. Nil:
	// the kind says all.
	Refuse func(ctx context.Context, op Operation) (why string, err error)
	// Do does one operation to a record in memory.
	Do func(ctx context.Context, record *T, op Operation) error
	// Settle checks a record that has changed and brings it into its one form, in memory.
	Settle func(ctx context.Context, record, was *T) error
	// Save changes revision rev: it calls change, writes, and does all that follows from a change outside the record.
	// An error that a caller may pass over (Invalid, Stale, NotFound) leaves nothing written.
	Save func(ctx context.Context, id string, rev int64, change func(context.Context, *T) error) (*T, error)
	// Bare takes out of a copy what no list of changes names: what follows from the rest, what no operation changes.
	// Nil: nothing.
	Bare func(*T)
	// Follows names fields that change with another one and are put back with it or not at all.
	Follows map[string][]string
	// Back does what an undo asks for beside the fields. Nil: nothing.
	Back func(ctx context.Context, record, was *T) error
}

// Check gives an Invalid fault where an operation can be done to no record.
func (b *Bulk[T]) Check(ctx context.Context, ops []Operation) error {
	var c fault.Checks
	set := map[string]bool{}
	for i, op := range ops {
		at := func(name string) string { return fmt.Sprintf("operations[%d].%s", i, name) }
		n := slices.IndexFunc(b.Deeds, func(d Deed) bool { return d.Do == op.Do })
		if n < 0 {
			c.Require(false, at("do"), "%q is not something a bulk edit does here.", op.Do)
			continue
		}
		deed := b.Deeds[n]
		c.Require(deed.Verb != Set || !set[deed.Field], at("do"), "This is set twice.")
		set[deed.Field] = true
		why, err := b.refuses(ctx, deed, op)
		if err != nil {
			return err
		}
		c.Require(why == "", at("value"), "%s", why)
	}
	return c.Err()
}

// refuses says why a value is none that a record could have, "" where it is one.
func (b *Bulk[T]) refuses(ctx context.Context, deed Deed, op Operation) (why string, err error) {
	if why = deed.refuses(op.Value); why != "" {
		return why, nil
	}
	if deed.Of == OfAccount && op.Value != "" {
		names, err := b.Accounts(ctx)
		if err != nil || names[op.Value] == "" {
			return "There is no such account.", err
		}
	}
	if b.Refuse == nil {
		return "", nil
	}
	return b.Refuse(ctx, op)
}

// Plan calls fn with what the operations would do to every record of the selection, in order of id. fn may
// write to the store.
func (b *Bulk[T]) Plan(ctx context.Context, sel Selection, ops []Operation, fn func(Planned) error) error {
	return b.each(ctx, sel, func(record *T) error {
		meta := b.Meta(record)
		p := Planned{ID: meta.ID, Rev: meta.Rev}
		changes, err := b.alter(ctx, record, ops)
		switch {
		case fault.Is(err, fault.Invalid):
			p.Why = fault.Reason(err)
		case err != nil:
			return err
		default:
			p.Changes = changes
		}
		return fn(p)
	})
}

// idsAtOnce is how many ids one query asks for.
const idsAtOnce = 500

func (b *Bulk[T]) each(ctx context.Context, sel Selection, fn func(*T) error) error {
	byID := []driver.Key{{Path: "id"}}
	if len(sel.IDs) == 0 {
		return b.All.WalkEach(ctx, store.Query{Where: b.Where(sel), Text: sel.Text, Sort: byID}, fn)
	}
	for ids := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(sel.IDs))), idsAtOnce) {
		if err := b.All.WalkEach(ctx, store.Query{Where: filter.In{Field: "id", Values: anyOf(ids)}, Sort: byID}, fn); err != nil {
			return err
		}
	}
	return nil
}

func anyOf(ids []string) []any {
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	return values
}

// alter changes a record in memory as the operations say and tells what changed. A record that is so already is not
// settled anew: what is wrong with it otherwise is not this edit's.
func (b *Bulk[T]) alter(ctx context.Context, record *T, ops []Operation) ([]FieldChange, error) {
	was := *record
	for _, op := range ops {
		if err := b.Do(ctx, record, op); err != nil {
			return nil, err
		}
	}
	if len(b.differences(&was, record)) == 0 {
		*record = was
		return nil, nil
	}
	if err := b.Settle(ctx, record, &was); err != nil {
		return nil, err
	}
	return b.differences(&was, record), nil
}

func (b *Bulk[T]) differences(old, new *T) []FieldChange {
	changes := Differences(b.bare(old), b.bare(new))
	for i, c := range changes {
		for _, follow := range b.Follows {
			changes[i].Follows = changes[i].Follows || slices.Contains(follow, c.Field)
		}
	}
	return changes
}

func (b *Bulk[T]) bare(record *T) *T {
	copied := *record
	if b.Bare != nil {
		b.Bare(&copied)
	}
	return &copied
}

// Apply does the operations to revision rev of a record and says what changed. Stale where the record has
// changed since, NotFound where it is gone, Invalid where it cannot be done; then nothing is written.
func (b *Bulk[T]) Apply(ctx context.Context, id string, rev int64, ops []Operation) ([]FieldChange, error) {
	var done []FieldChange
	_, err := b.Save(ctx, id, rev, func(ctx context.Context, record *T) (err error) {
		done, err = b.alter(ctx, record, ops)
		return err
	})
	return done, err
}

// Undo puts back the old value of every field that still has the new one, and names the fields that have
// another by now. NotFound where the record is gone, Invalid where the old values are no longer possible.
func (b *Bulk[T]) Undo(ctx context.Context, id string, changes []FieldChange) (kept []string, err error) {
	now, err := b.All.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	_, err = b.Save(ctx, id, b.Meta(now).Rev, func(ctx context.Context, record *T) (err error) {
		was := *record
		if kept, err = b.putBack(record, changes); err != nil {
			return err
		}
		if b.Back != nil {
			if err := b.Back(ctx, record, &was); err != nil {
				return err
			}
		}
		return b.Settle(ctx, record, &was)
	})
	return b.labels(kept), err
}

// labels says fields as people know them.
func (b *Bulk[T]) labels(fields []string) []string {
	said := slices.Clone(fields)
	for i, name := range said {
		if n := slices.IndexFunc(b.Deeds, func(d Deed) bool { return d.Field == name }); n >= 0 {
			said[i] = strings.ToLower(b.Deeds[n].Label)
		}
	}
	return said
}

// putBack undoes the changes of a record. Fields that follow from one another stay together.
func (b *Bulk[T]) putBack(record *T, changes []FieldChange) (kept []string, err error) {
	now := fieldsOf(b.bare(record))
	changed := func(name string) bool {
		return slices.ContainsFunc(changes, func(c FieldChange) bool { return c.Field == name && textOf(now, name) != c.New })
	}
	for head, follow := range b.Follows {
		group := append([]string{head}, follow...)
		if slices.ContainsFunc(group, changed) {
			kept = append(kept, head)
			changes = slices.DeleteFunc(slices.Clone(changes), func(c FieldChange) bool { return slices.Contains(group, c.Field) })
		}
	}
	missed, err := put(record, now, changes, func(c FieldChange) (string, string) { return c.New, c.Old })
	return append(kept, missed...), err
}

// Names gives the name of each id that exists and that the reader may see.
func (b *Bulk[T]) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	err := b.each(ctx, Selection{IDs: ids}, func(record *T) error {
		names[b.Meta(record).ID] = b.Name(record)
		return nil
	})
	return names, err
}
