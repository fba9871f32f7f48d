package mail

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Headline is what a timeline shows of a message. It is read from the stored message without the rest of it.
type Headline struct {
	ID       string
	Full     []string // as Message.Full
	Clear    []string // as Message.Clear
	ThreadID string
	Subject  string // empty where the reader may not see it
	Snippet  string // empty where the reader may not see it
	Date     store.Instant
	From     mime.Address
}

// HeadlinesAfter gives, redacted for the reader, the messages with a stakeholder that come behind a place
// in the order of time, the newest first: at an instant, behind an id. at "" is the beginning.
func (r *Repo) HeadlinesAfter(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*Headline, error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return nil, err
	}
	w := filter.And{messagesWith(ctx, stakeholderID), store.Behind("date", at, id)}
	page, err := r.messages.PageRaw(ctx, store.Query{Where: w, Sort: []driver.Key{{Path: "date", Desc: true}}, Limit: limit, NoTotal: true})
	if err != nil {
		return nil, err
	}
	list := make([]*Headline, len(page.Items))
	for i, raw := range page.Items {
		h, err := readHeadline(raw)
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "A stored message cannot be read.")
		}
		if !access.From(ctx).System() {
			h.redact(tokensOf(ctx))
		}
		list[i] = h
	}
	return list, nil
}

// headlineFields are the fields of a stored message that a Headline has. A page of a timeline reads fifty messages, and
// taking nine values out of each takes a third of the time of decoding it.
var headlineFields = driver.NewExtractor([]driver.Field{{Path: "id"}, {Path: "full", Multi: true}, {Path: "clear", Multi: true},
	{Path: "threadId"}, {Path: "subject"}, {Path: "snippet"}, {Path: "date"}, {Path: "from.name"}, {Path: "from.address"}})

func readHeadline(raw []byte) (*Headline, error) {
	values, err := headlineFields.Extract(raw)
	if err != nil {
		return nil, err
	}
	all := func(field int) []string {
		list := make([]string, len(values[field]))
		for i, v := range values[field] {
			list[i], _ = v.(string)
		}
		return list
	}
	one := func(field int) (text string) {
		if len(values[field]) > 0 {
			text, _ = values[field][0].(string)
		}
		return text
	}
	return &Headline{ID: one(0), Full: all(1), Clear: all(2), ThreadID: one(3), Subject: one(4), Snippet: one(5), Date: store.Instant(one(6)),
		From: mime.Address{Name: one(7), Address: one(8)}}, nil
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
