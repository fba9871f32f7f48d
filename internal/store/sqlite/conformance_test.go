package sqlite_test

import (
	"path/filepath"
	"testing"

	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	"piper/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) driver.Engine {
		e, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}, storetest.Everything("SQLite"))
}
