package stakeholder

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Affiliation says that a person holds or held a post at an organisation or a seat. Whether it is past,
// current or future follows from its dates and is not stored.
type Affiliation struct {
	store.Meta
	PersonID string `json:"personId"`
	AtID     string `json:"atId" doc:"an organisation, or a seat"`
	Title    string `json:"title,omitempty"`
	Span
	Primary bool   `json:"primary,omitempty" doc:"the one among a person's posts to name first; at most one at a time"`
	Note    string `json:"note,omitempty"`

	// An end in the trash takes the affiliation out of the lists of the other end.
	PersonInTrash bool `json:"personInTrash,omitempty"`
	AtInTrash     bool `json:"atInTrash,omitempty"`
}

// AffiliationSorts maps what a list may be sorted by to the declared field.
var AffiliationSorts = map[string]string{"from": "from", "to": "to", "updatedAt": "updatedAt", "createdAt": "createdAt"}

func declareAffiliations(db *store.DB) *store.Collection[Affiliation] {
	return store.Declare(db, store.Spec[Affiliation]{
		Name: "affiliations",
		Fields: []driver.Field{
			{Path: "personId"}, {Path: "atId"}, {Path: "from"}, {Path: "to"}, {Path: "updatedAt"}, {Path: "createdAt"},
			{Path: "primary", Kind: driver.Bool}, {Path: "personInTrash", Kind: driver.Bool}, {Path: "atInTrash", Kind: driver.Bool},
		},
		Indexes: [][]driver.Key{
			{{Path: "personId"}, {Path: "from", Desc: true}},
			{{Path: "atId"}, {Path: "from", Desc: true}},
			{{Path: "from", Desc: true}},
		},
		Refs: []store.Ref{
			{Field: "personId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"},
			{Field: "atId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"},
		},
		Words: func(a *Affiliation) store.Words {
			return store.Words{Names: []string{a.Title}, Texts: []string{a.Note}}
		},
		Audited: true,
	})
}

func (a *Affiliation) tidy() error {
	var c fault.Checks
	a.Title, a.Note = oneLine(a.Title), oneLine(a.Note)
	c.Require(a.PersonID != "", "personId", "Choose the person.")
	c.Require(a.AtID != "", "atId", "Choose the organisation or the seat.")
	noLonger(&c, a.Title, 200, "title")
	noLonger(&c, a.Note, 1000, "note")
	a.Span.tidy(&c)
	return c.Err()
}

// AffiliationSearch says which affiliations a list shows. Empty fields do not narrow it.
type AffiliationSearch struct {
	StakeholderID string // at either end
	PersonID      string
	AtID          string
	WithinID      string // at the organisation or at a seat that is part of it
	State         State
}

var (
	personShown = filter.Not{Expr: filter.Eq{Field: "personInTrash", Value: true}}
	atShown     = filter.Not{Expr: filter.Eq{Field: "atInTrash", Value: true}}
)

func (r *Repo) affiliationsWhere(ctx context.Context, s AffiliationSearch) (filter.Expr, error) {
	w := filter.And{}
	if id := s.StakeholderID; id != "" {
		w = append(w, filter.Or{
			filter.And{filter.Eq{Field: "personId", Value: id}, atShown},
			filter.And{filter.Eq{Field: "atId", Value: id}, personShown},
		})
	}
	if s.PersonID != "" {
		w = append(w, filter.Eq{Field: "personId", Value: s.PersonID}, atShown)
	}
	if s.AtID != "" {
		w = append(w, filter.Eq{Field: "atId", Value: s.AtID}, personShown)
	}
	if s.WithinID != "" {
		seats, err := r.seatsOf(ctx, s.WithinID)
		if err != nil {
			return nil, err
		}
		w = append(w, filter.In{Field: "atId", Values: append(seats, s.WithinID)}, personShown)
	}
	if len(w) == 0 {
		w = append(w, personShown, atShown)
	}
	if s.State != "" {
		w = append(w, inState(s.State, r.today()))
	}
	return w, nil
}

// seatsOf gives the ids of the seats that are part of an organisation.
func (r *Repo) seatsOf(ctx context.Context, organisationID string) ([]any, error) {
	where := filter.And{filter.Eq{Field: "parentId", Value: organisationID}, filter.Eq{Field: "kind", Value: string(Seat)}, notTrashed}
	seats, err := r.all.Find(ctx, where, nil, chunk)
	ids := make([]any, 0, len(seats)+1)
	for _, s := range seats {
		ids = append(ids, s.ID)
	}
	return ids, err
}

// Affiliations gives a page of affiliations.
func (r *Repo) Affiliations(ctx context.Context, s AffiliationSearch, q store.Query) (page store.Page[Affiliation], err error) {
	if q.Where, err = r.affiliationsWhere(ctx, s); err != nil {
		return page, err
	}
	return r.affiliations.Page(ctx, q)
}

// EachAffiliation calls fn for every affiliation of a search that holds the words of text,
// some hundred at a time.
func (r *Repo) EachAffiliation(ctx context.Context, s AffiliationSearch, text string, fn func([]*Affiliation) error) error {
	where, err := r.affiliationsWhere(ctx, s)
	if err != nil {
		return err
	}
	return r.affiliations.Walk(ctx, store.Query{Where: where, Text: text, Sort: []driver.Key{{Path: "id"}}}, fn)
}

// Affiliation gives one.
func (r *Repo) Affiliation(ctx context.Context, id string) (*Affiliation, error) {
	return r.affiliations.Get(ctx, id)
}

// CreateAffiliation adds one. Duplicate where the same post is recorded already for some of the time.
func (r *Repo) CreateAffiliation(ctx context.Context, a *Affiliation) error {
	if err := a.tidy(); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkAffiliation(ctx, a); err != nil {
			return err
		}
		if err := r.affiliations.Create(ctx, a); err != nil {
			return err
		}
		return r.onlyPrimary(ctx, a)
	})
}

// UpdateAffiliation changes revision rev of one.
func (r *Repo) UpdateAffiliation(ctx context.Context, id string, rev int64, change func(*Affiliation)) (saved *Affiliation, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.affiliations.UpdateAt(ctx, id, rev, func(a *Affiliation) error {
			change(a)
			if err := a.tidy(); err != nil {
				return err
			}
			return r.checkAffiliation(ctx, a)
		})
		if err != nil {
			return err
		}
		return r.onlyPrimary(ctx, saved)
	})
	return saved, err
}

// DeleteAffiliation removes revision rev of one for good. What is over is ended, not removed; this is
// for mistakes.
func (r *Repo) DeleteAffiliation(ctx context.Context, id string, rev int64) error {
	return r.affiliations.DeleteAt(ctx, id, rev, nil)
}

// checkAffiliation looks at both ends, and for the same post recorded twice.
func (r *Repo) checkAffiliation(ctx context.Context, a *Affiliation) error {
	ends, err := r.ends(ctx, a.PersonID, a.AtID)
	if err != nil {
		return err
	}
	var c fault.Checks
	person, at := ends[a.PersonID], ends[a.AtID]
	c.Require(person != nil && person.Kind == Person, "personId", "There is no such person.")
	c.Require(at != nil && at.Kind != Person, "atId", "There is no such organisation or seat.")
	if err := c.Err(); err != nil {
		return err
	}
	a.PersonInTrash, a.AtInTrash = person.TrashedAt != "", at.TrashedAt != ""
	same, err := r.affiliations.Find(ctx, filter.And{filter.Eq{Field: "personId", Value: a.PersonID}, filter.Eq{Field: "atId", Value: a.AtID}}, nil, 0)
	if err != nil {
		return err
	}
	for _, o := range same {
		if o.ID != a.ID && store.Fold(o.Title) == store.Fold(a.Title) && o.Overlaps(a.Span) {
			return fault.New(fault.Duplicate, "This post of %s at %s is recorded already for that time.", person.Name, at.Name)
		}
	}
	return nil
}

// onlyPrimary takes the mark off the person's other posts.
func (r *Repo) onlyPrimary(ctx context.Context, a *Affiliation) error {
	if !a.Primary {
		return nil
	}
	others, err := r.affiliations.Find(ctx, filter.And{filter.Eq{Field: "personId", Value: a.PersonID}, filter.Eq{Field: "primary", Value: true}}, nil, 0)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == a.ID {
			continue
		}
		if _, err := r.affiliations.Update(ctx, o.ID, func(o *Affiliation) error { o.Primary = false; return nil }); err != nil {
			return err
		}
	}
	return nil
}
