package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"time"

	"piper/internal/fault"
	"piper/internal/store/driver"
)

// Bounds of a scrub.
const (
	mergePages  = 400                    // pages of a search index that one step merges, so that writers get in between
	termsBatch  = 1000                   // terms that are looked at together
	logAttempts = 100                    // how often readers are waited for until the log can be emptied
	logPause    = 100 * time.Millisecond // between them

	vocabulary = "scrubbed" // a table of the writing connection: the terms of a search index
)

// Scrub makes sure that nothing of what was removed or replaced is left in the file or its log. SQLite
// itself keeps such bytes in free pages and in the gaps of others, FTS5 keeps the words of removed documents
// in its segments until these are merged, and the table of terms keeps every word that there ever was. So
// the search indexes are merged into one segment each, the terms that no document has any more go, the file
// is written anew, and the log is emptied. Reading goes on meanwhile; writing waits for the file to be
// written, which takes about a second for each 100 MB and as much room again on the disk.
func (e *Engine) Scrub(ctx context.Context) error {
	e.mu.RLock()
	var tables []*table
	for _, t := range e.tables {
		if t.fts != "" {
			tables = append(tables, t)
		}
	}
	e.mu.RUnlock()
	for _, t := range tables {
		if err := e.mergeWords(ctx, t); err != nil {
			return fmt.Errorf("sqlite: merging the search index of %s: %w", t.schema.Name, err)
		}
		if err := e.dropTerms(ctx, t); err != nil {
			return fmt.Errorf("sqlite: dropping unused terms of %s: %w", t.schema.Name, err)
		}
	}
	if err := e.writer.alone(ctx, e.rewrite); err != nil {
		return fmt.Errorf("sqlite: writing the file anew: %w", explain(err))
	}
	return e.emptyLog(ctx)
}

// mergeWords merges a search index into one segment, which leaves out the words of removed documents.
func (e *Engine) mergeWords(ctx context.Context, t *table) error {
	step := func(pages int64) (changed int64, err error) {
		err = e.write(ctx, func(x *tx, _ bool) error {
			before, err := x.w.conn.number(ctx, "SELECT total_changes()")
			if err != nil {
				return explain(err)
			}
			if _, err := x.w.conn.exec("INSERT INTO "+t.fts+"("+t.fts+", rank) VALUES ('merge', ?)", pages); err != nil {
				x.broken = explain(err)
				return x.broken
			}
			after, err := x.w.conn.number(ctx, "SELECT total_changes()")
			changed = after - before
			return explain(err)
		})
		return changed, err
	}
	// A negative number begins to merge everything; positive ones go on with it.
	for pages := int64(-mergePages); ; pages = mergePages {
		changed, err := step(pages)
		if err != nil || pages > 0 && changed < 2 {
			return err
		}
	}
}

// dropTerms removes the terms that no document has any more, and the keys of words that are no terms.
func (e *Engine) dropTerms(ctx context.Context, t *table) error {
	return e.write(ctx, func(x *tx, _ bool) error {
		c := x.w.conn
		_, err := c.exec("CREATE VIRTUAL TABLE temp." + vocabulary + " USING fts5vocab('main', '" + t.schema.Name + ftsSuffix + "', 'row')")
		if err == nil {
			err = t.dropTerms(ctx, c)
			_, e := c.exec("DROP TABLE temp." + vocabulary)
			err = errors.Join(err, e)
		}
		if err != nil {
			x.broken = explain(err)
		}
		t.terms.forget()
		return x.broken
	})
}

func (t *table) dropTerms(ctx context.Context, c *conn) error {
	const known = "SELECT count(*) FROM temp." + vocabulary + " WHERE term=?"
	for after := ""; ; {
		var part, gone []string
		err := c.query(ctx, "SELECT term FROM "+t.terms.table+" WHERE term>? ORDER BY term LIMIT ?", []any{after, int64(termsBatch)},
			func(v []sqldriver.Value) error {
				term, _ := v[0].(string)
				part = append(part, term)
				return nil
			})
		if err != nil || len(part) == 0 {
			return err
		}
		after = part[len(part)-1]
		for _, term := range part {
			word := term
			if w, ok := driver.NearWord(term); ok {
				word = escape(w)
			}
			n, err := c.number(ctx, known, word)
			if err != nil {
				return err
			}
			if n == 0 {
				gone = append(gone, term)
			}
		}
		for _, term := range gone {
			if _, err := c.exec("DELETE FROM "+t.terms.table+" WHERE term=?", term); err != nil {
				return err
			}
		}
	}
}

// rewrite writes every page of the file anew, on a connection that keeps its copy in a file and not in
// memory. The caller keeps writers out.
func (e *Engine) rewrite(*conn) (err error) {
	c, err := dial(e.path, writerRole)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if _, err := c.exec("PRAGMA temp_store=FILE"); err != nil {
		return err
	}
	_, err = c.exec("VACUUM")
	return err
}

// emptyLog writes the log back into the file and cuts it to nothing, as soon as no reader is in its way.
func (e *Engine) emptyLog(ctx context.Context) error {
	for range logAttempts {
		busy := int64(1)
		err := e.writer.alone(ctx, func(c *conn) (err error) {
			busy, err = c.number(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
			return err
		})
		if err != nil {
			return explain(err)
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(logPause):
		}
	}
	return fault.New(fault.Busy, "The store's log could not be emptied because somebody reads for a long time. It is tried again.")
}
