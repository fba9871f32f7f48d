package main

import (
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/merge"
	"piper/internal/privacy"
	"piper/internal/stakeholder"
	"piper/internal/stakeholder/importer"
	"piper/internal/webhook"
	"piper/jobs/runner"
)

// recordOfMerge are the collections of the record of a merge: where the one that went may be named.
var recordOfMerge = map[string]bool{"merges": true, "merge_parts": true, "merge_entries": true}

// verified says how many entries of the journal were checked and found in order.
func (w *world) verified(when string) int64 {
	w.t.Helper()
	_, err := w.app.audit.SealAll(w.system)
	w.ok(err)
	report, err := w.app.audit.Verify(w.system)
	w.ok(err)
	if len(report.Findings) > 0 {
		w.t.Fatalf("%s: %+v", when, report.Findings)
	}
	return report.Entries
}

// bring imports two persons with a post at the one that will go, which it brings along, and gives the import.
func (w *world) bring(csv string) *importer.StakeholderImport {
	w.t.Helper()
	imp, err := w.app.imports.Upload(w.me, "people.csv", []byte(csv))
	w.ok(err)
	for _, step := range []func() error{
		func() error { _, err := w.app.imports.Check(w.me, imp.ID); return err },
		func() error { _, err := w.app.imports.Apply(w.me, imp.ID); return err },
	} {
		w.ok(step())
		w.ok(w.app.imports.Work(w.system, runner.NewProgress()))
	}
	imp, err = w.app.imports.Get(w.me, imp.ID)
	w.ok(err)
	if imp.State != importer.Live {
		w.t.Fatalf("the import is %+v", imp)
	}
	return imp
}

func (w *world) named(name string) *stakeholder.Stakeholder {
	w.t.Helper()
	found, err := w.app.stakeholders.Find(w.system, []string{name})
	w.ok(err)
	s, err := w.app.stakeholders.Get(w.system, found[name])
	w.ok(err)
	return s
}

// TestMergeNamesNobody: an import, a bulk edit, a webhook, an export and the journal know somebody. After the merge only its
// record does, and the journal is whole; after the undo all is as it was; the import and the edit can be taken back in
// between; an erasure of the one that stays reaches what the record of the merge has kept.
func TestMergeNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, err := w.app.accounts.Add(w.system, account.New{Email: "ada@example.org", Name: "Ada", Role: access.Advocate, Password: "a long enough password"})
	w.ok(err)
	w.me = access.With(t.Context(), access.Reader{AccountID: ada.ID, Name: "Ada", Role: access.Advocate})
	_, err = w.app.webhooks.Create(w.me, &webhook.Hook{Name: "All", URL: "https://example.org", Role: access.Administrator, Events: w.app.webhooks.Events()})
	w.ok(err)
	imp := w.bring("name,kind,organisation,email\nMira Quill,person,Quill Trust,mira@quill.example.org\nMira A. Quill,person,Quill Trust,m.quill@quill.example.org\n")
	org, keep, loser := w.named("Quill Trust"), w.named("Mira Quill"), w.named("Mira A. Quill")
	edited, err := w.app.edits.Preview(w.me, "stakeholders", list.Selection{IDs: []string{keep.ID, loser.ID}}, []list.Operation{{Do: "addTag", Value: "met"}})
	w.ok(err)
	_, err = w.app.edits.Apply(w.me, edited.ID)
	w.ok(err)
	other := w.stakeholder("Quill Trust Geneva", "geneva@quill.example.org")
	moved, err := w.app.edits.Preview(w.me, "stakeholders", list.Selection{IDs: []string{other.ID}}, []list.Operation{{Do: "setParent", Value: org.ID}})
	w.ok(err)
	_, err = w.app.edits.Apply(w.me, moved.ID)
	w.ok(err)
	w.ok(w.app.stakeholders.CreateRelation(w.me, &stakeholder.Relation{Type: "funds", SubjectID: org.ID, ObjectID: w.a.ID}))
	_, err = w.app.privacy.AskExport(w.system, loser.ID)
	w.ok(err)

	entries := w.verified("before")
	before := w.dump()
	var merges []*merge.Record
	for _, pair := range [][2]string{{w.a.ID, org.ID}, {keep.ID, loser.ID}} {
		stays, goes := w.get(pair[0]), w.get(pair[1])
		rec, err := w.app.merges.Merge(w.me, merge.Input{SurvivorID: stays.ID, LoserID: goes.ID, SurvivorRev: stays.Rev, LoserRev: goes.Rev})
		w.ok(err)
		merges = append(merges, rec)
		for name, n := range w.naming(goes.ID) {
			if name == "deliveries" && n == 1 {
				continue // which tells of the merge
			}
			if !recordOfMerge[name] {
				t.Errorf("%d documents of %s still name %s", n, name, goes.Name)
			}
		}
	}
	if n := w.verified("after the merges"); n < entries {
		t.Errorf("%d entries, there were %d", n, entries)
	}
	for i := len(merges) - 1; i >= 0; i-- {
		_, err := w.app.merges.Undo(w.me, merges[i].ID)
		w.ok(err)
	}
	w.verified("after the undo")
	if n := w.naming(loser.ID)["journal"]; n == 0 {
		t.Error("the journal has not got its entries back")
	}
	after := w.dump()
	for key, doc := range before {
		if after[key] != doc && !strings.HasPrefix(key, "turns ") { // which count
			t.Errorf("%s is\n%s\nwant\n%s", key, after[key], doc)
		}
	}

	keep, loser = w.get(keep.ID), w.get(loser.ID)
	_, err = w.app.merges.Merge(w.me, merge.Input{SurvivorID: keep.ID, LoserID: loser.ID, SurvivorRev: keep.Rev, LoserRev: loser.Rev})
	w.ok(err)
	back, err := w.app.edits.Undo(w.me, edited.ID)
	w.ok(err)
	if back.Counts.Undone != 1 || back.Counts.Kept != 1 {
		t.Errorf("the edit undone: %+v", back.Counts)
	}
	_, err = w.app.imports.Revert(w.me, imp.ID)
	w.ok(err)
	w.ok(w.app.imports.Work(w.system, runner.NewProgress()))
	imp, err = w.app.imports.Get(w.me, imp.ID)
	w.ok(err)
	if imp.State != importer.Reverted || imp.Back.Kept != 3 || imp.Back.Removed != 0 {
		t.Errorf("the import taken back: %s, %+v", imp.State, imp.Back)
	}

	_, err = w.app.engagement.Record(w.me, &engagement.Interaction{Kind: engagement.Note, Minutes: "Ask m.quill@quill.example.org.", StakeholderIDs: []string{org.ID}}, nil, "")
	w.ok(err)
	stays, goes := w.get(w.a.ID), w.get(org.ID)
	_, err = w.app.merges.Merge(w.me, merge.Input{SurvivorID: stays.ID, LoserID: goes.ID, SurvivorRev: stays.Rev, LoserRev: goes.Rev})
	w.ok(err)
	if n := w.naming("Ask m.quill@quill.example.org")["merge_entries"]; n != 1 {
		t.Errorf("%d entries that a merge keeps say the address, so nothing is shown of them", n)
	}
	req, err := w.app.privacy.AskErasure(w.system, keep.ID)
	w.ok(err)
	w.ok(w.app.privacy.Work(w.system, runner.NewProgress()))
	third := w.stakeholder("Mira Quill", "third@quill.example.org")
	_, err = w.app.merges.Preview(w.me, merge.Input{SurvivorID: third.ID, LoserID: keep.ID})
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Busy) {
		t.Errorf("a merge of one who is being erased: %v", err)
	}
	req, err = w.app.privacy.Request(w.system, req.ID)
	w.ok(err)
	_, err = w.app.privacy.Confirm(w.system, req.ID, req.Rev, privacy.Confirmation{Name: keep.Name, Ground: "objection", Reason: "asked by letter"})
	w.ok(err)
	w.ok(w.app.privacy.Work(w.system, runner.NewProgress()))
	w.verified("after the erasure")
	if left := w.naming("m.quill@quill.example.org"); len(left) > 0 {
		t.Errorf("what the merge has kept is still said in %v", left)
	}
}

func (w *world) get(id string) *stakeholder.Stakeholder {
	w.t.Helper()
	s, err := w.app.stakeholders.Get(w.system, id)
	w.ok(err)
	return s
}
