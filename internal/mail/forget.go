package mail

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Gone is somebody who is taken out of mail by an erasure.
type Gone struct {
	StakeholderID string
	Addresses     []string // lower case
	Name, Address string   // what stands in the place of theirs from now on
}

func (s Gone) has(p mime.Address) bool { return slices.Contains(s.Addresses, p.Address) }

// Block keeps an address that was erased from coming back with the next sync, or with a folder that was
// renumbered. Its id is the keyed hash of the address.
type Block struct {
	store.Meta
	ErasureID string `json:"erasureId"`
}

// Taken counts what an erasure takes out of mail, or would take.
type Taken struct {
	Removed  int `json:"removed"`  // messages that involve nobody else on record
	Emptied  int `json:"emptied"`  // messages from them, or to them alone, whose text goes while others stay linked
	Redacted int `json:"redacted"` // further messages in whose headers a pseudonym stands now
}

// BlockAddresses puts addresses on the list of those that are never taken in again, in the Tx of the caller.
// Twice is once.
func (r *Repo) BlockAddresses(ctx context.Context, erasureID string, addresses []string) error {
	for _, a := range set(slices.Clone(addresses)) {
		b := &Block{ErasureID: erasureID}
		b.ID = r.addressDigest(a)
		if _, err := r.blocks.Get(ctx, b.ID); err == nil {
			continue
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		if err := r.blocks.Create(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// UnblockAddresses lets mail with the addresses of an erasure in again, and says how many they are.
func (r *Repo) UnblockAddresses(ctx context.Context, erasureID string) (n int, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		list, err := r.blocks.Find(ctx, filter.Eq{Field: "erasureId", Value: erasureID}, nil, 0)
		n = len(list)
		for _, b := range list {
			if err == nil {
				err = r.blocks.Delete(ctx, b.ID)
			}
		}
		return err
	})
	return n, err
}

// Forget takes somebody out of mail: messages that involve nobody else on record go with their texts; in the
// others a pseudonym stands in the headers, and the text goes where they wrote it or it was for them alone.
// What the texts of others say of them is for the caller to look after. dry counts and changes nothing. It
// works in short transactions and may be broken off and begun again anywhere.
func (r *Repo) Forget(ctx context.Context, s Gone, dry bool) (Taken, error) {
	var out Taken
	var digests []any
	for _, a := range s.Addresses {
		digests = append(digests, r.addressDigest(a))
	}
	wheres := []filter.Expr{filter.Has{Field: "stakeholderIds", Values: []any{s.StakeholderID}}}
	if len(digests) > 0 {
		wheres = append(wheres, filter.Has{Field: "strangers", Values: digests})
	}
	for _, where := range wheres {
		if err := r.forgetWhere(ctx, s, where, dry, &out); err != nil {
			return out, err
		}
	}
	if dry || len(digests) == 0 {
		return out, nil
	}
	return out, r.forgetAddresses(ctx, s, digests)
}

func (r *Repo) forgetWhere(ctx context.Context, s Gone, where filter.Expr, dry bool, out *Taken) error {
	for after := ""; ; {
		next, n := "", Taken{}
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			list, err := r.messages.Find(ctx, filter.And{where, filter.Compare{Field: "id", Op: filter.Gt, Value: after}}, []driver.Key{{Path: "id"}}, chunk)
			if err != nil || len(list) == 0 {
				return err
			}
			next = list[len(list)-1].ID
			n, err = r.forgetSome(ctx, s, list, dry)
			return err
		})
		if err != nil {
			return err
		}
		out.Removed, out.Emptied, out.Redacted = out.Removed+n.Removed, out.Emptied+n.Emptied, out.Redacted+n.Redacted
		if next == "" {
			return nil
		}
		after = next
	}
}

// forgetSome does it to some messages, with their bodies and threads, in the caller's Tx.
func (r *Repo) forgetSome(ctx context.Context, s Gone, list []*Message, dry bool) (Taken, error) {
	var n Taken
	var changed []*Message
	var threads []string
	gone, emptied, touched := map[string]bool{}, map[string]bool{}, []string{}
	for _, m := range list {
		switch {
		case len(m.StakeholderIDs) == 1 && m.StakeholderIDs[0] == s.StakeholderID:
			n.Removed++
			gone[m.ID] = true
		case r.redact(m, s):
			if s.wrote(m) {
				n.Emptied++
				emptied[m.ID] = true
				m.Snippet, m.HasAttachments = "", false
			} else {
				n.Redacted++
			}
			changed = append(changed, m)
		default:
			continue // done by a run before
		}
		threads, touched = append(threads, m.ThreadID), append(touched, m.ID)
	}
	if dry || len(touched) == 0 {
		return n, nil
	}
	if err := r.forgetBodies(ctx, s, touched, gone, emptied); err != nil {
		return n, err
	}
	if err := r.messages.ReplaceMany(ctx, changed); err != nil {
		return n, err
	}
	for id := range gone {
		if err := r.messages.Delete(ctx, id); err != nil {
			return n, err
		}
	}
	return n, r.resum(ctx, set(threads), gone)
}

// wrote reports whether a message, with its headers redacted, came from them or went to them alone.
func (s Gone) wrote(m *Message) bool {
	if m.From.Address == s.Address {
		return true
	}
	return len(m.To) > 0 && !slices.ContainsFunc(m.To, func(p mime.Address) bool { return p.Address != s.Address })
}

// redact puts the pseudonym into the headers of a message, and reports whether that changed anything.
func (r *Repo) redact(m *Message, s Gone) bool {
	from := []mime.Address{m.From}
	changed := s.replace(from)
	m.From = from[0]
	for _, people := range [][]mime.Address{m.To, m.Cc} {
		changed = s.replace(people) || changed
	}
	before := len(m.Strangers)
	m.Strangers = slices.DeleteFunc(m.Strangers, func(digest string) bool {
		return slices.ContainsFunc(s.Addresses, func(a string) bool { return r.addressDigest(a) == digest })
	})
	return changed || len(m.Strangers) < before
}

// replace puts the pseudonym in the place of the person, in place.
func (s Gone) replace(people []mime.Address) (changed bool) {
	for i, p := range people {
		if s.has(p) {
			people[i], changed = mime.Address{Name: s.Name, Address: s.Address}, true
		}
	}
	return changed
}

func (r *Repo) forgetBodies(ctx context.Context, s Gone, ids []string, gone, emptied map[string]bool) error {
	var keep []*Body
	var drop []string
	err := byID(ctx, r.bodies, "message", ids, func(b *Body) {
		if gone[b.MessageID] {
			drop = append(drop, b.ID)
			return
		}
		for _, people := range [][]mime.Address{b.From, b.ReplyTo, b.To, b.Cc, b.Bcc} {
			s.replace(people)
		}
		if emptied[b.MessageID] {
			b.Text, b.HTML, b.Attachments, b.Problems = "", "", []mime.Attachment{}, nil
		}
		keep = append(keep, b)
	})
	if err != nil {
		return err
	}
	for _, id := range drop {
		if err := r.bodies.Delete(ctx, id); err != nil {
			return err
		}
	}
	return r.bodies.ReplaceMany(ctx, keep)
}

// resum makes the summaries of threads anew from their messages, because a summary says what a message said
// that is gone or reads differently now. A thread without messages goes, with the keys that led to it.
func (r *Repo) resum(ctx context.Context, threadIDs []string, gone map[string]bool) error {
	for part := range slices.Chunk(threadIDs, chunk) {
		threads := newShelf(r.threads)
		if err := threads.read(ctx, part, func(t *Thread) string { return t.ID }); err != nil {
			return err
		}
		for _, t := range threads.items {
			t.Parts = []Part{}
		}
		err := byID(ctx, r.messages, "threadId", part, func(m *Message) {
			if t := threads.items[m.ThreadID]; t != nil {
				t.put(partOf(m, keyOf(m)))
			}
		})
		if err != nil {
			return err
		}
		if err := r.dropKeys(ctx, part, gone, threads.items); err != nil {
			return err
		}
		for id, t := range threads.items {
			if len(t.Parts) == 0 {
				if err := r.threads.Delete(ctx, id); err != nil {
					return err
				}
				continue
			}
			t.derive()
			threads.touch(id)
		}
		if err := threads.write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// keyOf gives what decides between messages of the same second; a stored message no longer has its whole
// content hash, so this is as good as the first and the same every time.
func keyOf(m *Message) string {
	if m.MessageID != "" {
		return keyID(m.MessageID)
	}
	return "c" + m.Contents[0].Hash
}

func (r *Repo) dropKeys(ctx context.Context, threadIDs []string, gone map[string]bool, threads map[string]*Thread) error {
	var keep []*Key
	var drop []string
	err := byID(ctx, r.keys, "threadId", threadIDs, func(k *Key) {
		if t := threads[k.ThreadID]; t == nil || len(t.Parts) == 0 {
			drop = append(drop, k.ID)
			return
		}
		before := len(k.MessageIDs)
		k.MessageIDs = slices.DeleteFunc(k.MessageIDs, func(id string) bool { return gone[id] })
		if len(k.MessageIDs) < before {
			keep = append(keep, k)
		}
	})
	if err != nil {
		return err
	}
	for _, id := range drop {
		if err := r.keys.Delete(ctx, id); err != nil {
			return err
		}
	}
	return r.keys.ReplaceMany(ctx, keep)
}

// forgetAddresses takes the addresses out of what waits for them: the hashes of forgotten messages, and
// address changes that the mail job has not acted on yet.
func (r *Repo) forgetAddresses(ctx context.Context, s Gone, digests []any) error {
	for {
		list, err := r.asides.Find(ctx, filter.Has{Field: "digests", Values: digests}, nil, chunk)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		for _, a := range list {
			a.Wanted = false
			a.Digests = slices.DeleteFunc(a.Digests, func(d string) bool { return slices.Contains(digests, any(d)) })
		}
		if err := r.asides.ReplaceMany(ctx, list); err != nil {
			return err
		}
	}
	var pending []*AddressChange
	err := r.changes.Each(ctx, nil, func(c *AddressChange) error {
		before := len(c.Addresses)
		c.Addresses = slices.DeleteFunc(c.Addresses, func(a string) bool { return slices.Contains(s.Addresses, a) })
		if len(c.Addresses) < before {
			pending = append(pending, c)
		}
		return nil
	})
	if err != nil || len(pending) == 0 {
		return err
	}
	return r.changes.ReplaceMany(ctx, pending)
}

// blocked tells which messages of a batch have an erased address in their headers.
func (in *Intake) blocked(ctx context.Context, batch []*Prepared) (map[*Prepared]bool, error) {
	n, err := in.repo.blocks.Count(ctx, nil)
	if err != nil || n == 0 {
		return nil, err
	}
	by := map[string][]*Prepared{}
	for _, p := range batch {
		for _, digest := range in.digests(p) {
			by[digest] = append(by[digest], p)
		}
	}
	ids := make([]string, 0, len(by))
	for digest := range by {
		ids = append(ids, digest)
	}
	out := map[*Prepared]bool{}
	err = byID(ctx, in.repo.blocks, "id", ids, func(b *Block) {
		for _, p := range by[b.ID] {
			out[p] = true
		}
	})
	return out, err
}
