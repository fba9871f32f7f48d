package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/store"
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
			a, err := h.asides.Get(system, h.all(t)[0].ID)
			must(t, err)
			must(t, tamper(h, a))
			if r := h.verify(t); len(r.Findings) == 0 {
				t.Error("nothing was found")
			}
		})
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
