package merge

import (
	"context"
	"reflect"
	"slices"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Undoing is what an undo came to.
type Undoing struct {
	Record   *Record
	Restored map[string]int // documents that name the one that came back again, by collection
	// Since counts the documents made after the merge that name the survivor: they stay with it.
	Since map[string]int
	// Kept names the fields of the survivor that somebody has changed since, which stay as they are.
	Kept []string
	// Left counts the documents that could not be put back, because somebody has changed or removed the
	// reference since.
	Left map[string]int
}

// Undo takes a merge back: both records are what they were, and what was re-pointed names the one that
// went again. What people have changed since stays, and is told. fault.Stale where it was undone before, or
// where the survivor has itself been merged into another.
func (r *Repo) Undo(ctx context.Context, id string) (out Undoing, err error) {
	seen := ctx
	ctx = audit.Bulk(access.Everything(ctx), "undoing of a merge")
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		rec, err := r.records.Get(ctx, id)
		if err != nil {
			return err
		}
		out = Undoing{Record: rec, Restored: map[string]int{}, Since: map[string]int{}, Left: map[string]int{}, Kept: []string{}}
		if rec.Outcome != Done {
			return fault.New(fault.Stale, "This merge has been undone already.")
		}
		if _, err := r.stored(ctx, rec.SurvivorID, 0); err != nil {
			if later, e := r.mergedAway(ctx, rec.SurvivorID); e == nil {
				return fault.New(fault.Stale, "%s has been merged into %s since. Undo that first.", later.LoserName, later.SurvivorName)
			}
			return err
		}
		if _, err := r.records.Update(ctx, id, func(rec *Record) error {
			rec.Outcome, rec.UndoneBy, rec.UndoneAt = Undone, access.From(ctx).Name, r.db.Now()
			out.Record = rec
			return nil
		}); err != nil {
			return err
		}
		if err := r.survivorBack(ctx, rec, &out); err != nil {
			return err
		}
		if err := r.collection(stakeholders).Raw.Restore(ctx, []byte(rec.Loser)); err != nil {
			return err
		}
		if err := r.partsBack(ctx, rec, &out); err != nil {
			return err
		}
		if err := r.journal.PutBack(ctx, rec.ID); err != nil {
			return err
		}
		for _, who := range []string{rec.SurvivorID, rec.LoserID} {
			if err := r.stakeholders.Settle(ctx, who); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	return out, r.since(seen, &out)
}

// survivorBack gives the survivor the values it had, but where somebody has changed them since. Of a list
// what the merge brought goes, and what it took away comes back.
func (r *Repo) survivorBack(ctx context.Context, rec *Record, out *Undoing) error {
	current, err := r.stored(ctx, rec.SurvivorID, 0)
	if err != nil {
		return err
	}
	var trees [3]tree
	for i, doc := range [][]byte{current, []byte(rec.Before), []byte(rec.After)} {
		if trees[i], err = parse(doc); err != nil {
			return err
		}
	}
	now, before, after := trees[0], trees[1], trees[2]
	for _, t := range trees[1:] {
		for name := range t {
			if _, is := now[name]; !is {
				now[name] = nil
			}
		}
	}
	for name := range now {
		if slices.Contains(ownFields, name) || reflect.DeepEqual(before[name], after[name]) {
			continue
		}
		wasList, isList := after[name].([]any)
		list, stillList := now[name].([]any)
		switch {
		case reflect.DeepEqual(now[name], after[name]):
			now[name] = before[name]
		case isList && stillList:
			now[name] = listBack(list, before[name], wasList)
			out.Kept = append(out.Kept, name)
		default:
			out.Kept = append(out.Kept, name)
		}
	}
	slices.Sort(out.Kept)
	doc, err := encode(now)
	if err != nil {
		return err
	}
	_, err = r.collection(stakeholders).Raw.Replace(ctx, doc)
	return err
}

// listBack takes from a list what the merge added to it and adds what the merge took.
func listBack(now []any, before any, after []any) []any {
	was, _ := before.([]any)
	in := func(list []any, e any) bool {
		return slices.ContainsFunc(list, func(o any) bool { return reflect.DeepEqual(o, e) })
	}
	out := slices.DeleteFunc(slices.Clone(now), func(e any) bool { return in(after, e) && !in(was, e) })
	for _, e := range was {
		if !in(out, e) && !in(after, e) {
			out = append(out, e)
		}
	}
	return out
}

// partsBack puts back every document that the merge changed, removed or made.
func (r *Repo) partsBack(ctx context.Context, rec *Record, out *Undoing) error {
	parts, err := r.parts.Find(ctx, filter.Eq{Field: "mergeId", Value: rec.ID}, nil, 0)
	if err != nil {
		return err
	}
	changed := map[string][]string{} // since the merge, by collection
	for _, p := range parts {
		for _, m := range p.Made {
			if err := r.collection(m.Collection).Raw.Remove(ctx, m.ID); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		for _, g := range p.Gone {
			if err := r.goneBack(ctx, g, out); err != nil {
				return err
			}
		}
		for _, m := range p.Moved {
			since, err := r.movedBack(ctx, rec, m, out)
			if err != nil {
				return err
			}
			if since {
				changed[m.Collection] = append(changed[m.Collection], m.ID)
			}
		}
	}
	for name, ids := range changed {
		if again := r.Rederive[name]; again != nil {
			if err := again(ctx, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

// goneBack restores a document, unless another has its place by now.
func (r *Repo) goneBack(ctx context.Context, g gone, out *Undoing) error {
	c := r.collection(g.Collection)
	if g.Left != 0 {
		return r.asideBack(ctx, c, g)
	}
	docs, err := c.Raw.Find(ctx, filter.Eq{Field: "id", Value: idOf([]byte(g.Doc))}, 1)
	if err != nil {
		return err
	}
	taken := len(docs) > 0
	if !taken {
		if taken, err = whole(c).taken(ctx, []byte(g.Doc)); err != nil {
			return err
		}
	}
	if taken {
		out.Left[g.Collection]++
		return nil
	}
	out.Restored[g.Collection]++
	return c.Raw.Restore(ctx, []byte(g.Doc))
}

// asideBack puts a whole document in the place of what was left of it, unless that is gone or has changed by now.
func (r *Repo) asideBack(ctx context.Context, c store.Declared, g gone) error {
	docs, err := c.Raw.Find(ctx, filter.Eq{Field: "id", Value: idOf([]byte(g.Doc))}, 1)
	if err != nil || len(docs) == 0 || revOf(docs[0]) != g.Left {
		return err
	}
	t, err := parse([]byte(g.Doc))
	if err != nil {
		return err
	}
	t["rev"] = g.Left
	doc, err := encode(t)
	if err != nil {
		return err
	}
	_, err = c.Raw.Replace(ctx, doc)
	return err
}

// movedBack puts one re-pointed document back and tells whether it had changed since the merge.
func (r *Repo) movedBack(ctx context.Context, rec *Record, m moved, out *Undoing) (since bool, err error) {
	raw := r.collection(m.Collection).Raw
	docs, err := raw.Find(ctx, filter.Eq{Field: "id", Value: m.ID}, 1)
	if err != nil {
		return false, err
	}
	if len(docs) == 0 {
		out.Left[m.Collection]++
		return false, nil
	}
	t, err := parse(docs[0])
	if err != nil {
		return false, err
	}
	lost := false
	for _, p := range m.Paths {
		for _, s := range p.Spots {
			left, err := putBack(t, p.Path, s, rec.LoserID, rec.SurvivorID)
			if err != nil {
				return false, err
			}
			lost = lost || left
		}
	}
	if lost {
		out.Left[m.Collection]++
	} else {
		out.Restored[m.Collection]++
	}
	doc, err := encode(t)
	if err != nil {
		return false, err
	}
	_, err = raw.Replace(ctx, doc)
	return revOf(docs[0]) != m.Rev, err
}

// since counts, among what the person may see, the documents made after the merge that name the survivor.
func (r *Repo) since(ctx context.Context, out *Undoing) error {
	for _, t := range r.targets() {
		where := t.where(out.Record.SurvivorID)
		if where == nil {
			continue
		}
		n, err := t.Raw.Count(ctx, filter.And{where, filter.Compare{Field: "id", Op: filter.Gt, Value: out.Record.ID}})
		if err != nil {
			return err
		}
		if n > 0 {
			out.Since[t.Name] = n
		}
	}
	return nil
}
