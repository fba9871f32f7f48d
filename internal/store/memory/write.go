package memory

import (
	"bytes"
	"context"
	"strings"

	"piper/internal/store/driver"
)

// Insert adds documents, all or none.
func (e *Engine) Insert(ctx context.Context, s *driver.Schema, docs []driver.Doc) error {
	return e.Tx(ctx, func(ctx context.Context) error {
		return e.see(ctx, s, func(v view) error {
			for i, d := range docs {
				err := error(&driver.DuplicateError{Key: []string{"id"}})
				if v.record(d.ID) == nil {
					err = v.put(e.newRecord(d))
				}
				if err != nil {
					for _, d := range docs[:i] {
						v.remove(d.ID)
					}
					return err
				}
			}
			return nil
		})
	})
}

// newRecord gives d its place in the order of insertion. The caller may use its bytes again.
func (e *Engine) newRecord(d driver.Doc) *record {
	return &record{id: d.ID, rev: d.Rev, seq: e.seq.Add(1), doc: bytes.Clone(d.JSON), values: d.Values, tokens: strings.Fields(d.Tokens), near: d.Near}
}

// put writes r unless a unique key of it is taken by another document.
func (v view) put(r *record) error {
	for i, key := range v.schema.Unique {
		value, ok := v.keyOf(r, key)
		if !ok {
			continue
		}
		if id := v.holder(i, value); id != "" && id != r.id {
			return &driver.DuplicateError{Key: key}
		}
		v.layer.unique[i][value] = r.id
	}
	v.layer.records[r.id] = r
	return nil
}

// remove takes the document away, for this transaction and at its end for all.
func (v view) remove(id string) { v.layer.records[id] = nil }

// Replace puts doc in the place of revision rev.
func (e *Engine) Replace(ctx context.Context, s *driver.Schema, doc driver.Doc, rev int64) error {
	return e.Tx(ctx, func(ctx context.Context) error {
		return e.see(ctx, s, func(v view) error {
			old, err := v.at(doc.ID, rev)
			if err != nil {
				return err
			}
			r := e.newRecord(doc)
			r.seq = old.seq
			return v.put(r)
		})
	})
}

// Delete removes revision rev for good.
func (e *Engine) Delete(ctx context.Context, s *driver.Schema, id string, rev int64) error {
	return e.Tx(ctx, func(ctx context.Context) error {
		return e.see(ctx, s, func(v view) error {
			if _, err := v.at(id, rev); err != nil {
				return err
			}
			v.remove(id)
			return nil
		})
	})
}

// at gives the document at exactly that revision.
func (v view) at(id string, rev int64) (*record, error) {
	switch r := v.record(id); {
	case r == nil:
		return nil, driver.ErrNotFound
	case r.rev != rev:
		return nil, driver.ErrStale
	default:
		return r, nil
	}
}
