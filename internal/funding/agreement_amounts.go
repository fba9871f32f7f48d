package funding

import (
	"context"

	"piper/internal/access"
	"piper/internal/money"
)

// seesAmounts reports whether the reader of ctx may know how much money it is.
func seesAmounts(ctx context.Context) bool { return access.From(ctx).May(access.AmountsRead) }

// show leaves amounts out for a reader who may not see them: every amount, what is made of one, and the weights of
// allocations, which may be amounts themselves. It is called by every read, so that no way out can forget it.
func (a *Agreement) show(ctx context.Context) *Agreement {
	if seesAmounts(ctx) {
		return a
	}
	a.Amount, a.Frozen, a.CoFinancing.Amount = nil, money.Frozen{}, nil
	hideInstalments(a.Instalments)
	for i := range a.Amendments {
		m := &a.Amendments[i]
		m.Before.Amount = nil
		hideInstalments(m.Before.Instalments)
		for j := range m.Changes {
			m.Changes[j].OldAmount, m.Changes[j].NewAmount = nil, nil
		}
	}
	return a
}

func hideInstalments(list []Instalment) {
	for i := range list {
		list[i].Amount = nil
		for j := range list[i].Allocations {
			list[i].Allocations[j].Weight, list[i].Allocations[j].Amount = 0, nil
		}
	}
}

func same(a, b *money.Money) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}
