package funding

import (
	"context"

	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// AgreementDeeds is what a bulk edit can do to agreements. What was signed is changed one by one.
var AgreementDeeds = []list.Deed{
	{Do: "setOwner", Field: "ownerId", Label: "Looked after by", Verb: list.Set, Kind: list.Record, Of: list.OfAccount, Blank: true},
}

// Bulk is how agreements are changed many at a time, by the rules of one.
func (r *Agreements) Bulk() *list.Bulk[Agreement] {
	return &list.Bulk[Agreement]{
		Deeds:    AgreementDeeds,
		All:      r.agreements,
		Meta:     func(a *Agreement) store.Meta { return a.Meta },
		Name:     func(a *Agreement) string { return a.Title },
		Where:    func(sel list.Selection) filter.Expr { return r.where(AgreementSearch{Where: sel.Where}) },
		Accounts: r.colleagues.Names,
		Do: func(_ context.Context, a *Agreement, op list.Operation) error {
			a.OwnerID = op.Value
			return nil
		},
		Settle: r.ready,
		Save:   r.change,
		Bare:   func(a *Agreement) { *a = Agreement{OwnerID: a.OwnerID} },
	}
}
