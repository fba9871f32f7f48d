package merge

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// State is what people have decided about a pair.
type State string

// The states. A pair that was merged is no pair any more: the record of the merge has it.
const (
	Open      State = "open"
	Different State = "different" // not a duplicate, remembered for good
)

// Suspect is a pair of stakeholders that may be the same, A with the smaller id.
type Suspect struct {
	store.Meta
	A         string        `json:"a,omitempty"`
	B         string        `json:"b,omitempty"`
	Kind      string        `json:"kind"`
	Score     int           `json:"score" doc:"of 100"`
	Reasons   []string      `json:"reasons" nullable:"false" doc:"what speaks for it and against, in sentences"`
	State     State         `json:"state" enum:"open,different"`
	DecidedBy string        `json:"decidedBy,omitempty" doc:"the name of who said that they are different"`
	DecidedAt store.Instant `json:"decidedAt,omitempty"`
}

// SuspectSorts maps what a list of suspects may be sorted by to the declared field.
var SuspectSorts = map[string]string{"score": "score", "createdAt": "createdAt"}

func declareSuspects(db *store.DB) *store.Collection[Suspect] {
	return store.Declare(db, store.Spec[Suspect]{
		Name: "suspects",
		Fields: []driver.Field{{Path: "a"}, {Path: "b"}, {Path: "kind"}, {Path: "state"},
			{Path: "score", Kind: driver.Int}, {Path: "createdAt"}},
		Unique: [][]string{{"a", "b"}},
		Indexes: [][]driver.Key{
			{{Path: "state"}, {Path: "score", Desc: true}},
			{{Path: "a"}}, {{Path: "b"}},
		},
		// A merge moves pairs itself (moveSuspects), because a pair is unordered.
		Refs: []store.Ref{
			{Field: "a", Collection: stakeholders, OnMerge: "keep", OnErase: "remove", Apart: "b", Derived: true},
			{Field: "b", Collection: stakeholders, OnMerge: "keep", OnErase: "remove", Derived: true},
		},
		Audited: true,
	})
}

// SuspectSearch says which pairs a list shows. Empty fields do not narrow it.
type SuspectSearch struct {
	State, Kind string
	MinScore    int
	Of          string // the id of a stakeholder
}

func (s SuspectSearch) where() filter.Expr {
	w := filter.And{}
	if s.State != "" {
		w = append(w, filter.Eq{Field: "state", Value: s.State})
	}
	if s.Kind != "" {
		w = append(w, filter.Eq{Field: "kind", Value: s.Kind})
	}
	if s.MinScore > 0 {
		w = append(w, filter.Compare{Field: "score", Op: filter.Gte, Value: s.MinScore})
	}
	if s.Of != "" {
		w = append(w, naming(s.Of))
	}
	return w
}

func naming(id string) filter.Expr {
	return filter.Or{filter.Eq{Field: "a", Value: id}, filter.Eq{Field: "b", Value: id}}
}

// Suspects gives a page of pairs; q carries sort, limit and cursor.
func (r *Repo) Suspects(ctx context.Context, s SuspectSearch, q store.Query) (store.Page[Suspect], error) {
	q.Where = s.where()
	return r.suspects.Page(ctx, q)
}

// Decide says of revision rev of a pair that the two are different, or takes that back. What was decided
// stays decided, whatever the search for duplicates finds later.
func (r *Repo) Decide(ctx context.Context, id string, rev int64, state State) (*Suspect, error) {
	if state != Open && state != Different {
		return nil, fault.Field("state", "A pair is open or different.")
	}
	return r.suspects.UpdateAt(ctx, id, rev, func(s *Suspect) error {
		if s.State == state {
			return nil
		}
		s.State, s.DecidedBy, s.DecidedAt = state, "", ""
		if state == Different {
			s.DecidedBy, s.DecidedAt = access.From(ctx).Name, r.db.Now()
		}
		return nil
	})
}
