package mail

import (
	"context"
	"encoding/json"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Headline is what a timeline shows of a message. It is read from the stored message without the rest of it.
type Headline struct {
	ID       string        `json:"id"`
	Full     []string      `json:"full"`  // as Message.Full
	Clear    []string      `json:"clear"` // as Message.Clear
	ThreadID string        `json:"threadId"`
	Subject  string        `json:"subject"` // empty where the reader may not see it
	Snippet  string        `json:"snippet"` // empty where the reader may not see it
	Date     store.Instant `json:"date"`
	From     mime.Address  `json:"from"`
}

// HeadlinesAfter gives, redacted for the reader, the messages with a stakeholder that come behind a place
// in the order of time, the newest first: at an instant, behind an id. at "" is the beginning.
func (r *Repo) HeadlinesAfter(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*Headline, error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return nil, err
	}
	w := filter.And{messagesWith(ctx, stakeholderID)}
	if at != "" {
		w = append(w, filter.Compare{Field: "date", Op: filter.Lte, Value: string(at)}, filter.Or{
			filter.Compare{Field: "date", Op: filter.Lt, Value: string(at)},
			filter.And{filter.Eq{Field: "date", Value: string(at)}, filter.Compare{Field: "id", Op: filter.Gt, Value: id}},
		})
	}
	page, err := r.messages.PageRaw(ctx, store.Query{Where: w, Sort: []driver.Key{{Path: "date", Desc: true}}, Limit: limit, NoTotal: true})
	if err != nil {
		return nil, err
	}
	list := make([]*Headline, len(page.Items))
	for i, raw := range page.Items {
		h := new(Headline)
		if err := json.Unmarshal(raw, h); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "A stored message cannot be read.")
		}
		if !access.From(ctx).System() {
			h.redact(tokensOf(ctx))
		}
		list[i] = h
	}
	return list, nil
}

// redact takes out what a reader of these tokens may not see, as of a Message.
func (h *Headline) redact(tokens []string) {
	subject, text := opens(h.Full, h.Clear, tokens)
	if !text {
		h.Snippet = ""
	}
	if !subject {
		h.Subject = ""
	}
}
