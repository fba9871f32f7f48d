package mail

import (
	"slices"
	"strings"

	"piper/internal/mail/mime"
	"piper/internal/store"
)

// Thread is one conversation, over all mailboxes. Different owners may hold different messages of it, so
// it is kept in parts: the messages held by exactly the same owners. What a reader is shown is made of the
// parts that this reader may see, and of nothing else.
type Thread struct {
	store.Meta
	Parts  []Part        `json:"parts"` // by owners
	Shares shares        `json:"shares"`
	LastAt store.Instant `json:"lastAt"` // of all parts, for the order of lists
	Seen   []string      `json:"seen"`   // sight tokens of who may see at least one part
	// Linked says who may find the thread by whom: sight token, blank, id of a stakeholder or a mailbox.
	// A filter on it cannot tell a reader of one part what is in another.
	Linked []string `json:"linked"`
}

// Part sums up the messages of a thread that the same owners hold. A message that comes to be held by one
// more owner moves to another part; what it leaves behind in a summary that goes on is seen by the owners
// of the larger part anyway.
type Part struct {
	OwnerIDs       []string       `json:"ownerIds"`
	Count          int            `json:"count"`
	FirstAt        store.Instant  `json:"firstAt"`
	LastAt         store.Instant  `json:"lastAt"`
	Lead           Lead           `json:"lead"`
	Subjects       []string       `json:"subjects"` // folded, without "Re:"
	People         []mime.Address `json:"people"`
	StakeholderIDs []string       `json:"stakeholderIds"`
	MailboxIDs     []string       `json:"mailboxIds"`
}

// Lead is the earliest message of a part, whose subject names it.
type Lead struct {
	At      store.Instant `json:"at"`
	Key     string        `json:"key"` // Message-ID or content hash, to decide between equals
	Subject string        `json:"subject"`
}

func (l Lead) before(o Lead) bool {
	if l.At != o.At {
		return l.At < o.At
	}
	return l.Key < o.Key
}

// Bounds of a summary; the first in the alphabet are kept, which are the same whatever came first.
const (
	maxPeople   = 100
	maxSubjects = 20
)

// partOf sums up a single message.
func partOf(m *Message, key string) Part {
	subjects := []string{}
	if s := BaseSubject(m.Subject); s != "" {
		subjects = append(subjects, s)
	}
	return Part{OwnerIDs: m.OwnerIDs, Count: 1, FirstAt: m.Date, LastAt: m.Date, Lead: Lead{m.Date, key, m.Subject},
		Subjects: subjects, People: m.people(), StakeholderIDs: m.StakeholderIDs, MailboxIDs: m.MailboxIDs}
}

// plus adds another summary to p, whatever its owners.
func (p Part) plus(o Part) Part {
	if p.Count == 0 && p.FirstAt == "" {
		return o
	}
	p.Count += o.Count
	p.FirstAt, p.LastAt = min(p.FirstAt, o.FirstAt), max(p.LastAt, o.LastAt)
	if o.Lead.before(p.Lead) {
		p.Lead = o.Lead
	}
	p.Subjects = first(union(p.Subjects, o.Subjects), maxSubjects)
	if people := peopleSet(slices.Concat(p.People, o.People)); len(people) > maxPeople {
		p.People = people[:maxPeople]
	} else {
		p.People = people
	}
	p.OwnerIDs = union(p.OwnerIDs, o.OwnerIDs)
	p.StakeholderIDs = union(p.StakeholderIDs, o.StakeholderIDs)
	p.MailboxIDs = union(p.MailboxIDs, o.MailboxIDs)
	return p
}

// put adds a summary to the part of the same owners.
func (t *Thread) put(o Part) {
	i, ok := slices.BinarySearchFunc(t.Parts, o.OwnerIDs, func(p Part, owners []string) int { return slices.Compare(p.OwnerIDs, owners) })
	if ok {
		t.Parts[i] = t.Parts[i].plus(o)
		return
	}
	t.Parts = slices.Insert(t.Parts, i, o)
}

// take counts one message out of the part of these owners.
func (t *Thread) take(owners []string) {
	t.Parts = slices.DeleteFunc(t.Parts, func(p Part) bool { return p.Count <= 1 && slices.Equal(p.OwnerIDs, owners) })
	for i := range t.Parts {
		if slices.Equal(t.Parts[i].OwnerIDs, owners) {
			t.Parts[i].Count--
		}
	}
}

// learn takes up what a message that is counted already has come to be linked to.
func (t *Thread) learn(m *Message) {
	for i := range t.Parts {
		if p := &t.Parts[i]; slices.Equal(p.OwnerIDs, m.OwnerIDs) {
			p.StakeholderIDs, p.MailboxIDs = union(p.StakeholderIDs, m.StakeholderIDs), union(p.MailboxIDs, m.MailboxIDs)
		}
	}
}

// join makes one of two conversations that turned out to be the same.
func (t *Thread) join(o *Thread) {
	t.Shares = t.Shares.merge(t.owners(), o.Shares, o.owners())
	for _, p := range o.Parts {
		t.put(p)
	}
}

// count is the number of messages in all parts.
func (t *Thread) count() int {
	n := 0
	for _, p := range t.Parts {
		n += p.Count
	}
	return n
}

// owners is everybody who holds a message of it.
func (t *Thread) owners() []string {
	var list []string
	for _, p := range t.Parts {
		list = union(list, p.OwnerIDs)
	}
	return list
}

// derive sets what follows from parts and shares; to be called before saving.
func (t *Thread) derive() {
	t.LastAt, t.Seen = "", []string{}
	linked := []string{}
	for _, p := range t.Parts {
		t.LastAt = max(t.LastAt, p.LastAt)
		readers := t.Shares.readers(p.OwnerIDs, Metadata)
		t.Seen = append(t.Seen, readers...)
		for _, token := range readers {
			for _, id := range slices.Concat(p.StakeholderIDs, p.MailboxIDs) {
				linked = append(linked, linkToken(token, id))
			}
		}
	}
	t.Seen, t.Linked = set(t.Seen), set(linked)
	if t.Shares == nil {
		t.Shares = shares{}
	}
}

// tidy puts a thread whose parts were given other stakeholders into its one form.
func (t *Thread) tidy() error {
	for i := range t.Parts {
		t.Parts[i].StakeholderIDs = set(t.Parts[i].StakeholderIDs)
		t.Parts[i].People = peopleSet(t.Parts[i].People)
	}
	t.derive()
	return nil
}

func linkToken(token, id string) string { return token + " " + id }

// words lets a thread be found by what all of its readers may see of it, and by nothing that only some
// may: one reader of a part must not learn, by trying words, what is in another. The rest is found by
// searching messages.
func (t *Thread) words() store.Words {
	visible := map[string][]Part{} // per sight token, the parts whose subject it opens
	for _, p := range t.Parts {
		for _, token := range t.Shares.readers(p.OwnerIDs, Subject) {
			visible[token] = append(visible[token], p)
		}
	}
	w := store.Words{Sight: []string{}}
	var subjects, people []string
	for token, parts := range visible {
		var s, q []string
		for _, p := range parts {
			s = union(s, p.Subjects)
			for _, person := range p.People {
				q = append(q, person.Name+" "+person.Address)
			}
		}
		q = set(q)
		if len(w.Sight) == 0 {
			subjects, people = s, q
		} else {
			subjects, people = common(subjects, s), common(people, q)
		}
		w.Sight = append(w.Sight, token)
	}
	slices.Sort(w.Sight)
	w.Names, w.Texts = subjects, people
	return w
}

// BaseSubject is a subject without what replies, forwards and lists put before it, folded. Two messages
// of a conversation mostly share it; threads are never joined by it.
func BaseSubject(subject string) string {
	s := strings.TrimSpace(subject)
	for {
		if strings.HasPrefix(s, "[") {
			if i := strings.IndexByte(s, ']'); i > 0 && i < len(s)-1 {
				s = strings.TrimSpace(s[i+1:])
				continue
			}
		}
		prefix, rest, ok := strings.Cut(s, ":")
		if !ok || !isReplyPrefix(prefix) {
			return store.Fold(s)
		}
		s = strings.TrimSpace(rest)
	}
}

// isReplyPrefix knows the marks that mail programs put before a subject: Re, Re[2], AW, WG, Odp, Fwd …
func isReplyPrefix(s string) bool {
	if i := strings.IndexAny(s, "[("); i > 0 {
		s = s[:i]
	}
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "re", "aw", "antw", "antwort", "odp", "rif", "rép", "sv", "vs", "ynt", "ref", "res", "fwd", "fw", "wg", "tr", "doorst", "pd", "enc", "rv", "i":
		return true
	}
	return false
}
