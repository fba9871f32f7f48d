package funding

import (
	"cmp"
	"fmt"
	"slices"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// InstalmentState says how far a payment is.
type InstalmentState string

// The states. Pre-financing is often paid without having been requested.
const (
	Scheduled InstalmentState = "scheduled"
	Requested InstalmentState = "requested"
	Paid      InstalmentState = "paid"
)

var instalmentKinds = []string{"prefinancing", "interim", "balance", "other"}

// Instalment is a payment due or paid under an agreement, in the agreement's currency.
type Instalment struct {
	ID          string          `json:"id"`
	Kind        string          `json:"kind" enum:"prefinancing,interim,balance,other"`
	Due         store.Date      `json:"due"`
	Amount      *money.Money    `json:"amount,omitempty"`
	State       InstalmentState `json:"state" enum:"scheduled,requested,paid" doc:"follows from the dates"`
	RequestedOn store.Date      `json:"requestedOn,omitempty"`
	PaidOn      store.Date      `json:"paidOn,omitempty"`
	IncomeID    string          `json:"incomeId,omitempty" doc:"the income line by which it came"`
	Earmarking  string          `json:"earmarking,omitempty" enum:"unearmarked,soft,earmarked,tight" doc:"the agreement's where empty"`
	Note        string          `json:"note,omitempty"`
	Allocations []Allocation    `json:"allocations" nullable:"false" doc:"together exactly the amount"`
}

// Allocation is a part of an instalment for a fund, a project or a year. The amount follows from the weight:
// weights 1, 1, 1 are thirds, and what cannot be divided goes to the largest remainders.
type Allocation struct {
	Fund    string       `json:"fund,omitempty" maxLength:"200"`
	Project string       `json:"project,omitempty" maxLength:"200"`
	Year    int          `json:"year,omitempty"`
	Weight  int64        `json:"weight,omitempty" minimum:"0" maximum:"1000000000000000" doc:"its share is this over the sum of all weights"`
	Amount  *money.Money `json:"amount,omitempty"`
}

const maxAllocations = 50

// tidy puts the i-th instalment of a into its one form. Allocations are divided anew, so they always add up.
func (p *Instalment) tidy(c *fault.Checks, i int, a *Agreement, day store.Date) {
	at := func(field string) string { return fmt.Sprintf("instalments[%d].%s", i, field) }
	p.Note, p.IncomeID = oneLine(p.Note), oneLine(p.IncomeID)
	oneOf(c, at("kind"), p.Kind, instalmentKinds)
	c.Require(p.Due != "", at("due"), "Say when it is due.")
	for field, d := range map[string]store.Date{"due": p.Due, "requestedOn": p.RequestedOn, "paidOn": p.PaidOn} {
		checkDate(c, at(field), d)
	}
	c.Require(p.RequestedOn <= day, at("requestedOn"), "The day of the request lies ahead.")
	c.Require(p.PaidOn <= day, at("paidOn"), "The day of payment lies ahead.")
	c.Require(p.PaidOn == "" || p.PaidOn >= p.RequestedOn, at("paidOn"), "It was paid before it was requested.")
	c.Require(a.SignedOn != "" || p.RequestedOn == "" && p.PaidOn == "", at("state"), "Nothing is requested or paid before the agreement is signed.")
	c.Require(p.Amount != nil, at("amount"), "An amount is needed.")
	checkAmount(c, at("amount"), p.Amount, a.currency())
	c.Require(len(p.Note) <= maxShortText, at("note"), "The note is longer than %d bytes.", maxShortText)
	if p.Earmarking != "" {
		oneOf(c, at("earmarking"), p.Earmarking, earmarkings)
	}
	switch {
	case p.PaidOn != "":
		p.State = Paid
	case p.RequestedOn != "":
		p.State = Requested
	default:
		p.State = Scheduled
	}
	c.Require(p.State == Paid || p.IncomeID == "", at("incomeId"), "An income line belongs to a payment that has come.")
	p.allocate(c, at)
}

// allocate divides the amount over the allocations.
func (p *Instalment) allocate(c *fault.Checks, at func(string) string) {
	if p.Allocations == nil {
		p.Allocations = []Allocation{}
	}
	c.Require(len(p.Allocations) <= maxAllocations, at("allocations"), "There are more than %d allocations.", maxAllocations)
	weights := make([]int64, len(p.Allocations))
	for j := range p.Allocations {
		one, in := &p.Allocations[j], func(field string) string { return fmt.Sprintf("%s[%d].%s", at("allocations"), j, field) }
		one.Fund, one.Project = oneLine(one.Fund), oneLine(one.Project)
		weights[j] = one.Weight
		c.Require(one.Fund != "" || one.Project != "" || one.Year != 0, in("fund"), "Name a fund, a project or a year.")
		c.Require(one.Year == 0 || one.Year >= 1990 && one.Year <= 2100, in("year"), "%d is not a year between 1990 and 2100.", one.Year)
		c.Require(one.Weight >= 0 && one.Weight <= money.MaxMinor, in("weight"), "A weight is zero or more.")
	}
	if len(weights) == 0 || p.Amount == nil {
		return
	}
	parts := money.Split(p.Amount.Minor, weights)
	c.Require(parts != nil, at("allocations"), "At least one allocation needs a weight above zero.")
	for j := range parts {
		p.Allocations[j].Amount = &money.Money{Minor: parts[j], Currency: p.Amount.Currency}
	}
}

// arrange puts instalments and requirements in order of their due dates.
func (a *Agreement) arrange() {
	if a.Instalments == nil {
		a.Instalments = []Instalment{}
	}
	if a.Requirements == nil {
		a.Requirements = []Requirement{}
	}
	if a.Amendments == nil {
		a.Amendments = []Amendment{}
	}
	slices.SortStableFunc(a.Instalments, func(x, y Instalment) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), cmp.Compare(x.ID, y.ID))
	})
	slices.SortStableFunc(a.Requirements, func(x, y Requirement) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), cmp.Compare(x.ID, y.ID))
	})
}

// AgreementProgress says how much of an agreement's amount is where. The parts may add up to more than the amount,
// which Over then says.
type AgreementProgress struct {
	Paid      money.Money `json:"paid"`
	Requested money.Money `json:"requested"`
	Scheduled money.Money `json:"scheduled"`
	Unplanned money.Money `json:"unplanned" doc:"of the amount, in no instalment"`
	Over      money.Money `json:"over" doc:"instalments beyond the amount"`
}

// Progress adds the instalments up; nil where there is no amount, or none that the reader may see.
func (a *Agreement) Progress() *AgreementProgress {
	if a.Amount == nil {
		return nil
	}
	of := func(n int64) money.Money { return money.Money{Minor: n, Currency: a.Amount.Currency} }
	sums := map[InstalmentState]int64{}
	var all int64
	for _, p := range a.Instalments {
		if p.Amount != nil {
			sums[p.State] += p.Amount.Minor
			all += p.Amount.Minor
		}
	}
	return &AgreementProgress{Paid: of(sums[Paid]), Requested: of(sums[Requested]), Scheduled: of(sums[Scheduled]),
		Unplanned: of(max(0, a.Amount.Minor-all)), Over: of(max(0, all-a.Amount.Minor))}
}

// Notices says what somebody should look at, in sentences. Those about amounts are for who may see them.
func (a *Agreement) Notices(day store.Date) []string {
	list := []string{}
	if p := a.Progress(); p != nil && p.Over.Minor > 0 {
		list = append(list, fmt.Sprintf("The instalments add up to %s more than the agreement.", p.Over))
	}
	if a.Amount != nil && a.Worth == nil {
		list = append(list, fmt.Sprintf("No rate of %s was known for the day of signing, so no figure counts this agreement.", a.Amount.Currency))
	}
	if n := a.OverdueRequirements(day); n > 0 && a.StateOn(day) == Closed {
		list = append(list, "It is closed, and something is still owed under it.")
	}
	return list
}

// OverdueRequirements counts what should have been done before that day.
func (a *Agreement) OverdueRequirements(day store.Date) int {
	n := 0
	for i := range a.Requirements {
		if a.Requirements[i].Overdue(day) {
			n++
		}
	}
	return n
}

// NextDue gives the next day on which we owe something, overdue ones included; "" where nothing is owed.
func (a *Agreement) NextDue() store.Date {
	for i := range a.Requirements { // in order of their dates
		if a.Requirements[i].Owed() {
			return a.Requirements[i].Due
		}
	}
	return ""
}
