package merge

import "context"

// Preview is what a merge would do, as the person who asks may see it.
type Preview struct {
	Survivor []byte // stored documents
	Loser    []byte
	Result   []byte // the survivor as it would be
	Fields   []FieldChoice
	Moved    map[string]int // documents that would be re-pointed, by collection
	Removed  map[string]int // documents that would be set aside: their like stands already, or they would name one record twice
}

// Preview tells what a merge would do. Documents that the reader may not see are re-pointed too, and not counted.
func (r *Repo) Preview(ctx context.Context, in Input) (*Preview, error) {
	survivor, loser, err := r.both(ctx, in)
	if err != nil {
		return nil, err
	}
	p := &Preview{Survivor: survivor, Loser: loser, Moved: map[string]int{}, Removed: map[string]int{}}
	if p.Result, p.Fields, err = r.fused(survivor, loser, in); err != nil {
		return nil, err
	}
	for _, t := range r.targets() {
		if err := r.count(ctx, t, in, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// count counts what becomes of one collection's documents. Only where some may be set aside is each looked at.
func (r *Repo) count(ctx context.Context, t *target, in Input, p *Preview) error {
	if t.indexed && t.unique == nil && !t.apart() && t.Name != stakeholders {
		n, err := t.Raw.Count(ctx, t.where(in.LoserID))
		if n > 0 {
			p.Moved[t.Name] = n
		}
		return err
	}
	return t.each(ctx, in.LoserID, func(doc []byte) error {
		if id := idOf(doc); t.Name == stakeholders && (id == in.LoserID || id == in.SurvivorID) {
			return nil
		}
		f, err := t.decide(ctx, doc, in.LoserID, in.SurvivorID)
		if err != nil {
			return err
		}
		if f.doc == nil {
			p.Removed[t.Name]++
		} else {
			p.Moved[t.Name]++
		}
		return nil
	})
}

// apart reports whether a document of the collection may not name the same one twice.
func (t *target) apart() bool {
	for _, ref := range t.refs {
		if ref.Apart != "" {
			return true
		}
	}
	return false
}
