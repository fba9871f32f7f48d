package stakeholder_test

import (
	"errors"
	"sync"
	"testing"

	"piper/internal/fault"
	"piper/internal/stakeholder"
)

func (d *desk) succeed(former *stakeholder.Affiliation, personID, from string) (*stakeholder.Affiliation, error) {
	next := &stakeholder.Affiliation{PersonID: personID, Span: stakeholder.Span{From: from}}
	return next, d.Succeed(d.ctx, former.ID, former.Rev, next)
}

func TestSuccessionEndsTheFormerHolderRightBefore(t *testing.T) {
	for _, c := range []struct{ former, from, ended string }{
		{"2024-09-16", "2026-03-01", "2026-02-28"},
		{"2023", "2024-03-01", "2024-02-29"},
		{"2024-09", "2026-01", "2025-12"},
		{"2019", "2024", "2023"},
		{"", "2024-01-01", "2023-12-31"},
	} {
		d := open(t)
		org := d.add(stakeholder.Organisation, "DG HOME", "")
		seat := d.add(stakeholder.Seat, "Head of Unit D.5", org.ID)
		ana, ben := d.add(stakeholder.Person, "Ana", ""), d.add(stakeholder.Person, "Ben", "")
		former := d.hire(ana.ID, seat.ID, "Head of Unit", c.former, "")
		next, err := d.succeed(former, ben.ID, c.from)
		if err != nil {
			t.Fatalf("%v: %v", c, err)
		}
		kept, err := d.Affiliation(d.ctx, former.ID)
		if err != nil || kept.To != c.ended {
			t.Errorf("%v: the former holder's post ends on %q, %v", c, kept.To, err)
		}
		if next.AtID != seat.ID || next.Title != "Head of Unit" || next.From != c.from || next.ID == "" {
			t.Errorf("%v: the next holder's post is %+v", c, next)
		}
	}
}

// What is refused leaves the former holder in the post.
func TestSuccessionIsWholeOrNotAtAll(t *testing.T) {
	d := open(t)
	org := d.add(stakeholder.Organisation, "DG HOME", "")
	ana, ben := d.add(stakeholder.Person, "Ana", ""), d.add(stakeholder.Person, "Ben", "")
	former := d.hire(ana.ID, org.ID, "Director", "2024-09", "")
	for _, c := range []struct{ person, from, field string }{
		{ben.ID, "", "from"},
		{ben.ID, "2026-13", "from"},
		{ben.ID, "2024-09", "from"},
		{ben.ID, "2019", "from"},
		{ana.ID, "2026", "personId"},
		{"", "2026", "personId"},
		{org.ID, "2026", "personId"},
	} {
		_, err := d.succeed(former, c.person, c.from)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) == 0 || f.Fields[0].Field != c.field {
			t.Errorf("%v: %v, want a fault of %s", c, err, c.field)
		}
		if kept, err := d.Affiliation(d.ctx, former.ID); err != nil || kept.To != "" || kept.Rev != former.Rev {
			t.Fatalf("%v: the former holder's post is %+v, %v", c, kept, err)
		}
	}
}

func TestSuccessionKeepsAnEarlierEnd(t *testing.T) {
	d := open(t)
	org := d.add(stakeholder.Organisation, "DG HOME", "")
	ana, ben := d.add(stakeholder.Person, "Ana", ""), d.add(stakeholder.Person, "Ben", "")
	former := d.hire(ana.ID, org.ID, "Director", "2020", "2023-05")
	if _, err := d.succeed(former, ben.ID, "2024-02-01"); err != nil {
		t.Fatal(err)
	}
	if kept, _ := d.Affiliation(d.ctx, former.ID); kept.To != "2023-05" {
		t.Errorf("the post was vacant from 2023-05 on, and now ended on %s", kept.To)
	}
}

// Two colleagues name a successor at once: one is told that somebody was quicker.
func TestSuccessionByTwoAtOnce(t *testing.T) {
	d := open(t)
	org := d.add(stakeholder.Organisation, "DG HOME", "")
	ana := d.add(stakeholder.Person, "Ana", "")
	former := d.hire(ana.ID, org.ID, "Director", "2020", "")
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, name := range []string{"Ben", "Cem"} {
		next := d.add(stakeholder.Person, name, "")
		wg.Go(func() { _, errs[i] = d.succeed(former, next.ID, "2026") })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errs[0], fault.Stale) && !fault.Is(errs[1], fault.Stale) {
		t.Fatalf("%v, %v: want one done and one stale", errs[0], errs[1])
	}
	n := 0
	err := d.EachAffiliation(d.ctx, stakeholder.AffiliationSearch{AtID: org.ID, State: stakeholder.Current}, "", func(list []*stakeholder.Affiliation) error {
		n += len(list)
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d hold the post, %v", n, err)
	}
}
