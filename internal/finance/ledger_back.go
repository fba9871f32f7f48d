package finance

import (
	"cmp"
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// refunded gives how much of a line was given back, in minor units of its currency, without the refund except.
func (g *Ledger) refunded(ctx context.Context, id, except string) (back int64, err error) {
	list, err := g.repo.lines.Find(ctx, filter.Eq{Field: "refundOf", Value: id}, nil, 0)
	if err != nil {
		return 0, err
	}
	for _, l := range list {
		switch err := g.notReversed(ctx, l.ID); {
		case fault.Is(err, fault.Invalid) || l.ID == except:
		case err != nil:
			return 0, err
		default:
			back -= l.Amount.Minor
		}
	}
	return back, nil
}

// checkRefund refuses to give back more of a line than it brought, or in another currency.
func (g *Ledger) checkRefund(ctx context.Context, id string, amount Money, except string) error {
	of, err := g.Line(ctx, id)
	if err != nil {
		return err
	}
	if of.Amount.Currency != amount.Currency {
		return fault.Field("amount.currency", "The line was paid in %s.", of.Amount.Currency)
	}
	back, err := g.refunded(ctx, id, except)
	if err != nil {
		return err
	}
	if left := of.Amount.Minor - back; -amount.Minor > left {
		return fault.Field("amount", "No more than %s can be given back.", Money{Minor: max(left, 0), Currency: of.Amount.Currency})
	}
	return nil
}

// Refund gives back amount (positive) of a line on a day: a negative line that names it, with the same donor
// and the same attributes.
func (g *Ledger) Refund(ctx context.Context, id string, amount Money, on store.Date, note string) (*Income, error) {
	l := &Income{}
	return l, g.repo.db.Tx(ctx, func(ctx context.Context) error {
		of, err := g.Line(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case amount.Minor <= 0:
			return fault.Field("amount", "Write how much is given back, as a positive amount.")
		case of.Amount.Minor < 0 || of.ReversalOf != "":
			return fault.New(fault.Invalid, "This line brought nothing that could be given back.")
		case on < of.Date:
			return fault.Field("date", "It was paid on %s; nothing can be given back before.", of.Date)
		}
		if err := g.notReversed(ctx, id); err != nil {
			return err
		}
		if err := g.repo.touch(ctx, on); err != nil { // before looking, so that two refunds take turns
			return err
		}
		amount.Minor = -amount.Minor
		if err := g.checkRefund(ctx, id, amount, ""); err != nil {
			return err
		}
		e := entryOf(of)
		e.Date, e.Amount, e.Note = on, amount, note
		l.RefundOf = id
		return g.add(ctx, e, l)
	})
}

// notReversed refuses a line that was taken back.
func (g *Ledger) notReversed(ctx context.Context, id string) error {
	_, err := g.repo.lines.First(ctx, filter.Eq{Field: "reversalOf", Value: id})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "This line was taken back.")
}

// Reverse takes revision rev of a line back by a line of the opposite amount on a day in an open year, at the
// same frozen rate, so that the two are nothing together to the cent.
func (g *Ledger) Reverse(ctx context.Context, id string, rev int64, on store.Date, note string) (*Income, error) {
	l := &Income{}
	return l, g.repo.db.Tx(ctx, func(ctx context.Context) error {
		of, err := g.current(ctx, id, rev)
		if err != nil {
			return err
		}
		if on == "" {
			on = g.repo.today()
		}
		e := entryOf(of)
		e.Date, e.Note = on, note
		e.Amount.Minor = -e.Amount.Minor
		if err := e.onto(l); err != nil {
			return err
		}
		if on < of.Date {
			return fault.Field("date", "The line is of %s; it cannot be taken back before.", of.Date)
		}
		if err := g.repo.touch(ctx, on); err != nil {
			return err
		}
		if err := g.loose(ctx, of); err != nil {
			return err
		}
		l.ReversalOf, l.RefundOf, l.SplitID = id, "", ""
		l.Frozen, l.Unsettled = of.Frozen, of.Unsettled
		if of.Worth != nil {
			l.Worth = &Money{Minor: -of.Worth.Minor, Currency: of.Worth.Currency}
		}
		if err := g.repo.lines.Create(ctx, l); err != nil {
			return err
		}
		return g.unpaid(ctx, of)
	})
}

// unpaid makes due again what a payment had paid, once no part of it is left. A refund does not: the donor has paid,
// and what goes back is not owed to us again.
func (g *Ledger) unpaid(ctx context.Context, l *Income) error {
	if g.repo.Expectations == nil {
		return nil
	}
	if l.SplitID != "" {
		parts, err := g.repo.lines.Find(ctx, filter.Eq{Field: "splitId", Value: l.SplitID}, nil, 0)
		if err != nil {
			return err
		}
		for _, p := range parts {
			if err := g.notReversed(ctx, p.ID); !fault.Is(err, fault.Invalid) {
				return err // nil: this part still stands
			}
		}
	}
	return g.repo.Expectations.Unsettle(ctx, cmp.Or(l.SplitID, l.ID))
}
