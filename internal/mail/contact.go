package mail

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Contact is one mail between an owner and a stakeholder, by its envelope alone.
type Contact struct {
	AccountID, StakeholderID string
	At                       store.Instant
	Sent                     bool // by the owner; else by the stakeholder
	People                   int  // how many the mail is from and to
	Private                  bool // the team may not know that it exists
}

// EachContact calls fn for every mail since a moment that went from an owner to a stakeholder or came from
// one, once for each owner and stakeholder. What both merely received is no contact. It reads as the
// system does: the caller keeps what others may not see from them. signIn gives the address that an owner
// signs in to Piper with, which is theirs beside those of their mailboxes.
func (r *Repo) EachContact(ctx context.Context, dir Directory, signIn map[string]string, since store.Instant, fn func(Contact)) error {
	own, err := r.ownAddresses(ctx, signIn)
	if err != nil {
		return err
	}
	known := map[string][]string{}
	for after := ""; ; {
		part, err := r.messages.Find(ctx, filter.And{
			filter.Compare{Field: "id", Op: filter.Gt, Value: after},
			filter.Compare{Field: "date", Op: filter.Gte, Value: string(since)},
		}, []driver.Key{{Path: "id"}}, 500)
		if err != nil {
			return err
		}
		if err := learn(ctx, dir, known, part); err != nil {
			return err
		}
		for _, m := range part {
			m.contacts(own, known, fn)
			after = m.ID
		}
		if len(part) < 500 {
			return nil
		}
	}
}

// ownAddresses gives the addresses of each owner of a mailbox.
func (r *Repo) ownAddresses(ctx context.Context, signIn map[string]string) (map[string]map[string]bool, error) {
	boxes, err := r.Mailboxes(ctx)
	own := map[string]map[string]bool{}
	for _, b := range boxes {
		if own[b.OwnerID] == nil {
			own[b.OwnerID] = map[string]bool{signIn[b.OwnerID]: true}
		}
		for a := range b.own() {
			own[b.OwnerID][a] = true
		}
	}
	return own, err
}

// learn looks up the addresses of messages that are not known yet.
func learn(ctx context.Context, dir Directory, known map[string][]string, list []*Message) error {
	var fresh []string
	for _, m := range list {
		for _, p := range m.people() {
			if _, ok := known[p.Address]; !ok {
				known[p.Address] = nil
				fresh = append(fresh, p.Address)
			}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	found, err := dir.Lookup(ctx, fresh)
	for address, ids := range found {
		known[address] = ids
	}
	return err
}

func (m *Message) contacts(own map[string]map[string]bool, known map[string][]string, fn func(Contact)) {
	people := m.people()
	c := Contact{At: m.Date, People: len(people), Private: !slices.Contains(m.Seen, access.TeamToken)}
	for _, owner := range m.OwnerIDs {
		c.AccountID, c.Sent = owner, own[owner][m.From.Address]
		met := map[string]bool{}
		for _, p := range people {
			if own[owner][p.Address] || !c.Sent && p.Address != m.From.Address {
				continue
			}
			for _, id := range known[p.Address] {
				if !met[id] {
					met[id], c.StakeholderID = true, id
					fn(c)
				}
			}
		}
	}
}

// PrivateThreads counts the conversations of an owner that the team knows nothing of. It is a number
// for whoever closes an account, and tells nothing about any of them.
func (r *Repo) PrivateThreads(ctx context.Context, ownerID string) (int, error) {
	if err := access.Require(ctx, access.AdminRead); err != nil {
		return 0, err
	}
	return r.threads.Count(access.AsSystem(ctx, "hand-over"), filter.And{
		filter.Has{Field: "seen", Values: []any{access.OwnerToken(ownerID)}},
		filter.Not{Expr: filter.Has{Field: "seen", Values: []any{access.TeamToken}}},
	})
}
