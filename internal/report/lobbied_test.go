package report

import (
	"context"
	"math"
	"slices"
	"testing"

	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// lobbies are those whom we lobby, and how often we met them.
type lobbies struct {
	list     []Power
	meetings [][]string
	from     *store.Date
}

func (l lobbies) Powers(context.Context) ([]Power, error) { return append([]Power{}, l.list...), nil }

// Meetings gives those with any of ids.
func (l lobbies) Meetings(_ context.Context, ids []string, from store.Date) (list [][]string, err error) {
	*l.from = from
	for _, who := range l.meetings {
		if slices.ContainsFunc(who, func(id string) bool { return slices.Contains(ids, id) }) {
			list = append(list, who)
		}
	}
	return list, nil
}

// TestWhomWeLobbyPaysUs: a donor is lobbied too where any part of its own body is, and a lead partner who passes its
// money on is not.
func TestWhomWeLobbyPaysUs(t *testing.T) {
	h := open(t)
	h.load(t, worked)
	ids, err := h.people.Find(h.ctx, []string{"DG JUST", "DG HOME", "European Commission", "Lead L", "Foundation A"})
	fine(t, err)
	// Who sits at a desk of the body is no power and still somebody of it.
	desk := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Desk officer", ParentID: ids["DG HOME"]}
	fine(t, h.people.Create(h.ctx, desk))
	var from store.Date
	h.reports.Powers = lobbies{from: &from, list: []Power{
		{ID: ids["DG JUST"], Name: "Anna of DG JUST"}, {ID: ids["DG HOME"], Name: "DG HOME", Body: true}, {ID: "elsewhere", Name: "Ministry"}},
		// One conversation with two of one body is one.
		meetings: [][]string{{ids["DG HOME"], ids["DG JUST"]}, {ids["DG JUST"], ids["Lead L"]}, {"elsewhere"}, {desk.ID}}}
	for _, c := range []struct {
		view    finance.View
		of2025  float64
		of      float64
		lobbied map[string]int // by donor: how many of its body
	}{
		{finance.Ultimate, 550.0 / 900, 550.0 / 901, map[string]int{"European Commission": 2, "Foundation A": 0}},
		{finance.Direct, 450.0 / 900, 450.0 / 901, map[string]int{"DG JUST": 2, "DG HOME": 2, "Lead L": 0, "Foundation A": 0}},
	} {
		tunes, err := h.reports.Tunes(h.ctx, 2024, 2025, By{c.view, finance.Cash}, nil, true)
		fine(t, err)
		lobbying, err := h.reports.Lobbying(h.ctx, tunes)
		fine(t, err)
		if s := lobbying.Shares; len(s) != 2 || s[0] == nil || *s[0] != 0 || s[1] == nil || math.Abs(*s[1]-c.of2025) > 1e-12 {
			t.Errorf("%s: shares %v", c.view, s)
		}
		if lobbying.Share == nil || math.Abs(*lobbying.Share-c.of) > 1e-9 {
			t.Errorf("%s: %v of all years, want %v", c.view, lobbying.Share, c.of)
		}
		seen := 0
		for _, d := range tunes.Donors {
			n, named := c.lobbied[d.Name]
			if !named {
				continue
			}
			seen++
			var of LobbiedDonor
			if i := slices.IndexFunc(lobbying.Donors, func(l LobbiedDonor) bool { return l.ID == d.ID }); i >= 0 {
				of = lobbying.Donors[i]
			}
			if len(of.Parts) != n {
				t.Errorf("%s: %s has %d whom we lobby, want %d", c.view, d.Name, len(of.Parts), n)
			}
			if n > 0 && (of.Parts[0].Name != "DG HOME" || of.Met != 3) || n == 0 && of.Met != 0 {
				t.Errorf("%s: %s: %d contacts, %+v, want the organisation first", c.view, d.Name, of.Met, of.Parts)
			}
		}
		if seen != len(c.lobbied) {
			t.Errorf("%s: %d of %d donors are shown", c.view, seen, len(c.lobbied))
		}
	}
	if from != "2025-11-21" {
		t.Errorf("met since %s", from)
	}
	// Without income there are no shares, and those with strings are still told.
	tunes, err := h.reports.Tunes(h.ctx, 2024, 2025, By{finance.Ultimate, finance.Cash}, []*funding.String{{DonorID: ids["DG JUST"], Kind: "audit", Severity: 2}}, false)
	fine(t, err)
	lobbying, err := h.reports.Lobbying(h.ctx, tunes)
	fine(t, err)
	if lobbying.Share != nil || len(lobbying.Shares) != 0 || len(lobbying.Donors) != 1 || len(lobbying.Donors[0].Parts) != 2 {
		t.Errorf("%+v", lobbying)
	}
}
