package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"strings"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// eachBatch is how many documents Each reads at a time.
const eachBatch = 256

// Get gives the document that matches where and has the id.
func (e *Engine) Get(ctx context.Context, s *driver.Schema, id string, where filter.Expr) ([]byte, error) {
	t, err := e.table(s)
	if err != nil {
		return nil, err
	}
	b := builder{t: t}
	b.write("SELECT m.doc FROM ", t.name, " m WHERE m.id=?")
	b.args = append(b.args, id)
	if where != nil {
		b.write(" AND ")
		b.expr(where)
	}
	if b.err != nil {
		return nil, b.err
	}
	var docs [][]byte
	if err := e.read(ctx, false, func(c *conn) error { return b.docs(ctx, c, &docs) }); err != nil {
		return nil, explain(err)
	}
	if len(docs) == 0 {
		return nil, driver.ErrNotFound
	}
	return docs[0], nil
}

// Find gives the documents that match, in order.
func (e *Engine) Find(ctx context.Context, s *driver.Schema, q driver.Query) ([][]byte, error) {
	t, err := e.table(s)
	if err != nil {
		return nil, err
	}
	var docs [][]byte
	err = e.read(ctx, q.Text != nil, func(c *conn) error {
		b, err := t.find(ctx, c, q, "m.doc")
		if err != nil || b == nil {
			return err
		}
		docs = make([][]byte, 0, min(q.Limit, 512))
		return b.docs(ctx, c, &docs)
	})
	return docs, explain(err)
}

// Near gives the keys of names that begin with prefix.
func (e *Engine) Near(ctx context.Context, s *driver.Schema, prefix string, limit int) (keys []string, err error) {
	t, err := e.table(s)
	if err != nil || t.terms == nil {
		return nil, err
	}
	err = e.read(ctx, true, func(c *conn) error {
		keys, err = t.terms.from(ctx, c, prefix, limit)
		return err
	})
	return keys, explain(err)
}

func (b *builder) docs(ctx context.Context, c *conn, docs *[][]byte) error {
	return c.query(ctx, b.String(), b.args, func(v []sqldriver.Value) error {
		doc, _ := v[len(v)-1].(string)
		*docs = append(*docs, []byte(doc))
		return nil
	})
}

// Count counts matches, stopping at limit.
func (e *Engine) Count(ctx context.Context, s *driver.Schema, q driver.Query, limit int) (int, error) {
	t, err := e.table(s)
	if err != nil {
		return 0, err
	}
	var n int64
	err = e.read(ctx, q.Text != nil, func(c *conn) error {
		b, err := t.count(ctx, c, q, limit)
		if err != nil || b == nil {
			return err
		}
		n, err = c.count(ctx, b)
		return err
	})
	return int(n), explain(err)
}

// Each calls fn for every match in order of id. It first reads which documents match, eight bytes for
// each, then the documents in batches, so that neither memory nor the log of the file fills up however
// long fn takes. A document that has gone meanwhile, or no longer matches, is left out; one that has
// come meanwhile is not in it.
func (e *Engine) Each(ctx context.Context, s *driver.Schema, where filter.Expr, fn func(doc []byte) error) error {
	t, err := e.table(s)
	if err != nil {
		return err
	}
	var rows []int64
	err = e.read(ctx, false, func(c *conn) error {
		b, err := t.find(ctx, c, driver.Query{Where: where, Sort: []driver.Key{{Path: "id"}}, Limit: -1}, "m.n")
		if err != nil || b == nil {
			return err
		}
		return c.query(ctx, b.String(), b.args, func(v []sqldriver.Value) error {
			n, _ := v[len(v)-1].(int64)
			rows = append(rows, n)
			return nil
		})
	})
	if err != nil {
		return explain(err)
	}
	for len(rows) > 0 {
		batch := rows[:min(eachBatch, len(rows))]
		rows = rows[len(batch):]
		docs, err := e.batch(ctx, t, batch, where)
		if err != nil {
			return explain(err)
		}
		for _, doc := range docs {
			if doc == nil {
				continue
			}
			if err := fn(doc); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// batch reads the documents of these rows, nil for one that does not match.
func (e *Engine) batch(ctx context.Context, t *table, rows []int64, where filter.Expr) ([][]byte, error) {
	docs := make([][]byte, len(rows))
	at := make(map[int64]int, len(rows))
	values := make([]any, len(rows))
	for i, n := range rows {
		at[n], values[i] = i, n
	}
	b := builder{t: t}
	b.write("SELECT m.n, m.doc FROM json_each(?) j CROSS JOIN ", t.name, " m ON m.n=j.value")
	b.args = append(b.args, list(values))
	if where != nil {
		b.write(" WHERE ")
		b.expr(where)
	}
	if b.err != nil {
		return nil, b.err
	}
	return docs, e.read(ctx, false, func(c *conn) error {
		return c.query(ctx, b.String(), b.args, func(v []sqldriver.Value) error {
			n, _ := v[0].(int64)
			doc, _ := v[1].(string)
			docs[at[n]] = []byte(doc)
			return nil
		})
	})
}

// Bytes that no text holds, since text is UTF-8: they keep the columns of packed text apart and stand for none.
const (
	apart = "\xff"
	none  = "\xfe"
)

// Scan reads columns and no document. All text of a row comes as one value: a column costs the driver more than it costs
// SQLite, so that this takes half the time.
func (e *Engine) Scan(ctx context.Context, s *driver.Schema, where filter.Expr, fields []string, fn func(values []any) error) error {
	t, err := e.table(s)
	if err != nil {
		return err
	}
	b := builder{t: t}
	var text, rest []int // of fields, by how they are read
	var packed, columns []string
	kinds := make([]driver.Kind, len(fields))
	for i, f := range fields {
		column, kind, _, _ := b.scalar(f)
		if kinds[i] = kind; kind == driver.String {
			text, packed = append(text, i), append(packed, "ifnull("+column+",CAST(x'fe' AS TEXT))")
		} else {
			rest, columns = append(rest, i), append(columns, ", "+column)
		}
	}
	if len(text) == 0 {
		packed = []string{"NULL"}
	}
	b.write("SELECT ", strings.Join(packed, "||CAST(x'ff' AS TEXT)||"), strings.Join(columns, ""), " FROM ", t.name, " m")
	if where != nil {
		b.write(" WHERE ")
		b.expr(where)
	}
	if b.err != nil {
		return b.err
	}
	values := make([]any, len(fields))
	var stop error
	err = e.read(ctx, false, func(c *conn) error {
		return c.query(ctx, b.String(), b.args, func(v []sqldriver.Value) error {
			left, _ := v[0].(string)
			for _, i := range text {
				var one string
				one, left, _ = strings.Cut(left, apart)
				switch was, same := values[i].(string); {
				case one == none:
					values[i] = nil
				case !same || was != one: // boxing what the row before had already would cost a memory allocation
					values[i] = one
				}
			}
			for k, i := range rest {
				values[i] = v[k+1]
				if n, is := v[k+1].(int64); is && kinds[i] == driver.Bool {
					values[i] = n != 0
				}
			}
			stop = fn(values)
			return stop
		})
	})
	if stop != nil {
		return stop
	}
	return explain(err)
}
