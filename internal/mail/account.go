package mail

import (
	"context"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Hit is a thread as the search over everything shows it.
type Hit struct {
	ID, Title, Subtitle string
	At                  store.Instant
}

// SearchThreads finds threads by words in subject and participants; nothing for a reader without mail.
func (r *Repo) SearchThreads(ctx context.Context, words string, limit int) ([]Hit, error) {
	if access.Require(ctx, access.MailRead) != nil {
		return nil, nil
	}
	page, err := r.Threads(ctx, ThreadSearch{}, store.Query{Text: words, Limit: limit, NoTotal: true})
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, 0, len(page.Items))
	for _, t := range page.Items {
		hit := Hit{ID: t.ID, Title: t.Subject, At: t.LastAt}
		for i, p := range t.Participants {
			if i == 3 {
				hit.Subtitle += " …"
				break
			}
			if i > 0 {
				hit.Subtitle += ", "
			}
			if p.Name != "" {
				hit.Subtitle += p.Name
			} else {
				hit.Subtitle += p.Address
			}
		}
		hits = append(hits, hit)
	}
	return hits, nil
}

// MailboxAccount accounts for every message of a mailbox's folders.
type MailboxAccount struct {
	MailboxID string `json:"mailboxId"`
	Name      string `json:"name"`
	OwnerID   string `json:"ownerId"`
	Tally
	Wanted        int           `json:"wanted" doc:"messages set aside that the next mail run fetches again"`
	LastRunAt     store.Instant `json:"lastRunAt,omitempty"`
	LastSuccessAt store.Instant `json:"lastSuccessAt,omitempty"`
	LastError     string        `json:"lastError,omitempty"`
}

// Accounting says, for each mailbox whose settings the reader may see, what became of every message in
// the folders that Piper reads.
func (r *Repo) Accounting(ctx context.Context) ([]MailboxAccount, error) {
	boxes, err := r.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	states, err := r.States(ctx, boxes)
	if err != nil {
		return nil, err
	}
	out := make([]MailboxAccount, 0, len(boxes))
	for _, b := range boxes {
		a := MailboxAccount{MailboxID: b.ID, Name: b.Name, OwnerID: b.OwnerID}
		if s := states[b.ID]; s != nil {
			a.LastRunAt, a.LastSuccessAt, a.LastError = s.LastRunAt, s.LastSuccessAt, s.LastError
			for _, f := range s.Folders {
				a.Kept += f.Kept
				a.Forgotten += f.Forgotten
				a.Withheld += f.Withheld
				a.Unreadable += f.Unreadable
			}
		}
		a.Wanted, err = r.asides.Count(ctx, filter.And{filter.Eq{Field: "mailboxId", Value: b.ID}, filter.Eq{Field: "wanted", Value: true}})
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}
