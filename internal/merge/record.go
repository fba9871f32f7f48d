package merge

import (
	"context"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// stakeholders is the collection whose documents are merged.
const stakeholders = "stakeholders"

// Outcome says whether a merge stands.
type Outcome string

// The outcomes.
const (
	Done   Outcome = "done"
	Undone Outcome = "undone"
)

// Record is one merge, with what it takes to undo it. Documents are kept as text, so that an engine that
// reorders or retypes nested values cannot change what comes back. It is the only thing in the store that
// still names the one that went; its references are in the parts, and with the journal (audit.SetAside).
type Record struct {
	store.Meta
	SurvivorID   string            `json:"survivorId"`
	LoserID      string            `json:"loserId"`
	Kind         string            `json:"kind"`
	SurvivorName string            `json:"survivorName"`
	LoserName    string            `json:"loserName"`
	Outcome      Outcome           `json:"outcome" enum:"done,undone"`
	Choices      map[string]Choice `json:"choices,omitempty"`
	Before       string            `json:"before"` // the survivor before the merge
	After        string            `json:"after"`  // and after
	Loser        string            `json:"loser"`
	Moved        map[string]int    `json:"moved"`             // documents re-pointed, by collection
	Removed      map[string]int    `json:"removed,omitempty"` // documents set aside, by collection
	ByName       string            `json:"byName"`
	UndoneBy     string            `json:"undoneBy,omitempty"`
	UndoneAt     store.Instant     `json:"undoneAt,omitempty"`
}

// part is a bounded piece of what a merge changed, so that no document grows with the number of references.
type part struct {
	store.Meta
	MergeID string  `json:"mergeId"`
	Moved   []moved `json:"moved,omitempty"`
	Gone    []gone  `json:"gone,omitempty"`
	Made    []made  `json:"made,omitempty"`
}

// moved is one document that was re-pointed.
type moved struct {
	Collection string  `json:"collection"`
	ID         string  `json:"id"`
	Rev        int64   `json:"rev"` // the revision that the merge made
	Paths      []spots `json:"paths"`
}

// spots is what stood under one path of a document.
type spots struct {
	Path  string `json:"path"`
	Spots []Spot `json:"spots"`
}

// gone is one document that the merge took away, whole.
type gone struct {
	Collection string `json:"collection"`
	Doc        string `json:"doc"`
	Left       int64  `json:"left,omitempty"` // the revision of what stays in its place; 0: nothing does
}

// made is one document that the merge added.
type made struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
}

// partSize is how many documents a part tells of.
const partSize = 1000

// RecordSorts maps what a list of merges may be sorted by to the declared field.
var RecordSorts = map[string]string{"createdAt": "createdAt"}

func declareRecords(db *store.DB) *store.Collection[Record] {
	return store.Declare(db, store.Spec[Record]{
		Name:    "merges",
		Fields:  []driver.Field{{Path: "survivorId"}, {Path: "loserId"}, {Path: "outcome"}, {Path: "createdAt"}},
		Indexes: [][]driver.Key{{{Path: "createdAt", Desc: true}}, {{Path: "loserId"}}, {{Path: "survivorId"}}, {{Path: "outcome"}}},
		Refs: []store.Ref{
			{Field: "survivorId", Collection: stakeholders, OnMerge: "keep", OnErase: "remove"},
			{Field: "loserId", Collection: stakeholders, OnMerge: "keep", OnErase: "remove"},
		},
		Audited: true,
	})
}

func declareParts(db *store.DB) *store.Collection[part] {
	return store.Declare(db, store.Spec[part]{
		Name:    "merge_parts",
		Fields:  []driver.Field{{Path: "mergeId"}},
		Indexes: [][]driver.Key{{{Path: "mergeId"}}},
		Refs:    []store.Ref{{Field: "mergeId", Collection: "merges", OnMerge: "keep", OnErase: "keep"}},
	})
}

// Merges gives a page of records; of names the one of somebody, or "" for all.
func (r *Repo) Merges(ctx context.Context, of string, q store.Query) (store.Page[Record], error) {
	if of != "" {
		q.Where = filter.Or{filter.Eq{Field: "survivorId", Value: of}, filter.Eq{Field: "loserId", Value: of}}
	}
	return r.records.Page(ctx, q)
}

// Get gives one record.
func (r *Repo) Get(ctx context.Context, id string) (*Record, error) { return r.records.Get(ctx, id) }

// Forget removes every record of a merge that somebody had a part in, for an erasure: their data would live
// on in it. Those merges can no longer be undone. What the journal says of the one that went is in the journal again, without
// its values; why is the reason that stands there. It gives how many merges there were.
func (r *Repo) Forget(ctx context.Context, stakeholderID, why string) (n int, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		where := filter.Or{filter.Eq{Field: "survivorId", Value: stakeholderID}, filter.Eq{Field: "loserId", Value: stakeholderID}}
		list, err := r.records.Find(ctx, where, nil, 0)
		n = len(list)
		if err != nil {
			return err
		}
		for _, rec := range list {
			parts, err := r.parts.Find(ctx, filter.Eq{Field: "mergeId", Value: rec.ID}, nil, 0)
			if err != nil {
				return err
			}
			for _, p := range parts {
				if err := r.parts.Delete(ctx, p.ID); err != nil {
					return err
				}
			}
			if err := r.journal.PutBack(ctx, rec.ID); err != nil {
				return err
			}
			if _, err := r.journal.Erase(ctx, stakeholders, rec.LoserID, why); err != nil {
				return err
			}
			if err := r.records.Delete(ctx, rec.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// notes gathers what a merge changes, and writes it in parts.
type notes struct {
	moved []moved
	gone  []gone
	made  []made
}

// save writes the parts of a merge, inside its Tx.
func (r *Repo) save(ctx context.Context, mergeID string, n *notes) error {
	for n != nil && len(n.moved)+len(n.gone)+len(n.made) > 0 {
		p := &part{MergeID: mergeID}
		p.Moved, n.moved = cutAt(n.moved)
		p.Gone, n.gone = cutAt(n.gone)
		p.Made, n.made = cutAt(n.made)
		if err := r.parts.Create(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func cutAt[T any](list []T) (head, rest []T) {
	n := min(len(list), partSize)
	return list[:n], list[n:]
}
