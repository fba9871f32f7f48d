package stakeholder

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Tidy puts a record that was not stored yet into its one form, as every save does. An Invalid fault
// names every field that is wrong.
func (s *Stakeholder) Tidy() error { return s.tidy() }

// Twins gives everyone, the trash left out, who has one of the addresses, folded names or external numbers.
func (r *Repo) Twins(ctx context.Context, addresses, folds, numbers []string) ([]*Stakeholder, error) {
	byID := map[string]*Stakeholder{}
	add := func(s *Stakeholder) error { byID[s.ID] = s; return nil }
	err := inChunks(addresses, func(part []any) error {
		return r.eachFound(ctx, filter.And{filter.Has{Field: "emails.address", Values: part}, notTrashed}, add)
	})
	if err == nil {
		err = inChunks(folds, func(part []any) error {
			return r.eachFound(ctx, filter.And{filter.In{Field: "sortName", Values: part}, notTrashed}, add)
		})
	}
	if err == nil {
		err = inChunks(numbers, func(part []any) error {
			return r.eachFound(ctx, filter.And{filter.Has{Field: "externalIds.value", Values: part}, notTrashed}, add)
		})
	}
	list := make([]*Stakeholder, 0, len(byID))
	for _, s := range byID {
		list = append(list, s)
	}
	return list, err
}

// Organisations maps folded names to the organisation that has the name; the oldest where several have it.
func (r *Repo) Organisations(ctx context.Context, folds []string) (map[string]string, error) {
	ids := map[string]string{}
	err := inChunks(folds, func(part []any) error {
		where := filter.And{filter.In{Field: "sortName", Values: part}, filter.Eq{Field: "kind", Value: string(Organisation)}, notTrashed}
		return r.eachFound(ctx, where, func(s *Stakeholder) error {
			if had, ok := ids[s.SortName]; !ok || s.ID < had {
				ids[s.SortName] = s.ID
			}
			return nil
		})
	})
	return ids, err
}

// ByID gives those of the ids that exist, also those in the trash.
func (r *Repo) ByID(ctx context.Context, ids []string) (map[string]*Stakeholder, error) {
	found := map[string]*Stakeholder{}
	err := inChunks(ids, func(part []any) error {
		return r.eachFound(ctx, filter.In{Field: "id", Values: part}, func(s *Stakeholder) error { found[s.ID] = s; return nil })
	})
	return found, err
}

// ChangedSince gives those who were written at that second or later, at most limit.
func (r *Repo) ChangedSince(ctx context.Context, at store.Instant, limit int) ([]*Stakeholder, error) {
	where := filter.Compare{Field: "updatedAt", Op: filter.Gte, Value: string(at)}
	return r.all.Find(ctx, where, []driver.Key{{Path: "updatedAt", Desc: true}}, limit)
}

// Count tells how many there are, the trash included, and how many of them were created before an instant.
func (r *Repo) Count(ctx context.Context, before store.Instant) (all, older int, err error) {
	if all, err = r.all.Count(ctx, nil); err != nil {
		return 0, 0, err
	}
	older, err = r.all.Count(ctx, filter.Compare{Field: "createdAt", Op: filter.Lt, Value: string(before)})
	return all, older, err
}

// CreateMany adds records that are tidy already, in the caller's Tx. Whose parents exist, and are organisations,
// is the caller's to know.
func (r *Repo) CreateMany(ctx context.Context, list []*Stakeholder) error {
	if err := r.all.CreateMany(ctx, list); err != nil {
		return err
	}
	var addresses []string
	for _, s := range list {
		addresses = append(addresses, s.Addresses()...)
	}
	return r.OnAddresses(ctx, addresses)
}

// ReplaceMany saves records that were read before, each in the place of the revision it carries, in the
// caller's Tx. added are the addresses that they did not have.
func (r *Repo) ReplaceMany(ctx context.Context, list []*Stakeholder, added []string) error {
	for _, s := range list {
		if err := s.tidy(); err != nil {
			return err
		}
	}
	if err := r.all.ReplaceMany(ctx, list); err != nil {
		return err
	}
	if err := r.turn(ctx, moveTurn); err != nil {
		return err
	}
	for _, s := range list {
		if err := r.checkParent(ctx, s.ID, s.ParentID); err != nil {
			return err
		}
	}
	return r.OnAddresses(ctx, added)
}

// PostsOf gives the affiliations of persons, also past ones, by person.
func (r *Repo) PostsOf(ctx context.Context, personIDs []string) (map[string][]*Affiliation, error) {
	of := map[string][]*Affiliation{}
	err := inChunks(personIDs, func(part []any) error {
		list, err := r.affiliations.Find(ctx, filter.In{Field: "personId", Values: part}, nil, 0)
		for _, a := range list {
			of[a.PersonID] = append(of[a.PersonID], a)
		}
		return err
	})
	return of, err
}

// CreatePosts adds affiliations in the caller's Tx. That both ends exist and the post is not recorded yet is the
// caller's to know.
func (r *Repo) CreatePosts(ctx context.Context, list []*Affiliation) error {
	for _, a := range list {
		if err := a.tidy(); err != nil {
			return err
		}
	}
	return r.affiliations.CreateMany(ctx, list)
}

// RemovePost takes an affiliation away as if it had never been. One that is gone already is no fault.
func (r *Repo) RemovePost(ctx context.Context, id string) error {
	return unlessGone(r.affiliations.Delete(ctx, id))
}

// Remove takes a record away for good, as if it had never been. One that is gone already is no fault.
func (r *Repo) Remove(ctx context.Context, id string) error {
	return unlessGone(r.all.Delete(ctx, id))
}

func unlessGone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
