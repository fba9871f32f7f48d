package funding

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// Create adds an agreement. An opportunity that it comes from has to be awarded and without an agreement: of two at
// once, one is made and the other is told of it.
func (r *Agreements) Create(ctx context.Context, a *Agreement) (*Agreement, error) {
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkAward(ctx, a); err != nil {
			return err
		}
		if err := r.ready(ctx, a, nil); err != nil {
			return err
		}
		return r.agreements.Create(ctx, a)
	})
	if a.OpportunityID != "" && fault.Is(err, fault.Duplicate) {
		if first, ok, err := r.AwardedFrom(ctx, a.OpportunityID); err != nil || ok {
			if err == nil {
				err = hasAgreement(first)
			}
			return nil, err
		}
	}
	if err != nil {
		return nil, err
	}
	return a.show(ctx), nil
}

// Update changes revision rev of an agreement; Stale where it has changed since. The amount and the term of a
// signed one change by an amendment only.
func (r *Agreements) Update(ctx context.Context, id string, rev int64, change func(*Agreement)) (*Agreement, error) {
	return r.change(ctx, id, rev, func(_ context.Context, a *Agreement) error {
		was := *a
		change(a)
		if was.SignedOn == "" || a.SignedOn == "" {
			return nil
		}
		var c fault.Checks
		c.Require(same(was.Amount, a.Amount), "amount", "A signed amount changes by an amendment. To correct a slip, take the day of signing out first.")
		c.Require(was.From == a.From, "from", "A signed term changes by an amendment.")
		c.Require(was.To == a.To, "to", "A signed term changes by an amendment.")
		return c.Err()
	})
}

// change is the one way in which a stored agreement changes: in one transaction, after which everything about it
// has been checked anew.
func (r *Agreements) change(ctx context.Context, id string, rev int64, change func(context.Context, *Agreement) error) (*Agreement, error) {
	var saved *Agreement
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = r.agreements.UpdateAt(ctx, id, rev, func(a *Agreement) error {
			was := *a
			if err := change(ctx, a); err != nil {
				return err
			}
			return r.ready(ctx, a, &was)
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return saved.show(ctx), nil
}

// ready checks an agreement, was being what it was before, and freezes what it is worth on the day of signing.
func (r *Agreements) ready(ctx context.Context, a, was *Agreement) error {
	if err := a.tidy(r.Today()); err != nil {
		return err
	}
	if was == nil {
		was = &Agreement{}
	}
	if err := r.checkNames(ctx, a, was); err != nil {
		return err
	}
	if a.Worth != nil && same(was.Amount, a.Amount) && was.SignedOn == a.SignedOn {
		return nil // frozen
	}
	a.Frozen = money.Frozen{}
	if a.Amount == nil {
		return nil
	}
	on := a.SignedOn
	if on == "" {
		on = r.Today()
	}
	worth, err := r.exchange.Worth(ctx, *a.Amount, on)
	a.Frozen = worth
	return err
}

// checkNames refuses ids that nobody has; who was named before may be gone since.
func (r *Agreements) checkNames(ctx context.Context, a, was *Agreement) error {
	var c fault.Checks
	named := [...]struct{ field, id, old string }{
		{"donorId", a.DonorID, was.DonorID}, {"ultimateDonorId", a.UltimateDonorID, was.UltimateDonorID},
		{"passThrough.leadId", a.PassThrough.LeadID, was.PassThrough.LeadID},
	}
	var ids []string
	for _, n := range named {
		if n.id != "" && n.id != n.old {
			ids = append(ids, n.id)
		}
	}
	names, err := r.parties.Names(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range named {
		c.Require(n.id == n.old || n.id == "" || names[n.id] != "", n.field, "There is no stakeholder %s.", n.id)
	}
	us, err := r.colleagues.Names(ctx)
	if err != nil {
		return err
	}
	c.Require(a.OwnerID == "" || us[a.OwnerID] != "", "ownerId", "There is no such account.")
	for i, q := range a.Requirements {
		c.Require(q.OwnerID == "" || us[q.OwnerID] != "", fmt.Sprintf("requirements[%d].ownerId", i), "There is no such account.")
	}
	if a.RenewalOf != "" && a.RenewalOf != was.RenewalOf {
		_, err := r.agreements.Get(ctx, a.RenewalOf)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		c.Require(err == nil, "renewalOf", "There is no agreement %s.", a.RenewalOf)
	}
	return c.Err()
}

// Remove removes a draft that was a mistake. What was signed stays on record.
func (r *Agreements) Remove(ctx context.Context, id string, rev int64) error {
	return r.agreements.DeleteAt(ctx, id, rev, func(_ context.Context, a *Agreement) error {
		if a.SignedOn != "" {
			return fault.New(fault.Invalid, "A signed agreement stays on record. Close it instead.")
		}
		return nil
	})
}

// SetInstalment adds an instalment, or changes the one of that id; iid "" adds. A payment that has come keeps its
// amount until it is moved back.
func (r *Agreements) SetInstalment(ctx context.Context, id string, rev int64, iid string, change func(*Instalment)) (*Agreement, error) {
	at := -1
	a, err := r.change(ctx, id, rev, func(_ context.Context, a *Agreement) error {
		if iid == "" {
			a.Instalments = append(a.Instalments, Instalment{ID: store.NewID()})
			at = len(a.Instalments) - 1
		} else if at = instalment(a.Instalments, iid); at < 0 {
			return noInstalment()
		}
		p := &a.Instalments[at]
		was := *p
		change(p)
		if was.State == Paid && p.PaidOn != "" && !same(was.Amount, p.Amount) {
			return fault.Field("amount", "It has been paid. Move it back to scheduled to change its amount.")
		}
		return nil
	})
	return a, within(err, fmt.Sprintf("instalments[%d].", at))
}

// MoveInstalment says that a payment was requested or has come on a day, or takes that back. amount, where it is
// given, is what has come: often less than was scheduled.
func (r *Agreements) MoveInstalment(ctx context.Context, id string, rev int64, iid string, state InstalmentState, on store.Date, incomeID string, amount *money.Money) (*Agreement, error) {
	at := -1
	a, err := r.change(ctx, id, rev, func(_ context.Context, a *Agreement) error {
		if at = instalment(a.Instalments, iid); at < 0 {
			return noInstalment()
		}
		if on == "" {
			on = r.Today()
		}
		p := &a.Instalments[at]
		switch state {
		case Scheduled:
			p.RequestedOn, p.PaidOn, p.IncomeID = "", "", ""
		case Requested:
			p.RequestedOn, p.PaidOn, p.IncomeID = on, "", ""
		case Paid:
			p.PaidOn, p.IncomeID = on, incomeID
			if amount != nil {
				p.Amount = amount
			}
		default:
			return fault.Field("state", "The state is scheduled, requested or paid.")
		}
		return nil
	})
	return a, within(err, fmt.Sprintf("instalments[%d].", at))
}

// RemoveInstalment takes an instalment out that has not been paid.
func (r *Agreements) RemoveInstalment(ctx context.Context, id string, rev int64, iid string) (*Agreement, error) {
	return r.change(ctx, id, rev, func(_ context.Context, a *Agreement) error {
		at := instalment(a.Instalments, iid)
		if at < 0 {
			return noInstalment()
		}
		if a.Instalments[at].State == Paid {
			return fault.New(fault.Invalid, "A payment that has come stays on record. Move it back to scheduled first.")
		}
		a.Instalments = slices.Delete(a.Instalments, at, at+1)
		return nil
	})
}

func instalment(list []Instalment, id string) int {
	return slices.IndexFunc(list, func(p Instalment) bool { return p.ID == id })
}

func noInstalment() error { return fault.New(fault.NotFound, "There is no such instalment.") }
