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
