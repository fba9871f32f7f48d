package calls_test

import (
	"strings"
	"testing"

	"piper/internal/calls"
	"piper/internal/fault"
)

func TestSources(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	s := &calls.Source{Kind: calls.SEDIA, Name: " EU portal ", Enabled: true}
	if err := d.repo.CreateSource(d.ctx, s); err != nil {
		t.Fatal(err)
	}
	if s.URL != calls.PortalURL || s.Name != "EU portal" {
		t.Errorf("%q at %q", s.Name, s.URL)
	}
	if err := d.repo.CreateSource(d.ctx, &calls.Source{Kind: calls.SEDIA, Name: "Again"}); !fault.Is(err, fault.Duplicate) {
		t.Errorf("the same address again: %v", err)
	}
	for field, bad := range map[string]calls.Source{
		"kind":       {Kind: "x", Name: "n", URL: "https://example.org"},
		"name":       {Kind: calls.RSS, Name: " ", URL: "https://example.org"},
		"url":        {Kind: calls.RSS, Name: "n", URL: "ftp://example.org"},
		"programmes": {Kind: calls.SEDIA, Name: "n", Programmes: []string{"CERV"}},
		"types":      {Kind: calls.SEDIA, Name: "n", Types: []string{"7"}},
	} {
		err := d.repo.CreateSource(d.ctx, &bad)
		if !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), "invalid: "+field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := d.repo.UpdateSourceAt(d.ctx, s.ID, s.Rev+1, func(*calls.Source) {}); !fault.Is(err, fault.Stale) {
		t.Errorf("stale revision: %v", err)
	}
	if _, err := d.repo.Save(d.ctx, s.ID, []calls.Record{record("r", "T", "")}); err != nil {
		t.Fatal(err)
	}
	if err := d.repo.DeleteSourceAt(d.ctx, s.ID, 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("deleting a source that has given calls: %v", err)
	}
	feed := &calls.Source{Kind: calls.RSS, Name: "Feed", URL: "https://example.org/feed"}
	if err := d.repo.CreateSource(d.ctx, feed); err != nil {
		t.Fatal(err)
	}
	if err := d.repo.SetStatus(d.ctx, feed.ID, func(s *calls.Status) { s.Outcome = "done" }); err != nil {
		t.Fatal(err)
	}
	if got, err := d.repo.Source(d.ctx, feed.ID); err != nil || got.Status.Outcome != "done" || got.Rev != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := d.repo.DeleteSourceAt(d.ctx, feed.ID, 2); !fault.Is(err, fault.Stale) {
		t.Errorf("deleting at a stale revision: %v", err)
	}
	if err := d.repo.DeleteSourceAt(d.ctx, feed.ID, 1); err != nil {
		t.Error(err)
	}
	if list, err := d.repo.Sources(d.ctx); err != nil || len(list) != 1 {
		t.Errorf("%d sources left, %v", len(list), err)
	}
}
