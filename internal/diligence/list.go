package diligence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// stored is an entry as it is kept: of one version of the list.
type stored struct {
	store.Meta
	SanctionEntry
	Seq int64 `json:"seq"`
}

// gate says which version of the list counts. One write of it puts a whole list in the place of another, so nobody is
// ever held against half of one.
type gate struct {
	store.Meta
	Last int64    `json:"last"` // the last number given to a version
	Live int64    `json:"live"` // the version that counts; 0: there is none
	List ListInfo `json:"list"`

	ScreenedAt  store.Instant `json:"screenedAt,omitempty"`
	ScreenedSeq int64         `json:"screenedSeq,omitempty"`
	Screened    int           `json:"screened,omitempty"`
}

// ListInfo is what is known of a version of the list.
type ListInfo struct {
	Generated string        `json:"generated,omitempty" doc:"when the EU made it, as its file says"`
	FileID    string        `json:"fileId,omitempty" doc:"the EU's number of that file"`
	Entries   int           `json:"entries"`
	Names     int           `json:"names"`
	Digest    string        `json:"digest,omitempty" doc:"the same for lists that say the same"`
	ETag      string        `json:"etag,omitempty"`
	URL       string        `json:"url,omitempty"`
	LiveAt    store.Instant `json:"liveAt,omitempty" doc:"when it came in"`
	CheckedAt store.Instant `json:"checkedAt,omitempty" doc:"when it was last compared with the EU's"`
}

// ListState is the list as the screens show it.
type ListState struct {
	ListInfo
	ScreenedAt  store.Instant `json:"screenedAt,omitempty" doc:"when everybody was last held against a list"`
	Screened    int           `json:"screened" doc:"how many that were"`
	ScreenedOld bool          `json:"screenedOld" doc:"a newer list has come since"`
	Possible    int           `json:"possible" doc:"matches that nobody has judged"`
	Confirmed   int           `json:"confirmed"`
}

const (
	gateID     = "sanctions"
	sweepAfter = time.Hour // how long another version stays, for readers who are under way
	writeBatch = 500
)

func (r *Repo) gate(ctx context.Context) (*gate, error) {
	g, err := r.gates.Get(ctx, gateID)
	if fault.Is(err, fault.NotFound) {
		return &gate{}, nil
	}
	return g, err
}

func (r *Repo) moveGate(ctx context.Context, fn func(*gate) error) error {
	_, _, err := r.gates.Upsert(ctx, filter.Eq{Field: "id", Value: gateID}, func(g *gate, _ bool) error {
		g.ID = gateID
		return fn(g)
	})
	return err
}

// List gives what is known of the list that counts; the zero ListInfo where none has come yet.
func (r *Repo) List(ctx context.Context) (ListInfo, error) {
	g, err := r.gate(ctx)
	if err != nil {
		return ListInfo{}, err
	}
	return g.List, nil
}

// State gives the list with what came of it.
func (r *Repo) State(ctx context.Context) (s ListState, err error) {
	g, err := r.gate(ctx)
	if err != nil {
		return s, err
	}
	s = ListState{ListInfo: g.List, ScreenedAt: g.ScreenedAt, Screened: g.Screened, ScreenedOld: g.ScreenedSeq != g.Live}
	for state, n := range map[HitState]*int{PossibleHit: &s.Possible, ConfirmedHit: &s.Confirmed} {
		if *n, err = r.hits.Count(ctx, filter.And{filter.Eq{Field: "state", Value: string(state)}, filter.Eq{Field: "gone", Value: false}}); err != nil {
			return s, err
		}
	}
	return s, nil
}

// DigestOf is the same for two lists of entries that say the same, whatever order they are in. It takes their ids
// and hashes.
func DigestOf(hashes map[string]string) string {
	lines := make([]string, 0, len(hashes))
	for id, hash := range hashes {
		lines = append(lines, id+" "+hash)
	}
	slices.Sort(lines)
	sum := sha256.New()
	for _, l := range lines {
		_, _ = sum.Write([]byte(l + "\n")) // a hash never fails
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Checked notes that the list that counts is still the EU's.
func (r *Repo) Checked(ctx context.Context, info ListInfo) error {
	return r.moveGate(ctx, func(g *gate) error {
		g.List.CheckedAt = r.db.Now()
		g.List.ETag, g.List.URL = info.ETag, info.URL
		if info.Generated != "" {
			g.List.Generated, g.List.FileID = info.Generated, info.FileID
		}
		return nil
	})
}

// Bring takes a new version of the list in: each is called with what keeps an entry, and gives all of them. They are
// written beside the list that counts, and one write puts them in its place. Where each fails, or gives none, the old list
// stays. Killed on the way, it leaves entries that no reader sees and Sweep removes.
func (r *Repo) Bring(ctx context.Context, info ListInfo, each func(keep func(*SanctionEntry) error) error) error {
	seq := int64(0)
	if err := r.moveGate(ctx, func(g *gate) error { g.Last++; seq = g.Last; return nil }); err != nil {
		return err
	}
	batch, hashes := make([]*stored, 0, writeBatch), map[string]string{}
	info.Entries, info.Names = 0, 0
	flush := func() error {
		err := r.entries.CreateMany(ctx, batch)
		batch = make([]*stored, 0, writeBatch)
		return err
	}
	err := each(func(e *SanctionEntry) error {
		hashes[e.LogicalID] = e.Hash()
		info.Entries, info.Names = info.Entries+1, info.Names+len(e.Names)
		if batch = append(batch, &stored{SanctionEntry: *e, Seq: seq}); len(batch) == writeBatch {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return err
	}
	if info.Entries == 0 {
		return fault.New(fault.Invalid, "The list has no entry, so the old one stays.")
	}
	info.Digest, info.LiveAt, info.CheckedAt = DigestOf(hashes), r.db.Now(), r.db.Now()
	return r.moveGate(ctx, func(g *gate) error {
		if g.Last != seq {
			return fault.New(fault.Busy, "Another version of the list was begun meanwhile.")
		}
		g.Live, g.List = seq, info
		return nil
	})
}

// Sweep removes the entries of other versions than the one that counts. It may stop at any moment and go on the next
// time.
func (r *Repo) Sweep(ctx context.Context) (removed int, err error) {
	g, err := r.gate(ctx)
	if err != nil {
		return 0, err
	}
	if r.db.Clock().Sub(g.List.LiveAt.Time()) < sweepAfter {
		return 0, nil
	}
	old := filter.And{filter.Not{Expr: filter.Eq{Field: "seq", Value: g.Live}},
		filter.Compare{Field: "createdAt", Op: filter.Lt, Value: string(store.At(r.db.Clock().Add(-sweepAfter)))}}
	for {
		part, err := r.entries.Find(ctx, old, nil, writeBatch)
		if err != nil || len(part) == 0 {
			return removed, err
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, e := range part {
				if err := r.entries.Delete(ctx, e.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += len(part)
	}
}

// lookup gives the index of the list that counts, nil where there is none. It is made once for a version and kept.
func (r *Repo) lookup(ctx context.Context) (*Index, *gate, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	g, err := r.gate(ctx)
	if err != nil || g.Live == 0 {
		return nil, g, err
	}
	if r.index != nil && r.seq == g.Live {
		return r.index, g, nil
	}
	list := make([]*SanctionEntry, 0, g.List.Entries)
	err = r.entries.Each(ctx, filter.Eq{Field: "seq", Value: g.Live}, func(e *stored) error {
		list = append(list, &e.SanctionEntry)
		return nil
	})
	if err != nil {
		return nil, g, err
	}
	slices.SortFunc(list, func(a, b *SanctionEntry) int { return strings.Compare(a.LogicalID, b.LogicalID) })
	r.index, r.seq = NewIndex(list), g.Live
	return r.index, g, nil
}
