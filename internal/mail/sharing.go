package mail

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Share sets how much of a thread the reader, as an owner, shows to the team. It covers what lies in the
// reader's own mailboxes, now and later; each owner decides for theirs. rev is the thread's revision.
func (r *Repo) Share(ctx context.Context, id string, rev int64, level Level) (*ThreadView, error) {
	if !level.Valid() {
		return nil, fault.Field("level", "Choose private, metadata, subject or full.")
	}
	if err := access.Require(ctx, access.MailWrite); err != nil {
		return nil, err
	}
	me := access.From(ctx).AccountID
	var saved *Thread
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		t, err := r.threads.Get(ctx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(t.owners(), me) {
			return fault.New(fault.Forbidden, "Only those in whose mailboxes a thread lies decide who else sees it.")
		}
		saved, err = r.threads.UpdateAt(ctx, id, rev, func(t *Thread) error {
			t.Shares = t.Shares.with(me, level)
			t.derive()
			return nil
		})
		if err != nil {
			return err
		}
		// The reader may not see all that follows from it: a message of another owner changes hands as well.
		return r.resightThread(access.AsSystem(ctx, "sharing of a thread"), saved)
	})
	if err != nil {
		return nil, err
	}
	return saved.viewFor(access.From(ctx), tokensOf(ctx)), nil
}

// resightThread puts the circles of all messages and bodies of a thread right.
func (r *Repo) resightThread(ctx context.Context, t *Thread) error {
	all, err := r.messages.Find(ctx, filter.Eq{Field: "threadId", Value: t.ID}, nil, 0)
	if err != nil {
		return err
	}
	changed, byMessage := []*Message{}, map[string]*Message{}
	var ids []string
	for _, m := range all {
		byMessage[m.ID] = m
		ids = append(ids, m.ID)
		if m.resight(t.Shares) {
			changed = append(changed, m)
		}
	}
	var bodies []*Body
	err = byID(ctx, r.bodies, "message", ids, func(b *Body) {
		seen := t.Shares.readers(byMessage[b.MessageID].Contents[b.Content].OwnerIDs, Full)
		if !slices.Equal(seen, b.Seen) {
			b.Seen = seen
			bodies = append(bodies, b)
		}
	})
	if err != nil {
		return err
	}
	if err := r.messages.ReplaceMany(ctx, changed); err != nil {
		return err
	}
	return r.bodies.ReplaceMany(ctx, bodies)
}
