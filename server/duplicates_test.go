package main

import (
	"context"
	"testing"

	"piper/internal/merge"
	"piper/internal/stakeholder"
)

// TestProfileOf: what the comparison weighs of a record reaches it: names in other scripts and numbers that
// others have given, but not numbers of nobody in particular.
func TestProfileOf(t *testing.T) {
	person := func(name string, others []stakeholder.OtherName, ids ...stakeholder.ExternalID) merge.Profile {
		return profileOf(&stakeholder.Stakeholder{Kind: stakeholder.Person, Name: name, OtherNames: others, ExternalIDs: ids})
	}
	mep := func(n string) stakeholder.ExternalID { return stakeholder.ExternalID{Scheme: "mep", Value: n} }
	other := func(n string) stakeholder.ExternalID { return stakeholder.ExternalID{Scheme: "other", Value: n} }
	cyrillic := []stakeholder.OtherName{{Name: "Олена Шевченко"}}
	for name, c := range map[string]struct {
		a, b merge.Profile
		want bool
	}{
		"same number":            {person("Anna Berg", nil, mep("124")), person("A. Lind", nil, mep("124")), true},
		"numbers that differ":    {person("Anna Berg", nil, mep("124")), person("Anna Berg", nil, mep("125")), false},
		"numbers of nobody":      {person("Anna Berg", nil, other("1")), person("Anna Berg", nil, other("2")), true},
		"a name in other script": {person("Helen S.", cyrillic), person("Olena Shevchenko", nil), true},
	} {
		c.a.ID, c.b.ID = "a", "b"
		found, err := merge.Pairs(context.Background(), []merge.Profile{c.a, c.b})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(found.Pairs) == 1; got != c.want {
			t.Errorf("%s: found %v, want %v", name, got, c.want)
		}
	}
}
