package mail

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// desk is where one batch is worked on: what the store knows of its messages is read once, changed in
// memory, and written once.
type desk struct {
	*Intake
	folder FolderState
	links  map[*Prepared]links
	saved  Saved

	keys     shelf[Key]
	threads  shelf[Thread]
	messages shelf[Message]
	bodies   shelf[Body]       // by bodyAt
	joined   map[string]string // thread → the one it became part of
	reshared map[string]bool   // threads whose shares were merged, so that messages may change hands
}

type links struct{ stakeholders, strangers []string }

func newDesk(in *Intake, folder FolderState) *desk {
	r := in.repo
	return &desk{Intake: in, folder: folder, links: map[*Prepared]links{}, joined: map[string]string{}, reshared: map[string]bool{},
		keys: newShelf(r.keys), threads: newShelf(r.threads), messages: newShelf(r.messages), bodies: newShelf(r.bodies)}
}

// bodyAt names a wording of a message.
func bodyAt(messageID string, content int) string { return fmt.Sprintf("%s %d", messageID, content) }

// load reads everything that the batch may touch: three queries, whatever its size.
func (d *desk) load(ctx context.Context, kept []*Prepared) error {
	var ids, threads, messages []string
	own := map[string]bool{}
	for _, p := range kept {
		ids = append(append(ids, p.key), p.refs...)
		own[p.key] = true
	}
	if err := d.keys.read(ctx, ids, func(k *Key) string { return k.ID }); err != nil {
		return err
	}
	for id, k := range d.keys.items {
		threads = append(threads, k.ThreadID)
		if own[id] {
			messages = append(messages, k.MessageIDs...)
		}
	}
	if err := d.threads.read(ctx, set(threads), func(t *Thread) string { return t.ID }); err != nil {
		return err
	}
	return d.messages.read(ctx, set(messages), func(m *Message) string { return m.ID })
}

// take brings in one message that is to be kept.
func (d *desk) take(ctx context.Context, p *Prepared) error {
	if k := d.keys.items[p.key]; k != nil {
		for _, id := range k.MessageIDs {
			if m := d.messages.items[id]; m != nil && m.From.Address == p.message.From.Address {
				return d.takeCopy(ctx, m, p)
			}
		}
	}
	d.takeNew(p)
	return nil
}

// takeNew brings in a message that is held nowhere yet, and ties together the threads it connects.
func (d *desk) takeNew(p *Prepared) {
	l := d.links[p]
	m, b := *p.message, *p.body
	m.ID = store.NewID()
	m.StakeholderIDs, m.Strangers = notNil(l.stakeholders), l.strangers
	m.OwnerIDs = []string{d.box.OwnerID}
	m.Contents = []Content{{Hash: p.message.Contents[0].Hash, OwnerIDs: m.OwnerIDs}}
	m.hold(d.holding(p, 0))

	ids := append([]string{p.key}, p.refs...)
	t := d.unite(ids)
	m.ThreadID = t.ID
	t.put(partOf(&m, p.key))
	for _, id := range ids {
		if d.keys.items[id] == nil {
			k := &Key{ThreadID: t.ID}
			k.ID = id
			d.keys.add(id, k)
		}
	}
	k := d.keys.items[p.key]
	k.MessageIDs = append(k.MessageIDs, m.ID)
	d.keys.touch(p.key)

	b.ID, b.MessageID, b.StakeholderIDs = m.ID, m.ID, m.StakeholderIDs
	d.messages.add(m.ID, &m)
	d.bodies.add(bodyAt(m.ID, 0), &b)
	d.saved.Kept++
	d.saved.Linked += len(m.StakeholderIDs)
}

func (d *desk) holding(p *Prepared, content int) Holding {
	return Holding{MailboxID: d.box.ID, Folder: d.folder.No, UIDValidity: d.folder.UIDValidity, UID: p.uid, Content: content}
}

// unite gives the thread of the messages with these keys: a new one where none is known, and one made of
// all where there are several. The largest goes on, so that few messages move.
func (d *desk) unite(ids []string) *Thread {
	var best *Thread
	var all []*Thread
	for _, id := range ids {
		k := d.keys.items[id]
		if k == nil {
			continue
		}
		t := d.threads.items[d.resolve(k.ThreadID)]
		if t == nil || slices.Contains(all, t) {
			continue
		}
		all = append(all, t)
		if best == nil || t.count() > best.count() || t.count() == best.count() && t.ID < best.ID {
			best = t
		}
	}
	if best == nil {
		best = &Thread{Shares: shares{}}
		best.ID = store.NewID()
		d.threads.add(best.ID, best)
		d.saved.Threads++
		return best
	}
	d.threads.touch(best.ID)
	for _, t := range all {
		if t != best {
			if len(best.Shares)+len(t.Shares) > 0 {
				d.reshared[best.ID] = true
			}
			best.join(t)
			d.joined[t.ID] = best.ID
		}
	}
	return best
}

// resolve gives the thread that a thread has become.
func (d *desk) resolve(id string) string {
	for {
		next, ok := d.joined[id]
		if !ok {
			return id
		}
		id = next
	}
}

// takeCopy notes one more place of a message that is kept already. A copy that reads differently is kept
// as a wording of its own: nothing is lost, and nobody reads what was not sent to them.
func (d *desk) takeCopy(ctx context.Context, m *Message, p *Prepared) error {
	l, owner := d.links[p], d.box.OwnerID
	d.saved.Duplicates++
	hash := p.message.Contents[0].Hash
	content := slices.IndexFunc(m.Contents, func(c Content) bool { return c.Hash == hash })
	if content < 0 {
		content = len(m.Contents)
		m.Contents = append(m.Contents, Content{Hash: hash, OwnerIDs: []string{owner}})
		b := *p.body
		b.ID, b.MessageID, b.Content, b.StakeholderIDs = store.NewID(), m.ID, content, notNil(l.stakeholders)
		d.bodies.add(bodyAt(m.ID, content), &b)
	}
	newPlace := m.hold(d.holding(p, content))
	newOwner := !slices.Contains(m.OwnerIDs, owner)
	linked, strangers := union(m.StakeholderIDs, l.stakeholders), first(union(m.Strangers, l.strangers), maxStrangers)
	news := len(linked) > len(m.StakeholderIDs)
	if !newPlace && !newOwner && !news && len(strangers) == len(m.Strangers) {
		return nil
	}
	d.messages.touch(m.ID)
	m.Strangers = strangers
	d.saved.Linked += len(linked) - len(m.StakeholderIDs)
	before := m.OwnerIDs
	m.StakeholderIDs = linked
	m.OwnerIDs = union(before, []string{owner})
	t := d.threads.items[d.resolve(m.ThreadID)]
	if newOwner {
		t.take(before)
		t.put(partOf(m, p.key))
	} else {
		t.learn(m)
	}
	d.threads.touch(t.ID)
	c := &m.Contents[content]
	if news || !slices.Contains(c.OwnerIDs, owner) {
		c.OwnerIDs = union(c.OwnerIDs, []string{owner})
		return d.bodiesOf(ctx, m, func(b *Body) {
			b.StakeholderIDs = union(b.StakeholderIDs, linked)
			d.bodies.touch(bodyAt(m.ID, b.Content))
		})
	}
	return nil
}

// bodiesOf calls fn for every wording of a message.
func (d *desk) bodiesOf(ctx context.Context, m *Message, fn func(*Body)) error {
	missing := false
	for i := range m.Contents {
		missing = missing || d.bodies.items[bodyAt(m.ID, i)] == nil
	}
	if missing {
		list, err := d.bodies.collection.Find(ctx, filter.Eq{Field: "message", Value: m.ID}, nil, 0)
		if err != nil {
			return err
		}
		for _, b := range list {
			d.bodies.found(bodyAt(m.ID, b.Content), b)
		}
	}
	for i := range m.Contents {
		if b := d.bodies.items[bodyAt(m.ID, i)]; b != nil {
			fn(b)
		}
	}
	return nil
}

// save sets everything that follows from the rest and writes the desk.
func (d *desk) save(ctx context.Context) error {
	if err := d.repoint(ctx); err != nil {
		return err
	}
	for id, t := range d.threads.items {
		if d.threads.state[id] != clean {
			t.derive()
		}
	}
	for id, m := range d.messages.items {
		if d.messages.state[id] != clean {
			if err := d.resight(ctx, m); err != nil {
				return err
			}
		}
	}
	for at, b := range d.bodies.items {
		if d.bodies.state[at] != clean {
			m := d.messages.items[b.MessageID]
			b.Seen = d.threads.items[m.ThreadID].Shares.readers(m.Contents[b.Content].OwnerIDs, Full)
		}
	}
	for _, write := range []func(context.Context) error{d.threads.write, d.keys.write, d.messages.write, d.bodies.write} {
		if err := write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// resight sets the circles of a message by its thread's shares; where a stored message's have changed, its
// bodies follow.
func (d *desk) resight(ctx context.Context, m *Message) error {
	if !m.resight(d.threads.items[m.ThreadID].Shares) {
		return nil
	}
	d.messages.touch(m.ID)
	if d.messages.state[m.ID] == fresh {
		return nil
	}
	return d.bodiesOf(ctx, m, func(b *Body) { d.bodies.touch(bodyAt(m.ID, b.Content)) })
}

// repoint moves messages and keys of threads that became part of another.
func (d *desk) repoint(ctx context.Context) error {
	if len(d.joined) == 0 {
		return nil
	}
	var losers, shared []string
	for id := range d.joined {
		losers = append(losers, id)
	}
	for id := range d.reshared {
		shared = append(shared, d.resolve(id))
	}
	affected := set(append(slices.Clone(losers), shared...))
	err := byID(ctx, d.messages.collection, "threadId", affected, func(m *Message) {
		d.messages.found(m.ID, m)
	})
	if err != nil {
		return err
	}
	if err := byID(ctx, d.keys.collection, "threadId", losers, func(k *Key) { d.keys.found(k.ID, k) }); err != nil {
		return err
	}
	for id, k := range d.keys.items {
		if to := d.resolve(k.ThreadID); to != k.ThreadID {
			k.ThreadID = to
			d.keys.touch(id)
		}
	}
	for id, m := range d.messages.items {
		if to := d.resolve(m.ThreadID); to != m.ThreadID {
			m.ThreadID = to
			d.messages.touch(id)
		}
		if slices.Contains(shared, m.ThreadID) {
			if err := d.resight(ctx, m); err != nil {
				return err
			}
		}
	}
	for _, id := range losers {
		if d.threads.drop(id) {
			if err := d.threads.collection.Delete(ctx, id); err != nil {
				return err
			}
		} else {
			d.saved.Threads--
		}
	}
	return nil
}
