package main

import (
	"context"
	"slices"
	"testing"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/server/api"
)

// TestSearchEngagement: what was said and what is to be done are found by their words, by whoever may read them.
func TestSearchEngagement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fay := access.With(t.Context(), access.Reader{AccountID: "fay", Name: "Fay", Role: access.Fundraiser})
	find := func(ctx context.Context, kind, words string) []api.Hit {
		t.Helper()
		at := slices.IndexFunc(w.app.finders(), func(f api.Finder) bool { return f.Kind == kind })
		if at < 0 {
			t.Fatalf("nothing finds what is of the kind %q", kind)
		}
		hits, err := w.app.finders()[at].Find(ctx, words, 10)
		w.ok(err)
		return hits
	}
	meeting := &engagement.Interaction{Kind: engagement.Meeting, Date: "2026-03-29", Time: "23:30", Title: "Lunch in Straßburg", Minutes: "They would fund shelters.", StakeholderIDs: []string{w.a.ID, w.b.ID}}
	_, err := w.app.engagement.Record(w.me, meeting, nil, "")
	w.ok(err)
	note := &engagement.Interaction{Kind: engagement.Note, Minutes: "Doubtful about shelters\nfor now", Private: true, StakeholderIDs: []string{w.b.ID}}
	_, err = w.app.engagement.Record(w.me, note, nil, "")
	w.ok(err)
	pia, err := w.app.accounts.Add(w.system, account.New{Email: "pia@example.org", Name: "Pia", Role: access.Advocate, Password: "a long enough password"})
	w.ok(err)
	_, err = w.app.engagement.AddTask(access.With(t.Context(), pia.Reader()), &engagement.Task{Title: "Send the shelters brief", StakeholderIDs: []string{w.a.ID}}, "")
	w.ok(err)

	mine := find(w.me, "interaction", "shelters")
	if len(mine) != 2 || mine[0].Title != "Doubtful about shelters" || mine[0].About != w.b.ID || mine[1].ID != meeting.ID || mine[1].Subtitle != "meeting · Oak Foundation" ||
		mine[1].Date != "2026-03-29" {
		t.Errorf("their author finds %+v", mine)
	}
	if theirs := find(fay, "interaction", "shelters"); len(theirs) != 1 || theirs[0].ID != meeting.ID {
		t.Errorf("a colleague finds %+v", theirs)
	}
	if inside := find(fay, "interaction", "rassbur"); len(inside) != 1 {
		t.Errorf("a part of a word in a title finds %+v", inside)
	}
	if tasks := find(fay, "task", "shelter"); len(tasks) != 1 || tasks[0].Title != "Send the shelters brief" || tasks[0].Subtitle != "" {
		t.Errorf("tasks: %+v", tasks)
	}
	_, err = w.app.engagement.TrashInteraction(w.me, meeting.ID, meeting.Rev)
	w.ok(err)
	if gone := find(fay, "interaction", "shelters"); len(gone) != 0 {
		t.Errorf("what lies in the trash is found: %+v", gone)
	}
}
