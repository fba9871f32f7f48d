package main

import (
	"context"

	"piper/internal/access"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/mail"
	"piper/internal/privacy"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// retentionRules are what may go when it has been kept long enough.
func (a *App) retentionRules() []privacy.Rule {
	aside := func(reason mail.Reason) func(store.Instant) filter.Expr {
		return func(before store.Instant) filter.Expr {
			return filter.And{filter.Eq{Field: "reason", Value: string(reason)}, filter.Compare{Field: "date", Op: filter.Lt, Value: string(before)}}
		}
	}
	return []privacy.Rule{
		{Name: "forgotten", Title: "Hashes of forgotten mail", Days: 365, MinDays: 30,
			What:   "Mail that arrived earlier is not fetched again when its address becomes known.",
			Remove: privacy.Old(a.db, "asides", aside(mail.Forgotten))},
		{Name: "unreadable", Title: "Records of unreadable mail", Days: 180, MinDays: 31,
			What:   "That a message could not be read is no longer listed. Its bytes go after 30 days anyway.",
			Remove: privacy.Old(a.db, "asides", aside(mail.Unreadable))},
		{Name: "trash", Title: "Stakeholders in the trash", Days: 365, MinDays: 30,
			What:   "They go for good with their journal values. Who is still referred to stays.",
			Remove: a.emptyTrash},
		{Name: "private-notes", Title: "Private notes", Days: 1095, MinDays: 90,
			What: "Notes that only their author may read go.",
			Remove: privacy.Old(a.db, "interactions", func(before store.Instant) filter.Expr {
				return filter.And{filter.Eq{Field: "kind", Value: string(engagement.Note)}, filter.Compare{Field: "at", Op: filter.Lt, Value: string(before)},
					filter.Not{Expr: filter.Has{Field: "seen", Values: []any{access.TeamToken}}}}
			})},
		{Name: "digests", Title: "Records of the mails of the day", Days: 180, MinDays: 8,
			What: "That a mail of the day was sent is no longer known. The mails themselves were never kept.",
			Remove: privacy.Old(a.db, "digests", func(before store.Instant) filter.Expr {
				return filter.Compare{Field: "day", Op: filter.Lt, Value: string(before)[:10]}
			})},
		{Name: "closed-mail", Title: "Private mail of closed accounts", Days: 90, MinDays: 30,
			What: "Mail that nobody but the owner of a closed account may know of goes, so many days after the account was last changed.",
			Remove: func(ctx context.Context, before store.Instant, dry bool) (int, error) {
				accounts, err := a.accounts.All(ctx)
				n := 0
				for _, one := range accounts {
					if err == nil && one.Closed && one.UpdatedAt < before {
						var k int
						k, err = a.mail.DropPrivate(ctx, one.ID, dry)
						n += k
					}
				}
				return n, err
			}},
	}
}

// emptyTrash removes stakeholders that have been in the trash since before a moment and that nothing names.
func (a *App) emptyTrash(ctx context.Context, before store.Instant, dry bool) (int, error) {
	ids := map[string]bool{}
	err := a.stakeholders.Walk(ctx, stakeholder.Search{Trashed: true}, "", []driver.Key{{Path: "id"}}, func(s *stakeholder.Stakeholder) error {
		if s.TrashedAt < before {
			ids[s.ID] = true
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	// A filter that asks for somebody is no reason to hold them.
	except := []string{"merges", "edit_rows", "stakeholder_import_rows", "views"}
	err = a.db.Referring(ctx, "stakeholders", ids, except, func(_, _, id string) { delete(ids, id) })
	if err != nil || dry {
		return len(ids), err
	}
	n := 0
	for id := range ids {
		if err := a.dropTrashed(ctx, id); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// dropTrashed removes one record from the trash, with what the journal says of its values.
func (a *App) dropTrashed(ctx context.Context, id string) error {
	for _, d := range a.db.Declared() {
		if d.Name != "stakeholders" {
			continue
		}
		if err := d.Raw.Remove(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	const why = "Retention: long enough in the trash"
	if _, err := a.merges.Forget(ctx, id, why); err != nil {
		return err
	}
	_, err := a.audit.Erase(ctx, "stakeholders", id, why)
	return err
}
