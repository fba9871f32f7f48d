package mail

import (
	"context"

	"piper/internal/store"
)

// shelf holds documents of one collection while a batch is worked on: some read from the store, some new.
type shelf[T any] struct {
	collection *store.Collection[T]
	items      map[string]*T
	state      map[string]shelfState
	order      []string // of everything but clean, so that writes come in the order of the mail
}

type shelfState int

const (
	clean shelfState = iota
	fresh
	dirty
)

func newShelf[T any](c *store.Collection[T]) shelf[T] {
	return shelf[T]{collection: c, items: map[string]*T{}, state: map[string]shelfState{}}
}

// read puts what the store has of these ids on the shelf.
func (s *shelf[T]) read(ctx context.Context, ids []string, id func(*T) string) error {
	missing := make([]string, 0, len(ids))
	asked := map[string]bool{}
	for _, i := range ids {
		if s.items[i] == nil && !asked[i] {
			asked[i] = true
			missing = append(missing, i)
		}
	}
	return byID(ctx, s.collection, "id", missing, func(t *T) { s.items[id(t)] = t })
}

// found puts a document of the store on the shelf and gives the one that is there: it may have been
// changed in memory already.
func (s *shelf[T]) found(id string, t *T) *T {
	if s.items[id] == nil {
		s.items[id] = t
	}
	return s.items[id]
}

// add puts a new document on the shelf.
func (s *shelf[T]) add(id string, t *T) {
	s.items[id], s.state[id] = t, fresh
	s.order = append(s.order, id)
}

// touch marks a document as changed.
func (s *shelf[T]) touch(id string) {
	if s.state[id] == clean {
		s.state[id] = dirty
		s.order = append(s.order, id)
	}
}

// drop takes a document off the shelf; inStore tells whether the store has it.
func (s *shelf[T]) drop(id string) (inStore bool) {
	inStore = s.state[id] != fresh
	delete(s.items, id)
	delete(s.state, id)
	return inStore
}

// write saves what is new and what was changed.
func (s *shelf[T]) write(ctx context.Context) error {
	var create, replace []*T
	for _, id := range s.order {
		switch t := s.items[id]; s.state[id] {
		case fresh:
			create = append(create, t)
		case dirty:
			replace = append(replace, t)
		}
	}
	if len(create) > 0 {
		if err := s.collection.CreateMany(ctx, create); err != nil {
			return err
		}
	}
	if len(replace) > 0 {
		return s.collection.ReplaceMany(ctx, replace)
	}
	return nil
}
