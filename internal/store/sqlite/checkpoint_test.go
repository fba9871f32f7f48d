package sqlite

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"piper/internal/store/driver"
)

// TestLogIsWrittenBack writes without a pause several times what the log may hold, here a twentieth of the
// usual: it neither grows beyond its bound nor keeps what was written once everything is quiet.
func TestLogIsWrittenBack(t *testing.T) {
	const page, from, atEnd = 4096, logPages / 20, logPagesAtEnd / 20
	e := open(t)
	defer e.Close()
	ensure(t, e, shapes)
	if err := e.log.close(); err != nil {
		t.Fatal(err)
	}
	k, err := newCheckpointer(e.path, from)
	if err != nil {
		t.Fatal(err)
	}
	e.log, e.writer.committed = k, k.committed
	err = e.writer.alone(t.Context(), func(c *conn) error {
		_, err := c.exec(fmt.Sprintf("PRAGMA wal_autocheckpoint=%d", atEnd))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	long, longest := strings.Repeat("0123456789", 2_000), int64(0)
	for i := range 5 * atEnd * page / len(long) {
		fields := map[string]any{"key": fmt.Sprint(i), "name": long}
		if err := e.Insert(t.Context(), shapes, []driver.Doc{doc(shapes, fmt.Sprint("doc", i), fields)}); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(e.path + "-wal"); err == nil {
			longest = max(longest, info.Size())
		}
	}
	if longest < from*page || longest > 2*atEnd*page {
		t.Errorf("the log was %d pages long; %d are the bound", longest/page, atEnd)
	}
	for begun := time.Now(); ; time.Sleep(logRest) {
		var left int64
		err := e.writer.alone(t.Context(), func(c *conn) (err error) {
			left, err = logLeft(c, "NOOP")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if left < from {
			break
		}
		if time.Since(begun) > time.Minute {
			t.Fatalf("a minute later %d pages are in the log only", left)
		}
	}
}
