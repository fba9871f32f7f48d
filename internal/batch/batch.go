// Package batch keeps receipts of what was written by one call of many writes, so that a program that did not
// hear the answer can send the call again and nothing is done twice.
package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Receipt says that one item of a call was written. It is created in the transaction of the write itself.
type Receipt struct {
	store.Meta
	Call     string        `json:"call"` // the account and its key
	N        int           `json:"n"`    // the item's place in the call, from 0
	Content  string        `json:"content"`
	Outcome  store.Outcome `json:"outcome"`
	RecordID string        `json:"recordId"`
	Revision int64         `json:"revision"`
}

// keepFor is how long a call can be sent again.
const keepFor = 7 * 24 * time.Hour

// Repo keeps receipts.
type Repo struct {
	db       *store.DB
	receipts *store.Collection[Receipt]
}

// NewRepo declares the collection.
func NewRepo(db *store.DB) *Repo {
	return &Repo{db: db, receipts: store.Declare(db, store.Spec[Receipt]{
		Name:    "receipts",
		Fields:  []driver.Field{{Path: "call"}, {Path: "n", Kind: driver.Int}, {Path: "createdAt"}, {Path: "recordId"}},
		Unique:  [][]string{{"call", "n"}},
		Indexes: [][]driver.Key{{{Path: "createdAt"}}, {{Path: "recordId"}}},
		Refs:    []store.Ref{{Field: "recordId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "keep", Derived: true}},
	})}
}

// Call is one call of many writes by the reader, under a key of their own. Without a key nothing is kept.
type Call struct {
	repo    *Repo
	name    string
	content string
}

// Open begins a call, or goes on with one. request is all that was asked for: a key means one request, and a
// second request under it is refused.
func (r *Repo) Open(ctx context.Context, key string, request any) (*Call, error) {
	if key == "" {
		return &Call{}, nil
	}
	text, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("batch: encode the request: %w", err)
	}
	sum := sha256.Sum256(text)
	c := &Call{repo: r, name: access.From(ctx).AccountID + "/" + key, content: hex.EncodeToString(sum[:])}
	first, err := r.receipts.First(ctx, filter.Eq{Field: "call", Value: c.name})
	switch {
	case fault.Is(err, fault.NotFound):
		return c, nil
	case err != nil:
		return nil, err
	case first.Content != c.content:
		return nil, fault.Field("Idempotency-Key", "This key came with another request before. Use a new one for each request.")
	}
	return c, nil
}

// Done gives the receipt of an item, nil where it is not written yet.
func (c *Call) Done(ctx context.Context, n int) (*Receipt, error) {
	if c.repo == nil {
		return nil, nil
	}
	got, err := c.repo.receipts.First(ctx, filter.And{filter.Eq{Field: "call", Value: c.name}, filter.Eq{Field: "n", Value: int64(n)}})
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return got, err
}

// Keep writes the receipt of an item, inside the transaction of its write. Duplicate where another process
// has written the same item meanwhile: then Done has its receipt.
func (c *Call) Keep(ctx context.Context, r *Receipt) error {
	if c.repo == nil {
		return nil
	}
	r.Call, r.Content = c.name, c.content
	return c.repo.receipts.Create(ctx, r)
}

// sweepBatch is how many receipts one transaction removes.
const sweepBatch = 500

// Sweep removes receipts that are older than a week, and says how many.
func (r *Repo) Sweep(ctx context.Context) (done int, err error) {
	old := filter.Compare{Field: "createdAt", Op: filter.Lt, Value: string(store.At(r.db.Clock().Add(-keepFor)))}
	for {
		n := 0
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			list, err := r.receipts.Find(ctx, old, nil, sweepBatch)
			n = len(list)
			for i := 0; err == nil && i < n; i++ {
				err = r.receipts.Delete(ctx, list[i].ID)
			}
			return err
		})
		if done += n; err != nil || n < sweepBatch {
			return done, err
		}
	}
}
