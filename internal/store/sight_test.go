package store_test

import (
	"context"
	"fmt"
	"testing"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
)

// listening is an engine that tells what it was asked for.
type listening struct {
	driver.Engine
	asked []string
}

func (l *listening) Find(ctx context.Context, s *driver.Schema, q driver.Query) ([][]byte, error) {
	l.asked = append(l.asked, fmt.Sprintf("%+v", q.Where))
	return l.Engine.Find(ctx, s, q)
}

func (l *listening) Count(ctx context.Context, s *driver.Schema, q driver.Query, limit int) (int, error) {
	l.asked = append(l.asked, fmt.Sprintf("%+v", q.Where))
	return l.Engine.Count(ctx, s, q, limit)
}

type letter struct {
	store.Meta
	Seen  []string `json:"seen"`
	Pairs []string `json:"pairs"`
}

// Whoever asks for pairs of their own is compared with the sight no second time, whichever way they read: a list of mail is
// three times as slow with it.
func TestOwnPairsAreComparedOnce(t *testing.T) {
	engine := &listening{Engine: memory.New()}
	db := store.New(engine, store.Options{})
	letters := store.Declare(db, store.Spec[letter]{Name: "letters", Sight: "seen", Sighted: "pairs",
		Fields: []driver.Field{{Path: "seen", Multi: true}, {Path: "pairs", Multi: true}}})
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := letters.Create(all(), &letter{Seen: []string{"me"}, Pairs: []string{"me oak"}}); err != nil {
			t.Fatal(err)
		}
	}
	me := store.WithSight(t.Context(), store.Sight{Tokens: []string{"me"}})
	for token, once := range map[string]bool{"me": true, "you": false} {
		engine.asked = nil
		own := filter.And{filter.Has{Field: "pairs", Values: []any{token + " oak"}}}
		page, err := letters.Page(me, store.Query{Where: own, Limit: 2})
		if err != nil || once != (page.Total == 3) || len(page.Items) > 2 {
			t.Fatalf("%s: %d, %v", token, page.Total, err)
		}
		if _, err := letters.Find(me, own, nil, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := letters.Count(me, own); err != nil {
			t.Fatal(err)
		}
		for _, asked := range engine.asked {
			if once != (asked == fmt.Sprintf("%+v", own)) {
				t.Errorf("pairs of %s: the engine is asked for %s", token, asked)
			}
		}
	}
}
