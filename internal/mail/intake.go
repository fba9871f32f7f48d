package mail

import (
	"context"
	"strings"
	"time"
	"unicode"

	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Directory knows who is reached at an address. The stakeholder repository implements it.
type Directory interface {
	// Lookup gives, for each address (lower case) that somebody on record has, the ids of those who have it.
	Lookup(ctx context.Context, addresses []string) (map[string][]string, error)
}

// Intake takes in the messages of one mailbox. Prepare may be called by several goroutines at a time;
// Save by one, in the order in which the messages lie in their folder.
type Intake struct {
	repo  *Repo
	dir   Directory
	box   *Mailbox
	own   map[string]bool
	guard *Guard
	known map[string][]string // what the Directory said in this run; what is added meanwhile is an AddressChange for the next
}

// Intake makes ready to take in the messages of a mailbox under the guardrail as it is now.
func (r *Repo) Intake(ctx context.Context, box *Mailbox, dir Directory) (*Intake, error) {
	g, err := r.Guardrail(ctx)
	if err != nil {
		return nil, err
	}
	return &Intake{repo: r, dir: dir, box: box, own: box.own(), guard: g.Guard(), known: map[string][]string{}}, nil
}

// Incoming is one message as it was fetched, parsed or not.
type Incoming struct {
	UID      uint32
	Received time.Time     // the server's date of arrival
	Size     int64         // on the server
	Message  *mime.Message // nil where it cannot be parsed
	Failure  string        // then: why, a sentence
	Raw      []byte        // then: its bytes
	AsideID  string        // the Aside that stood for it, where it was fetched again
}

// Prepared is a message on its way into the store: all that can be done without looking into the store.
type Prepared struct {
	uid       uint32
	asideID   string
	aside     *Aside // set aside already: withheld or unreadable
	unread    *Unread
	received  store.Instant
	message   *Message
	body      *Body
	key       string   // identity
	refs      []string // ids of the Keys of what it refers to
	addresses []string // set, without the owner's own
	bytes     int
}

// Weight is about how many bytes of memory the message takes until it is saved.
func (p *Prepared) Weight() int { return p.bytes }

// Prepare makes documents of a message, or sets it aside where the guardrail or its own state demands.
func (in *Intake) Prepare(m Incoming) (*Prepared, error) {
	if m.Received.IsZero() {
		m.Received = in.repo.db.Clock()
	}
	p := &Prepared{uid: m.UID, asideID: m.AsideID, received: store.At(m.Received)}
	if m.Message == nil {
		return p, in.unreadable(p, m)
	}
	if rule, ok := in.guard.Withholds(m.Message); ok {
		p.aside = &Aside{Reason: Withheld, Rule: rule}
		return p, nil
	}
	p.key = identity(m.Message)
	refs := references(m.Message)
	p.refs = make([]string, len(refs))
	for i, id := range refs {
		p.refs[i] = keyID(id)
	}
	p.addresses = in.addresses(m.Message)
	p.message, p.body = documents(m, refs)
	p.body.prepare()
	p.bytes = 4096 + 2*len(p.body.Text) + len(p.body.HTML)
	return p, nil
}

// unreadable sets a message aside that cannot be parsed, with its bytes sealed.
func (in *Intake) unreadable(p *Prepared, m Incoming) error {
	p.aside = &Aside{Reason: Unreadable, Rule: m.Failure, ExpiresAt: store.At(in.repo.db.Clock().AddDate(0, 0, unreadableDays))}
	raw := m.Raw[:min(len(m.Raw), unreadableBytes)]
	if len(raw) == 0 {
		p.aside.ExpiresAt = ""
		return nil
	}
	sealed, err := in.repo.secrets.Seal(raw)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "An unreadable message could not be encrypted.")
	}
	p.unread = &Unread{Sealed: sealed, Cut: len(raw) < len(m.Raw), ExpiresAt: p.aside.ExpiresAt}
	p.bytes = len(sealed)
	return nil
}

// addresses gives everybody a message involves except the owner of the mailbox.
func (in *Intake) addresses(m *mime.Message) []string {
	var list []string
	for _, people := range [][]mime.Address{m.From, m.ReplyTo, m.To, m.Cc, m.Bcc} {
		for _, p := range people {
			if !in.own[p.Address] {
				list = append(list, p.Address)
			}
		}
	}
	return set(list)
}

// documents makes the two documents of a message; ids, thread, links and circles come with saving.
func documents(in Incoming, refs []string) (*Message, *Body) {
	m := in.Message
	date := m.Date
	if date.IsZero() || date.After(in.Received.Add(24*time.Hour)) {
		date = in.Received // a missing date, or one in the future that would stay on top of every list
	}
	sender := mime.Address{}
	for _, list := range [][]mime.Address{m.From, m.Sender} {
		if len(list) > 0 {
			sender = list[0]
			break
		}
	}
	msg := &Message{
		MessageID: m.MessageID, Subject: m.Subject, Date: store.At(date), From: sender,
		To: notNil(m.To), Cc: notNil(m.Cc), HeadersOnly: m.HeadersOnly, Size: in.Size,
	}
	if len(refs) > 0 {
		msg.Parent = refs[len(refs)-1]
	}
	for _, a := range m.Attachments {
		msg.HasAttachments = msg.HasAttachments || !a.Inline
	}
	fresh, _ := mime.QuoteSplit(cut(m.Text, 8<<10)) // what is new stands first, and little is shown of it
	msg.Snippet = snippet(fresh)
	if msg.Snippet == "" {
		msg.Snippet = snippet(m.Text)
	}
	body := &Body{
		Date: msg.Date, Subject: m.Subject, From: notNil(m.From), ReplyTo: m.ReplyTo, To: msg.To, Cc: msg.Cc, Bcc: m.Bcc,
		References: refs, Text: m.Text, HTML: m.HTML, Attachments: notNil(m.Attachments), Problems: m.Problems,
		AutoSubmitted: m.AutoSubmitted, HeadersOnly: m.HeadersOnly,
	}
	hash := m.ContentHash
	if len(m.Bcc) > 0 { // a sender's own copy is a wording of its own: others must not read its Bcc
		for _, a := range m.Bcc {
			hash += " " + a.Address
		}
		hash = keyID(hash)
	}
	msg.Contents = []Content{{Hash: cut(hash, 32)}}
	return msg, body
}

// snippetLength is in characters.
const snippetLength = 160

// snippet gives the beginning of a text in one line.
func snippet(text string) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = n > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		if n >= snippetLength {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// prepare makes the words of a body ahead of saving, while other processors are idle.
func (b *Body) prepare() {
	w := b.words().Ready()
	b.prepared = &w
}

// lookup asks the Directory for those addresses that this run has not asked for yet.
func (in *Intake) lookup(ctx context.Context, batch []*Prepared) error {
	var ask []string
	for _, p := range batch {
		for _, a := range p.addresses {
			if _, ok := in.known[a]; !ok {
				ask = append(ask, a)
			}
		}
	}
	if ask = set(ask); len(ask) == 0 {
		return nil
	}
	found, err := in.dir.Lookup(ctx, ask)
	if err != nil {
		return err
	}
	for _, a := range ask {
		in.known[a] = set(append([]string{}, found[a]...))
	}
	return nil
}

// link tells who of those on record a message involves, and by their keyed hashes which of its addresses
// nobody has: they may be in a Bcc that not every reader of the message may know of.
func (in *Intake) link(p *Prepared) (stakeholders, strangers []string) {
	for _, a := range p.addresses {
		if ids := in.known[a]; len(ids) > 0 {
			stakeholders = union(stakeholders, ids)
		} else {
			strangers = append(strangers, a)
		}
	}
	if len(stakeholders) == 0 {
		return nil, nil
	}
	strangers = first(strangers, maxStrangers)
	for i, a := range strangers {
		strangers[i] = in.repo.addressDigest(a)
	}
	return stakeholders, set(strangers)
}

// maxStrangers bounds the addresses of a message that are remembered; a circular to thousands is found
// again by the first of them only.
const maxStrangers = 100

// byID finds the documents of these ids, which may be many.
func byID[T any](ctx context.Context, c *store.Collection[T], field string, ids []string, fn func(*T)) error {
	for len(ids) > 0 {
		n := min(len(ids), chunk)
		values := make([]any, n)
		for i, id := range ids[:n] {
			values[i] = id
		}
		ids = ids[n:]
		list, err := c.Find(ctx, filter.In{Field: field, Values: values}, nil, 0)
		if err != nil {
			return err
		}
		for _, t := range list {
			fn(t)
		}
	}
	return nil
}
