package sqlite

import (
	"context"
	"slices"
	"strconv"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// SQLite plans what concerns the main table and its indexes by itself. What it cannot know is that a
// side table, too, is an index of the collection, and that one of them read in its own order answers
// "has this value, sorted by that" without sorting anything. That choice is made here.
const (
	probeLimit = 200    // sets smaller than this are read and sorted whole, whatever the index says
	wholeLimit = 1000   // the same of a scalar index, which is cheaper to read
	countLimit = 10_000 // larger sets are not told apart
	namedLimit = 500    // so many documents named by id are looked up one by one
	mergeLimit = 8      // of so many values of one Has the ranges are merged in order
)

// lead is how a query begins.
type lead struct {
	cond   int // which condition the side table answers
	side   *side
	values []any
	fits   bool // the side table has the order of the sort
	bound  int  // how many of its other keys are bound by equality
}

// planner takes a query apart.
type planner struct {
	t     *table
	conds []filter.Expr
	eq    map[string]any  // scalar fields that are bound to one value
	bare  map[string]bool // scalar fields that have none, as that of what is not in the trash
	sort  []driver.Key
	none  bool // nothing can match
}

func (t *table) planner(where filter.Expr, sort []driver.Key) *planner {
	p := &planner{t: t, sort: sort, eq: map[string]any{}, bare: map[string]bool{}}
	p.flatten(where)
	return p
}

func (p *planner) flatten(e filter.Expr) {
	switch e := e.(type) {
	case nil:
	case filter.And:
		for _, x := range e {
			p.flatten(x)
		}
	case filter.Eq:
		if c, _, ok := p.t.column(e.Field); ok && ofKind(e.Value, c.Kind) {
			p.eq[e.Field] = e.Value
		}
		p.conds = append(p.conds, e)
	case filter.Not:
		if c, _, ok := p.t.column(bareField(e)); ok && !c.Multi {
			p.bare[bareField(e)] = true
		}
		p.conds = append(p.conds, e)
	default:
		p.conds = append(p.conds, e)
	}
}

// bareField gives the field that a condition wants to have no value; "" of any other condition.
func bareField(cond filter.Expr) string {
	if not, ok := cond.(filter.Not); ok {
		if x, ok := not.Expr.(filter.Exists); ok {
			return x.Field
		}
	}
	return ""
}

// fits tells whether an index that goes on with these keys has the order of the sort, backwards or
// forwards. The direction of the id does not matter: SQLite sorts the few documents that are equal in
// all else as it goes.
func (p *planner) fits(keys []driver.Key) bool {
	var turned, known bool
	at := 0
	for _, k := range keys {
		for at < len(p.sort) && p.bound(p.sort[at].Path) {
			at++
		}
		if p.bound(k.Path) {
			continue
		}
		if at == len(p.sort) {
			return true
		}
		s := p.sort[at]
		if s.Path != k.Path {
			return false
		}
		if s.Path == "id" {
			return true
		}
		if known && turned != (s.Desc != k.Desc) {
			return false
		}
		turned, known = s.Desc != k.Desc, true
		at++
	}
	return at == len(p.sort)
}

// bound tells whether all that matches has the same in a scalar field, be it nothing.
func (p *planner) bound(path string) bool {
	_, ok := p.eq[path]
	return ok || p.bare[path]
}

// binding gives the condition that binds a field.
func (p *planner) binding(path string) filter.Expr {
	if v, ok := p.eq[path]; ok {
		return filter.Eq{Field: path, Value: v}
	}
	return filter.Not{Expr: filter.Exists{Field: path}}
}

// leads gives the best side table of every top-level Has.
func (p *planner) leads() (leads []lead) {
	for i, cond := range p.conds {
		has, ok := cond.(filter.Has)
		if !ok {
			continue
		}
		c, _, ok := p.t.column(has.Field)
		if !ok || !c.Multi {
			continue // rendering will complain
		}
		values := distinct(valuesOfKind(has.Values, c.Kind))
		if len(values) == 0 {
			p.none = true
			return nil
		}
		var best lead
		for _, s := range p.t.sidesOf(has.Field) {
			if l, ok := p.lead(i, s, values); ok && (best.side == nil || l.better(best)) {
				best = l
			}
		}
		if best.side != nil {
			leads = append(leads, best)
		}
	}
	return leads
}

func (p *planner) lead(cond int, s *side, values []any) (lead, bool) {
	l := lead{cond: cond, side: s, values: values}
	for _, k := range s.keys[:s.multi] {
		if !p.bound(k.path) {
			return l, false // the values are scattered over the table
		}
		l.bound++
	}
	var rest []driver.Key
	for _, k := range s.keys[s.multi+1:] {
		if p.bound(k.path) && len(rest) == 0 {
			l.bound++
			continue
		}
		rest = append(rest, driver.Key{Path: k.path, Desc: k.desc})
	}
	l.fits = len(p.sort) == 0 || p.fits(rest)
	return l, true
}

func (l lead) better(o lead) bool {
	if l.fits != o.fits {
		return l.fits
	}
	if l.bound != o.bound {
		return l.bound > o.bound
	}
	return len(l.side.keys) < len(o.side.keys)
}

// rank orders leads of sets that are all large. Without a sort none has an order to give.
func (p *planner) rank(l *lead) int {
	ordered := l.fits && len(p.sort) > 0
	switch {
	case ordered && len(l.values) == 1:
		return inOrder
	case ordered && len(l.values) <= mergeLimit:
		return 2
	case len(l.values) == 1:
		return 1
	}
	return 0
}

const (
	scalarRank = 3 // a scalar index gives way only to one range in the right order
	inOrder    = 4
)

// choose decides which side table leads; none where a scalar index is better. Where there is a choice it looks how
// many entries each begins with. whole says that what the scalar index finds is so little that it is best sorted,
// where SQLite might rather walk through everything in the order of the sort.
func (p *planner) choose(ctx context.Context, c *conn) (chosen *lead, whole bool, err error) {
	leads := p.leads()
	if p.none || p.unique() || p.few() {
		return nil, false, nil
	}
	scalar, sorted := p.scalarIndex()
	switch {
	case len(leads) == 1 && len(scalar) == 0:
		return &leads[0], false, nil
	case len(leads) == 0 && (len(scalar) == 0 || sorted):
		return nil, false, nil
	case len(leads) == 0:
		n, err := p.countScalar(ctx, c, scalar, wholeLimit)
		return nil, n < wholeLimit, err
	}
	// The best come first, and one of a small set is taken at once: looking on would cost more than it saves.
	slices.SortStableFunc(leads, func(x, y lead) int { return p.rank(&y) - p.rank(&x) })
	for _, limit := range []int64{probeLimit, countLimit} {
		least, rank := limit, -1
		chosen = nil
		if len(scalar) > 0 {
			n, err := p.countScalar(ctx, c, scalar, limit)
			if err != nil {
				return nil, false, err
			}
			least, rank = n, scalarRank
		}
		for i := range leads {
			if least < probeLimit {
				break
			}
			n, err := p.countLead(ctx, c, &leads[i], limit)
			if err != nil {
				return nil, false, err
			}
			if r := p.rank(&leads[i]); n < least || n == least && r > rank {
				least, rank, chosen = n, r, &leads[i]
			}
		}
		// What comes in order is read as far as it is shown; of the rest all is read, so their sizes count.
		if least < limit || rank == inOrder || chosen == nil && sorted && len(p.sort) > 0 {
			return chosen, chosen == nil && !sorted && least < wholeLimit, nil
		}
	}
	return chosen, false, nil
}

func (p *planner) countScalar(ctx context.Context, c *conn, fields []string, limit int64) (int64, error) {
	b := builder{t: p.t}
	b.write("SELECT count(*) FROM (SELECT 1 FROM ", p.t.name, " m WHERE ")
	for i, path := range fields {
		if i > 0 {
			b.write(" AND ")
		}
		b.expr(p.binding(path))
	}
	return b.probe(ctx, c, limit)
}

func (p *planner) countLead(ctx context.Context, c *conn, l *lead, limit int64) (int64, error) {
	b := builder{t: p.t, side: l.side}
	b.write("SELECT count(*) FROM (SELECT 1 FROM ", l.side.table, " s WHERE ")
	b.ranges(p, l)
	return b.probe(ctx, c, limit)
}

func (b *builder) probe(ctx context.Context, c *conn, limit int64) (int64, error) {
	b.write(" LIMIT ", strconv.FormatInt(limit, 10), ")")
	if b.err != nil {
		return 0, b.err
	}
	return c.count(ctx, b)
}

// few tells whether the documents that can match are named one by one, by id: whatever else is asked of
// them is looked up for each.
func (p *planner) few() bool {
	for _, cond := range p.conds {
		if in, ok := cond.(filter.In); ok && in.Field == "id" && len(in.Values) <= namedLimit {
			return true
		}
	}
	return false
}

// unique tells whether at most one document can match.
func (p *planner) unique() bool {
	if _, ok := p.eq["id"]; ok {
		return true
	}
	for _, u := range p.t.schema.Unique {
		all := true
		for _, f := range u {
			_, ok := p.eq[f] // of what has nothing in a unique field there may be any number
			all = all && ok
		}
		if all {
			return true
		}
	}
	return false
}

// scalarIndex gives the fields of the longest beginning of a scalar index that the query binds, one of them to a value:
// what is in no trash is nearly everything. sorted tells whether the index goes on in the order of the sort.
func (p *planner) scalarIndex() (fields []string, sorted bool) {
	for _, list := range [][]index{p.t.indexes, p.t.uniques} {
		for _, ix := range list {
			n, valued := 0, false
			for n < len(ix.keys) && p.bound(ix.keys[n].Path) {
				_, ok := p.eq[ix.keys[n].Path]
				valued = valued || ok
				n++
			}
			fits := len(p.sort) == 0 || p.fits(ix.keys[n:])
			if !valued || n < len(fields) || n == len(fields) && !(fits && !sorted) {
				continue
			}
			fields, sorted = nil, fits
			for _, k := range ix.keys[:n] {
				fields = append(fields, k.Path)
			}
		}
	}
	return fields, sorted
}

// idleBare tells that what must have no value is only to be passed over: no scalar index that begins with it binds a value,
// too, or has the order of the sort. SQLite takes "none" for as narrow as a value; led by it, every page of a walk would
// read and sort all that is left.
func (p *planner) idleBare() bool {
	if len(p.bare) == 0 || p.unique() {
		return false
	}
	if scalar, _ := p.scalarIndex(); len(scalar) > 0 {
		return false
	}
	return len(p.sort) == 0 || !slices.ContainsFunc(p.t.indexes, func(ix index) bool {
		n := 0
		for n < len(ix.keys) && p.bound(ix.keys[n].Path) {
			n++
		}
		return n > 0 && p.fits(ix.keys[n:])
	})
}

// ranges writes the conditions that a side table answers as one range for each value.
func (b *builder) ranges(p *planner, l *lead) {
	b.oneOf("s."+l.side.keys[l.side.multi].column, l.values)
	for i, k := range l.side.keys {
		if v, ok := p.eq[k.path]; ok && i != l.side.multi {
			b.write(" AND s.", k.column, "=")
			b.value(v)
		} else if p.bare[k.path] && i != l.side.multi {
			b.write(" AND s.", k.column, "=", missing)
		}
	}
}
