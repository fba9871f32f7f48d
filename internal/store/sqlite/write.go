package sqlite

import (
	"context"
	"math"
	"slices"

	sqldriver "database/sql/driver"

	"piper/internal/store/driver"
)

// Bounds of bulk writes.
const (
	wordsBatch = 5_000 // search entries held back at most within one transaction
	loadBatch  = 5_000 // from here on an Insert that at least doubles a table builds its indexes last
	manyRows   = 64    // rows of a side table written by one statement, whose beginning and end cost as much as some rows
)

// Insert adds documents, all or none.
func (e *Engine) Insert(ctx context.Context, s *driver.Schema, docs []driver.Doc) error {
	t, err := e.table(s)
	if err != nil || len(docs) == 0 {
		return err
	}
	return e.write(ctx, func(x *tx, joined bool) error {
		if err := x.insert(ctx, t, docs); err != nil {
			if joined && len(docs) > 1 {
				// The first documents are there. A savepoint could take them back alone, but has SQLite copy every
				// page that changes, which is a third of the time of a large batch; and a transaction that meets
				// a duplicate is over anyway.
				x.broken = err
			}
			return err
		}
		if x.words().waiting() > wordsBatch {
			if err := explain(x.words().write(x.w.conn, x.mark.entries)); err != nil {
				x.broken = err
				return err
			}
		}
		return nil
	})
}

func (x *tx) words() *wordsQueue { return &x.w.group.words }

func (x *tx) insert(ctx context.Context, t *table, docs []driver.Doc) error {
	load := false
	if len(docs) >= loadBatch {
		n, err := x.w.conn.number(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+t.name+" LIMIT ?)", int64(len(docs)))
		if err != nil {
			return explain(err)
		}
		load = n < int64(len(docs))
	}
	if load {
		for _, ix := range t.indexes {
			if _, err := x.w.conn.exec("DROP INDEX IF EXISTS " + quote(ix.name)); err != nil {
				return explain(err)
			}
		}
	}
	at, err := x.insertRows(ctx, t, docs)
	if err != nil {
		return err
	}
	if err := x.insertSides(ctx, t, docs, at); err != nil {
		x.broken = err
		return err
	}
	if load {
		for _, ix := range t.indexes {
			if _, err := x.w.conn.exec(ix.ddl); err != nil {
				return explain(err)
			}
		}
	}
	return nil
}

// insertRows adds the rows and queues their search entries. It gives the n of each document.
func (x *tx) insertRows(ctx context.Context, t *table, docs []driver.Doc) ([]int64, error) {
	at := make([]int64, len(docs))
	args := make([]any, 0, 4+len(t.columns))
	for i := range docs {
		if i%256 == 255 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d := &docs[i]
		text, sum := "", int64(0)
		if t.fts != "" {
			text, sum = wordsOf(d.Tokens)
		}
		args = append(args[:0], d.ID, d.Rev, string(d.JSON), sum)
		for j := range t.columns {
			args = append(args, columnValue(&t.columns[j], d.Values[j]))
		}
		res, err := x.w.conn.exec(t.insert, args...)
		if err != nil {
			return nil, t.duplicate(err)
		}
		if at[i], err = res.LastInsertId(); err != nil {
			return nil, err
		}
		if sum != 0 {
			x.words().add(t, at[i], text, d.Near)
		}
	}
	return at, nil
}

// insertSides adds the rows of the side tables, those of many documents in the order of the table.
func (x *tx) insertSides(ctx context.Context, t *table, docs []driver.Doc, at []int64) error {
	for _, s := range t.sides {
		var rows [][]any
		for i := range docs {
			rows = s.rows(rows, docs[i].ID, at[i], docs[i].Values)
		}
		if len(docs) > 1 {
			slices.SortFunc(rows, s.compare)
		}
		for len(rows) >= manyRows {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if _, err := x.w.conn.exec(s.insertMany, slices.Concat(rows[:manyRows]...)...); err != nil {
				return explain(err)
			}
			rows = rows[manyRows:]
		}
		for _, row := range rows {
			if _, err := x.w.conn.exec(s.insert, row...); err != nil {
				return explain(err)
			}
		}
	}
	return nil
}

// rows appends the rows of one document.
func (s *side) rows(rows [][]any, id string, n int64, values [][]any) [][]any {
	for _, v := range distinct(values[s.keys[s.multi].field]) {
		row := make([]any, 0, len(s.keys)+1)
		for i, k := range s.keys {
			switch {
			case i == s.multi:
				row = append(row, bound(v))
			case k.field < 0:
				row = append(row, id)
			case len(values[k.field]) == 0:
				row = append(row, math.Inf(-1))
			default:
				row = append(row, bound(values[k.field][0]))
			}
		}
		rows = append(rows, append(row, n))
	}
	return rows
}

// compare orders rows as the table does.
func (s *side) compare(a, b []any) int {
	for i, k := range s.keys {
		c := compare(a[i], b[i])
		if k.desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func compare(a, b any) int {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			switch {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		}
		return 1
	case int64:
		if b, ok := b.(int64); ok {
			switch {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		}
		return 1
	}
	if _, ok := b.(float64); ok {
		return 0
	}
	return -1
}

// found is a stored row that a write is about to change.
type found struct {
	n, rev, words int64
	doc           string
}

func (x *tx) locate(ctx context.Context, t *table, id string, rev int64) (f found, err error) {
	err = driver.ErrNotFound
	if e := x.w.conn.query(ctx, t.locate, []any{id}, func(v []sqldriver.Value) error {
		f.n, _ = v[0].(int64)
		f.rev, _ = v[1].(int64)
		f.words, _ = v[2].(int64)
		f.doc, _ = v[3].(string)
		err = nil
		return nil
	}); e != nil {
		return f, explain(e)
	}
	if err == nil && f.rev != rev {
		err = driver.ErrStale
	}
	return f, err
}

// Replace puts doc in the place of revision rev.
func (e *Engine) Replace(ctx context.Context, s *driver.Schema, doc driver.Doc, rev int64) error {
	t, err := e.table(s)
	if err != nil {
		return err
	}
	return e.write(ctx, func(x *tx, _ bool) error {
		old, err := x.locate(ctx, t, doc.ID, rev)
		if err != nil {
			return err
		}
		text, sum := "", int64(0)
		if t.fts != "" {
			text, sum = wordsOf(doc.Tokens)
		}
		args := []any{doc.Rev, string(doc.JSON), sum}
		for j := range t.columns {
			args = append(args, columnValue(&t.columns[j], doc.Values[j]))
		}
		if _, err := x.w.conn.exec(t.update, append(args, old.n)...); err != nil {
			return t.duplicate(err) // the statement has undone itself
		}
		if sum != old.words {
			x.replaceWords(t, old, text, doc.Near, sum)
		}
		if err := x.replaceSides(t, doc.ID, old, doc.Values); err != nil {
			x.broken = err
			return err
		}
		return nil
	})
}

func (x *tx) replaceWords(t *table, old found, text string, near []string, sum int64) {
	if old.words != 0 {
		x.words().remove(t, old.n)
	}
	if sum != 0 {
		x.words().add(t, old.n, text, near)
	}
}

// replaceSides writes the difference between the rows of the old document and the new one. values is nil
// where there is no new one.
func (x *tx) replaceSides(t *table, id string, old found, values [][]any) error {
	if len(t.sides) == 0 {
		return nil
	}
	before, err := t.extract.Extract([]byte(old.doc))
	if err != nil {
		return err
	}
	for _, s := range t.sides {
		gone := s.rows(nil, id, old.n, before)
		var come [][]any
		if values != nil {
			come = s.rows(nil, id, old.n, values)
		}
		slices.SortFunc(gone, s.compare)
		slices.SortFunc(come, s.compare)
		for len(gone) > 0 || len(come) > 0 {
			c := 0
			switch {
			case len(gone) == 0:
				c = 1
			case len(come) == 0:
				c = -1
			default:
				c = s.compare(gone[0], come[0])
			}
			if c < 0 {
				if _, err := x.w.conn.exec(s.delete, gone[0][:len(s.keys)]...); err != nil {
					return explain(err)
				}
			}
			if c > 0 {
				if _, err := x.w.conn.exec(s.insert, come[0]...); err != nil {
					return explain(err)
				}
			}
			if c <= 0 {
				gone = gone[1:]
			}
			if c >= 0 {
				come = come[1:]
			}
		}
	}
	return nil
}

// Delete removes revision rev for good.
func (e *Engine) Delete(ctx context.Context, s *driver.Schema, id string, rev int64) error {
	t, err := e.table(s)
	if err != nil {
		return err
	}
	return e.write(ctx, func(x *tx, _ bool) error {
		old, err := x.locate(ctx, t, id, rev)
		if err != nil {
			return err
		}
		if old.words != 0 {
			x.words().remove(t, old.n)
		}
		err = x.replaceSides(t, id, old, nil)
		if err == nil {
			_, err = x.w.conn.exec(t.remove, old.n)
		}
		if err != nil {
			x.broken = err
		}
		return explain(err)
	})
}
