package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/board"
	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/internal/merge"
	"piper/internal/privacy"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/jobs/runner"
)

// given makes the subject of a donor who is a person.
func (s *subject) given(name string) {
	s.t.Helper()
	s.person = &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: name, Roles: []string{"donor"}, Donor: &stakeholder.Donor{SourceType: "foundation"}}
	s.ok(s.app.stakeholders.Create(s.me, s.person))
}

// listed brings in a sanctions list of some names, and screens everybody.
func (s *subject) listed(names ...string) diligence.Tally {
	s.t.Helper()
	err := s.app.diligence.Bring(s.system, diligence.ListInfo{}, func(keep func(*diligence.SanctionEntry) error) error {
		for _, name := range names {
			e := &diligence.SanctionEntry{LogicalID: name, Kind: "person", Names: []diligence.SanctionName{{Name: name}},
				Births: []diligence.SanctionBirth{{Place: "Nearwhere"}}, Numbers: []diligence.SanctionNumber{{Kind: "passport", Number: "P-4711"}}}
			e.Arrange()
			if err := keep(e); err != nil {
				return err
			}
		}
		return nil
	})
	s.ok(err)
	tally, err := s.app.diligence.ScreenAll(s.system, nil)
	s.ok(err)
	return tally
}

// TestErasureOfSomebodyWhoWasScreened: the case stays under the pseudonym, what was found on the sanctions list goes, and
// nobody is found anew.
func TestErasureOfSomebodyWhoWasScreened(t *testing.T) {
	s := administered(t)
	s.given("Zacharias Kwellenbrunn")
	marks := []string{"Kwellenbrunn", "kwellenbrunn", "wellenbrun"}
	if tally := s.listed("Zakharias Kvellenbrun", "Ivan Petrov"); tally.Created != 1 {
		t.Fatalf("the list has no namesake: %+v", tally)
	}
	fred := access.With(t.Context(), access.Reader{AccountID: "fred", Name: "Fred", Role: access.Fundraiser})
	c, err := s.app.diligence.OpenCase(fred, s.person.ID)
	s.ok(err)
	c, err = s.app.diligence.UpdateCase(fred, c.ID, c.Rev, diligence.CaseFields{Notes: "Mr Kwellenbrunn sent a letter."})
	s.ok(err)
	hits, err := s.app.diligence.Hits(fred, diligence.HitSearch{StakeholderID: s.person.ID}, store.Query{})
	s.ok(err)
	_, err = s.app.diligence.Judge(fred, hits.Items[0].ID, hits.Items[0].Rev, diligence.Judgement{State: diligence.DismissedHit, Reason: "Zacharias Kwellenbrunn is older.",
		Identifier: diligence.Identifier{Kind: "birth-date", Ours: "1931", Theirs: "1970"}})
	s.ok(err)
	s.person, err = s.app.stakeholders.Get(s.me, s.person.ID)
	s.ok(err)
	if len(s.holding(marks)) == 0 {
		t.Fatal("no file holds the name, so nothing is shown")
	}

	q := s.planned()
	for collection, want := range map[string]privacy.Effect{
		"diligence_cases": {Pseudonymised: 1, Rewritten: 1}, "sanction_hits": {Removed: 1}, "sanction_looks": {Removed: 1},
	} {
		i := slices.IndexFunc(q.Counts, func(c privacy.Effect) bool { return c.Collection == collection })
		if i < 0 {
			t.Errorf("the plan does not tell of %s", collection)
			continue
		}
		got := q.Counts[i]
		got.Collection, got.Label = "", ""
		if got != want {
			t.Errorf("%s: the plan says %+v, want %+v", collection, got, want)
		}
	}
	s.confirm(q)
	s.ok(s.work())
	q, err = s.app.privacy.Request(s.admin, q.ID)
	s.ok(err)
	for _, trace := range s.holding(marks) {
		t.Error(trace)
	}
	c, err = s.app.diligence.Case(fred, c.ID)
	s.ok(err)
	if c.StakeholderID != q.PseudonymID || c.OpenFor != q.PseudonymID || q.PseudonymID == "" || c.Decision != nil {
		t.Errorf("the case is %+v, the pseudonym %s", c, q.PseudonymID)
	}
	tally, err := s.app.diligence.ScreenAll(s.system, nil)
	s.ok(err)
	all, err := s.app.diligence.Hits(fred, diligence.HitSearch{}, store.Query{})
	s.ok(err)
	if tally.Screened != 1 || tally.Created != 0 || len(all.Items) != 0 {
		t.Errorf("screened again: %+v, %d hits", tally, len(all.Items))
	}
	s.listed("Zakharias Kvellenbrun") // and by the list of the next day
	for _, trace := range s.holding(marks) {
		t.Error("came back: ", trace)
	}
}

// TestSubjectExportHasNoList: of the sanctions list a donor gets what was found for them, and not a namesake's entry.
func TestSubjectExportHasNoList(t *testing.T) {
	s := administered(t)
	s.given("Zacharias Kwellenbrunn")
	s.listed("Zacharias Kwellenbrunn")
	q, err := s.app.privacy.AskExport(s.admin, s.person.ID)
	s.ok(err)
	archive, err := s.app.privacy.Archive(s.admin, q.ID)
	s.ok(err)
	var buf bytes.Buffer
	s.ok(archive.Write(s.admin, &buf))
	var data struct {
		Records map[string][]map[string]any
	}
	s.ok(json.Unmarshal(unzipped(t, buf.Bytes())["data.json"], &data))
	if len(data.Records["sanctions"]) != 0 {
		t.Errorf("the archive has the list: %v", data.Records["sanctions"])
	}
	if len(data.Records["sanction_hits"]) != 1 || len(data.Records["stakeholders"]) != 1 {
		t.Errorf("the archive lacks what was found, or the person: %v", data.Records)
	}
}

// printed makes packs of one file.
type printed struct{ file []byte }

func (p printed) Gather(context.Context, *board.BoardPack, []byte) ([]byte, store.Date, error) {
	return []byte(`{"donors":[]}`), "2026-11-27", nil
}
func (p printed) Set([]byte) ([]byte, error) { return p.file, nil }

// TestErasureLeavesTheBytesOfPacks: letters that bytes happen to be kept as are no name, and no part of an export.
func TestErasureLeavesTheBytesOfPacks(t *testing.T) {
	s := administered(t)
	s.given("Zacharias Kwellenbrunn")
	file, err := base64.StdEncoding.DecodeString("AAA/Kwellenbrunn") // "/" parts words
	s.ok(err)
	s.app.board.Maker = printed{file}
	p := &board.BoardPack{Title: "Spring", Basis: "cash", View: "direct", From: 2025, To: 2026}
	s.ok(s.app.board.Ask(s.admin, p))
	s.ok(s.app.board.Work(s.system, runner.NewProgress()))
	export, err := s.app.privacy.AskExport(s.admin, s.person.ID)
	s.ok(err)
	if slices.ContainsFunc(export.Counts, func(c privacy.Effect) bool { return c.Collection == "board_pack_files" }) {
		t.Errorf("the export has a pack that does not name the person: %+v", export.Counts)
	}
	s.confirm(s.planned())
	s.ok(s.work())
	p, err = s.app.board.Get(s.admin, p.ID)
	s.ok(err)
	if got, err := s.app.board.File(s.admin, p); err != nil || !bytes.Equal(got, file) {
		t.Errorf("the file is %q, %v", got, err)
	}
}

// TestMergeKeepsWhatIsConfirmed: two who are judged differently are not made one, whichever would stay; judged alike they are.
func TestMergeKeepsWhatIsConfirmed(t *testing.T) {
	s := administered(t)
	twins := []*stakeholder.Stakeholder{}
	for range 2 {
		s.given("Zacharias Kwellenbrunn")
		twins = append(twins, s.person)
	}
	s.listed("Zacharias Kwellenbrunn")
	fred := access.With(t.Context(), access.Reader{AccountID: "fred", Name: "Fred", Role: access.Fundraiser})
	hit := func(id string) *diligence.Hit {
		page, err := s.app.diligence.Hits(fred, diligence.HitSearch{StakeholderID: id}, store.Query{})
		s.ok(err)
		if len(page.Items) != 1 {
			t.Fatalf("%d hits", len(page.Items))
		}
		return page.Items[0]
	}
	judge := func(id string, state diligence.HitState) {
		h := hit(id)
		_, err := s.app.diligence.Judge(fred, h.ID, h.Rev, diligence.Judgement{State: state, Reason: "Seen.", Identifier: diligence.Identifier{Kind: "document", Ours: "P-4711", Theirs: "P-4711"}})
		s.ok(err)
	}
	one := func(survivor, loser int) merge.Input {
		in := merge.Input{SurvivorID: twins[survivor].ID, LoserID: twins[loser].ID}
		for id, rev := range map[string]*int64{in.SurvivorID: &in.SurvivorRev, in.LoserID: &in.LoserRev} {
			now, err := s.app.stakeholders.Get(s.me, id)
			s.ok(err)
			*rev = now.Rev
		}
		return in
	}
	judge(twins[1].ID, diligence.ConfirmedHit)
	for _, other := range []diligence.HitState{diligence.PossibleHit, diligence.DismissedHit} {
		if other != diligence.PossibleHit {
			judge(twins[0].ID, other)
		}
		for survivor := range 2 {
			in := one(survivor, 1-survivor)
			_, err := s.app.merges.Merge(s.me, in)
			_, seen := s.app.merges.Preview(s.me, in)
			for _, err := range []error{err, seen} {
				if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "judged differently") || strings.Contains(err.Error(), "confirmed") {
					t.Errorf("%s beside confirmed, %d stays: %v", other, survivor, err)
				}
			}
		}
	}
	judge(twins[0].ID, diligence.ConfirmedHit)
	_, err := s.app.merges.Merge(s.me, one(0, 1))
	s.ok(err)
	if tally, err := s.app.diligence.ScreenAll(s.system, nil); err != nil || tally.Created+tally.Gone != 0 || hit(twins[0].ID).State != diligence.ConfirmedHit {
		t.Errorf("afterwards: %+v, %+v, %v", hit(twins[0].ID), tally, err)
	}
}
