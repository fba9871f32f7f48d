package stakeholder

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Bulk is how stakeholders are changed many at a time: the side of this noun that package edit asks for.
type Bulk struct{ repo *Repo }

// Bulk gives it.
func (r *Repo) Bulk() Bulk { return Bulk{r} }

// operations say what each does to a stakeholder. now is for the trash.
var operations = map[string]func(s *Stakeholder, value, now string){
	"addTag":     func(s *Stakeholder, v, _ string) { s.Tags = unique(append(slices.Clone(s.Tags), v), asIs) },
	"removeTag":  func(s *Stakeholder, v, _ string) { s.Tags = without(s.Tags, []string{v}) },
	"addRole":    func(s *Stakeholder, v, _ string) { s.Roles = unique(append(slices.Clone(s.Roles), v), asIs) },
	"removeRole": func(s *Stakeholder, v, _ string) { s.Roles = without(s.Roles, []string{v}) },
	"setCountry": func(s *Stakeholder, v, _ string) { s.Country = v },
	"setParent":  func(s *Stakeholder, v, _ string) { s.ParentID = v },
	"trash": func(s *Stakeholder, _, now string) {
		if s.TrashedAt == "" {
			s.TrashedAt = store.Instant(now)
		}
	},
	"restore": func(s *Stakeholder, _, _ string) { s.TrashedAt = "" },
}

func asIs(v string) string { return v }

// Check refuses operations that are none, or whose values no stakeholder could have.
func (b Bulk) Check(ctx context.Context, ops []list.Operation) error {
	var c fault.Checks
	for i, op := range ops {
		at := func(name string) string { return field("operations", i, name) }
		_, known := operations[op.Do]
		c.Require(known, at("do"), "%q is not something a bulk edit does.", op.Do)
		switch op.Do {
		case "addTag", "removeTag":
			c.Require(op.Value != "" && len([]rune(op.Value)) <= 60, at("value"), "A tag has 1 to 60 characters.")
		case "addRole", "removeRole":
			c.Require(slices.Contains(Roles, op.Value), at("value"), "%q is not a role.", op.Value)
		case "setCountry":
			code := country(op.Value)
			c.Require(code == "" || isCountry(code), at("value"), "%q is not a two-letter country code.", op.Value)
		case "setParent":
			if err := b.repo.checkParent(ctx, "", op.Value); err != nil && !fault.Is(err, fault.Invalid) {
				return err
			} else if err != nil {
				c.Require(false, at("value"), "%s", fault.Reason(err))
			}
		}
	}
	return c.Err()
}

// Plan calls fn with what the operations would do to every record of the selection, in order of id. fn may
// write to the store.
func (b Bulk) Plan(ctx context.Context, sel list.Selection, ops []list.Operation, fn func(list.Planned) error) error {
	plan := func(s *Stakeholder) error {
		p := list.Planned{ID: s.ID, Rev: s.Rev}
		old := *s
		err := b.alter(s, ops)
		if err == nil && s.ParentID != old.ParentID {
			err = b.repo.checkParent(ctx, s.ID, s.ParentID)
		}
		switch {
		case fault.Is(err, fault.Invalid):
			p.Why = fault.Reason(err)
		case err != nil:
			return err
		default:
			p.Changes = Differences(&old, s)
		}
		return fn(p)
	}
	if len(sel.IDs) > 0 {
		return inChunks(sel.IDs, func(part []any) error {
			return b.repo.eachFound(ctx, filter.In{Field: "id", Values: part}, plan)
		})
	}
	search := Search{Trashed: sel.Trashed, Where: sel.Where}
	return b.repo.Walk(ctx, search, sel.Text, []driver.Key{{Path: "id"}}, plan)
}

// alter changes a record as the operations say and checks it by itself.
func (b Bulk) alter(s *Stakeholder, ops []list.Operation) error {
	for _, op := range ops {
		operations[op.Do](s, op.Value, string(b.repo.db.Now()))
	}
	return s.tidy()
}

// Apply does the operations to revision rev of a record and says what changed. Stale where the record has
// changed since, NotFound where it is gone, Invalid where it cannot be done; then nothing is written.
func (b Bulk) Apply(ctx context.Context, id string, rev int64, ops []list.Operation) ([]list.FieldChange, error) {
	var done []list.FieldChange
	_, err := b.repo.changeAt(ctx, id, rev, func(_ context.Context, s *Stakeholder) error {
		old := *s
		if err := b.alter(s, ops); err != nil {
			return err
		}
		done = Differences(&old, s)
		return nil
	})
	return done, err
}

// Undo puts back the old value of every field that still has the new one, and names the fields that have
// another by now. NotFound where the record is gone, Invalid where the old values are no longer possible.
func (b Bulk) Undo(ctx context.Context, id string, was []list.FieldChange) (kept []string, err error) {
	now, err := b.repo.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	_, err = b.repo.changeAt(ctx, id, now.Rev, func(_ context.Context, s *Stakeholder) error {
		if kept, err = s.Undo(was); err != nil {
			return err
		}
		return s.tidy()
	})
	return kept, err
}
