package memory

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Get gives the document that has the id and matches where.
func (e *Engine) Get(ctx context.Context, s *driver.Schema, id string, where filter.Expr) (doc []byte, err error) {
	err = e.see(ctx, s, func(v view) error {
		r := v.record(id)
		if r == nil || !v.matches(r, where) {
			return driver.ErrNotFound
		}
		doc = bytes.Clone(r.doc)
		return nil
	})
	return doc, err
}

// Find gives the documents that match, in order.
func (e *Engine) Find(ctx context.Context, s *driver.Schema, q driver.Query) ([][]byte, error) {
	var docs [][]byte
	err := e.see(ctx, s, func(v view) error {
		var found []*record
		before := v.before(q)
		v.each(q.Where, func(r *record) bool {
			if v.matches(r, q.Where) && r.matchesText(q.Text) && before(r) {
				found = append(found, r)
			}
			return true
		})
		slices.SortFunc(found, func(a, b *record) int { return v.compare(a, b, q.Sort) })
		for _, r := range found[:min(len(found), q.Limit)] {
			docs = append(docs, bytes.Clone(r.doc))
		}
		return nil
	})
	return docs, err
}

// Count counts matches up to limit.
func (e *Engine) Count(ctx context.Context, s *driver.Schema, q driver.Query, limit int) (n int, err error) {
	err = e.see(ctx, s, func(v view) error {
		v.each(q.Where, func(r *record) bool {
			if v.matches(r, q.Where) && r.matchesText(q.Text) {
				n++
			}
			return n < limit
		})
		return nil
	})
	return n, err
}

// Near gives the keys of names that begin with prefix.
func (e *Engine) Near(ctx context.Context, s *driver.Schema, prefix string, limit int) (keys []string, err error) {
	err = e.see(ctx, s, func(v view) error {
		v.each(nil, func(r *record) bool {
			for _, key := range r.near {
				if strings.HasPrefix(key, prefix) {
					keys = append(keys, key)
				}
			}
			return true
		})
		return nil
	})
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return keys[:min(limit, len(keys))], err
}

// Each calls fn for every match in order of id. What is written meanwhile is not seen.
func (e *Engine) Each(ctx context.Context, s *driver.Schema, where filter.Expr, fn func(doc []byte) error) error {
	var found []*record
	err := e.see(ctx, s, func(v view) error {
		v.each(where, func(r *record) bool {
			if v.matches(r, where) {
				found = append(found, r)
			}
			return true
		})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b *record) int { return cmp.Compare(a.id, b.id) })
	for _, r := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(bytes.Clone(r.doc)); err != nil {
			return err
		}
	}
	return nil
}

// Scan gives values that were taken out when the document was written.
func (e *Engine) Scan(ctx context.Context, s *driver.Schema, where filter.Expr, fields []string, fn func(values []any) error) error {
	at := make([]int, len(fields)) // in Schema.Fields; -1 is the id
	for i, name := range fields {
		at[i] = slices.IndexFunc(s.Fields, func(f driver.Field) bool { return f.Path == name })
	}
	values := make([]any, len(fields))
	var stop error
	err := e.see(ctx, s, func(v view) error {
		v.each(where, func(r *record) bool {
			if !v.matches(r, where) {
				return true
			}
			for i, place := range at {
				switch {
				case place < 0:
					values[i] = r.id
				case len(r.values[place]) == 0:
					values[i] = nil
				default:
					values[i] = r.values[place][0]
				}
			}
			stop = fn(values)
			return stop == nil
		})
		return stop
	})
	return err
}

// each calls fn for the documents that may match where, until it returns false. An id or a whole unique
// key in where leaves one candidate; anything else leaves all.
func (v view) each(where filter.Expr, fn func(r *record) bool) {
	if ids, ok := v.candidates(where); ok {
		for _, id := range ids {
			if r := v.record(id); r != nil && !fn(r) {
				return
			}
		}
		return
	}
	for id, r := range v.table.records {
		if v.layer != nil {
			if _, written := v.layer.records[id]; written {
				continue
			}
		}
		if !fn(r) {
			return
		}
	}
	if v.layer == nil {
		return
	}
	for _, r := range v.layer.records {
		if r != nil && !fn(r) {
			return
		}
	}
}

func (v view) candidates(where filter.Expr) (ids []string, ok bool) {
	equal := map[string]any{}
	equals(where, equal)
	if id, given := equal["id"].(string); given {
		return []string{id}, true
	}
	for i, key := range v.schema.Unique {
		if value, whole := uniqueValue(key, equal); whole {
			return []string{v.holder(i, value)}, true
		}
	}
	return nil, false
}

// equals gathers what where says outright about fields.
func equals(where filter.Expr, into map[string]any) {
	switch e := where.(type) {
	case filter.Eq:
		into[e.Field] = e.Value
	case filter.And:
		for _, part := range e {
			equals(part, into)
		}
	}
}

func (v view) matches(r *record, where filter.Expr) bool {
	if where == nil {
		return true
	}
	return filter.Match(where, func(path string) []any { return v.values(r, path) })
}

func (r *record) matchesText(t *driver.Text) bool {
	if t == nil {
		return true
	}
	begins := func(prefix string) bool {
		return slices.ContainsFunc(r.tokens, func(token string) bool { return strings.HasPrefix(token, prefix) })
	}
	for _, prefix := range t.Prefixes {
		if !begins(prefix) {
			return false
		}
	}
	for _, prefixes := range t.Either {
		if !slices.ContainsFunc(prefixes, begins) {
			return false
		}
	}
	return t.Sight == nil || slices.ContainsFunc(t.Sight, func(mark string) bool { return slices.Contains(r.tokens, mark) })
}

// before gives the condition of q.Before.
func (v view) before(q driver.Query) func(*record) bool {
	if q.Before == "" {
		return func(*record) bool { return true }
	}
	if last := v.record(q.Before); last != nil {
		return func(r *record) bool { return r.seq < last.seq }
	}
	return func(r *record) bool { return r.id < q.Before }
}

// compare orders by the keys; a missing value is below every value. Without keys the last inserted is
// first.
func (v view) compare(a, b *record, keys []driver.Key) int {
	for _, k := range keys {
		c := compareValues(v.values(a, k.Path), v.values(b, k.Path))
		if k.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(b.seq, a.seq)
}

func compareValues(a, b []any) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) - len(b)
	}
	c, ok := filter.Order(a[0], b[0])
	if !ok {
		panic("memory: values of two kinds in one field")
	}
	return c
}
