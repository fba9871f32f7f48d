package calls

import (
	"context"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// Tally counts what saving records did. Every record is exactly one of Created, Changed, Updated and
// Unchanged.
type Tally struct {
	Created   int
	Changed   int // has a new entry in its log
	Updated   int // differs in something the log does not follow, say its keywords
	Unchanged int
	Moved     int // of the changed: a deadline moved, came or went
}

// Plus adds two tallies.
func (t Tally) Plus(u Tally) Tally {
	return Tally{t.Created + u.Created, t.Changed + u.Changed, t.Updated + u.Updated, t.Unchanged + u.Unchanged, t.Moved + u.Moved}
}

// Save brings records of a source, each of another reference, into the store: in batches that are each
// all or nothing, so that a run that ends early has saved whole calls and the next goes on from there.
func (r *Repo) Save(ctx context.Context, sourceID string, records []Record) (Tally, error) {
	var total Tally
	for start := 0; start < len(records); start += batchSize {
		batch := records[start:min(start+batchSize, len(records))]
		var tally Tally
		err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
			tally, err = r.saveBatch(ctx, sourceID, batch)
			return err
		})
		if err != nil {
			return total, err
		}
		total = total.Plus(tally)
	}
	return total, nil
}

func (r *Repo) saveBatch(ctx context.Context, sourceID string, batch []Record) (tally Tally, err error) {
	now := r.db.Now()
	known, seen, err := r.stored(ctx, sourceID, batch)
	if err != nil {
		return tally, err
	}
	var w writes
	for _, rec := range batch {
		c, ok := known[rec.Call.Reference]
		if !ok {
			c = &Call{}
			*c = rec.Call
			c.ID, c.SourceID, c.FirstSeenAt, c.ChangedAt = store.NewID(), sourceID, now, now
			c.settle(now)
			w.create(c, rec, now)
			tally.Created++
			continue
		}
		s := seen[c.ID]
		sameRows := s.Hash == rec.Hash
		changed, touched := apply(c, rec.Call, sameRows, now)
		switch {
		case len(changed) > 0:
			tally.Changed++
		case touched:
			tally.Updated++
		default:
			tally.Unchanged++
		}
		for _, ch := range changed {
			if ch.Field == DeadlinesField {
				tally.Moved++
			}
		}
		if touched {
			w.calls = append(w.calls, c)
		}
		if s.SeenAt != now || !sameRows {
			s.SeenAt, s.Hash = now, rec.Hash
			w.sightings = append(w.sightings, s)
		}
		if !sameRows {
			w.rows = append(w.rows, payloadOf(c.ID, rec))
		}
	}
	return tally, r.write(ctx, &w)
}

// stored gives the calls that the store holds of a batch, by reference, and their sightings, by id.
func (r *Repo) stored(ctx context.Context, sourceID string, batch []Record) (map[string]*Call, map[string]*sighting, error) {
	references := make([]any, len(batch))
	for i, rec := range batch {
		references[i] = rec.Call.Reference
	}
	list, err := r.calls.Find(ctx, filter.And{
		filter.Eq{Field: "sourceId", Value: sourceID},
		filter.In{Field: "reference", Values: references},
	}, nil, len(batch))
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	known := make(map[string]*Call, len(list))
	ids := make([]any, len(list))
	for i, c := range list {
		known[c.Reference], ids[i] = c, c.ID
	}
	sightings, err := r.sightings.Find(ctx, filter.In{Field: "id", Values: ids}, nil, len(ids))
	if err != nil {
		return nil, nil, err
	}
	seen := make(map[string]*sighting, len(sightings))
	for _, s := range sightings {
		seen[s.ID] = s
	}
	return known, seen, nil
}

// writes gathers what a batch has to write, so that each collection is written once.
type writes struct {
	newCalls     []*Call
	newSightings []*sighting
	newRows      []*payload
	calls        []*Call
	sightings    []*sighting
	rows         []*payload
}

func (w *writes) create(c *Call, rec Record, now store.Instant) {
	s := &sighting{Hash: rec.Hash, SeenAt: now}
	s.ID = c.ID
	w.newCalls = append(w.newCalls, c)
	w.newSightings = append(w.newSightings, s)
	w.newRows = append(w.newRows, payloadOf(c.ID, rec))
}

func payloadOf(id string, rec Record) *payload {
	p := &payload{Rows: rec.Rows}
	p.ID = id
	return p
}

func (r *Repo) write(ctx context.Context, w *writes) error {
	if len(w.newCalls) > 0 {
		if err := r.calls.CreateMany(ctx, w.newCalls); err != nil {
			return err
		}
		if err := r.sightings.CreateMany(ctx, w.newSightings); err != nil {
			return err
		}
		if err := r.payloads.CreateMany(ctx, w.newRows); err != nil {
			return err
		}
	}
	if len(w.calls) > 0 {
		if err := r.calls.ReplaceMany(ctx, w.calls); err != nil {
			return err
		}
	}
	if len(w.sightings) > 0 {
		if err := r.sightings.ReplaceMany(ctx, w.sightings); err != nil {
			return err
		}
	}
	for _, p := range w.rows {
		if _, err := r.payloads.Update(ctx, p.ID, func(old *payload) error { old.Rows = p.Rows; return nil }); err != nil {
			return err
		}
	}
	return nil
}
