package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"piper/internal/store/driver"
)

// fillBatch is how many documents are read at a time when a new field or index is filled.
const fillBatch = 1000

// Ensure makes the tables and indexes of the schemas, fills what is new from the documents and drops
// what is no longer declared, all in one transaction.
func (e *Engine) Ensure(ctx context.Context, schemas []*driver.Schema) error {
	ready := map[*driver.Schema]*table{}
	for _, s := range schemas {
		t, err := newTable(s)
		if err != nil {
			return err
		}
		ready[s] = t
	}
	err := e.write(ctx, func(x *tx, _ bool) error {
		for _, s := range schemas {
			if err := x.ensure(ctx, ready[s]); err != nil {
				x.broken = fmt.Errorf("sqlite: preparing collection %s: %w", s.Name, explain(err))
				return x.broken
			}
		}
		_, err := x.w.conn.exec("PRAGMA optimize=0x10002")
		return explain(err)
	})
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for s, t := range ready {
		e.tables[s] = t
	}
	return nil
}

func (x *tx) ensure(ctx context.Context, t *table) error {
	exec := func(ddl string) error {
		_, err := x.w.conn.exec(ddl)
		return err
	}
	have, err := x.catalog(ctx, t)
	if err != nil {
		return err
	}
	fill := fill{t: t}
	if !have.table {
		if err := exec(t.create()); err != nil {
			return err
		}
	} else if fill.columns, err = x.ensureColumns(ctx, t, have); err != nil {
		return err
	}
	if err := x.dropUndeclared(t, have); err != nil {
		return err
	}
	for _, s := range t.sides {
		if !have.names[s.name] {
			if err := exec(s.ddl); err != nil {
				return err
			}
			fill.sides = append(fill.sides, s)
		}
	}
	if t.fts != "" && !have.names[t.schema.Name+ftsSuffix] {
		if err := exec(t.createFTS()); err != nil {
			return err
		}
		if err := exec(t.terms.create()); err != nil {
			return err
		}
		fill.words = t.schema.Words != nil
	}
	if t.fts != "" {
		if err := x.setBuffer(ctx, t); err != nil {
			return err
		}
	}
	if have.table {
		if err := x.fill(ctx, fill); err != nil {
			return err
		}
	}
	for _, ix := range slices.Concat(t.uniques, t.indexes) {
		if !have.names[ix.name] {
			if err := exec(ix.ddl); err != nil {
				return t.duplicate(err)
			}
		}
	}
	return nil
}

// setBuffer gives a search index its buffer, also one that was made before there was this setting.
func (x *tx) setBuffer(ctx context.Context, t *table) error {
	config := quote(t.schema.Name + ftsSuffix + "_config")
	set, err := x.w.conn.number(ctx, "SELECT count(*) FROM "+config+" WHERE k='hashsize' AND v=?", int64(wordsBuffer))
	if err == nil && set == 0 {
		_, err = x.w.conn.exec("INSERT INTO "+t.fts+"("+t.fts+", rank) VALUES ('hashsize', ?)", int64(wordsBuffer))
	}
	return err
}

// catalog is what the file has of a collection.
type catalog struct {
	table   bool
	names   map[string]bool   // indexes, side tables and the search index
	kinds   map[string]string // of the field columns, by unquoted name
	ordered []string
}

func (x *tx) catalog(ctx context.Context, t *table) (*catalog, error) {
	have := &catalog{names: map[string]bool{}, kinds: map[string]string{}}
	name := t.schema.Name
	err := x.w.conn.query(ctx, "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') ORDER BY name", nil, func(v []sqldriver.Value) error {
		switch n, _ := v[0].(string); {
		case n == name:
			have.table = true
		case strings.HasPrefix(n, name+":"), strings.HasPrefix(n, name+"!"), n == name+ftsSuffix, n == name+termsSuffix:
			have.names[n] = true
			have.ordered = append(have.ordered, n)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return have, x.w.conn.query(ctx, "SELECT name, type FROM pragma_table_info(?)", []any{name}, func(v []sqldriver.Value) error {
		column, _ := v[0].(string)
		kind, _ := v[1].(string)
		if strings.HasPrefix(column, "f_") {
			have.kinds[column] = kind
		}
		return nil
	})
}

// ensureColumns adds the columns of new fields and drops those of fields that are no longer declared,
// or are of another kind now. It gives the fields to fill.
func (x *tx) ensureColumns(ctx context.Context, t *table, have *catalog) (added []int, err error) {
	stale := map[string]bool{}
	for name := range have.kinds {
		stale[name] = true
	}
	for i, c := range t.columns {
		name := "f_" + c.Path
		if have.kinds[name] == c.kind {
			delete(stale, name)
		} else {
			added = append(added, i)
		}
	}
	if len(stale) > 0 {
		// An index over a dropped column goes with it. Which one has it, its name tells roughly; one too
		// many is only made again.
		for _, name := range have.ordered {
			for column := range stale {
				if strings.Contains(name, strings.TrimPrefix(column, "f_")) {
					if err := x.drop(t, have, name); err != nil {
						return nil, err
					}
					break
				}
			}
		}
	}
	for name := range stale {
		if _, err := x.w.conn.exec("ALTER TABLE " + t.name + " DROP COLUMN " + quote(name)); err != nil {
			return nil, err
		}
	}
	for _, i := range added {
		if _, err := x.w.conn.exec("ALTER TABLE " + t.name + " ADD COLUMN " + t.columns[i].name + " " + t.columns[i].kind); err != nil {
			return nil, err
		}
	}
	return added, ctx.Err()
}

func (x *tx) dropUndeclared(t *table, have *catalog) error {
	declared := map[string]bool{}
	for _, ix := range slices.Concat(t.indexes, t.uniques) {
		declared[ix.name] = true
	}
	for _, s := range t.sides {
		declared[s.name] = true
	}
	fts, terms := t.schema.Name+ftsSuffix, t.schema.Name+termsSuffix
	both := t.fts != "" && have.names[fts] && have.names[terms]
	declared[fts], declared[terms] = both, both
	for _, name := range have.ordered {
		if have.names[name] && !declared[name] {
			if err := x.drop(t, have, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop drops an index, a side table or the search index.
func (x *tx) drop(t *table, have *catalog, name string) error {
	if !have.names[name] {
		return nil
	}
	delete(have.names, name)
	searched := name == t.schema.Name+ftsSuffix
	what := "INDEX "
	if strings.HasPrefix(name, t.schema.Name+"::") || searched || name == t.schema.Name+termsSuffix {
		what = "TABLE "
	}
	_, err := x.w.conn.exec("DROP " + what + quote(name))
	if err == nil && searched {
		_, err = x.w.conn.exec("UPDATE " + t.name + " SET words=0")
	}
	return err
}

// fill is what has to be filled from the documents.
type fill struct {
	t       *table
	columns []int
	sides   []*side
	words   bool // the search index
}

// stored is a document as the file has it.
type stored struct {
	n       int64
	id, doc string
}

func (x *tx) fill(ctx context.Context, f fill) error {
	if len(f.columns)+len(f.sides) == 0 && !f.words {
		return nil
	}
	sets := make([]string, len(f.columns))
	for i, c := range f.columns {
		sets[i] = f.t.columns[c].name + "=?"
	}
	update := "UPDATE " + f.t.name + " SET " + strings.Join(sets, ", ") + " WHERE n=?"
	for last := int64(-1); ; {
		var rows []stored
		if err := x.w.conn.query(ctx, "SELECT n, id, doc FROM "+f.t.name+" WHERE n>? ORDER BY n LIMIT ?", []any{last, int64(fillBatch)}, func(v []sqldriver.Value) error {
			r := stored{}
			r.n, _ = v[0].(int64)
			r.id, _ = v[1].(string)
			r.doc, _ = v[2].(string)
			rows = append(rows, r)
			return nil
		}); err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			values, err := f.t.extract.Extract([]byte(r.doc))
			if err != nil {
				return fmt.Errorf("document %s: %w", r.id, err)
			}
			if len(f.columns) > 0 {
				var args []any
				for _, c := range f.columns {
					args = append(args, columnValue(&f.t.columns[c], values[c]))
				}
				if _, err := x.w.conn.exec(update, append(args, r.n)...); err != nil {
					return err
				}
			}
			for _, s := range f.sides {
				for _, row := range s.rows(nil, r.id, r.n, values) {
					if _, err := x.w.conn.exec(s.insert, row...); err != nil {
						return err
					}
				}
			}
			if f.words {
				if err := x.fillWords(f.t, r); err != nil {
					return fmt.Errorf("document %s: %w", r.id, err)
				}
			}
		}
		last = rows[len(rows)-1].n
	}
}

// fillWords brings a document into a new search index.
func (x *tx) fillWords(t *table, r stored) error {
	tokens, near, err := t.schema.Words([]byte(r.doc))
	if err != nil {
		return err
	}
	text, sum := wordsOf(tokens)
	if sum == 0 {
		return nil
	}
	if _, err := x.w.conn.exec("UPDATE "+t.name+" SET words=? WHERE n=?", sum, r.n); err != nil {
		return err
	}
	if err := t.terms.add(x.w.conn, text, near); err != nil {
		return err
	}
	_, err = x.w.conn.exec("INSERT INTO "+t.fts+"(rowid, t) VALUES (?, ?)", r.n, text)
	return err
}
