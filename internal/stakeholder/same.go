package stakeholder

import (
	"context"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// Naming is an organisation as a public source names it.
type Naming struct {
	Name, Country string
	Number        string // of a register, as the source writes it
}

// Same gives for each organisation of a public source the one of ours that it is beyond doubt: that with its
// number, else the only organisation with its folded name in its country. "" where there is none or are several.
func (r *Repo) Same(ctx context.Context, list []Naming) ([]string, error) {
	numbers, names := map[string][]string{}, map[string][]string{} // → ids
	var asked, folds []string
	for _, n := range list {
		if n.Number != "" {
			asked = append(asked, n.Number)
		}
		if n.Country != "" {
			folds = append(folds, store.Fold(n.Name))
		}
	}
	err := inChunks(asked, func(part []any) error {
		return r.eachFound(ctx, filter.And{filter.Has{Field: "externalIds.value", Values: part}, notTrashed}, func(s *Stakeholder) error {
			for _, id := range s.ExternalIDs {
				numbers[id.Value] = append(numbers[id.Value], s.ID)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	err = inChunks(folds, func(part []any) error {
		where := filter.And{filter.In{Field: "sortName", Values: part}, filter.Eq{Field: "kind", Value: string(Organisation)}, notTrashed}
		return r.eachFound(ctx, where, func(s *Stakeholder) error {
			key := s.Country + " " + s.SortName
			if ids := names[key]; len(ids) == 0 || ids[len(ids)-1] != s.ID {
				names[key] = append(ids, s.ID)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for i, n := range list {
		found := numbers[n.Number]
		if len(found) == 0 && n.Country != "" {
			found = names[n.Country+" "+store.Fold(n.Name)]
		}
		if one := distinctIDs(found); len(one) == 1 {
			out[i] = one[0]
		}
	}
	return out, nil
}

func distinctIDs(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// WithRole gives the names of those who have a role, by id.
func (r *Repo) WithRole(ctx context.Context, role string) (map[string]string, error) {
	list, err := r.WithRoles(ctx, role)
	names := make(map[string]string, len(list))
	for _, s := range list {
		names[s.ID] = s.Name
	}
	return names, err
}

// WithRoles gives those who have one of some roles, without those in the trash.
func (r *Repo) WithRoles(ctx context.Context, roles ...string) (list []*Stakeholder, err error) {
	values := make([]any, len(roles))
	for i, role := range roles {
		values[i] = role
	}
	err = r.eachFound(ctx, filter.And{filter.Has{Field: "roles", Values: values}, notTrashed}, func(s *Stakeholder) error {
		list = append(list, s)
		return nil
	})
	return list, err
}
