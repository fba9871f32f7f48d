package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"strings"

	"piper/internal/store/driver"
)

// Explain gives the statement of a query and SQLite's plan for it, for tests and benchmarks. A line
// that begins with SCAN and names no index reads a whole table.
func (e *Engine) Explain(ctx context.Context, s *driver.Schema, q driver.Query) (string, error) {
	t, err := e.table(s)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = e.read(ctx, false, func(c *conn) error {
		b, err := t.find(ctx, c, q, "m.doc")
		if err != nil || b == nil {
			return err
		}
		out.WriteString(b.String() + "\n")
		return c.query(ctx, "EXPLAIN QUERY PLAN "+b.String(), b.args, func(v []sqldriver.Value) error {
			line, _ := v[3].(string)
			out.WriteString(line + "\n")
			return nil
		})
	})
	return out.String(), explain(err)
}
