package calls_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/run"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	importer "piper/jobs/calls"
	"piper/jobs/calls/sediatest"
	"piper/jobs/runner"
)

// office is a Piper of nothing but calls, run by the real runner, with a clock that a test sets.
type office struct {
	repo   *calls.Repo
	runner *runner.Runner
	ctx    context.Context
	now    time.Time
}

func newOffice(t testing.TB, now store.Instant) *office {
	t.Helper()
	return newOfficeOn(t, memory.New(), now)
}

func newOfficeOn(t testing.TB, engine driver.Engine, now store.Instant) *office {
	t.Helper()
	return newOfficeWith(t, engine, now, importer.Options{Spacing: -1, FirstPause: time.Millisecond, LongestWait: 2 * time.Second})
}

func newOfficeWith(t testing.TB, engine driver.Engine, now store.Instant, opts importer.Options) *office {
	t.Helper()
	o := &office{ctx: access.AsSystem(context.Background(), "test"), now: now.Time()}
	db := store.New(engine, store.Options{Now: func() time.Time { return o.now }})
	o.repo = calls.NewRepo(db)
	o.runner = runner.New(db, run.NewRepo(db), runner.Leases(db), slog.New(slog.DiscardHandler))
	o.runner.Schedule([]runner.Job{{Name: "calls", Schedule: "0 5 * * *", Timeout: 5 * time.Minute,
		Work: importer.New(o.repo, opts)}})
	if err := db.Start(o.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return o
}

// add serves h and makes it a source.
func (o *office) add(t testing.TB, kind calls.SourceKind, h http.Handler) *calls.Source {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	s := &calls.Source{Kind: kind, Name: "The " + string(kind), URL: srv.URL, Enabled: true}
	if err := o.repo.CreateSource(o.ctx, s); err != nil {
		t.Fatal(err)
	}
	return s
}

func (o *office) run(t testing.TB) *run.Run {
	t.Helper()
	r, err := o.runner.Execute(o.ctx, "calls", "test")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// expect runs the job and compares its outcome and counts ("created 2 stale 1"; zero counts are left out).
func (o *office) expect(t testing.TB, outcome run.Outcome, counts string) *run.Run {
	t.Helper()
	r := o.run(t)
	var got []string
	for name, n := range r.Counts {
		if n != 0 {
			got = append(got, fmt.Sprint(name, " ", n))
		}
	}
	slices.Sort(got)
	if r.Outcome != outcome || strings.Join(got, " ") != counts {
		t.Fatalf("run is %s with %q: %s\nwant %s with %q", r.Outcome, strings.Join(got, " "), r.Message, outcome, counts)
	}
	return r
}

func (o *office) all(t testing.TB) map[string]*calls.Call {
	t.Helper()
	out := map[string]*calls.Call{}
	q := store.Query{Limit: 500}
	for {
		page, err := o.repo.Page(o.ctx, calls.Search{}, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			out[c.Reference] = c
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return out
		}
	}
}

func rows(n int) []sediatest.Row {
	out := make([]sediatest.Row, n)
	for i := range out {
		out[i] = sediatest.Call{Number: 1000 + i, Identifier: fmt.Sprintf("CERV-2026-%04d", i), Title: fmt.Sprintf("Call %d", i), Programme: "43251589",
			Opens: "2026-01-15", Deadlines: []string{"2026-06-01"}, Description: "<p>Text</p>"}.Row()
	}
	return out
}

const march = "2026-03-01T05:00:00Z"

func TestImportingTwiceChangesNothing(t *testing.T) {
	o := newOffice(t, march)
	portal := sediatest.New(rows(250)...)
	o.add(t, calls.SEDIA, portal)
	o.expect(t, run.Done, "created 250 seen 250")
	before := o.all(t)
	o.now = o.now.Add(time.Hour)
	o.expect(t, run.Unchanged, "seen 250 unchanged 250")
	for ref, c := range o.all(t) {
		if c.Rev != before[ref].Rev || c.UpdatedAt != before[ref].UpdatedAt {
			t.Fatalf("%s was written again", ref)
		}
	}
	if n := portal.Requests(); n != 6 {
		t.Errorf("%d requests, want 6", n)
	}
}

func TestWhatTheRealIndexIsFullOf(t *testing.T) {
	o := newOffice(t, march)
	base := rows(120)
	portal := sediatest.New(base...)
	o.add(t, calls.SEDIA, portal)
	o.expect(t, run.Done, "created 120 seen 120")

	changed := slices.Clone(base)
	changed[0] = base[0].WithDeadlines("2026-07-01")               // moved
	changed[1] = base[1].WithDeadlines("2026-06-01", "2026-09-01") // one more
	changed[2] = base[2].With("title", "Another title")
	changed[3] = base[3].With("keywords", "new keyword")
	changed = append(changed, base[4], base[5].InLanguage("es", "Cinco"), base[6].Stale(), base[119])
	changed = slices.Delete(changed, 50, 60) // no longer listed
	portal.Set(changed...)
	o.expect(t, run.Done, "changed 3 created 1 deadlinesMoved 2 duplicates 2 seen 114 stale 1 unchanged 105 updated 2")
	all := o.all(t)
	if len(all) != 121 {
		t.Errorf("%d calls are kept, want 121", len(all))
	}
	moved := all["1000TOPICS"]
	if len(moved.Changes) != 1 || moved.Changes[0].Sentence != "Deadline moved from 1 June 2026 to 1 July 2026." {
		t.Errorf("log %+v", moved.Changes)
	}
	if c := all["1005TOPICS"]; c.Title != "Call 5" || !slices.Equal(c.Languages, []string{"en", "es"}) {
		t.Errorf("%q of %v", c.Title, c.Languages)
	}
	if c := all["1055TOPICS"]; c.StateAt(o.repo.Now()) != calls.Open {
		t.Error("a call that is no longer listed is taken to be closed")
	}
	o.expect(t, run.Unchanged, "duplicates 2 seen 114 stale 1 unchanged 111")
}

func TestWhatGoesWrongAtThePortal(t *testing.T) {
	for name, c := range map[string]struct {
		fault   sediatest.Fault
		outcome run.Outcome
		counts  string
		says    string
	}{
		"zero rows":            {sediatest.Fault{NoRows: true}, run.Failed, "", "has 250 calls but gave none"},
		"an error with 200":    {sediatest.Fault{Body: sediatest.ErrorBody}, run.Failed, "", "answered with an error"},
		"an error on page 2":   {sediatest.Fault{Page: 2, Body: sediatest.ErrorBody}, run.Failed, "", "answered with an error"},
		"an HTML page":         {sediatest.Fault{Body: "<html>Maintenance"}, run.Failed, "", "answered with an error"},
		"a short page":         {sediatest.Fault{Page: 2, Leave: 7}, run.Partial, "seen 243 unchanged 243", "has 250 rows but gave only 243"},
		"an empty page midway": {sediatest.Fault{Page: 2, NoRows: true}, run.Partial, "seen 150 unchanged 150", "has 250 rows but gave only 150"},
		"down":                 {sediatest.Fault{Status: 503}, run.Unavailable, "", "not working at the moment (status 503)"},
		"down for a moment":    {sediatest.Fault{Status: 503, Times: 2, RetryAfter: "0"}, run.Unchanged, "seen 250 unchanged 250", "250 as before"},
		"hurried":              {sediatest.Fault{Status: 429, Times: 1, RetryAfter: "1"}, run.Unchanged, "seen 250 unchanged 250", "250 as before"},
		"told to go away":      {sediatest.Fault{Status: 429, Times: 1, RetryAfter: "3600"}, run.Unavailable, "", "left alone for a while"},
		"moved":                {sediatest.Fault{Status: 404}, run.Unavailable, "", "refused to answer (status 404)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, march)
			portal := sediatest.New(rows(250)...)
			src := o.add(t, calls.SEDIA, portal)
			o.run(t)
			portal.Fail(c.fault)
			r := o.expect(t, c.outcome, c.counts)
			if !strings.Contains(r.Message, c.says) {
				t.Errorf("the run says %q", r.Message)
			}
			if n := len(o.all(t)); n != 250 {
				t.Errorf("%d calls are left", n)
			}
			s, err := o.repo.Source(o.ctx, src.ID)
			if err != nil || !strings.Contains(s.Status.Message, c.says) {
				t.Errorf("the source says %q, %v", s.Status.Message, err)
			}
			portal.Heal()
			o.expect(t, run.Unchanged, "seen 250 unchanged 250")
		})
	}
}

func TestAPortalThatHangsIsAskedAgain(t *testing.T) {
	o := newOfficeWith(t, memory.New(), march, importer.Options{Spacing: -1, FirstPause: time.Millisecond, Timeout: 2 * time.Second})
	portal := sediatest.New(rows(150)...)
	portal.Fail(sediatest.Fault{Page: 2, Delay: time.Minute, Times: 1})
	o.add(t, calls.SEDIA, portal)
	o.expect(t, run.Done, "created 150 seen 150")
}

func TestAnIndexLargerThanTheWindowIsReadInSlices(t *testing.T) {
	o := newOfficeWith(t, memory.New(), march, importer.Options{Spacing: -1, Window: 300})
	var all []sediatest.Row
	for i := range 1_000 {
		code := "43108390"
		if i%50 == 0 {
			code = "43251589"
		}
		all = append(all, sediatest.Call{Number: 1000 + i, Identifier: fmt.Sprint("X-", i), Title: "T", Programme: code,
			Opens: fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1), Deadlines: []string{"2026-12-31"}}.Row())
	}
	portal := sediatest.New(all...)
	portal.Window = 300
	o.add(t, calls.SEDIA, portal)
	o.expect(t, run.Done, "created 1000 seen 1000")

	// What lies beside every programme that has a name, and what opens on one day beyond what the portal
	// gives out, cannot be reached, and the run says so.
	portal.Set(append(all, sediatest.Call{Number: 1, Identifier: "Y", Title: "Of a new programme", Programme: "1234"}.Row())...)
	r := o.expect(t, run.Partial, "seen 1000 unchanged 1000")
	if !strings.Contains(r.Message, "has 1001 rows but gave only 1000") {
		t.Error(r.Message)
	}
	for i, row := range all {
		all[i] = row.With("startDate", "2026-05-01T00:00:00.000+0000")
	}
	portal.Set(all...)
	if r = o.run(t); r.Outcome != run.Partial || !strings.Contains(r.Message, "More calls open on 2026-05-01 than The sedia gives out.") {
		t.Errorf("%s: %s", r.Outcome, r.Message)
	}
}

func TestFeeds(t *testing.T) {
	o := newOffice(t, march)
	item := sediatest.Item{GUID: "a-1", Title: "Grants for <b>shelters</b> &amp; more", Link: "https://example.org/a", Description: "<p>Apply by 1 May</p><script>x</script>",
		Published: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC), Categories: []string{"Funding"}}
	feed := sediatest.NewFeed("A foundation", item, sediatest.Item{Title: "No guid", Link: "/relative"}, sediatest.Item{}, item)
	atom := sediatest.NewAtom("A ministry", sediatest.Item{GUID: "urn:1", Title: "Call", Link: "https://example.org/1", Description: "<p>x</p>"})
	src := o.add(t, calls.RSS, feed)
	o.add(t, calls.RSS, atom)
	r := o.expect(t, run.Partial, "created 3 duplicates 1 rejected 1 seen 5")
	if len(r.Rejects) != 1 || r.Rejects[0].Ref != "The rss: item 3" {
		t.Errorf("rejects %v", r.Rejects)
	}
	c := o.all(t)["a-1"]
	if c.Title != "Grants for shelters & more" || c.Description != "<p>Apply by 1 May</p>" || c.Summary != "Apply by 1 May" ||
		c.Published != "2026-02-01T09:00:00Z" || c.StateAt(o.repo.Now()) != calls.Unknown || c.Kind != calls.Item {
		t.Errorf("%+v", c)
	}
	if got := o.all(t)[src.URL+"/relative"]; got == nil || got.URL != src.URL+"/relative" {
		t.Errorf("%v", o.all(t))
	}

	// Nothing is sent again while the feeds say that they are as before.
	o.expect(t, run.Unchanged, "")
	if all, spared := feed.Requests(); all != 2 || spared != 1 {
		t.Errorf("%d requests, %d spared", all, spared)
	}
	item.Title = "Grants for safe houses"
	feed.Set(item)
	o.expect(t, run.Done, "changed 1 seen 1")
	if n := len(o.all(t)); n != 3 {
		t.Errorf("%d calls, want those that the feed no longer has as well", n)
	}
}

func TestOneSourceThatFailsDoesNotHoldUpTheOthers(t *testing.T) {
	o := newOffice(t, march)
	portal := sediatest.New(rows(3)...)
	o.add(t, calls.SEDIA, portal)
	o.add(t, calls.RSS, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }))
	o.expect(t, run.Partial, "created 3 seen 3")
	portal.Fail(sediatest.Fault{NoRows: true})
	r := o.expect(t, run.Failed, "")
	if !strings.Contains(r.Message, "gave none") || !strings.Contains(r.Message, "status 410") {
		t.Error(r.Message)
	}
	portal.Set()
	portal.Heal()
	r = o.expect(t, run.Partial, "")
	if n := len(o.all(t)); n != 3 {
		t.Errorf("%d calls are left after the portal listed none: %s", n, r.Message)
	}
}

// Who reads that a source could not be reached is no engineer: the sentence says what to look at and that nothing is lost.
func TestASourceThatCannotBeReachedSaysWhatToDo(t *testing.T) {
	o := newOffice(t, march)
	o.add(t, calls.RSS, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	got := o.run(t)
	if got.Outcome != run.Unavailable || !strings.Contains(got.Message, "Check its address") || !strings.Contains(got.Message, "tries again") {
		t.Errorf("%s: %s", got.Outcome, got.Message)
	}
}

func TestNothingToDo(t *testing.T) {
	o := newOffice(t, march)
	if r := o.expect(t, run.Unchanged, ""); r.Message != "No source is switched on." {
		t.Error(r.Message)
	}
}

func TestAPageThatIsNoFeedFailsAndKeepsWhatWasThere(t *testing.T) {
	o := newOffice(t, march)
	o.add(t, calls.RSS, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>Moved</body></html>") }))
	if r := o.expect(t, run.Failed, ""); !strings.Contains(r.Message, "no feed") {
		t.Error(r.Message)
	}
}

func TestStopping(t *testing.T) {
	o := newOffice(t, march)
	portal := sediatest.New(rows(3)...)
	portal.Fail(sediatest.Fault{Delay: time.Minute})
	o.add(t, calls.SEDIA, portal)
	ctx, cancel := context.WithTimeout(o.ctx, 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := o.runner.Execute(ctx, "calls", "test"); err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}
