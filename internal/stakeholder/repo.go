package stakeholder

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Repo keeps stakeholders, their affiliations and their relations.
type Repo struct {
	db           *store.DB
	all          *store.Collection[Stakeholder]
	affiliations *store.Collection[Affiliation]
	relations    *store.Collection[Relation]
	turns        *store.Collection[turn]

	// OnAddresses is told, in the same transaction, which addresses a save has added, so that mail that
	// was not kept for want of a known stakeholder can be fetched after all. Set before the first write.
	OnAddresses func(ctx context.Context, addresses []string) error
}

// Sorts maps what a list may be sorted by to the declared field.
var Sorts = map[string]string{"name": "sortName", "country": "country", "updatedAt": "updatedAt", "createdAt": "createdAt"}

// NewRepo declares the collections.
func NewRepo(db *store.DB) *Repo {
	r := &Repo{db: db, OnAddresses: func(context.Context, []string) error { return nil }}
	r.all = store.Declare(db, store.Spec[Stakeholder]{
		Name: "stakeholders",
		Fields: []driver.Field{
			{Path: "kind"}, {Path: "sortName"}, {Path: "country"}, {Path: "parentId"}, {Path: "trashedAt"},
			{Path: "updatedAt"}, {Path: "createdAt"},
			{Path: "roles", Multi: true}, {Path: "tags", Multi: true}, {Path: "emails.address", Multi: true},
			{Path: "externalIds.value", Multi: true}, {Path: "donor.sourceType"}, {Path: "donor.dueDiligence"}, {Path: "donor.dueDiligenceUntil"}, {Path: "mep.group"},
		},
		// Every list leaves the trash out, so every index begins with it: the count is then read from the
		// index alone.
		Indexes: [][]driver.Key{
			{{Path: "trashedAt"}, {Path: "sortName"}},
			{{Path: "trashedAt"}, {Path: "country"}, {Path: "sortName"}},
			{{Path: "trashedAt"}, {Path: "kind"}, {Path: "sortName"}},
			{{Path: "trashedAt"}, {Path: "updatedAt", Desc: true}},
			{{Path: "parentId"}, {Path: "sortName"}},
			{{Path: "sortName"}},
			{{Path: "roles"}, {Path: "trashedAt"}, {Path: "sortName"}},
			{{Path: "tags"}, {Path: "trashedAt"}, {Path: "sortName"}},
			{{Path: "emails.address"}},
			{{Path: "externalIds.value"}},
		},
		Refs:    []store.Ref{{Field: "parentId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}},
		Words:   words,
		Tidy:    (*Stakeholder).tidy,
		Audited: true,
	})
	r.affiliations = declareAffiliations(db)
	r.relations = declareRelations(db)
	r.turns = store.Declare(db, store.Spec[turn]{Name: "turns"})
	return r
}

func words(s *Stakeholder) store.Words {
	if s.TrashedAt != "" {
		return store.Words{}
	}
	w := store.Words{Names: []string{s.Name}, Texts: append([]string{s.Notes, s.Website}, s.Tags...)}
	for _, n := range s.OtherNames {
		w.Names = append(w.Names, n.Name)
	}
	w.Near = slices.Clone(w.Names)
	for _, e := range s.Emails {
		w.Names = append(w.Names, e.Address)
	}
	for _, id := range s.ExternalIDs {
		w.Texts = append(w.Texts, id.Value)
	}
	if s.Donor != nil {
		w.Texts = append(w.Texts, s.Donor.PolicyNotes)
	}
	if s.IGO != nil {
		w.Texts = append(w.Texts, s.IGO.Body, s.IGO.Mandate)
	}
	if s.MEP != nil {
		w.Texts = append(append(w.Texts, s.MEP.Group), s.MEP.Committees...)
	}
	if s.Movement != nil {
		w.Texts = append(w.Texts, s.Movement.Causes...)
	}
	return w
}

// Search says which stakeholders a list shows. Empty fields do not narrow it.
type Search struct {
	Kind, Role, Country, Tag, ParentID string
	Trashed                            bool        // only those in the trash; otherwise only those that are not
	Where                              filter.Expr // what Fields.Where has read
}

func (s Search) where() filter.Expr {
	var w filter.And
	if s.Trashed {
		w = append(w, filter.Exists{Field: "trashedAt"})
	} else {
		w = append(w, notTrashed)
	}
	for field, value := range map[string]string{"kind": s.Kind, "country": s.Country, "parentId": s.ParentID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	for field, value := range map[string]string{"roles": s.Role, "tags": s.Tag} {
		if value != "" {
			w = append(w, filter.Has{Field: field, Values: []any{value}})
		}
	}
	if s.Where != nil {
		w = append(w, s.Where)
	}
	return w
}

var notTrashed = filter.Not{Expr: filter.Exists{Field: "trashedAt"}}

// Page gives a page of stored documents; q carries text, sort, limit and cursor.
func (r *Repo) Page(ctx context.Context, s Search, q store.Query) (store.RawPage, error) {
	q.Where = s.where()
	return r.all.PageRaw(ctx, q)
}

// Get gives a stakeholder, also one in the trash.
func (r *Repo) Get(ctx context.Context, id string) (*Stakeholder, error) { return r.all.Get(ctx, id) }

// GetRaw gives the stored document.
func (r *Repo) GetRaw(ctx context.Context, id string) ([]byte, error) { return r.all.GetRaw(ctx, id) }

// Create adds a stakeholder.
func (r *Repo) Create(ctx context.Context, s *Stakeholder) error {
	if err := s.keepDueDiligence("", ""); err != nil {
		return err
	}
	if err := s.tidy(); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkParent(ctx, "", s.ParentID); err != nil {
			return err
		}
		if err := r.all.Create(ctx, s); err != nil {
			return err
		}
		return r.OnAddresses(ctx, s.Addresses())
	})
}

// Update changes revision rev of a stakeholder. Stale where it has changed since.
func (r *Repo) Update(ctx context.Context, id string, rev int64, change func(*Stakeholder)) (*Stakeholder, error) {
	return r.changeAt(ctx, id, rev, func(ctx context.Context, s *Stakeholder) error {
		kind := s.Kind
		state, until := s.dueDiligence()
		change(s)
		if err := s.keepDueDiligence(state, until); err != nil {
			return err
		}
		if err := s.tidy(); err != nil {
			return err
		}
		if s.Kind == kind {
			return nil
		}
		return r.checkUnbound(ctx, id, kind)
	})
}

// changeAt is the way of every change of one record: change alters revision rev, checks it and writes nothing
// itself; then everything that follows from it is done in the same transaction.
func (r *Repo) changeAt(ctx context.Context, id string, rev int64, change func(context.Context, *Stakeholder) error) (saved *Stakeholder, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		var before Stakeholder
		saved, err = r.all.UpdateAt(ctx, id, rev, func(s *Stakeholder) error {
			before = *s
			if err := change(ctx, s); err != nil {
				return err
			}
			if s.ParentID == before.ParentID && s.Kind == before.Kind {
				return nil
			}
			return r.checkParent(ctx, id, s.ParentID)
		})
		if err != nil {
			return err
		}
		return r.follow(ctx, &before, saved)
	})
	return saved, err
}

// follow does what follows from a change outside the record: moves in the tree take turns, links know whether
// an end is in the trash, and mail hears of addresses that are new or out of the trash again.
func (r *Repo) follow(ctx context.Context, before, after *Stakeholder) error {
	if after.ParentID != before.ParentID || after.Kind != before.Kind {
		if err := r.move(ctx, after.ID, after.ParentID); err != nil {
			return err
		}
	}
	known := before.Addresses()
	if was, is := before.TrashedAt != "", after.TrashedAt != ""; was != is {
		if err := r.markLinks(ctx, after.ID, is); err != nil {
			return err
		}
		if was {
			known = nil
		}
	}
	return r.OnAddresses(ctx, without(after.Addresses(), known))
}

// SetDueDiligence notes on a donor how its case stands, and until when. Who is no donor, or is noted so already, is left
// alone. It belongs into the Tx of the case.
func (r *Repo) SetDueDiligence(ctx context.Context, id, state string, until store.Date) error {
	_, err := r.all.Update(ctx, id, func(s *Stakeholder) error {
		if was, till := s.dueDiligence(); !s.is("donor") || was == state && till == until {
			return nil
		}
		if s.Donor == nil {
			s.Donor = &Donor{}
		}
		s.Donor.DueDiligence, s.Donor.DueDiligenceUntil = state, until
		return s.tidy()
	})
	if fault.Is(err, fault.NotFound) { // an erased donor, whose cases stay under a pseudonym
		return nil
	}
	return err
}

// Trash puts revision rev of a stakeholder into the trash: out of lists, search and linking, until
// Restore. Its affiliations and relations leave the lists of those at their other ends.
func (r *Repo) Trash(ctx context.Context, id string, rev int64) (*Stakeholder, error) {
	return r.changeAt(ctx, id, rev, func(_ context.Context, s *Stakeholder) error {
		if s.TrashedAt == "" {
			s.TrashedAt = r.db.Now()
		}
		return nil
	})
}

// Restore takes a stakeholder out of the trash.
func (r *Repo) Restore(ctx context.Context, id string) (s *Stakeholder, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		now, err := r.all.Get(ctx, id)
		if err != nil {
			return err
		}
		s, err = r.changeAt(ctx, id, now.Rev, func(_ context.Context, s *Stakeholder) error { s.TrashedAt = ""; return nil })
		return err
	})
	return s, err
}

func without(list, drop []string) []string {
	gone := map[string]bool{}
	for _, v := range drop {
		gone[v] = true
	}
	out := []string{}
	for _, v := range list {
		if !gone[v] {
			out = append(out, v)
		}
	}
	return out
}
