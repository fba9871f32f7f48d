package sqlite

import (
	"context"
	"slices"
	"strconv"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// selection is a query on its way to a statement.
type selection struct {
	*planner
	lead  *lead
	whole bool   // all that the scalar index finds is read, and then sorted
	words string // FTS5 expression, "" where the query is no search
	older filter.Expr
	row   int64           // only documents of smaller n; 0: no limit
	idle  bool            // the conditions on bare fields narrow nothing and are in no order: no index begins with them
	few   map[string]bool // of the planner's bare fields those that so few documents have that they are told by a list
}

// find makes the statement that reads what of the documents of q, in order, as its last column. It is
// nil where nothing can match.
func (t *table) find(ctx context.Context, c *conn, q driver.Query, what string) (*builder, error) {
	s, err := t.selection(ctx, c, q)
	if err != nil || s == nil {
		return nil, err
	}
	b := &builder{t: t}
	if s.merges() {
		if len(s.sort) == 0 {
			b.merge(s, true, []orderBy{{"s.n", true}}, what)
		} else {
			var order []orderBy
			for _, k := range s.sort {
				if !s.bound(k.Path) {
					order = append(order, orderBy{s.lead.column(k.Path), k.Desc})
				}
			}
			b.merge(s, true, order, what)
		}
	} else {
		s.idle = s.lead == nil && s.idleBare()
		b.write("SELECT ", what, " FROM ")
		b.from(s, true)
		b.conditions(s)
		b.order(s.sort, s.whole)
	}
	b.limit(q.Limit)
	return b, b.err
}

// count makes the statement that counts what matches q, up to limit.
func (t *table) count(ctx context.Context, c *conn, q driver.Query, limit int) (*builder, error) {
	q.Sort, q.Before = nil, ""
	s, err := t.selection(ctx, c, q)
	if err != nil || s == nil {
		return nil, err
	}
	if s.searchLeads() {
		if err := s.fewHave(ctx, c); err != nil {
			return nil, err
		}
	}
	// Whether the main table is needed at all shows only when the conditions are written.
	trial := &builder{t: t}
	trial.from(s, true)
	trial.conditions(s)
	b := &builder{t: t}
	b.write("SELECT count(*) FROM (")
	if s.merges() {
		var order []orderBy
		for i, k := range s.lead.side.keys {
			if i != s.lead.side.multi && !s.bound(k.path) {
				order = append(order, orderBy{"s." + k.column, k.desc})
			}
		}
		b.merge(s, trial.main, order, "")
	} else {
		b.write("SELECT 1 FROM ")
		b.from(s, trial.main)
		b.conditions(s)
	}
	b.limit(limit)
	b.write(")")
	return b, b.err
}

// limit writes LIMIT with the number itself: SQLite plans by it, and would prepare a statement anew each
// time a bound one is given. There are few different ones.
func (b *builder) limit(n int) { b.write(" LIMIT ", strconv.Itoa(n)) }

// selection plans q; nil where nothing can match.
func (t *table) selection(ctx context.Context, c *conn, q driver.Query) (*selection, error) {
	words, none, err := t.match(ctx, c, q.Text)
	if err != nil || none {
		return nil, err
	}
	s := &selection{planner: t.planner(q.Where, q.Sort), words: words}
	if q.Before != "" && len(q.Sort) == 0 {
		if err := s.before(ctx, c, q.Before); err != nil {
			return nil, err
		}
	}
	if !s.searchLeads() {
		var err error
		if s.lead, s.whole, err = s.choose(ctx, c); err != nil {
			return nil, err
		}
	} else {
		s.leads() // only to see whether nothing can match
	}
	if s.none {
		return nil, nil
	}
	return s, nil
}

// before limits a list in the order of insertion to what was inserted before that document.
func (s *selection) before(ctx context.Context, c *conn, id string) (err error) {
	s.row, err = c.number(ctx, "SELECT n FROM "+s.t.name+" WHERE id=?", id)
	if s.row == 0 {
		s.older = filter.Compare{Field: "id", Op: filter.Lt, Value: id}
	}
	return err
}

// fewHave finds the fields that what matches must not have and that few have, as of what lies in the trash: a count of
// what a search finds then reads a short list, not the row of everything found.
func (s *selection) fewHave(ctx context.Context, c *conn) error {
	s.few = map[string]bool{}
	for path := range s.bare {
		if !slices.ContainsFunc(s.t.indexes, func(ix index) bool { return ix.keys[0].Path == path }) {
			continue
		}
		column, _, _ := s.t.column(path)
		n, err := c.number(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+s.t.name+" WHERE "+column.name+" IS NOT NULL LIMIT ?)", int64(wholeLimit+1))
		if err != nil {
			return err
		}
		s.few[path] = n <= wholeLimit
	}
	return nil
}

// searchLeads tells whether the search index leads: it keeps the order of insertion.
func (s *selection) searchLeads() bool { return s.words != "" && len(s.sort) == 0 }

// ranged tells whether a side table leads.
func (s *selection) ranged() bool {
	return s.lead != nil && (len(s.lead.values) == 1 || s.merges())
}

// merges tells whether several ranges of a side table lead, side by side.
func (s *selection) merges() bool {
	return s.lead != nil && s.lead.fits && len(s.lead.values) > 1 && len(s.lead.values) <= mergeLimit
}

func (l *lead) column(path string) string {
	for _, k := range l.side.keys {
		if k.path == path {
			return "s." + k.column
		}
	}
	return ""
}

// from writes the tables. CROSS JOIN keeps SQLite from turning their order round.
func (b *builder) from(s *selection, main bool) {
	lead, n := "", ""
	switch {
	case s.searchLeads():
		b.searching = true
		lead, n = b.t.fts+" f", "f.rowid"
	case s.ranged():
		b.side = s.lead.side
		lead, n = b.side.table+" s", "s.n"
	default:
		b.write(b.t.name, " m")
		return
	}
	b.write(lead)
	if main {
		b.write(" CROSS JOIN ", b.t.name, " m ON m.n=", n)
	}
}

// merge writes one select for each value of the lead and joins them in order. SQLite then reads the
// ranges side by side, gives each document once and stops them all at the limit. The columns of the
// order come first.
func (b *builder) merge(s *selection, main bool, order []orderBy, what string) {
	all := s.lead.values
	defer func() { s.lead.values = all }()
	for i := range all {
		s.lead.values = all[i : i+1]
		if i > 0 {
			b.write(" UNION ")
		}
		b.write("SELECT ")
		for j, o := range order {
			if j > 0 {
				b.write(", ")
			}
			b.write(o.expr)
		}
		if what != "" {
			b.write(", ", what)
		}
		b.write(" FROM ")
		b.from(s, main)
		b.limited = false
		b.conditions(s)
	}
	for j, o := range order {
		b.orderBy(j, orderBy{strconv.Itoa(j + 1), o.desc})
	}
}

// orderBy is one term of ORDER BY.
type orderBy struct {
	expr string
	desc bool
}

func (b *builder) orderBy(at int, o orderBy) {
	separator := ", "
	if at == 0 {
		separator = " ORDER BY "
	}
	b.write(separator, o.expr)
	if o.desc {
		b.write(" DESC")
	}
}

// conditions writes WHERE.
func (b *builder) conditions(s *selection) {
	switch {
	case s.searchLeads():
		b.where()
		b.write("f.", b.t.fts, " MATCH ")
		b.value(s.words)
	case s.words != "":
		b.where()
		b.main = true
		b.write("m.n IN (SELECT rowid FROM ", b.t.fts, " WHERE ", b.t.fts, " MATCH ")
		b.value(s.words)
		b.write(")")
	}
	if s.ranged() {
		b.where()
		b.ranges(s.planner, s.lead)
	} else if s.lead != nil {
		b.where()
		b.main = true
		b.write("m.n IN (SELECT s.n FROM ", s.lead.side.table, " s WHERE ")
		b.ranges(s.planner, s.lead)
		b.write(")")
	}
	for i, cond := range s.conds {
		if s.lead != nil && (i == s.lead.cond || s.ranged() && s.answered(cond)) {
			continue
		}
		b.where()
		path := bareField(cond)
		if s.few[path] {
			column, _, _ := s.t.column(path)
			b.write(b.row(), " NOT IN (SELECT n FROM ", s.t.name, " WHERE ", column.name, " IS NOT NULL)")
			continue
		}
		if s.idle && s.bare[path] {
			b.write("+") // keeps SQLite from an index
		}
		b.expr(cond)
	}
	if s.row != 0 {
		b.where()
		b.write(b.row(), "<")
		b.value(s.row)
	}
	if s.older != nil {
		b.where()
		b.expr(s.older)
	}
}

// answered tells whether the range of the lead has this equality in it.
func (s *selection) answered(cond filter.Expr) bool {
	eq, ok := cond.(filter.Eq)
	return ok && s.eq[eq.Field] == eq.Value && s.lead.column(eq.Field) != ""
}

// row gives the document's n from the table that leads.
func (b *builder) row() string {
	switch {
	case b.searching:
		return "f.rowid"
	case b.side != nil:
		return "s.n"
	}
	b.main = true
	return "m.n"
}

// order writes ORDER BY, down to the id. Without a sort the last inserted comes first. whole keeps SQLite from using an
// index for it.
func (b *builder) order(sort []driver.Key, whole bool) {
	if len(sort) == 0 {
		b.orderBy(0, orderBy{b.row(), true})
		return
	}
	for i, k := range sort {
		expr, _, _, _ := b.scalar(k.Path)
		if whole && i == 0 {
			expr = "+" + expr
		}
		b.orderBy(i, orderBy{expr, k.Desc})
	}
}
