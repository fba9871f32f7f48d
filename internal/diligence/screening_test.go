package diligence_test

import (
	"errors"
	"testing"
	"time"

	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/internal/store"
)

// What is dismissed stays dismissed until the entry says something else.
func TestDismissedStaysDismissed(t *testing.T) {
	o := open(t)
	one := firm("7", "Petrol Severny", "Петрол Северный")
	if tally := o.list(one, firm("8", "Quite Another")); tally.Created != 1 || tally.Screened != 3 {
		t.Fatalf("%+v", tally)
	}
	h := o.hits("d-petro")[0]
	if h.State != diligence.PossibleHit || h.Score != 100 {
		t.Errorf("a name alone says %s, %d", h.State, h.Score)
	}
	h = o.judge(h, diligence.DismissedHit)
	if tally := o.screen(); tally.Created+tally.Reopened+tally.Gone != 0 {
		t.Errorf("the same list again: %+v", tally)
	}
	o.list(firm("8", "Quite Another"), firm("9", "A Third"), firm("7", "Петрол Северный", "Petrol Severny")) // the order of names says nothing
	if now := o.hits("d-petro")[0]; now.State != diligence.DismissedHit || now.Rev != h.Rev {
		t.Errorf("a list in another order: %s, revision %d", now.State, now.Rev)
	}
	changed := firm("7", "Petrol Severny", "Petrol Sever")
	if tally := o.list(changed); tally.Reopened != 1 {
		t.Errorf("a changed entry: %+v", tally)
	}
	now := o.hits("d-petro")[0]
	if now.State != diligence.PossibleHit || now.Judgement != nil || now.Earlier == nil || now.Earlier.By != "jonas" {
		t.Errorf("after the entry has changed: %+v", now)
	}
	if tally := o.list(firm("8", "Quite Another")); tally.Gone != 1 || len(o.hits("d-petro")) != 0 {
		t.Errorf("an entry that is gone: %+v, %d", tally, len(o.hits("d-petro")))
	}
}

// What was confirmed is remembered when the list has it no more, and does not warn then.
func TestConfirmedAndGone(t *testing.T) {
	o := open(t)
	o.list(firm("7", "Petrol Severny"))
	o.judge(o.hits("d-petro")[0], diligence.ConfirmedHit)
	standing := func() diligence.DonorStanding {
		all, err := o.Standings(o.as(""), []string{"d-petro"})
		if err != nil {
			t.Fatal(err)
		}
		return all["d-petro"]
	}
	if s := standing(); s.Screening.Confirmed != 1 || s.Warning != "The donor is on the EU's sanctions list: a match is confirmed." {
		t.Errorf("%+v", s)
	}
	o.list(firm("8", "Quite Another"))
	if h := o.hits("d-petro"); len(h) != 1 || !h[0].Gone || h[0].State != diligence.ConfirmedHit {
		t.Errorf("%+v", h)
	}
	if s := standing(); s.Screening.Confirmed != 0 || s.State != "missing" {
		t.Errorf("%+v", s)
	}
}

// A donor that goes by another name is who it was: what was confirmed clears itself by nothing but the list.
func TestConfirmedStaysWhateverTheNameIs(t *testing.T) {
	o := open(t)
	o.list(firm("7", "Petrol Severny"))
	o.judge(o.hits("d-petro")[0], diligence.ConfirmedHit)
	o.donors.all["d-petro"] = diligence.Subject{ID: "d-petro", Names: []string{"Meadow Holding"}}
	if tally := o.screen(); tally.Gone != 0 || tally.Unchanged != 1 {
		t.Errorf("under another name: %+v", tally)
	}
	if h := o.hits("d-petro"); len(h) != 1 || h[0].Gone || h[0].State != diligence.ConfirmedHit {
		t.Fatalf("%+v", h)
	}
	c := o.answered("d-petro")
	_, err := o.Propose(o.as("jonas"), c.ID, c.Rev, diligence.CaseProposal{Outcome: diligence.Accept, Reason: "R", ExpiresOn: "2027-12-01"})
	wrongField(t, err, "outcome")
	o.list(firm("7", "Petrol Severny", "Petrol Sever"))
	if h := o.hits("d-petro"); h[0].Gone || len(h[0].Entry.Names) != 2 {
		t.Errorf("the entry has changed: %+v", h[0])
	}
	if tally := o.list(firm("8", "Quite Another")); tally.Gone != 1 || !o.hits("d-petro")[0].Gone {
		t.Errorf("the entry is gone: %+v, %+v", tally, o.hits("d-petro")[0])
	}
	o.list(firm("7", "Petrol Severny"))
	if o.hits("d-petro")[0].Gone {
		t.Error("the entry is back on the list, and the donor is not")
	}
}

func TestJudgementNeedsASecondIdentifier(t *testing.T) {
	o := open(t)
	o.list(firm("7", "Petrol Severny"))
	h := o.hits("d-petro")[0]
	whole := diligence.Judgement{State: diligence.ConfirmedHit, Reason: "R", Identifier: diligence.Identifier{Kind: "country", Ours: "RU", Theirs: "RU"}}
	for field, spoil := range map[string]func(*diligence.Judgement){
		"state":             func(j *diligence.Judgement) { j.State = diligence.PossibleHit },
		"reason":            func(j *diligence.Judgement) { j.Reason = " " },
		"identifier.kind":   func(j *diligence.Judgement) { j.Identifier.Kind = "name" },
		"identifier.ours":   func(j *diligence.Judgement) { j.Identifier.Ours = "" },
		"identifier.theirs": func(j *diligence.Judgement) { j.Identifier.Theirs = " " },
	} {
		j := whole
		spoil(&j)
		_, err := o.Judge(o.as("jonas"), h.ID, h.Rev, j)
		wrongField(t, err, field)
	}
	if _, err := o.Judge(o.as("jonas"), h.ID, h.Rev, whole); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Judge(o.as("kat"), h.ID, h.Rev, whole); !fault.Is(err, fault.Stale) {
		t.Errorf("the second of two who judge at once: %v", err)
	}
}

// A list that breaks off, or is empty, leaves the one that counts; what it has left behind is swept.
func TestOldListStays(t *testing.T) {
	o := open(t)
	o.list(firm("7", "Petrol Severny"))
	broken := errors.New("the line is dead")
	for want, each := range map[error]func(keep func(*diligence.SanctionEntry) error) error{
		broken: func(keep func(*diligence.SanctionEntry) error) error {
			for i := range 1200 { // more than a batch
				if err := keep(firm(string(rune('a'+i%26))+store.NewID(), "Somebody")); err != nil {
					return err
				}
			}
			return broken
		},
		nil: func(func(*diligence.SanctionEntry) error) error { return nil },
	} {
		err := o.Bring(o.as(""), diligence.ListInfo{}, each)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("it came in: %v", err)
		}
	}
	if state, err := o.State(o.as("")); err != nil || state.Entries != 1 || state.Possible != 1 {
		t.Errorf("%+v, %v", state, err)
	}
	if tally := o.screen(); tally.Unchanged != 1 || tally.Created+tally.Gone != 0 {
		t.Errorf("screened against a broken list: %+v", tally)
	}
	if n, err := o.Sweep(o.as("")); err != nil || n != 0 {
		t.Errorf("swept too early: %d, %v", n, err)
	}
	o.now = o.now.Add(2 * time.Hour)
	if n, err := o.Sweep(o.as("")); err != nil || n != 1000 {
		t.Errorf("swept %d, %v", n, err)
	}
	if tally := o.screen(); tally.Unchanged != 1 {
		t.Errorf("the list that counts was swept: %+v", tally)
	}
}
