package api

import (
	"slices"
	"testing"
)

func TestRanked(t *testing.T) {
	hits := []Hit{
		{ID: "similar", Title: "Rodre", At: "2026-09-01T00:00:00Z", Similar: true},
		{ID: "inside", Title: "Schröder", At: "2026-08-01T00:00:00Z"},
		{ID: "word old", Title: "Jörg Röder", At: "2026-01-01T00:00:00Z"},
		{ID: "word new", Title: "Anna Röder", At: "2026-02-01T00:00:00Z"},
		{ID: "beginning", Title: "Röder GmbH"},
		{ID: "exact", Title: "RÖDER"},
		{ID: "exact too", Title: "Родер", At: "2020-01-01T00:00:00Z"},
	}
	var got []string
	for _, h := range ranked(hits, "roder") {
		got = append(got, h.ID)
	}
	if want := []string{"exact too", "exact", "beginning", "word new", "word old", "inside", "similar"}; !slices.Equal(got, want) {
		t.Errorf("ranked %q, want %q", got, want)
	}
}
