package stakeholder

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Bulk is how stakeholders are changed many at a time.
func (r *Repo) Bulk() *list.Bulk[Stakeholder] {
	return &list.Bulk[Stakeholder]{
		Deeds:  Deeds,
		All:    r.all,
		Meta:   func(s *Stakeholder) store.Meta { return s.Meta },
		Name:   func(s *Stakeholder) string { return s.Name },
		Where:  func(sel list.Selection) filter.Expr { return Search{Trashed: sel.Trashed, Where: sel.Where}.where() },
		Refuse: r.refuses,
		Do: func(_ context.Context, s *Stakeholder, op list.Operation) error {
			operations[op.Do](s, op.Value, string(r.db.Now()))
			return nil
		},
		Settle: func(ctx context.Context, s, was *Stakeholder) error {
			if err := s.tidy(); err != nil || s.ParentID == was.ParentID {
				return err
			}
			return r.checkParent(ctx, s.ID, s.ParentID)
		},
		Save: r.changeAt,
		Bare: bare,
	}
}

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

// refuses says why no stakeholder could have the value of an operation.
func (r *Repo) refuses(ctx context.Context, op list.Operation) (string, error) {
	switch op.Do {
	case "addTag", "removeTag":
		if len([]rune(op.Value)) > 60 {
			return "A tag has 1 to 60 characters.", nil
		}
	case "setCountry":
		if code := country(op.Value); code != "" && !isCountry(code) {
			return "“" + op.Value + "” is not the two-letter code of a country.", nil
		}
	case "setParent":
		err := r.checkParent(ctx, "", op.Value)
		if fault.Is(err, fault.Invalid) {
			return fault.Reason(err), nil
		}
		return "", err
	}
	return "", nil
}
