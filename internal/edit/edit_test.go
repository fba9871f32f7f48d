package edit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/edit"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// house is a store with stakeholders and their bulk edits.
type house struct {
	db     *store.DB
	people *stakeholder.Repo
	edits  *edit.Repo
	log    *audit.Journal
	ctx    context.Context
}

func open(t *testing.T, engine driver.Engine) *house {
	t.Helper()
	db := store.New(engine, store.Options{})
	h := &house{db: db, log: audit.New(db, make([]byte, 32), ""), people: stakeholder.NewRepo(db), ctx: as("anna", access.Advocate)}
	h.edits = edit.NewRepo(db, map[string]edit.Target{"stakeholders": {Records: h.people.Bulk(), Reads: access.StakeholdersRead, Needs: access.StakeholdersWrite}})
	if err := db.Start(access.AsSystem(context.Background(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return h
}

func as(id string, role access.Role) context.Context {
	return access.With(context.Background(), access.Reader{AccountID: id, Name: id, Role: role})
}

// fill adds n stakeholders, of whom every fifth has the tag already.
func (h *house) fill(t *testing.T, n int) (ids []string) {
	t.Helper()
	err := h.db.Tx(h.ctx, func(ctx context.Context) error { // one commit for all
		ids = nil
		for i := range n {
			s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: fmt.Sprintf("Number %d", i), Tags: []string{"old"}, Country: "BE"}
			if i%5 == 0 {
				s.Tags = append(s.Tags, "new")
			}
			if err := h.people.Create(ctx, s); err != nil {
				return err
			}
			ids = append(ids, s.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func (h *house) get(t *testing.T, id string) *stakeholder.Stakeholder {
	t.Helper()
	s, err := h.people.Get(h.ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (h *house) preview(t *testing.T, sel list.Selection, ops ...list.Operation) *edit.Edit {
	t.Helper()
	e, err := h.edits.Preview(h.ctx, "stakeholders", sel, ops)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func finish(t *testing.T, ctx context.Context, step func(context.Context, string) (*edit.Edit, error), id string, until edit.State) *edit.Edit {
	t.Helper()
	for range 50 {
		e, err := step(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if e.State == until {
			return e
		}
	}
	t.Fatalf("it never became %s", until)
	return nil
}

var (
	addNew = list.Operation{Do: "addTag", Value: "new"}
	setFR  = list.Operation{Do: "setCountry", Value: "fr"}
)

func TestPreviewApplyUndo(t *testing.T) {
	t.Parallel()
	h := open(t, memory.New())
	ids := h.fill(t, 20)
	e := h.preview(t, list.Selection{}, addNew)
	if e.Counts != (edit.Counts{Chosen: 20, Changing: 16, Unchanged: 4}) || e.State != edit.Previewed {
		t.Fatalf("%+v", e)
	}
	if got := h.get(t, ids[1]); got.Rev != 1 {
		t.Fatal("a preview changed a record")
	}
	rows, err := h.edits.Rows(h.ctx, e.ID, []edit.RowState{edit.Planned}, store.Query{})
	if err != nil || rows.Total != 16 || fmt.Sprint(rows.Items[0].Changes) != `[{tags ["old"] ["old","new"] false}]` || rows.Names[ids[1]] != "Number 1" {
		t.Fatalf("%+v %v", rows.Items[0], err)
	}
	// Somebody changes one of them meanwhile, and one goes into the trash.
	if _, err := h.people.Update(h.ctx, ids[1], 1, func(s *stakeholder.Stakeholder) { s.Notes = "read me" }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.people.Trash(h.ctx, ids[2], 1); err != nil {
		t.Fatal(err)
	}
	e = finish(t, h.ctx, h.edits.Apply, e.ID, edit.Applied)
	if e.Counts.Done != 14 || e.Counts.Skipped != 2 {
		t.Fatalf("%+v", e.Counts)
	}
	if slices.Contains(h.get(t, ids[1]).Tags, "new") || !slices.Contains(h.get(t, ids[3]).Tags, "new") {
		t.Fatal("the wrong records were changed")
	}
	// Each record has an entry of its own, in the name of who did it.
	journal, err := h.log.List(access.AsSystem(h.ctx, "test"), audit.Query{RecordID: ids[3]})
	if err != nil || len(journal.Items) != 2 || journal.Items[0].By != "anna" || journal.Items[0].Changes[0].Field != "tags" {
		t.Fatalf("%+v %v", journal.Items, err)
	}
	// Applied twice: nothing more.
	rev := h.get(t, ids[3]).Rev
	if again, err := h.edits.Apply(h.ctx, e.ID); err != nil || again.Counts != e.Counts || h.get(t, ids[3]).Rev != rev {
		t.Fatalf("applied twice: %+v %v", again, err)
	}
	// One gets another tag before the undo: it keeps what it has; a change of another field does no harm.
	if _, err := h.people.Update(h.ctx, ids[3], rev, func(s *stakeholder.Stakeholder) { s.Tags = append(s.Tags, "mine") }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.people.Update(h.ctx, ids[4], 2, func(s *stakeholder.Stakeholder) { s.Notes = "mine" }); err != nil {
		t.Fatal(err)
	}
	e = finish(t, h.ctx, h.edits.Undo, e.ID, edit.Undone)
	if e.Counts.Undone != 13 || e.Counts.Kept != 1 {
		t.Fatalf("%+v", e.Counts)
	}
	if got := h.get(t, ids[3]).Tags; !slices.Equal(got, []string{"old", "new", "mine"}) {
		t.Fatalf("what somebody changed since was put back: %v", got)
	}
	if got := h.get(t, ids[4]); !slices.Equal(got.Tags, []string{"old"}) || got.Notes != "mine" {
		t.Fatalf("%+v", got)
	}
	if got := h.get(t, ids[5]).Tags; !slices.Contains(got, "new") {
		t.Fatal("the undo took away what had been there before")
	}
	if again, err := h.edits.Undo(h.ctx, e.ID); err != nil || again.Counts != e.Counts {
		t.Fatalf("undone twice: %+v %v", again, err)
	}
	if _, err := h.edits.Apply(h.ctx, e.ID); !fault.Is(err, fault.Busy) {
		t.Fatalf("applied after the undo: %v", err)
	}
}

func TestWhatCannotBeDone(t *testing.T) {
	t.Parallel()
	h := open(t, memory.New())
	ids := h.fill(t, 3)
	// The second becomes part of the first: then the first cannot become part of the second.
	e := h.preview(t, list.Selection{IDs: ids[1:2]}, list.Operation{Do: "setParent", Value: ids[0]})
	finish(t, h.ctx, h.edits.Apply, e.ID, edit.Applied)
	e = h.preview(t, list.Selection{IDs: ids}, list.Operation{Do: "setParent", Value: ids[1]})
	if e.Counts != (edit.Counts{Chosen: 3, Changing: 1, Failing: 2}) {
		t.Fatalf("%+v", e.Counts)
	}
	rows, err := h.edits.Rows(h.ctx, e.ID, []edit.RowState{edit.Failing}, store.Query{})
	if err != nil || len(rows.Items) != 2 || rows.Items[0].Why != "An organisation cannot be part of itself, also not by way of others." {
		t.Fatalf("%+v %v", rows.Items, err)
	}
	for _, op := range []list.Operation{{Do: "explode"}, {Do: "addTag"}, {Do: "addRole", Value: "king"}, {Do: "setCountry", Value: "Belgium"}, {Do: "setParent", Value: "nobody"}} {
		if _, err := h.edits.Preview(h.ctx, "stakeholders", list.Selection{}, []list.Operation{op}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", op, err)
		}
	}
	if _, err := h.edits.Preview(as("b", access.Board), "stakeholders", list.Selection{}, []list.Operation{addNew}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the board edits: %v", err)
	}
	// A preview is its maker's; nobody else applies it, and nobody else takes an edit back but administrators.
	e = h.preview(t, list.Selection{}, setFR)
	if _, err := h.edits.Apply(as("ben", access.Fundraiser), e.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else's preview: %v", err)
	}
	if _, err := h.edits.Undo(h.ctx, e.ID); !fault.Is(err, fault.Busy) {
		t.Errorf("undone before it was applied: %v", err)
	}
	finish(t, h.ctx, h.edits.Apply, e.ID, edit.Applied)
	if _, err := h.edits.Undo(as("ben", access.Fundraiser), e.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("somebody else's edit: %v", err)
	}
	finish(t, as("root", access.Administrator), h.edits.Undo, e.ID, edit.Undone)
	if h.get(t, ids[0]).Country != "BE" {
		t.Error("the country is not back")
	}
}

func TestTrashAndRestore(t *testing.T) {
	t.Parallel()
	h := open(t, memory.New())
	ids := h.fill(t, 4)
	where, err := stakeholder.Fields.Where(`["tags","has","new"]`)
	if err != nil {
		t.Fatal(err)
	}
	e := h.preview(t, list.Selection{Where: where}, list.Operation{Do: "trash"})
	finish(t, h.ctx, h.edits.Apply, e.ID, edit.Applied)
	if h.get(t, ids[0]).TrashedAt == "" || h.get(t, ids[1]).TrashedAt != "" {
		t.Fatal("the wrong ones are in the trash")
	}
	if e := h.preview(t, list.Selection{}, addNew); e.Counts.Chosen != 3 {
		t.Fatalf("all include the trash: %+v", e.Counts)
	}
	e2 := h.preview(t, list.Selection{Trashed: true}, list.Operation{Do: "restore"})
	if e2.Counts.Changing != 1 {
		t.Fatalf("%+v", e2.Counts)
	}
	finish(t, h.ctx, h.edits.Undo, e.ID, edit.Undone)
	if h.get(t, ids[0]).TrashedAt != "" {
		t.Fatal("it is still in the trash")
	}
	if e2 = finish(t, h.ctx, h.edits.Apply, e2.ID, edit.Applied); e2.Counts.Skipped != 1 {
		t.Fatalf("what was restored meanwhile was restored again: %+v", e2.Counts)
	}
}

var errKilled = errors.New("killed")

// mortal is an engine that dies at its nth write and stays dead.
type mortal struct {
	driver.Engine
	mu   sync.Mutex
	left int
}

func (m *mortal) write(do func() error) error {
	m.mu.Lock()
	m.left--
	dead := m.left < 0
	m.mu.Unlock()
	if dead {
		return errKilled
	}
	return do()
}

func (m *mortal) Insert(ctx context.Context, s *driver.Schema, docs []driver.Doc) error {
	return m.write(func() error { return m.Engine.Insert(ctx, s, docs) })
}

func (m *mortal) Replace(ctx context.Context, s *driver.Schema, doc driver.Doc, rev int64) error {
	return m.write(func() error { return m.Engine.Replace(ctx, s, doc, rev) })
}

// Wherever it dies, every row says truly whether its record is changed; and then it can be finished, or
// taken back, as if nothing had happened.
func TestKilledMidway(t *testing.T) {
	t.Parallel()
	const n = 600 // three parts
	// The records and the preview are made once; each round works on a copy of that store.
	var before bytes.Buffer
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	first := open(t, file)
	ids := first.fill(t, n)
	previewed := first.preview(t, list.Selection{}, addNew, setFR)
	if err := first.db.Backup(first.ctx, &before); err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 1, 250, 500, 501, 502, 700, 1003, 1004, 1100} {
		for _, resume := range []bool{true, false} {
			copied := filepath.Join(t.TempDir(), "x.db")
			if err := os.WriteFile(copied, before.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			file, err := sqlite.Open(copied)
			if err != nil {
				t.Fatal(err)
			}
			engine := &mortal{Engine: file, left: 1 << 30}
			h, e := open(t, engine), previewed
			engine.mu.Lock()
			engine.left = at
			engine.mu.Unlock()
			for err == nil && e.State != edit.Applied {
				var next *edit.Edit
				if next, err = h.edits.Apply(h.ctx, e.ID); err == nil {
					e = next
				}
			}
			engine.mu.Lock()
			engine.left = 1 << 30
			engine.mu.Unlock()
			h.truthful(t, e.ID, ids)
			step, until, country := h.edits.Apply, edit.Applied, "FR"
			if !resume {
				if e, err = h.edits.Get(h.ctx, e.ID); err != nil {
					t.Fatal(err)
				}
				if e.State == edit.Previewed {
					continue // nothing was done, so there is nothing to undo
				}
				step, until, country = h.edits.Undo, edit.Undone, "BE"
			}
			e = finish(t, h.ctx, step, e.ID, until)
			for k, id := range ids {
				s := h.get(t, id)
				if s.Country != country || slices.Contains(s.Tags, "new") != (resume || k%5 == 0) {
					t.Fatalf("killed at write %d, resume %v: record %d is %s %v", at, resume, k, s.Country, s.Tags)
				}
			}
			h.truthful(t, e.ID, ids)
		}
	}
}

// truthful compares each row with its record.
func (h *house) truthful(t *testing.T, id string, ids []string) {
	t.Helper()
	e, err := h.edits.Get(h.ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[edit.RowState]int{}
	q := store.Query{Limit: 500}
	for {
		rows, err := h.edits.Rows(h.ctx, id, nil, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows.Items {
			counts[row.State]++
			if changed := h.get(t, row.RecordID).Country == "FR"; changed != (row.State == edit.Done) {
				t.Fatalf("the row says %s, the record is changed: %v", row.State, changed)
			}
		}
		if q.Cursor = rows.Next; q.Cursor == "" {
			break
		}
	}
	if e.Counts.Done != counts[edit.Done]+counts[edit.Back]+counts[edit.Kept] || e.Counts.Undone != counts[edit.Back] {
		t.Fatalf("the edit counts %+v, its rows are %v", e.Counts, counts)
	}
	if counts[edit.Planned]+counts[edit.Done]+counts[edit.Back] != len(ids) {
		t.Fatalf("rows are missing: %v", counts)
	}
}

// Two edits of the same records, and two callers of the same edit, at once: each record is changed once, and
// what an edit could not do it says.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, file)
	ids := h.fill(t, 700)
	a := h.preview(t, list.Selection{}, setFR)
	b := h.preview(t, list.Selection{}, list.Operation{Do: "setCountry", Value: "DE"})
	var wg sync.WaitGroup
	for _, id := range []string{a.ID, a.ID, b.ID, b.ID} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20 {
				if _, err := h.edits.Apply(h.ctx, id); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	a, _ = h.edits.Get(h.ctx, a.ID)
	b, _ = h.edits.Get(h.ctx, b.ID)
	if a.Counts.Done+b.Counts.Done != 700 || a.Counts.Done != b.Counts.Skipped || b.Counts.Done != a.Counts.Skipped {
		t.Fatalf("%+v %+v", a.Counts, b.Counts)
	}
	for _, id := range ids {
		if s := h.get(t, id); s.Rev != 2 {
			t.Fatalf("a record has revision %d", s.Rev)
		}
	}
}

func TestSweepRemovesOldPreviewsAlone(t *testing.T) {
	t.Parallel()
	h := open(t, memory.New())
	h.fill(t, 3)
	e := h.preview(t, list.Selection{}, setFR)
	if n, err := h.edits.Sweep(access.AsSystem(h.ctx, "sweep")); n != 0 || err != nil {
		t.Fatalf("a fresh preview was swept: %d %v", n, err)
	}
	finish(t, h.ctx, h.edits.Apply, e.ID, edit.Applied)
}
