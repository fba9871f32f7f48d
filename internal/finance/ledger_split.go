package finance

import (
	"context"
	"fmt"

	"piper/internal/fault"
	"piper/internal/money"
)

// Split divides revision rev of a line into parts, which add up to it exactly, in its currency as in its worth.
// The first part keeps its id. Parts are all of its sign.
func (g *Ledger) Split(ctx context.Context, id string, rev int64, parts []Entry) ([]*Income, error) {
	var lines []*Income
	err := g.repo.db.Tx(ctx, func(ctx context.Context) error {
		lines = nil
		whole, err := g.current(ctx, id, rev)
		if err != nil {
			return err
		}
		if err := g.repo.touch(ctx, whole.Date); err != nil {
			return err
		}
		if err := g.loose(ctx, whole); err != nil {
			return err
		}
		if whole.SplitID != "" || whole.RefundOf != "" {
			return fault.New(fault.Invalid, "A part, or a refund, cannot be split.")
		}
		if lines, err = g.parts(ctx, whole, parts); err != nil {
			return err
		}
		first := lines[0]
		if lines[0], err = g.repo.lines.UpdateAt(ctx, id, rev, func(l *Income) error {
			meta := l.Meta
			*l = *first
			l.Meta = meta
			return nil
		}); err != nil {
			return err
		}
		return g.repo.lines.CreateMany(ctx, lines[1:])
	})
	return lines, err
}

// parts makes the lines of a payment.
func (g *Ledger) parts(ctx context.Context, whole *Income, parts []Entry) ([]*Income, error) {
	if len(parts) < 2 || len(parts) > maxParts {
		return nil, fault.Field("parts", "A payment is split into 2 to %d parts.", maxParts)
	}
	lines, weights, sum := make([]*Income, len(parts)), make([]int64, len(parts)), int64(0)
	for i, p := range parts {
		p.Date, p.Amount.Currency = whole.Date, whole.Amount.Currency
		if p.Amount.Minor == 0 || (p.Amount.Minor < 0) != (whole.Amount.Minor < 0) {
			return nil, fault.Field(fmt.Sprintf("parts[%d].amount", i), "Each part is an amount of the same sign as the whole.")
		}
		if p.Reference == "" {
			p.Reference = whole.Reference
		}
		l := &Income{ImportID: whole.ImportID, Row: whole.Row, Seq: whole.Seq, EntryID: whole.EntryID, SplitID: whole.ID}
		if err := g.fill(ctx, p, l); err != nil {
			return nil, fault.At(fmt.Sprintf("parts[%d].", i), err)
		}
		lines[i], sum = l, sum+l.Amount.Minor
		weights[i] = max(l.Amount.Minor, -l.Amount.Minor)
	}
	if sum != whole.Amount.Minor {
		return nil, fault.Field("parts", "The parts add up to %s, not to %s.", Money{Minor: sum, Currency: whole.Amount.Currency}, whole.Amount)
	}
	if whole.Worth != nil {
		for i, minor := range money.Split(whole.Worth.Minor, weights) {
			lines[i].Frozen, lines[i].Unsettled = whole.Frozen, whole.Unsettled
			lines[i].Worth = &Money{Minor: minor, Currency: whole.Worth.Currency}
		}
	}
	return lines, nil
}
