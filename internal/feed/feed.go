// Package feed keeps the secret addresses under which calendar programs read Piper.
package feed

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Kind is what a feed shows.
type Kind string

// The kinds.
const (
	Tasks       Kind = "tasks"       // the open tasks of the account
	Deadlines   Kind = "deadlines"   // of calls that one may apply for
	Obligations Kind = "obligations" // what comes up under all agreements
)

// Feed is a calendar that whoever knows its address may read, as the account that made it. Only the hash of
// the secret in the address is kept.
type Feed struct {
	store.Meta
	AccountID  string        `json:"accountId"`
	Hash       string        `json:"hash"`
	Name       string        `json:"name"`
	Kind       Kind          `json:"kind"`
	Words      string        `json:"words,omitempty"`      // of deadlines and obligations: only those that hold them
	LastReadAt store.Instant `json:"lastReadAt,omitempty"` // at most readEvery behind
}

const (
	readEvery = time.Hour // how often reading is written down
	maxFeeds  = 20        // of one account
	maxText   = 200
)

// Repo keeps feeds.
type Repo struct {
	db    *store.DB
	feeds *store.Collection[Feed]
}

// NewRepo declares the collection. journal may be nil.
func NewRepo(db *store.DB, journal *audit.Journal) *Repo {
	if journal != nil {
		journal.Rules("feeds", audit.Rules{Secret: []string{"hash"}, Quiet: []string{"lastReadAt"}})
	}
	return &Repo{db: db, feeds: store.Declare(db, store.Spec[Feed]{
		Name:    "feeds",
		Fields:  []driver.Field{{Path: "hash"}, {Path: "accountId"}},
		Unique:  [][]string{{"hash"}},
		Indexes: [][]driver.Key{{{Path: "accountId"}}},
		Audited: true,
	})}
}

// hash is what is kept of a secret. Secrets are random, so no salt or slow hash is needed.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Mine lists the reader's feeds, the newest first.
func (r *Repo) Mine(ctx context.Context) ([]*Feed, error) {
	return r.feeds.Find(ctx, filter.Eq{Field: "accountId", Value: access.From(ctx).AccountID}, []driver.Key{{Path: "id", Desc: true}}, 2*maxFeeds)
}

// Create makes a feed of the reader's. The secret of its address cannot be had again.
func (r *Repo) Create(ctx context.Context, f *Feed) (secret string, err error) {
	f.Name, f.Words = strings.TrimSpace(f.Name), strings.TrimSpace(f.Words)
	var c fault.Checks
	c.Require(f.Name != "", "name", "Please give a name.")
	c.Require(len(f.Name) <= maxText, "name", "The name is longer than %d bytes.", maxText)
	c.Require(len(f.Words) <= maxText, "words", "The words are longer than %d bytes.", maxText)
	c.Require(f.Kind == Tasks || f.Kind == Deadlines || f.Kind == Obligations, "kind", "A feed shows tasks, deadlines or obligations.")
	if err := c.Err(); err != nil {
		return "", err
	}
	random := make([]byte, 32)
	rand.Read(random) // never fails
	secret = base64.RawURLEncoding.EncodeToString(random)
	f.AccountID, f.Hash, f.LastReadAt = access.From(ctx).AccountID, hash(secret), ""
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		mine, err := r.Mine(ctx)
		if err != nil {
			return err
		}
		if len(mine) >= maxFeeds {
			return fault.New(fault.Invalid, "You have %d calendar addresses; revoke one first.", maxFeeds)
		}
		return r.feeds.Create(ctx, f)
	})
	return secret, err
}

// Revoke ends one of the reader's feeds: its address answers nobody from then on.
func (r *Repo) Revoke(ctx context.Context, id string) error {
	f, err := r.feeds.Get(ctx, id)
	if err != nil {
		return err
	}
	if f.AccountID != access.From(ctx).AccountID {
		return fault.New(fault.NotFound, "There is no such calendar address.")
	}
	return r.feeds.Delete(ctx, id)
}

// By gives the feed of a secret; NotFound. What is looked up is a hash, so how long it takes tells nothing
// about a secret. ctx is the system's: nobody is signed in.
func (r *Repo) By(ctx context.Context, secret string) (*Feed, error) {
	wanted := hash(secret)
	f, err := r.feeds.First(ctx, filter.Eq{Field: "hash", Value: wanted})
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(f.Hash), []byte(wanted)) != 1 {
		return nil, fault.New(fault.NotFound, "There is no such calendar address.")
	}
	return f, nil
}

// Read notes that a feed was read now.
func (r *Repo) Read(ctx context.Context, f *Feed) error {
	now := r.db.Clock()
	if !f.LastReadAt.IsZero() && now.Sub(f.LastReadAt.Time()) < readEvery {
		return nil
	}
	_, err := r.feeds.Update(ctx, f.ID, func(f *Feed) error { f.LastReadAt = store.At(now); return nil })
	if fault.Is(err, fault.NotFound) {
		return nil // revoked meanwhile
	}
	return err
}
