package stakeholder

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

func TestExternalIDs(t *testing.T) {
	for _, c := range []struct{ scheme, typed, value, wrong string }{
		{"lei", "7ltw fzyi cnsx 8d62 1k86", "7LTWFZYICNSX8D621K86", ""},
		{"lei", "HWUPKR0MPOU8FGXBT394", "HWUPKR0MPOU8FGXBT394", ""},
		{"lei", "HWUPKR0MPOU8FGXBT395", "", "mistyped"},
		{"lei", "WHUPKR0MPOU8FGXBT394", "", "mistyped"},
		{"lei", "HWUPKR0MPOU8FGXBT39", "", "18 letters"},
		{"pic", "999 999 999", "999999999", ""},
		{"pic", "99999999", "", "nine digits"},
		{"transparency-register", "03181945560-59", "03181945560-59", ""},
		{"transparency-register", "0318194556059", "", "hyphen"},
		{"mep", "197476", "197476", ""},
		{"mep", "MEP 12", "", "europarl"},
		{"oar", "e10012345", "E10012345", ""},
		{"org-id", " GB-CHC-1159982 ", "GB-CHC-1159982", ""},
		{"other", " OIB  123 ", "OIB 123", ""},
		{"vat", "1", "", "none of"},
	} {
		id, err := TidyExternalID(ExternalID{c.scheme, c.typed})
		if c.wrong == "" && (err != nil || id.Value != c.value) || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s %q: %+v %v", c.scheme, c.typed, id, err)
		}
	}
}

// A wrong digit for a digit, or letter for a letter, is always found, and so is a swap of such neighbours.
func TestLEIFindsSlips(t *testing.T) {
	const right = "7LTWFZYICNSX8D621K86"
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alike := func(a, b byte) bool { return (a >= 'A') == (b >= 'A') }
	for i := range len(right) {
		for _, c := range letters {
			if slip := right[:i] + string(c) + right[i+1:]; slip != right && alike(byte(c), right[i]) && wrongLEI(slip) == "" {
				t.Errorf("%s passes for %s", slip, right)
			}
		}
		if i > 0 && right[i] != right[i-1] && alike(right[i], right[i-1]) {
			if swap := right[:i-1] + right[i:i+1] + right[i-1:i] + right[i+1:]; wrongLEI(swap) == "" {
				t.Errorf("%s passes for %s", swap, right)
			}
		}
	}
}

func FuzzExternalID(f *testing.F) {
	for _, s := range Schemes {
		f.Add(s, "HWUPKR0MPOU8FGXBT394")
	}
	f.Fuzz(func(t *testing.T, scheme, value string) {
		id, err := TidyExternalID(ExternalID{scheme, value})
		if err != nil {
			return
		}
		if again, err := TidyExternalID(id); err != nil || again != id {
			t.Errorf("%+v becomes %+v %v when it is tidied again", id, again, err)
		}
	})
}

// state says what a span is on a day, by its days.
func stateOf(s Span, day store.Date) State {
	first, last := s.From, s.To
	if first != "" {
		first = (first + "-01-01")[:10]
	}
	switch len(last) {
	case 4:
		last += "-12-31"
	case 7:
		m, _ := time.Parse("2006-01", last)
		last = m.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	if last != "" && string(day) > last {
		return Past
	}
	if first != "" && string(day) < first {
		return Future
	}
	return Current
}

func TestSpanStateAndItsFilterAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	date := func() string {
		d := time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(500)).Format(time.DateOnly)
		return d[:[]int{0, 4, 7, 10}[rng.IntN(4)]]
	}
	for range 50_000 {
		s := Span{From: date(), To: date()}
		if before(s.To, s.From) {
			continue
		}
		day := store.Date(time.Date(2023, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(600)).Format(time.DateOnly))
		want := stateOf(s, day)
		if got := s.At(day); got != want {
			t.Fatalf("%+v on %s is %s, not %s", s, day, got, want)
		}
		for _, state := range []State{Past, Current, Future} {
			if got := filter.Match(inState(state, day), s.values); got != (state == want) {
				t.Fatalf("%+v on %s: the filter of %s says %v", s, day, state, got)
			}
		}
	}
}

func (s Span) values(field string) []any {
	v := map[string]string{"from": s.From, "to": s.To}[field]
	if v == "" {
		return nil
	}
	return []any{v}
}

func TestSpanTidy(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"2024", "2024-05", true}, {"2024-05-10", "2024-05", true}, {"", "2024", true}, {"2024-02-29", "", true},
		{"2025", "2024-12", false}, {"2024-05-10", "2024-05-09", false}, {"2023-02-29", "", false}, {"2024-13", "", false},
		{"24", "", false}, {"2024-5", "", false}, {"2024-05-10T00", "", false}, {"May 2024", "", false},
	} {
		var checks fault.Checks
		s := Span{From: c.from, To: c.to}
		s.tidy(&checks)
		if (checks.Err() == nil) != c.ok {
			t.Errorf("%q – %q: %v", c.from, c.to, checks.Err())
		}
	}
}

func TestTidy(t *testing.T) {
	s := &Stakeholder{Kind: Person, Name: " Olena  Shevchenko ", Roles: []string{"MEP", "mep"},
		OtherNames:  []OtherName{{"Олена Шевченко", "Ukrainian"}, {"Olena Shevchenko", ""}, {"Олена Шевченко", ""}, {" ", "x"}},
		Phones:      []Phone{{"+32 2 123 45 67", "work"}, {"0032 2 1234567", ""}, {"+32 (0)2 123 45 67", ""}, {"02 123", ""}},
		ExternalIDs: []ExternalID{{"mep", "197476"}, {"mep", " 197476"}, {"pic", ""}},
		MEP:         &MEP{Group: " S&D ", Committees: []string{"LIBE", "", "LIBE"}},
		Donor:       &Donor{SourceType: "eu"},
		IGO:         &IGO{},
		Basis:       &Basis{LawfulBasis: "public-task", Date: "2026-01-01"}}
	if err := s.tidy(); err != nil {
		t.Fatal(err)
	}
	if s.Name != "Olena Shevchenko" || len(s.OtherNames) != 1 || len(s.Phones) != 2 || len(s.ExternalIDs) != 1 {
		t.Errorf("%+v", s)
	}
	if s.MEP == nil || s.MEP.Group != "S&D" || len(s.MEP.Committees) != 1 || s.Donor != nil || s.IGO != nil || s.Basis == nil {
		t.Errorf("details: %+v %+v %+v %+v", s.MEP, s.Donor, s.IGO, s.Basis)
	}
	for field, wrong := range map[string]*Stakeholder{
		"parentId":             {Kind: Seat, Name: "Head of Unit"},
		"kind":                 {Kind: "office", Name: "x"},
		"externalIds[0].value": {Kind: Organisation, Name: "x", ExternalIDs: []ExternalID{{"pic", "1"}}},
		"donor.sourceType":     {Kind: Organisation, Name: "x", Roles: []string{"donor"}, Donor: &Donor{SourceType: "bank"}},
		"basis":                {Kind: Organisation, Name: "x", Basis: &Basis{LawfulBasis: "consent"}},
		"basis.lawfulBasis":    {Kind: Person, Name: "x", Basis: &Basis{Source: "card"}},
		"basis.date":           {Kind: Person, Name: "x", Basis: &Basis{LawfulBasis: "consent", Date: "2026-02-30"}},
	} {
		if err := wrong.tidy(); err == nil || !strings.Contains(err.Error(), "["+field+":") {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestEveryTypeOfRelationIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range RelationTypes {
		if seen[r.Name] || r.Label == "" || r.Back == "" || len(r.Subjects) == 0 || len(r.Objects) == 0 || r.Symmetric != (r.Label == r.Back) {
			t.Errorf("%+v", r)
		}
		seen[r.Name] = true
	}
}
