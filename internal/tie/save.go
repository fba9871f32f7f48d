package tie

import (
	"context"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/store"
)

// Pair is a stakeholder and one of us.
type Pair struct{ StakeholderID, AccountID string }

// Ledger is all contacts, by pair.
type Ledger map[Pair][]Contact

// Saved says what a night has changed.
type Saved struct{ Created, Updated, Removed, Unchanged int }

// perTx is how many pairs one transaction writes.
const perTx = 200

// Save measures every pair on a day and keeps the ties of those who know each other or once did. A tie and
// its detail are written together, and pair by pair, so that a run that breaks off leaves the rest as it
// was the night before, and the next one goes on. Twice is once: nothing is written that is as before.
func (r *Repo) Save(ctx context.Context, ledger Ledger, today int, done func(n int)) (Saved, error) {
	var s Saved
	old, err := r.existing(ctx)
	if err != nil {
		return s, err
	}
	pairs := make([]Pair, 0, len(ledger))
	for p := range ledger {
		pairs = append(pairs, p)
	}
	for p := range old {
		if _, ok := ledger[p]; !ok {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		if c := strings.Compare(a.StakeholderID, b.StakeholderID); c != 0 {
			return c
		}
		return strings.Compare(a.AccountID, b.AccountID)
	})
	for part := range slices.Chunk(pairs, perTx) {
		var step Saved
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			step = Saved{}
			for _, p := range part {
				if err := r.savePair(ctx, p, ledger[p], old[p], today, &step); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return s, err
		}
		s.Created, s.Updated = s.Created+step.Created, s.Updated+step.Updated
		s.Removed, s.Unchanged = s.Removed+step.Removed, s.Unchanged+step.Unchanged
		done(len(part))
	}
	return s, nil
}

// existing gives the ids of the ties of every pair; after a merge there may be several.
func (r *Repo) existing(ctx context.Context) (map[Pair][]string, error) {
	old := map[Pair][]string{}
	err := r.ties.Each(ctx, nil, func(t *Tie) error {
		p := Pair{t.StakeholderID, t.AccountID}
		old[p] = append(old[p], t.ID)
		return nil
	})
	return old, err
}

func (r *Repo) savePair(ctx context.Context, p Pair, contacts []Contact, old []string, today int, s *Saved) error {
	t, d := measure(p, contacts, today)
	if t == nil {
		s.Removed += len(old)
		return r.remove(ctx, old)
	}
	if len(old) == 0 {
		s.Created++
		if err := r.ties.Create(ctx, t); err != nil {
			return err
		}
		d.ID = t.ID
		return r.details.Create(ctx, d)
	}
	s.Removed += len(old) - 1
	if err := r.remove(ctx, old[1:]); err != nil {
		return err
	}
	var before int64
	after, err := r.ties.Update(ctx, old[0], func(o *Tie) error { before = o.Rev; t.Meta, *o = o.Meta, *t; return nil })
	if err != nil {
		return err
	}
	changed := after.Rev != before
	detail, err := r.details.Update(ctx, old[0], func(o *Detail) error { before = o.Rev; d.Meta, *o = o.Meta, *d; return nil })
	if err != nil {
		return err
	}
	if changed || detail.Rev != before {
		s.Updated++
	} else {
		s.Unchanged++
	}
	return nil
}

func (r *Repo) remove(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := r.ties.Delete(ctx, id); err != nil {
			return err
		}
		if err := r.details.Delete(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// measure gives a pair's tie and what it rests on; nil where they never knew each other.
func measure(p Pair, contacts []Contact, today int) (*Tie, *Detail) {
	m := Measure(contacts, today)
	if p.StakeholderID == "" || !m.Peak.Knows() {
		return nil, nil
	}
	open := partsOf(contacts, today, func(c Contact) bool { return !c.Private && c.Kind != Sent && c.Kind != Received })
	all := partsOf(contacts, today, func(Contact) bool { return true })
	seen := []string{access.OwnerToken(p.AccountID)}
	if !slices.ContainsFunc(contacts, func(c Contact) bool { return c.Private }) {
		seen = append(seen, access.TeamToken)
	}
	return &Tie{StakeholderID: p.StakeholderID, AccountID: p.AccountID, Band: m.Band, Peak: m.Peak, ColdSince: m.ColdSince, Reasons: open.Reasons(today)},
		&Detail{StakeholderID: p.StakeholderID, AccountID: p.AccountID, Score: m.Score, Parts: all, Reasons: all.Reasons(today), Seen: seen}
}

// Today gives the number of the day at the store's clock.
func (r *Repo) Today() int { return DayOf(store.At(r.db.Clock())) }

// LookBack gives the first moment that still counts on a day.
func LookBack(today int) store.Instant { return store.At(epoch.AddDate(0, 0, today-lookBack)) }
