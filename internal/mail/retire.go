package mail

import (
	"context"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// EachInvolved calls fn with every stakeholder that a message involves and its date, whoever may see it: for
// what is told of it, the caller answers.
func (r *Repo) EachInvolved(ctx context.Context, fn func(stakeholderID string, at store.Instant)) error {
	return r.messages.Each(ctx, nil, func(m *Message) error {
		for _, id := range m.StakeholderIDs {
			fn(id, m.Date)
		}
		return nil
	})
}

// DropPrivate removes the mail that nobody but one owner may know of, with texts and threads, and gives how many
// messages that were; dry counts only. It works in short transactions and may be broken off anywhere.
func (r *Repo) DropPrivate(ctx context.Context, ownerID string, dry bool) (n int, err error) {
	own := access.OwnerToken(ownerID)
	for after := ""; ; {
		next := ""
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			list, err := r.messages.Find(ctx, filter.And{filter.Has{Field: "seen", Values: []any{own}},
				filter.Compare{Field: "id", Op: filter.Gt, Value: after}}, []driver.Key{{Path: "id"}}, chunk)
			if err != nil || len(list) == 0 {
				return err
			}
			next = list[len(list)-1].ID
			gone, ids, threads := map[string]bool{}, []string{}, []string{}
			for _, m := range list {
				if len(m.Seen) == 1 {
					gone[m.ID] = true
					ids, threads = append(ids, m.ID), append(threads, m.ThreadID)
				}
			}
			n += len(ids)
			if dry || len(ids) == 0 {
				return nil
			}
			if err := r.forgetBodies(ctx, Gone{}, ids, gone, nil); err != nil {
				return err
			}
			for _, id := range ids {
				if err := r.messages.Delete(ctx, id); err != nil {
					return err
				}
			}
			return r.resum(ctx, set(threads), gone)
		})
		if err != nil || next == "" {
			return n, err
		}
		after = next
	}
}
