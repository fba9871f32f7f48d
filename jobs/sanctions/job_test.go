package sanctions

import (
	"context"
	"net/http"
	"net/http/httptest"
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
