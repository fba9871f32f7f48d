package mail

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Reason says why a message was set aside.
type Reason string

// The reasons.
const (
	Forgotten  Reason = "forgotten"  // it involves nobody on record
	Withheld   Reason = "withheld"   // a rule of the guardrail matched
	Unreadable Reason = "unreadable" // it cannot be parsed
)

// Aside is a message that was not kept: where it lies, and nothing of what is in it. Of a forgotten one
// there are keyed hashes of its addresses, so that it can be fetched after all when one of them becomes
// known; of a withheld one the rule that matched.
type Aside struct {
	store.Meta
	MailboxID   string        `json:"mailboxId"`
	Folder      int           `json:"folder"` // FolderState.No
	UIDValidity uint32        `json:"uidValidity"`
	UID         uint32        `json:"uid"`
	Date        store.Instant `json:"date"` // when it arrived
	Reason      Reason        `json:"reason"`
	Rule        string        `json:"rule,omitempty"`      // withheld: the rule; unreadable: what is wrong with it
	Digests     []string      `json:"digests,omitempty"`   // forgotten: of its addresses
	Wanted      bool          `json:"wanted,omitempty"`    // to be fetched again by the next run
	ExpiresAt   store.Instant `json:"expiresAt,omitempty"` // unreadable: until when the bytes are kept
}

// Unread is the bytes of an unreadable message, encrypted, for whoever mends the parser.
type Unread struct {
	store.Meta
	Sealed    []byte        `json:"sealed"`
	Cut       bool          `json:"cut,omitempty"` // there was more
	ExpiresAt store.Instant `json:"expiresAt"`
}

// Bounds of what is kept of unreadable messages.
const (
	unreadableDays  = 30
	unreadableBytes = 4 << 20
)

// chunk is how many documents one statement of a long removal or look-up covers.
const chunk = 400

// dropAside removes what matches, in short transactions: whoever needs it gone checks again later.
func (r *Repo) dropAside(ctx context.Context, where filter.Expr) error {
	for {
		list, err := r.asides.Find(ctx, where, nil, chunk)
		if err != nil || len(list) == 0 {
			return err
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, a := range list {
				if err := r.removeAside(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// removeAside removes one and the bytes that belong to it.
func (r *Repo) removeAside(ctx context.Context, a *Aside) error {
	if a.Reason == Unreadable {
		if err := r.unread.Delete(ctx, a.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if err := r.asides.Delete(ctx, a.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return nil
}

// AsideView is a message set aside as its mailbox's owner, or an administrator, sees it.
type AsideView struct {
	ID        string        `json:"id"`
	MailboxID string        `json:"mailboxId"`
	Mailbox   string        `json:"mailbox"`
	Folder    string        `json:"folder"`
	UID       uint32        `json:"uid"`
	Date      store.Instant `json:"date"`
	Reason    Reason        `json:"reason" enum:"forgotten,withheld,unreadable"`
	Rule      string        `json:"rule,omitempty" doc:"the rule of the guardrail that matched, or what is wrong with the message"`
	Wanted    bool          `json:"wanted" doc:"the next mail run fetches it again"`
	ExpiresAt store.Instant `json:"expiresAt,omitempty"`
}

// SetAside pages through the messages that were not kept, newest arrival first: of the reader's own
// mailboxes, of all of them for an administrator. There is nothing of their content to see.
func (r *Repo) SetAside(ctx context.Context, reason Reason, q store.Query) (store.Page[AsideView], error) {
	page := store.Page[AsideView]{Items: []*AsideView{}}
	boxes, err := r.Mailboxes(ctx)
	if err != nil {
		return page, err
	}
	states, err := r.States(ctx, boxes)
	if err != nil {
		return page, err
	}
	names, ids := map[string]string{}, []any{}
	for _, b := range boxes {
		names[b.ID] = b.Name
		ids = append(ids, b.ID)
	}
	where := filter.And{filter.In{Field: "mailboxId", Values: ids}}
	if reason != "" {
		where = append(where, filter.Eq{Field: "reason", Value: string(reason)})
	}
	q.Where, q.Text, q.Sort = where, "", []driver.Key{{Path: "date", Desc: true}}
	found, err := r.asides.Page(ctx, q)
	if err != nil {
		return page, err
	}
	page.Total, page.TotalIsFloor, page.Next = found.Total, found.TotalIsFloor, found.Next
	for _, a := range found.Items {
		v := &AsideView{ID: a.ID, MailboxID: a.MailboxID, Mailbox: names[a.MailboxID], UID: a.UID, Date: a.Date,
			Reason: a.Reason, Rule: a.Rule, Wanted: a.Wanted, ExpiresAt: a.ExpiresAt}
		if s := states[a.MailboxID]; s != nil {
			v.Folder, _ = s.FolderName(a.Folder)
		}
		page.Items = append(page.Items, v)
	}
	return page, nil
}

// Expire removes the bytes of unreadable messages whose time is over; that they exist stays on account.
// It gives how many it removed.
func (r *Repo) Expire(ctx context.Context) (int, error) {
	ctx = access.AsSystem(ctx, "expiry of unreadable mail")
	n := 0
	for {
		list, err := r.unread.Find(ctx, filter.Compare{Field: "expiresAt", Op: filter.Lte, Value: string(r.db.Now())}, nil, 50)
		if err != nil || len(list) == 0 {
			return n, err
		}
		for _, u := range list {
			if err := r.unread.Delete(ctx, u.ID); err != nil && !fault.Is(err, fault.NotFound) {
				return n, err
			}
			n++
		}
	}
}
