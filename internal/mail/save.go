package mail

import (
	"context"
	"slices"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
)

// Batch is messages of one folder that are saved together.
type Batch struct {
	Folder FolderState // as BeginFolder gave it
	Items  []*Prepared
	// Through is the UID up to which the folder is accounted for once the batch is saved; 0 leaves the
	// cursor where it is (messages that were fetched again).
	Through uint32
	// Gone are ids of Asides that stood for messages which the server no longer has.
	Gone []string
}

// Saved counts what became of a batch.
type Saved struct {
	Tally
	Duplicates int // kept already, by way of another folder or mailbox, or before the folder was renumbered
	Linked     int // links between new messages and stakeholders
	Threads    int // conversations that began
}

// Add adds another count.
func (s *Saved) Add(o Saved) {
	s.Kept += o.Kept
	s.Forgotten += o.Forgotten
	s.Withheld += o.Withheld
	s.Unreadable += o.Unreadable
	s.Duplicates += o.Duplicates
	s.Linked += o.Linked
	s.Threads += o.Threads
}

// Save keeps what involves somebody on record, sets aside the rest and moves the folder's cursor, all in
// one transaction: after a crash the store knows either nothing of a batch or all of it, and the cursor
// says which.
func (in *Intake) Save(ctx context.Context, b Batch) (Saved, error) {
	out, err := in.save(ctx, b)
	if fault.Is(err, fault.Stale) { // somebody it knew by an address has been merged into another since
		clear(in.known)
		out, err = in.save(ctx, b)
	}
	return out, err
}

func (in *Intake) save(ctx context.Context, b Batch) (Saved, error) {
	var out Saved
	ctx = audit.Bulk(ctx, "mail taken in from "+in.box.Name)
	err := in.repo.db.Tx(ctx, func(ctx context.Context) error {
		out = Saved{}
		if err := in.lookup(ctx, b.Items); err != nil {
			return err
		}
		blocked, err := in.blocked(ctx, b.Items)
		if err != nil {
			return err
		}
		d := newDesk(in, b.Folder)
		var kept []*Prepared
		var asides []*Aside
		var unread []*Unread
		tally := Tally{}
		for _, p := range b.Items {
			stakeholders, strangers := in.link(p)
			switch {
			case blocked[p]: // somebody in it was erased: no trace of its addresses is kept
				asides = append(asides, in.asideOf(b.Folder, p, &Aside{Reason: Forgotten}))
				tally.Forgotten++
			case p.aside == nil && len(stakeholders) == 0:
				asides = append(asides, in.asideOf(b.Folder, p, &Aside{Reason: Forgotten, Digests: in.digests(p)}))
				tally.Forgotten++
			case p.aside != nil:
				a := in.asideOf(b.Folder, p, p.aside)
				asides = append(asides, a)
				if p.unread != nil {
					u := *p.unread
					u.ID = a.ID
					unread = append(unread, &u)
				}
				if p.aside.Reason == Withheld {
					tally.Withheld++
				} else {
					tally.Unreadable++
				}
			default:
				d.links[p] = links{stakeholders, strangers}
				kept = append(kept, p)
			}
		}
		if err := d.load(ctx, kept); err != nil {
			return err
		}
		for _, p := range kept {
			if err := d.take(ctx, p); err != nil {
				return err
			}
		}
		if err := d.save(ctx); err != nil {
			return err
		}
		if err := in.repo.asides.CreateMany(ctx, asides); err != nil {
			return err
		}
		if err := in.repo.unread.CreateMany(ctx, unread); err != nil {
			return err
		}
		replaced, err := in.settle(ctx, b)
		if err != nil {
			return err
		}
		tally.Kept = len(kept)
		out = d.saved
		out.Forgotten, out.Withheld, out.Unreadable = tally.Forgotten, tally.Withheld, tally.Unreadable
		return in.account(ctx, b, tally, replaced)
	})
	return out, err
}

// asideOf fills in where a message lies that is not kept.
func (in *Intake) asideOf(f FolderState, p *Prepared, a *Aside) *Aside {
	out := *a
	out.ID = store.NewID()
	out.MailboxID, out.Folder, out.UIDValidity, out.UID, out.Date = in.box.ID, f.No, f.UIDValidity, p.uid, p.received
	return &out
}

// digests gives the keyed hashes of a message's addresses.
func (in *Intake) digests(p *Prepared) []string {
	out := make([]string, len(p.addresses))
	for i, a := range p.addresses {
		out[i] = in.repo.addressDigest(a)
	}
	return out
}

// addressDigest keeps 128 bits of the hash, which is enough for no two addresses ever to share one.
func (r *Repo) addressDigest(address string) string {
	return cut(r.secrets.Digest("mail address "+address), 32)
}

// settle removes the Asides of messages that were fetched again, or that have vanished, and counts them.
func (in *Intake) settle(ctx context.Context, b Batch) (Tally, error) {
	var t Tally
	ids := slices.Clone(b.Gone)
	for _, p := range b.Items {
		if p.asideID != "" {
			ids = append(ids, p.asideID)
		}
	}
	var list []*Aside
	if err := byID(ctx, in.repo.asides, "id", ids, func(a *Aside) { list = append(list, a) }); err != nil {
		return t, err
	}
	for _, a := range list {
		switch a.Reason {
		case Forgotten:
			t.Forgotten++
		case Withheld:
			t.Withheld++
		default:
			t.Unreadable++
		}
		if err := in.repo.removeAside(ctx, a); err != nil {
			return t, err
		}
	}
	return t, nil
}

// account moves the cursor and counts the batch in, and out what it replaces.
func (in *Intake) account(ctx context.Context, b Batch, now, before Tally) error {
	_, err := in.repo.states.Update(ctx, in.box.ID, func(s *MailboxState) error {
		f := s.Folder(b.Folder.Name)
		if f == nil || f.UIDValidity != b.Folder.UIDValidity {
			return fault.New(fault.Stale, "The folder %s was renumbered while it was read.", b.Folder.Name)
		}
		f.Kept += now.Kept
		f.Forgotten += now.Forgotten - before.Forgotten
		f.Withheld += now.Withheld - before.Withheld
		f.Unreadable += now.Unreadable - before.Unreadable
		f.LastUID = max(f.LastUID, b.Through)
		return nil
	})
	return err
}
