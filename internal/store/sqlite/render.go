package sqlite

import (
	"fmt"
	"strings"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// longList is from how many values on a list is bound as one JSON array instead of value by value.
const longList = 16

// builder writes one statement. The main table goes by the alias m; where a side table leads the query
// it goes by s, and what it holds is taken from it rather than from the row behind it.
type builder struct {
	strings.Builder
	t                  *table
	side               *side // the side table that leads, if any
	main               bool  // whether anything so far needs m
	searching, limited bool  // the search index leads, as f; WHERE has been written
	args               []any
	err                error
}

func (b *builder) write(parts ...string) {
	for _, p := range parts {
		b.WriteString(p)
	}
}

// where writes WHERE once and AND from then on.
func (b *builder) where() {
	if b.limited {
		b.write(" AND ")
		return
	}
	b.limited = true
	b.write(" WHERE ")
}

// value writes a placeholder.
func (b *builder) value(v any) {
	b.WriteString("?")
	b.args = append(b.args, bound(v))
}

// fails reports that a filter cannot be written; the collection checks filters, so this is our mistake.
func (b *builder) fails(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("sqlite: "+b.t.schema.Name+": "+format, args...)
	}
}

// ofKind tells whether v is a value that a field of kind k can hold.
func ofKind(v any, k driver.Kind) bool {
	switch v.(type) {
	case string:
		return k == driver.String
	case int64:
		return k == driver.Int
	case bool:
		return k == driver.Bool
	}
	return false
}

func valuesOfKind(values []any, k driver.Kind) []any {
	var out []any
	for _, v := range values {
		if ofKind(v, k) {
			out = append(out, v)
		}
	}
	return out
}

// scalar gives the expression of a scalar field and whether it comes from a side table, where a missing
// value is minus infinity instead of NULL.
func (b *builder) scalar(path string) (expr string, kind driver.Kind, fromSide, ok bool) {
	c, _, found := b.t.column(path)
	if !found || c.Multi {
		b.fails("%q is not a declared scalar field", path)
		return "", 0, false, false
	}
	if b.side != nil {
		for _, k := range b.side.keys {
			if k.path == path {
				return "s." + c.name, c.Kind, path != "id", true
			}
		}
	}
	b.main = true
	return "m." + c.name, c.Kind, false, true
}

// expr writes a condition. It may come out NULL instead of false; under NOT that is put right.
func (b *builder) expr(e filter.Expr) {
	switch e := e.(type) {
	case nil:
		b.write("1")
	case filter.Eq:
		b.in(e.Field, []any{e.Value})
	case filter.In:
		b.in(e.Field, e.Values)
	case filter.Compare:
		b.compare(e)
	case filter.Contains:
		b.contains(e)
	case filter.Has:
		b.has(e)
	case filter.Exists:
		b.exists(e.Field, true)
	case filter.And:
		b.all(e, " AND ", "1")
	case filter.Or:
		b.all(e, " OR ", "0")
	case filter.Not:
		if x, ok := e.Expr.(filter.Exists); ok {
			b.exists(x.Field, false)
			return
		}
		b.write("NOT IFNULL((")
		b.expr(e.Expr)
		b.write("), 0)")
	default:
		b.fails("unknown filter %T", e)
	}
}

// all joins conditions in halves, since SQLite bounds how deep an expression may nest.
func (b *builder) all(list []filter.Expr, op, none string) {
	switch len(list) {
	case 0:
		b.write(none)
	case 1:
		b.expr(list[0])
	default:
		half := len(list) / 2
		b.write("(")
		b.all(list[:half], op, none)
		b.write(op)
		b.all(list[half:], op, none)
		b.write(")")
	}
}

func (b *builder) in(field string, values []any) {
	expr, kind, _, ok := b.scalar(field)
	if !ok {
		return
	}
	b.oneOf(expr, valuesOfKind(values, kind))
}

// oneOf writes that expr is one of values.
func (b *builder) oneOf(expr string, values []any) {
	switch {
	case len(values) == 0:
		b.write("0")
	case len(values) == 1:
		b.write(expr, "=")
		b.value(values[0])
	case len(values) < longList:
		b.write(expr, " IN (")
		for i, v := range values {
			if i > 0 {
				b.write(",")
			}
			b.value(v)
		}
		b.write(")")
	default:
		all := make([]any, len(values))
		for i, v := range values {
			all[i] = bound(v)
		}
		b.write(expr, " IN (SELECT value FROM json_each(?))")
		b.args = append(b.args, list(all))
	}
}

func (b *builder) compare(e filter.Compare) {
	expr, kind, fromSide, ok := b.scalar(e.Field)
	switch {
	case !ok:
		return
	case !ofKind(e.Value, kind):
		b.write("0")
		return
	}
	switch e.Op {
	case filter.Lt, filter.Lte, filter.Gt, filter.Gte:
	default:
		b.fails("unknown comparison %q", e.Op)
		return
	}
	below := fromSide && (e.Op == filter.Lt || e.Op == filter.Lte)
	if below {
		b.write("(", expr, ">", missing, " AND ")
	}
	b.write(expr, string(e.Op))
	b.value(e.Value)
	if below {
		b.write(")")
	}
}

func (b *builder) contains(e filter.Contains) {
	c, _, found := b.t.column(e.Field)
	if !found || c.Multi || c.Kind != driver.String {
		b.fails("%q is not a declared scalar string", e.Field)
		return
	}
	b.main = true // a side table would offer minus infinity as a text
	b.write("instr(m.", c.name, ",")
	b.value(e.Part)
	b.write(")>0")
}

func (b *builder) exists(field string, want bool) {
	if c, _, ok := b.t.column(field); ok && c.Multi {
		b.main = true
		b.write("m.", c.name, map[bool]string{true: " IS NOT NULL", false: " IS NULL"}[want])
		return
	}
	expr, _, fromSide, ok := b.scalar(field)
	switch {
	case !ok:
	case fromSide && want:
		b.write(expr, ">", missing)
	case fromSide:
		b.write(expr, "=", missing)
	case want:
		b.write(expr, " IS NOT NULL")
	default:
		b.write(expr, " IS NULL")
	}
}

// has writes a condition on a multi field as a look into the side table with the fewest keys. All its
// keys but the value are those of the document at hand, so each look is one step down the tree.
func (b *builder) has(e filter.Has) {
	c, _, found := b.t.column(e.Field)
	if !found || !c.Multi {
		b.fails("%q is not a declared multi field", e.Field)
		return
	}
	values := valuesOfKind(e.Values, c.Kind)
	if len(values) == 0 {
		b.write("0")
		return
	}
	var s *side
	for _, x := range b.t.sidesOf(e.Field) {
		if s == nil || len(x.keys) < len(s.keys) {
			s = x
		}
	}
	b.write("EXISTS(SELECT 1 FROM ", s.table, " h WHERE ")
	b.oneOf("h."+c.name, values)
	for i, k := range s.keys {
		if i == s.multi {
			continue
		}
		expr, _, fromSide, _ := b.scalar(k.path)
		if !fromSide && k.path != "id" {
			expr = "ifnull(" + expr + "," + missing + ")"
		}
		b.write(" AND h.", k.column, "=", expr)
	}
	b.write(")")
}
