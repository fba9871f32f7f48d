package engagement_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

type accounts map[string]string

func (a accounts) Names(context.Context) (map[string]string, error) { return a, nil }

type directory struct{}

func (directory) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if strings.HasPrefix(id, "s") {
			names[id] = "Name of " + id
		}
	}
	return names, nil
}

type house struct {
	*engagement.Repo
	t       *testing.T
	db      *store.DB
	journal *audit.Journal
	now     time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, now: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	h.db = store.New(engine, store.Options{Now: func() time.Time { return h.now }})
	h.journal = audit.New(h.db, []byte("0123456789abcdef0123456789abcdef"), "")
	h.Repo = engagement.NewRepo(h.db, accounts{"ana": "Ana", "lima": "Ana Lima", "jon": "Jon"}, directory{}, engagement.Options{Journal: h.journal})
	h.ok(h.db.Start(access.AsSystem(t.Context(), "test"), nil))
	t.Cleanup(func() { _ = h.db.Close() })
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) as(id string) context.Context {
	return access.With(h.t.Context(), access.Reader{AccountID: id, Name: id, Role: access.Advocate})
}

func meeting(text string) *engagement.Interaction {
	return &engagement.Interaction{Kind: engagement.Meeting, Date: "2026-03-29", Minutes: text, StakeholderIDs: []string{"s1"}}
}

// TestMeetings: what counts as a contact is what the reader may see, no note, nothing in the trash and nothing before.
func TestMeetings(t *testing.T) {
	h := newHouse(t)
	add := func(kind engagement.Kind, day store.Date, private bool, ids ...string) *engagement.Interaction {
		saved, err := h.Record(h.as("ana"), &engagement.Interaction{Kind: kind, Date: day, Minutes: "x", StakeholderIDs: ids, Private: private}, nil, "")
		h.ok(err)
		return saved
	}
	add(engagement.Meeting, "2026-03-29", false, "s1", "s2")
	add(engagement.Phone, "2026-03-29", false, "s1")
	add(engagement.Note, "2026-03-29", false, "s1")
	add(engagement.Meeting, "2026-03-28", false, "s1")
	add(engagement.Event, "2026-03-30", true, "s2")
	gone := add(engagement.Meeting, "2026-03-30", false, "s2")
	_, err := h.TrashInteraction(h.as("ana"), gone.ID, gone.Rev)
	h.ok(err)
	for who, want := range map[string]string{"ana": "[s1 s2] [s1] [s2]", "jon": "[s1 s2] [s1]"} {
		met, err := h.Meetings(h.as(who), []string{"s1", "s2"}, "2026-03-29")
		h.ok(err)
		if got := strings.Trim(fmt.Sprint(met), "[]"); got != strings.Trim(want, "[]") {
			t.Errorf("%s: %v, want %v", who, met, want)
		}
	}
	if met, err := h.Meetings(h.as("ana"), nil, "2026-03-29"); err != nil || len(met) != 0 {
		t.Errorf("nobody: %v, %v", met, err)
	}
}

// TestPrivateNote: nobody but its author finds it anywhere, its tasks follow it, and the journal that
// administrators read keeps none of its words.
func TestPrivateNote(t *testing.T) {
	h := newHouse(t)
	note := meeting("worry about @Jon")
	note.Private = true
	saved, err := h.Record(h.as("ana"), note, []*engagement.Task{{Title: "worry task"}}, "")
	h.ok(err)
	if len(saved.Mentions) != 0 {
		t.Error("a private note mentions somebody who cannot read it")
	}
	for who, want := range map[string]int{"ana": 1, "jon": 0} {
		list, err := h.Interactions(h.as(who), engagement.InteractionSearch{}, store.Query{Text: "worry"})
		h.ok(err)
		after, err := h.InteractionsAfter(h.as(who), "s1", nil, "", "", 10)
		h.ok(err)
		tasks, err := h.Tasks(h.as(who), engagement.TaskSearch{}, store.Query{})
		h.ok(err)
		if list.Total != want || len(after) != want || tasks.Total != want {
			t.Errorf("%s: search %d, timeline %d, tasks %d; want %d", who, list.Total, len(after), tasks.Total, want)
		}
	}
	if _, err := h.Interaction(h.as("jon"), saved.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("jon reads it: %v", err)
	}
	// Shown to the team and taken back: neither way is a word written down.
	opened, err := h.UpdateInteraction(h.as("ana"), saved.ID, saved.Rev, func(i *engagement.Interaction) { i.Private = false })
	h.ok(err)
	if len(opened.Mentions) != 1 || opened.Mentions[0].AccountID != "jon" {
		t.Errorf("mentions after it was opened: %v", opened.Mentions)
	}
	if _, err := h.UpdateInteraction(h.as("jon"), saved.ID, opened.Rev, func(i *engagement.Interaction) { i.Private = true }); !fault.Is(err, fault.Invalid) {
		t.Errorf("jon makes it private: %v", err)
	}
	page, err := h.journal.List(access.AsSystem(t.Context(), "test"), audit.Query{})
	h.ok(err)
	if len(page.Items) == 0 {
		t.Fatal("no entries: this shows nothing")
	}
	for _, e := range page.Items {
		for _, c := range e.Changes {
			if strings.Contains(c.Old+c.New, "worry") {
				t.Errorf("the journal has %s %s of %s", c.Old, c.New, e.Collection)
			}
		}
	}
}

// TestMentions: the longest name counts, case does not, and an address is no mention.
func TestMentions(t *testing.T) {
	h := newHouse(t)
	for text, want := range map[string]string{
		"ask @Ana": "ana", "ask @ANA lima.": "lima", "write to x@ana": "", "@Anabel": "", "@Jon, @Ana": "ana jon", "@": "", "ø@Ana @jon": "jon",
	} {
		i, err := h.Record(h.as("ana"), meeting(text), nil, "")
		h.ok(err)
		var got []string
		for _, m := range i.Mentions {
			got = append(got, m.AccountID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q mentions %v, want %q", text, got, want)
		}
	}
}

// TestAllOrNothing: a follow-up task that is wrong leaves no meeting behind.
func TestAllOrNothing(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Record(h.as("ana"), meeting("x"), []*engagement.Task{{Title: "good"}, {Title: "bad", OwnerID: "nobody"}}, ""); !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	list, err := h.Interactions(h.as("ana"), engagement.InteractionSearch{}, store.Query{})
	h.ok(err)
	tasks, err := h.Tasks(h.as("ana"), engagement.TaskSearch{}, store.Query{})
	h.ok(err)
	if list.Total != 0 || tasks.Total != 0 {
		t.Errorf("left behind: %d, %d", list.Total, tasks.Total)
	}
}

// TestApplyTwiceAtOnce: a double click makes the tasks once, and both clicks get them.
func TestApplyTwiceAtOnce(t *testing.T) {
	h := newHouse(t)
	tpl := &engagement.Template{Name: "Report", Items: []engagement.Item{{Title: "Draft", Days: -14}, {Title: "Sign", Days: -3, Business: true}}}
	h.ok(h.AddTemplate(h.as("ana"), tpl))
	var wg sync.WaitGroup
	got := make([][]*engagement.Task, 6)
	for n := range got {
		wg.Go(func() {
			var err error
			got[n], err = h.Apply(h.as("ana"), tpl.ID, engagement.Application{StakeholderID: "s1", Anchor: "2026-03-29", Key: "k"})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	page, err := h.Tasks(h.as("ana"), engagement.TaskSearch{}, store.Query{Sort: nil})
	h.ok(err)
	if page.Total != 2 {
		t.Fatalf("%d tasks", page.Total)
	}
	due := map[string]store.Date{}
	for _, task := range page.Items {
		due[task.Title] = task.Due
	}
	if due["Draft"] != "2026-03-15" || due["Sign"] != "2026-03-25" {
		t.Errorf("due %v", due)
	}
	for _, list := range got {
		if len(list) != 2 {
			t.Errorf("a click got %d tasks", len(list))
		}
	}
}

// TestDayStays: a day that was typed is that day, whatever zone the machine is in.
func TestDayStays(t *testing.T) {
	was := time.Local
	t.Cleanup(func() { time.Local = was })
	for _, zone := range []string{"Europe/Brussels", "America/New_York", "UTC", "Pacific/Kiritimati"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = loc
		h := newHouse(t)
		i, err := h.Record(h.as("ana"), meeting("x"), []*engagement.Task{{Title: "y", Due: "2026-03-29"}}, "")
		h.ok(err)
		again, err := h.Interaction(h.as("ana"), i.ID)
		h.ok(err)
		tasks, err := h.Tasks(h.as("ana"), engagement.TaskSearch{From: "2026-03-29", To: "2026-03-29"}, store.Query{})
		h.ok(err)
		if again.Date != "2026-03-29" || again.At != "2026-03-29T10:00:00Z" || tasks.Total != 1 {
			t.Errorf("%s: %s %s, %d tasks", zone, again.Date, again.At, tasks.Total)
		}
		h.ok(h.db.Close()) // nothing of it may look at the zone while that is changed
	}
}

// TestReminderOnce: a reminder belongs to one digest; a task that is done is not in it; what a day could
// not deliver goes into the next day's.
func TestReminderOnce(t *testing.T) {
	h := newHouse(t)
	system := access.AsSystem(t.Context(), "job digest")
	task, err := h.AddTask(h.as("ana"), &engagement.Task{Title: "Report", Due: "2026-04-02", StakeholderIDs: []string{"s1"}}, "")
	h.ok(err)
	reminded := func() (*engagement.Digest, int) {
		d, err := h.ClaimDigest(system, "ana")
		h.ok(err)
		list, err := h.Reminded(system, d)
		h.ok(err)
		return d, len(list)
	}
	first, n := reminded() // 7 days before is past, so it is due
	if n != 1 {
		t.Fatalf("first day: %d", n)
	}
	if again, n := reminded(); again.ID != first.ID || n != 1 {
		t.Fatalf("claimed twice: %d", n)
	}
	h.now = h.now.Add(24 * time.Hour) // the first was never sent
	second, n := reminded()
	if second.ID == first.ID || n != 1 || second.Since != first.Since {
		t.Fatalf("the next day took over %d, since %s", n, second.Since)
	}
	h.ok(h.MarkDigest(system, second, engagement.Sending, ""))
	stale := *second
	stale.State = engagement.Claimed
	if err := h.MarkDigest(system, &stale, engagement.Sending, ""); !fault.Is(err, fault.Busy) {
		t.Fatalf("two send the same: %v", err)
	}
	h.ok(h.MarkDigest(system, second, engagement.Sent, ""))
	h.now = h.now.Add(24 * time.Hour)
	if _, n := reminded(); n != 0 {
		t.Fatalf("reminded again: %d", n)
	}
	h.now = h.now.Add(2 * 24 * time.Hour) // the day before it is due
	_, err = h.UpdateTask(h.as("ana"), task.ID, task.Rev, func(t *engagement.Task) { t.State = engagement.Done })
	h.ok(err)
	if _, n := reminded(); n != 0 {
		t.Fatalf("reminded of what is done: %d", n)
	}
}
