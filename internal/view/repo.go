package view

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// maxViews is how many views of one list somebody can see; a list of tabs is no database.
const maxViews = 500

// Repo keeps views.
type Repo struct {
	db      *store.DB
	views   *store.Collection[View]
	choices *store.Collection[Choice]
}

// NewRepo declares the collections.
func NewRepo(db *store.DB) *Repo {
	return &Repo{
		db: db,
		views: store.Declare(db, store.Spec[View]{
			Name:    "views",
			Fields:  []driver.Field{{Path: "list"}, {Path: "name"}, {Path: "sight", Multi: true}, {Path: "named.id", Multi: true}},
			Indexes: [][]driver.Key{{{Path: "list"}, {Path: "name"}}, {{Path: "named.id"}}},
			Refs:    []store.Ref{{Field: "named.id", Collection: "stakeholders", OnMerge: "repoint", OnErase: "keep"}},
			Sight:   "sight",
			Tidy:    (*View).follow,
			Audited: true,
		}),
		choices: store.Declare(db, store.Spec[Choice]{
			Name:   "view_choices",
			Fields: []driver.Field{{Path: "accountId"}, {Path: "list"}, {Path: "sight", Multi: true}},
			Unique: [][]string{{"accountId", "list"}},
			Sight:  "sight",
		}),
	}
}

// Of gives the views of a list that the reader may see, in order of name, and the id of the one the reader
// opens it with, "" for none.
func (r *Repo) Of(ctx context.Context, list string) ([]*View, string, error) {
	views, err := r.views.Find(ctx, filter.Eq{Field: "list", Value: list}, []driver.Key{{Path: "name"}}, maxViews)
	if err != nil {
		return nil, "", err
	}
	choice, err := r.choices.First(ctx, r.own(ctx, list))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, "", err
	}
	if choice != nil {
		for _, v := range views {
			if v.ID == choice.ViewID {
				return views, v.ID, nil
			}
		}
	}
	return views, "", nil // one that was removed, or is no longer shared, is no choice
}

func (r *Repo) own(ctx context.Context, list string) filter.Expr {
	return filter.And{filter.Eq{Field: "accountId", Value: access.From(ctx).AccountID}, filter.Eq{Field: "list", Value: list}}
}

// Get gives one view that the reader may see.
func (r *Repo) Get(ctx context.Context, id string) (*View, error) { return r.views.Get(ctx, id) }

// Create saves a new view as the reader's own.
func (r *Repo) Create(ctx context.Context, v *View) error {
	reader := access.From(ctx)
	v.OwnerID, v.Owner = reader.AccountID, reader.Name
	if err := v.settle(); err != nil {
		return err
	}
	return r.views.Create(ctx, v)
}

// settle tidies a view and says who may see it.
func (v *View) settle() error {
	v.Sight = []string{access.OwnerToken(v.OwnerID)}
	if v.Shared {
		v.Sight = append(v.Sight, access.TeamToken)
	}
	return v.tidy()
}

// Update changes revision rev of a view: its owner may, and of a shared one an administrator.
func (r *Repo) Update(ctx context.Context, id string, rev int64, change func(*View)) (*View, error) {
	return r.views.UpdateAt(ctx, id, rev, func(v *View) error {
		if err := MayChange(ctx, v); err != nil {
			return err
		}
		owner, name, list := v.OwnerID, v.Owner, v.List
		change(v)
		v.OwnerID, v.Owner, v.List = owner, name, list
		return v.settle()
	})
}

// Delete removes revision rev of a view: its owner may, and of a shared one an administrator.
func (r *Repo) Delete(ctx context.Context, id string, rev int64) error {
	return r.views.DeleteAt(ctx, id, rev, MayChange)
}

// MayChange refuses a reader who may not change a view: its owner may, and of a shared one an administrator.
func MayChange(ctx context.Context, v *View) error {
	reader := access.From(ctx)
	if reader.System() || reader.AccountID == v.OwnerID || v.Shared && reader.Role == access.Administrator {
		return nil
	}
	return fault.New(fault.Forbidden, "Only %s and administrators may change this view. Save it as one of your own.", v.Owner)
}

// Choose makes a view the one that the reader opens its list with; "" takes the list's own.
func (r *Repo) Choose(ctx context.Context, list, id string) error {
	if id != "" {
		v, err := r.Get(ctx, id)
		if err != nil {
			return err
		}
		if v.List != list {
			return fault.Field("viewId", "“%s” is a view of another list.", v.Name)
		}
	}
	me := access.From(ctx).AccountID
	_, _, err := r.choices.Upsert(ctx, r.own(ctx, list), func(c *Choice, _ bool) error {
		c.AccountID, c.List, c.ViewID, c.Sight = me, list, id, []string{access.OwnerToken(me)}
		return nil
	})
	return err
}
