package mongo_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"piper/internal/store/driver"
	"piper/internal/store/mongo"
	"piper/internal/store/storetest"
)

var databases atomic.Int64

// opener gives empty databases of the server at uri, which are dropped again.
func opener(uri string, o mongo.Options) func(*testing.T) driver.Engine {
	return func(t *testing.T) driver.Engine {
		t.Helper()
		u, err := url.Parse(uri)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = fmt.Sprintf("/pipertest_%d_%d", os.Getpid(), databases.Add(1))
		e, err := mongo.Open(context.Background(), u.String(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { // the suite closes the engine it was given
			again, err := mongo.Open(context.Background(), u.String(), o)
			if err != nil {
				t.Error(err)
				return
			}
			if err := again.Drop(context.Background()); err != nil {
				t.Error(err)
			}
			_ = again.Close()
		})
		return e
	}
}

// TestReplicaSet runs the whole suite on a real server.
func TestReplicaSet(t *testing.T) {
	uri := os.Getenv("PIPER_TEST_MONGO")
	if uri == "" {
		t.Skip("no MongoDB replica set: name one in PIPER_TEST_MONGO (mongodb://127.0.0.1:27017/?replicaSet=rs0) to run the whole suite on it; Debian has no package of mongod")
	}
	storetest.Run(t, opener(uri, mongo.Options{}), storetest.Everything("MongoDB"))
}

// TestFerretDB drives the engine over the wire against a FerretDB v1, which has no transactions and
// whose updates are not atomic: what it can show is that documents, filters, sorts, pages and searches
// mean the same there.
func TestFerretDB(t *testing.T) {
	uri := startFerretDB(t)
	storetest.Run(t, opener(uri, mongo.Options{AllowStandalone: true}), storetest.Caps{Server: "FerretDB v1", Quick: true})
}

// TestStandaloneIsRefused: without the override, the error says what to do.
func TestStandaloneIsRefused(t *testing.T) {
	e, err := mongo.Open(context.Background(), startFerretDB(t), mongo.Options{})
	if err == nil {
		_ = e.Close()
		t.Fatal("a server without transactions was taken")
	}
	for _, part := range []string{"replica set", "PIPER_ALLOW_STANDALONE_MONGO"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not speak of %q: %v", part, err)
		}
	}
}

// startFerretDB runs the binary that `make test` builds from scripts/ferretdb.
func startFerretDB(t *testing.T) string {
	t.Helper()
	bin, err := filepath.Abs("../../../tmp/ferretdb")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("tmp/ferretdb is missing; make test builds it")
		}
		t.Skip("no FerretDB: build it with make tmp/ferretdb (some minutes the first time)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "-listen", addr, "-dir", t.TempDir())
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", addr); err == nil {
			_ = c.Close()
			return "mongodb://" + addr + "/"
		}
		if time.Now().After(deadline) {
			t.Fatal("FerretDB does not answer")
		}
	}
}
