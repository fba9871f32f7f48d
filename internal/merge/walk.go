package merge

import (
	"bytes"
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// target is a collection whose documents a merge re-points, or sets aside.
type target struct {
	store.Declared
	refs    []store.Ref
	values  *driver.Extractor // of refs, in their order
	indexed bool              // every ref can be asked for
	unique  *driver.Extractor // of the declared fields, where a ref stands in a unique key; else nil
}

// targets are the collections that declare references to stakeholders of which a merge does the same: "repoint" or
// "aside".
func targets(all []store.Declared, onMerge string) []*target {
	var list []*target
	for _, d := range all {
		t := &target{Declared: d, indexed: true}
		var fields []driver.Field
		for _, ref := range d.Refs {
			if ref.Collection != stakeholders || ref.OnMerge != onMerge {
				continue
			}
			t.refs = append(t.refs, ref)
			fields = append(fields, driver.Field{Path: ref.Field, Multi: true})
			if _, ok := d.Schema.Field(ref.Field); !ok {
				t.indexed = false
			}
			for _, key := range d.Schema.Unique {
				if slices.Contains(key, ref.Field) {
					t.unique = driver.NewExtractor(d.Schema.Fields)
				}
			}
		}
		if len(t.refs) > 0 {
			t.values = driver.NewExtractor(fields)
			list = append(list, t)
		}
	}
	return list
}

// where asks for the documents that name one of ids; nil where the declaration does not let one ask.
func (t *target) where(ids ...string) filter.Expr {
	if !t.indexed {
		return nil
	}
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	var any filter.Or
	for _, ref := range t.refs {
		if f, _ := t.Schema.Field(ref.Field); f.Multi {
			any = append(any, filter.Has{Field: ref.Field, Values: values})
		} else {
			any = append(any, filter.In{Field: ref.Field, Values: values})
		}
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

// whole is a target of any collection, for its unique keys.
func whole(d store.Declared) *target {
	return &target{Declared: d, unique: driver.NewExtractor(d.Schema.Fields)}
}

// each calls fn for every document that names id, in order of id. fn may write to those documents.
func (t *target) each(ctx context.Context, id string, fn func(doc []byte) error) error {
	where := t.where(id)
	if where == nil {
		var found [][]byte
		err := t.Raw.Each(ctx, func(doc []byte) error {
			if t.names(doc, id) {
				found = append(found, bytes.Clone(doc))
			}
			return nil
		})
		if err != nil {
			return err
		}
		return all(found, fn)
	}
	for after := ""; ; {
		docs, err := t.Raw.Find(ctx, filter.And{where, filter.Compare{Field: "id", Op: filter.Gt, Value: after}}, 500)
		if err != nil || len(docs) == 0 {
			return err
		}
		after = idOf(docs[len(docs)-1])
		if err := all(docs, fn); err != nil {
			return err
		}
	}
}

func all(docs [][]byte, fn func([]byte) error) error {
	for _, doc := range docs {
		if err := fn(doc); err != nil {
			return err
		}
	}
	return nil
}

// names reports whether a document holds id in one of its references.
func (t *target) names(doc []byte, id string) bool {
	if !bytes.Contains(doc, []byte(id)) {
		return false
	}
	values, err := t.values.Extract(doc)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(values, func(of []any) bool { return slices.Contains(of, any(id)) })
}

// fate is what a merge makes of one document.
type fate struct {
	doc   []byte // nil: the document goes, because its like stands already or it would name one record twice
	paths []spots
}

// decide tells what becomes of a document when from is merged into to.
func (t *target) decide(ctx context.Context, doc []byte, from, to string) (fate, error) {
	tr, err := parse(doc)
	if err != nil {
		return fate{}, err
	}
	var f fate
	for _, ref := range t.refs {
		old, err := repoint(tr, ref.Field, from, to)
		if err != nil {
			return fate{}, err
		}
		if len(old) > 0 {
			f.paths = append(f.paths, spots{Path: ref.Field, Spots: old})
		}
	}
	for _, ref := range t.refs {
		if ref.Apart != "" && meets(tr, ref.Field, ref.Apart, to) {
			return fate{}, nil
		}
	}
	if f.doc, err = encode(tr); err != nil {
		return fate{}, err
	}
	taken, err := t.taken(ctx, f.doc)
	if err != nil || taken {
		return fate{}, err
	}
	return f, nil
}

// meets reports whether two fields hold the same id.
func meets(tr tree, a, b, id string) bool {
	fields := driver.NewExtractor([]driver.Field{{Path: a, Multi: true}, {Path: b, Multi: true}})
	doc, err := encode(tr)
	if err != nil {
		return false
	}
	values, err := fields.Extract(doc)
	return err == nil && slices.Contains(values[0], any(id)) && slices.Contains(values[1], any(id))
}

// taken reports whether another document has the place of this one under a unique key: the one that stays
// has its own membership, its own follower.
func (t *target) taken(ctx context.Context, doc []byte) (bool, error) {
	if t.unique == nil {
		return false, nil
	}
	values, err := t.unique.Extract(doc)
	if err != nil {
		return false, fault.Wrap(err, fault.Internal, "A stored document cannot be read.")
	}
	for _, key := range t.Schema.Unique {
		where := filter.And{filter.Not{Expr: filter.Eq{Field: "id", Value: idOf(doc)}}}
		for _, path := range key {
			i := slices.IndexFunc(t.Schema.Fields, func(f driver.Field) bool { return f.Path == path })
			if len(values[i]) == 0 {
				where = nil
				break
			}
			where = append(where, filter.Eq{Field: path, Value: values[i][0]})
		}
		if where == nil {
			continue
		}
		if n, err := t.Raw.Count(ctx, where); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// collection gives the declared collection of that name.
func (r *Repo) collection(name string) store.Declared {
	i := slices.IndexFunc(r.db.Declared(), func(d store.Declared) bool { return d.Name == name })
	return r.db.Declared()[i]
}

// setAside takes what would name the one that goes for good into the record of the merge: what proves, or can take back,
// something that was done with it. It is told in no count, as nothing is lost.
func (r *Repo) setAside(ctx context.Context, from, mergeID string, n *notes) error {
	for _, t := range r.asides() {
		err := t.each(ctx, from, func(doc []byte) error {
			g := gone{Collection: t.Name, Doc: string(doc)}
			if t.Aside == nil {
				n.gone = append(n.gone, g)
				return t.Raw.Remove(ctx, idOf(doc))
			}
			left, err := t.Aside(doc)
			if err != nil {
				return err
			}
			stored, err := t.Raw.Replace(ctx, left)
			if err != nil {
				return err
			}
			g.Left = revOf(stored)
			n.gone = append(n.gone, g)
			return nil
		})
		if err != nil {
			return err
		}
	}
	_, err := r.journal.SetAside(ctx, from, mergeID)
	return err
}

// repointAll makes everything that names from name to, but for the two records themselves.
func (r *Repo) repointAll(ctx context.Context, from, to string, n *notes, rec *Record) error {
	for _, t := range r.targets() {
		err := t.each(ctx, from, func(doc []byte) error {
			id := idOf(doc)
			if t.Name == stakeholders && (id == from || id == to) {
				return nil
			}
			f, err := t.decide(ctx, doc, from, to)
			if err != nil {
				return err
			}
			if f.doc == nil {
				n.gone = append(n.gone, gone{Collection: t.Name, Doc: string(doc)})
				rec.Removed[t.Name]++
				return t.Raw.Remove(ctx, id)
			}
			stored, err := t.Raw.Replace(ctx, f.doc)
			if err != nil {
				return err
			}
			n.moved = append(n.moved, moved{Collection: t.Name, ID: id, Rev: revOf(stored), Paths: f.paths})
			rec.Moved[t.Name]++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
