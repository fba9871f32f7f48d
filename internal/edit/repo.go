package edit

import (
	"context"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// stageBatch is how many rows of a preview are written at once.
const stageBatch = 2000

// keepPreview is how long a preview that nobody applied is kept.
const keepPreview = 24 * time.Hour

// Repo keeps edits and makes them.
type Repo struct {
	db      *store.DB
	edits   *store.Collection[Edit]
	rows    *store.Collection[Step]
	targets map[string]Target
}

// NewRepo declares the collections. The edits are not audited; the records that they change are, one by one.
func NewRepo(db *store.DB, targets map[string]Target) *Repo {
	return &Repo{
		db: db, targets: targets,
		edits: store.Declare(db, store.Spec[Edit]{
			Name:    "edits",
			Fields:  []driver.Field{{Path: "list"}, {Path: "state"}, {Path: "createdAt"}, {Path: "sight", Multi: true}, {Path: "operations.value", Multi: true}},
			Indexes: [][]driver.Key{{{Path: "list"}}, {{Path: "state"}, {Path: "createdAt"}}, {{Path: "operations.value"}}},
			Refs:    []store.Ref{{Field: "operations.value", Collection: "stakeholders", OnMerge: "repoint", OnErase: "keep", Derived: true}},
			Sight:   "sight",
		}),
		rows: store.Declare(db, store.Spec[Step]{
			Name:    "edit_rows",
			Fields:  []driver.Field{{Path: "editId"}, {Path: "recordId"}, {Path: "state"}, {Path: "names", Multi: true}},
			Indexes: [][]driver.Key{{{Path: "editId"}, {Path: "state"}}, {{Path: "editId"}}, {{Path: "recordId"}}, {{Path: "names"}}},
			Refs: []store.Ref{{Field: "recordId", Collection: "stakeholders", OnMerge: "aside", OnErase: "remove"},
				{Field: "names", Collection: "stakeholders", OnMerge: "aside", OnErase: "keep"}},
			Aside: (*Step).merged,
		}),
	}
}

// target gives the records of a list.
func (r *Repo) target(name string) (Target, error) {
	t, ok := r.targets[name]
	if !ok {
		return t, fault.Field("list", "The list %q has no bulk edit.", name)
	}
	return t, nil
}

// writable gives the records of a list, and refuses a reader who may not write there.
func (r *Repo) writable(ctx context.Context, name string) (Target, error) {
	t, err := r.target(name)
	if err != nil {
		return t, err
	}
	return t, access.Require(ctx, t.Needs)
}

// Preview says what the operations would do to the selection and changes nothing. The edit that it gives is
// what Apply takes; until then only who made it sees it.
func (r *Repo) Preview(ctx context.Context, name string, sel list.Selection, ops []list.Operation) (*Edit, error) {
	t, err := r.writable(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := t.Records.Check(ctx, ops); err != nil {
		return nil, err
	}
	reader := access.From(ctx)
	e := &Edit{List: name, Operations: ops, State: Staging, AccountID: reader.AccountID, By: reader.Name,
		Sight: []string{access.OwnerToken(reader.AccountID)}}
	if err := r.edits.Create(ctx, e); err != nil {
		return nil, err
	}
	counts, err := r.stage(ctx, t, e.ID, sel, ops)
	if err != nil {
		return nil, err // what was staged belongs to an edit that nobody can apply; Sweep removes it
	}
	return r.edits.Update(ctx, e.ID, func(e *Edit) error {
		e.Counts, e.State = counts, Previewed
		return nil
	})
}

func (r *Repo) stage(ctx context.Context, t Target, id string, sel list.Selection, ops []list.Operation) (Counts, error) {
	var counts Counts
	var part []*Step
	flush := func() error {
		if len(part) == 0 {
			return nil
		}
		err := r.rows.CreateMany(ctx, part)
		part = nil
		return err
	}
	err := t.Records.Plan(ctx, sel, ops, func(p list.Planned) error {
		if counts.Chosen++; counts.Chosen > MaxRecords {
			return fault.New(fault.TooLarge, "That is more than %d records. Narrow the filter.", MaxRecords)
		}
		row := &Step{EditID: id, RecordID: p.ID, Rev: p.Rev, Changes: p.Changes, Names: list.Named(p.Changes), Why: p.Why, State: Planned}
		switch {
		case p.Why != "":
			counts.Failing++
			row.State, row.Changes = Failing, []list.FieldChange{}
		case len(p.Changes) == 0:
			counts.Unchanged++
			return nil
		default:
			counts.Changing++
		}
		if part = append(part, row); len(part) < stageBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return counts, err
	}
	return counts, flush()
}

// Get gives one edit that the reader may see.
func (r *Repo) Get(ctx context.Context, id string) (*Edit, error) {
	e, err := r.edits.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	t, err := r.target(e.List)
	if err != nil {
		return nil, err
	}
	return e, access.Require(ctx, t.Reads)
}

// Page lists the edits of a list, the last first.
func (r *Repo) Page(ctx context.Context, name string, q store.Query) (store.Page[Edit], error) {
	t, err := r.target(name)
	if err != nil {
		return store.Page[Edit]{}, err
	}
	if err := access.Require(ctx, t.Reads); err != nil {
		return store.Page[Edit]{}, err
	}
	q.Where = filter.And{filter.Eq{Field: "list", Value: name},
		filter.In{Field: "state", Values: []any{string(Applying), string(Applied), string(Undoing), string(Undone)}}}
	q.Sort = []driver.Key{{Path: "id", Desc: true}}
	return r.edits.Page(ctx, q)
}

// Rows is a page of the records of an edit, with what is needed to say them.
type Rows struct {
	store.Page[Step]
	List  string            // whose records they are
	Names map[string]string // of the records that the reader may see, by id
}

// Rows lists the records of an edit in some of the states or, where none is named, in all. Of a record that is
// gone, or that the reader may not see, no values are shown either.
func (r *Repo) Rows(ctx context.Context, id string, states []RowState, q store.Query) (*Rows, error) {
	e, err := r.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	where := filter.And{filter.Eq{Field: "editId", Value: id}}
	if len(states) > 0 {
		in := filter.In{Field: "state"}
		for _, state := range states {
			in.Values = append(in.Values, string(state))
		}
		where = append(where, in)
	}
	q.Where = where
	page, err := r.rows.Page(ctx, q)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(page.Items))
	for i, row := range page.Items {
		ids[i] = row.RecordID
	}
	names, err := r.targets[e.List].Records.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range page.Items {
		if _, seen := names[row.RecordID]; !seen {
			row.Changes = []list.FieldChange{}
		}
	}
	return &Rows{page, e.List, names}, nil
}

// Sweep removes previews that nobody applied, with their rows, and says how many rows those were. It runs as
// Piper itself.
func (r *Repo) Sweep(ctx context.Context) (int, error) {
	before := string(store.At(r.db.Clock().Add(-keepPreview)))
	old, err := r.edits.Find(ctx, filter.And{filter.In{Field: "state", Values: []any{string(Staging), string(Previewed)}},
		filter.Compare{Field: "createdAt", Op: filter.Lt, Value: before}}, nil, 0)
	if err != nil {
		return 0, err
	}
	removed := 0
	for _, e := range old {
		n, err := r.remove(ctx, e)
		if removed += n; err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// remove takes away a preview: first its rows, so that none is left behind, then itself.
func (r *Repo) remove(ctx context.Context, e *Edit) (removed int, err error) {
	for {
		rows, err := r.rows.Find(ctx, filter.Eq{Field: "editId", Value: e.ID}, nil, stageBatch)
		if err != nil {
			return removed, err
		}
		if len(rows) == 0 {
			break
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			if now, err := r.edits.Get(ctx, e.ID); err != nil || now.State != e.State {
				return fault.New(fault.Busy, "The edit was applied after all.")
			}
			for _, row := range rows {
				if err := r.rows.Delete(ctx, row.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += len(rows)
	}
	return removed, r.edits.Delete(ctx, e.ID)
}
