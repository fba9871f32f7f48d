package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/config"
	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/merge"
	"piper/internal/stakeholder"
	"piper/internal/stakeholder/importer"
	"piper/internal/store/driver"
	"piper/internal/view"
	"piper/jobs/runner"
)

// world is a whole Piper with two records of one foundation, each with references of every sort there is.
type world struct {
	t          *testing.T
	app        *App
	system, me context.Context
	a, b       *stakeholder.Stakeholder
	in         *mail.Intake
	folder     mail.FolderState
	uid        uint32
}

func newWorld(t *testing.T) *world {
	t.Helper()
	app, err := newApp(t.Context(), config.Config{Data: t.TempDir(), Store: "sqlite", FiscalYearStart: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, app: app, system: access.AsSystem(t.Context(), "test"),
		me: access.With(t.Context(), access.Reader{AccountID: "ada", Name: "Ada", Role: access.Advocate})}
	w.a, w.b = w.stakeholder("Oak Foundation", "office@oak.example.org"), w.stakeholder("OAK FOUNDATION", "grants@oak.example.org")
	box, err := app.mail.CreateMailbox(w.system, mail.MailboxInput{OwnerID: "somebody", Name: "box", Host: "imap.example.org", User: "u", Password: "p", Folders: []string{"INBOX"}})
	w.ok(err)
	w.in, err = app.mail.Intake(w.system, box, app.stakeholders)
	w.ok(err)
	w.folder, err = app.mail.BeginFolder(w.system, box.ID, "INBOX", 1)
	w.ok(err)
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) stakeholder(name, address string) *stakeholder.Stakeholder {
	w.t.Helper()
	s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: name, Emails: []stakeholder.Email{{Address: address}}}
	w.ok(w.app.stakeholders.Create(w.me, s))
	return s
}

// deliver takes in one message in the thread that begins with first.
func (w *world) deliver(first, id string, from ...string) {
	w.t.Helper()
	w.uid++
	m := &mime.Message{MessageID: id + "@test", Subject: "Grant " + first, Date: time.Date(2026, 1, 1, 0, 0, int(w.uid), 0, time.UTC),
		From: []mime.Address{{Address: from[0]}}, Text: "Text of " + id, Size: 100, ContentHash: fmt.Sprintf("%064x", w.uid)}
	for _, to := range from[1:] {
		m.To = append(m.To, mime.Address{Address: to})
	}
	if first != id {
		m.References = []string{first + "@test"}
	}
	p, err := w.in.Prepare(mail.Incoming{UID: w.uid, Received: m.Date, Size: m.Size, Message: m})
	w.ok(err)
	_, err = w.in.Save(w.system, mail.Batch{Folder: w.folder, Items: []*mail.Prepared{p}, Through: w.uid})
	w.ok(err)
}

// dump gives every stored document but those in which a merge may leave its traces, less revisions.
func (w *world) dump() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	for _, d := range w.app.db.Declared() {
		if slices.Contains([]string{"merges", "merge_parts", "merge_entries", "journal", "seals", "addresschanges"}, d.Name) {
			continue
		}
		w.ok(d.Raw.Each(w.system, func(doc []byte) error {
			var m map[string]any
			if err := json.Unmarshal(doc, &m); err != nil {
				return err
			}
			delete(m, "rev")
			delete(m, "updatedAt")
			text, err := json.Marshal(m)
			out[fmt.Sprint(d.Name, " ", m["id"])] = string(text)
			return err
		}))
	}
	return out
}

// naming counts the documents of each collection that hold an id, or another text, anywhere, in any case of its letters.
func (w *world) naming(text string) map[string]int {
	w.t.Helper()
	out := map[string]int{}
	for _, d := range w.app.db.Declared() {
		w.ok(d.Raw.Each(w.system, func(doc []byte) error {
			if bytes.Contains(bytes.ToLower(doc), bytes.ToLower([]byte(text))) {
				out[d.Name]++
			}
			return nil
		}))
	}
	return out
}

func (w *world) merge() *merge.Record {
	w.t.Helper()
	rec, err := w.app.merges.Merge(w.me, merge.Input{SurvivorID: w.a.ID, LoserID: w.b.ID, SurvivorRev: w.a.Rev, LoserRev: w.b.Rev})
	w.ok(err)
	return rec
}

// TestMergeEverything: 1,500 references each, in mail that the one who merges may not see, in income and in
// the tree. After the merge only its record names the loser; after the undo everything is as it was.
func TestMergeEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const each = 500 // messages and income lines; with bodies, 1,500 references each and more
	office, grants := w.a.Emails[0].Address, w.b.Emails[0].Address
	for i := range each {
		first := fmt.Sprint("t", i/5)
		id := first
		if i%5 > 0 {
			id = fmt.Sprint(first, "-", i)
		}
		w.deliver(first, id+"a", office, "team@x.org")
		w.deliver(first+"a", id+"b", grants, []string{"team@x.org", office}[i%2])
	}
	var csv strings.Builder
	csv.WriteString("donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n")
	for i := range each {
		for j := range 2 {
			fmt.Fprintf(&csv, "Payer %d,,2025-01-%02d,%d.00,EUR,soft,restricted,foundation\n", j, 1+i%28, 1+i)
		}
	}
	_, err := w.app.importer.Import(access.With(t.Context(), access.Reader{AccountID: "fred", Name: "Fred", Role: access.Fundraiser}), "income.csv", []byte(csv.String()), false)
	w.ok(err)
	w.give("Payer 0", w.a.ID)
	w.give("Payer 1", w.b.ID)
	child := w.stakeholder("Oak office Geneva", "geneva@oak.example.org")
	_, err = w.app.stakeholders.Update(w.me, child.ID, child.Rev, func(s *stakeholder.Stakeholder) { s.ParentID = w.b.ID })
	w.ok(err)

	for _, id := range []string{w.a.ID, w.b.ID} {
		n := 0
		for name, count := range w.naming(id) {
			if name != "journal" {
				n += count
			}
		}
		if n < 1500 {
			t.Fatalf("only %d documents name one of the two", n)
		}
	}
	preview, err := w.app.merges.Preview(w.me, merge.Input{SurvivorID: w.a.ID, LoserID: w.b.ID})
	w.ok(err)
	if preview.Moved["messages"]+preview.Moved["threads"]+preview.Moved["bodies"] > 0 {
		t.Errorf("the preview tells of mail that its reader may not see: %v", preview.Moved)
	}
	before := w.dump()
	rec := w.merge()
	left := w.naming(w.b.ID)
	delete(left, "merges")
	delete(left, "merge_parts")
	delete(left, "merge_entries")
	if len(left) > 0 {
		t.Errorf("the loser is still named: %v", left)
	}
	if rec.Moved["messages"] != each || rec.Moved["bodies"] != each || rec.Moved["income"] != each || rec.Moved["stakeholders"] != 1 || rec.Moved["threads"] == 0 {
		t.Errorf("re-pointed: %v", rec.Moved)
	}
	out, err := w.app.merges.Undo(w.me, rec.ID)
	w.ok(err)
	if len(out.Left)+len(out.Since)+len(out.Kept) > 0 {
		t.Errorf("%+v", out)
	}
	after := w.dump()
	for key, doc := range before {
		if after[key] != doc {
			t.Fatalf("%s is\n%s\nwant\n%s", key, after[key], doc)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d documents, there were %d", len(after), len(before))
	}
}

// give makes the lines of a donor those of a stakeholder.
func (w *world) give(donor, id string) {
	w.t.Helper()
	found, err := w.app.stakeholders.Find(w.system, []string{donor})
	w.ok(err)
	for _, d := range w.app.db.Declared() {
		if d.Name != "income" {
			continue
		}
		var docs [][]byte
		w.ok(d.Raw.Each(w.system, func(doc []byte) error {
			if bytes.Contains(doc, []byte(found[donor])) {
				docs = append(docs, bytes.ReplaceAll(bytes.Clone(doc), []byte(found[donor]), []byte(id)))
			}
			return nil
		}))
		ctx := audit.Bulk(w.system, "test")
		w.ok(w.app.db.Tx(ctx, func(ctx context.Context) error {
			for _, doc := range docs {
				if _, err := d.Raw.Replace(ctx, doc); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

// TestMailAfterAMerge: mail goes on between a merge and its undo. What came since stays with the survivor,
// and a thread is found by whoever its messages are linked to.
func TestMailAfterAMerge(t *testing.T) {
	w := newWorld(t)
	office, grants := w.a.Emails[0].Address, w.b.Emails[0].Address
	w.deliver("t1", "t1", grants, "team@x.org")
	w.deliver("t2", "t2", office, "team@x.org")
	rec := w.merge()
	w.deliver("t1", "t1-2", grants, "team@x.org")
	w.deliver("t1", "t1-3", office, "team@x.org")
	out, err := w.app.merges.Undo(w.me, rec.ID)
	w.ok(err)
	if len(out.Since) > 0 {
		t.Errorf("the one who undoes is told of mail that she may not see: %v", out.Since)
	}
	a, b := w.naming(w.a.ID), w.naming(w.b.ID)
	if a["messages"] != 3 || b["messages"] != 1 || a["threads"] != 2 || b["threads"] != 1 {
		t.Errorf("the survivor is named in %v, the other in %v", a, b)
	}
}

// TestEveryReferenceCanBeAskedFor: a merge reads what names the loser by an index, not by looking at all.
func TestEveryReferenceCanBeAskedFor(t *testing.T) {
	w := newWorld(t)
	for _, d := range w.app.db.Declared() {
		for _, ref := range d.Refs {
			if ref.Collection != "stakeholders" || ref.OnMerge == "keep" {
				continue
			}
			if !slices.ContainsFunc(d.Schema.Indexes, func(keys []driver.Key) bool { return keys[0].Path == ref.Field }) &&
				!slices.ContainsFunc(d.Schema.Unique, func(key []string) bool { return key[0] == ref.Field }) {
				t.Errorf("%s.%s holds stakeholders, and no index begins with it", d.Name, ref.Field)
			}
		}
	}
}

// TestRevertAfterANight: what the nightly jobs make of imported records is no reason to keep them when the
// import is taken back; what a person has attached is.
func TestRevertAfterANight(t *testing.T) {
	w := newWorld(t)
	imp, err := w.app.imports.Upload(w.me, "people.csv", []byte("name,kind,country\nOak Foundation,organisation,DE\nElm Trust,organisation,DE\n"))
	w.ok(err)
	work := func(step func(context.Context, string) (*importer.StakeholderImport, error)) *importer.StakeholderImport {
		_, err := step(w.me, imp.ID)
		w.ok(err)
		w.ok(w.app.imports.Work(w.system, runner.NewProgress()))
		imp, err := w.app.imports.Get(w.me, imp.ID)
		w.ok(err)
		return imp
	}
	work(w.app.imports.Check)
	if live := work(w.app.imports.Apply); live.State != importer.Live || live.Counts.Create != 2 {
		t.Fatalf("%+v", live)
	}
	found, err := w.app.merges.FindDuplicates(w.system, func(int, int) {})
	w.ok(err)
	if found.Created == 0 {
		t.Fatal("no pair was found, so nothing is shown")
	}
	elm, err := w.app.stakeholders.Find(w.me, []string{"Elm Trust"})
	w.ok(err)
	w.ok(w.app.stakeholders.CreateRelation(w.me, &stakeholder.Relation{Type: "funds", SubjectID: elm["Elm Trust"], ObjectID: w.a.ID}))
	back := work(w.app.imports.Revert).Back
	if back.Removed != 1 || back.Kept != 1 {
		t.Errorf("%+v: the pair alone holds nobody, the relation does", back)
	}
	found, err = w.app.merges.FindDuplicates(w.system, func(int, int) {})
	w.ok(err)
	if found.Removed == 0 {
		t.Error("a pair stayed of which one is gone")
	}
}

// TestMergeReachesViews: a saved view whose filter names the one that goes asks for the one that stays, whoever's it is, and
// for both again after the undo.
func TestMergeReachesViews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.stakeholder("Lark Trust", "post@lark.example.org")
	fay := access.With(t.Context(), access.Reader{AccountID: "fay", Name: "Fay", Role: access.Fundraiser})
	filterOf := func(ids ...any) string {
		return fmt.Sprintf(`["or",["parentId","is","%s"],["parentId","is","%s"],["and",["name","contains","x"],["parentId","isNot","%s"]]]`, ids...)
	}
	v := &view.View{List: "stakeholders", Name: "Of both", Where: filterOf(w.b.ID, other.ID, w.a.ID)}
	w.ok(w.app.views.Create(fay, v))
	before := w.dump()
	rec := w.merge()
	if n := w.naming(w.b.ID)["views"]; n != 0 {
		t.Errorf("%d views name the one that went", n)
	}
	got, err := w.app.views.Get(fay, v.ID)
	w.ok(err)
	if want := filterOf(w.a.ID, other.ID, w.a.ID); got.Where != want {
		t.Errorf("the filter is %s, want %s", got.Where, want)
	}
	_, err = w.app.merges.Undo(w.me, rec.ID)
	w.ok(err)
	if after := w.dump()["views "+v.ID]; after != before["views "+v.ID] {
		t.Errorf("after the undo the view is %s, was %s", after, before["views "+v.ID])
	}
}
