package diligence_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/internal/store"
)

// One makes the decision, another agrees, and only then the donor is noted as cleared.
func TestFourEyes(t *testing.T) {
	o := open(t)
	o.list(firm("1", "Somebody Else Entirely"))
	c := o.answered("d-oak")
	if o.donors.noted["d-oak"] != "open" {
		t.Errorf("an open case notes %q", o.donors.noted["d-oak"])
	}
	c, err := o.Propose(o.as("jonas"), c.ID, c.Rev, diligence.CaseProposal{Outcome: diligence.Accept, Reason: "Known.", ExpiresOn: "2028-11-30"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Decide(o.as("jonas"), c.ID, c.Rev, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who proposed agrees to their own proposal: %v", err)
	}
	if o.donors.noted["d-oak"] != "open" {
		t.Errorf("a proposal notes %q", o.donors.noted["d-oak"])
	}
	if _, err := o.Decide(o.as("dimitra"), c.ID, c.Rev-1, ""); !fault.Is(err, fault.Stale) {
		t.Errorf("on an earlier revision: %v", err)
	}
	if c, err = o.Decide(o.as("dimitra"), c.ID, c.Rev, "Agreed."); err != nil {
		t.Fatal(err)
	}
	if c.Decision.By != "jonas" || c.Decision.ReviewerID != "dimitra" || c.Decision.On != "2026-11-27" || c.Decision.Screening.At == "" {
		t.Errorf("decision: %+v", c.Decision)
	}
	if o.donors.noted["d-oak"] != "cleared until 2028-11-30" {
		t.Errorf("the decision notes %q", o.donors.noted["d-oak"])
	}
	if _, err := o.UpdateCase(o.as("jonas"), c.ID, c.Rev, diligence.CaseFields{Notes: "later"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a decided case is changed: %v", err)
	}
}

// Where the donor cannot be noted, nothing is decided.
func TestDecisionAndDonorAreOneWrite(t *testing.T) {
	o := open(t)
	o.list(firm("1", "Somebody Else Entirely"))
	c := o.answered("d-oak")
	c, err := o.Propose(o.as("jonas"), c.ID, c.Rev, diligence.CaseProposal{Outcome: diligence.Accept, Reason: "Known.", ExpiresOn: "2028-11-30"})
	if err != nil {
		t.Fatal(err)
	}
	o.donors.fail = errors.New("the disk is full")
	if _, err := o.Decide(o.as("dimitra"), c.ID, c.Rev, ""); !errors.Is(err, o.donors.fail) {
		t.Errorf("decide: %v", err)
	}
	now, err := o.Case(o.as(""), c.ID)
	if err != nil || now.Decision != nil || now.Proposal == nil {
		t.Errorf("half done: %+v, %v", now, err)
	}
}

func TestStateFollowsFromDates(t *testing.T) {
	o := open(t)
	o.list(firm("1", "Somebody Else Entirely"))
	c := o.decided("d-oak", diligence.Conditions, "2027-01-15")
	count := func(s diligence.CaseSearch) int {
		page, err := o.Cases(o.as(""), s, store.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	standing := func() diligence.DonorStanding {
		all, err := o.Standings(o.as(""), []string{"d-oak"})
		if err != nil {
			t.Fatal(err)
		}
		return all["d-oak"]
	}
	if s := standing(); s.State != "conditions" || s.Warning != "" || !strings.Contains(s.Notice, "15 January 2027") {
		t.Errorf("within 60 days of its end: %+v", s)
	}
	for _, day := range []struct {
		now                       string
		state                     diligence.CaseState
		decided, expired, runsOut int
	}{
		{"2026-11-27", diligence.Decided, 1, 0, 1},
		{"2027-01-15", diligence.Decided, 1, 0, 1}, // the last day counts
		{"2027-01-16", diligence.Expired, 0, 1, 0},
	} {
		o.now, _ = time.Parse(time.DateOnly, day.now)
		if got := c.StateOn(o.Today()); got != day.state {
			t.Errorf("%s: %s", day.now, got)
		}
		d, e, r := count(diligence.CaseSearch{State: diligence.Decided}), count(diligence.CaseSearch{State: diligence.Expired}), count(diligence.CaseSearch{RunsOut: true})
		if d != day.decided || e != day.expired || r != day.runsOut {
			t.Errorf("%s: decided %d, expired %d, runs out %d", day.now, d, e, r)
		}
	}
	if s := standing(); s.State != "expired" || s.Warning == "" || s.Notice != "" {
		t.Errorf("behind its end: %+v", s)
	}
	again := o.decided("d-oak", diligence.Refuse, "2028-01-15")
	old, err := o.Case(o.as(""), c.ID)
	if err != nil || old.StateOn(o.Today()) != diligence.Replaced || old.ReplacedBy != again.ID {
		t.Errorf("the earlier case: %+v, %v", old, err)
	}
	if s := standing(); s.State != "refused" || o.donors.noted["d-oak"] != "refused until 2028-01-15" {
		t.Errorf("refused: %+v, %s", s, o.donors.noted["d-oak"])
	}
}

// What a merge has left on a donor, or a role that came later than its case, the night puts right, with a list or without.
func TestTheNightPutsStandingsRight(t *testing.T) {
	o := open(t)
	o.list(firm("1", "Somebody Else Entirely"))
	o.decided("d-oak", diligence.Accept, "2028-11-30")
	o.answered("d-ivan")
	o.donors.noted = map[string]string{"d-oak": "open", "d-petro": "cleared until 2027-01-01"}
	o.screen()
	if n := o.donors.noted; n["d-oak"] != "cleared until 2028-11-30" || n["d-petro"] != "" || n["d-ivan"] != "open" {
		t.Errorf("%+v", n)
	}
	o = open(t)
	o.donors.noted["d-petro"] = "open"
	if o.screen(); o.donors.noted["d-petro"] != "" {
		t.Errorf("without a list: %+v", o.donors.noted)
	}
}

// There is one open case of a donor, also where two open one at once, and each keeps its questions.
func TestOneOpenCase(t *testing.T) {
	o := open(t)
	var wg sync.WaitGroup
	results := make([]error, 2)
	for i := range results {
		wg.Go(func() { _, results[i] = o.OpenCase(o.as("jonas"), "d-oak") })
	}
	wg.Wait()
	if !(results[0] == nil && fault.Is(results[1], fault.Duplicate) || results[1] == nil && fault.Is(results[0], fault.Duplicate)) {
		t.Errorf("two at once: %v", results)
	}
	page, err := o.Cases(o.as(""), diligence.CaseSearch{State: diligence.Open}, store.Query{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%d, %v", len(page.Items), err)
	}
	c, n := page.Items[0], len(page.Items[0].Questions)
	policy, err := o.Policy(o.as("jonas"))
	if err != nil {
		t.Fatal(err)
	}
	next, err := o.SetPolicy(o.as("jonas"), policy.Rev, append(policy.Questions, diligence.Question{Text: " One  more? "}))
	if err != nil || next.Version != 2 || next.Questions[n].ID == "" || next.Questions[n].Text != "One more?" {
		t.Fatalf("%+v, %v", next, err)
	}
	if _, err := o.SetPolicy(o.as("jonas"), policy.Rev, policy.Questions); !fault.Is(err, fault.Stale) {
		t.Errorf("questions on an earlier revision: %v", err)
	}
	if c, err = o.Case(o.as(""), c.ID); err != nil || len(c.Questions) != n || c.PolicyVersion != 1 {
		t.Errorf("the open case has %d questions of version %d", len(c.Questions), c.PolicyVersion)
	}
	if err := o.RemoveCase(o.as("jonas"), c.ID, c.Rev); err != nil || o.donors.noted["d-oak"] != "" {
		t.Errorf("removed: %v, %q", err, o.donors.noted["d-oak"])
	}
	if _, err := o.OpenCase(o.as("jonas"), "nobody"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a case of nobody: %v", err)
	}
}

// Every fault names its field, and nothing is half done.
func TestWhatStandsInTheWay(t *testing.T) {
	o := open(t)
	c, err := o.OpenCase(o.as("jonas"), "d-petro")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []struct {
		in    diligence.CaseFields
		field string
	}{
		{diligence.CaseFields{Answers: []diligence.CaseAnswer{{QuestionID: "who", Verdict: "concern"}}}, "answers[0].note"},
		{diligence.CaseFields{Answers: []diligence.CaseAnswer{{QuestionID: "who", Verdict: "perhaps"}}}, "answers[0].verdict"},
		{diligence.CaseFields{Answers: []diligence.CaseAnswer{{QuestionID: "nothing", Verdict: "fine"}}}, "answers[0].questionId"},
		{diligence.CaseFields{Documents: []diligence.CaseDocument{{Name: "Statutes"}}}, "documents[0].where"},
		{diligence.CaseFields{Documents: []diligence.CaseDocument{{Name: "Statutes", Where: "Shelf 3", Dated: "2026-02-30"}}}, "documents[0].dated"},
	} {
		_, err := o.UpdateCase(o.as("jonas"), c.ID, c.Rev, bad.in)
		wrongField(t, err, bad.field)
	}
	for _, bad := range []struct {
		p     diligence.CaseProposal
		field string
	}{
		{diligence.CaseProposal{Outcome: diligence.Accept, ExpiresOn: "2027-01-01"}, "reason"},
		{diligence.CaseProposal{Outcome: diligence.Accept, Reason: "R", ExpiresOn: "2026-11-27"}, "expiresOn"},
		{diligence.CaseProposal{Outcome: diligence.Accept, Reason: "R", ExpiresOn: "2031-11-28"}, "expiresOn"},
		{diligence.CaseProposal{Outcome: diligence.Conditions, Reason: "R", ExpiresOn: "2027-01-01"}, "conditions"},
		{diligence.CaseProposal{Outcome: diligence.Accept, Reason: "R", ExpiresOn: "2027-01-01"}, "outcome"}, // unanswered, no list
	} {
		_, err := o.Propose(o.as("jonas"), c.ID, c.Rev, bad.p)
		wrongField(t, err, bad.field)
	}
	if now, err := o.Case(o.as(""), c.ID); err != nil || now.Rev != c.Rev {
		t.Errorf("something was written: %d, %v", now.Rev, err)
	}

	o.list(firm("7", "Petrol Severny"))
	if err := o.RemoveCase(o.as("jonas"), c.ID, c.Rev); err != nil {
		t.Fatal(err)
	}
	c = o.answered("d-petro")
	yes := diligence.CaseProposal{Outcome: diligence.Accept, Reason: "R", ExpiresOn: "2027-12-01"}
	_, err = o.Propose(o.as("jonas"), c.ID, c.Rev, yes)
	wrongField(t, err, "outcome") // a possible match is not judged
	o.judge(o.hits("d-petro")[0], diligence.ConfirmedHit)
	_, err = o.Propose(o.as("jonas"), c.ID, c.Rev, yes)
	wrongField(t, err, "outcome") // it is them
	no := yes
	no.Outcome = diligence.Refuse
	if c, err = o.Propose(o.as("jonas"), c.ID, c.Rev, no); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Return(o.as("dimitra"), c.ID, c.Rev, ""); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("given back without a word: %v", err)
	}
	if c, err = o.UpdateCase(o.as("jonas"), c.ID, c.Rev, diligence.CaseFields{Answers: c.Answers, Notes: "More."}); err != nil || c.Proposal != nil {
		t.Errorf("a change leaves the proposal: %+v, %v", c.Proposal, err)
	}
}

func wrongField(t *testing.T, err error, field string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 || f.Fields[0].Field != field {
		t.Errorf("want a fault of %s, got %v", field, err)
	}
}
