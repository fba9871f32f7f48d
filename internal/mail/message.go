// Package mail keeps what Piper knows of its users' mail: the mailboxes it reads, the messages that
// involve a known stakeholder, the threads they form, and an account of every message it did not keep.
//
// Three circles of readers lie inside one another. A message is seen by its owners (the accounts whose
// mailboxes hold it) and, at the level that an owner shares its thread, by the team: who wrote to whom
// and when; the subject as well; everything. The circles are lists of sight tokens on each document, kept
// right by whoever changes a holding or a share, so that a query never has to work them out.
package mail

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"piper/internal/mail/mime"
	"piper/internal/store"
)

// Message is one mail as lists show it, once for all the mailboxes that hold it. Seen, Clear and Full are
// the circles of its readers.
type Message struct {
	store.Meta
	Full           []string       `json:"full"`  // sight tokens of who may read all of it
	Clear          []string       `json:"clear"` // who may read the subject
	Seen           []string       `json:"seen"`  // who may know of it
	MessageID      string         `json:"messageId"`
	ThreadID       string         `json:"threadId"`
	Parent         string         `json:"parent,omitempty"` // the Message-ID that it answers
	Subject        string         `json:"subject"`
	Snippet        string         `json:"snippet"`
	Date           store.Instant  `json:"date"` // as its sender says; when it arrived where that is missing or in the future
	From           mime.Address   `json:"from"`
	To             []mime.Address `json:"to"`
	Cc             []mime.Address `json:"cc"`
	StakeholderIDs []string       `json:"stakeholderIds"`
	Linked         []string       `json:"linked"`              // who may know of it by whom: sight token, blank, id of a stakeholder
	Strangers      []string       `json:"strangers,omitempty"` // keyed hashes of its addresses that nobody on record has
	OwnerIDs       []string       `json:"ownerIds"`
	MailboxIDs     []string       `json:"mailboxIds"`
	Holdings       []Holding      `json:"holdings"`
	Contents       []Content      `json:"contents"`
	HasAttachments bool           `json:"hasAttachments"`
	HeadersOnly    bool           `json:"headersOnly,omitempty"` // too large to fetch whole
	Size           int64          `json:"size"`
}

// Content is one wording of a message. Copies that came another way may differ (a list's footer, a
// prefix in the subject); each wording has a Body of its own, readable by those who hold just that one.
type Content struct {
	Hash     string   `json:"hash"`
	OwnerIDs []string `json:"ownerIds"`
}

// Holding is one place where a message lies.
type Holding struct {
	MailboxID   string
	Folder      int // FolderState.No in the mailbox's state, which tells no folder names
	UIDValidity uint32
	UID         uint32
	Content     int // index into Message.Contents
}

// MarshalText keeps a holding short: a message is stored once but a mailbox has many.
func (h Holding) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s %d %d %d %d", h.MailboxID, h.Folder, h.UIDValidity, h.UID, h.Content), nil
}

// UnmarshalText reads what MarshalText wrote.
func (h *Holding) UnmarshalText(text []byte) error {
	parts := strings.Fields(string(text))
	if len(parts) != 5 {
		return fmt.Errorf("a holding of %d parts", len(parts))
	}
	var numbers [4]uint64
	for i, part := range parts[1:] {
		var err error
		if numbers[i], err = strconv.ParseUint(part, 10, 32); err != nil {
			return err
		}
	}
	*h = Holding{parts[0], int(numbers[0]), uint32(numbers[1]), uint32(numbers[2]), int(numbers[3])}
	return nil
}

// at reports whether two holdings are the same place.
func (h Holding) at(o Holding) bool {
	return h.MailboxID == o.MailboxID && h.Folder == o.Folder && h.UIDValidity == o.UIDValidity && h.UID == o.UID
}

// hold adds a place. Places in the same folder under another UIDVALIDITY no longer mean anything and go.
// It reports whether the place was new.
func (m *Message) hold(h Holding) bool {
	if slices.ContainsFunc(m.Holdings, h.at) {
		return false
	}
	m.Holdings = slices.DeleteFunc(m.Holdings, func(o Holding) bool {
		return o.MailboxID == h.MailboxID && o.Folder == h.Folder && o.UIDValidity != h.UIDValidity
	})
	m.Holdings = append(m.Holdings, h)
	m.MailboxIDs = union(m.MailboxIDs, []string{h.MailboxID})
	return true
}

// resight sets the circles of readers after a change of holders or shares, and reports whether they differ.
func (m *Message) resight(s shares) bool {
	seen, clear := s.readers(m.OwnerIDs, Metadata), s.readers(m.OwnerIDs, Subject)
	full := s.readers(m.Contents[0].OwnerIDs, Full)
	same := slices.Equal(seen, m.Seen) && slices.Equal(clear, m.Clear) && slices.Equal(full, m.Full)
	m.Seen, m.Clear, m.Full = seen, clear, full
	m.derive()
	return !same
}

// derive sets what follows from the readers and the stakeholders; to be called after either has changed.
func (m *Message) derive() {
	m.Linked = make([]string, 0, len(m.Seen)*len(m.StakeholderIDs))
	for _, token := range m.Seen {
		for _, id := range m.StakeholderIDs {
			m.Linked = append(m.Linked, linkToken(token, id))
		}
	}
}

// tidy puts a message that was given other stakeholders into its one form.
func (m *Message) tidy() error {
	m.StakeholderIDs = set(m.StakeholderIDs)
	m.derive()
	return nil
}

// people gives everybody named in the headers that a reader of metadata sees, by address.
func (m *Message) people() []mime.Address {
	list := make([]mime.Address, 0, 1+len(m.To)+len(m.Cc))
	if m.From.Address != "" {
		list = append(list, m.From)
	}
	return peopleSet(append(append(list, m.To...), m.Cc...))
}

// redact takes out what a reader of these tokens may not see. Clear and Full are only told to those in them.
func (m *Message) redact(tokens []string) {
	subject, text := opens(m.Full, m.Clear, tokens)
	if !text {
		m.Snippet, m.Full = "", []string{}
	}
	if !subject {
		m.Subject, m.Clear = "", []string{}
	}
}

// opens reports what a reader of these tokens sees of a message with these circles: its subject, its text.
func opens(full, clear, tokens []string) (subject, text bool) {
	text = overlap(full, tokens)
	return text || overlap(clear, tokens), text
}

// peopleSet orders people by address, one entry for each, keeping the longest name (then the first in the
// alphabet), whatever the order they came in.
func peopleSet(list []mime.Address) []mime.Address {
	slices.SortFunc(list, func(a, b mime.Address) int {
		if c := strings.Compare(a.Address, b.Address); c != 0 {
			return c
		}
		if c := len(b.Name) - len(a.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return slices.CompactFunc(list, func(a, b mime.Address) bool { return a.Address == b.Address })
}

// Body is one wording of a message in full: what only its readers in full may see and search.
type Body struct {
	store.Meta
	Seen           []string          `json:"seen"`
	MessageID      string            `json:"message"` // Message.ID; the Body of Contents[0] has the same id
	Content        int               `json:"content"` // index into Message.Contents
	StakeholderIDs []string          `json:"stakeholderIds"`
	Date           store.Instant     `json:"date"`
	Subject        string            `json:"subject"`
	From           []mime.Address    `json:"from"`
	ReplyTo        []mime.Address    `json:"replyTo,omitempty"`
	To             []mime.Address    `json:"to"`
	Cc             []mime.Address    `json:"cc"`
	Bcc            []mime.Address    `json:"bcc,omitempty"`
	References     []string          `json:"references,omitempty"`
	Text           string            `json:"text"`
	HTML           string            `json:"html,omitempty"`
	Attachments    []mime.Attachment `json:"attachments"`
	Problems       []string          `json:"problems,omitempty"` // what was repaired, sentences
	AutoSubmitted  bool              `json:"autoSubmitted,omitempty"`
	HeadersOnly    bool              `json:"headersOnly,omitempty"`

	prepared *store.Words // the words made while parsing; nil: made when needed
}

// words is what a body is found by.
func (b *Body) words() store.Words {
	if b.prepared != nil {
		w := *b.prepared
		w.Sight = b.Seen
		return w
	}
	w := store.Words{Names: []string{b.Subject}, Texts: make([]string, 0, 8), Sight: b.Seen}
	for _, list := range [][]mime.Address{b.From, b.To, b.Cc, b.Bcc} {
		for _, p := range list {
			w.Texts = append(w.Texts, p.Name, p.Address)
		}
	}
	for _, a := range b.Attachments {
		w.Texts = append(w.Texts, a.Name)
	}
	w.Texts = append(w.Texts, cut(b.Text, maxIndexed))
	return w
}

// maxIndexed is how many bytes of a text are searched: more than anybody writes, less than a log file.
const maxIndexed = 256 << 10

// cut gives at most n bytes of s, ending at a whole character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
