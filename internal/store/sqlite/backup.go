package sqlite

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// Backup writes the whole file as it is at one moment. The copy is made page by page in one read
// transaction, beside the file, where there is as much room as the store takes; writers go on meanwhile.
func (e *Engine) Backup(ctx context.Context, w io.Writer) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(e.path), ".backup-") // readable by its owner only
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copied := filepath.Join(dir, "store.db")
	if err := e.copyTo(copied); err != nil {
		return explain(err)
	}
	f, err := os.Open(copied)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, readerUntil{ctx, f})
	return err
}

func (e *Engine) copyTo(path string) (err error) {
	c, err := dial(e.path, readerRole) // its own, so that lists keep all of theirs
	if err != nil {
		return err
	}
	defer c.close()
	source, ok := c.raw.(interface {
		NewBackup(uri string) (*sqlite.Backup, error)
	})
	if !ok {
		return fmt.Errorf("sqlite: the driver offers no backup")
	}
	b, err := source.NewBackup(uri(path))
	if err != nil {
		return err
	}
	defer func() {
		if e := b.Finish(); err == nil {
			err = e
		}
	}()
	for more := true; more && err == nil; {
		more, err = b.Step(-1)
	}
	return err
}

// readerUntil stops reading when its context ends.
type readerUntil struct {
	ctx context.Context
	r   io.Reader
}

func (r readerUntil) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
