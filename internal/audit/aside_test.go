package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// tx runs fn as a merge does.
func (h *house) tx(t testing.TB, fn func(ctx context.Context) error) {
	t.Helper()
	must(t, h.db.Tx(access.AsSystem(t.Context(), "test"), fn))
}

// twoPapers makes two papers, of which the second has the id of the first in its text, and a third one apart.
func (h *house) twoPapers(t testing.TB) (gone, naming, apart *paper) {
	t.Helper()
	gone = h.create(t, "Gone")[0]
	naming = &paper{Title: "Naming", Text: "see [" + gone.ID + "]"}
	must(t, h.papers.Create(anna(t), naming))
	return gone, naming, h.create(t, "Apart")[0]
}

// saying gives the entries in which a text stands.
func (h *house) saying(t testing.TB, text string) (found []*Entry) {
	t.Helper()
	for _, e := range h.all(t) {
		if strings.Contains(fmt.Sprintf("%+v", *e), text) {
			found = append(found, e)
		}
	}
	return found
}

// TestSetAside: what names a record goes into the keeping of a merge and comes back; the journal is whole all the way,
// whatever is sealed between, and lists what was said to those who may read it.
func TestSetAside(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		gone, _, _ := h.twoPapers(t)
		h.seal(t)
		late := h.create(t, "Late "+gone.ID)[0]
		before := h.all(t)
		n := 0
		h.tx(t, func(ctx context.Context) (err error) { n, err = h.SetAside(ctx, gone.ID, "m1"); return err })
		if n != 3 || len(h.saying(t, gone.ID)) != 0 {
			t.Errorf("%d set aside, %d left that name it", n, len(h.saying(t, gone.ID)))
		}
		if len(h.saying(t, "Apart")) != 1 {
			t.Error("an entry that names nobody was set aside")
		}
		if r := h.verify(t); len(r.Findings) > 0 {
			t.Errorf("set aside: %+v", r.Findings)
		}
		h.seal(t)
		page, err := h.List(access.AsSystem(t.Context(), "test"), Query{})
		must(t, err)
		if i := slices.IndexFunc(page.Items, func(e *Entry) bool { return e.RecordID == late.ID }); i < 0 || len(page.Items[i].Changes) == 0 || page.Items[i].AsideBy != "m1" {
			t.Errorf("the list does not say what the merge keeps: %+v", page.Items)
		}
		h.tx(t, func(ctx context.Context) error { return h.PutBack(ctx, "m1") })
		for i, e := range h.all(t) {
			was := *before[i]
			was.Meta = e.Meta
			if fmt.Sprintf("%+v", was) != fmt.Sprintf("%+v", *e) {
				t.Errorf("%+v came back as %+v", was, *e)
			}
		}
		if r := h.verify(t); len(r.Findings) > 0 || r.Entries != 4 {
			t.Errorf("put back: %+v", r)
		}
	})
}

// TestAsideIsVerified: of what a merge keeps nothing can be changed or taken away unseen, and an entry of which no merge
// has the rest is found.
func TestAsideIsVerified(t *testing.T) {
	system := access.AsSystem(t.Context(), "test")
	for name, tamper := range map[string]func(h *house, a *aside) error{
		"removed": func(h *house, a *aside) error { return h.asides.Delete(system, a.ID) },
		"value changed": func(h *house, a *aside) error {
			a.Entry.Changes[0].New = `"other"`
			return h.asides.ReplaceMany(system, []*aside{a})
		},
		"record changed": func(h *house, a *aside) error {
			a.Entry.RecordID = store.NewID()
			return h.asides.ReplaceMany(system, []*aside{a})
		},
		"given to another merge": func(h *house, a *aside) error {
			a.MergeID = "m2"
			return h.asides.ReplaceMany(system, []*aside{a})
		},
		"who did it": func(h *house, a *aside) error {
			e, err := h.entries.Get(system, a.EntryID)
			if err != nil {
				return err
			}
			e.ByName = "Bea"
			return h.entries.ReplaceMany(system, []*Entry{e})
		},
		"emptied by nobody": func(h *house, a *aside) error {
			e, err := h.entries.Get(system, h.all(t)[2].ID)
			if err != nil {
				return err
			}
			e.AsideBy, e.Changes = "m1", nil
			return h.entries.ReplaceMany(system, []*Entry{e})
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			gone, _, _ := h.twoPapers(t)
			h.seal(t)
			h.tx(t, func(ctx context.Context) error { _, err := h.SetAside(ctx, gone.ID, "m1"); return err })
			a, err := h.asides.First(system, filter.Eq{Field: "entryId", Value: h.all(t)[0].ID})
			must(t, err)
			must(t, tamper(h, a))
			if r := h.verify(t); len(r.Findings) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

// TestSetAsideTwice: an entry that two merges have reached is whole again once both are undone, in either order, and names
// in between nobody who is gone.
func TestSetAsideTwice(t *testing.T) {
	for _, order := range [][]string{{"m1", "m2"}, {"m2", "m1"}} {
		onEachEngine(t, func(t *testing.T, h *house) {
			gone, naming, _ := h.twoPapers(t)
			h.seal(t)
			before := h.all(t)
			for i, id := range []string{gone.ID, naming.ID} {
				h.tx(t, func(ctx context.Context) error { _, err := h.SetAside(ctx, id, []string{"m1", "m2"}[i]); return err })
				if left := h.saying(t, id); len(left) > 0 {
					t.Errorf("%v still name the one that went", left)
				}
			}
			h.isWhole(t, order, "set aside twice")
			list, err := h.Before(access.AsSystem(t.Context(), "test"), "papers", naming.ID, "", "", 9)
			must(t, err)
			if len(list) != 0 {
				t.Errorf("the one that went has a history: %v", list)
			}
			h.tx(t, func(ctx context.Context) error { return h.PutBack(ctx, order[0]) })
			h.isWhole(t, order, "one undone")
			h.tx(t, func(ctx context.Context) error { return h.PutBack(ctx, order[1]) })
			h.isWhole(t, order, "both undone")
			for i, e := range h.all(t) {
				was := *before[i]
				was.Meta = e.Meta
				if fmt.Sprintf("%+v", was) != fmt.Sprintf("%+v", *e) {
					t.Errorf("%v: %+v came back as %+v", order, was, *e)
				}
			}
		})
	}
}

// isWhole fails where the journal is not.
func (h *house) isWhole(t testing.TB, order []string, when string) {
	t.Helper()
	if r := h.verify(t); len(r.Findings) > 0 {
		t.Errorf("%v, %s: %+v", order, when, r.Findings)
	}
}

// TestHistoryGoesOn: a record whose entries name one that was merged away keeps its history.
func TestHistoryGoesOn(t *testing.T) {
	h := newHouse(t)
	gone, naming, _ := h.twoPapers(t)
	system := access.AsSystem(t.Context(), "test")
	history := func() string {
		list, err := h.Before(system, "papers", naming.ID, "", "", 9)
		must(t, err)
		if len(list) != 1 {
			t.Fatalf("%d entries", len(list))
		}
		return fmt.Sprintf("%+v", list[0].Changes)
	}
	before := history()
	h.tx(t, func(ctx context.Context) error { _, err := h.SetAside(ctx, gone.ID, "m1"); return err })
	if after := history(); after != before {
		t.Errorf("the history was %s and is %s", before, after)
	}
}

// TestErasureReachesAsides: values that a merge keeps are taken out like others, and stay out when it is undone.
func TestErasureReachesAsides(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		gone, naming, _ := h.twoPapers(t)
		h.seal(t)
		h.tx(t, func(ctx context.Context) error { _, err := h.SetAside(ctx, gone.ID, "m1"); return err })
		match := func(e *Entry) bool {
			return slices.ContainsFunc(e.Changes, func(c FieldChange) bool { return strings.Contains(c.New, "Naming") })
		}
		for _, dry := range []bool{true, false} {
			n, err := h.EraseWhere(anna(t), "asked", dry, match)
			must(t, err)
			if n != 1 {
				t.Errorf("dry %v: %d entries", dry, n)
			}
		}
		if r := h.verify(t); len(r.Findings) > 0 {
			t.Errorf("erased: %+v", r.Findings)
		}
		h.tx(t, func(ctx context.Context) error { return h.PutBack(ctx, "m1") })
		h.seal(t)
		if r := h.verify(t); len(r.Findings) > 0 {
			t.Errorf("put back: %+v", r.Findings)
		}
		for _, e := range h.all(t) {
			if e.RecordID == naming.ID && (e.ErasedBy == "" || e.Names != nil || strings.Contains(fmt.Sprint(e.Changes), "Naming")) {
				t.Errorf("the values came back: %+v", e)
			}
		}
	})
}

// TestAddNames: entries of before there were names are found by what they name like others.
func TestAddNames(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		gone, _, _ := h.twoPapers(t)
		h.seal(t)
		system := access.AsSystem(t.Context(), "test")
		old := h.all(t)
		for _, e := range old {
			e.Names = nil
		}
		must(t, h.entries.ReplaceMany(system, old))
		h.tx(t, h.AddNames)
		h.tx(t, func(ctx context.Context) error { _, err := h.SetAside(ctx, gone.ID, "m1"); return err })
		if left := h.saying(t, gone.ID); len(left) > 0 {
			t.Errorf("%d entries still name it", len(left))
		}
		if r := h.verify(t); len(r.Findings) > 0 {
			t.Errorf("%+v", r.Findings)
		}
	})
}
