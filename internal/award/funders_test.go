package award

import (
	"encoding/json"
	"slices"
	"testing"

	"piper/internal/fault"
)

// threeFunders is a file of three funders: two gave the same sum, one gave one award in an earlier year.
func threeFunders() []byte {
	var list []any
	for _, g := range []struct {
		id, funder string
		amount     int
		day        string
	}{
		{"1", "Birch Fund", 100, "2021-03-01"}, {"2", "Alder Trust", 60, "2020-03-01"}, {"3", "Alder Trust", 40, "2022-03-01"}, {"4", "Cedar House", 300, "2019-03-01"},
	} {
		list = append(list, map[string]any{"id": g.id, "title": "t", "currency": "EUR", "amountAwarded": g.amount, "awardDate": g.day,
			"fundingOrganization":   []any{map[string]any{"name": g.funder, "addressCountry": "DE"}},
			"recipientOrganization": []any{map[string]any{"name": "Beacon", "addressCountry": "PL"}}})
	}
	b, _ := json.Marshal(map[string]any{"grants": list})
	return b
}

func TestFundersInEveryOrder(t *testing.T) {
	h := newHouse(t, people{})
	h.take(threeFunders())
	for sort, want := range map[string][]string{
		"":          {"Cedar House", "Alder Trust", "Birch Fund"}, // Alder and Birch gave the same
		"-worth":    {"Cedar House", "Alder Trust", "Birch Fund"},
		"worth":     {"Alder Trust", "Birch Fund", "Cedar House"},
		"name":      {"Alder Trust", "Birch Fund", "Cedar House"},
		"-name":     {"Cedar House", "Birch Fund", "Alder Trust"},
		"-awards":   {"Alder Trust", "Cedar House", "Birch Fund"},
		"awards":    {"Cedar House", "Birch Fund", "Alder Trust"},
		"-lastYear": {"Alder Trust", "Birch Fund", "Cedar House"},
		"lastYear":  {"Cedar House", "Birch Fund", "Alder Trust"},
	} {
		var got []string
		for cursor := ""; ; { // page by page: the cursor is a place in the same order
			page, err := h.repo.Funders(h.ctx, FunderSearch{Sort: sort}, 1, cursor)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range page.Items {
				got = append(got, f.Name)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("by %q: %q, not %q", sort, got, want)
		}
	}
	if _, err := h.repo.Funders(h.ctx, FunderSearch{Sort: "country"}, 0, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("sorted by what it has not: %v", err)
	}
}

// TestPartyAlone: a funder that is none of ours has its own figures, and they are not those of others.
func TestPartyAlone(t *testing.T) {
	who := people{"alder": {Name: "Alder Trust", Country: "DE"}}
	h := newHouse(t, who)
	h.take(threeFunders())
	page, err := h.repo.Funders(h.ctx, FunderSearch{Sort: "name"}, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	alder, birch := page.Items[0], page.Items[1]
	g, err := h.repo.GivingOfParty(h.ctx, birch.ID)
	if err != nil || g.Awards != 1 || g.Worth != 10000 || len(g.Known) != 0 || len(g.Recipients) != 1 || g.Recipients[0].Name != "Beacon" {
		t.Errorf("%+v, %v", g, err)
	}
	if is, name, err := h.repo.Who(h.ctx, &birch.AwardParty); err != nil || is != (Identified{}) || name != "" {
		t.Errorf("a stranger is %v %q, %v", is, name, err)
	}
	if is, name, err := h.repo.Who(h.ctx, &alder.AwardParty); err != nil || is != (Identified{"alder", ByMatch}) || name != "Alder Trust" {
		t.Errorf("it is %v %q, %v", is, name, err)
	}
	if _, err := h.repo.GivingOfParty(h.ctx, "nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("giving of nobody: %v", err)
	}
}
