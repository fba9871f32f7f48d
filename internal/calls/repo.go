package calls

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Repo is where calls and their sources are kept.
type Repo struct {
	db        *store.DB
	calls     *store.Collection[Call]
	sightings *store.Collection[sighting]
	payloads  *store.Collection[payload]
	sources   *store.Collection[Source]
	statuses  *store.Collection[Status]
}

// sighting is when a source last listed a call, under the call's id. It is apart from the call so that
// a run that finds nothing new writes small documents and leaves the calls' revisions alone.
type sighting struct {
	store.Meta
	Hash   string        `json:"hash"` // of the payload
	SeenAt store.Instant `json:"seenAt"`
}

// payload is the source's own bytes of a call, under the call's id: to read again what the parser may
// have missed.
type payload struct {
	store.Meta
	Rows []string `json:"rows"`
}

// NewRepo declares the collections of calls and sources.
func NewRepo(db *store.DB) *Repo {
	scalar := func(paths ...string) []driver.Field {
		fields := make([]driver.Field, len(paths))
		for i, path := range paths {
			fields[i] = driver.Field{Path: path, Kind: driver.String}
		}
		return fields
	}
	return &Repo{
		db: db,
		calls: store.Declare(db, store.Spec[Call]{
			Name: "calls",
			Fields: append(scalar("sourceId", "reference", "programme", "kind", "opens", "closesAt", "nextDeadline", "firstSeenAt", "changedAt",
				"sortTitle", "updatedAt", "budget.currency"), driver.Field{Path: "budget.total", Kind: driver.Int}, driver.Field{Path: "typeOfAction", Multi: true}),
			Unique: [][]string{{"sourceId", "reference"}},
			Indexes: [][]driver.Key{
				{{Path: "nextDeadline"}},
				{{Path: "closesAt"}},
				{{Path: "programme"}, {Path: "nextDeadline"}},
				{{Path: "changedAt"}},
				{{Path: "updatedAt"}},
				{{Path: "sortTitle"}},
				{{Path: "opens"}},
			},
			Words:   words,
			Audited: true,
		}),
		sightings: store.Declare(db, store.Spec[sighting]{Name: "call_sightings"}),
		payloads:  store.Declare(db, store.Spec[payload]{Name: "call_payloads"}),
		sources: store.Declare(db, store.Spec[Source]{
			Name:    "sources",
			Fields:  append(scalar("kind", "url", "name"), driver.Field{Path: "enabled", Kind: driver.Bool}),
			Unique:  [][]string{{"kind", "url"}},
			Audited: true,
		}),
		statuses: store.Declare(db, store.Spec[Status]{Name: "source_statuses"}),
	}
}

// Now is the store's clock, by which states are derived.
func (r *Repo) Now() store.Instant { return r.db.Now() }

// Page gives one page of the calls that match. q carries the words, sort, limit and cursor.
func (r *Repo) Page(ctx context.Context, s Search, q store.Query) (store.Page[Call], error) {
	now, cursor, err := unstamp(q.Cursor, r.db.Now())
	if err != nil {
		return store.Page[Call]{}, err
	}
	if q.Where, err = s.where(now); err != nil {
		return store.Page[Call]{}, err
	}
	q.Cursor = cursor
	page, err := r.calls.Page(ctx, q)
	page.Next = stamp(now, page.Next)
	return page, err
}

// Walk calls fn with the calls that match, page by page, in the order of q, all as of one moment.
func (r *Repo) Walk(ctx context.Context, s Search, q store.Query, fn func([]*Call) error) (err error) {
	if q.Where, err = s.where(r.db.Now()); err != nil {
		return err
	}
	return r.calls.Walk(ctx, q, fn)
}

// Seen is a call with when and as what its source last gave it.
type Seen struct {
	Call
	LastSeenAt store.Instant
	Hash       string
}

// Get gives one call, or NotFound.
func (r *Repo) Get(ctx context.Context, id string) (*Seen, error) {
	c, err := r.calls.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := r.sightings.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &Seen{Call: *c, LastSeenAt: s.SeenAt, Hash: s.Hash}, nil
}

// Titles gives the title of each id that exists.
func (r *Repo) Titles(ctx context.Context, ids []string) (map[string]string, error) {
	titles := make(map[string]string, len(ids))
	in := filter.In{Field: "id"}
	for _, id := range ids {
		in.Values = append(in.Values, id)
	}
	if len(ids) == 0 {
		return titles, nil
	}
	found, err := r.calls.Find(ctx, in, nil, 0)
	for _, c := range found {
		titles[c.ID] = c.Title
	}
	return titles, err
}

// Payload gives the source's own bytes of a call, one per language row, or NotFound.
func (r *Repo) Payload(ctx context.Context, id string) ([]string, error) {
	p, err := r.payloads.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return p.Rows, nil
}

// Restate moves NextDeadline on where days have passed over it, and tells in how many calls. State
// needs no such care: it is derived whenever it is asked for.
func (r *Repo) Restate(ctx context.Context) (int, error) {
	restated := 0
	for {
		n := 0
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			now := r.db.Now()
			behind, err := r.calls.Find(ctx, filter.And{
				filter.Compare{Field: "nextDeadline", Op: filter.Lt, Value: string(now.Day())},
				filter.Compare{Field: "closesAt", Op: filter.Gte, Value: string(now)},
			}, nil, batchSize)
			if err != nil {
				return err
			}
			n = len(behind)
			for _, c := range behind {
				c.settle(now)
			}
			if n == 0 {
				return nil
			}
			return r.calls.ReplaceMany(ctx, behind)
		})
		restated += n
		if err != nil || n == 0 {
			return restated, err
		}
	}
}

// batchSize is how many calls one transaction saves: few enough that other writers are not kept
// waiting, enough that ten thousand calls take seconds.
const batchSize = 200

// absent turns NotFound into nothing.
func absent(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
