package funding

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// Amendment is a change of what was signed. Before is what held until then, so that the agreement as it stood on
// any day can be seen.
type Amendment struct {
	ID      string            `json:"id"`
	Number  int               `json:"number"`
	On      store.Date        `json:"on" doc:"from this day on it holds"`
	Reason  string            `json:"reason"`
	By      string            `json:"by" doc:"the account that wrote it down"`
	Before  AgreementTerms    `json:"before"`
	Changes []AmendmentChange `json:"changes" nullable:"false"`
}

// AgreementTerms is the part of an agreement that changes by amendments.
type AgreementTerms struct {
	From        store.Date   `json:"from"`
	To          store.Date   `json:"to"`
	Amount      *money.Money `json:"amount,omitempty"`
	Instalments []Instalment `json:"instalments" nullable:"false"`
}

// AmendmentChange is one thing that an amendment has changed.
type AmendmentChange struct {
	What      string       `json:"what" enum:"from,to,amount,instalment"`
	Old       string       `json:"old,omitempty" doc:"a day, or the instalment in words; none: it is new"`
	New       string       `json:"new,omitempty" doc:"none: it is gone"`
	OldAmount *money.Money `json:"oldAmount,omitempty"`
	NewAmount *money.Money `json:"newAmount,omitempty"`
}

// AmendmentInput is what a person writes of an amendment. What is empty stays as it is.
type AmendmentInput struct {
	On          store.Date
	Reason      string
	From, To    store.Date
	Amount      *money.Money
	Instalments []Instalment // nil: they stay. Else all of them, those that stay by their id
}

// Amend changes what was signed, and keeps what held before.
func (r *Agreements) Amend(ctx context.Context, id string, rev int64, in AmendmentInput) (*Agreement, error) {
	return r.change(ctx, id, rev, func(ctx context.Context, a *Agreement) error {
		before := a.terms()
		if err := a.checkAmendment(in, r.Today()); err != nil {
			return err
		}
		if in.From != "" {
			a.From = in.From
		}
		if in.To != "" {
			a.To = in.To
		}
		if in.Amount != nil {
			a.Amount = in.Amount
		}
		if in.Instalments != nil {
			list, err := before.reschedule(in.Instalments)
			if err != nil {
				return err
			}
			a.Instalments = list
		}
		a.arrange()
		changes := before.changes(a.terms())
		if len(changes) == 0 {
			return fault.New(fault.Invalid, "Nothing is different from what holds now.")
		}
		a.Amendments = append(a.Amendments, Amendment{ID: store.NewID(), Number: len(a.Amendments) + 1, On: in.On,
			Reason: oneLine(in.Reason), By: access.From(ctx).AccountID, Before: before, Changes: changes})
		return nil
	})
}

func (a *Agreement) checkAmendment(in AmendmentInput, today store.Date) error {
	var c fault.Checks
	c.Require(a.SignedOn != "", "on", "What is not signed is simply changed.")
	c.Require(in.On != "", "on", "Say from which day on it holds.")
	checkDate(&c, "on", in.On)
	c.Require(in.On <= today, "on", "The day of the amendment lies ahead.")
	c.Require(in.On >= a.SignedOn, "on", "The amendment is older than the agreement.")
	if n := len(a.Amendments); n > 0 {
		c.Require(in.On >= a.Amendments[n-1].On, "on", "There is a later amendment, of %s.", a.Amendments[n-1].On)
	}
	c.Require(oneLine(in.Reason) != "", "reason", "Say why.")
	c.Require(len(in.Reason) <= 4*maxShortText, "reason", "The reason is longer than %d bytes.", 4*maxShortText)
	return c.Err()
}

// terms copies what holds.
func (a *Agreement) terms() AgreementTerms {
	t := AgreementTerms{From: a.From, To: a.To, Instalments: slices.Clone(a.Instalments)}
	if a.Amount != nil {
		amount := *a.Amount
		t.Amount = &amount
	}
	for i := range t.Instalments {
		t.Instalments[i].Allocations = slices.Clone(t.Instalments[i].Allocations)
	}
	return t
}

// reschedule makes the new instalments: those with a known id keep what has become of them, and what was paid stays.
func (t AgreementTerms) reschedule(wanted []Instalment) ([]Instalment, error) {
	list := make([]Instalment, 0, len(wanted))
	kept := map[string]bool{}
	for i, w := range wanted {
		field := fmt.Sprintf("instalments[%d]", i)
		p := Instalment{ID: store.NewID()}
		if w.ID != "" {
			at := instalment(t.Instalments, w.ID)
			if at < 0 || kept[w.ID] {
				return nil, fault.Field(field+".id", "There is no such instalment, or it is listed twice.")
			}
			kept[w.ID] = true
			p = t.Instalments[at]
			p.Allocations = slices.Clone(p.Allocations)
			if p.State == Paid && (!same(p.Amount, w.Amount) || p.Due != w.Due) {
				return nil, fault.Field(field+".amount", "It has been paid, so it stays as it is.")
			}
		}
		p.Kind, p.Due, p.Amount = w.Kind, w.Due, w.Amount
		list = append(list, p)
	}
	for _, p := range t.Instalments {
		if p.State == Paid && !kept[p.ID] {
			return nil, fault.Field("instalments", "A payment that has come stays: the one of %s is missing.", p.Due)
		}
	}
	return list, nil
}

// changes says what is different between two terms.
func (t AgreementTerms) changes(now AgreementTerms) []AmendmentChange {
	list := []AmendmentChange{}
	if t.From != now.From {
		list = append(list, AmendmentChange{What: "from", Old: string(t.From), New: string(now.From)})
	}
	if t.To != now.To {
		list = append(list, AmendmentChange{What: "to", Old: string(t.To), New: string(now.To)})
	}
	if !same(t.Amount, now.Amount) {
		list = append(list, AmendmentChange{What: "amount", OldAmount: t.Amount, NewAmount: now.Amount})
	}
	for _, p := range t.Instalments {
		at := instalment(now.Instalments, p.ID)
		switch {
		case at < 0:
			list = append(list, AmendmentChange{What: "instalment", Old: p.say(), OldAmount: p.Amount})
		case p.say() != now.Instalments[at].say() || !same(p.Amount, now.Instalments[at].Amount):
			n := now.Instalments[at]
			list = append(list, AmendmentChange{What: "instalment", Old: p.say(), New: n.say(), OldAmount: p.Amount, NewAmount: n.Amount})
		}
	}
	for _, p := range now.Instalments {
		if instalment(t.Instalments, p.ID) < 0 {
			list = append(list, AmendmentChange{What: "instalment", New: p.say(), NewAmount: p.Amount})
		}
	}
	return list
}

func (p *Instalment) say() string { return p.Kind + " " + string(p.Due) }

// On gives the agreement as it stood on a day: without what was signed, paid, submitted or closed later. A
// payment written down since, for a day before, is part of it.
func (a *Agreement) On(day store.Date) *Agreement {
	then := *a
	now := a.terms()
	then.Instalments = now.Instalments
	then.Amendments = nil
	for _, m := range a.Amendments {
		if m.On <= day {
			then.Amendments = append(then.Amendments, m)
			continue
		}
		then.From, then.To, then.Amount = m.Before.From, m.Before.To, m.Before.Amount
		then.Instalments = slices.Clone(m.Before.Instalments)
		if !same(then.Amount, a.Amount) {
			then.Frozen = money.Frozen{} // that of the amount of today
		}
		break
	}
	later := func(d *store.Date) {
		if *d > day {
			*d = ""
		}
	}
	for i := range then.Instalments {
		p := &then.Instalments[i]
		if at := instalment(now.Instalments, p.ID); at >= 0 {
			p.RequestedOn, p.PaidOn, p.IncomeID = now.Instalments[at].RequestedOn, now.Instalments[at].PaidOn, now.Instalments[at].IncomeID
		}
		later(&p.RequestedOn)
		later(&p.PaidOn)
		switch {
		case p.PaidOn != "":
			p.State = Paid
		case p.RequestedOn != "":
			p.State, p.IncomeID = Requested, ""
		default:
			p.State, p.IncomeID = Scheduled, ""
		}
	}
	then.Requirements = slices.Clone(a.Requirements)
	for i := range then.Requirements {
		q := &then.Requirements[i]
		later(&q.SubmittedOn)
		if later(&q.DecidedOn); q.DecidedOn == "" && (q.State != RequirementOpen) {
			q.State = RequirementOpen
			if q.SubmittedOn != "" {
				q.State = RequirementSubmitted
			}
		}
	}
	later(&then.SignedOn)
	later(&then.ClosedOn)
	then.arrange()
	return &then
}
