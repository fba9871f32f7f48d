package sqlite

import (
	"path/filepath"
	"testing"
)

// open gives an empty engine on a file of its own. The test closes it.
func open(t testing.TB) *Engine {
	t.Helper()
	e, err := Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}
