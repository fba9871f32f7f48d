package mail

import (
	"bytes"
	"context"
	"encoding/json"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Sorts of lists, by what callers name them.
var (
	ThreadSorts  = map[string]string{"lastAt": "lastAt"}
	MessageSorts = map[string]string{"date": "date"}
)

// tokensOf gives the sight tokens of the reader of ctx.
func tokensOf(ctx context.Context) []string {
	sight, _ := store.SightOf(ctx)
	return sight.Tokens
}

// ThreadSearch narrows a list of threads. Empty fields do not.
type ThreadSearch struct{ StakeholderID, MailboxID string }

// where asks only for what the reader sees in a thread: somebody whom another owner's part of it involves
// does not count.
func (s ThreadSearch) where(ctx context.Context) filter.Expr {
	var w filter.And
	for _, id := range []string{s.StakeholderID, s.MailboxID} {
		if id != "" {
			w = append(w, linkedTo(ctx, id))
		}
	}
	return w
}

// messagesWith asks for the messages with a stakeholder that the reader may know of.
func messagesWith(ctx context.Context, stakeholderID string) filter.Expr {
	if access.From(ctx).System() {
		return filter.Has{Field: "stakeholderIds", Values: []any{stakeholderID}}
	}
	return linkedTo(ctx, stakeholderID)
}

// linkedTo asks for what the reader knows to be linked with somebody.
func linkedTo(ctx context.Context, id string) filter.Expr {
	var links []any
	for _, token := range tokensOf(ctx) {
		links = append(links, linkToken(token, id))
	}
	return filter.Has{Field: "linked", Values: links}
}

// Threads pages through the threads that the reader sees something of. Words are looked for in subjects
// and among the participants.
func (r *Repo) Threads(ctx context.Context, s ThreadSearch, q store.Query) (store.Page[ThreadView], error) {
	out := store.Page[ThreadView]{Items: []*ThreadView{}}
	if err := access.Require(ctx, access.MailRead); err != nil {
		return out, err
	}
	q.Where = s.where(ctx)
	page, err := r.threads.Page(ctx, q)
	if err != nil {
		return out, err
	}
	reader, tokens := access.From(ctx), tokensOf(ctx)
	for _, t := range page.Items {
		out.Items = append(out.Items, t.viewFor(reader, tokens))
	}
	out.Total, out.TotalIsFloor, out.Next = page.Total, page.TotalIsFloor, page.Next
	return out, nil
}

// maxThread is how many messages of a thread are shown with it.
const maxThread = 500

// Thread gives one thread with those of its messages that the reader may know of, oldest first.
func (r *Repo) Thread(ctx context.Context, id string) (*ThreadView, []json.RawMessage, error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return nil, nil, err
	}
	t, err := r.threads.Get(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	page, err := r.messages.PageRaw(ctx, store.Query{Where: filter.Eq{Field: "threadId", Value: id},
		Sort: []driver.Key{{Path: "date"}}, Limit: maxThread})
	if err != nil {
		return nil, nil, err
	}
	items, err := redactAll(ctx, page.Items)
	return t.viewFor(access.From(ctx), tokensOf(ctx)), items, err
}

// MessageSearch narrows a list of messages. Empty fields do not.
type MessageSearch struct{ StakeholderID, ThreadID string }

// Messages pages through the messages that the reader may know of, as stored bytes. Words are looked for
// in the messages that the reader may read in full, and nowhere else; messages of which somebody sees the
// subject only are found by way of their thread.
func (r *Repo) Messages(ctx context.Context, s MessageSearch, q store.Query) (store.RawPage, error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return store.RawPage{}, err
	}
	if q.Text != "" {
		return r.searchMessages(ctx, s, q)
	}
	var w filter.And
	if s.StakeholderID != "" {
		w = append(w, messagesWith(ctx, s.StakeholderID))
	}
	if s.ThreadID != "" {
		w = append(w, filter.Eq{Field: "threadId", Value: s.ThreadID})
	}
	q.Where = w
	page, err := r.messages.PageRaw(ctx, q)
	if err != nil {
		return page, err
	}
	page.Items, err = redactAll(ctx, page.Items)
	return page, err
}

// searchMessages finds bodies by words and gives their messages in the order found.
func (r *Repo) searchMessages(ctx context.Context, s MessageSearch, q store.Query) (store.RawPage, error) {
	var w filter.And
	if s.StakeholderID != "" {
		w = append(w, filter.Has{Field: "stakeholderIds", Values: []any{s.StakeholderID}})
	}
	if s.ThreadID != "" {
		list, err := r.messages.Find(ctx, filter.Eq{Field: "threadId", Value: s.ThreadID}, nil, 0)
		if err != nil {
			return store.RawPage{}, err
		}
		ids := []any{}
		for _, m := range list {
			ids = append(ids, m.ID)
		}
		w = append(w, filter.In{Field: "message", Values: ids})
	}
	q.Where = w
	found, err := r.bodies.PageRaw(ctx, q)
	if err != nil {
		return found, err
	}
	ids := make([]string, len(found.Items))
	for i, raw := range found.Items {
		var b struct {
			MessageID string `json:"message"`
		}
		if err := json.Unmarshal(raw, &b); err != nil {
			return found, fault.Wrap(err, fault.Internal, "A stored message cannot be read.")
		}
		ids[i] = b.MessageID
	}
	byMessage := map[string]*Message{}
	if err := byID(ctx, r.messages, "id", ids, func(m *Message) { byMessage[m.ID] = m }); err != nil {
		return found, err
	}
	found.Items = found.Items[:0]
	for _, id := range ids {
		m := byMessage[id]
		if m == nil {
			continue // a second wording of a message that was listed already
		}
		delete(byMessage, id)
		raw, err := encodeFor(ctx, m)
		if err != nil {
			return found, err
		}
		found.Items = append(found.Items, raw)
	}
	return found, nil
}

// Message gives one message as the reader may see it.
func (r *Repo) Message(ctx context.Context, id string) (json.RawMessage, error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return nil, err
	}
	raw, err := r.messages.GetRaw(ctx, id)
	if err != nil {
		return nil, err
	}
	return redactRaw(ctx, raw)
}

// Body gives a wording of a message, NotFound unless the reader may read it in full. others are the
// further wordings that the reader may read.
func (r *Repo) Body(ctx context.Context, id string, content int) (b *Body, others []int, err error) {
	if err := access.Require(ctx, access.MailRead); err != nil {
		return nil, nil, err
	}
	list, err := r.bodies.Find(ctx, filter.Eq{Field: "message", Value: id}, nil, 0)
	if err != nil {
		return nil, nil, err
	}
	for _, body := range list {
		if b == nil && (content < 0 || body.Content == content) {
			b = body
		} else {
			others = append(others, body.Content)
		}
	}
	if b == nil {
		return nil, nil, fault.New(fault.NotFound, "There is no such message, or it is not shared with you in full.")
	}
	return b, notNil(others), nil
}

// Holders gives, for a body that the reader may read, the places where its message lies, so that the
// server can be asked for what is not kept: its attachments.
func (r *Repo) Holders(ctx context.Context, b *Body) ([]Holding, error) {
	m, err := r.messages.Get(ctx, b.MessageID)
	if err != nil {
		return nil, err
	}
	var list []Holding
	for _, h := range m.Holdings {
		if h.Content == b.Content {
			list = append(list, h)
		}
	}
	return list, nil
}

// redactAll takes out of stored messages what the reader may not see.
func redactAll(ctx context.Context, list []json.RawMessage) ([]json.RawMessage, error) {
	for i, raw := range list {
		redacted, err := redactRaw(ctx, raw)
		if err != nil {
			return nil, err
		}
		list[i] = redacted
	}
	return list, nil
}

// redactRaw passes stored bytes through where the reader may see all of them, which is told without
// decoding them.
func redactRaw(ctx context.Context, raw json.RawMessage) (json.RawMessage, error) {
	if readsAll(ctx, raw) {
		return raw, nil
	}
	m := new(Message)
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A stored message cannot be read.")
	}
	return encodeFor(ctx, m)
}

func encodeFor(ctx context.Context, m *Message) (json.RawMessage, error) {
	if !access.From(ctx).System() {
		m.redact(tokensOf(ctx))
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A message cannot be shown.")
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

var fullKey = []byte(`"full":[`)

// readsAll reports whether a stored message names one of the reader's tokens among its readers in full.
// Inside a JSON string every quote has a backslash before it, so what is found is the key itself.
func readsAll(ctx context.Context, raw []byte) bool {
	i := bytes.Index(raw, fullKey)
	if i < 0 {
		return false
	}
	list := raw[i+len(fullKey):]
	end := bytes.IndexByte(list, ']')
	if end < 0 {
		return false
	}
	for _, token := range tokensOf(ctx) {
		if bytes.Contains(list[:end], []byte(`"`+token+`"`)) {
			return true
		}
	}
	return false
}
