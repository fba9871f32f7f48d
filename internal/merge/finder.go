package merge

import (
	"context"
	"slices"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Found counts what a search for duplicates came to.
type Found struct {
	Records  int // that were compared
	Compared int // pairs with a key in common
	Crowded  int // keys that too many records share
	Created  int
	Changed  int // pairs whose score or reasons are others now
	Removed  int // pairs that are no longer alike, or have lost one of the two
	Late     int // references to somebody who was merged away, which came in while that was done
}

// writeBatch is how many pairs one transaction of a search writes.
const writeBatch = 500

// FindDuplicates compares all stakeholders and brings the pairs up to date: new ones are added, those whose
// records have changed are weighed anew, open ones that are no longer alike go. What people have decided
// stays. It writes in short transactions and may be broken off and begun again anywhere. progress is told
// how many of how many records are done.
func (r *Repo) FindDuplicates(ctx context.Context, progress func(done, total int)) (Found, error) {
	var out Found
	late, err := r.repointLate(ctx)
	out.Late = late
	if err != nil {
		return out, err
	}
	var profiles []Profile
	if err := r.stakeholders.Profiles(ctx, func(p Profile) error {
		profiles = append(profiles, p)
		return nil
	}); err != nil {
		return out, err
	}
	out.Records = len(profiles)
	progress(0, len(profiles))
	found, err := Pairs(ctx, profiles)
	if err != nil {
		return out, err
	}
	out.Compared, out.Crowded = found.Compared, found.Crowded
	progress(len(profiles)*9/10, len(profiles))
	return out, r.keep(ctx, found.Pairs, &out)
}

// keep brings the stored pairs up to date with those that were found.
func (r *Repo) keep(ctx context.Context, pairs []Pair, out *Found) error {
	ctx = audit.Bulk(ctx, "search for duplicates")
	wanted := make(map[[2]string]Pair, len(pairs))
	for _, p := range pairs {
		wanted[[2]string{p.A, p.B}] = p
	}
	var change, gone []*Suspect
	err := r.suspects.Each(ctx, nil, func(s *Suspect) error {
		key := [2]string{s.A, s.B}
		p, alike := wanted[key]
		delete(wanted, key)
		switch {
		case alike && s.Score == p.Score && slices.Equal(s.Reasons, p.Reasons):
		case alike:
			s.Score, s.Reasons, s.Kind = p.Score, p.Reasons, p.Kind
			change = append(change, s)
		case s.State == Open || s.A == "" || s.B == "":
			gone = append(gone, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	fresh := make([]*Suspect, 0, len(wanted))
	for _, p := range pairs {
		if _, is := wanted[[2]string{p.A, p.B}]; is {
			fresh = append(fresh, &Suspect{A: p.A, B: p.B, Kind: p.Kind, Score: p.Score, Reasons: p.Reasons, State: Open})
		}
	}
	for part := range slices.Chunk(fresh, writeBatch) {
		n, err := r.add(ctx, part)
		out.Created += n
		if err != nil {
			return err
		}
	}
	for _, s := range change {
		_, err := r.suspects.Update(ctx, s.ID, func(now *Suspect) error {
			now.Score, now.Reasons, now.Kind = s.Score, s.Reasons, s.Kind
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // it was merged meanwhile
			return err
		}
		out.Changed++
	}
	for part := range slices.Chunk(gone, writeBatch) {
		n, err := r.drop(ctx, part)
		out.Removed += n
		if err != nil {
			return err
		}
	}
	return nil
}

// add creates pairs, but for those of which one was merged or removed since it was read, or which
// somebody else has added.
func (r *Repo) add(ctx context.Context, pairs []*Suspect) (n int, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		n = 0
		ids := map[string]bool{}
		var values []any
		for _, s := range pairs {
			for _, id := range []string{s.A, s.B} {
				if !ids[id] {
					ids[id] = true
					values = append(values, id)
				}
			}
		}
		there, err := r.present(ctx, values)
		if err != nil {
			return err
		}
		taken := map[[2]string]bool{}
		for part := range slices.Chunk(values, 400) {
			old, err := r.suspects.Find(ctx, filter.In{Field: "a", Values: part}, nil, 0)
			if err != nil {
				return err
			}
			for _, s := range old {
				taken[[2]string{s.A, s.B}] = true
			}
		}
		var fresh []*Suspect
		for _, s := range pairs {
			if there[s.A] && there[s.B] && !taken[[2]string{s.A, s.B}] {
				fresh = append(fresh, s)
			}
		}
		n = len(fresh)
		return r.suspects.CreateMany(ctx, fresh)
	})
	return n, err
}

// present tells which of the ids are stakeholders.
func (r *Repo) present(ctx context.Context, ids []any) (map[string]bool, error) {
	there := map[string]bool{}
	for part := range slices.Chunk(ids, 400) {
		docs, err := r.collection(stakeholders).Raw.Find(ctx, filter.In{Field: "id", Values: part}, 0)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			there[idOf(d)] = true
		}
	}
	return there, nil
}

// drop removes pairs that nobody has decided about meanwhile.
func (r *Repo) drop(ctx context.Context, pairs []*Suspect) (n int, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		n = 0
		for _, s := range pairs {
			now, err := r.suspects.Get(ctx, s.ID)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if now.State != Open && now.A != "" && now.B != "" {
				continue
			}
			if err := r.suspects.Delete(ctx, s.ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}
