package audit

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// checkRange checks that the entries in the range of s are those that s lists.
func (v *verifier) checkRange(ctx context.Context, s *Seal) error {
	items := s.Items
	for from := s.From; ; {
		list, err := v.j.entries.Find(ctx, between(from, s.To), []driver.Key{{Path: "id"}}, batch)
		if isUnreadable(err) {
			return v.checkOneByOne(ctx, s, items)
		}
		if err != nil {
			return err
		}
		for _, e := range list {
			for len(items) > 0 && items[0].Entry < e.ID {
				v.missing(s, items[0])
				items = items[1:]
			}
			listed := len(items) > 0 && items[0].Entry == e.ID
			if err := v.checkListed(ctx, s, e, listed, items); err != nil {
				return err
			}
			if listed {
				items = items[1:]
			}
			from = e.ID
		}
		if len(list) < batch {
			break
		}
	}
	for _, it := range items {
		v.missing(s, it)
	}
	return nil
}

// checkListed checks an entry in the range of s; where s lists it, it is the first of items.
func (v *verifier) checkListed(ctx context.Context, s *Seal, e *Entry, listed bool, items []Item) error {
	if !listed {
		if len(v.unlisted) < maxUnlisted {
			v.unlisted[e.ID] = true
		}
		return nil
	}
	if !same(e.Mac, items[0].Mac) {
		v.report.add(Changed, s.Seq, e.ID, "Entry %s (%s) is not the one that seal %d lists.", e.ID, describe(e), s.Seq)
	}
	return v.checkEntry(ctx, s, e)
}

// checkStragglers checks the entries that s lists out of order.
func (v *verifier) checkStragglers(ctx context.Context, s *Seal) error {
	return v.checkOneByOne(ctx, s, s.Items)
}

// checkOneByOne checks entries that s lists, each by its id: one that cannot be read does not keep the others
// from being looked at.
func (v *verifier) checkOneByOne(ctx context.Context, s *Seal, items []Item) error {
	for _, it := range items {
		e, err := v.j.entries.Get(ctx, it.Entry)
		if fault.Is(err, fault.NotFound) {
			v.missing(s, it)
			continue
		}
		if isUnreadable(err) {
			v.report.add(Changed, s.Seq, it.Entry, "Entry %s, sealed on %s by seal %d, can no longer be read: it was changed.", it.Entry, moment(s.At), s.Seq)
			continue
		}
		if err != nil {
			return err
		}
		delete(v.unlisted, e.ID)
		if err := v.checkListed(ctx, s, e, true, []Item{it}); err != nil {
			return err
		}
	}
	return nil
}

// isUnreadable reports whether what the store holds is no entry any more, as opposed to a store that does not
// answer.
func isUnreadable(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind)
}

func (v *verifier) missing(s *Seal, it Item) {
	v.report.add(Missing, s.Seq, it.Entry, "Entry %s is missing; it was sealed on %s by seal %d.", it.Entry, moment(s.At), s.Seq)
}

// checkEntry checks one entry against itself, the key, and the erasure that took its values, if any. s
// is nil for one that waits for its seal.
func (v *verifier) checkEntry(ctx context.Context, s *Seal, e *Entry) error {
	var seq int64
	if s != nil {
		seq = s.Seq
		if later(e.At, s.At, sealWithin) {
			v.late++
		}
		if e.What == Accepted && len(v.accepted) < maxFindings {
			v.accepted = append(v.accepted, e)
		}
	}
	whole, err := v.j.whole(ctx, e)
	if err != nil {
		return err
	}
	if whole == nil {
		v.report.add(Changed, seq, e.ID, "Entry %s (%s): what it says is gone, and the merge %s does not have it.", e.ID, describe(e), e.AsideBy)
		return nil
	}
	e = whole
	if !same(e.Mac, v.j.entryMac(e)) {
		v.report.add(Changed, seq, e.ID, "Entry %s (%s) is not as Piper wrote it: who, when, what or the record was changed, "+
			"or Piper did not write it.", e.ID, describe(e))
		return nil
	}
	if e.ErasedBy == "" {
		if !same(e.Commitment, commitment(e)) {
			v.report.add(Changed, seq, e.ID, "Entry %s (%s): the old or new values were changed.", e.ID, describe(e))
		}
		return nil
	}
	if v.erased == nil || v.erased.ID != e.ErasedBy {
		by, err := v.j.entries.Get(ctx, e.ErasedBy)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if by != nil {
			if by, err = v.j.whole(ctx, by); err != nil {
				return err
			}
		}
		v.erased = by
	}
	if !erases(v.erased, e) || !same(v.erased.Mac, v.j.entryMac(v.erased)) {
		v.report.add(Changed, seq, e.ID, "Entry %s (%s): its values are gone, and no erasure says so.", e.ID, describe(e))
	}
	return nil
}

// checkTail compares the end of the chain with the head file.
func (v *verifier) checkTail(context.Context) error {
	if v.head.Seq > v.last.Seq {
		v.report.add(CutOff, v.last.Seq+1, "", "The end was cut off: seals %d to %d were made, but the journal ends at seal %d of %s.",
			v.last.Seq+1, v.head.Seq, v.last.Seq, moment(v.last.At))
	}
	return nil
}

// checkUnlisted looks at the entries that stand among sealed ones and that no seal lists: stragglers
// that are still to be found, or entries that somebody slipped in.
func (v *verifier) checkUnlisted(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(v.unlisted)) {
		e, err := v.j.entries.Get(ctx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := v.checkUnsealed(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// checkWaiting looks at the entries after the end of the chain.
func (v *verifier) checkWaiting(ctx context.Context) error {
	where := filter.Compare{Field: "id", Op: filter.Gt, Value: v.last.To}
	return v.j.entries.Each(ctx, where, func(e *Entry) error { return v.checkUnsealed(ctx, e) })
}

func (v *verifier) checkUnsealed(ctx context.Context, e *Entry) error {
	v.report.Waiting++
	if later(e.At, v.j.db.Now(), sealWithin) {
		v.report.add(Unsealed, 0, e.ID, "Entry %s (%s) has had no seal for more than %d minutes: the sealer does not run, the seal was "+
			"taken away, or the entry was slipped in.", e.ID, describe(e), int(sealWithin.Minutes()))
	}
	return v.checkEntry(ctx, nil, e)
}
