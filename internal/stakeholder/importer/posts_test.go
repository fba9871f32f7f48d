package importer

import (
	"fmt"
	"slices"
	"testing"

	"piper/internal/stakeholder"
	"piper/internal/store"
)

// posts lists who works where, as what; the post to name first has a star.
func (h *house) posts() []string {
	h.t.Helper()
	out := []string{}
	names := map[string]string{}
	if err := h.people.Walk(h.ctx, stakeholder.Search{}, "", nil, func(s *stakeholder.Stakeholder) error {
		names[s.ID] = s.Name
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	page, err := h.people.Affiliations(h.ctx, stakeholder.AffiliationSearch{}, store.Query{Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, a := range page.Items {
		star := map[bool]string{true: "*"}[a.Primary]
		out = append(out, fmt.Sprintf("%s: %s, %s%s", names[a.PersonID], a.Title, names[a.AtID], star))
	}
	slices.Sort(out)
	return out
}

// Who is imported with an organisation is found among its people, and a revert takes that back, too.
func TestPostsComeAndGo(t *testing.T) {
	h := newHouse(t)
	imp := h.checked("name,organisation,job title\nAna,Alpha,Director\nBo,Alpha,\nCy,,Judge\n", Skip)
	if imp.Counts.Posts != 2 || len(h.posts()) != 0 {
		t.Fatalf("dry run: %+v %q", imp.Counts, h.posts())
	}
	imp = h.do(h.im.Apply(h.ctx, imp.ID))
	if got, want := h.posts(), []string{"Ana: Director, Alpha", "Bo: , Alpha"}; !slices.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	imp = h.do(h.im.Revert(h.ctx, imp.ID))
	if imp.Back.Kept != 0 || imp.Back.Removed != 4 || len(h.all()) != 0 || len(h.posts()) != 0 {
		t.Fatalf("%+v %q %q", imp.Back, h.all(), h.posts())
	}
}

// What is recorded already is not added, however the file spells it, and nobody gets a second post where only what is
// empty is filled in.
func TestPostsOfThoseWhoAreThere(t *testing.T) {
	for policy, want := range map[Policy][]string{
		Skip:      {"Ana: Head of office, Alpha*", "Cy: Judge, Beta"},
		Fill:      {"Ana: Head of office, Alpha*", "Cy: Judge, Beta", "Dee: , Alpha"},
		Overwrite: {"Ana: Head of office, Alpha*", "Ana: Trustee, Gamma", "Cy: Judge, Beta", "Dee: , Alpha"},
	} {
		h := newHouse(t)
		ids := map[string]string{}
		for name, kind := range map[string]stakeholder.Kind{"Alpha": stakeholder.Organisation, "Beta": stakeholder.Organisation, "Gamma": stakeholder.Organisation,
			"Ana": stakeholder.Person, "Cy": stakeholder.Person, "Dee": stakeholder.Person} {
			s := &stakeholder.Stakeholder{Kind: kind, Name: name, Emails: []stakeholder.Email{{Address: name + "@x.eu"}}}
			if err := h.people.Create(h.ctx, s); err != nil {
				t.Fatal(err)
			}
			ids[name] = s.ID
		}
		for _, a := range []*stakeholder.Affiliation{
			{PersonID: ids["Ana"], AtID: ids["Alpha"], Title: "Head of office", Primary: true},
			{PersonID: ids["Cy"], AtID: ids["Beta"], Title: "Judge", Span: stakeholder.Span{To: "2019"}},
		} {
			if err := h.people.CreateAffiliation(h.ctx, a); err != nil {
				t.Fatal(err)
			}
		}
		before := h.posts()
		imp := h.checked("name,email,organisation,post\nAna,ana@x.eu,Gamma,Trustee\nCy,cy@x.eu,Beta,JUDGE\nDee,dee@x.eu,Alpha,\n", policy)
		if policy == Skip {
			if imp.Counts.Skip != 3 || imp.Counts.Posts != 0 {
				t.Errorf("%+v", imp.Counts)
			}
			continue
		}
		imp = h.do(h.im.Apply(h.ctx, imp.ID))
		if got := h.posts(); !slices.Equal(got, want) || imp.Counts.Posts != len(want)-len(before) {
			t.Errorf("%s: %q of %+v, want %q", policy, got, imp.Counts, want)
		}
		if imp = h.do(h.im.Revert(h.ctx, imp.ID)); imp.Back.Kept != 0 || !slices.Equal(h.posts(), before) {
			t.Errorf("%s reverted: %+v %q, before %q", policy, imp.Back, h.posts(), before)
		}
	}
}

// A post that was changed since stays, with both its ends; so does that of a person who stays.
func TestRevertKeepsPosts(t *testing.T) {
	h := newHouse(t)
	imp := h.do(h.im.Apply(h.ctx, h.checked("name,organisation,post\nAna,Alpha,Director\nBo,Beta,Clerk\nCy,Gamma,Judge\n", Skip).ID))
	found, err := h.people.Find(h.ctx, []string{"Ana", "Bo"})
	if err != nil {
		t.Fatal(err)
	}
	posts, err := h.people.PostsOf(h.ctx, []string{found["Ana"]})
	if err != nil || len(posts[found["Ana"]]) != 1 {
		t.Fatal(posts, err)
	}
	if _, err := h.people.UpdateAffiliation(h.ctx, posts[found["Ana"]][0].ID, 1, func(a *stakeholder.Affiliation) { a.To = "2026" }); err != nil {
		t.Fatal(err)
	}
	// Bo is no longer part of Beta, but works there still.
	if _, err := h.people.Update(h.ctx, found["Bo"], 1, func(s *stakeholder.Stakeholder) { s.ParentID = "" }); err != nil {
		t.Fatal(err)
	}
	imp = h.do(h.im.Revert(h.ctx, imp.ID))
	if got, want := h.posts(), []string{"Ana: Director, Alpha", "Bo: Clerk, Beta"}; imp.Back.Kept != 4 || imp.Back.Removed != 2 || !slices.Equal(got, want) {
		t.Fatalf("%+v %q %q", imp.Back, got, h.all())
	}
}

// Two who record the same post at once do not record it twice.
func TestPostWasRecordedMeanwhile(t *testing.T) {
	h := newHouse(t)
	ids := []string{}
	for _, s := range []*stakeholder.Stakeholder{{Kind: stakeholder.Person, Name: "Ana", Emails: []stakeholder.Email{{Address: "ana@x.eu"}}}, {Kind: stakeholder.Organisation, Name: "Alpha"}} {
		if err := h.people.Create(h.ctx, s); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, s.ID)
	}
	imp := h.checked("name,email,organisation,post\nAna,ana@x.eu,Alpha,Director\n", Fill)
	if err := h.people.CreateAffiliation(h.ctx, &stakeholder.Affiliation{PersonID: ids[0], AtID: ids[1], Title: "director"}); err != nil {
		t.Fatal(err)
	}
	h.do(h.im.Apply(h.ctx, imp.ID))
	if got, want := h.posts(), []string{"Ana: director, Alpha"}; !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
}

// A person whom the file names again gets what posts those rows add, each once, and nothing else of them.
func TestPostsOfRowsThatComeAgain(t *testing.T) {
	const file = "name,email,country,organisation,post\nAna,ana@x.eu,BE,Alpha,Director\nAna,ana@x.eu,FR,Beta,Trustee\nAna,ana@x.eu,FR,Alpha,DIRECTOR\nAna,ana@x.eu,FR,Beta,\nAna,ana@x.eu,FR,Alpha,Founder\n"
	for _, there := range []bool{false, true} {
		h := newHouse(t)
		if there {
			s := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Ana", Emails: []stakeholder.Email{{Address: "ana@x.eu"}}}
			if err := h.people.Create(h.ctx, s); err != nil {
				t.Fatal(err)
			}
		}
		before := h.all()
		imp := h.checked(file, Fill)
		if imp.Counts.Posts != 3 || imp.Counts.Skip != 2 || imp.Counts.Error != 0 {
			t.Fatalf("there %t: %+v", there, imp.Counts)
		}
		imp = h.do(h.im.Apply(h.ctx, imp.ID))
		want := []string{"Ana: Director, Alpha", "Ana: Founder, Alpha", "Ana: Trustee, Beta"}
		if got := h.posts(); !slices.Equal(got, want) {
			t.Errorf("there %t: %q, want %q", there, got, want)
		}
		found, err := h.people.Find(h.ctx, []string{"Ana"})
		if err != nil {
			t.Fatal(err)
		}
		if s, err := h.people.Get(h.ctx, found["Ana"]); err != nil || s.Country != "BE" {
			t.Errorf("there %t: %+v %v", there, s, err)
		}
		again := h.checked(file, Fill)
		if again.Counts.Posts != 0 || again.Counts.Skip != 5 {
			t.Errorf("there %t, again: %+v", there, again.Counts)
		}
		imp = h.do(h.im.Revert(h.ctx, imp.ID))
		if imp.Back.Kept != 0 || len(h.posts()) != 0 || !slices.Equal(h.all(), before) {
			t.Errorf("there %t, reverted: %+v %q %q, before %q", there, imp.Back, h.posts(), h.all(), before)
		}
	}
}

// Where the first row of a person fits two records nobody knows whose posts the later ones would be: they add none.
func TestNoPostsWhereNobodyKnowsWhose(t *testing.T) {
	h := newHouse(t)
	for _, address := range []string{"ana@x.eu", "bea@x.eu"} {
		if err := h.people.Create(h.ctx, &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: address[:3], Emails: []stakeholder.Email{{Address: address}}}); err != nil {
			t.Fatal(err)
		}
	}
	imp := h.checked("name,email,organisation,post\nAna,ana@x.eu;bea@x.eu,Alpha,Director\nAna,ana@x.eu,Beta,Trustee\n", Fill)
	if imp.Counts.Error != 1 || imp.Counts.Skip != 1 || imp.Counts.Posts != 0 {
		t.Fatalf("%+v", imp.Counts)
	}
}
