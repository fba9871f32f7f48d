package stakeholder_test

import (
	"slices"
	"testing"

	"piper/internal/stakeholder"
)

func TestStrictKeys(t *testing.T) {
	keys := func(s stakeholder.Stakeholder) []string {
		if err := s.Tidy(); err != nil {
			t.Fatal(err)
		}
		return s.StrictKeys()
	}
	email := func(a string) []stakeholder.Email { return []stakeholder.Email{{Address: a}} }
	number := func(scheme, value string) []stakeholder.ExternalID {
		return []stakeholder.ExternalID{{Scheme: scheme, Value: value}}
	}
	a := keys(stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Anna Röder", Country: "de", Emails: email("A@b.org"), ExternalIDs: number("MEP", " 124")})
	b := keys(stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "anna RODER", Country: "DE", Emails: email("a@b.org"), ExternalIDs: number("mep", "124")})
	if !slices.Equal(a, b) || len(a) != 3 {
		t.Errorf("%q and %q", a, b)
	}
	if keys := keys(stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Anna Röder"}); len(keys) != 0 {
		t.Errorf("a name without a country is a key: %q", keys)
	}
	if keys := keys(stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Anna Röder", ExternalIDs: number("other", "1")}); len(keys) != 0 {
		t.Errorf("a number of nobody in particular is a key: %q", keys)
	}
	o := keys(stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Anna Röder", Country: "DE", Emails: email("a@b.org")})
	if slices.ContainsFunc(o, func(k string) bool { return slices.Contains(a, k) }) {
		t.Errorf("kinds are mixed: %q", o)
	}
}
