package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"piper/internal/stakeholder"
	"piper/internal/store"
)

// terms lists since when and until when posts are held.
func (h *house) terms() []string {
	h.t.Helper()
	page, err := h.people.Affiliations(h.ctx, stakeholder.AffiliationSearch{}, store.Query{Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	out := []string{}
	for _, a := range page.Items {
		out = append(out, fmt.Sprintf("%s %s–%s", a.Title, a.From, a.To))
	}
	slices.Sort(out)
	return out
}

// The dates of a column say together whether the day comes first.
func TestTermsOfPosts(t *testing.T) {
	for file, want := range map[string][]string{
		"name;organisation;post;seit;bis\nAna;Alpha;A;03/04/2019;2024\nBo;Alpha;B;28/02/2020;12/2023\nCy;Alpha;C;2020-02;\n": {"A 2019-04-03–2024", "B 2020-02-28–2023-12", "C 2020-02–"},
		"name,organisation,post,since,until\nAna,Alpha,A,03/04/2019,\nBo,Alpha,B,02/28/2020,2021-05-06\n":                    {"A 2019-03-04–", "B 2020-02-28–2021-05-06"},
		"name,organisation,post,since\nAna,Alpha,A,03.04.2019\nBo,Alpha,B,5.1.2020\n":                                        {"A 2019-04-03–", "B 2020-01-05–"},
	} {
		h := newHouse(t)
		imp := h.checked(file, Skip)
		if imp.Counts.Error > 0 || slices.ContainsFunc(imp.Notes, func(note string) bool { return strings.HasPrefix(note, dayFirst) }) {
			t.Fatalf("%+v %q", imp.Counts, imp.Notes)
		}
		imp = h.do(h.im.Apply(h.ctx, imp.ID))
		if got := h.terms(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
		h.do(h.im.Revert(h.ctx, imp.ID))
		if left := h.terms(); len(left) > 0 {
			t.Errorf("after the revert: %q", left)
		}
	}
}

// Of a post that nobody knows the place of, what the file says stays in the notes as it was written.
func TestTermsWithoutAPlace(t *testing.T) {
	h := newHouse(t)
	imp := h.checked("name,email,post,since,until,notes\nAna,ana@x.eu,Adviser,03/2019,2024,Met in Riga\nBo,bo@x.eu,,2020,,\nCy,cy@x.eu,,,,Left\n", Skip)
	h.do(h.im.Apply(h.ctx, imp.ID))
	for name, want := range map[string]string{"Ana": "Post: Adviser, since 03/2019, until 2024\n\nMet in Riga", "Bo": "Post: since 2020", "Cy": "Left"} {
		found, err := h.people.Find(h.ctx, []string{name})
		if err != nil {
			t.Fatal(err)
		}
		if s, err := h.people.Get(h.ctx, found[name]); err != nil || s.Notes != want {
			t.Errorf("%s: %q, %v, want %q", name, s.Notes, err, want)
		}
	}
}

// A date that is none, a post that ends before it begins, and an order that nothing tells are said.
func TestDatesThatAreWrong(t *testing.T) {
	h := newHouse(t)
	imp := h.checked("name,organisation,post,since,until\nAna,Alpha,A,31/02/2020,\nBo,Alpha,B,2020,2019-12-31\nCy,Alpha,C,soon,\n", Skip)
	if imp.Counts.Error != 3 {
		t.Errorf("%+v", imp.Counts)
	}
	if imp.Columns[3].Wrong != 2 || imp.Columns[4].Wrong != 1 {
		t.Errorf("wrong by column: %+v", imp.Columns)
	}
	imp = newHouse(t).checked("name,organisation,since\nAna,Alpha,03/04/2019\n", Skip)
	if !slices.Contains(imp.Notes, dayFirst+"since.") {
		t.Errorf("%q", imp.Notes)
	}
}

// What the first rows leave open a later one may tell; then nothing is said to have been guessed.
func TestOrderThatALaterRowTells(t *testing.T) {
	h := newHouse(t)
	rows := strings.Repeat("Ana,a@x.eu,Alpha,A,03/04/2019\n", lookAt) + "Bo,b@x.eu,Alpha,B,02/28/2020\n"
	imp := h.checked("name,email,organisation,post,since\n"+rows, Skip)
	if slices.Contains(imp.Notes, dayFirst+"since.") {
		t.Errorf("the month was read first, and it is said: %q", imp.Notes)
	}
	h.do(h.im.Apply(h.ctx, imp.ID))
	if got, want := h.terms(), []string{"A 2019-03-04–", "B 2020-02-28–"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What the record refuses of the lawful basis is said of the column that it came from.
func TestBasisNamesItsColumn(t *testing.T) {
	imp := newHouse(t).checked("name,kind,lawful basis,data source\nAna,person,consent,"+strings.Repeat("x", 301)+"\n", Skip)
	if imp.Columns[2].Wrong != 0 || imp.Columns[3].Wrong != 1 {
		t.Errorf("wrong by column: %+v", imp.Columns)
	}
}

func TestBasis(t *testing.T) {
	h := newHouse(t)
	bases := func() map[string]string {
		got := map[string]string{}
		if err := h.people.Walk(h.ctx, stakeholder.Search{}, "", nil, func(s *stakeholder.Stakeholder) error {
			if got[s.Name] = "none"; s.Basis != nil {
				got[s.Name] = fmt.Sprint(*s.Basis)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	imp := h.checked("name,kind,email,lawful basis,data source,consent date\nAna,person,a@x.eu,Consent,Conference 2025,31/01/2025\nBo,person,,berechtigtes Interesse,,\n"+
		"Alpha,organisation,,consent,,\nCy,person,,whatever,,\nDee,person,,,A card,\nEve,person,e@x.eu,,,\n", Skip)
	if imp.Counts.Error != 2 {
		t.Fatalf("%+v", imp.Counts)
	}
	h.do(h.im.Apply(h.ctx, imp.ID))
	want := map[string]string{"Ana": "{consent Conference 2025 2025-01-31}", "Bo": "{legitimate-interests  }", "Alpha": "none", "Eve": "none"}
	if got := bases(); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	// Where only what is empty is filled in, what is recorded stays; the revert takes back what was filled in.
	imp = h.checked("name,kind,email,lawful basis\nAna,person,a@x.eu,contract\nEve,person,e@x.eu,contract\n", Fill)
	imp = h.do(h.im.Apply(h.ctx, imp.ID))
	filled := maps.Clone(want)
	filled["Eve"] = "{contract  }"
	if got := bases(); !maps.Equal(got, filled) {
		t.Errorf("filled in: %v, want %v", got, filled)
	}
	h.do(h.im.Revert(h.ctx, imp.ID))
	if got := bases(); !maps.Equal(got, want) {
		t.Errorf("after the revert: %v, want %v", got, want)
	}
}
