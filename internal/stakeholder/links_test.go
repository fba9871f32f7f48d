package stakeholder_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
)

type desk struct {
	*stakeholder.Repo
	t   *testing.T
	ctx context.Context
}

func open(t *testing.T) *desk {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(engine, store.Options{Now: now})
	d := &desk{Repo: stakeholder.NewRepo(db), t: t, ctx: access.AsSystem(context.Background(), "test")}
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return d
}

func (d *desk) add(kind stakeholder.Kind, name, parentID string) *stakeholder.Stakeholder {
	d.t.Helper()
	s := &stakeholder.Stakeholder{Kind: kind, Name: name, ParentID: parentID}
	if err := d.Create(d.ctx, s); err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desk) hire(personID, atID, title, from, to string) *stakeholder.Affiliation {
	d.t.Helper()
	a := &stakeholder.Affiliation{PersonID: personID, AtID: atID, Title: title, Span: stakeholder.Span{From: from, To: to}}
	if err := d.CreateAffiliation(d.ctx, a); err != nil {
		d.t.Fatal(err)
	}
	return a
}

func (d *desk) affiliated(s stakeholder.AffiliationSearch) string {
	d.t.Helper()
	page, err := d.Affiliations(d.ctx, s, store.Query{})
	if err != nil {
		d.t.Fatal(err)
	}
	titles := []string{}
	for _, a := range page.Items {
		titles = append(titles, a.Title)
	}
	return strings.Join(titles, ", ")
}

// Two moves that are each right alone and a circle together: one of them is refused, however they meet.
func TestTreeNeverHasACircle(t *testing.T) {
	d := open(t)
	for round := range 20 {
		a := d.add(stakeholder.Organisation, fmt.Sprint("A", round), "")
		b := d.add(stakeholder.Organisation, fmt.Sprint("B", round), "")
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, pair := range [][2]*stakeholder.Stakeholder{{a, b}, {b, a}} {
			wg.Go(func() {
				_, errs[i] = d.Update(d.ctx, pair[0].ID, 1, func(s *stakeholder.Stakeholder) { s.ParentID = pair[1].ID })
			})
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("round %d: %v, %v", round, errs[0], errs[1])
		}
	}
}

func TestTreeAndAncestors(t *testing.T) {
	d := open(t)
	commission := d.add(stakeholder.Organisation, "European Commission", "")
	home := d.add(stakeholder.Organisation, "DG HOME", commission.ID)
	just := d.add(stakeholder.Organisation, "DG JUST", commission.ID)
	unit := d.add(stakeholder.Organisation, "Unit D.5", home.ID)
	head := d.add(stakeholder.Seat, "Head of Unit D.5", unit.ID)
	d.add(stakeholder.Person, "Anna", unit.ID)

	tree, err := d.Tree(d.ctx, home.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Above) != 1 || tree.Above[0].Name != "European Commission" || len(tree.Below) != 2 || tree.Below[0].ID != unit.ID ||
		tree.Below[1].ID != head.ID || tree.Below[1].Depth != 2 || tree.Below[1].Kind != stakeholder.Seat {
		t.Errorf("%+v", tree)
	}
	chains, err := d.Ancestors(d.ctx, []string{head.ID, just.ID, commission.ID, "nobody"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(chains), fmt.Sprint(map[string][]string{head.ID: {unit.ID, home.ID, commission.ID}, just.ID: {commission.ID}}); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	roots, err := d.Roots(d.ctx)
	if err != nil || roots[head.ID] != commission.ID || roots[just.ID] != commission.ID || roots[commission.ID] != "" {
		t.Errorf("%v %v", roots, err)
	}
	if _, err := d.Update(d.ctx, commission.ID, 1, func(s *stakeholder.Stakeholder) { s.ParentID = unit.ID }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a circle of three: %v", err)
	}
	if _, err := d.Update(d.ctx, unit.ID, 1, func(s *stakeholder.Stakeholder) { s.Kind = stakeholder.Person }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a unit with parts becomes a person: %v", err)
	}
	if err := d.Create(d.ctx, &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "x", ParentID: head.ID}); !fault.Is(err, fault.Invalid) {
		t.Errorf("part of a seat: %v", err)
	}
}

func TestAffiliationsOverTime(t *testing.T) {
	d := open(t)
	home := d.add(stakeholder.Organisation, "DG HOME", "")
	seat := d.add(stakeholder.Seat, "Head of Unit", home.ID)
	anna, bela := d.add(stakeholder.Person, "Anna", ""), d.add(stakeholder.Person, "Béla", "")
	d.hire(anna.ID, seat.ID, "Head, first", "2019", "2024-09")
	now := d.hire(bela.ID, seat.ID, "Head, second", "2024-10", "")
	d.hire(anna.ID, home.ID, "Adviser", "2024-10-16", "")
	d.hire(bela.ID, home.ID, "Director", "2027", "")

	for _, c := range []struct {
		search stakeholder.AffiliationSearch
		want   string
	}{
		{stakeholder.AffiliationSearch{AtID: seat.ID}, "Head, second, Head, first"},
		{stakeholder.AffiliationSearch{AtID: seat.ID, State: stakeholder.Current}, "Head, second"},
		{stakeholder.AffiliationSearch{PersonID: anna.ID, State: stakeholder.Past}, "Head, first"},
		{stakeholder.AffiliationSearch{WithinID: home.ID, State: stakeholder.Current}, "Adviser, Head, second"},
		{stakeholder.AffiliationSearch{State: stakeholder.Future}, "Director"},
		{stakeholder.AffiliationSearch{StakeholderID: bela.ID}, "Director, Head, second"},
	} {
		page, err := d.Affiliations(d.ctx, c.search, store.Query{Sort: []driver.Key{{Path: "from", Desc: true}}})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, a := range page.Items {
			got = append(got, a.Title)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%+v: %v", c.search, got)
		}
	}

	twice := &stakeholder.Affiliation{PersonID: bela.ID, AtID: seat.ID, Title: "HEAD second", Span: stakeholder.Span{From: "2025"}}
	if err := d.CreateAffiliation(d.ctx, twice); !fault.Is(err, fault.Duplicate) {
		t.Errorf("the same post twice: %v", err)
	}
	for _, wrong := range []*stakeholder.Affiliation{{PersonID: home.ID, AtID: seat.ID}, {PersonID: anna.ID, AtID: bela.ID}, {PersonID: anna.ID, AtID: "x"}} {
		if err := d.CreateAffiliation(d.ctx, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if err := d.DeleteAffiliation(d.ctx, now.ID, now.Rev+1); !fault.Is(err, fault.Stale) {
		t.Errorf("removed at another revision: %v", err)
	}
	if err := d.DeleteAffiliation(d.ctx, now.ID, now.Rev); err != nil {
		t.Error(err)
	}
}

func TestOnePrimaryPost(t *testing.T) {
	d := open(t)
	home, anna := d.add(stakeholder.Organisation, "DG HOME", ""), d.add(stakeholder.Person, "Anna", "")
	first, second := d.hire(anna.ID, home.ID, "A", "", ""), d.hire(anna.ID, home.ID, "B", "", "")
	for _, a := range []*stakeholder.Affiliation{first, second} {
		if _, err := d.UpdateAffiliation(d.ctx, a.ID, a.Rev, func(a *stakeholder.Affiliation) { a.Primary = true }); err != nil {
			t.Fatal(err)
		}
	}
	was, err := d.Affiliation(d.ctx, first.ID)
	if err != nil || was.Primary {
		t.Errorf("two primary posts: %+v %v", was, err)
	}
}

func TestTrashHidesLinksInTheListsOfOthers(t *testing.T) {
	d := open(t)
	home, anna := d.add(stakeholder.Organisation, "DG HOME", ""), d.add(stakeholder.Person, "Anna", "")
	d.hire(anna.ID, home.ID, "Adviser", "", "")
	relation := &stakeholder.Relation{Type: "advises", SubjectID: anna.ID, ObjectID: home.ID, Strength: 4}
	if err := d.CreateRelation(d.ctx, relation); err != nil {
		t.Fatal(err)
	}
	related := func(id string) int {
		page, err := d.Relations(d.ctx, stakeholder.RelationSearch{StakeholderID: id}, store.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total
	}
	shown := func() string {
		return fmt.Sprint(d.affiliated(stakeholder.AffiliationSearch{StakeholderID: home.ID}), d.affiliated(stakeholder.AffiliationSearch{StakeholderID: anna.ID}),
			d.affiliated(stakeholder.AffiliationSearch{}), related(home.ID), related(anna.ID), related(""))
	}
	whole := shown()
	rev := func() int64 {
		s, err := d.Get(d.ctx, anna.ID)
		if err != nil {
			t.Fatal(err)
		}
		return s.Rev
	}
	trash, restore := []list.Operation{{Do: "trash"}}, []list.Operation{{Do: "restore"}}
	var undo []list.FieldChange
	for _, way := range []struct {
		name        string
		trash, back func() error
	}{
		{"by hand",
			func() error { _, err := d.Trash(d.ctx, anna.ID, rev()); return err },
			func() error { _, err := d.Restore(d.ctx, anna.ID); return err }},
		{"in bulk",
			func() error { _, err := d.Bulk().Apply(d.ctx, anna.ID, rev(), trash); return err },
			func() error { _, err := d.Bulk().Apply(d.ctx, anna.ID, rev(), restore); return err }},
		{"in bulk and undone",
			func() (err error) { undo, err = d.Bulk().Apply(d.ctx, anna.ID, rev(), trash); return err },
			func() error { _, err := d.Bulk().Undo(d.ctx, anna.ID, undo); return err }},
	} {
		if err := way.trash(); err != nil {
			t.Fatal(way.name, err)
		}
		if got := shown(); got != "Adviser0 1 0" {
			t.Errorf("%s: with Anna in the trash: %q", way.name, got)
		}
		if err := way.back(); err != nil {
			t.Fatal(way.name, err)
		}
		if got := shown(); got != whole || !strings.HasPrefix(got, "Adviser") {
			t.Errorf("%s: restored: %q, not %q", way.name, got, whole)
		}
	}
}

func TestRelations(t *testing.T) {
	d := open(t)
	a, b, p := d.add(stakeholder.Organisation, "A", ""), d.add(stakeholder.Organisation, "B", ""), d.add(stakeholder.Person, "P", "")
	seat := d.add(stakeholder.Seat, "S", a.ID)
	for _, c := range []struct {
		kind, subject, object string
		want                  fault.Code
	}{
		{"allied-with", a.ID, b.ID, ""},
		{"allied-with", b.ID, a.ID, fault.Duplicate}, // it reads the same both ways
		{"funds", a.ID, b.ID, ""},
		{"funds", b.ID, a.ID, ""},
		{"funds", a.ID, b.ID, fault.Duplicate},
		{"funds", a.ID, a.ID, fault.Invalid},
		{"funds", a.ID, seat.ID, fault.Invalid},
		{"oversees", p.ID, a.ID, fault.Invalid},
		{"successor-of", a.ID, seat.ID, fault.Invalid},
		{"knows", a.ID, b.ID, fault.Invalid},
		{"funds", a.ID, "nobody", fault.Invalid},
	} {
		err := d.CreateRelation(d.ctx, &stakeholder.Relation{Type: c.kind, SubjectID: c.subject, ObjectID: c.object})
		if fault.CodeOf(err) != c.want {
			t.Errorf("%s %s %s: %v", c.subject, c.kind, c.object, err)
		}
	}
	later := &stakeholder.Relation{Type: "oversees", SubjectID: a.ID, ObjectID: b.ID, Span: stakeholder.Span{To: "2020"}}
	if err := d.CreateRelation(d.ctx, later); err != nil {
		t.Fatal(err)
	}
	again := &stakeholder.Relation{Type: "oversees", SubjectID: a.ID, ObjectID: b.ID, Span: stakeholder.Span{From: "2021"}}
	if err := d.CreateRelation(d.ctx, again); err != nil {
		t.Errorf("the same again, later: %v", err)
	}
}

// How the due diligence of a donor stands follows from its case: nobody types it in, and no form loses it.
func TestDueDiligenceFollowsFromTheCase(t *testing.T) {
	d := open(t)
	fundraiser := access.With(d.ctx, access.Reader{AccountID: "f", Role: access.Fundraiser})
	s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "D", Roles: []string{"donor"}, Donor: &stakeholder.Donor{DueDiligence: "cleared"}}
	if err := d.Create(fundraiser, s); !fault.Is(err, fault.Invalid) {
		t.Errorf("a fundraiser clears a donor by hand: %v", err)
	}
	s.Donor = nil
	if err := d.Create(fundraiser, s); err != nil {
		t.Fatal(err)
	}
	if err := d.SetDueDiligence(fundraiser, s.ID, "cleared", "2028-01-01"); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*stakeholder.Stakeholder){
		"leaves it out":          func(s *stakeholder.Stakeholder) { s.Donor = nil },
		"leaves the state out":   func(s *stakeholder.Stakeholder) { s.Donor = &stakeholder.Donor{PolicyNotes: "Core costs"} },
		"says what was there":    func(s *stakeholder.Stakeholder) { s.Donor.DueDiligence = "cleared" },
		"says another last day":  func(s *stakeholder.Stakeholder) { s.Donor.DueDiligenceUntil = "2099-01-01" },
		"changes something else": func(s *stakeholder.Stakeholder) { s.Name = "E" },
	} {
		now, err := d.Get(d.ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		now, err = d.Update(fundraiser, s.ID, now.Rev, change)
		if err != nil || now.Donor == nil || now.Donor.DueDiligence != "cleared" || now.Donor.DueDiligenceUntil != "2028-01-01" {
			t.Errorf("a form that %s: %+v, %v", name, now, err)
		}
	}
	now, err := d.Get(d.ctx, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Update(fundraiser, s.ID, now.Rev, func(s *stakeholder.Stakeholder) { s.Donor.DueDiligence = "refused" }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a form that says something else: %v", err)
	}
	if err := d.SetDueDiligence(fundraiser, "nobody", "open", ""); err != nil {
		t.Errorf("an erased donor: %v", err)
	}
}

// The night notes the standing of every donor, so what is noted already is not written again.
func TestTheSameStandingIsNotWritten(t *testing.T) {
	d := open(t)
	s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "D", Roles: []string{"donor"}}
	if err := d.Create(d.ctx, s); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		state string
		until store.Date
		rev   int64
	}{{"", "", 1}, {"open", "", 2}, {"open", "", 2}, {"cleared", "2028-01-01", 3}, {"cleared", "2028-01-01", 3}, {"cleared", "2029-01-01", 4}, {"", "", 5}} {
		if err := d.SetDueDiligence(d.ctx, s.ID, step.state, step.until); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Get(d.ctx, s.ID); err != nil || now.Rev != step.rev {
			t.Errorf("%q until %q: revision %d, want %d, %v", step.state, step.until, now.Rev, step.rev, err)
		}
	}
}

func TestFoundByOtherNames(t *testing.T) {
	d := open(t)
	s := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Olena Shevchenko", OtherNames: []stakeholder.OtherName{{Name: "Олена Шевченко", Label: "Ukrainian"}}}
	if err := d.Create(d.ctx, s); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"шевч", "евченко", "shevchenko"} {
		if found, err := d.Search(d.ctx, words, 5); err != nil || len(found) != 1 {
			t.Errorf("%q finds %d, %v", words, len(found), err)
		}
	}
}

// TestAlike: a name that is right is found as well as one that is nearly so, and what shares more of it comes first.
func TestAlike(t *testing.T) {
	d := open(t)
	for _, name := range []string{"Robert Bosch Stiftung", "Bosch Elektro", "Stiftung Mercator"} {
		d.add(stakeholder.Organisation, name, "")
	}
	d.add(stakeholder.Person, "Robert Bosch", "")
	for asked, first := range map[string]string{
		"Robert Bosch Stiftung GmbH": "Robert Bosch Stiftung", "Robert Bosch Stiftung": "Robert Bosch Stiftung", "Robert Bosh Stiftung": "Robert Bosch Stiftung",
		"Stiftung Mercator": "Stiftung Mercator", "Mercater": "Stiftung Mercator", "Ford Foundation": "",
	} {
		found, err := d.Alike(d.ctx, asked, 3)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(found) > 0 {
			got = found[0].Name
		}
		if got != first {
			t.Errorf("%q: %q first, want %q", asked, got, first)
		}
	}
}
