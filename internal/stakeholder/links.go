package stakeholder

import (
	"context"
	"fmt"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Party is a stakeholder as it is named at the end of an affiliation or a relation. The name is empty
// where there is no such stakeholder any more.
type Party struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Kind     Kind   `json:"kind,omitempty" enum:"person,organisation,seat"`
	WithinID string `json:"withinId,omitempty" doc:"the organisation it is part of"`
	Within   string `json:"within,omitempty" doc:"the name of that organisation"`
}

// Parties gives what is to be said of each id.
func (r *Repo) Parties(ctx context.Context, ids []string) (map[string]Party, error) {
	parties := map[string]Party{}
	var parents []string
	err := inChunks(ids, func(part []any) error {
		return r.eachFound(ctx, filter.In{Field: "id", Values: part}, func(s *Stakeholder) error {
			parties[s.ID] = Party{ID: s.ID, Name: s.Name, Kind: s.Kind, WithinID: s.ParentID}
			if s.ParentID != "" {
				parents = append(parents, s.ParentID)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	names, err := r.Names(ctx, parents)
	for id, p := range parties {
		p.Within = names[p.WithinID]
		parties[id] = p
	}
	return parties, err
}

// today is the day by which past and current are told apart.
func (r *Repo) today() store.Date { return store.Date(r.db.Clock().UTC().Format(time.DateOnly)) }

// Today gives that day.
func (r *Repo) Today() store.Date { return r.today() }

// ends reads the stakeholders at both ends of a link; one that is missing is not in the answer.
func (r *Repo) ends(ctx context.Context, ids ...string) (map[string]*Stakeholder, error) {
	ends := map[string]*Stakeholder{}
	for _, id := range ids {
		s, err := r.all.Get(ctx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		ends[id] = s
	}
	return ends, nil
}

// markLinks notes on everything that is linked with a stakeholder whether it is in the trash.
func (r *Repo) markLinks(ctx context.Context, id string, trashed bool) error {
	affiliations, err := r.affiliations.Find(ctx, eitherEnd("personId", "atId", id), nil, 0)
	if err != nil {
		return err
	}
	for _, a := range affiliations {
		a.PersonInTrash = mark(a.PersonID == id, trashed, a.PersonInTrash)
		a.AtInTrash = mark(a.AtID == id, trashed, a.AtInTrash)
	}
	if err := r.affiliations.ReplaceMany(ctx, affiliations); err != nil {
		return err
	}
	relations, err := r.relations.Find(ctx, eitherEnd("subjectId", "objectId", id), nil, 0)
	if err != nil {
		return err
	}
	for _, l := range relations {
		l.SubjectInTrash = mark(l.SubjectID == id, trashed, l.SubjectInTrash)
		l.ObjectInTrash = mark(l.ObjectID == id, trashed, l.ObjectInTrash)
	}
	return r.relations.ReplaceMany(ctx, relations)
}

func mark(here, trashed, was bool) bool {
	if here {
		return trashed
	}
	return was
}

func eitherEnd(one, other, id string) filter.Expr {
	return filter.Or{filter.Eq{Field: one, Value: id}, filter.Eq{Field: other, Value: id}}
}

// checkUnbound refuses to change the kind of a stakeholder whose affiliations, relations or parts may fit
// the old kind only.
func (r *Repo) checkUnbound(ctx context.Context, id string, kind Kind) error {
	counts := []struct {
		count func() (int, error)
		what  string
	}{
		{func() (int, error) { return r.affiliations.Count(ctx, eitherEnd("personId", "atId", id)) }, "affiliations"},
		{func() (int, error) { return r.relations.Count(ctx, eitherEnd("subjectId", "objectId", id)) }, "relations"},
		{func() (int, error) { return r.all.Count(ctx, filter.Eq{Field: "parentId", Value: id}) }, "parts"},
	}
	for _, c := range counts {
		n, err := c.count()
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Field("kind", "It has %d %s as a %s. Remove them first.", n, c.what, kind)
		}
	}
	return nil
}

func field(list string, i int, name string) string { return fmt.Sprintf("%s[%d].%s", list, i, name) }
