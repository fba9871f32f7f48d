package diligence

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Tally is what a screening of everybody came to.
type Tally struct {
	Screened  int
	Created   int // possible matches that are new
	Reopened  int // dismissed ones whose entry has changed
	Gone      int // that are on the list no more
	Unchanged int
}

// ScreenAll holds everyone whose money may be taken, and everyone who has a case, against the list, and notes on each how
// their cases stand, where that is noted otherwise. Twice does no more than once; killed on the way, the next time goes over
// all of them again. done, which may be nil, is told of progress.
func (r *Repo) ScreenAll(ctx context.Context, done func(n, of int)) (t Tally, err error) {
	index, g, err := r.lookup(ctx)
	if err != nil {
		return t, err
	}
	who, err := r.everybody(ctx)
	if err != nil {
		return t, err
	}
	if err := r.followAll(ctx, idsOf(who)); err != nil || index == nil {
		return t, err
	}
	begun := g.Live // those who come first are held against this one, whatever comes in on the way
	bulk := audit.Bulk(ctx, "screening against the sanctions list")
	for part := range slices.Chunk(who, chunk) {
		if err := ctx.Err(); err != nil {
			return t, err
		}
		err := r.screen(bulk, index, g, part, &t)
		if fault.Is(err, fault.Stale) {
			if index, g, err = r.lookup(ctx); err == nil {
				err = r.screen(bulk, index, g, part, &t)
			}
		}
		if err != nil {
			return t, err
		}
		if done != nil {
			done(len(part), len(who))
		}
	}
	return t, r.moveGate(ctx, func(now *gate) error {
		now.ScreenedAt, now.ScreenedSeq, now.Screened = r.db.Now(), begun, len(who)
		return nil
	})
}

// everybody gives who is screened, each once, in order of id.
func (r *Repo) everybody(ctx context.Context) ([]Subject, error) {
	who, err := r.donors.ToScreen(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, s := range who {
		known[s.ID] = true
	}
	var more []string
	err = r.cases.Each(ctx, nil, func(c *Case) error {
		if !known[c.StakeholderID] {
			known[c.StakeholderID] = true
			more = append(more, c.StakeholderID)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	others, err := r.donors.Subjects(ctx, more)
	who = append(who, others...)
	slices.SortFunc(who, func(a, b Subject) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(who, func(a, b Subject) bool { return a.ID == b.ID }), err
}

// ScreenOne holds one stakeholder against the list now, and says what came of it.
func (r *Repo) ScreenOne(ctx context.Context, id string) (Screened, error) {
	index, g, err := r.lookup(ctx)
	if err != nil {
		return Screened{}, err
	}
	if index != nil {
		who, err := r.donors.Subjects(ctx, []string{id})
		if err != nil {
			return Screened{}, err
		}
		if err := r.screen(ctx, index, g, who, &Tally{}); err != nil {
			return Screened{}, err
		}
	}
	of, err := r.screened(ctx, []string{id})
	return of[id], err
}

// errNewList is the answer where a list has come in since one was looked into.
var errNewList = fault.New(fault.Stale, "A new sanctions list has come in just now. Please try again.")

// screen compares outside the transaction, which takes time, and writes inside it what has changed. Another list by then is
// errNewList, and nothing is written. Who is no longer there, erased or merged, is left alone; who has another name is
// compared again.
func (r *Repo) screen(ctx context.Context, index *Index, g *gate, who []Subject, t *Tally) error {
	ids, matches := idsOf(who), make(map[string][]Match, len(who))
	before := make(map[string]Subject, len(who))
	for _, s := range who {
		before[s.ID], matches[s.ID] = s, index.Screen(s)
	}
	var tally Tally
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		tally = *t // a transaction may run again
		live, err := r.gate(ctx)
		if err != nil {
			return err
		}
		if live.Live != g.Live {
			return errNewList
		}
		now, err := r.donors.Subjects(ctx, ids)
		if err != nil {
			return err
		}
		hits, err := r.hitsOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, s := range now {
			found := matches[s.ID]
			if !reflect.DeepEqual(s, before[s.ID]) {
				found = index.Screen(s)
			}
			if err := r.settle(ctx, index, s.ID, found, hits[s.ID], &tally); err != nil {
				return err
			}
		}
		tally.Screened += len(now)
		return r.noteLooks(ctx, g, now)
	})
	if err == nil {
		*t = tally
	}
	return err
}

// settle brings the hits of one stakeholder up to date.
func (r *Repo) settle(ctx context.Context, index *Index, id string, matches []Match, known []*Hit, t *Tally) error {
	left := map[string]*Hit{}
	for _, h := range known {
		left[h.EntryID] = h
	}
	for _, m := range matches {
		old := left[m.Entry.LogicalID]
		delete(left, m.Entry.LogicalID)
		if old == nil {
			h := &Hit{StakeholderID: id, EntryID: m.Entry.LogicalID, State: PossibleHit}
			h.found(m)
			if err := r.hits.Create(ctx, h); err != nil {
				return err
			}
			t.Created++
			continue
		}
		now, err := r.hits.Update(ctx, old.ID, func(h *Hit) error { h.found(m); return nil })
		if err != nil {
			return err
		}
		switch {
		case now.State != old.State:
			t.Reopened++
		case now.Rev == old.Rev:
			t.Unchanged++
		}
	}
	for _, h := range left {
		if err := r.unmatched(ctx, index, h, t); err != nil {
			return err
		}
	}
	return nil
}

// unmatched does what follows for a hit whose entry no name of ours is like any more. Who was confirmed to be on the list is
// on it under whatever name they go by with us: only an entry that has left the list clears them.
func (r *Repo) unmatched(ctx context.Context, index *Index, h *Hit, t *Tally) error {
	if h.State == PossibleHit {
		t.Gone++
		return r.hits.Delete(ctx, h.ID)
	}
	entry, hash := index.entry(h.EntryID)
	now, err := r.hits.Update(ctx, h.ID, func(h *Hit) error {
		h.Gone = h.State == DismissedHit || entry == nil
		if !h.Gone {
			h.Entry, h.EntryHash = *entry, hash
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case now.Gone && !h.Gone:
		t.Gone++
	case now.Rev == h.Rev:
		t.Unchanged++
	}
	return nil
}

// noteLooks writes down who was held against which list, where that has changed.
func (r *Repo) noteLooks(ctx context.Context, g *gate, who []Subject) error {
	of, err := r.looksOf(ctx, idsOf(who))
	if err != nil {
		return err
	}
	var fresh, changed []*look
	for _, s := range who {
		l := of[s.ID]
		switch {
		case l == nil:
			l = &look{StakeholderID: s.ID}
			fresh = append(fresh, l)
		case l.Seq == g.Live && slices.Equal(l.Names, s.Names):
			continue
		default:
			changed = append(changed, l)
		}
		l.At, l.Seq, l.List, l.Names = r.db.Now(), g.Live, g.List.Generated, s.Names
	}
	if err := r.looks.CreateMany(ctx, fresh); err != nil {
		return err
	}
	return r.looks.ReplaceMany(ctx, changed)
}

func (r *Repo) looksOf(ctx context.Context, ids []string) (map[string]*look, error) {
	of := map[string]*look{}
	for part := range slices.Chunk(ids, chunk) {
		list, err := r.looks.Find(ctx, filter.In{Field: "stakeholderId", Values: anys(part)}, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			of[l.StakeholderID] = l
		}
	}
	return of, nil
}

// screened gives what the last look at each of some stakeholders came to, and what people have said of it since.
func (r *Repo) screened(ctx context.Context, ids []string) (map[string]Screened, error) {
	looks, err := r.looksOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	hits, err := r.hitsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	of := make(map[string]Screened, len(ids))
	for _, id := range ids {
		var s Screened
		if l := looks[id]; l != nil {
			s.At, s.List, s.Names = l.At, l.List, l.Names
		}
		for _, h := range hits[id] {
			switch {
			case h.Gone:
			case h.State == PossibleHit:
				s.Possible++
			case h.State == DismissedHit:
				s.Dismissed++
			default:
				s.Confirmed++
			}
		}
		of[id] = s
	}
	return of, nil
}

func idsOf(who []Subject) []string {
	ids := make([]string, len(who))
	for i, s := range who {
		ids[i] = s.ID
	}
	return ids
}

// subject gives one of ours, a fault on the field where there is none.
func (r *Repo) subject(ctx context.Context, id string) (Subject, error) {
	who, err := r.donors.Subjects(ctx, []string{id})
	if err != nil {
		return Subject{}, err
	}
	if len(who) == 0 {
		return Subject{}, fault.Field("stakeholderId", "There is no such stakeholder.")
	}
	return who[0], nil
}
