package diligence_test

import (
	"testing"

	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/internal/store"
)

var yes = diligence.CaseProposal{Outcome: diligence.Accept, Reason: "Known.", ExpiresOn: "2028-11-30"}

// proposed gives a case on which an acceptance is proposed.
func (o *office) proposed(donor string) *diligence.Case {
	o.t.Helper()
	c := o.answered(donor)
	c, err := o.Propose(o.as("jonas"), c.ID, c.Rev, yes)
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// Who decides while a list comes in has looked into the old one: it takes nothing back that the new one has found.
func TestAListComesInWhileSomebodyDecides(t *testing.T) {
	o := open(t)
	o.list(firm("8", "Quite Another"))
	c := o.proposed("d-petro")
	o.donors.asked = func() { o.list(firm("7", "Petrol Severny")) }
	if _, err := o.Decide(o.as("dimitra"), c.ID, c.Rev, ""); !fault.Is(err, fault.Stale) {
		t.Errorf("decided by the old list: %v", err)
	}
	if h := o.hits("d-petro"); len(h) != 1 || h[0].EntryID != "7" {
		t.Errorf("the hit of the new list: %+v", h)
	}
	_, err := o.Decide(o.as("dimitra"), c.ID, c.Rev, "")
	wrongField(t, err, "outcome")
}

// What comes between the last look and the decision counts: a judgement of a colleague, and a list.
func TestSomethingComesBetweenLookAndDecision(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(*office)
		refused func(*testing.T, error)
	}{
		"a hit is confirmed": {func(o *office) { o.judge(o.hits("d-petro")[0], diligence.ConfirmedHit) },
			func(t *testing.T, err error) { wrongField(t, err, "outcome") }},
		"a list comes in": {func(o *office) { o.bring(firm("8", "Quite Another")) },
			func(t *testing.T, err error) {
				if !fault.Is(err, fault.Stale) {
					t.Error(err)
				}
			}},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.list(firm("7", "Petrol Severny"))
			o.judge(o.hits("d-petro")[0], diligence.DismissedHit)
			one := o.proposed("d-petro")
			o.engine.between = func() { c.happens(o) }
			_, err := o.Decide(o.as("dimitra"), one.ID, one.Rev, "")
			c.refused(t, err)
			if o.engine.between != nil {
				t.Fatal("nothing came between")
			}
			now, err := o.Case(o.as(""), one.ID)
			if err != nil || now.Decision != nil || now.Proposal == nil || o.donors.noted["d-petro"] != "open" {
				t.Errorf("half done: %+v, %v, %s", now, err, o.donors.noted["d-petro"])
			}
		})
	}
}

// The night goes on with the new list.
func TestAListComesInWhileEverybodyIsScreened(t *testing.T) {
	o := open(t)
	o.bring(firm("8", "Quite Another"))
	o.donors.listed = func() { o.bring(firm("7", "Petrol Severny")) }
	if tally := o.screen(); tally.Created != 1 || tally.Screened != 3 {
		t.Errorf("%+v", tally)
	}
	if s, err := o.State(o.as("")); err != nil || !s.ScreenedOld {
		t.Errorf("those who came before it count as held against the new list: %+v, %v", s, err)
	}
}

// Who is erased, or takes another name, while the list is searched for them is not written down by the old name.
func TestDonorsChangeWhileTheyAreScreened(t *testing.T) {
	o := open(t)
	o.bring(firm("7", "Petrol Severny"), firm("9", "Oak and Ash Foundation"))
	o.donors.listed = func() {
		delete(o.donors.all, "d-petro")
		o.donors.all["d-oak"] = diligence.Subject{ID: "d-oak", Names: []string{"Meadow Holding"}}
	}
	if tally := o.screen(); tally.Created != 0 || tally.Screened != 2 {
		t.Errorf("%+v", tally)
	}
	if n := len(o.hits("d-petro")) + len(o.hits("d-oak")); n != 0 {
		t.Errorf("%d hits of names that nobody has", n)
	}
	one, err := o.ScreenOne(o.as("jonas"), "d-oak")
	if err != nil || len(one.Names) != 1 || one.Names[0] != "Meadow Holding" {
		t.Errorf("%+v, %v", one, err)
	}
}

// A case is opened once its donor was held against the list: where that fails, there is none.
func TestAListComesInWhileACaseIsOpened(t *testing.T) {
	o := open(t)
	o.list(firm("8", "Quite Another"))
	o.donors.asked = func() { // who it is; then
		o.donors.asked = func() { o.bring(firm("7", "Petrol Severny")) } // how they are on the list
	}
	if _, err := o.OpenCase(o.as("jonas"), "d-petro"); !fault.Is(err, fault.Stale) {
		t.Fatalf("%v", err)
	}
	page, err := o.Cases(o.as("jonas"), diligence.CaseSearch{}, store.Query{})
	if err != nil || len(page.Items) != 0 || o.donors.noted["d-petro"] != "" {
		t.Errorf("it failed and left %d cases, %v, %s", len(page.Items), err, o.donors.noted["d-petro"])
	}
	if _, err := o.OpenCase(o.as("jonas"), "d-petro"); err != nil || len(o.hits("d-petro")) != 1 {
		t.Errorf("tried again: %v", err)
	}
}
