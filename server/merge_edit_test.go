package main

import (
	"testing"

	"piper/internal/list"
)

// TestEditBackAfterAMerge: a bulk edit took records away from a parent that has been merged into another since. Undoing the
// edit leaves them alone, says so, and puts the others back.
func TestEditBackAfterAMerge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var ids []string
	for i, parent := range []string{w.b.ID, w.stakeholder("Elm", "post@elm.example.org").ID} {
		child := w.stakeholder([]string{"Oak north", "Elm north"}[i], []string{"north@oak.example.org", "north@elm.example.org"}[i])
		ids = append(ids, child.ID)
		e, err := w.app.edits.Preview(w.me, "stakeholders", list.Selection{IDs: []string{child.ID}}, []list.Operation{{Do: "setParent", Value: parent}})
		w.ok(err)
		_, err = w.app.edits.Apply(w.me, e.ID)
		w.ok(err)
	}
	e, err := w.app.edits.Preview(w.me, "stakeholders", list.Selection{IDs: ids}, []list.Operation{{Do: "setParent"}})
	w.ok(err)
	_, err = w.app.edits.Apply(w.me, e.ID)
	w.ok(err)
	w.merge()
	e, err = w.app.edits.Undo(w.me, e.ID)
	w.ok(err)
	if e.Counts.Undone != 1 || e.Counts.Kept != 1 {
		t.Errorf("%+v", e.Counts)
	}
}
