package sanctions

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/jobs/runner"
)

// brussels serves a list, and can be told what to answer.
type brussels struct {
	list   string
	status int
	asked  []string // If-None-Match of each call
}

func (b *brussels) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.asked = append(b.asked, r.Header.Get("If-None-Match"))
	etag := `"` + diligence.DigestOf(map[string]string{"file": b.list}) + `"`
	w.Header().Set("ETag", etag)
	switch {
	case b.status != 0:
		w.WriteHeader(b.status)
	case r.Header.Get("If-None-Match") == etag:
		w.WriteHeader(http.StatusNotModified)
	default:
		_, _ = w.Write([]byte(b.list))
	}
}

type oneDonor struct{}

func (oneDonor) Subjects(_ context.Context, ids []string) (list []diligence.Subject, err error) {
	for range ids {
		list = append(list, diligence.Subject{ID: "d", Person: true, Names: []string{"Ivan Nobody"}})
	}
	return list, nil
}

func (d oneDonor) ToScreen(ctx context.Context) ([]diligence.Subject, error) {
	return d.Subjects(ctx, []string{"d"})
}
func (oneDonor) SetDueDiligence(context.Context, string, string, store.Date) error { return nil }

func TestJob(t *testing.T) {
	b := &brussels{list: sample}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	db := store.New(memory.New(), store.Options{})
	repo := diligence.NewRepo(db, oneDonor{})
	ctx := access.AsSystem(context.Background(), "job sanctions")
	if err := db.Start(ctx, nil); err != nil {
		t.Fatal(err)
	}
	work := New(repo, Options{Client: server.Client(), URL: server.URL, Pause: time.Microsecond})
	for _, step := range []struct {
		name    string
		set     func()
		code    fault.Code
		asked   int
		entries int
		liveNew bool
	}{
		{"the first list", func() {}, "", 1, 2, true},
		{"nothing new", func() {}, "", 1, 2, false},
		{"made anew, saying the same", func() { b.list = strings.Replace(b.list, "118887", "118888", 1) }, "", 1, 2, false},
		{"cut off", func() { b.list = sample[:len(sample)-200] }, fault.Internal, 1, 2, false},
		{"empty", func() { b.list = `<export generationDate="2026-11-28"></export>` }, fault.Internal, 1, 2, false},
		{"another page", func() { b.list = "<html/>" }, fault.Internal, 1, 2, false},
		{"out of order", func() { b.status = http.StatusServiceUnavailable }, fault.Unavailable, 3, 2, false},
		{"forbidden", func() { b.status = http.StatusForbidden }, fault.Unavailable, 1, 2, false},
		{"a new list", func() { b.status, b.list = 0, strings.Replace(sample, "Firm", "Company", 1) }, "", 1, 2, true},
	} {
		before, err := repo.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		b.asked = nil
		step.set()
		err = work(ctx, runner.NewProgress())
		if got := fault.CodeOf(err); got != step.code {
			t.Errorf("%s: %v", step.name, err)
		}
		now, err := repo.List(ctx)
		if err != nil || now.Entries != step.entries || (now.Digest != before.Digest) != step.liveNew {
			t.Errorf("%s: %+v, %v", step.name, now, err)
		}
		if len(b.asked) != step.asked {
			t.Errorf("%s: asked %d times", step.name, len(b.asked))
		}
	}
	page, err := repo.Hits(ctx, diligence.HitSearch{State: diligence.PossibleHit}, store.Query{})
	if err != nil || len(page.Items) != 1 || page.Items[0].EntryID != "1" {
		t.Errorf("%+v, %v", page, err)
	}
}

// entries gives a list of n firms.
func entries(n int) string {
	var b strings.Builder
	b.WriteString(`<export generationDate="2026-11-20T14:39:54.511+01:00" globalFileId="1">`)
	for i := range n {
		fmt.Fprintf(&b, `<sanctionEntity logicalId="%d"><subjectType code="enterprise"/><nameAlias wholeName="Firm %d"/></sanctionEntity>`, i, i)
	}
	return b.String() + "</export>"
}

// A list that has lost more than half of its entries is a mistake of somebody, and clears nobody.
func TestAListThatShrinks(t *testing.T) {
	b := &brussels{}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	db := store.New(memory.New(), store.Options{})
	repo := diligence.NewRepo(db, oneDonor{})
	ctx := access.AsSystem(context.Background(), "job sanctions")
	if err := db.Start(ctx, nil); err != nil {
		t.Fatal(err)
	}
	work := New(repo, Options{Client: server.Client(), URL: server.URL, Pause: time.Microsecond})
	for _, step := range []struct {
		come, live int
		code       fault.Code
	}{{5, 5, ""}, {2, 5, fault.Internal}, {3, 3, ""}} {
		b.list = entries(step.come)
		err := work(ctx, runner.NewProgress())
		if fault.CodeOf(err) != step.code {
			t.Errorf("%d entries come: %v", step.come, err)
		}
		if now, err := repo.List(ctx); err != nil || now.Entries != step.live {
			t.Errorf("%d entries come, %d are live, %v", step.come, now.Entries, err)
		}
	}
}

// A run that is killed leaves no file behind, and one that ends leaves none anywhere.
func TestScratchLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
	names := func() int {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	file, done, err := scratch()
	if err != nil {
		t.Fatal(err)
	}
	if n := names(); n != 0 && runtime.GOOS != "windows" {
		t.Errorf("%d files while it is read", n)
	}
	if _, err := file.WriteString("list"); err != nil {
		t.Error(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(file); err != nil || string(got) != "list" {
		t.Errorf("%q, %v", got, err)
	}
	if err := done(); err != nil || names() != 0 {
		t.Errorf("%d files left, %v", names(), err)
	}
}
