package stakeholder

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// upsertTurn is where two upserts meet, so that of two at once for a number that nobody has yet one adds the
// stakeholder and the other changes it.
const upsertTurn = "stakeholder-upsert"

// Upsert changes the stakeholder that has a number of somebody else's, or adds one that then has it. rev,
// where it is not 0, is the revision that is changed. Where several have the number nobody can say which is
// meant, and where it is in the trash it should not come back unasked: both are refused.
func (r *Repo) Upsert(ctx context.Context, id ExternalID, rev int64, change func(*Stakeholder)) (s *Stakeholder, outcome store.Outcome, err error) {
	id, err = TidyExternalID(id)
	if err != nil {
		return nil, "", err
	}
	if id.Value == "" {
		return nil, "", fault.Field("externalId.value", "Say by which number the record is known.")
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		found, err := r.numbered(ctx, id)
		if err == nil && len(found) == 0 {
			if err = r.turn(ctx, upsertTurn); err == nil {
				found, err = r.numbered(ctx, id)
			}
		}
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			s, outcome = &Stakeholder{}, store.Created
			change(s)
			s.number(id)
			return r.Create(ctx, s)
		case len(found) > 1:
			return fault.Field("externalId", "%d stakeholders have this number; merge them first.", len(found))
		case found[0].TrashedAt != "":
			return fault.Field("externalId", "%s has this number and lies in the trash.", found[0].Name)
		}
		was := found[0]
		if rev == 0 {
			rev = was.Rev
		}
		s, err = r.Update(ctx, was.ID, rev, func(s *Stakeholder) { change(s); s.number(id) })
		if outcome = store.Updated; err == nil && s.Rev == was.Rev {
			outcome = store.Unchanged
		}
		return err
	})
	return s, outcome, err
}

// numbered gives those that have a number, also in the trash.
func (r *Repo) numbered(ctx context.Context, id ExternalID) ([]*Stakeholder, error) {
	list, err := r.all.Find(ctx, filter.Has{Field: "externalIds.value", Values: []any{id.Value}}, nil, 0)
	return slices.DeleteFunc(list, func(s *Stakeholder) bool { return !slices.Contains(s.ExternalIDs, id) }), err
}

// number gives a stakeholder a number, if it does not have it.
func (s *Stakeholder) number(id ExternalID) {
	if !slices.Contains(s.ExternalIDs, id) {
		s.ExternalIDs = append(s.ExternalIDs, id)
	}
}
