package main

import (
	"testing"

	"piper/internal/advocacy"
	"piper/internal/timeline"
)

// TestPositionsFollow: positions go with a merge, come back with its undo, and stand in the timeline.
func TestPositionsFollow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, p := range []*advocacy.Position{
		{StakeholderID: w.a.ID, PriorityID: "compensation", Date: "2026-01-10", Stance: "neutral", Evidence: "A letter"},
		{StakeholderID: w.b.ID, PriorityID: "compensation", Date: "2026-02-10", Stance: "champion", Evidence: "A vote"},
		{StakeholderID: w.b.ID, PriorityID: "residence", Date: "2026-02-10", Stance: "opposed", Evidence: "A speech"},
	} {
		w.ok(w.app.advocacy.AddPosition(w.me, p))
	}
	before := w.dump()
	rec := w.merge()
	if n := w.naming(w.b.ID)["positions"]; n != 0 || rec.Moved["positions"] != 2 {
		t.Errorf("%d positions name the one that went; %d were moved", n, rec.Moved["positions"])
	}
	list, err := w.app.advocacy.Courses(w.me, w.a.ID)
	w.ok(err)
	if len(list) != 2 || list[0].Moved != 2 || len(list[0].History) != 2 {
		t.Errorf("after the merge: %+v", list)
	}
	page, err := w.app.timeline().Page(w.me, w.a.ID, timeline.Query{Kinds: []string{"position"}})
	w.ok(err)
	if len(page.Items) != 3 || page.Items[2].Title != "Access to compensation and unpaid wages: neutral" || page.Items[2].Date != "2026-01-10" || page.Items[2].Text != "A letter" {
		t.Errorf("the timeline has %+v", page.Items)
	}
	_, err = w.app.merges.Undo(w.me, rec.ID)
	w.ok(err)
	after := w.dump()
	for key, doc := range before {
		if after[key] != doc {
			t.Errorf("%s is %s, was %s", key, after[key], doc)
		}
	}
}
