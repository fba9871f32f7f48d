package mail

import (
	"context"
	"slices"

	"piper/internal/audit"
	"piper/internal/store/filter"
)

// relink links kept messages with whoever has these addresses now, and wants forgotten ones back. It
// works in short transactions and may be broken off and begun again anywhere.
func (r *Repo) relink(ctx context.Context, dir Directory, addresses []string) (Relinked, error) {
	var out Relinked
	for len(addresses) > 0 {
		part := addresses[:min(len(addresses), chunk)]
		addresses = addresses[len(part):]
		known, err := dir.Lookup(ctx, part)
		if err != nil {
			return out, err
		}
		byDigest, digests := map[string][]string{}, []any{}
		for a, ids := range known {
			if len(ids) > 0 {
				digest := r.addressDigest(a)
				byDigest[digest] = set(slices.Clone(ids))
				digests = append(digests, digest)
			}
		}
		if len(digests) == 0 {
			continue
		}
		for {
			n, err := r.linkSome(ctx, byDigest, digests)
			out.Linked += n
			if err != nil {
				return out, err
			}
			if n == 0 {
				break
			}
		}
		where := filter.And{filter.Has{Field: "digests", Values: digests}, filter.Not{Expr: filter.Eq{Field: "wanted", Value: true}}}
		n, err := r.asides.Count(ctx, where)
		if err != nil {
			return out, err
		}
		if err := r.want(ctx, where); err != nil {
			return out, err
		}
		out.Wanted += n
	}
	return out, nil
}

// linkSome links some of the messages that involve an address which was a stranger's until now, with
// their bodies and threads, in one transaction; 0 means that there are none left. known is by the
// addresses' digests.
func (r *Repo) linkSome(ctx context.Context, known map[string][]string, digests []any) (n int, err error) {
	ctx = audit.Bulk(ctx, "messages linked to stakeholders")
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		list, err := r.messages.Find(ctx, filter.Has{Field: "strangers", Values: digests}, nil, chunk)
		n = len(list)
		if err != nil || n == 0 {
			return err
		}
		var threadIDs, messageIDs []string
		byMessage := map[string]*Message{}
		for _, m := range list {
			var strangers []string
			for _, a := range m.Strangers {
				if ids := known[a]; len(ids) > 0 {
					m.StakeholderIDs = union(m.StakeholderIDs, ids)
				} else {
					strangers = append(strangers, a)
				}
			}
			m.Strangers = strangers
			m.derive()
			threadIDs, messageIDs = append(threadIDs, m.ThreadID), append(messageIDs, m.ID)
			byMessage[m.ID] = m
		}
		threads := newShelf(r.threads)
		if err := threads.read(ctx, set(threadIDs), func(t *Thread) string { return t.ID }); err != nil {
			return err
		}
		for _, m := range list {
			t := threads.items[m.ThreadID]
			t.learn(m)
			t.derive()
			threads.touch(t.ID)
		}
		var bodies []*Body
		err = byID(ctx, r.bodies, "message", messageIDs, func(b *Body) {
			b.StakeholderIDs = byMessage[b.MessageID].StakeholderIDs
			bodies = append(bodies, b)
		})
		if err != nil {
			return err
		}
		if err := r.messages.ReplaceMany(ctx, list); err != nil {
			return err
		}
		if err := r.bodies.ReplaceMany(ctx, bodies); err != nil {
			return err
		}
		return threads.write(ctx)
	})
	return n, err
}

// Relearn makes the stakeholders of each thread again those of its messages, inside the caller's Tx: for
// threads that went on while what their messages are linked to was changed and changed back.
func (r *Repo) Relearn(ctx context.Context, threadIDs []string) error {
	for part := range slices.Chunk(set(slices.Clone(threadIDs)), chunk) {
		threads := newShelf(r.threads)
		if err := threads.read(ctx, part, func(t *Thread) string { return t.ID }); err != nil {
			return err
		}
		for _, t := range threads.items {
			for i := range t.Parts {
				t.Parts[i].StakeholderIDs = []string{}
			}
		}
		err := byID(ctx, r.messages, "threadId", part, func(m *Message) {
			if t := threads.items[m.ThreadID]; t != nil {
				t.learn(m)
			}
		})
		if err != nil {
			return err
		}
		for id, t := range threads.items {
			t.derive()
			threads.touch(id)
		}
		if err := threads.write(ctx); err != nil {
			return err
		}
	}
	return nil
}
