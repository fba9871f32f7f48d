package memory_test

import (
	"context"
	"errors"
	"testing"

	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	caps := storetest.Everything("The memory engine")
	caps.Backup = false
	caps.Quick = underRace
	storetest.Run(t, func(*testing.T) driver.Engine { return memory.New() }, caps)
}

// TestInsertAllOrNone: inside a transaction, too, a refused batch leaves nothing of itself.
func TestInsertAllOrNone(t *testing.T) {
	e := memory.New()
	ctx := context.Background()
	s := &driver.Schema{Name: "things"}
	if err := e.Ensure(ctx, []*driver.Schema{s}); err != nil {
		t.Fatal(err)
	}
	err := e.Tx(ctx, func(ctx context.Context) error {
		var dup *driver.DuplicateError
		if err := e.Insert(ctx, s, []driver.Doc{{ID: "a"}, {ID: "b"}, {ID: "a"}}); !errors.As(err, &dup) {
			t.Errorf("got %v, want a duplicate", err)
		}
		return nil
	})
	if n, _ := e.Count(ctx, s, driver.Query{}, 10); n != 0 || err != nil {
		t.Fatalf("%d documents were kept, %v", n, err)
	}
}
