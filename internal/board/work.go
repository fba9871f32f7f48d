package board

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/work"
)

// steps is in how many steps a pack is made.
const steps = 3

// maxTries is how often a pack is begun before it is given up, so that one that ends the process does not do so for ever.
const maxTries = 3

var due = filter.In{Field: "state", Values: []any{string(Waiting), string(Making)}}

// Waiting reports whether a pack is to be made.
func (r *Repo) Waiting(ctx context.Context) (bool, error) {
	n, err := r.packs.Count(ctx, due)
	return n > 0, err
}

// Work makes the packs that were asked for. What was broken off is made anew: a pack becomes visible whole, in one write.
func (r *Repo) Work(ctx context.Context, p work.Progress) error {
	return work.All(ctx, r.packs, due, func(ctx context.Context, one *BoardPack) error {
		return r.one(access.OnBehalf(ctx, one.ByID, one.By), one, p)
	})
}

// one makes a pack. An error is one of the work as a whole, not of the pack.
func (r *Repo) one(ctx context.Context, p *BoardPack, said work.Progress) error {
	err := r.make(ctx, p)
	switch {
	case err == nil:
		said.Count("made", 1)
		said.Say("Made the pack “" + p.Title + "”.")
		return nil
	case fault.Is(err, fault.NotFound) || fault.Is(err, fault.Stale):
		return nil // somebody was quicker
	case errors.Is(err, errDamaged):
		said.Say(fault.Reason(err)) // the record of the run has it too, as somebody has been at the store
		return r.end(ctx, p.ID, Failed, fault.Reason(err))
	}
	return work.End(ctx, err, func(ctx context.Context, stopped bool, message string) error {
		if stopped {
			return r.end(ctx, p.ID, Stopped, message)
		}
		return r.end(ctx, p.ID, Failed, message)
	})
}

func (r *Repo) end(ctx context.Context, id string, s State, message string) error {
	_, err := r.packs.Update(ctx, id, func(p *BoardPack) error {
		if p.State == Making {
			p.State, p.Message, p.Phase, p.Stop = s, message, "", false
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// step notes what is being done, and ends the work where somebody has asked for that.
func (r *Repo) step(ctx context.Context, id string, n int, phase string) error {
	now, err := r.packs.Update(ctx, id, func(p *BoardPack) error {
		if p.State != Waiting && p.State != Making {
			return work.ErrStop
		}
		if n == 1 {
			if p.Tries++; p.Tries > maxTries {
				return nil
			}
		}
		p.State, p.Step, p.Phase = Making, n, phase
		return nil
	})
	switch {
	case err != nil:
		return err
	case now.Stop:
		return work.ErrStop
	case now.Tries > maxTries:
		return fault.New(fault.Unavailable, "Making it was begun %d times and never ended.", maxTries)
	}
	return nil
}

func (r *Repo) make(ctx context.Context, p *BoardPack) error {
	if err := r.step(ctx, p.ID, 1, "reading the books"); err != nil {
		return err
	}
	p.MadeAt = r.db.Now()
	var content []byte
	err := r.db.Tx(ctx, func(ctx context.Context) error { // so that all figures are of one moment
		before, err := r.before(ctx, p)
		if err != nil {
			return err
		}
		var old []byte
		p.BeforeID = ""
		if before != nil {
			p.BeforeID = before.ID
			if old, err = r.Content(ctx, before); err != nil {
				return named(err, before)
			}
		}
		content, p.AsOf, err = r.Maker.Gather(ctx, p, old)
		return err
	})
	if err != nil {
		return err
	}
	if err := r.step(ctx, p.ID, 2, "setting the pages"); err != nil {
		return err
	}
	file, err := r.Maker.Set(content)
	if err != nil {
		return err
	}
	if err := r.step(ctx, p.ID, 3, "keeping it"); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.packs.Update(ctx, p.ID, func(now *BoardPack) error {
			if now.State != Making || now.Stop {
				return work.ErrStop
			}
			now.State, now.Phase, now.MadeAt, now.AsOf, now.BeforeID = Done, "", p.MadeAt, p.AsOf, p.BeforeID
			now.ContentHash, now.FileHash, now.FileSize = digest(content), digest(file), len(file)
			return nil
		})
		if err != nil {
			return err
		}
		k := &kept{Content: content, File: file}
		k.ID = p.ID
		return r.kept.Create(ctx, k)
	})
}

// named says of a fault which pack is damaged, as every later one of its kind is held against it and fails until it is gone.
func named(err error, before *BoardPack) error {
	if !errors.Is(err, errDamaged) {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "The pack before, “%s”, is not what was made, so nothing can be held against it. An administrator can remove it.", before.Title)
}

// before gives the newest pack whose figures are counted in the same way, nil for none.
func (r *Repo) before(ctx context.Context, p *BoardPack) (*BoardPack, error) {
	one, err := r.packs.First(ctx, Search{State: string(Done), Basis: p.Basis, View: p.View}.where(), driver.Key{Path: "madeAt", Desc: true}, driver.Key{Path: "id", Desc: true})
	if fault.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // no pack before is no fault
	}
	return one, err
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Rewritten counts what Rewrite has changed, or would.
type Rewritten struct{ Packs int }

// Rewrite is the one way in which a pack that is done changes: change takes the name of an erased person out of its
// figures, and gives whether there was one. The document is set anew of that, and the pack says when. dry counts and
// changes nothing. It is safe to run again.
func (r *Repo) Rewrite(ctx context.Context, change func(content []byte) ([]byte, bool, error), dry bool) (out Rewritten, err error) {
	var ids []string
	err = r.kept.Each(ctx, nil, func(k *kept) error {
		_, there, err := change(k.Content)
		if there {
			ids = append(ids, k.ID)
		}
		return err
	})
	if err != nil || dry {
		return Rewritten{len(ids)}, err
	}
	for _, id := range ids {
		if err := r.rewrite(audit.Bulk(ctx, "erasure of a person"), id, change); err != nil {
			return out, err
		}
		out.Packs++
	}
	return out, nil
}

func (r *Repo) rewrite(ctx context.Context, id string, change func([]byte) ([]byte, bool, error)) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		k, err := r.kept.Update(ctx, id, func(k *kept) (err error) {
			if k.Content, _, err = change(k.Content); err != nil {
				return err
			}
			k.File, err = r.Maker.Set(k.Content)
			return err
		})
		if err != nil {
			return err
		}
		_, err = r.packs.Update(ctx, id, func(p *BoardPack) error {
			p.ContentHash, p.FileHash, p.FileSize, p.RewrittenAt = digest(k.Content), digest(k.File), len(k.File), r.db.Now()
			return nil
		})
		return err
	})
}

// leftFor is how long a pack that came to nothing, or an embed that has run out, stays in its list.
const leftFor = 7 * 24 * time.Hour

// Sweep removes packs that came to nothing, and embeds that nobody can use any more.
func (r *Repo) Sweep(ctx context.Context) (int, error) {
	before := store.At(r.db.Clock().Add(-leftFor))
	ended, err := r.packs.Find(ctx, filter.And{filter.In{Field: "state", Values: []any{string(Failed), string(Stopped)}},
		filter.Compare{Field: "updatedAt", Op: filter.Lt, Value: string(before)}}, nil, 0)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range ended {
		if err := r.Remove(ctx, p.ID, p.Rev); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.NotFound) {
			return n, err
		}
		n++
	}
	more, err := r.sweepEmbeds(ctx, before)
	return n + more, err
}
