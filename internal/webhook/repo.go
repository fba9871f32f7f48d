package webhook

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	mathrand "math/rand/v2"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Secrets seals and opens; the box of the program's key is one.
type Secrets interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Options are what a Repo may be given beside its store.
type Options struct {
	Nouns  []Noun
	Plain  bool           // addresses may begin with http
	Chance func() float64 // in [0, 1); nil: a random one
}

// Repo keeps webhooks and the outbox of their deliveries.
type Repo struct {
	db         *store.DB
	secrets    Secrets
	opts       Options
	byName     map[string]Noun
	byTable    map[string]Noun
	hooks      *store.Collection[Hook]
	keys       *store.Collection[Key]
	deliveries *store.Collection[Delivery]
}

// NewRepo declares the collections and has every change of the nouns written into the outbox.
func NewRepo(db *store.DB, secrets Secrets, opts Options) *Repo {
	if opts.Chance == nil {
		opts.Chance = mathrand.Float64
	}
	r := &Repo{db: db, secrets: secrets, opts: opts, byName: map[string]Noun{}, byTable: map[string]Noun{}}
	for _, n := range opts.Nouns {
		r.byName[n.Name], r.byTable[n.Collection] = n, n
	}
	r.hooks = store.Declare(db, store.Spec[Hook]{Name: "webhooks", Fields: []driver.Field{{Path: "name"}}, Audited: true})
	r.keys = store.Declare(db, store.Spec[Key]{Name: "webhookkeys"})
	r.deliveries = store.Declare(db, store.Spec[Delivery]{
		Name: "deliveries",
		Fields: []driver.Field{{Path: "hookId"}, {Path: "state"}, {Path: "dueAt"}, {Path: "recordId"}, {Path: "into"}, {Path: "event"}, {Path: "noun"},
			{Path: "createdAt"}},
		Indexes: [][]driver.Key{
			{{Path: "hookId"}, {Path: "state"}, {Path: "id"}},
			{{Path: "hookId"}, {Path: "id", Desc: true}},
			{{Path: "hookId"}, {Path: "recordId"}, {Path: "state"}, {Path: "id"}},
			{{Path: "state"}, {Path: "dueAt"}},
			{{Path: "createdAt"}},
			{{Path: "recordId"}},
			{{Path: "into"}},
		},
		// The log says what was told, and is gone after 30 days; it keeps nobody. Of somebody who was merged into another only
		// that is told.
		Refs: []store.Ref{
			{Field: "recordId", Collection: "stakeholders", OnMerge: "aside", OnErase: "keep", Derived: true},
			{Field: "into", Collection: "stakeholders", OnMerge: "aside", OnErase: "keep", Derived: true},
		},
	})
	db.Journal(r.write)
	return r
}

// Events lists every event that a webhook may be told of, in the order of the nouns.
func (r *Repo) Events() []string {
	var list []string
	for _, n := range r.opts.Nouns {
		for _, e := range n.events() {
			list = append(list, n.Name+"."+e)
		}
	}
	return list
}

// write is called by the store inside each outermost transaction, before it commits: what is told and what
// was done are one.
func (r *Repo) write(ctx context.Context, changes []store.Change) error {
	if !slices.ContainsFunc(changes, func(c store.Change) bool { _, ok := r.byTable[c.Collection]; return ok }) {
		return nil
	}
	hooks, err := r.hooks.Find(ctx, nil, nil, 0)
	if err != nil || len(hooks) == 0 {
		return err
	}
	events, err := r.eventsOf(ctx, changes)
	if err != nil {
		return err
	}
	var list []*Delivery
	for _, e := range events {
		for _, h := range hooks {
			if slices.Contains(h.Events, e.Noun+"."+e.Event) {
				d := *e
				d.HookID = h.ID
				list = append(list, &d)
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return r.deliveries.CreateMany(ctx, list)
}

// merging is a record of a merge that was just made.
type merging struct {
	SurvivorID string `json:"survivorId"`
	LoserID    string `json:"loserId"`
}

// eventsOf says what happened in a transaction.
func (r *Repo) eventsOf(ctx context.Context, changes []store.Change) ([]*Delivery, error) {
	went := map[string]string{} // into which stakeholder one went
	for _, c := range changes {
		if c.Collection == "merges" && c.Old == nil {
			var m merging
			if err := json.Unmarshal(c.New, &m); err != nil {
				return nil, err
			}
			went[m.LoserID] = m.SurvivorID
		}
	}
	by, now := access.From(ctx), r.db.Now()
	var list []*Delivery
	for _, c := range changes {
		noun, ok := r.byTable[c.Collection]
		if !ok {
			continue
		}
		what, err := noun.what(c)
		if err != nil {
			return nil, err
		}
		if what == "" {
			continue
		}
		d := &Delivery{EventID: store.NewID(), Event: what, Noun: noun.Name, RecordID: c.ID, RecordRev: c.Rev, At: now,
			By: by.AccountID, ByName: by.Name, State: Waiting, DueAt: now, Tries: []Try{}}
		if noun.Merges && what == Removed && went[c.ID] != "" {
			d.Event, d.Into = Merged, went[c.ID]
		}
		list = append(list, d)
	}
	return list, nil
}

// Hooks lists every webhook, by name.
func (r *Repo) Hooks(ctx context.Context) ([]*Hook, error) {
	return r.hooks.Find(ctx, nil, []driver.Key{{Path: "name"}}, 0)
}

// Hook gives one webhook.
func (r *Repo) Hook(ctx context.Context, id string) (*Hook, error) { return r.hooks.Get(ctx, id) }

// Create adds a webhook and gives its secret, which cannot be had again.
func (r *Repo) Create(ctx context.Context, h *Hook) (secret string, err error) {
	h.PausedAt, h.PausedWhy, h.SecretAt = "", "", r.db.Now()
	if err := h.tidy(r.opts.Nouns, r.opts.Plain); err != nil {
		return "", err
	}
	secret, sealed, err := r.newSecret()
	if err != nil {
		return "", err
	}
	return secret, r.db.Tx(ctx, func(ctx context.Context) error {
		n, err := r.hooks.Count(ctx, nil)
		if err != nil {
			return err
		}
		if n >= maxHooks {
			return fault.New(fault.Invalid, "There are %d webhooks; remove one first.", n)
		}
		if err := r.hooks.Create(ctx, h); err != nil {
			return err
		}
		k := &Key{Sealed: sealed}
		k.ID = h.ID
		return r.keys.Create(ctx, k)
	})
}

func (r *Repo) newSecret() (secret string, sealed []byte, err error) {
	random := make([]byte, 32)
	rand.Read(random) // never fails
	secret = secretPrefix + base64.StdEncoding.EncodeToString(random)
	if sealed, err = r.secrets.Seal([]byte(secret)); err != nil {
		return "", nil, fault.Wrap(err, fault.Internal, "The secret could not be encrypted.")
	}
	return secret, sealed, nil
}

// Secret opens the secret of a webhook, for signing.
func (r *Repo) Secret(ctx context.Context, id string) (string, error) {
	k, err := r.keys.Get(ctx, id)
	if err != nil {
		return "", err
	}
	plain, err := r.secrets.Open(k.Sealed)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "The secret of the webhook cannot be decrypted; make a new one.")
	}
	return string(plain), nil
}

// Update changes revision rev of a webhook. Pausing is Pause's.
func (r *Repo) Update(ctx context.Context, id string, rev int64, change func(*Hook)) (*Hook, error) {
	return r.hooks.UpdateAt(ctx, id, rev, func(h *Hook) error {
		was := *h
		change(h)
		h.PausedAt, h.PausedWhy, h.SecretAt = was.PausedAt, was.PausedWhy, was.SecretAt
		return h.tidy(r.opts.Nouns, r.opts.Plain)
	})
}

// Rotate gives revision rev of a webhook a new secret; the old one signs nothing any more.
func (r *Repo) Rotate(ctx context.Context, id string, rev int64) (h *Hook, secret string, err error) {
	secret, sealed, err := r.newSecret()
	if err != nil {
		return nil, "", err
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if h, err = r.hooks.UpdateAt(ctx, id, rev, func(h *Hook) error { h.SecretAt = r.db.Now(); return nil }); err != nil {
			return err
		}
		_, err = r.keys.Update(ctx, id, func(k *Key) error { k.Sealed = sealed; return nil })
		return err
	})
	return h, secret, err
}

// Pause stops deliveries of revision rev of a webhook until Resume. What happens meanwhile waits.
func (r *Repo) Pause(ctx context.Context, id string, rev int64) (*Hook, error) {
	return r.hooks.UpdateAt(ctx, id, rev, func(h *Hook) error {
		if !h.Paused() {
			h.PausedAt, h.PausedWhy = r.db.Now(), "Paused by "+access.From(ctx).Name+"."
		}
		return nil
	})
}

// Resume lets deliveries go out again, those that were waiting first and at once.
func (r *Repo) Resume(ctx context.Context, id string, rev int64) (*Hook, error) {
	h, err := r.hooks.UpdateAt(ctx, id, rev, func(h *Hook) error { h.PausedAt, h.PausedWhy = "", ""; return nil })
	if err != nil {
		return nil, err
	}
	_, err = r.again(ctx, filter.And{filter.Eq{Field: "hookId", Value: id}, filter.Eq{Field: "state", Value: string(Waiting)},
		filter.Compare{Field: "dueAt", Op: filter.Gt, Value: string(r.db.Now())}})
	return h, err
}

// Delete removes revision rev of a webhook, with its secret and its deliveries.
func (r *Repo) Delete(ctx context.Context, id string, rev int64) error {
	err := r.hooks.DeleteAt(ctx, id, rev, func(ctx context.Context, _ *Hook) error { return r.keys.Delete(ctx, id) })
	if err != nil {
		return err
	}
	_, err = r.remove(ctx, filter.Eq{Field: "hookId", Value: id})
	return err
}
