package mail

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Guardrail gives the rules in force: the default ones, at revision 0, until somebody has edited them.
func (r *Repo) Guardrail(ctx context.Context) (*Guardrail, error) {
	g, err := r.guardrail.Get(ctx, guardrailID)
	if fault.Is(err, fault.NotFound) {
		g = DefaultGuardrail()
		g.ID = guardrailID
		return g, nil
	}
	return g, err
}

// SetGuardrail puts rules into force, for the messages of the next run on. What a removed rule had
// withheld is fetched again by then; what a new rule would have withheld stays, and is for people to look
// at. rev is the revision that was edited, 0 for the default rules.
func (r *Repo) SetGuardrail(ctx context.Context, rev int64, words, senders, recipients []string) (*Guardrail, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	g := &Guardrail{Words: words, Senders: senders, Recipients: recipients}
	if err := g.tidy(); err != nil {
		return nil, err
	}
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		before, err := r.Guardrail(ctx)
		if err != nil {
			return err
		}
		if before.Rev != rev {
			return fault.New(fault.Stale, "The rules have changed since you read them.")
		}
		if rev == 0 {
			fresh := &Guardrail{Words: g.Words, Senders: g.Senders, Recipients: g.Recipients}
			fresh.ID = guardrailID
			if err := r.guardrail.Create(ctx, fresh); err != nil {
				return err
			}
			g = fresh
		} else {
			saved, err := r.guardrail.UpdateAt(ctx, guardrailID, rev, func(old *Guardrail) error {
				old.Words, old.Senders, old.Recipients = g.Words, g.Senders, g.Recipients
				return nil
			})
			if err != nil {
				return err
			}
			g = saved
		}
		var lifted []any
		for _, rule := range before.rules() {
			if !slices.Contains(g.rules(), rule) {
				lifted = append(lifted, rule)
			}
		}
		if len(lifted) == 0 {
			return nil
		}
		return r.want(ctx, filter.And{filter.In{Field: "rule", Values: lifted}, filter.Eq{Field: "reason", Value: string(Withheld)}})
	})
	return g, err
}

// want marks messages that were set aside as to be fetched again.
func (r *Repo) want(ctx context.Context, where filter.Expr) error {
	where = filter.And{where, filter.Not{Expr: filter.Eq{Field: "wanted", Value: true}}}
	for {
		list, err := r.asides.Find(ctx, where, nil, chunk)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, a := range list {
			a.Wanted = true
		}
		if err := r.asides.ReplaceMany(ctx, list); err != nil {
			return err
		}
	}
}

// Wanted gives the messages of a folder that are to be fetched again, in order of UID.
func (r *Repo) Wanted(ctx context.Context, mailboxID string, folder FolderState) ([]*Aside, error) {
	list, err := r.asides.Find(ctx, filter.And{
		filter.Eq{Field: "mailboxId", Value: mailboxID}, filter.Eq{Field: "wanted", Value: true},
		filter.Eq{Field: "folder", Value: int64(folder.No)}}, nil, 0)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(a *Aside) bool { return a.UIDValidity != folder.UIDValidity })
	slices.SortFunc(list, func(a, b *Aside) int { return int(a.UID) - int(b.UID) })
	return list, nil
}

// AddressChange notes that an address came to belong to somebody on record, or no longer does, for the
// next mail run to act on. It is written together with the stakeholder, so that no change is missed
// whatever happens in between.
type AddressChange struct {
	store.Meta
	Addresses []string `json:"addresses"`
}

// AddressesAdded is told by the stakeholders' side, in the transaction of its write, which addresses it
// has come to know. The next mail run links the messages that were kept, and fetches again those that
// were forgotten.
func (r *Repo) AddressesAdded(ctx context.Context, addresses []string) error {
	if len(addresses) == 0 {
		return nil
	}
	return r.changes.Create(ctx, &AddressChange{Addresses: set(slices.Clone(addresses))})
}

// Relinked counts what address changes led to.
type Relinked struct {
	Linked int // messages that were linked to somebody
	Wanted int // messages that are to be fetched again
}

// ApplyAddressChanges acts on the changes since it was last called. It is called by the mail job, under
// its lease.
func (r *Repo) ApplyAddressChanges(ctx context.Context, dir Directory) (Relinked, error) {
	var out Relinked
	for {
		list, err := r.changes.Find(ctx, nil, nil, 50)
		if err != nil || len(list) == 0 {
			return out, err
		}
		var addresses []string
		for _, c := range list {
			addresses = append(addresses, c.Addresses...)
		}
		n, err := r.relink(ctx, dir, set(addresses))
		out.Linked += n.Linked
		out.Wanted += n.Wanted
		if err != nil {
			return out, err
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, c := range list {
				if err := r.changes.Delete(ctx, c.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return out, err
		}
	}
}
