package finance

import (
	"context"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Repo keeps income lines, their imports, exchange rates, and what is planned and spent.
type Repo struct {
	db *store.DB
	plans
	lines   *store.Collection[Income]
	imports *store.Collection[Import]
	gates   *store.Collection[gate]
	rates   *store.Collection[RateDay]
	books   *store.Collection[Books]
	gifts   *store.Collection[Gift]
	entries *store.Collection[BankEntry]

	// Reporting is the currency of the books, in which frozen worths are. Set before the first use.
	Reporting money.Reporting
	// Fiscal is the calendar of the books, by which years are closed. Set before the first write.
	Fiscal Fiscal
	// Expectations knows which payments are due, and is told when lines pay one or pay it no more. Set before the first
	// use; nil: nothing is expected.
	Expectations Expectations
}

// Sorts maps what income may be sorted by to the declared field. Lines that are not converted come
// below every amount.
var Sorts = map[string]string{"date": "date", "amount": "worth.minor"}

// NewRepo declares the collections.
func NewRepo(db *store.DB) *Repo {
	return &Repo{
		db:    db,
		plans: declarePlans(db),
		lines: store.Declare(db, store.Spec[Income]{
			Name: "income",
			Fields: []driver.Field{
				{Path: "donorId"}, {Path: "ultimateDonorId"}, {Path: "date"}, {Path: "worth.minor", Kind: driver.Int},
				{Path: "earmarking"}, {Path: "restriction"}, {Path: "sourceType"}, {Path: "importId"},
				{Path: "seq", Kind: driver.Int}, {Path: "unsettled", Kind: driver.Bool},
				{Path: "refundOf"}, {Path: "reversalOf"}, {Path: "splitId"}, {Path: "entryId"}, {Path: "project"}, {Path: "fund"},
			},
			Indexes: [][]driver.Key{
				{{Path: "date"}},
				{{Path: "donorId"}, {Path: "date"}},
				{{Path: "ultimateDonorId"}, {Path: "date"}},
				{{Path: "importId"}},
				{{Path: "refundOf"}}, {{Path: "reversalOf"}}, {{Path: "splitId"}}, {{Path: "entryId"}},
				// All that figures ask for, so that they are read from the index alone.
				{{Path: "date"}, {Path: "seq"}, {Path: "worth.minor"}, {Path: "donorId"}, {Path: "ultimateDonorId"}, {Path: "earmarking"}, {Path: "restriction"}, {Path: "sourceType"}},
			},
			Refs: []store.Ref{
				{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"},
				{Field: "ultimateDonorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"},
			},
			Audited: true,
		}),
		imports: store.Declare(db, store.Spec[Import]{
			Name:    "income_imports",
			Fields:  []driver.Field{{Path: "seq", Kind: driver.Int}, {Path: "hash"}, {Path: "state"}, {Path: "donorId"}},
			Unique:  [][]string{{"seq"}},
			Indexes: [][]driver.Key{{{Path: "hash"}}, {{Path: "state"}}, {{Path: "donorId"}}},
			Refs:    []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
			Audited: true,
		}),
		gates: store.Declare(db, store.Spec[gate]{Name: "income_gates"}),
		books: store.Declare(db, store.Spec[Books]{Name: "books", Audited: true}),
		gifts: declareGifts(db), entries: declareEntries(db),
		rates: store.Declare(db, store.Spec[RateDay]{
			Name:    "rates",
			Fields:  []driver.Field{{Path: "date"}},
			Unique:  [][]string{{"date"}},
			Audited: true,
		}),
	}
}

// Search says which lines a list shows. Empty fields do not narrow it; an empty list that is not nil
// lets nothing through.
type Search struct {
	From, Before store.Date // first day, and the first day after
	Donors       []string   // ids of who paid
	Ultimates    []string   // ids of whose money it is
	Earmarking   Earmarking
	Restriction  Restriction
	SourceType   SourceType
	ImportID     string
	Where        filter.Expr // what Fields has read
}

func (s Search) where() filter.And {
	var w filter.And
	if s.From != "" {
		w = append(w, filter.Compare{Field: "date", Op: filter.Gte, Value: string(s.From)})
	}
	if s.Before != "" {
		w = append(w, filter.Compare{Field: "date", Op: filter.Lt, Value: string(s.Before)})
	}
	if s.Donors != nil {
		w = append(w, oneOf("donorId", s.Donors))
	}
	if s.Ultimates != nil {
		w = append(w, oneOf("ultimateDonorId", s.Ultimates))
	}
	for _, f := range [...]struct{ field, value string }{
		{"earmarking", string(s.Earmarking)}, {"restriction", string(s.Restriction)},
		{"sourceType", string(s.SourceType)}, {"importId", s.ImportID},
	} {
		if f.value != "" {
			w = append(w, filter.Eq{Field: f.field, Value: f.value})
		}
	}
	if s.Where != nil {
		w = append(w, s.Where)
	}
	return w
}

func oneOf(field string, ids []string) filter.Expr {
	if len(ids) == 1 {
		return filter.Eq{Field: field, Value: ids[0]}
	}
	return filter.In{Field: field, Values: anys(ids)}
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// Page gives a page of lines; q carries sort, limit and cursor.
func (r *Repo) Page(ctx context.Context, s Search, q store.Query) (store.Page[Income], error) {
	open, err := r.open(ctx)
	if err != nil {
		return store.Page[Income]{}, err
	}
	q.Where, q.Now = s.where(), open
	return r.lines.Page(ctx, q)
}

// Each calls fn for every line of a search, in order of id.
func (r *Repo) Each(ctx context.Context, s Search, fn func(*Income) error) error {
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	return r.lines.Each(ctx, append(s.where(), open...), fn)
}

// EachConverted calls fn for every converted line of a search, in no order, with what figures need and nothing else:
// payers, date, worth, earmarking, restriction and source. The line is fn's until it returns. It reads no whole lines,
// which makes it many times faster than Each. left is how many lines are not converted; EachUnconverted gives those.
func (r *Repo) EachConverted(ctx context.Context, s Search, fn func(*Income) error) (left int, err error) {
	open, err := r.open(ctx)
	if err != nil {
		return 0, err
	}
	var worth Money
	line := Income{Frozen: money.Frozen{Worth: &worth}}
	text := func(v any) string { s, _ := v.(string); return s }
	err = r.lines.Scan(ctx, append(s.where(), open...), figureFields, func(v []any) error {
		cents, converted := v[6].(int64)
		if !converted {
			left++
			return nil
		}
		worth = r.Reporting.Of(cents)
		line.DonorID, line.UltimateDonorID, line.Date = text(v[0]), text(v[1]), store.Date(text(v[2]))
		line.Earmarking, line.Restriction, line.SourceType = Earmarking(text(v[3])), Restriction(text(v[4])), SourceType(text(v[5]))
		return fn(&line)
	})
	return left, err
}

var figureFields = []string{"donorId", "ultimateDonorId", "date", "earmarking", "restriction", "sourceType", "worth.minor"}

// EachUnconverted calls fn for every line of a search that no figure holds, in order of id.
func (r *Repo) EachUnconverted(ctx context.Context, s Search, fn func(*Income) error) error {
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	return r.lines.Each(ctx, append(append(s.where(), filter.Not{Expr: filter.Exists{Field: "worth.minor"}}), open...), fn)
}

// open is the filter that lets through what readers may see: lines of imports that had been decided
// when the gate was read, and of those not the ones that stand behind it.
func (r *Repo) open(ctx context.Context) (filter.And, error) {
	g, err := r.gate(ctx)
	if err != nil {
		return nil, err
	}
	w := filter.And{filter.Compare{Field: "seq", Op: filter.Lte, Value: g.Last}}
	if len(g.Hidden) > 0 {
		w = append(w, filter.Not{Expr: filter.In{Field: "seq", Values: anys(g.Hidden)}})
	}
	return w, nil
}

// gateID is the id of the one gate.
const gateID = "income"

// gate decides which imports readers see. An import takes the next number and is hidden while its lines
// are being written; one write of the gate makes all of them visible, or hides them again. A reader who
// has read the gate keeps seeing what it said: a later import has a higher number, and the lines of one
// that was reverted stay for a while before they are swept.
type gate struct {
	store.Meta
	Last   int64   `json:"last"`
	Hidden []int64 `json:"hidden,omitempty"`
}

func (r *Repo) gate(ctx context.Context) (*gate, error) {
	g, err := r.gates.Get(ctx, gateID)
	if fault.Is(err, fault.NotFound) {
		return &gate{}, nil
	}
	return g, err
}

// moveGate changes the gate, inside the caller's Tx.
func (r *Repo) moveGate(ctx context.Context, fn func(*gate)) error {
	_, _, err := r.gates.Upsert(ctx, filter.Eq{Field: "id", Value: gateID}, func(g *gate, _ bool) error {
		g.ID = gateID
		fn(g)
		return nil
	})
	return err
}

func (g *gate) hide(seq int64) {
	g.show(seq)
	g.Hidden = append(g.Hidden, seq)
}

func (g *gate) show(seq int64) {
	kept := g.Hidden[:0]
	for _, s := range g.Hidden {
		if s != seq {
			kept = append(kept, s)
		}
	}
	g.Hidden = kept
}
