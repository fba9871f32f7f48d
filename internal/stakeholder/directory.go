package stakeholder

import (
	"context"
	"slices"
	"strings"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// chunk bounds how many values one lookup names.
const chunk = 400

// Lookup finds who is reached at each of the addresses (in lower case). An address may be shared by
// several; one that nobody has is not in the answer.
func (r *Repo) Lookup(ctx context.Context, addresses []string) (map[string][]string, error) {
	found := map[string][]string{}
	wanted := map[string]bool{}
	for _, a := range addresses {
		wanted[a] = true
	}
	err := inChunks(addresses, func(part []any) error {
		where := filter.And{filter.Has{Field: "emails.address", Values: part}, notTrashed}
		return r.eachFound(ctx, where, func(s *Stakeholder) error {
			for _, a := range s.Addresses() {
				if wanted[a] && !slices.Contains(found[a], s.ID) {
					found[a] = append(found[a], s.ID)
				}
			}
			return nil
		})
	})
	return found, err
}

// CreateDonors adds an organisation with the role donor for each id, under that id and name.
func (r *Repo) CreateDonors(ctx context.Context, names map[string]string) error {
	fresh := make([]*Stakeholder, 0, len(names))
	for id, name := range names {
		s := &Stakeholder{Kind: Organisation, Name: name, Roles: []string{"donor"}}
		s.ID = id
		if err := s.tidy(); err != nil {
			return err
		}
		fresh = append(fresh, s)
	}
	slices.SortFunc(fresh, func(a, b *Stakeholder) int { return strings.Compare(a.ID, b.ID) })
	return r.all.CreateMany(ctx, fresh)
}

// Settle checks a record that was changed from outside this room, as a merge does, against the others, and
// tells of all its addresses. It belongs into the Tx of that change.
func (r *Repo) Settle(ctx context.Context, id string) error {
	s, err := r.all.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := r.move(ctx, id, s.ParentID); err != nil {
		return err
	}
	return r.OnAddresses(ctx, s.Addresses())
}

// Matching gives the ids of those whom a text finds, at most limit, the last added first.
func (r *Repo) Matching(ctx context.Context, text string, limit int) ([]string, error) {
	page, err := r.all.Page(ctx, store.Query{Where: notTrashed, Text: text, Limit: limit})
	ids := make([]string, 0, len(page.Items))
	for _, s := range page.Items {
		ids = append(ids, s.ID)
	}
	return ids, err
}

// Find gives the stakeholder of each name that somebody has, matched in folded form.
func (r *Repo) Find(ctx context.Context, names []string) (map[string]string, error) {
	byFold, err := r.byName(ctx, names)
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, name := range names {
		if id, ok := byFold[store.Fold(name)]; ok {
			ids[name] = id
		}
	}
	return ids, nil
}

// byName maps folded names to ids. Where several share a name, an organisation goes before a person and
// the older record before the younger, so that the answer is always the same.
func (r *Repo) byName(ctx context.Context, names []string) (map[string]string, error) {
	best := map[string]*Stakeholder{}
	folds := make([]string, 0, len(names))
	for _, n := range names {
		folds = append(folds, store.Fold(n))
	}
	err := inChunks(folds, func(part []any) error {
		where := filter.And{filter.In{Field: "sortName", Values: part}, notTrashed}
		return r.eachFound(ctx, where, func(s *Stakeholder) error {
			b, taken := best[s.SortName]
			if !taken || (b.Kind == Person && s.Kind == Organisation) || (b.Kind == s.Kind && s.ID < b.ID) {
				best[s.SortName] = s
			}
			return nil
		})
	})
	ids := make(map[string]string, len(best))
	for fold, s := range best {
		ids[fold] = s.ID
	}
	return ids, err
}

// Names gives the name of each id that exists, also of one in the trash.
func (r *Repo) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	err := inChunks(ids, func(part []any) error {
		return r.eachFound(ctx, filter.In{Field: "id", Values: part}, func(s *Stakeholder) error {
			names[s.ID] = s.Name
			return nil
		})
	})
	return names, err
}

// SourceTypes gives the kind of purse of each id that is a donor for whom it is known.
func (r *Repo) SourceTypes(ctx context.Context, ids []string) (map[string]string, error) {
	types := map[string]string{}
	err := inChunks(ids, func(part []any) error {
		return r.eachFound(ctx, filter.In{Field: "id", Values: part}, func(s *Stakeholder) error {
			if s.Donor != nil && s.Donor.SourceType != "" {
				types[s.ID] = s.Donor.SourceType
			}
			return nil
		})
	})
	return types, err
}

// eachFound reads every match of a filter in order of id, a bounded number at a time.
func (r *Repo) eachFound(ctx context.Context, where filter.Expr, fn func(*Stakeholder) error) error {
	byID := []driver.Key{{Path: "id"}}
	for after := ""; ; {
		part, err := r.all.Find(ctx, filter.And{where, filter.Compare{Field: "id", Op: filter.Gt, Value: after}}, byID, 500)
		if err != nil {
			return err
		}
		for _, s := range part {
			if err := fn(s); err != nil {
				return err
			}
			after = s.ID
		}
		if len(part) < 500 {
			return nil
		}
	}
}

// Search finds stakeholders by words: first those whose name is what was typed or begins with it, then
// the last added. Of the former there are at most namedFirst, however many others match.
func (r *Repo) Search(ctx context.Context, words string, limit int) ([]*Stakeholder, error) {
	page, err := r.all.Page(ctx, store.Query{Where: notTrashed, Text: words, Limit: limit, NoTotal: true})
	name := store.Fold(words)
	if err != nil || page.Next == "" || name == "" {
		return page.Items, err
	}
	named, err := r.all.Find(ctx, filter.And{notTrashed,
		filter.Compare{Field: "sortName", Op: filter.Gte, Value: name},
		filter.Compare{Field: "sortName", Op: filter.Lt, Value: name + "\U0010ffff"},
	}, []driver.Key{{Path: "sortName"}}, namedFirst)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(named))
	for _, s := range named {
		known[s.ID] = true
	}
	for _, s := range page.Items {
		if !known[s.ID] && len(named) < limit {
			named = append(named, s)
		}
	}
	return named, nil
}

const namedFirst = 20

// Similar finds stakeholders of whose names words are nearly a part, the last added first.
func (r *Repo) Similar(ctx context.Context, words string, limit int) ([]*Stakeholder, error) {
	page, err := r.all.Page(ctx, store.Query{Where: notTrashed, Text: words, Near: true, Limit: limit, NoTotal: true})
	return page.Items, err
}

// inChunks calls fn with the distinct values, a bounded number at a time.
func inChunks(values []string, fn func([]any) error) error {
	seen := make(map[string]bool, len(values))
	part := make([]any, 0, chunk)
	for _, v := range values {
		if v = strings.TrimSpace(v); v == "" || seen[v] {
			continue
		}
		seen[v] = true
		part = append(part, v)
		if len(part) == chunk {
			if err := fn(part); err != nil {
				return err
			}
			part = make([]any, 0, chunk)
		}
	}
	if len(part) == 0 {
		return nil
	}
	return fn(part)
}
