// Package memory is the store engine for tests of rules: it keeps everything in maps, forgets it at the
// end, and does exactly what the port says. Transactions run one after the other; readers outside see
// what is committed.
package memory

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"piper/internal/store/driver"
)

// Engine keeps documents in memory. Make it with New.
type Engine struct {
	writing sync.Mutex   // held by the transaction that runs
	mu      sync.RWMutex // guards what follows
	tables  map[string]*table
	seq     atomic.Uint64
}

// New gives an empty engine.
func New() *Engine { return &Engine{tables: map[string]*table{}} }

// record is one stored document. It is never changed after it was made.
type record struct {
	id     string
	rev    int64
	seq    uint64 // order of insertion
	doc    []byte
	values [][]any
	tokens []string
	near   []string
}

// table is the committed state of one collection.
type table struct {
	schema  *driver.Schema
	records map[string]*record
	unique  []map[string]string // per unique key: its value → id
}

type txKey struct{ engine *Engine }

// tx is what a running transaction has written so far, per collection.
type tx struct {
	mu     sync.Mutex
	layers map[string]*layer
}

// layer lies over a table.
type layer struct {
	records map[string]*record  // nil: deleted
	unique  []map[string]string // per unique key: its value → the id that last took it in this transaction
}

// Ensure keeps the schemas; documents of an earlier Ensure get the values and words that are declared anew.
func (e *Engine) Ensure(_ context.Context, schemas []*driver.Schema) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range schemas {
		t := &table{schema: s, records: map[string]*record{}, unique: make([]map[string]string, len(s.Unique))}
		for i := range t.unique {
			t.unique[i] = map[string]string{}
		}
		if old := e.tables[s.Name]; old != nil {
			if err := t.fill(old); err != nil {
				return err
			}
		}
		e.tables[s.Name] = t
	}
	return nil
}

func (t *table) fill(old *table) error {
	extract := driver.NewExtractor(t.schema.Fields)
	for id, r := range old.records {
		values, err := extract.Extract(r.doc)
		if err != nil {
			return err
		}
		filled := *r
		filled.values = values
		if words := t.schema.Words; words != nil && !old.schema.Searched {
			tokens, near, err := words(r.doc)
			if err != nil {
				return err
			}
			filled.tokens, filled.near = strings.Fields(tokens), near
		}
		for i, key := range t.schema.Unique {
			if v, ok := t.keyOf(&filled, key); ok {
				if _, taken := t.unique[i][v]; taken {
					return &driver.DuplicateError{Key: key}
				}
				t.unique[i][v] = id
			}
		}
		t.records[id] = &filled
	}
	return nil
}

// Tx runs fn alone among transactions and keeps what it wrote if it returns nil.
func (e *Engine) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if e.txOf(ctx) != nil {
		return fn(ctx)
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{layers: map[string]*layer{}}
	if err := fn(context.WithValue(ctx, txKey{e}, t)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	e.commit(t)
	return nil
}

func (e *Engine) txOf(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{e}).(*tx)
	return t
}

func (e *Engine) commit(t *tx) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for name, l := range t.layers {
		table := e.tables[name]
		for id := range l.records {
			if old := table.records[id]; old != nil {
				table.unindex(old)
				delete(table.records, id)
			}
		}
		for id, r := range l.records {
			if r != nil {
				table.records[id] = r
				table.index(r)
			}
		}
	}
}

func (t *table) index(r *record) {
	for i, key := range t.schema.Unique {
		if v, ok := t.keyOf(r, key); ok {
			t.unique[i][v] = r.id
		}
	}
}

func (t *table) unindex(r *record) {
	for i, key := range t.schema.Unique {
		if v, ok := t.keyOf(r, key); ok {
			delete(t.unique[i], v)
		}
	}
}

// keyOf gives the value of a unique key as one string, and false where a field of it is missing.
func (t *table) keyOf(r *record, key []string) (string, bool) {
	equal := make(map[string]any, len(key))
	for _, path := range key {
		if v := t.values(r, path); len(v) == 1 {
			equal[path] = v[0]
		}
	}
	return uniqueValue(key, equal)
}

// uniqueValue joins the values of a unique key, and says whether it has one for every field.
func uniqueValue(key []string, equal map[string]any) (string, bool) {
	parts := make([]any, len(key))
	for i, path := range key {
		v, ok := equal[path]
		if !ok {
			return "", false
		}
		parts[i] = v
	}
	b, err := json.Marshal(parts)
	return string(b), err == nil
}

// values gives the values of a declared field of r.
func (t *table) values(r *record, path string) []any {
	for i := range t.schema.Fields {
		if t.schema.Fields[i].Path == path {
			return r.values[i]
		}
	}
	if path == "id" {
		return []any{r.id}
	}
	panic("memory: undeclared field " + path + " in " + t.schema.Name)
}

// view is a collection as a context sees it: the table, and over it what its transaction has written.
type view struct {
	*table
	layer *layer // nil outside a transaction
}

// see calls fn with the view of ctx, under the locks that keep it still.
func (e *Engine) see(ctx context.Context, s *driver.Schema, fn func(v view) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx := e.txOf(ctx)
	if tx != nil {
		tx.mu.Lock()
		defer tx.mu.Unlock()
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	v := view{table: e.tables[s.Name]}
	if v.table == nil {
		panic("memory: Ensure was not called for " + s.Name)
	}
	if tx != nil {
		if v.layer = tx.layers[s.Name]; v.layer == nil {
			v.layer = &layer{records: map[string]*record{}, unique: make([]map[string]string, len(s.Unique))}
			for i := range v.layer.unique {
				v.layer.unique[i] = map[string]string{}
			}
			tx.layers[s.Name] = v.layer
		}
	}
	return fn(v)
}

// record gives the document of that id, or nil.
func (v view) record(id string) *record {
	if v.layer != nil {
		if r, written := v.layer.records[id]; written {
			return r
		}
	}
	return v.table.records[id]
}

// holder gives the id of the document that holds a value of the unique key, or "".
func (v view) holder(key int, value string) string {
	candidates := [2]string{v.table.unique[key][value]}
	if v.layer != nil {
		candidates[1] = v.layer.unique[key][value]
	}
	for _, id := range candidates {
		if r := v.record(id); r != nil {
			if held, ok := v.keyOf(r, v.schema.Unique[key]); ok && held == value {
				return id
			}
		}
	}
	return ""
}

// Backup is not for this engine.
func (e *Engine) Backup(context.Context, io.Writer) error {
	return errors.New("memory: there is nothing that would outlive the process, so there is no backup")
}

// Scrub has nothing to do: what was removed is gone.
func (e *Engine) Scrub(context.Context) error { return nil }

// Ping answers always.
func (e *Engine) Ping(context.Context) error { return nil }

// Close does nothing.
func (e *Engine) Close() error { return nil }
