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
	probeLimit = 200 // sets smaller than this are read and sorted whole, whatever the index says
	namedLimit = 500 // so many documents named by id are looked up one by one
	mergeLimit = 8   // of so many values of one Has the ranges are merged in order
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
	eq    map[string]any // scalar fields that are bound to one value
	sort  []driver.Key
	none  bool // nothing can match
}

func (t *table) planner(where filter.Expr, sort []driver.Key) *planner {
	p := &planner{t: t, sort: sort, eq: map[string]any{}}
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
	default:
		p.conds = append(p.conds, e)
	}
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

func (p *planner) bound(path string) bool {
	_, ok := p.eq[path]
	return ok
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

// rank orders leads of sets that are all large.
func (l lead) rank() int {
	switch {
	case l.fits && len(l.values) == 1:
		return 4
	case l.fits && len(l.values) <= mergeLimit:
		return 2
	case len(l.values) == 1:
		return 1
	}
	return 0
}

// scalarRank is where a scalar index stands among leads: it gives way only to one range in the right order.
const scalarRank = 3

// choose decides which side table leads; none where a scalar index is better. Where there is a choice
// it looks how many entries each begins with.
func (p *planner) choose(ctx context.Context, c *conn) (*lead, error) {
	leads := p.leads()
	if len(leads) == 0 || p.none || p.unique() || p.few() {
		return nil, nil
	}
	scalar := p.scalarIndex()
	if len(leads) == 1 && len(scalar) == 0 {
		return &leads[0], nil
	}
	// The best come first, and one of a small set is taken at once: looking on would cost more than it saves.
	slices.SortStableFunc(leads, func(x, y lead) int { return y.rank() - x.rank() })
	least, rank := int64(probeLimit), -1
	var chosen *lead
	if len(scalar) > 0 {
		b := builder{t: p.t}
		b.write("SELECT count(*) FROM (SELECT 1 FROM ", p.t.name, " m WHERE ")
		for i, path := range scalar {
			if i > 0 {
				b.write(" AND ")
			}
			b.expr(filter.Eq{Field: path, Value: p.eq[path]})
		}
		n, err := b.probe(ctx, c)
		if err != nil {
			return nil, err
		}
		least, rank = n, scalarRank
	}
	for i := range leads {
		if least < probeLimit {
			break
		}
		b := builder{t: p.t, side: leads[i].side}
		b.write("SELECT count(*) FROM (SELECT 1 FROM ", leads[i].side.table, " s WHERE ")
		b.ranges(p, &leads[i])
		n, err := b.probe(ctx, c)
		if err != nil {
			return nil, err
		}
		if r := leads[i].rank(); n < least || n == least && r > rank {
			least, rank, chosen = n, r, &leads[i]
		}
	}
	return chosen, nil
}

func (b *builder) probe(ctx context.Context, c *conn) (int64, error) {
	b.write(" LIMIT ", strconv.Itoa(probeLimit), ")")
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
	if p.bound("id") {
		return true
	}
	for _, u := range p.t.schema.Unique {
		all := true
		for _, f := range u {
			all = all && p.bound(f)
		}
		if all {
			return true
		}
	}
	return false
}

// scalarIndex gives the fields of the longest beginning of a scalar index that the query binds.
func (p *planner) scalarIndex() (fields []string) {
	for _, list := range [][]index{p.t.indexes, p.t.uniques} {
		for _, ix := range list {
			n := 0
			for n < len(ix.keys) && p.bound(ix.keys[n].Path) {
				n++
			}
			if n > len(fields) {
				fields = nil
				for _, k := range ix.keys[:n] {
					fields = append(fields, k.Path)
				}
			}
		}
	}
	return fields
}

// ranges writes the conditions that a side table answers as one range for each value.
func (b *builder) ranges(p *planner, l *lead) {
	b.oneOf("s."+l.side.keys[l.side.multi].column, l.values)
	for i, k := range l.side.keys {
		if v, ok := p.eq[k.path]; ok && i != l.side.multi {
			b.write(" AND s.", k.column, "=")
			b.value(v)
		}
	}
}
