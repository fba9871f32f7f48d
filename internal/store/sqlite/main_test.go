package sqlite

import (
	"os"
	"testing"
)

var dirs []string

// tempDir makes a folder that outlives the test at hand and goes when all have run.
func tempDir() (string, error) {
	dir, err := os.MkdirTemp("", "piper-sqlite-")
	dirs = append(dirs, dir)
	return dir, err
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range dirs {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}
