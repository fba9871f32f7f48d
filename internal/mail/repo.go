package mail

import (
	"piper/internal/store"
	"piper/internal/store/driver"
)

// Repo keeps mail.
type Repo struct {
	db      *store.DB
	secrets Secrets

	// Server reaches mail servers for people who wait; set before the first request.
	Server Server

	mailboxes   *store.Collection[Mailbox]
	credentials *store.Collection[Credentials]
	states      *store.Collection[MailboxState]
	messages    *store.Collection[Message]
	bodies      *store.Collection[Body]
	threads     *store.Collection[Thread]
	keys        *store.Collection[Key]
	asides      *store.Collection[Aside]
	unread      *store.Collection[Unread]
	guardrail   *store.Collection[Guardrail]
	changes     *store.Collection[AddressChange]
	blocks      *store.Collection[Block]
}

// NewRepo declares the collections. What is derived from mail by the job (bodies, keys, states) is not
// audited document by document: the messages and threads it saves are, as one entry for each batch.
func NewRepo(db *store.DB, secrets Secrets) *Repo {
	stakeholders := store.Ref{Field: "stakeholderIds", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}
	return &Repo{db: db, secrets: secrets,
		mailboxes: store.Declare(db, store.Spec[Mailbox]{
			Name:    "mailboxes",
			Fields:  []driver.Field{{Path: "ownerId"}, {Path: "name"}},
			Indexes: [][]driver.Key{{{Path: "ownerId"}, {Path: "name"}}},
			Audited: true,
		}),
		credentials: store.Declare(db, store.Spec[Credentials]{Name: "mailboxcredentials"}),
		states:      store.Declare(db, store.Spec[MailboxState]{Name: "mailboxstates"}),
		messages: store.Declare(db, store.Spec[Message]{
			Name: "messages",
			Fields: []driver.Field{{Path: "threadId"}, {Path: "date"}, {Path: "seen", Multi: true},
				{Path: "stakeholderIds", Multi: true}, {Path: "linked", Multi: true}, {Path: "strangers", Multi: true}},
			Indexes: [][]driver.Key{
				{{Path: "threadId"}, {Path: "date"}},
				{{Path: "linked"}, {Path: "date", Desc: true}},
				{{Path: "stakeholderIds"}, {Path: "date", Desc: true}},
				{{Path: "seen"}, {Path: "date", Desc: true}},
				{{Path: "strangers"}},
			},
			Refs:    []store.Ref{stakeholders},
			Sight:   "seen",
			Sighted: "linked",
			Audited: true,
			Tidy:    (*Message).tidy,
		}),
		bodies: store.Declare(db, store.Spec[Body]{
			Name:   "bodies",
			Fields: []driver.Field{{Path: "message"}, {Path: "date"}, {Path: "seen", Multi: true}, {Path: "stakeholderIds", Multi: true}},
			Indexes: [][]driver.Key{
				{{Path: "message"}},
				{{Path: "stakeholderIds"}},
			},
			Refs:  []store.Ref{stakeholders},
			Sight: "seen",
			Words: (*Body).words,
			Tidy:  func(b *Body) error { b.StakeholderIDs = set(b.StakeholderIDs); return nil },
		}),
		threads: store.Declare(db, store.Spec[Thread]{
			Name: "threads",
			Fields: []driver.Field{{Path: "lastAt"}, {Path: "seen", Multi: true}, {Path: "linked", Multi: true},
				{Path: "parts.stakeholderIds", Multi: true}},
			Indexes: [][]driver.Key{
				{{Path: "linked"}, {Path: "lastAt", Desc: true}},
				{{Path: "seen"}, {Path: "lastAt", Desc: true}},
				{{Path: "parts.stakeholderIds"}},
			},
			Refs:    []store.Ref{{Field: "parts.stakeholderIds", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}},
			Sight:   "seen",
			Sighted: "linked",
			Words:   (*Thread).words,
			Tidy:    (*Thread).tidy,
			Audited: true,
		}),
		keys: store.Declare(db, store.Spec[Key]{
			Name:    "messagekeys",
			Fields:  []driver.Field{{Path: "threadId"}},
			Indexes: [][]driver.Key{{{Path: "threadId"}}},
		}),
		asides: store.Declare(db, store.Spec[Aside]{
			Name: "asides",
			Fields: []driver.Field{{Path: "mailboxId"}, {Path: "folder", Kind: driver.Int}, {Path: "date"}, {Path: "reason"},
				{Path: "rule"}, {Path: "wanted", Kind: driver.Bool}, {Path: "uid", Kind: driver.Int}, {Path: "digests", Multi: true}},
			Indexes: [][]driver.Key{
				{{Path: "mailboxId"}, {Path: "folder"}},
				{{Path: "mailboxId"}, {Path: "date", Desc: true}},
				{{Path: "mailboxId"}, {Path: "wanted"}},
				{{Path: "digests"}},
				{{Path: "rule"}},
			},
		}),
		unread: store.Declare(db, store.Spec[Unread]{
			Name: "unreadables", Fields: []driver.Field{{Path: "expiresAt"}}, Indexes: [][]driver.Key{{{Path: "expiresAt"}}},
		}),
		guardrail: store.Declare(db, store.Spec[Guardrail]{Name: "guardrails", Audited: true}),
		changes:   store.Declare(db, store.Spec[AddressChange]{Name: "addresschanges"}),
		blocks: store.Declare(db, store.Spec[Block]{
			Name: "addressblocks", Fields: []driver.Field{{Path: "erasureId"}}, Indexes: [][]driver.Key{{{Path: "erasureId"}}},
		}),
	}
}
