package funding_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
)

// TestStateIsTheFilter: for agreements of many dates, the list of each state holds exactly those that StateOn puts
// into it, on any day.
func TestStateIsTheFilter(t *testing.T) {
	b := openBooks(t)
	rng := rand.New(rand.NewPCG(1, 2))
	day := func(n int) store.Date {
		return store.Date(time.Date(2026, 5, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	b.now = time.Date(2026, 8, 30, 10, 0, 0, 0, time.UTC) // all days of the past may be written
	for i := range 60 {
		a := &funding.Agreement{Title: fmt.Sprint(i), DonorID: "d-1", From: day(rng.IntN(60)), Amount: euros(1)}
		a.To = max(a.From, day(rng.IntN(90)))
		if rng.IntN(4) > 0 {
			a.SignedOn = day(rng.IntN(60))
			if rng.IntN(3) == 0 {
				a.ClosedOn = max(a.SignedOn, day(rng.IntN(90)))
			}
		}
		_, err := b.Create(b.fundraiser(), a)
		b.ok(err)
	}
	for _, today := range []int{0, 20, 45, 60, 100} {
		b.now = time.Date(2026, 5, 1+today, 10, 0, 0, 0, time.UTC)
		wanted, total := map[funding.AgreementState]int{}, 0
		b.ok(b.Walk(b.fundraiser(), funding.AgreementSearch{}, store.Query{}, func(page []*funding.Agreement) error {
			for _, a := range page {
				wanted[a.StateOn(b.Today())]++
			}
			return nil
		}))
		for _, state := range funding.AgreementStates {
			page, err := b.Page(b.fundraiser(), funding.AgreementSearch{State: state}, store.Query{Limit: 100})
			b.ok(err)
			total += page.Total
			for _, a := range page.Items {
				if got := a.StateOn(b.Today()); got != state {
					t.Errorf("day %d: %s is listed as %s: %+v", today, got, state, a)
				}
			}
			if page.Total != wanted[state] {
				t.Errorf("day %d: %d are listed as %s, %d are", today, page.Total, state, wanted[state])
			}
		}
		if total != 60 {
			t.Errorf("day %d: %d of 60 are in some state", today, total)
		}
	}
}

// TestNoWayToAnAmount walks every read as an advocate: agreements, amendments, what comes up, what is secured, the
// timeline. No number of money comes out, and no order tells one.
func TestNoWayToAnAmount(t *testing.T) {
	b := openBooks(t)
	a := b.signed()
	a, err := b.SetInstalment(b.fundraiser(), a.ID, a.Rev, a.Instalments[1].ID, func(p *funding.Instalment) {
		p.Allocations = []funding.Allocation{{Fund: "Core", Weight: 77_777}, {Project: "Return", Year: 2026, Weight: 42_223}}
	})
	b.ok(err)
	a, err = b.Amend(b.fundraiser(), a.ID, a.Rev, funding.AmendmentInput{On: "2026-02-01", Reason: "More countries", Amount: euros(450_000)})
	b.ok(err)
	a, err = b.Update(b.fundraiser(), a.ID, a.Rev, func(a *funding.Agreement) { a.CoFinancing.Amount = euros(44_444) })
	b.ok(err)
	reads := map[string]func(context.Context) (any, error){
		"get":   func(ctx context.Context) (any, error) { return b.Get(ctx, a.ID) },
		"as of": func(ctx context.Context) (any, error) { one, err := b.Get(ctx, a.ID); return one.On("2025-06-01"), err },
		"page":  func(ctx context.Context) (any, error) { return b.Page(ctx, funding.AgreementSearch{}, store.Query{}) },
		"found": func(ctx context.Context) (any, error) {
			return b.Page(ctx, funding.AgreementSearch{}, store.Query{Text: "safe"})
		},
		"of":      func(ctx context.Context) (any, error) { return b.Of(ctx, "d-ec") },
		"coming":  func(ctx context.Context) (any, error) { return b.Obligations(ctx, funding.ObligationSearch{}) },
		"secured": func(ctx context.Context) (any, error) { return b.Secured(ctx) },
		"accrued": func(ctx context.Context) (any, error) { return b.Accrued(ctx, time.January) },
		"export": func(ctx context.Context) (any, error) {
			var all []any
			err := b.Walk(ctx, funding.AgreementSearch{}, store.Query{}, func(page []*funding.Agreement) error {
				for _, a := range page {
					all = append(all, a, a.Progress(), a.Notices("2026-06-15"))
				}
				return nil
			})
			return all, err
		},
		"export of words": func(ctx context.Context) (any, error) {
			var all []any
			err := b.Walk(ctx, funding.AgreementSearch{}, store.Query{Text: "return"}, func(page []*funding.Agreement) error { all = append(all, page); return nil })
			return all, err
		},
		"timeline": func(ctx context.Context) (any, error) { return b.Happened(ctx, "d-ec", "", "", 100) },
	}
	for name, read := range reads {
		for _, role := range []access.Role{access.Fundraiser, access.Advocate} {
			got, err := read(b.as(role))
			b.ok(err)
			text, err := json.Marshal(got)
			b.ok(err)
			if len(text) < 20 {
				t.Errorf("%s as %s gives nothing, so nothing is shown: %s", name, role, text)
			}
			shows := strings.Contains(string(text), `inor":`) || strings.Contains(string(text), "weight")
			if shows != (role == access.Fundraiser && name != "timeline") {
				t.Errorf("%s as %s: amounts shown: %v: %s", name, role, shows, text)
			}
		}
	}
	for role, refused := range map[access.Role]bool{access.Advocate: true, access.Board: false} {
		_, err := b.Page(b.as(role), funding.AgreementSearch{}, store.Query{Sort: sortBy("worth.minor")})
		if fault.Is(err, fault.Invalid) != refused {
			t.Errorf("sorted by amount as %s: %v", role, err)
		}
	}
}

// TestBadInput: what is wrong is named, and nothing is half done.
func TestBadInput(t *testing.T) {
	b := openBooks(t)
	for field, spoil := range map[string]func(*funding.Agreement){
		"title":              func(a *funding.Agreement) { a.Title = "  " },
		"donorId":            func(a *funding.Agreement) { a.DonorID = "nobody" },
		"ultimateDonorId":    func(a *funding.Agreement) { a.UltimateDonorID = "nobody" },
		"passThrough.leadId": func(a *funding.Agreement) { a.PassThrough.LeadID = "nobody" },
		"ownerId":            func(a *funding.Agreement) { a.OwnerID = "nobody" },
		"renewalOf":          func(a *funding.Agreement) { a.RenewalOf = "nothing" },
		"signedOn":           func(a *funding.Agreement) { a.SignedOn = "2026-06-16" },
		"from":               func(a *funding.Agreement) { a.From = "1.2.2025" },
		"to":                 func(a *funding.Agreement) { a.To = "2025-01-31" },
		"amount":             func(a *funding.Agreement) { a.Amount = nil },
		"closedOn":           func(a *funding.Agreement) { a.ClosedOn = "2024-12-31" },
		"overhead.points":    func(a *funding.Agreement) { a.Overhead = funding.Overhead{Points: 701, Cap: 700} },
		"coFinancing.points": func(a *funding.Agreement) { a.CoFinancing.Points = 10_001 },
		"earmarking":         func(a *funding.Agreement) { a.Earmarking = "loose" },
		"operatingGrant":     func(a *funding.Agreement) { a.OperatingGrant, a.SourceType = true, "foundation" },
	} {
		a := &funding.Agreement{Title: "A", DonorID: "d-1", SignedOn: "2025-01-10", From: "2025-02-01", To: "2025-12-31", Amount: euros(10), SourceType: "eu"}
		spoil(a)
		if _, err := b.Create(b.fundraiser(), a); !slices.Contains(names(err), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, m := range []*money.Money{{Minor: -1, Currency: "EUR"}, {Minor: 1, Currency: "EURO"}, {Minor: money.MaxMinor + 1, Currency: "EUR"}} {
		if _, err := b.Create(b.fundraiser(), &funding.Agreement{Title: "A", DonorID: "d-1", Amount: m}); !slices.Equal(names(err), []string{"amount"}) {
			t.Errorf("%v: %v", m, err)
		}
	}
	page, err := b.Page(b.fundraiser(), funding.AgreementSearch{}, store.Query{})
	b.ok(err)
	if page.Total != 0 {
		t.Errorf("%d agreements were made of bad input", page.Total)
	}
}

// TestInstalments: a payment goes its way, allocations add up exactly whatever the amount, more than the agreement
// is told, and what was paid stays.
func TestInstalments(t *testing.T) {
	b := openBooks(t)
	a := b.signed()
	balance := a.Instalments[2].ID
	for _, minor := range []int64{1, 100, 8_000_001} {
		one, err := b.SetInstalment(b.fundraiser(), a.ID, a.Rev, balance, func(p *funding.Instalment) {
			p.Amount = &money.Money{Minor: minor, Currency: "EUR"}
			p.Allocations = []funding.Allocation{{Fund: "A", Weight: 1}, {Fund: "B", Weight: 1}, {Fund: "C", Weight: 1}}
		})
		b.ok(err)
		var sum int64
		for _, part := range one.Instalments[2].Allocations {
			sum += part.Amount.Minor
		}
		if sum != minor {
			t.Errorf("allocations of %d add up to %d", minor, sum)
		}
		a = one
	}
	if list := a.Notices("2026-06-15"); len(list) != 1 || !strings.Contains(list[0], "EUR 0.01 more") {
		t.Errorf("400,000.01 under an agreement of 400,000.00: %q", list)
	}
	for field, spoil := range map[string]func(*funding.Instalment){
		"amount":              func(p *funding.Instalment) { p.Amount = &money.Money{Minor: 5, Currency: "CHF"} },
		"due":                 func(p *funding.Instalment) { p.Due = "" },
		"kind":                func(p *funding.Instalment) { p.Kind = "gift" },
		"allocations":         func(p *funding.Instalment) { p.Allocations = []funding.Allocation{{Fund: "A"}} },
		"allocations[0].fund": func(p *funding.Instalment) { p.Allocations = []funding.Allocation{{Weight: 1}} },
	} {
		if _, err := b.SetInstalment(b.fundraiser(), a.ID, a.Rev, balance, spoil); !slices.Contains(names(err), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	move := func(state funding.InstalmentState, on store.Date, amount *money.Money) error {
		one, err := b.MoveInstalment(b.fundraiser(), a.ID, a.Rev, balance, state, on, "", amount)
		if err == nil {
			a = one
		}
		return err
	}
	b.ok(move(funding.Requested, "2026-06-01", nil))
	if err := move(funding.Paid, "2026-05-31", nil); !slices.Equal(names(err), []string{"paidOn"}) {
		t.Errorf("paid before it was requested: %v", err)
	}
	if err := move(funding.Paid, "2026-06-16", nil); !slices.Equal(names(err), []string{"paidOn"}) {
		t.Errorf("paid tomorrow: %v", err)
	}
	b.ok(move(funding.Paid, "", euros(70_000)))
	if p := a.Instalments[2]; p.State != funding.Paid || p.PaidOn != "2026-06-15" || p.Amount.Minor != 7_000_000 || a.Progress().Paid.Minor != 7_000_000 || a.Progress().Unplanned.Minor != 1_000_000 {
		t.Errorf("paid: %+v, %+v", p, a.Progress())
	}
	_, err := b.SetInstalment(b.fundraiser(), a.ID, a.Rev, balance, func(p *funding.Instalment) { p.Amount = euros(1) })
	if !slices.Equal(names(err), []string{"amount"}) {
		t.Errorf("another amount of what was paid: %v", err)
	}
	if _, err := b.RemoveInstalment(b.fundraiser(), a.ID, a.Rev, balance); !fault.Is(err, fault.Invalid) {
		t.Errorf("what was paid is removed: %v", err)
	}
	b.ok(move(funding.Scheduled, "", nil))
	a, err = b.RemoveInstalment(b.fundraiser(), a.ID, a.Rev, balance)
	b.ok(err)
	if len(a.Instalments) != 2 {
		t.Errorf("%d instalments", len(a.Instalments))
	}
	if _, err := b.MoveInstalment(b.fundraiser(), a.ID, a.Rev, balance, funding.Paid, "", "", nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("a payment that is gone: %v", err)
	}
}

// TestAwardBecomesAnAgreement: what is named has to be there, awarded, and without an agreement, and a refusal names
// the field and leaves nothing.
func TestAwardBecomesAnAgreement(t *testing.T) {
	b := openBooks(t)
	for id, want := range map[string]string{"nobody": "There is no opportunity", "o2": "it stands at submitted", "o3": "is in the trash"} {
		_, err := b.Create(b.fundraiser(), &funding.Agreement{Title: "Too early", DonorID: "d-1", OpportunityID: id})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "opportunityId: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, ok, err := b.AwardedFrom(b.fundraiser(), "o1"); ok || err != nil {
		t.Errorf("before: %v, %v", ok, err)
	}
	made, err := b.Create(b.fundraiser(), &funding.Agreement{Title: "Awarded", DonorID: "d-1", OpportunityID: "o1", Amount: euros(7)})
	b.ok(err)
	if a, ok, err := b.AwardedFrom(b.fundraiser(), "o1"); !ok || err != nil || a.ID != made.ID {
		t.Errorf("after: %v, %v, %v", a, ok, err)
	}
	if page, err := b.Page(b.fundraiser(), funding.AgreementSearch{}, store.Query{Limit: 10}); err != nil || page.Total != 1 {
		t.Errorf("%d agreements, %v", page.Total, err)
	}
}

// TestTwoAtOnce: of twenty who write the same revision one gets through, and an award that is written twenty times
// is one agreement.
func TestTwoAtOnce(t *testing.T) {
	b := openBooks(t)
	a := b.signed()
	var group sync.WaitGroup
	won, ids := make(chan error, 20), make(chan string, 20)
	for range 20 {
		group.Go(func() {
			_, err := b.MoveInstalment(b.fundraiser(), a.ID, a.Rev, a.Instalments[0].ID, funding.Requested, "", "", nil)
			won <- err
			made, err := b.Create(b.fundraiser(), &funding.Agreement{Title: "Awarded", DonorID: "d-1", OpportunityID: "o1"})
			if err == nil {
				ids <- made.ID
			} else if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "has its agreement already") {
				t.Error(err)
			}
		})
	}
	group.Wait()
	through := 0
	for range 20 {
		if err := <-won; err == nil {
			through++
		} else if !fault.Is(err, fault.Stale) {
			t.Error(err)
		}
	}
	close(ids)
	made := map[string]bool{}
	for id := range ids {
		made[id] = true
	}
	if through != 1 || len(made) != 1 {
		t.Errorf("%d got through, %d agreements were made", through, len(made))
	}
}

// TestRequirements: proposals follow the rules, each added one has its task, states move, and tasks follow.
func TestRequirements(t *testing.T) {
	b := openBooks(t)
	a := b.signed()
	rules, err := b.Rules(b.fundraiser())
	b.ok(err)
	titles := func(a *funding.Agreement) string {
		var list []string
		for _, q := range a.Propose(rules.Rules) {
			list = append(list, string(q.Due)+" "+q.Title)
		}
		return strings.Join(list, "; ")
	}
	if got, want := titles(a), "2026-04-01 Interim report; 2027-04-01 Final narrative report; 2027-04-01 Final financial report; "+
		"2027-04-01 Certificate on the financial statements; 2025-03-03 EU emblem and funding statement"; got != want {
		t.Errorf("proposed:\n%s\nwanted:\n%s", got, want)
	}
	for programme, certificate := range map[string]bool{"Horizon Europe": false, "HORIZON-CL2": false, "AMIF": true} {
		one := *a
		if one.Programme = programme; strings.Contains(titles(&one), "Certificate") != certificate {
			t.Errorf("EUR 400,000 of %s: %s", programme, titles(&one))
		}
	}
	one := *a
	one.Amount, one.Worth = euros(325_000), euros(325_000)
	if strings.Contains(titles(&one), "Certificate") {
		t.Error("exactly the threshold is not above it")
	}
	// The threshold is in euros. In books in francs the agreement's own euros are held against it, not its francs.
	one.Worth = &money.Money{Minor: 400_000_00, Currency: "CHF"}
	if strings.Contains(titles(&one), "Certificate") {
		t.Error("francs are held against euros")
	}
	if one.Amount = euros(400_000); !strings.Contains(titles(&one), "Certificate") {
		t.Error("euros above the threshold are not told by their amount")
	}
	if one.Amount = one.Worth; strings.Contains(titles(&one), "Certificate") {
		t.Error("francs that are worth francs are held against euros")
	}
	one.Amount, one.Worth = &money.Money{Minor: 1_00, Currency: "USD"}, euros(400_000)
	if !strings.Contains(titles(&one), "Certificate") {
		t.Error("another currency is not told by its worth in euros")
	}

	proposed := a.Propose(rules.Rules)
	for i := range proposed {
		proposed[i].OwnerID = "kat"
	}
	a, err = b.AddRequirements(b.fundraiser(), a.ID, a.Rev, proposed, "")
	b.ok(err)
	if len(a.Requirements) != 5 || len(b.todo.made) != 5 || a.Requirements[0].TaskIDs[0] == "" || len(a.Propose(rules.Rules)) != 0 {
		t.Fatalf("%d requirements, %d tasks, proposed again: %v", len(a.Requirements), len(b.todo.made), a.Propose(rules.Rules))
	}
	if a.OverdueRequirements("2026-06-15") != 2 || a.NextDue() != "2025-03-03" {
		t.Errorf("%d overdue, next %s", a.OverdueRequirements("2026-06-15"), a.NextDue())
	}
	report := a.Requirements[1] // interim
	move := func(state funding.RequirementState, on store.Date) error {
		one, err := b.MoveRequirement(b.fundraiser(), a.ID, a.Rev, report.ID, state, on, "")
		if err == nil {
			a = one
		}
		return err
	}
	if err := move(funding.RequirementAccepted, ""); !slices.Equal(names(err), []string{"state"}) {
		t.Errorf("accepted before it was submitted: %v", err)
	}
	b.ok(move(funding.RequirementSubmitted, "2026-03-30"))
	if task := report.TaskIDs[0]; !b.todo.settled[task] {
		t.Error("the task of what was submitted is open")
	}
	b.ok(move(funding.RequirementRejected, "2026-06-01"))
	if task := report.TaskIDs[0]; b.todo.settled[task] || a.OverdueRequirements("2026-06-15") != 2 {
		t.Error("what was rejected is owed again")
	}
	a, err = b.ChangeRequirement(b.fundraiser(), a.ID, a.Rev, report.ID, funding.RequirementChange{Kind: "narrative", Title: "Interim report", Due: "2026-04-11", OwnerID: "kat"})
	b.ok(err)
	if got := b.todo.shifted[report.TaskIDs[0]]; got != 10 {
		t.Errorf("the task moved by %d days, not 10", got)
	}
	for field, to := range map[string]funding.RequirementChange{
		"due": {Kind: "narrative", Title: "T"}, "title": {Kind: "narrative", Due: "2026-04-11"}, "kind": {Title: "T", Due: "2026-04-11"},
		"ownerId": {Kind: "audit", Title: "T", Due: "2026-04-11", OwnerID: "nobody"},
	} {
		if _, err := b.ChangeRequirement(b.fundraiser(), a.ID, a.Rev, report.ID, to); !slices.Equal(names(err), []string{field}) {
			t.Errorf("%s: %v", field, err)
		}
	}
	// Where the tasks cannot be made, neither is the requirement.
	b.todo.refuse = errors.New("no room")
	if _, err := b.AddRequirements(b.fundraiser(), a.ID, a.Rev, []funding.Requirement{{Kind: "audit", Title: "Audit", Due: "2027-01-01", OwnerID: "kat"}}, ""); err == nil {
		t.Error("a requirement without its task was added")
	}
	after, err := b.Get(b.fundraiser(), a.ID)
	b.ok(err)
	if after.Rev != a.Rev {
		t.Error("the agreement was written")
	}
}

// TestRulesAreData: they are edited under a revision, and bad ones are named.
func TestRulesAreData(t *testing.T) {
	b := openBooks(t)
	mine := []funding.RequirementRule{{Label: "Ours", Kind: "audit", Title: "Audit", When: "end", Days: 30, Above: euros(10)}}
	rules, err := b.SetRules(b.fundraiser(), 0, mine)
	b.ok(err)
	if rules.Rules[0].ID == "" || rules.Rev != 1 {
		t.Errorf("%+v", rules)
	}
	if _, err := b.SetRules(b.fundraiser(), 0, mine); !fault.Is(err, fault.Stale) {
		t.Errorf("written again as the first: %v", err)
	}
	if got := b.signed().Propose(rules.Rules); len(got) != 1 || got[0].Due != "2027-03-02" {
		t.Errorf("%+v", got)
	}
	_, err = b.SetRules(b.fundraiser(), 1, []funding.RequirementRule{{Kind: "audit", When: "never", Above: &money.Money{Minor: 1, Currency: "CHF"}}})
	if got := names(err); !slices.Equal(got, []string{"rules[0].above", "rules[0].title", "rules[0].when"}) {
		t.Errorf("%v", got)
	}
}
