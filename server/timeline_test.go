package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/tie"
	"piper/internal/timeline"
	"piper/jobs/runner"
	"piper/jobs/ties"
)

// told is how many entries of each sort the timeline of TestTimeline has.
const (
	toldMeetings = 5000
	toldNotes    = 1500 // of them every third private to Ada
	toldTasks    = 1500
	toldMails    = 1000 // in somebody's mailbox
	toldChanges  = 1000 // with the one that made the record
)

// walk reads a whole timeline in pages, and checks that they are in order and hold nothing twice. between is
// called after every page.
func (w *world) walk(ctx context.Context, tl *timeline.Timeline, limit int, kinds []string, between func()) map[string]int {
	w.t.Helper()
	counts, seen := map[string]int{}, map[string]bool{}
	q := timeline.Query{Kinds: kinds, Limit: limit}
	last := timeline.Entry{At: "9"}
	for {
		page, err := tl.Page(ctx, w.a.ID, q)
		w.ok(err)
		for _, e := range page.Items {
			if e.At > last.At {
				w.t.Fatalf("%s of %s comes after one of %s", e.Kind, e.At, last.At)
			}
			if key := e.Kind + e.ID; seen[key] {
				w.t.Fatalf("%s comes twice", key)
			} else {
				seen[key] = true
			}
			counts[e.Kind]++
			last = e
		}
		if page.Next == "" {
			return counts
		}
		if len(page.Items) != limit {
			w.t.Fatalf("a page of %d entries has another behind it", len(page.Items))
		}
		q.Cursor = page.Next
		between()
	}
}

// TestTimeline walks 10,000 entries of five sources, many of the same instant, in pages of several sizes,
// under filters and by readers who may see different parts of them. Every entry comes exactly once, in
// order, also while others are added.
func TestTimeline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, err := w.app.accounts.Add(w.system, account.New{Email: "ada@example.org", Name: "Ada", Role: access.Advocate, Password: "a lamp on every landing"})
	w.ok(err)
	w.me = access.With(t.Context(), ada.Reader())
	w.tell()
	tl := w.app.timeline()
	owner := access.With(t.Context(), access.Reader{AccountID: "somebody", Name: "Somebody", Role: access.Fundraiser})
	board := access.With(t.Context(), access.Reader{AccountID: "b", Name: "B", Role: access.Board})
	open := toldNotes - toldNotes/3
	for _, c := range []struct {
		name  string
		ctx   context.Context
		limit int
		kinds []string
		want  map[string]int
	}{
		{"the author", w.me, 200, nil, map[string]int{"meeting": toldMeetings, "note": toldNotes, "task": toldTasks, "change": toldChanges}},
		{"the owner of the mail", owner, 173, nil, map[string]int{"meeting": toldMeetings, "note": open, "task": toldTasks, "mail": toldMails, "change": toldChanges}},
		{"the board", board, 200, nil, map[string]int{"meeting": toldMeetings, "note": open, "task": toldTasks, "change": toldChanges}},
		{"two kinds", owner, 97, []string{"note", "mail"}, map[string]int{"note": open, "mail": toldMails}},
		{"one kind", w.me, 50, []string{"meeting"}, map[string]int{"meeting": toldMeetings}},
	} {
		if got := w.walk(c.ctx, tl, c.limit, c.kinds, func() {}); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	written := 0
	got := w.walk(w.me, tl, 200, []string{"meeting"}, func() { // the newest, while somebody reads
		written++
		_, err := w.app.engagement.Record(w.me, &engagement.Interaction{Kind: "meeting", Title: "Meanwhile", Date: "2026-11-30", StakeholderIDs: []string{w.a.ID}}, nil, "")
		w.ok(err)
	})
	if got["meeting"] != toldMeetings || written == 0 {
		t.Errorf("while %d were written: %v", written, got)
	}
	page, err := tl.Page(w.me, w.a.ID, timeline.Query{Limit: 10})
	w.ok(err)
	for _, q := range []timeline.Query{{Cursor: "nonsense"}, {Cursor: page.Next, Kinds: []string{"note"}}} {
		if _, err := tl.Page(w.me, w.a.ID, q); !fault.Is(err, fault.Invalid) {
			t.Errorf("the cursor %.12q with kinds %v gave %v", q.Cursor, q.Kinds, err)
		}
	}
}

// TestTimelineOfInteraction: an entry has what its menu, its text and its mentions need, and says where
// the text goes on. What is cut ends with a line, or a word.
func TestTimelineOfInteraction(t *testing.T) {
	w := newWorld(t)
	ada, err := w.app.accounts.Add(w.system, account.New{Email: "ada@example.org", Name: "Ada", Role: access.Advocate, Password: "a lamp on every landing"})
	w.ok(err)
	w.me = access.With(t.Context(), ada.Reader())
	agenda := strings.Repeat("- **point** of the agenda\n", 40)
	for _, c := range []struct {
		minutes, shows string
		cut            bool
	}{
		{"Ask @Ada.", "Ask @Ada.", false},
		{agenda, strings.TrimSpace(strings.Repeat("- **point** of the agenda\n", 23)) + " …", true},
		{strings.Repeat("łódź ", 200), strings.TrimSpace(strings.Repeat("łódź ", 120)) + " …", true},
		{strings.Repeat("ł", 700), strings.Repeat("ł", 600) + "…", true},
	} {
		made, err := w.app.engagement.Record(w.me, &engagement.Interaction{Kind: "meeting", Minutes: c.minutes, Date: "2026-11-30",
			StakeholderIDs: []string{w.a.ID}, ParticipantIDs: []string{ada.ID}}, nil, "")
		w.ok(err)
		page, err := w.app.timeline().Page(w.me, w.a.ID, timeline.Query{Limit: 1, Kinds: []string{"meeting"}})
		w.ok(err)
		e := page.Items[0]
		if e.Text != c.shows || e.Cut != c.cut {
			t.Errorf("of %.30q it shows %q, cut %v; want %q, %v", c.minutes, e.Text, e.Cut, c.shows, c.cut)
		}
		if e.ID != made.ID || e.Rev != made.Rev || fmt.Sprint(e.With) != fmt.Sprint([]string{ada.ID}) || len(e.Mentions) != strings.Count(c.minutes, "@") {
			t.Errorf("the entry of %+v is %+v", made, e)
		}
		_, err = w.app.engagement.TrashInteraction(w.me, made.ID, e.Rev)
		w.ok(err)
	}
}

// tell fills the timeline of w.a. Days repeat, so that many entries stand at the same instant.
func (w *world) tell() {
	w.t.Helper()
	system := w.app.db
	in := func(fn func(ctx context.Context, i int) error, n int) {
		w.t.Helper()
		w.ok(system.Tx(w.me, func(ctx context.Context) error { // one commit for all
			for i := range n {
				if err := fn(ctx, i); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	day := func(i int) string { return time.Date(2026, 1, 1+i%300, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
	in(func(ctx context.Context, i int) error {
		in := &engagement.Interaction{Kind: "meeting", Title: fmt.Sprint("Meeting ", i), StakeholderIDs: []string{w.a.ID}}
		in.Date = store.Date(day(i))
		if i >= toldMeetings {
			in.Kind, in.Title, in.Minutes, in.Private = "note", "", fmt.Sprint("Note ", i), i%3 == 0
		}
		_, err := w.app.engagement.Record(ctx, in, nil, "")
		return err
	}, toldMeetings+toldNotes)
	in(func(ctx context.Context, i int) error {
		t, err := w.app.engagement.AddTask(ctx, &engagement.Task{Title: fmt.Sprint("Task ", i), StakeholderIDs: []string{w.a.ID}}, "")
		if err == nil {
			_, err = w.app.engagement.UpdateTask(ctx, t.ID, t.Rev, func(t *engagement.Task) { t.State = engagement.Done })
		}
		return err
	}, toldTasks)
	in(func(ctx context.Context, i int) error {
		now, err := w.app.stakeholders.Get(ctx, w.a.ID)
		if err == nil {
			_, err = w.app.stakeholders.Update(ctx, w.a.ID, now.Rev, func(s *stakeholder.Stakeholder) { s.Notes = fmt.Sprint("Change ", i) })
		}
		return err
	}, toldChanges-1)
	var batch []*mail.Prepared
	for i := range toldMails {
		m := &mime.Message{MessageID: fmt.Sprintf("told%d@test", i), Subject: fmt.Sprint("Mail ", i), Date: time.Date(2026, 1, 1+i%300, 12, 0, 0, 0, time.UTC),
			From: []mime.Address{{Address: w.a.Emails[0].Address}}, Text: "Text", Size: 100, ContentHash: fmt.Sprintf("%064x", i+1)}
		p, err := w.in.Prepare(mail.Incoming{UID: uint32(i + 1), Received: m.Date, Size: m.Size, Message: m})
		w.ok(err)
		batch = append(batch, p)
	}
	for part := range slices.Chunk(batch, 250) {
		_, err := w.in.Save(w.system, mail.Batch{Folder: w.folder, Items: part})
		w.ok(err)
	}
}

// TestMeetingsMakeTies: a meeting makes a tie for those of us who took part, and one that is private shows
// to colleagues as a band only. A note is no contact.
func TestMeetingsMakeTies(t *testing.T) {
	w := newWorld(t)
	people := map[string]context.Context{}
	ids := map[string]string{}
	for _, name := range []string{"Ada", "Ben", "Cleo"} {
		a, err := w.app.accounts.Add(w.system, account.New{Email: name + "@example.org", Name: name, Role: access.Advocate, Password: "a lamp on every landing"})
		w.ok(err)
		people[name], ids[name] = access.With(t.Context(), a.Reader()), a.ID
	}
	today := store.Date(time.Now().UTC().Format(time.DateOnly))
	for _, i := range []*engagement.Interaction{
		{Kind: engagement.Meeting, Title: "Budget", ParticipantIDs: []string{ids["Ada"], ids["Ben"]}},
		{Kind: engagement.Meeting, Title: "In confidence", Private: true, StakeholderIDs: []string{w.b.ID}},
		{Kind: engagement.Note, Minutes: "Read about them", ParticipantIDs: []string{ids["Cleo"]}},
	} {
		i.Date = today
		if i.StakeholderIDs == nil {
			i.StakeholderIDs = []string{w.a.ID}
		}
		_, err := w.app.engagement.Record(people["Ada"], i, nil, "")
		w.ok(err)
	}
	w.ok(ties.New(w.app.ties, w.app.contacts()...)(w.system, runner.NewProgress()))
	for _, c := range []struct {
		of, who, reader string
		band            tie.Band
		told            bool // why is told
	}{
		{w.a.ID, "Ada", "Ben", tie.Fair, true},
		{w.a.ID, "Ben", "Cleo", tie.Fair, true},
		{w.a.ID, "Cleo", "Ada", "", false},
		{w.b.ID, "Ada", "Ada", tie.Fair, true},
		{w.b.ID, "Ada", "Ben", tie.Fair, false},
	} {
		known, err := w.app.ties.Of(people[c.reader], []string{c.of})
		w.ok(err)
		var band tie.Band
		told := false
		for _, k := range known {
			if k.AccountID == ids[c.who] {
				band, told = k.Band, len(k.Reasons) > 0 || k.Score != nil
			}
		}
		if band != c.band || told != c.told {
			t.Errorf("%s to %s, as %s sees it: %q told %v, want %q told %v", c.who, c.of, c.reader, band, told, c.band, c.told)
		}
	}
}
