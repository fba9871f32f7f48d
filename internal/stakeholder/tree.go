package stakeholder

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// maxDepth bounds the tree of organisations; a longer chain is a mistake.
const maxDepth = 20

// maxBelow bounds how much of a tree is shown at once.
const maxBelow = 2000

// turn is a document that every move within the tree writes; upserts have one of their own. Two moves at once could each be right alone
// and make a circle together; so they meet here, and the second one is checked after the first.
type turn struct {
	store.Meta
	Number int64 `json:"number"`
}

const moveTurn = "stakeholder-move"

// move checks a new parent of a stakeholder that may have others below it.
func (r *Repo) move(ctx context.Context, id, parentID string) error {
	if parentID == "" {
		return nil
	}
	if err := r.turn(ctx, moveTurn); err != nil {
		return err
	}
	return r.checkParent(ctx, id, parentID)
}

// turn makes two transactions that take the turn of one name meet in one document, so that the second sees
// what the first has done.
func (r *Repo) turn(ctx context.Context, name string) error {
	_, err := r.turns.Update(ctx, name, func(t *turn) error { t.Number++; return nil })
	if fault.Is(err, fault.NotFound) {
		err = r.turns.Create(ctx, &turn{Meta: store.Meta{ID: name}, Number: 1})
	}
	return err
}

// checkParent refuses a parent that is missing, is no organisation, or would make a circle.
func (r *Repo) checkParent(ctx context.Context, id, parentID string) error {
	if parentID == "" {
		return nil
	}
	for next, depth := parentID, 0; next != ""; depth++ {
		if next == id {
			return fault.Field("parentId", "An organisation cannot be part of itself, also not by way of others.")
		}
		if depth == maxDepth {
			return fault.Field("parentId", "The chain of parent organisations is longer than %d.", maxDepth)
		}
		parent, err := r.all.Get(ctx, next)
		if fault.Is(err, fault.NotFound) {
			if depth == 0 {
				return fault.Field("parentId", "There is no such organisation.")
			}
			return nil
		}
		if err != nil {
			return err
		}
		if parent.Kind != Organisation {
			return fault.Field("parentId", "%s is a %s; only an organisation can be a parent.", parent.Name, parent.Kind)
		}
		next = parent.ParentID
	}
	return nil
}

// Node is a stakeholder in a tree. Depth counts from the one whose tree it is: 1 is its parent above, or
// what hangs directly below it.
type Node struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     Kind     `json:"kind" enum:"person,organisation,seat"`
	Roles    []string `json:"roles" nullable:"false"`
	ParentID string   `json:"parentId,omitempty"`
	Depth    int      `json:"depth"`
}

func nodeOf(s *Stakeholder, depth int) Node {
	return Node{ID: s.ID, Name: s.Name, Kind: s.Kind, Roles: s.Roles, ParentID: s.ParentID, Depth: depth}
}

// Tree is where a stakeholder hangs.
type Tree struct {
	Above []Node `json:"above" nullable:"false" doc:"from its parent to the top"`
	Below []Node `json:"below" nullable:"false" doc:"organisations and seats, level by level, by name in each"`
	More  bool   `json:"more,omitempty" doc:"there are more below than are shown"`
}

// Tree gives what is above a stakeholder and what organisations and seats are below it, at most 2,000.
// What is in the trash is left out, below also what hangs on it.
func (r *Repo) Tree(ctx context.Context, id string) (*Tree, error) {
	s, err := r.all.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	t := &Tree{Above: []Node{}, Below: []Node{}}
	for next := s.ParentID; next != "" && len(t.Above) < maxDepth; {
		parent, err := r.all.Get(ctx, next)
		if fault.Is(err, fault.NotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		t.Above = append(t.Above, nodeOf(parent, len(t.Above)+1))
		next = parent.ParentID
	}
	level := []string{id}
	for depth := 1; len(level) > 0 && depth <= maxDepth && !t.More; depth++ {
		if level, err = r.level(ctx, t, level, depth); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// level adds what hangs directly below the parents, and gives the ids of that.
func (r *Repo) level(ctx context.Context, t *Tree, parents []string, depth int) ([]string, error) {
	var found []*Stakeholder
	err := inChunks(parents, func(part []any) error {
		where := filter.And{filter.In{Field: "parentId", Values: part}, notTrashed, filter.Not{Expr: filter.Eq{Field: "kind", Value: string(Person)}}}
		some, err := r.all.Find(ctx, where, []driver.Key{{Path: "sortName"}}, maxBelow+1-len(t.Below)-len(found))
		found = append(found, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b *Stakeholder) int { return compare(a.SortName, b.SortName) })
	var ids []string
	for _, s := range found {
		if len(t.Below) == maxBelow {
			t.More = true
			break
		}
		t.Below = append(t.Below, nodeOf(s, depth))
		ids = append(ids, s.ID)
	}
	return ids, nil
}

// Ancestors gives, for each of the ids that is part of another stakeholder, the chain above it: its parent
// first, the top last. Rooms that roll figures up declare it as an interface of their own.
func (r *Repo) Ancestors(ctx context.Context, ids []string) (map[string][]string, error) {
	parent := map[string]string{}
	known := map[string]bool{}
	for level := ids; len(level) > 0; {
		var next []string
		err := inChunks(level, func(part []any) error {
			return r.eachFound(ctx, filter.In{Field: "id", Values: part}, func(s *Stakeholder) error {
				if known[s.ID] = true; s.ParentID != "" {
					parent[s.ID] = s.ParentID
					if !known[s.ParentID] {
						next = append(next, s.ParentID)
					}
				}
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
		level = next
	}
	chains := map[string][]string{}
	for _, id := range ids {
		if chain := chainOf(parent, id); len(chain) > 0 {
			chains[id] = chain
		}
	}
	return chains, nil
}

// Roots gives, for every stakeholder that is part of another, the top of its tree.
func (r *Repo) Roots(ctx context.Context) (map[string]string, error) {
	parent := map[string]string{}
	err := r.all.Scan(ctx, filter.Exists{Field: "parentId"}, []string{"id", "parentId"}, func(v []any) error {
		id, _ := v[0].(string)
		parent[id], _ = v[1].(string)
		return nil
	})
	if err != nil {
		return nil, err
	}
	roots := make(map[string]string, len(parent))
	for id := range parent {
		chain := chainOf(parent, id)
		roots[id] = chain[len(chain)-1]
	}
	return roots, nil
}

// chainOf walks up from id, its parent first; it ends also where the data has a circle.
func chainOf(parent map[string]string, id string) []string {
	var chain []string
	for next := parent[id]; next != "" && len(chain) < maxDepth; next = parent[next] {
		chain = append(chain, next)
	}
	return chain
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
