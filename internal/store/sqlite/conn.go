package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"modernc.org/sqlite"
)

// statementCache bounds the prepared statements of one connection. Generated filters make ever new
// texts; a full cache is simply emptied, since preparing again costs microseconds.
const statementCache = 256

// conn is one connection with its prepared statements. It speaks to the driver without database/sql in
// between, which for reads of a few microseconds is a third of the cost. It is not safe for concurrent use.
type conn struct {
	raw   driver.Conn
	stmts map[string]driver.Stmt
	named []driver.NamedValue // scratch

	readOnly bool
	counts   counts
}

// mmap is as much of the file as SQLite maps at most. Pages beyond are read through the small cache, one
// system call each.
const mmap = "mmap_size(2147418112)"

// role is what a connection is for; it decides its cache and whether it may write.
type role struct {
	cacheKiB int
	readOnly bool
}

var (
	writerRole = role{cacheKiB: 16 << 10}
	readerRole = role{cacheKiB: 8 << 10, readOnly: true}
)

// dial opens a connection to the file. The page cache is kept small because mmap already serves reads
// from the file's own pages.
func dial(path string, r role) (*conn, error) {
	pragmas := []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"cache_size(-" + strconv.Itoa(r.cacheKiB) + ")", "temp_store(MEMORY)", mmap,
		"journal_size_limit(67108864)", "wal_autocheckpoint(" + strconv.Itoa(logPagesAtEnd) + ")",
		// Statistics from a sample, which takes milliseconds of any table. Whole ones would also hold single
		// values, by which SQLite prepares a statement anew whenever other values are bound to it.
		"analysis_limit(1000)",
	}
	if r.readOnly {
		pragmas = append(pragmas, "query_only(1)")
	}
	raw, err := (&sqlite.Driver{}).Open(uri(path) + "?" + url.Values{"_pragma": pragmas}.Encode())
	if err != nil {
		return nil, err
	}
	return &conn{raw: raw, stmts: map[string]driver.Stmt{}, readOnly: r.readOnly}, nil
}

// uri writes a file's path so that no character of it is taken for something else.
func uri(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	c.stmts = nil
	return c.raw.Close()
}

func (c *conn) stmt(sql string) (driver.Stmt, error) {
	if s, ok := c.stmts[sql]; ok {
		return s, nil
	}
	s, err := c.raw.Prepare(sql)
	if err != nil {
		return nil, fmt.Errorf("sqlite: preparing %s: %w", sql, err)
	}
	if len(c.stmts) >= statementCache {
		for _, old := range c.stmts {
			_ = old.Close()
		}
		clear(c.stmts)
	}
	c.stmts[sql] = s
	return s, nil
}

// bind numbers the arguments. They are string, int64, float64 or nil.
func (c *conn) bind(args []any) []driver.NamedValue {
	c.named = c.named[:0]
	for i, a := range args {
		c.named = append(c.named, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.named
}

// exec runs a statement to its end. No context reaches SQLite: interrupting a write would roll back the
// whole transaction, with the work of every other member of the group.
func (c *conn) exec(sql string, args ...any) (driver.Result, error) {
	s, err := c.stmt(sql)
	if err != nil {
		return nil, err
	}
	return s.(driver.StmtExecContext).ExecContext(context.Background(), c.bind(args))
}

// query calls row for every row; the slice is valid until row returns. row must not use the connection.
func (c *conn) query(ctx context.Context, sql string, args []any, row func(v []driver.Value) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	s, err := c.stmt(sql)
	if err != nil {
		return err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), c.bind(args))
	if err != nil {
		return err
	}
	defer func() {
		if e := rows.Close(); err == nil {
			err = e
		}
	}()
	v := make([]driver.Value, len(rows.Columns()))
	for n := 0; ; n++ {
		switch err := rows.Next(v); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if n%64 == 63 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := row(v); err != nil {
			return err
		}
	}
}

// number gives the integer of a query that answers with one.
func (c *conn) number(ctx context.Context, sql string, args ...any) (n int64, err error) {
	err = c.query(ctx, sql, args, func(v []driver.Value) error {
		n, _ = v[0].(int64)
		return nil
	})
	return n, err
}

// readers is the pool of read-only connections.
type readers struct {
	idle chan *conn
	size int
}

func dialReaders(path string, size int) (*readers, error) {
	r := &readers{idle: make(chan *conn, size)}
	for range size {
		c, err := dial(path, readerRole)
		if err != nil {
			_ = r.close()
			return nil, err
		}
		r.idle <- c
		r.size++
	}
	return r, nil
}

// use lends a connection to fn.
func (r *readers) use(ctx context.Context, fn func(*conn) error) error {
	select {
	case c, open := <-r.idle:
		if !open {
			return errClosed
		}
		defer func() { r.idle <- c }()
		return fn(c)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close waits for every reader to come home.
func (r *readers) close() (err error) {
	for ; r.size > 0; r.size-- {
		if e := (<-r.idle).close(); err == nil {
			err = e
		}
	}
	close(r.idle)
	return err
}

// quote makes an identifier of any text.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
